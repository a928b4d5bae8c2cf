"""Comments in a copy of a Word document: marks are put between the bytes of its parts, and no XML is written anew.

A run of text is cut where a comment begins or ends in it: closed, and opened again with its properties. Word takes no comment
in a note, nor in a text box; there it hangs at the note's mark, or around the box, as around a field.
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import NamedTuple
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from rightscli.drafts.archives import Archive, ElementReader, find_main_part, open_package
from rightscli.drafts.docx import parse_docx
from rightscli.drafts.docxstyles import PREFIXES
from rightscli.drafts.paragraphs import NoteKey, Pages

_TYPES = "[Content_Types].xml"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_RELATIONS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}


class Comment(NamedTuple):
    """What is said (*lines*) of the characters from *start* to *end* of the text that a document shows."""

    start: int
    end: int
    lines: Sequence[str]


class _Run(NamedTuple):
    """A run: from where to where it stands, from where to where its properties do, and its text."""

    start: int
    end: int
    properties: bytes
    first: int
    last: int


class _RunReader(ElementReader):
    """Where the runs of a part stand; *around* are the stretches that no comment begins or ends in, *marks* those of notes."""

    prefixes = PREFIXES

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._open: list[list[int]] = []
        self._names: list[str] = []
        self._boxes = 0
        self._fields: list[int] = []
        self.runs: list[_Run] = []
        self.around: list[tuple[int, int]] = []
        self.marks: dict[NoteKey, tuple[int, int]] = {}
        self._field_ends: list[tuple[int, list[int]]] = []
        self._noted: list[tuple[NoteKey, list[int]]] = []

    def open_element(self, name: str, attributes: Mapping[str, str]) -> None:
        place = self.parser.CurrentByteIndex
        self._names.append(name)
        if name == "r":
            self._open.append([place, 0, 0, 0, 0])
        elif self._open and name == "rPr" and self._names[-2] == "r":
            self._open[-1][1] = place
        elif name == "fldChar" and self._open:
            kind = attributes.get("fldCharType")
            if kind == "begin":
                self._fields.append(self._open[-1][0])
            elif kind == "end" and self._fields:
                self._field_ends.append((self._fields.pop(), self._open[-1]))
        elif name in _NOTES and self._open:
            self._noted.append(((_NOTES[name], attributes.get("id", "")), self._open[-1]))
        elif name == "txbxContent":
            self._boxes += 1

    def close_element(self, name: str) -> None:
        self._names.pop()
        end = self._content.index(b">", self.parser.CurrentByteIndex) + 1
        if name == "rPr" and self._open and self._names[-1] == "r":
            self._open[-1][2] = end
        elif name == "txbxContent":
            self._boxes -= 1
            if not self._boxes and self._open:
                # All of the run that holds the box, once that ends.
                self._field_ends.append((self._open[0][0], self._open[0]))
        elif name == "r" and self._open:
            run = self._open.pop()
            start, begun, ended, first, last = run
            self.runs.append(_Run(start, end, self._content[begun:ended], first or start, last or end))
            self.around += [(one, end) for one, other in self._field_ends if other is run]
            self.marks |= {key: (start, end) for key, other in self._noted if other is run and key not in self.marks}
            self._field_ends = [one for one in self._field_ends if one[1] is not run]
            self._noted = [one for one in self._noted if one[1] is not run]

    def take_text(self, text: str) -> None:
        if self._open and self._names[-1] == "t":
            place = self.parser.CurrentByteIndex
            self._open[-1][3] = self._open[-1][3] or place
            self._open[-1][4] = find_end(self._content, place, text, len(text))


def find_end(content: bytes, place: int, text: str, count: int) -> int:
    """Return where in the bytes the first *count* characters end of the *text* that begins at *place*."""
    if content[place : place + 1] == b"&" and count:
        return content.index(b";", place) + 1
    if content[place : place + 2] == b"\r\n" and count:
        return place + 2
    return place + len(text[:count].encode())


class _Marks:
    """What is put into the main part: by the place, what ends there and what begins."""

    def __init__(self, content: bytes, prefix: str) -> None:
        self._content = content
        self._prefix = prefix
        self._reader = _RunReader(content)
        self._added: dict[int, list[tuple[int, bytes]]] = {}
        self._cuts: dict[int, _Run] = {}

    @property
    def reader(self) -> _RunReader:
        """What knows the runs."""
        return self._reader

    def add_comment(self, id: int, start: int, end: int) -> None:
        """Let comment *id* begin and end at these bytes, or around what neither may stand in."""
        for first, last in sorted(self._reader.around, key=lambda span: span[0] - span[1]):
            start = first if first < start < last else start
            end = last if first < end < last else end
        w = self._prefix
        behind = f'<{w}:commentRangeEnd {w}:id="{id}"/><{w}:r><{w}:commentReference {w}:id="{id}"/></{w}:r>'
        self._put(self._settle(end, is_end=True), 0, behind.encode())
        self._put(self._settle(start, is_end=False), 1, f'<{w}:commentRangeStart {w}:id="{id}"/>'.encode())

    def _put(self, place: int, order: int, mark: bytes) -> None:
        self._added.setdefault(place, []).append((order, mark))

    def _settle(self, place: int, *, is_end: bool) -> int:
        """Return where a mark for *place* may stand: between runs, or in a text that can be cut."""
        # Runs stand in the order of their ends: of one in another, the inner comes first.
        number = bisect_right(self._reader.runs, place, key=lambda run: run.end)
        if number == len(self._reader.runs) or self._reader.runs[number].start >= place:
            return place
        run = self._reader.runs[number]
        if place <= run.first:
            return run.start
        if place >= run.last:
            return run.end
        before = self._content.rfind(b"<", 0, place)
        if self._content.startswith(b"<![", before) or not re.match(
            rb"<(?:\w+:)?t[\s>]", self._content[before : before + 20]
        ):
            return run.end if is_end else run.start
        self._cuts[place] = run
        return place

    def write_part(self) -> bytes:
        """Return the part with all marks in it."""
        w = self._prefix
        added: list[tuple[int, bytes]] = []
        for place, marks in self._added.items():
            between = b"".join(mark for _, mark in sorted(marks))
            if place in self._cuts:
                text = f'<{w}:t xml:space="preserve">'.encode()
                run = self._cuts[place]
                blank = len(self._content[run.start : place]) - len(self._content[run.start : place].rstrip(b" "))
                if blank:
                    # A blank at a text's end is one only where it is said to be.
                    added.append((place - blank, f"</{w}:t>".encode() + text))
                between = f"</{w}:t></{w}:r>".encode() + between + f"<{w}:r>".encode() + run.properties + text
            added.append((place, between))
        return insert_bytes(self._content, added)


def insert_bytes(content: bytes, added: Iterable[tuple[int, bytes]]) -> bytes:
    """Return *content* with what is *added* at each place."""
    pieces, start = [], 0
    for place, piece in sorted(added, key=lambda one: one[0]):
        pieces += [content[start:place], piece]
        start = place
    return b"".join([*pieces, content[start:]])


def _append_children(content: bytes, children: str) -> bytes:
    """Return the part *content* with *children* as the last ones of its root element, which may have none."""
    empty = re.search(rb"<([\w:.-]+)[^<>]*/>\s*\Z", content)
    if b"</" not in content and empty:
        end = content.rindex(b"/>")
        return content[:end] + b">" + children.encode() + b"</" + empty[1] + b">"
    return insert_bytes(content, [(content.rindex(b"</"), children.encode())])


def comment_document(content: bytes, comments: Sequence[Comment], *, name: str) -> bytes:
    """Return the Word document in *content* with *comments*; all else in it stays as it is, byte for byte.

    Raises UnreadableError for what is no Word document, or none that comments can be put into.
    """
    kind, archive = open_package(content, name)
    main = find_main_part(archive)
    written = archive.read_part(main) if kind == "docx" else b""
    namespace = re.search(rb"xmlns:(\w+)=[\"']([^\"']*/wordprocessingml(?:/2006)?/main)[\"']", written[:20_000])
    if not namespace:
        raise archive.make_error("comments are written into Word documents in UTF-8 only", "save it as .docx")
    prefix = namespace[1].decode()
    pages = parse_docx(archive)
    marks = _Marks(written, prefix)
    archive.parse_part(main, marks.reader)
    changed: dict[str, bytes] = {}
    first = _add_texts(archive, main, comments, prefix, namespace[2].decode(), changed)
    for id, comment in enumerate(comments, first):
        start, end = _locate_comment(pages, comment, main, written, marks.reader)
        marks.add_comment(id, start, end)
    changed[main] = marks.write_part()
    return _pack_again(content, changed)


def _locate_comment(pages: Pages, comment: Comment, main: str, written: bytes, reader: _RunReader) -> tuple[int, int]:
    """Return from where to where in the main part the words stand, or the mark of the note that they stand in."""
    line = bisect_right(pages.line_starts, comment.start) - 1
    key = pages.keys[line]
    if key is not None:
        return reader.marks[key]
    starts = [piece.start for piece in pages.pieces]
    first = pages.pieces[bisect_right(starts, comment.start) - 1]
    last = pages.pieces[bisect_right(starts, max(comment.end - 1, comment.start)) - 1]
    start = find_end(written, first.place, first.text, comment.start - first.start)
    return start, find_end(written, last.place, last.text, min(comment.end - last.start, len(last.text)))


def _add_texts(
    archive: Archive, main: str, comments: Sequence[Comment], prefix: str, namespace: str, changed: dict[str, bytes]
) -> int:
    """Add the texts of *comments* to the part that holds them, which may be new, to *changed*; return the first one's number."""
    part = next((one.target for one in archive.list_relations(main).values() if one.type == "comments"), "")
    if part:
        content = archive.read_part(part)
    else:
        part = posixpath.join(posixpath.dirname(main), "rights-comments.xml")
        content = f'<{prefix}:comments xmlns:{prefix}="{namespace}"></{prefix}:comments>'.encode()
        _relate_comments(archive, main, changed)
    own = re.search(rb"xmlns:(\w+)=[\"'][^\"']*/wordprocessingml(?:/2006)?/main", content[:20_000])
    w = own[1].decode() if own else prefix
    ids = [int(id) for id in re.findall(rb"<(?:\w+:)?comment\s[^>]*?\bid=[\"'](\d{1,9})", content)]
    first = max(ids, default=-1) + 1
    texts = []
    for id, comment in enumerate(comments, first):
        said = "".join(f"<{w}:p><{w}:r><{w}:t>{escape(line)}</{w}:t></{w}:r></{w}:p>" for line in comment.lines)
        texts.append(f'<{w}:comment {w}:id="{id}" {w}:author="rights" {w}:initials="r">{said}</{w}:comment>')
    changed[part] = _append_children(content, "".join(texts))
    return first


