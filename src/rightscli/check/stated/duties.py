"""What may, must or must not be done: where a sentence allows or commands what a fact forbids, or the other way round."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rightscli.check.stated.clues import Conflict
from rightscli.check.stated.thesaurus import find_lemmas, is_verb

if TYPE_CHECKING:
    from rightscli.check.stated.clues import Reading

_DUTY = re.compile(
    r"(?i)(?P<nobody>\b(?:no one|nobody|none|no)\b(?:(?!\b(?:but|and)\b)[^;:.]){0,80}?)?"
    r"\b(?P<modal>may|can|must|shall|should|could|ha[sd] to|have to)"
    r"(?P<denied>not|n't|\s+(?:not|never|no longer|in no case))?\s+(?:be\s+|also\s+|even\s+|ever\s+|[a-z]+ly\s+)*(?P<verb>[a-z]+)"
)
_EXCEPT = re.compile(
    r"(?i)\b(?:unless|without|except|only|until|than|but for|if|when|where|whether|more|less|over|under|longer)\b"
)
"""What makes of a ban a condition: may not without a warrant, may with one."""
_MARKS = re.compile(r"[,;:.]|\b(?:but|while|whereas|although|though)\b")


class _Duty(NamedTuple):
    """A verb that a text says may be done, or must (*is_bound*), or may not (*is_denied*), at ``text[start:end]``, with the keys
    *beside* it; *is_free*: on no condition."""

    lemmas: frozenset[str]
    is_bound: bool
    is_denied: bool
    is_free: bool
    start: int
    end: int
    beside: frozenset[str]


def compare_duties(reading: Reading, base: Reading) -> tuple[Conflict, ...]:
    """Return what a statement says may or must be done, where the fact says of the same that it may not, or the other way round;
    or that it must, where it only may.

    Both must have two more words of their clauses in common, or all of the shorter one. What holds on a condition alone may be
    told as a ban or as a permission.
    """
    theirs = _list_duties(base)
    for one in _list_duties(reading) if theirs else ():
        same = [other for other in theirs if one.lemmas & other.lemmas and _are_of_one(one.beside, other.beside)]
        if not same:
            continue
        span, text = (one.start, one.end), base.text[same[0].start : same[0].end]
        if all(one.is_free and other.is_free and one.is_denied != other.is_denied for other in same):
            return (Conflict("negation", reading.text[slice(*span)], *span, text),)
        if one.is_bound and not any(other.is_bound or other.is_denied for other in same):
            return (Conflict("strength", reading.text[slice(*span)], *span, text),)
    return ()


def _are_of_one(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Tell whether the clauses of two duties have enough words or names in common for these to be of the same."""
    return len(ours & theirs) >= max(1, min(_SHARED, len(ours), len(theirs)))


_SHARED = 2


@lru_cache(maxsize=4096)
def _list_duties(reading: Reading) -> tuple[_Duty, ...]:
    found = []
    keys = reading.list_keys()
    marks = [mark.span() for mark in _MARKS.finditer(reading.text)]
    starts, ends = [start for start, _ in marks], [end for _, end in marks]
    spots = [one.start for one in keys]
    for match in _DUTY.finditer(reading.text):
        before, behind = bisect_right(ends, match.start("modal")), bisect_left(starts, match.end())
        first = ends[before - 1] if before else 0
        last = starts[behind] if behind < len(starts) else len(reading.text)
        verb = match["verb"].lower()
        if not is_verb(verb):
            continue
        beside = keys[bisect_left(spots, first) : bisect_left(spots, last)]
        is_denied = bool(match["denied"]) != bool(match["nobody"])
        found.append(
            _Duty(
                frozenset(find_lemmas(verb)),
                match["modal"].lower() not in _MAY and not is_denied,
                is_denied,
                not _EXCEPT.search(reading.text, first, last),
                match.start("modal"),
                match.end(),
                frozenset(one.key for one in beside if one.start != match.start("verb")),
            )
        )
    return tuple(found)


_MAY = frozenset("may can could should".split())
"""What is allowed, or possible, or good to do, and no duty."""
