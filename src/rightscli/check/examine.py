"""A draft → its findings: every pinpoint, quotation and statement, judged beside the base and the copies that are attached."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from rightscli.check.findings import DraftFinding, Repair
from rightscli.check.marks import find_quotations
from rightscli.check.pinpoints import Pinpoint, find_pinpoints, replace_place
from rightscli.check.quotations import is_title, judge_quotation
from rightscli.check.sentences import split_sentences
from rightscli.check.statements import judge_sentence
from rightscli.drafts import locate_offset
from rightscli.errors import BrokenSealError, RightsError, UsageError
from rightscli.locators import SEAL_LENGTH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rightscli.check.claims import Claims
    from rightscli.check.conflicts import Conflict
    from rightscli.check.marks import Quotation
    from rightscli.check.passages import Paragraphs, Passages
    from rightscli.check.pinpoints import Works
    from rightscli.check.quotations import Verdict
    from rightscli.check.statements import Judgement
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
    """One block with what was found in it."""

    block: Block
    pins: list[_Pin]
    sentences: Sequence[tuple[int, int]]
    quotations: Sequence[Quotation]


def examine_draft(name: str, text: str, draft: Draft, materials: Materials) -> list[DraftFinding]:
    """Return the findings of the *draft* called *name*, whose file holds *text*, in the order of the file."""
    found = [find_pinpoints(block.text, materials.works) for block in draft.blocks]
    pages = [_open_page(block, found, number) for number, block in enumerate(draft.blocks)]
    findings: list[DraftFinding] = []
    # Long documents say many things more than once.
    judged: dict[tuple[str, frozenset[tuple[str, int]]], Judgement | None] = {}
    for number, page in enumerate(pages):
        desk = _Desk(name, text, draft, page, materials, judged)
        findings += desk.judge_pinpoints()
        findings += desk.judge_quotations(
            pages[number - 1] if number else None, next(iter(pages[number + 1 :][:1]), None)
        )
        findings += desk.judge_statements()
    return sorted(findings, key=lambda finding: (finding.start, finding.end, finding.kind))


def _open_page(block: Block, found: Sequence[Sequence[Pinpoint]], number: int) -> _Page:
    pins = [_Pin(one.start, one.end, one, True) for one in found[number]]
    pins += [_Pin(place, place, one, False) for place, note in block.notes for one in found[note] if note != number]
    pins.sort(key=lambda pin: (pin.start, pin.end))
    spans = [_widen_citation(block.text, one) for one in found[number]]
    quotations = find_quotations(block.text, whole_block=block.kind == "quote", citations=spans)
    return _Page(block, pins, split_sentences(block.text), quotations)


def _widen_citation(text: str, pinpoint: Pinpoint) -> tuple[int, int]:
    """Return the span of a citation with the brackets around it."""
    start, end = pinpoint.start, pinpoint.end
    before = max(text.rfind("(", 0, start), text.rfind("[", 0, start))
    if before >= 0 and not re.search(r"[)\]]", text[before:start]):
        after = text.find(")" if text[before] == "(" else "]", end)
        if 0 <= after - end < 80 and start - before < 80 and not re.search(r"[(\[]", text[end:after]):
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
            cites = bool(pins) or any(self._is_known(pin) for pin in self.page.pins)
            if verdict.name == "unproven" and not cites:
                continue
            yield self._describe_quotation(quotation, verdict, pins, cites=cites)

    def _is_known(self, pin: _Pin) -> bool:
        return pin.pinpoint.source in self.materials.works.keys

    def _choose_pins(self, quotation: Quotation, before: _Page | None, after: _Page | None) -> tuple[list[_Pin], bool]:
        """Return the citations that are *quotation*'s, and whether they are so without doubt."""
        pins = [pin for pin in self.page.pins if self._is_known(pin)]
        if quotation.whole_block:
            return (pins, True) if pins else self._look_beside(before, after)
        _, end = self._find_sentence(quotation.outer_end - 1)
        first = self._find_sentence(quotation.outer_start)[0]
        behind = [pin for pin in pins if quotation.outer_end <= pin.start <= end]
        if behind:
            return self._join_pins(behind), True
        ahead = [pin for pin in pins if first <= pin.start and pin.end <= quotation.outer_start]
        earlier = [one for one in self.page.quotations if first <= one.outer_start < quotation.outer_start]
        if ahead and not any(one.outer_end <= ahead[-1].start for one in earlier):
            return ahead[-1:], True
        inside = [pin for pin in pins if quotation.outer_start <= pin.start < quotation.outer_end]
        if inside:
            return inside, True
        following = next((one for one in self.page.sentences if one[0] >= end), None)
        if following and not any(following[0] <= one.outer_start < following[1] for one in self.page.quotations):
            return self._join_pins([pin for pin in pins if following[0] <= pin.start <= following[1]]), False
        return [], False

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
                pins = [pin for pin in page.pins if self._is_known(pin) and start <= pin.start <= end]
                if pins and (sentence or pins[0].start - start < 12 or not page.quotations):
                    near = bool(sentence) or pins[0].start - start < 12
                    return pins, near
        return [], False

    def _find_sentence(self, place: int) -> tuple[int, int]:
        return next((one for one in self.page.sentences if one[0] <= place < one[1]), (0, len(self.page.block.text)))

    def _describe_quotation(
        self, quotation: Quotation, verdict: Verdict, pins: Sequence[_Pin], *, cites: bool
    ) -> DraftFinding:
        ref = _name_place(verdict.places[0]) if verdict.places else None
        words = self.page.block.text[quotation.start : quotation.end]
        return self._make(
            "quotation",
            verdict.name,
            quotation.start,
            quotation.end,
            ref,
            _explain_quotation(verdict, [pin.pinpoint.ref for pin in pins]),
            shown=words,
            warnings=[*verdict.warnings, *self._warn_strange(verdict)],
            cites=cites,
            repair=self._mend_quotation(quotation, verdict, pins),
        )

    def _warn_strange(self, verdict: Verdict) -> list[str]:
        """Return what is to be said where the copy that is attached is another edition than the base's."""
        for place in verdict.places[:1]:
            if any((place.source, number) in self.materials.strange for number in range(place.first, place.last + 1)):
                return [f"unproven: the attached copy has another edition of {_name_place(place)}"]
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
            pins = [pin for pin in self.page.pins if start <= pin.start <= end and self._is_known(pin)]
            places = frozenset(place for pin in pins for place in pin.pinpoint.places)
            if (sentence, places) not in self.judged:
                judgement = judge_sentence(sentence, self.materials.claims, pinned=places or None)
                self.judged[sentence, places] = judgement
            if judgement := self.judged[sentence, places]:
                yield self._describe_statement(start, end, judgement, pins)

    def _mask(self, start: int, end: int) -> str | None:
        """Return a sentence with blanks where it quotes or cites; None where little else is left."""
        text = self.page.block.text
        spans = [(one.outer_start, one.outer_end) for one in self.page.quotations]
        spans += [_widen_citation(text, pin.pinpoint) for pin in self.page.pins if pin.own]
        masked = text[start:end]
        for first, last in spans:
            if first < end and last > start:
                first, last = max(first - start, 0), min(last - start, len(masked))
                masked = masked[:first] + " " * (last - first) + masked[last:]
        quoted = any(start <= first < end for first, _ in spans[: len(self.page.quotations)])
        left = len(masked.split())
        return None if left < 4 or (quoted and left < 0.6 * len(text[start:end].split())) else masked

    def _describe_statement(self, start: int, end: int, judgement: Judgement, pins: Sequence[_Pin]) -> DraftFinding:
        ref, citation, claim = self.materials.cite(judgement.fact)
        sentence = self.page.block.text[start:end].strip()
        first, last = start, end
        if judgement.verdict == "supported":
            message = f"restates {judgement.fact}" + ("" if pins else f"; cite {citation}")
            repair = None if pins else self._add_pinpoint(start, end, ref)
        else:
            message = "; ".join(_explain_conflict(one, ref, claim) for one in judgement.conflicts)
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


