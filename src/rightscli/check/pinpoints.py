"""The places of a text that cite a source of the base: REFs in every form, and the citations that ``cite`` prints.

A form that other works could be cited in as well (``name:13``, ``[@name, para. 13]``) is only ours where the name is, or nearly.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from rightscli.text.locators import SEAL_LENGTH, SLOT, Locator, merge_locators

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from rightscli.records import Record

_NAME = r"[a-z0-9]+(?:[-_][a-z0-9]+)*"
_DASH = r"\s?[-‐‑‒–—]\s?"
_NUMBER = "[0-9]{1,40}"
_RANGE = rf"{_NUMBER}(?:{_DASH}{_NUMBER})?(?![0-9])"
_TIGHT = rf"{_RANGE}(?:,{_RANGE})*"
# Behind a label, that is: hrw-2020:13 to 15 people is a paragraph and people.
_SPAN = rf"{_NUMBER}(?:(?:{_DASH}|\s(?:to|through)\s){_NUMBER})?(?![0-9])"
_LOOSE = rf"{_SPAN}(?:(?:,\s?(?:and\s|&\s?)?|\s(?:and|&)\s){_SPAN})*"
# Others than eight digits seal nothing, and that has to be said.
_SEAL = r"(?:@(?P<seal>[0-9a-f]{4,64})(?![0-9a-z]))?"
_MANY = r"(?:¶¶|§§|paragraphs|paras\.?|pars\.?)"
_ONE = r"(?:¶|§|paragraph|para\.?|par\.?)"
_PLACES = rf"(?:{_MANY}\s?(?P<many>{_LOOSE})|{_ONE}\s?(?P<one>{_TIGHT})){_SEAL}"

_COLON = rf"(?i)(?<![\w@:/.#&=-])(?P<name>{_NAME}):(?:{_ONE}\s?|{_MANY}\s?)?(?P<ranges>{_TIGHT}){_SEAL}(?!\w|[:/]\w)"
# In brackets of its own, blanks can be nothing but the writer's; a number of four digits is a year.
_FEW = rf"{_RANGE}(?:\s?,\s?[0-9]{{1,3}}(?:{_DASH}[0-9]{{1,3}})?(?![0-9]))*"
_BRACKETED = rf"(?i):\s?(?:{_ONE}\s?|{_MANY}\s?)?(?P<ranges>{_FEW}){_SEAL}(?=\s?[)\];])"
_NAME_BEFORE = rf"(?i)(?<=[(\[;\s])(?P<name>{_NAME})\s?$"
_LABELLED = rf"(?i)(?<![\w:/.#&=-])@?(?P<name>{_NAME}),?\s?{_PLACES}"
_KEYED = rf"(?i)(?<![\w.])@(?P<name>{_NAME})(?:(?:,?\s?(?P<brace>[\[{{])\s?|,?\s){_PLACES}(?(brace)\s?[\]}}]))?"
_BARE = rf"(?i)\((?:at\s)?{_PLACES}\)"
_OF = rf"(?i)(?<![\w:/.#&=-]){_PLACES}\s(?:of|in)\s@?(?P<name>{_NAME})(?![\w:/])"
_ROLE = rf"(?i):cite(?::[a-z]+)?:`(?P<name>{_NAME})(?:\{{{_PLACES}\}})?`"
_ID = rf"(?<![\w@:/.#&=-]){_NAME}(?![\w:/@-])"

# Of the same length, so that a place in one is a place in the other.
_HYPHENS = str.maketrans("‐‑", "--")
_SAME_WIDTH = str.maketrans("‘’‚‛“”„‟‐‑‒–—―\u00a0\u202f\u2009", "''''\"\"\"\"------   ")


_NEAR = 500
"""As far behind the name of a source its place may stand, in characters."""


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


class CitedAs(NamedTuple):
    """How a source is cited in print: the *pattern* of its citations, in each of which one of its *names* stands."""

    names: tuple[str, ...]
    pattern: re.Pattern[str]


class Works(NamedTuple):
    """The sources that a draft may cite: their *keys*, how each is cited in print (*patterns* by key), and which of a text's
    words are the id of a fact (*find_places* gives the source and the paragraphs that it rests on, or None)."""

    keys: frozenset[str]
    patterns: Mapping[str, CitedAs]
    find_places: Callable[[str], Sequence[tuple[str, Locator]] | None]


def compile_citations(source: Record, templates: Iterable[str]) -> CitedAs | None:
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
    authors = _list_authors(csl)
    author = "|".join(map(re.escape, authors))
    alternatives = [f"(?:{'|'.join(map(_generalise, kept))})(?P<ranges>{_LOOSE})"]
    if author:
        alternatives += [rf"\(?(?:see\s(?:also\s)?)?(?<!\w)(?:{author})(?:{_compile_gap(csl)}){{0,60}}+(?i:{_PLACES})"]
    alternatives += map(_generalise, whole)
    if author and (year := _read_year(csl)):
        alternatives.append(rf"(?<!\w)(?:{author})(?:\s\(|,?\s){year}(?![0-9])")
    return CitedAs((*named, *authors), re.compile("|".join(alternatives)))


def _list_authors(csl: Record) -> list[str]:
    """Return the names of two words or more that a writer may cite a source by, and the initials of those of three."""
    names = [_widen(name.get("literal") or "") for name in csl.get("author", ())]
    names = [name for name in names if " " in name.strip()]
    initials = ["".join(word[0] for word in name.split() if word[0].isupper()) for name in names]
    return [*names, *(letters for letters in initials if len(letters) > 2)]


def _read_year(csl: Record) -> str | None:
    year = re.match("[0-9]{4}", str(csl.get("issued", "")))
    return year[0] if year else None


def _compile_gap(csl: Record) -> str:
    """Return the pattern of what may stand between an author and the paragraph, piece by piece: nothing that is another's."""
    title, names = _widen(csl.get("title", "")), ("container-title", "publisher")
    known = [title, title.partition(":")[0], *(_widen(csl.get(name, "")) for name in names), _read_year(csl) or ""]
    told = sorted({_generalise(name) for name in known if name}, key=len, reverse=True)
    return "|".join(
        [r"'s\b", r"[\s,:\"'()]", *(f"(?i:{name})" for name in told), r"(?:in|at|supra)\b", r"(?:note|n)\s[0-9]+"]
    )


