"""Every system call of a save fails or kills the program, and nothing is lost.

    faults.py PROGRAM [--all] [ACT...]

PROGRAM is faulty.c built.  An act is run once under strace to number its system calls, then once for each call and
fault: ENOSPC, EIO and EDQUOT once, EIO from there on, and SIGKILL.  After each run the file holds the old or the new
bytes, whole; what was acknowledged is there; after a fault no file of ours stays beside it.  Without --all a commit is
struck at some thirty calls, spread evenly.  Exit 77 (skipped) where strace is missing or may not trace.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

OLD = "the old bytes, [agreed]\n" * 40
NEW = "the new bytes, [disputed], longer than the old\n" * 40
ERRORS = ("error=ENOSPC", "error=EIO", "error=EDQUOT")
# Calls whose failure shows nothing of ours: memory, time, signals, threads.
SKIPPED = {
    "access", "brk", "mmap", "munmap", "mprotect", "mremap", "madvise", "futex", "exit_group", "exit", "rt_sigaction",
    "rt_sigprocmask", "clock_gettime", "clock_nanosleep", "clone", "clone3", "rseq", "set_robust_list", "gettid", "getpid",
    "geteuid", "getuid", "getcwd", "prlimit64", "sched_yield", "nanosleep",
}
ENVIRONMENT = {
    "PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "GIT_CONFIG_NOSYSTEM": "1",
    # Leaks are another test's affair, and its checker cannot run under strace.
    "ASAN_OPTIONS": "detect_leaks=0",
}


class Fault(Exception):
    pass


def read(path):
    with open(path, newline="") as file:
        return file.read()


def write(path, text):
    with open(path, "w", newline="") as file:
        file.write(text)


class Act:
    """One act on a folder of its own; check says what must hold after it."""

    full = True

    def __init__(self, program):
        self.program = program

    def prepare(self, folder):
        write(folder + "/draft.txt", OLD)
        os.chmod(folder + "/draft.txt", 0o640)

    def command(self, folder):
        return [self.program, self.name, folder + "/draft.txt", NEW]

    def check(self, folder, code, stderr, killed, call):
        text = read(folder + "/draft.txt")
        if text not in (OLD, NEW):
            raise Fault("the file is torn: %d bytes" % len(text))
        if code == 0 and text != NEW:
            raise Fault("acknowledged, but the old bytes are there")
        if code != 0 and not killed and text != OLD:
            raise Fault("refused, but the new bytes are there: " + stderr)
        if os.stat(folder + "/draft.txt").st_mode & 0o777 != 0o640:
            raise Fault("the mode was lost")
        left = sorted(set(os.listdir(folder)) - {"draft.txt"})
        if left and not killed and call != "unlinkat":
            raise Fault("left behind: %s" % left)


class Replace(Act):
    name = "replace"


class InPlace(Act):
    name = "inplace"

    def check(self, folder, code, stderr, killed, call):
        copy = folder + "/draft.txt.before-save"
        text = read(folder + "/draft.txt")
        torn = text not in (OLD, NEW)
        if torn and (killed or "whole in" in stderr):
            if not os.path.exists(copy) or read(copy) != OLD:
                raise Fault("torn, and no copy of the old bytes")
            return
        # The old bytes could not be put back, which the message says, where it can be written at all.
        if ("whole in" in stderr or call == "write") and os.path.exists(copy) and read(copy) == OLD:
            return
        if call == "fsync" and text == NEW and os.path.exists(copy):
            return
        super().check(folder, code, stderr, killed, call)


class Append(Act):
    name = "append"

    def check(self, folder, code, stderr, killed, call):
        text = read(folder + "/draft.txt")
        if text not in (OLD, OLD + NEW):
            raise Fault("the ledger is torn: %d bytes" % len(text))
        if code == 0 and text != OLD + NEW:
            raise Fault("acknowledged, but not there")


class Commit(Act):
    name = "commit"
    full = False

    def git(self, folder, *arguments):
        done = subprocess.run(
            ("git", "-C", folder) + arguments, env=dict(ENVIRONMENT, HOME=folder + "/.git"),
            capture_output=True, text=True)
        if done.returncode:
            raise Fault("git %s: %s" % (" ".join(arguments), done.stderr.strip()))
        return done.stdout

    def prepare(self, folder):
        super().prepare(folder)
        self.git(folder, "init", "-q")
        for name, value in ("user.name", "A"), ("user.email", "a@example.org"), ("gc.auto", "0"):
            self.git(folder, "config", name, value)
        write(folder + "/theirs.txt", "staged by another\n")
        self.git(folder, "add", "draft.txt")
        self.git(folder, "commit", "-qm", "old")
        self.git(folder, "add", "theirs.txt")
        write(folder + "/draft.txt", NEW)

    def check(self, folder, code, stderr, killed, call):
        self.git(folder, "fsck", "--strict")
        text = self.git(folder, "show", "HEAD:draft.txt")
        if text not in (OLD, NEW):
            raise Fault("the revision is torn")
        if code == 0 and text != NEW:
            raise Fault("acknowledged, but not in HEAD")
        # The message says when only what comes after the branch moved has failed, if it can be written at all.
        told = "the revision is saved" in stderr or (call == "write" and not stderr)
        if code != 0 and not killed and text != OLD and not told:
            raise Fault("refused, but in HEAD: " + stderr)
        # The next commit: where a killed program left a lock, the remedy names it.
        locks = [root + "/" + name for root, _, names in os.walk(folder + "/.git") for name in names
                 if name.endswith(".lock")]
        if locks and not killed and call not in ("unlink", "unlinkat"):
            raise Fault("a lock is left: %s" % locks)
        for lock in locks:
            os.unlink(lock)
        write(folder + "/draft.txt", "next\n")
        self.git(folder, "commit", "-qm", "next", "draft.txt")
        if self.git(folder, "diff", "--cached", "--name-only") != "theirs.txt\n":
            raise Fault("what another staged is gone")


class Join(Commit):
    """The branch moves before the work tree follows, which is never ahead of it."""

    name = "join"

    def prepare(self, folder):
        super().prepare(folder)
        write(folder + "/draft.txt", OLD)
        self.git(folder, "branch", "-M", "main")
        tree = self.git(folder, "rev-parse", "main^{tree}").strip()
        other = self.git(folder, "commit-tree", "-p", "main", "-m", "other", tree).strip()
        self.git(folder, "branch", "other", other)

    def check(self, folder, code, stderr, killed, call):
        text, saved = read(folder + "/draft.txt"), self.git(folder, "show", "HEAD:draft.txt")
        if text not in (OLD, saved):
            raise Fault("the work tree is torn, or ahead of the branch")
        if code == 0 and text != NEW:
            raise Fault("acknowledged, but not in the work tree")
        if code == 0 and self.git(folder, "diff", "--name-only"):
            raise Fault("acknowledged, but the index is behind")
        left = sorted(set(os.listdir(folder)) - {"draft.txt", "theirs.txt", ".git"})
        if left and not killed and call != "unlinkat":
            raise Fault("left behind: %s" % left)
        super().check(folder, code, stderr, killed, call)


class Type(Act):
    name = "type"
    typed = "drawkcab"

    def prepare(self, folder):
        super().prepare(folder)
        os.mkdir(folder + "/state", 0o700)

    def command(self, folder):
        return [self.program, "type", folder + "/state", folder + "/draft.txt", self.typed]

    def check(self, folder, code, stderr, killed, call):
        if read(folder + "/draft.txt") != OLD:
            raise Fault("the draft itself changed")
        done = subprocess.run(
            [self.program, "recover", folder + "/state", folder + "/draft.txt"], env=ENVIRONMENT, capture_output=True,
            text=True)
        if done.returncode:
            raise Fault("nothing can be recovered: " + done.stderr)
        states = [self.typed[:n][::-1] + OLD for n in range(len(self.typed) + 1)]
        if done.stdout not in states:
            raise Fault("what comes back was never typed")
        if code == 0 and done.stdout != states[-1]:
            raise Fault("acknowledged typing is lost")


ACTS = (Replace, InPlace, Append, Commit, Join, Type)


def trace(act, folder, *options):
    log = folder + ".log"
    done = subprocess.run(
        ["strace", "-f", "-qq", "-o", log] + list(options) + act.command(folder),
        env=dict(ENVIRONMENT, HOME=folder), capture_output=True, text=True, errors="replace")
    return done, log


def number_calls(act, folder):
    """(call, its number among calls of that name) for each call after the marker."""
    act.prepare(folder)
    done, log = trace(act, folder)
    if done.returncode:
        raise Fault("does not work without faults: " + done.stderr)
    counts, calls, begun = {}, [], False
    for line in read(log).splitlines():
        match = re.match(r"(?:\d+ +)?(\w+)\(", line)
        if not match:
            continue
        call = match.group(1)
        counts[call] = counts.get(call, 0) + 1
        if '"/begin here"' in line:
            begun = True
        elif begun and call not in SKIPPED:
            calls.append((call, counts[call]))
    act.check(folder, 0, "", False, "")
    return calls


def strike(act, top, index, call, number, fault):
    folder = "%s/%s-%d" % (top, act.name, index)
    os.mkdir(folder)
    act.prepare(folder)
    lasting = fault.endswith("+")
    inject = "inject=%s:%s:when=%d%s" % (call, fault.rstrip("+"), number, "+" if lasting else "")
    done, log = trace(act, folder, "-e", "trace=" + call, "-e", inject)
    killed = "SIGKILL" in fault
    try:
        act.check(folder, done.returncode, done.stderr, killed, call)
    except Fault as fault_found:
        return "%s with %s: %s" % (act.name, inject, fault_found)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if os.path.exists(log):
            os.unlink(log)
    return None


def strikes(act, calls, everything):
    faults = ERRORS + ("error=EIO+", "signal=SIGKILL")
    every = [(call, number, fault) for call, number in calls for fault in faults]
    if act.full or everything:
        return every
    step = max(1, len(every) // 30)
    # A step that shares no factor with the faults meets each of them.
    while step % len(faults) == 0:
        step += 1
    return every[::step]


def run(act, everything):
    top = tempfile.mkdtemp(prefix="bracked-fault-")
    try:
        os.mkdir(top + "/first")
        calls = number_calls(act, top + "/first")
        jobs = strikes(act, calls, everything)
        with ThreadPoolExecutor(os.cpu_count() or 2) as pool:
            found = list(pool.map(lambda job: strike(act, top, job[0], *job[1]), enumerate(jobs)))
    finally:
        shutil.rmtree(top, ignore_errors=True)
    faults = [fault for fault in found if fault]
    print("%-8s %3d calls, %3d strikes, %d faults" % (act.name, len(calls), len(jobs), len(faults)))
    for fault in faults:
        print("  " + fault)
    return bool(faults) or not calls


def can_trace():
    try:
        return subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"], capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


def main(program, *words):
    if not can_trace():
        print("skipped: strace is not installed here, or may not trace")
        return 77
    everything = "--all" in words
    named = [word for word in words if word != "--all"]
    acts = [act(os.path.abspath(program)) for act in ACTS if not named or act.name in named]
    return max([run(act, everything) for act in acts])


sys.exit(int(main(*sys.argv[1:])))
