"""What a name that somebody has begun to type may become: ids, keys, passages, topics, styles, each with what it stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rightscli.answers import Library
    from rightscli.index.queries import Index

_MOST = 100
"""How many names of a sort are offered: more than anybody reads, and so few that a large base is as quick as a small."""


def list_begun_names(library: Library, kind: str, begun: str) -> Iterator[tuple[str, str]]:
    """Yield the names of a *kind* that begin with *begun*, each with what it stands for.

    The kinds are ``REF`` (facts and sources, and a source's passages behind its colon), ``SOURCE``, ``TOPIC`` and ``STYLE``.
    """
    if kind == "STYLE":
        from rightscli.cite.styles import STYLES

        yield from ((style.name, style.title) for style in STYLES if style.name.startswith(begun))
    elif kind == "TOPIC":
        yield from ((id, record["label"]) for id, record in library.index.list_begun_records("topics", begun, _MOST))
    elif ":" in begun and kind == "REF":
        yield from _list_passages(library.index, *begun.split(":", 1))
    elif kind in ("REF", "SOURCE"):
        keys = sorted(key for key in library.index.list_sources() if key.startswith(begun))
        for key in keys if len(keys) <= _MOST else [*keys[: _MOST - 1], keys[-1]]:
            yield key, (library.index.get_source(key) or {}).get("text", "")
        if kind == "REF":
            facts = library.index.list_begun_records("facts", begun, _MOST)
            yield from ((id, record["claim"]) for id, record in facts)


def _list_passages(index: Index, key: str, begun: str) -> Iterator[tuple[str, str]]:
    """Yield the places of the source *key* whose numbers begin with *begun*, each with its section and first words."""
    for passage in (index.get_source(key) or {}).get("paragraphs", ()):
        if (number := str(passage["number"])).startswith(begun):
            told = (passage.get("section"), passage.get("begins"))
            yield f"{key}:{number}", " · ".join(filter(None, told))
