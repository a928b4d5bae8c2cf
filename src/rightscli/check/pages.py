"""The blocks of a draft, each with what was found in it: citations, sentences, quotations."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from rightscli.check.otherworks import find_cited_works, find_linked_works, is_reference
from rightscli.check.pinpoints import Pinpoint, find_pinpoints, find_repeated
from rightscli.check.quoted.marks import find_quotations
from rightscli.check.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rightscli.check.pinpoints import Works
    from rightscli.check.quoted.marks import Quotation
    from rightscli.drafts.blocks import Block


class Pin(NamedTuple):
    """A citation as it stands in a block: at *start*; one in a note stands where the note hangs, *own* is false.

    *known*: it names a source of the base.
    """

    start: int
    end: int
    pinpoint: Pinpoint
    own: bool
    known: bool


class Page(NamedTuple):
    """One block with what was found in it, each in order: *pins* are those of ``find_pinpoints``, *known* those of them that
    name a source of the base, *cited* those and the citations of all other works.

    *spans* are the citations with the brackets around them, and *linked* the links that name other works. A block may be all of
    a file, so what is near is looked up by place, and never by going through all of them.
    """

    block: Block
    pins: list[Pin]
    known: list[Pin]
    cited: list[Pin]
    spans: list[tuple[int, int]]
    linked: list[tuple[int, int]]
    sentences: Sequence[tuple[int, int]]
    quotations: Sequence[Quotation]

    def list_pins(self, start: int, end: int) -> list[Pin]:
        """Return the known pins that start in ``[start, end]``."""
        return _cut_pins(self.known, start, end)

    def list_cited(self, start: int, end: int) -> list[Pin]:
        """Return the citations of any work that start in ``[start, end]``."""
        return _cut_pins(self.cited, start, end)

    def list_quotations(self, start: int, end: int) -> Sequence[Quotation]:
        """Return the quotations that start in ``[start, end)``."""
        first = bisect_left(self.quotations, start, key=lambda one: one.outer_start)
        return self.quotations[first : bisect_left(self.quotations, end, lo=first, key=lambda one: one.outer_start)]

    def find_sentence(self, place: int) -> tuple[int, int]:
        """Return from where to where the sentence goes in which *place* is; the whole block, for a place in none."""
        number = bisect_right(self.sentences, place, key=lambda one: one[1])
        if number < len(self.sentences) and self.sentences[number][0] <= place:
            return self.sentences[number]
        return 0, len(self.block.text)


def _cut_pins(pins: list[Pin], start: int, end: int) -> list[Pin]:
    first = bisect_left(pins, start, key=lambda pin: pin.start)
    return pins[first : bisect_right(pins, end, lo=first, key=lambda pin: pin.start)]


def open_pages(blocks: Sequence[Block], works: Works) -> list[Page]:
    """Return *blocks*, each with the citations of *works* and of others, the sentences and the quotations in it."""
    found = [find_pinpoints(block.text, works) for block in blocks]
    others = [_find_others(block, found[number], works) for number, block in enumerate(blocks)]
    for number in range(len(blocks)):
        found[number] = _add_repeated(blocks, found, others, number, works)
    return [_open_page(blocks, found, others, number, works) for number in range(len(blocks))]


def _add_repeated(
    blocks: Sequence[Block],
    found: Sequence[list[Pinpoint]],
    others: Sequence[Sequence[Pinpoint]],
    number: int,
    works: Works,
) -> list[Pinpoint]:
    """Return what was *found* in a block with each *ibid.* that repeats a citation of the base: the one before it in the block,
    or for the first in a note, the last of the note before."""
    if "ibid" not in blocks[number].text.lower():
        return found[number]
    is_next_note = bool(number) and blocks[number].kind == blocks[number - 1].kind == "note"
    earlier = [*found[number - 1], *others[number - 1]] if is_next_note else []
    cited = sorted([*found[number], *others[number]], key=lambda one: one.start)
    last = max(earlier, key=lambda one: one.start, default=None)
    repeated: list[Pinpoint] = []

    def find_before(place: int) -> Pinpoint | None:
        at = bisect_left(cited, place, key=lambda one: one.start)
        before = max([*cited[max(at - 1, 0) : at], *repeated[-1:]], key=lambda one: one.start, default=last)
        return before if before and before.source in works.keys else None

    for one in find_repeated(blocks[number].text, works, find_before):
        repeated.append(one)
    return sorted([*found[number], *repeated], key=lambda one: one.start)


def _find_others(block: Block, found: Sequence[Pinpoint], works: Works) -> list[Pinpoint]:
    """Return where *block* cites works that the base lacks, beside the pinpoints *found* there."""
    names = [name for cited in works.patterns.values() for name in cited.names]
    others = [one for one in found if one.source not in works.keys]
    starts = [one.start for one in found]
    cited = find_cited_works(block.text, keys=works.keys, names=names)
    for start, end in (*cited, *find_linked_works(block.text, block.links, names=names)):
        near = bisect_left(starts, end) - 1
        if near < 0 or found[near].end <= start:
            others.append(Pinpoint(start, end, "", ""))
    if block.kind == "note" and not found and not others and is_reference(block.text):
        others.append(Pinpoint(0, len(block.text), "", ""))
    return sorted(others, key=lambda one: one.start)


def _open_page(
    blocks: Sequence[Block],
    found: Sequence[Sequence[Pinpoint]],
    others: Sequence[Sequence[Pinpoint]],
    number: int,
    works: Works,
) -> Page:
    block = blocks[number]
    pins, strange = _place_pins(block, found, number, works), _place_pins(block, others, number, works)
    known = [pin for pin in pins if pin.known]
    spans = [widen_citation(block.text, one) for one in found[number]]
    cited = sorted([*known, *strange], key=lambda pin: (pin.start, pin.end))
    at_ends = sorted([*spans, *(widen_citation(block.text, one) for one in others[number])])
    quotations = find_quotations(block.text, whole_block=block.kind == "quote", citations=at_ends)
    linked = list(find_linked_works(block.text, block.links))
    return Page(block, pins, known, cited, spans, linked, split_sentences(block.text), quotations)


def _place_pins(block: Block, found: Sequence[Sequence[Pinpoint]], number: int, works: Works) -> list[Pin]:
    """Return what was *found* in each block as pins in block *number*: its own, and those of the notes that hang there."""
    keys = works.keys
    pins = [Pin(one.start, one.end, one, True, one.source in keys) for one in found[number]]
    pins += [
        Pin(place, place, one, False, one.source in keys)
        for place, note in block.notes
        if note != number
        for one in found[note]
    ]
    return sorted(pins, key=lambda pin: (pin.start, pin.end))


def widen_citation(text: str, pinpoint: Pinpoint) -> tuple[int, int]:
    """Return the span of a citation with the brackets around it."""
    start, end = pinpoint.start, pinpoint.end
    nearest = max(0, start - 79)
    before = max(text.rfind("(", nearest, start), text.rfind("[", nearest, start))
    if before >= 0 and not re.search(r"[)\]]", text[before:start]):
        after = text.find(")" if text[before] == "(" else "]", end, end + 80)
        if after >= 0 and not re.search(r"[(\[]", text[end:after]):
            return before, after + 1
    return start, end
