"""Blocks of running text, and where each of their characters stands in the user's own file.

Every reader of drafts writes its blocks through a ``BlockWriter``, so the rules of blanks, notes and positions are one.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["paragraph", "heading", "quote", "list", "cell", "caption", "note"]
"""What a block is. *quote* is a block quotation; lists and paragraphs inside one are quotes too."""

# Not the no-break space: it is a character of its own, which stays.
BLANKS = " \t\n\r\f\v"
_RUN_OF_BLANKS = re.compile(f"[{BLANKS}]{{2,}}|[{BLANKS[1:]}]")
_BLANKS_OR_WORDS = re.compile(f"[{BLANKS}]+|[^{BLANKS}]+(?: [^{BLANKS}]+)*")
_LINE_END = re.compile("\r\n?|\n")


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a draft as its reader would see it: *text* on one line, single blanks, no markup.

    Character ``starts[k] + i`` of *text* stands at ``places[k] + i`` in the file, up to the next start: eight bytes a
    run, whatever its length. What was decoded or rewritten stands, each character, where its markup begins. Places never
    go down. *level* is a heading's rank from 1, else 0. *notes* pairs a position in *text* with the number of a block
    of the note that hangs there, in order; a note of several blocks has several pairs. *marker* is the number that a list
    prints before it (``7.``), for the first block of what is listed, *depth* in how many lists it stands. *region* is the
    part of a page that it is in (see ``webpage.find_region``). *links* are from where to where in *text* links stand, in order.
    """

    kind: Kind
    text: str
    level: int
    starts: array[int] = field(repr=False, hash=False)
    places: array[int] = field(repr=False, hash=False)
    notes: tuple[tuple[int, int], ...] = ()
    marker: str = ""
    depth: int = 0
    region: str = ""
    links: tuple[tuple[int, int], ...] = ()

    def find_offset(self, position: int) -> int:
        """Return where in the file character *position* of the text stands; just after the last, for the text's length.

        Raises IndexError for a position outside the text.
        """
        if not 0 <= position <= len(self.text):
            raise IndexError(f"position {position} is outside a text of {len(self.text)} characters")
        if position == len(self.text):
            return self.find_offset(position - 1) + 1
        run = bisect_right(self.starts, position) - 1
        return self.places[run] + position - self.starts[run]

    def find_span(self, start: int, end: int) -> tuple[int, int]:
        """Return from where to where (exclusive) in the file characters *start* to *end* (exclusive, not empty) stand."""
        return self.find_offset(start), self.find_offset(end - 1) + 1


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A text cut out of a file, with runs as in ``Block``: what a reader reads, whole file or stripped of prefixes."""

    text: str
    starts: Sequence[int] = (0,)
    places: Sequence[int] = (0,)

    def find_place(self, position: int) -> int:
        """Return where in the file character *position* stands."""
        if len(self.starts) == 1:
            return self.places[0] + position - self.starts[0]
        run = max(bisect_right(self.starts, position) - 1, 0)
        place = self.places[run] + position - self.starts[run]
        # Blanks that were in no line of the file, where a tab was split, must not run past the next line's start.
        return min(place, self.places[run + 1]) if run + 1 < len(self.places) else place

    def split_runs(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the stretches of ``text[start:end]`` that lie in one piece in the file."""
        run = bisect_right(self.starts, start)
        while run < len(self.starts) and self.starts[run] < end:
            yield start, self.starts[run]
            start = self.starts[run]
            run += 1
        yield start, end


def cut_excerpt(text: str) -> Excerpt:
    """Return the whole of *text* with every line end a line feed."""
    if "\r" not in text:
        return Excerpt(text)
    starts, places = array("I", [0]), array("I", [0])
    for removed, match in enumerate(re.finditer("\r\n", text), 1):
        starts.append(match.end() - removed)
        places.append(match.end())
    return Excerpt(_LINE_END.sub("\n", text), starts, places)


def find_line_starts(text: str) -> array[int]:
    """Return the offset at which each line of *text* starts; lines end at LF, CRLF or CR, as editors count them."""
    return array("I", [0, *(match.end() for match in _LINE_END.finditer(text))])


