"""A draft → its findings: every pinpoint, quotation and statement, judged beside the base and the copies that are attached."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from rightscli.check.attribution import choose_citations, read_surroundings
from rightscli.check.explanations import explain_conflict, explain_quotation, explain_statement, name_place
from rightscli.check.findings import ClueJudged, DraftFinding
from rightscli.check.pages import open_pages
from rightscli.check.quoted.quotations import is_title, judge_quotation
from rightscli.check.repairs import CitedBlock, Mender, is_lead_in
from rightscli.check.stated.statements import judge_sentence
from rightscli.drafts import find_spot, locate_offset
from rightscli.errors import BrokenSealError, RightsError, UsageError
from rightscli.text.dates import overlaps_any
from rightscli.text.folding import shorten_text
from rightscli.text.locators import SEAL_LENGTH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from rightscli.check.findings import Repair
    from rightscli.check.pages import Page, Pin
    from rightscli.check.pinpoints import Pinpoint, Works
    from rightscli.check.quoted.marks import Quotation
    from rightscli.check.quoted.passages import Passages
    from rightscli.check.quoted.quotations import Verdict
    from rightscli.check.stated.accounts import Judgement
    from rightscli.check.stated.claims import Claims
    from rightscli.check.stated.reasons import Reason
    from rightscli.drafts import Draft

_JUDGED = frozenset({"paragraph", "list", "note", "cell", "caption"})
"""The kinds of blocks whose sentences are statements."""


class Materials(NamedTuple):
    """What a draft is held against.

    *resolve* raises the error of a REF that names nothing; *passages* are the copies' own words, None without a copy, and
    *strange* the paragraphs that a copy has otherwise than the base's edition; *titles* are those of the sources and of their
    sections; *cite* gives the REF, the citation and the claim of a fact, by its id; *unproven* are the ids of those that rest
    on passages that the base was made without a copy of. *retracted* are those that no longer hold, with what is to be said of
    them, and *everything* the claims with these among them, where there are any; *newer* are the newer editions of sources.
    """

    works: Works
    resolve: Callable[[str], object]
    passages: Passages | None
    strange: frozenset[tuple[str, int]]
    claims: Claims
    titles: Sequence[str]
    cite: Callable[[str], tuple[str, str, str]]
    unproven: frozenset[str] = frozenset()
    retracted: Mapping[str, str] = MappingProxyType({})
    everything: Claims | None = None
    newer: Mapping[str, str] = MappingProxyType({})


class Examination(NamedTuple):
    """The *findings* in a draft, in the order of the file; how many *sentences* were held against the facts, and how many of
    them no fact is near to (*unmatched*)."""

    findings: list[DraftFinding]
    sentences: int
    unmatched: int


def examine_draft(name: str, text: str, draft: Draft, materials: Materials, *, why: bool = False) -> Examination:
    """Return what is found in the *draft* called *name*, whose file holds *text*; with *why*, the accounts of its statements."""
    pages = open_pages(draft.blocks, materials.works)
    findings: list[DraftFinding] = []
    sentences = unmatched = 0
    # Long documents say many things more than once.
    judged: dict[tuple[str, frozenset[tuple[str, int]], tuple[str, ...], frozenset[int]], Judgement | None] = {}
    cited = [CitedBlock(page.block, [pin.pinpoint for pin in page.pins if pin.own], page.spans) for page in pages]
    mender = Mender(text, draft.form, materials.works, cited)
    for number, page in enumerate(pages):
        desk = _Desk(name, draft, page, materials, judged, mender, why)
        findings += desk.judge_pinpoints()
        after = pages[number + 1] if number + 1 < len(pages) else None
        findings += desk.judge_quotations(pages[number - 1] if number else None, after)
        for stated in desk.judge_statements():
            sentences += 1
            unmatched += not stated
            findings += stated
    return Examination(
        sorted(findings, key=lambda finding: (finding.start, finding.end, finding.kind)), sentences, unmatched
    )


_YEAR = r"\b(?:19|20)[0-9]{2}\b"
_NEAR = 400
"""How many characters before a sentence may say in which year it is."""
_OWN_WORDS = 0.6
"""Which share of a sentence's words must be the writer's own, not quoted, for it to state what it quotes."""
_LEAST_WORDS = 3
"""How many words a sentence has, at least, that states something."""


def _blank_spans(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> str:
    """Return ``text[start:end]`` with blanks in place of *spans*, which are in order."""
    pieces, place = [], start
    for first, until in spans:
        if until > place:
            pieces += [text[place : max(first, place)], " " * (min(until, end) - max(first, place))]
            place = min(until, end)
    return "".join([*pieces, text[place:end]])


def _cut_spans(spans: Sequence[tuple[int, int]], start: int, end: int) -> Sequence[tuple[int, int]]:
    """Return those of *spans*, which are in order, that overlap ``[start, end)``."""
    near = bisect_right(spans, start, key=lambda span: span[1])
    return spans[near : bisect_left(spans, end, key=lambda span: span[0])]


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where one page is judged."""

    name: str
    draft: Draft
    page: Page
    materials: Materials
    judged: dict[tuple[str, frozenset[tuple[str, int]], tuple[str, ...], frozenset[int]], Judgement | None]
    mender: Mender
    why: bool

    def judge_pinpoints(self) -> Iterator[DraftFinding]:
        """Yield a finding for each place that cites paragraphs."""
        for pin in self.page.pins:
            one = pin.pinpoint
            if not pin.own or (one.ref == one.source and not one.was):
                continue
            ref = one.source if one.unread else one.ref.partition("@")[0]
            verdict, message = self._judge_place(one)
            repair = self._mend_name(one) if verdict == "renamed" else None
            yield self._make("pinpoint", verdict, one.start, one.end, ref, message, repair=repair)

    def _mend_name(self, one: Pinpoint) -> Repair | None:
        """Return the change of a former name to the present one, where it stands once in the citation."""
        return self.mender.replace_name(self.page.block, one.start, one.end, one.was, one.fact or one.source)

    def _judge_place(self, one: Pinpoint) -> tuple[str, str]:
        """Return the verdict of a place that is cited, and what is to be said of it."""
        if one.rivals and not one.unread:
            return self._judge_rivals(one)
        if one.unread:
            behind = f"behind the {self._name_unit(one)}'s number"
            return "unreadable", f"'{shorten_text(one.unread.strip())}' {behind} is not understood"
        try:
            self.materials.resolve(one.ref)
        except RightsError as error:
            if one.fact:
                return "unknown-fact", error.message
            unknown = one.source not in self.materials.works.keys
            broken = isinstance(error, BrokenSealError)
            message = error.message
            if isinstance(error, UsageError):
                seal = one.ref.partition("@")[2]
                broken = bool(seal) and len(seal) != SEAL_LENGTH
                message = f"no source '{one.source}'" if unknown else f"{message}; {error.hint}"
            return "unknown-source" if unknown else "seal-broken" if broken else "out-of-range", message
        if one.fact and one.fact in self.materials.retracted:
            return "retracted", self.materials.retracted[one.fact]
        if one.was:
            return "renamed", f"'{one.was}' is called {one.fact or one.source} now"
        if one.source in self.materials.newer and not one.fact:
            return "older-edition", f"{one.source} is an older edition of {self.materials.newer[one.source]}"
        return "ok", f"{one.ref.partition('@')[0]} is there"

    def _judge_rivals(self, one: Pinpoint) -> tuple[str, str]:
        """Return the same of a place that several sources are cited by alike."""
        held, errors = [], []
        for ref in one.refs:
            try:
                self.materials.resolve(ref)
                held.append(ref)
            except RightsError as error:
                errors.append(error.message)
        if held:
            return "ambiguous", f"may be {' or '.join(one.refs)}: name the title, or cite by the key"
        return "out-of-range", "; ".join(errors)

    def _name_unit(self, one: Pinpoint) -> str:
        numbering = self.materials.works.numberings.get(one.source)
        return numbering.unit if numbering else "paragraph"

    def judge_quotations(self, before: Page | None, after: Page | None) -> Iterator[DraftFinding]:
        """Yield a finding for each quotation; *before* and *after* are the pages beside this one."""
        for quotation in self.page.quotations:
            words = self.page.block.text[quotation.start : quotation.end]
            if is_title(words, self.materials.titles):
                continue
            cited, near = choose_citations(self.page, quotation, before, after)
            pins = [pin for pin in cited if pin.known]
            if cited and near and not pins:
                # Another work's words.
                continue
            known = [place for pin in pins for place in pin.pinpoint.places]
            around = read_surroundings(self.page, quotation, before)
            verdict = judge_quotation(words, self.materials.passages, pinned=known, around=around)
            if not near and (verdict.pinned is False or verdict.name == "turned"):
                # A citation further on may be another sentence's.
                pins = []
                verdict = judge_quotation(words, self.materials.passages, around=around)
            if verdict.name == "unproven" and not (pins or self.page.known):
                continue
            yield self._describe_quotation(quotation, verdict, pins, cites=near and pins == cited != [])

    def _describe_quotation(
        self, quotation: Quotation, verdict: Verdict, pins: Sequence[Pin], *, cites: bool
    ) -> DraftFinding:
        places = [name_place(place, self.materials.works.numberings) for place in verdict.places]
        ref = places[0] if places else None
        words = self.page.block.text[quotation.start : quotation.end]
        return self._make(
            "quotation",
            verdict.name,
            quotation.start,
            quotation.end,
            ref,
            explain_quotation(verdict, places, [ref for pin in pins for ref in pin.pinpoint.refs]),
            shown=words,
            warnings=self._warn_strange(verdict),
            cites=cites,
            repair=self._mend_quotation(quotation, verdict, pins),
        )

    def _warn_strange(self, verdict: Verdict) -> list[str]:
        """Return what is to be said where the copy that is attached is another edition than the base's."""
        for place in verdict.places[:1]:
            if any((place.source, number) in self.materials.strange for number in range(place.first, place.last + 1)):
                named = name_place(place, self.materials.works.numberings)
                return [f"unproven: the attached copy has another edition of {named}"]
        return []

    def _mend_quotation(self, quotation: Quotation, verdict: Verdict, pins: Sequence[Pin]) -> Repair | None:
        """Return the change of one altered word, or of the paragraph's number, where it is plain what to change."""
        block = self.page.block
        if verdict.name == "altered" and len(verdict.differences) == 1 and verdict.pinned is not False:
            (one,) = verdict.differences
            start, end = quotation.start + one.start, quotation.start + one.end
            # A difference is of words as they are compared, and what stands in the draft may be written otherwise.
            is_word = one.kind in ("word", "spelling") and one.said == block.text[start:end]
            if is_word and one.source and " " not in one.source.strip():
                return self.mender.replace_words(block, start, end, one.source)
        if verdict.name == "wrong-paragraph" and len(verdict.places) == 1 and self._says_nothing_else(quotation, pins):
            place, pinpoint = verdict.places[0], pins[0].pinpoint
            # A range, a list or a seal would have to change as well, and nobody knows into what.
            if pinpoint.number and place.first == place.last and place.source == pinpoint.source:
                number = self.materials.works.numberings[place.source].locate_positions(place.first, place.last)
                return self.mender.replace_words(block, *pinpoint.number, str(number))
        return None

    def _says_nothing_else(self, quotation: Quotation, pins: Sequence[Pin]) -> bool:
        """Tell whether the sentence of *quotation* asserts only that it is said in the one place of *pins*, in this block."""
        page, text = self.page, self.page.block.text
        if len(pins) != 1 or not pins[0].own or pins[0] not in page.known:
            return False
        pin, outer = pins[0], (quotation.outer_start, quotation.outer_end)
        first = page.find_sentence(min(pin.start, outer[0]))[0]
        last = page.find_sentence(max(pin.end, outer[1]) - 1)[1]
        if quotation.whole_block:
            first, last = 0, len(text)
        located = [one for one in page.list_pins(first, last) if one.pinpoint.ref != one.pinpoint.source]
        if located != [pin] or len(page.list_quotations(first, last)) != 1:
            return False
        cited = [span for span in page.spans if first <= span[0] < last]
        beside, place = "", first
        for begin, until in [*sorted([*cited, outer]), (last, last)]:
            beside += text[place : max(begin, place)] + " "
            place = max(until, place)
        as_printed = self.materials.works.patterns.get(pin.pinpoint.source)
        return is_lead_in(beside, as_printed.names if as_printed else ())

    def judge_statements(self) -> Iterator[list[DraftFinding]]:
        """Yield what the facts say of each sentence: a finding, one a conflict where it differs; none where no fact is near."""
        block = self.page.block
        if block.kind not in _JUDGED:
            return
        before: tuple[str, ...] = ()
        named = [(match.start(), int(match[0])) for match in re.finditer(_YEAR, block.text)]
        for start, end in self.page.sentences:
            sentence, is_quoted = self._mask(start, end)
            if not sentence:
                before = ()
                continue
            pins = self.page.list_pins(start, end)
            places = frozenset(place for pin in pins for place in pin.pinpoint.places)
            near = bisect_left(named, (start - _NEAR,))
            years = frozenset(year for _, year in named[near : bisect_left(named, (start,), lo=near)])
            key = (sentence, places, before, years)
            if key not in self.judged:
                self.judged[key] = judge_sentence(
                    sentence, self.materials.claims, pinned=places or None, before=before, years=years, why=self.why
                )
            judgement = self.judged[key]
            if is_quoted and not self._differs_beside(start, judgement):
                before = ()
                continue
            gone = self._find_retracted(sentence, places, before, judgement)
            before = judgement.context if judgement else before
            if gone:
                yield [self._describe_retracted(start, end, gone, pins)]
                continue
            yield self._describe_statement(start, end, judgement, pins) if judgement else []

    def _find_retracted(
        self,
        sentence: str,
        places: frozenset[tuple[str, int]],
        before: tuple[str, ...],
        judgement: Judgement | None,
    ) -> str:
        """Return the id of the retracted fact without which nothing bears *sentence* out, as *judgement* says, or nothing."""
        everything = self.materials.everything
        if everything is None or (judgement and judgement.verdict == "supported"):
            return ""
        found = judge_sentence(sentence, everything, pinned=places or None, before=before)
        if not found or found.verdict != "supported":
            return ""
        found = judge_sentence(sentence, everything, pinned=places or None, before=before, why=True) or found
        ids = (found.fact, *(reason.fact for reason in found.reasons))
        return next((id for id in ids if id in self.materials.retracted), "")

    def _describe_retracted(self, start: int, end: int, id: str, pins: Sequence[Pin]) -> DraftFinding:
        ref, sentence = self.materials.cite(id)[0], self.page.block.text[start:end].strip()
        message = f"restates only what no longer holds: {self.materials.retracted[id]}"
        return self._make("statement", "retracted", start, end, ref, message, shown=sentence, cites=bool(pins))

    def _mask(self, start: int, end: int) -> tuple[str, bool]:
        """Return a sentence with blanks where it cites, nothing where that leaves next to none; and whether most is quoted."""
        text = self.page.block.text
        quoted = self._list_quoted(start, end)
        cited = sorted([*_cut_spans(self.page.spans, start, end), *_cut_spans(self.page.linked, start, end)])
        masked = _blank_spans(text, start, end, cited)
        whole = len(masked.split())
        own = len(_blank_spans(text, start, end, sorted([*quoted, *cited])).split()) if quoted else whole
        return masked if whole >= _LEAST_WORDS else "", own < _OWN_WORDS * whole

    def _list_quoted(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return where the quotations are that stand in a sentence, or began in one before."""
        near = bisect_right(self.page.quotations, start, key=lambda one: one.outer_end)
        last = bisect_left(self.page.quotations, end, key=lambda one: one.outer_start)
        return [(one.outer_start, one.outer_end) for one in self.page.quotations[near:last]]

    def _differs_beside(self, start: int, judgement: Judgement | None) -> bool:
        """Tell whether a sentence at *start* that is mostly quoted differs in what is the writer's own."""
        if not judgement or judgement.verdict != "differs":
            return False
        spots = [(start + one.start, start + one.end) for one in judgement.conflicts]
        quoted = self._list_quoted(min(spots)[0], max(spots)[1])
        return not any(overlaps_any(quoted, *spot) for spot in spots)

    def _describe_statement(
        self, start: int, end: int, judgement: Judgement, pins: Sequence[Pin]
    ) -> list[DraftFinding]:
        ref, citation, claim = self.materials.cite(judgement.fact)
        why = tuple(map(self._judge_clue, judgement.reasons))
        sentence = self.page.block.text[start:end].strip()

        def make(
            first: int, last: int, message: str, repair: Repair | None = None, *, verdict: str = judgement.verdict
        ) -> DraftFinding:
            return self._make(
                "statement",
                verdict,
                first,
                last,
                ref,
                message,
                shown=sentence,
                cites=bool(pins),
                repair=repair,
                why=why,
            )

        if judgement.verdict == "differs":
            return [
                make(start + one.start, start + one.end, explain_conflict(one, ref, claim))
                for one in judgement.conflicts
            ]
        if judgement.verdict == "supported" and judgement.fact in self.materials.unproven:
            message = f"restates {judgement.fact}, which no copy can prove: the base was made without one of {ref}"
            return [make(start, end, message, verdict="unproven")]
        if judgement.verdict == "supported":
            repair = None if pins else self._add_pinpoint(start, end, ref)
            return [make(start, end, f"restates {judgement.fact}" + ("" if pins else f"; cite {citation}"), repair)]
        return [make(start, end, explain_statement(judgement, ref, claim))]

    def _judge_clue(self, reason: Reason) -> ClueJudged:
        ref = self.materials.cite(reason.fact)[0] if reason.fact else None
        return ClueJudged(reason.said, reason.outcome, reason.fact or None, ref, reason.base or None)

    def _add_pinpoint(self, start: int, end: int, ref: str) -> Repair | None:
        """Return the change that adds *ref* to a sentence, unless that ends inside a quotation."""
        near = bisect_right(self.page.quotations, end, key=lambda one: one.outer_end)
        if near < len(self.page.quotations) and self.page.quotations[near].outer_start < end:
            return None
        return self.mender.add_citation(self.page.block, start, end, ref)

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
        why: tuple[ClueJudged, ...] = (),
    ) -> DraftFinding:
        first, last = self.page.block.find_span(start, max(end, start + 1))
        line, column = locate_offset(self.draft, first)
        end_line, end_column = locate_offset(self.draft, last)
        text = shown or self.page.block.text[start:end]
        where = (self.name, first, last, line, column, end_line, end_column)
        spot = find_spot(self.draft, line)
        pages = (spot.paragraph, spot.note) if spot else (None, None)
        return DraftFinding(kind, verdict, *where, text, ref, message, tuple(warnings), cites, repair, why, *pages)
