"""The places of a text that cite a source of the base: REFs in every form, and the citations that ``cite`` prints.

A form that other works could be cited in as well (``name:13``, ``[@name, para. 13]``) is only ours where the name is, or nearly.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rightscli.locators import SLOT, Locator, merge_locators

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from rightscli.records import Record

_NAME = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_DASH = r"\s?[-‐‑‒–—]\s?"
_RANGE = rf"[0-9]{{1,9}}(?:{_DASH}[0-9]{{1,9}})?(?![0-9])"
_TIGHT = rf"{_RANGE}(?:,{_RANGE})*"
_LOOSE = rf"{_RANGE}(?:(?:,\s?(?:and\s|&\s?)?|\s(?:and|&)\s){_RANGE})*"
_SEAL = r"(?:@(?P<seal>[0-9a-f]{8})(?![0-9a-z]))?"
_MANY = r"(?:¶¶|§§|paragraphs|paras\.?|pars\.?)"
_ONE = r"(?:¶|§|paragraph|para\.?|par\.?)"
_PLACES = rf"(?:{_MANY}\s?(?P<many>{_LOOSE})|{_ONE}\s?(?P<one>{_TIGHT})){_SEAL}"

_COLON = rf"(?i)(?<![\w@:/.#&=-])(?P<name>{_NAME}):(?:{_ONE}\s?|{_MANY}\s?)?(?P<ranges>{_TIGHT}){_SEAL}(?![\w:/])"
_LABELLED = rf"(?i)(?<![\w:/.#&=-])@?(?P<name>{_NAME}),?\s?{_PLACES}"
_KEYED = rf"(?i)(?<![\w.])@(?P<name>{_NAME})(?:\s?\[\s?{_PLACES}\s?\]|,?\s{_PLACES.replace('<', '<_')})?"
_ROLE = rf"(?i):cite(?::[a-z]+)?:`(?P<name>{_NAME})(?:\{{{_PLACES}\}})?`"
_ID = rf"(?<![\w@:/.#&=-]){_NAME}(?![\w:/@-])"

# Of the same length, so that a place in one is a place in the other.
_SAME_WIDTH = str.maketrans("‘’‚‛“”„‟‐‑‒–—―\u00a0\u202f\u2009", "''''\"\"\"\"------   ")


class Pinpoint(NamedTuple):
    """A place of a text that cites: ``text[start:end]`` names *ref*, a REF as ``refs`` reads it.

    *source* is the key that it names, known or not; without *locators* the whole source is meant. *fact* is the id of a fact,
    where that is named.
    """

    start: int
    end: int
    ref: str
    source: str
    locators: tuple[Locator, ...] = ()
    fact: str | None = None

    @property
    def places(self) -> list[tuple[str, int]]:
        """The paragraphs that it names, each with its source's key."""
        return [(self.source, number) for locator in self.locators for number in locator.numbers]


class Works(NamedTuple):
    """The sources that a draft may cite: their *keys*, how each is cited in print (*patterns* by key), and which of a text's
    words are the id of a fact (*find_places* gives the source and the paragraphs that it rests on, or None)."""

    keys: frozenset[str]
    patterns: Mapping[str, re.Pattern[str]]
    find_places: Callable[[str], Sequence[tuple[str, Locator]] | None]


def compile_citations(source: Record, templates: Iterable[str]) -> re.Pattern[str] | None:
    """Return the pattern of the citations that *templates* make of a source, by their text up to the paragraphs.

    None where none of them names its author or title: a bare number could be anyone's.
    """
    csl = source["csl"]
    names = [name.get("literal") or name.get("family") or "" for name in csl.get("author", ())]
    named = [_widen(name) for name in (*names, csl.get("title", "")) if len(name) > 2]
    heads = {head for template in templates if SLOT in template for head in [_widen(template.partition(SLOT)[0])]}
    bare = {_widen(template).rstrip(").") for template in templates if SLOT not in template}
    kept = sorted((text for text in heads if any(name in text for name in named)), key=len, reverse=True)
    whole = sorted(
        (text for text in bare if any(name in text for name in named) and len(text) > 12), key=len, reverse=True
    )
    if not kept:
        return None
    pinned = f"(?:{'|'.join(map(_generalise, kept))})(?P<ranges>{_LOOSE})"
    return re.compile(pinned + (f"|(?:{'|'.join(map(_generalise, whole))})" if whole else ""))


