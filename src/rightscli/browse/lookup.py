"""The words by which a page finds its facts, each with its spellings and its stem."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

from rightscli.text.edtf import name_days
from rightscli.text.folding import fold_text
from rightscli.text.names import list_acronyms
from rightscli.text.spelling import list_spellings, unify_spelling
from rightscli.text.stems import find_root
from rightscli.text.words import read_id, split_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rightscli.records import Record

_CLAIM, _PASSAGE, _TERM = 3, 2, 1
"""What a word is worth where it stands; the page keeps them in two bits."""


class _WordTable:
    """The words that were taken, by their roots, and what each root is worth to which fact."""

    def __init__(self) -> None:
        self._roots: dict[str, str] = {}
        self._texts: dict[str, list[str]] = {}
        self.words: dict[str, set[str]] = {}
        self.worth: dict[str, dict[int, int]] = {}

    def take_text(self, text: str, positions: Iterable[int], value: int) -> None:
        """Take the words of a *text* that is worth *value* to the facts at *positions*."""
        # Sections, days and terms are those of many facts.
        if text not in self._texts:
            self._texts[text] = list(dict.fromkeys(map(self._keep_root, _list_words(text))))
        for root in self._texts[text]:
            held = self.worth[root]
            for position in positions:
                held[position] = max(held.get(position, 0), value)

    def _keep_root(self, word: str) -> str:
        """Return the root of *word*; when it first occurs, keep it there with its spellings."""
        if word not in self._roots:
            root = self._roots[word] = find_root(unify_spelling(word))
            self.words.setdefault(root, set()).update((word, *list_spellings(word)))
            self.worth.setdefault(root, {})
        return self._roots[word]


def make_word_table(facts: Sequence[Record], topics: Iterable[tuple[Record, Sequence[int]]]) -> str:
    """Return a line for each root, ``root*|words|facts``: all other words and spellings that have it, and where its facts are.

    The star says that the root is a word. A word that begins with the root is written as a hyphen and the rest. A fact is written
    as four times its position and what the word is worth there, less the same of the fact before it. *topics* come with their
    facts' positions. A retracted fact is found by nothing.
    """
    table = _WordTable()
    for position, fact in enumerate(facts):
        if fact.get("retracted"):
            continue
        table.take_text(fact["claim"], (position,), _CLAIM)
        for text in (*fact["anchors"], *name_days(fact["date"])):
            table.take_text(text, (position,), _PASSAGE)
        acronyms = [" ".join(list_acronyms(text)) for text in (fact["claim"], *fact["terms"])]
        for text in (*fact["terms"], *acronyms, fact["according_to"] or "", read_id(fact["id"]), *_list_sections(fact)):
            table.take_text(text, (position,), _TERM)
    for topic, positions in topics:
        for text in (topic["label"], *topic["alt"], *topic["hidden"]):
            table.take_text(text, positions, _TERM)
    return "\n".join(_write_row(root, table.words[root], worth) for root, worth in sorted(table.worth.items()) if worth)


def list_folded_letters() -> dict[str, str]:
    """Return the small Latin letters that ``fold_text`` folds otherwise than by their decomposition: ``đ`` is ``d``."""
    letters = (letter for letter in map(chr, range(0xA0, 0x250)) if letter.islower())
    return {letter: folded for letter in letters if (folded := fold_text(letter)) != _drop_marks(letter)}


def _drop_marks(text: str) -> str:
    """Return *text* without its diacritics, as a page's script drops them."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if unicodedata.category(sign) != "Mn")
    return unicodedata.normalize("NFKC", bare)


def _write_row(root: str, words: set[str], worth: dict[int, int]) -> str:
    # No word has a hyphen.
    others = (f"-{word[len(root) :]}" if word.startswith(root) else word for word in sorted(words - {root}))
    codes = [0, *sorted(4 * position + value for position, value in worth.items())]
    steps = " ".join(str(code - before) for before, code in pairwise(codes))
    return f"{root}{'*' if root in words else ''}|{' '.join(others)}|{steps}"


def _list_words(text: str) -> list[str]:
    """Return the words of *text* as the rules split it, and as a page does, which knows letters and digits only."""
    return list(dict.fromkeys((*split_words(text), *re.findall(r"[^\W_]+", fold_text(text)))))


def _list_sections(fact: Record) -> list[str]:
    return [citation["section"] for citation in fact["citations"]]
