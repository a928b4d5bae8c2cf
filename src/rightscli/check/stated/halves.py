"""Whether the two halves of a sentence tell of two things what a fact tells of them the other way round."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice, pairwise, permutations
from typing import TYPE_CHECKING, NamedTuple

from rightscli.check.stated.clues import Conflict
from rightscli.check.stated.roots import fold_word
from rightscli.check.stated.thesaurus import is_inflected, is_verb

if TYPE_CHECKING:
    from collections.abc import Set

    from rightscli.check.stated.clues import Reading

_AGAINST = r"\b(?:while|whereas|but|though|although)\b"
_JOINTS = rf",(?= )|\band\b|{_AGAINST}"
_PLAIN = (",", "and")
"""Joints that list as well as set against each other."""
_SHARED = 2
"""How many things each half must share with a sentence, at least, to be held against its halves."""

_ASIDE = r", (?:which|who|whose|where|when|an?|[a-z]+ed) [^,]*(?=, (?!and\b|but\b|while\b|whereas\b))"
_BETWEEN = r"(?i)\bbetween\s+[^,;:]{1,24}$"
_MOST = 12
"""How many joints are tried: a sentence of more is a list."""

_OBJECT = r"\s+(?:the|an?|its|their|his|her)\s+|\s+"
_PASSIVE = r"\s+(?:was|were|is|are|has been|have been|had been)\s+"

Span = tuple[int, int]


class Halves(NamedTuple):
    """A text parted at a joint: what is said only before it, only behind it; *plain*: the joint may be that of a list."""

    first: dict[object, Span]
    second: dict[object, Span]
    plain: bool


def compare_halves(reading: Reading, base: Reading) -> tuple[Conflict, ...]:
    """Return where a sentence says of each of two what the fact *base* says of the other: officers drank this, fishers that."""
    return _compare_deeds(reading, base) or _compare_joined(reading, base)


def find_other_half(reading: Reading, base: Reading) -> str:
    """Return whom a sentence names of one half of a fact that sets two against each other, and tells what the other half says."""
    if re.search(rf"(?i){_AGAINST}", reading.text):
        # It tells of both.
        return ""
    keys = {key: (start, end) for key, start, end in _place_keys(reading)}
    for halves in _list_halves(base):
        for named, told in ((halves.first, halves.second), (halves.second, halves.first)):
            names = [key for key in named if _is_name(key)]
            if halves.plain or not names or not any(map(_is_name, told)):
                continue
            said = [key for key in names if key in keys]
            own, others = ({key for key in half if key in keys and isinstance(key, str)} for half in (named, told))
            is_of_other = len(others) >= max(_SHARED, 1 + len(own.difference(names))) and not any(map(_is_name, others))
            if said and is_of_other:
                return reading.text[slice(*keys[said[0]])]
    return ""


def _is_name(key: object) -> bool:
    return isinstance(key, str) and key[:1] == "="


def _compare_deeds(reading: Reading, base: Reading) -> tuple[Conflict, ...]:
    """Return where two deeds are done to each other's people, beside the fact *base*: acquitted one, sentenced the other."""
    done = _list_deeds(base)
    verbs, people = ({deed[side] for deed in done} for side in (0, 1))
    ours = [(deed, span) for deed, span in _list_deeds(reading).items() if deed[0] in verbs and deed[1] in people]
    for ((verb, one), span), ((other_verb, other), _) in permutations(ours, 2):
        is_turned = verb != other_verb and one != other and {(verb, other), (other_verb, one)} <= done.keys()
        if is_turned and not {(verb, one), (other_verb, other)} & done.keys():
            return (Conflict("order", reading.text[slice(*span)], *span, base.text[slice(*done[verb, other])]),)
    return ()


@lru_cache(maxsize=4096)
def _list_deeds(reading: Reading) -> dict[tuple[str, str], Span]:
    """Return the verbs of a text, each with whom or what it is done to, in the active as in the passive, and where both stand."""
    found: dict[tuple[str, str], Span] = {}
    for one, other in pairwise(reading.list_keys()):
        between = reading.text[one.end : other.start].lower()
        if re.fullmatch(_OBJECT, between) and _is_deed(reading.text[one.start : one.end]):
            found.setdefault((one.key, other.key), (one.start, other.end))
        elif re.fullmatch(_PASSIVE, between) and _is_deed(reading.text[other.start : other.end]):
            found.setdefault((other.key, one.key), (one.start, other.end))
    return found


def _is_deed(word: str) -> bool:
    """Tell whether a word of a text may be a verb in the past; the thesaurus does not know all (*acquitted*)."""
    said = fold_word(word)
    return said.endswith("ed") or (is_inflected(said) and is_verb(said))


