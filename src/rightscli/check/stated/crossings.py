"""Whether a sentence says of two things what a fact says the other way round: figures, names, dates in each other's place."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import combinations, takewhile
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from rightscli.check.stated.clues import Conflict
from rightscli.check.stated.lexicon import list_stop_words
from rightscli.check.stated.roots import MORE, bare_root, fold_word, is_light
from rightscli.check.stated.thesaurus import count_kinds, is_inflected, is_past, is_verb
from rightscli.check.stated.verbs import list_mutual

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence, Set

    from rightscli.check.stated.clues import Reading, WordSaid
    from rightscli.check.stated.names import NameSaid
    from rightscli.check.stated.quantities import Quantity
    from rightscli.text.dates import DateMention

    _Placed = TypeVar("_Placed", WordSaid, DateMention)

_REACH = 42
"""How many characters before and behind a figure or a name what is said of it may stand."""
_BESIDE = 18
"""How many characters at most part a name from the verb that is its own."""
_AHEAD = 30
"""How many at most part it from the verb that follows."""
_MOST_SLOTS = 64
"""How many figures and names of a sentence are compared two by two; sentences that people write have fewer."""
_PREPOSITION = (
    r"\b(from|to|by|of|than|against|for|in|with|until|after|before|over|under)\s+(?:the |an? |its |about |some )*$"
)


_Month = tuple[int | None, int | None]
"""A date as far as figures are told apart by it: its year and month."""


class Slot(NamedTuple):
    """A figure or a name as it stands in a text: its *key*, its *sort* (names change places with names only), what stands
    around it (*features*), where it stands, and its *text*, which as a *phrase* begins with its verb."""

    key: object
    sort: str
    features: frozenset[tuple[str, object]]
    start: int
    end: int
    text: str
    phrase: str


@lru_cache(maxsize=4096)
def list_slots(reading: Reading) -> tuple[Slot, ...]:
    """Return the figures and the names of a text, in order, each with what stands around it."""
    figures = [
        Slot(
            one.value,
            f"figure {one.unit}",
            _find_features(reading, one.start, one.end, name=False),
            one.start,
            one.end,
            "",
            "",
        )
        for one in reading.quantities
        if one.unit != "ordinal"
    ]
    names = [
        Slot(one.key, "name", _find_features(reading, one.start, one.end, name=True), one.start, one.end, "", "")
        for one in reading.names
        if one.kind in ("country", "person", "institution", "name")
    ]
    return tuple(
        slot._replace(
            text=reading.text[slot.start : slot.end], phrase=reading.text[_find_verb(reading, slot) : slot.end]
        )
        for slot in (*figures, *names)
    )


def _find_verb(reading: Reading, slot: Slot) -> int:
    """Return where the verb before a figure begins; where the figure does, if it has none."""
    verbs = {root for kind, root in slot.features if kind == "verb"}
    return max(
        (word.start for word in reading.words if word.root in verbs and word.end <= slot.start), default=slot.start
    )


def _find_features(reading: Reading, start: int, end: int, *, name: bool) -> frozenset[tuple[str, object]]:
    """Return what stands around ``text[start:end]``: the words before and behind it, its preposition, the nearest date.

    Of a *name*, the verb before it (what is done to it) and behind it (what it does), in the active as in the passive.
    """
    text = reading.text
    first, last = max(0, start - _REACH), min(len(text), end + _REACH)
    left = max(first, *(text.rfind(sign, first, start) + 1 for sign in ",;:()"))
    right = min([last, *(place for sign in ",;:()" if (place := text.find(sign, end, last)) >= 0)])
    before, behind = (
        [word for word in _list_between(reading.words, *span) if not is_light(text[word.start : word.end])]
        for span in ((left, start), (end, right))
    )
    if name:
        before, behind = ([word for word in words if word.root not in list_mutual()] for words in (before, behind))
    found: set[tuple[str, object]] = set()
    if not name:
        found |= {("before", word.root) for word in before[-1:]}
        verbs = [word for word in before[-2:] if _is_acting(text[word.start : word.end])]
        found |= {("verb", word.root) for word in verbs[-1:]}
        follows = re.match(r"\s+(?:of (?:them|whom)|were|was|are|is)\s(?!\w+ed\b)([^\W\d_]+)", text[end:right])
        found |= {("behind", root) for root in _list_things_behind(f" {follows[1]}" if follows else text[end:right])}
        acts = [word for word in behind if word.start - end <= _AHEAD and _is_acting(text[word.start : word.end])]
        found |= {("act", word.root) for word in acts[:1]}
        match = re.search(_PREPOSITION, text[first:start].lower())
        found |= {("by", match[1])} if match else set()
        around = _list_between(reading.dates, start - 2 * _REACH, last + 1)
        dates = [one for one in around if left <= one.start < right]
        dates = dates or [one for one in around if one.end <= start and ";" not in text[one.end : start]]
        dates = sorted(dates, key=lambda one: (min(abs(one.start - end), abs(start - one.end)), one.start < start))
        is_elsewhen = re.search(_ELSEWHEN, text[left:right])
        near = (
            dates[:1]
            if dates and not is_elsewhen and min(abs(dates[0].start - end), abs(start - dates[0].end)) <= _REACH
            else []
        )
        return frozenset(found | {("date", (one.year, one.month)) for one in near})
    doer = re.search(r"\bby (?:the )?$", text[first:start].lower())
    found |= {("behind" if doer else "before", word.root) for word in before[-1:] if start - word.end <= _BESIDE}
    for word in [word for word in behind if word.start - end <= _AHEAD][:1]:
        passive = re.search(_BEING, text[end : word.start].lower())
        said = fold_word(text[word.start : word.end])
        if not passive and not (is_inflected(said) and re.fullmatch(_HELPED, text[end : word.start].lower())):
            # Their plant, and who counted arrivals: nothing that they do.
            continue
        found.add(("before" if passive else "behind", word.root))
    return frozenset(found)


def _is_acting(word: str) -> bool:
    """Tell whether a word of a text is a verb in the past or of the third person."""
    said = fold_word(word)
    return is_inflected(said) and is_verb(said) and not said.endswith("s")


def _list_between(said: Sequence[_Placed], start: int, end: int) -> Sequence[_Placed]:
    """Return which of what is *said*, in order, begin at *start* or behind it, and before *end*."""
    first = bisect_left(said, start, key=lambda one: one.start)
    return said[first : bisect_left(said, end, first, key=lambda one: one.start)]


_ELSEWHEN = r"(?i)\b(?:years?|months?|weeks?|days?) (?:later|earlier|before|after|on)\b"
"""What gives a figure another date than the nearest one."""
_HELPED = r"\s+(?:(?:has|have|had|also|then|not|never|first|later|since|[a-z]+ly)\s+)*"
_BEING = r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+|not\s+)?$"


def find_exchanged(reading: Reading, bases: Sequence[Reading]) -> tuple[Conflict, ...]:
    """Return where a sentence pairs names and figures, one after the other, as no fact of *bases* does that pairs them all.

    *Beth Anar received 11 liters and Ostrel 13*, of a fact with 13 for Beth Anar, and 11 for Ostrel.
    """
    for base in bases:
        names = [one for one in reading.names if any(one.may_be(other) for other in base.names)]
        values = {one.value for one in base.quantities if one.unit != "ordinal"}
        figures = [one for one in reading.quantities if one.value in values and one.unit != "ordinal"]
        if len({one.unit for one in figures}) > 1 and any(_is_counting(one, reading) for one in figures):
            # Three trains, and 50 minutes.
            continue
        ours = _pair_in_turn(names, figures)
        if len(ours) < _PAIRS:
            continue
        spoken = {one.value for one in figures}
        theirs = _pair_in_turn(
            [one for one in base.names if any(one.may_be(name) for name in names)],
            [one for one in base.quantities if one.value in spoken and one.unit != "ordinal"],
        )
        if len(theirs) != len(ours):
            continue
        for name, figure in ours:
            rival = next((other for one, other in theirs if one.may_be(name)), figure)
            if rival.value != figure.value and all(any(one.may_be(other) for other, _ in theirs) for one, _ in ours):
                start, end = figure.start, figure.end
                text = base.text[rival.start : rival.end]
                return (Conflict("figure", reading.text[start:end], start, end, text),)
    return ()


_PAIRS = 2
"""How many names, each with its figure, are enumerated at least."""


def _is_counting(figure: Quantity, reading: Reading) -> bool:
    """Tell whether a figure without a unit has what it counts behind it."""
    return not figure.unit and bool(
        re.match(r"\s+(?!(?:and|while|but|in|on|at|of)\b)[^\W\d_]", reading.text[figure.end :])
    )


def _pair_in_turn(names: Sequence[NameSaid], figures: Sequence[Quantity]) -> list[tuple[NameSaid, Quantity]]:
    """Return each name with its figure where they stand in turn, name and figure or figure and name; nothing otherwise."""
    if len(names) != len(figures) or len({one.key for one in names}) < len(names):
        return []
    pairs = list(zip(names, figures, strict=True))
    if len({one.unit for one in figures} - {""}) > 1:
        return []
    starts = [(name.start, figure.start) for name, figure in pairs]
    in_turn = [place for pair in starts for place in pair]
    turned = [place for one, other in starts for place in (other, one)]
    return pairs if sorted(in_turn) in (in_turn, turned) else []


def find_crossed(reading: Reading, bases: Sequence[Reading]) -> tuple[Conflict, ...]:
    """Return where two figures or two names of a sentence stand in each other's place beside the facts *bases*."""
    if len(reading.quantities) + len(reading.names) < 2:
        return ()
    own = list_slots(reading)
    theirs = [slot for base in bases for slot in list_slots(base)]
    known = {(slot.key, slot.sort) for slot in theirs}
    said = [slot for slot in own if (slot.key, slot.sort) in known][:_MOST_SLOTS]
    for one, other in combinations(said, 2):
        if one.sort != other.sort or one.key == other.key:
            continue
        straight = _measure(one, theirs, one.key) + _measure(other, theirs, other.key)
        crossed = _measure(one, theirs, other.key), _measure(other, theirs, one.key)
        is_crossed = (
            min(crossed) and sum(crossed) >= straight + 2 and (one.sort != "name" or _does_as(one, other, theirs))
        )
        if is_crossed:
            rival = max(
                (slot for slot in theirs if slot.key == other.key), key=lambda slot: len(slot.features & one.features)
            )
            return (Conflict("order", one.text, one.start, one.end, rival.text),)
    return ()


