"""When a search finds too little to be an answer, what the base does not know, and where to look instead."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from rightscli.search import weights
from rightscli.search.bitmaps import read_bitmap, unite_bitmaps
from rightscli.search.groups import Group
from rightscli.search.stopwords import STOP_WORDS
from rightscli.text.english import is_english, is_no_noun, is_noun, is_thing
from rightscli.text.words import split_words

if TYPE_CHECKING:
    from rightscli.records import Record
    from rightscli.search.ranking import Hit
    from rightscli.search.vocabulary import Vocabulary


def is_too_little(
    base: "Vocabulary", groups: Sequence[Group], places: Sequence[int], together: float, *, absent: float
) -> bool:
    """Tell whether the facts at *places* hold too little of a query, *together* at most, of which *absent* is not in the base.

    The more words each fact of a base has, the more of any query one of them holds by chance; the more so where its passage is
    looked at for words that no fact has.
    """
    plain, rich = weights.PLAIN_FACT, weights.RICH_FACT
    is_beyond = any(group.is_of_passage for group in groups)
    richness = 1.0 if is_beyond else min(1.0, max(0.0, (base.words_per_fact - plain) / (rich - plain)))
    most = weights.TOGETHER_AT_LEAST if absent or is_beyond else weights.SHARED_AT_LEAST
    least = weights.SHARED_AT_LEAST + richness * (most - weights.SHARED_AT_LEAST)
    # Of most queries a fact holds enough, whatever the words are that it lacks: their kinds need not be read.
    if together >= least:
        return False
    lowest = weights.HELD_AT_LEAST + richness * (most - weights.HELD_AT_LEAST)
    shares = _measure_shares(groups, places, absent=absent, by_kinds=True)
    return not any(share >= least or (share >= lowest and held >= weights.MUCH) for share, held in shares)


def measure_share(groups: Sequence[Group], places: Sequence[int], *, absent: float) -> float:
    """Return the greatest share of a query that one of the facts at *places* is trusted to hold; *absent* are in no fact."""
    return max(share for share, _ in _measure_shares(groups, places, absent=absent, by_kinds=False))


def _measure_shares(
    groups: Sequence[Group], places: Sequence[int], *, absent: float, by_kinds: bool
) -> list[tuple[float, float]]:
    """Return which share of a query each of the facts at *places* is trusted to hold, and how much that weighs.

    *by_kinds*, what a word weighs depends on whether it is a noun: more where a fact has it and it is none, less where others
    have it.
    """
    held = dict.fromkeys(places, 0.0)
    missed = dict.fromkeys(places, absent)
    sure = _list_sure(groups, places)
    for before, group in zip((None, *groups), groups, strict=False):
        # Of one with two names, the second says no more than the first: what is asked of them may still be another matter.
        if absent and before and 0 < group.whole == before.whole and not (is_english(group.words[0]) or group.parts):
            continue
        weighed, partial = group.weigh_places(places)
        if group.lacking:
            # It is one of the absent words already: where a word near to it stands, some of it is there.
            for place, share in partial.items():
                held[place] += group.lacking * share
                missed[place] -= group.lacking * share
            continue
        telling, lesser = _weigh_kind(group) if by_kinds else (1.0, 1.0)
        for place in places:
            trust = weights.TRUST_TOGETHER if place in sure and group.is_misspelt else group.trust
            share = partial.get(place, trust) if place in weighed else 0.0
            held[place] += group.rarity * share * telling
            missed[place] += group.rarity * (1 - share) * lesser
    # A share is a sum of parts: what is just enough must not fall short by the last of its binary digits.
    return [(round(held[place] / (held[place] + missed[place] or 1.0), 9), held[place]) for place in places]


def _list_sure(groups: Sequence[Group], places: Sequence[int]) -> set[int]:
    """Return which of the facts at *places* hold two words that were misspelt in the query: that both are there is no chance."""
    misspelt = [group for group in groups if group.is_misspelt]
    if len(misspelt) < 2:
        return set()
    return {place for place in places if sum(group.whole >> place & 1 for group in misspelt) > 1}


def _weigh_kind(group: Group) -> tuple[float, float]:
    """Return the factors of a group's rarity in a fact that has it, and in one that lacks what others have.

    A query of another matter shares the nouns of a subject, hardly ever what is said of them. A base's own names go without
    saying, and so does much of what a question is made of.
    """
    word = group.words[0]
    telling = group.generic or (len(group.words) == 1 and is_no_noun(word))
    lesser = group.generic or (len(group.words) == 1 and not is_noun(word))
    return weights.TELLING if telling else 1.0, weights.LESSER if lesser else 1.0


def list_absent(asked: Sequence[str], missed: Sequence[str]) -> list[str]:
    """Return the words that no fact can answer: those *missed*, and where the asker is (*near me*), which no base knows."""
    return [*missed, "me"] if ("near", "me") in pairwise(asked) else [*missed]


def count_absent(words: Sequence[str], query: str) -> float:
    """Return how many words a query's unknown ones count for: what is asked of one whom the base lacks is not in it.

    So a name counts for more: a word with a capital behind the first, where not all the words have one. What is no noun counts
    for little.
    """
    others = query.split()[1:]
    cased = words and any(word[:1].islower() and word not in STOP_WORDS for word in others)
    names = {name for word in others if cased and word[:1].isupper() for name in split_words(word)[:1]}
    return sum(weights.NAME_COUNT if word in names else 1.0 if is_thing(word) else weights.LESSER for word in words)


def names_another(
    base: "Vocabulary", asked: Sequence[str], groups: Sequence[Group], missed: Sequence[str], found: int
) -> bool:
    """Tell whether a query asks of another country what none of the facts of the bitmap *found* says of that one.

    That is a country that the base lacks (one of the words that were *missed*), or one in whose facts there is nothing else of
    the query.
    """
    from rightscli.text.names import find_countries

    named = find_countries(" ".join(asked))
    if any(word in missed for name, _ in named for word in name.split()):
        return True
    abroad = [names for _, names in named if not _is_home(base, names)]
    own = {word for name, _ in named for word in name.split()}
    others = [group.whole for group in groups if not group.generic and not own & {*group.words}]
    if len(abroad) != 1 or not others:
        return False
    # By any of its names: what is said of Chinese controls is said of China.
    saying = _find_saying(base, abroad[0]) & found
    near = saying & unite_bitmaps(others)
    return not _is_said(base, near, abroad[0]) and _is_said(base, saying ^ near, abroad[0])


def _is_home(base: "Vocabulary", names: Sequence[str]) -> bool:
    """Tell whether the base is about the country that goes by *names*: one of them is in a large share of its facts."""
    counts = base.count_facts(sorted({word for name in names for word in name.split()}))
    least = base.count * weights.HOME_SHARE
    return any(min(counts.get(word, 0) for word in name.split()) > least for name in names if name)


def _find_saying(base: "Vocabulary", names: Iterable[str]) -> int:
    """Return the bitmap of the facts that hold all the words of one of *names*."""
    numbers = base.number_words(sorted({word for name in names for word in name.split()}))
    held = base.get_bitmaps(numbers.values())
    saying = 0
    for words in (name.split() for name in names if name):
        both = -1
        for word in words:
            both &= held.get(numbers.get(word, -1), 0)
        saying |= both
    return saying


def _is_said(base: "Vocabulary", facts: int, names: Iterable[str]) -> bool:
    """Tell whether one of the *facts* of a bitmap says one of *names*."""
    texts = base.get_words(read_bitmap(facts)).values()
    return any(f" {name} " in text for text in texts for name in names if name)


def list_topics(base: "Vocabulary", hits: "Iterable[Hit]", *, most: int = weights.NEAREST_TOPICS) -> list[str]:
    """Return the ids of the topics that most of *hits* are on, the likeliest first: where to look instead."""
    counts: dict[str, int] = {}
    for record in base.get_facts(hit.place for hit in hits):
        for topic in record["topics"]:
            counts[topic] = counts.get(topic, 0) + 1
    return sorted(counts, key=lambda topic: -counts[topic])[:most]


def find_named_by_terms(hits: "Iterable[Hit]", records: "Iterable[Record]") -> dict[str, str]:
    """Return the query words that are names, initials or figures and were found in look-up terms alone, in no hit elsewhere.

    Each with the spelling that it has in the term: ``ofac``, ``OFAC``. An ordinary word in a term is another word for what the
    claim says; a name in a term is none that the claim says. *records* are the facts of *hits*.
    """
    named: dict[str, str] = {}
    elsewhere: set[str] = set()
    for hit, record in zip(hits, records, strict=True):
        for asked, match in hit.matches.items():
            if match.field != "terms":
                elsewhere.add(asked)
                continue
            for written in (word for term in record["terms"] for word in term.split()):
                if not written.islower() and match.word in split_words(written):
                    named.setdefault(asked, written.strip('.,;:"()'))
    return {asked: written for asked, written in named.items() if asked not in elsewhere}
