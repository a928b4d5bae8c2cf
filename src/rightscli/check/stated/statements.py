"""Whether a sentence without quotation marks restates a fact, and where the two differ."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rightscli.check.stated.clues import Conflict, Reading, read_statement
from rightscli.check.stated.conflicts import Clues, compare_clues
from rightscli.check.stated.quantities import TIME_UNITS
from rightscli.check.stated.roots import gate_word

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from rightscli.check.stated.claims import Claim, Claims

_GATE = 0.5
"""What the roots that a sentence shares with a fact must weigh together for the two to be compared."""
_GATE_SHARE = 0.3
"""What share of the sentence's weight this must be."""
_RIVAL = 0.5
"""How much of what the likeliest fact shares with a sentence another must share."""
_MOST = 4
"""How many facts, the likeliest, a sentence is compared with."""
_SUPPORTED, _DIFFERS = 0.5, 0.6
_EXPLAINED = 0.5
"""How much of a sentence a fact must explain to bear it out."""
_OF_NOW = (
    r"(?i)\b(?:yesterday|today|tonight|tomorrow|(?:last|this|next)\s+(?:week|weekend|month|year|spring|summer|autumn|fall|winter)"
    r"|(?:on|last|this|next)\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
)
"""When it is said by the writer's own calendar."""
_WORDED = 0.3
"""How much of its words."""
_CLAUSE_END = r"(?:,\s+(?:and|but|while|whereas)|;)\s"
_SHARE = 0.5
_NEAR = 0.25
_SECOND, _MARGIN = 0.4, 0.03
"""The score of a second fact that a sentence restates; how far support may lie behind a conflict and yet prevail."""
_PINNED = 0.15
"""How much less a statement must share with a fact of the paragraph that it cites."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the base says of a sentence: *verdict* ``supported`` or ``differs``, by which *fact*, with what *score* (0 to 1).

    *conflicts* are the clues that differ; none where it is supported.
    """

    verdict: str
    fact: str
    score: float
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class FactMatch:
    """A sentence beside one fact: its *clues*, of which *conflicts* count, and how like the two are, from 0 to 1.

    *explained* is how much of the sentence the fact tells, *worded* how much in the words of its claim, *direct* how much of
    that the sentence tells. *held* are the roots that both hold. *is_whole* where no other event can be meant.
    """

    claim: Claim
    clues: Clues
    conflicts: tuple[Conflict, ...]
    score: float
    explained: float
    direct: float
    worded: float
    held: frozenset[str]
    is_whole: bool

    @property
    def is_named(self) -> bool:
        """Whether the sentence names anything that the fact names, if that names anything."""
        return bool(self.clues.found) or not self.claim.names


def judge_sentence(
    sentence: str, claims: Claims, *, pinned: Collection[tuple[str, int]] | None = None
) -> Judgement | None:
    """Return whether *sentence* restates one of *claims* or differs from it; None where no fact is close enough.

    *pinned* are the paragraphs that the sentence cites, as (source, number): their facts come first, and need be less
    like it. Quotations and pinpoints should be blanked out, so that the offsets still hold.
    """
    places = frozenset(pinned or ())
    judgement = _judge_whole(sentence, claims, places)
    if (judgement is None or judgement.verdict == "supported") and len(re.findall(r"\d[\d,.]*", sentence)) > 2:
        return _judge_clauses(sentence, claims, places) or judgement
    return judgement


def _judge_whole(sentence: str, claims: Claims, places: frozenset[tuple[str, int]]) -> Judgement | None:
    """Return what ``judge_sentence`` does, of *sentence* as it stands."""
    chosen = _choose_facts(sentence, claims, places)
    if not chosen:
        return None
    reading = read_statement(sentence, claims.names)
    weights = _weigh_keys(reading, claims)
    matches = [
        _match_claim(reading, claims.facts[index], claims, places=places, weights=weights)
        for index in chosen
        if _is_near(weights, claims.facts[index], places)
    ]
    return _decide(matches, places) if matches else None


def _judge_clauses(sentence: str, claims: Claims, places: frozenset[tuple[str, int]]) -> Judgement | None:
    """Return the conflict that a clause of *sentence* shows by itself: two figures that have changed places do.

    Each clause is judged with the others blanked out.
    """
    for match in re.finditer(_CLAUSE_END, sentence):
        for clause in (sentence[: match.start()], " " * match.end() + sentence[match.end() :]):
            judgement = _judge_whole(clause, claims, places)
            if judgement and judgement.verdict == "differs" and judgement.conflicts[0].kind != "negation":
                return judgement
    return None


