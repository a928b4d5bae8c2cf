"""What is to be said of a finding: a quotation's verdict, a statement's conflict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rightscli.check.quoted.passages import Paragraphs
    from rightscli.check.quoted.quotations import Verdict
    from rightscli.check.stated.accounts import Judgement
    from rightscli.check.stated.clues import Conflict
    from rightscli.text.numbering import Numbering


def explain_conflict(conflict: Conflict, ref: str, claim: str) -> str:
    """Return what the draft says, what the base does, and the fact's whole claim."""
    if conflict.kind == "negation":
        # One word of each would not show which of them denies it.
        return f"'{conflict.said}' contradicts {ref}: {claim}"
    if conflict.kind == "strength":
        return f"'{conflict.said}' is stronger than '{conflict.base}' in {ref}: {claim}"
    if conflict.kind == "order":
        return f"'{conflict.said}' stands where {ref} has '{conflict.base}': {claim}"
    return f"says {conflict.said}; {ref} says {conflict.base}: {claim}"


def explain_statement(judgement: Judgement, ref: str, claim: str) -> str:
    """Return what is to be said of a sentence that no fact of the cited passages bears out."""
    if judgement.verdict == "wrong-paragraph":
        return f"rests on {ref}, and not on what is cited: {claim}"
    if not judgement.left_over:
        return f"says too little of {ref} to rest on it; {ref} says: {claim}"
    left = ", ".join(word if word.startswith("(") else f"'{word}'" for word in judgement.left_over[:6])
    return f"says more than {ref}: not borne out {left}; {ref} says: {claim}"


def name_place(place: Paragraphs, numberings: Mapping[str, Numbering]) -> str:
    """Return the REF of passages of one source, with its own numbers."""
    return f"{place.source}:{numberings[place.source].locate_positions(place.first, place.last)}"


def explain_quotation(verdict: Verdict, places: Sequence[str], cited: Sequence[str]) -> str:
    """Return what is to be said of a quotation's verdict; *places* are the REFs of those in it."""
    here = places[0] if places else ""
    slips = "; ".join(_explain_difference(one.said, one.source, one.kind) for one in verdict.differences[:3])
    more = f" and {len(verdict.differences) - 3} more" if len(verdict.differences) > 3 else ""
    elsewhere = f"; the words are in {here}, not in {', '.join(cited)}" if verdict.pinned is False and cited else ""
    cut = f"left out {' and '.join(f'[{one.words}]' for one in verdict.cuts)}"
    also = f"; {cut}" if verdict.cuts else ""
    source = cited[0].partition(":")[0] if cited else ""
    return {
        "exact": f"stands so in {here}",
        "altered": f"{here} has it otherwise: {slips}{more}{elsewhere}{also}",
        "omission": f"{here} has words between that are left out without an ellipsis: {slips}{more}{elsewhere}{also}",
        "turned": f"{cut}, which turns what {here} says{elsewhere}",
        "cut-short": f"{cut}, which qualifies what {here} says",
        "wrong-paragraph": f"stands in {' and '.join(places)}, not in {', '.join(cited)}{also}",
        "not-found": "stands in no source that is attached",
        "ambiguous": f"stands in {' and '.join(places)}: say which is meant{also}",
        "too-short": "fewer than four words: not judged",
        "unproven": f"no copy of {source or 'the source'} is attached: rights attach {source or 'SOURCE'} FILE",
    }[verdict.name]


def _explain_difference(said: str, source: str, kind: str) -> str:
    if not said:
        return f"left out '{source}'"
    if not source:
        return f"'{said}' is added"
    note = {"spelling": " (spelling)", "case": " (capitals)", "order": " (order)"}.get(kind, "")
    return f"'{said}' for '{source}'{note}"
