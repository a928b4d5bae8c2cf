"""A copy's lines as one running text, in which a paragraph is found whole, wherever lines, pages or notes cut it.

What stood at a cut before it was made is not known: a hyphen at a line's end may be the word's own. So a cut has several
*ways* to be joined, and the SHA-256 of the paragraph tells which are right; nothing else makes a proof.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from itertools import combinations, islice, product
from typing import NamedTuple

from rightscli.text.folding import hash_text, normalise_text
from rightscli.text.signs import CLOSING_MARKS, HYPHENS, PARTING_DASHES

_STARTS, _ENDS, _TRIES = 200, 60, 3000
"""How many places that have a paragraph's first words are looked at, how many last words after each, how many joinings."""

_SOFT = "\u00ad"
_ENDINGS = frozenset(HYPHENS + _SOFT + PARTING_DASHES)
_FLATTENED = rf"(?<=[^\W\d_])[{HYPHENS}{_SOFT}]\ (?=[^\W\d_])"
# Marks of notes: [12] and [^a], superscripts, daggers, bare numbers glued to a word's end; and a dash of two hyphens.
_NOTE = rf"""
    \ ?\[\^?(?:\d{{1,3}}|[a-z*†‡])\] | \ ?[⁰¹²³⁴-⁹]+ | (?<=[\w.,;:!?{CLOSING_MARKS})])[*†‡]+
  | (?<=[^\W\d_][.,;:!?{CLOSING_MARKS})])\d{{1,3}}(?=\s|\Z) | (?<=[.,!?][{CLOSING_MARKS}])\d{{1,3}}(?=\s|\Z)
  | (?<=[12]\d{{3}}[.,])\d{{1,3}}(?=\s|\Z) | (?<=[a-z]{{2}})\d{{1,3}}(?=[\s.,;:)]|\Z)"""
_CUTS_AS_THEY_STAND = re.compile(f"(?P<flattened>{_FLATTENED})", re.VERBOSE)
_CUTS_CLEANED = re.compile(f"(?P<flattened>{_FLATTENED})|(?P<note>{_NOTE})|(?P<dashes>--+)", re.VERBOSE)
# What all of these have.
_MAY_CUT, _MAY_CLEAN = re.compile(rf"[{HYPHENS}{_SOFT}]\ "), re.compile(rf"[{HYPHENS}{_SOFT}\d\[⁰¹²³⁴-⁹*†‡]")
_MAIL_MARK = re.compile(r"(?:>\s?)+")
_WORD_BEFORE, _WORD_AFTER = re.compile(r"[^\W\d_]+\Z"), re.compile(r"[^\W\d_]+")

Spot = tuple[int, int]
"""A place in a copy: the number of a line, and how many characters stand before it there."""


class Way(NamedTuple):
    """One way to join what stands at both sides of a cut: the characters between, the copy's *own* and *plain* ones."""

    own: str
    plain: str


class Stretch(NamedTuple):
    """A stretch of a copy: its *text* on one line, in the copy's own characters, and from where to where it stands."""

    text: str
    start: Spot
    end: Spot


class Window(NamedTuple):
    """Where a paragraph is looked for: *after* a spot and *before* another, at most *reach* characters behind the first."""

    after: Spot
    before: Spot
    reach: int


class _Span(NamedTuple):
    """A stretch as pieces: the first one and how much of it is left out, the last one and how much of it is there."""

    first: int
    skipped: int
    last: int
    kept: int


_BLANK = Way(" ", " ")
_NOTHING = Way("", "")
_SPACED = (_BLANK,)


