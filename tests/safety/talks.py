"""A negotiation in a folder of its own: repository, draft, and the program run on it."""

import os
import pathlib
import shutil
import subprocess
import tempfile

DRAFT = """# Draft outcome

1. Developed country Parties [shall][should] take the lead in [combating climate change [and its adverse effects]].

2. Parties reaffirm a reduction of [25][40] per cent [below 1990 levels] by 2020 [US: , subject to law].

3. [Climate refugees] are protected [under international law].
"""


class Talks:
    """One folder with a repository and a saved draft; everything the program keeps stays inside it."""

    def __init__(self, program):
        self.program = str(pathlib.Path(program).resolve())
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="bracked-safety-"))
        self.folder = self.home / "talks"
        self.file = self.folder / "outcome.txt"
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "XDG_STATE_HOME": str(self.home / "state"),
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "LC_ALL": "C.UTF-8",
            "TERM": "xterm-256color",
            "GIT_CONFIG_NOSYSTEM": "1",
            # a leak found while the program is being killed says nothing
            "ASAN_OPTIONS": "detect_leaks=0",
        }
        (self.home / ".gitconfig").write_text("[user]\n\tname = A Delegate\n\temail = delegate@example.org\n")
        self.run("init", str(self.folder), check=True)
        self.file.write_text(DRAFT)
        self.run("save", str(self.file), "-m", "first text", check=True)

    def run(self, *words, prefix=(), check=False, input=None, timeout=60):
        done = subprocess.run(
            [*prefix, self.program, *words],
            env=self.environment, cwd=self.home, input=input, capture_output=True, timeout=timeout,
        )
        if check and done.returncode != 0:
            raise SystemExit("%s: %d\n%s" % (" ".join(words), done.returncode, done.stderr.decode()))
        return done

    def git(self, *words):
        return subprocess.run(
            ["git", "-C", str(self.folder), *words], env=self.environment, capture_output=True, text=True, timeout=60)

    def restore(self):
        """The first text in the file, as when the talks began."""
        self.file.write_text(DRAFT)

    def strays(self):
        """Files in the folder that nobody asked for."""
        known = {"outcome.txt", "outcome.txt.ledger", ".negotiation", ".git", ".gitattributes"}
        return sorted(entry.name for entry in self.folder.iterdir() if entry.name not in known)

    def remove(self):
        shutil.rmtree(self.home)


def need(tool):
    """Skip the test, saying so, where a tool is missing."""
    if shutil.which(tool) is None:
        print("skipped: no %s on this machine" % tool)
        raise SystemExit(77)
