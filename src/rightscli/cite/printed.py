"""What ``cite`` prints of a source, and what people write in its likeness, read back: a text → the places that it cites."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rightscli.text.locators import SLOT
from rightscli.text.places import AHEAD, BLANK, LABEL, flatten_signs, read_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rightscli.records import Record
    from rightscli.text.places import Place

_BLANKS = dict.fromkeys((0xA0, 0x202F, 0x2009), " ")
_SHORTEST_NAME = 3
_SHORTEST_WHOLE = 13
"""The least letters of a citation without a place: of fewer, a text may hold them by chance."""


class CitedAs(NamedTuple):
    """How a source is cited in print: the *pattern* of its citations, in each of which one of its *names* stands, up to the
    place; and what *tails* may stand behind the place."""

    names: tuple[str, ...]
    pattern: re.Pattern[str]
    tails: tuple[str, ...]


class PrintedCitation(NamedTuple):
    """``text[start:end]`` cites the *source*, by its key, in print; without a *place*, as a whole."""

    start: int
    end: int
    source: str
    place: Place | None


def compile_citations(source: Record, templates: Iterable[str]) -> CitedAs | None:
    """Return the pattern of the citations that *templates* make of a source, by their text up to the place.

    None where none of them names its author or title: a bare number could be anyone's.
    """
    csl, names = source["csl"], _list_names(source)
    named = [text for text in map(_widen, templates) if any(name in text for name in names)]
    cut = [text.partition(SLOT) for text in named if SLOT in text]
    heads = {head for head, _, _ in cut if any(name in head for name in names)}
    if not heads:
        return None
    labelled = {re.sub(f"{LABEL}$", "", head, flags=re.IGNORECASE) for head in heads}
    wholes = {text.rstrip(").") for text in named if SLOT not in text}
    # With the bracket that may stand before any, or a whole citation that begins with it would come first.
    places = [
        rf"\(?(?:{_join_texts(labelled)})(?i:{AHEAD})",
        rf"\(?(?:{_join_texts(heads & labelled)}){BLANK}{{0,2}}(?=[0-9])",
    ]
    authors = "|".join(map(re.escape, _list_authors(csl)))
    if authors:
        see = r"\(?(?:see\s(?:also\s)?)?(?<!\w)"
        places.append(rf"{see}(?:{authors})(?:{_compile_gap(csl)}){{0,60}}+(?i:{AHEAD})")
    alternatives = [
        f"(?P<cited>{'|'.join(places)})",
        _join_texts(text for text in wholes if len(text) >= _SHORTEST_WHOLE),
    ]
    if authors and (year := _read_year(csl)):
        alternatives.append(rf"(?<!\w)(?:{authors})(?:\s\(|,?\s){year}(?![0-9])")
    tails = tuple(dict.fromkeys(tail for _, _, tail in cut))
    return CitedAs(names, re.compile("|".join(filter(None, alternatives))), tails)


def _join_texts(texts: Iterable[str]) -> str:
    """Return the pattern of any of *texts*, the longest first; of none, one that matches nothing."""
    return "|".join(map(_generalise, sorted(texts, key=lambda text: (-len(text), text)))) or "(?!)"


def _list_names(source: Record) -> tuple[str, ...]:
    """Return the authors and the title of a source, and the initials of authors of three words: by one of them it is cited."""
    csl = source["csl"]
    names = [name.get("literal") or name.get("family") or "" for name in csl.get("author", ())]
    long = [_widen(name) for name in (*names, csl.get("title", "")) if len(name) >= _SHORTEST_NAME]
    return tuple(dict.fromkeys([*long, *_list_authors(csl)]))


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
    """Return the pattern of what may stand between an author and the place, piece by piece: nothing that is another's."""
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
    """Return *text*, of the same length, without what its writer's program may have set otherwise: dashes, quotes, blanks."""
    return flatten_signs(text).replace("—", "-").translate(_BLANKS)


def find_printed_citations(text: str, printed: Mapping[str, CitedAs]) -> Iterator[PrintedCitation]:
    """Yield what cites one of the sources that are *printed* so, by their keys, each with the bracket that closes it.

    Sources may be cited alike: then each is yielded.
    """
    text, plain = flatten_signs(text), _widen(text)
    for key, cited in printed.items():
        if not any(name in plain for name in cited.names):
            continue
        for match in cited.pattern.finditer(plain):
            place = read_place(text, match.end()) if match["cited"] else None
            end = place.end if place else match.end()
            is_open = match[0].count("(") > match[0].count(")")
            yield PrintedCitation(match.start(), end + (is_open and plain.startswith(")", end)), key, place)


def read_printed_citations(text: str, printed: Mapping[str, CitedAs]) -> list[PrintedCitation]:
    """Return what *text* is, from end to end: a citation of a source, or of several that are cited alike; else nothing."""
    text = " ".join(flatten_signs(text).split())
    found = []
    for one in find_printed_citations(text, printed):
        tails = _join_texts(printed[one.source].tails)
        if not text[: one.start].strip("([ ") and re.fullmatch(
            rf"(?:{tails})?(?:{BLANK}|[.)\]])*", _widen(text[one.end :])
        ):
            found.append(one)
    return found


def choose_named(text: str, sources: Iterable[Record]) -> list[Record]:
    """Return those of *sources* whose author or title *text* holds: it can cite no others in print."""
    plain = _widen(text)
    return [source for source in sources if any(name in plain for name in _list_names(source))]
