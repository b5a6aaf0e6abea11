"""Every command of the tutorial and of the README's first steps does what they say: it runs, in the order of the page."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from source import finish, root


def environment(folder):
    (folder / "bin").mkdir()
    (folder / "bin" / "bracked").symlink_to(pathlib.Path(sys.argv[2]).resolve())
    (folder / "home").mkdir()
    (folder / "home" / ".gitconfig").write_text("[user]\n\tname = A Delegate\n\temail = delegate@example.org\n")
    env = {key: value for key, value in os.environ.items() if "SAN_OPTIONS" in key}
    env.update(
        HOME=str(folder / "home"),
        PATH=str(folder / "bin") + ":" + os.environ["PATH"],
        LC_ALL="C.UTF-8",
        GIT_CONFIG_NOSYSTEM="1",
        BRACKED_TEXTS=str(root() / "texts"),
    )
    return env


def run(line, folder, env):
    """None, or what went wrong."""
    done = subprocess.run(
        line, shell=True, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, timeout=60,
    )
    found = any(command in line for command in (" find ", " check ", " doctor "))
    differ = re.match(r"bracked (diff|gavel|merge) ", line)  # that there is nothing to see would teach nothing
    if done.returncode == (1 if " find " in line or differ else 0) or (found and done.returncode == 1):
        return None
    return "'%s' ends with %d: %s" % (line, done.returncode, done.stdout.decode(errors="replace")[:300])


def tutorial(env, top):
    """The lines of the page, with its changes of folder; each part begins where the sample was made."""
    page = (root() / "man/bracked-tutorial.7.scd").read_text()
    faults = []
    count = 0
    for part in re.split(r"^# ", page, flags=re.M):
        folder = top
        for line in re.findall(r"^\$ (.*)$", part, re.M):
            words = line.split()
            if words[0] == "cd":
                folder = folder / words[1]
                continue
            if words[0] == "bracked" and "/" in words[1]:
                continue  # opens the screen
            count += 1
            faults.append(run(line, folder, env))
    return faults, count


def first_steps(env, top):
    """Commands in backquotes of the README, each in a sample of its own."""
    text = (root() / "README.md").read_text().split("## First steps")[1].split("## Install")[0]
    faults = []
    count = 0
    for line in re.findall(r"`(bracked [a-z][^`]*)`", text):
        words = line.split()
        if len(words) < 3 or "/" in words[1] or "." in words[1]:
            continue
        shutil.copytree(top / "sample", top / ("step%d" % count), symlinks=True)
        line = re.sub(r"\bID\b", "'#3'", line).replace("restore REV", "restore HEAD~1")
        if " classify " not in line and " save " in line:
            line = "bracked resolve outcome.txt '#3' accept && " + line
        faults.append(run(line, top / ("step%d" % count), env))
        count += 1
    return faults, count


def main():
    with tempfile.TemporaryDirectory() as name:
        top = pathlib.Path(name)
        env = environment(top)
        faults, count = tutorial(env, top)
        faults.append(run("bracked demo sample", top, env))
        more, steps = first_steps(env, top)
    finish([fault for fault in faults + more if fault], count + steps, "commands")


main()
