"""What keeps a sentence whose every word is borne out from being proven: a denial, a verb, an opposite that no fact answers."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from rightscli.check.stated import weights as w
from rightscli.check.stated.agreement import tell_side
from rightscli.check.stated.clauses import list_clauses
from rightscli.check.stated.halves import find_other_half
from rightscli.check.stated.lexicon import list_negators
from rightscli.check.stated.moments import agree_dates
from rightscli.check.stated.negations import count_denials
from rightscli.check.stated.orders import find_other_compared
from rightscli.check.stated.roots import fold_word, is_light, root_word
from rightscli.check.stated.strengths import WEAK, find_degrees, is_told
from rightscli.check.stated.tallies import (
    find_limit,
    find_other_company,
    find_other_counted,
    find_other_doer,
    find_rate,
)
from rightscli.check.stated.thesaurus import are_kin, count_kinds, find_lemmas, find_meaning, is_past
from rightscli.text.dates import overlaps_any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rightscli.check.stated.clauses import Clause
    from rightscli.check.stated.clues import Reading, WordSaid
    from rightscli.check.stated.matches import FactMatch
    from rightscli.check.stated.names import NameSaid
    from rightscli.check.stated.tokens import Token

_EXCEPTED = (
    r"(?i)\b(?:without|unless|except|only(?! \d)|until|than"
    r"|(?:no|none|nobody|nothing|nowhere|all|any\w*|not|n't)\b[^,;:]{0,48}\bbut)\b"
)
"""Who may not without a permit must have one: a denial that another takes back."""
_AS_NOUN = r"(?i)\b(?:more|the|these|those|its|their|new|such|other)\s+$"
_IN_TIME = r"(?i)\b(?:when|while|before|until|since)\b[^,;]*$"
"""What was not yet so says when, and no more."""
_PURPOSE = r"(?i)\b(?:to try to|in order to|so as to|to)\s+(?:\w+\s+)?$"
"""What somebody does something for is told without that."""
_BREAKING = frozenset("break drop lose close end stop".split())
"""Verbs that turn what they are said of into its contrary, as negators do: a promise, a limit."""


def find_doubt(reading: Reading, best: FactMatch, group: Sequence[FactMatch]) -> str:
    """Return the word of a sentence that its facts leave in doubt, though each says all of its words; nothing if there is none.

    *best* is the fact that bears it out, *group* those of its passage.
    """
    facts = [best, *(match for match in group if match is not best and match.told - best.told)]
    return (
        _find_denial(reading, facts)
        or _find_denied(reading, best)
        or _find_restricted(reading, best)
        or _find_unqualified(reading, best)
        or _find_ruler(reading, best)
        or _find_untold(reading, best)
        or _find_granted(reading, best)
        or _find_other_cause(reading, best)
        or _find_cause(reading, best.claim.reading)
        or find_other_half(reading, best.claim.reading)
        or find_other_company(reading, best)
        or find_other_counted(reading, best)
        or find_other_compared(reading, best.claim.reading)
        or find_rate(reading, best)
        or find_other_doer(reading, best)
        or _find_other_kind(reading, best)
        or _find_other_office(reading, best)
        or _find_part(reading, best.claim.reading)
        or _find_most(reading, best)
        or find_limit(reading, best)
        or _find_unsure(reading, best.claim.reading)
        or _find_verb(reading, facts)
    )


def _find_denial(reading: Reading, facts: Sequence[FactMatch]) -> str:
    """Return the denial of a sentence whose facts deny nothing."""
    if count_denials(reading) % 2 == 0 or not reading.negations or re.search(_EXCEPTED, reading.text):
        return ""
    if any(count_denials(match.claim.reading) or _denies_by_word(match.claim.reading, reading) for match in facts):
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


def _denies_by_word(base: Reading, reading: Reading) -> bool:
    """Tell whether a fact has a word that is another's opposite, *unpaid*, and a sentence has not that very word."""
    said = {fold_word(reading.text[word.start : word.end]) for word in reading.words}
    return any(word.sign < 0 and fold_word(base.text[word.start : word.end]) not in said for word in base.words)


