"""Reports of the mouse in a pseudo-terminal: whole ones are obeyed, one that was cut holds up neither keys nor signals.

usage: reports.py PROGRAM
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
CUT = [b"\x1b[<0;5;3", b"\x1b[<", b"\x1b[M", b"\x1b[M !", b"\x1b[<0;5;3;4;"]


class Editor:
    def __init__(self, program, folder, term, name):
        self.file = folder / name
        self.file.write_text(DRAFT)
        environment = dict(os.environ, HOME=str(folder), XDG_STATE_HOME=str(folder / name) + ".state", TERM=term, LC_ALL="C.UTF-8")
        self.pid, self.end = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.execve(program, [program, "edit", name], environment)
        fcntl.ioctl(self.end, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.shown = b""
        self.wait_for(b"Quit", 10)
        self.read(0.1)

    def read(self, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if select.select([self.end], [], [], 0.02)[0]:
                try:
                    self.shown += os.read(self.end, 65536)
                except OSError:
                    return

    def wait_for(self, words, seconds):
        end = time.monotonic() + seconds
        while words not in self.shown and time.monotonic() < end:
            self.read(0.05)
        return words in self.shown

    def type(self, keys):
        os.write(self.end, keys)
        self.read(0.1)

    def save(self):
        """Write the file, and leave when that is done."""
        self.type(b"\x0f")
        end = time.monotonic() + 5
        while self.file.read_text() == DRAFT and time.monotonic() < end:
            self.read(0.05)
        self.read(0.1)
        self.type(b"\x11")

    def leave(self, seconds=5):
        """How it ended; None when it had to be killed."""
        end = time.monotonic() + seconds
        status = None
        while status is None and time.monotonic() < end:
            self.read(0.05)
            pid, code = os.waitpid(self.pid, os.WNOHANG)
            status = os.waitstatus_to_exitcode(code) if pid else None
        if status is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.end)
        return status


def check_whole(program, folder, term):
    """A click, then a word, saved: the word stands where the click was."""
    faults = []
    for number, report in enumerate([b"\x1b[<0;6;3M\x1b[<0;6;3m", b"\x1b[M &#\x1b[M#&#"]):
        editor = Editor(program, folder, term, "%s%d.txt" % (term, number))
        editor.type(report)
        editor.type(b"4x")
        editor.save()
        if editor.leave() != 0 or "4x" not in editor.file.read_text().split("\n")[1]:
            faults.append("%s: %r is not obeyed: %r" % (term, report, editor.file.read_text()))
    return faults


def check_cut(program, folder, term):
    faults = []
    for number, report in enumerate(CUT):
        editor = Editor(program, folder, term, "cut%d.txt" % number)
        editor.type(report)
        os.kill(editor.pid, signal.SIGTERM)
        status = editor.leave()
        if status != 128 + signal.SIGTERM:
            faults.append("%s: %r holds up TERM: %s" % (term, report, status))
        editor = Editor(program, folder, term, "key%d.txt" % number)
        editor.type(report)
        editor.type(b"word ")
        editor.save()
        if editor.leave() != 0 or not editor.file.read_text().startswith("word One"):
            faults.append("%s: %r holds up keys: %r" % (term, report, editor.file.read_text()))
    return faults


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    faults = []
    with tempfile.TemporaryDirectory(prefix="bracked-reports-") as folder:
        for term in "xterm-256color", "screen":
            faults += check_whole(program, pathlib.Path(folder), term)
        faults += check_cut(program, pathlib.Path(folder), "xterm-256color")
    for fault in faults:
        print(fault)
    return 1 if faults else 0


sys.exit(main())
