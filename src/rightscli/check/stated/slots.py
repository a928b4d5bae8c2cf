"""A noun in the place of a fact's, where all around it is the fact's own: *engineer* in *the engineer told the inquiry*."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from rightscli.check.stated import weights as w
from rightscli.check.stated.clues import Conflict
from rightscli.check.stated.roots import bare_root, fold_word
from rightscli.check.stated.thesaurus import are_converse, are_kin, count_kinds, find_meaning, is_past
from rightscli.search.synonyms import list_synonyms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rightscli.check.stated.clues import KeySaid, Reading
    from rightscli.check.stated.matches import FactMatch


def find_replaced(reading: Reading, best: FactMatch, left: Sequence[str]) -> tuple[Conflict, ...]:
    """Return the one noun of a sentence that no fact bears out, where its fact has another noun between the same two words.

    The two are neither kinds of one another nor near in meaning; the sentence says nothing of the fact's noun.
    """
    base, said = best.claim.reading, reading.list_keys(light=False)
    spots = [one for one in said if reading.text[one.start : one.end] in left and not one.key.startswith("=")]
    if len(left) != 1 or len(spots) != 1 or best.explained < w.SLOT:
        return ()
    own = base.list_keys(light=False)
    word = fold_word(reading.text[spots[0].start : spots[0].end])
    if re.search(_BEFORE_VERB, reading.text[: spots[0].start]):
        return ()
    for one in own:
        rival = fold_word(base.text[one.start : one.end])
        if one.key.startswith("=") or one.key in best.all_reached or not (_is_noun(word) and _is_noun(rival)):
            continue
        if _list_beside(said, spots[0]) != _list_beside(own, one) or _are_near(word, rival):
            continue
        if not _is_of_phrase(reading.text[: spots[0].start], base.text[: one.start]):
            start, end = spots[0].start, spots[0].end
            return (
                Conflict(
                    "term", reading.text[start:end], start, end, re.sub("'s?$", "", base.text[one.start : one.end])
                ),
            )
    return ()


def _is_of_phrase(before: str, other: str) -> bool:
    """Tell whether two nouns behind these texts are rather parts of what is said: *on duty* and *in charge*, decisions *due*."""
    ours, theirs = (re.search(_PREPOSITION, text) for text in (before, other))
    if ours and theirs:
        return ours[1].lower() != theirs[1].lower()
    return bool(re.search(_PLURAL, other)) and not theirs


_PLURAL = r"(?<!\bhi)(?<!\bit)(?<!\ba)(?<!\bi)(?<!\bwa)(?<!\bha)(?<!\bthi)s\s$"
_PREPOSITION = r"(?i)\b(of|in|on|at|by|for|from|to|with|under|as)\s$"
_BEFORE_VERB = r"(?i)\b(?:may|can|could|must|shall|should|will|would|to|not|they|he|she|it|we|who)\s$"


def _list_beside(keys: Sequence[KeySaid], one: KeySaid) -> tuple[str, str]:
    """Return the keys before and behind one of *keys*; nothing at either end."""
    place = keys.index(one)
    before, behind = keys[place - 1 : place] if place else (), keys[place + 1 : place + 2]
    return before[0].key if before else "", behind[0].key if behind else ""


def _is_noun(word: str) -> bool:
    """Tell whether a folded word is a noun before all else, but for what is named for a doer: *nurse*."""
    nouns = count_kinds(word, "n")
    is_other = count_kinds(word, "a") + count_kinds(word, "r") > nouns or is_past(word) or word.endswith("ing")
    return nouns > 0 and not is_other


@lru_cache(maxsize=4096)
def _are_near(one: str, other: str) -> bool:
    """Tell whether two folded words may mean the same, or nearly, or the same from either side."""
    if are_kin(find_meaning(one), find_meaning(other)) or are_converse(one, other):
        return True
    near = list_synonyms((one, other))
    return max(near[one].get(bare_root(other), 0.0), near[other].get(bare_root(one), 0.0)) >= w.SLOT_NEAR
