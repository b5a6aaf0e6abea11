"""Two issued drafts as two revisions, on a real terminal (tmux): the curve, two marks, what changed, what binds, the life of
a bracket, and typing meanwhile.

Skipped, saying so, where tmux or the drafts (BRACKED_CORPUS) are missing.

usage: issued.py PROGRAM WxH
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from tmux import Terminal

PAIR = ("paris-2015-10-23.md", "paris-2015-12-04.md")
LINE = re.compile(r"^ (?:!✓|!|)\s+-?\d+  (\S+)", re.M)


def git(folder, *words):
    subprocess.run(
        ["git", "-c", "user.name=Ana Delegate", "-c", "user.email=ana@example.org", *words], cwd=folder, check=True,
        stdout=subprocess.DEVNULL)


def make_revisions(folder, drafts):
    git(folder, "init", "-q")
    for draft in drafts:
        shutil.copyfile(draft, folder / "draft.md")
        git(folder, "add", "draft.md")
        git(folder, "commit", "-q", "-m", draft.stem)


def balance_of(program, folder):
    """What the command line says of the same pair."""
    run = subprocess.run(
        [str(program), "diff", "--json", "HEAD~1:draft.md", "HEAD:draft.md"], cwd=folder, stdout=subprocess.PIPE, text=True)
    kinds = re.findall(r'"kind": ?"([a-z-]+)"', run.stdout)
    return len([kind for kind in kinds if kind not in ("kept", "balance")])


def mark_and_compare(terminal, expected):
    terminal.keys("F6")
    terminal.wait("disputed ", "█")
    terminal.keys("Space", "Down", "Space", "F5")
    terminal.wait(" Diff", " %d\n" % expected, "brackets:", "Esc close", "l life", seconds=60)
    terminal.until(lambda shown: len(LINE.findall(shown)) >= 5, "few lines")


def chosen(shown):
    """The number of the line that is chosen in the pane, 0 where none is shown."""
    found = re.search(r"^ (\d+)/\d+", shown, re.M)
    return int(found.group(1)) if found else 0


def walk(terminal):
    before = chosen(terminal.screen())
    terminal.keys("n")
    terminal.until(lambda shown: before and chosen(shown) == before + 1, "the next change was not gone to")
    terminal.keys("b")
    terminal.until(
        lambda shown: "▸" in shown and not re.search(r"^ 2/", shown, re.M), "no bracket was gone to")
    terminal.keys("g")
    terminal.wait("only what binds", "brackets:")
    terminal.keys("g", "o")
    terminal.wait("only outside brackets")
    terminal.keys("o", "s")
    terminal.wait("│" if terminal.width == "160" else "side by side needs")
    terminal.keys("s")


def see_a_life(terminal):
    terminal.keys("f")
    terminal.wait("only changes with")
    terminal.type("reworded")
    terminal.keys("Enter")
    terminal.wait("filter: reworded")
    terminal.keys("l")
    terminal.wait("Life of a bracket", "in the first text", "reworded")
    terminal.keys("Enter")
    terminal.until(
        lambda shown: "brackets:" in shown and re.search(r"^ \d+/\d+   reworded", shown, re.M), "not at its change", 60)


def go_on_typing(terminal):
    terminal.keys("Escape")
    terminal.wait("F1 Help")
    terminal.keys("C-Home")
    terminal.type("Typed after it all. ")
    terminal.wait("Typed after it all.")


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    corpus = pathlib.Path(os.environ.get("BRACKED_CORPUS", "none"))
    drafts = [corpus / name for name in PAIR]
    if not shutil.which("tmux") or not all(draft.exists() for draft in drafts):
        print("tmux or the issued drafts are missing: skipped")
        return 77
    with tempfile.TemporaryDirectory(prefix="bracked-issued-") as top:
        folder = pathlib.Path(top)
        make_revisions(folder, drafts)
        terminal = Terminal(folder, sys.argv[2])
        try:
            terminal.start("/bin/sh")
            terminal.type("'%s' draft.md\n" % program)
            terminal.wait(" open", seconds=30)
            mark_and_compare(terminal, balance_of(program, folder))
            walk(terminal)
            see_a_life(terminal)
            go_on_typing(terminal)
        finally:
            terminal.close()
    return 0


sys.exit(main())
