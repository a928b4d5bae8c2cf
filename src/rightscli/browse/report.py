"""What was found in drafts, as an HTML page to print, to sign and to file; every text of a draft or a base is only text in it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from rightscli.browse.filling import fill_page, mark_link, mark_text
from rightscli.text.folding import count_noun
from rightscli.text.inert import escape_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rightscli.records import Record


class SaidWords(NamedTuple):
    """The *words* of a fact or a passage, which is called *ref*, and the *address* that opens it."""

    kind: str
    words: str
    ref: str
    address: str | None = None


class ReportedFinding(NamedTuple):
    """A finding: *level* is ``problem``, ``notice`` or ``good``, *meaning* that of its verdict.

    *text* is what the draft says, *piece* what in it is meant, *said* what stands against it, *told* what differs, *clues* what
    became of those of a statement; *repair* is what would mend it.
    """

    place: str
    kind: str
    verdict: str
    level: str
    meaning: str
    text: str
    piece: str
    said: Sequence[SaidWords]
    told: Sequence[str]
    clues: Sequence[str]
    repair: str


class ReportedDraft(NamedTuple):
    """A draft with its *findings*; of its *sentences* held against the facts, no fact is near to the *unmatched*."""

    name: str
    size: int
    sha256: str
    sentences: int
    unmatched: int
    findings: Sequence[ReportedFinding]


class ReportedCopy(NamedTuple):
    """What is attached of a *source* of so many *passages*: *held*, of which the *proven* are the base's edition."""

    source: str
    unit: str
    passages: int
    held: int
    proven: int
    sha256: str


class CheckReport(NamedTuple):
    """All that a report says; *bare* are the sources without a copy, *failing* the notices that are to fail, *date* is a day."""

    drafts: Sequence[ReportedDraft]
    bases: Sequence[Record]
    copies: Sequence[ReportedCopy]
    bare: Sequence[str]
    failing: Sequence[str]
    version: str
    date: str | None


_LEVELS = (
    ("problem", "Problems", "Of these, each must be mended or answered for."),
    ("notice", "Notices", "These are no errors that are proven: a person decides."),
    ("good", "Without fault", "The passage is there, the words stand so, or a fact says so."),
)
_UNJUDGED = {
    "quotation/too-short": "with too few words to be judged",
    "quotation/unproven": "of a source of which no copy is attached",
    "pinpoint/unreadable": "followed by something that is not understood",
    "pinpoint/ambiguous": "that may be those of several sources",
}
"""The verdicts that say that nothing was judged, and of what."""


def render_report(report: CheckReport) -> str:
    """Return the page of a *report*."""
    findings = [finding for draft in report.drafts for finding in draft.findings]
    problems = sum(finding.level == "problem" for finding in findings)
    names = ", ".join(escape_name(draft.name) for draft in report.drafts)
    parts = {
        "title": mark_text(f"Check of {names}"),
        "outcome": "problem" if problems else "good",
        "problems": f"{count_noun(problems, 'problem')} in {count_noun(len(report.drafts), 'file')}",
        "materials": _list_materials(report),
        "counts": _count_verdicts(findings),
        "unjudged": _list_unjudged(report.drafts, findings),
        "findings": "\n".join(_render_drafts(report.drafts)),
    }
    return fill_page("report.html", parts, styles=["report.css"])


def _list_materials(report: CheckReport) -> str:
    rows = [
        ("Draft", f"{mark_text(escape_name(draft.name))}, {count_noun(draft.size, 'byte')}", draft.sha256)
        for draft in report.drafts
    ]
    for base in report.bases:
        told = f"{base['title']}, edition {base['edition']}, {count_noun(base['facts'], 'fact')}"
        rows.append(("Base", mark_text(told), base["sha256"]))
    for copy in report.copies:
        proven = "all proven" if copy.proven == copy.held else f"{copy.proven:,} of them proven"
        told = f"{copy.source}, {copy.held:,} of {count_noun(copy.passages, copy.unit)}, {proven}"
        rows.append(("Copy", mark_text(told), copy.sha256))
    lines = [
        f'<tr><th scope="row">{what}</th><td>{told}<br><code>{sha256}</code></td></tr>' for what, told, sha256 in rows
    ]
    plain = [("No copy of", mark_text(", ".join(report.bare)))] if report.bare else []
    plain.append(("Made by", f"rights {mark_text(report.version)}"))
    plain += [("Fails for", mark_text(f"problems, and {', '.join(report.failing)}"))] if report.failing else []
    plain.append(("Checked on", mark_text(report.date) if report.date else '<span class="blank"></span>'))
    lines += [f'<tr><th scope="row">{what}</th><td>{told}</td></tr>' for what, told in plain]
    return "\n".join(lines)