def _generalise(text: str) -> str:
    """Return the pattern of a citation's beginning: any number of a note, any blanks."""
    pattern = re.escape(text).replace(r"\ ", r"\s")
    return re.sub(r"(\\\(n\\s|note\\s)1\b", r"\1[0-9]+", pattern)


def _widen(text: str) -> str:
    return text.translate(_SAME_WIDTH)


def find_pinpoints(text: str, works: Works) -> list[Pinpoint]:
    """Return the places of *text* that cite a source, in order, none inside another."""
    found: list[Pinpoint] = []
    plain, text = _widen(text), text.translate(_HYPHENS)
    printed = [
        list(_find_citations(pattern, plain, key))
        for key, (names, pattern) in works.patterns.items()
        if any(name in plain for name in names)
    ]
    # What two sources are cited by alike names neither of them.
    shared = Counter((one.start, one.end) for cited in printed for one in cited)
    found += (one for cited in printed for one in cited if shared[one.start, one.end] == 1)
    if ":" in text:
        found += _find_forms(_COLON, text, works)
        found += _find_bracketed(text, works)
    if "@" in text or "par" in text.lower() or "¶" in text or "§" in text:
        found += _find_forms(_LABELLED, text, works)
        found += _find_forms(_OF, text, works)
    if "@" in text:
        found += _find_forms(_KEYED, text, works)
    if ":`" in text:
        found += _find_forms(_ROLE, text, works)
    if "-" in text:
        found += _find_facts(text, works)
    kept = _keep_outermost(found)
    if any(not one.locators for one in kept):
        kept = sorted([*kept, *_find_bare(text, kept)])
    return kept


