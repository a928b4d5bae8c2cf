"""General English that the judge of statements knows of itself: the word lists beside this module, each read once.

Nothing in them comes from one base: what a base calls its own people, places and bodies is read from its facts and topics.
"""

from __future__ import annotations

from functools import lru_cache

from rightscli.tables import read_table

_FOLDER = "check/stated"


@lru_cache(maxsize=1)
def list_bodies() -> tuple[tuple[str, ...], ...]:
    """Return the bodies of the world, each as its names, the first for all."""
    return tuple(names for (names,) in read_table(f"{_FOLDER}/bodies.txt"))


@lru_cache(maxsize=1)
def list_body_words() -> frozenset[str]:
    """Return the words that make a run of capitals the name of a body."""
    return _read_words("bodywords")


@lru_cache(maxsize=1)
def list_titles() -> frozenset[str]:
    """Return the titles that stand before a person's name."""
    return _read_words("titles")


@lru_cache(maxsize=1)
def list_stop_words() -> frozenset[str]:
    """Return the words that say nothing when statements are compared."""
    return _read_words("stopwords")


@lru_cache(maxsize=1)
def list_agents() -> tuple[tuple[str, ...], ...]:
    """Return groups of words for who may do a thing, the first for all."""
    return tuple(words for (words,) in read_table(f"{_FOLDER}/agents.txt"))


@lru_cache(maxsize=1)
def list_opposites() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Return pairs: words for one thing, the first for all, and words for its opposite."""
    return tuple((words, against) for words, against in read_table(f"{_FOLDER}/opposites.txt"))


@lru_cache(maxsize=1)
def list_negators() -> frozenset[str]:
    """Return the words that turn what follows them, or what they are said of, into its contrary."""
    return frozenset(word for (word,), _ in read_table(f"{_FOLDER}/negators.txt"))


@lru_cache(maxsize=1)
def list_passive_negators() -> frozenset[str]:
    """Return the negators that may stand behind what they turn: ``dissent is banned``."""
    return frozenset(word for (word,), places in read_table(f"{_FOLDER}/negators.txt") if places)


@lru_cache(maxsize=1)
def map_phrasal_verbs() -> dict[tuple[str, str], str]:
    """Return pairs of words that stand for one, and this word.

    It is told where the second of them stands, and the first tells nothing.
    """
    pairs = ((phrase.split(), word) for (phrase,), (word,) in read_table(f"{_FOLDER}/phrasal.txt"))
    return {(first, second): word for (first, second), word in pairs}


def _read_words(name: str) -> frozenset[str]:
    return frozenset(word for ((word,),) in read_table(f"{_FOLDER}/{name}.txt"))
