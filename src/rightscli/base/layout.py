"""A document as lines, each with what is known of it before its numbers are understood: heading, note, page number, menu.

What is no running text says why, so that a curator can be told what was left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from rightscli.base.numbering import Marker, is_listed, parse_key, read_marker
from rightscli.drafts import Form, parse_draft
from rightscli.drafts.blocks import Block
from rightscli.drafts.furniture import list_furniture
from rightscli.text.signs import CLOSING_MARKS

_HEADING_WORDS, _HEADING_LENGTH, _CAPITALS_WORDS = 12, 100, 25
_INDENT = 3
"""Blanks before every line of a block from which on it is set in: a quotation, where most blocks are not."""
_STOPS = ".!?:;,…。！？：；،؛؟"
_FURNITURE = {
    "navigation": "navigation",
    "aside": "beside the text",
    "footer": "page footer",
    "form": "form",
    "notes": "notes",
    "caption": "captions",
}
_CAPTION = re.compile(
    r"(?:(?:figure|fig\.|photo|image|table|chart|map|box|graph|illustration)\s*(?:\d+\s*)?[.:–—]|(?:source|credit|photo(?:graph)?"
    r"(?: by)?)\s*:|(?:figure|table)\s+\d+\s*\Z|©|\(c\)\s+\d{4})",
    re.IGNORECASE,
)
_NOTES = re.compile(
    r"(?:foot|end)?notes|references|bibliography|works cited|sources|notes? de bas de page|notas|fußnoten|anmerkungen"
    r"|각주|주석|주|참고\s?문헌|الهوامش|الحواشي|المراجع|примечания|сноски",
    re.IGNORECASE,
)
_RAISED = re.compile(r"[⁰¹²³⁴-⁹]+|[*†‡§]\s?(?=[^\W\d_])")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# What a browser prints of the link from a note back to its mark.
_LINKED_BACK = re.compile("↩[\ufe0e\ufe0f]?\\s*$")
# Behind a unit of length, or ten, it is an exponent.
_RAISED_MARK = re.compile(r"(?<=\S)(?<!\bm)(?<!\b[ckm]m)(?<!\bft)(?<!\b10)[⁰¹²³⁴-⁹]+(?!\w)")
_PAGE_NUMBER = re.compile(
    r"\W{0,4}\s*(?:(?:page|p\.|seite|página|stránka)\s+)?(?:\d{1,4}|[ivxl]{1,7})(?:\s*(?:of|/|de|von)\s*\d{1,4})?\s*[^\w.):\]]{0,4}",
    re.IGNORECASE,
)
_DECORATED_NUMBER = re.compile(r"[-–—]\s*\d{1,4}\s*[-–—]|page \d{1,4}(?: of \d{1,4})?", re.IGNORECASE)
_CONTENTS = re.compile(r".*(?:\.\s?){4,}\s*[\divxl]+|.*[…·]{2,}\s*[\divxl]+", re.IGNORECASE)
_DECORATION = re.compile(r"[\W_]+")
_LINE_END = re.compile(r"[^\S\r\n]*[\r\n]")
_OPENED_LINK = re.compile(r"<a\b[^<>]*>\s*", re.IGNORECASE)


@dataclass(slots=True)
class Line:
    """A line of a document: its *text*, the number it begins with, and why it is left out (*why*), if it is.

    *block* counts the blocks; *starts* says whether it is the first of its block. *printed* is the number that a list prints
    before it where that is no character of the text, *offset* where it stands in the file. *set_in* lines, of quotations and
    lists, belong to the passage before them.
    """

    block: int
    kind: str
    text: str
    starts: bool
    region: str = ""
    level: int = 0
    marker: Marker | None = None
    printed: str = ""
    set_in: bool = False
    why: str = ""
    page: str = ""
    offset: int = 0

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())


def read_layout(text: str, *, form: Form) -> list[Line]:
    """Return the lines of a document, those that are no running text with the reason why."""
    blocks = parse_draft(text, form=form).blocks
    lines = [line for number, block in enumerate(blocks) for line in _split_block(text, number, block, form)]
    if form == "text":
        _mark_set_in(text, blocks, lines)
        _mark_pages(text, lines)
    _mark_outside(lines)
    for line in lines:
        line.why = line.why or _find_reason(line, text, blocks[line.block], form)
    _mark_notes(lines)
    return lines


def reads_as_heading(text: str) -> bool:
    """Return whether *text* reads like a heading: a few words that end with no stop, or capitals."""
    core = text.rstrip(CLOSING_MARKS + ")]* ")
    words = core.split()
    if not words or not any(sign.isalpha() for sign in core):
        return False
    if core.isupper() and len(words) <= _CAPITALS_WORDS and len(core) > 5:
        return True
    return (
        len(words) <= _HEADING_WORDS
        and len(core) <= _HEADING_LENGTH
        and core[-1] not in _STOPS
        and not core[0].islower()
        and not is_listed(text)
    )


def has_stop(text: str) -> bool:
    """Return whether *text* ends as a sentence does."""
    return text.rstrip(CLOSING_MARKS + ")]* ⁰¹²³⁴⁵⁶⁷⁸⁹0123456789")[-1:] in tuple(".!?:…。！？؟")


def _split_block(text: str, number: int, block: Block, form: Form) -> Iterator[Line]:
    """Yield the lines of a block, as the file breaks them: at line ends, in a page at ``<br>``."""
    start = 0
    for end in [*_list_breaks(text, block, form), len(block.text)]:
        piece = block.text[start:end].strip()
        line = Line(number, block.kind, piece, start == 0, block.region, block.level, offset=block.find_offset(start))
        if start == 0 and block.marker and block.kind in ("list", "paragraph"):
            line.printed = block.marker if form == "markdown" else ""
            if block.depth <= 1:
                digits = block.marker[:-1]
                line.marker = Marker("close" if block.marker[-1] == ")" else "dot", digits, parse_key(digits), 0)
        elif block.kind not in ("quote", "caption", "note") and block.depth <= 1:
            line.marker = read_marker(piece, is_heading=block.kind == "heading")
        line.set_in = block.kind in ("quote", "list") and line.marker is None
        if piece:
            yield line
        start = end + 1


def _list_breaks(text: str, block: Block, form: Form) -> Iterator[int]:
    """Yield the positions of the blanks in a block that are line breaks in the file."""
    if form == "latex":
        return
    position = block.text.find(" ")
    while position >= 0:
        place = block.find_offset(position)
        if text[place : place + 3].lower() == "<br" if form == "html" else _LINE_END.match(text, place):
            yield position
        position = block.text.find(" ", position + 1)


def _mark_set_in(text: str, blocks: Sequence[Block], lines: Sequence[Line]) -> None:
    """Mark the blocks of plain text all of whose lines are set in, if most are not."""
    deep: dict[int, bool] = {}
    for block in {line.block for line in lines}:
        start, end = blocks[block].find_offset(0), blocks[block].find_offset(len(blocks[block].text))
        first = start
        while first and text[first - 1] not in "\r\n":
            first -= 1
        rows = [row for row in text[first:end].splitlines() if row.strip()]
        deep[block] = all(len(row) - len(row.lstrip()) >= _INDENT or row[:1] == "\t" for row in rows)
    if 2 * sum(deep.values()) < len(deep):
        for line in lines:
            if deep[line.block] and not line.marker:
                line.set_in = True


def _mark_pages(text: str, lines: Sequence[Line]) -> None:
    """Mark page numbers and what stands beside them again and again; give the lines of pages their printed numbers."""
    tops = [found.end() for found in re.finditer("\f", text)]
    pages = [bisect_right(tops, line.offset) for line in lines]
    singles = Counter(line.block for line in lines)
    # Alone in its block, or at an edge of its page.
    numbers = [
        place
        for place, line in enumerate(lines)
        if len(line.text) < 30
        and _is_bare(line)
        and (
            singles[line.block] == 1
            or len(set(pages[max(place - 1, 0) : place + 2])) > 1
            or _DECORATED_NUMBER.fullmatch(line.text)
        )
        and _PAGE_NUMBER.fullmatch(line.text)
    ]
    near = {place + step for place in numbers for step in (-2, -1, 1, 2) if 0 <= place + step < len(lines)}
    heads = Counter(_strip_digits(lines[place].text) for place in near if lines[place].words <= _HEADING_WORDS)
    for place in near:
        line = lines[place]
        if heads[_strip_digits(line.text)] >= 3 and line.words <= _HEADING_WORDS and not line.marker:
            line.why = "running heads"
    for place in numbers:
        lines[place].why = "page numbers"
    if tops:
        numbers += _mark_edges(lines, pages)
    printed = {pages[place]: number for place in numbers if (number := _find_printed(lines[place].text))}
    for line, page in zip(lines, pages, strict=True):
        line.page = printed.get(page, "") if tops else ""
        line.starts = line.starts or (line.marker is not None and line.offset in tops)


def _mark_edges(lines: Sequence[Line], pages: Sequence[int]) -> list[int]:
    """Mark what stands at the edges of *pages* and comes again at others, or counts with them; return where it is."""
    tops = frozenset(place for place in range(1, len(lines)) if pages[place] != pages[place - 1])
    edges = [
        place
        for place in list_furniture([line.text for line in lines], tops)
        if not lines[place].why and _is_bare(lines[place])
    ]
    for place in edges:
        is_number = _PAGE_NUMBER.fullmatch(lines[place].text)
        lines[place].why = "page numbers" if is_number else "running heads"
    return edges


def _is_bare(line: Line) -> bool:
    return line.marker is None or line.marker.style == "bare"


def _find_printed(text: str) -> str:
    """Return the number of a page in what is printed at its edge: the first, or else the last of a head; empty without.

    Of ``Page 1 of 2`` and ``1/2`` it is 1: the other number counts the pages.
    """
    found = re.match(r"\W*(?:page\s+)?(\d{1,4})\b(?!/)", text, re.IGNORECASE) or re.search(
        r"\b(\d{1,4})(?:\s*(?:/|\bof)\s*\d+)?\W*\Z", text
    )
    return found[1] if found else ""


def _strip_digits(text: str) -> str:
    return re.sub(r"\d+", "", text).casefold()


def _mark_outside(lines: Sequence[Line]) -> None:
    """Mark what stands outside of the elements that hold most of a page's text."""
    words: Counter[bool] = Counter()
    for line in lines:
        if line.region in ("", "main", "article"):
            words[bool(line.region)] += line.words
    if words[True] > words[False]:
        for line in lines:
            if not line.region:
                line.why = "outside the text"


