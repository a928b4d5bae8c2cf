"""Fuzz the readers of documents and copies: what they cannot read they refuse, in their own words.

By hand, with atheris from PyPI in an environment that has the package: ``python fuzz/fuzz_documents.py -max_total_time=600``.
"""

from __future__ import annotations

import sys
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import atheris

with atheris.instrument_imports(include=["rightscli"]):
    from rightscli.base.passages import read_passages
    from rightscli.drafts import archives, docx, docxstyles, epub, odt, parse_draft, pdfparagraphs, read_content
    from rightscli.drafts.conversion import convert_copy
    from rightscli.drafts.org import convert_org
    from rightscli.drafts.pdfparagraphs import PageLine, write_pages
    from rightscli.drafts.rst import convert_rst
    from rightscli.errors import UnreadableError

_READERS = (archives, docx, docxstyles, epub, odt, pdfparagraphs)
_RELATED = '<Relationships><Relationship Id="r" Type="x/officeDocument" Target="a.xml"/></Relationships>'
_NOTES = (
    '<Relationships><Relationship Id="s" Type="x/styles" Target="s.xml"/><Relationship Id="n" Type="x/numbering" Target="n.xml"/>'
    '<Relationship Id="f" Type="x/footnotes" Target="f.xml"/></Relationships>'
)
_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_OPEN = " ".join(f'xmlns:{name}="{_ODF}{name}:1.0"' for name in ("office", "text", "table"))
_CONTAINER = '<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>'


def pack_parts(parts: dict[str, str]) -> bytes:
    """Return the archive of *parts*."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content.encode("utf-8", "replace"))
    return packed.getvalue()


def read_input(content: bytes) -> None:
    """Read *content* as a part of each kind of document, as an archive, as light markup, as the lines of a PDF's pages."""
    given = atheris.FuzzedDataProvider(content)
    kind = given.ConsumeIntInRange(0, 6)
    if kind == 0:
        _read_archive(given.ConsumeBytes(1 << 16))
    elif kind == 1:
        other = given.ConsumeUnicodeNoSurrogates(300)
        text = given.ConsumeUnicodeNoSurrogates(1 << 14)
        parts = {"_rels/.rels": _RELATED, "_rels/a.xml.rels": _NOTES, "s.xml": f"<w:styles {_WORD}>{other}</w:styles>"}
        parts |= {
            "n.xml": f"<w:numbering {_WORD}>{other}</w:numbering>",
            "f.xml": f"<w:footnotes {_WORD}>{other}</w:footnotes>",
        }
        _read_archive(pack_parts(parts | {"a.xml": f"<w:document {_WORD}><w:body>{text}</w:body></w:document>"}))
    elif kind == 2:
        text = given.ConsumeUnicodeNoSurrogates(1 << 14)
        body = f"<office:body><office:text>{text}</office:text></office:body>"
        shown = f"<office:document-content {_OPEN}>{body}</office:document-content>"
        _read_archive(pack_parts({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": shown}))
    elif kind == 3:
        package, text = given.ConsumeUnicodeNoSurrogates(1000), given.ConsumeUnicodeNoSurrogates(1 << 14)
        parts = {"mimetype": "application/epub+zip", "META-INF/container.xml": _CONTAINER, "a.xhtml": text}
        _read_archive(pack_parts(parts | {"b.opf": f"<package>{package}</package>"}))
    elif kind in (4, 5):
        # NULs are refused before.
        text = given.ConsumeUnicodeNoSurrogates(1 << 14).replace("\0", "")
        parse_draft((convert_rst if kind == 4 else convert_org)(text), form="markdown")
    else:
        _read_pages(given)


def _read_archive(content: bytes) -> None:
    for read in (lambda: read_content(content, name="x.docx"), lambda: convert_copy(content, name="x.docx")):
        try:
            read()
        except UnreadableError:
            continue


def _read_pages(given: atheris.FuzzedDataProvider) -> None:
    """Read lines at any places as pages; every sign of theirs is in the text."""
    pages: list[list[PageLine]] = [[]]
    while given.remaining_bytes() > 8:
        text = given.ConsumeUnicodeNoSurrogates(40).replace("\f", " ").replace("\n", " ").strip()
        places = [given.ConsumeFloatInRange(0, 800) for _ in range(5)]
        if text:
            pages[-1].append(PageLine(text, *places))
        if given.ConsumeIntInRange(0, 9) == 0:
            pages.append([])
    written = write_pages(pages)
    lines = [line.text for page in pages for line in page]
    assert sorted("".join(written.split())) == sorted("".join("".join(lines).split()))
    read_passages(written, form="text")


if __name__ == "__main__":
    atheris.Setup(sys.argv, read_input)
    atheris.Fuzz()
