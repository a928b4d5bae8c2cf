"""Whether a sentence restates facts, differs from them, or neither."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from rightscli.check.stated import weights as w
from rightscli.check.stated.assertions import is_asserted, is_heading, is_in_english
from rightscli.check.stated.clues import read_statement
from rightscli.check.stated.deeds import name_deeds
from rightscli.check.stated.ranges import join_ranges
from rightscli.check.stated.reasons import explain_account
from rightscli.check.stated.references import blank_references
from rightscli.text.figures import straighten_text

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from rightscli.check.stated.claims import Claim, Claims

from rightscli.check.stated.accounts import Judgement, judge_account
from rightscli.check.stated.matches import Place, choose_facts, match_fact


def judge_sentence(
    sentence: str,
    claims: Claims,
    *,
    pinned: Collection[Place] | None = None,
    before: Sequence[str] = (),
    years: Collection[int] = (),
    why: bool = False,
) -> Judgement | None:
    """Return what *claims* say of *sentence*; None where no fact is near, or it asserts nothing.

    *pinned* are the paragraphs that the sentence cites, as (source, number): their facts come first. *before* are the ids of
    the facts that the sentence before it restates: a pronoun may stand for what they name; *years* those that the paragraph has
    named before it, in one of which its event may lie. With *why*, the judgement has its reasons. Pinpoints should be blanked
    out, so that the offsets still hold.
    """
    places = frozenset(pinned or ())
    text = blank_references(straighten_text(sentence))
    if is_heading(text):
        return None
    context = _read_context(claims, tuple(before))
    chosen = choose_facts(text, claims, places, context)
    if not chosen:
        return None
    reading = read_statement(text, claims.names)
    if not (in_english := is_in_english(text)):
        # Its figures, dates and names alone are read.
        reading = replace(reading, words=(), signs={}, negations=())
    if years:
        reading = replace(reading, years_before=frozenset(years))
    beside = (match_fact(reading, claims.facts[index], claims, places, context) for index in chosen)
    matches = sorted((match for match in beside if match), key=lambda match: (-match.rank, match.claim.id))
    if not matches:
        return None
    first = matches[0]
    # What restates a rule says what must be, and if what, as the rule does: no demand of the writer's.
    of_rule = first.score >= w.SUPPORTED and (_is_of_rule(first.claim) or _is_of_duty(first.claim))
    if not is_asserted(text, of_duty=of_rule or _is_of_duty(first.claim), of_proviso=of_rule):
        return None
    judgement = judge_account(reading, matches, claims, places, context)
    if judgement is None or not (in_english or _is_of_figures(judgement)):
        return None
    judged = next(match.claim for match in matches if match.claim.id == judgement.fact)
    conflicts = name_deeds(join_ranges(judgement.conflicts, text, judged.reading.text), reading)
    judgement = replace(judgement, conflicts=conflicts)
    reasons = explain_account(reading, matches, judgement, claims) if why else ()
    # As the draft has it.
    said = (replace(one, said=sentence[one.start : one.end] or one.said) for one in judgement.conflicts)
    told = (replace(one, said=sentence[one.start : one.end] or one.said) for one in reasons)
    return replace(judgement, conflicts=tuple(said), reasons=tuple(told))


def _is_of_figures(judgement: Judgement) -> bool:
    """Tell whether a judgement is that figures, dates or names differ, which needs no English."""
    return judgement.verdict == "differs" and {one.kind for one in judgement.conflicts} <= _TYPED


_TYPED = frozenset(("figure", "date", "person", "country", "institution"))


@lru_cache(maxsize=4096)
def _is_of_duty(claim: Claim) -> bool:
    """Tell whether a fact is itself of what must be, or should, or is asked for."""
    return bool(
        re.search(
            r"\b(?:must|should|ha[sd] to|have to|requir|oblig|forc|compel|demand|recommend|call|urg|need|schedul|mandat"
            r"|bound|will|expect|plan|would)\w*\b",
            claim.reading.text,
        )
    )


@lru_cache(maxsize=4096)
def _is_of_rule(claim: Claim) -> bool:
    """Tell whether a fact is itself of a rule: what may be, is allowed or forbidden, and on which condition."""
    return bool(
        re.search(
            r"(?i)\b(?:may|shall|permit|entitl|allow|lets|forbid|prohibit|outlaw|guarante|punishable)\w*\b"
            r"|\btakes? effect\b|\brights? to\b|\b(?:if|unless|provided)\b",
            claim.reading.text,
        )
    )


# -- what stands before a sentence


@lru_cache(maxsize=256)
def _read_context(claims: Claims, before: tuple[str, ...]) -> frozenset[str]:
    """Return the keys of the facts *before*, of whose names a sentence may speak."""
    if not before:
        return frozenset()
    return frozenset(key for fact in claims.facts if fact.id in before for key in fact.core)
