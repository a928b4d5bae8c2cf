"""The parts of a document that is read into passages: lines that stand together, passages, and what is left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from rightscli.base.layout import Line, reads_as_heading
from rightscli.base.numbering import Marker
from rightscli.drafts import Form
from rightscli.text.english import is_english
from rightscli.text.folding import hash_text
from rightscli.text.signs import PARTING_DASHES
from rightscli.text.stems import find_root

END_WORDS = 5
"""The most words that are kept of either end of a passage; no more than a quarter of it."""

_CUT = re.compile(r"\w[-\u00ad\u2010]\Z")
_CUT_WORD = re.compile(r"\w+[-\u00ad\u2010]\s*\n\s*\w+")
_WORD = re.compile(r"\w+(?:-\w+)*")
_NEVER_HYPHENED = frozenset({"un", "re", "dis", "mis"})
_DASH = f"[{PARTING_DASHES}]"
_ENDING_DASH, _LEADING_DASH = re.compile(rf"[^\W\d_]{_DASH}\Z"), re.compile(rf"{_DASH}[^\W\d_]")
_TIGHT_DASH, _LOOSE_DASH = re.compile(rf"[^\W\d_]{_DASH}[^\W\d_]"), re.compile(rf"[^\W\d_] {_DASH}|{_DASH} [^\W\d_]")


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

    Which words are, the *document* tells; and whether its dashes stand between blanks.
    """
    words = _Words(document)

    def join_lines(lines: Sequence[Line]) -> str:
        parts: list[str] = []
        for line in lines:
            piece = f"{line.printed} {line.text}" if line.printed else line.text
            if form == "text" and parts and piece:
                before = parts[-1][-100:]
                if _CUT.search(before) and piece[0].isalnum():
                    parts[-1] = words.join_cut(parts[-1], piece)
                    continue
                if (_ENDING_DASH.search(before) or _LEADING_DASH.match(piece)) and words.has_tight_dashes:
                    parts[-1] += piece
                    continue
            if piece:
                parts.append(piece)
        joined = " ".join(parts)
        # As attached copies are read: one blank, of whatever kind and width they were.
        return " ".join(joined.split())

    return join_lines


class _Words:
    """What a document tells of words that its lines cut."""

    def __init__(self, document: Sequence[Line]) -> None:
        self._document = document

    @cached_property
    def _running(self) -> str:
        return "\n".join(line.text for line in self._document if not line.why)

    @cached_property
    def _known(self) -> frozenset[str]:
        """The words of the document, small, without the halves of what is cut."""
        return frozenset(_WORD.findall(_CUT_WORD.sub(" ", self._running).lower()))

    @cached_property
    def has_tight_dashes(self) -> bool:
        """Whether no blank stands beside its dashes: most of those between words in a line."""
        return len(_TIGHT_DASH.findall(self._running)) > len(_LOOSE_DASH.findall(self._running))

    def join_cut(self, head: str, tail: str) -> str:
        """Return two lines as one, the first of which ends in a hyphen: the word's own, or the line's.

        The word that the document has elsewhere decides; else it is the word's own where what stands on both its sides is a
        word by itself.
        """
        first, second = head.split()[-1][:-1].lstrip("([\"'“‘«"), _WORD.match(tail)
        if head[-1] == "\u00ad" or not second:
            return head.rstrip("\u00ad") + tail
        if not tail[0].islower():
            return head + tail
        before, behind = first.rpartition("-")[2], second[0].partition("-")[0]
        if before.lower() in _NEVER_HYPHENED or self._is_inflected(before + behind):
            return head[:-1] + tail
        is_own = self._is_word(f"{first}-{second[0]}") or behind.lower() in self._known
        is_own = is_own or (self._is_word(before) and self._is_word(behind))
        return head + tail if is_own else head[:-1] + tail

    def _is_word(self, word: str) -> bool:
        return word.lower() in self._known or is_english(word.lower())

    def _is_inflected(self, word: str) -> bool:
        return self._is_word(word) or is_english(find_root(word.lower()))


def leave_out_tables(lines: Sequence[Line]) -> None:
    """Leave the cells of tables out."""
    for line in lines:
        line.why = line.why or ("tables" if line.kind == "cell" else "")
