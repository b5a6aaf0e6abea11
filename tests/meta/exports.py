"""The library exports what its headers declare, all of it and nothing else, and every name starts with bk_."""

import re
import subprocess
import sys

from source import code, finish, root


def exported(library):
    out = subprocess.run(
        ["nm", "--dynamic", "--defined-only", library], stdout=subprocess.PIPE, text=True, check=True
    ).stdout
    return {line.split()[-1].split("@")[0] for line in out.splitlines() if line.split()}


def declared():
    names = set()
    for header in sorted((root() / "include" / "bracked").glob("*.h")):
        text = code(header.read_text())
        for match in re.finditer(r"^BK_API\b([^;]*);", text, re.M):
            # The first name before a parenthesis that is no pointer's: the function's own.
            function = re.search(r"\b(\w+)\s*\(", match.group(1))
            if function:
                names.add(function.group(1))
    return names


def main():
    have, want = exported(sys.argv[2]), declared()
    faults = ["'%s' is exported and does not start with bk_" % one for one in sorted(have) if not one.startswith("bk_")]
    faults += ["'%s' is exported but stands in no public header" % one for one in sorted(have - want) if one.startswith("bk_")]
    faults += ["'%s' is declared in a public header but not exported" % one for one in sorted(want - have)]
    finish(faults, len(have), "exported names")


main()
