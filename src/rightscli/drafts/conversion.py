"""A copy of a source, in whatever a person has it, as a text that the other readers read: documents as pages, PDFs as lines.

reStructuredText and Org are read as Markdown.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from rightscli.drafts import ARCHIVE, Form, decode_draft, guess_form
from rightscli.drafts.encodings import recode_text

if TYPE_CHECKING:
    from rightscli.drafts.blocks import Block

_PDF = b"%PDF-"
# Before it, some makers write what they like.
_PDF_HEAD = 1024


class CopyRead(NamedTuple):
    """The *text* of a copy, the *form* that it is in now, and what its reader should know of how it was read."""

    text: str
    form: Form
    remarks: tuple[str, ...] = ()


def convert_copy(content: bytes, *, name: str) -> CopyRead:
    """Return the text of the copy in *content*: a PDF, a document, or a text in any encoding.

    Raises UnreadableError for what cannot be read, and says what to do.
    """
    if _PDF in content[:_PDF_HEAD]:
        from rightscli.drafts.pdf import read_pdf

        return CopyRead(read_pdf(content, name), "text")
    if content.startswith(ARCHIVE):
        return CopyRead(_read_package(content, name), "html")
    recoded, remark = recode_text(content)
    text = decode_draft(recoded, name=name)
    remarks = (remark,) if remark else ()
    suffix = PurePath(name).suffix.lower()
    if suffix == ".rst":
        from rightscli.drafts.rst import convert_rst

        return CopyRead(convert_rst(text), "markdown", remarks)
    if suffix == ".org":
        from rightscli.drafts.org import convert_org

        return CopyRead(convert_org(text), "markdown", remarks)
    return CopyRead(text, guess_form(name, text), remarks)


def _read_package(content: bytes, name: str) -> str:
    from rightscli.drafts.archives import open_package

    kind, archive = open_package(content, name)
    if kind == "epub":
        from rightscli.drafts.epub import join_chapters

        return join_chapters(archive)
    if kind == "docx":
        from rightscli.drafts.docx import parse_docx

        return "\n".join(_write_webpage(parse_docx(archive).blocks))
    from rightscli.drafts.odt import parse_odt

    return "\n".join(_write_webpage(parse_odt(archive).blocks))


def _write_webpage(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Yield a document's blocks as elements of HTML."""
    for number, block in enumerate(blocks):
        text = _write_text(block)
        if block.kind == "heading":
            yield f"<h{min(block.level or 1, 6)}>{text}</h{min(block.level or 1, 6)}>"
        elif block.kind == "note":
            yield f'<aside role="doc-footnote" id="note{number}">{text}</aside>'
        elif block.kind == "list":
            yield _write_listed(block, text)
        else:
            before, behind = _ELEMENTS.get(block.kind, ("<p>", "</p>"))
            yield f"{before}{text}{behind}"


_ELEMENTS = {
    "quote": ("<blockquote><p>", "</p></blockquote>"),
    "cell": ("<table><tr><td>", "</td></tr></table>"),
    "caption": ("<figure><figcaption>", "</figcaption></figure>"),
}


def _write_listed(block: Block, text: str) -> str:
    """Return what a list holds, with its number, in as many lists as it is in."""
    around = max(block.depth, 1) - 1
    number = block.marker.strip(".")
    if number.isdecimal():
        listed = f'<ol><li value="{number}">{text}</li></ol>'
    else:
        listed = f"<ul><li>{escape(block.marker)} {text}</li></ul>"
    return "<ul>" * around + listed + "</ul>" * around


def _write_text(block: Block) -> str:
    """Return the text of a block, with the marks of its notes."""
    pieces, start = [], 0
    for position, note in block.notes:
        pieces += [escape(block.text[start:position]), f'<sup><a href="#note{note}">{note}</a></sup>']
        start = position
    return "".join([*pieces, escape(block.text[start:])])
