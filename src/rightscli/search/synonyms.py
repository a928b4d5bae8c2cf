"""Which words mean about what another does: by ``synonyms.txt``, which is read only where a base lacks a word of the query."""

from __future__ import annotations

from rightscli.text.spelling import unify_spelling
from rightscli.text.stems import find_root


def list_synonyms(word: str) -> list[str]:
    """Return the common English words that mean about what *word* does, the nearest first; nothing of one that is not common."""
    from rightscli.tables import find_row

    return find_row("search/synonyms.txt", find_root(unify_spelling(word))).split()
