"""Which lines of a PDF's pages begin a paragraph, told by where they stand; and the text in which blank lines say so.

A PDF knows characters and their places, and no paragraphs. One ends where more stands between two lines than between most, where
the next is set in, or where the next line's first word would have fitted on this one: whoever breaks lines fills them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from rightscli.drafts.furniture import list_furniture
from rightscli.text.signs import CLOSING_MARKS

_APART, _NEARLY_APART = 1.35, 1.12
"""How many times the usual distance of two lines stands between paragraphs; and between those of which one ends in a stop."""
_SET_IN = 0.5
"""How many ems the first line of a paragraph is set in at least."""
_SLACK = 0.3
"""How many ems two right edges may differ: hanging punctuation, and blanks that are stretched."""
_SMALL, _LARGE = 0.93, 1.12
"""How many times the size of the text's type that of a note is at most, and that of a heading at least."""
_SHORT = 0.15
"""How many ems the last line of a paragraph is shorter than the others of a justified text, at least."""
_JUSTIFIED = 0.6
"""How many lines of a justified text reach their right edge at least: all but headings, and the last ones of paragraphs."""
_SAMPLE = 200
_GRAIN = 4.0
"""How near left edges are taken to be one, in points."""
_STOP = re.compile(rf"[.!?:;…。！？؟][{CLOSING_MARKS})\]]*[\d⁰¹²³⁴-⁹*†‡]*\Z")
_NOTED = re.compile(r"[⁰¹²³⁴-⁹*†‡\[]|\d{1,3}\s?\D")
_LISTED = re.compile(r"[^\w\s\"'“”‘’«»(\[]\s|\(?[\w]{1,4}[.)]\s")
_BACKWARDS = re.compile("[\u0590-\u08ff]")


class PageLine(NamedTuple):
    """A line of a page: its *text*; in points, its edges and its baseline (*bottom*), from the page's lower left corner.

    *size* is that of its type, and *wide* the width of its first word.
    """

    text: str
    left: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    size: float = 0.0
    wide: float = 0.0


class _Setting(NamedTuple):
    """How a document is set: the usual *step* from line to line and *size*, and the right edge of lines by their left one.

    *is_justified* says that most lines reach it.
    """

    step: float
    size: float
    edges: dict[int, float]
    is_justified: bool = False

    def find_edge(self, line: PageLine) -> float:
        """Return the right edge of the lines that begin where *line* does, or a little before it: a first line is set in."""
        place = round(line.left / _GRAIN)
        reach = 2 * int(line.size / _GRAIN) + 1
        return max([self.edges.get(near, 0.0) for near in range(place - reach, place + 2)])


def write_pages(pages: Sequence[Sequence[PageLine]]) -> str:
    """Return the text of *pages*, a form feed between: a blank line where a paragraph ends, none where a page cuts it.

    Notes at the foot of a page stand behind the paragraph that goes on over it.
    """
    setting = _measure_setting(pages)
    lines = [line.text for page in pages for line in page]
    tops: list[int] = []
    for page in pages[:-1]:
        tops.append((tops[-1] if tops else 0) + len(page))
    furniture = list_furniture(lines, frozenset(tops))
    writer = _Writer(setting)
    number = 0
    for count, page in enumerate(pages):
        if count:
            writer.end_page()
        body = [number + place not in furniture for place in range(len(page))]
        number += len(page)
        notes = _list_notes(page, body, setting)
        for place, line in enumerate(page):
            if not body[place]:
                writer.add_furniture(line)
            else:
                below = page[place + 1] if place + 1 < len(page) and body[place + 1] else None
                writer.add_line(line, below, is_note=place in notes)
    return writer.finish()


class _Writer:
    """The text that is written; *previous* is the last line of running text, *before* the one above that in its paragraph."""

    def __init__(self, setting: _Setting) -> None:
        self._setting = setting
        self._parts: list[str] = []
        self._notes: list[str] = []
        self._waiting: list[str] = []
        self._previous: PageLine | None = None
        self._above: PageLine | None = None

    def add_line(self, line: PageLine, below: PageLine | None, *, is_note: bool) -> None:
        """Add a line of running text, above *below* on its page, or of a note."""
        if is_note:
            self._notes += ["", line.text] if _NOTED.match(line.text) or not self._notes else [line.text]
            return
        starts = self._previous is not None and _starts_paragraph(
            line, above=self._previous, before=self._above, below=below, setting=self._setting
        )
        if starts or self._previous is None:
            self._end_paragraph()
        self._parts += [*self._waiting, line.text]
        self._waiting = []
        self._above = None if starts else self._previous
        self._previous = line

    def add_furniture(self, line: PageLine) -> None:
        """Add a line that is no running text: a head, a page number."""
        self._waiting.append(line.text)

    def end_page(self) -> None:
        """Begin the next page."""
        self._waiting.append("\f")

    def finish(self) -> str:
        """Return the text."""
        self._end_paragraph()
        self._parts += self._waiting
        return "\n".join(self._parts).replace("\n\f\n", "\n\f")

    def _end_paragraph(self) -> None:
        if self._notes:
            # Before the page's end, if the paragraph ends there.
            self._parts += [*self._notes, ""]
            self._notes = []
        elif self._parts:
            self._parts.append("")
        for text in self._waiting:
            self._parts += [text] if text == "\f" else [text, ""]
        self._waiting = []


