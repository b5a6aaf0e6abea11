"""
Bytes outside an edit never change, and what is listed is what stands there.

Each draft (issued ones where they are at hand, those of texts/malformed and texts/languages, and bytes of every odd kind) is opened on
the screen, takes an insertion in the middle, its undo, and a save: the file is the same byte for byte.  The brackets that `list` prints are
those that a matching written here finds.
"""

import json
import os
import pathlib
import sys

from talks import Talks

ODD = {
    "crlf.txt": b"1. [a]\r\n\r\n2. [b] c\r\n",
    "mixed.txt": b"1. [a]\r\n2. b\n3. c\r4. [d\x0b]\x0c\n",
    "no-last-newline.txt": b"1. [a] b",
    "bom.txt": b"\xef\xbb\xbf1. [a] b\n",
    "nul.txt": b"1. [a\x00] b\x00\n",
    "bad-utf8.txt": b"\xff\xfe [a\xc3] \xed\xa0\x80 b \xf5\n",
    "empty.txt": b"",
    "one-byte.txt": b"[",
    "nfd.txt": "e\u0301 [a\u200b] \u202eb\u202c\n".encode(),
    "separators.txt": "a\u2028[b]\u2029c\x85d\n".encode(),
    "blanks.txt": b"a [b]   \n   \n\t[c]\t\n\n\n",
    "escapes.txt": b"\\[a] \\\\[b] \\\\\\[c] ] [\n",
    "random.txt": bytes((i * 7919 + i * i * 31) % 256 for i in range(20000)),
}


def drafts(source):
    corpus = pathlib.Path(os.environ.get("BRACKED_CORPUS", "none"))
    found = sorted(path for path in corpus.glob("*") if path.name != "README.md" and path.suffix in (".md", ".txt"))
    if not found:
        print("skipped: no issued drafts at hand")
    for path in found + sorted((source / "texts").glob("*/*.txt")):
        yield path.parent.name + "-" + path.name, path.read_bytes()
    yield from ODD.items()


def match(text):
    """Spans of plain matching over ASCII brackets, and what is left over."""
    stack, pairs, spare, slashes = [], [], 0, 0
    for at, byte in enumerate(text):
        if byte == 0x5C:
            slashes += 1
            continue
        if slashes % 2 == 0 and byte == 0x5B:
            stack.append(at)
        elif slashes % 2 == 0 and byte == 0x5D:
            if stack:
                pairs.append((stack.pop(), at + 1))
            else:
                spare += 1
        slashes = 0
    return sorted(pairs), len(stack), spare


def check_bytes(talks, name, text):
    file = talks.folder / name
    file.write_bytes(text)
    keys = talks.home / "keys"
    middle = text[: len(text) // 2].count(b"\n") + 1
    keys.write_text('Ctrl-G\n"%d" Enter\n"INSERTED"\nCtrl-Z\n"x" Ctrl-Z\nCtrl-O\n@wait\n' % middle)
    done = talks.run("edit", "--script", str(keys), "--screen", "80x24", str(file))
    faults = []
    if done.returncode != 0:
        faults.append("%s: the screen ended with %d: %s" % (name, done.returncode, done.stderr.decode()[:200]))
    if file.read_bytes() != text:
        faults.append("%s: the bytes have changed" % name)
    keys.write_text('Ctrl-G\n"%d" Enter\n"INSERTED"\nCtrl-O\n@wait\n' % middle)
    talks.run("edit", "--script", str(keys), "--screen", "80x24", str(file))
    now = file.read_bytes()
    if now.replace(b"INSERTED", b"", 1) != text or now == text:
        faults.append("%s: an insertion changed other bytes" % name)
    file.write_bytes(text)
    return faults


def check_list(talks, name, text):
    file = talks.folder / name
    if any(mark in text for mark in ("［".encode(), "］".encode(), "【".encode(), "】".encode())):
        return []  # pairs of the conventions are matched too
    lines = talks.run("list", "--json", str(file)).stdout.splitlines()
    listed = [json.loads(line) for line in lines]
    spans = sorted((row["start"], row["end"]) for row in listed if not row["brace"])
    counts = json.loads(talks.run("stat", "--json", str(file)).stdout)
    pairs, opens, closes = match(text)
    faults = []
    if spans != pairs:
        faults.append("%s: %d spans listed, %d found here" % (name, len(spans), len(pairs)))
    if (counts["pairs"], counts["unmatched_open"], counts["unmatched_close"]) != (len(pairs), opens, closes):
        faults.append("%s: counts differ" % name)
    return faults


def main():
    talks = Talks(sys.argv[1])
    faults, cases = [], 0
    for name, text in drafts(pathlib.Path(sys.argv[2])):
        faults += check_bytes(talks, name, text)
        faults += check_list(talks, name, text)
        cases += 1
    talks.remove()
    for fault in faults:
        print(fault)
    print("%d drafts opened, edited, undone, saved and listed; %d faults" % (cases, len(faults)))
    sys.exit(1 if faults else 0)


main()
