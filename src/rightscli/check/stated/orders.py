"""Which of two things comes first: in time (*after*, *before*), in a comparison (*more than*), in a span (*from … to*)."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise, permutations
from typing import TYPE_CHECKING, NamedTuple

from rightscli.check.stated.clues import Conflict, tell_form
from rightscli.check.stated.roots import MORE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence, Set

    from rightscli.check.stated.clues import Reading
    from rightscli.check.stated.quantities import Quantity

_IN_TIME = r"\b(?:after|before|following|prior to)\b"
_THAN = r"\bthan\b|\btimes (?:the \w+|that|those) of\b|\btimes as \w+(?: \w+){0,6}? as\b"
"""What is held against something else: more *than* that, five *times the rate of* it."""


class Pair(NamedTuple):
    """The keys of what a text says comes first (is more, is earlier) and of what comes second, and where each begins; the
    key of what stands right behind the joint, its *head*; and whether it says *more*, *less* or *fewer* of the two, and
    denies what stands before the joint."""

    first: dict[str, tuple[int, int]]
    second: dict[str, tuple[int, int]]
    head: str
    is_counted: bool = False
    is_denied: bool = False


def compare_orders(reading: Reading, base: Reading) -> tuple[Conflict, ...]:
    """Return where what comes first in the fact *base* comes last in the statement."""
    return _compare_spans(reading, base) or _compare_pairs(reading, base) or _compare_ways(reading, base)


def _compare_ways(reading: Reading, base: Reading) -> tuple[Conflict, ...]:
    """Return where a thing goes from one to another, by a sentence, and the fact *base* has it come from that other."""
    ours, theirs = _list_ways(reading), _list_ways(base)
    if not ours.keys() >= {"from", "to"} or not theirs:
        return ()
    known = {one.key for one in base.list_keys()}
    for way, back in (("from", "to"), ("to", "from")):
        turned = ours[way].keys() & theirs.get(back, {}).keys()
        for key in turned - ours[back].keys() - theirs.get(way, {}).keys():
            (start, end), rival = ours[way][key], theirs[back][key]
            said, other = reading.text[start:end], base.text[slice(*rival)]
            # Kept from travelling is not allowed to travel.
            if known & ours[back].keys() and said.split()[-1] == other.split()[-1]:
                return (Conflict("order", said, start, end, other),)
    return ()


@lru_cache(maxsize=4096)
def _list_ways(reading: Reading) -> dict[str, dict[str, tuple[int, int]]]:
    """Return what a text has something come *from*, and what it has it go *to*, and where each is said."""
    found: dict[str, dict[str, tuple[int, int]]] = {}
    keys = {one.start: one for one in reading.list_keys()}
    for match in re.finditer(r"\b(from|to)\s+(?:(?:the|an?|its|their)\s+)?", reading.text.lower()):
        one = keys.get(match.end())
        if one:
            found.setdefault(match[1], {})[one.key] = match.start(), one.end
    return found


def _list_pairs(reading: Reading, base: Reading) -> Iterator[tuple[Pair, Pair]]:
    """Yield what comes first and second in a statement and in its fact, in time and in a comparison, where they are alike."""
    for pattern in (_IN_TIME, _THAN):
        ours, theirs = _part(reading, pattern), _part(base, pattern)
        if ours and theirs and (ours.is_counted, ours.is_denied) == (theirs.is_counted, theirs.is_denied):
            yield ours, theirs


def _compare_pairs(reading: Reading, base: Reading) -> tuple[Conflict, ...]:
    for ours, theirs in _list_pairs(reading, base):
        crossed = ours.first.keys() & theirs.second.keys(), ours.second.keys() & theirs.first.keys()
        straight = ours.first.keys() & theirs.first.keys(), ours.second.keys() & theirs.second.keys()
        is_outweighed = len(crossed[0]) + len(crossed[1]) <= len(straight[0]) + len(straight[1])
        is_sure = _is_turned(crossed, straight) or (_has_moved(ours, theirs) and _has_moved(theirs, ours))
        if not is_sure and (not all(crossed) or (is_outweighed and straight[1])):
            continue
        if not all(crossed) and _is_told_elsewhere(ours.second if crossed[0] else ours.first, theirs, base):
            # A complaint before the papers came; the papers, before the vote.
            continue
        moved = {*crossed[0], *crossed[1]}
        (start, end), key = min(
            (place, key) for key, place in (*ours.first.items(), *ours.second.items()) if key in moved
        )
        rival = _find_rival(key, moved, theirs.first if key in ours.first else theirs.second)
        return (Conflict("order", reading.text[start:end], start, end, base.text[slice(*rival)] if rival else ""),)
    return ()


def _is_told_elsewhere(side: Mapping[str, tuple[int, int]], theirs: Pair, base: Reading) -> bool:
    """Tell whether what a sentence has on one *side* stands in the fact *base* apart from what that sets in order."""
    apart = {one.key for one in base.list_keys()} - theirs.first.keys() - theirs.second.keys()
    return bool(side) and side.keys() <= apart


def find_other_compared(reading: Reading, base: Reading) -> str:
    """Return what a sentence holds something against, where that comes first in the fact *base*: more often *than* it."""
    for ours, theirs in _list_pairs(reading, base):
        if _has_moved(ours, theirs):
            return reading.text[slice(*{**ours.first, **ours.second}[ours.head])]
    return ""


def _find_rival(key: str, moved: Set[str], side: dict[str, tuple[int, int]]) -> tuple[int, int] | None:
    """Return where another than *key* stands on that *side* in the fact, one that has *moved* if there is one."""
    others = sorted((one not in moved, place) for one, place in side.items() if one != key)
    return others[0][1] if others else None


def _has_moved(one: Pair, other: Pair) -> bool:
    """Tell whether what stands behind the joint in one text stands only on the other side in the other."""
    same, opposite = (other.first, other.second) if one.head in one.first else (other.second, other.first)
    return one.head in opposite and one.head not in same


def _is_turned(crossed: tuple[Set[str], Set[str]], straight: tuple[Set[str], Set[str]]) -> bool:
    """Tell whether one of the two things, at least, stands where the other stood, by all that is said of it."""
    return len(crossed[0]) + len(crossed[1]) >= 2 + 2 * (len(straight[0]) + len(straight[1]))


@lru_cache(maxsize=4096)
def _part(reading: Reading, pattern: str) -> Pair | None:
    """Return what a text says comes first, and what second; None where it does not say."""
    lower = reading.text.lower()
    counted = [(one.start, one.end) for one in reading.quantities]
    spots = (one for one in re.finditer(pattern, lower) if not _is_of_figure(one, counted))
    match = next(spots, None)
    if not match:
        return None
    is_than = bool(re.fullmatch(_THAN, match[0]))
    # It was only after A that B; after A, B.
    stop = re.compile(r",|\bthat\b|\bdid\b" if not is_than else r"[,;]").search(lower, match.end())
    end = stop.start() if stop else len(lower)
    keys = reading.list_keys()
    behind = {one.key: (one.start, one.end) for one in keys if match.end() <= one.start < end}
    before = {one.key: (one.start, one.end) for one in keys if one.end <= match.start()}
    head = next(iter(behind), "")
    if not is_than:
        # Nobody examined it before: the other came first.
        denials = [start for start, _ in reading.negations if re.match(_DENIAL, lower[start:])]
        is_denied = any(start < match.start() and match.start() - start < _REACH for start in denials)
        if not before and len(behind) > _MOST_OPENING:
            # What opens a sentence ends somewhere, with no comma to say where.
            return None
        before = (
            before
            if len(before) > 1 or not stop
            else {one.key: (one.start, one.end) for one in keys if one.start > end}
        )
        is_behind = match[0] in ("after", "following")
        first, second = (behind, before) if is_behind else (before, behind)
        return Pair(first, second, head, is_denied=is_denied)
    degrees = [word for word in reading.words if word.root == MORE and word.end <= match.start()]
    # Denied more often is not less.
    is_less = bool(degrees) and tell_form(degrees[-1], reading) < 0
    # No other has more than this one: this one has most.
    clause = lower[max(lower.rfind(sign, 0, match.start()) for sign in ",;:–") + 1 : match.start()]
    is_none = bool(re.search(r"\b(?:no|nobody|none|nothing|few|never|not)\b", clause))
    first, second = (behind, before) if is_less != is_none else (before, behind)
    return Pair(first, second, head, bool(degrees))


_DENIAL = r"(?:not|n't|never|no|nobody|none|nothing|neither|nor|cannot|\w+n't)\b"
_REACH = 60
"""How many characters may part a negation from the *before* that it is about."""
_MOST_OPENING = 3
"""How many words what opens a sentence has at most (*before the collision*), unless it says where it ends."""


def _is_of_figure(match: re.Match[str], counted: list[tuple[int, int]]) -> bool:
    """Tell whether *than* belongs to a figure: *more than a hundred*."""
    return match[0] == "than" and any(start <= match.end() + 1 and match.start() < end for start, end in counted)


def _compare_spans(reading: Reading, base: Reading) -> tuple[Conflict, ...]:
    """Return where a span of dates runs from the fact's last to its first: *from May to March*."""
    for start, end, span in _list_spans(reading):
        for first, last, other in _list_spans(base):
            if span == (other[1], other[0]) and span != other:
                return (Conflict("date", reading.text[start:end], start, end, base.text[first:last]),)
    return ()


