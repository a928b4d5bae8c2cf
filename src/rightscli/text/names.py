"""What names go by: those of places (countries, and parts of the world that are no states), and names in several words, which go
by their initials."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from rightscli.text.english import is_english

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@lru_cache(maxsize=1)
def list_places() -> tuple[tuple[str, ...], ...]:
    """Return the names of each place: its own, then its other names, its people's and what it owns (``Chinese``)."""
    from rightscli.tables import read_table

    return tuple(tuple(name for column in row for name in column) for row in read_table("text/countries.txt"))


def find_countries(words: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return each name of a place that stands among the folded *words*, with all the names of that place, folded too."""
    words = f" {words} "
    found = []
    for place in list_places():
        names = tuple("\n".join(place).casefold().replace(".", "").replace("'", "").replace("-", " ").split("\n"))
        found += [(name, names) for name in names if f" {name} " in words]
    return found


_SMALL = ("of", "for", "on", "the", "and")
_RUN = rf"(?<![^\W_])[A-Z]\w*(?:[ -](?:[A-Z]\w*|{'|'.join(_SMALL)}))+"
_OWNED_RUN = _RUN.replace(r"\w*", r"\w*(?:'s)?")
"""The same with what possessives are in it: *Democratic People's Republic*."""


def list_initials(text: str) -> Iterator[tuple[str, str]]:
    """Yield what each run of words of *text* that may be a name may be shortened to, with the run: from capital to capital."""
    for match in re.finditer(_RUN, text):
        words = match[0].replace("-", " ").split()
        for start in range(len(words)):
            for end in range(start + 2, len(words) + 1):
                run = words[start:end]
                if run[0][0].isupper() and run[-1][0].isupper():
                    yield from ((one, " ".join(run)) for one in _shorten(run))


def _shorten(run: Sequence[str]) -> list[str]:
    """Return the initials of all words (``COI`` of *Commission of Inquiry*), and all capitals (``UNHRC`` of *UN Human …*)."""
    return sorted({"".join(word[0] for word in run).upper(), "".join(re.findall("[A-Z]", " ".join(run)))})


_SHORTEST, _LONGEST = 3, 6
"""Letters that an acronym has by which a name is looked up."""


@lru_cache(maxsize=4096)
def list_acronyms(text: str) -> tuple[str, ...]:
    """Return the acronyms, folded, by which the names in *text* may be looked up; none that is an English word.

    A name goes from where it begins, or from behind whose it is (*Vestmar's Maritime Safety Board*), to where it ends, or to what
    it is of.
    """
    found: set[str] = set()
    for match in re.finditer(_OWNED_RUN, text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")):
        words = match[0].replace("-", " ").split()
        starts = [place for place, word in enumerate(words) if word.lower() not in _OPENING]
        starts = [place for place in starts if place == 0 or _is_before_name(words[place - 1])]
        ends = [place for place in range(1, len(words) + 1) if place == len(words) or words[place] in _SMALL]
        runs = (words[start:end] for start in starts for end in ends if end - start > 1)
        found.update(one for run in runs if run[0][0].isupper() and run[-1][0].isupper() for one in _shorten(run))
    folded = (one.lower() for one in found if _SHORTEST <= len(one) <= _LONGEST and one.isalpha())
    return tuple(sorted(one for one in folded if not is_english(one)))


def _is_before_name(word: str) -> bool:
    """Tell whether a name may begin behind a capitalised *word*: whose it is, what opens a sentence, *UN*."""
    owner = word.removesuffix("'s")
    return (owner != word and not is_english(owner.lower())) or word.lower() in _OPENING or word.isupper()


_OPENING = frozenset("a an as at by for from in its of on the their to under when while".split())
