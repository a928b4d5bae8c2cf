"""The word lists that the package ships: files that a person can read, sort and extend, a row a line.

They stand apart from ``files``, which reads what users hand over: ``text`` needs them, and every message needs ``text``.
"""

from __future__ import annotations

import os


def read_table(name: str) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Return the rows of the table *name*, a path inside the package: columns parted by ``|``, of items parted by commas.

    ``-`` is a column without items. Lines that begin with ``#`` are for people.
    """
    with open(os.path.join(os.path.dirname(__file__), name), encoding="utf-8") as file:
        rows = [line.strip().split(" | ") for line in file if not line.startswith("#")]
    return tuple(tuple(tuple(column.split(", ")) if column != "-" else () for column in row) for row in rows)