def _does_as(one: Slot, other: Slot, theirs: Sequence[Slot]) -> bool:
    """Tell whether one of two names does in a sentence what a fact says that the other does."""
    return any(
        kind == "behind"
        for mine, key in ((one, other.key), (other, one.key))
        for slot in theirs
        if slot.key == key and slot.sort == "name"
        for kind, _ in mine.features & slot.features
    )


def find_displaced(reading: Reading, bases: Sequence[Reading]) -> tuple[Conflict, ...]:
    """Return where a figure of a sentence is said of what the facts *bases* say another figure of, which it does not say."""
    if not reading.quantities:
        return ()
    own = [slot for slot in list_slots(reading) if slot.sort.startswith("figure")]
    facts = [[slot for slot in list_slots(base) if slot.sort.startswith("figure")] for base in bases]
    spoken = {slot.key for slot in own}
    for one in own:
        same_sort = [[slot for slot in fact if slot.sort == one.sort] for fact in facts]
        # Another fact may say another figure of the same.
        own_facts = [fact for fact in same_sort if any(slot.key == one.key for slot in fact)]
        alike = [slot for fact in own_facts for slot in fact if slot.key == one.key]
        rivals = [slot for fact in own_facts for slot in fact if slot.key not in spoken]
        swapped = _find_swapped(one, alike, reading, bases)
        if swapped:
            return (Conflict("order", one.phrase, one.end - len(one.phrase), one.end, swapped.phrase),)
        counted = _find_counted(one, bases, spoken) or _find_misdated(one, alike, rivals)
        if counted:
            return (Conflict("figure", one.text, one.start, one.end, counted.text),)
        if not alike or not rivals or max(len(one.features & slot.features) for slot in alike):
            continue
        if not any(kind in ("behind", "act") for slot in alike for kind, _ in slot.features):
            # Three of those, or three alone: what it counts is said elsewhere.
            continue
        rivals = [slot for slot in rivals if not _is_other_end(one, slot)]
        best = max(rivals, key=lambda slot: _count_words(one, slot), default=one)
        if best is not one and _count_words(one, best):
            return (Conflict("figure", one.text, one.start, one.end, best.text),)
    return ()


