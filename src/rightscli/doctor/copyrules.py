"""The rules that a base keeps beside a copy of one of its sources."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from rightscli.base.model import FactBase, Source
from rightscli.doctor.evidence import (
    END_WORDS,
    cites_others,
    fault_anchors,
    fault_claim,
    has_anchor,
    list_citing,
    list_runs,
    list_stating,
    list_unheld_dates,
    list_unheld_figures,
    name_others,
    name_passages,
    place_paragraph,
    prepare_passage,
)
from rightscli.doctor.findings import Fault
from rightscli.text.folding import hash_text, normalise_text


def _check_paragraphs_found(base: FactBase, source: Source, paragraphs: Mapping[int, str]) -> Iterator[Fault]:
    """Every paragraph of the source is in the copy."""
    for position, paragraph in enumerate(source.paragraphs, start=1):
        if position not in paragraphs and paragraph.sha256:
            message = f"{source.unit} {paragraph.number} is not in the copy"
            yield Fault(paragraph.line, place_paragraph(source, paragraph), message)


def _check_paragraph_texts(base: FactBase, source: Source, paragraphs: Mapping[int, str]) -> Iterator[Fault]:
    """A paragraph's ``sha256``, ``words``, ``begins`` and ``ends`` are those of its text in the copy."""
    for position, paragraph in enumerate(source.paragraphs, start=1):
        if position not in paragraphs:
            continue
        place = place_paragraph(source, paragraph)
        words = paragraphs[position].split()
        text = " ".join(words)
        opening, closing = " ".join(words[:END_WORDS]), " ".join(words[-END_WORDS:])
        begins = not paragraph.begins or _stands_at(r"^{}(?!\w)", paragraph.begins, text, opening)
        ends = not paragraph.ends or _stands_at(r"(?<!\w){}$", paragraph.ends, text, closing)
        if paragraph.sha256 != (digest := hash_text(text)):
            # Of what may be another passage, the hash would only be copied into the base.
            found = begins and ends and (paragraph.begins or paragraph.ends)
            message = f"the copy's is {digest}" if found else "is not that of the copy's text"
            yield Fault(paragraph.line, f"{place}.sha256", message)
        if paragraph.words != len(words):
            yield Fault(paragraph.line, f"{place}.words", f"the copy has {len(words)}, not {paragraph.words}")
        if not begins:
            yield Fault(paragraph.line, f"{place}.begins", f"the copy begins '{opening}', not '{paragraph.begins}'")
        if not ends:
            yield Fault(paragraph.line, f"{place}.ends", f"the copy ends '{closing}', not '{paragraph.ends}'")


def _stands_at(pattern: str, own: str, text: str, copied: str) -> bool:
    """Tell whether *own* stands at an end of *text*, character for character; a copy in plain ASCII may be straightened.

    A base may not, or its links miss the passage.
    """
    if re.search(pattern.format(re.escape(own)), text):
        return True
    normal, plain = normalise_text(text), normalise_text(own)
    return copied.isascii() and re.search(pattern.format(re.escape(plain)), normal) is not None


def _check_anchors_found(base: FactBase, source: Source, paragraphs: Mapping[int, str]) -> Iterator[Fault]:
    """Every anchor of a fact stands in a paragraph it cites; one of them, if the fact cites other sources too.

    It stands there as whole words, and in the same case but for its first letter.
    """
    texts = {position: prepare_passage(text) for position, text in paragraphs.items()}
    for fact, positions in list_citing(base, source, paragraphs):
        missing = [anchor for anchor in fact.anchors if not any(has_anchor(texts[n], anchor) for n in positions)]
        where = f"in {name_passages(source, positions)} of {source.key}"
        if not cites_others(fact, source):
            for anchor in missing:
                yield fault_anchors(fact, f"'{anchor}' is not {where}")
        elif missing and len(missing) == len(fact.anchors):
            yield fault_anchors(fact, f"none of them is {where}; add one that is")


def _check_anchors_pin(base: FactBase, source: Source, paragraphs: Mapping[int, str]) -> Iterator[Fault]:
    """One of a fact's anchors is not in any paragraph next to those it cites: a pinpoint that is one off is noticed."""
    texts = {position: prepare_passage(text) for position, text in paragraphs.items()}
    for fact, positions in list_citing(base, source, paragraphs):
        near = sorted({n + step for n in positions for step in (-1, 1)} & paragraphs.keys() - set(positions))
        here = [anchor for anchor in fact.anchors if any(has_anchor(texts[n], anchor) for n in positions)]
        also = {anchor: [n for n in near if has_anchor(texts[n], anchor)] for anchor in here}
        if also and all(also.values()):
            where = name_passages(source, sorted({n for places in also.values() for n in places}))
            yield fault_anchors(fact, f"each of them is in {where} too; add one that is not")


def _check_numbers_found(base: FactBase, source: Source, paragraphs: Mapping[int, str]) -> Iterator[Fault]:
    """Every figure and date of a claim is, by value, in a paragraph it cites; a year may be the fact's date's.

    Not asked of a fact that cites other sources too.
    """
    for fact, positions in list_citing(base, source, paragraphs):
        if cites_others(fact, source):
            continue
        texts = [paragraphs[position] for position in positions]
        where = f"is not in {name_passages(source, positions)} of {source.key}"
        for figure in list_unheld_figures(fact, texts, base):
            others, elsewhere = name_others(fact, texts), list_stating(figure, paragraphs)
            own = f"; it has {others}" if others else ""
            other = f"; {name_passages(source, elsewhere)} has '{figure}'" if elsewhere else ""
            yield fault_claim(fact, f"'{figure}' {where}{own}{other}")
        for date in list_unheld_dates(fact, texts):
            yield fault_claim(fact, f"'{date}' {where}")


def _check_claims_own(base: FactBase, source: Source, paragraphs: Mapping[int, str]) -> Iterator[Fault]:
    """No nine words of a claim stand in a row in a paragraph of the source: claims are in our own words."""
    owners: dict[tuple[str, ...], int] = {}
    for position, text in paragraphs.items():
        for run in list_runs(text):
            owners.setdefault(run, position)
    for fact in base.facts:
        copied = next((run for run in list_runs(fact.claim) if run in owners), None)
        if copied:
            where = f"in {name_passages(source, [owners[copied]])} of {source.key}"
            message = f"'{' '.join(copied)}' is {where}; say it in other words"
            yield fault_claim(fact, message)


COPY_RULES: Mapping[str, Callable[[FactBase, Source, Mapping[int, str]], Iterator[Fault]]] = {
    "copy-paragraph": _check_paragraphs_found,
    "copy-text": _check_paragraph_texts,
    "copy-anchor": _check_anchors_found,
    "copy-pin": _check_anchors_pin,
    "copy-number": _check_numbers_found,
    "copy-words": _check_claims_own,
}
