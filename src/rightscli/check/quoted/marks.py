"""Where a text quotes: pairs of quotation marks, of whatever house, and block quotations.

A mark that can be an apostrophe, an inch or a foot opens nothing unless it stands where only a quotation can begin.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rightscli.text.signs import (
    CLOSERS,
    CLOSING_MARKS,
    DOUBLE_MARKS,
    PARTING_DASHES,
    SINGLE_CLOSERS,
    SINGLE_OPENERS,
    SURE_OPENERS,
    straighten_typed,
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation in a text: its words are ``text[start:end]``, with its marks it is ``text[outer_start:outer_end]``.

    *whole_block*: a block quotation, which needs no marks. *closed*: its closing mark is there; where it is not, as in all
    but the last paragraph of a long quotation, the words run to the end of the text.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    whole_block: bool = False
    closed: bool = True


# A cheap look at the text decides whether single marks need thought at all: most apostrophes stand inside a word.
_SINGLE_OPENER = rf"(?<![^\W_])(?<![.,;!?…%’'])[{SINGLE_OPENERS}](?=[^\s.,;:!?)\]])"
_ELISION = (
    r"(?i)[‘'](?:\d\ds\b|(?:twas|twere|twill|tis|til|till|em|n|cause|bout|round|ere|neath|tween|gainst|cos|coz|fore|kay|im|"
    r"er|appen|ow)\b(?![’'](?=\s+[a-z])(?<!n['’])))"
)
# '99 is a year, '61 percent of them' is none: only a mark that cannot be a genitive tells.
_YEAR = r"[‘']\d\d(?![^\W_])"
_SINGLE_CLOSER = rf"(?<=\S)[{SINGLE_CLOSERS}](?![^\W_])"
# No genitive stands before one of these, so that what looks like one closes a quotation.
_NO_NOUN = (
    r"\s(?:a|an|the|of|in|on|at|to|for|from|by|with|as|and|or|but|nor|if|that|this|these|those|it|he|she|they|we|you|i|is|"
    r"are|was|were|be|been|has|have|had|do|does|did|will|would|can|could|may|might|must|shall|should|not|no|which|who|when|"
    r"where|while|because|since|than|then|so|into|over|about|after|before|during|under|until|said|says|there|here|took|take|came)\b"
)
_WORDS_INSIDE = r"[^\W_]"


class _Opened(NamedTuple):
    """A mark that waits for its counterpart, and how many quotations have closed *inside* it since."""

    sign: str
    mark: re.Match[str]
    inside: int


def find_quotations(
    text: str, *, whole_block: bool = False, citations: Sequence[tuple[int, int]] = ()
) -> tuple[Quotation, ...]:
    """Return the quotations in one block of plain *text*, in order, none inside another: the outermost only.

    Marks: ``“…”``, ``„…“``, ``"…"``, ``« … »``, ``»…«``, ``‹…›``, ``‘…’``, ``‚…‘``, ``'…'``, ``````…''``, and
    those that are typed for straight ones. A mark without its counterpart opens nothing, but at the very start of *text*: so
    begin the paragraphs of a long quotation. With *whole_block* the text is one quotation, but for the line that says by
    whom. *citations* are the spans of the citations in *text*: those at a quotation's end are no words of it.
    """
    text = straighten_typed(text)
    if whole_block:
        found = [Quotation(0, len(text), 0, len(text), whole_block=True)]
    else:
        doubles = _keep_outermost(_pair_doubles(text))
        found = _keep_outermost([*doubles, *_pair_singles(text, doubles)])
        found = _add_unclosed(text, found)
    trimmed = (_trim_quotation(text, quotation, citations) for quotation in found)
    return tuple(quotation for quotation in trimmed if re.search(_WORDS_INSIDE, text[quotation.start : quotation.end]))


def _keep_outermost(quotations: Iterable[Quotation]) -> list[Quotation]:
    """Return those of *quotations* that neither lie in another nor cross an earlier one, in order."""
    kept: list[Quotation] = []
    for quotation in sorted(quotations, key=lambda found: (found.outer_start, -found.outer_end)):
        if not kept or quotation.outer_start >= kept[-1].outer_end:
            kept.append(quotation)
    return kept


def _pair_doubles(text: str) -> Iterator[Quotation]:
    """Yield the quotations between double marks and guillemets; a closing mark belongs to the last open one."""
    marks = list(re.finditer(rf"``|''|[{DOUBLE_MARKS}]", text))
    signs = {mark[0] for mark in marks}
    opened: list[_Opened] = []
    for place, mark in enumerate(marks):
        sign = {"``": "“", "''": "”"}.get(mark[0], mark[0])
        after = marks[place + 1] if place + 1 < len(marks) else None
        closes = _find_partner(text, mark, sign, opened, signs, after)
        if closes is not None:
            opener = opened[closes].mark
            inside = sum(other.inside for other in opened[closes:])
            del opened[closes:]
            # Nobody quotes two quotations inside one with the same marks: the opener is a stray, and so is this mark.
            if inside < 2:
                if opened:
                    opened[-1] = opened[-1]._replace(inside=opened[-1].inside + 1)
                yield Quotation(opener.end(), mark.start(), opener.start(), mark.end())
        elif _can_open(text, mark, sign, signs):
            opened.append(_Opened(sign, mark, 0))


def _find_partner(
    text: str,
    mark: re.Match[str],
    sign: str,
    opened: list[_Opened],
    signs: set[str],
    after: re.Match[str] | None,
) -> int | None:
    """Return which of the *opened* marks *mark* closes, None if none."""
    if not opened:
        return None
    if sign == '"' and not _closes_straight(text, mark, after):
        return None
    # Marks mixed by a careless keyboard: a straight one closes a curly one where no curly one can.
    for place in range(len(opened) - 1, max(-1, len(opened) - 4), -1):
        closers = CLOSERS[opened[place].sign]
        if opened[place].sign in "“„" and not signs & {"”", "''"}:
            closers += '"'
        elif opened[place].sign == '"' and not signs & {"“", "„", "``"}:
            closers += "”"
        if sign in closers:
            return place
        # An open „ in an open “ is that one's business: do not close the outer past it, unless it is a stray.
        if sign in "“„«‹":
            return None
    return None


def _closes_straight(text: str, mark: re.Match[str], after: re.Match[str] | None) -> bool:
    """Tell whether a straight mark can close a quotation: what stands before it, and no letter after it."""
    before, behind = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    if before.isspace() or before in "([" or behind.isalnum():
        # Blanks on both sides: a mark set off by a machine, which opens and closes in turn.
        return before.isspace() and (not behind or behind.isspace())
    if before.isdecimal() and behind.isspace() and after is not None and after[0] == '"':
        # 12" inside a quotation is an inch when the next mark can only close.
        return text[after.start() - 1].isspace() or text[after.end() : after.end() + 1].isalnum()
    return True


def _can_open(text: str, mark: re.Match[str], sign: str, signs: set[str]) -> bool:
    """Tell whether a mark that closes nothing can open a quotation."""
    if sign in SURE_OPENERS:
        return True
    before, behind = text[mark.start() - 1 : mark.start()] if mark.start() else "", text[mark.end() : mark.end() + 1]
    if sign in "»›" and ("«" if sign == "»" else "‹") in signs:
        return not before.isalnum() and behind.isalnum()
    if sign == "”" and signs & {"“", "„", "``"}:
        return False
    if sign in '"”»›':
        if not behind or (behind.isspace() and not before.isspace()):
            return False
        return not before or not (before.isalnum() or before in ".,;:!?%)]'’")
    return False


def _pair_singles(text: str, doubles: Sequence[Quotation]) -> Iterator[Quotation]:
    """Yield the quotations between single marks outside of the *doubles* (or around them), apostrophes left alone."""
    found = ((mark, text[mark.start() : mark.start() + 12]) for mark in re.finditer(_SINGLE_OPENER, text))
    openers = [mark for mark, shown in found if not re.match(_ELISION, shown)]
    if not openers:
        return
    closers = [mark.start() for mark in re.finditer(_SINGLE_CLOSER, text)]
    starts, past = [quotation.outer_start for quotation in doubles], 0
    for place, opener in enumerate(openers):
        if opener.start() < past or _find_around(doubles, starts, opener.start()):
            continue
        limit = openers[place + 1].start() if place + 1 < len(openers) else len(text)
        outside = (
            closer
            for closer in closers[bisect_left(closers, opener.end() + 1) : bisect_left(closers, limit + 1)]
            if not _find_around(doubles, starts, closer)
        )
        certain = bool(re.match(_YEAR, text[opener.start() : opener.start() + 4]))
        close = _choose_closer(text, outside, low=opener[0] == "‚", certain=certain)
        if close is not None:
            past = close + 1
            yield Quotation(opener.end(), close, opener.start(), close + 1)


def _find_around(doubles: Sequence[Quotation], starts: Sequence[int], place: int) -> bool:
    """Tell whether *place* lies inside one of the *doubles*, whose outer starts are *starts*."""
    before = bisect_left(starts, place) - 1
    return before >= 0 and place < doubles[before].outer_end


def _choose_closer(text: str, closers: Iterable[int], *, low: bool, certain: bool) -> int | None:
    """Return the first single mark that must close, else (unless it has to be *certain*) the first that may.

    ``s’`` before a word may be a genitive. *low*: the mark that opened was ``‚``, which only ``‘`` closes.
    """
    doubtful: int | None = None
    for close in closers:
        if (text[close] == "‘") != low:
            continue
        if (
            text[close - 1] not in "sSzx"
            or not re.match(r"\s[^\W_]", text[close + 1 : close + 3])
            or re.match(_NO_NOUN, text[close + 1 : close + 12])
        ):
            return close
        doubtful = close if doubtful is None else doubtful
    return None if certain else doubtful


def _add_unclosed(text: str, found: list[Quotation]) -> list[Quotation]:
    """Return *found*, and before them the one that a mark at the start of *text* opens and nothing closes."""
    mark = re.match(rf"\s*(?:``|[\"{SURE_OPENERS}])\s*", text)
    if mark is None or (found and found[0].outer_start < mark.end()):
        return found
    if found:
        # The mark is a stray: what is quoted properly later in the paragraph says so.
        return found
    start = mark.end() - len(mark[0].lstrip())
    return [Quotation(mark.end(), len(text), start, len(text), closed=False)]


# After a full stop, a mark or a line end only: a dash inside a sentence is the source's.
_BYLINE = (
    rf"(?:^|\n|(?<=[.!?…{CLOSING_MARKS})\]])\s*)(?:[{PARTING_DASHES}]|--?)\s?[^{PARTING_DASHES}.!?]{{0,120}}[.]?$"
    rf"|\s(?:[{PARTING_DASHES}]|--?)$"
)


def _trim_quotation(text: str, quotation: Quotation, citations: Sequence[tuple[int, int]]) -> Quotation:
    """Return *quotation* without the white space at its ends, the citations at its end and the line that says by whom."""
    start, end = quotation.start, quotation.end
    first = bisect_left(citations, start, key=lambda span: span[0])
    last = bisect_left(citations, end, lo=first, key=lambda span: span[0])
    inside = [span for span in citations[first:last] if span[1] <= end]
    trimmed = -1
    while trimmed != end:
        trimmed = end
        body = text[start:end].rstrip()
        end = start + len(body)
        for cited, until in reversed(inside):
            # The citation's own bracket and stop go with it.
            if until <= end and re.fullmatch(r"[\s)\].,;]*", text[until:end]):
                end = start + len(re.sub(r"[\s(\[]*$", "", text[start:cited]))
        if quotation.whole_block:
            byline = re.search(_BYLINE, text[max(start, end - 140) : end])
            if byline:
                end = max(start, end - 140) + byline.start()
    while start < end and text[start].isspace():
        start += 1
    if quotation.whole_block:
        return Quotation(start, end, start, end, whole_block=True)
    return Quotation(start, end, quotation.outer_start, quotation.outer_end, closed=quotation.closed)
