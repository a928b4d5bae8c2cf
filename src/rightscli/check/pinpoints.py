"""The places of a text that cite a source of the base: REFs in every form, and the citations that ``cite`` prints.

A form that other works could be cited in as well (``name:13``, ``[@name, para. 13]``) is only ours where the name is, or nearly.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from rightscli.cite.printed import compile_citations, find_printed_citations
from rightscli.passages import read_numbering
from rightscli.text.locators import SEAL_LENGTH, Locator, merge_locators
from rightscli.text.places import (
    AHEAD,
    BLANK,
    NAME,
    PRINTED,
    find_key_citations,
    flatten_signs,
    locate_span,
    read_place,
)
from rightscli.text.slips import NEAR_ID, NEAR_KEY, NEAR_WORD, find_nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set

    from rightscli.cite.printed import CitedAs, PrintedCitation
    from rightscli.records import Record
    from rightscli.text.numbering import Numbering
    from rightscli.text.places import KeyCitation, Place

_BARE = rf"\((?:at\s)?{AHEAD}"
_ID = rf"(?<![\w@:/.#&=-]){NAME}(?![\w:/@-])"

_NEAR = 500
"""As far behind the name of a source its place may stand, in characters."""


_LONGEST = 10_000
"""The most paragraphs that one locator may have for each of them to be looked up."""


class Pinpoint(NamedTuple):
    """A place of a text that cites: ``text[start:end]`` names *ref*, a REF as ``refs`` reads it.

    *source* is the key that it names, known or not; without *locators* the whole source is meant, unless something is *unread*:
    what stands behind a number and is not understood. *number* is where the one number stands that may be replaced by another.
    *fact* is the id of a fact, where that is named. *rivals* are other sources that are cited in the same words. *was* is a
    former name, where the text uses that; *ref*, *source* and *fact* have the present one.
    """

    start: int
    end: int
    ref: str
    source: str
    locators: tuple[Locator, ...] = ()
    unread: str = ""
    number: tuple[int, int] | None = None
    fact: str | None = None
    rivals: tuple[str, ...] = ()
    was: str = ""

    @property
    def places(self) -> list[tuple[str, int]]:
        """The passages that it names, or may name, each by its source's key and its position there."""
        keys = (self.source, *self.rivals)
        return [(key, position) for key in keys for locator in self.locators for position in locator.positions]

    @property
    def refs(self) -> list[str]:
        """The REF, and those of the same place in the other sources that may be meant."""
        return (
            [key + self.ref.removeprefix(self.source) for key in (self.source, *self.rivals)]
            if self.rivals
            else [self.ref]
        )


class Works(NamedTuple):
    """The sources that a draft may cite: by their keys how each numbers its passages (*numberings*); how it is cited in print
    (*patterns*); and which of a text's words are the id of a fact (*find_places* gives the source and the paragraphs that it
    rests on, or None; *ids* are all of them). *former* are the names that sources and facts had before, each with the one
    that they have now, *others* the keys by the names that sources have in one of several bases."""

    numberings: Mapping[str, Numbering]
    patterns: Mapping[str, CitedAs]
    find_places: Callable[[str], Sequence[tuple[str, Locator]] | None]
    ids: Collection[str] = ()
    former: Mapping[str, str] = MappingProxyType({})
    others: Mapping[str, Sequence[str]] = MappingProxyType({})

    @property
    def keys(self) -> Set[str]:
        """The keys of the sources."""
        return self.numberings.keys()