def _count_verdicts(findings: Iterable[ReportedFinding]) -> str:
    counts = Counter((one.kind, one.verdict, one.level, one.meaning) for one in findings)
    order = [level for level, _, _ in _LEVELS]
    rows = (
        f'<tr class="{level}"><th scope="row">{kind}: {verdict}</th><td>{mark_text(meaning)}</td>'
        f"<td>{level}</td><td>{count:,}</td></tr>"
        for (kind, verdict, level, meaning), count in sorted(
            counts.items(), key=lambda pair: (order.index(pair[0][2]), pair[0])
        )
    )
    return "\n".join(rows) or '<tr><td colspan="4">Nothing in it cites, quotes or restates the base.</td></tr>'


def _list_unjudged(drafts: Sequence[ReportedDraft], findings: Sequence[ReportedFinding]) -> str:
    sentences, unmatched = (sum(getattr(draft, name) for draft in drafts) for name in ("sentences", "unmatched"))
    lines = [f"{unmatched:,} of {count_noun(sentences, 'sentence')} to which no fact of the base is near"]
    counts = Counter(f"{one.kind}/{one.verdict}" for one in findings)
    lines += [
        f"{count_noun(counts[name], name.partition('/')[0])} {told}" for name, told in _UNJUDGED.items() if counts[name]
    ]
    return "\n".join(f"<li>{line}</li>" for line in lines)


def _render_drafts(drafts: Sequence[ReportedDraft]) -> Iterator[str]:
    number = 0
    for draft in drafts:
        if len(drafts) > 1:
            yield f"<h2>{mark_text(escape_name(draft.name))}</h2>"
        for level, head, told in _LEVELS:
            found = [finding for finding in draft.findings if finding.level == level]
            if found:
                yield f'<section class="{level}"><h2>{head} ({len(found):,})</h2>\n<p class="small">{told}</p>'
                for finding in found:
                    number += 1
                    yield _render_finding(number, finding)
                yield "</section>"


def _render_finding(number: int, finding: ReportedFinding) -> str:
    rows = [("The draft", f"<q>{_mark_piece(finding.text, finding.piece)}</q>")]
    rows += [(f"The {one.kind}", _render_said(one)) for one in finding.said]
    rows += [("What differs" if finding.level == "problem" else "Result", mark_text(one)) for one in finding.told]
    rows += [("Clues", "<br>".join(map(mark_text, finding.clues)))] if finding.clues else []
    rows += [("Repair", mark_text(finding.repair))] if finding.repair else []
    return "\n".join(
        [
            f'<article class="{finding.level}" id="finding:{number}">',
            f"<h3>{number}. {finding.kind}: {finding.verdict} <span>{mark_text(finding.place)}</span></h3>",
            "<dl>",
            *(f"<div><dt>{name}</dt><dd>{told}</dd></div>" for name, told in rows),
            "</dl>\n</article>",
        ]
    )


def _render_said(said: SaidWords) -> str:
    ref = f' <span class="small">{mark_link(said.ref, said.address)}</span>'
    return f"<q>{mark_text(said.words)}</q>{ref}"


def _mark_piece(text: str, piece: str) -> str:
    """Return *text* with the *piece* of it that is meant marked, where it stands in it once and is not all of it."""
    before, _, after = text.partition(piece) if piece else (text, "", "")
    if piece in ("", text) or text.count(piece) != 1:
        return mark_text(text)
    return f"{mark_text(before)}<mark>{mark_text(piece)}</mark>{mark_text(after)}"
