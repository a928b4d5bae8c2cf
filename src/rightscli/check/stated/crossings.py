"""Whether a sentence says of two things what a fact says the other way round: figures, names, dates in each other's place."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from rightscli.check.stated.clues import Conflict
from rightscli.check.stated.roots import bare_root, list_light_roots

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rightscli.check.stated.clues import Reading

_REACH = 42
"""How many characters before and behind a figure or a name what is said of it may stand."""
_BESIDE = 18
"""How many characters at most part a name from the verb that is its own."""
_AHEAD = 30
"""How many at most part it from the verb that follows."""
_PREPOSITION = (
    r"\b(from|to|by|of|than|against|for|in|with|until|after|before|over|under)\s+(?:the |an? |its |about |some )*$"
)


class Slot(NamedTuple):
    """A figure or a name as it stands in a text: its *key*, its *sort* (names change places with names only), what stands
    around it (*features*), and where it stands."""

    key: object
    sort: str
    features: frozenset[tuple[str, object]]
    start: int
    end: int
    text: str


def list_slots(reading: Reading) -> list[Slot]:
    """Return the figures and the names of a text, in order, each with what stands around it."""
    figures = [
        Slot(
            one.value,
            f"figure {one.unit}",
            _find_features(reading, one.start, one.end, name=False),
            one.start,
            one.end,
            "",
        )
        for one in reading.quantities
        if one.unit != "ordinal"
    ]
    names = [
        Slot(one.key, one.kind, _find_features(reading, one.start, one.end, name=True), one.start, one.end, "")
        for one in reading.names
        if one.kind in ("country", "person", "institution")
    ]
    return [slot._replace(text=reading.text[slot.start : slot.end]) for slot in (*figures, *names)]


def _find_features(reading: Reading, start: int, end: int, *, name: bool) -> frozenset[tuple[str, object]]:
    """Return what stands around ``text[start:end]``: the words before and behind it, its preposition, the nearest date.

    Of a *name*, the verb before it (what is done to it) and behind it (what it does), in the active as in the passive.
    """
    text = reading.text
    left = max(text.rfind(sign, 0, start) for sign in ",;:()") + 1
    stops = [place for sign in ",;:()" if (place := text.find(sign, end)) >= 0]
    right = min([*stops, len(text), end + _REACH])
    light = list_light_roots()
    before = [
        word for word in reading.words if max(left, start - _REACH) <= word.start < start and word.root not in light
    ]
    behind = [word for word in reading.words if end <= word.start < right]
    found: set[tuple[str, object]] = set()
    if not name:
        found |= {("before", word.root) for word in before[-1:]}
        follows = re.match(r"\s+([^\W\d_]+)", text[end:right])
        found |= {("behind", bare_root(follows[1]))} if follows else set()
        match = re.search(_PREPOSITION, text[:start].lower())
        found |= {("by", match[1])} if match else set()
        dates = sorted(reading.dates, key=lambda one: min(abs(one.start - end), abs(start - one.end)))
        near = dates[:1] if dates and min(abs(dates[0].start - end), abs(start - dates[0].end)) <= _REACH else []
        return frozenset(found | {("date", (one.year, one.month)) for one in near})
    doer = re.search(r"\bby (?:the )?$", text[:start].lower())
    found |= {("behind" if doer else "before", word.root) for word in before[-1:] if start - word.end <= _BESIDE}
    for word in [word for word in behind if word.root not in light and word.start - end <= _AHEAD][:1]:
        passive = re.search(_BEING, text[end : word.start].lower())
        found.add(("before" if passive else "behind", word.root))
    return frozenset(found)


_BEING = r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+|not\s+)?$"


def find_crossed(reading: Reading, bases: Sequence[Reading]) -> tuple[Conflict, ...]:
    """Return where two figures or two names of a sentence stand in each other's place beside the facts *bases*."""
    own = list_slots(reading)
    theirs = [slot for base in bases for slot in list_slots(base)]
    known = {(slot.key, slot.sort) for slot in theirs}
    said = [slot for slot in own if (slot.key, slot.sort) in known]
    for one, other in combinations(said, 2):
        if one.sort != other.sort or one.key == other.key:
            continue
        straight = _measure(one, theirs, one.key) + _measure(other, theirs, other.key)
        crossed = _measure(one, theirs, other.key), _measure(other, theirs, one.key)
        if min(crossed) and sum(crossed) >= straight + 2:
            rival = max(
                (slot for slot in theirs if slot.key == other.key), key=lambda slot: len(slot.features & one.features)
            )
            return (Conflict("order", one.text, one.start, one.end, rival.text),)
    return ()


def find_displaced(reading: Reading, bases: Sequence[Reading]) -> tuple[Conflict, ...]:
    """Return where a figure of a sentence is said of what the facts *bases* say another figure of, which it does not say."""
    own = [slot for slot in list_slots(reading) if slot.sort.startswith("figure")]
    theirs = [slot for base in bases for slot in list_slots(base) if slot.sort.startswith("figure")]
    spoken = {slot.key for slot in own}
    for one in own:
        alike = [slot for slot in theirs if slot.key == one.key and slot.sort == one.sort]
        rivals = [slot for slot in theirs if slot.sort == one.sort and slot.key not in spoken]
        if not alike or not rivals or max(len(one.features & slot.features) for slot in alike):
            continue
        best = max(rivals, key=lambda slot: _count_words(one, slot))
        if _count_words(one, best):
            return (Conflict("figure", one.text, one.start, one.end, best.text),)
    return ()


def _count_words(one: Slot, other: Slot) -> int:
    return sum(kind in ("before", "behind") for kind, _ in one.features & other.features)


def _measure(slot: Slot, others: Iterable[Slot], key: object) -> int:
    """Return how much of what stands around *slot* stands around that of *others* which has the *key*."""
    alike = [other for other in others if other.key == key and other.sort == slot.sort]
    return max((len(slot.features & other.features) for other in alike), default=0)
