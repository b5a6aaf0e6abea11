"""
A kill leaves no revision that the next plain git commit would undo.

`save` and `merge --into` are killed at each call that gives a file its name or takes one away.  The same command, given again,
leaves git with nothing staged, and no temporary file beside the texts; where the work tree of a merge did not follow either,
it tells the file, and the command that it names brings it up to date.  Until then doctor tells what is behind.

And where a file cannot be opened on a full disk, `save` is refused in words that say so, with the branch where it was.

	branch_faults.py PROGRAM
"""

import re
import shutil
import sys

from injection import inject, number_calls
from talks import Talks, need

CALLS = ["rename", "renameat", "renameat2", "unlink", "unlinkat", "linkat", "link"]


def prepare(talks):
    """Branches of two parties, one with a new file."""
    for party, old, new in ("EU", "by 2020", "by 2030"), ("US", "are protected", "may be protected"):
        talks.git("checkout", "-q", "-b", "party/" + party, "main")
        talks.file.write_text(talks.file.read_text().replace(old, new))
        (talks.folder / (party + ".md")).write_text("of " + party + "\n")
        talks.git("add", "-A")
        talks.git("commit", "-q", "-m", party)
    talks.git("checkout", "-q", "main")


def try_kills(talks, name, words):
    kept, faults, cases, told, seen = talks.home / "kept", [], 0, 0, 0
    shutil.rmtree(kept, ignore_errors=True)
    shutil.copytree(talks.folder, kept, symlinks=True)

    def again():
        shutil.rmtree(talks.folder)
        shutil.copytree(kept, talks.folder, symlinks=True)

    for call in CALLS:
        again()
        for when in number_calls(talks, words, call):
            again()
            killed = talks.run(*words, prefix=inject(call, "signal=SIGKILL:when=%d" % when))
            if killed.returncode not in (-9, 137):
                continue
            cases += 1
            for lock in (talks.folder / ".git").rglob("*.lock"):
                lock.unlink()
            staged = [line for line in talks.git("status", "--porcelain").stdout.splitlines() if line[0] not in " ?"]
            found = talks.run("doctor", str(talks.folder)).stdout
            if bool(staged) != (b"newest revision, " in found):
                faults.append("%s, killed at %s %d: doctor says otherwise of %s" % (name, call, when, staged))
            seen += len(staged) > 0
            done = talks.run(*words)
            behind = re.findall(rb"git checkout HEAD -- '([^']+)'", done.stderr)
            told += len(behind) > 0
            while behind:
                talks.git("checkout", "HEAD", "--", behind[0].decode())
                done = talks.run(*words)
                behind = re.findall(rb"git checkout HEAD -- '([^']+)'", done.stderr)
            status = talks.git("status", "--porcelain").stdout
            strays = [entry.name for entry in talks.folder.iterdir() if entry.name.startswith(".bracked-")]
            if done.returncode not in (0, 1) or status or strays:
                faults.append("%s, killed at %s %d: %d %s%s%s" % (name, call, when, done.returncode,
                    done.stderr.decode(), status, " ".join(strays)))
    print("%s: %d kills, after %d of them a file was told, after %d doctor found something behind; %d found wanting" % (
        name, cases, told, seen, len(faults)))
    if not cases:
        faults.append(name + ": nothing was killed")
    again()
    return faults


def try_full_disk(talks, words):
    """The object of a revision that could not be written is missed before the branch is to name it."""
    faults, refused = [], 0
    before = talks.git("rev-parse", "HEAD").stdout
    numbers = number_calls(talks, words, "openat")
    talks.git("reset", "-q", "--soft", before.strip())
    for when in numbers:
        done = talks.run(*words, prefix=inject("openat", "error=ENOSPC:when=%d" % when))
        refused += done.returncode == 3
        moved = talks.git("rev-parse", "HEAD").stdout != before
        if b"target OID" in done.stderr or moved != (done.returncode == 0 or b"is saved" in done.stderr):
            faults.append("openat %d on a full disk: %d %s" % (when, done.returncode, done.stderr.decode()))
        if moved:
            talks.git("reset", "-q", "--soft", before.strip())
    print("save on a full disk: %d times refused; %d found wanting" % (refused, len(faults)))
    return faults if refused else faults + ["nothing was refused"]


def main():
    need("strace")
    talks = Talks(sys.argv[1])
    talks.git("branch", "-M", "main")
    prepare(talks)
    faults = try_kills(talks, "merge", ["-C", str(talks.folder), "merge", "--into", "main", "party/EU", "party/US"])
    talks.file.write_text(talks.file.read_text() + "\n4. More.\n")
    save = ["save", str(talks.file), "-m", "more"]
    faults += try_kills(talks, "save", save)
    faults += try_full_disk(talks, save)
    talks.remove()
    for fault in faults[:40]:
        print(fault)
    sys.exit(1 if faults else 0)


main()
