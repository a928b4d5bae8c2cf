"""What ``cite`` prints of a source, and what people write in its likeness, read back: a text → the places that it cites."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rightscli.passages import name_shown_unit
from rightscli.text.locators import SLOT
from rightscli.text.places import BLANK, START, compile_label, find_places, flatten_signs, read_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rightscli.records import Record
    from rightscli.text.places import Place

_BLANKS = dict.fromkeys((0xA0, 0x202F, 0x2009), " ")
_SHORTEST_NAME = 3
_SHORTEST_NUMBER = 5
"""The least characters of a work's own number that no other number is."""
_SHORTEST_WHOLE = 13
"""The least letters of a citation without a place: of fewer, a text may hold them by chance."""


class CitedAs(NamedTuple):
    """How a source is cited in print: the *pattern* of its citations, in each of which one of its *names* stands, up to the
    place, and of what stands *behind* a place; what *tails* may stand behind the place; by which *symbols* alone it goes, its
    number and its aliases; and the *unit* of a place without a label."""

    names: tuple[str, ...]
    pattern: re.Pattern[str]
    behind: re.Pattern[str]
    tails: tuple[str, ...]
    symbols: tuple[str, ...] = ()
    unit: str = "paragraph"


class PrintedCitation(NamedTuple):
    """``text[start:end]`` cites the *source*, by its key, in print; without a *place*, as a whole."""

    start: int
    end: int
    source: str
    place: Place | None


def compile_citations(source: Record, templates: Iterable[str]) -> CitedAs | None:
    """Return the pattern of the citations that *templates* make of a source, by their text up to the place, and of those by
    its authors, its number and its aliases that people write.

    None where none of them names it: a bare number could be anyone's.
    """
    csl, names, symbols = source["csl"], _list_names(source), _list_symbols(source)
    named = [text for text in map(_widen, templates) if _holds_name(text, names)]
    cut = [text.partition(SLOT) for text in named if SLOT in text]
    heads = {head for head, _, _ in cut if _holds_name(head, names)}
    if not heads and not symbols:
        return None
    label = compile_label(*{source["unit"], name_shown_unit(source)})
    labelled = {re.sub(f"{label}$", "", head, flags=re.IGNORECASE) for head in heads}
    ahead = f"(?={label}{START})"
    wholes = {text.rstrip(").") for text in named if SLOT not in text} | set(symbols)
    # With the bracket that may stand before any, or a whole citation that begins with it would come first.
    places = [
        rf"\(?(?:{_join_texts(labelled)})(?i:{ahead})",
        rf"\(?(?:{_join_texts(heads & labelled)}){BLANK}{{0,2}}(?i:{START})",
        *_compile_written(csl, symbols, ahead),
    ]
    alternatives = [
        f"(?P<cited>{'|'.join(places)})",
        _bound(_join_texts(text for text in wholes if len(text) >= _SHORTEST_WHOLE)),
    ]
    authors, year = _join_names([*_list_authors(csl), *_list_families(csl)]), _read_year(csl)
    if authors and year:
        alternatives.append(rf"(?<!\w)(?:{authors})(?:\s\(|,?\s){year}(?![0-9])")
    tails = tuple(dict.fromkeys(tail for _, _, tail in cut))
    known = tuple(dict.fromkeys([*names, *symbols, *_list_families(csl), *_list_issuers(csl)]))
    pattern, behind = re.compile("|".join(filter(None, alternatives))), re.compile(_compile_behind(csl, symbols))
    return CitedAs(known, pattern, behind, tails, symbols, name_shown_unit(source))


def _compile_behind(csl: Record, symbols: Iterable[str]) -> str:
    """Return the pattern of what people write behind the place: *article 11(1)* of the Universal Declaration of Human Rights."""
    named = [name for name in (_widen(_read_title(csl)), *_list_short_titles(csl)) if len(name) >= _SHORTEST_NAME]
    authors, year = _join_names(_list_authors(csl)), _read_year(csl)
    written = [rf"(?:{_join_names(named)})(?!{BLANK}(?:of|on|for|to|against|relating|concerning)\b)" if named else ""]
    written += [_bound(_join_texts(symbols)), rf"(?:{authors})(?:'s)?,?{BLANK}\(?{year}\)?" if authors and year else ""]
    quotes = "[\"'*_]{0,3}"
    lead = rf",?{BLANK}(?:(?:of|in|from){BLANK})?(?:[Tt]he{BLANK})?{_UN_DOCUMENT}{quotes}"
    return rf"{lead}(?<!\w)(?:{'|'.join(filter(None, written))})(?!\w){quotes}"


