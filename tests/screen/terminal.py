"""The real program on a real terminal (tmux): walk, type, crash, recover, lock, signals, closing.

Skipped, saying so, where tmux is missing.

usage: terminal.py PROGRAM WxH
"""

import os
import pathlib
import re
import shutil
import signal
import sys
import tempfile
import time

from tmux import Terminal

DRAFT = "Article 1\n\n1. The Parties [shall][should] act [without delay].\n\n2. They report [annually].\n"


def walk_and_type(terminal, program):
    terminal.start("/bin/sh")
    terminal.type("'%s' draft.txt; echo left=$?\n" % program)
    terminal.wait("Quit")
    terminal.keys("C-n")
    terminal.wait("line 3 col 16")
    terminal.keys("M-Down", "End")
    terminal.type(" Typed at four in the morning.")
    terminal.wait("morning.")


def crash_and_recover(terminal, program, folder):
    time.sleep(1.5)
    os.kill(terminal.process(program.name), signal.SIGKILL)
    terminal.wait("left=137")
    assert "morning" not in (folder / "draft.txt").read_text(), "nothing was written to the file"
    terminal.type("clear; stty sane; '%s' draft.txt; echo left=$?\n" % program)
    terminal.wait("never written")
    terminal.wait("act [without delay]. Typed at four")
    terminal.keys("r")
    terminal.wait("your typing is back")
    terminal.keys("C-o")
    terminal.wait("written to")
    assert "four in the morning." in (folder / "draft.txt").read_text()


def terminal_text(terminal, *keys):
    """The screen once a pane has been left."""
    terminal.keys(*keys)
    return terminal.wait("the file stays as others left it")


def notice_others(terminal, folder):
    draft = folder / "draft.txt"
    terminal.keys("C-Home")
    terminal.type("My line. ")
    terminal.wait("My line.")
    draft.write_text(draft.read_text() + "\n3. A paragraph by another hand.\n")
    terminal.wait("m merge ...")
    time.sleep(0.6)
    terminal.keys("m")
    terminal.wait("- as you had it", "+3. A paragraph by another hand.")
    assert "another hand" not in terminal_text(terminal, "Escape"), "it was merged before it was seen"
    terminal.keys("C-o")
    terminal.wait("m merge ...")
    time.sleep(0.6)
    terminal.keys("m")
    terminal.wait("by another hand")
    draft.write_text(draft.read_text() + "\n4. And one more.\n")
    terminal.keys("m")
    terminal.wait("changed once more")
    terminal.wait("+4. And one more.")
    terminal.keys("m")
    terminal.wait("merged")
    terminal.wait("another hand")
    terminal.keys("C-o")
    terminal.wait("written to")
    assert "My line." in draft.read_text() and "another hand" in draft.read_text()

def typing_goes_on_while_others_write(terminal, folder):
    draft = folder / "draft.txt"
    terminal.keys("C-Home")
    terminal.type("Begun. ")
    terminal.wait("Begun.")
    theirs = draft.read_text() + "\n4. Theirs alone.\n"
    draft.write_text(theirs)
    typed = ""
    for word in ("now for ", "the other ", "remark, ", "more of it. ") * 2:
        for letter in word:
            terminal.type(letter)
            time.sleep(0.05)
        typed += word
    terminal.wait("[changed by others]")
    terminal.wait("o write over")
    assert draft.read_text() == theirs, "a letter was taken as an answer"
    time.sleep(0.7)
    terminal.type("now for ")
    typed += "now for "
    time.sleep(0.7)
    assert draft.read_text() == theirs, "a letter that follows another was taken as an answer"
    terminal.keys("o")
    terminal.wait("written over theirs")
    assert draft.read_text().startswith("Begun. " + typed), "a letter is lost"
    assert "Theirs alone" not in draft.read_text()
    terminal.keys("C-z")
    terminal.wait("Theirs alone")
    terminal.keys("C-y")
    terminal.wait("Begun. " + typed[:40])
    terminal.keys("C-o")
    terminal.wait("written to")


def take_up_the_lock(terminal, program, folder):
    """Ctrl-T in the second editor: while the first is there, and when it has gone."""
    draft = folder / "draft.txt"
    terminal.tmux("split-window", "-d", "-t", "0", "cd '%s'; '%s' draft.txt; sleep 5" % (folder, program))
    terminal.wait("is open in another editor", pane="1")
    terminal.tmux("send-keys", "-t", "1", "C-End")
    terminal.wait("line %d col 1 " % (draft.read_text().count("\n") + 1), pane="1")
    terminal.tmux("send-keys", "-t", "1", "C-t")
    terminal.wait("open which file", pane="1")
    terminal.wait("process", pane="1")
    terminal.tmux("send-keys", "-t", "1", "Enter")
    terminal.wait("no file was named", pane="1")
    terminal.tmux("send-keys", "-t", "1", "C-t", "draft.txt", "Enter")
    terminal.until(
        lambda shown: "close it" in shown and shown.split("\n")[0].count("draft.txt") == 1, "it is open twice", pane="1")
    terminal.keys("C-Home")
    terminal.type("Above.")
    terminal.keys("Enter", "C-o")
    terminal.wait("written to")
    terminal.keys("C-q")
    terminal.wait("left=0")
    terminal.tmux("send-keys", "-t", "1", "C-t")
    terminal.until(
        lambda shown: "may be changed here now" in shown and shown.split("\n")[0].count("draft.txt") == 1
        and "[read only]" not in shown, "it stays as it was", pane="1")
    terminal.tmux("send-keys", "-t", "1", "-l", "Mine.")
    terminal.wait("Mine.", pane="1")
    terminal.tmux("send-keys", "-t", "1", "C-o")
    terminal.wait("written to", pane="1")
    text = draft.read_text()
    assert text.startswith("Above.\n") and text.endswith("Mine."), "the place is lost: %r" % text
    terminal.tmux("send-keys", "-t", "1", "C-q")
    terminal.tmux("kill-pane", "-t", "1")
    terminal.type("clear; '%s' draft.txt; echo left=$?\n" % program)
    terminal.wait("Quit")