class RunningText:
    """The running text of *lines*.

    *cleaned* of marks of notes and mail's ``>``, without those of its lines that are *left_out* (see ``furniture``).
    """

    def __init__(self, lines: Sequence[str], *, cleaned: bool = False, left_out: frozenset[int] = frozenset()) -> None:
        self._own: list[str] = []
        self._plain: list[str] = []
        self._cuts: list[tuple[Way, ...]] = []
        self._spots: list[Spot] = []
        ways: tuple[Way, ...] | None = None
        for number, line in enumerate(lines):
            if number in left_out:
                continue
            begin = 0
            if cleaned and (mark := _MAIL_MARK.match(line)):
                begin = mark.end()
            if begin < len(line):
                ways = self._add_line(number, line, begin, ways, cleaned=cleaned)

    def _add_line(
        self, number: int, line: str, begin: int, ways: tuple[Way, ...] | None, *, cleaned: bool
    ) -> tuple[Way, ...]:
        """Add the pieces of a line, joined to those before by *ways*; return the ways to what comes after it."""
        if ways == _SPACED and line[begin] in PARTING_DASHES:
            # A line may be broken before a dash, too.
            ways = (_BLANK, _NOTHING)
        if ways:
            self._cuts.append(ways)
        is_cut = line[-1] in _ENDINGS
        end = len(line) - is_cut
        # Asked first: most lines of a book have nothing of the kind.
        if (_MAY_CLEAN if cleaned else _MAY_CUT).search(line, begin, end):
            pattern = _CUTS_CLEANED if cleaned else _CUTS_AS_THEY_STAND
            for cut in pattern.finditer(line, begin, end):
                self._add_piece(number, line, begin, cut.start())
                self._cuts.append(_list_ways(cut))
                begin = cut.end()
        self._add_piece(number, line, begin, end)
        return _list_joints(line[-1]) if is_cut else _SPACED

    def _add_piece(self, number: int, line: str, begin: int, end: int) -> None:
        own = line[begin:end]
        plain = normalise_text(own)
        if own[:1] == " " and plain[:1] != " ":
            plain = " " + plain
        if len(own) > 1 and own[-1] == " ":
            plain += " "
        self._own.append(own)
        self._plain.append(plain)
        self._spots.append((number, begin))

    @property
    def own(self) -> list[str]:
        """The text between the cuts, in the copy's own characters."""
        return self._own

    @cached_property
    def _variants(self) -> list[tuple[str, array[int]]]:
        """The text with every cut joined by the first of its ways, the second, the third; and where each piece starts."""
        count = max(map(len, self._cuts), default=1)
        return [self._join_variant(choice) for choice in range(count)]

    def _join_variant(self, choice: int) -> tuple[str, array[int]]:
        parts, starts, length = [], array("L"), 0
        for piece, plain in enumerate(self._plain):
            starts.append(length)
            parts.append(plain)
            length += len(plain)
            if piece < len(self._cuts):
                ways = self._cuts[piece]
                joint = ways[min(choice, len(ways) - 1)].plain
                parts.append(joint)
                length += len(joint)
        return "".join(parts), starts

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        """The words of the copy that no cut goes through, hyphened ones whole."""
        words = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
        return frozenset(word for plain in self._plain for word in words.findall(plain))

    def find_proof(
        self,
        begins: str,
        ends: str,
        *,
        words: int,
        sha256: str,
        taken: Collection[Spot] = frozenset(),
        within: Window | None = None,
    ) -> Stretch | None:
        """Return the first stretch from *begins* to *ends* (both normalised) whose text has the digest *sha256*.

        About *words* long, and one that starts *within* a window; one that starts at a spot that is *taken* does not count.
        """
        tries = 0
        for span in self._list_spans(begins, ends, words, within):
            start, end = self._locate_span(span)
            if start in taken:
                continue
            for picks in self._list_picks(span):
                tries += 1
                if tries > _TRIES:
                    return None
                plain = self._join_span(span, picks, self._plain, 1)
                if hash_text(plain) == sha256:
                    own = self._join_own(span, picks)
                    return Stretch(own if hash_text(own) == sha256 else normalise_text(plain), start, end)
        return None

    def find_alike(self, begins: str, ends: str, *, words: int, within: Window) -> Stretch | None:
        """Return the stretch between two spots from *begins* to *ends* whose length is nearest to *words*, if any is near."""
        for span in self._list_spans(begins, ends, words, within):
            start, end = self._locate_span(span)
            text = self._join_own(span, next(self._list_picks(span)))
            if within.after <= start and end <= within.before and is_near(len(text.split()), words):
                return Stretch(text, start, end)
        return None

    def _list_spans(self, begins: str, ends: str, words: int, within: Window | None) -> list[_Span]:
        """Return where *begins*, *within* a window, and after it *ends* stand, those of about so many words first."""
        if not begins or not ends:
            return []
        lowest, highest = 0, len(self._spots)
        if within:
            lowest = max(bisect_right(self._spots, within.after) - 1, 0)
            highest = bisect_left(self._spots, within.before)
        # So many characters hold as many words and half as many again, unless they are all very long.
        reach = 15 * words + len(begins) + len(ends) + 200
        spans: dict[_Span, tuple[int, int]] = {}
        for text, starts in self._variants:
            if lowest >= highest:
                break
            stop = starts[highest] if highest < len(starts) else len(text)
            if within:
                stop = min(stop, starts[lowest] + within.reach)
            for position in islice(_find_all(text, begins, starts[lowest], stop + len(begins)), _STARTS):
                first, skipped = self._find_piece(starts, position)
                for other, other_starts in self._variants:
                    begin = other_starts[first] + skipped
                    for found in islice(_find_all(other, ends, begin, begin + reach), _ENDS):
                        end = found + len(ends)
                        last = bisect_left(other_starts, end) - 1
                        kept = min(end - other_starts[last], len(self._plain[last]))
                        count = other.count(" ", begin, end) + 1
                        span = _Span(first, skipped, last, kept)
                        spans[span] = min(spans.get(span, (10**9, 0)), (abs(count - words), first))
        return sorted(spans, key=spans.__getitem__)

    def _find_piece(self, starts: Sequence[int], position: int) -> tuple[int, int]:
        """Return the piece that *position* is in and how much of it stands before; one in a cut is the next piece's."""
        piece = bisect_right(starts, position) - 1
        before = position - starts[piece]
        if before >= len(self._plain[piece]) and piece + 1 < len(self._plain):
            return piece + 1, 0
        return piece, before

    def _locate_span(self, span: _Span) -> tuple[Spot, Spot]:
        (line, begin), (last_line, last_begin) = self._spots[span.first], self._spots[span.last]
        return (line, begin + span.skipped), (last_line, last_begin + span.kept)

    def _list_picks(self, span: _Span) -> Iterator[list[int]]:
        """Yield which way is taken at each cut of *span*: the likely ones, then with one other, with two others, …."""
        orders = [self._order_ways(cut) for cut in range(span.first, span.last)]
        likely = [order[0] for order in orders]
        open_cuts = [place for place, order in enumerate(orders) if len(order) > 1]
        for others in range(len(open_cuts) + 1):
            for places in combinations(open_cuts, others):
                for ways in product(*(orders[place][1:] for place in places)):
                    picks = likely.copy()
                    for place, way in zip(places, ways, strict=True):
                        picks[place] = way
                    yield picks

    def _order_ways(self, cut: int) -> list[int]:
        """Return the ways of *cut*, the likely ones first: the word that the copy has elsewhere, with a hyphen or without."""
        ways = self._cuts[cut]
        order = list(range(len(ways)))
        if len(ways) == 3:
            if ways[1].own in PARTING_DASHES:
                return [2, 1, 0] if self._plain[cut][-1:] in ("", " ") else [1, 2, 0]
            left, right = _WORD_BEFORE.search(self._plain[cut]), _WORD_AFTER.match(self._plain[cut + 1])
            if not left or not right:
                return [1, 2, 0]
            joined, hyphened = left[0] + right[0], f"{left[0]}-{right[0]}"
            kept = hyphened in self._vocabulary or right[0][0].isupper()
            if kept and joined not in self._vocabulary:
                return [1, 0, 2]
        return order

    def _join_span(self, span: _Span, picks: Sequence[int], pieces: Sequence[str], column: int) -> str:
        """Return the text of *span* made of *pieces* and the *picks* of ways."""
        parts = []
        for piece in range(span.first, span.last + 1):
            text = pieces[piece]
            parts.append(
                text[span.skipped if piece == span.first else 0 : span.kept if piece == span.last else len(text)]
            )
            if piece < span.last:
                parts.append(self._cuts[piece][picks[piece - span.first]][column])
        return "".join(parts)

    def _join_own(self, span: _Span, picks: Sequence[int]) -> str:
        """Return the text of *span* in the copy's own characters, on one line."""
        first, last = span.first, span.last
        skipped = _find_cut(self._own[first], self._plain[first], span.skipped)
        kept = _find_cut(self._own[last], self._plain[last], span.kept)
        own = self._join_span(_Span(first, skipped, last, kept), picks, self._own, 0)
        return " ".join(own.split())


