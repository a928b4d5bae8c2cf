"""What stands at the edges of pages and is no running text: page numbers, and heads that come again or count with the pages."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile
from math import inf

from rightscli.text.folding import normalise_text

_DEPTH = 3
"""How many lines at a page's edge may be a running heading and the like."""
_LENGTH = 100
"""The longest of them, in characters."""
_PAGE_NUMBER = re.compile(
    r"[^\w.,;:]*(?:page\s+)?(?:\d{1,4}|[ivxl]{1,7})(?:\s*(?:of|/)\s*\d{1,4})?[^\w.,;:]*", re.IGNORECASE
)
# The last line of a paragraph, which may be one word, may stand at the edges of two pages.
_STOP = re.compile(r"\w[.!?][\"')\]]*\Z")
_OUTER_NUMBER = re.compile(r"(\d{1,4})(?=\s)|.*\s(\d{1,4})\Z", re.DOTALL)


def list_furniture(lines: Sequence[str], page_tops: frozenset[int]) -> frozenset[int]:
    """Return which *lines* are page numbers, or stand beside them or beside a page's edge and come again at others.

    So do those whose first or last number counts with the pages. *page_tops* are the lines that begin a page.
    """
    filled = [number for number, line in enumerate(lines) if line]
    numbers = {number for number in filled if len(lines[number]) < 30 and _PAGE_NUMBER.fullmatch(lines[number])}
    edges = [bisect_left(filled, top) for top in sorted(page_tops)]
    edges += [place + after for place, number in enumerate(filled) if number in numbers for after in (0, 1)]
    if page_tops:
        edges += [0, len(filled)]
    # From each edge inwards, on both sides: what stands behind a line of the text is of the text.
    sides = [
        side for edge in edges for side in (filled[edge : edge + _DEPTH], filled[max(edge - _DEPTH, 0) : edge][::-1])
    ]
    near = {number for side in sides for number in side if len(lines[number]) <= _LENGTH}
    keys = {number: re.sub(r"\d+", "", normalise_text(lines[number])).casefold() for number in near}
    counts = Counter(keys.values())
    pages = max(len(page_tops), len(numbers))
    # One set for all sides: each of them would keep its own.
    furniture = numbers | {number for number, key in keys.items() if counts[key] >= _count_enough(key, pages)}
    furniture |= _list_counting(lines, near, sorted(page_tops))
    peeled = (takewhile(furniture.__contains__, side) for side in sides)
    return frozenset(numbers).union(*peeled)


def _count_enough(key: str, pages: int) -> float:
    """Return how often a line comes at the edges of *pages* that is a head; *key* is it without its digits."""
    if not any(sign.isalpha() for sign in key):
        return inf
    return max(3, pages // 2) if _STOP.search(key) else max(2, pages // 3)


def _list_counting(lines: Sequence[str], near: set[int], tops: Sequence[int]) -> set[int]:
    """Return the lines that begin or end with a number which counts with the pages: a head that changes with its chapter."""
    steps = {(number, value - page) for number, page, value in _list_outer_numbers(lines, near, tops)}
    counts = Counter(step for _, step in steps)
    enough = max(3, len(tops) // 3)
    return {number for number, step in steps if counts[step] >= enough}


def _list_outer_numbers(lines: Sequence[str], near: set[int], tops: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Yield the lines at the edges of pages that begin or end with a number: the line, its page, the number."""
    for number in near if tops else ():
        if found := _OUTER_NUMBER.match(lines[number]):
            yield number, bisect_right(tops, number), int(found[1] or found[2])
