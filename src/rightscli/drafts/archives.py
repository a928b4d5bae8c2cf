"""Documents that are archives of XML parts (Word's, OpenDocument, EPUB): which they are, and their parts, read within limits.

Nothing in an archive is believed: its directory is measured before it is read, a part's size before it is opened, and a part
is parsed in pieces, without entities, however it was made.
"""

from __future__ import annotations

import posixpath
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import Literal, NamedTuple
from urllib.parse import unquote
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from rightscli.errors import UnreadableError

Package = Literal["docx", "odt", "epub"]
PACKAGES: Mapping[str, Package] = {
    ".docx": "docx",
    ".docm": "docx",
    ".dotx": "docx",
    ".odt": "odt",
    ".ott": "odt",
    ".epub": "epub",
}
"""The kind of document that a file's suffix stands for."""
NAMES: Mapping[Package, str] = {"docx": "a Word document", "odt": "an OpenDocument text", "epub": "an EPUB"}

_PARTS, _DIRECTORY = 10_000, 2 * 10**6
"""The most parts of an archive, and the most bytes of the list of them: a book with 5,000 pictures has half of that."""
_PART, _UNPACKED = 256 * 10**6, 24 * 10**6
"""The largest part, and one that may be packed in any ratio."""
_RATIO = 100
"""How far a larger part may be packed: the XML of documents is packed 10 to 50 times."""
_ELEMENTS = 1_000_000
"""The most elements of a part that is packed further: 50,000 times the same paragraph are half of that."""
_DEPTH = 500
"""How deep elements may lie in each other: tables in tables in text boxes make some 60."""
_TAG, _TEXT = 2 * 10**6, 8 * 10**6
"""The longest tag, of which expat begins anew with each piece, and the longest text without one."""
_PIECE = 1 << 16
_PROTECTED = "remove the password, and save it again"
_ENDS = struct.Struct("<4s4H2LH")
_ENDS_64 = struct.Struct("<4sQ2H2L4Q")
# IDPF's way, and Adobe's.
_OBSCURED = ("/2008/embedding", "/enc#RC")
_ODF = "application/vnd.oasis.opendocument."


class Relation(NamedTuple):
    """Where a part leads: the *target* of a relationship, and the last word of its *type*."""

    type: str
    target: str


class PartError(Exception):
    """A part that breaks off, is damaged, or is made to break its reader; the message says which."""


class Archive:
    """One document's archive, opened; *name* is what messages call its file. Raises UnreadableError for what is none."""

    def __init__(self, content: bytes, name: str) -> None:
        self.name = name
        _require_small_directory(content, name)
        try:
            self._zip = ZipFile(BytesIO(content))
        except (BadZipFile, ValueError, NotImplementedError, struct.error, OSError, UnicodeError):
            raise self.make_error("damaged: what it holds cannot be listed") from None
        self._sizes = {part.filename: part for part in self._zip.infolist()}

    def make_error(self, fault: str, hint: str = "save or export it again, or as plain text") -> UnreadableError:
        """Return the error of a document with this *fault*."""
        return UnreadableError(f"{self.name}: {fault}", hint=hint)

    def __contains__(self, part: str) -> bool:
        return part in self._sizes

    def list_parts(self) -> list[str]:
        """Return the names of all parts, in the archive's order."""
        return list(self._sizes)

    def read_pieces(self, part: str) -> Iterator[bytes]:
        """Yield the bytes of *part* in pieces. Raises UnreadableError where it is missing, damaged, locked or too large."""
        entry = self._sizes.get(part)
        if entry is None:
            raise self.make_error(f"damaged: it lacks its part {part}")
        if entry.flag_bits & 1:
            raise self.make_error("protected by a password", _PROTECTED)
        packed = max(entry.compress_size, 1)
        if entry.file_size > _PART or (entry.file_size > _UNPACKED and entry.file_size > _RATIO * packed):
            raise self.make_error(f"its part {part} unpacks to {entry.file_size:,} bytes, more than is read")
        try:
            with self._zip.open(entry) as file:
                while piece := file.read(_PIECE):
                    yield piece
        except (BadZipFile, EOFError, zlib.error, NotImplementedError, RuntimeError, ValueError, OSError):
            raise self.make_error(f"damaged: its part {part} cannot be unpacked") from None

    def read_part(self, part: str) -> bytes:
        """Return the bytes of *part*. Raises as ``read_pieces``."""
        return b"".join(self.read_pieces(part))

    def parse_part(self, part: str, reader: ElementReader) -> None:
        """Let *reader* read the XML of *part*. Raises UnreadableError."""
        try:
            entry = self._sizes.get(part)
            is_tight = entry is not None and entry.file_size > _RATIO * entry.compress_size
            parse_pieces(self.read_pieces(part), reader, limit=_ELEMENTS if is_tight else None)
        except PartError as error:
            raise self.make_error(f"damaged: its part {part}: {error}") from None

    def list_relations(self, part: str) -> dict[str, Relation]:
        """Return to which other parts *part* leads (all of the document for an empty name), by the ids of its relationships."""
        folder, base = posixpath.split(part)
        listing = posixpath.join(folder, "_rels", f"{base}.rels")
        if listing not in self:
            return {}
        reader = _RelationReader(folder)
        self.parse_part(listing, reader)
        return reader.found


