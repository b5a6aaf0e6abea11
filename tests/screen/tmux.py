"""The real program on a real terminal: what tmux shows of it."""

import os
import pathlib
import subprocess
import time


class Terminal:
    """One tmux server of our own."""

    def __init__(self, folder, size):
        self.folder, self.socket = folder, str(folder / "tmux")
        self.width, self.height = size.split("x")
        self.environment = {key: value for key, value in os.environ.items() if key in ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS")}
        self.environment.update(
            HOME=str(folder), XDG_STATE_HOME=str(folder / "state"), LC_ALL="C.UTF-8", TERM="xterm-256color", SHELL="/bin/sh")

    def tmux(self, *words):
        run = subprocess.run(
            ["tmux", "-S", self.socket, "-f", "/dev/null", *words], env=self.environment, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, timeout=20)
        return run.stdout

    def start(self, command):
        self.tmux("new-session", "-d", "-x", self.width, "-y", self.height, "-c", str(self.folder), command)

    def keys(self, *keys):
        self.tmux("send-keys", *keys)

    def type(self, text):
        self.tmux("send-keys", "-l", text)

    def screen(self, pane="0"):
        return self.tmux("capture-pane", "-p", "-t", pane)

    def until(self, holds, what, seconds=15, pane="0"):
        """The first screen that something holds of: one that is half drawn, or half counted, passes by."""
        end = time.time() + seconds
        while True:
            shown = self.screen(pane)
            if holds(shown):
                return shown
            if time.time() > end:
                raise AssertionError("%s; the screen is\n%s" % (what, shown))
            time.sleep(0.05)

    def wait(self, *words, seconds=15, pane="0"):
        """The screen with all of the words on it."""
        return self.until(
            lambda shown: all(each in shown for each in words), "'%s' does not come up" % "', '".join(words), seconds, pane)

    def process(self, name):
        """The process of the editor below the pane's."""
        pane = self.tmux("display-message", "-p", "#{pane_pid}").strip()
        end = time.time() + 10
        while time.time() < end:
            below = [pane]
            for process in below:
                if pathlib.Path("/proc/%s/comm" % process).read_text().strip() == name:
                    return int(process)
                below += pathlib.Path("/proc/%s/task/%s/children" % (process, process)).read_text().split()
            time.sleep(0.05)
        raise AssertionError("the editor is not running")

    def close(self):
        self.tmux("kill-server")
