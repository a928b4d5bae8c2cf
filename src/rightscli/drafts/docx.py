"""Running text of Word documents: ECMA-376 (ISO/IEC 29500), both of its namespaces, as Word shows it with all changes accepted.

Parts are found by their relationships. Tracked insertions are read, deletions are not; of fields, the text that they show.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rightscli.drafts.archives import Archive, ElementReader, find_main_part
from rightscli.drafts.docxstyles import PREFIXES, Numberings, Properties, Styles, is_on
from rightscli.drafts.paragraphs import Look, NoteKey, Pages, ShownParagraph, write_paragraphs

# What is no text of the document's: what was deleted or moved away, what properties were before, phonetic guides, fallbacks
# of what was read already, the prompt of an empty form.
_UNREAD = frozenset(
    "del moveFrom rPrChange pPrChange sectPrChange tblPrChange trPrChange tcPrChange tblGridChange numberingChange rt sdtPr"
    " sectPr mc:Fallback tblPr tblGrid".split()
)
_SIGNS = {"tab": " ", "ptab": " ", "br": " ", "cr": " ", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_HEADING = re.compile("heading ([1-9])", re.IGNORECASE)
_CHILDREN = frozenset({"pStyle", "outlineLvl", "numId", "ilvl", "ind"})


@dataclass(slots=True)
class _Level:
    """What goes on around the paragraphs of the body, or of one text box: a box begins anew."""

    paragraph: ShownParagraph | None = None
    properties: Properties | None = None
    cells: int = 0
    goes_on: ShownParagraph | None = None
    """A paragraph whose end was deleted, so that the next one is part of it."""


class _PartReader(ElementReader):
    """Reads one part: *body* are its paragraphs, *notes* those of each note in it."""

    prefixes = PREFIXES

    def __init__(self, styles: Styles, numberings: Numberings, *, notes: str = "") -> None:
        self._styles = styles
        self._numberings = numberings
        self._kind = notes
        self._hidden: dict[str, bool] = {}
        self._levels = [_Level()]
        self._unread = 0
        self._choices: list[bool] = []
        # Of each open field: whether its instruction is over.
        self._fields: list[bool] = []
        self._in_text = self._in_run = self._in_paragraph_properties = False
        self._is_prompt: list[bool] = []
        self._run_hidden: bool | None = None
        self._own_mark = False
        self._goes_on = False
        self._list, self._depth = "", 0
        self._note: NoteKey | None = None
        self._number = 0
        self.body: list[ShownParagraph] = []
        self.notes: dict[NoteKey, list[ShownParagraph]] = {}

    # The table of what each start tag does would hide the order in which they are asked: the most frequent first.
    def open_element(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._unread:
            # A prompt is told by a property of its form, all others of which are left out.
            if name == "showingPlcHdr" and self._is_prompt:
                self._is_prompt[-1] = is_on(attributes)
            self._unread += 1
        elif name == "t":
            self._in_text = True
        elif name == "r":
            self._in_run, self._run_hidden, self._own_mark = True, None, False
        elif name == "p":
            self._open_paragraph()
        elif self._in_paragraph_properties and name in _CHILDREN:
            self._take_property(name, attributes)
        elif name == "pPr":
            self._in_paragraph_properties = True
        elif name in _SIGNS:
            # A tab is also the name of a tab's place, in a paragraph's properties.
            if self._in_run and not self._in_paragraph_properties:
                self._add_text(_SIGNS[name])
        else:
            self._open_other(name, attributes)

    def _open_other(self, name: str, attributes: Mapping[str, str]) -> None:
        """Act on a start tag of the less frequent."""
        if name in ("del", "moveFrom") and self._in_paragraph_properties:
            # The mark at the paragraph's end is deleted.
            self._goes_on = True
        elif name == "framePr":
            # A drop cap is a paragraph of its own.
            self._goes_on = self._goes_on or attributes.get("dropCap", "none") != "none"
        elif name == "tbl":
            self._end_text()
        elif name in _UNREAD or (name == "mc:Choice" and self._choices and self._choices[-1]):
            self._unread = 1
            if name == "sdtPr" and self._is_prompt:
                self._is_prompt[-1] = False
        elif name == "rStyle" and self._in_run:
            if self._run_hidden is None and self._is_style_hidden(attributes.get("val", "")):
                self._run_hidden = True
        elif name == "vanish" and self._in_run and not self._in_paragraph_properties:
            self._run_hidden = is_on(attributes)
        elif name == "fldChar":
            self._turn_field(attributes.get("fldCharType", ""))
        elif name in _NOTES:
            self._add_note((_NOTES[name], attributes.get("id", "")))
            self._own_mark = attributes.get("customMarkFollows", "0") not in ("0", "false", "off")
        elif name == "sym":
            self._add_symbol(attributes.get("char", ""))
        elif name == "tc":
            self._levels[-1].cells += 1
        elif name == "txbxContent":
            self._levels.append(_Level())
            self._in_run = False
        elif name == "mc:AlternateContent":
            self._choices.append(False)
        elif name == "mc:Choice" and self._choices:
            self._choices[-1] = True
        elif name == "sdt":
            self._is_prompt.append(False)
        elif name == "sdtContent" and self._is_prompt and self._is_prompt[-1]:
            self._unread = 1
        elif name == self._kind:
            is_own = attributes.get("type", "normal") == "normal"
            self._note = (name, attributes.get("id", "")) if is_own else None
            self._unread = int(not is_own)

    def close_element(self, name: str) -> None:
        if self._unread:
            self._unread -= 1
        elif name == "t":
            self._in_text = False
        elif name == "r":
            self._in_run = False
        elif name == "p":
            self._close_paragraph()
        elif name == "pPr":
            self._in_paragraph_properties = False
        elif name == "tc":
            self._end_text()
            self._levels[-1].cells = max(self._levels[-1].cells - 1, 0)
        elif name == "txbxContent" and len(self._levels) > 1:
            self._end_text()
            self._levels.pop()
            self._in_run, self._run_hidden = True, None
        elif name in ("body", self._kind):
            self._end_text()
        elif name == "mc:AlternateContent" and self._choices:
            self._choices.pop()
        elif name == "sdt" and self._is_prompt:
            self._is_prompt.pop()

    def take_text(self, text: str) -> None:
        if self._in_text and not self._unread and not self._own_mark:
            self._add_text(text)

    def _add_text(self, text: str) -> None:
        """Add what is shown where the reader is, but for what is hidden, and for the instructions of fields."""
        level = self._levels[-1]
        paragraph = level.paragraph
        if paragraph is None or self._run_hidden or not all(self._fields):
            return
        if self._run_hidden is None and self._is_style_hidden(self._name_style()):
            return
        paragraph.pieces.append((text, self.parser.CurrentByteIndex))

    def _add_note(self, key: NoteKey) -> None:
        paragraph = self._levels[-1].paragraph
        if paragraph is not None and not self._run_hidden and all(self._fields):
            paragraph.pieces.append(("", key))

    def _add_symbol(self, code: str) -> None:
        """Add the sign of a symbol font that is one of Unicode's, too."""
        try:
            sign = chr(int(code, 16))
        except (ValueError, OverflowError):
            return
        if sign.isprintable() and not "\ue000" <= sign <= "\uf8ff":
            self._add_text(sign)

    def _turn_field(self, turn: str) -> None:
        if turn == "begin":
            self._fields.append(False)
        elif turn == "separate" and self._fields:
            self._fields[-1] = True
        elif turn == "end" and self._fields:
            self._fields.pop()

    def _open_paragraph(self) -> None:
        level = self._levels[-1]
        level.properties = None
        self._goes_on = False
        if len(self._levels) == 1 and not self._kind:
            self._number += 1
        if level.goes_on:
            level.paragraph, level.goes_on = level.goes_on, None
            return
        level.paragraph = ShownParagraph(self._number, self._note, in_cell=bool(level.cells))

    def _close_paragraph(self) -> None:
        level = self._levels[-1]
        paragraph, level.paragraph = level.paragraph, None
        if paragraph is None or not (paragraph.pieces or paragraph.boxes or level.properties or self._goes_on):
            return
        # Of two that are one, the mark that stays is the second's, and holds its properties.
        self._describe_paragraph(paragraph, level.properties)
        if self._goes_on:
            level.goes_on = paragraph
        else:
            self._add_paragraph(paragraph)

    def _end_text(self) -> None:
        """Add a paragraph that would go on, where the text ends that it is in."""
        paragraph, self._levels[-1].goes_on = self._levels[-1].goes_on, None
        if paragraph is not None:
            self._add_paragraph(paragraph)

    def _add_paragraph(self, paragraph: ShownParagraph) -> None:
        if paragraph.look.listed:
            paragraph.marker = self._numberings.count_paragraph(self._list, self._depth)
        if len(self._levels) > 1:
            outer = self._levels[-2].paragraph
            if outer is not None:
                paragraph.number = outer.number
                outer.boxes.append(paragraph)
        elif self._note:
            self.notes.setdefault(self._note, []).append(paragraph)
        elif not self._kind:
            self.body.append(paragraph)

    def _take_property(self, name: str, attributes: Mapping[str, str]) -> None:
        level = self._levels[-1]
        level.properties = level.properties or Properties()
        level.properties.take_property(name, attributes)

    def _name_style(self) -> str:
        """Return the style of the paragraph that is read."""
        properties = self._levels[-1].properties
        return properties.style if properties and properties.style is not None else self._styles.default

    def _describe_paragraph(self, paragraph: ShownParagraph, properties: Properties | None) -> None:
        """Let *paragraph* look as its own *properties* say, and else its style's."""
        style, properties = self._name_style(), properties or Properties()
        chain = [properties, *(one.properties for one in self._styles.list_bases(style))]
        names = tuple(one.name for one in self._styles.list_bases(style))
        level = next((one.level for one in chain if one.level is not None), None)
        named = next((int(found[1]) - 1 for name in names if (found := _HEADING.fullmatch(name))), None)
        level = named if level is None else level
        list_id = next((one.list for one in chain if one.list is not None), None)
        listed = list_id not in (None, "0")
        indent = next((one.indent for one in chain if one.indent is not None), 0)
        hanging = next((one.hanging for one in chain if one.hanging is not None), 0)
        rank = level + 1 if level is not None and 0 <= level < 9 else 0
        paragraph.look = Look(names, rank, 0 if hanging else indent, listed)
        if list_id is not None and listed:
            depth = next((one.list_level for one in chain if one.list_level is not None), 0)
            self._list, self._depth = list_id, min(max(depth, 0), 8)
            # A heading may be numbered by a list without being part of one.
            paragraph.depth = 0 if rank else self._depth + 1

    def _is_style_hidden(self, id: str) -> bool:
        if id not in self._hidden:
            self._hidden[id] = self._styles.is_hidden(id)
        return self._hidden[id]


def parse_docx(archive: Archive) -> Pages:
    """Return the pages of the Word document in *archive*. Raises UnreadableError for one that is damaged."""
    main = find_main_part(archive)
    relations = {one.type: one.target for one in archive.list_relations(main).values()}
    styles, numberings = Styles(), Numberings()
    for type, reader in (("styles", styles), ("numbering", numberings)):
        if type in relations:
            archive.parse_part(relations[type], reader)
    body = _PartReader(styles, numberings)
    archive.parse_part(main, body)
    notes: dict[NoteKey, list[ShownParagraph]] = {}
    parts = {"": main}
    for kind in ("footnote", "endnote"):
        if f"{kind}s" in relations:
            part = _PartReader(styles, numberings, notes=kind)
            archive.parse_part(relations[f"{kind}s"], part)
            parts[kind] = relations[f"{kind}s"]
            notes |= part.notes
    return write_paragraphs(body.body, notes, parts)
