"""Which part somebody or something plays in a sentence, and in a fact: who does it, to whom, from whom, in which rank."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from rightscli.check.stated.clues import Conflict
from rightscli.check.stated.thesaurus import find_positive

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rightscli.check.stated.clues import Reading

_LEAD = r"\b(from|to|against)\s+(?:(?:the|an?|its|their|his|her)\s+)?(?:[a-z]+\s+)?$"
_RANKS = (
    (
        1,
        r"\b(?:first|top|most|(?!interest|forest|request|protest|arrest|harvest|west)[a-z]{2,}est)\b(?! of\b)"
        r"|\bthe most of (?:these|them|all)\b",
    ),
    (2, r"\b(?:second|runner-up)\b"),
    (3, r"\bthird\b(?! of\b)"),
    (9, r"\b(?:last|(?<!at )least)\b(?! (?:year|month|week))"),
)
"""The words that say a place in a row."""
_MAY_RANK = r"(?:est|first|top|most|second|runner-up|third|last|least)\b"
"""What is in whatever says one."""
_TURNING = r"\s*(?:[,;]\s*(?:with|while|and|but|then)?|\bwith\b|\bwhile\b|\bthen\b|\band\b)\s*"


_WINDOW = 80
"""How many characters before a word may lead it."""
_MOST = 24
"""How many words at most are held against each other; a sentence of as many turns is a list."""


class Part(NamedTuple):
    """A word or a name and what it is led by: *from*, *to*, *against*, or that it owns what follows (``'s``)."""

    key: str
    lead: str
    start: int
    end: int


def compare_parts(reading: Reading, base: Reading) -> tuple[Conflict, ...]:
    """Return where two words of the fact *base* have changed their parts in the sentence, or two ranks their holders."""
    return _compare_leads(reading, base) or _compare_places(reading, base) or _compare_ranks(reading, base)


def _compare_leads(reading: Reading, base: Reading) -> tuple[Conflict, ...]:
    """Return where what is taken *from* one and given *to* another in the fact goes the other way."""
    theirs = _map_parts(base)
    ours = _map_parts(reading) if len(theirs) > 1 else {}
    for one, other in combinations([key for key in ours if key in theirs][:_MOST], 2):
        if ours[one].lead == theirs[other].lead != theirs[one].lead == ours[other].lead:
            part, rival = ours[one], theirs[other]
            return (
                Conflict(
                    "order",
                    reading.text[part.start : part.end],
                    part.start,
                    part.end,
                    base.text[rival.start : rival.end],
                ),
            )
    return ()


@lru_cache(maxsize=4096)
def _map_parts(reading: Reading) -> Mapping[str, Part]:
    """Return the words and names of a text that are led by something, or own something, by their keys."""
    found = {}
    for key, start, end in reading.list_keys():
        lead = re.search(_LEAD, reading.text[max(0, start - _WINDOW) : start].lower())
        owns = re.search(r"'s?$", reading.text[start:end]) or re.match(r"'s?\s", reading.text[end : end + 3])
        if lead or owns:
            found[key] = Part(key, "'s" if owns else lead[1] if lead else "", start, end)
    return found


def _compare_places(reading: Reading, base: Reading) -> tuple[Conflict, ...]:
    """Return where of two things the first in the fact's rank is the second in the sentence's."""
    theirs = _rank(base)
    ours = _rank(reading) if theirs else {}
    for one, other in combinations([key for key in ours if key in theirs][:_MOST], 2):
        if (ours[one].rank - ours[other].rank) * (theirs[one].rank - theirs[other].rank) < 0:
            said, own = ours[one], theirs[other]
            text = base.text[own.start : own.end]
            return (Conflict("order", reading.text[said.start : said.end], said.start, said.end, text),)
    return ()


class Ranked(NamedTuple):
    """In which place a text puts what stands at ``text[start:end]``, from 1."""

    rank: int
    start: int
    end: int


@lru_cache(maxsize=4096)
def _rank(reading: Reading) -> Mapping[str, Ranked]:
    """Return what a text ranks, by its key: a part of it between two joints says one place, or goes on from the one before."""
    found: dict[str, Ranked] = {}
    lower = reading.text.lower()
    if not re.search(_MAY_RANK, lower):
        return found
    keys = reading.list_keys(light=False)
    place, start = 0, 0
    turns = [match.start() for match in re.finditer(_TURNING, lower) if match[0].strip()]
    for end in [*turns, len(lower)] if len(turns) < _MOST else []:
        own = [one for one in keys if start <= one.start < end]
        ranks = [rank for rank, pattern in _RANKS if re.search(pattern, lower[start:end])]
        place = ranks[0] if len(ranks) == 1 else place + 1 if place and not ranks else 0
        for one in own if place else []:
            found.setdefault(one.key, Ranked(place, one.start, one.end))
        start = end
    return found if len({one.rank for one in found.values()}) > 1 else {}


_RANKED = (
    r"\b(?:(second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)[- ](?:most )?)?(?<![a-z])"
    r"(?:most [a-z]+|(?!interest|forest|request|protest|arrest|harvest|honest|modest|invest|suggest|contest|west)[a-z]{2,}est)\b"
)


def _compare_ranks(reading: Reading, base: Reading) -> tuple[Conflict, ...]:
    """Return where a statement ranks as *second-largest* what the fact ranks as the largest, or the other way round."""
    theirs = _find_ranked(base)
    ours = _find_ranked(reading) if len(theirs) == 1 else ()
    coming = re.search(_COMES_SECOND, reading.text.lower()) if len(theirs) == 1 and not ours else None
    if coming and not theirs[0][1] and not re.search(_COMES_SECOND, base.text.lower()):
        text = base.text[slice(*theirs[0].span())]
        return (Conflict("rank", reading.text[slice(*coming.span())], *coming.span(), text),)
    if len(ours) != 1 or (ours[0][1] or "") == (theirs[0][1] or ""):
        return ()
    said, own = (find_positive(one[0].split("-")[-1].split()[-1]) for one in (ours[0], theirs[0]))
    if not said or said != own:
        return ()
    text = base.text[slice(*theirs[0].span())]
    return (Conflict("rank", reading.text[slice(*ours[0].span())], *ours[0].span(), text),)


_COMES_SECOND = r"\b(?:comes?|came|ranks?|ranked) (?:only )?(?:second|third|fourth|fifth|last)\b"


@lru_cache(maxsize=4096)
def _find_ranked(reading: Reading) -> tuple[re.Match[str], ...]:
    return tuple(re.finditer(_RANKED, reading.text.lower()))
