"""How a Word document's paragraphs look: its styles, what they are based on, and the numbers of its lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from rightscli.drafts.archives import ElementReader

_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
PREFIXES: Mapping[str, str] = {
    **dict.fromkeys(_WORD, ""),
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
}
"""Word's own names have no prefix here, in either of the standard's two namespaces."""
_OFF = frozenset({"0", "false", "off", "none"})
_LEVELS = 9


def is_on(attributes: Mapping[str, str]) -> bool:
    """Return whether a property such as ``<w:vanish/>`` is set: it is, unless it says that it is not."""
    return attributes.get("val", "1") not in _OFF


def read_number(text: str | None) -> int | None:
    """Return a whole number; None for anything else."""
    try:
        return int(text) if text and len(text) < 10 else None
    except ValueError:
        return None


@dataclass(slots=True)
class Properties:
    """Those of a paragraph, or of a style, that say what it is; None where they say nothing."""

    style: str | None = None
    level: int | None = None
    indent: int | None = None
    hanging: int | None = None
    list: str | None = None
    list_level: int | None = None
    hidden: bool | None = None

    def take_property(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the property that the element *name* of ``w:pPr`` sets."""
        value = attributes.get("val")
        if name == "pStyle":
            self.style = value
        elif name == "outlineLvl":
            self.level = read_number(value)
        elif name == "numId":
            self.list = value
        elif name == "ilvl":
            self.list_level = read_number(value)
        elif name == "ind":
            indent = read_number(attributes.get("left") or attributes.get("start"))
            hanging = read_number(attributes.get("hanging"))
            self.indent = self.indent if indent is None else indent
            self.hanging = self.hanging if hanging is None else hanging


@dataclass(slots=True)
class ParagraphStyle:
    """A style: its *name*, that of the one that it is based on, and its properties."""

    name: str = ""
    base: str = ""
    properties: Properties = field(default_factory=Properties)


class Styles(ElementReader):
    """The styles of a document, by their ids; *default* is that of paragraphs which name none."""

    prefixes = PREFIXES

    def __init__(self) -> None:
        self._styles: dict[str, ParagraphStyle] = {}
        self._open: ParagraphStyle | None = None
        self.default = ""

    def open_element(self, name: str, attributes: Mapping[str, str]) -> None:
        """Act on a start tag of the part that lists the styles."""
        if name == "style":
            id = attributes.get("styleId", "")
            self._open = self._styles[id] = ParagraphStyle()
            if attributes.get("type") == "paragraph" and attributes.get("default", "0") not in _OFF:
                self.default = id
        elif self._open:
            if name == "name":
                self._open.name = attributes.get("val", "")
            elif name == "basedOn":
                self._open.base = attributes.get("val", "")
            elif name == "vanish":
                self._open.properties.hidden = is_on(attributes)
            else:
                self._open.properties.take_property(name, attributes)

    def close_element(self, name: str) -> None:
        """Act on an end tag."""
        if name == "style":
            self._open = None

    def list_bases(self, id: str) -> Iterator[ParagraphStyle]:
        """Yield the style *id* and those that it is based on, the nearest first; each once, also where they go in a circle."""
        seen: set[str] = set()
        while id in self._styles and id not in seen:
            seen.add(id)
            yield self._styles[id]
            id = self._styles[id].base

    def is_hidden(self, id: str) -> bool:
        """Return whether text in the style *id* is hidden."""
        told = (one.properties.hidden for one in self.list_bases(id))
        return next((hidden for hidden in told if hidden is not None), False)


class _Level(NamedTuple):
    """One level of a numbered list: where it begins to count, and what it prints, ``%1`` for the first level's number; empty
    where that is no number in digits."""

    start: int = 1
    printed: str = ""


class Numberings(ElementReader):
    """The lists of a document, and how far each has counted."""

    prefixes = PREFIXES

    def __init__(self) -> None:
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._restarted: set[tuple[str, int]] = set()
        self._id = ""
        self._level = 0
        self._is_decimal = False

    def open_element(self, name: str, attributes: Mapping[str, str]) -> None:
        """Act on a start tag of the part that lists the lists."""
        value = attributes.get("val", "")
        if name == "abstractNum":
            self._id = attributes.get("abstractNumId", "")
            self._abstract[self._id] = {}
        elif name == "num":
            self._id = attributes.get("numId", "")
        elif name == "abstractNumId":
            self._lists[self._id] = value
        elif name in ("lvl", "lvlOverride"):
            self._level = read_number(attributes.get("ilvl")) or 0
            self._is_decimal = False
        elif name == "startOverride":
            self._starts.setdefault(self._id, {})[self._level] = read_number(value) or 0
        elif self._id in self._abstract and self._id not in self._lists:
            self._read_level(name, value)

    def _read_level(self, name: str, value: str) -> None:
        levels = self._abstract[self._id]
        level = levels.get(self._level, _Level())
        if name == "start":
            levels[self._level] = level._replace(start=read_number(value) or 0)
        elif name == "numFmt":
            self._is_decimal = value in ("decimal", "decimalZero")
        elif name == "lvlText":
            levels[self._level] = level._replace(printed=value if self._is_decimal else "")

    def count_paragraph(self, list_id: str, level: int) -> str:
        """Return what is printed before the next paragraph of a list at this *level*, where that is a number."""
        abstract = self._lists.get(list_id, "")
        levels = self._abstract.get(abstract, {})
        counts = self._counts.setdefault(abstract, {})
        own = self._starts.get(list_id, {})
        if level in own and (list_id, level) not in self._restarted:
            self._restarted.add((list_id, level))
            counts[level] = own[level] - 1
        start = levels.get(level, _Level()).start
        counts[level] = counts.get(level, start - 1) + 1
        for deeper in range(level + 1, _LEVELS):
            counts.pop(deeper, None)
        printed = levels.get(level, _Level()).printed
        for number in range(min(level, _LEVELS - 1) + 1):
            shown = counts.get(number, levels.get(number, _Level()).start)
            printed = printed.replace(f"%{number + 1}", str(shown))
        return printed.strip()
