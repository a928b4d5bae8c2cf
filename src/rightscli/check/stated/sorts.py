"""Words of one sort, of which a statement may not have another than its fact: groups, crimes, roles, sides, acts."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rightscli.check.stated.clues import Conflict
from rightscli.tables import read_labels
from rightscli.text.dates import overlaps_any
from rightscli.text.numerals import ORDINALS, SMALL

if TYPE_CHECKING:
    from rightscli.check.stated.clues import Reading


class SortSaid(NamedTuple):
    """A word of a sort: which *row* of the list it is of, which *member* it names, and where it stands."""

    row: int
    member: str
    start: int
    end: int


@lru_cache(maxsize=1)
def _compile_sorts() -> tuple[re.Pattern[str], dict[str, list[tuple[int, str]]]]:
    names: dict[str, list[tuple[int, str]]] = {}
    for row, (_, members) in enumerate(read_labels("check/stated/sorts.txt")):
        for member in members.split(", "):
            first, *others = member.split(" = ")
            for name in (first, *others):
                names.setdefault(name, []).append((row, first))
    phrases = sorted(names, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b"), names


@lru_cache(maxsize=4096)
def find_sorts(text: str, *, besides: tuple[tuple[int, int], ...] = ()) -> tuple[SortSaid, ...]:
    """Return the words of a sort that *text* holds, but for those inside the spans *besides* (names)."""
    pattern, names = _compile_sorts()
    return tuple(
        SortSaid(row, member, *match.span())
        for match in pattern.finditer(text.lower())
        if not overlaps_any(besides, match.start(), match.start() + 1)
        for row, member in names[match[0]]
    )


def compare_sorts(reading: Reading, base: Reading) -> tuple[Conflict, ...]:
    """Return where the statement has another member of a sort than the fact *base*, and neither has the other's."""
    # Not married is not of the sort.
    said = tuple(
        one for one in _list_sorts(reading) if not reading.text.lower().endswith(("not ", "non-"), 0, one.start)
    )
    own = _list_sorts(base) if said else ()
    conflicts: list[Conflict] = []
    for row in dict.fromkeys(one.row for one in said):
        ours, theirs = ({one.member for one in side if one.row == row} for side in (said, own))
        if theirs and not ours & theirs:
            one = next(one for one in said if one.row == row)
            other = next(other for other in own if other.row == row)
            conflicts.append(
                Conflict(
                    "term", reading.text[one.start : one.end], one.start, one.end, base.text[other.start : other.end]
                )
            )
    return (*conflicts, *_compare_periods(reading.text, base.text))


_COUNTS = {"once": 1, "twice": 2, "thrice": 3, "other": 2, **SMALL, **ORDINALS}
"""Every other year is every second one."""
_COUNT = rf"[1-9]\d{{0,2}}(?:st|nd|rd|th)?|{'|'.join(_COUNTS)}"
_PERIOD = (
    rf"(?i)\b(?:(?:(?P<times>once|twice|thrice|(?:{_COUNT})(?=\s+times\b))(?:\s+times)?\s+(?:an?|each|every|per)\s+"
    rf"|(?:each|every|per)\s+(?:(?P<count>{_COUNT})\s+)?|(?P<plain>an?)\s+)"
    r"(?P<unit>hour|day|week|fortnight|month|quarter|year|decade)s?|(?P<adverb>dai|week|fortnight|month|quarter|annual|year|biennial)ly)\b"
)
"""How often something happens, or in what time so much, by the calendar."""
_SO_MUCH = r"(?i)(?:s|\d|\d[\d.,]*\s?(?:%|[a-z]+)(?:\s(?!in\b|for\b|within\b|after\b|of\b|and\b)[a-z]+){0,2})\s$"
"""What stands before *a month* where it says in what time: *10 per cent*, *40 florins more*, *shifts*."""
_DAYS = {
    "hour": 1 / 24, "dai": 1.0, "day": 1.0, "week": 7.0, "fortnight": 14.0, "month": 30.4, "quarter": 91.3,
    "annual": 365.0, "year": 365.0, "biennial": 730.0, "decade": 3650.0,
}  # fmt: skip
_SAME_PERIOD = 0.1
"""By how much of it two periods may differ that are one: six months, and half a year."""


def _compare_periods(said: str, base: str) -> tuple[Conflict, ...]:
    """Return where a statement says *each year* of what happens every ten years, and neither says more than one."""
    ours = _find_periods(said)
    theirs = _find_periods(base) if len(ours) == 1 else ()
    if len(theirs) != 1:
        return ()
    one, other = _count_days(ours[0]), _count_days(theirs[0])
    if abs(one - other) <= _SAME_PERIOD * other:
        return ()
    return (Conflict("term", ours[0][0], *ours[0].span(), theirs[0][0]),)


@lru_cache(maxsize=4096)
def _find_periods(text: str) -> tuple[re.Match[str], ...]:
    found = re.finditer(_PERIOD, text)
    return tuple(
        one for one in found if not one["plain"] or re.search(_SO_MUCH, text[max(0, one.start() - 40) : one.start()])
    )


def _count_days(match: re.Match[str]) -> float:
    """Return how many days lie between two times, by a match of ``_PERIOD``: 91.25 of four times a year."""
    times, count = (
        (_COUNTS.get(word.lower()) or int(re.sub(r"\D", "", word))) if word else 1
        for word in (match["times"], match["count"])
    )
    return count * _DAYS[(match["unit"] or match["adverb"]).lower()] / times


@lru_cache(maxsize=4096)
def _list_sorts(reading: Reading) -> tuple[SortSaid, ...]:
    """Return the words of a sort that a text holds outside of names; none where *all but one* are of it, and that one is not."""
    if re.search(r"(?i)\ball but\b", reading.text):
        return ()
    return find_sorts(reading.text, besides=tuple((one.start, one.end) for one in reading.names))
