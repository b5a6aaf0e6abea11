"""Faults of the system for a run of the program: strace makes the Nth call of one kind fail, or kills it there."""

CALLS = ["write", "pwrite64", "fsync", "fdatasync", "rename", "renameat", "renameat2", "close", "openat", "ftruncate",
	"fchmod", "fchown", "linkat", "link", "unlink", "mkdir", "fallocate"]
ERRORS = ["ENOSPC", "EIO", "EDQUOT"]


def inject(call, what):
    return ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=" + call, "-e", "inject=%s:%s" % (call, what)]


def count_calls(talks, words, call):
    """How often a run makes a call."""
    log = talks.home / "strace.log"
    talks.run(*words, prefix=["strace", "-f", "-qq", "-o", str(log), "-e", "trace=" + call])
    return sum(1 for line in log.read_text(errors="replace").splitlines() if call + "(" in line)


def kinds_of_fault(when):
    """What may happen at the Nth call, and whether it kills the program: it fails, it and all after it fail, or death."""
    return [("error=%s:when=%d" % (ERRORS[when % len(ERRORS)], when), False), ("error=EIO:when=%d+" % when, False),
        ("signal=SIGKILL:when=%d" % when, True)]
