"""Whose words a quotation is said to be: the citation that it belongs to, and what the draft says around it."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from rightscli.check.pages import Page, Pin, widen_citation
from rightscli.check.quoted.cuts import Surroundings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rightscli.check.quoted.marks import Quotation

_WIDEST = 400
"""As many characters on either side are read: a text without full stops is one sentence."""
_CLOSE = 12


def read_surroundings(page: Page, quotation: Quotation, before: Page | None) -> Surroundings:
    """Return the draft's own words in the sentence of *quotation*; of a block, in the one that leads it in *before*."""
    text = page.block.text
    if quotation.whole_block:
        lead = before.block.text[slice(*before.sentences[-1])] if before and before.sentences else ""
        return Surroundings(lead[-_WIDEST:-1] if lead.endswith(":") else "")
    start, _ = page.find_sentence(quotation.outer_start)
    _, end = page.find_sentence(quotation.outer_end - 1)
    first, last = max(start, quotation.outer_start - _WIDEST), min(end, quotation.outer_end + _WIDEST)
    return Surroundings(text[first : quotation.outer_start], text[quotation.outer_end : last])


def choose_citations(
    page: Page, quotation: Quotation, before: Page | None, after: Page | None
) -> tuple[list[Pin], bool]:
    """Return the citations that are *quotation*'s, of whatever works, and whether they are so without doubt.

    *before* and *after* are the pages beside this one.
    """
    if quotation.whole_block:
        pins = page.known or page.list_cited(quotation.end, len(page.block.text))
        return (pins, True) if pins else _look_beside(before, after)
    pins = _choose_in_sentence(page, quotation)
    if pins:
        return pins, True
    _, end = page.find_sentence(quotation.outer_end - 1)
    following = bisect_left(page.sentences, end, key=lambda one: one[0])
    if following == len(page.sentences) or page.list_quotations(*page.sentences[following]):
        return [], False
    return _join_pins(page, page.list_pins(*page.sentences[following])), False


def _choose_in_sentence(page: Page, quotation: Quotation) -> list[Pin]:
    """Return the citations of *quotation* that stand in its sentence: behind it, else before it, else inside."""
    first, _ = page.find_sentence(quotation.outer_start)
    _, end = page.find_sentence(quotation.outer_end - 1)
    behind = page.list_cited(quotation.outer_end, end)
    ahead = [pin for pin in page.list_cited(first, quotation.outer_start) if pin.end <= quotation.outer_start]
    # One that an earlier quotation stands before is that one's.
    is_free = bool(ahead) and not any(
        one.outer_end <= ahead[-1].start for one in page.list_quotations(first, ahead[-1].start)
    )
    if (
        behind
        and not page.list_quotations(quotation.outer_end, behind[0].start)
        and not _leads_in(page, behind[0], end)
        and not (is_free and _is_nearer(page, quotation, ahead[-1], behind[0]))
    ):
        return _join_pins(page, behind)
    if is_free and not (behind and page.list_quotations(ahead[-1].end, quotation.outer_start)):
        return _join_pins(page, ahead[::-1])
    if behind:
        return _join_pins(page, behind)
    at_its_end = page.list_cited(quotation.end, quotation.outer_end - 1)
    return at_its_end or page.list_pins(quotation.outer_start, quotation.outer_end - 1)


def _is_nearer(page: Page, quotation: Quotation, ahead: Pin, behind: Pin) -> bool:
    """Tell whether of two citations, one of which is another work's, the one *ahead* is nearer to *quotation*."""
    start = widen_citation(page.block.text, behind.pinpoint)[0] if behind.own else behind.start
    between = page.block.text[quotation.outer_end : start]
    is_apart = bool(re.search(r"\w", between)) and quotation.outer_start - ahead.end <= len(between)
    return ahead.known != behind.known and is_apart


def _leads_in(page: Page, pin: Pin, end: int) -> bool:
    """Tell whether *pin* leads in a quotation before *end*, in words and not in brackets: as hrw-2020:1 says, “…”."""
    text = page.block.text
    is_bracketed = widen_citation(text, pin.pinpoint) != (pin.start, pin.end) or text[pin.start] in "(["
    return pin.own and not is_bracketed and bool(page.list_quotations(pin.end, end))


def _join_pins(page: Page, pins: Sequence[Pin]) -> list[Pin]:
    """Return the first of *pins* with those that stand in the same brackets or note; *pins* may go backwards."""
    joined = list(pins[:1])
    for pin in pins[1:]:
        left, right = sorted((joined[-1], pin), key=lambda one: one.start)
        between = page.block.text[left.end : right.start]
        if not re.fullmatch(r"[\s;,]*(?:and|see|cf\.?|also|@)?[\s;,@]*", between):
            break
        joined.append(pin)
    return joined


def _look_beside(before: Page | None, after: Page | None) -> tuple[list[Pin], bool]:
    """Return the citations of a block quotation that stand behind it, or else before it."""
    for page, sentence in ((after, 0), (before, -1)):
        if page and page.sentences and page.block.kind != "quote":
            start, end = page.sentences[sentence]
            pins = page.list_cited(start, end)
            if pins and (sentence or pins[0].start - start < _CLOSE or not page.quotations):
                return pins, bool(sentence) or pins[0].start - start < _CLOSE
    return [], False
