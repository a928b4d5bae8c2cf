"""A citation in brackets → one that is part of a sentence: ``(Quill & Mast, 2021, p. 3)`` → ``Quill and Mast (2021, p. 3)``.

Only styles that put the author into the brackets know it. The author is what a citation of the whole source has before the year.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rightscli.cite.templates import Rendering
from rightscli.text.edtf import name_years

if TYPE_CHECKING:
    from collections.abc import Mapping

# A whole source without a date.
_UNDATED = r"(?:n\.\s?d\.|no date|s\.\s?a\.)"


def make_narrative(cited: Rendering, whole: Rendering, csl: Mapping[str, object]) -> Rendering | None:
    """Return *cited* with its author before the brackets, by *whole*, the citation of the whole source in the same style.

    *csl* is the source's record. None where the style has no brackets, or no author in them.
    """
    text = _move_author(cited.text, whole.text, csl, ampersand="&")
    html = _move_author(cited.html, whole.html, csl, ampersand="&#38;")
    return Rendering(text, html) if text and html else None


def _move_author(cited: str, whole: str, csl: Mapping[str, object], *, ampersand: str) -> str | None:
    if not all(re.fullmatch(r"\(.+\)", text) for text in (cited, whole)):
        return None
    # American usage has a comma inside the quotation marks of a title, if something follows.
    author = re.sub(r",(?=[”’]?$)", "", _cut_year(whole[1:-1], csl))
    closing = author[-1:] if author.endswith(("”", "’")) else ""
    found = re.match(rf"\({re.escape(author.removesuffix(closing))},?{closing},?\s*(.*)\)$", cited)
    if not (author and found):
        return None
    name = _spell_and(author, csl, ampersand)
    return f"{name} ({found[1]})" if found[1] else name


def _cut_year(cited: str, csl: Mapping[str, object]) -> str:
    """Return what stands before the year of a whole source, or all where there is none, as in MLA's style."""
    if re.sub(r"<[^>]*>|[“”‘’]", "", cited) in (csl.get("title"), csl.get("title-short")):
        return cited
    years = name_years(str(csl.get("issued") or ""))
    year = rf"{years[:4]}[\d\w\s–/-]*" if years else _UNDATED
    return re.sub(rf"(?<=[\w.,”’>)]),?\s+{year}$", "", cited)


def _spell_and(author: str, csl: Mapping[str, object], ampersand: str) -> str:
    """Return names joined by *and*: an ampersand stands only in brackets (APA, 7th edition, 8.17). One in a name stays."""
    names = csl.get("author")
    last = names[-1] if isinstance(names, list | tuple) and len(names) > 1 else {}
    family = last.get("family") or last.get("literal") or ""
    return re.sub(rf" {ampersand} (?={re.escape(family)}$)", " and ", author) if family else author
