"""The word lists that the package ships, files that a person can read, sort and extend, a row a line; and its other texts.

They stand apart from ``files``, which reads what users hand over: ``text`` needs them, and every message needs ``text``.
"""

from __future__ import annotations

import os


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
    with open(os.path.join(os.path.dirname(__file__), name), encoding="utf-8") as file:
        return file.read()


def find_row(name: str, label: str) -> str:
    """Return what stands behind *label* in the list *name*, and nothing where it has no such row; the others are not parted."""
    _, _, rest = f"\n{read_text(name)}".partition(f"\n{label}: ")
    return rest.partition("\n")[0]


def _read_lines(name: str) -> list[str]:
    return [line.strip() for line in read_text(name).splitlines() if not line.startswith("#")]
