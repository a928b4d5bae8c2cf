"""Documents of word processors: their paragraphs, each a line of the text that a reader sees, as a draft's blocks.

A document has no lines that its writer knows. So its places are paragraphs and notes: ``Spot`` says which each line is.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rightscli.drafts.blocks import Block, BlockWriter, Excerpt, Kind

NoteKey = tuple[str, str]
"""Which note: ``footnote`` or ``endnote``, and its id."""

# Names of styles that quote, in the languages that Word and LibreOffice are translated into, and in those of templates.
_QUOTING = re.compile(
    r"\b(?:block ?text|(?:intense |block ?)?quot(?:e|es|ation|ations)|extracts?"
    r"|(?:block|intensives )?zitate?|citat(?:ion|ions|en|er|as|os)?|citas?|citaç(?:ão|ões)|citazion[ei]|(?:blok)?citaat"
    r"|citaten|sitat|sitaatti|lainaus|cytat|citace|citát|idézet|alıntı|tsitaat|trích dẫn|kutipan)\b"
    r"|цитат|引用|引文|인용|اقتباس|ציטוט|παράθε(?:ση|μα)|उद्धरण",
    re.IGNORECASE,
)
_LISTED = re.compile(r"\b(?:list|toc|contents|index|bibliograph|signature|heading)", re.IGNORECASE)
_TITLES = frozenset({"title", "subtitle"})
_CONTENTS = re.compile(
    r"(?:toc|contents|index|table of (?:figures|authorities)|figure index|user index) ?\w*", re.IGNORECASE
)
_CAPTION = re.compile(r"(?:caption|figure|illustration|beschriftung|légende|leyenda|didascalia)\b", re.IGNORECASE)
_SET_IN = 340
"""How many twentieths of a point (a quarter of an inch is 360) a paragraph is set in, to be a quotation."""
_SPACES = str.maketrans("\n\r", "  ")


class Look(NamedTuple):
    """What a paragraph looks like: *names* are those of its style and of what that is based on; a heading's *level*, else 0;
    how far it is set in (*indent*, in twentieths of a point); *listed*: it is printed with a number or a bullet."""

    names: tuple[str, ...] = ()
    level: int = 0
    indent: int = 0
    listed: bool = False

    @property
    def is_furniture(self) -> bool:
        """Whether it is a line of a table of contents, which says again what the document says."""
        return any(_CONTENTS.fullmatch(name) for name in self.names)


_PLAIN = Look()


@dataclass(slots=True)
class ShownParagraph:
    """A paragraph while it is read: *number* counts those of the document's body, a *note*'s have its key.

    *pieces* are the texts as shown, each with its place in its part, or the key of a note whose mark stands there. *boxes*
    are the paragraphs of the text boxes that hang at it.
    """

    number: int = 0
    note: NoteKey | None = None
    look: Look = _PLAIN
    in_cell: bool = False
    depth: int = 0
    marker: str = ""
    pieces: list[tuple[str, int | NoteKey]] = field(default_factory=list)
    boxes: list[ShownParagraph] = field(default_factory=list)

    def list_all(self) -> Iterable[ShownParagraph]:
        """Yield the paragraph, and then those of its boxes."""
        yield self
        for box in self.boxes:
            yield from box.list_all()


class Spot(NamedTuple):
    """Which paragraph of the body a line of the text is, or hangs at; and which note, where it is one's."""

    paragraph: int
    note: int | None = None


class ShownText(NamedTuple):
    """A stretch of the text, which *start*s there, and its *place* in the part called *part*."""

    start: int
    text: str
    part: str
    place: int


class Pages(NamedTuple):
    """A document as it is read: its *text*, a paragraph a line, as *blocks*; where the lines start, and what each is.

    *pieces* say where the text stands in the parts of the file, *keys* which note each line is of.
    """

    text: str
    blocks: tuple[Block, ...]
    line_starts: array[int]
    spots: tuple[Spot, ...]
    pieces: Sequence[ShownText]
    keys: Sequence[NoteKey | None] = ()


