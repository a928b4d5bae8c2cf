"""The account of a sentence's clues by the facts near it: borne out, contradicted or left over; and the verdict of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rightscli.check.stated import weights as w
from rightscli.check.stated.bindings import find_misglossed
from rightscli.check.stated.clues import Conflict, Reading
from rightscli.check.stated.crossings import find_crossed, find_displaced, find_exchanged
from rightscli.check.stated.doubts import find_doubt
from rightscli.check.stated.events import OF_NOW, is_of_other_event
from rightscli.check.stated.orders import find_misranked
from rightscli.check.stated.owners import find_other_owner
from rightscli.check.stated.parties import find_misplaced
from rightscli.check.stated.roots import MORE, fold_word, is_light, list_opposed_roots, root_word
from rightscli.check.stated.slots import find_replaced
from rightscli.check.stated.speakers import find_unsaid
from rightscli.check.stated.strengths import STRONGEST, Degree, find_degrees
from rightscli.check.stated.thesaurus import count_kinds, is_past

if TYPE_CHECKING:
    from rightscli.check.stated.claims import Claim, Claims
    from rightscli.check.stated.clues import WordSaid
    from rightscli.check.stated.matches import FactMatch, Place
    from rightscli.check.stated.reasons import Reason


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the base says of a sentence, and by which *fact*.

    *verdict* is ``supported``, ``differs``, ``wrong-paragraph`` or ``unproven``.

    *conflicts* are the clues that differ, for ``differs``; *left_over* the words that no fact bears out, for ``unproven``.
    *context* are the ids of the facts that it restates, for the sentence after it; *reasons* what became of each clue, where
    that is asked for.
    """

    verdict: str
    fact: str
    score: float
    conflicts: tuple[Conflict, ...] = ()
    left_over: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


def judge_account(
    reading: Reading, matches: list[FactMatch], claims: Claims, places: frozenset[Place], context: frozenset[str]
) -> Judgement | None:
    """Return the verdict that the account of a sentence's clues gives; *matches* are the facts near it, the likeliest first."""
    cited = [match for match in matches if match.is_cited]
    known_places = places & claims.places.keys()
    if known_places:
        judgement = _judge_group(reading, cited, claims, context) if cited else None
        others = [match._replace(is_cited=False) for match in matches if not match.is_cited]
        if judgement and judgement.verdict in ("supported", "differs") and not _is_elsewhere(others, cited):
            return judgement
        elsewhere = _judge_group(reading, others, claims, context, is_asked=False) if others else None
        is_nearer = bool(others) and (_outdoes(others, cited) or (bool(cited) and _is_elsewhere(others, cited)))
        if elsewhere and elsewhere.verdict != "differs" and is_nearer and not others[0].conflicts:
            return replace(elsewhere, verdict="wrong-paragraph", left_over=())
        if judgement:
            return judgement
        if elsewhere and elsewhere.verdict == "differs":
            return elsewhere
        best = cited[0] if cited else matches[0]
        met = frozenset(place for match in cited for place in match.clues.met)
        left = _list_left_over(reading, cited or matches[:1], met, context, claims)
        # *It says so* says nothing of its own.
        return Judgement("unproven", best.claim.id, round(best.score, 3), left_over=left) if reading.words else None
    judgement = _judge_group(reading, matches, claims, context)
    cited_sources = {source for source, _ in places}
    if judgement and judgement.verdict == "supported" and cited_sources:
        own = next(match.claim.places for match in matches if match.claim.id == judgement.fact)
        if cited_sources & {source for source, _ in own}:
            # No fact rests on the passage that is cited: this one rests on another of that source.
            return replace(judgement, verdict="wrong-paragraph")
    return judgement


def _is_elsewhere(others: list[FactMatch], cited: list[FactMatch]) -> bool:
    """Tell whether the sentence is a fact of another passage, word for word or nearly, and none of those that are cited."""
    best = max(match.cover * match.explained for match in cited)
    whole = max((match.cover * match.explained for match in others if not match.conflicts), default=0.0)
    return whole >= w.WHOLE and whole - best >= w.ELSEWHERE


