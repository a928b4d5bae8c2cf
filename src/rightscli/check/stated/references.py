"""What is never a clue: note marks, tables and figures by number, sections, pages, addresses, the citations of other works."""

from __future__ import annotations

import re

_YEAR = r"(?:1[5-9]|20)\d\d[a-z]?"
_PATTERNS = (
    # addresses
    r"\b(?:https?://|www\.)\S+",
    r"\b[\w.+-]+@[\w-]+\.[\w.]+\b",
    # keys of other works: [@park2018, p. 3], \cite{park}
    r"\[(?:see |cf\. |e\.g\.,? )?-?@[^\[\]]{1,120}\]",
    r"\\[a-z]*cite[a-z]*\*?(?:\[[^\]]*\])*\{[^{}]*\}",
    # note marks
    r"\[\^?[0-9a-z*†‡]{1,4}\]|\[\^[^\]\s]{1,30}\]",
    r"[¹²³⁴⁵⁶⁷⁸⁹⁰]+|[*†‡]+(?=\s|$)",
    r"(?<=[^\W\d_][.!?])\d{1,3}(?=\s|$)|(?<=[”\"’)\]])\d{1,3}(?=\s|$)",
    # (BBC, 3 May 2017), (US Department of State 2020, 14), (UN, 2019b), (accessed 4 May 2021), [source, 2017]
    rf"[(\[](?:see(?: also)? |cf\. |e\.g\.,? "
    rf"|citing )?(?:[^()\[\]]*[A-Za-z][^()\[\]]*?[,:;]? )?(?:\d{{1,2}} )?(?:[A-Z][a-z]+\.? )?(?:\d{{1,2}}, )?"
    rf"{_YEAR}(?:[,:;][^()\[\]]*)?[)\]](?!\()",
    # (see section 3.2), Table 2, Figure 3, chapter 4, p. 421, pp. 3-4, note 5
    r"\(?\b(?:see (?:also )?)?(?:tables?|figures?|figs?\.|sections?|sec\.|chapters?|ch\.|annex|appendix|box|chart"
    r"|map|notes?|n\.|footnotes?|fn\.|pages?|pp?\.|vol\.|volume|nos?\.)"
    r"\s?~?(?:[0-9]+(?:[.\-–][0-9]+)*|[IVX]+|[A-Z])\b(?:[,:]? ?(?:pp?\.|and|[-–]) ?[0-9]+)*\)?",
    # (4) or 4. at the beginning of a line
    r"^\s*\(?[0-9]{1,2}[.)]\s",
    # resolution 60/251, A/HRC/25/63, Article 9 of another text, Law No. 15
    r"(?-i:\b[A-Z]{1,5}(?:/[A-Z0-9.]+){1,5}\b)|\b[0-9]{1,4}/[0-9]{1,4}\b",
)
_ONE = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS), re.IGNORECASE | re.MULTILINE)


def blank_references(text: str) -> str:
    """Return *text*, as long as before, with blanks where it refers and states nothing."""
    return _ONE.sub(lambda match: " " * len(match[0]), text)
