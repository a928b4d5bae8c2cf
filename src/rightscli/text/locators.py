"""Paragraph numbers inside a source: one, a range, a list; and the seal of what stands there."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

NAME = r"[a-z0-9]+(?:-[a-z0-9]+)*"
"""How a source's key, a topic's or a fact's id is spelled."""
SLOT = "\ufffc"
"""What stands for paragraph numbers in a citation's template: Unicode's object replacement character, which no text means."""
SEAL_LENGTH = 8
"""Hex digits of a SHA-256 that a sealed REF carries."""


class Locator(NamedTuple):
    """A paragraph, or a run of them from *first* to *last*, inside a source. Prints as ``13`` or ``13-15``."""

    first: int
    last: int

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"

    @property
    def numbers(self) -> range:
        """The paragraph numbers, ascending."""
        return range(self.first, self.last + 1)


def merge_locators(locators: Iterable[Locator]) -> tuple[Locator, ...]:
    """Return *locators* ascending; those that overlap or touch become one."""
    merged: list[Locator] = []
    for locator in sorted(locators):
        if merged and locator.first <= merged[-1].last + 1:
            merged[-1] = Locator(merged[-1].first, max(merged[-1].last, locator.last))
        else:
            merged.append(locator)
    return tuple(merged)


def seal_digests(digests: Sequence[str]) -> str:
    """Return the seal of paragraphs by their SHA-256 hex *digests*, eight hex digits.

    Of one paragraph, the start of its own; of several, the start of the SHA-256 of all, joined by newlines.
    """
    if len(digests) == 1:
        return digests[0][:SEAL_LENGTH]
    from hashlib import sha256

    return sha256("\n".join(digests).encode()).hexdigest()[:SEAL_LENGTH]


def format_ref(key: str, locators: Iterable[Locator], digests: Sequence[str]) -> str:
    """Return the sealed REF of *locators* in the source *key*, whose paragraphs have these *digests*, from the first on.

    ``hrw-2020:13,15-17@3f9a1c2b``; without locators, the source's key.
    """
    places = tuple(locators)
    if not places:
        return key
    sealed = seal_digests([digests[number - 1] for place in places for number in place.numbers])
    return f"{key}:{','.join(map(str, places))}@{sealed}"
