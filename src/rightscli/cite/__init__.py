"""A place in a source → the text that print accepts.

A citation is a template, compiled once per source, with a slot for the locator; at run time it is filled, and that is all.
One plain form for now: author, title, container, year, paragraph.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightscli.cite.links import link_passage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rightscli.locators import Locator
    from rightscli.model import Name, Source

__all__ = ["cite_passage", "compile_citations", "format_locators", "link_passage"]

_SLOT = "\ufffc"
"""Unicode's object replacement character: the base's texts hold none that is meant."""


def compile_citations(source: Source) -> dict[str, str]:
    """Return the templates of *source*: ``text``, ``(Human Rights Watch, 2020, para. 13)``, and ``full``,
    ``Human Rights Watch, “North Korea: Events of 2019,” World Report 2020 (2020), para. 13.``"""
    author = _name_authors(source.names.get("author", ()))
    container = source.fields.get("container-title", "")
    year = _name_year(source.dates.get("issued", ""))
    text = ", ".join(part for part in (author or f"“{source.title}”", year) if part)
    # American usage: the comma stands inside the closing quotation mark.
    parts = [author and f"{author},", f"“{source.title},”" if container else f"“{source.title}”"]
    parts += [container, f"({year})" if year else ""]
    return {"text": f"({text}{_SLOT})", "full": " ".join(part for part in parts if part) + f"{_SLOT}."}


def cite_passage(templates: Mapping[str, str], locators: Sequence[Locator], *, form: str) -> str:
    """Return the citation of *locators*, of the whole source where there are none, in the *form* ``text`` or ``full``."""
    places = format_locators(locators)
    return templates[form].replace(_SLOT, f", {places}" if places else "")


def format_locators(locators: Sequence[Locator]) -> str:
    """Return ``para. 13`` or ``paras. 13, 15–17``, with the en dash of print; without locators, nothing."""
    if not locators:
        return ""
    label = "para." if len(locators) == 1 and locators[0].first == locators[0].last else "paras."
    return f"{label} {', '.join(str(locator).replace('-', '–') for locator in locators)}"


def _name_authors(names: Sequence[Name]) -> str:
    """Return the authors as a reader names them: one, two with *and*, or the first and *et al.*"""
    texts = [name.literal or name.family or name.given for name in names]
    if len(texts) > 2:
        return f"{texts[0]} et al."
    return " and ".join(texts)


def _name_year(date: str) -> str:
    """Return the year, or years, of an EDTF date as print has it: ``2020``, ``1970s``, ``2014–2017``."""
    years = [end.strip("?~%")[:4] for end in date.split("/") if end[:1].isdigit()]
    return "–".join(dict.fromkeys(year.replace("XX", "00s").replace("X", "0s") for year in years))