def _choose_facts(sentence: str, claims: Claims, pinned: Iterable[tuple[str, int]]) -> list[int]:
    """Return the facts that share enough with *sentence* to be compared with it, the likeliest first, and the pinned."""
    sums: dict[int, float] = {}
    postings = claims.postings
    total = 0.0
    for root in set(map(gate_word, re.findall(r"[^\W_]+", sentence))):
        places = postings.get(root)
        if places is None:
            # A word that the base does not know; a number is judged later.
            total += 0.0 if root[:1] in ("#", "") else 0.5
        elif places:
            total += places[0][1]
            for index, weight in places:
                sums[index] = sums.get(index, 0.0) + weight
    gate = max(_GATE, _GATE_SHARE * total, _RIVAL * max(sums.values(), default=0.0))
    chosen = sorted((index for index, told in sums.items() if told >= gate), key=lambda index: (-sums[index], index))
    first = [index for place in sorted(pinned) for index in claims.places.get(place, ())]
    return list(dict.fromkeys([*first, *chosen[:_MOST]]))


def _weigh_keys(reading: Reading, claims: Claims) -> dict[str, float]:
    """Return the roots and the names' keys of *reading* with their weights, in order; without the sources' authors."""
    keys = [word.root for word in reading.words]
    keys += [f"={name.key}" for name in reading.names if name.key not in claims.authors]
    return {key: claims.weigh(key) for key in keys}


def _is_near(weights: dict[str, float], claim: Claim, places: frozenset[tuple[str, int]]) -> bool:
    """Tell whether *claim* explains enough of a sentence's *weights* to be worth comparing clue by clue."""
    if places & claim.places:
        return True
    core, sides = claim.core, claim.sides
    told = total = 0.0
    for key, weight in weights.items():
        if key in core:
            told += weight
            total += weight
        elif key[0] != "=":
            # A name may be a fact's under another name.
            told += weight * sides.get(key, 0.0)
            total += weight
    return told >= _NEAR * total


def _match_claim(
    reading: Reading,
    claim: Claim,
    claims: Claims,
    *,
    places: frozenset[tuple[str, int]],
    weights: dict[str, float],
) -> FactMatch:
    """Return *reading* beside *claim*: how much of each the other holds, and which clues differ."""
    clues = compare_clues(reading, claim, claims)
    told = {key: weight for key, weight in weights.items() if key not in clues.left_out}
    told |= {key: claims.weigh(key) for key in sorted(clues.found)}
    worded = sum(weight for key, weight in told.items() if key in claim.core)
    side = sum(weight * claim.sides.get(key, 0.0) for key, weight in told.items() if key not in claim.core)
    total = sum(told.values())
    # A right figure or date tells as much as a rare word.
    seen = total + clues.agreed + 0.4 * len(clues.strange)
    explained = (worded + side + clues.agreed) / seen if seen else 0.0
    direct, covered = _measure_cover(told, clues, claim, side)
    return FactMatch(
        claim,
        clues,
        clues.conflicts,
        explained**_SHARE * covered ** (1 - _SHARE) + (_PINNED if places & claim.places else 0.0),
        explained,
        direct,
        worded / total if total else 0.0,
        frozenset(key for key in told if key in claim.core and key[0] != "="),
        len({conflict.kind for conflict in clues.conflicts}) == 1
        and not _is_other_event(clues.conflicts, reading, claim),
    )


def _measure_cover(told: dict[str, float], clues: Clues, claim: Claim, side: float) -> tuple[float, float]:
    """Return how much of *claim* a sentence tells that holds the keys *told*: in its own words, and with *side* in others.

    Who restates the clause that a fact opens with restates the fact.
    """
    best = (0.0, 0.0)
    for keys, more in ((claim.core.keys(), side), (claim.main, 0.0)):
        base = clues.agreed + sum(claim.core[key] for key in keys if key not in clues.base_out)
        if keys and base:
            direct = clues.agreed + sum(weight for key, weight in told.items() if key in keys)
            covered = direct + 0.6 * min(more, max(0.0, base - direct))
            best = max(best[0], direct / base), max(best[1], covered / base)
    return best


def _is_other_event(conflicts: tuple[Conflict, ...], reading: Reading, claim: Claim) -> bool:
    """Tell whether the sentence rather speaks of another event: its fact's figures or dates are all left unsaid."""
    kinds = {conflict.kind for conflict in conflicts}
    own = claim.reading
    if own.dates and not reading.dates and re.search(_OF_NOW, reading.text):
        return True
    if "date" in kinds:
        said = [one for one in reading.dates if any(one.start == conflict.start for conflict in conflicts)]
        pairs = [(one, base) for one in said for base in own.dates]
        if any(one.year == base.year and one.month for one, base in pairs):
            return False
        return bool(own.quantities) or not any(
            (one.year == base.year) + (one.month == base.month) + (one.day == base.day) >= 2 for one, base in pairs
        )
    if "figure" in kinds and own.dates and reading.dates:
        return True
    figures = [one for one in reading.quantities if any(one.start == conflict.start for conflict in conflicts)]
    return bool(figures and own.quantities) and not any(
        said.unit != base.unit or said.unit in TIME_UNITS or (base.value and 0.2 <= said.value / base.value <= 5)
        for said in figures
        for base in own.quantities
    )


