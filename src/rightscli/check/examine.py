"""A draft → its findings: every pinpoint, quotation and statement, judged beside the base and the copies that are attached."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from rightscli.check.explanations import explain_conflict, explain_quotation, name_place
from rightscli.check.findings import DraftFinding, Repair
from rightscli.check.pinpoints import Pinpoint, find_pinpoints, replace_place
from rightscli.check.quoted.marks import find_quotations
from rightscli.check.quoted.quotations import is_title, judge_quotation
from rightscli.check.sentences import split_sentences
from rightscli.check.stated.statements import judge_sentence
from rightscli.drafts import locate_offset
from rightscli.errors import BrokenSealError, RightsError, UsageError
from rightscli.text.locators import SEAL_LENGTH

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Sequence

    from rightscli.check.pinpoints import Works
    from rightscli.check.quoted.marks import Quotation
    from rightscli.check.quoted.passages import Passages
    from rightscli.check.quoted.quotations import Verdict
    from rightscli.check.stated.claims import Claims
    from rightscli.check.stated.statements import Judgement
    from rightscli.drafts import Draft
    from rightscli.drafts.blocks import Block

_JUDGED = frozenset({"paragraph", "list", "note"})
"""The kinds of blocks whose sentences are statements."""


class Materials(NamedTuple):
    """What a draft is held against.

    *resolve* raises the error of a REF that names nothing; *passages* are the copies' own words, None without a copy, and
    *strange* the paragraphs that a copy has otherwise than the base's edition; *titles* are those of the sources and of their
    sections; *cite* gives the REF, the citation and the claim of a fact, by its id.
    """

    works: Works
    resolve: Callable[[str], object]
    passages: Passages | None
    strange: frozenset[tuple[str, int]]
    claims: Claims
    titles: Sequence[str]
    cite: Callable[[str], tuple[str, str, str]]


class _Pin(NamedTuple):
    """A pinpoint as it stands in a block: at *start*; one in a note stands where the note hangs, *own* is false."""

    start: int
    end: int
    pinpoint: Pinpoint
    own: bool


class _Page(NamedTuple):
    """One block with what was found in it, each in order: *known* pins are those that name a source of the base.

    *spans* are the citations with the brackets around them. A block may be all of a file, so what is near is looked up by
    place, and never by going through all of them.
    """

    block: Block
    pins: list[_Pin]
    known: list[_Pin]
    spans: list[tuple[int, int]]
    sentences: Sequence[tuple[int, int]]
    quotations: Sequence[Quotation]

    def list_pins(self, start: int, end: int) -> list[_Pin]:
        """Return the known pins that start in ``[start, end]``."""
        first = bisect_left(self.known, start, key=lambda pin: pin.start)
        return self.known[first : bisect_right(self.known, end, lo=first, key=lambda pin: pin.start)]

    def list_quotations(self, start: int, end: int) -> Sequence[Quotation]:
        """Return the quotations that start in ``[start, end)``."""
        first = bisect_left(self.quotations, start, key=lambda one: one.outer_start)
        return self.quotations[first : bisect_left(self.quotations, end, lo=first, key=lambda one: one.outer_start)]

    def find_sentence(self, place: int) -> int:
        """Return the number of the first sentence that ends behind *place*."""
        return bisect_right(self.sentences, place, key=lambda one: one[1])


def examine_draft(name: str, text: str, draft: Draft, materials: Materials) -> list[DraftFinding]:
    """Return the findings of the *draft* called *name*, whose file holds *text*, in the order of the file."""
    found = [find_pinpoints(block.text, materials.works) for block in draft.blocks]
    keys = materials.works.keys
    pages = [_open_page(block, found, number, keys) for number, block in enumerate(draft.blocks)]
    findings: list[DraftFinding] = []
    # Long documents say many things more than once.
    judged: dict[tuple[str, frozenset[tuple[str, int]]], Judgement | None] = {}
    for number, page in enumerate(pages):
        desk = _Desk(name, text, draft, page, materials, judged)
        findings += desk.judge_pinpoints()
        after = pages[number + 1] if number + 1 < len(pages) else None
        findings += desk.judge_quotations(pages[number - 1] if number else None, after)
        findings += desk.judge_statements()
    return sorted(findings, key=lambda finding: (finding.start, finding.end, finding.kind))


def _open_page(block: Block, found: Sequence[Sequence[Pinpoint]], number: int, keys: Container[str]) -> _Page:
    pins = [_Pin(one.start, one.end, one, True) for one in found[number]]
    pins += [_Pin(place, place, one, False) for place, note in block.notes for one in found[note] if note != number]
    pins.sort(key=lambda pin: (pin.start, pin.end))
    spans = [_widen_citation(block.text, one) for one in found[number]]
    quotations = find_quotations(block.text, whole_block=block.kind == "quote", citations=spans)
    known = [pin for pin in pins if pin.pinpoint.source in keys]
    return _Page(block, pins, known, spans, split_sentences(block.text), quotations)


def _widen_citation(text: str, pinpoint: Pinpoint) -> tuple[int, int]:
    """Return the span of a citation with the brackets around it."""
    start, end = pinpoint.start, pinpoint.end
    nearest = max(0, start - 79)
    before = max(text.rfind("(", nearest, start), text.rfind("[", nearest, start))
    if before >= 0 and not re.search(r"[)\]]", text[before:start]):
        after = text.find(")" if text[before] == "(" else "]", end, end + 80)
        if after >= 0 and not re.search(r"[(\[]", text[end:after]):
            return before, after + 1
    return start, end


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where one page is judged."""

    name: str
    text: str
    draft: Draft
    page: _Page
    materials: Materials
    judged: dict[tuple[str, frozenset[tuple[str, int]]], Judgement | None]

    def judge_pinpoints(self) -> Iterator[DraftFinding]:
        """Yield a finding for each place that cites paragraphs."""
        for pin in self.page.pins:
            one = pin.pinpoint
            if not pin.own or not (one.locators or one.ref != one.source):
                continue
            ref = one.ref.partition("@")[0]
            verdict, message = "ok", f"{ref} is there"
            try:
                self.materials.resolve(one.ref)
            except RightsError as error:
                unknown = one.source not in self.materials.works.keys and one.fact is None
                broken = isinstance(error, BrokenSealError)
                message = error.message
                if isinstance(error, UsageError):
                    seal = one.ref.partition("@")[2]
                    broken = bool(seal) and len(seal) != SEAL_LENGTH
                    message = f"no source '{one.source}'" if unknown else f"{message}; {error.hint}"
                verdict = "unknown-source" if unknown else "seal-broken" if broken else "out-of-range"
            yield self._make("pinpoint", verdict, one.start, one.end, ref, message)

    def judge_quotations(self, before: _Page | None, after: _Page | None) -> Iterator[DraftFinding]:
        """Yield a finding for each quotation; *before* and *after* are the pages beside this one."""
        for quotation in self.page.quotations:
            words = self.page.block.text[quotation.start : quotation.end]
            if is_title(words, self.materials.titles):
                continue
            pins, near = self._choose_pins(quotation, before, after)
            known = [place for pin in pins for place in pin.pinpoint.places if place[0] in self.materials.works.keys]
            verdict = judge_quotation(words, self.materials.passages, pinned=known)
            if verdict.name == "wrong-paragraph" and not near:
                # A citation further on may be another sentence's.
                verdict = judge_quotation(words, self.materials.passages)
            cites = bool(pins or self.page.known)
            if verdict.name == "unproven" and not cites:
                continue
            yield self._describe_quotation(quotation, verdict, pins, cites=cites)

    def _choose_pins(self, quotation: Quotation, before: _Page | None, after: _Page | None) -> tuple[list[_Pin], bool]:
        """Return the citations that are *quotation*'s, and whether they are so without doubt."""
        page = self.page
        if quotation.whole_block:
            return (page.known, True) if page.known else self._look_beside(before, after)
        _, end = self._find_sentence(quotation.outer_end - 1)
        first = self._find_sentence(quotation.outer_start)[0]
        behind = page.list_pins(quotation.outer_end, end)
        if (
            behind
            and not page.list_quotations(quotation.outer_end, behind[0].start)
            and not self._leads(behind[0], end)
        ):
            return self._join_pins(behind), True
        ahead = [pin for pin in page.list_pins(first, quotation.outer_start) if pin.end <= quotation.outer_start][-1:]
        # One that an earlier quotation stands before is that one's.
        is_free = not any(
            one.outer_end <= ahead[0].start for pin in ahead for one in page.list_quotations(first, pin.start)
        )
        if ahead and is_free and not (behind and page.list_quotations(ahead[0].end, quotation.outer_start)):
            return ahead, True
        if behind:
            return self._join_pins(behind), True
        inside = page.list_pins(quotation.outer_start, quotation.outer_end - 1)
        if inside:
            return inside, True
        following = bisect_left(page.sentences, end, key=lambda one: one[0])
        if following == len(page.sentences) or page.list_quotations(*page.sentences[following]):
            return [], False
        return self._join_pins(page.list_pins(*page.sentences[following])), False

    def _leads(self, pin: _Pin, end: int) -> bool:
        """Tell whether *pin* leads in a quotation before *end*, in words and not in brackets: as hrw-2020:1 says, “…”."""
        text = self.page.block.text
        is_bracketed = _widen_citation(text, pin.pinpoint) != (pin.start, pin.end) or text[pin.start] in "(["
        return pin.own and not is_bracketed and bool(self.page.list_quotations(pin.end, end))

    def _join_pins(self, pins: Sequence[_Pin]) -> list[_Pin]:
        """Return the first of *pins* with those that stand in the same brackets or note."""
        joined = list(pins[:1])
        for pin in pins[1:]:
            between = self.page.block.text[joined[-1].end : pin.start]
            if not re.fullmatch(r"[\s;,]*(?:and|see|cf\.?|also|@)?[\s;,@]*", between):
                break
            joined.append(pin)
        return joined

    def _look_beside(self, before: _Page | None, after: _Page | None) -> tuple[list[_Pin], bool]:
        """Return the citations of a block quotation that stand behind it, or else before it."""
        for page, sentence in ((after, 0), (before, -1)):
            if page and page.sentences and page.block.kind != "quote":
                start, end = page.sentences[sentence]
                pins = page.list_pins(start, end)
                if pins and (sentence or pins[0].start - start < 12 or not page.quotations):
                    near = bool(sentence) or pins[0].start - start < 12
                    return pins, near
        return [], False

    def _find_sentence(self, place: int) -> tuple[int, int]:
        number = self.page.find_sentence(place)
        found = self.page.sentences[number] if number < len(self.page.sentences) else (place + 1, 0)
        return found if found[0] <= place else (0, len(self.page.block.text))

    def _describe_quotation(
        self, quotation: Quotation, verdict: Verdict, pins: Sequence[_Pin], *, cites: bool
    ) -> DraftFinding:
        ref = name_place(verdict.places[0]) if verdict.places else None
        words = self.page.block.text[quotation.start : quotation.end]
        return self._make(
            "quotation",
            verdict.name,
            quotation.start,
            quotation.end,
            ref,
            explain_quotation(verdict, [pin.pinpoint.ref for pin in pins]),
            shown=words,
            warnings=[*verdict.warnings, *self._warn_strange(verdict)],
            cites=cites,
            repair=self._mend_quotation(quotation, verdict, pins),
        )

    def _warn_strange(self, verdict: Verdict) -> list[str]:
        """Return what is to be said where the copy that is attached is another edition than the base's."""
        for place in verdict.places[:1]:
            if any((place.source, number) in self.materials.strange for number in range(place.first, place.last + 1)):
                return [f"unproven: the attached copy has another edition of {name_place(place)}"]
        return []

    def _mend_quotation(self, quotation: Quotation, verdict: Verdict, pins: Sequence[_Pin]) -> Repair | None:
        """Return the change of one altered word, or of the paragraph's number, where it is plain what to change."""
        if verdict.name == "altered" and len(verdict.differences) == 1 and verdict.pinned is not False:
            (one,) = verdict.differences
            if one.said and one.source and one.kind in ("word", "spelling") and " " not in one.source.strip():
                return self._replace(quotation.start + one.start, quotation.start + one.end, one.said, one.source)
        if verdict.name == "wrong-paragraph" and len(pins) == 1 and pins[0].own and len(verdict.places) == 1:
            pin, place = pins[0], verdict.places[0]
            said = self.page.block.text[pin.start : pin.end]
            if len(pin.pinpoint.locators) == 1 and place.first == place.last and place.source == pin.pinpoint.source:
                new = replace_place(said, place.first)
                return self._replace(pin.start, pin.end, said, new) if new != said else None
        return None

    def judge_statements(self) -> Iterator[DraftFinding]:
        """Yield a finding for each sentence that restates a fact, or nearly."""
        block = self.page.block
        if block.kind not in _JUDGED:
            return
        for start, end in self.page.sentences:
            sentence = self._mask(start, end)
            if sentence is None:
                continue
            pins = self.page.list_pins(start, end)
            places = frozenset(place for pin in pins for place in pin.pinpoint.places)
            if (sentence, places) not in self.judged:
                judgement = judge_sentence(sentence, self.materials.claims, pinned=places or None)
                self.judged[sentence, places] = judgement
            if judgement := self.judged[sentence, places]:
                yield self._describe_statement(start, end, judgement, pins)

    def _mask(self, start: int, end: int) -> str | None:
        """Return a sentence with blanks where it quotes or cites; None where little else is left."""
        text = self.page.block.text
        # A quotation may have begun in a sentence before.
        near = bisect_right(self.page.quotations, start, key=lambda one: one.outer_end)
        last = bisect_left(self.page.quotations, end, key=lambda one: one.outer_start)
        quoted = [(one.outer_start, one.outer_end) for one in self.page.quotations[near:last]]
        near = bisect_right(self.page.spans, start, key=lambda span: span[1])
        cited = self.page.spans[near : bisect_left(self.page.spans, end, key=lambda span: span[0])]
        pieces, place = [], start
        for first, until in sorted([*quoted, *cited]):
            if until > place:
                pieces += [text[place : max(first, place)], " " * (min(until, end) - max(first, place))]
                place = min(until, end)
        masked = "".join([*pieces, text[place:end]])
        left = len(masked.split())
        quotes = any(first >= start for first, _ in quoted)
        return None if left < 4 or (quotes and left < 0.6 * len(text[start:end].split())) else masked

    def _describe_statement(self, start: int, end: int, judgement: Judgement, pins: Sequence[_Pin]) -> DraftFinding:
        ref, citation, claim = self.materials.cite(judgement.fact)
        sentence = self.page.block.text[start:end].strip()
        first, last = start, end
        if judgement.verdict == "supported":
            message = f"restates {judgement.fact}" + ("" if pins else f"; cite {citation}")
            repair = None if pins else self._add_pinpoint(start, end, ref)
        else:
            message = "; ".join(explain_conflict(one, ref, claim) for one in judgement.conflicts)
            repair = None
            spot = judgement.conflicts[0]
            first, last = start + spot.start, start + spot.end
        return self._make(
            "statement", judgement.verdict, first, last, ref, message, shown=sentence, cites=bool(pins), repair=repair
        )

    def _add_pinpoint(self, start: int, end: int, ref: str) -> Repair | None:
        """Return the change that adds *ref* to a sentence, before its full stop."""
        text = self.page.block.text
        last = len(text[:end].rstrip())
        stop = last - text[start:last].endswith((".", "!", "?"))
        if stop == last and self.draft.form == "text":
            # A line of plain text that ends without a stop may go on in the next.
            return None
        key, _, place = ref.partition("@")[0].partition(":")
        label = "para." if place.isdecimal() else "paras."
        added = {
            "markdown": f" [@{key}, {label} {place}]",
            "latex": f"~\\autocite[{label}~{place.replace('-', '--')}]{{{key}}}",
        }.get(self.draft.form, f" ({key}:{place})")
        if stop < last:
            # Before the stop, and so behind the markup that the words are in.
            place_after = self.page.block.find_offset(stop)
            return Repair(place_after, place_after, added) if self.text[place_after] == text[stop] else None
        _, place_after = self.page.block.find_span(stop - 1, stop)
        return Repair(place_after, place_after, added) if self.text[place_after - 1] == text[stop - 1] else None

    def _replace(self, start: int, end: int, said: str, new: str) -> Repair | None:
        """Return the change of ``[start:end]`` of the block, where the file has it as it stands."""
        first, last = self.page.block.find_span(start, end)
        return Repair(first, last, new) if self.text[first:last] == said else None

    def _make(
        self,
        kind: str,
        verdict: str,
        start: int,
        end: int,
        ref: str | None,
        message: str,
        *,
        shown: str = "",
        warnings: Sequence[str] = (),
        cites: bool = True,
        repair: Repair | None = None,
    ) -> DraftFinding:
        first, last = self.page.block.find_span(start, max(end, start + 1))
        line, column = locate_offset(self.draft, first)
        end_line, end_column = locate_offset(self.draft, last)
        text = shown or self.page.block.text[start:end]
        where = (self.name, first, last, line, column, end_line, end_column)
        return DraftFinding(kind, verdict, *where, text, ref, message, tuple(warnings), cites, repair)
