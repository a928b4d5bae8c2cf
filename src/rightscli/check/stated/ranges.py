"""Figures that differ, told with the whole range that they belong to and its unit: *three to six weeks*, not *three*."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from rightscli.text.figures import find_figures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rightscli.check.stated.clues import Conflict

_JOINT = r"[\s-](?:to|or|through|until)[\s-]|\s?[-–—]{1,2}\s?|\sand\s"
_UNIT = r"(?:\s?[%‰°]|[\s-]?(?!(?:to|and|or|of|in|for|on|at|by|from|with|per)\b)[^\W\d_]+)?"


def list_ranges(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each range of two figures stands, with its unit: *between 3 and 6 months* from its first figure on."""
    for left, right in pairwise(find_figures(text)):
        between = text[left.end : right.start]
        is_joined = re.fullmatch(_JOINT, between) is not None
        if is_joined and ("and" not in between or re.search(r"(?i)\bbetween\s$", text[: left.start])):
            unit = re.match(_UNIT, text[right.end :])
            yield left.start, right.end + (unit.end() if unit else 0)


def join_ranges(conflicts: Iterable[Conflict], sentence: str, base: str) -> tuple[Conflict, ...]:
    """Return *conflicts* of *sentence* with the fact whose claim is *base*, those over one range as one, each side whole.

    What another tells as well, in more words, is left out: *once* beside *once a year*.
    """
    joined: dict[tuple[str, int, int], Conflict] = {}
    conflicts = tuple(conflicts)
    has_figure = any(one.kind == "figure" for one in conflicts)
    spans = (tuple(list_ranges(sentence)), tuple(list_ranges(base))) if has_figure else ((), ())
    for one in conflicts:
        ours, theirs = spans if one.kind == "figure" else ((), ())
        said = next((span for span in ours if span[0] <= one.start and one.end <= span[1]), None)
        own = next((span for span in theirs if one.base in base[slice(*span)]), None)
        if said and own and sentence[slice(*said)] != base[slice(*own)]:
            whole = replace(one, said=sentence[slice(*said)], start=said[0], end=said[1], base=base[slice(*own)])
            joined.setdefault((one.kind, *said), whole)
        else:
            joined[one.kind, one.start, one.end] = one
    told = _list_told(joined.values())
    return tuple(one for one in joined.values() if one not in told)


def _list_told(conflicts: Iterable[Conflict]) -> set[Conflict]:
    """Return those of *conflicts* that another tells."""
    told: set[Conflict] = set()
    around: list[Conflict] = []
    for one in sorted(conflicts, key=lambda one: (one.start, -one.end)):
        around = [other for other in around if other.end >= one.end]
        if any(_is_told_by(other, one) for other in around):
            told.add(one)
        around.append(one)
    return told


def _is_told_by(other: Conflict, one: Conflict) -> bool:
    """Tell whether *other* holds what *one* says on either side, and more."""
    is_longer = one.end - one.start < other.end - other.start
    # Two things that have changed places are one fault, whichever of them each names in the fact.
    is_alike = one.base in other.base or one.kind == other.kind == "order"
    return is_longer and is_alike and other.start <= one.start and one.end <= other.end
