"""
Nothing in a text, a name or a message reaches the terminal as an escape.

A hostile draft (escapes, C1 controls, bidi overrides, tag characters, bad bytes) with a hostile file name, author, message
and ledger goes through every command that prints, in a pseudo-terminal; and through the screen. What comes out may hold only the
sequences that the program itself makes.
"""

import os
import pty
import re
import select
import subprocess
import sys
import time

from talks import Talks

HOSTILE = (
	b"# Draft \x1b]0;OWNED\x07 outcome\n\n"
	b"1. Parties [\x1b[31337mshall\x1b[31337;0m][should\xc2\x9b32m] \xe2\x80\xaeog live\xe2\x80\xac [EU\x1b]52;c;T1dORUQ=\x07: text].\n\n"
	b"2. \xc2\x85 \xff\xfe \x00 \x08\x08\x08 \x7f [\xf3\xa0\x81\xa1tag\xe2\x80\x8b] \xe2\x80\xa8 \x1bP1;OWNED\x1b\\ \x0e\x0f [x]\r\n"
	b"Option \x1b[31337J1: [text\x1b[?31337l] (US\x1b[6n, EU)\n"
	b"2. [US: \x9b\x9d\x90 open \x1b_OWNED\x1b\\\n"
)
# What a second revision makes of it: words, names, labels and what nobody sees change.
CHANGED = (
	HOSTILE.replace(b"shall\x1b[31337;0m][should", b"should\x1b[31337;0m][shall")
	.replace(b"EU\x1b]52;c;T1dORUQ=\x07: text", b"EU\x1b]52;c;T1dORUQ=\x07: other\x1b[31337m text")
	.replace(b"\xe2\x80\x8b", b"")
	.replace(b"(US\x1b[6n, EU)", b"(US\x1b[6n)")
	.replace(b"[x]", b"x \x1b[31337m 2030")
	+ b"\n3. \xc2\x9b31337m All [new \x1b]0;OWNED\x07 text] (US).\n"
)
NAME = "out\x1b]0;OWNED\x07come\u202e.txt"
# What the program itself may send: SGR, cursor and mode sequences of the terminal's own description, and OSC 52 never here.
SGR = rb"\x1b\[[0-9;:]*m"
SCREEN = SGR + rb"|\x1b\[[0-9;]*[ABCDGHJKLMPSTXdfr@]|\x1b\[\?[0-9;]+[hlrs]|\x1b[78=>M]|\x1b\([B0]|\x1b\[[0-9]*[ a-z]?q|\x1b\[>[0-9;]*[mu]|\x1b\[[0-9;]*[hlt]|\x0f|\x0e"
FORBIDDEN = {
	"a sequence of the draft's own": rb"\x1b\[\??31337",
	"a C1 control": rb"\xc2[\x80-\x9f]",
	"a bidi control": rb"\xe2\x80[\x8e\x8f\xaa-\xae]|\xe2\x81[\xa6-\xa9]",
	"a zero width character": rb"\xe2\x80\x8b|\xef\xbb\xbf",
	"a tag character": rb"\xf3\xa0[\x80\x81][\x80-\xbf]",
	"a separator": rb"\xe2\x80[\xa8\xa9]",
	"a bad byte": rb"[\xfe\xff]",
}


def talk(words, environment, cwd, keys=b"", seconds=20):
	"""Run in a pseudo-terminal, type keys when it has been quiet, return all that came out."""
	master, slave = pty.openpty()
	child = subprocess.Popen(words, stdin=slave, stdout=slave, stderr=slave, env=environment, cwd=cwd, start_new_session=True)
	os.close(slave)
	out, pending, last = b"", [bytes([key]) for key in keys] if isinstance(keys, bytes) else list(keys), time.monotonic()
	while True:
		ready, _, _ = select.select([master], [], [], 0.05)
		if ready:
			try:
				chunk = os.read(master, 65536)
			except OSError:
				break
			if not chunk:
				break
			out += chunk
			last = time.monotonic()
		elif time.monotonic() - last > 0.15 and pending and child.poll() is None:
			os.write(master, pending.pop(0))
			last = time.monotonic()
		if child.poll() is not None and not ready:
			break
		if time.monotonic() - last > seconds:
			child.kill()
			break
	child.wait()
	os.close(master)
	return out


def judge(case, out, own):
	faults = []
	rest = re.sub(own, b"", out)
	stray = re.search(rb"[\x00-\x06\x0b\x0c\x10-\x1f\x7f].{0,20}", rest, re.S)
	if stray:
		faults.append("%s: a control reaches the terminal: %r" % (case, stray.group(0)))
	for what, pattern in FORBIDDEN.items():
		found = re.search(rb".{0,10}(?:" + pattern + rb").{0,10}", out, re.S)
		if found:
			faults.append("%s: %s reaches the terminal: %r" % (case, what, found.group(0)))
	return faults


