"""What keeps a sentence's figures from being proven, though a fact has each: whose they are, what they count, how often."""

from __future__ import annotations

import re
from itertools import combinations, product
from typing import TYPE_CHECKING

from rightscli.check.stated.roots import fold_word, list_opposed_roots
from rightscli.check.stated.thesaurus import count_kinds, find_meaning, is_covered, is_past

if TYPE_CHECKING:
    from rightscli.check.stated.clues import Reading
    from rightscli.check.stated.matches import FactMatch
    from rightscli.check.stated.quantities import Quantity


def find_limit(reading: Reading, best: FactMatch) -> str:
    """Return how much a sentence says may be *at most*, where its fact has another figure: another limit is no weaker claim."""
    if not re.search(_RULE, reading.text):
        return ""
    values = {one.value for one in best.claim.reading.quantities}
    loose = (one for one in reading.quantities if one.bound == "under" and one.value not in values)
    return next((reading.text[one.start : one.end] for one in loose), "")


_RULE = r"(?i)\b(?:may|must|can|shall|lets?|allow\w*|permit\w*)\b|\bcannot\b|\blimit"


def find_other_company(reading: Reading, best: FactMatch) -> str:
    """Return a figure of a sentence that stands among what its fact says of another figure, which the sentence has, too."""
    base = best.claim.reading
    pairs = [
        (said, own)
        for said in reading.quantities
        for own in base.quantities
        if said.value == own.value and _may_count_alike(said, own) and said.unit != "ordinal"
    ]
    for said, own in pairs[:_MOST_FIGURES]:
        around, beside = _list_company(reading, said), _list_company(base, own)
        is_rest = _is_rest(reading, said) or _is_rest(base, own)
        if not is_rest and any(sign and (key, -sign) in beside and (key, sign) not in beside for key, sign in around):
            # 58 percent said that it rose; 58 percent, that it fell.
            return reading.text[said.start : said.end]
    for (one, own), (other, rival) in combinations(pairs[:_MOST_FIGURES], 2):
        if one.value == other.value or not _may_count_alike(one, other):
            continue
        ours = _list_company(reading, one), _list_company(reading, other)
        theirs = _list_company(base, own), _list_company(base, rival)
        straight = len(ours[0] & theirs[0]) + len(ours[1] & theirs[1])
        if len(ours[0] & theirs[1]) + len(ours[1] & theirs[0]) > straight:
            return reading.text[one.start : one.end]
    return ""


def _is_rest(reading: Reading, figure: Quantity) -> bool:
    """Tell whether a figure counts those that are left out: *all but seven*."""
    return bool(re.search(r"(?i)\ball but\s+$", reading.text[: figure.start]))


def _may_count_alike(one: Quantity, other: Quantity) -> bool:
    """Tell whether two figures have one unit, which the second of two may leave out."""
    return one.unit == other.unit or "" in (one.unit, other.unit)


_MOST_FIGURES = 24
"""How many figures of a sentence are looked at two by two."""


def _list_company(reading: Reading, figure: Quantity) -> set[tuple[str, int]]:
    """Return the keys of what stands around a figure in its clause, up to the next figure on either side; of what has an opposite
    with its sign."""
    others = [place for one in reading.quantities if one is not figure for place in (one.start, one.end)]
    marks = [match.start() for match in re.finditer(r"[,;:.](?!\d)|\b(?:and|but|while|whereas)\b", reading.text)]
    first = max((place for place in (*others, *marks) if place <= figure.start), default=0)
    last = min((place for place in (*others, *marks) if place >= figure.end), default=len(reading.text))
    signs = {word.start: word.sign for word in reading.words if word.root in list_opposed_roots()}
    keys = (one for one in reading.list_keys(light=False) if first <= one.start < last)
    return {(one.key, signs.get(one.start, 0)) for one in keys}


def find_other_counted(reading: Reading, best: FactMatch) -> str:
    """Return what a sentence counts by a figure of its fact, where the fact counts something else, which it does not say."""
    base = best.claim.reading
    for said in reading.quantities:
        same = (one for one in base.quantities if one.value == said.value and one.unit == said.unit in ("", "percent"))
        own = next(same, None)
        ours, theirs = (_list_things_counted(reading, said), _list_things_counted(base, own)) if own else ({}, {})
        if not ours or not theirs or not best.all_reached.isdisjoint(theirs):
            continue
        if not best.all_reached.isdisjoint(ours) and not best.claim.core.keys() >= ours.keys():
            continue
        if not _ANYBODY.isdisjoint(ours.values()):
            continue
        pairs = product(map(find_meaning, ours.values()), map(find_meaning, theirs.values()))
        if not any(is_covered(one, other) or is_covered(other, one) for one, other in pairs):
            return reading.text[said.start : said.end]
    return ""


_ANYBODY = frozenset("people persons individuals".split())


def _list_things_counted(reading: Reading, figure: Quantity) -> dict[str, str]:
    """Return the nouns that a figure counts, folded, by their roots: not names, nor verbs in the past."""
    behind = re.match(_COUNTED, reading.text[figure.end :])
    end = figure.end + (behind.end() if behind else 0)
    end = min([end, *(one.start for one in reading.quantities if one.start > figure.start)])
    words = [word for word in reading.words if figure.end <= word.start < end]
    folded = {word.root: fold_word(reading.text[word.start : word.end]) for word in words}
    return {root: word for root, word in folded.items() if _is_noun(word)}


_COUNTED = (
    r"(?:\s+of (?:the |its |their )?|(?: of (?:them|these|those|whom))? (?:(?:were|are)(?= \w+s\b)|(?:was|is) an?|about))?"
    r"(?:\s(?!(?:of|and|or|but|in|on|at|by|to|from|for|with|who|whom|that|which|were|was|had|have|are|is)\b)[\w'-]+){1,5}"
)
"""What stands behind a figure up to a preposition, a verb or a mark."""


def _is_noun(word: str) -> bool:
    return count_kinds(word, "n") > 0 and not is_past(word)


def find_other_doer(reading: Reading, best: FactMatch) -> str:
    """Return by whom a sentence says something was done whom its fact only goes by, where that says by whom: *by the police*."""
    ours, theirs = (_list_doers(one) for one in (reading, best.claim.reading))
    if not theirs or not best.all_reached.isdisjoint(theirs):
        return ""
    return next((word for root, word in ours.items() if root in best.claim.sides), "")


def _list_doers(reading: Reading) -> dict[str, str]:
    """Return the nouns behind a *by*, by their roots."""
    spots = {match.end() for match in re.finditer(r"\bby (?:the |an? |some |its |their |his |her )?", reading.text)}
    words = {word.root: reading.text[word.start : word.end] for word in reading.words if word.start in spots}
    return {root: word for root, word in words.items() if _is_noun(fold_word(word))}


def find_rate(reading: Reading, best: FactMatch) -> str:
    """Return how much a sentence says was paid or done in each month, where its fact says nothing of how often."""
    base = best.claim.reading
    for said in reading.quantities:
        own = [one for one in base.quantities if one.value == said.value]
        if said.unit == "rate" and own and all(one.unit == "" for one in own) and not re.search(_EACH, base.text):
            return reading.text[said.start : said.end]
    return ""


_EACH = r"(?i)\b(?:an?|per|each|every) (?:year|month|week|day|hour|head|person|night)\b|\b(?:dai|week|month|year|annual|hour)ly\b"