def _outdoes(others: list[FactMatch], cited: list[FactMatch]) -> bool:
    """Tell whether a fact of another passage is much nearer than those of the passages that are cited."""
    best = max((match.cover for match in cited), default=0.0)
    first = others[0]
    nearer = first.cover - best
    # Of a sentence that tells a fact whole, and nothing of those cited, the fact may tell little.
    is_told = first.explained >= w.EXPLAINED or nearer >= w.TOLD
    return first.cover >= w.COVER and is_told and nearer >= w.ELSEWHERE


def _judge_group(
    reading: Reading, matches: list[FactMatch], claims: Claims, context: frozenset[str], *, is_asked: bool = True
) -> Judgement | None:
    """Return the verdict by *matches* alone, the likeliest first; not *is_asked*: the sentence cites another passage."""
    best = matches[0]
    group = [match for match in matches if match.claim.places & best.claim.places and match.score >= w.BESIDE]
    group = group or [best]
    met = frozenset(place for match in group for place in match.clues.met)
    kept = [(match, _keep_conflicts(match, group, reading)) for match in matches]
    contradicted = [(match, own) for match, own in kept if own and _is_restated(match, own, reading, claims)]
    crossed = _find_crossings(reading, group) if best.cover >= w.COVER else ()
    if crossed:
        contradicted.append((best, crossed))
    clean = [match for match, own in kept if not own and match in group]
    borne = bool(clean) and _may_bear_out(clean[0])
    if contradicted:
        match, conflicts = contradicted[0]
        return Judgement(
            "differs",
            match.claim.id,
            round(match.score, 3),
            conflicts,
            context=tuple(one.claim.id for one in group[:3]),
        )
    is_near = best.score >= w.RESTATED
    is_restated = is_near and best.cover >= w.COVER
    is_told = is_near and best.explained >= w.TOLD
    if not (borne or is_restated or is_told):
        return None
    ids = tuple(match.claim.id for match in group[:3])
    left = _list_left_over(reading, group, met, context, claims)
    if borne and not left:
        misplaced = find_misplaced(reading, [match.claim.reading for match in group])
        if misplaced and misplaced.is_turned:
            return Judgement("differs", clean[0].claim.id, round(clean[0].score, 3), (misplaced.conflict,), context=ids)
        doubt = misplaced.conflict.said if misplaced else find_doubt(reading, clean[0], group)
        left = (doubt,) if doubt else ()
    if borne and not left:
        return Judgement("supported", clean[0].claim.id, round(clean[0].score, 3), context=ids)
    replaced = find_replaced(reading, best, left) if is_restated and is_asked else ()
    if replaced:
        return Judgement("differs", best.claim.id, round(best.score, 3), replaced, context=ids)
    if is_restated or (is_told and not left):
        return Judgement("unproven", best.claim.id, round(best.score, 3), left_over=left, context=ids)
    return None


def _may_bear_out(match: FactMatch) -> bool:
    """Tell whether a sentence says enough of a fact, and the fact enough of it, for a proof."""
    return match.score >= w.SUPPORTED and match.explained >= w.EXPLAINED and match.is_of_pieces


def _find_crossings(reading: Reading, group: list[FactMatch]) -> tuple[Conflict, ...]:
    """Return where a sentence turns round what the facts that it restates say of two things."""
    bases = [match.claim.reading for match in group]
    finders = (find_exchanged, find_crossed, find_displaced, find_misglossed, find_misranked, find_other_owner)
    return next(filter(None, (find(reading, bases) for find in finders)), ())


