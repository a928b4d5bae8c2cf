"""A place in a source → the text that print accepts, and the link that opens the passage.

One plain form for now: author, title, container, year, paragraph.
"""

from __future__ import annotations

from urllib.parse import quote

from rightscli.model import Locator, Name, Source


def cite_in_text(source: Source, locators: tuple[Locator, ...]) -> str:
    """Return the short form for running text: ``(Human Rights Watch, 2020, para. 13)``."""
    parts = [_name_authors(source) or f"“{source.title}”", _year_of(source), format_locators(locators)]
    return f"({', '.join(part for part in parts if part)})"


def cite_in_full(source: Source, locators: tuple[Locator, ...]) -> str:
    """Return the whole form: ``Human Rights Watch, “North Korea: Events of 2019,” World Report 2020 (2020), para. 13.``"""
    container = source.fields.get("container-title", "")
    # American usage: the comma stands inside the closing quotation mark.
    parts = [
        _name_authors(source) and f"{_name_authors(source)},",
        f"“{source.title},”" if container else f"“{source.title}”",
    ]
    parts += [container, f"({_year_of(source)})" if _year_of(source) else ""]
    places = format_locators(locators)
    return " ".join(part for part in parts if part) + (f", {places}." if places else ".")


def format_locators(locators: tuple[Locator, ...]) -> str:
    """Return ``para. 13`` or ``paras. 13, 15–17``, with the en dash of print; without locators, nothing."""
    if not locators:
        return ""
    label = "para." if len(locators) == 1 and locators[0].first == locators[0].last else "paras."
    return f"{label} {', '.join(str(locator).replace('-', '–') for locator in locators)}"


def link_passage(source: Source, locators: tuple[Locator, ...]) -> str | None:
    """Return the URL that opens the passage, a Text Fragment from its first to its last words; None without a URL.

    https://wicg.github.io/scroll-to-text-fragment/: ``-``, ``,`` and ``&`` have a meaning there, so they are escaped. Of
    several ranges, the first is opened.
    """
    url = source.fields.get("URL")
    if not url:
        return None
    if not locators:
        return url
    first, last = source.paragraphs[locators[0].first - 1], source.paragraphs[locators[0].last - 1]
    begins, ends = (quote(words, safe="").replace("-", "%2D") for words in (first.begins, last.ends))
    return f"{url}{'' if '#' in url else '#'}:~:text={begins},{ends}"


def _name_authors(source: Source) -> str:
    """Return the authors as a reader names them: one, two with *and*, or the first and *et al.*"""
    names = [_name_one(name) for name in source.names.get("author", ())]
    if len(names) > 2:
        return f"{names[0]} et al."
    return " and ".join(names)


def _name_one(name: Name) -> str:
    return name.literal or name.family or name.given


def _year_of(source: Source) -> str:
    """Return the year of issue as the base gives it: the first four characters of an EDTF date."""
    return source.dates.get("issued", "")[:4]
