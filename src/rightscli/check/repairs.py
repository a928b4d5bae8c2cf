"""Which changes would mend a draft, and which of them are safe: proposed one by one, then proven together.

A change is proposed only where the file says the words as they stand, outside of all that a change could break. It is made only
if the draft, judged anew, is the better for it and nowhere worse; so a draft that was mended has nothing more to be mended.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from rightscli.check.findings import GOOD, DraftFinding, Repair
from rightscli.check.pinpoints import find_pinpoints
from rightscli.cite.syntaxes import format_key_citation
from rightscli.drafts.closed import find_closed_spans
from rightscli.text.markup import escape_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rightscli.check.pinpoints import Pinpoint, Works
    from rightscli.drafts.blocks import Block
    from rightscli.drafts.closed import ClosedSpans

_ROUNDS = 8
"""How often repairs that make something worse are left out, and the others tried again, before all are."""

# With the names of a source, all that may stand beside a quotation in a sentence that says nothing else.
_LEAD_IN = frozenset(
    "a about according add added adds also an and argue argued argues article as at author authors book but by cf chapter cited"
    " cites claim claimed claims conclude concluded concludes describe described describes document e explain explained"
    " explains find finds for found further g group has have he here how i in is it its itself note noted notes observe observed"
    " observes of on or organisation organization own paper paragraph put puts quote quoted quotes read reads remark remarked"
    " remarks report reported reports said say saying says see she so source state stated states study text that the their they"
    " this thus to was were words write writes writing wrote".split()
)
_LATEX_COMMANDS = {
    **{name: name for name in ("autocite", "parencite", "citep", "cite", "footcite", "smartcite")},
    **{"textcite": "parencite", "citet": "citep", "Autocite": "autocite", "Parencite": "parencite", "Citep": "citep"},
}
"""Commands by which LaTeX drafts cite, and the one that cites so behind a sentence."""
_LATEX_CITED = re.compile(r"\\([A-Za-z]+)\*?(?=[\[{])")
_LATEX_CITATION = re.compile(r"\\[A-Za-z]+\*?(?:\s?\[[^\[\]]*\]|\s?\([^()]*\)|\s?\{[^{}]*\})+")
_KEYED = re.compile(r"\[[^\[\]\n]{0,80}?(?<![\w.])@[\w{]")
# What a full stop behind it would not end: an ellipsis, U.S., etc.
_NO_STOP = re.compile(
    r"(?:[.!?…][.!?]|(?<![^\W_])(?:[^\W\d_]\.)+|\b(?:al|cf|co|corp|etc|inc|jr|ltd|no|sr|vs)\.)\Z", re.IGNORECASE
)


class CitedBlock(NamedTuple):
    """A block of a draft, its citations, and their *spans* with the brackets around them."""

    block: Block
    pinpoints: Sequence[Pinpoint]
    spans: Sequence[tuple[int, int]]


class Mender:
    """Proposes the repairs of one draft of the *form*, whose file holds *text*."""

    def __init__(self, text: str, form: str, works: Works, blocks: Sequence[CitedBlock]) -> None:
        self._text = text
        self._form = form
        self._works = works
        self._blocks = blocks
        self._citations: dict[str, str | None] = {}

    def replace_words(self, block: Block, start: int, end: int, new: str) -> Repair | None:
        """Return the change of ``[start:end]`` of the block's text to *new*."""
        first, last = block.find_span(start, end)
        if self._text[first:last] != block.text[start:end] or not self._closed.allows_change(first, last):
            return None
        return Repair(first, last, escape_text(new, self._form, opens=False))

    def replace_name(self, block: Block, start: int, end: int, old: str, new: str) -> Repair | None:
        """Return the change of *old* to *new* where the file cites it as ``[start:end]`` of the text, if it is there once.

        In LaTeX a name stands inside the braces of a command, which are its citation and no closed group.
        """
        first, last = block.find_span(start, end)
        if self._form == "latex" and (command := _LATEX_CITATION.match(self._text, first)):
            # What is read of a command has the place of its backslash.
            last = max(last, command.end())
        found = list(re.finditer(rf"(?<![\w-]){re.escape(old)}(?![\w-])", self._text[first:last], re.IGNORECASE))
        if len(found) != 1:
            return None
        first, last = first + found[0].start(), first + found[0].end()
        is_cited = self._form == "latex" and self._text[first - 1] in "{," and self._text[last] in "},"
        return Repair(first, last, new) if is_cited or self._closed.allows_change(first, last) else None

    def add_citation(self, block: Block, start: int, end: int, ref: str) -> Repair | None:
        """Return the change that cites *ref* in the sentence ``[start:end]`` of the block's text, before its full stop."""
        text = block.text
        last = len(text[:end].rstrip())
        has_stop = text[start:last].endswith((".", "!", "?"))
        # A line of plain text that ends without a stop may go on in the next.
        if _NO_STOP.search(text, start, last) if has_stop else self._form == "text":
            return None
        # Before the stop, and so behind the markup that the words are in.
        letter = last - 1
        place = block.find_offset(letter) if has_stop else block.find_span(letter, last)[1]
        if self._text[place if has_stop else place - 1] != text[letter] or not self._closed.allows_insertion(place):
            return None
        if ref not in self._citations:
            self._citations[ref] = self._write_citation(ref)
        citation = self._citations[ref]
        return Repair(place, place, citation) if citation else None

    @cached_property
    def _closed(self) -> ClosedSpans:
        return find_closed_spans(self._text, self._form)

    def _write_citation(self, ref: str) -> str | None:
        """Return the citation of *ref*, with the blank before it, as the draft itself cites; None where that cannot be copied."""
        found = find_pinpoints(ref, self._works)
        if len(found) != 1:
            return None
        key, places = found[0].source, found[0].locators
        unit = self._works.numberings[key].unit
        if self._form == "latex" and self._command:
            written = format_key_citation(key, places, "latex", unit).replace("autocite", self._command, 1)
            # The mark of a footnote stands close.
            return written if self._command == "footcite" else f"~{written}"
        if key in self._examples and found[0].number:
            before, behind = self._examples[key]
            return f" {before}{ref.partition(':')[2]}{behind}"
        if self._form == "markdown" and _KEYED.search(self._text):
            return f" {format_key_citation(key, places, 'pandoc', unit)}"
        return None if key in self._printed else f" ({ref})"

    @cached_property
    def _command(self) -> str | None:
        """The command by which a draft in LaTeX cites most."""
        commands = (match[1] for match in _LATEX_CITED.finditer(self._text))
        counts = Counter(_LATEX_COMMANDS[name] for name in commands if name in _LATEX_COMMANDS)
        return counts.most_common(1)[0][0] if counts else None

    @cached_property
    def _examples(self) -> dict[str, tuple[str, str]]:
        """By each source's key, what stands before and behind the number in the first citation of it that can be copied."""
        found: dict[str, tuple[str, str]] = {}
        for block, pinpoints, spans in self._blocks:
            for one, (start, end) in zip(pinpoints, spans, strict=True):
                said, number = block.text[start:end], one.number
                first, last = block.find_span(start, end)
                if number is None or block.kind == "note" or self._text[first:last] != said:
                    continue
                before, behind = said[: number[0] - start], said[number[1] - start :]
                if re.fullmatch(r"[^()\[\]]+ \([^()]+\)", said):
                    # Author (year, place) is (author, year, place) behind a sentence.
                    found.setdefault(one.source, (f"({before.replace(' (', ', ', 1)}", behind))
                elif said[0] in "([" and said.strip("()[] ") == block.text[one.start : one.end].strip("()[] "):
                    found.setdefault(one.source, (before, behind))
        return found

    @cached_property
    def _printed(self) -> set[str]:
        """The keys of the sources that are cited in print, where no key stands."""
        cited = ((block.text, one) for block, pinpoints, _ in self._blocks for one in pinpoints if not one.fact)
        return {one.source for text, one in cited if one.source not in text[one.start : one.end].lower()}


