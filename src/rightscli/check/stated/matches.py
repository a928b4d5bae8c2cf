"""Which facts a sentence is near to, and it beside each: what each tells of the other, and where they conflict."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rightscli.check.stated import weights as w
from rightscli.check.stated.clues import Conflict, Reading, tell_form
from rightscli.check.stated.conflicts import MOST, Clues, compare_clues, counts_rest, is_worded_in
from rightscli.check.stated.halves import compare_halves
from rightscli.check.stated.lists import compare_lists
from rightscli.check.stated.moments import agree_dates, list_dates_written
from rightscli.check.stated.negations import compare_negations, deny_alike
from rightscli.check.stated.opposed import find_opposed
from rightscli.check.stated.orders import compare_orders
from rightscli.check.stated.parts import compare_parts
from rightscli.check.stated.roots import TOKEN, fold_word, is_light, list_gates, list_opposed_roots, root_word
from rightscli.check.stated.sorts import compare_sorts
from rightscli.check.stated.strengths import compare_strengths
from rightscli.check.stated.thesaurus import (
    Meaning,
    find_lemmas,
    find_meaning,
    find_role,
    is_covered,
    is_verb,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rightscli.check.stated.claims import Claim, Claims
    from rightscli.check.stated.clues import WordSaid
    from rightscli.check.stated.names import NameSaid
    from rightscli.text.dates import DateMention


Place = tuple[str, int]


class FactMatch(NamedTuple):
    """A sentence beside one fact.

    *told* are the places among the sentence's words that the fact tells, *direct* those in its claim's own words. *cover* is
    how much of the fact the sentence tells (or the one before it), *explained* how much of the sentence the fact tells, both
    from 0 to 1, weighed by how rare each word is; *score* is their mean.
    """

    claim: Claim
    clues: Clues
    conflicts: tuple[Conflict, ...]
    told: frozenset[int]
    direct: frozenset[int]
    cover: float
    explained: float
    is_cited: bool
    reached: frozenset[str]
    all_reached: frozenset[str]

    @property
    def pieces(self) -> int:
        """How many words, names, figures and dates of the fact the sentence says as the fact does."""
        return len(self.reached & self.claim.core.keys()) + len(self.clues.agreed_places)

    @property
    def is_of_pieces(self) -> bool:
        """Whether the sentence says enough *pieces* of the fact for it to be about it: a few words are anybody's."""
        claim = self.claim
        whole = len(claim.core) + len(claim.quantities) + len(claim.dates)
        return self.pieces >= min(w.PIECES, w.PIECES_SHARE * whole)

    @property
    def rank(self) -> float:
        """How far it comes first: one that contradicts nothing comes before another that is as like."""
        return self.score - (w.CONFLICTS if self.conflicts else 0.0)

    @property
    def score(self) -> float:
        """How like the two are."""
        mean: float = (self.cover * self.explained) ** 0.5
        return min(1.0, mean + (w.CITED_BONUS if self.is_cited else 0.0))


def choose_facts(text: str, claims: Claims, pinned: Iterable[Place], context: frozenset[str]) -> list[int]:
    """Return the facts that share enough with a sentence to be compared with it: those of what it cites, the likeliest, and the
    other facts of the likeliest one's paragraphs."""
    sums: dict[int, float] = {}
    total = 0.0
    for root in list_gates(text):
        postings = claims.postings.get(root)
        if postings is None:
            total += 0.0 if root[:1] in ("#", "") else 0.5
        elif postings:
            total += postings[0][1]
            for index, weight in postings:
                sums[index] = sums.get(index, 0.0) + weight
    gate = max(w.GATE, w.GATE_SHARE * total, w.RIVAL * max(sums.values(), default=0.0))
    likeliest = sorted((index for index, told in sums.items() if told >= gate), key=lambda index: (-sums[index], index))
    likeliest = likeliest[: w.MOST_COMPARED]
    cited = [index for place in sorted(pinned) for index in claims.places.get(place, ())]
    beside = [index for one in likeliest[:2] for index in claims.list_beside(one)]
    return list(dict.fromkeys([*cited, *likeliest, *beside, *_list_facts_before(claims, context)]))


@lru_cache(maxsize=256)
def _list_facts_before(claims: Claims, context: frozenset[str]) -> tuple[int, ...]:
    """Return the facts that the sentence before restates whole, and the other facts of their passages."""
    told = [index for index, fact in enumerate(claims.facts) if context and fact.core.keys() <= context]
    return tuple(index for one in told for index in claims.list_beside(one))


