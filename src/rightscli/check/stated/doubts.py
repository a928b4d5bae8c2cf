"""What keeps a sentence whose every word is borne out from being proven: a denial, a verb, an opposite that no fact answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rightscli.check.stated import weights as w
from rightscli.check.stated.clauses import list_clauses
from rightscli.check.stated.lexicon import list_negators
from rightscli.check.stated.negations import count_denials
from rightscli.check.stated.quantities import tell_side
from rightscli.check.stated.strengths import find_degrees, find_unsure
from rightscli.check.stated.thesaurus import find_lemmas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rightscli.check.stated.clauses import Clause
    from rightscli.check.stated.clues import Reading
    from rightscli.check.stated.matches import FactMatch
    from rightscli.check.stated.tokens import Token

_EXCEPTED = r"(?i)\b(?:without|unless|except|but|only|until|than)\b"
"""Who may not without a permit must have one: a denial that another takes back."""
_AS_NOUN = r"(?i)\b(?:more|the|these|those|its|their|new|such|other)\s+$"
_IN_TIME = r"(?i)\b(?:when|while|before|until|since)\b[^,;]*$"
"""What was not yet so says when, and no more."""
_PURPOSE = r"(?i)\b(?:to try to|in order to|so as to|to)\s+(?:\w+\s+)?$"
"""What somebody does something for is told without that."""
_BREAKING = frozenset("break drop lose close end stop".split())
"""Verbs that turn what they are said of into its contrary, as negators do: a promise, a limit."""


def find_doubt(
    reading: Reading,
    best: FactMatch,
    group: Sequence[FactMatch],
    matches: Sequence[FactMatch],
) -> str:
    """Return the word of a sentence that its facts leave in doubt, though each says all of its words; nothing if there is none.

    *best* is the fact that bears it out, *group* those of its passage, *matches* all that are near.
    """
    facts = [best, *(match for match in group if match is not best and match.told - best.told)]
    return (
        _find_denial(reading, facts)
        or _find_denied(reading, best)
        or _find_part(reading, best.claim.reading)
        or _find_most(reading, best)
        or _find_limit(reading, best)
        or (f"(without {unsure})" if (unsure := find_unsure(reading, best.claim.reading)) else "")
        or _find_contrary(best, matches)
        or _find_verb(reading, facts)
    )


def _find_limit(reading: Reading, best: FactMatch) -> str:
    """Return how much a sentence says may be *at most*, where its fact has another figure: another limit is no weaker claim."""
    if not re.search(_RULE, reading.text):
        return ""
    values = {one.value for one in best.claim.reading.quantities}
    loose = (one for one in reading.quantities if one.bound == "under" and one.value not in values)
    return next((reading.text[one.start : one.end] for one in loose), "")


_RULE = r"(?i)\b(?:may|must|can|shall)\b|\bcannot\b|\blimit"


def _find_denial(reading: Reading, facts: Sequence[FactMatch]) -> str:
    """Return the denial of a sentence whose facts deny nothing."""
    if count_denials(reading) % 2 == 0 or not reading.negations or re.search(_EXCEPTED, reading.text):
        return ""
    if any(count_denials(match.claim.reading) or _has_negative(match.claim.reading) for match in facts):
        return ""
    start, end = reading.negations[0]
    if re.search(_AS_NOUN, reading.text[:start]) or re.search(_IN_TIME, reading.text[:start]):
        return ""
    told = {
        reading.words[number].start
        for match in facts
        for number in match.told
        if reading.words[number].root not in match.claim.sides
    }
    is_told = any(word.start == start and word.start in told for word in reading.words)
    return "" if is_told else reading.text[start:end].split(" ")[0]


def _has_negative(reading: Reading) -> bool:
    """Tell whether a text has a word that is another's opposite: *unpaid*."""
    return any(word.sign < 0 for word in reading.words)


