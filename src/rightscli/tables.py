"""The word lists that the package ships, files that a person can read, sort and extend, a row a line; and its other texts.

They stand apart from ``files``, which reads what users hand over: ``text`` needs them, and every message needs ``text``.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def read_table(name: str) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Return the rows of the table *name*, a path inside the package: columns parted by ``|``, of items parted by commas.

    ``-`` is a column without items. Lines that begin with ``#`` are for people.
    """
    rows = [line.split(" | ") for line in _read_lines(name)]
    return tuple(tuple(tuple(column.split(", ")) if column != "-" else () for column in row) for row in rows)


def read_labels(name: str) -> tuple[tuple[str, str], ...]:
    """Return the rows of the list *name*, a path inside the package: a label, and what stands behind its colon."""
    parts = (line.partition(": ") for line in _read_lines(name))
    return tuple((label, rest) for label, _, rest in parts)


def read_text(name: str) -> str:
    """Return the whole file *name*, a path inside the package."""
    with open(_locate(name), encoding="utf-8") as file:
        return file.read()


def _locate(name: str) -> str:
    return os.path.join(os.path.dirname(__file__), name)


def find_rows(name: str, labels: Iterable[str]) -> dict[str, str]:
    """Return what stands behind each of *labels* that has a row in the list *name*, whose rows are sorted."""
    found, text = {}, _read_rows(name)
    for label in labels:
        start = bisect_left(range(len(text)), label.encode(), key=lambda place: _read_label(text, place))
        known, _, rest = text[start : text.find(b"\n", start)].decode().partition(": ")
        if known == label:
            found[label] = rest
    return found


@lru_cache(maxsize=1)
def _read_rows(name: str) -> bytes:
    with open(_locate(name), "rb") as file:
        return file.read()


def _read_label(text: bytes, place: int) -> bytes:
    """Return the label of the row in which a *place* of a list stands."""
    start = text.rfind(b"\n", 0, place) + 1
    return text[start : text.find(b": ", start)]


def _read_lines(name: str) -> list[str]:
    return [line.strip() for line in read_text(name).splitlines() if not line.startswith("#")]
