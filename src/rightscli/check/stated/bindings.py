"""Whether a sentence says of a term what a fact says of another: *an ordinary prison, the kwanliso*."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rightscli.check.stated.clues import Conflict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rightscli.check.stated.clues import Reading


class Gloss(NamedTuple):
    """What a fact calls something (*term*), and the words that it says it by (*words*): *an ordinary prison (kyohwaso)*."""

    term: frozenset[str]
    words: frozenset[str]
    base: str


def find_misglossed(reading: Reading, bases: Sequence[Reading]) -> tuple[Conflict, ...]:
    """Return where a sentence says of a term what the facts *bases* say of another: *the kyohwaso, which are short-term*."""
    glosses = [gloss for base in bases for gloss in _list_glosses(base)]
    terms = frozenset(root for gloss in glosses for root in gloss.term)
    for one in glosses if len(glosses) > 1 else ():
        for word in reading.words:
            if word.root not in one.term:
                continue
            said = _find_said(reading, word.start, word.end, terms - one.term)
            for other in glosses:
                if other.term != one.term and said & (other.words - one.words) and not said & (one.words - other.words):
                    text = reading.text[word.start : word.end]
                    return (Conflict("term", text, word.start, word.end, one.base),)
    return ()


@lru_cache(maxsize=4096)
def _list_glosses(base: Reading) -> tuple[Gloss, ...]:
    """Return the terms that a text gives in parentheses, each with what it says before that."""
    found = []
    for match in re.finditer(r"([^(),;:]+)\(([a-z][^()]*)\)", base.text):
        before = [word for word in base.words if match.start() <= word.start < match.end(1)]
        term = frozenset(word.root for word in base.words if match.start(2) <= word.start < match.end(2))
        article = [spot.end() for spot in re.finditer(r"\b(?:an?|the|their|its)\b|'s\b", match[1])]
        start = match.start() + (article[-1] if article else 0)
        words = frozenset(word.root for word in before if word.start >= start)
        if term and words:
            found.append(Gloss(term, words, base.text[start : match.end()].strip()))
    return tuple(found)


def _find_said(reading: Reading, start: int, end: int, others: frozenset[str]) -> frozenset[str]:
    """Return the roots of what stands beside a term: in its own part, and in that beside it which says what it is."""
    text = reading.text
    first = max(text.rfind(sign, 0, start) for sign in ",;:()–—") + 1
    stop = re.compile(r"[,;:()–—]|\s(?:and|or|alike)\b").search(text, end)
    last = stop.start() if stop else len(text)
    own = first, last
    if re.match(r"[\s*_\"']*[,(–—]?\s*(?:which|that|or|an?|the)\b", text[last : last + 16]):
        last = min((place for sign in ",;:()" if (place := text.find(sign, last + 1)) >= 0), default=len(text))
    if first and re.match(r"[\s*_\"']*(?:the|known|called|for which|which|in)\b", text[first : first + 16]):
        first = max(text.rfind(sign, 0, first - 1) for sign in ",;:()–—") + 1
    roots = frozenset(word.root for word in reading.words if first <= word.start < last)
    # What is said of another term is not said of this.
    return (
        roots if not roots & others else frozenset(word.root for word in reading.words if own[0] <= word.start < own[1])
    )