def write_paragraphs(
    body: Sequence[ShownParagraph], notes: Mapping[NoteKey, Sequence[ShownParagraph]], parts: Mapping[str, str]
) -> Pages:
    """Return the pages of a document with this *body*, and those of the *notes* whose marks stand in it, in their order.

    *parts* are the names of the parts that the body (``""``) and each kind of note stand in.
    """
    shown = [one for paragraph in body for one in paragraph.list_all() if one.pieces and not one.look.is_furniture]
    marks = [(key, one.number) for one in shown for _, key in one.pieces if isinstance(key, tuple)]
    counts: Counter[str] = Counter()
    numbers: dict[NoteKey, Spot] = {}
    for key, paragraph in marks:
        if key not in numbers:
            counts[key[0]] += 1
            numbers[key] = Spot(paragraph, counts[key[0]])
    margin = _measure_margin(shown)
    desk = _Desk(parts)
    for one in shown:
        desk.write_paragraph(one, Spot(one.number), margin)
    for key, spot in numbers.items():
        for written in notes.get(key, ()):
            for one in written.list_all():
                if one.pieces:
                    one.note = key
                    desk.write_paragraph(one, spot, margin)
    return desk.finish_pages()


def _measure_margin(paragraphs: Iterable[ShownParagraph]) -> int:
    """Return how far most of the running text is set in."""
    counts: Counter[int] = Counter()
    for one in paragraphs:
        if not (one.in_cell or one.look.level or one.look.listed):
            counts[one.look.indent] += sum(len(text) for text, _ in one.pieces)
    return min((-count, indent) for indent, count in counts.items())[1] if counts else 0


class _Desk:
    """Where the text is put together, line by line."""

    def __init__(self, parts: Mapping[str, str]) -> None:
        self._parts = parts
        self._writer = BlockWriter()
        self._lines: list[str] = []
        self._starts: array[int] = array("I")
        self._spots: list[Spot] = []
        self._pieces: list[ShownText] = []
        self._keys: list[NoteKey | None] = []
        self._length = 0

    def write_paragraph(self, one: ShownParagraph, spot: Spot, margin: int) -> None:
        """Write a paragraph as a line and a block."""
        part = self._parts[one.note[0] if one.note else ""]
        self._writer.depth = one.depth
        self._writer.mark_next(one.marker)
        self._writer.start_block(_choose_kind(one, margin), level=one.look.level, key=one.note)
        self._starts.append(self._length)
        self._spots.append(spot)
        self._keys.append(one.note)
        texts = []
        for said, place in one.pieces:
            if isinstance(place, tuple):
                self._writer.add_note(place)
                continue
            text = said.translate(_SPACES)
            self._writer.copy_text(Excerpt(text, (0,), (self._length,)), 0, len(text))
            self._pieces.append(ShownText(self._length, text, part, place))
            texts.append(text)
            self._length += len(text)
        self._lines.append("".join(texts))
        self._length += 1

    def finish_pages(self) -> Pages:
        """Return what was written."""
        starts = self._starts or array("I", [0])
        return Pages(
            "\n".join(self._lines), self._writer.list_blocks(), starts, tuple(self._spots), self._pieces, self._keys
        )


def _choose_kind(one: ShownParagraph, margin: int) -> Kind:
    look = one.look
    if look.level or (look.names and look.names[0].lower() in _TITLES):
        return "heading"
    if any(_QUOTING.search(name) for name in look.names):
        return "quote"
    if one.in_cell:
        return "cell"
    if look.names and _CAPTION.match(look.names[0]):
        return "caption"
    if look.listed:
        return "list"
    is_other = any(_LISTED.search(name) for name in look.names)
    return "quote" if look.indent - margin >= _SET_IN and not is_other else "paragraph"
