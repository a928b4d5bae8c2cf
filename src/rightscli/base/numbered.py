"""A document with numbers → the passages that they number, each with what goes on with it, and the heading above it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from rightscli.base.layout import Line, has_stop, reads_as_heading
from rightscli.base.numbering import SUB_STYLES, UNIT_STYLES, Marker, cut_letter, read_marker
from rightscli.base.pieces import LeftOut, Passage, Piece, cut_pieces, is_cut, leave_out_tables
from rightscli.base.runs import NumberRun, is_headed

PREAMBLE = "preamble"
"""The number of what stands before the first number."""

_LEADING = (":", "—", "–")


def read_numbered(
    lines: Sequence[Line],
    run: NumberRun,
    subs: Mapping[int, Marker],
    join: Callable[[Sequence[Line]], str],
    *,
    title: str,
    preamble: bool,
) -> tuple[list[Passage], list[LeftOut]]:
    """Return the passages that a *run* and the *subs* below it number, and what is in none of them."""
    for place in run.places:
        lines[place].why = ""
    if not any(lines[place].kind == "cell" for place in run.places):
        leave_out_tables(lines)
    pieces = cut_pieces(lines, {place: lines[place].marker for place in run.places}, subs, join)
    builder = _Builder(
        title=title,
        is_worded=run.style in UNIT_STYLES,
        is_headed=is_headed(lines, run),
        is_plain=not any(line.kind == "heading" and not line.why and line.text != title for line in lines),
    )
    for place, piece in enumerate(pieces):
        builder.add_piece(piece, pieces[place + 1] if place + 1 < len(pieces) else None)
    return builder.finish(preamble=preamble)


class _Builder:
    """The passages while they are put together: the open one, and the headings that are in force."""

    def __init__(self, *, title: str, is_worded: bool, is_headed: bool, is_plain: bool) -> None:
        self._title = title
        self._is_worded, self._is_headed, self._is_plain = is_worded, is_headed, is_plain
        self._passages: list[Passage] = []
        # The texts of the open passage.
        self._parts: list[str] = []
        self._left: list[LeftOut] = []
        self._before: list[Piece] = []
        self._parent, self._level = "", 0
        self._outer = self._inner = self._pending = ""
        # Below a heading; below what ends with a colon; below a number that has no text yet.
        self._is_free = self._is_led = self._is_bare_head = False

    def add_piece(self, piece: Piece, following: Piece | None) -> None:
        """Add a *piece*, before the one that is *following*."""
        if piece.head and not piece.is_sub:
            self._open_numbered(piece, piece.head, following)
        elif piece.head:
            self._open_passage(f"{self._parent}({piece.head.number})", piece)
        elif not self._parent:
            self._pending = ""
            if piece.is_heading:
                self._set_section(piece)
            self._before.append(piece)
        elif self._is_section(piece, following):
            self._set_section(piece)
            is_below = piece.first.level > self._level > 0
            self._is_free, self._is_led = not self._is_bare_head and not is_below, False
        elif self._is_free:
            self._left.append(LeftOut("text without a number", piece.text))
            self._pending = ""
        elif self._is_bare_head:
            self._open_passage(self._parent, piece)
        else:
            self._go_on(piece)

    def _set_section(self, piece: Piece) -> None:
        """Take the heading *piece* for that of what comes; a line without a stop is none where headings are marked."""
        if piece.text != self._title and (piece.first.kind == "heading" or self._is_plain):
            self._pending = piece.text

    def _open_numbered(self, piece: Piece, head: Marker, following: Piece | None) -> None:
        """Open the passage of a number: at its own text, or at what follows it."""
        if self._is_worded:
            # A heading just above a number is that of all that come; one below a number, of that alone.
            self._outer, self._inner = self._pending or self._outer, ""
        else:
            self._inner = self._pending or self._inner
        self._pending = ""
        self._inner = head.title or self._inner
        self._parent, self._is_free, self._is_led = head.number, False, False
        is_heading = piece.first.kind == "heading"
        self._level = piece.first.level
        follows = following is not None and (not following.head or following.is_sub)
        has_parts = following is not None and following.head is not None and _is_below(following.head, head)
        if (
            not piece.text
            or (is_heading and not self._is_worded)
            or (follows and (is_heading or (reads_as_heading(piece.text) and (self._is_worded or self._is_headed))))
            or (has_parts and reads_as_heading(piece.text))
        ):
            self._inner = piece.text.strip("()[] ") or self._inner
            self._is_bare_head = True
            return
        sub = read_marker(piece.text) if self._is_worded else None
        if sub and sub.style in SUB_STYLES and sub.key == ((1, ""),):
            self._open_passage(f"{head.number}({sub.number})", piece._replace(text=piece.text[sub.end :].strip()))
            return
        self._open_passage(head.number, piece)

    def _open_passage(self, number: str, piece: Piece) -> None:
        self._close_passage()
        self._is_bare_head = False
        self._inner = self._pending or self._inner
        self._pending = ""
        self._passages.append(Passage(number, "", self._inner or self._outer, piece.first.page))
        self._parts = [piece.text]
        self._is_led = piece.text.endswith(_LEADING)

    def _close_passage(self) -> None:
        if self._passages:
            self._passages[-1] = replace(self._passages[-1], text=" ".join(self._parts))

    def _go_on(self, piece: Piece) -> None:
        """Add *piece* to the open passage."""
        self._parts.append(piece.text)
        self._is_led = piece.text.endswith(_LEADING) or (self._is_led and not has_stop(piece.text))

    def _is_section(self, piece: Piece, following: Piece | None) -> bool:
        """Return whether *piece* is a heading, and not a line of a list or of what a colon leads up to."""
        if piece.first.kind == "heading" or self._is_lettered_heading(piece, following):
            return True
        if (
            not piece.is_heading
            or self._is_led
            or is_cut(piece, [following] if following else [])
            or (piece.first.marker and not piece.first.starts)
        ):
            return False
        return not self._is_bare_head or following is None or not following.head or following.is_sub

    def _is_lettered_heading(self, piece: Piece, following: Piece | None) -> bool:
        """Return whether *piece* is a heading with a letter, as a judgment's: ``(a) The Government``, and no point of a list.

        It stands between another heading, or the end of a sentence, and a number or another heading.
        """
        if self._is_worded or self._is_led or self._is_bare_head or following is None or piece.first.set_in:
            return False
        is_between = self._is_free or has_stop(self._parts[-1])
        is_before = following.is_heading or (following.head is not None and not following.is_sub)
        return is_between and is_before and reads_as_heading(cut_letter(piece.text))

    def finish(self, *, preamble: bool) -> tuple[list[Passage], list[LeftOut]]:
        """Return the passages and what was left out."""
        self._close_passage()
        prose = [place for place, piece in enumerate(self._before) if not piece.is_heading]
        # A line without a stop that stands in it is of it: "The General Assembly".
        before = [
            piece
            for place, piece in enumerate(self._before)
            if prose and prose[0] <= place <= prose[-1] and piece.first.kind != "heading"
        ]
        if preamble and before:
            text = " ".join(piece.text for piece in before)
            self._passages.insert(0, Passage(PREAMBLE, text, "", before[0].first.page))
        else:
            self._left[:0] = (LeftOut("before the first number", piece.text) for piece in before)
        return self._passages, self._left


def _is_below(marker: Marker, other: Marker) -> bool:
    """Return whether a number is of a part of what the *other* numbers: 3.1 of 3."""
    return len(marker.key) > len(other.key) and marker.key[: len(other.key)] == other.key
