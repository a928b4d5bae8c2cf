"""A query × an index → hits, best first; or nothing, where what makes the query specific is not in the base.

The query's words become *groups*: a word, or several that a topic's label says are one (``civil society``). Each group is
looked up from the strictest tier to the loosest: the word itself (exact), its other spelling or another label of a topic
(variant), its stem, and only where all that finds nothing, as the beginning of a word (prefix) or a misspelling (typo); beside
all of these, by words near to it in meaning (synonym).
"""

from collections.abc import Sequence
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING, NamedTuple

from rightscli.search import weights
from rightscli.search.bitmaps import unite_bitmaps
from rightscli.search.matching import find_groups
from rightscli.search.ranking import Hit, Ranking, make_hit
from rightscli.search.scope import Scope, cut_phrases, keep_in_scope
from rightscli.search.silence import (
    count_absent,
    is_too_little,
    list_absent,
    measure_share,
    names_another,
)
from rightscli.search.stopwords import GENERIC_WORDS
from rightscli.text.dates import write_out_dates
from rightscli.text.words import split_words

if TYPE_CHECKING:
    from rightscli.search.vocabulary import Vocabulary


class Findings(NamedTuple):
    """What a query found: *hits*, best first; how many facts matched in all; the query words that the base does not know.

    Where what makes the query specific is unknown, *weak* is true: no hit holds enough of it. Where the query has more words
    than are looked at, *cut* is true.
    """

    hits: list[Hit]
    total: int
    unknown: list[str]
    weak: bool = False
    cut: bool = False


def find_facts(
    base: "Vocabulary", query: str, *, limit: int = 10, strict: bool = False, scope: Scope | None = None
) -> Findings:
    """Return at most *limit* hits, best first; ties in the base's order, so that the same query always prints the same list.

    Words between double quotes must occur side by side. *strict* stops after the exact and variant tiers.
    """
    query, phrases = cut_phrases(write_out_dates(query))
    words = split_words(query)
    asked = words[: weights.MOST_WORDS]
    groups, unknown = find_groups(base, asked, strict=strict, kept=_list_kept(query, asked))
    groups = [group for group in groups if group.lists or group.near or any(part.lists for part in group.parts)]
    for group in groups:
        group.settle(base.count)
    found = unite_bitmaps(group.found for group in groups)
    found = keep_in_scope(base, found, (scope or Scope())._replace(phrases=phrases))
    missed = [word for word in unknown if word not in GENERIC_WORDS and len(word) > 1]
    if not found:
        return Findings([], 0, missed)
    absent = list_absent(asked, missed)
    rarest = log(1 + base.count / weights.UNKNOWN_FACTS)
    lacking = count_absent(absent, query) * rarest if absent else 0.0
    for group in groups:
        if group.words[0] in missed and not group.parts:
            group.lacking = count_absent(group.words, query) * rarest
    total = sum(group.rarity for group in groups) + lacking or 1.0
    ranking = Ranking(base, groups, found, asked=asked, total=total)
    ranked = ranking.rank_facts(max(limit, weights.BEST_FACTS))
    # A fact's own id is that by which JSON and -f ids know it.
    own = base.find_place(query) if "-" in query and " " not in query else None
    if own is not None and found >> own & 1:
        ranked = [(own, weights.OWN_ID_FACTOR * ranked[0][1]), *(one for one in ranked if one[0] != own)]
    best = sorted(place for place, _ in ranked[: weights.BEST_FACTS])
    together = measure_share(groups, best, absent=lacking)
    weak = is_too_little(base, groups, best, together, absent=lacking)
    weak = weak or (together < 1 and names_another(base, asked, groups, missed, found))
    if weak and all(group.near and not group.lists for group in groups):
        # Words that mean about what the query's do, and too little of it: where to look they do not tell.
        return Findings([], 0, missed)
    hits = [make_hit(place, score, groups) for place, score in ranked[:limit]]
    return Findings(hits, found.bit_count(), missed, weak, cut=len(words) > weights.MOST_WORDS)


def _list_kept(query: str, asked: Sequence[str]) -> set[str]:
    """Return the words of a query that look like stop words and are none: the month *May*, and *US*."""
    kept = {"may"} if any("may" in pair and pair[pair[0] == "may"].isdecimal() for pair in pairwise(asked)) else set()
    if not query.isupper() and any(word.strip(".,:;?!()'\"") in ("US", "U.S") for word in query.split()):
        kept.add("us")
    return kept
