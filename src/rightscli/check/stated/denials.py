"""How one denial is told in other words: what says alike without a *not*, and what may deny though no list has it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING

from rightscli.check.stated.clues import tell_form
from rightscli.check.stated.roots import fold_word, is_light
from rightscli.check.stated.thesaurus import Meaning, are_kin, find_meaning, is_verb

if TYPE_CHECKING:
    from rightscli.check.stated.clues import Reading, WordSaid

_EXCLUDED = r"\b(?:no|not|none|nobody|never|un\w+|out|outside|exempt\w*|excluded)\b"
_UP_TO = r"\b(?:or (?:fewer|less|under|below)|at most|up to|fewer than|less than|not more than|under|below)\b"
_ALIKE = tuple(
    (re.compile(one, re.IGNORECASE), re.compile(other, re.IGNORECASE))
    for one, other in (
        # Of one nothing is as much; the other has more than any.
        (
            r"\b(?:no|nor|none|nobody|not)\b[^,;:]{0,80}\b(?:as|so)\s+\w+|\bno other\b[^,;:]{0,80}\b(?:match|equal|rival)\w*",
            r"\b(?:more|less|\w+er)\b[^,;:]{0,80}\bthan any\b|\bthe (?:most|least|\w+est)\b",
        ),
        # Only after so long; not until then.
        (
            r"\bonly\s+(?:after|once|when|if|from|with|at|in|on)\b",
            r"\b(?:until|till|before|unless|without|(?:in|for|during|within) (?:the|their|his|her|its) first)\b",
        ),
        # There were none; they were missing.
        (
            r"\b(?:no|not|without|lack\w*)\b",
            r"\b(?:is|are|was|were|be|been|being|went)\s+(?:\w+\s+)?(?:missing|absent|lacking|unavailable)\b|\br[au]n out\b",
        ),
        # Firms with 250 staff or fewer have no protection; only firms with more have it.
        (
            rf"{_EXCLUDED}.*{_UP_TO}|{_UP_TO}.*{_EXCLUDED}",
            r"\bonly\b.*\b(?:more than|over|above|at least|or (?:more|over|above))\b",
        ),
        # None had done so before; it was the first.
        (
            r"\b(?:no|none|nobody|never|not)\b[^.;]*\b(?:before|until|earlier|previous(?:ly)?)\b",
            r"\b(?:the|its|their|a|is|was) first\b",
        ),
        # None exceeded the limits; all were within them.
        (
            r"\b(?:no|none|not|never)\b[^.;]*\b(?:exceed\w*|surpass\w*|above|over|beyond|breach\w*)\b",
            r"\b(?:within|below|under|inside)\b",
        ),
        # Only there can it; without which it cannot.
        (r"\bwithout (?:which|whom|it|them|this|that)\b", r"\bonly\b"),
        # Not since 2013; last in 2013.
        (r"\b(?:no|not|none|nobody|never)\b[^.;]*\bsince\b", r"\blast\b|\bmost recent(?:ly)?\b"),
        # Seldom did one ask for it; that was rare.
        (r"\b(?:seldom|rarely|hardly ever)\b", r"\b(?:rare|rarely|seldom|unusual|uncommon|exception)\b"),
        # Seven more than in 2019; in 2019 it had been seven fewer.
        (
            r"\bthan (?:in )?(?:the )?[12][0-9]{3}\b",
            r"\bin [12][0-9]{3}\b[^.;]*\b(?:more|higher|larger|greater|fewer|less|lower|smaller)\b(?!.*\bthan\b)",
        ),
    )
)


def says_alike(said: str, base: str) -> bool:
    """Tell whether one text says in its way, by a denial or a comparison, what the other says in another."""
    return any(
        bool(one.search(mine)) and bool(other.search(theirs)) and not one.search(theirs)
        for one, other in _ALIKE
        for mine, theirs in ((said, base), (base, said))
    )


@lru_cache(maxsize=4096)
def list_reached(reading: Reading) -> tuple[tuple[WordSaid, ...], ...]:
    """Return the words that each negation of a text reaches."""
    starts, ends = [word.start for word in reading.words], [word.end for word in reading.words]
    # The negator of *ruled out* is a part of that word.
    return tuple(
        reading.words[bisect_right(ends, start) : bisect_left(starts, end)] for start, end in reading.negations
    )


@lru_cache(maxsize=4096)
def _map_deniers(reading: Reading) -> dict[str, int]:
    """Return the verbs that deny by themselves in a text, *refused*, with their signs there."""
    starts = {start for start, _ in reading.negations}
    roots = {
        word.root
        for word in reading.words
        if word.start in starts and is_verb(fold_word(reading.text[word.start : word.end]))
    }
    return {root: reading.signs[root] for root in roots if reading.signs[root]}


@lru_cache(maxsize=4096)
def _list_deniers(reading: Reading) -> tuple[Meaning, ...]:
    """Return what the verbs of a text mean that deny by themselves."""
    starts = {start for start, _ in reading.negations}
    words = (fold_word(reading.text[word.start : word.end]) for word in reading.words if word.start in starts)
    return tuple(find_meaning(word) for word in words if is_verb(word))


@lru_cache(maxsize=4096)
def _list_nouns_before(root: str, reading: Reading) -> tuple[Meaning, ...]:
    """Return what the nouns mean that are of something of a *root*: *breaches of its rules*."""
    lines = (reading.text[: word.start] for word in reading.words if word.root == root)
    nouns = (match[1] for line in lines if (match := re.search(_NOUN_OF, line)))
    return tuple(find_meaning(fold_word(noun)) for noun in nouns)


_NOUN_OF = r"([^\W\d_]+) (?:of|to|on|against) (?:\w+ ){0,2}$"


def is_plain(root: str, one: Reading, other: Reading) -> bool:
    """Tell whether it is plain that one text denies a word of a *root*, and the other does not, in whatever words.

    It is where the negation reaches that word before all others, or where the other text has nothing that half denies.
    """
    for own, rival in ((one, other), (other, one)):
        if not any(word.root == root and word.sign * tell_form(word, own) < 0 for word in own.words):
            continue
        if any(rival.signs.get(denier) == sign for denier, sign in _map_deniers(own).items()):
            # Both deny in one word, though one denies *them*.
            return False
        if any(are_kin(one, other) for one in _list_deniers(own) for other in _list_nouns_before(root, rival)):
            # It broke its rules; breaches of its rules.
            return False
        parts, place = [], 0
        for word in rival.words:
            if word.root == root:
                parts.append(rival.text[place : word.start])
                place = word.end
        parts.append(rival.text[place:])
        for (start, _), reached in zip(own.negations, list_reached(own), strict=True):
            behind = (word for word in reached if word.start > start)
            telling = [word for word in behind if not is_light(own.text[word.start : word.end]) or word.root == root]
            if telling and telling[0].root == root:
                beside = "|".join(f"{part[:_CLOSE]}|{part[-_CLOSE:]}" for part in parts)
                return not re.search(_CLOSELY_DENIED, beside)
        if _half_denies("|".join(parts), own.text):
            return False
    return True


def _half_denies(text: str, other: str) -> bool:
    """Tell whether a *text* has a word that may deny, and the *other* has not: what both have denies nothing of one alone."""
    return any(match[0].lower() not in other.lower() for match in re.finditer(_HALF_DENIED, text))


_CLOSELY_DENIED = (
    r"(?i)\b(?:still (?:in|on|at|without)|cut|off|away|alone|gone|stop\w*|halt\w*|ceas\w+|suspend\w*|paus\w+|end(?:s|ed|ing)?"
    r"|fr(?:eez|oz)\w+|until|before|beyond|instead|despite|in spite of|notwithstanding|withheld|spar\w+|lose\w*|lost"
    r"|lea(?:v\w+|ft)|disput\w+|contest\w*|reject\w+|refus\w+|too low|control\w*|censor\w*|restrict\w*|curb\w*)\b"
)
_CLOSE = 24
"""How many characters around a word may half deny it, whatever else is said."""
_HALF_DENIED = (
    r"(?i)\b(?:out|off|away|alone|apart|gone|end(?:s|ed|ing)?|stop\w*|halt\w*|ceas\w+|clos(?:e|es|ed|ing)|suspend\w*|paus\w+"
    r"|at most|longest|shortest|maximum|limit\w*|mere|only|little|few|hardly|seldom|rare\w*|still (?:in|on|at|without|no)|until"
    r"|except|but|despite|in spite of|notwithstanding|instead|disput\w+|believ\w+|thought|suppos\w+|assum\w+|contest\w*"
    r"|den(?:y|ied|ies|ying)|without|rather|lack\w*|short|miss\w*|lost|lose\w*|absent|spar\w+|avoid\w*|ignor\w+|refus\w+"
    r"|reject\w+|withheld|secret\w*|dark|low|control\w*|censor\w*|restrict\w*|curb\w*|left|leav\w+|cut|free|clear|anything|un(?!der|til|it|ion|iver)\w+|in(?:ability|sufficient))\b"
)
"""Words that may deny, or take back, in ways that no list of negators knows."""
