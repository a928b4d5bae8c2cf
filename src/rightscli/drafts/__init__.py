"""The one reader of running text: drafts to check, copies of sources to attach; Markdown, plain text, HTML, LaTeX, documents.

Plain text is read here: blocks end at blank lines, or at every line where there are none.
"""

from __future__ import annotations

import codecs
import re
from array import array
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal, NamedTuple

from rightscli.drafts.blocks import Block, BlockWriter, Excerpt, find_line_starts
from rightscli.errors import UnreadableError

if TYPE_CHECKING:
    from rightscli.drafts.paragraphs import Spot

Form = Literal["markdown", "text", "html", "latex"]
Shape = Literal["markdown", "text", "html", "latex", "docx", "odt"]
"""What a draft may be: a text of some form, or a word processor's document."""
DOCUMENTS: frozenset[Shape] = frozenset({"docx", "odt"})
MEGABYTES = 20
"""The largest file that is read."""
LINES = 1_000_000
"""The most lines that are read: a block costs a kilobyte or more while Markdown is parsed, however short it is."""

FORMS: dict[str, Form] = {
    **dict.fromkeys((".md", ".markdown", ".mdown", ".mkd", ".qmd", ".rmd"), "markdown"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    **dict.fromkeys((".tex", ".latex", ".ltx"), "latex"),
    **dict.fromkeys((".txt", ".text", ".typ", ".org", ".rst", ".adoc"), "text"),
}
"""The form that a file's suffix stands for. Those that have no reader of their own keep their markup, as text."""

# What a file is that is no text, by its first bytes.
ARCHIVE = b"PK\x03\x04"
"""What the archive begins with that a document is."""
_BINARIES = (
    (
        b"%PDF-",
        "a PDF, not a text",
        "check the .docx, .odt or text that it was made of, or save it as plain text",
    ),
    (
        ARCHIVE,
        "an archive or a word processor's file, not a text",
        "save or export it as plain text, Markdown or HTML",
    ),
    (b"\xd0\xcf\x11\xe0", "a document of an old Office program", "save it as .docx or .odt"),
    (b"{\\rtf", "rich text", "save it as .docx or .odt"),
)
# What an old Office program's file is called inside that holds an encrypted new one.
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_WIDE = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HTML = re.compile(
    r"\s*<(?:!doctype\s+html|html|body|article|p|div|h[1-6])\b|.*</(?:p|div|li)>", re.IGNORECASE | re.DOTALL
)
_LATEX = re.compile(
    r"\\(?:documentclass|begin|section|(?:auto|foot|paren|text)?cite[tp]?|emph|footnote|enquote)\b\*?[\[{]"
)
_MARKDOWN = re.compile(
    r"^#{1,6} \S|^ {0,3}\[\^?[^\]\n]{1,80}\]: |\]\(|\*\*\w|^ {0,3}[*+-] \S|^```|\[\^\w{1,40}\]|\[[^\[\]\n]{0,80}@\w|\A---\n",
    re.MULTILINE,
)
# Far enough to know a form by, near enough to cost nothing.
_HEAD = 100_000
# A line of more is nobody's wrapped line; one of less is wrapped at no usual width.
_WIDEST_WRAP, _NARROWEST_WRAP = 160, 50


@dataclass(frozen=True, slots=True)
class Draft:
    """A text as blocks in the order of the file; *line_starts* are offsets in the text that was read, without its BOM.

    Of a document, *spots* say which paragraph or note each line of that text is.
    """

    form: Shape
    blocks: tuple[Block, ...]
    line_starts: array[int] = field(repr=False, hash=False)
    spots: tuple[Spot, ...] = ()


class ReadDraft(NamedTuple):
    """A draft and the *text* that it was read from: a document's is what it shows, a paragraph a line."""

    text: str
    draft: Draft


def read_content(content: bytes, *, name: str, form: Form | None = None) -> ReadDraft:
    """Return the draft in *content*: a document by what its bytes and its *name* say, or else a text of *form*.

    Raises UnreadableError for what cannot be read.
    """
    if content.startswith(ARCHIVE):
        return _read_document(content, name)
    if not form:
        _require_text(content, name)
    text = decode_draft(content, name=name)
    return ReadDraft(text, parse_draft(text, form=form or guess_form(name, text)))


def _require_text(content: bytes, name: str) -> None:
    """Raise UnreadableError for a file whose suffix is a document's, and which holds no archive."""
    from rightscli.drafts.archives import NAMES, PACKAGES

    kind = PACKAGES.get(PurePath(name).suffix.lower())
    if kind and not any(content.startswith(start) for start, *_ in _BINARIES):
        what = NAMES[kind].partition(" ")[2]
        raise UnreadableError(
            f"{name}: no {what}, whatever its name says", hint="save it again, or name it .txt if it is text"
        )


def _read_document(content: bytes, name: str) -> ReadDraft:
    from rightscli.drafts.archives import open_package

    kind, archive = open_package(content, name)
    if kind == "docx":
        from rightscli.drafts.docx import parse_docx

        pages = parse_docx(archive)
    elif kind == "odt":
        from rightscli.drafts.odt import parse_odt

        pages = parse_odt(archive)
    else:
        raise archive.make_error("an EPUB, not a draft", "attach it as a copy of a source, or name a chapter's HTML")
    if len(pages.text) > MEGABYTES * 10**6 or len(pages.line_starts) > LINES:
        raise archive.make_error(f"more than {LINES:,} paragraphs or {MEGABYTES * 10**6:,} characters")
    return ReadDraft(pages.text, Draft(kind, pages.blocks, pages.line_starts, pages.spots))


def decode_draft(content: bytes, *, name: str) -> str:
    """Return *content* as text, without its byte order mark: UTF-8, or UTF-16 that has a mark.

    Raises UnreadableError, with the line, for other bytes and NUL characters, and for a text of more than 20 MB or a
    million lines; *name* is what the message calls the file.
    """
    if len(content) > MEGABYTES * 10**6:
        raise UnreadableError(f"{name}: more than {MEGABYTES * 10**6:,} bytes, the limit for a text")
    for start, what, hint in _BINARIES:
        if content.startswith(start):
            if _LOCKED in content:
                raise UnreadableError(f"{name}: protected by a password", hint="remove the password, and save it again")
            raise UnreadableError(f"{name}: {what}", hint=hint)
    encoding = next((encoding for mark, encoding in _WIDE if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = len(find_line_starts(content[: error.start].decode(encoding, "replace")))
        shown = "UTF-16, as its first bytes say" if encoding == "utf-16" else "UTF-8"
        raise UnreadableError(f"{name}:{line}: not {shown}", hint="save the file as UTF-8") from None
    if "\0" in text:
        line = len(find_line_starts(text[: text.index("\0")]))
        raise UnreadableError(f"{name}:{line}: a NUL character: not a text", hint="save the file as UTF-8 text")
    if len(find_line_starts(text)) > LINES:
        raise UnreadableError(f"{name}: more than {LINES:,} lines, the limit for a text")
    return text.removeprefix("\ufeff")


def guess_form(name: str, text: str) -> Form:
    """Return the form of *text* by the suffix of *name*, or else by the marks in its first 100,000 characters."""
    known = FORMS.get(PurePath(name).suffix.lower())
    if known:
        return known
    head = text[:_HEAD]
    if _HTML.match(head):
        return "html"
    if _LATEX.search(head):
        return "latex"
    return "markdown" if _MARKDOWN.search(head) else "text"


def parse_draft(text: str, *, form: Form) -> Draft:
    """Return *text* as a draft; whatever it holds, it is read: what is not well formed is text."""
    return Draft(form, _write_blocks(text, form).list_blocks(), find_line_starts(text))


def locate_offset(draft: Draft, offset: int) -> tuple[int, int]:
    """Return the line and the column, in characters, of an *offset* in the draft's file; both count from 1."""
    line = bisect_right(draft.line_starts, offset)
    return line, offset - draft.line_starts[line - 1] + 1


def find_spot(draft: Draft, line: int) -> Spot | None:
    """Return which paragraph or note a *line* of a document's text is; None of a text."""
    return draft.spots[line - 1] if line <= len(draft.spots) else None


def _write_blocks(text: str, form: Form) -> BlockWriter:
    # Each reader is imported where it is needed: a copy in plain text needs no parser.
    if form == "markdown":
        from rightscli.drafts.markdown import TooDeepError, parse_markdown

        try:
            return parse_markdown(text)
        except TooDeepError:
            return _parse_plain(text)
    if form == "html":
        from rightscli.drafts.webpage import parse_webpage

        return parse_webpage(text)
    if form == "latex":
        from rightscli.drafts.latex import parse_latex

        return parse_latex(text)
    return _parse_plain(text)


_LINE = re.compile(r"(?P<quote>[ \t]*(?:>[ \t]?)+)?(?P<line>[^\r\n]*)(?:\r\n?|\n|\Z)")
_BLANK_LINE = re.compile(r"(?>\r\n?|\n)(?:>|[^\S\r\n])*(?:\r\n?|\n)")
_STOPPED = re.compile("[.!?:;…][\\W_]*$")
# Where a line starts and ends, and whether a mail's > stands before it.
_Line = tuple[int, int, bool]


def _parse_plain(text: str) -> BlockWriter:
    """Return the blocks of plain text; lines that start with ``>`` are a quotation, as in mail."""
    writer, whole = BlockWriter(), Excerpt(text)
    spaced = bool(_BLANK_LINE.search(text.strip()))
    lines = ((*match.span("line"), match["quote"] is not None) for match in _LINE.finditer(text))
    for (is_filled, quoted), run in groupby(lines, key=lambda line: (bool(text[line[0] : line[1]].strip()), line[2])):
        if is_filled:
            _write_run(writer, whole, list(run), quoted=quoted, spaced=spaced)
    return writer


def _write_run(writer: BlockWriter, whole: Excerpt, lines: list[_Line], *, quoted: bool, spaced: bool) -> None:
    """Write filled lines without a blank one between them: as one block, or as one a line."""
    widths = [end - start for start, end, _ in lines]
    joined = _list_wraps(whole.text, lines, max(widths), spaced=spaced)
    for (start, end, _), is_joined in zip(lines, [False, *joined], strict=True):
        if is_joined:
            writer.add_decoded(" ", max(start - 1, 0))
        else:
            writer.start_block("quote" if quoted else "paragraph")
        writer.copy_text(whole, start, end)


def _list_wraps(text: str, lines: list[_Line], width: int, *, spaced: bool) -> list[bool]:
    """Return, for each line but the first, whether it goes on with the sentence of the one before.

    Where blank lines part the blocks, every line does, unless one is too long to be wrapped. Where none does, those do
    whose first word would not have fitted above, if most are such: a law of wrapped lines that others keep by chance;
    and those that begin with a small letter below a line without a stop.
    """
    if width > _WIDEST_WRAP:
        return [False] * (len(lines) - 1)
    if spaced:
        return [True] * (len(lines) - 1)
    wraps = []
    for (start, end, _), (below, below_end, _) in pairwise(lines):
        word = text[below:below_end].split(maxsplit=1)[0]
        wraps.append(end - start + 1 + len(word) > width)
    wrapped = width >= _NARROWEST_WRAP and sum(wraps) >= 0.7 * len(wraps)
    goes_on = (
        text[below].islower() and not _STOPPED.search(text[start:end])
        for (start, end, _), (below, *_) in pairwise(lines)
    )
    return [(wrapped and wraps_here) or on for wraps_here, on in zip(wraps, goes_on, strict=True)]