class _Laid(NamedTuple):
    """A sentence beside one fact, whatever stands before it and whatever it cites (see ``FactMatch``)."""

    clues: Clues
    told: frozenset[int]
    direct: frozenset[int]
    reached: frozenset[str]
    weight_told: float
    weight_all: float

    @property
    def explained(self) -> float:
        return self.weight_told / self.weight_all if self.weight_all else 0.0


def _measure_explained(reading: Reading, claims: Claims, laid: _Laid, conflicts: tuple[Conflict, ...]) -> float:
    """Return how much of a sentence a fact tells, of what does not conflict with it."""
    if not conflicts:
        return laid.explained
    differing = sum(
        weight
        for number, (word, weight, _, _) in enumerate(_list_weighed(reading, claims).words)
        if number not in laid.told and any(_is_at_odds(word, one) for one in conflicts)
    )
    left = laid.weight_all - min(differing, laid.weight_all - laid.weight_told)
    return laid.weight_told / left if left else 0.0


def _is_at_odds(word: WordSaid, conflict: Conflict) -> bool:
    """Tell whether a word differs itself; of a negation only what it begins with: not all that it reaches."""
    if conflict.kind == "negation":
        return word.start == conflict.start
    return conflict.start <= word.start < conflict.end


def match_fact(
    reading: Reading, claim: Claim, claims: Claims, places: frozenset[Place], context: frozenset[str]
) -> FactMatch | None:
    """Return a sentence beside one fact; None where it is not near to it, and does not cite it."""
    is_cited = not places.isdisjoint(claim.places)
    if not is_cited and not may_be_near(reading, claim, claims, context):
        return None
    laid = _lay_beside(reading, claim, claims)
    cover = _measure_cover(claim, laid.reached, len(laid.clues.agreed_places), laid.clues.base_out, context)
    if not is_cited and (cover * laid.explained) ** 0.5 < w.NEAR:
        return None
    direct = {reading.words[number].root for number in laid.direct}
    denied = compare_negations(reading, claim, claims)
    if denied and counts_rest(reading, claim):
        denied = ()
    conflicts = (*laid.clues.conflicts, *denied, *_compare_words(reading, claim, laid.told, laid.reached))
    return FactMatch(
        claim,
        laid.clues,
        conflicts,
        laid.told,
        laid.direct,
        cover,
        _measure_explained(reading, claims, laid, conflicts),
        is_cited,
        frozenset(key for key in laid.reached if key[0] == "=" or key in direct),
        laid.reached,
    )


def _lay_beside(reading: Reading, claim: Claim, claims: Claims) -> _Laid:
    """Return what a sentence and a fact tell of each other."""
    clues = compare_clues(reading, claim, claims)
    told, direct, roots, weight_told, weight_all = _lay_words_beside(reading, claim, claims)
    reached = {*clues.found, *roots}
    for name in reading.names:
        key = f"={name.key}"
        if name.key in claims.authors:
            continue
        weight = claims.weigh(key)
        known = key in claim.core or key in claim.sides or (name.start, name.end) in clues.met
        weight_all += 0.0 if key in clues.left_out else weight
        weight_told += weight if known and key not in clues.left_out else 0.0
        if known:
            reached.add(key)
    typed = len(clues.agreed_places)
    weight_all += typed + 0.4 * len(clues.strange)
    return _Laid(clues, told, direct, frozenset(reached), weight_told + typed, weight_all)


def may_be_near(reading: Reading, claim: Claim, claims: Claims, context: frozenset[str]) -> bool:
    """Tell whether a sentence may be near to a fact, were all of its figures, dates and names the fact's that can be: most are
    not, and need no comparison of these."""
    words = _lay_words_beside(reading, claim, claims)
    typed = _count_answered(reading, claim)
    agreed = typed + sum(
        claims.weigh(f"={name.key}")
        for name in reading.names
        if name.key not in claims.authors and _may_be_met(name, reading.text[name.start : name.end], claim)
    )
    names = _list_name_keys(claim) if reading.names else frozenset()
    cover = _measure_cover(claim, words.roots | names, typed, frozenset(), context)
    whole = words.weight_all + agreed
    return bool(whole) and (cover * (words.weight_told + agreed) / whole) ** 0.5 >= w.NEAR