_ONE_RUN = array("I", [0])


@dataclass(slots=True)
class _OpenBlock:
    """A block that is being written, the *slot*-th; *key* names the note that it is part of."""

    slot: int
    kind: Kind
    level: int
    key: object = None
    parts: list[str] = field(default_factory=list)
    length: int = 0
    blank: bool = True
    marker: str = ""
    depth: int = 0
    region: str = ""
    starts: array[int] = field(default_factory=lambda: array("I"))
    places: array[int] = field(default_factory=lambda: array("I"))
    notes: list[tuple[int, object]] = field(default_factory=list)
    links: list[tuple[int, int]] = field(default_factory=list)

    def add_piece(self, piece: str, place: int) -> None:
        """Add *piece*, which has no run of blanks, and stands at *place*."""
        if self.blank and piece[0] == " ":
            piece = piece[1:]
            place += 1
            if not piece:
                return
        if not self.starts or self.places[-1] + self.length - self.starts[-1] != place:
            self.starts.append(self.length)
            self.places.append(place)
        self.parts.append(piece)
        self.length += len(piece)
        self.blank = piece[-1] == " "

    def add_sign(self, sign: str, place: int) -> None:
        """Add one character that stands for markup at *place*."""
        if sign in BLANKS:
            if self.blank:
                return
            sign = " "
        self.starts.append(self.length)
        self.places.append(place)
        self.parts.append(sign)
        self.length += 1
        self.blank = sign == " "

    def take_back(self, count: int) -> None:
        """Remove the last *count* characters, which are of the last part."""
        self.parts[-1] = self.parts[-1][:-count]
        self.length -= count
        while self.starts and self.starts[-1] >= self.length:
            self.starts.pop()
            self.places.pop()
        if not self.parts[-1]:
            self.parts.pop()
        self.blank = not self.parts or self.parts[-1].endswith(" ")

    def freeze(self, notes: tuple[tuple[int, int], ...] = ()) -> Block:
        """Return the block as it will stay, without a blank at its end."""
        if self.blank and self.parts:
            self.take_back(1)
        starts = _ONE_RUN if len(self.starts) == 1 else self.starts
        text = "".join(self.parts)
        links = tuple((start, min(end, self.length)) for start, end in self.links if start < min(end, self.length))
        return Block(
            self.kind, text, self.level, starts, self.places, notes, self.marker, self.depth, self.region, links
        )


