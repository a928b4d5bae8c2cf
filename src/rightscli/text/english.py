"""Which words are everyday English, and which of them are nouns: what is asked about is a noun more often than not.

The list is read only where a base lacks a word of the query.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@lru_cache(maxsize=1)
def _read_words() -> dict[str, str]:
    from rightscli.tables import read_labels

    return {word: kind for kind, words in read_labels("text/english.txt") for word in words.split()}


def list_english() -> Iterable[str]:
    """Return the everyday English words that are no names."""
    return _read_words()


def is_english(word: str) -> bool:
    """Tell whether *word* is one of the everyday English words that are no names."""
    return word in _read_words()


def is_thing(word: str) -> bool:
    """Tell whether *word*, which a base lacks, is likely a thing that is asked about: a noun, a name, or a rare word.

    Other words, mostly verbs and adjectives, are what questions are made of: *removed*, *biggest*, *compared*.
    """
    return _read_words().get(word) in ("noun", None)


def is_no_noun(word: str) -> bool:
    """Tell whether *word* is one of the everyday English words that are hardly ever nouns: it is what is said of a thing."""
    return _read_words().get(word) == "other"


def is_noun(word: str) -> bool:
    """Tell whether *word* is one of the everyday English nouns."""
    return _read_words().get(word) == "noun"
