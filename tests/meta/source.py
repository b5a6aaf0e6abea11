"""What the checks of this folder share: the files of the project, C without its comments, and a verdict."""

import pathlib
import re
import sys

FLOORS = ["base", "draft", "ledger", "compare", "store", "app", "tui"]


def root():
    """The folder of the project, given as the first argument."""
    return pathlib.Path(sys.argv[1])


def c_files(*folders):
    """All .c and .h files below folders of the project, in order."""
    found = []
    for folder in folders:
        for path in sorted((root() / folder).rglob("*.[ch]")):
            found.append(path)
    return found


def name(path):
    """A path as the project names it."""
    return str(path.relative_to(root()))


def blank(match):
    """Blanks in the place of what was matched, lines kept."""
    return re.sub(r"[^\n]", " ", match.group(0))


def code(text, strings=False):
    """C with comments, and string literals unless asked for, turned into blanks; offsets and lines stay."""
    literal = r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\''
    comment = r"/\*.*?\*/|//[^\n]*"
    return re.sub(
        comment + "|" + literal,
        lambda m: m.group(0) if strings and not m.group(0).startswith("/") else blank(m),
        text,
        flags=re.S,
    )


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def finish(faults, looked_at, what):
    """Print the verdict and leave; a check that looked at nothing has failed."""
    for fault in faults:
        print(fault)
    if not looked_at:
        print("nothing was looked at: " + what)
        sys.exit(1)
    print("%d %s, %d faults" % (looked_at, what, len(faults)))
    sys.exit(1 if faults else 0)
