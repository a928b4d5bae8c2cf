"""The plain form of a citation, for a source that no engine has compiled a style for: author, title, container, year.

It has the shape of a compiled style (see ``templates``), so that it is filled in the same way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightscli.text.edtf import name_years
from rightscli.text.locators import SLOT
from rightscli.text.markup import escape_text
from rightscli.text.places import PRINTED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rightscli.base.model import Name, Source
    from rightscli.records import Record


def make_plain_forms(source: Source) -> Record:
    """Return the plain forms of *source*: ``(Human Rights Watch, 2020, para. 13)`` and, for the list of works, ``Human Rights
    Watch, “North Korea: Events of 2019,” World Report 2020 (2020).``"""
    author = _name_authors(source.names.get("author", ()))
    container = source.fields.get("container-title", "")
    year = name_years(source.dates.get("issued", ""))
    # American usage: the comma stands inside the closing quotation mark, and for a mark that the title ends in.
    titled = f"“{source.title.rstrip(' ,;:')},”"
    lead = f"{author}," if author else titled
    one, many = PRINTED[source.shown_unit]
    places = {"none": "", "one": f"{one} {SLOT}", "many": f"{many} {SLOT}"}
    told = {kind: ", ".join(part for part in (year, place) if part) for kind, place in places.items()}
    bare = author or f"“{source.title}”"
    kinds = {kind: f"({lead} {text})" if text else f"({bare})" for kind, text in told.items()}
    parts = [author and f"{author},", titled if container else f"“{source.title}”"]
    parts += [container, f"({year})" if year else ""]
    return {
        "citation": {kind: _pair_text(text) for kind, text in kinds.items()},
        "bibliography": _pair_text(f"{' '.join(part for part in parts if part)}."),
    }


def _pair_text(text: str) -> list[str]:
    return [text, escape_text(text, "html")]


def _name_authors(names: Sequence[Name]) -> str:
    """Return the authors as a reader names them: one, two with *and*, or the first and *et al.*"""
    texts = [name.literal or name.family or name.given for name in names]
    if len(texts) > 2:
        return f"{texts[0]} et al."
    return " and ".join(texts)
