"""Keys that come before a person's settings have been read.

The settings are a pipe that nobody writes to, so that their reading stands still until it is opened.  Keys that move do so
meanwhile; others wait, in the order they came in.

usage: early.py PROGRAM
"""

import fcntl
import os
import pathlib
import pty
import select
import signal
import struct
import sys
import tempfile
import termios
import time

DRAFT = "One two three.\nFour [five] six.\nSeven eight.\n"


def read(end, wanted, seconds):
    """What is written until the words are there, or so many seconds."""
    shown, until = b"", time.monotonic() + seconds
    while wanted not in shown and time.monotonic() < until:
        if select.select([end], [], [], 0.05)[0]:
            shown += os.read(end, 65536)
    return shown


def check(program, folder):
    faults, draft, settings = [], folder / "draft.txt", folder / ".gitconfig"
    draft.write_text(DRAFT)
    os.mkfifo(settings)
    environment = dict(os.environ, HOME=str(folder), TERM="xterm-256color", LC_ALL="C.UTF-8")
    for name in "XDG_STATE_HOME", "XDG_CONFIG_HOME":
        environment.pop(name, None)
    pid, end = pty.fork()
    if pid == 0:
        os.chdir(folder)
        os.execve(program, [program, "edit", "draft.txt"], environment)
    fcntl.ioctl(end, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    read(end, b"line 1 col 1", 10)
    read(end, b"\0", 0.3)
    os.write(end, b"\x1bOB\x1bOC")
    if not read(end, b"\x1b", 5):
        faults.append("a key that moves waits for the settings")
    read(end, b"\0", 0.3)
    os.write(end, b"x\x1bOB")
    if read(end, b"\0", 0.5):
        faults.append("a letter does not wait for the settings, or what comes behind it overtakes it")
    with open(settings, "w"):
        pass
    read(end, b"\x1b", 5)
    os.write(end, b"\x0f")
    until = time.monotonic() + 5
    while draft.read_text() == DRAFT and time.monotonic() < until:
        read(end, b"\0", 0.05)
    if draft.read_text() != DRAFT.replace("Four", "Fxour"):
        faults.append("the draft is %r" % draft.read_text())
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return faults


def main():
    with tempfile.TemporaryDirectory(prefix="bracked-early-") as folder:
        faults = check(str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(folder))
    for fault in faults:
        print(fault)
    return 1 if faults else 0


sys.exit(main())
