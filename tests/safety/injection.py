"""Faults of the system for a run of the program: strace makes the Nth call of one kind fail, or kills it there."""

import collections
import re

CALLS = ["write", "pwrite64", "fsync", "fdatasync", "rename", "renameat", "renameat2", "close", "openat", "ftruncate",
	"fchmod", "fchown", "linkat", "link", "unlink", "mkdir", "fallocate"]
ERRORS = ["ENOSPC", "EIO", "EDQUOT"]


def inject(call, what):
    return ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=" + call, "-e", "inject=%s:%s" % (call, what)]


def number_calls(talks, words, call):
    """Which calls of a kind a run makes, by their number in their thread; libraries are the loader's to open and to close."""
    log, counts, numbers = talks.home / "strace.log", collections.Counter(), set()
    talks.run(*words, prefix=["strace", "-f", "-qq", "-y", "-o", str(log), "-e", "trace=" + call])
    for line in log.read_text(errors="replace").splitlines():
        thread, _, rest = line.partition(" ")
        if rest.lstrip().startswith(call + "("):
            counts[thread] += 1
            if not re.search(r"\.so\b", rest):
                numbers.add(counts[thread])
    return sorted(numbers)


def kinds_of_fault(when):
    """What may happen at the Nth call, and whether it kills the program: it fails, it and all after it fail, or death."""
    return [("error=%s:when=%d" % (ERRORS[when % len(ERRORS)], when), False), ("error=EIO:when=%d+" % when, False),
        ("signal=SIGKILL:when=%d" % when, True)]