def _keep_conflicts(match: FactMatch, group: list[FactMatch], reading: Reading) -> tuple[Conflict, ...]:
    """Return the conflicts of a match but for those over what another fact, which the sentence restates too, bears out."""
    if not match.conflicts:
        return ()
    others = [other for other in group if other is not match]
    # Many facts may have a share of something: *a third*.
    shares = {one.start for one in reading.quantities if one.unit == "percent"}
    clean = [other for other in others if not other.conflicts and not _ignores(other, match, reading)]
    better = [other for other in clean if other.rank > match.rank]
    if better and not _tells_apart(match, better[0]):
        return ()
    return tuple(
        conflict
        for conflict in match.conflicts
        if not any(
            _bears(other, conflict, reading)
            for other in others
            # A figure, a day, a person is one fact's; a body or a country may be named in any.
            if conflict.kind in ("date", "person")
            or (conflict.kind == "figure" and conflict.start not in shares)
            or other.clues.agreed_places > match.clues.agreed_places
            or _tells_apart(other, match, w.EXCUSED)
        )
    )


def _ignores(other: FactMatch, match: FactMatch, reading: Reading) -> bool:
    """Tell whether another fact knows nothing of what conflicts, and tells less: but for counts, which may be of anything."""
    spots = {(one.start, one.end) for one in match.conflicts}
    counts = {(one.start, one.end) for one in reading.quantities if not one.unit}
    is_of_it = match.explained > other.explained and match.score >= other.score and spots.isdisjoint(counts)
    return is_of_it and spots | match.clues.strange <= other.clues.strange


def _tells_apart(match: FactMatch, better: FactMatch, share: float = w.APART) -> bool:
    """Tell whether the sentence says what tells a fact from another that bears more of it out."""
    own = {key: weight for key, weight in match.claim.core.items() if key not in better.claim.core}
    said = sum(weight for key, weight in own.items() if key in match.reached)
    return said >= max(w.TELLING, share * sum(own.values()))


def _bears(match: FactMatch, conflict: Conflict, reading: Reading) -> bool:
    """Tell whether a fact says the clue of *conflict* as the sentence has it."""
    overlaps = any(one.start < conflict.end and conflict.start < one.end for one in match.conflicts)
    if overlaps or (match.conflicts and len(match.clues.agreed_places) < _AGREED):
        return False
    if any(start < conflict.end and conflict.start < end for start, end in match.clues.met):
        # Fewer than 250 is not borne out by a fact that counts 230 of something.
        said = next((one for one in reading.quantities if one.start == conflict.start), None)
        is_bound = conflict.kind == "figure" and said and said.bound in ("over", "under")
        return not is_bound or any(one.value == said.value for one in match.claim.quantities)  # type: ignore[union-attr]
    if conflict.kind == "strength":
        return conflict.said.lower() in match.claim.reading.text.lower()
    return conflict.kind in ("negation", "term", "member", "institution") and any(
        number in match.direct
        for number, word in enumerate(reading.words)
        if word.start < conflict.end and conflict.start < word.end
    )


_AGREED = 2
"""How many figures and dates a fact has as the sentence says them that bears a clue out though another is not its own."""


def _is_restated(match: FactMatch, conflicts: tuple[Conflict, ...], reading: Reading, claims: Claims) -> bool:
    """Tell whether the sentence restates the fact but for its *conflicts*, so that these contradict it."""
    kinds = {conflict.kind for conflict in conflicts}
    if len(kinds) > 2:
        return False
    if kinds == {"negation"} and not _keeps_to_words(reading, match.claim):
        return False
    is_told = _is_all_told(match, kinds)
    if match.is_cited:
        return (is_told or match.cover >= w.CITED_COVER) and match.score >= w.CITED_DIFFERS
    # A short sentence of a long fact's words, and of no others, is about it, however little of it that is.
    is_short = match.explained >= w.WHOLE and match.cover >= w.SHORT and _may_be_slips(conflicts)
    if not match.is_of_pieces and (kinds <= {"negation", "strength", "term"} or match.pieces < w.FEWEST_PIECES):
        return False
    least = w.RESTATED if is_short or (is_told and kinds == {"member"}) else w.TOLD_DIFFERS if is_told else w.DIFFERS
    if match.score < least or is_of_other_event(match, conflicts, kinds, reading, claims):
        return False
    return is_short or is_told or match.cover >= (w.TERM_COVER if kinds <= {"strength", "term", "member"} else w.COVER)


