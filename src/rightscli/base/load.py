"""facts.yaml → FactBase, or every problem in the file at once, each with its line.

The file is read one fact at a time (see ``values``), so that its size is no matter.

A place is a dotted path of keys and, inside lists, of positions from 1: ``sources.hrw-2020.paragraphs.3.sha256``. A
fact goes by its id or, while it has no usable one, by its position, from 1 as well: ``facts[3]``.
"""

from __future__ import annotations

import codecs
import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from typing import BinaryIO

from rightscli.base.fields import is_id
from rightscli.base.model import Citation, CutText, Fact, FactBase, Retraction, Topic
from rightscli.base.references import Reference
from rightscli.base.sources import SourceReader
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
    list_commented,
    quote_text,
)
from rightscli.errors import BadBaseError, UnreadableError
from rightscli.files import open_bytes
from rightscli.text.folding import shorten_text

SCHEMA = "1"
"""The number of the file format that this version reads."""

_BASE_REQUIRED = ("schema", "title", "edition", "scope", "sources", "topics", "facts")
_BASE_FIELDS = frozenset((*_BASE_REQUIRED, "license"))
_TOPIC_FIELDS = ("label", "alt", "hidden", "broader", "related")
_FACT_FIELDS = ("id", "claim", "cites", "topics", "date", "according_to", "anchors", "terms", "was", "retracted")
_RETRACTION_FIELDS = ("on", "because", "for")

BYTE_LIMIT = 1 << 32
"""How large a base may be."""
_CHUNK = 1 << 20


def read_base(path: str | os.PathLike[str], content: bytes | None = None) -> FactBase:
    """Return the base in the file at *path*, every reference in it resolved; with *content*, as if the file held that.

    Raises UnreadableError if the file cannot be read, and BadBaseError with all its problems, in line order, if it can.
    """
    reader = BaseReader(path, content)
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
        cuts=tuple(reader.cuts),
    )


