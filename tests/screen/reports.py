"""What a pseudo-terminal says besides keys.

Reports of the mouse: whole ones are obeyed, one that was cut holds up neither keys nor signals.  Other sequences: those
that name a key are that key, the others are typed in no part, wherever a slow line cuts them.  Of a line slower than the
editor is patient nothing is known: where this program was kept from writing for so long, the trial is made again.

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
from concurrent.futures import ProcessPoolExecutor

DRAFT = "One two three.\nFour [five] six.\nSeven eight.\n"
CUT = [b"\x1b[<0;5;3", b"\x1b[<", b"\x1b[M", b"\x1b[M !", b"\x1b[<0;5;3;4;"]
ODD = CUT[-1]  # it could go on in any way: only time tells
SAYING_NOTHING = [
    b"\x1b[O", b"\x1b[I", b"\x1b[?1;2c", b"\x1b[24;80R", b"\x1b[57358;5u", b"\x1b[201~", b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\",
    b"\x1b]11;rgb:ffff/ffff/ffff\a", b"\x1bP>|term 1.0\x1b\\", b"\x1b_Gi=31;OK\x1b\\"]
# Each writes this before the first word.
KEYS = [
    (b"\x1b[97u", "a"), (b"ab\x1b[1;2D\x1b[120;5u", "a"), (b"ab\x1b[1;2D\x1b[27;5;120~", "a"), (b"ab\x1b[1;5Hx", "xab"),
    (b"\x1b[200~pasted\x1b[201~", "pasted")]

PIECES = 0.03  # seconds between two pieces of a sequence: an ESC by itself counts as Esc by then
PATIENCE = 0.045  # and what the editor, which waits 50 ms, must be given the next piece in
TRIALS = 20


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

    def send(self, keys, piece):
        """In pieces, as over a slow line; False when one came too late for anybody's patience."""
        last, steady = None, True
        for at in range(0, len(keys), piece):
            while last is not None and time.monotonic() < last + PIECES:
                time.sleep(0.002)
            begun = time.monotonic() if last is None else last
            os.write(self.end, keys[at : at + piece])
            now = time.monotonic()
            steady = steady and now - begun < PATIENCE
            last = now
        return steady

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


def check_cut(program, folder, number):
    faults, report = [], CUT[number]
    editor = Editor(program, folder, "xterm-256color", "cut%d.txt" % number)
    editor.type(report)
    os.kill(editor.pid, signal.SIGTERM)
    status = editor.leave()
    if status != 128 + signal.SIGTERM:
        faults.append("%r holds up TERM: %s" % (report, status))
    editor = Editor(program, folder, "xterm-256color", "key%d.txt" % number)
    editor.type(report)
    editor.read(0.6 if report == ODD else 0)
    editor.type(b"word ")
    editor.save()
    if editor.leave() != 0 or not editor.file.read_text().startswith("word One"):
        faults.append("%r holds up keys: %r" % (report, editor.file.read_text()))
    return faults


def written(editor, name, faults):
    """What stands before the first word when all is saved."""
    editor.save()
    status = editor.leave()
    text = editor.file.read_text()
    if status != 0 or not text.endswith(DRAFT):
        faults.append("%s: the draft is not what was typed: %s, %r" % (name, status, text))
    return text[:-len(DRAFT)]


def trial(program, folder, name, sequences, piece, behind):
    """What sequences write, each with keys behind it, and the faults; again while the line was too slow."""
    for number in range(TRIALS):
        faults, steady = [], True
        editor = Editor(program, folder, "xterm-256color", "%s-%d.txt" % (name, number))
        for sequence in sequences:
            steady = editor.send(sequence, piece) and steady
            editor.read(0.11)  # nothing of it may be left to make another key of the next
            if behind:
                editor.type(behind)
        before = written(editor, name, faults)
        if steady:
            return before, faults
    return None, ["%s: %d times this machine was too slow to say anything" % (name, TRIALS)]


def check_silent(program, folder, piece):
    before, faults = trial(program, folder, "silent%d" % piece, SAYING_NOTHING, piece, b"x")
    if before is not None and before != "x" * len(SAYING_NOTHING):
        faults.append("pieces of %d: %r is typed" % (piece, before))
    return faults


def check_named(program, folder, number, piece):
    keys, wanted = KEYS[number]
    before, faults = trial(program, folder, "named%d-%d" % (number, piece), [keys], piece, b"")
    if before is not None and before != wanted:
        faults.append("%r in pieces of %d writes %r" % (keys, piece, before))
    return faults


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    checks = [(check_silent, piece) for piece in (1, 2, 3, 100)]
    # an ESC by itself is Esc as well, and leaves what there is to leave
    checks += [(check_named, number, piece) for number in range(len(KEYS)) for piece in (2, 100)]
    checks += [(check_cut, number) for number in range(len(CUT))]
    checks += [(check_whole, term) for term in ("xterm-256color", "screen")]
    # they wait most of the time; each is a process, for a thread may not fork
    with tempfile.TemporaryDirectory(prefix="bracked-reports-") as folder, ProcessPoolExecutor(3) as pool:
        running = [pool.submit(check, program, pathlib.Path(folder), *what) for check, *what in checks]
        faults = [fault for each in running for fault in each.result()]
    for fault in faults:
        print(fault)
    return 1 if faults else 0


sys.exit(main())