def gather_works(
    sources: Sequence[Record],
    list_templates: Callable[[str], Iterable[str]],
    find_places: Callable[[str], Sequence[tuple[str, Locator]] | None],
    ids: Collection[str] = (),
    former: Mapping[str, str] = MappingProxyType({}),
    others: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> Works:
    """Return what a draft may cite of *sources*, each of which is cited in print by templates."""
    printed = {source["id"]: compile_citations(source, list_templates(source["id"])) for source in sources}
    return Works(
        {source["id"]: read_numbering(source) for source in sources},
        {key: cited for key, cited in printed.items() if cited},
        find_places,
        ids,
        former,
        others,
    )


def find_pinpoints(text: str, works: Works) -> list[Pinpoint]:
    """Return the places of *text* that cite a source, in order, none inside another."""
    text = flatten_signs(text)
    printed = list(find_printed_citations(text, works.patterns))
    # What two sources are cited by alike names any of them.
    shared: dict[tuple[int, int], list[PrintedCitation]] = {}
    for one in printed:
        shared.setdefault((one.start, one.end), []).append(one)
    found = [
        _make_pinpoint(*span, first.source, first.place, works, rivals=tuple(one.source for one in others))
        for span, (first, *others) in shared.items()
    ]
    for cited in find_key_citations(text):
        now = works.former.get(cited.name, cited.name)
        if now in works.numberings or now in works.others or _is_meant(cited, works.keys):
            first, *rivals = works.others.get(now, [now])
            pinpoint = _make_pinpoint(cited.start, cited.end, first, cited.place, works, rivals=tuple(rivals))
            found.append(pinpoint._replace(was=cited.name if now != cited.name else ""))
        elif cited.place is None:
            found += _name_fact(cited.start, cited.end, cited.name, works, likeness=NEAR_KEY)
    if "-" in text:
        found += _find_facts(text, works)
    kept = _keep_outermost(found)
    if any(one.ref == one.source for one in kept):
        kept = sorted([*kept, *_find_bare(text, kept, works)])
    return kept


def _is_meant(cited: KeyCitation, keys: Iterable[str]) -> bool:
    """Tell whether a name that is none of *keys* may be meant to be one: a key, and not anyone's, is what it looks like."""
    if cited.place is None or cited.place.unread:
        return False
    is_sealed = cited.place.seal is not None and len(cited.place.seal) == SEAL_LENGTH
    return is_sealed or resembles_key(cited.name, keys) or (cited.has_colon and _is_shaped(cited.name, keys))


def _find_bare(text: str, found: Sequence[Pinpoint], works: Works) -> Iterator[Pinpoint]:
    """Yield each ``(para. 13)`` behind a source that was named without a place, as APA cites: author (year) … (place)."""
    starts = [one.start for one in found]
    for match in re.finditer(_BARE, text, re.IGNORECASE):
        place = read_place(text, match.end())
        if place is None or not text.startswith(")", place.end):
            continue
        at = bisect_left(starts, match.start()) - 1
        if at < 0 or (at + 1 < len(found) and starts[at + 1] < place.end):
            continue
        before = found[at]
        if not _may_number(works.numberings.get(before.source), place):
            # The article of a covenant, the part of the writer's own text.
            continue
        between = text[before.end : match.start()]
        if before.ref != before.source or not 0 < len(between) < _NEAR:
            continue
        # Another work's year in between: the place is that one's.
        if not re.search(r"\b(?:1[89]|20)[0-9]{2}[a-z]?\)", between.removeprefix(")")):
            yield _make_pinpoint(match.start(), place.end + 1, before.source, place, works, rivals=before.rivals)


def _may_number(numbering: Numbering | None, place: Place) -> bool:
    """Tell whether a source that numbers its passages so may have a *place* of that unit, or the page that it names."""
    if numbering is None or not place.units:
        return True
    return numbering.unit in place.units or (place.units == ("page",) and any(numbering.pages))


def _is_shaped(name: str, keys: Iterable[str]) -> bool:
    """Tell whether *name* is made as one of *keys* is, of a name and a year: where that is cited, so may this one be."""
    if not re.search(r"[a-z].*(?<![0-9])(?:19|20)[0-9]{2}$", name):
        return False
    return any(
        re.sub("[a-z]+", "a", name[:-4]) == re.sub("[a-z]+", "a", key[:-4]) and key[-4:].isdigit() for key in keys
    )


def resembles_key(name: str, keys: Iterable[str]) -> bool:
    """Tell whether *name* may be meant to be one of *keys*: it looks like a key, and is like one."""
    if not re.search("[a-z]", name) or len(name) < 4:
        return False
    # A word of the language may be like a key that is one, too.
    return bool(find_nearest(name, keys, NEAR_KEY if re.search("[0-9-]", name) else NEAR_WORD))


def _find_facts(text: str, works: Works) -> Iterator[Pinpoint]:
    """Yield the ids of facts, and what is misspelt for one: words with two hyphens or more are hardly anything else."""
    for match in re.finditer(_ID, text):
        id = match[0]
        if id.count("-") < 2 and not (id.count("-") and match.start() and text[match.start() - 1] in "([{"):
            continue
        yield from _name_fact(match.start(), match.end(), id, works, likeness=NEAR_ID)


def _name_fact(start: int, end: int, id: str, works: Works, *, likeness: float) -> Iterator[Pinpoint]:
    """Yield the fact *id* as it is cited in ``text[start:end]``, or one without a source for what is misspelt for an id."""
    now = works.former.get(id, id)
    if places := works.find_places(now):
        source, locator = places[0]
        yield Pinpoint(start, end, now, source, (locator,), fact=now, was=id if now != id else "")
    elif id.count("-") > 1 and find_nearest(id, (one for one in works.ids if _may_be_slip(id, one)), likeness):
        yield Pinpoint(start, end, id, "", fact=id)


def _may_be_slip(id: str, known: str) -> bool:
    """Tell whether one of two ids may be a slip for the other: they begin or end alike, and are about as long."""
    return abs(len(id) - len(known)) <= _LONGEST_SLIP and (id[:4] == known[:4] or id[-4:] == known[-4:])


_LONGEST_SLIP = 4
"""As many letters a misspelt id may have more or less."""


def _make_pinpoint(
    start: int, end: int, key: str, place: Place | None, works: Works, *, rivals: tuple[str, ...] = ()
) -> Pinpoint:
    if place is None:
        return Pinpoint(start, end, key, key, rivals=rivals)
    numbering = works.numberings.get(key)
    number = None if rivals else place.number
    if numbering and place.units and numbering.unit not in place.units:
        located, shown = _locate_labelled(place, numbering)
        # No number of a passage may stand there.
        number = None
    else:
        located = [locate_span(span, numbering) for span in place.spans]
        shown = f":{','.join(str(one or span) for one, span in zip(located, place.spans, strict=True))}"
    ref = f"{key}{shown}{'@' + place.seal if place.seal else ''}{place.unread}"
    # Which of them is no place at all, refs will say.
    usable = [one for one in located if one and one.last - one.first < _LONGEST and not place.unread]
    return Pinpoint(start, end, ref, key, merge_locators(usable), place.unread, number, rivals=rivals)


def _locate_labelled(place: Place, numbering: Numbering) -> tuple[list[Locator | None], str]:
    """Return what a *place* of another unit than the source's names, and how a REF says so: by the passages on its pages, or
    with its label, as it is for ``refs`` to say that the source has none of these."""
    if place.units == ("page",) and any(numbering.pages):
        pages = [numbering.locate_pages(span.first, span.last) for span in place.spans]
        if all(pages):
            found = merge_locators(one for page in pages for one in page)
            return list(found), f":{','.join(map(str, found))}"
    is_plural = len(place.spans) > 1 or place.spans[0].first != place.spans[0].last
    label = PRINTED[place.units[0]][is_plural]
    return [None] * len(place.spans), f", {label} {', '.join(map(str, place.spans))}"


_REPEATED = re.compile(rf"\bibid(?:em)?\b\.?(?:,?{BLANK}{{1,2}}(?:at{BLANK})?(?={AHEAD[3:-1]}))?", re.IGNORECASE)
"""*Ibid.*, alone or up to the place."""
_PAGE = rf"[,;]?{BLANK}{{0,2}}(?:[^\W\d_]+\.?{BLANK}{{0,2}})?[0-9]"
"""What stands behind *ibid.* where it repeats the work and not the place: *ibid., p. 5*."""


def find_repeated(text: str, works: Works, cited: Callable[[int], Pinpoint | None]) -> Iterator[Pinpoint]:
    """Yield each *ibid.* of *text* as what it repeats: *cited* gives the citation before an offset, None for another work's."""
    text = flatten_signs(text)
    for match in _REPEATED.finditer(text):
        before = cited(match.start())
        if before is None or before.unread:
            continue
        place = read_place(text, match.end())
        if place and _may_number(works.numberings.get(before.source), place):
            yield _make_pinpoint(match.start(), place.end, before.source, place, works, rivals=before.rivals)
        elif re.match(_PAGE, text[match.end() : match.end() + 20]):
            yield Pinpoint(match.start(), match.end(), before.source, before.source, rivals=before.rivals)
        else:
            yield before._replace(start=match.start(), end=match.end(), number=None)


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