def is_lead_in(words: str, names: Iterable[str]) -> bool:
    """Return whether *words*, which stand beside a quotation, assert nothing: as HRW says, if *names* has that."""
    for name in names:
        words = words.replace(name, " ")
    # A figure is an assertion, too.
    return all(word in _LEAD_IN for word in re.findall(r"[^\W_]+", re.sub(r"['’]s\b", " ", words.lower())))


def mend_draft(text: str, findings: Sequence[DraftFinding], examine: Callable[[str], Sequence[DraftFinding]]) -> str:
    """Return *text* with all repairs of its *findings* that are proven: what *examine* finds then is better, and nowhere worse.

    A finding that was good stays so, none gets worse, none comes up that is not good, and what is repaired is the better for
    it. What is found in the text that is returned has no repair left to be made.
    """
    while True:
        mended, found = _make_repairs(text, findings, examine)
        if mended == text:
            return text
        text, findings = mended, found


def _make_repairs(
    text: str, findings: Sequence[DraftFinding], examine: Callable[[str], Sequence[DraftFinding]]
) -> tuple[str, Sequence[DraftFinding]]:
    """Return the text with as many repairs as can be made together, and its findings."""
    repairs = _list_repairs(findings)
    for _ in range(_ROUNDS):
        if not repairs:
            break
        mended = _replace_spans(text, repairs)
        found = examine(mended)
        faults = _list_faults(findings, found, repairs)
        if not faults:
            return mended, found
        spoilt = {min(repairs, key=lambda repair: abs(repair.start - fault)) for fault in faults}
        repairs = [repair for repair in repairs if repair not in spoilt]
    return text, findings


