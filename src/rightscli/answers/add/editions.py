"""An older edition of a source × the passages of a newer one → what became of each, and the facts that rest on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from rightscli.text.folding import normalise_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rightscli.base.model import FactBase, Paragraph, Source
    from rightscli.base.pieces import Passage

ChangeState = Literal["same", "moved", "changed", "gone", "new"]


class Change(NamedTuple):
    """What became of a passage: its number in the *older* and in the *newer* edition, and the ids of the *facts* on it.

    One that is gone has no newer number, a new one no older. *moved*: the same words under another number.
    """

    state: ChangeState
    older: str
    newer: str
    facts: Sequence[str]


def compare_editions(
    base: FactBase, source: Source, texts: Mapping[int, str], passages: Sequence[Passage]
) -> list[Change]:
    """Return what became of the passages of *source*, and which of the newer *passages* are new, in the order of these.

    By hash; then by likeness, where *texts*, by position, are those of an attached copy; else by first and last words.
    """
    pairs = _pair_same(source, passages)
    _add_changed(pairs, source, texts, passages)
    facts = _list_facts(base, source)
    states: list[Change] = []
    for position, passage in enumerate(source.paragraphs, start=1):
        newer = passages[pairs[position] - 1] if position in pairs else None
        state: ChangeState = "gone"
        if newer:
            is_same = newer.sha256 == passage.sha256
            state = ("same" if newer.number == passage.number else "moved") if is_same else "changed"
        states.append(Change(state, passage.number, newer.number if newer else "", facts.get(position, ())))
    taken = {*pairs.values()}
    states += [Change("new", "", one.number, ()) for place, one in enumerate(passages, start=1) if place not in taken]
    return states


def _pair_same(source: Source, passages: Sequence[Passage]) -> dict[int, int]:
    """Return which passages have the same hash, by position; of several, in order, those of the same number first."""
    pairs: dict[int, int] = {}
    for by_number in (True, False):
        places: dict[tuple[str, str], list[int]] = {}
        for place, one in enumerate(passages, start=1):
            if place not in pairs.values():
                places.setdefault((one.sha256, one.number if by_number else ""), []).append(place)
        for position, passage in enumerate(source.paragraphs, start=1):
            found = places.get((passage.sha256, passage.number if by_number else ""))
            if found and position not in pairs:
                pairs[position] = found.pop(0)
    return pairs


def _add_changed(pairs: dict[int, int], source: Source, texts: Mapping[int, str], passages: Sequence[Passage]) -> None:
    """Add to *pairs* the passages that are alike."""
    from rightscli.search.likeness import pair_alike, pair_by_ends

    def list_left() -> tuple[list[int], list[int]]:
        older = [position for position in range(1, len(source.paragraphs) + 1) if position not in pairs]
        taken = {*pairs.values()}
        return older, [place for place in range(1, len(passages) + 1) if place not in taken]

    older, newer = list_left()
    pairs |= pair_alike(
        {position: normalise_text(texts[position]) for position in older if position in texts},
        {place: normalise_text(passages[place - 1].text) for place in newer},
    )
    older, newer = list_left()
    pairs |= pair_by_ends(
        {position: _list_ends(source.paragraphs[position - 1]) for position in older if position not in texts},
        {place: _list_ends(passages[place - 1]) for place in newer},
    )


def _list_ends(passage: Passage | Paragraph) -> tuple[str, str, str]:
    return normalise_text(passage.begins), normalise_text(passage.ends), passage.number


def _list_facts(base: FactBase, source: Source) -> dict[int, list[str]]:
    """Return the ids of the facts that cite each passage of *source*, by position."""
    found: dict[int, list[str]] = {}
    for fact in base.facts:
        cited = [one.locator.positions for one in fact.citations if one.source == source.key]
        for position in dict.fromkeys(position for positions in cited for position in positions):
            found.setdefault(position, []).append(fact.id)
    return found
