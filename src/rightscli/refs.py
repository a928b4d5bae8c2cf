"""REFs: text that names a fact, a source or a passage → the thing itself.

What a REF may look like is in ``parse_ref``; how one is printed is ``model.Source.format_ref``. Every REF that is printed is
read back here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rightscli.errors import BrokenSealError, NotFoundError, UsageError
from rightscli.model import SEAL_LENGTH, Fact, FactBase, Locator, Source, Topic
from rightscli.words import fold_text, shorten_text

_NAME = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_DASH = r"\s*[-‐‑‒–—]\s*"
_RANGE = rf"[0-9]+(?:{_DASH}[0-9]+)?"
_RANGES = rf"(?P<ranges>{_RANGE}(?:\s*,\s*{_RANGE})*)"
_SEAL = rf"(?:@(?P<seal>[0-9a-f]{{{SEAL_LENGTH}}}))?"
_LABEL = r"(?:¶¶?|§|paragraphs?|paras?\.?)"
_FORMS = (
    rf"@?(?P<name>{_NAME})",
    rf"(?P<name>{_NAME})\s*:\s*{_RANGES}{_SEAL}",
    rf"@?(?P<name>{_NAME})\s*,?\s*{_LABEL}\s*{_RANGES}{_SEAL}",
)
_DIGITS_AT_MOST = 18
_REF_HELP = (
    "a REF is a fact's id, a source's key, or a pinpoint such as hrw-2020:13, hrw-2020:13-15 or 'hrw-2020, para. 13'"
)


@dataclass(frozen=True, slots=True)
class Ref:
    """A REF as it is written: *locators* ascend, apart from each other; without any, *name* is a fact or a source."""

    text: str
    name: str
    locators: tuple[Locator, ...] = ()
    seal: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """What a REF names: a *fact*, or a *source* and perhaps *locators* in it. *text* is the REF as the user wrote it."""

    text: str
    fact: Fact | None = None
    source: Source | None = None
    locators: tuple[Locator, ...] = ()


def parse_ref(text: str) -> Ref:
    """Return what *text* says; raise UsageError where it is no REF.

    Read are ``some-fact-id``, ``hrw-2020``, ``hrw-2020:13``, ``hrw-2020:13-15``, ``hrw-2020:13,15-17``, each of them sealed
    with ``@`` and eight hex digits, ``hrw-2020 ¶13``, ``hrw-2020, para. 13`` and pandoc's ``[@hrw-2020, para. 13]``.
    """
    bare = text.strip()
    if bare.startswith("[@") and bare.endswith("]"):
        bare = bare[1:-1].strip()
    for form in _FORMS:
        if match := re.fullmatch(form, bare):
            parts = match.groupdict()
            ranges = parts.get("ranges")
            return Ref(text, parts["name"], _parse_ranges(text, ranges) if ranges else (), parts.get("seal"))
    raise UsageError(f"'{shorten_text(text)}' is not a REF", hint=_hint_at_form(bare))


def _parse_ranges(text: str, ranges: str) -> tuple[Locator, ...]:
    """Return the locators that ``13,15-17`` names, ascending; those that overlap or touch become one."""
    locators = []
    for piece in ranges.split(","):
        ends = re.findall("[0-9]+", piece)
        if any(len(end) > _DIGITS_AT_MOST for end in ends):
            raise UsageError(f"'{shorten_text(text)}' is not a REF", hint="no source has that many paragraphs")
        first, last = int(ends[0]), int(ends[-1])
        if last < first:
            raise UsageError(
                f"'{shorten_text(text)}' is not a REF: {first} comes after {last}", hint=f"write {last}-{first}"
            )
        locators.append(Locator(first, last))
    merged: list[Locator] = []
    for locator in sorted(locators):
        if merged and locator.first <= merged[-1].last + 1:
            merged[-1] = Locator(merged[-1].first, max(merged[-1].last, locator.last))
        else:
            merged.append(locator)
    return tuple(merged)


def _hint_at_form(bare: str) -> str:
    """Return the way out for what is almost a REF."""
    if match := re.fullmatch(rf"@?(?P<name>{_NAME})(?:,\s*|\s+){_RANGES}", bare):
        return f"a bare number is a page elsewhere; write {match['name']}:{match['ranges']}"
    if re.fullmatch(rf"{_NAME}:.*@[^@]*", bare):
        return f"a seal is {SEAL_LENGTH} hex digits, 0-9 and a-f"
    return _REF_HELP


def resolve_ref(ref: Ref, base: FactBase) -> Target:
    """Return what *ref* names in *base*.

    Raise NotFoundError, which names the nearest id or the source's real range, and BrokenSealError where the paragraphs
    there are not those that were sealed.
    """
    source = base.sources.get(ref.name)
    if not ref.locators:
        if source:
            return Target(ref.text, source=source)
        return Target(ref.text, fact=_get_fact(ref.name, base))
    if source is None:
        if any(fact.id == ref.name for fact in base.facts):
            raise NotFoundError(f"'{ref.name}' is a fact, and only a source has paragraphs", hint=f"try {ref.name}")
        raise NotFoundError(f"no source '{shorten_text(ref.name)}'{suggest_name(ref.name, base.sources)}")
    last = len(source.paragraphs)
    for locator in ref.locators:
        if locator.first < 1 or locator.last > last:
            outside = locator.last if locator.last > last else locator.first
            raise NotFoundError(f"{source.key} has no paragraph {outside}: it has paragraphs 1-{last}")
    if ref.seal is not None and ref.seal != (seal := source.seal(ref.locators)):
        places = ",".join(map(str, ref.locators))
        raise BrokenSealError(
            f"the seal of {source.key}:{places} is {seal} in this base, not {ref.seal}",
            hint="the passage was sealed from other words: another edition, or a changed one",
        )
    return Target(ref.text, source=source, locators=ref.locators)


def _get_fact(name: str, base: FactBase) -> Fact:
    """Return the fact with the id *name*; raise NotFoundError with the nearest id or key."""
    for fact in base.facts:
        if fact.id == name:
            return fact
    names = (*base.sources, *(fact.id for fact in base.facts))
    raise NotFoundError(f"no fact '{shorten_text(name)}'{suggest_name(name, names)}")


def list_facts(target: Target, base: FactBase) -> tuple[Fact, ...]:
    """Return the facts that *target* names: the fact itself, or those that rest on the passage, in the base's order."""
    if target.fact:
        return (target.fact,)
    return tuple(fact for fact in base.facts if rests_on(fact, target))


