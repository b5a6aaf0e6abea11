"""Comments are as wide as the code: the formatter leaves them alone.  A line of one ends before column 120."""

import re

from source import c_files, finish, line_of, name

WIDTH = 119


def comments(text):
    """Each comment with its offset; strings are passed over."""
    token = r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|(/\*.*?\*/)'
    for match in re.finditer(token, text, re.S):
        if match.group(1):
            yield match.start(), match.group(1)


def main():
    faults, looked_at = [], 0
    for path in c_files("src", "include", "tests"):
        text = path.read_text(errors="replace")
        lines = text.split("\n")
        for offset, comment in comments(text):
            first = line_of(text, offset)
            for number in range(first, first + comment.count("\n") + 1):
                looked_at += 1
                width = len(lines[number - 1].expandtabs(8))
                if width > WIDTH:
                    faults.append("%s:%d: a comment of %d columns" % (name(path), number, width))
    finish(faults, looked_at, "lines of comments")


main()
