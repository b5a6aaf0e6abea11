"""The map of src/README.md is true: each file stands in a row of it, each name in it has a file, and a row calls only rows
above its own in the table of its floor, so that nothing goes round in circles.

Given the folder of the project, nm, and the archive of each floor."""

import collections
import re
import subprocess
import sys

from source import FLOORS, finish, root

ROW = re.compile(r"^\| *(?:\*\*(\w+)\*\*)? *\| *((?:`[a-z0-9_]+` *)+)\|")


def read_map():
    """Rows of the map: floor -> list of rows, each a list of names."""
    rows = collections.defaultdict(list)
    floor = None
    for line in (root() / "src/README.md").read_text().splitlines():
        match = ROW.match(line)
        if match:
            floor = match.group(1) or floor
            rows[floor].append(re.findall(r"`([a-z0-9_]+)`", match.group(2)))
    return rows


def row_of(stem, rows):
    """The row whose name is the file's, or the longest beginning of it before a `_`."""
    best = None
    for number, names in enumerate(rows):
        for name in names:
            if (stem == name or stem.startswith(name + "_")) and (best is None or len(name) > len(best[1])):
                best = (number, name)
    return best


def symbols(nm, archive):
    """What each object of an archive defines and what it asks for, by the stem of its source."""
    defines, asks = {}, collections.defaultdict(set)
    stem = None
    for line in subprocess.run([nm, archive], capture_output=True, text=True, check=True).stdout.splitlines():
        if line.endswith(".c.o:"):
            stem = line.rsplit("/", 1)[-1][: -len(".c.o:")]
        fields = line.split()
        if len(fields) == 3 and fields[1] in "TDRBC":
            defines[fields[2]] = stem
        elif len(fields) == 2 and fields[0] == "U":
            asks[stem].add(fields[1])
    return defines, asks


def check_calls(floor, rows, nm, archive, faults):
    defines, asks = symbols(nm, archive)
    calls = collections.defaultdict(set)
    for stem, wanted in asks.items():
        row = row_of(stem[len(floor) + 1 :], rows)
        for symbol in wanted & set(defines):
            other = row_of(defines[symbol][len(floor) + 1 :], rows)
            if row and other and row[0] < other[0]:
                calls[row[0], other[0]].add(symbol)
    for (row, later), wanted in sorted(calls.items()):
        faults.append(
            "%s: '%s' calls %s of '%s', which comes later in the map"
            % (floor, " ".join(rows[row]), ", ".join(sorted(wanted)), " ".join(rows[later]))
        )


def main():
    nm, archives = sys.argv[2], dict(zip(FLOORS, sys.argv[3:]))
    rows, faults, files = read_map(), [], 0
    for floor in FLOORS:
        named = set()
        for path in sorted((root() / "src" / floor).glob("*.c")):
            files += 1
            found = row_of(path.stem, rows[floor])
            if found:
                named.add(found[1])
            else:
                faults.append("src/%s/%s stands in no row of the map in src/README.md" % (floor, path.name))
        headers = {path.stem for path in (root() / "src" / floor).glob("*.h")}
        for row in rows[floor]:
            for name in row:
                if name not in named and name not in headers:
                    faults.append("src/README.md: '%s' of floor %s has no file" % (name, floor))
        if floor in archives:
            check_calls(floor, rows[floor], nm, archives[floor], faults)
    finish(faults, files, "files")


main()
