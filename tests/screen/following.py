"""Keys in the merge pane while the places of a large compilation are followed on a thread: moving waits for nothing.

Prints what taking, and moving meanwhile, took.

usage: following.py PROGRAM
"""

import fcntl
import os
import pathlib
import pty
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time

PARTS, STRIDE, MOVES = 4000, 40, 5
PARAGRAPH = (
    "%d. Parties [shall][should] act promptly, in part %d as in others, [and report every year], on the ways in which they"
    " keep to what they have agreed, to the Board that part %d speaks of and [to all others][to the secretariat];\n\n"
)


def base():
    return "".join(PARAGRAPH % (i, i, i) for i in range(1, PARTS))


def version(text, old, new):
    parts = text.split("\n\n")
    for i in range(0, len(parts), STRIDE):
        parts[i] = parts[i].replace(old, new)
    return "\n\n".join(parts)


def merge(program, folder):
    text = base()
    (folder / "base.txt").write_text(text)
    (folder / "eu.txt").write_text(version(text, "promptly", "at once"))
    (folder / "us.txt").write_text(version(text, "promptly", "in time"))
    subprocess.run(
        [program, "merge", "--base", "base.txt", "-o", "all.txt", "--proof", "all.txt.proof", "EU=eu.txt", "US=us.txt"],
        cwd=folder, check=False, stderr=subprocess.DEVNULL,
    )


def read(end, wanted, seconds):
    """What is written until one of the words is there, or so many seconds."""
    shown, until = b"", time.monotonic() + seconds
    while not any(words in shown for words in wanted) and time.monotonic() < until:
        if select.select([end], [], [], 0.05)[0]:
            shown += os.read(end, 65536)
    return shown


def settle(end):
    """When something was written last, once nothing has been for a while."""
    last = time.monotonic()
    while select.select([end], [], [], 2)[0]:
        os.read(end, 65536)
        last = time.monotonic()
    return last


def press(end, key):
    """After how many seconds a key is answered."""
    since = time.monotonic()
    os.write(end, key)
    select.select([end], [], [], 60)
    os.read(end, 65536)
    return time.monotonic() - since


def check(program, folder):
    faults, count = [], (PARTS + STRIDE - 2) // STRIDE
    merge(program, folder)
    environment = dict(os.environ, HOME=str(folder), TERM="xterm-256color", LC_ALL="C.UTF-8")
    for name in "XDG_STATE_HOME", "XDG_CONFIG_HOME":
        environment.pop(name, None)
    pid, end = pty.fork()
    if pid == 0:
        os.chdir(folder)
        os.execve(program, [program, "edit", "all.txt"], environment)
    fcntl.ioctl(end, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    read(end, [b"line 1 col 1"], 30)
    os.write(end, b"\x1b[19~")
    if b"of %d unplaced" % count not in read(end, [b"of %d unplaced" % count], 60):
        faults.append("F8 does not show %d places" % count)
    settle(end)
    since = time.monotonic()
    os.write(end, b"2")
    shown = read(end, [b"following"], 60)
    taken = time.monotonic() - since
    if b"following" not in shown:
        faults.append("what is taken is not shown before its place was followed")
    moves = [press(end, b"\x1bOB") for _ in range(MOVES)]
    moved = time.monotonic() - since
    followed = settle(end) - since
    if moved >= followed:
        faults.append("moving waits until places were followed")
    print("taking %.0f ms, moving %.0f ms at most, followed after %.0f ms" % (
        taken * 1e3, max(moves) * 1e3, followed * 1e3))
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os.close(end)
    return faults


def main():
    with tempfile.TemporaryDirectory(prefix="bracked-following-") as folder:
        faults = check(str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(folder))
    for fault in faults:
        print(fault)
    return 1 if faults else 0


sys.exit(main())
