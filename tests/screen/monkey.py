"""A monkey at the keys: random keys, typing, pastes and sizes on a draft without a terminal.

It holds that
	what was painted change by change is what a drawing from scratch shows;
	what the journal gives back after a crash is what was in the editor.

usage: monkey.py PROGRAM DRAFT [SEED [STEPS]]
"""

import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

MOVES = """Left Right Up Down PgUp PgDn Home End Ctrl-Left Ctrl-Right Ctrl-Home Ctrl-End Ctrl-Up Ctrl-Down
    Shift-Left Shift-Right Shift-Up Shift-Down Ctrl-N Ctrl-P Alt-Up Alt-Down Alt-n Alt-p Alt-m Alt-i
    Alt-f Alt-F Alt-L Alt-e Alt-f""".split()
EDITS = """Backspace Del Enter Tab Alt-Backspace Ctrl-Del Ctrl-Z Ctrl-Y Alt-u Alt-U Ctrl-X Ctrl-V Ctrl-C Alt-b
    Alt-a Alt-d Alt-1 Alt-2 Alt-k Ctrl-Space""".split()
PANES = ["F1", "F2", "F3", "F4", "F6", "F7", "F9", "F11", "F12", "Esc", "Esc", "Esc", "Down", "Enter", "Ctrl-L"]
TEXT = ["word ", "[", "]", "[shall][should]", "é", "中文", "\\n\\n3. ", "e\u0301", "عربي", "EU: ", "\\t", "(a) "]
SIZES = ["80x24", "160x50", "40x10", "100x30", "21x3", "200x8"]


# What goes by the draft as it was read last: while that is behind the text, the answer is a matter of time.
BY_DRAFT = {"Ctrl-N", "Ctrl-P", "Alt-n", "Alt-p"}


def step(dice):
    key = choose(dice)
    return "\n@wait\n" + key if key in BY_DRAFT or key in PANES else key


def choose(dice):
    kind = dice.random()
    if kind < 0.35:
        return dice.choice(MOVES)
    if kind < 0.60:
        return '"%s"' % dice.choice(TEXT)
    if kind < 0.82:
        return dice.choice(EDITS)
    if kind < 0.93:
        return dice.choice(PANES)
    if kind < 0.96:
        return '\n@paste "%s%s\\e[A\\r\\nx"\n' % (dice.choice(TEXT), dice.choice(TEXT))
    if kind < 0.98:
        return "\n@resize %s\n" % dice.choice(SIZES)
    return "\n@click %d %d\n" % (dice.randint(1, 30), dice.randint(1, 100))


# Back to the text whatever is open, with nothing left to tell, and to a size of one's own.
HOME = "\n@resize 90x28\nEsc Esc Esc Esc Esc Ctrl-Home\n"


class Bench:
    def __init__(self, program, draft, folder):
        self.program, self.draft, self.folder = program, draft, folder

    def run(self, name, keys, fresh=True):
        work = self.folder / name
        if fresh:
            work.mkdir()
            (work / "draft.txt").write_bytes(self.draft.read_bytes())
        (work / "keys").write_text(keys)
        kept = {key: value for key, value in os.environ.items() if key in ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS")}
        kept.update(HOME=str(work), XDG_STATE_HOME=str(work / "state"), LC_ALL="C.UTF-8", SOURCE_DATE_EPOCH="1290000000")
        done = subprocess.run(
            [str(self.program), "--script", "keys", "--screen", "90x28", "draft.txt"], cwd=work, env=kept,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, timeout=300,
        )
        if done.returncode:
            raise AssertionError("exit %d: %s" % (done.returncode, done.stdout[-2000:].decode(errors="replace")))
        return done.stdout, (work / "draft.txt").read_bytes()


def screens(out):
    return out.split(b"@screen ")[1:]


def main():
    program, draft = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else int(time.time())
    steps = int(sys.argv[4]) if len(sys.argv) > 4 else 400
    dice = random.Random(seed)
    print("seed %d, %d steps" % (seed, steps))
    keys = " ".join(step(dice) for _ in range(steps)) + HOME
    with tempfile.TemporaryDirectory(prefix="bracked-monkey-") as top:
        bench = Bench(program, draft, pathlib.Path(top))
        try:
            out, _ = bench.run("crash", keys + "@screen\nCtrl-L\n@screen\n")
            before, after = screens(out)
            assert before == after, "painted change by change:\n%s\nfrom scratch:\n%s" % (before.decode(), after.decode())
            _, written = bench.run("write", keys + "Ctrl-O\n")
            _, recovered = bench.run("crash", "r Ctrl-O\n", fresh=False)
            assert recovered == written, "the journal gives back another text than was in the editor"
        except AssertionError as fault:
            pathlib.Path("monkey-%d.keys" % seed).write_text(keys)
            print("FAILED, keys kept in monkey-%d.keys: %s" % (seed, fault))
            return 1
    return 0


sys.exit(main())
