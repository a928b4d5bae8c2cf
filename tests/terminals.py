"""A terminal for tests: a pseudo-terminal with a size, whose programs are typed to and read."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
from codecs import getincrementaldecoder
from collections.abc import Sequence
from pathlib import Path

import pytest

from conftest import ROOT

_PATIENCE = 30
"""How many seconds a program may say nothing before it is taken to hang."""


_STYLED = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
"""What moves the cursor or changes how the next characters look."""
_OVERWRITTEN = re.compile(r"[^\n]\x08")


class Terminal:
    """A program on a terminal of its own: what it shows is ``shown``, and it is typed to."""

    def __init__(
        self, command: Sequence[str], env: dict[str, str], cwd: Path = ROOT, *, rows: int = 24, columns: int = 80
    ) -> None:
        if sys.platform == "win32":
            pytest.skip("needs a pseudo-terminal, which Windows has not")
        import fcntl
        import pty
        import struct
        import termios

        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=env, cwd=cwd, start_new_session=True, close_fds=True
        )
        os.close(slave)
        self._decoder = getincrementaldecoder("utf-8")("replace")
        self.shown = ""

    def type(self, text: str) -> None:
        os.write(self._master, text.encode())

    def read_until(self, *texts: str) -> str:
        """Read until the program has shown each of *texts* since the last call, and return what it showed; fail at its end."""
        start = len(self.shown)
        shown = ""
        while not all(text in shown for text in texts):
            assert self._read(), f"{texts} not in {self.shown[start:]!r}"
            shown = _OVERWRITTEN.sub("", _STYLED.sub("", self.shown[start:]))
        return shown

    def finish(self) -> int:
        """Read to the program's end and return its exit code."""
        while self._read():
            pass
        os.close(self._master)
        return self._process.wait(timeout=_PATIENCE)

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._master)

    def _read(self) -> bool:
        ready, _, _ = select.select([self._master], [], [], _PATIENCE)
        if not ready:
            self._process.kill()
            pytest.fail(f"the program hangs; it showed {self.shown!r}")
        try:
            got = os.read(self._master, 65536)
        except OSError:
            # Linux's way to say that the other end is closed.
            got = b""
        # A read may end within a character, or between the two of a line's end.
        self.shown = (self.shown + self._decoder.decode(got)).replace("\r\n", "\n")
        return bool(got)


def run_on_terminal(*arguments: str, env: dict[str, str], rows: int = 24) -> tuple[int, str]:
    """Run ``rights`` on a terminal; return its exit code and all that it showed there, both streams."""
    environment = os.environ | {"TERM": "xterm-256color", "NO_COLOR": "1"} | env
    terminal = Terminal([sys.executable, "-m", "rightscli", *arguments], environment, rows=rows)
    return terminal.finish(), terminal.shown
