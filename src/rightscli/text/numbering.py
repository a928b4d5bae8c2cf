"""How a source numbers its passages: a number as it is printed → its position, and back."""

import re
from collections.abc import Iterable, Sequence

from rightscli.text.locators import Locator, count_roman, fold_number, list_parents, make_locator, merge_locators

_FRONT = 4000
"""Where a book's pages with Roman numbers, none of which is worth as much, stand before page 1."""
PAGES_AT_MOST = 10_000
"""The most pages of a source without passages that one locator may have."""


class Numbering:
    """The numbers of a source's passages, which are each called *unit*, in the order of the file.

    *sections* are the headings that they stand under, empty for none, and *pages* the pages that they stand on. A source
    without passages is known by its pages alone: it has any of them, and their positions are their own.
    """

    def __init__(
        self, unit: str, numbers: Sequence[str], *, sections: Sequence[str] = (), pages: Sequence[str] = ()
    ) -> None:
        self.unit = unit
        self.numbers = numbers
        self.sections = sections
        self.pages = pages
        self._known: dict[str, Locator] | None = None

    @property
    def is_plain(self) -> bool:
        """Whether the numbers are 1, 2, 3 …, so that each is its position."""
        return all(number == str(position) for position, number in enumerate(self.numbers, start=1))

    def locate(self, first: str, last: str = "") -> Locator | None:
        """Return the place from the number *first* to *last*, in any case; None where one of them is not there.

        A parent stands for its parts, unless it is a passage itself. The last may stand before the first: then it is a
        locator that has no positions.
        """
        start, end = self._find(first), self._find(last or first)
        if start is None or end is None:
            return None
        text = str(start) if not last or str(start) == str(end) else f"{start}-{end}"
        return make_locator(start.first, end.last, text)

    def _find(self, number: str) -> Locator | None:
        if not self.numbers:
            return _find_page(number)
        if number.isascii() and number.isdecimal() and len(number) < 10:
            position = int(number)
            if 0 < position <= len(self.numbers) and self.numbers[position - 1] == str(position):
                return Locator(position, position)
        if self._known is None:
            self._known = _index_numbers(self.numbers)
        return self._known.get(fold_number(number))

    def locate_positions(self, first: int, last: int) -> Locator:
        """Return the place from one position to another."""
        if not self.numbers:
            return Locator(first, last)
        one, other = self.numbers[first - 1], self.numbers[last - 1]
        return make_locator(first, last, one if first == last else f"{one}-{other}")

    def locate_pages(self, first: str, last: str = "") -> list[Locator]:
        """Return the passages that stand on the pages from *first* to *last*, by what the passages themselves say."""
        wanted = _span_pages(first, last or first)
        spans = [_span_pages(*_part_range(page)) if page else None for page in self.pages]
        found = [
            position
            for position, span in enumerate(spans, start=1)
            if span and wanted and span[0] <= wanted[1] and wanted[0] <= span[1]
        ]
        return [self.locate_positions(position, position) for position in found]

    def show_pages(self, locators: Iterable[Locator]) -> tuple[Locator, ...]:
        """Return the pages that *locators* stand on, ascending, as a source that is cited by page is cited."""
        shown = []
        for locator in locators:
            ends = [_part_range(self.pages[position - 1]) for position in (locator.first, locator.last)]
            first, last = _find_page(ends[0][0]), _find_page(ends[1][1])
            if first and last:
                text = str(first) if first == last else f"{first}-{last}"
                shown.append(make_locator(first.first, last.last, text))
        return merge_locators(shown)

    def name_range(self) -> str:
        """Return the numbers that there are: ``paragraphs 1-23``, ``article 1 alone``, ``pages such as 9 or ix``."""
        if not self.numbers:
            return f"{self.unit}s such as 9 or ix"
        first, last = self.numbers[0], self.numbers[-1]
        return f"{self.unit} {first} alone" if len(self.numbers) == 1 else f"{self.unit}s {first}-{last}"


def _part_range(text: str) -> tuple[str, str]:
    first, _, last = text.partition("-")
    return first, last or first


def _index_numbers(numbers: Sequence[str]) -> dict[str, Locator]:
    """Return the place of each number and of each parent, by what they are compared as."""
    known: dict[str, Locator] = {}
    for position, number in enumerate(numbers, start=1):
        for parent in list_parents(number):
            folded, before = fold_number(parent), known.get(fold_number(parent))
            if before is None:
                known[folded] = Locator(position, position, parent)
            elif before.last == position - 1:
                known[folded] = before._replace(last=position)
            elif before.last < position - 1:
                # Its parts do not follow each other, so that no range is all of them, and nothing else.
                known[folded] = before._replace(last=-1)
    own = {fold_number(number): make_locator(at, at, number) for at, number in enumerate(numbers, start=1)}
    return {name: place for name, place in known.items() if place.last > 0} | own


def _find_page(number: str) -> Locator | None:
    """Return a page's place by its number, decimal or Roman, in a source whose pages nobody has listed."""
    if re.fullmatch("[1-9][0-9]{0,8}", number):
        return Locator(int(number), int(number))
    roman = count_roman(number)
    return Locator(roman - _FRONT, roman - _FRONT, number.lower()) if roman else None


def is_page(text: str) -> bool:
    """Tell whether *text* is the number of a page, or a range of them that does not run backwards."""
    span = _span_pages(*_part_range(text))
    return span is not None and span[0] <= span[1]


def _span_pages(first: str, last: str) -> tuple[int, int] | None:
    one, other = _find_page(first), _find_page(last)
    return (one.first, other.last) if one and other else None
