"""The names of places: countries, and parts of the world that are no states, with all that each of them goes by."""

from __future__ import annotations

from functools import lru_cache


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
