"""Where passages of a copy stand, to be asked many times: which lie between two others, which begin or end alike."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from rightscli.copies.pages import Spot, Stretch

_KEY = 12
"""How many characters of an end passages are listed by: more hardly part them better."""


class Neighbours:
    """What is found of *count* paragraphs, which stand one after the other: each question and each answer costs log(count).

    *last* is where the copy ends.
    """

    def __init__(self, count: int, last: Spot) -> None:
        self._count = count
        # Fenwick's trees: of the ends of those before, and of the starts of those after.
        self._ends: list[Spot] = [(0, 0)] * (count + 1)
        self._starts: list[Spot] = [last] * (count + 1)

    def add(self, position: int, stretch: Stretch) -> None:
        """Say where the paragraph at *position*, from 1, stands."""
        place = position
        while place <= self._count:
            self._ends[place] = max(self._ends[place], stretch.end)
            place += place & -place
        place = self._count + 1 - position
        while place <= self._count:
            self._starts[place] = min(self._starts[place], stretch.start)
            place += place & -place

    def find_window(self, position: int) -> tuple[Spot, Spot]:
        """Return where what stands before the paragraph at *position* ends, and where what stands after it starts."""
        after, before = self._ends[0], self._starts[0]
        place = position - 1
        while place > 0:
            after = max(after, self._ends[place])
            place -= place & -place
        place = self._count - position
        while place > 0:
            before = min(before, self._starts[place])
            place -= place & -place
        return after, before


class Candidates:
    """The passages of a copy that may be paragraphs, in their order; *normal* are their normalised texts."""

    def __init__(self, stretches: Sequence[Stretch], normal: Sequence[str]) -> None:
        self.stretches = stretches
        self.normal = normal
        self._starts = [stretch.start for stretch in stretches]
        self._ends = [stretch.end for stretch in stretches]
        self._listed: dict[tuple[bool, int], dict[str, list[int]]] = {}

    def list_between(self, after: Spot, before: Spot) -> range:
        """Return the places of the passages that lie between two spots."""
        return range(bisect_left(self._starts, after), bisect_right(self._ends, before))

    def list_alike(self, begins: str, ends: str, within: range) -> list[int]:
        """Return the places *within* others of the passages that begin with *begins* or end with *ends*, ascending."""
        found = self._list_keyed(begins, is_head=True, within=within) + self._list_keyed(
            ends, is_head=False, within=within
        )
        return sorted(set(found))

    def _list_keyed(self, part: str, *, is_head: bool, within: range) -> list[int]:
        if not part or not within:
            return []
        length = min(len(part), _KEY)
        listed = self._listed.get((is_head, length))
        if listed is None:
            listed = self._listed[is_head, length] = {}
            for place, text in enumerate(self.normal):
                listed.setdefault(text[:length] if is_head else text[-length:], []).append(place)
        places = listed.get(part[:length] if is_head else part[-length:], [])
        near = places[bisect_left(places, within.start) : bisect_left(places, within.stop)]
        return [
            place for place in near if (self.normal[place].startswith if is_head else self.normal[place].endswith)(part)
        ]
