"""The word lists that a person can read, sort and extend, beside this module: comments start with #, a line a list."""

from __future__ import annotations

from pathlib import Path

from rightscli.files import read_bytes

_LIMIT = 1 << 20


def read_lines(name: str) -> list[tuple[str, str]]:
    """Return the lines of the list *name* (``scales``), each with what stands before its colon."""
    path = str(Path(__file__).with_name(f"{name}.txt"))
    lines = read_bytes(path, limit=_LIMIT, what="a word list").decode().splitlines()
    pairs = (line.partition(": ") for line in lines if line.strip() and not line.startswith("#"))
    return [(head, rest) for head, _, rest in pairs]
