"""
Faults of the operating system lose nothing.

The program changes a draft and saves a revision under strace, which makes the Nth call of one kind fail, once or from then on,
or kills the program there.  Afterwards the file is the old text or the new, whole; the repository passes fsck and takes the next
revision; no temporary file stays but after a kill; and a failure was reported.

	faults.py PROGRAM [--every N]	every Nth call only; 1 for all
"""

import argparse
import sys

from talks import DRAFT, Talks, need

CALLS = ["write", "pwrite64", "fsync", "fdatasync", "rename", "renameat", "renameat2", "close", "openat", "ftruncate",
	"fchmod", "fchown", "linkat", "link", "unlink", "mkdir", "fallocate"]
ERRORS = ["ENOSPC", "EIO", "EDQUOT"]
CHANGED = DRAFT.replace("[shall][should]", "shall")


def inject(call, what):
    return ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=" + call, "-e", "inject=%s:%s" % (call, what)]


def count_calls(talks, words, call):
    """How often a run makes a call."""
    log = talks.home / "strace.log"
    talks.run(*words, prefix=["strace", "-f", "-qq", "-o", str(log), "-e", "trace=" + call])
    return sum(1 for line in log.read_text(errors="replace").splitlines() if call + "(" in line)


def judge(talks, case, done, killed):
    """What must hold after any fault; returns the faults found."""
    faults = []
    text = talks.file.read_text() if talks.file.exists() else None
    if text not in (DRAFT, CHANGED):
        faults.append("the file is neither the old text nor the new")
    if not killed and talks.strays():
        faults.append("left behind: " + ", ".join(talks.strays()))
    if not killed and done.returncode < 0:
        faults.append("died of signal %d" % -done.returncode)
    mute = " write:" in case and case.endswith("+")  # not even the word can be written
    if not killed and done.returncode == 3 and not done.stderr.strip() and not mute:
        faults.append("failed without a word")
    fsck = talks.git("fsck", "--strict")
    if fsck.returncode != 0:
        faults.append("fsck: " + fsck.stderr.strip())
    return ["%s: %s" % (case, fault) for fault in faults]


def next_revision(talks, case):
    """The repository takes the next revision."""
    for name in talks.strays():
        (talks.folder / name).unlink()
    talks.file.write_text(DRAFT + "\n4. %s\n" % case)
    done = talks.run("save", str(talks.file), "-m", "next")
    faults = [] if done.returncode == 0 else ["%s: no next revision: %s" % (case, done.stderr.decode().strip())]
    talks.restore()
    talks.run("save", str(talks.file), "-m", "back")
    return faults


def try_all(program, words, every):
    talks = Talks(program)
    faults, cases, refused, killed_runs = [], 0, 0, 0
    words = [word.replace("FILE", str(talks.file)) for word in words]
    for call in CALLS:
        talks.restore()
        total = count_calls(talks, words, call)
        for when in range(1, total + 1, every):
            kinds = [("error=%s:when=%d" % (ERRORS[when % len(ERRORS)], when), False), ("error=EIO:when=%d+" % when, False),
                ("signal=SIGKILL:when=%d" % when, True)]
            for what, killed in kinds:
                talks.restore()
                done = talks.run(*words, prefix=inject(call, what))
                case = "%s %s:%s" % (words[0], call, what)
                cases += 1
                refused += done.returncode == 3
                killed_runs += done.returncode in (-9, 137)
                faults += judge(talks, case, done, killed)
                faults += next_revision(talks, case)
    talks.remove()
    print("%s: %d faults injected, %d refused the command, %d killed it; %d found wanting"
        % (words[0], cases, refused, killed_runs, len(faults)))
    if not refused or not killed_runs:
        faults.append("%s: no fault was felt: is it injected at all?" % words[0])
    return faults


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--every", type=int, default=1)
    given = parser.parse_args()
    need("strace")
    faults = []
    faults += try_all(given.program, ["resolve", "FILE", "@3:30", "choose=1"], given.every)
    faults += try_all(given.program, ["save", "FILE", "-m", "second text"], given.every)
    for fault in faults[:40]:
        print(fault)
    sys.exit(1 if faults else 0)


main()