def rests_on(fact: Fact, target: Target) -> bool:
    """Tell whether one of the fact's citations lies in, or overlaps, the passage."""
    return target.source is not None and any(
        citation.source == target.source.key
        and (
            not target.locators
            or any(
                citation.locator.first <= locator.last and locator.first <= citation.locator.last
                for locator in target.locators
            )
        )
        for citation in fact.citations
    )


def find_source(name: str, base: FactBase) -> Source:
    """Return the source with the key *name*; raise NotFoundError with the nearest key."""
    if name in base.sources:
        return base.sources[name]
    raise NotFoundError(f"no source '{shorten_text(name)}'{suggest_name(name, base.sources)}")


def find_topic(name: str, base: FactBase) -> Topic:
    """Return the topic with the id, label, alt label or hidden label *name*, looked for in that order.

    Labels are compared folded. Raise NotFoundError with the nearest label, or with every topic that shares the label.
    """
    if name in base.topics:
        return base.topics[name]
    folded = fold_text(name)
    topics = tuple(base.topics.values())
    for labels in (lambda t: (t.id, t.label), lambda t: t.alt, lambda t: t.hidden):
        found = [topic for topic in topics if folded in map(fold_text, labels(topic))]
        if len(found) > 1:
            raise NotFoundError(
                f"'{shorten_text(name)}' is a label of several topics: {', '.join(t.id for t in found)}"
            )
        if found:
            return found[0]
    labels_by_fold = {fold_text(label): label for topic in topics for label in (topic.id, topic.label, *topic.alt)}
    near = suggest_name(folded, labels_by_fold)
    raise NotFoundError(f"no topic '{shorten_text(name)}'{near}", hint=None if near else "rights topics lists them")


def suggest_name(name: str, names: Iterable[str]) -> str:
    """Return ``; did you mean 'x'?`` for the nearest of *names*, or nothing where none is near."""
    from difflib import get_close_matches

    near = get_close_matches(name, list(names), n=1)
    return f"; did you mean '{near[0]}'?" if near else ""
