"""Whose a thing is: two owners that have changed places, *the navy of Dorassa* for *Suvarra's navy*."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING

from rightscli.check.stated.clues import Conflict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rightscli.check.stated.clues import Reading
    from rightscli.check.stated.names import NameSaid


def find_other_owner(reading: Reading, bases: Sequence[Reading]) -> tuple[Conflict, ...]:
    """Return where a sentence gives each of two things to the one whom a fact of *bases* gives the other, as one conflict."""
    ours = _list_owned(reading)
    for base in bases if len(ours) > 1 else ():
        theirs = _list_owned(base)
        shared = [thing for thing in ours if thing in theirs]
        for one in shared:
            for other in shared:
                if one != other and _is_turned(ours[one], ours[other], theirs[one], theirs[other]):
                    said, own = ours[one], theirs[one]
                    return (
                        Conflict(
                            "order",
                            reading.text[said.start : said.end],
                            said.start,
                            said.end,
                            base.text[own.start : own.end],
                        ),
                    )
    return ()


def _is_turned(one: NameSaid, other: NameSaid, own: NameSaid, rival: NameSaid) -> bool:
    """Tell whether two names stand for each other's, and not for themselves."""
    is_crossed = one.may_be(rival) and other.may_be(own)
    return is_crossed and not one.may_be(own) and not other.may_be(rival)


@lru_cache(maxsize=4096)
def _list_owned(reading: Reading) -> dict[str, NameSaid]:
    """Return the things of a text that are somebody's, by their roots: *Suvarra's navy*, *the navy of Suvarra*."""
    found: dict[str, NameSaid] = {}
    for name in reading.names:
        place = bisect_left(reading.words, name.end, key=lambda word: word.start)
        behind = reading.words[place] if place < len(reading.words) else None
        place = bisect_right(reading.words, name.start, key=lambda word: word.end)
        before = reading.words[place - 1] if place else None
        gap = reading.text[name.end : behind.start] if behind else ""
        is_owner = bool(re.fullmatch(r"(?:'s?|’s?)?\s", gap)) and (
            "'" in gap or reading.text.endswith(("'s", "s'"), 0, name.end)
        )
        if behind and is_owner:
            found.setdefault(behind.root, name)
        elif before and re.fullmatch(r"\sof\s(?:the\s)?", reading.text[before.end : name.start]):
            found.setdefault(before.root, name)
    return found