class ElementReader:
    """What is told of the elements of a part; *parser* knows where it is.

    *prefixes* are put before the names of each namespace, ``?:`` before those of others; None leaves namespaces out.
    """

    parser: expat.XMLParserType
    prefixes: Mapping[str, str] | None = None

    def open_element(self, name: str, attributes: Mapping[str, str]) -> None:
        """Act on a start tag; the names of *attributes* are prefixed, too, where they have a namespace."""

    def close_element(self, name: str) -> None:
        """Act on an end tag."""

    def take_text(self, text: str) -> None:
        """Act on a piece of text."""


class _RelationReader(ElementReader):
    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.found: dict[str, Relation] = {}

    def open_element(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = unquote(attributes.get("Target", ""))
            path = posixpath.normpath(posixpath.join("/", self._folder, target)).lstrip("/")
            self.found[attributes.get("Id", "")] = Relation(attributes.get("Type", "").rpartition("/")[2], path)


def parse_pieces(pieces: Iterator[bytes], reader: ElementReader, *, limit: int | None = None) -> None:
    """Let *reader* read the XML in *pieces*, of at most *limit* elements.

    Raises PartError for what is not well formed, declares entities, or is made to break its reader.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = False
    reader.parser = parser
    count = _hand_elements(parser, reader)
    parser.CharacterDataHandler = reader.take_text
    parser.StartDoctypeDeclHandler = _refuse_declaration
    fed = counted = since = 0
    try:
        for piece in pieces:
            parser.Parse(piece, False)
            fed += len(piece)
            if count() != counted:
                counted, since = count(), fed
            if fed - max(parser.CurrentByteIndex, 0) > _TAG or fed - since > _TEXT:
                raise PartError("a tag or a text that is too long")
            if limit is not None and counted > limit:
                raise PartError(f"more than {limit:,} elements, all alike")
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise PartError(f"line {error.lineno}: {expat.ErrorString(error.code)}") from None
    except (LookupError, ValueError, UnicodeError):
        raise PartError("an encoding that is not known") from None


def _refuse_declaration(*_: object) -> None:
    raise PartError("a document type, which may declare entities")


def _hand_elements(parser: expat.XMLParserType, reader: ElementReader) -> Callable[[], int]:
    """Let *parser* call *reader* with names as it knows them, no deeper than it may be; return what counts the elements."""
    known: dict[str, str] = {}
    prefixes = reader.prefixes
    depth = elements = 0

    def shorten(name: str) -> str:
        namespace, _, short = name.rpartition(" ")
        if prefixes is not None and namespace:
            short = prefixes.get(namespace, "?:") + short
        if len(known) < 10_000:
            known[name] = short
        return short

    def open_element(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, elements
        depth += 1
        elements += 1
        if depth > _DEPTH:
            raise PartError("elements that are nested too deep")
        plain = {known.get(key) or shorten(key): value for key, value in attributes.items()} if attributes else {}
        reader.open_element(known.get(name) or shorten(name), plain)

    def close_element(name: str) -> None:
        nonlocal depth
        depth -= 1
        reader.close_element(known.get(name) or shorten(name))

    parser.StartElementHandler = open_element
    parser.EndElementHandler = close_element
    return lambda: elements


def _require_small_directory(content: bytes, name: str) -> None:
    """Raise UnreadableError where the list of an archive's parts, as ``zipfile`` will find it, is missing or too long."""
    place = content.rfind(b"PK\x05\x06", max(len(content) - (1 << 16) - _ENDS.size, 0))
    if place < 0 or len(content) - place < _ENDS.size:
        raise UnreadableError(f"{name}: damaged: it breaks off", hint="copy or save it again")
    *_, count, size, _, _ = _ENDS.unpack_from(content, place)
    locator = place - 20
    if locator >= _ENDS_64.size and content.startswith(b"PK\x06\x07", locator):
        *_, count, size, _ = _ENDS_64.unpack_from(content, locator - _ENDS_64.size)
    if count > _PARTS or size > _DIRECTORY:
        raise UnreadableError(f"{name}: an archive of more than {_PARTS:,} parts", hint="save or export it again")


def open_package(content: bytes, name: str) -> tuple[Package, Archive]:
    """Return the archive in *content*, and which kind of document it is, by what it says of itself.

    Raises UnreadableError for one that is damaged, locked, or something else.
    """
    archive = Archive(content, name)
    kind: Package | None = None
    if "mimetype" in archive:
        said = b"".join(archive.read_pieces("mimetype"))[:100].decode("latin-1").strip()
        if said.startswith(_ODF):
            if not said.removeprefix(_ODF).startswith("text"):
                raise archive.make_error(f"an OpenDocument {said.removeprefix(_ODF)}, not a text")
            kind = "odt"
        kind = "epub" if said == "application/epub+zip" else kind
    if kind is None and "_rels/.rels" in archive:
        kind = "docx"
    if kind is None and {"content.xml", "META-INF/manifest.xml"} <= set(archive.list_parts()):
        kind = "odt"
    if kind is None:
        raise archive.make_error("an archive, not a document that is read", "unpack it, and name the file in it")
    _require_unlocked(archive, kind)
    return kind, archive


def find_main_part(archive: Archive) -> str:
    """Return the part that holds a Word document's text. Raises UnreadableError where there is none."""
    part = next((one.target for one in archive.list_relations("").values() if one.type == "officeDocument"), None)
    if part is None:
        raise archive.make_error("damaged: it does not say where its text is")
    return part


class _LockReader(ElementReader):
    """Whether a list of parts says that some are encrypted; fonts, which EPUBs only obscure, aside."""

    is_locked = False
    _obscured = False

    def open_element(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in ("encryption-data", "EncryptedKey"):
            self.is_locked = True
        elif name == "EncryptionMethod":
            self._obscured = attributes.get("Algorithm", "").endswith(_OBSCURED)
        elif name == "CipherReference" and not self._obscured:
            self.is_locked = True


def _require_unlocked(archive: Archive, kind: Package) -> None:
    """Raise UnreadableError for a document whose parts are encrypted."""
    listing = {"odt": "META-INF/manifest.xml", "epub": "META-INF/encryption.xml"}.get(kind, "")
    if listing in archive:
        reader = _LockReader()
        archive.parse_part(listing, reader)
        if reader.is_locked and kind == "epub":
            raise archive.make_error("encrypted, so only its seller's programs can read it", "use a copy without")
        if reader.is_locked:
            raise archive.make_error("protected by a password", _PROTECTED)