def _find_denied(reading: Reading, best: FactMatch) -> str:
    """Return what a fact denies, where a sentence says most of that, or a name in it, and denies nothing."""
    base = best.claim.reading
    if count_denials(reading) or _has_negative(reading):
        return ""
    keys = base.list_keys(light=False)
    for start, end in base.negations:
        if re.search(_PURPOSE, base.text[:start]):
            continue
        denied = {one.key for one in keys if start <= one.start < end} - {
            one.key for one in keys if not start <= one.start < end
        }
        said = denied & best.all_reached
        if (len(said) >= w.DENIED or any(key[0] == "=" for key in said)) and 2 * len(said) >= len(denied):
            return f"(without {base.text[start:end].split(' ')[0]})"
    return ""


def _find_part(reading: Reading, base: Reading) -> str:
    """Return how many *of them* a fact says it of, where a sentence says it of all: *57 children, 22 of them alone*."""
    if re.search(_IN_PART, reading.text):
        return ""
    values = {one.value for one in reading.quantities}
    words = {word.root for word in reading.words}
    for one in base.quantities:
        if one.value in values or not re.match(_OF_THEM, base.text[one.end :]):
            continue
        end = next(
            (spot.start() for spot in re.finditer(r"[,;:.]", base.text) if spot.start() > one.end), len(base.text)
        )
        if len({word.root for word in base.words if one.end < word.start < end} & words) >= w.DENIED:
            return f"(without {base.text[one.start : one.end]})"
    return ""


def _find_most(reading: Reading, best: FactMatch) -> str:
    """Return what says *most* or *almost all* in a sentence, where its fact says of less than half of it, and of no more."""
    degrees = [one for one in find_degrees(reading.text) if one.scale == "quantity" and one.rank >= _MOST]
    rivals = [one for one in find_degrees(best.claim.reading.text) if one.scale == "quantity" and one.rank >= _MOST]
    values = {one.value for one in reading.quantities}
    is_less = any(tell_side(one) < 0 and one.value not in values for one in best.claim.quantities)
    return reading.text[degrees[0].start : degrees[0].end] if degrees and is_less and not rivals else ""


_MOST = 3
"""The rank of *most* on its scale."""
_OF_THEM = r" of (?:them|these|those|whom|which)\b"
_IN_PART = r"(?i)\b(?:some|several|many|most|others?|part|few|number|including|among|not all|half|third)\b"


def _find_contrary(best: FactMatch, matches: Sequence[FactMatch]) -> str:
    """Return what another fact denies, where nothing that a sentence says tells the one from the other."""
    for match in matches:
        denials = [conflict for conflict in match.conflicts if conflict.kind == "negation"]
        if not denials or match is best or match.cover < w.COVER:
            continue
        if len(best.clues.agreed_places) > len(match.clues.agreed_places):
            continue
        if _weigh_own(best, match) <= _weigh_own(match, best):
            return denials[0].said
    return ""


def _weigh_own(match: FactMatch, other: FactMatch) -> float:
    """Return how much a sentence says of what a fact says and another does not."""
    own = match.claim.core.keys() - other.claim.core.keys()
    return sum(match.claim.core[key] for key in own & match.all_reached)


def _find_verb(reading: Reading, facts: Sequence[FactMatch]) -> str:
    """Return what a fact says was broken, refused, ended, where a sentence says something else of it: *kept* its promise."""
    if count_denials(reading):
        return ""
    for clause in list_clauses(reading):
        things = _list_things(clause)
        for match in facts:
            if clause.verb.key in match.claim.core:
                continue
            rivals = [other for other in list_clauses(match.claim.reading) if things & _list_things(other)]
            verbs = [other.verb for other in rivals]
            if verbs and all(_is_breaking(verb) and verb.key not in match.all_reached for verb in verbs):
                return clause.verb.word
    return ""


def _list_things(clause: Clause) -> set[str]:
    """Return the keys of what stands behind a verb."""
    return {token.key for token in (*clause.patient, *clause.others) if token.tells and not token.name}


def _is_breaking(verb: Token) -> bool:
    return (verb.word in list_negators() and verb.word != "limited") or bool(
        _BREAKING.intersection(find_lemmas(verb.word))
    )
