"""A word's root as statements are compared by it: one for all its inflections, spellings, synonyms and opposites."""

from __future__ import annotations

import re
from functools import lru_cache

from rightscli.check.stated.lexicon import (
    list_agents,
    list_opposites,
    list_stop_words,
)
from rightscli.check.stated.thesaurus import IRREGULAR, find_lemmas, find_positive
from rightscli.tables import read_labels
from rightscli.text.figures import straighten_text
from rightscli.text.folding import fold_text
from rightscli.text.numerals import GROUPED, read_digits
from rightscli.text.spelling import unify_spelling
from rightscli.text.stems import find_root

TOKEN = r"(?:[A-Z]\.){2,}|(?:[Nn]on-)?[^\W_]+(?:'[^\W_]+)*"
"""A word; *non-political* is one, and no *political*."""


@lru_cache(maxsize=1)
def map_roots() -> dict[str, tuple[str, int]]:
    """Return each known root's common root, and -1 where it is that root's opposite."""
    known: dict[str, tuple[str, int]] = {}
    for good, bad in list_opposites():
        first = bare_root(good[0])
        for words, sign in ((good, 1), (bad, -1)):
            known.update((bare_root(word), (first, sign)) for word in words)
    return known


@lru_cache(maxsize=1)
def list_common_roots() -> frozenset[str]:
    """Return the roots that stand for several words; a name is none of them."""
    return frozenset(root for root, _ in map_roots().values())


@lru_cache(maxsize=1)
def list_opposed_roots() -> frozenset[str]:
    """Return the common roots that have an opposite."""
    return frozenset(root for root, sign in map_roots().values() if sign < 0)


@lru_cache(maxsize=1)
def map_agents() -> dict[str, str]:
    """Return the words for who may do a thing, each with the first of its group."""
    return {word: group[0] for group in list_agents() for word in group}


@lru_cache(maxsize=65536)
def bare_root(word: str) -> str:
    """Return the root of *word* by itself, no synonym's; nothing of one that is all signs."""
    folded = fold_word(word)
    return find_root(unify_spelling(folded)) if folded else ""


@lru_cache(maxsize=1)
def _list_opposed() -> frozenset[str]:
    """Return the words that have an opposite, which say something even where they are common."""
    return frozenset(word for pair in list_opposites() for words in pair for word in words)


@lru_cache(maxsize=65536)
def fold_word(word: str) -> str:
    """Return *word* folded, without a possessive."""
    folded = fold_text(word)
    return re.sub("['.]|(?<=^non)-", "", folded.removesuffix("'s")) if not folded.isalnum() else folded


_OTHERWISE_ROOTED = frozenset("author authors authorities authority law laws".split())
"""Words that have the stem of another: those in office authorise, and are not authorised; what a law says may be unlawful."""
_IRREGULAR_ALONE = {
    form: verb
    for form, verb in IRREGULAR.items()
    if form not in ("people", "left", "found", "felt", "saw", "bore", "bound", "lay")
}
"""Forms of irregular verbs that are nothing else: *drunk*, *broken*."""


@lru_cache(maxsize=65536)
def root_word(word: str) -> tuple[str, int]:
    """Return the root that *word*, as it stands in a text, is compared by, and its sign; no root where it says nothing."""
    folded = fold_word(word)
    if (folded in list_stop_words() and folded not in _list_opposed()) or len(folded) < 3 or folded.isdecimal():
        return "", 1
    form = unify_spelling(_IRREGULAR_ALONE.get(folded, folded))
    if form.isdecimal():
        return "", 1
    root = find_root(find_positive(folded) or form)
    if folded in _OTHERWISE_ROOTED:
        return folded, 1
    # The stem of *added* is *ad*; a word of the list is known in all its inflections.
    known = map_roots()
    if root in known:
        return known[root]
    return next((known[one] for one in map(bare_root, find_lemmas(folded)) if one in known), (root, 1))


@lru_cache(maxsize=65536)
def gate_word(word: str) -> str:
    """Return what *word* is looked up by to find the facts that a text may restate: its root, or a number's digits."""
    if word.isdecimal():
        return "#" + word if len(word) > 1 else ""
    return root_word(word)[0]


def list_gates(text: str) -> tuple[str, ...]:
    """Return what the words and figures of *text* are looked up by (see ``gate_word``), each once, in order.

    In order, because what they weigh is added up, which is not the same in any other to the last bit.
    """
    text = straighten_text(text)
    if not re.search(r"\d", text):
        return tuple(dict.fromkeys(map(gate_word, re.findall(r"[^\W_]+", text))))
    words = re.findall(rf"(?<![^\W_])(?:{GROUPED})(?![^\W_])|[^\W_]+", text)
    forms = (read_digits(word)[0] if word[0].isdecimal() else word for word in words)
    return tuple(dict.fromkeys(map(gate_word, forms)))


@lru_cache(maxsize=4)
def _list_light_words(*kinds: str) -> frozenset[str]:
    """Return the words that assert nothing by themselves as those of one of *kinds*: *verbs*, *nouns*, *others*."""
    return frozenset(
        word
        for kind, line in read_labels("check/stated/light.txt")
        if kind in kinds
        for word in line.split()
        if "-" not in word
    )


@lru_cache(maxsize=65536)
def is_light(word: str, *, as_noun: bool = False) -> bool:
    """Tell whether *word*, as it stands in a text, asserts nothing by itself, in whatever inflection.

    A noun's past tense is another word: an *order*, and *ordered*. *as_noun*: where it can be no verb, *their rank*.
    """
    folded = fold_word(word)
    kinds = (
        ("nouns", "others")
        if as_noun
        else ("verbs", "others")
        if folded.endswith("ed")
        else ("verbs", "nouns", "others")
    )
    return bool(_list_light_words(*kinds) & {folded, *find_lemmas(folded)})


MORE = root_word("more")[0]
"""The root of all that is more or rises, and, with the other sign, of what is less or falls."""
