"""Words of a sentence that are the opposites of a fact's: *cheaper* of *dearer*, *acquitted* of *convicted*."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import permutations
from typing import TYPE_CHECKING, NamedTuple

from rightscli.check.stated.clues import Conflict, tell_form
from rightscli.check.stated.roots import fold_word, is_light
from rightscli.check.stated.thesaurus import are_opposed, find_opposites

if TYPE_CHECKING:
    from collections.abc import Set

    from rightscli.check.stated.claims import Claim
    from rightscli.check.stated.clues import Reading, WordSaid


def find_opposed(reading: Reading, claim: Claim, told: Set[int], reached: Set[str]) -> list[Conflict]:
    """Return the words of a sentence, none of those that the fact *told*, that are opposites of words which it does not say.

    *reached* are the keys of the fact that it says.
    """
    found = []
    untold = [one for one in _list_opposable(reading) if one.number not in told]
    unsaid = [
        other
        for other in (_list_opposable(claim.reading) if untold else ())
        # Somebody's rise is none of a figure's.
        if other.word.root not in reached and not claim.reading.text.endswith(("'s ", "’s "), 0, other.word.start)
    ]
    for one in untold:
        rival = next(
            (
                other.word
                for other in unsaid
                if are_opposed(one.folded, other.folded)
                and one.sign * other.sign >= 0
                and not _are_of_the_rest(one.folded, other.folded, reading.text, claim.reading.text)
            ),
            None,
        )
        if rival:
            start, end = one.word.start, one.word.end
            base = claim.reading.text[rival.start : rival.end]
            found.append(Conflict("term", reading.text[start:end], start, end, base))
    return found


def _are_of_the_rest(said: str, base: str, *texts: str) -> bool:
    """Tell whether a deed is said of most in one of the two *texts*, and not done to fewer than half in the other."""
    if said != f"un{base}" and base != f"un{said}":
        return False
    return any(re.search(_MOST, one) and re.search(_FEW, other) for one, other in permutations(texts))


_MOST = r"(?i)\b(?:most|majority|more than half|over half|bulk)\b"
_FEW = r"(?i)\b(?:less|fewer|under|below|minority|few|hardly|barely)\b|\bonly (?:a |one |\d)"


_OF_OTHER_SENSE = frozenset("following live lives founded founding".split())
"""Words whose opposite is mostly that of another sense: live fire, lost lives, the following year."""


class _Opposable(NamedTuple):
    """A word of a text that has an opposite: its *number* among the words, *folded*, and whether it is denied (*sign*)."""

    number: int
    word: WordSaid
    folded: str
    sign: int


@lru_cache(maxsize=4096)
def _list_opposable(reading: Reading) -> tuple[_Opposable, ...]:
    found = []
    for number, word in enumerate(reading.words):
        folded = fold_word(reading.text[word.start : word.end])
        if not word.sign and folded.endswith("ing"):
            # After opening it.
            continue
        if find_opposites(folded) and folded not in _OF_OTHER_SENSE and not is_light(folded):
            # The sign of a word that is itself the opposite of its root is not that of a negation.
            found.append(_Opposable(number, word, folded, word.sign * tell_form(word, reading)))
    return tuple(found)
