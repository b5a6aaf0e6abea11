"""Run one screen case: keys on a draft without a terminal, the screens compared as text.

A case is a folder:
	keys        what is typed (bracked(1), --script)
	draft.txt   the draft; others by `files`
	expect      what the program prints
	after.txt   the draft after it, when that matters
	screen      "80x24" when it is another size
	config      git configuration
	nobody      when it is there, git knows no name and no e-mail
	no-state    when it is there, no journal can be kept
	repository  when it is there, the draft is committed into a repository first
	demo        when it is there, the draft is that of `bracked demo`, with its revisions
	revisions   a folder: states of the draft before that, committed in the order of their names

usage: run.py PROGRAM CASE [--update]
"""

import difflib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile


def read(path):
    return path.read_bytes().decode(errors="surrogateescape")


def write(path, text):
    path.write_bytes(text.encode(errors="surrogateescape"))


def git(folder, environment, *words):
    subprocess.run(["git", *words], cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)


def commit(work, environment, state, message):
    shutil.copyfile(state, work / "draft.txt")
    git(work, environment, "add", "draft.txt")
    git(work, environment, "-c", "user.name=Ana Delegate", "-c", "user.email=ana@example.org", "commit", "-q", "-m", message)


def environment_of(home, case):
    config = home / ".gitconfig"
    text = "[init]\n\tdefaultBranch = main\n"
    if not (case / "nobody").exists():
        text += "[user]\n\tname = Ana Delegate\n\temail = ana@example.org\n"
    if (case / "config").exists():
        text += (case / "config").read_text()
    config.write_text(text)
    kept = {key: value for key, value in os.environ.items() if key in ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "TMPDIR")}
    kept.update(
        HOME=str(home), XDG_STATE_HOME=str(home / "state"), XDG_CONFIG_HOME=str(home / "none"),
        GIT_CONFIG_GLOBAL=str(config), GIT_CONFIG_NOSYSTEM="1", LC_ALL="C.UTF-8", TZ="UTC",
        SOURCE_DATE_EPOCH="1290000000", GIT_AUTHOR_DATE="1289000000 +0000", GIT_COMMITTER_DATE="1289000000 +0000",
    )
    return kept


def compare(name, expected, found):
    if expected == found:
        return True
    lines = difflib.unified_diff(expected.splitlines(True), found.splitlines(True), "expected " + name, "found " + name)
    sys.stdout.writelines(lines)
    return False


def main():
    program, case = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    update = "--update" in sys.argv or os.environ.get("BRACKED_UPDATE")
    with tempfile.TemporaryDirectory(prefix="bracked-screen-") as top:
        home, work = pathlib.Path(top) / "home", pathlib.Path(top) / "work"
        home.mkdir()
        shutil.copytree(case, work, ignore=shutil.ignore_patterns("expect", "after.txt", "repository", "revisions", "demo", "config", "nobody", "no-state"))
        environment = environment_of(home, case)
        if (case / "no-state").exists():
            (home / "state").write_text("a file where the folder would be\n")
        if (case / "repository").exists():
            git(work, environment, "init", "-q")
            for before in sorted((case / "revisions").glob("*")):
                commit(work, environment, before, before.name)
            commit(work, environment, case / "draft.txt", "First compilation")
        draft = "draft.txt"
        if (case / "demo").exists():
            draft = "sample/outcome.txt"
            subprocess.run([str(program), "demo", "sample"], cwd=work, env=environment, check=True, stdout=subprocess.DEVNULL)
        size = (case / "screen").read_text().strip() if (case / "screen").exists() else "80x24"
        run = subprocess.run(
            [str(program), "--script", "keys", "--screen", size, draft], cwd=work, env=environment,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, timeout=60,
        )
        found = run.stdout.decode(errors="surrogateescape")
        if run.returncode:
            found += "exit %d\n" % run.returncode
        after = read(work / draft)
    if update:
        write(case / "expect", found)
        if (case / "after.txt").exists():
            write(case / "after.txt", after)
        return 0
    good = compare("screen", read(case / "expect"), found)
    if (case / "after.txt").exists():
        good = compare("draft", read(case / "after.txt"), after) and good
    return 0 if good else 1


sys.exit(main())