class BaseReader(SourceReader):
    """Values → sources, topics and facts, and every problem met on the way, for the length of one file.

    *texts* are the top-level texts (``title``, ``edition``, …), *lines* is how many lines the file has, *cuts* are the
    sentences that a comment may have cut. The file is read
    twice, a piece at a time: once for what no text may hold and for its digest, once for what it says.
    """

    def __init__(self, path: str | os.PathLike[str], content: bytes | None = None) -> None:
        super().__init__(os.fspath(path))
        self._content = content
        self.lines = 1
        self.texts: dict[str, str] = {}
        self.topics: dict[str, Topic] = {}
        self._blank = True
        self._has_mark = self._has_hash = False
        self.cuts: list[CutText] = []
        self._digest = hashlib.sha256()
        self._fields: dict[str, Value] = {}

    def read_facts(self) -> Iterator[Fact]:
        """Yield each faultless fact, as it is read if the sources and topics stand before the facts, else at the end.

        What it refers to is in *sources* and *topics*. After the last fact *problems* is complete, and so is *texts*.
        """
        if self._content is not None:
            yield from self._read_file(BytesIO(self._content))
            return
        with open_bytes(self.file, limit=BYTE_LIMIT, what="a fact base") as file:
            before = os.fstat(file.fileno())
            try:
                yield from self._read_file(file)
            except OSError as error:
                told = (error.strerror or str(error)).lower()
                raise UnreadableError(f"{shorten_text(self.file, 500)}: {told}") from None
            after = os.fstat(file.fileno())
        # Not by ctime: that changes, too, when the file's name is given to another one.
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise UnreadableError(
                f"{shorten_text(self.file, 500)}: the file changed while it was read", hint="try again"
            )

    def _read_file(self, file: BinaryIO) -> Iterator[Fact]:
        for line, message in find_unreadable(self._read_chunks(file)):
            self._complain(line, "", message)
        if not self.problems:
            start = len(codecs.BOM_UTF8) if self._has_mark else 0
            file.seek(start)
            commented = list_commented(file) if self._has_hash else {}
            file.seek(start)
            yield from self._read_document(file, commented)

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
            self._has_hash = self._has_hash or b"#" in chunk
            self._blank = self._blank and not chunk.strip()
            yield chunk
            chunk = file.read(_CHUNK)
            self._digest.update(chunk)

    def _read_document(self, file: BinaryIO, commented: Mapping[int, str]) -> Iterator[Fact]:
        early: list[Fact] = []
        try:
            self._composer = Composer(file, commented)
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
                    yield from map(self._locate_citations, early)
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
        self._check_former()
        self._check_retractions()

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
            self._whole.add(name)
            return
        value = Value(line, self._composer.compose(event))
        self._settle_faults()
        if name in self._known and value.content == "":
            # A base that is begun: `sources:`, and nothing below it yet.
            self._whole.add(name)
        elif name in self._known:
            self._take_mapping(value, name)
        elif name in _BASE_FIELDS and (text := self._take_text(value, name)):
            self.texts[name] = text

    def _read_facts(self, line: int) -> Iterator[Fact]:
        event = self._composer.next_event()
        if not isinstance(event, SequenceStartEvent):
            content = self._composer.compose(event)
            self._settle_faults()
            if content != "":
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
            topics=self._take_texts(fields.get("topics"), f"{place}.topics", section="topics"),
            date=self._take_date(fields.get("date"), f"{place}.date") or None,
            according_to=self._take_text(fields.get("according_to"), f"{place}.according_to") or None,
            anchors=self._take_texts(fields.get("anchors"), f"{place}.anchors"),
            terms=self._take_texts(fields.get("terms"), f"{place}.terms"),
            was=self._take_former(fields.get("was"), f"{place}.was", place, id),
            retracted=self._take_retraction(fields.get("retracted"), f"{place}.retracted", id),
            line=value.line,
        )

    def _take_citations(self, value: Value | None, place: str) -> tuple[Citation, ...]:
        # By what is printed, in any case: a place has no positions yet where the sources stand behind the facts.
        citations: dict[tuple[str, str], Citation] = {}
        for key, cited in self._take_mapping(value, place, least="citation").items():
            where = f"{place}.{shorten_text(key)}"
            self._refer(Reference(cited.line, where, "sources", key))
            several = isinstance(cited.content, list)
            for spot, one in self._take_list(cited, where, least="paragraph") if several else ((where, cited),):
                locator = self._take_place(key, one, spot)
                if locator is None:
                    continue
                printed = (key, str(locator).lower())
                if printed in citations:
                    self._complain(one.line, spot, f"{quote_text(str(locator))} is listed twice")
                else:
                    citations[printed] = Citation(key, locator)
        return tuple(citations.values())

    def _locate_citations(self, fact: Fact) -> Fact:
        """Return a fact that was read before its sources, with the places that it cites."""
        found = ((cited, self._known["sources"][cited.source]) for cited in fact.citations)
        places = [
            replace(cited, locator=numbering.locate(*str(cited.locator).split("-")) or cited.locator)
            for cited, numbering in found
            if numbering
        ]
        return replace(fact, citations=tuple(places))

    def _take_retraction(self, value: Value | None, place: str, id: str) -> Retraction | None:
        if value is None:
            return None
        fields = self._open_mapping(value, place, required=_RETRACTION_FIELDS[:2], allowed=_RETRACTION_FIELDS)
        other = self._take_text(fields.get("for"), f"{place}.for")
        if other and other == id:
            self._complain(fields["for"].line, f"{place}.for", "a fact cannot stand for itself")
        elif other:
            self._instead.append((fields["for"].line, f"{place}.for", other))
        return Retraction(
            on=self._take_date(fields.get("on"), f"{place}.on"),
            because=self._take_text(fields.get("because"), f"{place}.because"),
            replaced_by=other or None,
        )

    def _take_topic(self, key: str, value: Value, place: str) -> Topic:
        self._known["topics"][key] = None
        fields = self._open_mapping(value, place, required=_TOPIC_FIELDS[:1], allowed=_TOPIC_FIELDS)
        broader = self._take_text(fields.get("broader"), f"{place}.broader")
        if broader and broader == key:
            self._complain(fields["broader"].line, f"{place}.broader", "a topic cannot be broader than itself")
        elif broader:
            self._broader[key] = (fields["broader"].line, broader)
            self._refer(Reference(fields["broader"].line, f"{place}.broader", "topics", broader))
        related = self._take_texts(fields.get("related"), f"{place}.related", section="topics")
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

    def _complain_schema(self) -> None:
        """Complain of the file's format, and of nothing else: this version cannot tell what is right in another one."""
        number = shorten_text(self.texts["schema"])
        self.problems.clear()
        message = f"schema {number} is not known; this version reads schema {SCHEMA}"
        self._complain(self._fields["schema"].line, "schema", message)

    def _settle_faults(self, fact: str = "") -> None:
        """Take over the composer's faults and cuts, those inside a fact under the place *fact*."""
        for line, path, message in self._composer.faults:
            self._complain(line, _join_steps(path, fact), message)
        self.cuts += [CutText(line, _join_steps(path, fact), text) for line, path, text in self._composer.cuts]
        self._composer.faults.clear()
        self._composer.cuts.clear()


def describe_cuts(file: str, cuts: Sequence[CutText]) -> str:
    """Return in one line what a comment has cut in the base in *file*; nothing where there is nothing."""
    if not cuts:
        return ""
    first, more = cuts[0], len(cuts) - 1
    rest = f", and {more} more" if more else ""
    return f"{file}:{first.line}: {first.place}: cut off before '{shorten_text(first.comment)}'{rest}; quote the text"


def _join_steps(path: tuple[str | int | None, ...], fact: str) -> str:
    """Return the dotted place of a *path* in the file, of what is inside a fact under the place *fact*."""
    steps = [shorten_text(str(step)) for step in path if step is not None]
    if path[:1] == ("facts",) and len(path) > 1 and isinstance(path[1], int):
        steps[:2] = [fact or f"facts[{path[1]}]"]
    return ".".join(steps)
