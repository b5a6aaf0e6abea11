"""The manual and the program say the same.

Each command has a page whose synopsis is the program's usage line; each option of the program stands in the page as the
help writes it; no page names an option or runs a command that is not there; the overview lists all commands; and each
page is built.
"""

import re
import shlex
import subprocess
import sys

from source import finish, root

# Options of other programs that pages mention.
OTHERS = set(
    "--global --git --ext-diff --no-ext-diff --no-ff --no-textconv --ours --remove-section --theirs --word-diff".split()
)


def run(*words):
    done = subprocess.run([sys.argv[2], *words], stdout=subprocess.PIPE, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        print("bracked %s ends with %d" % (" ".join(words), done.returncode))
        sys.exit(1)
    return done.stdout


def options_of(text):
    """{long name: (letter or None, value or None)} of a help text."""
    found = {}
    for match in re.finditer(r"^  (?:-(\w), |    )--([\w-]+)(?: ([A-Z]\S*))?  +\S", text, re.M):
        found[match.group(2)] = (match.group(1), match.group(3))
    return found


class Page:
    def __init__(self, path):
        self.path = path
        self.name = path.name[: -len(".scd")]
        self.text = path.read_text()
        self.sections = dict(re.findall(r"^# ([^\n]+)\n(.*?)(?=^# |\Z)", self.text, re.M | re.S))
        self.plain = re.sub(r"\\(.)", r"\1", re.sub(r"(?<!\\)\*|(?<![\\\w])_|(?<!\\)_(?!\w)", "", self.text))

    def literals(self):
        for block in re.findall(r"^```\n(.*?)^```", self.text, re.M | re.S):
            yield from block.splitlines()


def check_options(page, options, where):
    faults = []
    for name, (letter, value) in options.items():
        want = ("*-%s*, " % letter if letter else "") + "*--%s*" % name + (" _%s_" % value if value else "")
        if not re.search("^" + re.escape(want) + "$", page.sections.get("OPTIONS", ""), re.M):
            faults.append("%s: OPTIONS has no line '%s', which %s has" % (page.name, want, where))
    for name in re.findall(r"^(?:\*-\w\*, )?\*--([\w-]+)\*", page.sections.get("OPTIONS", ""), re.M):
        if name not in options:
            faults.append("%s: OPTIONS has '--%s', which %s has not" % (page.name, name, where))
    return faults


def check_synopsis(page, usage):
    line = usage.splitlines()[0][len("usage: ") :]
    synopsis = page.sections.get("SYNOPSIS", "").strip()
    plain = re.sub(r"[*_\\]", "", synopsis)
    return [] if plain == line else ["%s: SYNOPSIS is '%s', the program says '%s'" % (page.name, plain, line)]


def check_summary(page, usage):
    summary = usage.split("\n\n")[1].strip()
    name = page.sections.get("NAME", "").strip()
    want = "%s - %s" % (page.name.rsplit(".", 1)[0], summary)
    return [] if name == want else ["%s: NAME is '%s', the program says '%s'" % (page.name, name, want)]


def check_keys(page):
    """The table of keys in the page of edit is the table of the screen's commands."""
    source = (root() / "src/app/command_screen.c").read_text()
    pattern = r'LISTED\(\s*"([^"]+)",\s*\w+,\s*"([^"]+)",\s*(NULL|"[^"]*")\s*(?:,\s*"([^"]+)"\s*)?\)'
    want = {
        (name, summary, "menu" if keys == "NULL" else ", ".join(keys.strip('"').split()))
        for name, summary, keys, _ in re.findall(pattern, source)
    }
    rows = re.findall(r"^(?:\[\[|\|) +(.*)\n:\[ (.*)\n:\[ (.*)$", page.text, re.M)
    have = {(name, summary, keys.replace("*", "")) for keys, summary, name in rows}
    faults = ["%s: no row for %s, %s, %s" % (page.name, *row) for row in sorted(want - have)]
    faults += ["%s: the screen has no %s, %s, %s" % (page.name, *row) for row in sorted(have - want)]
    for name, _, _, letters in re.findall(pattern, source):
        if letters and "*%s*" % letters not in page.text:
            faults.append("%s: '%s' of %s is not named" % (page.name, letters, name))
    return faults if want else ["src/app/command_screen.c: no commands found"]


def check_mentions(page, commands, everything):
    """Options anywhere in a page belong to some command; examples run commands with options of their own."""
    faults = []
    for name in sorted(set(re.findall(r"(?<![\w-])--[a-z][\w-]*", page.plain)) - OTHERS):
        if name[2:] not in everything:
            faults.append("%s: no command has '%s'" % (page.name, name))
    for line in page.literals():
        match = re.match(r"(?:\$ )?bracked (.*)", line)
        if not match:
            continue
        words = shlex.split(match.group(1))
        words = words[: next((at for at, word in enumerate(words) if word in ("|", ">")), len(words))]
        command = next((word for word in words if word in commands), None)
        known = set(commands[command]) | {"help"} if command else set()
        known |= set(everything["global"])
        for word in words:
            if word.startswith("--") and len(word) > 2 and word[2:].split("=")[0] not in known:
                faults.append("%s: '%s' has no option '%s'" % (page.name, line.strip(), word))
    return faults


def main():
    overview = run("--help")
    commands = {}
    usages = {}
    for name in re.findall(r"^  ([a-z]+) +\S", overview, re.M):
        usages[name] = run(name, "--help")
        commands[name] = options_of(usages[name])
    shared = options_of(overview)
    everything = {"help": (None, None), "global": shared}
    for options in [shared, *commands.values()]:
        everything.update(options)

    pages = {page.name: page for page in map(Page, sorted((root() / "man").glob("*.scd")))}
    built = set(sys.argv[3:])
    faults = ["%s is not built: name it in man/meson.build" % name for name in sorted(set(pages) - built)]
    for name, usage in usages.items():
        page = pages.get("bracked-%s.1" % name)
        if not page:
            faults.append("there is no page man/bracked-%s.1.scd" % name)
            continue
        faults += check_options(page, commands[name], "bracked " + name)
        faults += check_synopsis(page, usage) + check_summary(page, usage)
        if usage.count("\n  bracked ") < 2:
            faults.append("bracked %s --help has no two examples" % name)
        if "*bracked-%s*(1)" % name not in pages["bracked.1"].text:
            faults.append("bracked.1 does not list '%s'" % name)
    faults += check_options(pages["bracked.1"], shared, "the program")
    faults += check_keys(pages["bracked-edit.1"])
    for page in pages.values():
        faults += check_mentions(page, commands, everything)
        for other, section in re.findall(r"\*(bracked[\w-]*)\*\((\d)\)", page.text):
            if "%s.%s" % (other, section) not in pages:
                faults.append("%s: there is no page %s(%s)" % (page.name, other, section))
    finish(faults, len(usages), "commands")


main()
