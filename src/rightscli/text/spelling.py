"""A word → one spelling for all that it has: British and American, abbreviated, a number in words."""

from __future__ import annotations

from rightscli.text.dates import SHORT_MONTHS
from rightscli.text.numerals import NUMBER_WORDS, read_digits

_AMERICAN = (
    (("our",), r"(?<=..)our(?=s?$|ed$|ing$|er|able|ful|ist|less|ite)", "or"),
    (("ise", "ising", "isation", "isable"), r"(?<=...)is(?=(?:e|es|ed|er|ers|ing|ation|ations|able)$)", "iz"),
    (("yse", "ysing"), r"(?<=...)ys(?=(?:e|es|ed|er|ing)$)", "yz"),
    (("lled", "lling", "ller"), r"(?<=[aeiou])ll(?=(?:ed|ing|er|ers)$)", "l"),
    (("bre", "cre", "tre"), r"(?<=[bct])re(?=s?$)", "er"),
    (("eence", "fence"), r"(?<=[ef]en)ce(?=s?$)", "se"),
    (("ogue",), r"(?<=..)ogue(?=s?$)", "og"),
    (("gramme",), r"(?<=..)gramme(?=s?$)", "gram"),
    (("oeuvre",), "oeuvre", "euver"),
    (("oeuvri",), "oeuvri", "euveri"),
    (("worshipp",), "worshipp", "worship"),
    (("gaol",), r"^gaol(?=s|ed|$)", "jail"),
)
"""What a word must hold one of, the pattern, and what stands for it; the first spares most words the second, and ``re``."""


_ABBREVIATED = {
    "govt": "government",
    "govts": "governments",
    "intl": "international",
    "natl": "national",
    "dept": "department",
    "depts": "departments",
    "orgs": "organizations",
    "assn": "association",
    "rpt": "report",
    "ctte": "committee",
    "cttee": "committee",
    "cmte": "committee",
    "recs": "recommendations",
    # The other months' short names are words, or names, too.
    **{short: SHORT_MONTHS[short] for short in ("jan", "feb", "apr", "jul", "aug", "sept", "oct", "nov")},
}


def unify_spelling(word: str) -> str:
    """Return a folded *word* so that all its spellings are the same: labour and labor, organise, travelled, seven and 7th,
    2.706 and 2706.

    What comes out need not be a word (``exercise`` is ``exercize``): it is compared, never shown.
    """
    if not word.isascii():
        return word
    if word in NUMBER_WORDS:
        return NUMBER_WORDS[word]
    word = _ABBREVIATED.get(word, word)
    if word[0].isdecimal():
        if "." in word:
            return read_digits(word)[0]
        return word[:-2] if word[-2:] in ("st", "nd", "rd", "th") and word[:-2].isdecimal() else word.lstrip("0") or "0"
    if len(word) < 4:
        return word
    for signs, pattern, new in _AMERICAN:
        for sign in signs:
            if sign in word:
                import re

                word = re.sub(pattern, new, word)
                break
    return word


_BRITISH = (
    ("or", "our"),
    ("iz", "is"),
    ("yz", "ys"),
    ("l", "ll"),
    ("er", "re"),
    ("ense", "ence"),
    ("og", "ogue"),
    ("gram", "gramme"),
    ("jail", "gaol"),
)
"""What to write in a word to find its other spellings; ``unify_spelling`` decides which of them are the same word."""


def list_spellings(word: str) -> list[str]:
    """Return the other spellings of a folded *word* that ``unify_spelling`` knows to be the same, British or American."""
    form = unify_spelling(word)
    pairs = [*_BRITISH, *((british, american) for american, british in _BRITISH)]
    others = {
        f"{word[:at]}{new}{word[at + len(old) :]}"
        for old, new in pairs
        if old in word
        for at in range(len(word))
        if word.startswith(old, at)
    }
    return sorted(other for other in others - {word} if unify_spelling(other) == form)
