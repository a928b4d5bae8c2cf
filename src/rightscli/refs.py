"""REFs: text that names a fact, a source or a passage → the thing itself.

What a REF may look like is in ``parse_ref``; how one is printed is ``model.Source.format_ref``. Every REF that is printed is
read back here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rightscli.errors import BrokenSealError, NotFoundError, UsageError
from rightscli.text.folding import fold_text, shorten_text
from rightscli.text.locators import SEAL_LENGTH, Locator, merge_locators, seal_digests

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Protocol

    from rightscli.records import Record

    class Lookup(Protocol):
        """What an index offers to those who know names."""

        def get_source(self, key: str) -> Record | None: ...
        def get_fact(self, id: str) -> Record | None: ...
        def find_topics(self, name: str) -> list[Record]: ...
        def list_sources(self) -> list[str]: ...
        def list_names(self, table: str, like: str = "") -> list[str]: ...


_NAME = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_DASH = r"\s*(?:--|[-‐‑‒–—])\s*"
_RANGE = rf"[0-9]+(?:{_DASH}[0-9]+)?"
_RANGES = rf"(?P<ranges>{_RANGE}(?:\s*,\s*{_RANGE})*)"
_SEAL = rf"(?:@(?P<seal>[0-9a-f]{{{SEAL_LENGTH}}}))?"
_LABEL = r"(?:¶¶?|§§?|paragraphs?|paras?\.?|pars?\.?)"
_PLACES = rf"{_LABEL}[\s~]*{_RANGES}"
_LISTED = rf"(?P<ranges>{_RANGE}(?:(?:\s*,\s*(?:and\s+|&\s*)?|\s+(?:and|&)\s+){_RANGE})*)"
_FORMS = (
    rf"@?(?P<name>{_NAME})",
    rf"(?P<name>{_NAME})\s*:\s*{_LABEL}?\s*{_RANGES}{_SEAL}",
    rf"@?(?P<name>{_NAME})\s*,?\s*{_LABEL}\s*{_LISTED}{_SEAL}",
    # What cite prints with --syntax: Typst, Org, LaTeX, MyST and Sphinx.
    rf"@(?P<name>{_NAME})\s*\[\s*{_LABEL}[\s~]*{_LISTED}{_SEAL}\s*\]",
    rf"\[cite:@(?P<name>{_NAME})(?:\s+{_PLACES})?\]",
    rf"\\autocite(?:\[{_PLACES}\])?\{{(?P<name>{_NAME})\}}",
    rf"(?:\{{cite:p\}}|:cite:p:)`(?P<name>{_NAME})(?:\{{{_PLACES}\}})?`",
)
_DIGITS_AT_MOST = 18
_REF_HELP = (
    "a REF is a fact's id, a source's key, or a pinpoint such as hrw-2020:13, hrw-2020:13-15 or 'hrw-2020, para. 13'"
)


class Ref(NamedTuple):
    """A REF as it is written: *locators* ascend, apart from each other; without any, *name* is a fact or a source."""

    text: str
    name: str
    locators: tuple[Locator, ...] = ()
    seal: str | None = None


class Target(NamedTuple):
    """What a REF names: a *fact*, or a *source* and perhaps *locators* in it. *text* is the REF as the user wrote it."""

    text: str
    fact: Record | None = None
    source: Record | None = None
    locators: tuple[Locator, ...] = ()


def parse_ref(text: str) -> Ref:
    """Return what *text* says; raise UsageError where it is no REF.

    Read are ``some-fact-id``, ``hrw-2020``, ``hrw-2020:13``, ``hrw-2020:13-15``, ``hrw-2020:13,15-17``, each of them sealed
    with ``@`` and eight hex digits, ``hrw-2020 ¶13``, ``hrw-2020, paras. 13 and 15``, pandoc's ``[@hrw-2020, para. 13]`` and
    ``@hrw-2020 [para. 13]``, and what else ``syntaxes`` writes.
    """
    # Names and seals are lower case, so that upper case can mean nothing else.
    bare = text.strip().lower()
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
    for piece in filter(None, re.split(r"[\s,&]+(?:and\s)?(?=[0-9])", re.sub(rf"{_DASH}(?=[0-9])", "-", ranges))):
        ends = re.findall("[0-9]+", piece)
        if any(len(end) > _DIGITS_AT_MOST for end in ends):
            raise UsageError(f"'{shorten_text(text)}' is not a REF", hint="no source has that many paragraphs")
        first, last = int(ends[0]), int(ends[-1])
        if last < first:
            raise UsageError(
                f"'{shorten_text(text)}' is not a REF: {first} comes after {last}", hint=f"write {last}-{first}"
            )
        locators.append(Locator(first, last))
    return merge_locators(locators)


def _hint_at_form(bare: str) -> str:
    """Return the way out for what is almost a REF."""
    if match := re.fullmatch(rf"@?(?P<name>{_NAME})(?:,\s*|\s+){_RANGES}", bare):
        return f"a bare number is a page elsewhere; write {match['name']}:{match['ranges']}"
    if re.fullmatch(rf"{_NAME}:.*@[^@]*", bare):
        return f"a seal is {SEAL_LENGTH} hex digits, 0-9 and a-f"
    return _REF_HELP


def resolve_ref(ref: Ref, base: Lookup) -> Target:
    """Return what *ref* names in *base*.

    Raise NotFoundError, which names the nearest id or the source's real range, and BrokenSealError where the paragraphs
    there are not those that were sealed.
    """
    source = base.get_source(ref.name)
    if not ref.locators:
        return Target(ref.text, source=source) if source else Target(ref.text, fact=_find_fact(ref.name, base))
    if source is None:
        if base.get_fact(ref.name):
            raise NotFoundError(f"'{ref.name}' is a fact, and only a source has paragraphs", hint=f"try {ref.name}")
        source = find_source(ref.name, base)
    last = len(source["paragraphs"])
    for locator in ref.locators:
        if locator.first < 1 or locator.last > last:
            outside = locator.last if locator.last > last else locator.first
            raise NotFoundError(f"{source['id']} has no paragraph {outside}: it has {_name_range(last)}")
    if ref.seal is not None:
        _check_seal(ref.seal, ref.locators, source)
    return Target(ref.text, source=source, locators=ref.locators)


def _name_range(last: int) -> str:
    return "paragraph 1 alone" if last == 1 else f"paragraphs 1-{last}"


def _check_seal(seal: str, locators: Iterable[Locator], source: Record) -> None:
    numbers = [number for locator in locators for number in locator.numbers]
    real = seal_digests([source["paragraphs"][number - 1]["sha256"] for number in numbers])
    if seal != real:
        places = ",".join(map(str, locators))
        raise BrokenSealError(
            f"the seal of {source['id']}:{places} is {real} in this base, not {seal}",
            hint="the passage was sealed from other words: another edition, or a changed one",
        )


def _find_fact(name: str, base: Lookup) -> Record:
    """Return the fact with the id *name*; raise NotFoundError with the nearest id or key."""
    if fact := base.get_fact(name):
        return fact
    if any(topic["id"] == name for topic in base.find_topics(name)):
        raise NotFoundError(f"'{name}' is a topic, not a fact", hint=f"try: rights topics {name}")
    near = suggest_name(name, [*base.list_sources(), *base.list_names("facts", name)])
    raise NotFoundError(f"no fact '{shorten_text(name)}'{near}")


def find_source(name: str, base: Lookup) -> Record:
    """Return the source with the key *name*, in any case; raise NotFoundError with the nearest key."""
    if source := base.get_source(name.strip().lower()):
        return source
    raise NotFoundError(f"no source '{shorten_text(name)}'{suggest_name(name, base.list_sources())}")


def find_topic(name: str, base: Lookup) -> Record:
    """Return the topic with the id, label, alt label or hidden label *name*, looked for in that order, folded.

    Raise NotFoundError with the nearest label, or with every topic that shares the label.
    """
    found = base.find_topics(name)
    if len(found) > 1:
        raise NotFoundError(
            f"'{shorten_text(name)}' is a label of several topics: {', '.join(one['id'] for one in found)}"
        )
    if found:
        return found[0]
    near = suggest_name(fold_text(name), base.list_names("labels", fold_text(name)))
    raise NotFoundError(f"no topic '{shorten_text(name)}'{near}", hint=None if near else "rights topics lists them")


def suggest_name(name: str, names: Iterable[str]) -> str:
    """Return ``; did you mean 'x'?`` for the nearest of *names*, or nothing where none is near."""
    from difflib import get_close_matches

    near = get_close_matches(name, list(names), n=1)
    return f"; did you mean '{near[0]}'?" if near else ""
