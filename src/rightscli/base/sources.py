"""A source's value → Source: its CSL fields, its unit, and its passages with their numbers as printed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rightscli.base.csl import CSL_DATES, CSL_NAMES, CSL_TEXTS, CSL_TYPES
from rightscli.base.fields import is_id
from rightscli.base.model import Paragraph, Source
from rightscli.base.references import Reference, ReferenceReader
from rightscli.base.values import Value, quote_text
from rightscli.text.folding import fold_text, shorten_text
from rightscli.text.locators import NUMBER, UNITS, Locator, fold_number
from rightscli.text.numbering import is_page
from rightscli.text.slips import format_guess

_SOURCE_REQUIRED = ("type", "title")
_OWN_FIELDS = ("unit", "cited-by", "alias", "edition-of", "was", "paragraphs")
_SOURCE_FIELDS = CSL_NAMES | CSL_DATES | CSL_TEXTS | {*_SOURCE_REQUIRED, *_OWN_FIELDS}
_PARAGRAPH_FIELDS = ("number", "section", "page", "begins", "ends", "words", "sha256")
# What a passage has that there is a copy of; of another, only the number is known, and where it stands.
_PROOF = ("words", "sha256")
_WHEREABOUTS = frozenset({"number", "section", "page"})

_NUMBER = re.compile(NUMBER, re.IGNORECASE)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NUMBER_HELP = "is no number of a passage; 13, 23a, 11(1), 3.2 or iv is expected"


class SourceReader(ReferenceReader):
    """What takes the sources of a base, and the places in them that facts cite."""

    def _take_source(self, key: str, value: Value, place: str) -> Source:
        self._known["sources"][key] = None
        fields = self._take_mapping(value, place)
        unit = self._take_choice(fields.get("unit"), f"{place}.unit", UNITS) or "paragraph"
        required = _SOURCE_REQUIRED if unit == "page" else (*_SOURCE_REQUIRED, "paragraphs")
        fields = self._open_mapping(value, place, required=required, allowed=_SOURCE_FIELDS)
        kind = self._take_text(fields.get("type"), f"{place}.type")
        if kind and kind not in CSL_TYPES:
            message = f"no CSL type {quote_text(kind)}{format_guess(self._guess(kind, CSL_TYPES))}"
            self._complain(fields["type"].line, f"{place}.type", message)
        before = len(self.problems)
        paragraphs = tuple(self._take_paragraphs(fields.get("paragraphs"), f"{place}.paragraphs", unit))
        cited_by = self._take_choice(fields.get("cited-by"), f"{place}.cited-by", ("page",))
        self._require_pages(paragraphs if cited_by else (), f"{place}.paragraphs")
        source = Source(
            key=key,
            type=kind,
            title=self._take_text(fields.get("title"), f"{place}.title"),
            names={name: self._take_names(fields[name], f"{place}.{name}") for name in fields if name in CSL_NAMES},
            dates={name: self._take_date(fields[name], f"{place}.{name}") for name in fields if name in CSL_DATES},
            fields={name: self._take_text(fields[name], f"{place}.{name}") for name in fields if name in CSL_TEXTS},
            paragraphs=paragraphs,
            unit=unit,
            cited_by=cited_by,
            alias=self._take_alias(fields.get("alias"), f"{place}.alias", key),
            edition_of=self._take_edition(key, fields.get("edition-of"), f"{place}.edition-of"),
            was=self._take_former(fields.get("was"), f"{place}.was", f"sources.{key}", key),
            line=value.line,
        )
        if len(self.problems) == before:
            self._known["sources"][key] = source.make_numbering()
        return source

    def _take_choice(self, value: Value | None, place: str, choices: tuple[str, ...]) -> str:
        """Return the text, one of *choices*; nothing after a complaint."""
        text = self._take_text(value, place)
        if value and text and text not in choices:
            expected = f"{', '.join(choices[:-1])} or {choices[-1]}" if len(choices) > 1 else choices[0]
            self._complain(
                value.line, place, f"no {place.rpartition('.')[2]} {quote_text(text)}; {expected} is expected"
            )
            return ""
        return text

    def _take_alias(self, value: Value | None, place: str, key: str) -> tuple[str, ...]:
        aliases = self._take_texts(value, place)
        for other in self.sources.values():
            shared = {fold_text(name) for name in other.alias} & {fold_text(name) for name in aliases}
            for name in [alias for alias in aliases if value and other.key != key and fold_text(alias) in shared]:
                assert value
                self._complain(value.line, place, f"{quote_text(name)} is an alias of {other.key} too")
        return aliases

    def _take_edition(self, key: str, value: Value | None, place: str) -> str | None:
        newer = self._take_text(value, place)
        if not (newer and value):
            return None
        if newer == key:
            self._complain(value.line, place, "a source cannot be an edition of itself")
        else:
            self._newer[key] = (value.line, newer)
            self._refer(Reference(value.line, place, "sources", newer))
        return newer

    def _take_former(self, value: Value | None, place: str, owner: str, name: str) -> tuple[str, ...]:
        """Return the former names of the fact or source *owner*, which is called *name* now."""
        texts = self._take_texts(value, place)
        if not (value and texts and isinstance(value.content, list)):
            return texts
        for where, one in self._take_list(value, place):
            if not isinstance(one.content, str) or not one.content:
                continue
            if not is_id(one.content):
                self._check_id(one.content, one.line, where)
            elif one.content == name:
                self._complain(one.line, where, "this is its name now")
            else:
                self._note_former([(one, where)], owner)
        return texts

    def _take_paragraphs(self, value: Value | None, place: str, unit: str) -> Iterator[Paragraph]:
        lines: dict[str, int] = {}
        for where, one in self._take_list(value, place, least="" if unit == "page" else "paragraph"):
            given = one.content if isinstance(one.content, dict) else {}
            required = ("number",) if _WHEREABOUTS.issuperset(given) else ("number", *_PROOF)
            fields = self._open_mapping(one, where, required=required, allowed=_PARAGRAPH_FIELDS)
            number = self._take_text(fields.get("number"), f"{where}.number")
            if number and not _NUMBER.fullmatch(number):
                self._complain(fields["number"].line, f"{where}.number", f"{quote_text(number)} {_NUMBER_HELP}")
            elif number and lines.setdefault(fold_number(number), one.line) != one.line:
                message = f"{unit} {number} is there already; see line {lines[fold_number(number)]}"
                self._complain(fields["number"].line, f"{where}.number", message)
            sha256 = self._take_text(fields.get("sha256"), f"{where}.sha256")
            if sha256 and not _SHA256.fullmatch(sha256):
                message = f"{quote_text(sha256)} is no SHA-256; 64 hex digits in lower case are expected"
                self._complain(fields["sha256"].line, f"{where}.sha256", message)
            yield Paragraph(
                number=number,
                section=self._take_text(fields.get("section"), f"{where}.section"),
                begins=self._take_text(fields.get("begins"), f"{where}.begins", may_be_empty=True),
                ends=self._take_text(fields.get("ends"), f"{where}.ends", may_be_empty=True),
                words=self._take_number(fields.get("words"), f"{where}.words"),
                sha256=sha256,
                page=self._take_page(fields.get("page"), f"{where}.page"),
                line=one.line,
            )

    def _take_page(self, value: Value | None, place: str) -> str:
        text = self._take_text(value, place)
        if value and text and not is_page(text):
            self._complain(value.line, place, f"{quote_text(text)} is no page; 13, 13-14 or iv is expected")
        return text

    def _require_pages(self, paragraphs: tuple[Paragraph, ...], place: str) -> None:
        """Complain of each passage that cannot be cited by its page."""
        for number, paragraph in enumerate(paragraphs, start=1):
            if not paragraph.page:
                self._complain(
                    paragraph.line, f"{place}.{number}", "a source that is cited by page needs the passage's page"
                )

    def _take_place(self, key: str, value: Value, place: str) -> Locator | None:
        """Return a locator in the source *key*, by text alone while the source is not known; None after a complaint."""
        text = self._take_text(value, place)
        first, dash, last = text.partition("-")
        # Of a number as long as this one the source says where it ends.
        is_number = _NUMBER.fullmatch(first) and (not dash or _NUMBER.fullmatch(last))
        if not is_number and not re.fullmatch(r"[1-9][0-9]*(-[1-9][0-9]*)?", text):
            if text:
                self._complain(value.line, place, f"{quote_text(text)} is no paragraph; 13 or 13-15 is expected")
            return None
        last = last or first
        if dash and fold_number(first) == fold_number(last):
            message = f"{quote_text(text)} is a range of one paragraph; write {shorten_text(first)}"
            self._complain(value.line, place, message)
            return None
        if first.isdecimal() and last.isdecimal() and (len(first), first) > (len(last), last):
            backwards = shorten_text(f"{last}-{first}")
            self._complain(value.line, place, f"{quote_text(text)} runs backwards; write {backwards}")
            return None
        located = self._refer(Reference(value.line, place, "sources", key, (first, last)))
        return located or Locator(0, 0, text)