def _list_repairs(findings: Iterable[DraftFinding]) -> list[Repair]:
    """Return the repairs of *findings*, ascending; of two that touch, the first."""
    repairs: list[Repair] = []
    for repair in sorted({finding.repair for finding in findings if finding.repair}):
        if not repairs or repair.start > repairs[-1].end:
            repairs.append(repair)
    return repairs


def _replace_spans(text: str, repairs: Iterable[Repair]) -> str:
    pieces, place = [], 0
    for repair in repairs:
        pieces += [text[place : repair.start], repair.new]
        place = repair.end
    return "".join([*pieces, text[place:]])


def _list_faults(
    findings: Iterable[DraftFinding], found: Iterable[DraftFinding], repairs: Sequence[Repair]
) -> list[int]:
    """Return where, in the text before, *repairs* made something worse, or not better where they were to."""
    ends = [repair.end for repair in repairs]
    shifts = [0, *accumulate(len(repair.new) - (repair.end - repair.start) for repair in repairs)]
    after = {(finding.kind, finding.start): finding for finding in found}
    faults, made = [], set(repairs)
    for finding in findings:
        now = after.pop((finding.kind, finding.start + shifts[bisect_right(ends, finding.start)]), None)
        # A source that is cited as a whole by its present name is no finding.
        is_renamed = finding.verdict == "renamed"
        is_lost = now is None and (finding.verdict in GOOD or (finding.repair in made and not is_renamed))
        if is_lost or (now and _rank_finding(now) > _rank_finding(finding) - (finding.repair in made)):
            faults.append(finding.start)
    new_ends = [end + shift for end, shift in zip(ends, shifts[1:], strict=True)]
    new = (finding.start for finding in after.values() if _rank_finding(finding))
    return faults + [start - shifts[bisect_right(new_ends, start)] for start in new]


def _rank_finding(finding: DraftFinding) -> int:
    """Return 0 for what is good, 1 for what is told, 2 for a problem."""
    if finding.is_problem():
        return 2
    return 0 if finding.verdict in GOOD and finding.cites else 1
