"""What a terminal shows while a base is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TextIO


def make_progress(stream: TextIO) -> Callable[[float], None]:
    """Return what shows on *stream*, a terminal, which share is done, from 0 to 1."""
    bar: Any = None

    def tell(share: float) -> None:
        nonlocal bar
        # A base that is read in a moment shows nothing, and imports nothing for it.
        if bar is None and not 0 < share < 1:
            return
        if bar is None:
            import typer

            bar = typer.progressbar(length=1000, label="Reading the base", file=stream)
        bar.update(int(share * 1000) - bar.pos)
        if share == 1:
            bar.render_finish()

    return tell
