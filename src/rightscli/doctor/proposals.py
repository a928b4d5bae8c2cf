"""A claim and the passages that it cites → the anchors that a curator would have taken from them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from rightscli.base.model import Fact, FactBase
from rightscli.doctor.baserules import ANCHOR_WORDS
from rightscli.doctor.evidence import (
    has_anchor,
    list_unanchored_dates,
    list_unheld_figures,
    prepare_passage,
    read_dates_once,
    read_figures,
)
from rightscli.search.stopwords import STOP_WORDS
from rightscli.text.folding import fold_text
from rightscli.text.spelling import unify_spelling
from rightscli.text.stems import find_root
from rightscli.text.words import split_words

_TOKEN = re.compile(r"\S+")
_EDGES = re.compile(r"^\W+|\W+$")
_ENDING = re.compile(r"[.;:!?,)\]”’\"]+$")


class _Run(NamedTuple):
    """Words of a passage in a row; *shared* of them tell what the claim is about."""

    text: str
    shared: int


def propose_anchors(fact: Fact, base: FactBase, texts: Sequence[str], near: Sequence[str]) -> tuple[str, ...]:
    """Return the anchors of *fact*, and those that it lacks: short exact words of *texts*, the passages that it cites.

    One for each figure and date of the claim that no anchor states, if a passage does; and, unless one is there, one that none
    of the passages *near* to them has: a name, or words that the claim and the passage share.
    """
    anchors = list(fact.anchors)

    def count_gaps(held: Sequence[str]) -> int:
        tried = replace(fact, anchors=tuple(held))
        return len(list_unheld_figures(fact, held, base)) + len(list_unanchored_dates(tried, base))

    numbers = [number for text in texts for number in _list_numbers(fact.claim, text)]
    while numbers and (gaps := count_gaps(anchors)):
        better = next((number for number in numbers if count_gaps([*anchors, number]) < gaps), None)
        if better is None:
            break
        anchors.append(better)
    far = [prepare_passage(text) for text in near]

    def pins(anchor: str) -> bool:
        return not any(has_anchor(text, anchor) for text in far)

    here = [prepare_passage(text) for text in texts]
    if not any(pins(anchor) and any(has_anchor(text, anchor) for text in here) for anchor in anchors):
        anchors += _choose_run(fact.claim, texts, pins, none_yet=not anchors)
    return tuple(dict.fromkeys(anchors))


def _choose_run(claim: str, texts: Sequence[str], pins: Callable[[str], bool], *, none_yet: bool) -> list[str]:
    """Return the words that tell most of the claim, of those that *pins* holds of; else, if there are *none_yet*, of all."""
    runs = [run for text in texts for run in _list_runs(claim, text)]
    chosen = [run for run in runs if pins(run.text)] or (runs if none_yet else [])
    best = max(chosen, key=lambda run: (run.shared, len(run.text)), default=None)
    return [best.text] if best else []


def _list_numbers(claim: str, text: str) -> Iterator[str]:
    """Yield the figures and dates of *text* that *claim* states too, as they stand; a figure with the word behind it, first."""
    values = {value for figure in read_figures(claim) for value in figure.readings}
    dates = read_dates_once(claim)
    for figure in read_figures(text):
        if not figure.readings.isdisjoint(values | {date.year for date in dates}):
            behind = re.match(r"\s?%|[ \u00a0][^\W\d_]{3,}", text[figure.end :])
            if behind and fold_text(behind[0]) not in STOP_WORDS:
                yield text[figure.start : figure.end + behind.end()]
            yield text[figure.start : figure.end]
    for date in read_dates_once(text):
        if any(date.year == one.year or date.month == one.month for one in dates) or date.year in values:
            yield text[date.start : date.end]


def _list_runs(claim: str, text: str) -> Iterator[_Run]:
    """Yield the runs of at most six words of *text* that *claim* has too, from one that tells something to another."""
    shared = {_root_word(word) for word in split_words(claim)}
    tokens = list(_TOKEN.finditer(text))
    kinds = [_judge_token(token[0], shared) for token in tokens]
    for first, kind in enumerate(kinds):
        if kind != "telling" or (first and kinds[first - 1] == "telling" and not _ENDING.search(tokens[first - 1][0])):
            continue
        last = first
        for place in range(first, min(first + ANCHOR_WORDS, len(tokens))):
            if kinds[place] == "strange":
                break
            last = place if kinds[place] == "telling" else last
            if _ENDING.search(tokens[place][0]):
                break
        words = _EDGES.sub("", text[tokens[first].start() : tokens[last].end()])
        if words:
            yield _Run(words, kinds[first : last + 1].count("telling"))


def _judge_token(token: str, shared: set[str]) -> str:
    """Return whether a word is ``strange`` to the claim; else whether it is ``telling`` or only a ``link`` between such."""
    words = split_words(token)
    if not words or not shared.issuperset(map(_root_word, words)):
        return "link" if words and STOP_WORDS.issuperset(words) else "strange"
    return "link" if STOP_WORDS.issuperset(words) else "telling"


def _root_word(word: str) -> str:
    return find_root(unify_spelling(fold_text(word)))