def _count_answered(reading: Reading, claim: Claim) -> int:
    """Return how many figures and dates of *reading* the fact may agree with, at most: not more than those that it can answer."""
    has_figures = bool(claim.quantities) or claim.reading.signs.get(MOST, 0) != 0
    dates = sum(_is_answered(one, reading, claim) for one in reading.dates) if claim.dates else 0
    return dates + (len(reading.quantities) if has_figures else 0)


def _is_answered(said: DateMention, reading: Reading, claim: Claim) -> bool:
    is_written = reading.text[said.start : said.end].lower() in list_dates_written(claim)
    return is_written or any(agree_dates(said, base) for base in claim.dates)


def _may_be_met(said: NameSaid, text: str, claim: Claim) -> bool:
    """Tell whether a fact may have a name of a sentence, there its *text*, under that name or another, or its words."""
    if f"={said.key}" in claim.core or f"={said.key}" in claim.sides:
        return True
    is_worded = said.kind in ("institution", "name") and is_worded_in(text, claim)
    return is_worded or any(said.may_be(name) for name in claim.names)


@lru_cache(maxsize=4096)
def _list_name_keys(claim: Claim) -> frozenset[str]:
    return frozenset(key for key in claim.core if key[0] == "=")


class _WordsLaid(NamedTuple):
    """The words of a sentence beside a fact (see ``FactMatch``): which *roots* of the fact they reach, and what they weigh."""

    told: frozenset[int]
    direct: frozenset[int]
    roots: frozenset[str]
    weight_told: float
    weight_all: float


@lru_cache(maxsize=256)
def _lay_words_beside(reading: Reading, claim: Claim, claims: Claims) -> _WordsLaid:
    """Return what the words of a sentence, without its figures, dates and names, and a fact tell of each other."""
    told: set[int] = set()
    direct: set[int] = set()
    reached: set[str] = set()
    weight_told = 0.0
    said = _list_weighed(reading, claims)
    for number, (word, weight, kin, is_definite) in enumerate(said.words):
        bearer = _find_bearer(word.root, kin, is_definite, claim)
        if not bearer:
            continue
        factor, root = bearer
        is_direct = word.root in claim.core
        if is_direct:
            direct.add(number)
        if root:
            reached.add(root)
        reached |= claim.also.get(word.root, frozenset())
        is_turned = (
            _is_turned(word, root, reading, claim) if root else word.sign * claim.side_signs.get(word.root, 0) < 0
        )
        if not is_turned:
            told.add(number)
        if not (is_turned and is_direct and root in list_opposed_roots()):
            weight_told += weight * factor
    return _WordsLaid(frozenset(told), frozenset(direct), frozenset(reached), weight_told, said.weight)


class _Weighed(NamedTuple):
    """The *words* of a sentence, each with its weight, folded where another that means the same may stand for it, and whether
    it may stand for a thing that is named (see ``_DEFINITE``); and what all of them weigh."""

    words: tuple[tuple[WordSaid, float, str, bool], ...]
    weight: float


@lru_cache(maxsize=256)
def _list_weighed(reading: Reading, claims: Claims) -> _Weighed:
    """Return the words of the sentence as they are laid beside each fact."""
    words = []
    for word in reading.words:
        said = reading.text[word.start : word.end]
        # What any report says tells little.
        weight = claims.weigh(word.root) * (w.FRAME if is_light(said) else 1.0)
        # *Done away* is told where *away* stands, and means nothing of that.
        kin = fold_word(said) if root_word(said)[0] == word.root else ""
        is_definite = bool(re.search(_DEFINITE, reading.text[max(0, word.start - 8) : word.start]))
        words.append((word, weight, kin, is_definite))
    return _Weighed(tuple(words), sum(weight for _, weight, _, _ in words))


@lru_cache(maxsize=65536)
def _find_bearer(root: str, kin: str, is_definite: bool, claim: Claim) -> tuple[float, str] | None:
    """Return how far a fact bears a word out, from 0 to 1, and which root of its claim that is, if any; None where it does not.

    *kin* is the word folded, where another may stand for it. One that *is_definite* may be short for a body or place of the
    fact: *the court*, of the Election Court.
    """
    if root in claim.core:
        return 1.0, root
    if root in claim.sides:
        return claim.sides[root], ""
    if is_definite:
        for one in claim.names:
            if one.kind in ("institution", "name") and root in one.words and _is_word_of(kin, one, claim):
                return w.COVERED, f"={one.key}"
    other = _find_kin(kin, is_definite, claim) if kin else ""
    return (w.COVERED, other) if other else None


