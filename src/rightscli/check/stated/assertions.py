"""Whether a sentence asserts something: not a question, a demand, a wish, a condition, a prediction, a heading."""

from __future__ import annotations

import re

_QUESTION = (
    r"\?[\"'”’)\]*_]*\s*$|^\W*(?:who|whom|whose|why|how|where|when|what|which|is|are|was|were|does|do|did|has|have"
    r"|can|could|will|would|should|may)\b[^.!]*\?"
)
_DEMAND = (
    r"\b(?:must(?! have)|should(?! have)|ought to|has to|have to|need(?:s)? to|needs?|shall|let us|let's|had better)\b"
)
_CALL = (
    r"\b(?:call(?:s|ed|ing)? (?:on|upon|for)|urg(?:e|es|ed|ing)|demand(?:s|ed|ing)? that|appeal(?:s|ed|ing)? (?:to"
    r"|for)|it is (?:time|imperative|essential|vital)|we (?:want|ask|demand|recommend|request))\b"
)
_WISH = r"\b(?:would like|wish(?:es)? (?:that|for|to)|we hope|hope(?:s|fully)?|if only|may (?:it|they|he|she) )\b"
_CONDITION = r"^\W*(?:suppose|supposing|assuming|were|should|had|whether)\b|\bwould have\b"
_PROVISO = r"^\W*(?:if|unless|provided)\b|\bif\b[^,.]{3,80},|\bunless\b"
"""What holds only if something else does: of an act or a rule that says so itself, it is told."""
_PREDICTION = (
    r"\b(?:will|won't|would|shall|going to|is likely to|are likely to|is expected to|are expected to|is set to"
    r"|may well|might)\b"
)
_ENTITLED = r"^\W*(?:support|act|end|release)\b [a-z]+ (?:is|was|has)"
_IMPERATIVE = (
    r"^\W*(?:consider|note|see|compare|remember|imagine|think|read|ask|tell|let|stop|end|release|free|allow|support"
    r"|join|sign|act|do not|don't|please)\b"
)
_FINITE = (
    r"\b(?:is|are|was|were|be|been|has|have|had|does|do|did|can|could|may|might|must|should|will|would|shall)\b|n['’]t\b|"
    r"\b[a-z]{2,}(?:ed|es|ies)\b|"
    r"\b(?:met|sent|fell|rose|took|gave|paid|kept|led|left|lost|won|found|fled|began|grew|built|brought|said|says|told|came|went|"
    r"made|put|let|held|got|saw|became|withdrew|forbade|bans|forces|denies|faces|needs|wants|uses|fails|gets|runs|lets)\b"
)


def is_asserted(text: str, *, of_duty: bool = False, of_proviso: bool = False) -> bool:
    """Tell whether the sentence *text* asserts something; *of_duty*: what it restates is itself of what must or should be,
    *of_proviso*: of what is so if something else is."""
    if re.search(_QUESTION, text, re.IGNORECASE):
        return False
    if re.search(_CONDITION, text, re.IGNORECASE) or re.search(_WISH, text, re.IGNORECASE):
        return False
    if re.search(_PROVISO, text, re.IGNORECASE) and not of_proviso:
        return False
    if re.search(_IMPERATIVE, text, re.IGNORECASE) and not re.search(_ENTITLED, text, re.IGNORECASE):
        return False
    if re.search(_PREDICTION, text, re.IGNORECASE) and not of_duty:
        return False
    return of_duty or not (re.search(_DEMAND, text, re.IGNORECASE) or re.search(_CALL, text, re.IGNORECASE))


def is_heading(text: str) -> bool:
    """Tell whether *text* is a heading, a caption, an item of a list or a title: it has no verb that makes a sentence."""
    bare = text.strip()
    if not re.search(r"[.!?:…][\"'”’)\]*_]*$", bare) and not re.search(_FINITE, bare):
        return True
    # Kim Il Sung: The North Korean Leader.
    words = re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", bare)
    telling = [word for word in words if word not in _SMALL]
    return len(telling) >= _TITLED and not bare.isupper() and not any(word[0].islower() for word in telling)


_SMALL = frozenset("a an and as at but by for from in into nor of on or the to under with".split())
"""Words that a title in capitals has in small letters."""
_TITLED = 2
"""How many others it has at least."""


_ENGLISH = frozenset(
    "the of and is are were has have had by that with from not its been which their this who but be".split()
)
_LETTERS_OF_OTHERS = r"[^\W\d_a-zA-Z\u00c0-\u024f]"
"""A letter that English has not, nor a name in it."""


def is_in_english(text: str) -> bool:
    """Tell whether the sentence *text* may be English: it has one of the words that hardly an English sentence lacks, or is
    too short to tell."""
    words = [word.lower() for word in re.findall(r"[^\W\d_]+", text)]
    if not text.isascii() and len(re.findall(_LETTERS_OF_OTHERS, text)) * 2 > sum(map(len, words)):
        return False
    return len(words) < _TELLING or not _ENGLISH.isdisjoint(words) or not _OTHERS & set(words)


_TELLING = 4
_OTHERS = frozenset(
    "der die das und nicht ein eine einen hat haben ist sind von mit im dem den les des une est dans que los las por para con"
    " del el il della che och att som det ikke og een het niet zijn van di nel sono em não uma os nie jest w z na".split()
)
"""Common words of other languages that are no English ones."""
