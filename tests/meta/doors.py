"""A foreign library's header is included behind its one door and nowhere else."""

import fnmatch
import re

from source import c_files, finish, line_of, name

DOORS = {
    "git2.h": ["src/store/libgit2.h"],
    "pcre2.h": ["src/base/regex_program.h", "tests/bench/*"],
    "jansson.h": ["src/base/json.c"],
    "utf8proc.h": ["src/base/utf8.c"],
    "wchar.h": ["src/base/utf8.c", "src/tui/curses.h"],
    "xxhash.h": ["src/base/hash.c"],
    "curses.h": ["src/tui/curses.h"],
    "term.h": ["src/tui/curses.h"],
    "fribidi/fribidi.h": ["src/tui/bidi.c"],
    "cmocka.h": ["tests/unit/*", "tests/lib/*"],
}
# C11, POSIX and Linux, which are no libraries of others.
SYSTEM = set(
    """assert ctype errno float inttypes limits locale math setjmp signal stdalign stdarg stdatomic stdbool stddef
    stdint stdio stdlib string time ucontext wctype dirent dlfcn fcntl fnmatch ftw glob grp langinfo libgen poll pthread pwd sched
    spawn strings sysexits termios unistd endian getopt immintrin cpuid malloc pty
    sys/acl sys/file sys/inotify sys/ioctl sys/mman sys/random sys/resource sys/select sys/socket sys/stat
    sys/statvfs sys/time sys/types sys/uio sys/un sys/vfs sys/wait sys/xattr sys/prctl sys/syscall sys/signalfd
    sys/sysinfo sys/timerfd sys/platform/x86 linux/fs""".split()
)


def main():
    faults = []
    includes = 0
    for path in c_files("src", "include", "tests"):
        text = path.read_text(errors="replace")
        for match in re.finditer(r"^[ \t]*#[ \t]*include[ \t]*<([^>]+)>", text, re.M):
            header = match.group(1)
            place = "%s:%d" % (name(path), line_of(text, match.start()))
            includes += 1
            if header.startswith("bracked/") or header[:-2] in SYSTEM:
                continue
            if header not in DOORS:
                faults.append("%s: <%s> has no door: name it in doors.py and src/README.md" % (place, header))
                continue
            if not any(fnmatch.fnmatch(name(path), door) for door in DOORS[header]):
                faults.append("%s: <%s> belongs behind %s" % (place, header, ", ".join(DOORS[header])))
    finish(faults, includes, "includes")


main()
