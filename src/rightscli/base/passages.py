"""A document → its numbered passages, each with the hash that proves it; and what was left out, with the reason.

Where a run of numbers goes through the document, its numbers are the passages' own, and what has none belongs to the passage
before it: quotations, lists, further paragraphs. Where none does, the paragraphs are counted. Headings are never counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rightscli.base.layout import Line, drop_marks, has_stop, mark_loose_notes, read_layout, reads_as_heading
from rightscli.base.numbered import read_numbered
from rightscli.base.numbering import UNIT_STYLES, is_listed
from rightscli.base.pieces import LeftOut, Passage, cut_pieces, is_cut, leave_out_tables, make_joiner
from rightscli.base.runs import NumberRun, choose_run, find_subs, is_headed
from rightscli.drafts import Form
from rightscli.errors import RightsError

_ENUMERATED = re.compile(r"(?:[IVX]+|[A-Z])[.)]\s")


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """What a document was read as: its *title*, the *unit* of its passages, whether their numbers are its own."""

    title: str
    unit: str
    numbered: bool
    passages: tuple[Passage, ...]
    left_out: tuple[LeftOut, ...]


def read_passages(
    text: str,
    *,
    form: Form,
    as_: str | None = None,
    only: str = "",
    skip: str = "",
    preamble: bool = False,
    title: str = "",
) -> DocumentReading:
    """Return the passages of the document *text*.

    *as_* is the unit, whatever words stand in the document; ``paragraph`` counts, though numbers are there. *only* and *skip*
    are lists of numbers and ranges (``7-18,20``) to read, and to leave out. With *preamble*, what stands before the first
    number is a passage. *title* is that of the work, where it is known. Raises RightsError where *only* or *skip* name none.
    """
    lines = read_layout(text, form=form)
    if sum(line.words for line in lines if line.kind == "quote") > sum(line.words for line in lines) / 2:
        for line in lines:
            line.set_in = line.set_in and line.kind != "quote"
            line.kind = "paragraph" if line.kind == "quote" else line.kind
    title = _find_title(lines, title)
    run = None if as_ in ("paragraph", "page") else choose_run(lines, as_)
    subs = find_subs(lines, run) if run and run.style in UNIT_STYLES else {}
    mark_loose_notes(lines, {*run.places, *subs} if run else ())
    if form == "text":
        drop_marks(lines)
    join = make_joiner(lines, form)
    if run:
        found, left = read_numbered(lines, run, subs, join, title=title, preamble=preamble)
    elif as_ == "page":
        found, left = _read_pages(lines, join), []
    else:
        found, left = _count_passages(lines, join, title=title, skip=skip)
        skip = ""
    left += [LeftOut(line.why, line.text) for line in lines if line.why and line.text != title]
    kept, others = _select_passages(found, only=only, skip=skip)
    left += [LeftOut("not asked for", passage.text) for passage in others]
    return DocumentReading(
        title, as_ or _name_unit(lines, run), run is not None or as_ == "page", tuple(kept), tuple(left)
    )


def _name_unit(lines: Sequence[Line], run: NumberRun | None) -> str:
    """Return what a *run* numbers: what its word says; sections, where its numbers are those of headings."""
    if run and run.style in UNIT_STYLES:
        return run.style
    return "section" if run and is_headed(lines, run) else "paragraph"


def _read_pages(lines: Sequence[Line], join: Callable[[Sequence[Line]], str]) -> list[Passage]:
    """Return the pages of a document whose pages are parted by form feeds and have their numbers printed."""
    pages: dict[str, list[Line]] = {}
    for line in lines:
        if line.page and not line.why:
            pages.setdefault(line.page, []).append(line)
    return [Passage(number, join(page)) for number, page in pages.items()]


def _count_passages(
    lines: Sequence[Line], join: Callable[[Sequence[Line]], str], *, title: str, skip: str
) -> tuple[list[Passage], list[LeftOut]]:
    """Return the paragraphs of a document without numbers, counted; what *skip* names is not counted."""
    for line in lines:
        line.why = line.why or ("page header" if line.region == "header" and line.kind != "heading" else "")
    leave_out_tables(lines)
    headed = any(line.kind == "heading" and not line.why and line.text != title for line in lines)
    texts: list[tuple[list[str], str, str]] = []
    left: list[LeftOut] = []
    section, is_open, was_set_in, is_listing = "", False, False, False
    pieces = cut_pieces(lines, {}, {}, join)
    for place, piece in enumerate(pieces):
        is_led = is_open and texts[-1][0][-1].endswith(":")
        if piece.is_heading and not is_led and not is_cut(piece, pieces[place + 1 : place + 2]):
            if piece.first.kind == "heading" or not headed:
                section, is_open = "" if piece.text == title else piece.text, False
            else:
                left.append(LeftOut("lines without a stop", piece.text))
            continue
        # Numbers are those of a list where a colon leads up to them.
        is_listing = is_led or (is_listing and (piece.first.marker is not None or piece.is_heading))
        listed = piece.first.set_in or is_listed(piece.text) or is_listing
        goes_on = piece.text[:1].islower() and (was_set_in or (is_open and not has_stop(texts[-1][0][-1])))
        if is_open and (listed or goes_on):
            texts[-1][0].append(piece.text)
        else:
            texts.append(([piece.text], section, piece.first.page))
        is_open, was_set_in = True, piece.first.set_in
    return _number_texts([(" ".join(parts), *rest) for parts, *rest in texts], left, skip)


def _number_texts(
    texts: Sequence[tuple[str, ...]], left: list[LeftOut], skip: str
) -> tuple[list[Passage], list[LeftOut]]:
    counted = [Passage(str(number), *rest) for number, rest in enumerate(texts, 1)]
    kept, others = _select_passages(counted, only="", skip=skip)
    left += [LeftOut("not asked for", passage.text) for passage in others]
    return [Passage(str(number), one.text, one.section, one.page) for number, one in enumerate(kept, 1)], left


def _select_passages(passages: Sequence[Passage], *, only: str, skip: str) -> tuple[list[Passage], list[Passage]]:
    """Return the *passages* that *only* names, or all, without those that *skip* names; and the others."""
    numbers = [passage.number for passage in passages]
    wanted = _list_named(numbers, only, "--only") if only else set(numbers)
    wanted -= _list_named(numbers, skip, "--skip") if skip else set()
    kept: list[Passage] = []
    others: list[Passage] = []
    for passage in passages:
        (kept if passage.number in wanted else others).append(passage)
    return kept, others


def _list_named(numbers: Sequence[str], named: str, option: str) -> set[str]:
    """Return those of *numbers* that ``7-18,20`` names; a number stands for its parts."""
    found: set[str] = set()
    for part in named.split(","):
        first, dash, last = (end.strip() for end in re.sub("[–—]", "-", part).partition("-"))
        starts = [place for place, number in enumerate(numbers) if _is_part(number, first)]
        ends = [place for place, number in enumerate(numbers) if _is_part(number, last if dash else first)]
        if not starts or not ends or starts[0] > ends[-1]:
            shown = f"{numbers[0]} to {numbers[-1]}" if numbers else "none"
            raise RightsError(f"{option} {part.strip()}: there is no such passage", hint=f"the numbers are {shown}")
        found.update(numbers[starts[0] : ends[-1] + 1])
    return found


def _is_part(number: str, parent: str) -> bool:
    return number == parent or number.startswith((f"{parent}(", f"{parent}."))


def _find_title(lines: Sequence[Line], given: str) -> str:
    """Return the title of a document: the one that is *given*; its only heading of the first rank; or its first line.

    Of a first line that is another one than the title that is *given*, passages may be a section.
    """
    firsts = [line.text for line in lines if line.kind == "heading" and line.level == 1]
    filled = [line for line in lines if not line.why]
    if given or len(firsts) == 1:
        return given or firsts[0]
    first = [line for line in filled if line.block == filled[0].block]
    if len(first) != 1 or first[0].marker or _ENUMERATED.match(first[0].text):
        return ""
    if first[0].kind == "heading":
        return first[0].text if sum(line.level == first[0].level for line in lines) == 1 else ""
    is_marked = any(line.kind == "heading" for line in filled)
    return first[0].text if reads_as_heading(first[0].text) and not is_marked else ""


def list_reasons(reading: DocumentReading) -> Iterator[tuple[str, list[str]]]:
    """Yield each reason for which something was left out, with the texts, in order."""
    reasons: dict[str, list[str]] = {}
    for why, text in reading.left_out:
        reasons.setdefault(why, []).append(text)
    yield from reasons.items()
