"""How like two texts are: which passage of one edition became which of another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_LEAST = 0.6
"""From where on a text is taken for another's successor: two unrelated passages of one work are at most half alike."""


def pair_alike(old: Mapping[int, str], new: Mapping[int, str]) -> Mapping[int, int]:
    """Return which of the *new* texts each of the *old* ones became, by their positions; each of both at most once.

    The likest are paired first; of those that are equally like, the ones whose positions are nearest.
    """
    from rapidfuzz import fuzz
    from rapidfuzz.process import extract_iter

    scores: list[tuple[float, int, int, int]] = []
    for position, text in old.items():
        found = extract_iter(text, new, scorer=fuzz.ratio, score_cutoff=100 * _LEAST)
        scores += [(-score, abs(position - other), position, other) for _, score, other in found]
    pairs: dict[int, int] = {}
    for _, _, position, other in sorted(scores):
        if position not in pairs and other not in pairs.values():
            pairs[position] = other
    return pairs


def pair_by_ends(old: Mapping[int, Sequence[str]], new: Mapping[int, Sequence[str]]) -> Mapping[int, int]:
    """Return the same of texts of which only an end is known: *old* and *new* are first words, last words and number.

    One end and the number decide, or both ends.
    """
    pairs: dict[int, int] = {}
    for position, (begins, ends, number) in old.items():
        for other, (first, last, shown) in new.items():
            alike = (bool(begins) and begins == first) + (bool(ends) and ends == last) + (number == shown)
            if alike > 1 and other not in pairs.values():
                pairs[position] = other
                break
    return pairs
