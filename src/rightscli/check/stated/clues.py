"""What a text says that can be compared: its roots with their signs, its names, quantities and dates."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rightscli.check.stated.company import PRONOUNS
from rightscli.check.stated.lexicon import map_phrasal_verbs
from rightscli.check.stated.names import Names, NameSaid, find_names
from rightscli.check.stated.quantities import Quantity, find_quantities
from rightscli.check.stated.roots import (
    TOKEN,
    bare_root,
    fold_word,
    is_light,
    list_opposed_roots,
    root_word,
)
from rightscli.check.stated.signs import find_signs, pair_gaps
from rightscli.check.stated.thesaurus import count_kinds
from rightscli.text.dates import DateMention, find_dates, overlaps_any, share_year
from rightscli.text.figures import straighten_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_STOPS = frozenset("stop stops stopped stopping".split())


class WordSaid(NamedTuple):
    """A word that says something: the *root* it is compared by, its *sign* (-1 negated, 0 an aside), its place in the text."""

    root: str
    sign: int
    start: int
    end: int


class KeySaid(NamedTuple):
    """A word's root, or a name's key behind ``=``, and where it stands."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What a text says: *words* and *names* in order; *negations* as the places in the text that each one reaches.

    *signs* are those of the roots; 0 for an aside, and for a root that is both affirmed and negated. *years_before* are those
    that the paragraph has named before it. A reading is equal to itself alone, so that what is found out about it can be kept.
    """

    text: str
    words: tuple[WordSaid, ...]
    names: tuple[NameSaid, ...]
    quantities: tuple[Quantity, ...]
    dates: tuple[DateMention, ...]
    negations: tuple[tuple[int, int], ...]
    signs: Mapping[str, int]
    years_before: frozenset[int] = frozenset()

    def list_keys(self, *, light: bool = True) -> tuple[KeySaid, ...]:
        """Return what the text says that can be told apart by a key, its words and names, in order.

        Without *light*, the words are left out that assert nothing by themselves.
        """
        return _list_keys_said(self, light=light)

    def near(self, start: int, end: int, *, reach: int = 3) -> frozenset[str]:
        """The roots of the nearest words after *end*, and of the nearest before *start*."""
        after = bisect_left(self.words, end, key=lambda word: word.start)
        before = bisect_right(self.words, start, key=lambda word: word.end)
        near = (*self.words[max(0, before - 2) : before], *self.words[after : after + reach])
        return frozenset(word.root for word in near)


@lru_cache(maxsize=1024)
def _list_keys_said(reading: Reading, *, light: bool) -> tuple[KeySaid, ...]:
    words = [
        KeySaid(word.root, word.start, word.end)
        for word in reading.words
        if light or not is_light(reading.text[word.start : word.end])
    ]
    names = [KeySaid(f"={name.key}", name.start, name.end) for name in reading.names]
    return tuple(sorted([*words, *names], key=lambda one: one.start))


def tell_form(word: WordSaid, reading: Reading) -> int:
    """Return -1 for a word that is by itself the bad one of two opposites: *fallen*; whatever is denied of it."""
    return root_word(reading.text[word.start : word.end])[1]


@dataclass(frozen=True, slots=True)
class Conflict:
    """One clue that differs: its *kind*, what the sentence *said* at ``sentence[start:end]``, what the *base* says.

    *kind* is ``figure``, ``date``, ``person``, ``country``, ``institution`` or ``negation``.
    """

    kind: str
    said: str
    start: int
    end: int
    base: str


def state_conflict(
    kind: str,
    reading: Reading,
    said: Quantity | DateMention | NameSaid | WordSaid,
    base: Reading,
    rival: Quantity | DateMention | NameSaid | WordSaid,
) -> Conflict:
    """Return the conflict of two clues, in the words of both sides."""
    text = base.text[rival.start : rival.end]
    return Conflict(kind, reading.text[said.start : said.end], said.start, said.end, text)


_TITLE = r"(?:Report|Index|Survey|Yearbook|Review|Atlas),?\s$"


def _is_of_title(text: str, date: DateMention) -> bool:
    """Tell whether a bare year ends a title."""
    return bool(not date.month and re.search(_TITLE, text[max(0, date.start - 12) : date.start]))


def _is_degree(words: list[str], place: int) -> bool:
    """Tell whether the word at *place* says how much, not how many: ``the most repressive``, ``few … are as repressive as``."""
    if words[place] == "most":
        before = words[place - 1] if place else ""
        return words[place + 1 : place + 2] != ["of"] and before in _WHOLES_OF_MOST
    return words[place] == "few" and "as" in words[place + 1 : place + 7][:-1]


_WHEN = r"(?i)\b(?:after|before|since|upon|on|while|in|into) $"
"""Before a gerund: *after closing it* says when, and *into hiding* where to; neither turns anything."""
_FOLLOWING = r"(?i)\b(?:following|next)\s$"
_DEGREES = ("most", "few")
_WHOLES_OF_MOST = ("the", "world", "earth", "globe", "country", "nation")


def _is_counted(text: str, start: int, word: str, quantities: Sequence[Quantity]) -> bool:
    """Tell whether the *word* at *start* is the plural that a count stands before."""
    if not word.endswith("s") or word.endswith("ss"):
        return False
    return any(one.end == start - 1 and one.unit == "" and one.value > 1 for one in quantities)


def _list_taken(spans: Sequence[tuple[int, int]], clues: Iterable[NameSaid | DateMention | Quantity]) -> frozenset[int]:
    """Return which of the words at *spans* are parts of *clues*."""
    return frozenset(
        place
        for clue in clues
        for place in range(bisect_left(spans, (clue.start, 0)), bisect_left(spans, (clue.end, 0)))
    )


def _sum_signs(words: Iterable[WordSaid]) -> dict[str, int]:
    signs: dict[str, int] = {}
    for word in words:
        signs[word.root] = word.sign if signs.get(word.root, word.sign) == word.sign else 0
    return signs


def _pair_phrasal_verbs(words: Sequence[str]) -> tuple[set[int], dict[int, str]]:
    """Return where phrasal verbs begin, and where they end, with the word that they stand for."""
    phrasal = map_phrasal_verbs()
    opened: set[int] = set()
    meant: dict[int, str] = {}
    for place, word in enumerate(words[:-1]):
        last = place + 2 if words[place + 1] in PRONOUNS and place + 2 < len(words) else place + 1
        if pair := phrasal.get((word, words[last])):
            opened.add(place)
            meant[last] = pair
    return opened, meant


def _find_other_word(words: Sequence[str], place: int) -> str | None:
    """Return the word that the one at *place* stands for; None where that is itself."""
    if words[place] in _STOPS and not "".join(words[place + 1 : place + 2]).endswith("ing"):
        # To stop someone is to prevent; to stop doing is not to go on.
        return "prevent"
    if words[place].startswith("maintain") and words[place + 1 : place + 2] == ["that"]:
        # To maintain that it is so is to say so, and keeps nothing.
        return "said"
    # What is against the law is not lawful.
    return "lawful" if words[place] == "law" and words[max(0, place - 2) : place] == ["against", "the"] else None


@lru_cache(maxsize=4096)
def read_statement(text: str, known: Names) -> Reading:
    """Return what *text*, one sentence or claim, says; the reading's text is straightened."""
    text = straighten_text(text)
    spans = [match.span() for match in re.finditer(TOKEN, text)]
    words = [fold_word(text[start:end]) for start, end in spans]
    dates = find_dates(text)
    quantities = find_quantities(text, dates)
    counted = [(one.start, one.end) for one in quantities if one.unit != "ordinal"]
    names = tuple(
        name for name in find_names(text, spans, words, known) if not overlaps_any(counted, name.start, name.start + 1)
    )
    signs, reaches = find_signs(words, pair_gaps(text, spans))
    taken = _list_taken(spans, (*names, *dates, *quantities))
    told: list[WordSaid] = []
    opposed = list_opposed_roots()
    opened, meant = _pair_phrasal_verbs(words)
    for place, (start, end) in enumerate(spans):
        word = words[place]
        if place in taken or (word in ("least", "most") and words[place - 1 : place] == ["at"]):
            continue
        pair = meant.get(place)
        if place in opened or (word in _DEGREES and _is_degree(words, place)):
            continue
        pair = pair or _find_other_word(words, place)
        root, sign = root_word(pair or text[start:end])
        if root:
            if sign < 0 or root in opposed:
                # Somebody's rise is no rise in a figure; what is counted, *two blocks*, is a thing.
                is_thing = text.endswith(("'s ", "’s "), 0, start) or _is_counted(text, start, word, quantities)
                # What is closed after opening it is closed; to go into hiding hides nothing.
                is_thing = is_thing or (
                    word.endswith("ing") and bool(re.search(_WHEN, text[max(0, start - 12) : start]))
                )
                if word == "free" and words[place + 1 : place + 2] and count_kinds(words[place + 1], "n"):
                    # Free speech sets nobody free.
                    root, sign = bare_root(word), 1
                sign = 0 if is_thing else sign
            # Two words that stand for one begin with the first.
            first = next((one for one in range(max(0, place - 2), place) if one in opened), place) if pair else place
            told.append(WordSaid(root, sign * signs[place], spans[first][0], end))
    negations = tuple(
        (spans[first][0], spans[min(last, len(spans)) - 1][1]) for first, last in reaches if first < len(spans)
    )
    own = tuple(date for date in dates if not _is_of_title(text, date))
    # The following April is of no year that stands before it.
    alone = {date.start: date for date in own if re.search(_FOLLOWING, text[max(0, date.start - 16) : date.start])}
    dates = tuple(alone.get(date.start, date) for date in share_year(text, own))
    return Reading(text, tuple(told), names, quantities, dates, negations, _sum_signs(told))
