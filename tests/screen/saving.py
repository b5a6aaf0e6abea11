"""Saving on a real terminal (tmux) where the disk is slow, full, or the file is gone: strace makes it so.

Skipped, saying so, where tmux or strace is missing.

usage: saving.py PROGRAM
"""

import os
import pathlib
import re
import shutil
import signal
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

from tmux import Terminal

DRAFT = "Article 1\n\n1. The Parties [shall][should] act [without delay].\n"


class Desk:
    """A draft of its own in an editor under strace."""

    def __init__(self, terminal, program, name):
        self.terminal, self.program = terminal, program
        self.file = terminal.folder / name
        self.file.write_text(DRAFT)

    def open(self, injection=None, end=""):
        trace = "strace -f -o /dev/null -e trace=%s -e inject=%s " % (injection.split(":")[0], injection) if injection else ""
        self.terminal.type("clear; %s'%s' %s; echo left=$?\n" % (trace, self.program, self.file.name))
        self.terminal.wait("never written" if end else "Quit", seconds=30)

    def text(self):
        return self.file.read_text()


def expect(right, words, terminal):
    if not right:
        raise AssertionError("%s; the screen is\n%s" % (words, terminal.screen()))


# A sync that takes two seconds.
SLOW = "fsync:delay_enter=2000000"


def keys_are_taken_while_it_is_written(desk):
    terminal = desk.terminal
    desk.open(SLOW)
    terminal.type("One. ")
    terminal.wait("One. ")
    terminal.keys("C-o")
    terminal.wait("writing")
    terminal.type("Two. ")
    start = time.time()
    terminal.wait("One. Two. ")
    expect(time.time() - start < 1, "a key waits for the disk", terminal)
    expect(desk.text() == DRAFT, "it was written already: the disk is not slow", terminal)
    terminal.wait("written to")
    expect(desk.text() == "One. " + DRAFT, "what was written is not what was there", terminal)
    terminal.keys("C-q")
    terminal.wait("changes that are in no file")
    terminal.keys("w")
    terminal.wait("left=0")
    expect(desk.text() == "One. Two. " + DRAFT, "what was typed meanwhile is lost", terminal)


def a_signal_while_it_is_written_ends_cleanly(desk):
    terminal = desk.terminal
    desk.open(SLOW)
    terminal.type("One. ")
    terminal.keys("C-o")
    terminal.wait("writing")
    terminal.type("Two. ")
    terminal.wait("One. Two. ")
    os.kill(terminal.process(desk.program.name), signal.SIGTERM)
    terminal.wait("left=143")
    expect(desk.text() == "One. " + DRAFT, "the save was not brought to its end", terminal)
    desk.open(end="recovery")
    terminal.keys("r")
    terminal.wait("One. Two. ")
    terminal.keys("C-o")
    terminal.wait("written to")
    terminal.keys("C-q")
    terminal.wait("left=0")


def a_save_that_fails_while_a_signal_ends_all_is_told(desk):
    terminal = desk.terminal
    desk.open("fchmod:delay_enter=2000000:error=ENOSPC")
    terminal.type("One. ")
    terminal.keys("C-o")
    terminal.wait("writing")
    os.kill(terminal.process(desk.program.name), signal.SIGTERM)
    terminal.wait("left=143")
    terminal.wait("draft.txt: setting the mode of the new")
    expect(desk.text() == DRAFT, "the file has changed all the same", terminal)
    terminal.type("clear\n")
    desk.open(end="recovery")
    terminal.keys("r")
    terminal.wait("your typing is back")
    terminal.keys("C-o")
    terminal.wait("written to")
    terminal.keys("C-q")
    terminal.wait("left=0")