def _decide(matches: list[FactMatch], places: frozenset[tuple[str, int]]) -> Judgement | None:
    """Return the judgement that the best of *matches* gives."""
    ranked = sorted(matches, key=lambda match: (-match.score, match.claim.id))
    ranked = [_drop_excused(match, ranked) for match in ranked]
    good = [match for match in ranked if _is_borne_out(match, ranked)]
    bad = [match for match in ranked if _is_contradicted(match, places)]
    if good and (not bad or _outweighs(good[0], bad[0])):
        return Judgement("supported", good[0].claim.id, _round_score(good[0]), ())
    if bad:
        return Judgement("differs", bad[0].claim.id, _round_score(bad[0]), bad[0].conflicts)
    return None


def _outweighs(good: FactMatch, bad: FactMatch) -> bool:
    """Tell whether the support of one fact counts for more than the conflict with another."""
    lead = good.explained - bad.explained
    margin = 4 * _MARGIN if lead >= 0 else _MARGIN if lead > -0.1 else -_MARGIN
    return good.score + margin >= bad.score


def _round_score(match: FactMatch) -> float:
    return round(min(1.0, match.score), 3)


def _is_borne_out(match: FactMatch, matches: list[FactMatch]) -> bool:
    """Tell whether a fact, if need be together with the others that the sentence is like, says all of its clues."""
    if match.conflicts or match.score < _SUPPORTED or match.explained < _EXPLAINED:
        return False
    if (match.clues.agreed > 1 and match.worded < _WORDED) or (
        match.clues.agreed and not match.is_named and match.worded < 0.5
    ):
        # The same figures of another matter.
        return False
    strange = match.clues.strange
    for other in matches:
        if strange and other is not match and other.score >= _SECOND and not other.conflicts:
            strange &= other.clues.strange
    return not strange


def _drop_excused(match: FactMatch, matches: list[FactMatch]) -> FactMatch:
    """Return *match* without the conflicts over what another fact, that the sentence restates too, says just so."""
    if not match.conflicts:
        return match
    others = [
        other
        for other in matches
        if other is not match
        and not other.conflicts
        and (other.held - match.held or not other.clues.strange)
        and other.score >= 0.5
        and other.direct >= 0.5
        and other.score >= 0.7 * match.score
    ]

    def is_excused(conflict: Conflict) -> bool:
        place = (conflict.start, conflict.end)
        return (
            conflict.kind != "negation"
            and place not in match.clues.met
            and any(place in other.clues.met for other in others)
        )

    return replace(match, conflicts=tuple(conflict for conflict in match.conflicts if not is_excused(conflict)))


def _is_contradicted(match: FactMatch, places: frozenset[tuple[str, int]]) -> bool:
    """Tell whether a match is near enough to its fact, but for the clues in conflict, to be called wrong."""
    if not match.conflicts or match.score < _DIFFERS:
        return False
    kinds = {conflict.kind for conflict in match.conflicts}
    people = [conflict for conflict in match.conflicts if conflict.kind == "person"]
    countries = [conflict for conflict in match.conflicts if conflict.kind == "country"]
    if people and all(0 < people[0].start - country.end < 24 for country in countries):
        # Another person brings another country along.
        kinds -= {"country"}
    is_pinned = bool(places & match.claim.places)
    is_sure = match.clues.agreed and match.direct >= 0.7 and match.explained >= 0.7
    if len(kinds) > 1 and (("negation" in kinds and not is_sure) or (people and not is_pinned)):
        # Another person at another time is another event.
        return False
    if len(kinds) > 1 + (is_pinned or match.clues.agreed > 1):
        return False
    if is_pinned:
        return True
    if kinds & {"person", "country", "institution"} and not match.is_named and match.worded < 0.5:
        return False
    is_told = match.explained >= 0.8
    is_close = match.direct >= 0.85 and match.explained >= 0.9
    if (match.clues.strange and not is_close) or match.direct < (0.3 if is_told and "negation" in kinds else 0.4):
        return False
    if kinds & {"figure", "date", "person"} and not match.clues.agreed:
        # Another figure of another year is another matter.
        return match.direct >= (0.4 if is_told else 0.5) and match.is_whole
    return True
