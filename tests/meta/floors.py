"""No file includes a header of a floor above its own; public headers know no private ones."""

import re

from source import FLOORS, c_files, finish, line_of, name, root

# What each public header is about: which floor may include it.
PUBLIC = {"error": "base", "version": "base", "text": "draft", "draft": "draft", "proposal": "draft", "ledger": "ledger", "compare": "compare", "merge": "compare", "store": "store"}


def floor_of(path):
    parts = path.relative_to(root()).parts
    if parts[0] == "src":
        return parts[1] if len(parts) > 2 else "tui"
    if parts[:2] == ("tests", "unit") and len(parts) > 3:
        return parts[2]
    return None


def target(include):
    """The floor that an include leads to, or None when it is no header of ours."""
    if include.startswith("bracked/"):
        header = include[len("bracked/") : -2]
        return "store" if header == "bracked" else PUBLIC.get(header, "?")
    first = include.split("/")[0]
    return first if first in FLOORS else None


def main():
    faults = []
    includes = 0
    for path in c_files("src", "include", "tests"):
        text = path.read_text(errors="replace")
        own = floor_of(path)
        public = "include" in path.relative_to(root()).parts[:1]
        if own is not None and own not in FLOORS:
            faults.append("%s: '%s' is no floor" % (name(path), own))
            continue
        for match in re.finditer(r'^[ \t]*#[ \t]*include[ \t]*[<"]([^>"]+)[>"]', text, re.M):
            includes += 1
            floor = target(match.group(1))
            place = "%s:%d" % (name(path), line_of(text, match.start()))
            if floor == "?":
                faults.append("%s: public header '%s' has no floor: name it in floors.py" % (place, match.group(1)))
            elif public and floor and not match.group(1).startswith("bracked/"):
                faults.append("%s: a public header includes the private '%s'" % (place, match.group(1)))
            elif own and floor and FLOORS.index(floor) > FLOORS.index(own):
                faults.append("%s: floor %s includes '%s' of floor %s above it" % (place, own, match.group(1), floor))
    finish(faults, includes, "includes")


main()