@lru_cache(maxsize=4096)
def _list_spans(reading: Reading) -> tuple[tuple[int, int, tuple[object, object]], ...]:
    """Return where spans of two dates stand, with both."""
    dates = sorted(reading.dates, key=lambda one: one.start)
    return tuple(
        (one.start, other.end, ((one.year, one.month, one.day), (other.year, other.month, other.day)))
        for one, other in pairwise(dates)
        if re.fullmatch(r"\s*(?:to|until|till|through|and|[-–])\s*(?:the )?", reading.text[one.end : other.start])
    )


_GREATER = r"\b(?:more|higher|larger|greater|longer)\b"
_SMALLER = r"\b(?:fewer|less|lower|smaller|shorter)\b"
_ALIKE = 2
"""How many words two facts must share, at least, to count the same in two years."""


def find_misranked(reading: Reading, bases: Sequence[Reading]) -> tuple[Conflict, ...]:
    """Return where a sentence has more of something in one year than in another, and the facts *bases*, a year each, fewer."""
    joint = re.search(r"\bthan\b", reading.text)
    years = [one for one in reading.dates if one.year]
    if not joint or len(years) != 2 or reading.negations or not years[0].start < joint.start() < years[1].start:
        return ()
    before = reading.text[: joint.start()].lower()
    sign = bool(re.search(_GREATER, before)) - bool(re.search(_SMALLER, before))
    for one, other in permutations(bases, 2):
        ours, theirs = _count_in(one, years[0].year), _count_in(other, years[1].year)
        shared = {word.root for word in one.words} & {word.root for word in other.words}
        shared |= {name.key for name in one.names} & {name.key for name in other.names}
        if (
            ours
            and theirs
            and len(shared) >= _ALIKE
            and ours.unit == theirs.unit
            and sign * (ours.value - theirs.value) < 0
        ):
            start, end = years[0].start, years[1].end
            return (Conflict("order", reading.text[start:end], start, end, one.text[ours.start : ours.end]),)
    return ()


def _count_in(base: Reading, year: int | None) -> Quantity | None:
    """Return the one figure of a fact that names no other year."""
    counts = [one for one in base.quantities if one.unit != "ordinal"]
    is_sole = len(counts) == 1 and {one.year for one in base.dates} == {year}
    return counts[0] if is_sole else None