def commands(file):
	yield ["check", file]
	yield ["list", file]
	yield ["list", "--json", file]
	yield ["stat", file]
	yield ["stat", "--csv", file]
	yield ["stat", "--by", "party", file]
	yield ["stat", "--by", "heading", file]
	for reading in ("written", "unattributed", "agreed", "clean", "party=EU"):
		yield ["read", "--as", reading, file]
	yield ["outline", file]
	yield ["outline", "--json", file]
	yield ["find", "shall|text", file]
	yield ["positions", file]
	yield ["positions", "--history", "--json", file]
	yield ["log", file]
	yield ["log", "--json", file]
	for old, new in (("HEAD~1:" + NAME, file), (file, "HEAD~1:" + NAME)):
		for command in ("diff", "gavel"):
			yield [command, old, new]
			yield [command, "--json", old, new]
		yield ["diff", "--context", "--all", old, new]
	for form in ([], ["--json"], ["--csv"], ["--svg"], ["--by", "heading"], ["--by", "party"]):
		yield ["history", *form, file]
	yield ["blame", file]
	yield ["blame", "--words", file]
	yield ["blame", "--json", file]
	yield ["trace", "--party", "EU", file]
	yield ["trace", "--json", "--party", "US", file]
	yield ["textconv", "new"]
	yield ["diff-driver", NAME, "new", ".", "100644", "/dev/null", ".", "."]
	yield ["diff-driver", NAME, "old", ".", "100644", "new", ".", "100644"]
	yield ["diff-driver", NAME, file, ".", "100644", "new", ".", "100644"]
	yield ["doctor"]
	yield ["repair", "-n", "--all", file]
	yield ["resolve", "-n", file, "#1", "accept"]
	yield ["resolve", file, "\x1b[31mnone", "accept"]
	yield ["list", file + "\x1b[2J"]
	yield ["\x1b]0;OWNED\x07"]
	yield ["list", "--\x1b[31m", file]


# Environment, options, and whether there are colours and which letter the pager put in front of each line.
COLOUR = {"PAGER": "cat", "TERM": "xterm"}
PAGERS = {"GIT_PAGER": "sed s/^/G/", "PAGER": "sed s/^/P/", "NO_COLOR": "1"}
RULES = [
	(COLOUR, [], True, ""),
	({**COLOUR, "NO_COLOR": "1"}, [], False, ""),
	({**COLOUR, "NO_COLOR": ""}, [], True, ""),
	({**COLOUR, "TERM": "dumb"}, [], False, ""),
	({**COLOUR, "TERM": "dumb", "NO_COLOR": "1"}, ["--color=always"], True, ""),
	(COLOUR, ["--color=never"], False, ""),
	(PAGERS, [], False, "G"),
	({**PAGERS, "GIT_PAGER": ""}, [], False, ""),
	({**PAGERS, "GIT_PAGER": "cat"}, [], False, ""),
	({**PAGERS, "GIT_PAGER": None}, [], False, "P"),
	({**PAGERS, "GIT_PAGER": "no-such-pager"}, [], False, ""),
	(PAGERS, ["--no-pager"], False, ""),
]


def rule(talks, file, change, options, coloured, letter):
	"""Colours and the pager follow the environment."""
	environment = {name: value for name, value in {**talks.environment, **change}.items() if value is not None}
	out = talk([talks.program, *options, "outline", file], environment, str(talks.folder))
	case = "%s %s" % (change, options)
	if bool(re.search(SGR, out)) != coloured:
		return ["%s: colours are %s" % (case, "missing" if coloured else "there")]
	lines = re.sub(SGR, b"", out).splitlines()
	if not lines or any(line[:1] != (letter or " ").encode() for line in lines):
		return ["%s: the wrong pager, or none: %r" % (case, lines[:1])]
	return []


SCREENS = [
	["\x1bOR", "\x1bOR", "\x1b", "\x1bOQ", "\x1b[B", "\r", "\x1b", "\x1bOS", "\x1b[17~", "\x1b", "\x1b[18~", "\x1b", "\x1b[20~", "\x1b", "\x0e", "\x0e", "\x10", "\x06", "t", "e", "\r", "\x1b", "\x11", "y", "\r"],
	# both revisions compared, in both forms, by kind; what is told of a bracket and its life
	["\x1b[17~", "\x1b[B", " ", "\x1b[B", " ", "\x1b[15~", "n", "n", "v", "n", "n", "k", "k", "l", "\r", "\x1b", "\x1b", "\x0e", "\x0e", "\x1bh", "\r", "\x1b", "\x1b[15~", "n", "\x1b", "\x11", "y", "\r"],
]


def main():
	talks = Talks(sys.argv[1])
	file = talks.folder / NAME
	file.write_bytes(HOSTILE)
	talks.run("save", str(file), "-m", "message \x1b]0;OWNED\x07 \u202e", check=True)
	# git has no words of a text with a NUL
	(talks.folder / "old").write_bytes(HOSTILE.replace(b"\0", b""))
	(talks.folder / "new").write_bytes(CHANGED.replace(b"\0", b""))
	file.write_bytes(CHANGED)
	talks.git("config", "user.name", "Eve \x1b[31337m \u202e")
	talks.run("save", str(file), "-m", "\x1b[31337m \u202e", check=True)
	talks.run("position", "--party", "EU", "--reason", "why \x1b[2J \u202e", str(file), "#1", "object")
	faults, cases = [], 0
	for words in commands(str(file)):
		out = talk([talks.program, "--no-pager", *words], talks.environment, str(talks.folder))
		faults += judge(" ".join(words[:2]), out, SGR + rb"|\x07{0}")
		cases += 1
	for change, options, coloured, letter in RULES:
		faults += rule(talks, str(file), change, options, coloured, letter)
		cases += 1
	for keys in SCREENS:
		out = talk([talks.program, str(file)], talks.environment, str(talks.folder), [key.encode() for key in keys])
		faults += judge("the screen", out, SCREEN)
		cases += 1
		if b"outcome" not in re.sub(SCREEN, b"", out) and b"Parties" not in out:
			faults.append("the screen: shows nothing of the draft")
	talks.remove()
	for fault in faults:
		print(fault)
	print("%d views of a hostile draft, %d faults" % (cases, len(faults)))
	sys.exit(1 if faults else 0)


main()
