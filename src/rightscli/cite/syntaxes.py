"""A place in a source → the in-text syntax of people who write with a bibliography, which their own program sets.

A bare number is a page to all of these programs, so the unit is always named. No syntax needs the keys of a base to be
guarded: they are letters, digits and single hyphens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightscli.text.places import name_places

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rightscli.text.locators import Locator

SYNTAXES = ("pandoc", "latex", "typst", "org", "myst", "sphinx")


def format_key_citation(key: str, locators: Sequence[Locator], syntax: str, unit: str = "paragraph") -> str:
    """Return the citation of *locators*, each a *unit*, of the whole source without any, as *syntax* has it.

    ``[@hrw-2020, para. 13]``, ``\\autocite[paras.~13, 15--17]{hrw-2020}``, ``@hrw-2020[para. 13]``, ``[cite:@hrw-2020 para. 13]``
    and, for MyST and Sphinx, ``{cite:p}`` and ``:cite:p:`` of sphinxcontrib-bibtex. Ranges have the dash that the program
    prints as an en dash. Raises KeyError for a syntax that is not among ``SYNTAXES``.
    """
    bare, cited, dash, blank = _PATTERNS[syntax]
    return cited(key, name_places(locators, unit, dash=dash, blank=blank)) if locators else bare(key)


# Without places; with them; the dash of ranges; the blank behind the label.
_PATTERNS: Mapping[str, tuple[Callable[[str], str], Callable[[str, str], str], str, str]] = {
    "pandoc": (
        lambda key: f"[@{key}]",
        lambda key, places: f"[@{key}, {places}]",
        "-",
        " ",
    ),
    "latex": (
        lambda key: f"\\autocite{{{key}}}",
        lambda key, places: f"\\autocite[{places}]{{{key}}}",
        "--",
        "~",
    ),
    "typst": (
        lambda key: f"@{key}",
        lambda key, places: f"@{key}[{places}]",
        "–",
        " ",
    ),
    "org": (
        lambda key: f"[cite:@{key}]",
        lambda key, places: f"[cite:@{key} {places}]",
        "-",
        " ",
    ),
    "myst": (
        lambda key: f"{{cite:p}}`{key}`",
        lambda key, places: f"{{cite:p}}`{key}{{{places}}}`",
        "–",
        " ",
    ),
    "sphinx": (
        lambda key: f":cite:p:`{key}`",
        lambda key, places: f":cite:p:`{key}{{{places}}}`",
        "–",
        " ",
    ),
}