def _has_own_negative(reading: Reading, base: Reading) -> bool:
    """Tell whether a text has a word that is another's opposite, and its fact has not: *unpaid* may say what that denies."""
    theirs = {word.root for word in base.words if word.sign < 0}
    return any(word.sign < 0 and word.root not in theirs for word in reading.words)


def _find_denied(reading: Reading, best: FactMatch) -> str:
    """Return what a fact denies, where a sentence says most of that, or a name in it, and denies nothing."""
    base = best.claim.reading
    if count_denials(reading) or _has_own_negative(reading, base):
        return ""
    keys = base.list_keys(light=False)
    for start, end in base.negations:
        if re.search(_PURPOSE, base.text[:start]):
            continue
        # Had not been given, where they were: what is denied says nothing by itself.
        is_bare = not any(start < one.start < end for one in keys) and _is_clause_said(start, base, best)
        if is_bare or any(_tells_most(span, reading, best) for span in ((start, end), _find_clause(start, base))):
            return _name_denial(start, end, base)
    return ""


def _tells_most(span: tuple[int, int], reading: Reading, best: FactMatch) -> bool:
    """Tell whether a sentence says most of what its fact says in a *span* alone, or a name in it."""
    base, (first, last) = best.claim.reading, span
    keys = base.list_keys(light=False)
    own = {one.key for one in keys if first <= one.start < last}
    own -= {one.key for one in keys if not first <= one.start < last}
    dates = [date for date in base.dates if first <= date.start < last]
    said = own & best.all_reached
    told = len(said) + sum(any(agree_dates(one, date) for one in reading.dates) for date in dates)
    return (told >= w.DENIED or any(key[0] == "=" for key in said)) and 2 * told >= len(own) + len(dates)


def _name_denial(start: int, end: int, base: Reading) -> str:
    """Return what is left out where a negation of a fact is: *not*, *ruled out*."""
    word = base.text[start:end].split(" ")[0]
    before = base.text[:start].split()[-1:] if word in _PARTICLES else []
    return f"(without {' '.join([*before, word])})"


_PARTICLES = ("out", "off", "down", "up", "away")


def _find_other_kind(reading: Reading, best: FactMatch) -> str:
    """Return a word that says which kind of a thing is meant, where its fact says it of another kind: *higher* education."""
    base = best.claim.reading
    kinds = {root: word for word, root in _list_kinds(base)}
    for word, root in _list_kinds(reading):
        other = kinds.get(root)
        if other and word.root not in best.all_reached | best.claim.sides.keys() and other.root not in best.all_reached:
            return reading.text[word.start : word.end]
    return ""


@lru_cache(maxsize=4096)
def _list_kinds(reading: Reading) -> tuple[tuple[WordSaid, str], ...]:
    """Return the adjectives of a text that stand right before a noun, each with the root of that; not *a large majority*."""
    degrees = [(one.start, one.end) for one in find_degrees(reading.text)]
    return tuple(
        (one, other.root)
        for one, other in pairwise(reading.words)
        if reading.text[one.end : other.start] == " "
        and not overlaps_any(degrees, one.start, other.end)
        and count_kinds(fold_word(reading.text[one.start : one.end]), "a")
        and count_kinds(fold_word(reading.text[other.start : other.end]), "n")
    )


def _find_other_office(reading: Reading, best: FactMatch) -> str:
    """Return what a sentence says that somebody is, where its fact says that they are something else."""
    base = best.claim.reading
    known = _list_offices(base)
    for name, office in _list_offices(reading) if known else ():
        theirs = [other for one, other in known if one.may_be(name)]
        ours = find_meaning(fold_word(office))
        if theirs and not any(are_kin(ours, find_meaning(fold_word(other))) for other in theirs):
            return office
    return ""


@lru_cache(maxsize=4096)
def _list_offices(reading: Reading) -> tuple[tuple[NameSaid, str], ...]:
    """Return the people of a text of whom it says what they are, right before the name or in apposition: *Ada Brill, a nurse*."""
    found = []
    for name in reading.names:
        if name.kind != "person":
            continue
        before = re.search(
            r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir)\s+(?:[\w-]+\s+){0,2}?([a-z]+)\s+$", reading.text[: name.start]
        )
        behind = re.match(
            r",\s+(?:the|an?|its|their|then)\s+(?:[\w-]+\s+){0,2}?([a-z]+)(?=[,;.]| (?:at|of|in|from|who)\b)",
            reading.text[name.end :],
        )
        for match in (before, behind):
            if match and count_kinds(match[1], "n") and not is_past(match[1]):
                found.append((name, match[1]))
    return tuple(found)


