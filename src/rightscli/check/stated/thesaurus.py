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
IRREGULAR = {
    "arose": "arise", "ate": "eat", "awoke": "awake", "beat": "beat", "beaten": "beat", "became": "become", "began": "begin",
    "begun": "begin", "bent": "bend", "blew": "blow", "blown": "blow", "bore": "bear", "borne": "bear", "bought": "buy",
    "bound": "bind", "bred": "breed", "broke": "break", "broken": "break", "brought": "bring", "built": "build",
    "burnt": "burn", "came": "come", "caught": "catch", "children": "child", "chose": "choose", "chosen": "choose",
    "clung": "cling", "crept": "creep", "dealt": "deal", "drawn": "draw", "drew": "draw", "driven": "drive", "drove": "drive",
    "drank": "drink", "drunk": "drink",
    "dug": "dig", "eaten": "eat", "fallen": "fall", "fed": "feed", "fell": "fall", "felt": "feel", "fled": "flee",
    "flew": "fly", "flown": "fly", "forbade": "forbid", "forbidden": "forbid", "forgave": "forgive", "forgiven": "forgive",
    "forgot": "forget", "forgotten": "forget", "forsook": "forsake", "fought": "fight", "found": "find", "froze": "freeze",
    "frozen": "freeze", "gave": "give", "given": "give", "gone": "go", "grew": "grow", "grown": "grow", "heard": "hear",
    "held": "hold", "hid": "hide", "hidden": "hide", "hung": "hang", "kept": "keep", "knelt": "kneel", "knew": "know",
    "known": "know", "laid": "lay", "lain": "lie", "learnt": "learn", "led": "lead", "left": "leave", "lent": "lend",
    "lit": "light", "lost": "lose", "made": "make", "meant": "mean", "men": "man", "met": "meet", "mistook": "mistake",
    "overcame": "overcome", "overthrew": "overthrow", "overthrown": "overthrow", "overtook": "overtake", "paid": "pay",
    "people": "person", "proven": "prove", "put": "put", "ran": "run", "rang": "ring", "risen": "rise", "rode": "ride",
    "rose": "rise", "said": "say", "sang": "sing", "sank": "sink", "sat": "sit", "saw": "see", "seen": "see", "sent": "send",
    "shaken": "shake", "shook": "shake", "shot": "shoot", "slept": "sleep", "slid": "slide", "sold": "sell", "sought": "seek",
    "spent": "spend", "spoke": "speak", "spoken": "speak", "sprang": "spring", "spun": "spin", "stole": "steal",
    "stolen": "steal", "stood": "stand", "strove": "strive", "struck": "strike", "stuck": "stick", "stung": "sting",
    "sung": "sing", "sunk": "sink", "swam": "swim", "swept": "sweep", "swore": "swear", "sworn": "swear", "taken": "take",
    "taught": "teach", "thought": "think", "threw": "throw", "thrown": "throw", "told": "tell", "took": "take",
    "tore": "tear", "torn": "tear", "understood": "understand", "undertaken": "undertake", "undertook": "undertake",
    "underwent": "undergo", "upheld": "uphold", "went": "go", "wept": "weep", "withdrawn": "withdraw", "withdrew": "withdraw",
    "withheld": "withhold", "withstood": "withstand", "women": "woman", "won": "win", "wore": "wear", "worn": "wear",
    "written": "write", "wrote": "write",
}  # fmt: skip


@lru_cache(maxsize=65536)
def find_lemmas(word: str) -> tuple[str, ...]:
    """Return the words of the thesaurus that a folded *word* may be an inflection of, the likeliest first."""
    known = read_thesaurus().senses
    found = [word] if word in known else []
    if word in IRREGULAR:
        return (*found, IRREGULAR[word])
    for ending, bare in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[: -len(ending)] + bare
            doubled = stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] and not bare else stem
            found += [one for one in dict.fromkeys((stem, doubled)) if one in known and one not in found]
    return tuple(found)


def is_inflected(word: str) -> bool:
    """Tell whether a folded *word* may be a verb in the past or of the third person."""
    return word in IRREGULAR or word.endswith("s") or _is_formed(word)


def _is_formed(word: str) -> bool:
    """Tell whether *word* ends in *ed* because it is the past of another: not *bed*."""
    return word.endswith("ed") and any(lemma != word for lemma in find_lemmas(word))


def is_verb(word: str) -> bool:
    """Tell whether a folded *word* may be a verb."""
    senses = read_thesaurus().senses
    return any(sense.kind == "v" for lemma in find_lemmas(word) for sense in senses.get(lemma, ()))


@lru_cache(maxsize=65536)
def count_kinds(word: str, kind: str) -> int:
    """Return how many senses of a *kind* (``n``, ``v``, ``a``, ``r``) a folded *word* has."""
    senses = read_thesaurus().senses
    return sum(sense.kind == kind for lemma in find_lemmas(word) for sense in senses.get(lemma, ()))


def is_past(word: str) -> bool:
    """Tell whether a folded *word* may be a verb in the past or its participle."""
    is_formed = word in IRREGULAR or word in _UNCHANGED or _is_formed(word)
    return is_formed and word not in PLURALS and is_verb(word)


_UNCHANGED = frozenset("cast cost cut hit hurt put quit set shed shut split spread".split())
"""Verbs whose past is as they are."""


PLURALS = ("children", "men", "people", "women")
"""Plurals without an *s*."""


