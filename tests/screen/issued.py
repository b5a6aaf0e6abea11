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


def count_of(shown, title):
    """The number of lines that a pane says it has."""
    return int(re.search(r"^ %s.*?(\d+)$" % title, shown, re.M).group(1))


def balance_of(program, folder):
    """What the command line says of the same pair."""
    run = subprocess.run(
        [str(program), "diff", "--json", "HEAD~1:draft.md", "HEAD:draft.md"], cwd=folder, stdout=subprocess.PIPE, text=True)
    kinds = re.findall(r'"kind": ?"([a-z-]+)"', run.stdout)
    return len([kind for kind in kinds if kind not in ("kept", "balance")])


def mark_and_compare(terminal, expected):
    terminal.keys("F6")
    shown = terminal.wait("disputed ")
    assert "█" in shown, "no curve:\n%s" % shown
    terminal.keys("Space", "Down", "Space", "F5")
    shown = terminal.wait("brackets:", 60)
    assert count_of(shown, "Diff") == expected, "%d lines are not the command's %d" % (count_of(shown, "Diff"), expected)
    assert len(LINE.findall(shown)) >= 5, "few lines:\n%s" % shown
    assert "Esc close" in shown and "l life" in shown, "keys are cut:\n%s" % shown


def walk(terminal):
    terminal.keys("n")
    terminal.wait(" 2/")
    terminal.keys("b")
    shown = terminal.wait("▸")
    assert not re.search(r"^ 2/", shown, re.M), "no bracket was gone to:\n%s" % shown
    terminal.keys("g")
    shown = terminal.wait("only what binds")
    assert "brackets:" in shown
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
    shown = terminal.wait("Life of a bracket")
    assert "in the first text" in shown and "reworded" in shown, "not its life:\n%s" % shown
    terminal.keys("Enter")
    shown = terminal.wait("brackets:", 60)
    assert re.search(r"^ \d+/\d+   reworded", shown, re.M), "not at its change:\n%s" % shown


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
            terminal.wait(" open", 30)
            mark_and_compare(terminal, balance_of(program, folder))
            walk(terminal)
            see_a_life(terminal)
            go_on_typing(terminal)
        finally:
            terminal.close()
    return 0


sys.exit(main())