def kill_in_mid_save_leaves_the_old_file_and_all_typing(desk):
    terminal = desk.terminal
    desk.open(SLOW)
    terminal.type("One. ")
    terminal.keys("C-o")
    terminal.wait("writing")
    terminal.type("Two. ")
    terminal.wait("One. Two. ")
    time.sleep(0.6)
    expect(desk.text() == DRAFT, "the file was replaced before it was synced", terminal)
    os.kill(terminal.process(desk.program.name), signal.SIGKILL)
    terminal.wait("left=137")
    terminal.type("stty sane\n")
    expect(desk.text() == DRAFT, "the file is torn", terminal)
    for _ in range(2):
        # killed again while it is looked at: it is offered all the same
        desk.open(end="recovery")
        terminal.wait("+One. Two. Article 1")
        terminal.wait("lost typing of 20")
        journal = max((terminal.folder / "state/bracked/journals").iterdir(), key=lambda path: path.stat().st_size)
        size = journal.stat().st_size
        time.sleep(1.5)
        expect(journal.stat().st_size < size + 200, "looking at lost typing fills the journal", terminal)
        os.kill(terminal.process(desk.program.name), signal.SIGKILL)
        terminal.wait("left=137")
        terminal.type("stty sane\n")
    desk.open(end="recovery")
    terminal.keys("r")
    terminal.wait("your typing is back")
    terminal.keys("C-o")
    terminal.wait("written to")
    terminal.keys("C-q")
    terminal.wait("left=0")


def a_full_disk_offers_another_file(desk):
    terminal = desk.terminal
    # the rights of a file that was there are given to the new one: another file has none
    desk.open("fchmod:error=ENOSPC")
    terminal.type("One. ")
    terminal.keys("C-o")
    terminal.wait("nothing is lost; write to another file:")
    terminal.wait("setting the mode of the new")
    expect(desk.text() == DRAFT, "the file has changed all the same", terminal)
    terminal.type("elsewhere.txt")
    terminal.keys("Enter")
    terminal.wait("from now on this is elsewhere.txt")
    expect((terminal.folder / "elsewhere.txt").read_text() == "One. " + DRAFT, "the other file does not hold it", terminal)
    terminal.keys("C-q")
    terminal.wait("left=0")


def a_full_state_folder_is_told_and_stops_nothing(desk):
    terminal = desk.terminal
    desk.open("pwrite64,fallocate:error=ENOSPC")
    terminal.type("One. ")
    terminal.wait("cannot be written")
    terminal.keys("C-o")
    terminal.wait("written to")
    expect(desk.text() == "One. " + DRAFT, "it was not written", terminal)
    terminal.keys("C-q")
    terminal.wait("left=0")


def a_file_that_is_gone_is_written_anew(desk):
    terminal = desk.terminal
    desk.open()
    terminal.type("One. ")
    terminal.wait("One. ")
    desk.file.unlink()
    terminal.keys("C-o")
    terminal.wait("is gone: others moved, renamed or removed it")
    terminal.keys("w")
    terminal.wait("written to")
    expect(desk.text() == "One. " + DRAFT, "it was not written", terminal)
    terminal.keys("C-q")
    terminal.wait("left=0")


TESTS = [keys_are_taken_while_it_is_written, a_signal_while_it_is_written_ends_cleanly,
    a_save_that_fails_while_a_signal_ends_all_is_told,
    kill_in_mid_save_leaves_the_old_file_and_all_typing, a_full_disk_offers_another_file,
    a_full_state_folder_is_told_and_stops_nothing, a_file_that_is_gone_is_written_anew]


def run(test, program):
    """What went wrong, on a terminal of its own."""
    with tempfile.TemporaryDirectory(prefix="bracked-saving-") as top:
        terminal = Terminal(pathlib.Path(top), "80x24")
        terminal.start("/bin/sh")
        try:
            test(Desk(terminal, program, "draft.txt"))
        except AssertionError as fault:
            return "%s: %s" % (test.__name__.replace("_", " "), re.sub(r"\n+$", "", str(fault)))
        finally:
            terminal.close()
    return None


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    for tool in "tmux", "strace":
        if not shutil.which(tool):
            print("%s is not here: skipped" % tool)
            return 77
    # they wait for slow disks most of the time
    with ThreadPoolExecutor(3) as pool:
        faults = [fault for fault in pool.map(lambda test: run(test, program), TESTS) if fault]
    for fault in faults:
        print(fault)
    print("%d of %d failed" % (len(faults), len(TESTS)))
    return 1 if faults else 0


sys.exit(main())