def find_positive(word: str) -> str:
    """Return the adjective of which a folded *word* is the superlative: ``likely`` of ``likeliest``; nothing of others."""
    if not word.endswith("est"):
        return ""
    senses = read_thesaurus().senses
    for ending, bare in (("iest", "y"), ("est", "e"), ("est", "")):
        stem = word[: -len(ending)] + bare
        for one in (stem, stem[:-1] if stem[-1:] == stem[-2:-1] else ""):
            if word.endswith(ending) and any(sense.kind == "a" for sense in senses.get(one, ())):
                return one
    return ""


class Meaning(NamedTuple):
    """What a word may mean: its *own* senses, and those just *above* them."""

    lemmas: frozenset[str]
    own: frozenset[int]
    above: frozenset[int]


@lru_cache(maxsize=65536)
def find_meaning(word: str) -> Meaning:
    """Return what a folded *word* may mean; nothing, of one that the thesaurus lacks."""
    thesaurus = read_thesaurus()
    lemmas = find_lemmas(word)
    kin = {other for lemma in lemmas for other in thesaurus.derived.get(lemma, ())}
    # What is inflected as a verb is one: *objected* is no thing.
    is_deed = is_past(word)
    senses = [
        sense
        for lemma in (*lemmas, *kin)
        for sense in thesaurus.senses.get(lemma, ())
        if sense.kind == "v" or not is_deed or lemma == word or lemma in kin
    ]
    own = frozenset(sense.number for sense in senses if not sense.above)
    above = {thesaurus.over[number] for number in own if number in thesaurus.over}
    above |= {sense.number for sense in senses if sense.above}
    return Meaning(frozenset(lemmas) | kin, own, frozenset(above))


@lru_cache(maxsize=65536)
def find_role(word: str) -> Meaning | None:
    """Return what a folded *word* may mean as a word for a person, *student*, without what is derived from it; None where it is
    another word first."""
    thesaurus = read_thesaurus()
    lemmas = find_lemmas(word)
    senses = [sense for lemma in lemmas for sense in thesaurus.senses.get(lemma, ())]
    if is_past(word) or not senses or senses[0].kind != "n" or not _is_of_person(senses[0].number):
        return None
    numbers = [(sense.number, sense.above) for sense in senses if sense.kind == "n" and _is_of_person(sense.number)]
    own = frozenset(number for number, above in numbers if not above)
    return Meaning(frozenset(lemmas), own, frozenset(number for number, above in numbers if above))


@lru_cache(maxsize=65536)
def _is_of_person(number: int) -> bool:
    """Tell whether a sense is that of a person, or of a kind of person."""
    thesaurus = read_thesaurus()
    while number != thesaurus.senses["person"][0].number:
        if number not in thesaurus.over:
            return False
        number = thesaurus.over[number]
    return True


def is_covered(said: Meaning, base: Meaning) -> bool:
    """Tell whether *base* may mean what is *said*, or a kind of it: ``jail`` of ``prison``, ``person`` of ``worker``."""
    return not (
        said.lemmas.isdisjoint(base.lemmas) and said.own.isdisjoint(base.own) and said.own.isdisjoint(base.above)
    )


def are_kin(one: Meaning, other: Meaning) -> bool:
    """Tell whether either word may mean what the other does, or a kind of it."""
    return is_covered(one, other) or is_covered(other, one)


@lru_cache(maxsize=65536)
def find_opposites(word: str) -> frozenset[str]:
    """Return the opposites of what a folded *word* may mean; of *heated*, *unheated* too, which few thesauruses list."""
    opposed = read_thesaurus().opposed
    found = {other for lemma in _list_opposed_lemmas(word) for other in opposed.get(lemma, ())}
    if word.startswith("un") and is_past(word[2:]):
        found.add(word[2:])
    elif is_past(word):
        found.add(f"un{word}")
    return frozenset(found)


@lru_cache(maxsize=65536)
def are_opposed(said: str, base: str) -> bool:
    """Tell whether two words are opposites: ``rise`` and ``fall``, but not ``buy`` and ``sell``, which tell of one deed."""
    against = find_opposites(said) & (_list_opposed_lemmas(base) | {base})
    return bool(against) and not are_converse(said, base)


@lru_cache(maxsize=65536)
def are_converse(one: str, other: str) -> bool:
    """Tell whether two words tell of one thing from either side: ``buy`` and ``sell``, ``parents`` and ``children``."""
    pairs = ((ours, theirs) for ours in _list_opposed_lemmas(one) for theirs in _list_opposed_lemmas(other))
    return any(frozenset(pair) in _CONVERSE for pair in pairs)


def _list_opposed_lemmas(word: str) -> frozenset[str]:
    """Return what *word* may mean but for participles, whose opposites are not the verb's: *running* water, *standing* water."""
    lemmas = find_lemmas(word)
    known = frozenset(one for one in find_meaning(word).lemmas if one in lemmas or not one.endswith("ing"))
    # Lighter and heavier are as light and heavy are.
    positive = find_positive(f"{word.removesuffix('r')}st") if word.endswith("er") else ""
    return known | {positive} if positive else known


_CONVERSES = "buy sell, purchase sell, lend borrow, give take, parent child"
_CONVERSE = frozenset(frozenset(pair.split()) for pair in _CONVERSES.split(", "))
"""Verbs of one deed, told from either side; who does it to whom is for the parties to tell."""
