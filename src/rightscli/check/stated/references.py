"""What is never a clue: note marks, tables and figures by number, sections, pages, addresses, the citations of other works."""

from __future__ import annotations

import re
from functools import lru_cache

_YEAR = r"(?:1[5-9]|20)\d\d[a-z]?"
_DIGITS = "0123456789"
_PATTERNS = (
    # addresses
    (("://", "www."), r"\b(?:https?://|www\.)\S+"),
    ("@", r"\b[\w.+-]+@[\w-]+\.[\w.]+\b"),
    # keys of other works: [@park2018, p. 3], \cite{park}
    ("@", r"\[(?:see |cf\. |e\.g\.,? )?-?@[^\[\]]{1,120}\]"),
    ("\\", r"\\[a-z]*cite[a-z]*\*?(?:\[[^\]]*\])*\{[^{}]*\}"),
    # note marks
    ("[", r"\[\^?[0-9a-z*†‡]{1,4}\]|\[\^[^\]\s]{1,30}\]"),
    ("¹²³⁴⁵⁶⁷⁸⁹⁰*†‡", r"[¹²³⁴⁵⁶⁷⁸⁹⁰]+|[*†‡]+(?=\s|$)"),
    (("",), r"(?=\d)(?:(?<=[^\W\d_][.!?])|(?<=\s\s[.!?])|(?<=[”\"’)\]]))\d{1,3}(?=\s|$)"),
    # (BBC, 3 May 2017), (US Department of State 2020, 14), (UN, 2019b), (accessed 4 May 2021), [source, 2017]
    (
        "([",
        rf"[(\[](?:see(?: also)? |cf\. |e\.g\.,? "
        rf"|citing )?(?:[^()\[\]]*[A-Za-z][^()\[\]]*?[,:;]? )?(?:\d{{1,2}} )?(?:[A-Z][a-z]+\.? )?(?:\d{{1,2}}, )?"
        rf"{_YEAR}(?:[,:;][^()\[\]]*)?[)\]](?!\()",
    ),
    # (see section 3.2), Table 2, Figure 3, chapter 4, p. 421, pp. 3-4, note 5
    (
        ("",),
        r"(?=[(stfcabmnpv])\(?\b(?:see (?:also )?)?(?:tables?|figures?|figs?\.|sections?|sec\.|chapters?|ch\.|annex"
        r"|appendix|box|chart|map|notes?|n\.|footnotes?|fn\.|pages?|pp?\.|vol\.|volume|nos?\.)"
        r"\s?~?(?:[0-9]+(?:[.\-–][0-9]+)*|(?-i:[IVX]+|[A-Z]))\b(?:[,:]? ?(?:pp?\.|and|[-–]) ?[0-9]+)*\)?",
    ),
    # (4) or 4. at the beginning of a line
    (_DIGITS, r"^\s*\(?[0-9]{1,2}[.)]\s"),
    # resolution 60/251, A/HRC/25/63, Article 9 of another text, Law No. 15
    ("/", r"(?-i:\b[A-Z]{1,5}(?:/[A-Z0-9.]+){1,5}\b)|\b[0-9]{1,4}/[0-9]{1,4}\b"),
)
"""What one of a text must hold for the pattern behind it to be tried; and the pattern."""


def blank_references(text: str) -> str:
    """Return *text*, as long as before, with blanks where it refers and states nothing."""
    lower = text.lower()
    tried = tuple(number for number, (signs, _) in enumerate(_PATTERNS) if any(sign in lower for sign in signs))
    return _join_patterns(tried).sub(lambda match: " " * len(match[0]), text)


@lru_cache(maxsize=256)
def _join_patterns(numbers: tuple[int, ...]) -> re.Pattern[str]:
    """Return the patterns with these *numbers* as one."""
    return re.compile("|".join(f"(?:{_PATTERNS[number][1]})" for number in numbers), re.IGNORECASE | re.MULTILINE)