def _find_counted(one: Slot, bases: Sequence[Reading], spoken: Set[object]) -> Slot | None:
    """Return the figure, none of those *spoken*, by which a fact counts what a sentence counts by *one*, which in the fact counts
    something else."""
    counted = _find_behind(one)
    for base in bases if counted else ():
        figures = [slot for slot in list_slots(base) if slot.sort == one.sort]
        own = [slot for slot in figures if slot.key == one.key]
        if any(counted & _find_behind(slot) for slot in own):
            return None
        rivals = [slot for slot in figures if slot.key not in spoken and counted & _find_behind(slot)]
        if own and rivals and all(_is_of_its_own(base.text[slot.end :]) for slot in own):
            return rivals[0]
    return None


def _find_misdated(one: Slot, alike: Sequence[Slot], rivals: Sequence[Slot]) -> Slot | None:
    """Return the figure that a fact gives for the date of *one*, which it gives for another date: 41 in 2019, 27 in 2022."""
    own, theirs = _find_date(one), [_find_date(slot) for slot in alike]
    if not own or any(date is None or _may_be_one(own, date) for date in theirs):
        return None
    return next((slot for slot in rivals if _find_date(slot) == own), None)


_COUNTS = ("figure ", "figure percent")
"""Sorts of figures that count something, which stands with them unless it is said elsewhere."""