class BlockWriter:
    """Blocks while a draft is read: text goes to the open block; empty blocks vanish, runs of blanks become one."""

    def __init__(self) -> None:
        self._blocks: list[Block | _OpenBlock | None] = []
        self._open: _OpenBlock | None = None
        # Of the block that a note interrupts.
        self._outer: _OpenBlock | None = None
        self._key: object = None
        self._marker = ""
        # The block in which a link was opened, and where.
        self._link: tuple[_OpenBlock, int] | None = None
        self.depth = 0
        """In how many lists the text is that is written now."""
        self.region = ""
        """In which part of a page it is."""

    @property
    def in_note(self) -> bool:
        """Whether a note is being written."""
        return self._outer is not None

    @property
    def last_part(self) -> str:
        """What was written last into the open block."""
        return self._open.parts[-1] if self._open and self._open.parts else ""

    def start_block(self, kind: Kind, *, level: int = 0, key: object = None) -> None:
        """End the open block and open another; *key* names the note that it is part of."""
        self.end_block()
        key = self._key if key is None else key
        self._open = _OpenBlock(len(self._blocks), kind if key is None else "note", level, key)
        self._open.depth, self._open.region = self.depth, self.region
        if key is None:
            self._open.marker, self._marker = self._marker, ""
        self._blocks.append(self._open)

    def mark_next(self, marker: str) -> None:
        """Let *marker* stand before the next block that is not empty."""
        self._marker = marker

    def end_block(self) -> None:
        """Close the open block, if there is one."""
        block, self._open = self._open, None
        if not block:
            return
        if not block.length:
            self._blocks[block.slot] = None
            # A number alone on its line is that of what stands below it.
            self._marker = self._marker or block.marker
            self._hang_notes_before(block)
        elif not block.notes and block.key is None:
            # Most blocks: what a text of very many short ones costs is this.
            self._blocks[block.slot] = block.freeze()

    def copy_text(self, excerpt: Excerpt, start: int, end: int) -> None:
        """Write ``excerpt.text[start:end]``, each character where it stands in the file."""
        block = self._need_block()
        for first, last in excerpt.split_runs(start, end):
            text, place = excerpt.text[first:last], excerpt.find_place(first)
            if not _RUN_OF_BLANKS.search(text):
                if text:
                    block.add_piece(text, place)
                continue
            for match in _BLANKS_OR_WORDS.finditer(text):
                piece = match.group()
                block.add_piece(" " if piece[0] in BLANKS else piece, place + match.start())

    def add_decoded(self, text: str, place: int) -> None:
        """Write *text* that stands for markup which begins at *place*: every character is there."""
        block = self._need_block()
        for sign in text:
            block.add_sign(sign, place)

    def take_back(self, count: int) -> None:
        """Remove the last *count* characters, which are of the last part."""
        self._need_block().take_back(count)

    def add_note(self, key: object) -> None:
        """Let the note named *key*, wherever it is written, hang where the text is now."""
        block = self._need_block()
        block.notes.append((block.length, key))

    def start_link(self) -> None:
        """Let the text that is written now be a link's, until ``end_link``."""
        block = self._need_block()
        self._link = block, block.length

    def end_link(self) -> None:
        """End the link that was started last, if it was in this block."""
        if self._link and self._link[0] is self._open and self._link[1] < self._open.length:
            self._open.links.append((self._link[1], self._open.length))
        self._link = None

    def start_note(self, key: object) -> None:
        """Hang a note here and write it until ``end_note``; notes do not nest."""
        self.add_note(key)
        self._outer, self._open, self._key = self._open, None, key
        self.start_block("note")

    def end_note(self) -> None:
        """End the note and go on with the block that it hangs at."""
        self.end_block()
        self._open, self._outer, self._key = self._outer, None, None

    def list_blocks(self) -> tuple[Block, ...]:
        """Return what was written, in the order in which blocks were started."""
        if self.in_note:
            self.end_note()
        self.end_block()
        filled = [block for block in self._blocks if block]
        numbers: dict[object, list[int]] = {}
        for number, block in enumerate(filled):
            if isinstance(block, _OpenBlock) and block.key is not None:
                numbers.setdefault(block.key, []).append(number)
        return tuple(
            block if isinstance(block, Block) else block.freeze(_list_notes(block, numbers)) for block in filled
        )

    def _need_block(self) -> _OpenBlock:
        if self._open is None:
            self.start_block("paragraph")
        assert self._open
        return self._open

    def _hang_notes_before(self, block: _OpenBlock) -> None:
        """Let the notes of an empty block hang at the end of the text before it: a note mark on a line of its own."""
        if not block.notes or block.key is not None:
            return
        for slot in range(block.slot - 1, max(block.slot - 20, -1), -1):
            before = self._blocks[slot]
            if isinstance(before, Block):
                # Open again: only an open block takes notes.
                parts = [before.text]
                again = _OpenBlock(slot, before.kind, before.level, None, parts, len(before.text), False)
                again.starts, again.places = before.starts[:], before.places
                again.marker, again.depth, again.region = before.marker, before.depth, before.region
                again.links = [*before.links]
                self._blocks[slot] = before = again
            if before and before.key is None:
                before.notes += ((before.length, key) for _, key in block.notes)
                return


def _list_notes(block: _OpenBlock, numbers: dict[object, list[int]]) -> tuple[tuple[int, int], ...]:
    """Return the notes of *block* as positions in its trimmed text and numbers of blocks; none hangs at itself."""
    length = block.length - block.blank
    return tuple(
        (min(position, length), number)
        for position, key in block.notes
        if key != block.key
        for number in numbers.get(key, ())
    )
