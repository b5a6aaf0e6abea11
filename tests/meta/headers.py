"""Each public header compiles alone, twice over, in C11 and in C++."""

import pathlib
import subprocess
import sys
import tempfile

from source import finish, root


def compile_with(command, source, header):
    run = subprocess.run(
        command + ["-Wall", "-Wextra", "-pedantic", "-Werror", "-fsyntax-only", "-I", str(root() / "include"), source],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if run.returncode == 0:
        return []
    return ["%s does not compile alone with %s:\n%s" % (header, " ".join(command), run.stdout)]


def main():
    c, cxx = sys.argv[2], sys.argv[3]
    faults = []
    headers = sorted((root() / "include" / "bracked").glob("*.h"))
    with tempfile.TemporaryDirectory() as folder:
        for header in headers:
            line = "#include <bracked/%s>\n" % header.name
            for suffix, command in ((".c", [c, "-std=c11"]), (".cc", [cxx, "-std=c++11"])):
                source = pathlib.Path(folder) / (header.stem + suffix)
                source.write_text(line + line)
                faults += compile_with(command, str(source), header.name)
    finish(faults, len(headers), "public headers")


main()
