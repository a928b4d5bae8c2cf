"""facts.yaml → FactBase, or every problem in the file at once, each with its line.

The file is read one fact at a time (see ``values``), so that its size is no matter.

A place is a dotted path of keys and, inside lists, of positions from 1: ``sources.hrw-2020.paragraphs.3.sha256``. A
fact goes by its id or, while it has no usable one, by its position, from 1 as well: ``facts[3]``.
"""

from __future__ import annotations

import codecs
import hashlib
import os
import re
import sys
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from rightscli.base.csl import CSL_DATES, CSL_NAMES, CSL_TEXTS, CSL_TYPES
from rightscli.base.fields import FieldReader, is_id
from rightscli.base.model import Citation, Fact, FactBase, Paragraph, Source, Topic, list_circles
from rightscli.base.values import (
    Composer,
    DocumentStartEvent,
    MappingStartEvent,
    SequenceStartEvent,
    StreamEndEvent,
    Value,
    YAMLError,
    explain_yaml_error,
    find_unreadable,
    get_line,
    quote_text,
)
from rightscli.errors import BadBaseError, UnreadableError
from rightscli.files import open_bytes
from rightscli.text.folding import shorten_text
from rightscli.text.locators import Locator
from rightscli.text.slips import format_guess

SCHEMA = "1"
"""The number of the file format that this version reads."""


_BASE_REQUIRED = ("schema", "title", "edition", "scope", "sources", "topics", "facts")
_BASE_FIELDS = frozenset((*_BASE_REQUIRED, "license"))
_SOURCE_REQUIRED = ("type", "title", "issued", "paragraphs")
_SOURCE_FIELDS = CSL_NAMES | CSL_DATES | CSL_TEXTS | {*_SOURCE_REQUIRED, "alias"}
_PARAGRAPH_FIELDS = ("number", "section", "begins", "ends", "words", "sha256")
_TOPIC_FIELDS = ("label", "alt", "hidden", "broader", "related")
_FACT_FIELDS = ("id", "claim", "cites", "topics", "date", "according_to", "anchors", "terms")

_LOCATOR = re.compile(r"([1-9][0-9]*)(?:-([1-9][0-9]*))?")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_BYTE_LIMIT = 1 << 32
_CHUNK = 1 << 20
_NO_END = sys.maxsize
"""The last paragraph of a source whose paragraphs cannot be told, because they are at fault themselves."""


class _Reference(NamedTuple):
    """A mention of something in *section*, ``sources`` or ``topics``; of a paragraph, too, if *last* is not 0."""

    line: int
    place: str
    section: str
    name: str
    last: int


def read_base(path: str | os.PathLike[str]) -> FactBase:
    """Return the base in the file at *path*, every reference in it resolved.

    Raises UnreadableError if the file cannot be read, and BadBaseError with all its problems, in line order, if it can.
    """
    reader = BaseReader(path)
    facts = tuple(reader.read_facts())
    reader.raise_problems()
    return FactBase(
        path=reader.file,
        sha256=reader.sha256,
        title=reader.texts["title"],
        edition=reader.texts["edition"],
        scope=reader.texts["scope"],
        license=reader.texts.get("license", ""),
        sources=reader.sources,
        topics=reader.topics,
        facts=facts,
    )


