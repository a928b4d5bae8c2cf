"""Which words of English are near to each other in meaning, by ``synonyms.txt``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightscli.text.spelling import unify_spelling
from rightscli.text.stems import find_root

if TYPE_CHECKING:
    from collections.abc import Iterable


def list_synonyms(words: Iterable[str]) -> dict[str, dict[str, float]]:
    """Return for each of *words* the roots of those that are near to it in meaning, with their nearness, from 0 to 1."""
    from rightscli.tables import find_rows

    labels = {word: (f"={word}", find_root(unify_spelling(word))) for word in words}
    rows = find_rows("search/synonyms.txt", {label for pair in labels.values() for label in pair})
    return {word: _read_row(rows.get(own) or rows.get(root, "")) for word, (own, root) in labels.items()}


def _read_row(row: str) -> dict[str, float]:
    near: dict[str, float] = {}
    nearness = 0.0
    for word in row.split():
        if word.isdecimal():
            nearness = int(word) / 10
        else:
            near[find_root(unify_spelling(word))] = nearness
    return near