def _is_word_of(said: str, name: NameSaid, claim: Claim) -> bool:
    """Tell whether a folded word stands in a name, in whatever inflection: *university* has the root of *Universal* alone."""
    words = map(fold_word, re.findall(TOKEN, claim.reading.text[name.start : name.end]))
    forms = {said.removesuffix("s"), *find_lemmas(said)}
    return not said or any(forms & {word.removesuffix("s"), *find_lemmas(word)} for word in words)


_DEFINITE = r"(?i)\b(?:the|this|that|its|their)\s+$"


def _is_turned(word: WordSaid, root: str, reading: Reading, claim: Claim) -> bool:
    """Tell whether the sentence denies what the fact affirms, or the other way round."""
    own = claim.reading.signs.get(root, 0)
    if own == 0 and word.sign < 0 and root in list_opposed_roots():
        # A fall in a figure is not told by somebody's rise.
        return tell_form(word, reading) < 0 and _lacks_contrary(claim.reading, root)
    return word.sign * own < 0 and not deny_alike(reading, claim.reading)


@lru_cache(maxsize=4096)
def _lacks_contrary(reading: Reading, root: str) -> bool:
    """Tell whether all words of a text that have a *root* with an opposite are the good one of the two."""
    return all(tell_form(word, reading) > 0 for word in reading.words if word.root == root)


def _find_kin(word: str, is_noun: bool, claim: Claim) -> str:
    """Return the root of a fact's word that may mean what *word* does, or a kind of it; nothing where there is none.

    A judge tries somebody, and is no trial: what is surely a word for a person means none of what is derived from it.
    """
    role = find_role(word) if is_noun or not is_verb(word) else None
    meaning = role or find_meaning(word)
    if not meaning.lemmas or not is_covered(meaning, _join_meanings(claim)):
        return ""
    return next(claim.list_kin(meaning), "")


@lru_cache(maxsize=4096)
def _join_meanings(claim: Claim) -> Meaning:
    """Return all that the words of a fact may mean."""
    parts = zip(*claim.meanings.values(), strict=True)
    lemmas, own, above = (frozenset().union(*part) for part in parts) if claim.meanings else (frozenset(),) * 3
    return Meaning(lemmas, own, above)


def _measure_cover(
    claim: Claim, reached: frozenset[str], typed: int, base_out: frozenset[str], context: frozenset[str]
) -> float:
    """Return how much of a fact the sentence tells: of all of it, or of the clause that it opens with, whichever is more.

    *reached* are the keys that it tells, *typed* how many figures and dates; *base_out* are those in conflict.
    """
    best = 0.0
    for keys, whole in _list_parts(claim):
        said = sum([weight for key, weight in keys if key in reached and key not in base_out])
        kept = whole
        if base_out or context:
            kept = sum([one for key, one in keys if key not in base_out and (key in reached or key not in context)])
        # What is left of a fact without the clues that differ may be too little to go by.
        left = typed + max(kept, w.LEAST_LEFT * whole)
        if left:
            best = max(best, (typed + said) / left)
    return best


@lru_cache(maxsize=65536)
def _list_parts(claim: Claim) -> tuple[tuple[tuple[tuple[str, float], ...], float], ...]:
    """Return the keys of a claim, and those of the clause that it opens with, with their weights and what these are together."""
    parts = [tuple(claim.core.items()), tuple((key, claim.core[key]) for key in claim.core if key in claim.main)]
    return tuple((keys, sum(weight for _, weight in keys)) for keys in parts if keys)


@lru_cache(maxsize=16384)
def _compare_words(
    reading: Reading, claim: Claim, told: frozenset[int], reached: frozenset[str]
) -> tuple[Conflict, ...]:
    """Return where a word of the sentence is the opposite of a word of the fact that the sentence does not say."""
    found = [*compare_sorts(reading, claim.reading), *compare_strengths(reading, claim.reading)]
    found += [*compare_orders(reading, claim.reading), *compare_parts(reading, claim.reading)]
    found += [*compare_halves(reading, claim.reading), *compare_lists(reading, claim.reading)]
    return (*found, *find_opposed(reading, claim, told, reached))