def _find_citations(pattern: re.Pattern[str], plain: str, key: str) -> Iterator[Pinpoint]:
    """Yield what cites the source *key* in print, with the bracket that closes it."""
    for match in pattern.finditer(plain):
        parts = match.groupdict()
        ranges = next((parts[part] for part in ("ranges", "many", "one") if parts.get(part)), None)
        open_bracket = match[0].count("(") > match[0].count(")")
        end = match.end() + (open_bracket and plain.startswith(")", match.end()))
        yield _make_pinpoint(match.start(), end, key, ranges, parts.get("seal"))


def _find_bare(text: str, found: Sequence[Pinpoint]) -> Iterator[Pinpoint]:
    """Yield each ``(para. 13)`` behind a source that was named without a place, as APA cites: author (year) … (place)."""
    starts = [one.start for one in found]
    for match in re.finditer(_BARE, text):
        place = bisect_left(starts, match.start()) - 1
        if place < 0 or (place + 1 < len(found) and starts[place + 1] < match.end()):
            continue
        before = found[place]
        between = text[before.end : match.start()]
        if before.locators or before.fact or not 0 < len(between) < _NEAR:
            continue
        # Another work's year in between: the place is that one's.
        if not re.search(r"\b(?:1[89]|20)[0-9]{2}[a-z]?\)", between.removeprefix(")")):
            parts = match.groupdict()
            yield _make_pinpoint(*match.span(), before.source, parts["many"] or parts["one"], parts["seal"])


def _find_forms(pattern: str, text: str, works: Works) -> Iterator[Pinpoint]:
    """Yield what *pattern* finds, where the name is a source's or nearly."""
    for match in re.finditer(pattern, text):
        parts = match.groupdict()
        name, seal = parts["name"].lower(), parts["seal"]
        ranges = next((parts[part] for part in ("ranges", "many", "one") if parts.get(part)), None)
        if name not in works.keys:
            sealed = seal is not None and len(seal) == SEAL_LENGTH
            alike = sealed or resembles_key(name, works.keys) or ("ranges" in parts and _is_shaped(name, works.keys))
            if not ranges or not alike:
                continue
        yield _make_pinpoint(*match.span(), name, ranges, seal)


def _find_bracketed(text: str, works: Works) -> Iterator[Pinpoint]:
    """Yield places of known sources that are written with blanks, in brackets: ``(hrw-2020: 13, 15)``."""
    for match in re.finditer(_BRACKETED, text):
        start = max(0, match.start() - 80)
        before = re.search(_NAME_BEFORE, text[start : match.start()])
        if before and before["name"].lower() in works.keys:
            yield _make_pinpoint(
                start + before.start(), match.end(), before["name"].lower(), *match.group("ranges", "seal")
            )


def _is_shaped(name: str, keys: Iterable[str]) -> bool:
    """Tell whether *name* is made as one of *keys* is, of a name and a year: where that is cited, so may this one be."""
    if not re.search(r"[a-z].*(?<![0-9])(?:19|20)[0-9]{2}$", name):
        return False
    return any(
        re.sub("[a-z]+", "a", name[:-4]) == re.sub("[a-z]+", "a", key[:-4]) and key[-4:].isdigit() for key in keys
    )


def replace_place(said: str, number: int) -> str:
    """Return a pinpoint as it was *said*, with the paragraph *number* for its one place, and without its seal."""
    match = re.search(rf"(?i)(?P<label>{_MANY})?(?P<blank>\s?){_SPAN}(?:@[0-9a-f]+)?(?=[\W_]*$)", said)
    if match is None:
        return said
    label = match["label"] or ""
    # Of one paragraph: paragraph, para., par., ¶.
    one = label[:1] if label[:1] in "¶§" else re.sub("s(?=\\.?$)", "", label)
    return f"{said[: match.start()]}{one}{match['blank']}{number}{said[match.end() :]}"


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
    pieces = [piece for piece in re.split(r",|and|&", ranges.lower()) if piece.strip()]
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