def _keeps_to_words(reading: Reading, claim: Claim) -> bool:
    """Tell whether a fact has enough of a sentence's words for a denial to be told: it may deny in words that no list knows."""
    own = sum(word.root in claim.core or word.root in claim.sides for word in reading.words)
    return own >= w.OWN_WORDS * len(reading.words)


def _is_all_told(match: FactMatch, kinds: set[str]) -> bool:
    """Tell whether a fact tells nearly all of a sentence but for what conflicts, which then is about a part of the fact."""
    if match.clues.strange or "date" in kinds or not (match.told or kinds == {"figure"}):
        return False
    return match.explained >= w.TOLD and match.cover >= (w.TOLD_COVER if kinds == {"strength"} else w.SHORT)


def _may_be_slips(conflicts: tuple[Conflict, ...]) -> bool:
    """Tell whether all figures and dates in conflict are nearly the fact's.

    ``May 22`` of March 22, ``46 hours`` of 46 days, ``1,317`` of 1,137.
    """
    pairs = [
        [re.findall(r"\d+|[a-z]{3,}", text.lower().replace(",", "")) for text in (one.said, one.base)]
        for one in conflicts
        if one.kind in ("figure", "date")
    ]
    return all(
        len(set(said) & set(base)) >= min(2, len(base) - 1, len(said) - 1) > 0
        or any(len(one) > 2 and sorted(one) == sorted(other) for one in said for other in base if one.isdecimal())
        for said, base in pairs
    )


def _list_left_over(
    reading: Reading,
    group: list[FactMatch],
    met: frozenset[tuple[int, int]],
    context: frozenset[str],
    claims: Claims,
) -> tuple[str, ...]:
    """Return the words and clues of a sentence that none of the *group* bears out."""
    told = {
        number
        for match in group
        for number in match.told
        if match is group[0] or _may_tell_beside(number, match, reading)
    }
    # What conflicts with a fact, and is no other's, is not borne out either.
    strange = [{*match.clues.strange, *((one.start, one.end) for one in match.conflicts)} for match in group]
    # What a fact says twice of a thing, and the sentence once, no other fact excuses that knows nothing of either.
    counted = {(one.start, one.end) for one in reading.quantities if one.unit != "ordinal"}
    places = (set.intersection(*strange) | (strange[0] & counted) if strange else set()) - met
    unsaid = find_unsaid(reading, group, claims)
    if unsaid:
        return (unsaid,)
    places |= {(one.start, one.end) for one in _list_strong(reading, group)}
    places |= {one.span() for one in re.finditer(OF_NOW, reading.text)}
    words = [
        (word.start, word.end)
        for number, word in enumerate(reading.words)
        if number not in told
        and (word.root not in context or word.root in list_opposed_roots())
        and (_is_of_two(word, reading) or _asserts(word, reading))
        and not _is_of_figures(word, reading, met, group)
    ]
    return tuple(reading.text[start:end] for start, end in sorted({*places, *words}))


def _may_tell_beside(number: int, match: FactMatch, reading: Reading) -> bool:
    """Tell whether a fact beside the likeliest may bear a word out: by no term that turns the sentence, *freed*, and no noun, but
    in its own words, *rivals* where it has *equal*."""
    word = reading.words[number]
    if number in match.direct:
        return True
    if word.root in match.claim.sides:
        return not _turns_as_verb(word, reading)
    said = fold_word(reading.text[word.start : word.end])
    return is_past(said) or count_kinds(said, "v") >= count_kinds(said, "n")


def _asserts(word: WordSaid, reading: Reading) -> bool:
    """Tell whether a word asserts something: no light one, but what somebody is said to be, *the group unit is the nation*."""
    before, text = reading.text[max(0, word.start - _BEFORE) : word.start], reading.text[word.start : word.end]
    is_said = re.search(_IS_THE, before) and re.compile(r"\W*(?:$|[,;:.])").match(reading.text, word.end)
    return bool(is_said) or not is_light(text, as_noun=bool(re.search(_THEIR, before)))


