"""What stands at the top of the project is what belongs there: nothing that somebody tried out is committed beside it.

Given the folder of the project."""

import subprocess

from source import finish, root

BELONGS = {"meson.build", "README.md", "LICENSE", "src", "include", "texts", "tests", "man"}


def main():
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=root(), check=False, capture_output=True, text=True
    ).stdout.split("\0")
    names = {path.split("/")[0] for path in listed if path}
    faults = ["'%s' does not belong at the top" % name for name in sorted(names - BELONGS) if not name.startswith(".")]
    finish(faults, len(names), "names")


main()
