"""No file leaves work for later in a comment, and every file of text ends in a line end without trailing blanks."""

import re

from source import finish, line_of, name, root

LATER = r"\b(?:TODO|FIXME|XXX|HACK)\b|\bnot implemented\b|\bfor now\b"
KINDS = {".c", ".h", ".py", ".build", ".scd", ".sh", ".in", ".md"}
FOLDERS = ["src", "include", "tests", "man", ".ci"]


def main():
    faults = []
    files = [path for folder in FOLDERS for path in sorted((root() / folder).rglob("*")) if path.suffix in KINDS]
    for path in files + [root() / "README.md", root() / "meson.build"]:
        text = path.read_text(errors="replace")
        for match in re.finditer(LATER, text):
            if path.name != "words.py":
                faults.append("%s:%d: '%s'" % (name(path), line_of(text, match.start()), match.group(0)))
        for match in re.finditer(r"[ \t]+$", text, re.M):
            faults.append("%s:%d: blanks at the end of the line" % (name(path), line_of(text, match.start())))
        if not text.endswith("\n"):
            faults.append("%s: no line end at its end" % name(path))
    finish(faults, len(files), "files")


main()