def _is_clause_said(place: int, base: Reading, best: FactMatch) -> bool:
    """Tell whether a sentence says most of the clause of a fact around *place*."""
    first, last = _find_clause(place, base)
    keys = base.list_keys(light=False)
    # What a clause denies that says nothing by itself is of the clause before it.
    own = {one.key for one in keys if first <= one.start < last and one.start != place}
    own = own or {one.key for one in keys if one.start < place}
    said = own & best.all_reached
    return len(said) >= w.DENIED and 2 * len(said) >= len(own)


def _find_clause(place: int, base: Reading) -> tuple[int, int]:
    """Return where the clause of a fact around *place* begins and ends."""
    marks = [match.start() for match in re.finditer(r"[,;:.]|\b(?:and|but|though|although|while|whereas)\b", base.text)]
    first = max((mark for mark in marks if mark < place), default=0)
    return first, min((mark for mark in marks if mark > place), default=len(base.text))


def _find_unqualified(reading: Reading, best: FactMatch) -> str:
    """Return how a fact says that something is not done, *arbitrarily*, where a sentence says that it is not done at all: what
    less is said of what is denied, the more is."""
    base = best.claim.reading
    for start, end in base.negations:
        for word in base.words:
            text = base.text[word.start : word.end].lower()
            is_how = text.endswith("ly") and count_kinds(text, "r") > 0 and not is_light(text)
            if start < word.start < end and is_how and word.root not in best.all_reached:
                return f"(without {text})"
    return ""


def _find_ruler(reading: Reading, best: FactMatch) -> str:
    """Return who decides in a sentence, *the authorities*, what by its fact somebody has a right to, or is free to do."""
    base = best.claim.reading.text
    for match in re.finditer(_BY_RULERS, reading.text):
        verbs = "|".join(find_lemmas(fold_word(match[2])))
        if verbs and re.search(_FREE_TO + rf"(?:{verbs})\b", base) and not re.search(rf"(?i)\b{match[1]}\b", base):
            return match[1]
    return ""


_BY_RULERS = (
    r"(?i)\b(states?|government|authorities|officials|police|party|employers?|management)\b"
    r"(?:\s(?:to|may|can|must|shall))?\s([a-z]+)"
)
_FREE_TO = r"(?i)\b(?:rights?|freedom|free|able|entitled)\b[^.;:]*\bto (?:\w+ly )?"


def _find_untold(reading: Reading, best: FactMatch) -> str:
    """Return what a fact says was not done, where a sentence says that it was: *without being told*, *without ever fining it*."""
    base = best.claim.reading
    if count_denials(reading):
        return ""
    said = {word.root for word in reading.words if word.sign > 0}
    for match in re.finditer(_WITHOUT_THING, base.text):
        root, _ = root_word(match[1])
        if root in said and sum(word.root == root for word in base.words) == 1:
            return f"({match[0]})"
    for match in re.finditer(_WITHOUT_DOING, base.text):
        deed = match[1] or match[2]
        if root_word(deed)[0] in said or re.search(rf"(?i)\b{deed}\b", reading.text):
            return f"({match[0]})"
    return ""


_WITHOUT_THING = r"(?i)\bwithout (?:any |an? |the |prior |advance )?([a-z]+)(?=[,;.]|$| (?:day|by|in|at|for|from|of)\b)"
_WITHOUT_DOING = r"(?i)\bwithout (?:(?!being\b)[\w'-]+ ){0,4}(?:being ([a-z]+)|([a-z]+ing))\b"