def is_near(count: int, words: int) -> bool:
    """Return whether a passage of *count* words may be an edition of a paragraph of *words*: half of them to double."""
    return words <= 2 * count and count <= 2 * words + 4


def _find_all(text: str, part: str, start: int, end: int) -> Iterator[int]:
    """Yield where *part* stands in *text* between *start* and *end*."""
    position = text.find(part, start, end)
    while position >= 0:
        yield position
        position = text.find(part, position + 1, end)


def _find_cut(own: str, plain: str, position: int) -> int:
    """Return the position in *own* that is *position* in *plain*, its normalised text."""
    if len(own) == len(plain) or position == 0:
        return position
    # The longer the head, the longer its normalised text: halve. A letter at each side keeps the blanks there.
    return bisect_left(range(len(own)), position, key=lambda end: len(normalise_text(f"x{own[:end]}x")) - 2)


def _list_ways(cut: re.Match[str]) -> tuple[Way, ...]:
    """Return the ways to join what stands at both sides of a *cut* inside a line."""
    text = cut.group()
    if cut.lastgroup == "flattened":
        return _list_joints(text[0])
    if cut.lastgroup == "dashes":
        return (Way(text, "-"), Way(text, text))
    return (_NOTHING, Way(text, (" " if text[0] == " " else "") + normalise_text(text)))


def _list_joints(dash: str) -> tuple[Way, ...]:
    """Return the ways to join two lines of which the first ends in *dash*."""
    if dash == _SOFT:
        return (_NOTHING, _BLANK)
    return (_NOTHING, Way(dash, "-"), Way(dash + " ", "- "))


_HYPHENS_TRIED = 5000
"""The longest text, in characters, in which a hyphen is tried everywhere."""


def prove_by_hyphen(text: str, sha256: str) -> str | None:
    """Return *text* with one hyphen more or less, where that has the hash *sha256*: some extractors swallow one, some add one."""
    if len(text) > _HYPHENS_TRIED:
        return None
    normal = normalise_text(text)
    # What is made alike stays as long, but for blanks: else a place there would be none here.
    if len(normal) != len(text):
        return None
    for place in range(1, len(text)):
        if text[place - 1].isalpha() and text[place].isalpha():
            if hash_text(f"{normal[:place]}-{normal[place:]}") == sha256:
                return f"{text[:place]}-{text[place:]}"
        elif text[place] in HYPHENS and hash_text(normal[:place] + normal[place + 1 :]) == sha256:
            return text[:place] + text[place + 1 :]
    return None