def _find_reason(line: Line, text: str, block: Block, form: Form) -> str:
    """Return why a line is no running text; empty where it is."""
    if line.region in _FURNITURE and not (line.region == "caption" and line.kind == "quote"):
        return _FURNITURE[line.region]
    if line.kind == "note":
        return "notes"
    if line.kind == "caption" or _CAPTION.match(line.text):
        return "captions"
    if _CONTENTS.fullmatch(line.text):
        return "table of contents"
    if not line.marker and _DECORATION.fullmatch(line.text):
        return "rules"
    if form == "markdown" and line.starts and _DECORATED_NUMBER.fullmatch(_cut_row(text, line.offset)):
        # Markdown takes the hyphen for a list's.
        return "page numbers"
    if form in ("html", "markdown") and line.kind in ("list", "paragraph"):
        start, end = block.find_offset(0), block.find_offset(len(block.text))
        if form == "markdown" and text[:start].endswith("!["):
            return "captions"
        if _is_link(text, start, end, form):
            return "navigation"
    return ""


def _cut_row(text: str, offset: int) -> str:
    """Return the row of the file that *offset* is in, without the blanks around it."""
    end = text.find("\n", offset)
    return text[text.rfind("\n", 0, offset) + 1 : end if end >= 0 else len(text)].strip()