def _is_other_end(one: Slot, other: Slot) -> bool:
    """Tell whether one figure is where a change ends, and the other where it begins: fell *to* 61, down *from* 66."""
    ways = [{value for kind, value in slot.features if kind == "by"} & {"from", "to"} for slot in (one, other)]
    return bool(ways[0]) and bool(ways[1]) and ways[0] != ways[1]


def _find_date(slot: Slot) -> _Month | None:
    return next((value for kind, value in slot.features if kind == "date" and isinstance(value, tuple)), None)


def _may_be_one(one: _Month, other: _Month) -> bool:
    """Tell whether two dates agree as far as both go."""
    return all(ours is None or theirs is None or ours == theirs for ours, theirs in zip(one, other, strict=True))


def _find_behind(slot: Slot) -> set[object]:
    return {root for kind, root in slot.features if kind == "behind"}


def _list_things_behind(behind: str) -> set[object]:
    """Return the roots of what stands *behind* a figure that counts it: 148 *care homes* are homes."""
    match = re.match(r"(?:\s+[^\W\d_]+){1,3}", behind)
    words = match[0].lower().split() if match else []
    return {bare_root(word) for word in takewhile(lambda word: word not in list_stop_words(), words)}


def _is_of_its_own(behind: str) -> bool:
    """Tell whether what stands *behind* a figure begins with what it counts: 17 of the 640 cases are cases as well."""
    match = re.match(r"\s+(?!(?:in|on|at|by|as|or)\b)([^\W\d_]+)", behind)
    word = match[1].lower() if match else ""
    return not is_past(word) and count_kinds(word, "n") > 0


