"""Calls that the rules forbid: unsafe ones anywhere, ones that speak or leave below the floor app."""

import re

from source import FLOORS, c_files, code, finish, line_of, name

ANYWHERE = "system popen sprintf vsprintf strcpy strcat gets alloca tmpnam mktemp git_remote_push git_remote_fetch"
# libgit2 is called through a table of its functions (src/store/libgit2.h): these must not be in it.
WIRE = r"\b(?:remote_(?:push|fetch|download|upload)|clone)\b"
# Whoever calls these prints, ends the program or reads the environment: only app, tui and main may.
ABOVE = "printf vprintf puts putchar perror exit quick_exit getenv secure_getenv setenv setlocale syslog"
STREAMS = r"\b(?:fprintf|fputs|fputc|putc|fwrite|vfprintf)\s*\([^;]*\b(?:stdout|stderr)\b"
BELOW_APP = "src/(?:%s)/" % "|".join(FLOORS[: FLOORS.index("app")])
ALLOCATION = "malloc calloc realloc reallocarray strdup strndup asprintf vasprintf free"


def calls(text, names):
    return re.finditer(r"(?<![\w.>])(?:%s)\s*\(" % "|".join(names.split()), text)


def main():
    faults = []
    files = c_files("src", "include", "tests")
    for path in files:
        text = code(path.read_text(errors="replace"))
        where = name(path)
        rules = [(calls(text, ANYWHERE), "is forbidden")]
        if re.match(BELOW_APP, where):
            rules.append((calls(text, ABOVE), "is for the floors above store"))
            rules.append((re.finditer(STREAMS, text), "is for the floors above store"))
        if where.startswith("src/store/"):
            rules.append((re.finditer(WIRE, text), "is for the git program"))
        if where.startswith("src/") and where != "src/base/alloc.c":
            rules.append((calls(text, ALLOCATION), "goes through base/alloc.h"))
        for matches, why in rules:
            for match in matches:
                line = line_of(text, match.start())
                faults.append("%s:%d: '%s' %s" % (where, line, match.group(0).rstrip("( \t"), why))
    finish(faults, len(files), "files")


main()