def _is_link(text: str, start: int, end: int, form: Form) -> bool:
    """Return whether what stands from *start* to *end* is one link and nothing else."""
    if form == "markdown":
        return text[start - 1 : start] == "[" and text[end : end + 2] == "]("
    opened = text.rfind("<a", max(start - 1000, 0), start)
    return (
        opened >= 0 and _OPENED_LINK.fullmatch(text, opened, start) is not None and text[end : end + 3].lower() == "</a"
    )


def _mark_notes(lines: Sequence[Line]) -> None:
    """Mark notes as notes: under a heading that says so, below a rule at a page's foot, with a raised number, or a link back."""
    headed = ruled = False
    noted = -1
    linked = {line.block for line in lines if _LINKED_BACK.search(line.text)}
    for line in lines:
        if line.why and line.why != "rules":
            ruled = ruled and line.why != "page numbers"
            noted = -1
            continue
        if (
            line.starts
            and _NOTES.fullmatch(line.text.strip("#*: "))
            and (line.kind == "heading" or reads_as_heading(line.text))
        ):
            headed, line.why = True, "notes"
        elif headed and (line.kind == "heading" or (line.starts and not line.marker and reads_as_heading(line.text))):
            headed = False
        elif line.why == "rules":
            ruled = line.text.startswith(("__", "--", "——"))
        elif headed or _RAISED.match(line.text) or line.block == noted or line.block in linked:
            line.why = "notes"
            # A note's other lines are below its first.
            noted = line.block if line.starts or line.block == noted else -1
        elif ruled:
            ruled = bool(line.marker and line.marker.style in ("bare", "bracket"))
            line.why = "notes" if ruled or not line.starts else ""


def drop_marks(lines: Sequence[Line]) -> None:
    """Take the raised marks out of the text for which there are notes, whose own number may be raised or not."""
    marks: set[str] = set()
    for line in lines:
        if line.why == "notes" and (mark := _RAISED.match(line.text)):
            marks.add(mark[0])
        elif line.why == "notes" and line.starts and line.marker:
            marks.add(line.marker.number.translate(_SUPERSCRIPTS))
    for line in lines if marks else ():
        if not line.why:
            line.text = _RAISED_MARK.sub(lambda found: "" if found[0] in marks else found[0], line.text)


def mark_loose_notes(lines: Sequence[Line], chosen: Container[int]) -> None:
    """Mark as notes the blocks that begin with 1, 2, 3, … bare or in square brackets, but for those that are *chosen*."""
    for style in ("bare", "bracket"):
        places: list[int] = []
        for place, line in enumerate(lines):
            is_one = line.marker and line.marker.style == style and not line.why and place not in chosen
            is_one = is_one and line.kind != "heading"
            is_one = is_one and (line.starts or (bool(places) and lines[places[-1]].block == line.block))
            if (
                is_one
                and line.marker
                and line.marker.key == ((len(places) + 1, ""),)
                and line.marker.end < len(line.text)
            ):
                places.append(place)
        notes = {lines[place].block for place in places} if len(places) > 1 else set()
        for line in lines:
            if line.block in notes:
                line.why = line.why or "notes"
