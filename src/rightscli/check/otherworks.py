"""Where a text cites a work by author and year, author and page, or key; which of them are the base's own, others know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_YEAR = r"(?:(?:1[5-9]|20)[0-9]{2}[a-z]?|n\.\s?d\.)(?![0-9])"
_NAME = r"(?<!\w)[A-Z][\w’'.-]{0,40}[\w.]"
_NAMES = rf"{_NAME}(?:(?:,?\s(?:and|&|et\sal\.?|of|for|the|de|la|von|van|on)|,)?\s{_NAME}){{0,9}}(?:,?\set\sal\.?)?"
_LEAD = r"(?:see(?:\salso)?|cf\.|e\.g\.,?|quoted\sin|as\s(?:quoted|cited)\sin|in)\s"
# What stands before a year or a number and is nobody's name.
_NO_AUTHOR = (
    r"(?!(?:January|February|March|April|May|June|July|August|September|October|November|December|Spring|Summer|Autumn|Fall|"
    r"Winter|In|On|Since|By|From|Until|Before|After|Between|During|About|Circa|As|At|The|Table|Figure|Fig|Chapter|Section|"
    r"Articles?|Art|Part|Annex|Appendix|Box|Map|Pages?|Notes?|No|Nos|Paragraphs?|Paras?|Rules?|Resolution|Version)\b)"
)
_SAME = re.compile(r"\W*(?:ibid|idem|id\.|op\.?\scit)", re.IGNORECASE)
_MARKS = "([;@\\"
"""Every citation holds one of these, or stands behind it. Most sentences have none, and need no long pattern to show it."""
_WIDEST = 200
"""As far before a key its bracket may stand, in characters."""
_TAIL = r"(?=[,:;)\]]|\s\()"
_PATTERNS = (
    # (Park, 2018, p. 3), (see Amnesty International 2019; Lee and Kim, 2020)
    rf"(?<=[(\[;])\s?(?:(?i:{_LEAD}))?{_NO_AUTHOR}{_NAMES},?\s{_YEAR}{_TAIL}",
    # Park (2018, p. 3)
    rf"{_NO_AUTHOR}{_NAME}(?:['’]s)?(?:\set\sal\.?)?\s\({_YEAR}(?:[,:;][^()]{{0,60}})?\)",
    # Park (n 12) 3
    rf"{_NO_AUTHOR}{_NAME},?\s\(n\s[0-9]{{1,4}}\)",
    # [@park2018, p. 3], @park2018
    r"(?<=[\[;\s(-])@(?P<key>\w(?:[\w:.#$%&+?<>~/-]{0,100}\w)?)",
    # \cite[3]{park}
    r"\\[a-zA-Z]*cite[a-zA-Z]*\*?(?:\[[^\[\]]{0,80}\]){0,2}\{(?P<keys>[^{}]{1,300})\}",
)
_BY_PAGE = rf"\({_NO_AUTHOR}{_NAME}(?:\s(?:and|&)\s{_NAME}|\set\sal\.?)?\s[0-9]{{1,4}}(?:[-–][0-9]{{1,4}})?\)"
_CITED = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS))
_CITED_BY_PAGE = re.compile(_BY_PAGE)
_REFERENCE = re.compile(r"https?://|\bdoi\b|\bpp?\.\s?[0-9]|\b(?:1[5-9]|20)[0-9]{2}\b\W*$", re.IGNORECASE)


def find_cited_works(text: str, *, keys: Iterable[str] = (), names: Iterable[str] = ()) -> Iterator[tuple[int, int]]:
    """Yield the spans of what cites a work in *text*, but for works cited by one of *keys*.

    (Park 3) is a citation, too, unless one of *names* stands there: those of the works that have no pages here.
    """
    if not any(mark in text for mark in _MARKS):
        return
    own = {key.lower() for key in keys}
    for match in _CITED.finditer(text):
        key = match["key"]
        cited = match["keys"].split(",") if match["keys"] else [key] if key else []
        if key and not re.search("[0-9]", key) and not _is_bracketed(text, match.start()):
            # @name, as in a message.
            continue
        if not any(one.strip().lower() in own for one in cited):
            yield match.span()
    known = tuple(names)
    for match in _CITED_BY_PAGE.finditer(text):
        if not any(name in match[0] for name in known):
            yield match.span()


_LINKED = re.compile(rf"[^,;:()0-9]{{2,60}},\s(?:[0-9]{{1,2}}\s)?(?:[A-Z][a-z]+\.?\s)?(?:[0-9]{{1,2}},\s)?{_YEAR}")


def find_linked_works(
    text: str, links: Iterable[tuple[int, int]], *, names: Iterable[str] = ()
) -> Iterator[tuple[int, int]]:
    """Yield those of *links* whose text names a work by who published it and when, and states nothing: *source, 2017*.

    Those with one of *names* cite works that are known.
    """
    known = tuple(names)
    for start, end in links:
        if _LINKED.fullmatch(text, start, end) and not any(name in text[start:end] for name in known):
            yield start, end


def _is_bracketed(text: str, place: int) -> bool:
    """Tell whether a square bracket is open before *place*."""
    near = max(0, place - _WIDEST)
    return text.rfind("[", near, place) > text.rfind("]", near, place)


def is_reference(note: str) -> bool:
    """Tell whether a *note* names a work, and does not only remark on something or point to the note before."""
    if _SAME.match(note):
        return False
    return bool(_CITED.search(note) or _CITED_BY_PAGE.search(note) or _REFERENCE.search(note))