def _compare_joined(reading: Reading, base: Reading) -> tuple[Conflict, ...]:
    keys = _list_half_keys(reading)
    others = [one for one in _list_halves(base) if _share_halves(keys, one)]
    for ours in _list_halves(reading) if others else ():
        shared = ours.first.keys() | ours.second.keys()
        theirs = [one for one in others if _share_halves(shared, one)]
        if any(_is_straight(ours, one) for one in theirs):
            continue
        for one in theirs:
            turned = _find_turned(ours, one)
            if turned:
                (start, end), other = turned
                return (Conflict("order", reading.text[start:end], start, end, base.text[slice(*other)]),)
    return ()


def _share_halves(keys: Set[object], halves: Halves) -> bool:
    """Tell whether each of two halves has enough of *keys*."""
    return min(len(keys & halves.first.keys()), len(keys & halves.second.keys())) >= _SHARED


@lru_cache(maxsize=4096)
def _list_half_keys(reading: Reading) -> frozenset[object]:
    return frozenset(key for key, _, _ in _place_keys(reading))


def _place_keys(reading: Reading) -> list[tuple[object, int, int]]:
    """Return the words, names, figures and dates of a text, and where each stands."""
    keys: list[tuple[object, int, int]] = [*reading.list_keys(light=False)]
    # Of 41 is of a whole, in which both halves are.
    parts = [
        one
        for one in reading.quantities
        if not re.search(r"\bof (?:the|its|their|all) $", reading.text[max(0, one.start - 12) : one.start])
    ]
    keys += [((one.value, one.unit), one.start, one.end) for one in parts]
    keys += [((one.year, one.month, one.day), one.start, one.end) for one in reading.dates]
    return keys


@lru_cache(maxsize=4096)
def _list_halves(reading: Reading) -> tuple[Halves, ...]:
    """Return a text parted at each of its semicolons, and each part between these at each of its joints."""
    keys = _place_keys(reading)
    halves = [_part_keys(keys, joint.start(), plain=True) for joint in islice(re.finditer(";", reading.text), _MOST)]
    for part in islice(re.finditer(r"[^;]+", reading.text), _MOST):
        own = [key for key in keys if part.start() <= key[1] < part.end()]
        asides = [one.span() for one in re.finditer(_ASIDE, part[0])]
        for joint in islice(re.finditer(_JOINTS, part[0]), _MOST):
            place = part.start() + joint.start()
            if any(joint.start() in (start, end) for start, end in asides):
                # The fund, which dates from 2014, paid.
                continue
            if re.search(_BETWEEN, reading.text[part.start() : place]):
                # Between 2020 and 2023: the two ends of one span.
                continue
            halves.append(_part_keys(own, place, plain=joint[0] in _PLAIN))
    return tuple(halves)


def _part_keys(keys: list[tuple[object, int, int]], place: int, *, plain: bool) -> Halves:
    """Return what stands only before a joint at *place*, and only behind it."""
    first = {key: (start, end) for key, start, end in keys if end <= place}
    second = {key: (start, end) for key, start, end in keys if start >= place}
    both = first.keys() & second.keys()
    before, behind = ({key: half[key] for key in half if key not in both} for half in (first, second))
    return Halves(before, behind, plain)


def _is_straight(ours: Halves, theirs: Halves) -> bool:
    """Tell whether nothing has changed halves, or everything has."""
    stayed = (ours.first.keys() & theirs.first.keys()) | (ours.second.keys() & theirs.second.keys())
    moved = (ours.first.keys() & theirs.second.keys()) | (ours.second.keys() & theirs.first.keys())
    return not stayed or not moved


def _find_turned(ours: Halves, theirs: Halves) -> tuple[Span, Span] | None:
    """Return what has changed halves for what, where in each half something has and something has not.

    At a joint that may be that of a list, figures of one unit, or dates, must be among these on both sides.
    """
    stayed = ours.first.keys() & theirs.first.keys(), ours.second.keys() & theirs.second.keys()
    moved = ours.first.keys() & theirs.second.keys(), ours.second.keys() & theirs.first.keys()
    if not all(stayed) or not all(moved):
        return None
    if (ours.plain or theirs.plain) and not any(_are_typed_alike(*pair) for pair in (stayed, moved)):
        return None
    kinds = {_tell_kind(key) for key in moved[0]} & {_tell_kind(key) for key in moved[1]}
    if not kinds:
        # A figure does not change places with a name.
        return None
    key, other = min(moved[0], key=lambda one: ours.first[one]), min(moved[1], key=lambda one: ours.second[one])
    return ours.first[key], theirs.first[other]


def _tell_kind(key: object) -> str:
    """Return whether a key is that of a word or a name, or a figure's or date's."""
    return "said" if isinstance(key, str) else "typed"


def _are_typed_alike(one: set[object], other: set[object]) -> bool:
    """Tell whether two sets of keys have dates, or figures of one unit, which the second of two may leave out."""
    ours, theirs = ({key[1:] for key in keys if isinstance(key, tuple)} for keys in (one, other))
    return any(
        len(key) == len(rival) and (len(key) > 1 or key == rival or ("",) in (key, rival))
        for key in ours
        for rival in theirs
    )