def tell_of_the_lock(terminal, program):
    terminal.tmux("split-window", "-d", "-t", "0", "cd '%s'; '%s' draft.txt; sleep 5" % (terminal.folder, program))
    told = ("is open in another editor", "close it there", "Ctrl-T opens it anew")
    terminal.until(
        lambda shown: all(each in " ".join(shown.split()) for each in told), "nobody says what to do", pane="1")
    terminal.tmux("kill-pane", "-t", "1")


def resize(terminal):
    terminal.keys("Left")
    terminal.tmux("resize-window", "-x", "60", "-y", "12")
    terminal.wait("line")
    terminal.tmux("resize-window", "-x", terminal.width, "-y", terminal.height)
    terminal.wait("line")


def end_by_signal(terminal, program, folder):
    terminal.type("more")
    terminal.wait("more")
    os.kill(terminal.process(program.name), signal.SIGTERM)
    terminal.wait("left=143")
    terminal.type("stty -a | tr ';' '\\n' | grep -c -- '-echo ' ; echo sane=$?\n")
    terminal.wait("sane=")
    terminal.type("clear; '%s' draft.txt; echo left=$?\n" % program)
    terminal.wait("never written")
    terminal.keys("d")
    terminal.wait("left as the file is")
    terminal.keys("C-q")
    terminal.wait("left=0")


def stop_and_go_on(terminal, program):
    terminal.type("\nclear; '%s' draft.txt; echo left=$?\n" % program)
    terminal.wait("Quit")
    editor = terminal.process(program.name)
    os.kill(editor, signal.SIGTSTP)
    terminal.wait("topped")
    terminal.type("fg; echo left=$?\n")
    terminal.wait("Quit")
    return editor


def leave_a_plain_terminal(terminal, program):
    """It has one screen only: what the shell writes stands on a row of its own."""
    terminal.type("\nclear; TERM=vt100 '%s' draft.txt; echo left=$?\n" % program)
    terminal.wait("Quit")
    terminal.keys("C-q")
    rows = terminal.wait("left=0").rstrip().split("\n")
    row = [row for row in rows if "left=0" in row][-1]
    assert row == "left=0", "the shell writes into the editor's row: %r" % row
    assert "Quit" in rows[rows.index(row) - 1], "it is not the row below:\n%s" % "\n".join(rows)


def tell_of_a_missing_library(terminal, program, folder):
    """Only the screen needs ncurses."""
    (folder / "libncursesw.so.6").write_text("no library\n")
    terminal.type("clear; LD_LIBRARY_PATH=. '%s' draft.txt; echo left=$?\n" % program)
    terminal.wait("ncurses, which shows the screen, does not work here: ", "install libncursesw6", "left=3")
    terminal.type("clear; LD_LIBRARY_PATH=. '%s' stat draft.txt >counts; echo left=$?\n" % program)
    terminal.wait("left=0")


def tell_of_the_other(terminal, program, folder):
    """Typing that was lost in the draft behind the one that is shown."""
    (folder / "other.txt").write_text("Other words.\n")
    terminal.type("clear; '%s' draft.txt other.txt; echo left=$?\n" % program)
    terminal.wait("Quit")
    terminal.keys("M-Right")
    terminal.wait("Other words.")
    terminal.type("Lost. ")
    terminal.wait("Lost. Other")
    time.sleep(1.5)
    os.kill(terminal.process(program.name), signal.SIGKILL)
    terminal.wait("left=137")
    terminal.type("clear; stty sane; '%s' draft.txt other.txt; echo left=$?\n" % program)
    terminal.wait("other.txt has typing that was not saved: Alt-Right")
    terminal.keys("M-Right")
    terminal.wait("lost typing")
    terminal.keys("r")
    terminal.wait("Lost. Other words.")
    terminal.keys("C-o")
    terminal.wait("written to")
    terminal.keys("C-q")
    terminal.wait("left=0")


def crash_by_signal(terminal, editor):
    terminal.type("last words")
    terminal.wait("last words")
    time.sleep(1.5)
    os.kill(editor, signal.SIGSEGV)
    terminal.wait("left=139")
    terminal.type("echo the terminal is $((40 + 2))\n")
    terminal.wait("the terminal is 42")


def main():
    program, size = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
    if not shutil.which("tmux"):
        print("tmux is not here: skipped")
        return 77
    with tempfile.TemporaryDirectory(prefix="bracked-terminal-") as top:
        folder = pathlib.Path(top)
        (folder / "draft.txt").write_text(DRAFT)
        terminal = Terminal(folder, size)
        try:
            walk_and_type(terminal, program)
            crash_and_recover(terminal, program, folder)
            notice_others(terminal, folder)
            typing_goes_on_while_others_write(terminal, folder)
            tell_of_the_lock(terminal, program)
            take_up_the_lock(terminal, program, folder)
            resize(terminal)
            end_by_signal(terminal, program, folder)
            leave_a_plain_terminal(terminal, program)
            tell_of_a_missing_library(terminal, program, folder)
            tell_of_the_other(terminal, program, folder)
            crash_by_signal(terminal, stop_and_go_on(terminal, program))
        except AssertionError as fault:
            print("FAILED: %s" % re.sub(r"\n+$", "", str(fault)))
            return 1
        finally:
            terminal.close()
    return 0


sys.exit(main())
