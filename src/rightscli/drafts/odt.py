"""Running text of OpenDocument texts (ISO/IEC 26300), as LibreOffice shows them with all changes accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from rightscli.drafts.archives import Archive, ElementReader
from rightscli.drafts.docxstyles import read_number
from rightscli.drafts.paragraphs import Look, NoteKey, Pages, ShownParagraph, write_paragraphs

_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES: Mapping[str, str] = {
    f"{_NAMESPACE}office:1.0": "office:",
    f"{_NAMESPACE}text:1.0": "text:",
    f"{_NAMESPACE}table:1.0": "table:",
    f"{_NAMESPACE}drawing:1.0": "draw:",
    f"{_NAMESPACE}style:1.0": "style:",
    f"{_NAMESPACE}xsl-fo-compatible:1.0": "fo:",
    f"{_NAMESPACE}svg-compatible:1.0": "svg:",
}
# What is no text of the document's: what was deleted, comments, numbers of notes, tables of contents, names of pictures.
_UNREAD = frozenset(
    "text:tracked-changes office:annotation text:note-citation text:ruby-text text:table-of-content text:illustration-index"
    " text:table-index text:object-index text:alphabetical-index text:user-index svg:title svg:desc office:forms"
    " table:covered-table-cell draw:object text:sequence-decls text:variable-decls text:placeholder text:script"
    " office:binary-data text:list-header-source".split()
)
_TEXTS = frozenset({"text:p", "text:h"})
_CELLS = "table:table-cell"
_UNITS = {"cm": 567.0, "mm": 56.7, "in": 1440.0, "pt": 20.0, "pc": 240.0, "px": 15.0}
_LENGTH = re.compile(r"(-?[0-9]{1,6}(?:\.[0-9]{1,9})?)(cm|mm|in|pt|pc|px)")
_CODED = re.compile(r"_([0-9a-f]{1,4})_")
_BLANKS = 1000


class _ListLevel(NamedTuple):
    """How a level of a list is numbered: *form* is ``1`` for digits."""

    form: str = ""
    before: str = ""
    behind: str = ""
    start: int = 1


@dataclass(slots=True)
class _Style:
    """A style of paragraphs or of text: its *names* and *base*, and what it says itself."""

    names: tuple[str, ...]
    base: str
    list: str | None = None
    level: int | None = None
    indent: int | None = None
    first: int | None = None
    hidden: bool | None = None


def _measure_length(text: str | None) -> int | None:
    """Return a length in twentieths of a point; None for one that is none."""
    match = _LENGTH.fullmatch(text or "")
    return round(float(match[1]) * _UNITS[match[2]]) if match else None


class _Styles(ElementReader):
    """The styles of a document: common ones, and those that its program made of what was set by hand."""

    prefixes = _PREFIXES

    def __init__(self) -> None:
        self._styles: dict[tuple[str, str], _Style] = {}
        self.lists: dict[str, dict[int, _ListLevel]] = {}
        self._open: _Style | None = None
        self._list = ""

    def open_element(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "style:style":
            key = attributes.get("style:name", "")
            names = (attributes.get("style:display-name") or _CODED.sub(_decode_sign, key),)
            self._open = _Style(names, attributes.get("style:parent-style-name", ""))
            self._open.list = attributes.get("style:list-style-name")
            self._open.level = read_number(attributes.get("style:default-outline-level"))
            self._styles[attributes.get("style:family", ""), key] = self._open
        elif self._open and name == "style:paragraph-properties":
            indent = _measure_length(attributes.get("fo:margin-left") or attributes.get("fo:margin"))
            self._open.indent = self._open.indent if indent is None else indent
            self._open.first = _measure_length(attributes.get("fo:text-indent"))
        elif self._open and name in ("style:text-properties", "style:section-properties"):
            shown = attributes.get("text:display")
            self._open.hidden = self._open.hidden if shown is None else shown in ("none", "condition")
        elif name in ("text:list-style", "text:outline-style"):
            self._list = attributes.get("style:name", "")
            self.lists[self._list] = {}
        elif name.startswith("text:list-level-style-"):
            self._read_list_level(attributes)

    def close_element(self, name: str) -> None:
        if name == "style:style":
            self._open = None

    def _read_list_level(self, attributes: Mapping[str, str]) -> None:
        level = read_number(attributes.get("text:level")) or 1
        form, before, behind = (attributes.get(f"style:num-{name}", "") for name in ("format", "prefix", "suffix"))
        start = read_number(attributes.get("text:start-value"))
        self.lists.setdefault(self._list, {})[level] = _ListLevel(form, before, behind, 1 if start is None else start)

    def list_bases(self, family: str, name: str) -> Iterator[_Style]:
        """Yield the style *name* and those that it is based on, the nearest first, each once."""
        seen: set[str] = set()
        while (family, name) in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[family, name]
            name = self._styles[family, name].base

    def is_hidden(self, family: str, name: str) -> bool:
        """Return whether what is in a style is hidden."""
        told = (one.hidden for one in self.list_bases(family, name))
        return next((hidden for hidden in told if hidden is not None), False)

    def describe_paragraph(self, name: str, level: int) -> Look:
        """Return how a paragraph in the style *name* looks; *level* is its rank as a heading, or 0."""
        chain = [*self.list_bases("paragraph", name)]
        # Those that a program made are named P1, P2 … and say nothing.
        names = tuple(one.names[0] for one in chain if not re.fullmatch(r"[A-Z]+\d+", one.names[0])) or (name,)
        indent = next((one.indent for one in chain if one.indent is not None), 0)
        first = next((one.first for one in chain if one.first is not None), 0)
        return Look(names, level, 0 if first < 0 else indent)


def _decode_sign(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))


@dataclass(slots=True)
class _Level:
    """What goes on around the paragraphs of the body, of a note, or of a text box."""

    note: NoteKey | None = None
    paragraph: ShownParagraph | None = None
    hidden: list[bool] = field(default_factory=list)
    cells: int = 0
    lists: list[str] = field(default_factory=list)
    marker: str = ""


class _BodyReader(ElementReader):
    """Reads the text: *body* are its paragraphs, *notes* those of each note."""

    prefixes = _PREFIXES

    def __init__(self, styles: _Styles) -> None:
        self._styles = styles
        self._levels: list[_Level] = []
        self._unread = 0
        self._number = 0
        self._counts: dict[tuple[str, int], int] = {}
        self._looks: dict[tuple[str, int], Look] = {}
        self.body: list[ShownParagraph] = []
        self.notes: dict[NoteKey, list[ShownParagraph]] = {}

    def open_element(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._unread:
            self._unread += 1
            return
        if name == "office:text":
            self._levels = [_Level()]
        if not self._levels:
            return
        level = self._levels[-1]
        if name in _TEXTS:
            self._open_paragraph(name, attributes)
        elif name == "text:span":
            level.hidden.append(self._styles.is_hidden("text", attributes.get("text:style-name", "")))
        elif name == "text:s":
            self._add_text(" " * min(read_number(attributes.get("text:c")) or 1, _BLANKS))
        elif name in ("text:tab", "text:line-break"):
            self._add_text(" ")
        elif name in _UNREAD or self._is_off(name, attributes):
            self._unread = 1
        elif name == "text:note":
            kind = "endnote" if attributes.get("text:note-class") == "endnote" else "footnote"
            key = (kind, str(len(self.notes)))
            self.notes[key] = []
            if level.paragraph is not None and not any(level.hidden):
                level.paragraph.pieces.append(("", key))
            self._levels.append(_Level(key))
        elif name == "draw:text-box":
            self._levels.append(_Level(level.note))
        elif name == _CELLS:
            level.cells += 1
        else:
            self._open_list(name, attributes)

    def _is_off(self, name: str, attributes: Mapping[str, str]) -> bool:
        """Return whether an element is hidden by itself."""
        if name == "text:section":
            style = attributes.get("text:style-name", "")
            return attributes.get("text:display") in ("none", "condition") or self._styles.is_hidden("section", style)
        return name in ("text:hidden-text", "text:conditional-text") and attributes.get("text:is-hidden") == "true"

    def _open_list(self, name: str, attributes: Mapping[str, str]) -> None:
        level = self._levels[-1]
        if name == "text:list":
            style = attributes.get("text:style-name") or (level.lists[-1] if level.lists else "")
            level.lists.append(style)
            if attributes.get("text:continue-numbering") != "true" and not attributes.get("text:continue-list"):
                self._counts.pop((style, len(level.lists)), None)
        elif name == "text:list-item" and level.lists:
            depth, style = len(level.lists), level.lists[-1]
            look = self._styles.lists.get(style, {}).get(depth, _ListLevel())
            start = read_number(attributes.get("text:start-value"))
            number = self._counts.get((style, depth), look.start - 1) + 1 if start is None else start
            self._counts[style, depth] = number
            level.marker = f"{look.before}{number}{look.behind}".strip() if look.form == "1" else ""

    def close_element(self, name: str) -> None:
        if self._unread:
            self._unread -= 1
            return
        if not self._levels:
            return
        level = self._levels[-1]
        if name in _TEXTS:
            self._close_paragraph()
        elif name == "text:span" and level.hidden:
            level.hidden.pop()
        elif name in ("text:note", "draw:text-box") and len(self._levels) > 1:
            self._levels.pop()
        elif name == _CELLS:
            level.cells = max(level.cells - 1, 0)
        elif name == "text:list" and level.lists:
            level.lists.pop()
        elif name == "office:text":
            self._levels = []

    def take_text(self, text: str) -> None:
        if self._levels and not self._unread:
            self._add_text(text)

    def _add_text(self, text: str) -> None:
        level = self._levels[-1]
        if level.paragraph is not None and not any(level.hidden):
            level.paragraph.pieces.append((text, self.parser.CurrentByteIndex))

    def _open_paragraph(self, name: str, attributes: Mapping[str, str]) -> None:
        level = self._levels[-1]
        if len(self._levels) == 1:
            self._number += 1
        style = attributes.get("text:style-name", "")
        rank = (read_number(attributes.get("text:outline-level")) or 1) if name == "text:h" else 0
        if (style, rank) not in self._looks:
            self._looks[style, rank] = self._styles.describe_paragraph(style, rank)
        look = self._looks[style, rank]
        if level.lists and not rank:
            look = look._replace(listed=True)
        paragraph = ShownParagraph(self._number, level.note, look, bool(level.cells), 0 if rank else len(level.lists))
        paragraph.marker, level.marker = level.marker, ""
        level.paragraph = paragraph
        level.hidden = [self._styles.is_hidden("paragraph", style)]

    def _close_paragraph(self) -> None:
        level = self._levels[-1]
        paragraph, level.paragraph = level.paragraph, None
        if paragraph is None:
            return
        level.hidden = []
        outer = next((one.paragraph for one in reversed(self._levels[:-1]) if one.note == level.note), None)
        if outer is not None:
            outer.boxes.append(paragraph)
        elif level.note:
            self.notes[level.note].append(paragraph)
        else:
            self.body.append(paragraph)


def parse_odt(archive: Archive) -> Pages:
    """Return the pages of the OpenDocument text in *archive*. Raises UnreadableError for one that is damaged."""
    styles = _Styles()
    if "styles.xml" in archive:
        archive.parse_part("styles.xml", styles)
    archive.parse_part("content.xml", styles)
    body = _BodyReader(styles)
    archive.parse_part("content.xml", body)
    parts = dict.fromkeys(("", "footnote", "endnote"), "content.xml")
    return write_paragraphs(body.body, body.notes, parts)
