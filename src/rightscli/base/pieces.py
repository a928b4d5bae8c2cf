"""The parts of a document that is read into passages: lines that stand together, passages, and what is left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from rightscli.base.layout import Line, reads_as_heading
from rightscli.base.numbering import Marker
from rightscli.drafts import Form
from rightscli.text.folding import hash_text

END_WORDS = 5
"""The most words that are kept of either end of a passage; no more than a quarter of it."""

_CUT = re.compile(r"\w[-\u00ad\u2010]\Z")
_CUT_WORD = re.compile(r"\w+[-\u00ad\u2010]\s*\n\s*\w+")
_WORD = re.compile(r"\w+(?:-\w+)*")


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a document: its *number* as printed, and its *text* on one line, in the document's own characters."""

    number: str
    text: str
    section: str = ""
    page: str = ""

    @property
    def sha256(self) -> str:
        """The digest of its normalised text."""
        return hash_text(self.text)

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())

    @property
    def begins(self) -> str:
        """Its first words; empty where a quarter of it is no word."""
        return " ".join(self.text.split()[: min(END_WORDS, self.words // 4)])

    @property
    def ends(self) -> str:
        """Its last words; empty where a quarter of it is no word."""
        kept = min(END_WORDS, self.words // 4)
        return " ".join(self.text.split()[-kept:]) if kept else ""


class LeftOut(NamedTuple):
    """A line that is in no passage, and why."""

    why: str
    text: str


class Piece(NamedTuple):
    """Lines that stand together: a numbered one with what goes on in its block, or the whole of a block."""

    lines: tuple[Line, ...]
    text: str
    head: Marker | None = None
    is_sub: bool = False

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading, or reads like one."""
        return self.first.kind == "heading" or (
            not self.first.set_in and not self.first.printed and reads_as_heading(self.text)
        )


def cut_pieces(
    lines: Sequence[Line],
    heads: Mapping[int, Marker | None],
    subs: Mapping[int, Marker],
    join: Callable[[Sequence[Line]], str],
) -> list[Piece]:
    """Return the running text in pieces, which begin at each block and at each number."""
    pieces: list[Piece] = []
    open_lines: list[Line] = []
    head: Marker | None = None
    is_sub = False

    def close() -> None:
        if open_lines:
            first = replace(open_lines[0], text=open_lines[0].text[head.end :]) if head else open_lines[0]
            pieces.append(Piece(tuple(open_lines), join([first, *open_lines[1:]]), head, is_sub))
            open_lines.clear()

    for place, line in enumerate(lines):
        if line.why:
            continue
        marker = heads.get(place) or subs.get(place)
        if marker or line.starts or (open_lines and open_lines[-1].block != line.block):
            close()
            head, is_sub = marker, place in subs
        open_lines.append(line)
        if marker:
            # Its number is no text of it.
            line.printed = ""
    close()
    return pieces


def is_cut(piece: Piece, following: Sequence[Piece]) -> bool:
    """Return whether *piece* reads like a heading because a page's end cuts its sentence."""
    return piece.first.kind != "heading" and any(more.text[:1].islower() and not more.head for more in following)


def make_joiner(document: Sequence[Line], form: Form) -> Callable[[Sequence[Line]], str]:
    """Return a function that joins lines into one text: a word that a line's end cuts is whole again, if it is plain text's.

    Which words are, the *document* tells.
    """
    vocabulary: set[str] = set()

    def join_lines(lines: Sequence[Line]) -> str:
        parts: list[str] = []
        for line in lines:
            piece = f"{line.printed} {line.text}" if line.printed else line.text
            if form == "text" and parts and _CUT.search(parts[-1][-50:]) and piece[:1].isalnum():
                if not vocabulary:
                    # Without the halves of what is cut.
                    running = "\n".join(line.text for line in document if not line.why)
                    vocabulary.update(_WORD.findall(_CUT_WORD.sub(" ", running)))
                parts[-1] = _join_cut(parts[-1], piece, vocabulary)
            elif piece:
                parts.append(piece)
        joined = " ".join(parts)
        # As attached copies are read: one blank, of whatever kind and width they were.
        return " ".join(joined.split())

    return join_lines


def _join_cut(head: str, tail: str, vocabulary: Container[str]) -> str:
    """Return two lines as one, the first of which ends in a hyphen: the word's own, or the line's.

    The word that the document has elsewhere decides; else it is the word's own where what follows is a word by itself.
    """
    if head[-1] == "\u00ad":
        return head[:-1] + tail
    first, second = head.split()[-1][:-1].lstrip("([\"'“‘«"), _WORD.match(tail)
    if not tail[0].islower() or not second:
        return head + tail
    if first + second[0] in vocabulary:
        return head[:-1] + tail
    is_own = f"{first}-{second[0]}" in vocabulary or second[0] in vocabulary
    return head + tail if is_own else head[:-1] + tail


def leave_out_tables(lines: Sequence[Line]) -> None:
    """Leave the cells of tables out."""
    for line in lines:
        line.why = line.why or ("tables" if line.kind == "cell" else "")
