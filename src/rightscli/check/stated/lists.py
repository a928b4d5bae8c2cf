"""Enumerations in quotation marks: whether a sentence has another member in a list that it has from a fact."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

from rightscli.check.stated.clues import Conflict
from rightscli.check.stated.roots import fold_word
from rightscli.check.stated.sorts import find_sorts
from rightscli.check.stated.thesaurus import are_kin, find_meaning

if TYPE_CHECKING:
    from rightscli.check.stated.clues import KeySaid, Reading

_MEMBER = r"[\"'“‘]?(?:(?:the|an?|its|their|his|her|with|by|in|of|to|for) )?[\w'-]+(?: [\w'-]+){0,2}?[\"'”’]?"
_LIST = rf"(?i)(?<!\w){_MEMBER}(?:[,;][\"'”’]? {_MEMBER})+?,?[\"'”’]? (?:and|or) {_MEMBER}(?![\w'-])"
_QUOTED = r"[\"“'‘](?=\w)"
_LEAST = 3
"""How many members a list has at least that is compared."""

_Member = tuple["KeySaid", ...]


def compare_lists(reading: Reading, base: Reading) -> tuple[Conflict, ...]:
    """Return where a list of a sentence has one member that none of the fact *base* is, in the place of one, and all others."""
    found = []
    for said, own in product(_list_members(reading), _list_members(base)):
        if len(said) != len(own):
            continue
        strange = [one for one in said if not any(_are_alike(one, other, reading, base) for other in own)]
        unsaid = [other for other in own if not any(_are_alike(one, other, reading, base) for one in said)]
        if len(strange) == len(unsaid) == 1 and not _stands_in(strange[0], base) and not _stands_in(unsaid[0], reading):
            (one,), (other,) = strange, unsaid
            start, end = one[0].start, one[-1].end
            found.append(
                Conflict("member", reading.text[start:end], start, end, base.text[other[0].start : other[-1].end])
            )
    return tuple(found[:1])


@lru_cache(maxsize=4096)
def _list_members(reading: Reading) -> tuple[tuple[_Member, ...], ...]:
    """Return the enumerations of a text, each as its members, these as what they say."""
    if not re.search(r"[,;][\"'”’]? .*\b(?:and|or) ", reading.text):
        return ()
    keys = reading.list_keys(light=False)
    found = []
    for match in re.finditer(_LIST, reading.text):
        places = [match.start()]
        places += [match.start() + joint.start() for joint in re.finditer(r"[,;][\"'”’]? |,? (?:and|or) ", match[0])]
        members = []
        for first, last in zip(places, [*places[1:], match.end()], strict=True):
            member = tuple(one for one in keys if first <= one.start < last)
            if member:
                members.append(member)
        if len(members) >= _LEAST and len(re.findall(_QUOTED, match[0])) >= _LEAST:
            found.append(tuple(members))
    return tuple(found)


def _are_alike(one: _Member, other: _Member, reading: Reading, base: Reading) -> bool:
    """Tell whether two members have a word in common, or two that mean the same."""
    if {key.key for key in one} & {key.key for key in other}:
        return True
    if _name_sorts(one, reading) & _name_sorts(other, base):
        return True
    ours, theirs = (
        [find_meaning(fold_word(text.text[key.start : key.end])) for key in side]
        for side, text in ((one, reading), (other, base))
    )
    return any(are_kin(said, own) for said, own in product(ours, theirs))


def _name_sorts(member: _Member, reading: Reading) -> set[tuple[int, str]]:
    return {(sort.row, sort.member) for sort in find_sorts(reading.text[member[0].start : member[-1].end])}


def _stands_in(member: _Member, reading: Reading) -> bool:
    return not {key.key for key in member}.isdisjoint(one.key for one in reading.list_keys())