def _measure_setting(pages: Sequence[Sequence[PageLine]]) -> _Setting:
    # From so many pages of a book, over all of it: the others are set alike.
    pages = pages[:: len(pages) // _SAMPLE + 1]
    placed = [line for page in pages for line in page]
    weights: Counter[float] = Counter()
    for line in placed:
        weights[round(line.size, 1)] += len(line.text)
    size = weights.most_common(1)[0][0] if weights else 0.0
    steps = [
        above.bottom - below.bottom
        for page in pages
        for above, below in pairwise(page)
        if _is_below(below, above) and _is_near(below.size, size)
    ]
    rights: dict[int, list[float]] = {}
    for line in placed:
        rights.setdefault(round(line.left / _GRAIN), []).append(line.right)
    edges = {left: _find_right_edge(ends) for left, ends in rights.items()}
    setting = _Setting(_find_usual(steps), size, edges)
    reached = sum(line.right > setting.find_edge(line) - _SLACK * line.size for line in placed)
    return setting._replace(is_justified=reached > _JUSTIFIED * len(placed))


def _find_right_edge(ends: list[float]) -> float:
    """Return where most lines end, to a point; if they are not justified, nearly the last: a longer one is nobody's edge."""
    usual, times = Counter(map(round, ends)).most_common(1)[0]
    return float(usual) if times > _JUSTIFIED / 2 * len(ends) else sorted(ends)[int(0.95 * (len(ends) - 1))]


def _find_usual(steps: Sequence[float]) -> float:
    """Return the most usual of *steps*, to half a point; their median where each is another."""
    counts = Counter(round(2 * step) for step in steps)
    if not counts:
        return 0.0
    usual, times = counts.most_common(1)[0]
    return usual / 2 if times > 2 else median(steps)


def _is_below(line: PageLine, above: PageLine) -> bool:
    """Return whether *line* stands below the other, and in its column."""
    return line.bottom < above.bottom and line.left < above.right and above.left < line.right


def _is_near(size: float, other: float) -> bool:
    return _SMALL * other < size < _LARGE * other


def _fits_above(line: PageLine, above: PageLine, setting: _Setting) -> bool:
    """Return whether the first word of *line* would have had its place on the line *above* it, which no blanks stretch."""
    if above.text.endswith(("-", "\u00ad", "\u2010")):
        return False
    room = setting.find_edge(above) - above.right
    if setting.is_justified and room > _SHORT * above.size and _STOP.search(above.text):
        return True
    return room > line.wide + 2 * _SLACK * above.size


def _starts_paragraph(
    line: PageLine, *, above: PageLine, before: PageLine | None, below: PageLine | None, setting: _Setting
) -> bool:
    """Return whether *line* begins a paragraph; *above* it is one, and *before* that another of the same paragraph, if any."""
    if not _is_near(line.size, above.size):
        return True
    stops = bool(_STOP.search(above.text))
    follows = _is_below(line, above)
    if follows:
        usual = setting.step * max(1.0, line.size / setting.size) if setting.size else 0.0
        step = (above.bottom - line.bottom) / usual if usual else 1.0
        if step > _APART or (step > _NEARLY_APART and stops and not line.text[:1].islower()):
            return True
    if _BACKWARDS.search(line.text):
        return False
    if not line.text[:1].islower() and _fits_above(line, above, setting):
        return True
    shift = _SET_IN * line.size
    if not follows:
        return stops and below is not None and _is_below(below, line) and line.left - below.left > shift
    if line.left - above.left > shift:
        return stops and not _LISTED.match(above.text)
    return (
        before is not None
        and _is_below(above, before)
        and above.left - line.left > shift > abs(above.left - before.left)
    )


def _list_notes(page: Sequence[PageLine], body: Sequence[bool], setting: _Setting) -> set[int]:
    """Return which lines are notes: small ones at the foot of a column, the first of which has a note's mark."""
    notes: set[int] = set()
    for column in _list_columns(page, body):
        foot: list[int] = []
        for place in reversed(column):
            if page[place].size > _SMALL * setting.size:
                break
            foot.append(place)
        while foot and not _NOTED.match(page[foot[-1]].text):
            foot.pop()
        notes.update(foot if len(foot) < len(column) else ())
    return notes


def _list_columns(page: Sequence[PageLine], body: Iterable[bool]) -> Iterator[list[int]]:
    """Yield the lines of running text of each column, from top to bottom."""
    column: list[int] = []
    for place, is_body in enumerate(body):
        if not is_body:
            continue
        if column and page[place].bottom > page[column[-1]].bottom + page[place].size:
            yield column
            column = []
        column.append(place)
    if column:
        yield column
