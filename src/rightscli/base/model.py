"""The nouns: immutable values that every other module passes on.

Names of source fields are CSL-JSON's (https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables),
of topics SKOS's, of dates EDTF's. Lines are lines of the fact base's file, counted from 1; they take no part in comparison.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rightscli.text.locators import Locator


@dataclass(frozen=True, slots=True)
class Name:
    """A CSL name: either *literal* (an institution) or *family* and *given*."""

    literal: str = ""
    family: str = ""
    given: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A numbered paragraph of a source, known without its text.

    *begins* and *ends* are its first and last words (at most five each, as the source spells them), *words* how many
    words it has, *sha256* the digest of its normalised text (see ``folding.normalise_text``), 64 hex digits.
    """

    number: int
    section: str
    begins: str
    ends: str
    words: int
    sha256: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Source:
    """A work that can be cited.

    *names* maps CSL name variables (``author``, ``editor``, …) to names, *dates* CSL date variables (``issued``, …) to
    EDTF texts, *fields* every other CSL variable, hyphenated as in CSL (``container-title``), to its text; all in file
    order. *paragraphs* are numbered from 1 without gaps. *alias* are other names that a draft may cite it by.
    """

    key: str
    type: str
    title: str
    names: Mapping[str, tuple[Name, ...]]
    dates: Mapping[str, str]
    fields: Mapping[str, str]
    paragraphs: tuple[Paragraph, ...]
    line: int = field(default=0, compare=False)
    alias: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a source that a claim rests on: the source's key and the locator."""

    source: str
    locator: Locator


@dataclass(frozen=True, slots=True)
class Topic:
    """A SKOS concept. *broader* is a topic id or None, *related* topic ids; *hidden* labels are found by, never shown."""

    id: str
    label: str
    alt: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    broader: str | None = None
    related: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Fact:
    """One record: a claim in our own words and what carries it.

    *date* is an EDTF date or interval, when what the claim says happened or held; *according_to* who asserts it inside the
    source, where that is not the source's author; *anchors* short exact words that the cited paragraphs contain; *terms*
    other words a reader would look it up by.
    """

    id: str
    claim: str
    citations: tuple[Citation, ...]
    topics: tuple[str, ...] = ()
    date: str | None = None
    according_to: str | None = None
    anchors: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class FactBase:
    """A whole base, every reference in it resolved: sources and topics by key, facts in file order.

    *sha256* is the digest of the file's bytes, *path* where it was read from, as the user named it.
    """

    path: str
    sha256: str
    title: str
    edition: str
    scope: str
    license: str
    sources: Mapping[str, Source]
    topics: Mapping[str, Topic]
    facts: tuple[Fact, ...]


def list_broader(topic: str, topics: Mapping[str, Topic]) -> tuple[str, ...]:
    """Return *topic* and its broader topics, from the narrowest to the broadest; *topics* hold no circle."""
    chain = [topic]
    while (broader := topics[chain[-1]].broader) is not None:
        chain.append(broader)
    return tuple(chain)


def list_circles(above: Mapping[str, str]) -> list[list[str]]:
    """Return each circle in what is broader than what, from its topic that comes first in *above* round to it again."""
    order = {topic: number for number, topic in enumerate(above)}
    settled: set[str] = set()
    circles = []
    for start in above:
        topic, chain = start, dict[str, None]()
        while topic in above and topic not in settled and topic not in chain:
            chain[topic] = None
            topic = above[topic]
        settled.update(chain)
        if topic in chain:
            names = list(chain)
            circle = names[names.index(topic) :]
            first = circle.index(min(circle, key=order.__getitem__))
            circles.append([*circle[first:], *circle[: first + 1]])
    return circles
