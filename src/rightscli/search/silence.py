"""When a search finds too little to be an answer, what the base does not know, and where to look instead."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from rightscli.search import weights
from rightscli.search.bitmaps import read_bitmap, unite_bitmaps
from rightscli.search.groups import Group
from rightscli.search.stopwords import STOP_WORDS
from rightscli.text.words import split_words

if TYPE_CHECKING:
    from rightscli.records import Record
    from rightscli.search.ranking import Hit
    from rightscli.search.vocabulary import Vocabulary


def is_too_little(known: float, together: float, *, absent: bool) -> bool:
    """Tell whether the base knows too small a share of a query, or one fact holds too small a share of it *together*.

    More of it is needed where words are *absent* from the base.
    """
    # A share is a sum of parts: what is just enough must not fall short by the last of its binary digits.
    known, together = round(known, 9), round(together, 9)
    if absent:
        return known < weights.KNOWN_AT_LEAST or together < weights.TOGETHER_AT_LEAST
    return together < weights.SHARED_AT_LEAST


def list_absent(asked: Sequence[str], missed: Sequence[str]) -> list[str]:
    """Return the words that no fact can answer: those *missed*, and where the asker is (*near me*), which no base knows."""
    return [*missed, "me"] if ("near", "me") in pairwise(asked) else [*missed]


def count_absent(words: Sequence[str], query: str) -> int:
    """Return how many words a query's unknown ones count for: what is asked of one whom the base lacks is not in it.

    So a name counts double: a word with a capital behind the first, where not all the words have one.
    """
    others = query.split()[1:]
    cased = words and any(word[:1].islower() and word not in STOP_WORDS for word in others)
    names = {name for word in others if cased and word[:1].isupper() for name in split_words(word)[:1]}
    return sum(weights.NAME_COUNT if word in names else 1 for word in words)


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
