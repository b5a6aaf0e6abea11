"""
No fault of the operating system leaves a compilation without what proves it.

The program merges new versions of two parties over the compilation of the old ones, with the names in the ledger alone, under
strace, which makes the Nth call of one kind fail, once or from then on, or kills the program there; and it is killed at any time.
Afterwards the compilation is the old one or the new, whole; each party's text and the base are given back from it to the byte;
its brackets have their names; a command that refused has changed nothing; and the same command, given again, makes the new one.

	merge_faults.py PROGRAM [--every N] [--kills N]	every Nth call only, so many kills at any time
"""

import argparse
import json
import random
import re
import subprocess
import sys
import time

from injection import CALLS, inject, kinds_of_fault, number_calls
from talks import Talks, need

BASE = "1. Parties shall act.\n\n2. Parties shall report each year, and share what they know.\n\n3. This enters into force soon.\n"
OLD = {"EU": BASE.replace("shall act", "should act"), "US": BASE.replace("each year", "at times")}
NEW = {"EU": BASE.replace("shall act", "should act at once").replace("soon", "in May"),
	"US": BASE.replace(", and share what they know", "")}
FILES = ["all.txt", "all.txt.ledger", "all.proof", "all.proof.before-merge"]


class Sample:
    """A folder with versions, and what stands there before and after they are merged."""

    def __init__(self, talks, first):
        self.talks, self.folder = talks, talks.home / "merging"
        self.folder.mkdir(exist_ok=True)
        self.answers = {}
        self.words = ["merge", "--base", self.path("base.txt"), "--style", "none", "-o", self.path("all.txt"), "--proof",
            self.path("all.proof"), "EU=" + self.path("eu.txt"), "US=" + self.path("us.txt")]
        (self.folder / "base.txt").write_text(BASE)
        self.clear()
        self.old = self.new = None
        if not first:
            self.old = self.merge(OLD)
        before = self.read()
        self.new = self.merge(NEW)
        self.before = before
        self.versions = {None: {}, self.new: NEW, self.old: OLD} if self.old else {None: {}, self.new: NEW}
        self.names = {self.new: self.read_names()}
        if self.old:
            self.restore()
            self.names[self.old] = self.read_names()
        if not all(self.names.values()):
            raise SystemExit("the sample has no names to lose")
        self.restore()

    def path(self, name):
        return str(self.folder / name)

    def merge(self, versions):
        for party, text in versions.items():
            (self.folder / (party.lower() + ".txt")).write_text(text)
        done = self.talks.run(*self.words)
        if done.returncode != 1:
            raise SystemExit("the sample does not merge: " + done.stderr.decode())
        return (self.folder / "all.txt").read_bytes()

    def clear(self):
        for entry in self.folder.iterdir():
            if entry.name in FILES or entry.name.startswith(".bracked-"):
                entry.unlink()

    def read(self):
        return {name: (self.folder / name).read_bytes() for name in FILES if (self.folder / name).exists()}

    def restore(self):
        self.clear()
        for name, bytes in self.before.items():
            (self.folder / name).write_bytes(bytes)

    def ask(self, *words):
        """What the program says of the files that stand there; it is asked once where only ids and times of events differ."""
        files = {**self.read(), "strays": len(self.strays()) > 0}
        files["all.txt.ledger"] = re.sub(rb'"(event|time)":"[^"]*"', b"", files.get("all.txt.ledger", b""))
        key = words, tuple(sorted(files.items()))
        if key not in self.answers:
            self.answers[key] = self.talks.run(*words)
        return self.answers[key]

    def read_names(self):
        done = self.ask("positions", "--json", self.path("all.txt"))
        lines = [json.loads(line) for line in done.stdout.decode().splitlines()]
        return sorted((line["id"], line["party"], line["act"]) for line in lines)

    def strays(self):
        return sorted(entry.name for entry in self.folder.iterdir() if entry.name.startswith(".bracked-"))


