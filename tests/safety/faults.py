"""
Faults of the operating system lose nothing.

The program settles a bracket that two parties have spoken about, and saves a revision, under strace, which makes the Nth call of
one kind fail, once or from then on, or kills the program there.  Afterwards the file is the old text or the new, whole; a command
that refused has changed neither file nor ledger, one that did not has changed both; the repository passes fsck and takes the next
revision; no temporary file stays but after a kill; and a failure was reported.

	faults.py PROGRAM [--every N]	every Nth call only; 1 for all
"""

import argparse
import shutil
import sys

from injection import CALLS, inject, kinds_of_fault, number_calls
from talks import Talks, need

# Equal brackets in equal surroundings, so that the ledger has to be told which one was settled.
TWINS = "1. Parties promote [growth][sustainable development].\n\n" * 5


class Sample:
    """The twins with an objection to both alternatives of the second, and the ledger that says so."""

    def __init__(self, talks):
        self.talks, self.ledger = talks, talks.folder / "outcome.txt.ledger"
        talks.file.write_text(TWINS)
        for place in "3:20", "3:28":
            talks.run("position", str(talks.file), "@" + place, "object", "--party", "EU", check=True)
        talks.run("save", str(talks.file), "-m", "twins", check=True)
        self.old = self.ledger.read_bytes()
        self.positions = self.read_positions()
        talks.run("resolve", str(talks.file), "@3:28", "delete", check=True)
        self.changed = talks.file.read_text()
        if self.changed == TWINS or b'"carry"' not in self.ledger.read_bytes()[len(self.old):]:
            raise SystemExit("the sample does not settle what the ledger must be told of")
        talks.file.write_text(TWINS)
        self.ledger.write_bytes(self.old)
        self.kept = talks.home / "kept"
        shutil.copytree(talks.folder, self.kept)

    def read_positions(self):
        return self.talks.run("positions", str(self.talks.file), check=True).stdout

    def restore(self):
        shutil.rmtree(self.talks.folder)
        shutil.copytree(self.kept, self.talks.folder)


def judge(sample, case, done, killed):
    """What must hold after any fault; returns the faults found."""
    faults, talks = [], sample.talks
    text = talks.file.read_text() if talks.file.exists() else None
    ledger = sample.ledger.read_bytes() if sample.ledger.exists() else b""
    settling = case.startswith("resolve")
    if text not in (TWINS, sample.changed):
        faults.append("the file is neither the old text nor the new")
    # A ledger that is ahead of its file says nothing of the text that is there.
    if text == TWINS and ledger != sample.old and sample.read_positions() != sample.positions:
        faults.append("the old text, but not its positions")
    if not ledger.startswith(sample.old) or ledger[-1:] != b"\n":
        faults.append("the ledger is torn")
    if not killed and done.returncode == 3 and settling and text != TWINS:
        faults.append("refused, but the file is the new one")
    # A fault that lasts may also keep the ledger from being cut back: the word says so.
    if not killed and done.returncode == 3 and settling and ledger != sample.old and b"cut it at byte" not in done.stderr:
        faults.append("refused, but the ledger has grown")
    if not killed and done.returncode == 0 and settling and (text != sample.changed or b'"carry"' not in ledger[len(sample.old):]):
        faults.append("acknowledged, but the file or the ledger does not have it")
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


def next_revision(sample, case):
    """The repository takes the next revision."""
    talks = sample.talks
    for name in talks.strays():
        (talks.folder / name).unlink()
    talks.file.write_text(TWINS + "\n5. %s\n" % case)
    done = talks.run("save", str(talks.file), "-m", "next")
    return [] if done.returncode == 0 else ["%s: no next revision: %s" % (case, done.stderr.decode().strip())]


def try_all(program, words, every):
    talks = Talks(program)
    sample = Sample(talks)
    faults, cases, refused, killed_runs = [], 0, 0, 0
    words = [word.replace("FILE", str(talks.file)) for word in words]
    for call in CALLS:
        sample.restore()
        for when in number_calls(talks, words, call)[::every]:
            for what, killed in kinds_of_fault(when):
                sample.restore()
                done = talks.run(*words, prefix=inject(call, what))
                case = "%s %s:%s" % (words[0], call, what)
                cases += 1
                refused += done.returncode == 3
                killed_runs += done.returncode in (-9, 137)
                faults += judge(sample, case, done, killed)
                faults += next_revision(sample, case)
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
    faults += try_all(given.program, ["resolve", "FILE", "@3:28", "delete"], given.every)
    faults += try_all(given.program, ["save", "FILE", "-m", "second text"], given.every)
    for fault in faults[:40]:
        print(fault)
    sys.exit(1 if faults else 0)


main()