_BEFORE = 16
"""How many characters before a word say whether it is what somebody is, or has."""
_IS_THE = r"(?i)\b(?:is|are|was|were) (?:the |an? )$"
_THEIR = r"(?i)\b(?:their|his|her|its)\s$"


def _is_of_figures(word: WordSaid, reading: Reading, met: frozenset[tuple[int, int]], group: list[FactMatch]) -> bool:
    """Tell whether a rise or a fall is that of two figures which facts bear out: *fell* from 2,706 to 1,137."""
    if word.root != MORE:
        return False
    ends = [one for one in reading.quantities if one.start > word.end and (one.start, one.end) in met][:2]
    leads = [re.search(r"(?i)\b(?:from|to)\s$", reading.text[: one.start]) for one in ends]
    if len(ends) < 2 or not all(leads):
        return False
    if any(all(any(one.value == own.value for own in match.claim.quantities) for one in ends) for match in group):
        # A fact that has both says itself which came first.
        return False
    return (ends[1].value - ends[0].value) * word.sign > 0


def _is_contrary(word: WordSaid, reading: Reading) -> bool:
    """Tell whether a word is the negative one of two opposites, in one word or two: *abolished*, *done away*."""
    own = root_word(reading.text[word.start : word.end])
    return word.root in list_opposed_roots() and (own[1] if own[0] == word.root else word.sign) < 0


def _turns_as_verb(word: WordSaid, reading: Reading) -> bool:
    return _is_contrary(word, reading) and is_past(fold_word(reading.text[word.start : word.end]))


def _is_of_two(word: WordSaid, reading: Reading) -> bool:
    """Tell whether a word ends two that stand for one which turns what they are said of: *done away*."""
    return _is_contrary(word, reading) and root_word(reading.text[word.start : word.end])[0] != word.root


def _list_strong(reading: Reading, group: list[FactMatch]) -> list[Degree]:
    """Return the *all*, *always* and *only* of a statement, where the facts that bear it out say none of the same thing."""
    own = [(one, match.claim.reading) for match in group for one in find_degrees(match.claim.reading.text)]
    return [
        one
        for one in find_degrees(reading.text)
        if one.scale in STRONGEST
        and one.rank >= STRONGEST[one.scale]
        and not any(_is_as_strong(one, reading, other, base) for other, base in own)
        and reading.text[one.start : one.end].lower() != "never"
        and not (re.match(_COUNTED, reading.text[one.end :]) and one.scale != "quantity")
    ]


def _is_as_strong(one: Degree, reading: Reading, other: Degree, base: Reading) -> bool:
    """Tell whether a fact is as strong, and of the same thing: of *all permits*, where the statement says *every permit*."""
    if other.rank < STRONGEST.get(other.scale, other.rank + 1):
        return False
    if {one.scale, other.scale} == {"share", "exclusion"}:
        # The sole subject; limited to this.
        return True
    if one.scale == "exclusion" and other.scale == "quantity":
        # What everyone has is not theirs alone.
        return False
    said, own = _list_of_whom(one, reading), _list_of_whom(other, base)
    return not said or not own or bool(said & own)


def _list_of_whom(degree: Degree, reading: Reading) -> set[str]:
    """Return the two words or names behind a degree, which it is said of."""
    is_whole = re.fullmatch(r"(?i)\w*(?:one|body|thing)", reading.text[degree.start : degree.end])
    if is_whole or any(0 <= date.start - degree.end <= 1 for date in reading.dates):
        # Every December: of nobody; everyone is said of no other.
        return set()
    return {one.key for one in [one for one in reading.list_keys() if one.start >= degree.end][:2]}


_COUNTED = r" (?:of )?(?:the |these |those )?(?:other|\d|two|three|four|five|six|seven|eight|nine|ten)"