def _find_swapped(one: Slot, alike: Sequence[Slot], reading: Reading, bases: Sequence[Reading]) -> Slot | None:
    """Return the fact's figure that stands behind another verb than *one* does, where each text has both verbs."""
    rival = _find_other_act(one, alike, reading, bases)
    if rival:
        return rival
    # What rose to 118 may be kept 118.
    ours = {root for kind, root in one.features if kind == "verb" and root != MORE}
    theirs = {root for slot in alike for kind, root in slot.features if kind == "verb"}
    if ours & {root for slot in alike for kind, root in slot.features if kind in ("behind", "act")}:
        # Of those injured at 129: 129 injured.
        return None
    said, own = {word.root for word in reading.words}, {word.root for base in bases for word in base.words}
    if alike and theirs and not ours & theirs and _is_another_s(theirs, one, reading, bases):
        # Paid 9.4, though owed 1.1, of 1.1 paid and 9.4 owed.
        return alike[0]
    is_of_two = len(reading.quantities) > 1 or re.search(r"\b(?:one|another)\b", reading.text)
    is_swapped = is_of_two and ours and theirs and not ours & theirs and ours <= own and theirs <= said
    return alike[0] if is_swapped else None


def _is_another_s(verbs: set[object], one: Slot, reading: Reading, bases: Sequence[Reading]) -> bool:
    """Tell whether a sentence has with another figure the *verbs* that a fact has with the figure *one* alone."""
    own = [slot for slot in list_slots(reading) if slot.sort == one.sort]
    spoken = {root for slot in own if slot.key != one.key for kind, root in slot.features if kind in _GOVERNING}
    if not verbs <= spoken or any(verbs <= {root for _, root in slot.features} for slot in own if slot.key == one.key):
        return False
    known = (slot for base in bases for slot in list_slots(base) if slot.sort == one.sort and slot.key != one.key)
    return verbs.isdisjoint(root for slot in known for _, root in slot.features)


_GOVERNING = ("verb", "before")


def _find_other_act(one: Slot, alike: Sequence[Slot], reading: Reading, bases: Sequence[Reading]) -> Slot | None:
    """Return the fact's figure of those who did what *one* did in a sentence, which has that figure in another place.

    So *412 resigned and 265 were hired* is not *412 were hired and 265 resigned*.
    """
    acts = {root for kind, root in one.features if kind == "act"}
    if not acts or any(root in acts for slot in alike for _, root in slot.features):
        return None
    others = [slot for slot in list_slots(reading) if slot.sort == one.sort and slot.key != one.key]
    apart = {slot.key for slot in others if acts.isdisjoint(root for _, root in slot.features)}
    slots = (slot for base in bases for slot in list_slots(base) if slot.sort == one.sort and slot.key in apart)
    return next((slot for slot in slots if not acts.isdisjoint(_list_acts(slot))), None) if alike else None


def _list_acts(slot: Slot) -> list[object]:
    return [root for kind, root in slot.features if kind == "act"]


def _count_words(one: Slot, other: Slot) -> int:
    return sum(kind in ("before", "behind") for kind, _ in one.features & other.features)


def _measure(slot: Slot, others: Iterable[Slot], key: object) -> int:
    """Return how much of what stands around *slot* stands around that of *others* which has the *key*."""
    alike = [other for other in others if other.key == key and other.sort == slot.sort]
    return max((len(_drop_verbs(slot.features & other.features)) for other in alike), default=0)


def _drop_verbs(features: frozenset[tuple[str, object]]) -> list[tuple[str, object]]:
    """Return *features* without the verbs, which are counted as what stands before."""
    return [one for one in features if one[0] != "verb"]
