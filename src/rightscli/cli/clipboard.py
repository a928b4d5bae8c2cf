"""The clipboard, where there is one: through the terminal, or through the program that the platform has for it."""

from __future__ import annotations

import os
import sys

from rightscli.cli.console import Finished, print_aside, print_errors, write_terminal
from rightscli.errors import NotFoundError
from rightscli.text.folding import count_noun
from rightscli.text.inert import escape_controls

_PROGRAMS = (
    ("WAYLAND_DISPLAY", ("wl-copy",)),
    ("DISPLAY", ("xclip", "-selection", "clipboard")),
    ("DISPLAY", ("xsel", "--clipboard", "--input")),
    ("", ("pbcopy",)),
    ("", ("clip.exe",)),
)
"""The variable that must be set, and the program that takes the text on its standard input."""
_LONGEST_SEQUENCE = 74_994
"""How many bytes of Base64 xterm takes at least; other terminals take more."""


def copy_out(text: str) -> None:
    """Put *text* on the clipboard and say how; exit with 1 where there is none."""
    way = copy_text(text)
    if way is None:
        fault = NotFoundError("no clipboard here: it needs a terminal, or wl-copy, xclip, xsel or pbcopy")
        print_errors([fault], as_json=False)
        raise Finished(1)
    print_aside(f"put {count_noun(len(text), 'character')} on the clipboard ({way})")


def copy_text(text: str) -> str | None:
    """Put *text* on the clipboard; return by which way, or None where there is none.

    A terminal is told by OSC 52 (https://invisible-island.net/xterm/ctlseqs/ctlseqs.html), which works from another machine,
    too; it does not answer, so that only it knows whether it took it.
    """
    import subprocess
    from base64 import b64encode
    from shutil import which

    # Pasted into a terminal, it would be typed there.
    text = escape_controls(text)
    for variable, program in _PROGRAMS:
        if (variable and not os.environ.get(variable)) or not which(program[0]):
            continue
        try:
            subprocess.run(program, input=text.encode(), check=True, timeout=5, stdout=subprocess.DEVNULL)
        except (OSError, subprocess.SubprocessError):
            continue
        return program[0]
    content = b64encode(text.encode()).decode()
    if os.environ.get("TERM", "dumb") == "dumb" or len(content) > _LONGEST_SEQUENCE or not sys.stderr.isatty():
        return None
    write_terminal(f"\x1b]52;c;{content}\x07")
    return "OSC 52, where your terminal allows it"
