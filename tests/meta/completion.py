"""The completions name every command and option, and the shells that are here can read them."""

import re
import shutil
import subprocess
import sys

from source import finish


def run(*words):
    return subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, stdin=subprocess.DEVNULL)


def complete_in_bash(file, words):
    """What bash offers after words, with the completions of a file."""
    script = 'source "$1"; shift; COMP_WORDS=(bracked "$@"); COMP_CWORD=$#; _bracked; printf "%s\\n" "${COMPREPLY[@]}"'
    return run("bash", "-c", script, "bash", file, *words).stdout.split()


def main():
    program = sys.argv[2]
    files = dict(zip(("bash", "zsh", "fish"), sys.argv[3:6]))
    overview = run(program, "--help").stdout
    names = re.findall(r"^  ([a-z][a-z-]*) +\S", overview, re.M)
    faults = []
    texts = {shell: open(file).read() for shell, file in files.items()}
    for name in names:
        options = re.findall(r"^  (?:-\w, |    )--([\w-]+)", run(program, name, "--help").stdout, re.M)
        offered = complete_in_bash(files["bash"], [name, "--"])
        for option in options:
            if "--" + option not in offered:
                faults.append("bash does not offer --%s after '%s'" % (option, name))
            if not re.search(r"-n '__fish_seen_subcommand_from %s' -l %s\b" % (name, option), texts["fish"]):
                faults.append("fish does not offer --%s after '%s'" % (option, name))
            part = re.search(r"^\t%s\)\n(.*?)^\t\t;;" % name, texts["zsh"], re.M | re.S)
            if not part or "--%s[" % option not in part.group(1):
                faults.append("zsh does not offer --%s after '%s'" % (option, name))
        if name not in complete_in_bash(files["bash"], [name[:2]]):
            faults.append("bash does not offer '%s'" % name)
        if "-a %s " % name not in texts["fish"]:
            faults.append("fish does not offer '%s'" % name)
        if "\t\t'%s:" % name not in texts["zsh"]:
            faults.append("zsh does not offer '%s'" % name)
    for shell, file in files.items():
        if shutil.which(shell):
            read = run(shell, "-n", file)
            if read.returncode:
                faults.append("%s cannot read its completions: %s" % (shell, read.stdout))
    finish(faults, len(names), "commands")


main()