def _relate_comments(archive: Archive, main: str, changed: dict[str, bytes]) -> None:
    """Add to *changed* the parts that say that there is a part with comments."""
    folder, base = posixpath.split(main)
    listing = posixpath.join(folder, "_rels", f"{base}.rels")
    relations = archive.read_part(listing) if listing in archive else _RELATIONS
    one = f'<Relationship Id="rights-comments" Type="{_RELATED}" Target="rights-comments.xml"/>'
    changed[listing] = _append_children(relations, one)
    types = archive.read_part(_TYPES)
    path = posixpath.join("/", folder, "rights-comments.xml")
    other = f'<Override PartName="{path}" ContentType="{_CONTENT}"/>'
    changed[_TYPES] = _append_children(types, other)


def _pack_again(content: bytes, changed: Mapping[str, bytes]) -> bytes:
    """Return the archive in *content* with the parts that are *changed*, and those that are new."""
    packed = BytesIO()
    with ZipFile(BytesIO(content)) as before, ZipFile(packed, "w", ZIP_DEFLATED) as after:
        for entry in before.infolist():
            after.writestr(entry, changed.get(entry.filename, b"") or before.read(entry))
        for name in sorted(changed.keys() - set(before.namelist())):
            # Without the clock: the same draft makes the same bytes.
            after.writestr(ZipInfo(name), changed[name], ZIP_DEFLATED)
    return packed.getvalue()