def _generalise(text: str) -> str:
    """Return the pattern of a citation's beginning: any number of a note, any blanks."""
    pattern = re.escape(text).replace(r"\ ", r"\s")
    return re.sub(r"(\\\(n\\s|note\\s)1\b", r"\1[0-9]+", pattern)


def _widen(text: str) -> str:
    return text.translate(_SAME_WIDTH)


def find_pinpoints(text: str, works: Works) -> list[Pinpoint]:
    """Return the places of *text* that cite a source, in order, none inside another."""
    found: list[Pinpoint] = []
    plain = _widen(text)
    for key, pattern in works.patterns.items():
        for match in pattern.finditer(plain):
            end = match.end() + plain.startswith(")", match.end())
            found.append(_make_pinpoint(match.start(), end, key, match["ranges"]))
    if ":" in text:
        found += _find_forms(_COLON, text, works)
    if "@" in text or "par" in text.lower() or "¶" in text or "§" in text:
        found += _find_forms(_LABELLED, text, works)
    if "@" in text:
        found += _find_forms(_KEYED, text, works)
    if ":`" in text:
        found += _find_forms(_ROLE, text, works)
    if "-" in text:
        found += _find_facts(text, works)
    return _keep_outermost(found)


def _find_forms(pattern: str, text: str, works: Works) -> Iterator[Pinpoint]:
    """Yield what *pattern* finds, where the name is a source's or nearly."""
    for match in re.finditer(pattern, text):
        parts = match.groupdict()
        name = parts["name"].lower()
        ranges = next((parts[part] for part in ("ranges", "many", "one", "_many", "_one") if parts.get(part)), None)
        seal = parts.get("seal") or parts.get("_seal")
        known = name in works.keys
        if not known and not (ranges and resembles_key(name, works.keys)) and not seal:
            continue
        start = match.start()
        end = match.end()
        if not ranges and not known:
            continue
        yield _make_pinpoint(start, end, name, ranges, seal)


def resembles_key(name: str, keys: Iterable[str]) -> bool:
    """Tell whether *name* may be meant to be one of *keys*: it looks like a key, and is like one."""
    if not re.search("[a-z]", name) or len(name) < 4:
        return False
    from difflib import get_close_matches

    # A word of the language may be like a key that is one, too.
    return bool(get_close_matches(name, keys, n=1, cutoff=0.7 if re.search("[0-9-]", name) else 0.8))


def _find_facts(text: str, works: Works) -> Iterator[Pinpoint]:
    """Yield the ids of facts: words with two hyphens or more are hardly anything else."""
    for match in re.finditer(_ID, text):
        id = match[0]
        if id.count("-") < 2 and not (id.count("-") and match.start() and text[match.start() - 1] in "([{"):
            continue
        for source, locator in (works.find_places(id) or ())[:1]:
            yield Pinpoint(match.start(), match.end(), id, source, (locator,), id)


def _make_pinpoint(start: int, end: int, key: str, ranges: str | None, seal: str | None = None) -> Pinpoint:
    if not ranges:
        return Pinpoint(start, end, key, key)
    pieces = [piece for piece in re.split(r",|and|&", ranges) if piece.strip()]
    shown = ",".join("-".join(re.findall("[0-9]+", piece)) for piece in pieces)
    locators = []
    for piece in pieces:
        ends = [int(number) for number in re.findall("[0-9]+", piece)]
        # Which of them is no place at all, refs will say.
        if ends[0] <= ends[-1] and ends[-1] < 10**6 and ends[-1] - ends[0] < 10**4:
            locators.append(Locator(ends[0], ends[-1]))
    return Pinpoint(start, end, f"{key}:{shown}{'@' + seal if seal else ''}", key, merge_locators(locators))


def _keep_outermost(found: Iterable[Pinpoint]) -> list[Pinpoint]:
    """Return *found* in order, without those that lie in another or overlap a longer one."""
    kept: list[Pinpoint] = []
    for pinpoint in sorted(found, key=lambda one: (one.start, -one.end, not one.locators)):
        if kept and pinpoint.start < kept[-1].end:
            if (pinpoint.end - pinpoint.start, bool(pinpoint.locators)) > (
                kept[-1].end - kept[-1].start,
                bool(kept[-1].locators),
            ):
                kept[-1] = pinpoint
            continue
        kept.append(pinpoint)
    return kept
