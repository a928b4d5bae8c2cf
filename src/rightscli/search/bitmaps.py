"""Sets of facts as bitmaps: integers whose bit N is set where they hold the fact at place N.

To unite, cut and count sets of many thousand facts takes microseconds so, where Python's own sets take milliseconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


_FEW = 32
"""How many places are looked at one by one: to write a large bitmap out takes as long."""


def make_bitmap(places: Iterable[int]) -> int:
    """Return the bitmap of *places*, in whatever order."""
    places = tuple(places)
    packed = bytearray((max(places, default=0) >> 3) + 1)
    for place in places:
        packed[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(packed, "little")


def read_bitmap(bitmap: int) -> list[int]:
    """Return the places in a *bitmap*, ascending."""
    places: list[int] = []
    if bitmap.bit_count() <= _FEW:
        while bitmap:
            places.append(bitmap.bit_length() - 1)
            bitmap ^= 1 << places[-1]
        return places[::-1]
    digits = f"{bitmap:b}"[::-1]
    place = digits.find("1")
    while place >= 0:
        places.append(place)
        place = digits.find("1", place + 1)
    return places


def pick_places(bitmap: int, places: Sequence[int]) -> list[int]:
    """Return those of *places* that are in a *bitmap*, in their order."""
    if len(places) <= _FEW:
        return [place for place in places if bitmap >> place & 1]
    packed = bitmap.to_bytes((max(bitmap.bit_length(), *places) >> 3) + 1, "little")
    return [place for place in places if packed[place >> 3] >> (place & 7) & 1]


def unite_bitmaps(bitmaps: Iterable[int]) -> int:
    """Return the bitmap of all places that are in any of *bitmaps*."""
    united = 0
    for bitmap in bitmaps:
        united |= bitmap
    return united
