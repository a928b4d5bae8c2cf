"""Whether a sentence ties a term to what another fact ties it to: *an ordinary prison, the kwanliso*."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rightscli.check.stated.clues import Conflict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rightscli.check.stated.clues import Reading

_CHUNK = 3
"""How many words beside a term say what it is."""
_APPOSED = r"[\s*_\"'(,–—]*(?:(?:the|a|an|so-called|known as|called)\s+[*_\"']*)*"
"""What stands between a term and what it is."""
_SAME = r"[\s*_\"'-]*(?:(?:of|the|a|an)\s+)*"


class Tie(NamedTuple):
    """The word at *start* is told by the facts *owners*, and stands beside a word that only the facts *others* tell."""

    owners: frozenset[int]
    others: frozenset[int]
    start: int
    end: int
    beside: int


def find_mistied(reading: Reading, bases: Sequence[Reading]) -> tuple[Conflict, ...]:
    """Return where two terms of a sentence have changed places, each beside what another of the facts *bases* says of it."""
    roots = [{word.root for word in base.words} for base in bases]
    ties = list(_list_ties(reading, roots))
    for tie in ties:
        # The two words of one pair are no two pairs.
        rivals = [one for one in ties if one.start != tie.beside and one.beside != tie.start]
        if any(tie.owners & rival.others and tie.others & rival.owners for rival in rivals):
            base = bases[min(tie.others)].text
            return (Conflict("term", reading.text[tie.start : tie.end], tie.start, tie.end, base),)
    return ()


def _list_ties(reading: Reading, roots: Sequence[set[str]]) -> Iterator[Tie]:
    words = reading.words
    owners = [frozenset(index for index, told in enumerate(roots) if word.root in told) for word in words]
    for number, word in enumerate(words):
        for other in (*_reach(reading, number, -1), *_reach(reading, number, 1)):
            if owners[number] and owners[other] and not owners[number] & owners[other]:
                yield Tie(owners[number], owners[other], word.start, word.end, words[other].start)
                break


def _reach(reading: Reading, number: int, step: int) -> Iterator[int]:
    """Yield the words beside a term that say what it is, on the side of *step*."""
    gap = _APPOSED
    for other in range(number + step, number + step * (_CHUNK + 1), step):
        if not 0 <= other < len(reading.words):
            return
        first, second = sorted((other, other - step))
        between = reading.text[reading.words[first].end : reading.words[second].start]
        if not re.fullmatch(gap, between):
            return
        if gap == _APPOSED and not re.search(r"\(|[,–—]\s*(?:the|a|an|so-called|known|called)\b", between):
            return
        gap = _SAME
        yield other
