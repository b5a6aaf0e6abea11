"""Each case is run: folders of golden and screen cases, and files of unit tests, stand in the list beside them.

Given the folder of the project."""

import re

from source import finish, name, root

NAME = re.compile(r"^\t'([^']+)',$", re.MULTILINE)


def cases():
    """Each case, the folder whose list it should stand in, and its name there."""
    tests = root() / "tests"
    for folder in [tests / "golden", tests / "screen"]:
        for path in sorted(folder.iterdir()):
            if path.is_dir() and not path.name.startswith("_"):
                yield path, folder, path.name
    for path in sorted(tests.glob("unit/*/test_*.c")):
        yield path, path.parent, path.stem.removeprefix("test_")


def main():
    faults, looked_at = [], 0
    for path, folder, case in cases():
        looked_at += 1
        if case not in NAME.findall((folder / "meson.build").read_text()):
            faults.append("%s is in no list: it is not run" % name(path))
    finish(faults, looked_at, "cases")


main()
