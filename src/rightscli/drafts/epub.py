"""EPUB (2 and 3): the chapters of a book in the order in which it is read, as one page of HTML."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from urllib.parse import unquote

from rightscli.drafts.archives import Archive, ElementReader
from rightscli.drafts.encodings import recode_text

_CONTAINER = "META-INF/container.xml"
_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})
_HEAD = re.compile(r"<head[\s>].*?</head>", re.IGNORECASE | re.DOTALL)
# Notes may stand in a chapter of their own.
_TO_OTHER = re.compile(r"(\bhref\s?=\s?[\"'])[^#\"'<>:]{1,200}(?=#)", re.IGNORECASE)
_MOST = 40 * 10**6


class _Container(ElementReader):
    """Which part lists the book's parts."""

    listing = ""

    def open_element(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "rootfile" and not self.listing:
            self.listing = attributes.get("full-path", "")


class _Listing(ElementReader):
    """The parts of the book by their ids, and the ids of its chapters, in order."""

    def __init__(self) -> None:
        self.parts: dict[str, str] = {}
        self.chapters: list[str] = []

    def open_element(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "item":
            is_contents = "nav" in attributes.get("properties", "").split()
            if attributes.get("media-type") in _PAGES and not is_contents:
                self.parts[attributes.get("id", "")] = unquote(attributes.get("href", ""))
        elif name == "itemref":
            self.chapters.append(attributes.get("idref", ""))


def join_chapters(archive: Archive) -> str:
    """Return the chapters of the book in *archive*. Raises UnreadableError for one that is damaged."""
    container, listing = _Container(), _Listing()
    archive.parse_part(_CONTAINER, container)
    archive.parse_part(container.listing, listing)
    folder = posixpath.dirname(container.listing)
    names = dict.fromkeys(listing.parts[id] for id in listing.chapters if id in listing.parts)
    chapters: list[str] = []
    size = 0
    for name in names:
        part = posixpath.normpath(posixpath.join(folder, name))
        content = archive.read_part(part)
        size += len(content)
        if size > _MOST:
            raise archive.make_error(f"more than {_MOST:,} bytes of text")
        text = recode_text(content)[0].decode("utf-8", "replace").removeprefix("\ufeff")
        chapters.append(_TO_OTHER.sub(r"\1", _HEAD.sub("", text)))
    if not chapters:
        raise archive.make_error("no chapter is in it")
    return "\n".join(chapters)
