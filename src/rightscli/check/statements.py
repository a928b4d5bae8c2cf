"""Whether a sentence without quotation marks restates a fact, and where the two differ."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightscli.check.clues import Reading, read_statement
from rightscli.check.conflicts import Conflict, compare_clues
from rightscli.check.roots import gate_word

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from rightscli.check.claims import Claim, Claims

_GATE = 0.5
"""What the roots that a sentence shares with a fact must weigh together for the two to be compared."""
_MOST = 8
"""How many facts, the likeliest, a sentence is compared with."""
_SUPPORTED, _DIFFERS = 0.55, 0.55
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
class Match:
    """A sentence beside one fact."""

    claim: Claim
    score: float
    explained: float
    covered: float
    conflicts: tuple[Conflict, ...]
    strange: int
    agreed: int
    direct: float


def judge_sentence(
    sentence: str, claims: Claims, *, pinned: Collection[tuple[str, int]] | None = None
) -> Judgement | None:
    """Return whether *sentence* restates one of *claims* or differs from it; None where no fact is close enough.

    *pinned* are the paragraphs that the sentence cites, as (source, number): their facts come first, and need be less
    like it. Quotations and pinpoints should be blanked out, so that the offsets still hold.
    """
    chosen = _choose_facts(sentence, claims, pinned or ())
    if not chosen:
        return None
    reading = read_statement(sentence, claims.names)
    places = frozenset(pinned or ())
    matches = [_match_claim(reading, claims.facts[index], claims, places) for index in chosen]
    return _decide(matches, places)


def _choose_facts(sentence: str, claims: Claims, pinned: Iterable[tuple[str, int]]) -> list[int]:
    """Return the facts that share enough with *sentence* to be compared with it, the likeliest first, and the pinned."""
    sums: dict[int, float] = {}
    postings = claims.postings
    seen: set[str] = set()
    for word in re.findall(r"[^\W_]+", sentence):
        root = gate_word(word)
        if root in postings and root not in seen:
            seen.add(root)
            for index, weight in postings[root]:
                sums[index] = sums.get(index, 0.0) + weight
    chosen = sorted((index for index, total in sums.items() if total >= _GATE), key=lambda index: (-sums[index], index))
    first = [index for place in sorted(pinned) for index in claims.places.get(place, ())]
    return list(dict.fromkeys([*first, *chosen[:_MOST]]))


def _match_claim(reading: Reading, claim: Claim, claims: Claims, places: frozenset[tuple[str, int]]) -> Match:
    """Return *reading* beside *claim*: how much of each the other holds, and which clues differ."""
    keys = {word.root for word in reading.words} | {f"={name.key}" for name in reading.names if name.key not in claims.authors}
    clues = compare_clues(reading, claim, claims)
    keys -= clues.left_out
    keys |= clues.found
    direct = covered = side = total = 0.0
    for key in keys:
        weight = claims.weigh(key)
        total += weight
        if key in claim.core:
            direct += weight
        elif key in claim.sides:
            side += weight * claim.sides[key]
    base = claim.total - sum(claim.core.get(key, 0.0) for key in clues.base_out)
    # A right figure or date tells as much as a rare word.
    direct, total, base = direct + clues.agreed, total + clues.agreed + 0.4 * clues.strange, base + clues.agreed
    covered = direct + 0.6 * min(side, max(0.0, base - direct))
    explained = (direct + side) / total if total else 0.0
    covered, direct = (covered / base, direct / base) if base else (0.0, 0.0)
    score = (explained * covered) ** 0.5
    if places & claim.places:
        score = min(1.0, score + _PINNED)
    return Match(claim, score, explained, covered, clues.conflicts, clues.strange, clues.agreed, direct)


def _decide(matches: list[Match], places: frozenset[tuple[str, int]]) -> Judgement | None:
    """Return the judgement that the best of *matches* gives."""
    ranked = sorted(matches, key=lambda match: (-match.score, match.claim.id))
    good = [match for match in ranked if not match.conflicts and match.score >= _SUPPORTED and not match.strange]
    bad = [match for match in ranked if _is_contradicted(match, places)]
    if good and (not bad or good[0].score + 0.1 >= bad[0].score):
        return Judgement("supported", good[0].claim.id, round(good[0].score, 3), ())
    if bad:
        return Judgement("differs", bad[0].claim.id, round(bad[0].score, 3), bad[0].conflicts)
    return None


def _is_contradicted(match: Match, places: frozenset[tuple[str, int]]) -> bool:
    """Tell whether a match is near enough to its fact, but for the clues in conflict, to be called wrong."""
    if not match.conflicts or match.score < _DIFFERS:
        return False
    kinds = {conflict.kind for conflict in match.conflicts}
    is_pinned = bool(places & match.claim.places)
    if "negation" in kinds and len(kinds) > 1:
        return False
    if len(kinds) > 1 + (is_pinned or match.agreed > 1):
        return False
    if is_pinned:
        return True
    return match.strange == 0 and match.direct >= 0.4