def _compile_written(csl: Record, symbols: Iterable[str], ahead: str) -> Iterator[str]:
    """Yield the patterns of what people write up to the place: an author or a symbol, and what else they may say of the work.

    *ahead* is the pattern of the place. A family name alone is many people's: with it stands the year or the title.
    """
    see, gap = r"\(?(?:see\s(?:also\s)?)?", rf"(?:{_compile_gap(csl, symbols)})"
    title, year = _widen(_read_title(csl)), _read_year(csl)
    if authors := _join_names(_list_authors(csl)):
        yield rf"{see}(?<!\w)(?:{authors}){gap}{{0,60}}+(?i:{ahead})"
    if families := _join_names([*_list_families(csl), *_list_issuers(csl)]):
        telling = "|".join(filter(None, [year, f"(?i:{_generalise(title)})" if title else ""]))
        yield rf"{see}(?<!\w)(?:{families})(?={gap}{{0,60}}?(?:{telling})){gap}{{0,60}}+(?i:{ahead})"
    if any(symbols):
        yield rf"{see}{_UN_DOCUMENT}{_bound(_join_texts(symbols))}{gap}{{0,60}}+(?i:{ahead})"


_UN_DOCUMENT = r"(?:(?:U\.?N\.?\s)?[Dd]oc(?:ument|s)?\.?\s)?"


def _bound(pattern: str) -> str:
    """Return *pattern* where it is no part of a longer word or symbol: ``A/HRC/25/63`` is not in ``A/HRC/25/63/Add.1``."""
    return rf"(?<![\w/])(?:{pattern})(?![\w/]|[-.]\w)"


def _join_texts(texts: Iterable[str]) -> str:
    """Return the pattern of any of *texts*, the longest first; of none, one that matches nothing."""
    return "|".join(map(_generalise, sorted(texts, key=lambda text: (-len(text), text)))) or "(?!)"


def _join_names(names: Iterable[str]) -> str:
    """Return the pattern of any of *names*, the longest first, with any blanks; nothing where there are none.

    Names of several words may be in any case: styles print a title in capitals of their own.
    """
    ordered = sorted(dict.fromkeys(names), key=lambda name: (-len(name), name))
    patterns = [re.escape(name).replace(r"\ ", r"\s") for name in ordered]
    return "|".join(f"(?i:{pattern})" if r"\s" in pattern else pattern for pattern in patterns)


def _holds_name(text: str, names: Iterable[str]) -> bool:
    """Tell whether one of *names* stands in *text*: many styles print a title in capitals of their own."""
    lowered = text.lower()
    return any(name.lower() in lowered for name in names)


def _list_names(source: Record) -> tuple[str, ...]:
    """Return the authors and the title of a source, and the initials of authors of three words: by one of them it is cited.

    OSCOLA prints the name of a case without full stops, Chicago the site of a page in the place of an author.
    """
    csl = source["csl"]
    names = [name.get("literal") or name.get("family") or "" for name in csl.get("author", ())]
    title = _read_title(csl)
    names += [title, title.replace(".", ""), _name_site(csl)]
    long = [_widen(name) for name in names if len(name) >= _SHORTEST_NAME]
    return tuple(dict.fromkeys([*long, *_list_authors(csl)]))


def _read_title(csl: Record) -> str:
    """Return the title without the tags that set a part of it (CSL-JSON's *rich text*), as an engine prints it."""
    return re.sub(r"</?(?:i|b|sup|sub|sc|span)\b[^<>]*>", "", csl.get("title", ""))


def _name_site(csl: Record) -> str:
    """Return the site or paper of a page without an author, which stands in the author's place; else nothing."""
    told = not csl.get("author") and csl.get("type") in ("webpage", "post", "post-weblog", "article-newspaper")
    return str(csl.get("container-title", "")) if told else ""


def _list_symbols(source: Record) -> tuple[str, ...]:
    """Return the aliases of a source, and its number where nothing else is written so: ``A/HRC/25/63``, ``12345/67``."""
    number = _widen(str(source["csl"].get("number", "")))
    telling = len(number) >= _SHORTEST_NUMBER and re.search("[0-9]", number) and re.search(r"[^0-9\s]", number)
    return (*([number] if telling else []), *map(_widen, source.get("alias", ())))


def _list_authors(csl: Record) -> list[str]:
    """Return the names that nobody else is called by in passing: of two words or more, their initials where they are three,
    and several people's together (*Lee and Kim*, *Lee et al.*)."""
    people = csl.get("author", ())
    names = [_widen(name.get("literal") or "") for name in people]
    names = [name for name in names if " " in name.strip()]
    initials = ["".join(word[0] for word in name.split() if word[0].isupper()) for name in names]
    families = [_widen(name.get("literal") or name.get("family") or "") for name in people]
    whole = [
        _widen(name.get("literal") or f"{name.get('given', '')} {name.get('family', '')}".strip()) for name in people
    ]
    names += [name for name in whole if " " in name and name not in families]
    for together in (families, whole) if len(people) > 1 and all(families) else ():
        first, last = ", ".join(together[:-1]), together[-1]
        names += [f"{first}{joint}{last}" for joint in (" and ", " & ", ", and ", ", & ")]
        names += [f"{together[0]}{comma} et al{stop}" for comma in ("", ",") for stop in (".", "")]
    title = _widen(_read_title(csl))
    # A case or a treaty, which has no author, is cited by its name.
    names += [name for name in (title, _widen(_name_site(csl))) if not people and " " in name]
    names += _list_short_titles(csl)
    return [*names, *(letters for letters in initials if len(letters) > 2)]


