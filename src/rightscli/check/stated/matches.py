"""Which facts a sentence is near to, and it beside each: what each tells of the other, and where they conflict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightscli.check.stated import weights as w
from rightscli.check.stated.clues import Conflict, Reading
from rightscli.check.stated.conflicts import Clues, compare_clues
from rightscli.check.stated.negations import deny_alike
from rightscli.check.stated.roots import fold_word, is_light, list_gates, list_opposed_roots
from rightscli.check.stated.sorts import compare_sorts
from rightscli.check.stated.strengths import compare_strengths
from rightscli.check.stated.thesaurus import are_opposed, find_meaning

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rightscli.check.stated.claims import Claim, Claims
    from rightscli.check.stated.clues import WordSaid


Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class FactMatch:
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

    @property
    def rank(self) -> float:
        """How far it comes first: one that contradicts nothing comes before another that is as like."""
        return self.score - (w.CONFLICTS if self.conflicts else 0.0)

    @property
    def score(self) -> float:
        """How like the two are."""
        mean: float = (self.cover * self.explained) ** 0.5
        return min(1.0, mean + (w.CITED_BONUS if self.is_cited else 0.0))


def choose_facts(reading: Reading, claims: Claims, pinned: Iterable[Place], context: frozenset[str]) -> list[int]:
    """Return the facts that share enough with a sentence to be compared with it: those of what it cites, the likeliest, and
    the other facts of the likeliest one's paragraphs."""
    sums: dict[int, float] = {}
    total = 0.0
    for root in list_gates(reading.text):
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
    beside = [
        index for one in likeliest[:2] for place in sorted(claims.facts[one].places) for index in claims.places[place]
    ]
    told = [index for index, fact in enumerate(claims.facts) if context and fact.core.keys() <= context]
    near = [index for one in told for place in sorted(claims.facts[one].places) for index in claims.places[place]]
    return list(dict.fromkeys([*cited, *likeliest, *beside, *near]))


def match_fact(
    reading: Reading, claim: Claim, claims: Claims, places: frozenset[Place], context: frozenset[str]
) -> FactMatch:
    """Return a sentence beside one fact."""
    clues = compare_clues(reading, claim, claims)
    told: set[int] = set()
    direct: set[int] = set()
    reached: set[str] = set()
    weight_told = weight_all = 0.0
    for number, word in enumerate(reading.words):
        weight = _weigh_word(word, reading, claims)
        factor, root = _bear_word(word, reading, claim)
        weight_all += weight
        weight_told += weight * factor
        if factor:
            told.add(number)
        if root:
            reached.add(root)
        if word.root in claim.core:
            direct.add(number)
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
    reached |= clues.found
    typed = len(clues.agreed_places)
    weight_all += typed + 0.4 * len(clues.strange)
    weight_told += typed
    cover = _measure_cover(claim, reached, clues, context)
    explained = weight_told / weight_all if weight_all else 0.0
    conflicts = (*clues.conflicts, *_compare_words(reading, claim, told, reached))
    return FactMatch(
        claim,
        clues,
        conflicts,
        frozenset(told),
        frozenset(direct),
        cover,
        explained,
        bool(places & claim.places),
        frozenset(
            key for key in reached if key[0] == "=" or any(reading.words[number].root == key for number in direct)
        ),
    )


def _weigh_word(word: WordSaid, reading: Reading, claims: Claims) -> float:
    """Return how much a word of the sentence tells: little, where it says what any report says."""
    return claims.weigh(word.root) * (w.FRAME if is_light(reading.text[word.start : word.end]) else 1.0)


def _bear_word(word: WordSaid, reading: Reading, claim: Claim) -> tuple[float, str]:
    """Return how far a fact bears a word of the sentence out, from 0 to 1, and which root of its claim that is."""
    if word.root in claim.core:
        turned = word.sign * claim.reading.signs.get(word.root, 0) < 0 and word.root in list_opposed_roots()
        return (0.0, word.root) if turned and not deny_alike(reading, claim.reading) else (1.0, word.root)
    if word.root in claim.sides:
        return claim.sides[word.root], ""
    meaning = find_meaning(fold_word(reading.text[word.start : word.end]))
    for root, base in claim.meanings.items():
        if meaning.lemmas & base.lemmas or meaning.own & (base.own | base.above):
            return w.COVERED, root
    return 0.0, ""


def _measure_cover(claim: Claim, reached: set[str], clues: Clues, context: frozenset[str]) -> float:
    """Return how much of a fact the sentence tells: of all of it, or of the clause that it opens with, whichever is more."""
    typed = len(clues.agreed_places)
    best = 0.0
    for keys in (claim.core.keys(), claim.main):
        kept = {
            key: claim.core[key] for key in keys if key not in clues.base_out and (key in reached or key not in context)
        }
        # What is left of a fact without the clues that differ may be too little to go by.
        whole = typed + max(sum(kept.values()), w.LEAST_LEFT * sum(claim.core[key] for key in keys))
        if keys and whole:
            best = max(best, (typed + sum(weight for key, weight in kept.items() if key in reached)) / whole)
    return best


def _compare_words(reading: Reading, claim: Claim, told: set[int], reached: set[str]) -> tuple[Conflict, ...]:
    """Return where a word of the sentence is the opposite of a word of the fact that the sentence does not say."""
    found = [*compare_sorts(reading, claim.reading), *compare_strengths(reading, claim.reading)]
    base_text = claim.reading.text
    unsaid = [
        word
        for word in claim.reading.words
        # Somebody's rise is none of a figure's.
        if word.root not in reached and not base_text[: word.start].endswith(("'s ", "’s "))
    ]
    for number, word in enumerate(reading.words):
        if number in told:
            continue
        said = fold_word(reading.text[word.start : word.end])
        for other in unsaid:
            base = fold_word(claim.reading.text[other.start : other.end])
            if are_opposed(said, base) and word.sign * other.sign >= 0:
                spoken = reading.text[word.start : word.end]
                found.append(
                    Conflict("term", spoken, word.start, word.end, claim.reading.text[other.start : other.end])
                )
                break
    return tuple(found)
