"""Pages that are longer than the screen, through the reader's pager, as git does it (git-config(1), ``core.pager``)."""

from __future__ import annotations

import os
import signal
import subprocess
from contextlib import suppress
from shutil import which
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_DEFAULTS = {"LESS": "FRX", "LV": "-c", "LESSCHARSET": "utf-8"}
"""What pagers are told where the reader tells them nothing: to quit if all fits the screen, to pass colours, to leave the page
there; and in which encoding we write."""
_NOT_RUN = (126, 127)
"""What a shell exits with where the command cannot be run, or is not there."""


def find_pager() -> str | None:
    """Return the shell command that RIGHTS_PAGER names, else PAGER, else ``less`` where it is; None where there is to be none."""
    named = os.environ.get("RIGHTS_PAGER", os.environ.get("PAGER"))
    command = named.strip() if named is not None else which("less") and "less"
    return command if command not in ("", "cat") and os.environ.get("TERM") != "dumb" else None


def show_paged(texts: Iterable[str], command: str) -> bool:
    """Write *texts* to the pager *command* and wait for its end; return False where it could not be run and showed nothing.

    A reader who quits early has seen enough: the rest is not made.
    """
    pager = subprocess.Popen(command, shell=True, stdin=subprocess.PIPE, env=_DEFAULTS | os.environ)
    assert pager.stdin
    # Ctrl-C is for the pager, which would be left without us, and the terminal to both it and the shell.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with suppress(BrokenPipeError):
            for text in texts:
                pager.stdin.write(text.encode("utf-8", "backslashreplace"))
                pager.stdin.flush()
    finally:
        with suppress(BrokenPipeError):
            pager.stdin.close()
        pager.wait()
        signal.signal(signal.SIGINT, before)
    return pager.returncode not in _NOT_RUN