def judge_proof(sample):
    """What must hold of the compilation that stands, whatever happened."""
    faults = []
    out = sample.read().get("all.txt")
    if out not in sample.versions:
        return ["the compilation is neither the old one nor the new"]
    if out is None:
        return ["the compilation is gone"] if sample.old else []
    for party, text in {**sample.versions[out], "base": BASE}.items():
        done = sample.ask("recover", "--proof", sample.path("all.proof"), party, sample.path("all.txt"))
        if done.stdout != text.encode():
            faults.append("%s is not given back: %s" % (party, done.stderr.decode().strip()))
    if sample.read_names() != sample.names[out]:
        faults.append("other names than those of the compilation")
    return faults


def judge(sample, case, done, killed):
    """What must hold after any fault; returns the faults found."""
    faults, files = judge_proof(sample), sample.read()
    lasting = case.endswith("+")  # then what was begun can hardly be taken back
    written = b"is written, but" in done.stderr
    if not killed and done.returncode == 3 and not lasting and not written and files != sample.before:
        faults.append("refused, but changed " + ", ".join(name for name in FILES if files.get(name) != sample.before.get(name)))
    if not killed and done.returncode in (0, 1) and files.get("all.txt") != sample.new:
        faults.append("acknowledged, but not written")
    if not killed and not lasting and sample.strays():
        faults.append("left behind: " + ", ".join(sample.strays()))
    if not killed and done.returncode not in (1, 3, 127):  # 127: it could not even be loaded
        faults.append("ended with %d" % done.returncode)
    if not killed and done.returncode == 3 and not done.stderr.strip() and " write:" not in case:
        faults.append("failed without a word")
    again = sample.talks.run(*sample.words)
    if again.returncode != 1:
        faults.append("not merged again: " + again.stderr.decode().strip())
    if sample.read().get("all.txt") != sample.new or "all.proof.before-merge" in sample.read():
        faults.append("merged again, it is not the new one alone")
    faults += ["merged again: " + fault for fault in judge_proof(sample)]
    return ["%s: %s" % (case, fault) for fault in faults]


def try_calls(sample, every):
    faults, cases, refused, killed_runs = [], 0, 0, 0
    for call in CALLS:
        sample.restore()
        for when in number_calls(sample.talks, sample.words, call)[::every]:
            for what, killed in kinds_of_fault(when):
                sample.restore()
                done = sample.talks.run(*sample.words, prefix=inject(call, what))
                cases += 1
                refused += done.returncode == 3
                killed_runs += done.returncode in (-9, 137)
                faults += judge(sample, "%s %s:%s" % ("first" if not sample.old else "again", call, what), done, killed)
    print("%s: %d faults injected, %d refused the command, %d killed it; %d found wanting"
        % ("merge over a compilation" if sample.old else "first merge", cases, refused, killed_runs, len(faults)))
    if not refused or not killed_runs:
        faults.append("no fault was felt: is it injected at all?")
    return faults


def try_kills(sample, count):
    """Killed at any time: as long as a whole run takes, in equal parts that chance begins."""
    faults, cut = [], 0
    sample.restore()
    begun = time.monotonic()
    sample.talks.run(*sample.words)
    lasts = time.monotonic() - begun
    for at in range(count):
        sample.restore()
        running = subprocess.Popen([sample.talks.program, *sample.words], env=sample.talks.environment, cwd=sample.talks.home,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        time.sleep(lasts * (at + random.random()) / count)
        running.kill()
        errors = running.communicate()[1]
        cut += running.returncode == -9
        done = subprocess.CompletedProcess(sample.words, running.returncode, b"", errors)
        faults += judge(sample, "killed %d" % at, done, True)
    print("%d kills at any time, %d before its end; %d found wanting" % (count, cut, len(faults)))
    return faults


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--kills", type=int, default=200)
    given = parser.parse_args()
    need("strace")
    random.seed(1)
    talks, faults = Talks(given.program), []
    for first in True, False:
        sample = Sample(talks, first)
        faults += try_calls(sample, given.every)
    faults += try_kills(sample, given.kills)
    talks.remove()
    for fault in faults[:40]:
        print(fault)
    sys.exit(1 if faults else 0)


main()