def _find_granted(reading: Reading, best: FactMatch) -> str:
    """Return what a sentence says was allowed or accepted, where its fact says that something was refused, banned, restricted."""
    given = [word for word in reading.words if word.root in _list_granting() and word.sign > 0]
    own = [word.sign for word in best.claim.reading.words if word.root in _list_granting()]
    own += [-word.sign for word in best.claim.reading.words if word.root == _RESTRICTED]
    if not given or not own or any(sign >= 0 for sign in own):
        return ""
    if any(word.root in _list_granting() and word.sign < 0 for word in reading.words) or count_denials(reading):
        return ""
    return reading.text[given[0].start : given[0].end]


_RESTRICTED = root_word("restrict")[0]


@lru_cache(maxsize=1)
def _list_granting() -> frozenset[str]:
    return frozenset(root_word(word)[0] for word in ("allow", "accept"))


def _find_restricted(reading: Reading, best: FactMatch) -> str:
    """Return what a fact says is so restricted or refused, where a sentence says of it nothing of the kind: *freely*."""
    base = best.claim.reading
    if count_denials(reading) or _has_own_negative(reading, base):
        return ""
    turned = {word.root for word in base.words if word.sign == 0} & {
        word.root for word in reading.words if word.sign > 0
    }
    for start, end in base.negations:
        denier = {word.root for word in base.words if start <= word.start < end}
        if len(turned) >= w.DENIED and denier and denier.isdisjoint(best.all_reached):
            return _name_denial(start, end, base)
    return ""


_CAUSE = (
    r"(?i)\b(?:because(?: of)?|since(?! \d)|due to|owing to|on account of|for want of|for lack of|on the grounds? (?:that|of)"
    r"|, as|, for)\s"
)


def _find_other_cause(reading: Reading, best: FactMatch) -> str:
    """Return what a sentence gives as a cause, where its fact gives one of its own, and does not say that."""
    base = best.claim.reading
    ours, theirs = re.search(_CAUSE, reading.text), re.search(_CAUSE, base.text)
    if not ours or not theirs:
        return ""
    stop = re.compile(r"[;.]").search(base.text, theirs.end())
    end = stop.start() if stop else len(base.text)
    cause = {word.root for word in base.words if theirs.end() <= word.start < end}
    said = [
        (number, word.root)
        for number, word in enumerate(reading.words)
        if word.start >= ours.end() and not is_light(reading.text[word.start : word.end])
    ]
    if any(root in cause for _, root in said):
        return ""
    told = [root for number, root in said if number in best.told]
    return ours[0].strip(" ,") if said and 2 * len(told) < len(said) else ""


def _find_cause(reading: Reading, base: Reading) -> str:
    """Return the *because* of a sentence between two things that its fact tells one beside the other, parted by a semicolon."""
    match = re.search(_BECAUSE, reading.text)
    if not match or ";" not in base.text:
        return ""
    stop = re.compile(r"[,;.]").search(reading.text, match.end())
    end = stop.start() if stop else len(reading.text)
    cause = {word.root for word in reading.words if match.end() <= word.start < end}
    effect = {word.root for word in reading.words if not match.start() <= word.start < end}
    told = [[word.start for word in base.words if word.root in side] for side in (cause - effect, effect - cause)]
    if not all(told):
        return ""
    one, other = sorted(told, key=min)
    _, parted, linked = base.text[min(one) : min(other)].rpartition(";")
    return match[0].strip(" ,") if parted and not re.search(_LINK, linked) else ""


_BECAUSE = r"(?i)\b(?:because(?: of)?|due to|owing to|on account of|thanks to|as a result of)\s"
_LINK = (
    r"(?i)\b(?:because|since|due|owing|as|for|after|so|thus|hence|therefore|which|this|that|it|led|caus\w+|results?)\b"
)
"""One of these behind the semicolon may say that one thing comes of the other."""


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


def _find_unsure(reading: Reading, base: Reading) -> str:
    """Return what makes a fact that a statement tells less sure, *probably*, where the statement says nothing of the kind."""
    said = find_degrees(reading.text)
    if re.search(WEAK, reading.text.lower()) or any(one.scale in ("certainty", "hedge") for one in said):
        return ""
    for one in find_degrees(base.text):
        text = base.text[one.start : one.end]
        if one.scale == "certainty" and re.fullmatch(_UNSURE, text.lower()) and is_told(reading, base, one):
            return f"(without {text})"
    return ""


_UNSURE = r"\w+ly|perhaps"


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