def _explain_conflict(conflict: Conflict, ref: str, claim: str) -> str:
    """Return what the draft says, and what the base does."""
    if conflict.kind == "negation":
        # One word of each would not show which of them denies it.
        return f"'{conflict.said}' turns what {ref} says: {claim}"
    return f"says {conflict.said}; {ref} says {conflict.base}"


def _name_place(place: Paragraphs) -> str:
    return f"{place.source}:{place.first}" + (f"-{place.last}" if place.last > place.first else "")


def _explain_quotation(verdict: Verdict, cited: Sequence[str]) -> str:
    """Return what is to be said of a quotation's verdict."""
    places = [_name_place(place) for place in verdict.places]
    here = places[0] if places else ""
    slips = "; ".join(_explain_difference(one.said, one.source, one.kind) for one in verdict.differences[:3])
    more = f" and {len(verdict.differences) - 3} more" if len(verdict.differences) > 3 else ""
    elsewhere = f"; the words are in {here}, not in {', '.join(cited)}" if verdict.pinned is False and cited else ""
    return {
        "exact": f"stands so in {here}",
        "altered": f"{here} has it otherwise: {slips}{more}{elsewhere}",
        "omission": f"{here} has words between that are left out without an ellipsis: {slips}{more}{elsewhere}",
        "wrong-paragraph": f"stands in {' and '.join(places)}, not in {', '.join(cited)}",
        "not-found": "stands in no source that is attached",
        "ambiguous": f"stands in {' and '.join(places)}: say which is meant",
        "too-short": "fewer than four words: not judged",
        "unproven": "no copy of the source is attached: rights attach SOURCE FILE",
    }[verdict.name]


def _explain_difference(said: str, source: str, kind: str) -> str:
    if not said:
        return f"left out '{source}'"
    if not source:
        return f"'{said}' is added"
    note = {"spelling": " (spelling)", "case": " (capitals)", "order": " (order)"}.get(kind, "")
    return f"'{said}' for '{source}'{note}"
