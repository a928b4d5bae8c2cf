"""Drafts that were checked → a page to print, to sign and to file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rightscli.answers.copies import load_copies
from rightscli.check.findings import GOOD

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from rightscli.answers import Library
    from rightscli.answers.check import CheckAnswer
    from rightscli.browse.report import ReportedCopy, ReportedDraft, ReportedFinding, SaidWords
    from rightscli.check.findings import DraftFinding, Repair
    from rightscli.index.queries import Index
    from rightscli.records import Record

_MOST = 3
"""How many facts, and how many passages, are quoted beside a finding."""


def report_check(
    library: Library, answers: Sequence[CheckAnswer], *, failing: Collection[str] = (), date: str | None = None
) -> str:
    """Return the page of what was found in the drafts of *answers*; *failing* as in ``DraftFinding.is_problem``.

    The facts by which a statement was judged are those of its account: check the drafts with *why*.

    *date* is the day that it bears; without one it has a line for it.
    """
    from rightscli import __version__
    from rightscli.browse.report import CheckReport, render_report

    index = library.index
    sources = [source for key in index.list_sources() if (source := index.get_source(key))]
    copies = {copy.source: copy for copy in load_copies(library.copies, sources)}
    words = {(copy.source, position): text for copy in copies.values() for position, text in copy.texts.items()}
    report = CheckReport(
        drafts=[_report_draft(answer, index, words, failing) for answer in answers],
        bases=index.bases,
        copies=[
            _report_copy(source, copies[source["id"]].texts, len(copies[source["id"]].proven))
            for source in sources
            if source["id"] in copies
        ],
        bare=[source["id"] for source in sources if source["id"] not in copies],
        failing=sorted(failing),
        version=__version__,
        date=date,
    )
    return render_report(report)


def _report_copy(source: Record, texts: Mapping[int, str], proven: int) -> ReportedCopy:
    from hashlib import sha256

    from rightscli.browse.report import ReportedCopy
    from rightscli.text.folding import hash_text

    lines = "".join(f"{hash_text(texts[position])}\n" for position in sorted(texts))
    passages = len(source["paragraphs"])
    digest = sha256(lines.encode()).hexdigest()
    return ReportedCopy(source["id"], source["unit"], passages, len(texts), proven, digest)


def _report_draft(
    answer: CheckAnswer, index: Index, words: Mapping[tuple[str, int], str], failing: Collection[str]
) -> ReportedDraft:
    from hashlib import sha256

    from rightscli.browse.report import ReportedDraft

    findings = [_report_finding(finding, answer, index, words, failing) for finding in answer.findings]
    digest = sha256(answer.content).hexdigest()
    return ReportedDraft(answer.name, len(answer.content), digest, answer.sentences, answer.unmatched, findings)


def _report_finding(
    finding: DraftFinding,
    answer: CheckAnswer,
    index: Index,
    words: Mapping[tuple[str, int], str],
    failing: Collection[str],
) -> ReportedFinding:
    from rightscli.browse.report import ReportedFinding
    from rightscli.check.report import explain_verdict

    good = finding.verdict in GOOD and not finding.is_uncited
    said = list(_list_said(finding, index, words))
    return ReportedFinding(
        place=finding.place,
        kind=finding.kind,
        verdict=finding.verdict,
        level="problem" if finding.is_problem(failing) else "good" if good else "notice",
        meaning=explain_verdict(finding) + (", and is not cited" if finding.is_uncited else ""),
        text=finding.text,
        piece=answer.text[finding.start : finding.end],
        said=said,
        told=[_cut_claim(finding.message, said), *finding.warnings],
        clues=list(_gather_clues(finding)),
        repair=_describe_repair(finding.repair, answer.text) if finding.repair else "",
    )


def _cut_claim(message: str, said: Sequence[SaidWords]) -> str:
    """Return the *message* of a finding without the claim that it ends with, where that stands beside it."""
    for one in said:
        if message.endswith(f": {one.words}"):
            return re.sub(r"; \S+ says$", "", message.removesuffix(f": {one.words}"))
    return message


def _gather_clues(finding: DraftFinding) -> Iterator[str]:
    """Yield what became of the clues of a statement: those that one fact bears out in one line, as are those left over."""
    lines: dict[str, list[str]] = {}
    for clue in finding.why:
        by = f" by {clue.ref} ({clue.fact})" if clue.fact else ""
        has = f", which has {clue.base}" if clue.base and clue.outcome == "contradicted" else ""
        lines.setdefault(f"{clue.outcome}{by}{has}", []).append(clue.text)
    for outcome, texts in lines.items():
        yield f"{outcome}: {', '.join(texts)}"


def _describe_repair(repair: Repair, text: str) -> str:
    old = text[repair.start : repair.end]
    return f"write '{repair.new}' for '{old}'" if old else f"add '{repair.new.strip()}'"


def _list_said(finding: DraftFinding, index: Index, words: Mapping[tuple[str, int], str]) -> Iterator[SaidWords]:
    """Yield the claims of the facts by which a statement was judged, else what is cited: a fact's claim, passages' words."""
    from rightscli.errors import RightsError
    from rightscli.refs import parse_ref, resolve_ref

    ids = dict.fromkeys(clue.fact for clue in finding.why if clue.fact)
    facts = [fact for id in [*ids][:_MOST] if (fact := index.get_fact(id))]
    if facts or not finding.ref:
        yield from map(_quote_claim, facts)
        return
    try:
        target = resolve_ref(parse_ref(finding.ref), index)
    except RightsError:
        # Its verdict says so.
        return
    if target.fact:
        yield _quote_claim(target.fact)
    for position in [at for locator in target.locators for at in locator.positions][:_MOST]:
        yield _quote_passage(target.source or {}, position, words)


def _quote_claim(fact: Record) -> SaidWords:
    from rightscli.browse.report import SaidWords

    (first, *_) = fact["citations"]
    return SaidWords("fact", fact["claim"], f"{first['ref']} ({fact['id']})", first["url"])


def _quote_passage(source: Record, position: int, words: Mapping[tuple[str, int], str]) -> SaidWords:
    """Return the passage's own words by the attached copy, else the first and the last of them, which the base has."""
    from rightscli.browse.report import SaidWords
    from rightscli.cite.links import link_passage
    from rightscli.passages import read_numbering

    passage = source["paragraphs"][position - 1]
    held = words.get((source["id"], position))
    edges = " … ".join(filter(None, (passage["begins"], passage["ends"])))
    address = link_passage(source, [read_numbering(source).locate_positions(position, position)])
    return SaidWords(
        "passage", held or edges, f"{passage['ref']}{'' if held else ', its first and last words'}", address
    )
