"""How strong a statement is: how much, how often, how surely; and where it is stronger than a fact."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rightscli.check.stated.clues import Conflict
from rightscli.check.stated.roots import fold_word, root_word
from rightscli.check.stated.thesaurus import is_past
from rightscli.tables import read_labels
from rightscli.text.numerals import SMALL, TENS

if TYPE_CHECKING:
    from rightscli.check.stated.clues import Reading, WordSaid


class Degree(NamedTuple):
    """A word or phrase that says how much: on which *scale*, how far up (*rank*, from 0), ``text[start:end]``."""

    scale: str
    rank: int
    start: int
    end: int


@lru_cache(maxsize=1)
def _compile_scales() -> tuple[re.Pattern[str], dict[str, tuple[str, int]]]:
    """Return the pattern of all degrees, the longest first, and what each means."""
    degrees = {
        phrase: (scale, rank)
        for scale, steps in read_labels("check/stated/scales.txt")
        for rank, step in enumerate(steps.split(" < "))
        for phrase in step.split(", ")
    }
    phrases = sorted(degrees, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b"), degrees


_PART_OF = r"\b(?:half|thirds?|quarters?|fifths?|tenths?|percent|per cent|majority|most|some|many|few|\d+) of $"
_LISTED = r" (?:of )?(?:these|those|them|this)\b"
_OF_TWO_USES = frozenset("most certain risk all each every only alone anyone anybody little few no".split())
_ONLY_WHEN = (
    r" (?:\d|in\b|on\b|after|when|since|until|by\b|from|a\b|an\b|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|about|some|around|if|because|as\b|later|then|once|recently|just|partly|part\b)"
)
"""How few, or how late, is no exclusion."""
_SUPERLATIVE = r"\bthe (?:world's |country's |second[- ]|single )?(?:most|least|\w+est)\b(?! of\b)"
_UNRIVALLED = (
    r"\b(?:no|nobody|none|nowhere)\b[^.,;:]{2,60}\b(?:(?:(?:more|less) [a-z]+|[a-z]+er) than|(?:as|so) [a-z]+ as)\b"
)
_DEGREE_OF = r"\b(?:the|more|less|as|so|at)\s+$"
_TOO_BAD_FOR = r"|\b(?:un\w+|impossible|too \w+) (?:for|to) $"
_NEVER = r"\b(?:no|nobody|none|no one|not one|not a single)\b[^.;:]{2,60}\bever\b"
_ANY = r"\bany\b[^.,;:]{2,40}\b(?:at all|whatsoever|whatever)\b|\b(?:of|in) any (?:kind|sort|way)\b"
_NONE_NOT = (
    r"\b(?:no one|nobody|none|not (?:a|one|a single) [a-z]+)\b[^.,;:]{2,60}"
    r"\b(?:(?:does|do|did|is|are|has|have|had|was|were) not|n't|without)\b"
)
"""Of whom it does not hold there is none: it holds of all."""
_PHRASES = (
    (("ever",), _NEVER, ("frequency", 4)),
    ((" not", "n't", "without"), _NONE_NOT, ("quantity", 5)),
    (("at all", "whatsoever", "whatever", "any "), _ANY, ("quantity", 5)),
)
"""What one of a text must hold for the pattern behind it to be tried, the pattern, and which degree it is."""
STRONGEST = {"quantity": 5, "frequency": 4, "exclusion": 0, "hedge": 1, "share": 1}
"""The rank of *all*, of *always*, of *only* and of *proven*."""


@lru_cache(maxsize=4096)
def find_degrees(text: str) -> tuple[Degree, ...]:
    """Return what *text* says of how much, how often and how surely, in order."""
    pattern, degrees = _compile_scales()
    lower = text.lower()
    found = []
    for match in pattern.finditer(lower):
        if match[0] in _OF_TWO_USES and not _counts(match):
            continue
        if match[0] in ("much", "many") and re.match(r" (?:more|less|fewer|[a-z]+er)\b", lower[match.end() :]):
            # Much likelier is no amount, nor are they that are far more numerous.
            continue
        if match[0] == "numerous" and lower.endswith(("more ", "less ", "as "), 0, match.start()):
            continue
        if match[0] in ("much", "many", "some", "few") and _is_of_figure(match):
            # As much as 85,000; some 28,000.
            continue
        if lower.endswith(("how ", "only "), 0, match.start()) and match[0] in ("many", "much", "few", "one of"):
            # How many is not known; the only one of three.
            continue
        scale, rank = degrees[match[0]]
        if rank and rank == STRONGEST.get(scale) and lower.endswith(_NEARLY, 0, match.start()):
            # Almost wholly is not wholly.
            rank -= 1
        found.append(Degree(scale, rank, *match.span()))
    for signs, phrase, degree in _PHRASES:
        if any(sign in lower for sign in signs):
            found += [Degree(*degree, *match.span()) for match in re.finditer(phrase, lower)]
    return tuple(sorted(found, key=lambda one: one.start))


_ALL_OTHERWISE = (
    r"(?:[.,;]|$| time\b)|  ?(?:through|over|along|across|day|night|round|but|told|the same|too|around|alike|in all)\b"
)
"""What stands behind an *all* that does not say how many."""
_NEARLY = ("almost ", "nearly ", "virtually ", "practically ", "next to ")


def _is_of_figure(match: re.Match[str]) -> bool:
    """Tell whether a degree only says that a figure behind it is about so much, or at most."""
    after = match.string[match.end() :]
    if match.string.endswith("as ", 0, match.start()):
        return bool(re.match(rf" as (?:[^\w\s]|[a-z]+ )?{_FIGURE}", after))
    return match[0] == "some" and bool(re.match(_FIGURE, after[1:]))


_FIGURE = rf"(?:\d|(?:{'|'.join((*SMALL, *TENS, 'a hundred', 'a thousand', 'a million'))})\b)"


def _counts(match: re.Match[str]) -> bool:
    """Tell whether a word of two uses says how much: not *the most repressive*, not *if any*, not *it is certain that*."""
    start, end = match.span()
    before, after = match.string[max(0, start - 32) : start], match.string[end : end + 32]
    if match[0] == "all":
        if re.search(_PART_OF, before):
            return False
        # These, and those, are all banned: of the list, and of nothing beyond it.
        of_list = re.search(r"\band\b[^.;:]*$", before)
        if of_list and (of_list[0].endswith((" are ", " were ", " have ", " had ")) or re.match(_LISTED, after)):
            return False
        is_idiom = re.search(r"\b(?:above|after|at|for|first of|once and for|not) $", before)
        return not (is_idiom or re.match(_ALL_OTHERWISE, after))
    if match[0] in ("little", "few"):
        return not before.endswith((" a ", " the ")) and not before.startswith("a ")
    if match[0] == "no":
        return " than " not in after
    if match[0] in ("anyone", "anybody"):
        return not re.search(
            r"\b(?:not|n't|no|never|without|if|whether|nor|than|hardly)\b[^.;:]*$" + _TOO_BAD_FOR, before
        )
    if (
        match[0] in ("each", "every")
        and before.endswith("for ")
        and re.match(r" (?:hour|day|week|month|year)\b", after)
    ):
        # So much for every hour.
        return False
    if match[0] == "each":
        return not after.startswith((" other", " december", " year", " month")) and not before.endswith(" each ")
    if match[0] == "only":
        return not re.search(r"\b(?:not|is|an|if) $", before) and not re.match(_ONLY_WHEN, after)
    if match[0] == "alone":
        return bool(re.match(r" (?:is|are|was|were|has|have|had|can|may|do|does|did)\b", after))
    if match[0] == "most":
        # Most often is how often.
        is_degree = re.search(_DEGREE_OF, before) and not after.startswith(" of ")
        return not is_degree and not re.match(r" (?:often|\w+ly)\b", after)
    if match[0] == "certain":
        return bool(re.match(r" \w+s\b", after))
    return match[0] == "every" or bool(re.match(r" (?:of|being|that)\b", after))


def compare_strengths(reading: Reading, base: Reading) -> tuple[Conflict, ...]:
    """Return where the statement is stronger than the fact *base*: on a scale, or without its *can*, *should*, *reportedly*."""
    own = find_degrees(base.text)
    said = find_degrees(reading.text) if own or _find_one_of(base) else ()
    conflicts = []
    for scale in ("quantity", "frequency"):
        ours = [one for one in said if one.scale == scale]
        theirs = [one for one in own if one.scale == scale]
        if not ours or not theirs:
            continue
        top = max(ours, key=lambda one: one.rank)
        highest = max(theirs, key=lambda one: (len(_list_behind(base, one) & _list_behind(reading, top)), one.rank))
        kept = any(one.rank == highest.rank for one in ours)
        if top.rank > highest.rank and not kept and not any(_is_as_high(one, top) for one in own):
            conflicts.append(_state("strength", reading, top, base, highest))
    conflicts += _compare_absence(reading, base, said, own) or _compare_none(reading, base, said, own)
    conflicts += _compare_rest(reading, base) or _compare_sole(reading, base)
    for one in said:
        rival = next((other for other in own if one.scale == other.scale == "certainty"), None)
        if (
            one.scale == "certainty"
            and rival
            and one.rank > max(two.rank for two in own if two.scale == "certainty") >= 1
        ):
            conflicts.append(_state("strength", reading, one, base, rival))
            break
    shut = [one for one in said if one.scale == "exclusion"]
    loose = [one for one in own if one.scale == "quantity" and one.rank == STRONGEST["quantity"] - 2]
    if shut and loose and not any(one.scale == "exclusion" for one in own):
        conflicts.append(_state("strength", reading, shut[0], base, loose[0]))
    return (*conflicts, *_compare_surety(reading, base, said, own))


def _is_as_high(one: Degree, top: Degree) -> bool:
    """Tell whether a degree of another scale is as strong as *top*: nearly *always* women, nearly *all* of them."""
    is_other = {one.scale, top.scale} == {"quantity", "frequency"}
    return is_other and STRONGEST[one.scale] - one.rank <= STRONGEST[top.scale] - top.rank


def _compare_absence(
    reading: Reading, base: Reading, said: tuple[Degree, ...], own: tuple[Degree, ...]
) -> list[Conflict]:
    """Return where a statement says *no* evidence of what the fact has *little* of."""
    for one in said:
        for other in own:
            if (one.scale, other.scale) != ("absence", "absence") or one.rank <= other.rank:
                continue
            ours, theirs = (_list_behind(reading, one), _list_behind(base, other))
            if ours & theirs:
                return [_state("strength", reading, one, base, other)]
    return []


_NONE = (
    r"\b(?:none of|nobody|no one|not one|not a single"
    r"|no (?!more|less|fewer|longer|other|doubt|such)[a-z]+(?: [a-z]+){0,2}"
    r" (?:ha[sd]|have|was|were|is|are|can|could|ever|gets?|do|does|did))\b"
)
_BUT_SOME = r"\b(?:but|except|than|other)\b"


def _compare_none(reading: Reading, base: Reading, said: tuple[Degree, ...], own: tuple[Degree, ...]) -> list[Conflict]:
    """Return where a statement says of *none* what the fact denies of *many*."""
    amounts = [
        one
        for one in own
        if one.scale == "quantity" or (one.scale == "frequency" and one.rank < STRONGEST["frequency"])
    ]
    if not amounts:
        return []
    match = re.search(_NONE, reading.text.lower())
    if not match or re.search(_BUT_SOME, reading.text.lower()) or re.search(_NONE, base.text.lower()):
        return []
    if any(one.scale == "quantity" and one.rank >= STRONGEST["quantity"] for one in amounts) or any(
        one.scale == "quantity" and one.rank < STRONGEST["quantity"] for one in said
    ):
        return []
    if not base.negations and not any(word.sign < 0 for word in base.words):
        return []
    text = base.text[amounts[0].start : amounts[0].end]
    return [Conflict("strength", reading.text[slice(*match.span())], *match.span(), text)]


_SEVERAL = r"\b(?:both|several|various|many|numerous)\b"


def _compare_sole(reading: Reading, base: Reading) -> list[Conflict]:
    """Return where a statement says of *both*, or of *several*, what the fact says of one *only*."""
    theirs = _find_sole(base)
    if not theirs or _find_several(base):
        return []
    match = _find_several(reading)
    if not match:
        return []
    return [Conflict("strength", reading.text[slice(*match.span())], *match.span(), base.text[slice(*theirs.span())])]


@lru_cache(maxsize=4096)
def _find_several(reading: Reading) -> re.Match[str] | None:
    return re.search(_SEVERAL, reading.text.lower())


@lru_cache(maxsize=4096)
def _find_sole(base: Reading) -> re.Match[str] | None:
    return re.search(r"\b(?:the|in [a-z]+) (?:only|sole)\b", base.text.lower())


_THE_REST = re.compile(r"\b(?:the|all) (?:rest|remainder) of(?: the)?\s*$", re.IGNORECASE)
_REST = re.compile(rf"\b(?:all|everyone) (?:but|except)\s*$|{_THE_REST.pattern}", re.IGNORECASE)
_LEAD = 48
"""How many characters before a figure may say that it is the rest of it that is meant."""


def _compare_rest(reading: Reading, base: Reading) -> list[Conflict]:
    """Return where a statement says of *all but seven* what the fact says of seven: each denies as often as the other."""
    if not reading.quantities or not base.quantities:
        return []
    denials = [sum(word.sign < 0 for word in one.words) % 2 for one in (reading, base)]
    if denials[0] != denials[1]:
        return []
    ours, theirs = _list_deeds(reading), _list_deeds(base)
    # All but seven lived, where seven died; but if the rest did as well, they are more.
    pattern = _REST if ours & theirs or not ours or not theirs else _THE_REST
    for (one, own), is_said in (((reading, base), True), ((base, reading), False)):
        for figure in one.quantities:
            rest = pattern.search(one.text, max(0, figure.start - _LEAD), figure.start)
            same = [other for other in own.quantities if other.value == figure.value] if rest else []
            if (
                rest
                and same
                and (is_said or not reading.negations)
                and not any(_REST.search(own.text, 0, other.start) for other in same)
            ):
                spans = (rest.start(), figure.end), (same[0].start, same[0].end)
                (start, end), (first, last) = spans if is_said else spans[::-1]
                return [Conflict("figure", reading.text[start:end], start, end, base.text[first:last])]
    return []


@lru_cache(maxsize=4096)
def _list_deeds(reading: Reading) -> frozenset[str]:
    """Return the roots of the verbs in the past of a text."""
    return frozenset(word.root for word in reading.words if is_past(fold_word(reading.text[word.start : word.end])))


def _list_behind(reading: Reading, degree: Degree) -> set[str]:
    return {word.root for word in [word for word in reading.words if word.start >= degree.end][:2]}


def _state(kind: str, reading: Reading, said: Degree, base: Reading, own: Degree) -> Conflict:
    return Conflict(kind, reading.text[said.start : said.end], said.start, said.end, base.text[own.start : own.end])


WEAK = (
    r"\b(?:can|cannot|could|may|might|should|ought|would|possib\w*|risk\w*|liable|depend\w*|decid\w*|determin\w*|hinge\w*"
    r"|potential\w*|sometimes|at times|some|or|want\w*|recommend\w*|urg(?:e|es|ed)|ask\w*|propos\w*|advis\w*)\b"
)
_ALLOWED = r"\b(?:(?:rights?|free|freedom|able|ability|power|powers) to|entitl\w+|allow\w*|permit\w*|empower\w*|authori[sz]\w+)\b"
"""What says that somebody may."""
ATTRIBUTED = (
    r"\b(?:report(?:s|ed|edly)?|said|says?|saying|accord\w+|alleg\w+|apparent\w*|claim\w*|insist\w*|believ\w+|suppos\w+|told|"
    r"recall\w*|remember\w*|testif\w+|recount\w*|recollect\w*|speaks? of|spoke of|accounts?|understood|by all accounts"
    r"|seems?|appears?|held|holds|argues?|finds?|found|conclud\w+|named"
    r"|lists?|listed|records?|recorded|documents?|documented|describ\w+|cit(?:es|ed))\b"
)


def is_attributed(reading: Reading, base: Reading) -> bool:
    """Tell whether a statement says whose word it is, by another word than one that the fact *base* has for what it tells.

    Behind *reportedly* or *according to the union*, *told* and *accounts* are what is told.
    """
    hedge = re.search(_HEDGED, base.text.lower())
    told = {one for one, start in _find_attributed(base) if hedge and start > hedge.start()}
    return any(one not in told for one, _ in _find_attributed(reading))


@lru_cache(maxsize=4096)
def _find_attributed(reading: Reading) -> tuple[tuple[str, int], ...]:
    """Return the words of a text that may say whose word it is, and where each begins."""
    return tuple((match[0], match.start()) for match in re.finditer(ATTRIBUTED, reading.text.lower()))


_HEDGED = r"\b(?:reportedly|allegedly|apparently|accord\w+ to (?!\w+ [^,]*\breport))\b"


_FORESTALLED = r"\b(?:before|until|so that|not|nobody|no)\b[^,.;:]*$"
"""What comes before nobody *could* do something, and who *could not*, says nothing of what may be."""


def _compare_surety(
    reading: Reading, base: Reading, said: tuple[Degree, ...], own: tuple[Degree, ...]
) -> list[Conflict]:
    """Return where the statement leaves out what makes the fact less sure: *can be*, *should*, *reportedly*, *one of the*."""
    lower = reading.text.lower()
    conflicts: list[Conflict] = []
    for match in _find_possible(base):
        root = root_word(match[2])[0]
        alike = [word for word in reading.words if root and word.root == root and word.sign >= 0]
        spoken = [word for word in alike if _is_plain(reading, word, match[2])]
        weaker = WEAK if match[1] == "should" else f"{WEAK}|{_ALLOWED}"
        if spoken and not re.search(weaker, lower) and not re.search(_FORESTALLED, base.text[: match.start()].lower()):
            word = spoken[0]
            text = reading.text[word.start : word.end]
            conflicts.append(Conflict("strength", text, word.start, word.end, base.text[match.start() : match.end()]))
            break
    hedges = [one for one in own if one.scale == "hedge" and one.rank == 0 and is_told(reading, base, one)]
    is_hedged = any(one.scale == "hedge" and not one.rank for one in said)
    if hedges and reading.words and not is_hedged and not is_attributed(reading, base):
        spot = reading.words[0]
        text, hedge = reading.text[spot.start : spot.end], base.text[hedges[0].start : hedges[0].end]
        conflicts.append(Conflict("strength", text, spot.start, spot.end, hedge))
    theirs = _find_one_of(base)
    if not theirs:
        return conflicts
    ours = re.search(_SUPERLATIVE, lower) or re.search(_UNRIVALLED, lower)
    is_of_some = re.search(
        r"\b(?:one of|among|amongst|some of|belong(?:s|ed)? (?:to|with)|part of|(?:count|rank|number|class)(?:s|ed)?)\b",
        lower,
    )
    is_superlative = re.search(_SUPERLATIVE.replace("the ", "(?:the |world's )"), base.text.lower())
    if ours and is_superlative and not is_of_some:
        words, told = reading.text[slice(*ours.span())], base.text[slice(*theirs.span())]
        conflicts.append(Conflict("strength", words, *ours.span(), told))
    sole = [one for one in said if one.scale == "share" and one.rank == 1]
    if sole and not re.search(r"\b(?:one of|among)\b", lower):
        conflicts.append(_state_sole(reading, sole[0], base, theirs))
    return conflicts


@lru_cache(maxsize=4096)
def _find_possible(base: Reading) -> tuple[re.Match[str], ...]:
    """Return the verbs of a fact that say what *can*, or *should*, be."""
    pattern = r"\b(can|could|may|might|should)\s+(?:be\s+|also\s+|[a-z]+ly\s+)*([a-z]+)\b(?!-)"
    # The 17 May Families are no possibility.
    return tuple(one for one in re.finditer(pattern, base.text.lower()) if base.text[one.start()].islower())


@lru_cache(maxsize=4096)
def _find_one_of(base: Reading) -> re.Match[str] | None:
    return re.search(r"(?<!only )\b(?:one of|among|amongst|ranks? (?:with|among))\b", base.text.lower())


def is_told(reading: Reading, base: Reading, hedge: Degree) -> bool:
    """Tell whether the statement says what the fact hedges: one of the two words that follow."""
    roots = [word.root for word in base.words if word.start >= hedge.end][:2]
    return any(word.root in roots for word in reading.words)


def _is_plain(reading: Reading, word: WordSaid, verb: str) -> bool:
    """Tell whether a word says outright what *verb* says: not *punishable*, not *penalty*, of *punished*."""
    said = reading.text[word.start : word.end].lower()
    return said[:4] == verb[:4] and not said.endswith(("able", "ible", "ment", "ion"))


def _state_sole(reading: Reading, said: Degree, base: Reading, theirs: re.Match[str]) -> Conflict:
    return Conflict(
        "strength", reading.text[said.start : said.end], said.start, said.end, base.text[slice(*theirs.span())]
    )
