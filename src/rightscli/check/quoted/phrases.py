"""The word lists of cuts: what turns or qualifies the words beside it, and where such phrases stand among a text's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from rightscli.tables import read_table
from rightscli.text.stems import stem_word

_FOLDER = "check/quoted"


class Phrase(NamedTuple):
    """*words* beside a quotation that turn its sense, or else qualify it; *reach* says how far (see ``turning.txt``).

    One that does neither only holds such a word: its reach is empty.
    """

    words: tuple[str, ...]
    turns: bool
    reach: frozenset[str]


Phrases = Mapping[str, Sequence[Phrase]]
"""Phrases by their first word, the longest first."""


class Mention(NamedTuple):
    """A *phrase* among words, from *start* to *end* (exclusive)."""

    start: int
    end: int
    phrase: Phrase


@lru_cache(maxsize=1)
def list_phrases() -> tuple[Phrases, Phrases]:
    """Return the phrases that stand before the words that they change, and those that stand behind them."""
    before = [Phrase(tuple(text.split()), False, frozenset()) for ((text,),) in read_table(f"{_FOLDER}/harmless.txt")]
    behind: list[Phrase] = []
    for name in ("turning", "qualifying"):
        for (text,), reach in read_table(f"{_FOLDER}/{name}.txt"):
            words = tuple(text.split())
            phrase = Phrase(tuple(word for word in words if word != "…"), name == "turning", frozenset(reach))
            (behind if words[0] == "…" else before).append(phrase)
    return _group_phrases(before), _group_phrases(behind)


@lru_cache(maxsize=1)
def list_opposing() -> Phrases:
    """Return the phrases, each word stemmed, by which a draft says that what it quotes is not so."""
    rows = read_table(f"{_FOLDER}/opposing.txt")
    return _group_phrases(Phrase(tuple(map(stem_word, text.split())), True, frozenset({"near"})) for ((text,),) in rows)


def _group_phrases(phrases: Iterator[Phrase] | Sequence[Phrase]) -> Phrases:
    found: dict[str, list[Phrase]] = {}
    for phrase in sorted(phrases, key=lambda one: (-len(one.words), one.words)):
        found.setdefault(phrase.words[0], []).append(phrase)
    return found


def unify_negation(word: str) -> str:
    """Return *word*, or ``not`` for what says it: ``cannot``, ``don't``."""
    return "not" if word == "cannot" or word.endswith("n't") else word


def match_phrase(phrases: Phrases, words: Sequence[str], at: int) -> Phrase | None:
    """Return the longest of *phrases* that begins at place *at* of *words*."""
    return next(
        (one for one in phrases.get(words[at], ()) if tuple(words[at : at + len(one.words)]) == one.words), None
    )


def find_phrases(phrases: Phrases, words: Sequence[str]) -> Iterator[Mention]:
    """Yield the *phrases* among *words*, in order, none inside another."""
    at = 0
    while at < len(words):
        phrase = match_phrase(phrases, words, at)
        if phrase:
            yield Mention(at, at + len(phrase.words), phrase)
        at += len(phrase.words) if phrase else 1
