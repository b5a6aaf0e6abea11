"""The one line of packages in README.md installs what meson.build asks for and what the tests run."""

import re

from source import finish, root

# The Debian package of each dependency and program that a meson.build names.
DEPENDENCIES = {
    "libpcre2-8": "libpcre2-dev",
    "jansson": "libjansson-dev",
    "libutf8proc": "libutf8proc-dev",
    "libxxhash": "libxxhash-dev",
    "libgit2": "libgit2-dev",
    "ncursesw": "libncurses-dev",
    "fribidi": "libfribidi-dev",
    "cmocka": "libcmocka-dev",
    "scdoc": "scdoc",
    "threads": "build-essential",
}
PROGRAMS = {
    "bash": "bash",
    "sh": "bash",
    "tmux": "tmux",
    "strace": "strace",
    "git": "git",
    "c++": "build-essential",
    "scdoc": "scdoc",
    "nm": "build-essential",
}
# What the build itself, the program and the tests need without any meson.build saying so.
ALWAYS = ["build-essential", "meson", "ninja-build", "pkg-config", "git", "iso-codes"]
HERE_ANYWAY = ["bash"]  # essential in Debian


def main():
    readme = (root() / "README.md").read_text()
    lines = re.findall(r"apt-get install ([^\n&;|]+)", re.sub(r"\\\n\s*", " ", readme))
    faults = []
    asked = 0
    if len(lines) != 1:
        faults.append("README.md has %d lines that install packages: there must be one" % len(lines))
        lines = lines or [""]
    installed = {word for word in lines[0].split() if not word.startswith("-")} | set(HERE_ANYWAY)
    wanted = set(ALWAYS)
    for path in sorted(root().rglob("meson.build")):
        place = path.relative_to(root())
        if place.parts[0].startswith("build"):
            continue
        text = re.sub(r"#[^\n]*", "", path.read_text())
        for call, one, rest in re.findall(r"\b(dependency|find_program)\(\s*'([^']+)'([^)]*)", text):
            if "required: false" in rest or (path.parent / one).is_file():
                continue
            asked += 1
            table = DEPENDENCIES if call == "dependency" else PROGRAMS
            if one not in table:
                faults.append("%s: no Debian package is known for '%s': name it in packages.py" % (place, one))
            else:
                wanted.add(table[one])
    faults += ["README.md does not install '%s'" % one for one in sorted(wanted - installed)]
    finish(faults, asked, "dependencies")


main()