class BaseReader(FieldReader):
    """Values → sources, topics and facts, and every problem met on the way, for the length of one file.

    *texts* are the top-level texts (``title``, ``edition``, …), *lines* is how many lines the file has. The file is read
    twice, a piece at a time: once for what no text may hold and for its digest, once for what it says.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        super().__init__(os.fspath(path))
        self.lines = 1
        self.texts: dict[str, str] = {}
        self.sources: dict[str, Source] = {}
        self.topics: dict[str, Topic] = {}
        self._blank = True
        self._has_mark = False
        self._digest = hashlib.sha256()
        self._fields: dict[str, Value] = {}
        self._fact_lines: dict[str, int] = {}
        # Also of those with faults: the last paragraph of each source, and 0 for each topic. *_whole* names the sections
        # that were read to their end, so that what is not in them is missing.
        self._known: dict[str, dict[str, int]] = {"sources": {}, "topics": {}}
        self._whole: set[str] = set()
        self._pending: list[_Reference] = []
        self._broader: dict[str, tuple[int, str]] = {}

    def read_facts(self) -> Iterator[Fact]:
        """Yield each faultless fact, as it is read if the sources and topics stand before the facts, else at the end.

        What it refers to is in *sources* and *topics*. After the last fact *problems* is complete, and so is *texts*.
        """
        with open_bytes(self.file, limit=_BYTE_LIMIT, what="a fact base") as file:
            before = os.fstat(file.fileno())
            for line, message in find_unreadable(self._read_chunks(file)):
                self._complain(line, "", message)
            if not self.problems:
                file.seek(len(codecs.BOM_UTF8) if self._has_mark else 0)
                yield from self._read_document(file)
            after = os.fstat(file.fileno())
        # Not by ctime: that changes, too, when the file's name is given to another one.
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise UnreadableError(
                f"{shorten_text(self.file, 500)}: the file changed while it was read", hint="try again"
            )

    @property
    def sha256(self) -> str:
        """The digest of the file's bytes, once it has been read."""
        return self._digest.hexdigest()

    def _read_chunks(self, file: BinaryIO) -> Iterator[bytes]:
        """Yield the file's bytes without a mark of byte order, and note what is known of them as a whole."""
        chunk = file.read(_CHUNK)
        self._digest.update(chunk)
        self._has_mark = chunk.startswith(codecs.BOM_UTF8)
        chunk = chunk.removeprefix(codecs.BOM_UTF8)
        while chunk:
            self.lines += chunk.count(b"\n")
            self._blank = self._blank and not chunk.strip()
            yield chunk
            chunk = file.read(_CHUNK)
            self._digest.update(chunk)

    def _read_document(self, file: BinaryIO) -> Iterator[Fact]:
        early: list[Fact] = []
        try:
            self._composer = Composer(file)
            if self._open_document():
                for name, line in self._composer.walk_keys():
                    self._fields[name] = Value(line, "")
                    if name == "facts" and len(self._whole) == 2:
                        # So that whoever takes the facts one by one can rely on what stands before them.
                        self._check_references()
                        self._check_circles()
                        yield from self._read_facts(line)
                    elif name == "facts":
                        early = list(self._read_facts(line))
                    else:
                        self._read_field(name, line)
                    if self.texts.get("schema", SCHEMA) != SCHEMA:
                        return self._complain_schema()
                self._close_document()
                if not self.problems:
                    yield from early
        except YAMLError as error:
            self._settle_faults()
            self._complain_fields(1, "", self._fields, required=(), allowed=_BASE_FIELDS)
            self._complain(*explain_yaml_error(error))

    def raise_problems(self) -> None:
        """Raise BadBaseError, once every fact has been read, if there is any problem."""
        if self.problems:
            raise BadBaseError(tuple(sorted(self.problems, key=lambda problem: problem.line)))

    def _open_document(self) -> bool:
        """Read up to the base's first key; False, with a complaint, if the file is no mapping."""
        self._composer.next_event()
        if isinstance(self._composer.next_event(), StreamEndEvent):
            self._complain(1, "", "the file is empty" if self._blank else "the file holds nothing but comments")
            return False
        root = self._composer.next_event()
        if isinstance(root, MappingStartEvent):
            self._composer.open_collection(root)
            return True
        content = self._composer.compose(root)
        self._settle_faults()
        self._take_mapping(Value(get_line(root), content), "")
        return False

    def _close_document(self) -> None:
        self._composer.next_event()
        after = self._composer.next_event()
        if isinstance(after, DocumentStartEvent):
            self._complain(get_line(after), "", "a second document starts here; a base is one document")
        self._settle_faults()
        self._complain_fields(1, "", self._fields, required=_BASE_REQUIRED, allowed=_BASE_FIELDS)
        self._check_references()
        self._check_circles()

    def _read_field(self, name: str, line: int) -> None:
        """Read a top-level field other than ``facts``; of an unknown one, only what is a fault everywhere."""
        event = self._composer.next_event()
        if name in self._known and isinstance(event, MappingStartEvent):
            self._composer.open_collection(event)
            for key, key_line in self._composer.walk_keys():
                value = Value(key_line, self._composer.compose(self._composer.next_event()))
                self._settle_faults()
                place = f"{name}.{shorten_text(key)}"
                self._check_id(key, key_line, place)
                if name == "topics":
                    self.topics[key] = self._take_topic(key, value, place)
                else:
                    self.sources[key] = self._take_source(key, value, place)
            if name == "sources" and not self.sources:
                self._complain(line, name, "at least one source is expected")
            else:
                self._whole.add(name)
            return
        value = Value(line, self._composer.compose(event))
        self._settle_faults()
        if name in self._known:
            self._take_mapping(value, name)
        elif name in _BASE_FIELDS and (text := self._take_text(value, name)):
            self.texts[name] = text

    def _read_facts(self, line: int) -> Iterator[Fact]:
        event = self._composer.next_event()
        if not isinstance(event, SequenceStartEvent):
            content = self._composer.compose(event)
            self._settle_faults()
            self._take_list(Value(line, content), "facts")
            return
        self._composer.open_collection(event)
        for number, start in enumerate(self._composer.walk_list(), start=1):
            value = Value(get_line(start), self._composer.compose(start))
            before = len(self.problems), len(self._pending)
            fact = self._take_fact(value, number)
            # What is pending once sources and topics have been read names nothing.
            if before == (len(self.problems), len(self._pending) if len(self._whole) == 2 else before[1]):
                yield fact

    def _take_fact(self, value: Value, number: int) -> Fact:
        given = value.content.get("id") if isinstance(value.content, dict) else None
        id = given.content if given and isinstance(given.content, str) and is_id(given.content) else ""
        place = f"facts.{id}" if id else f"facts[{number}]"
        self._settle_faults(place)
        fields = self._open_mapping(value, place, required=_FACT_FIELDS[:3], allowed=_FACT_FIELDS)
        if given and not id and (text := self._take_text(given, f"{place}.id")):
            self._check_id(text, given.line, f"{place}.id")
        elif given and id in self._fact_lines:
            message = f"another fact has this id; see line {self._fact_lines[id]}"
            self._complain(given.line, f"{place}.id", message)
        elif given and id:
            self._fact_lines[id] = given.line
        return Fact(
            id=id,
            claim=self._take_text(fields.get("claim"), f"{place}.claim"),
            citations=self._take_citations(fields.get("cites"), f"{place}.cites"),
            topics=self._take_texts(fields.get("topics"), f"{place}.topics", of_topics=True),
            date=self._take_date(fields.get("date"), f"{place}.date") or None,
            according_to=self._take_text(fields.get("according_to"), f"{place}.according_to") or None,
            anchors=self._take_texts(fields.get("anchors"), f"{place}.anchors"),
            terms=self._take_texts(fields.get("terms"), f"{place}.terms"),
            line=value.line,
        )

    def _take_citations(self, value: Value | None, place: str) -> tuple[Citation, ...]:
        citations: dict[Citation, None] = {}
        for key, cited in self._take_mapping(value, place, least="citation").items():
            where = f"{place}.{shorten_text(key)}"
            self._refer(_Reference(cited.line, where, "sources", key, 0))
            several = isinstance(cited.content, list)
            for spot, one in self._take_list(cited, where, least="paragraph") if several else ((where, cited),):
                locator = self._take_locator(one, spot)
                if locator is None:
                    continue
                citation = Citation(key, locator)
                if citation in citations:
                    self._complain(one.line, spot, f"{quote_text(str(locator))} is listed twice")
                else:
                    citations[citation] = None
                    self._refer(_Reference(one.line, spot, "sources", key, locator.last))
        return tuple(citations)

    def _take_locator(self, value: Value, place: str) -> Locator | None:
        text = self._take_text(value, place)
        match = _LOCATOR.fullmatch(text)
        if match is None:
            if text:
                self._complain(value.line, place, f"{quote_text(text)} is no paragraph; 13 or 13-15 is expected")
            return None
        first, last = match[1], match[2] or match[1]
        if match[2] and first == last:
            self._complain(
                value.line, place, f"{quote_text(text)} is a range of one paragraph; write {shorten_text(first)}"
            )
        elif (len(first), first) > (len(last), last):
            self._complain(
                value.line, place, f"{quote_text(text)} runs backwards; write {shorten_text(f'{last}-{first}')}"
            )
        else:
            # No source has a thousand million paragraphs, and int() refuses thousands of digits.
            return Locator(*(int(digits) if len(digits) < 10 else 10**9 for digits in (first, last)))
        return None

    def _take_topic(self, key: str, value: Value, place: str) -> Topic:
        self._known["topics"][key] = 0
        fields = self._open_mapping(value, place, required=_TOPIC_FIELDS[:1], allowed=_TOPIC_FIELDS)
        broader = self._take_text(fields.get("broader"), f"{place}.broader")
        if broader and broader == key:
            self._complain(fields["broader"].line, f"{place}.broader", "a topic cannot be broader than itself")
        elif broader:
            self._broader[key] = (fields["broader"].line, broader)
            self._refer(_Reference(fields["broader"].line, f"{place}.broader", "topics", broader, 0))
        related = self._take_texts(fields.get("related"), f"{place}.related", of_topics=True)
        if key in related:
            self._complain(fields["related"].line, f"{place}.related", "a topic cannot be related to itself")
        return Topic(
            id=key,
            label=self._take_text(fields.get("label"), f"{place}.label"),
            alt=self._take_texts(fields.get("alt"), f"{place}.alt"),
            hidden=self._take_texts(fields.get("hidden"), f"{place}.hidden"),
            broader=broader or None,
            related=related,
            line=value.line,
        )

    def _take_source(self, key: str, value: Value, place: str) -> Source:
        self._known["sources"][key] = _NO_END
        fields = self._open_mapping(value, place, required=_SOURCE_REQUIRED, allowed=_SOURCE_FIELDS)
        kind = self._take_text(fields.get("type"), f"{place}.type")
        if kind and kind not in CSL_TYPES:
            message = f"no CSL type {quote_text(kind)}{format_guess(self._guess(kind, CSL_TYPES))}"
            self._complain(fields["type"].line, f"{place}.type", message)
        before = len(self.problems)
        paragraphs = tuple(self._take_paragraphs(fields.get("paragraphs"), f"{place}.paragraphs"))
        if paragraphs and len(self.problems) == before:
            self._known["sources"][key] = len(paragraphs)
        return Source(
            key=key,
            type=kind,
            title=self._take_text(fields.get("title"), f"{place}.title"),
            names={name: self._take_names(fields[name], f"{place}.{name}") for name in fields if name in CSL_NAMES},
            dates={name: self._take_date(fields[name], f"{place}.{name}") for name in fields if name in CSL_DATES},
            fields={name: self._take_text(fields[name], f"{place}.{name}") for name in fields if name in CSL_TEXTS},
            paragraphs=paragraphs,
            line=value.line,
            alias=self._take_texts(fields.get("alias"), f"{place}.alias"),
        )

    def _take_paragraphs(self, value: Value | None, place: str) -> Iterator[Paragraph]:
        due = 1
        for where, one in self._take_list(value, place, least="paragraph"):
            fields = self._open_mapping(one, where, required=_PARAGRAPH_FIELDS, allowed=_PARAGRAPH_FIELDS)
            number = self._take_number(fields.get("number"), f"{where}.number")
            if number and number != due:
                self._complain(fields["number"].line, f"{where}.number", f"number {due} is expected, not {number}")
            due = (number or due) + 1
            sha256 = self._take_text(fields.get("sha256"), f"{where}.sha256")
            if sha256 and not _SHA256.fullmatch(sha256):
                message = f"{quote_text(sha256)} is no SHA-256; 64 hex digits in lower case are expected"
                self._complain(fields["sha256"].line, f"{where}.sha256", message)
            yield Paragraph(
                number=number,
                section=self._take_text(fields.get("section"), f"{where}.section"),
                begins=self._take_text(fields.get("begins"), f"{where}.begins"),
                ends=self._take_text(fields.get("ends"), f"{where}.ends"),
                words=self._take_number(fields.get("words"), f"{where}.words"),
                sha256=sha256,
                line=one.line,
            )

    def _take_texts(self, value: Value | None, place: str, *, of_topics: bool = False) -> tuple[str, ...]:
        if value is None:
            return ()
        texts: dict[str, None] = {}
        for where, one in self._take_list(value, place):
            text = self._take_text(one, where)
            if text in texts:
                self._complain(one.line, where, f"{quote_text(text)} is listed twice")
            elif text:
                texts[text] = None
                if of_topics:
                    self._refer(_Reference(one.line, where, "topics", text, 0))
        return tuple(texts)

    def _refer(self, reference: _Reference) -> None:
        """Keep a reference for the end of the file, unless what it names has been read already."""
        last = self._known[reference.section].get(reference.name)
        if last is None or reference.last > last:
            self._pending.append(reference)

    def _check_references(self) -> None:
        """Complain of what names nothing; a section that is missing or no mapping is a fault of its own."""
        names = {section: frozenset(known) for section, known in self._known.items()}
        pending, self._pending = self._pending, []
        for line, place, section, name, last in pending:
            end = self._known[section].get(name)
            if section in self._whole and end is None and not last:
                guess = self._guess(name, names[section])
                # A key that is no id has its complaint already; what means that key needs no other one.
                if not guess or is_id(guess):
                    self._complain(line, place, f"no {section[:-1]} {quote_text(name)}{format_guess(guess)}")
            elif end is not None and last > end:
                self._complain(line, place, f"the source ends at paragraph {end}")
        for id, line in self._fact_lines.items():
            if id in self.sources:
                message = f"a source has this name; see line {self.sources[id].line}"
                self._complain(line, f"facts.{id}.id", message)

    def _check_circles(self) -> None:
        """Complain of each circle in ``broader`` once, at its topic that comes first in the file."""
        above, self._broader = self._broader, {}
        for circle in list_circles({topic: broader for topic, (_, broader) in above.items()}):
            way = circle if len(circle) <= 8 else [*circle[:4], "…", *circle[-3:]]
            message = f"a circle: {' > '.join(map(shorten_text, way))}"
            self._complain(above[circle[0]][0], f"topics.{shorten_text(circle[0])}.broader", message)

    def _complain_schema(self) -> None:
        """Complain of the file's format, and of nothing else: this version cannot tell what is right in another one."""
        number = shorten_text(self.texts["schema"])
        self.problems.clear()
        message = f"schema {number} is not known; this version reads schema {SCHEMA}"
        self._complain(self._fields["schema"].line, "schema", message)

    def _settle_faults(self, fact: str = "") -> None:
        """Take over the composer's faults, those inside a fact under the place *fact*."""
        for line, path, message in self._composer.faults:
            steps = [shorten_text(str(step)) for step in path if step is not None]
            if path[:1] == ("facts",) and len(path) > 1 and isinstance(path[1], int):
                steps[:2] = [fact or f"facts[{path[1]}]"]
            self._complain(line, ".".join(steps), message)
        self._composer.faults.clear()
