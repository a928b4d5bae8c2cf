"""The words by which a page finds its facts, each with its spellings and its stem."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rightscli.text.edtf import name_days
from rightscli.text.folding import fold_text
from rightscli.text.spelling import list_spellings, unify_spelling
from rightscli.text.stems import find_root
from rightscli.text.words import split_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rightscli.records import Record

_CLAIM, _PASSAGE, _TERM = 3, 2, 1
"""What a word is worth where it stands; the page keeps them in two bits."""


def make_word_table(facts: Sequence[Record], topics: Iterable[tuple[Record, Sequence[int]]]) -> str:
    """Return a line for each root, ``root*|words|places``: all other words and spellings that have it, and where its facts are.

    The star says that the root is a word. A place is written as four times itself and what the word is worth there. *topics* come
    with their facts' places. A retracted fact is found by nothing.
    """
    words: dict[str, set[str]] = {}
    worth: dict[str, dict[int, int]] = {}

    def take_text(text: str, places: Iterable[int], value: int) -> None:
        for word in _list_words(text):
            form = unify_spelling(word)
            root = find_root(form)
            words.setdefault(root, set()).update((word, *list_spellings(word)))
            held = worth.setdefault(root, {})
            for place in places:
                held[place] = max(held.get(place, 0), value)

    for place, fact in enumerate(facts):
        if fact.get("retracted"):
            continue
        take_text(fact["claim"], (place,), _CLAIM)
        for text in (*fact["anchors"], *name_days(fact["date"])):
            take_text(text, (place,), _PASSAGE)
        for text in (*fact["terms"], fact["according_to"] or "", fact["id"], *_list_sections(fact)):
            take_text(text, (place,), _TERM)
    for topic, places in topics:
        for text in (topic["label"], *topic["alt"], *topic["hidden"]):
            take_text(text, places, _TERM)
    return "\n".join(_write_row(root, words[root], worth[root]) for root in sorted(words) if worth[root])


def _write_row(root: str, words: set[str], worth: dict[int, int]) -> str:
    others = " ".join(sorted(words - {root}))
    # A root that is a word itself is marked, and not written twice.
    places = " ".join(str(4 * place + value) for place, value in sorted(worth.items()))
    return f"{root}{'*' if root in words else ''}|{others}|{places}"


def _list_words(text: str) -> list[str]:
    """Return the words of *text* as the rules split it, and as a page does, which knows letters and digits only."""
    folded = fold_text(text)
    return list(dict.fromkeys((*split_words(text), *re.findall(r"[^\W_]+", folded))))


def _list_sections(fact: Record) -> list[str]:
    return [citation["section"] for citation in fact["citations"]]
