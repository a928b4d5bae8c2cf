"""How two English words are related: the same, one broader, opposites, of one sort; by ``thesaurus.txt`` (from WordNet)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from rightscli.files import read_bytes

_LIMIT = 1 << 22
_KINDS = "nvar"


class Sense(NamedTuple):
    """A meaning of a word: its *number* in the thesaurus; *above*: not the meaning itself, but the one above it; its *kind*."""

    number: int
    above: bool
    kind: str


class Thesaurus(NamedTuple):
    """The *senses* of each word, the sense *over* each sense, the words *opposed* to each word and those *derived* from it."""

    senses: dict[str, tuple[Sense, ...]]
    over: dict[int, int]
    opposed: dict[str, frozenset[str]]
    derived: dict[str, frozenset[str]]


@lru_cache(maxsize=1)
def read_thesaurus() -> Thesaurus:
    """Return the thesaurus that comes with the program."""
    path = str(Path(__file__).with_name("thesaurus.txt"))
    parts = read_bytes(path, limit=_LIMIT, what="a thesaurus").decode().split("\n\n")[1:]
    words, over, opposed, derived = (part.strip().splitlines() for part in parts)
    senses: dict[str, tuple[Sense, ...]] = {}
    for line in words:
        word, *kinds = line.split(" ")
        senses[word] = tuple(
            Sense(int(number.lstrip("^")), number[0] == "^", kind[0])
            for kind in kinds
            for number in kind[1:].split(",")
        )
    steps = (line.split(">") for line in over)
    return Thesaurus(
        senses, {int(one): int(other) for one, other in steps}, _pair_words(opposed, " ! "), _pair_words(derived, " ~ ")
    )


def _pair_words(lines: list[str], sign: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in lines:
        one, other = line.split(sign)
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {word: frozenset(words) for word, words in found.items()}


_ENDINGS = (("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", ""))
_IRREGULAR = {
    "men": "man", "women": "woman", "children": "child", "people": "person", "held": "hold", "met": "meet", "sent": "send",
    "fell": "fall", "fallen": "fall", "rose": "rise", "risen": "rise", "took": "take", "taken": "take", "gave": "give",
    "given": "give", "paid": "pay", "kept": "keep", "left": "leave", "lost": "lose", "won": "win", "found": "find",
    "fled": "flee", "sought": "seek", "began": "begin", "begun": "begin", "grew": "grow", "grown": "grow", "led": "lead",
    "built": "build", "brought": "bring", "caught": "catch", "broke": "break", "broken": "break", "forbidden": "forbid",
    "dealt": "deal", "told": "tell", "said": "say", "known": "know", "knew": "know", "spoken": "speak", "spoke": "speak",
    "went": "go", "gone": "go", "made": "make", "saw": "see", "seen": "see", "came": "come", "put": "put", "wrote": "write",
    "written": "write", "stood": "stand", "fought": "fight", "taught": "teach", "stolen": "steal", "stole": "steal",
    "chose": "choose", "chosen": "choose", "withdrew": "withdraw", "withdrawn": "withdraw", "thought": "think",
}  # fmt: skip


@lru_cache(maxsize=65536)
def find_lemmas(word: str) -> tuple[str, ...]:
    """Return the words of the thesaurus that a folded *word* may be an inflection of, the likeliest first."""
    known = read_thesaurus().senses
    found = [word] if word in known else []
    if word in _IRREGULAR:
        return (*found, _IRREGULAR[word])
    for ending, bare in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)] + bare
            doubled = stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] and not bare else stem
            found += [one for one in dict.fromkeys((stem, doubled)) if one in known and one not in found]
    return tuple(found)


def find_positive(word: str) -> str:
    """Return the adjective of which a folded *word* is the superlative: ``likely`` of ``likeliest``; nothing of others."""
    senses = read_thesaurus().senses
    for ending, bare in (("iest", "y"), ("est", "e"), ("est", "")):
        stem = word[: -len(ending)] + bare
        for one in (stem, stem[:-1] if stem[-1:] == stem[-2:-1] else ""):
            if word.endswith(ending) and any(sense.kind == "a" for sense in senses.get(one, ())):
                return one
    return ""


class Meaning(NamedTuple):
    """What a word may mean: its *own* senses, those just *above* them, and those above these (*high*)."""

    lemmas: frozenset[str]
    own: frozenset[int]
    above: frozenset[int]
    high: frozenset[int]


@lru_cache(maxsize=65536)
def find_meaning(word: str) -> Meaning:
    """Return what a folded *word* may mean; nothing, of one that the thesaurus lacks."""
    thesaurus = read_thesaurus()
    lemmas = find_lemmas(word)
    kin = {other for lemma in lemmas for other in thesaurus.derived.get(lemma, ())}
    senses = [sense for lemma in (*lemmas, *kin) for sense in thesaurus.senses.get(lemma, ())]
    own = frozenset(sense.number for sense in senses if not sense.above)
    above = {thesaurus.over[number] for number in own if number in thesaurus.over}
    above |= {sense.number for sense in senses if sense.above}
    high = {thesaurus.over[number] for number in above if number in thesaurus.over}
    return Meaning(frozenset(lemmas) | kin, own, frozenset(above), frozenset(high))


def is_covered(said: str, base: str) -> bool:
    """Tell whether *base* may mean what is *said*, or a kind of it: ``jail`` of ``prison``, ``person`` of ``worker``."""
    one, other = find_meaning(said), find_meaning(base)
    return bool(one.lemmas & other.lemmas or one.own & (other.own | other.above))


def are_opposed(said: str, base: str) -> bool:
    """Tell whether two words are opposites: ``rise`` and ``fall``."""
    opposed = read_thesaurus().opposed
    others = {word for lemma in find_meaning(said).lemmas for word in opposed.get(lemma, ())}
    return bool(others & find_meaning(base).lemmas)


def are_of_one_sort(said: str, base: str) -> bool:
    """Tell whether two words are kinds of the same thing, and neither of the other: ``women`` and ``men``."""
    one, other = find_meaning(said), find_meaning(base)
    return bool(one.above & other.above) and not is_covered(said, base) and not is_covered(base, said)