def _list_short_titles(csl: Record) -> list[str]:
    """Return what a treaty or a law goes by beside its title: its initials, and what stands before an *of* or *on* there."""
    if csl.get("type") not in _LAWS or csl.get("author"):
        return []
    title = _widen(_read_title(csl))
    initials = "".join(re.findall(r"\b[A-Z]", title))
    head = re.match(r"(?:[A-Z][\w'-]*\s)+[A-Z][\w'-]*(?=\s(?:of|on|for|against|relating|concerning)\b)", title)
    return [*([initials] if len(initials) >= _SHORTEST_NAME else []), *([head[0]] if head else [])]


_LAWS = ("treaty", "legislation", "bill", "regulation")


def _list_issuers(csl: Record) -> list[str]:
    """Return the body that issued a work without an author, by which many other works are cited, too."""
    issuer = _widen(str(csl.get("authority", "")))
    return [issuer] if issuer and not csl.get("author") else []


def _list_families(csl: Record) -> list[str]:
    """Return the name of a single author that is one word or a family's, with its particles and without, at a sentence's start
    too: *van der Berg*, *Van der Berg*, *Berg*."""
    people = csl.get("author", ())
    if len(people) != 1:
        return []
    name = _widen(people[0].get("literal") or people[0].get("family") or "")
    if people[0].get("literal") and " " in name:
        return []
    bare = re.sub(r"^(?:[a-z'][\w']*\s)+", "", name)
    return list(dict.fromkeys(one for one in (name, name[:1].upper() + name[1:], bare) if len(one) >= _SHORTEST_NAME))


def _read_year(csl: Record) -> str | None:
    year = re.match("[0-9]{4}", str(csl.get("issued", "")))
    return year[0] if year else None


def _compile_gap(csl: Record, symbols: Iterable[str]) -> str:
    """Return the pattern of what may stand between an author and the place, piece by piece: nothing that is another's."""
    title, names = _widen(_read_title(csl)), ("container-title", "publisher")
    year = _read_year(csl)
    known = [title, title.partition(":")[0], *(_widen(csl.get(name, "")) for name in names), *symbols, year or ""]
    told = sorted({_generalise(name) for name in known if name}, key=len, reverse=True)
    dated = [rf"(?:[0-9]{{1,2}}\s)?(?:{_MONTHS})(?:\s[0-9]{{1,2}})?(?=,?\s{year})"] if year else []
    return "|".join(
        [
            r"'s\b",
            r"[\s,:\"'()]",
            *dated,
            *(f"(?i:{name})" for name in told),
            r"(?:in|at|supra)\b",
            r"(?:note|n)\s[0-9]+",
            _UN_DOCUMENT.removesuffix("?"),
        ]
    )


_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"


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
    named = {key: cited for key, cited in printed.items() if _holds_name(plain, cited.names)}
    for before in find_places(text) if named else ():
        for key, cited in named.items():
            if match := cited.behind.match(plain, before.end):
                yield PrintedCitation(before.start, match.end(), key, before)
    for key, cited in named.items():
        for match in cited.pattern.finditer(plain):
            place = read_place(text, match.end()) if match["cited"] else None
            if place and not place.units:
                place = place._replace(units=(cited.unit,))
            end = place.end if place else match.end()
            is_open = match[0].count("(") > match[0].count(")")
            yield PrintedCitation(match.start(), end + (is_open and plain.startswith(")", end)), key, place)


def _find_symbols(text: str, printed: Mapping[str, CitedAs]) -> list[PrintedCitation]:
    """Return the sources that go by *text* alone, be it short."""
    name = _widen(text).strip("()[]. ")
    return [PrintedCitation(0, len(text), key, None) for key, cited in printed.items() if name in cited.symbols]


def read_printed_citations(text: str, printed: Mapping[str, CitedAs]) -> list[PrintedCitation]:
    """Return what *text* is, from end to end: a citation of a source, or of several that are cited alike; else nothing."""
    text = " ".join(flatten_signs(text).split())
    if found := _find_symbols(text, printed):
        return found
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
    return [
        source
        for source in sources
        if _holds_name(
            plain,
            (
                *_list_names(source),
                *_list_symbols(source),
                *_list_families(source["csl"]),
                *_list_issuers(source["csl"]),
            ),
        )
    ]
