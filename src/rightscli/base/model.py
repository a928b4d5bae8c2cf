"""The nouns: immutable values that every other module passes on.

Names of source fields are CSL-JSON's (https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables),
of topics SKOS's, of dates EDTF's. Lines are lines of the fact base's file, counted from 1; they take no part in comparison.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rightscli.text.locators import Locator
from rightscli.text.numbering import Numbering


@dataclass(frozen=True, slots=True)
class Name:
    """A CSL name: either *literal* (an institution) or *family* and *given*."""

    literal: str = ""
    family: str = ""
    given: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A numbered passage of a source, a paragraph, an article, a section, known without its text.

    *number* is as the source prints it (``13``, ``11(1)``, ``iv``), *section* the heading that it stands under, empty for
    none. *begins* and *ends* are its first and last words (at most five each, as the source spells them; empty where they
    would give a short passage away), *words* how many words it has, *sha256* the digest of its normalised text (see
    ``folding.normalise_text``), 64 hex digits, *page* the page or pages that it stands on. Of a passage that there is no
    copy of, *sha256* is empty and *words* is 0.
    """

    number: str
    section: str
    begins: str
    ends: str
    words: int
    sha256: str
    line: int = field(default=0, compare=False)
    page: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A work that can be cited.

    *names* maps CSL name variables (``author``, ``editor``, …) to names, *dates* CSL date variables (``issued``, …) to
    EDTF texts, *fields* every other CSL variable, hyphenated as in CSL (``container-title``), to its text; all in file
    order. *paragraphs* are its passages, each of them a *unit*, in the order of the file; without any, it is known by its
    pages alone. *cited_by* is ``page`` where citations name the pages of the passages. *alias* are other names that a draft
    may cite it by, *edition_of* the key of the older edition that it stands beside, *was* its former keys.
    """

    key: str
    type: str
    title: str
    names: Mapping[str, tuple[Name, ...]]
    dates: Mapping[str, str]
    fields: Mapping[str, str]
    paragraphs: tuple[Paragraph, ...]
    line: int = field(default=0, compare=False)
    unit: str = "paragraph"
    cited_by: str = ""
    alias: tuple[str, ...] = ()
    edition_of: str | None = None
    was: tuple[str, ...] = ()

    @property
    def shown_unit(self) -> str:
        """What its citations call a place in it."""
        return self.cited_by or self.unit

    def make_numbering(self) -> Numbering:
        """Return how it numbers its passages."""
        return Numbering(
            self.unit,
            [one.number for one in self.paragraphs],
            sections=[one.section for one in self.paragraphs],
            pages=[one.page for one in self.paragraphs],
        )


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
class Retraction:
    """That a fact no longer holds: since when (*on*, an EDTF date), why, and the id of the fact that stands for it now."""

    on: str
    because: str
    replaced_by: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One record: a claim in our own words and what carries it.

    *date* is an EDTF date or interval, when what the claim says happened or held; *according_to* who asserts it inside the
    source, where that is not the source's author; *anchors* short exact words that the cited passages contain; *terms*
    other words a reader would look it up by; *was* its former ids.
    """

    id: str
    claim: str
    citations: tuple[Citation, ...]
    topics: tuple[str, ...] = ()
    date: str | None = None
    according_to: str | None = None
    anchors: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    was: tuple[str, ...] = ()
    retracted: Retraction | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class CutText:
    """A text at *place*, ``facts.some-id.claim``, which ends on *line* where a comment begins, *comment*."""

    line: int
    place: str
    comment: str


@dataclass(frozen=True, slots=True)
class FactBase:
    """A whole base, every reference in it resolved: sources and topics by key, facts in file order.

    *sha256* is the digest of the file's bytes, *path* where it was read from, as the user named it. *cuts* are the sentences
    that a comment may have cut short.
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
    cuts: tuple[CutText, ...] = ()


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
