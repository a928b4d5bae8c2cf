"""Drafts of facts, the base with them, and the attached copies → the anchors that were missing, and what breaks the rules."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from rightscli.answers.copies import load_copies
from rightscli.doctor import examine_copy, examine_facts
from rightscli.doctor.proposals import propose_anchors
from rightscli.records import make_source_record

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Mapping, Sequence

    from rightscli.answers.add.drafts import FactDraft
    from rightscli.base.model import Fact, FactBase

_TOLD_BY_COPY = frozenset({"claim-figure", "claim-date", "anchor-missing", "copy-pin"})
"""What follows from a figure that is not in the passage, and is told better by that."""

_NEEDED = {"claim-date": "anchors", "claim-figure": "anchors", "term-figure": "claim"}
"""The field that what a rule finds in another might be right by, where that could be read."""
_YEAR = re.compile(r"'[^']*\b[0-9]{4}\b")


class Proof(NamedTuple):
    """The texts of the attached copies, by source and position."""

    texts: Mapping[str, Mapping[int, str]]


def load_proof(base: FactBase, drafts: Sequence[FactDraft], copies: str | os.PathLike[str] | None) -> Proof:
    """Return the words, as far as copies in the folder *copies* hold them, of the sources that *drafts* cite."""
    keys = dict.fromkeys(cited.source for draft in drafts if draft.fields for cited in draft.fact.citations)
    records = [make_source_record(base.sources[key]) for key in keys]
    return Proof({copy.source: copy.texts for copy in load_copies(copies, records)})


def complete_draft(draft: FactDraft, base: FactBase, proof: Proof) -> FactDraft:
    """Return *draft* with the anchors that its fact lacks, where the passages that it cites are in a copy.

    A fact that is only changed elsewhere keeps the anchors that it has.
    """
    if draft.unread & {"claim", "cites"} or ("claim" not in draft.fields and "cites" not in draft.fields):
        return draft
    texts, near = _list_texts(draft.fact, proof)
    anchors = propose_anchors(draft.fact, base, texts, near) if texts else draft.fact.anchors
    if anchors == draft.fact.anchors:
        return draft
    fields = draft.fields if "anchors" in draft.fields else (*draft.fields, "anchors")
    return draft._replace(fact=replace(draft.fact, anchors=anchors), fields=fields)


def _list_texts(fact: Fact, proof: Proof) -> tuple[list[str], list[str]]:
    """Return the texts of the passages that *fact* cites, and of those next to them; none where one of them is not in a copy."""
    here: list[str] = []
    near: list[str] = []
    for cited in fact.citations:
        texts, positions = proof.texts.get(cited.source, {}), cited.locator.positions
        if not all(position in texts for position in positions):
            return [], []
        here += [texts[position] for position in positions]
        near += [texts[position] for position in (positions[0] - 1, positions[-1] + 1) if position in texts]
    return here, [text for text in near if text not in here]


def examine_drafts(base: FactBase, drafts: Sequence[FactDraft], proof: Proof) -> Iterator[tuple[str, str, str]]:
    """Yield the level, the row and the message of what the rules find wrong in the facts of *drafts*, which *base* has.

    Of a field that could not be read, nothing is said, nor what may only be wrong without it.
    """
    written = {draft.fact.id: draft for draft in drafts if draft.fields}
    facts = tuple(fact for fact in base.facts if fact.id in written)
    found = [*examine_facts(base, written)] if facts else []
    cited_facts = tuple(fact for fact in facts if "cites" not in written[fact.id].unread)
    for key in dict.fromkeys(cited.source for fact in cited_facts for cited in fact.citations):
        if key in proof.texts:
            found += examine_copy(replace(base, facts=cited_facts), base.sources[key], proof.texts[key])
    told = {finding.place for finding in found if finding.rule == "copy-number"}
    for finding in found:
        section, id, field = (*finding.place.split(".", 2), "", "")[:3]
        is_told = finding.rule in _TOLD_BY_COPY and f"facts.{id}.claim" in told
        if section != "facts" or id not in written or is_told:
            continue
        unread = written[id].unread
        # The date that is not read might have had that year, or the title of a source that is cited.
        if _NEEDED.get(finding.rule) in unread or (unread & {"date", "cites"} and _YEAR.search(finding.message)):
            continue
        if field not in unread:
            yield finding.level, written[id].asked.place, f"{field}: {finding.message}"


def list_unproven(base: FactBase, drafts: Sequence[FactDraft], proof: Proof) -> list[str]:
    """Return a warning for each source that *drafts* cite and of which no copy is attached."""
    written = (draft for draft in drafts if draft.fields and "cites" not in draft.unread)
    keys = dict.fromkeys(cited.source for draft in written for cited in draft.fact.citations)
    return [
        f"no copy of {key} is attached, so nothing of it is proven; rights attach {key} FILE keeps one"
        for key in keys
        # Of one that was entered without a copy, the rules say so.
        if key not in proof.texts and any(passage.sha256 for passage in base.sources[key].paragraphs)
    ]
