"""REFs: text that names a fact, a source or a passage → the thing itself.

What a REF may look like is in ``parse_ref``; how one is printed is ``model.Source.format_ref``. Every REF that is printed is
read back here.
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from rightscli.errors import BrokenSealError, NotFoundError, UsageError
from rightscli.records import Record
from rightscli.text.folding import fold_text, shorten_text
from rightscli.text.locators import SEAL_LENGTH, Locator, merge_locators, seal_digests
from rightscli.text.places import DIGITS_AT_MOST, NAME, Place, Span, locate_span, read_key_citation
from rightscli.text.signs import read_quoted

if TYPE_CHECKING:
    from typing import Protocol

    class Lookup(Protocol):
        """What an index offers to those who know names."""

        def get_source(self, key: str) -> Record | None: ...
        def get_fact(self, id: str) -> Record | None: ...
        def find_topics(self, name: str) -> list[Record]: ...
        def list_sources(self) -> list[str]: ...
        def list_templates(self, source: str) -> list[str]: ...
        def list_names(self, table: str, like: str = "") -> list[str]: ...


# What most REFs are, read without the rest of the grammar.
_NUMBERS = r"[0-9]+(?:-[0-9]+)?"
_PLAIN = rf"@?(?P<name>{NAME})|(?P<key>{NAME}):(?P<numbers>{_NUMBERS}(?:,{_NUMBERS})*)(?:@(?P<seal>[0-9a-f]{{{SEAL_LENGTH}}}))?"
_REF_HELP = (
    "a REF is a fact's id, a source's key, a pinpoint such as hrw-2020:13, hrw-2020:13-15 or 'hrw-2020, para. 13',"
    " or four words or more in quotation marks"
)


class Ref(NamedTuple):
    """A REF as it is written: *spans* are the places in the source *name*; without any, *name* is a fact or a source.

    Without a *name* it is a quotation, *words*, or else it may be a citation as it is printed, which can be told only by the
    base's sources.
    """

    text: str
    name: str = ""
    spans: tuple[Span, ...] = ()
    seal: str | None = None
    words: str = ""


class Target(NamedTuple):
    """What a REF names: a *fact*, or a *source* and perhaps *locators* in it. *text* is the REF as the user wrote it."""

    text: str
    fact: Record | None = None
    source: Record | None = None
    locators: tuple[Locator, ...] = ()

    @property
    def place(self) -> str:
        """The REF with the place that it names, where it is the words of that place."""
        if not self.locators or not self.source or not read_quoted(self.text):
            return self.text
        return f"{self.text} ({self.source['id']}:{','.join(map(str, self.locators))})"


def parse_ref(text: str) -> Ref:
    """Return what *text* says; raise UsageError where it names a place that is not understood.

    Read are ``some-fact-id``, ``hrw-2020``, ``hrw-2020:13``, ``hrw-2020:13,15-17``, each of them sealed with ``@`` and eight
    hex digits, and every other form of ``text.places``: ``hrw-2020, paras. 13 and 15``, ``paras. 13-15 of hrw-2020``, pandoc's
    ``[@hrw-2020, para. 13]``, what else ``syntaxes`` writes; and a quotation, whose words only a copy can place.
    """
    # Names and seals are lower case, so that upper case can mean nothing else.
    if plain := re.fullmatch(_PLAIN, text.strip().lower()):
        pairs = (numbers.partition("-") for numbers in (plain["numbers"] or "").split(",") if numbers)
        spans = tuple(Span(first, last or first) for first, _, last in pairs)
        _refuse_spans(text, spans)
        return Ref(text, plain["name"] or plain["key"], spans, plain["seal"])
    if words := read_quoted(text):
        return Ref(text, words=words)
    cited = read_key_citation(text)
    return Ref(text, cited.name, *_read_spans(text, cited.place)) if cited else Ref(text)


def _read_spans(text: str, place: Place | None) -> tuple[tuple[Span, ...], str | None]:
    """Return the spans and the seal of *place*; raise UsageError where it cannot be understood."""
    if place is None:
        return (), None
    if place.unread or len(place.seal or "0" * SEAL_LENGTH) != SEAL_LENGTH:
        raise _refuse_text(text, _hint_at_place(place))
    _refuse_spans(text, place.spans)
    return place.spans, place.seal


def _refuse_spans(text: str, spans: Iterable[Span]) -> None:
    """Raise UsageError where one of *spans* can be no place of any source."""
    for span in spans:
        if any(end.isdecimal() and len(end) > DIGITS_AT_MOST for end in span[:2]):
            raise _refuse_text(text, "no source has that many paragraphs")
        if locate_span(span, ()) is None and span.first.isdecimal() and span.last.isdecimal():
            first, last = int(span.first), int(span.last)
            raise _refuse_text(text, f"write {last}-{first}", f": {first} comes after {last}")


def _refuse_text(text: str, hint: str, why: str = "") -> UsageError:
    return UsageError(f"'{shorten_text(text)}' is not a REF{why}", hint=hint)


def _hint_at_place(place: Place) -> str:
    if place.seal or place.unread.startswith("@"):
        return f"a seal is {SEAL_LENGTH} hex digits, 0-9 and a-f"
    return f"'{shorten_text(place.unread.strip())}' behind {place.spans[-1]} is not understood"


def _hint_at_form(text: str) -> str:
    """Return the way out for what is almost a REF."""
    bare = text.strip().strip("[]").lower()
    if match := re.fullmatch(rf"@?(?P<name>{NAME})(?:,\s*|\s+)(?P<ranges>{_NUMBERS}(?:\s*,\s*{_NUMBERS})*)", bare):
        return f"a bare number is a page elsewhere; write {match['name']}:{match['ranges']}"
    return _REF_HELP


def resolve_ref(ref: Ref, base: "Lookup") -> Target:
    """Return what *ref* names in *base*.

    Raise UsageError for a text that is no REF, NotFoundError, which names the nearest id or the source's real range, and
    BrokenSealError where the paragraphs there are not those that were sealed.
    """
    if not ref.name:
        ref = _read_printed(ref.text, base)
    source = base.get_source(ref.name)
    fact = None if source else base.get_fact(ref.name)
    if not source and not fact:
        source = _find_aliased(ref.name, base)
    if not ref.spans:
        found = Target(ref.text, fact, source)
        return found if fact or source else Target(ref.text, fact=_find_fact(ref.name, base))
    if source is None:
        if fact:
            raise NotFoundError(f"'{ref.name}' is a fact, and only a source has paragraphs", hint=f"try {ref.name}")
        source = find_source(ref.name, base)
    locators = merge_locators(_locate_spans(ref.spans, source))
    if ref.seal is not None:
        _check_seal(ref.seal, locators, source)
    return Target(ref.text, source=source, locators=locators)


def _find_aliased(name: str, base: "Lookup") -> Record | None:
    """Return the one source that goes by *name*, in any case, beside its key."""
    sources = filter(None, map(base.get_source, base.list_sources()))
    found = [one for one in sources if fold_text(name) in map(fold_text, one["alias"])]
    return found[0] if len(found) == 1 else None


def _read_printed(text: str, base: "Lookup") -> Ref:
    """Return what *text* cites as a citation is printed; raise UsageError where it is none of any source of *base*."""
    from rightscli.cite.printed import choose_named, compile_citations, read_printed_citations

    named = choose_named(text, filter(None, map(base.get_source, base.list_sources())))
    printed = {source["id"]: compile_citations(source, base.list_templates(source["id"])) for source in named}
    found = read_printed_citations(text, {key: cited for key, cited in printed.items() if cited})
    if not found:
        raise _refuse_text(text, _hint_at_form(text))
    if len(found) > 1:
        names = " and ".join(one.source for one in found)
        raise NotFoundError(f"'{shorten_text(text)}' is a citation of {names} alike", hint="cite by the key")
    return Ref(text, found[0].source, *_read_spans(text, found[0].place))


def _locate_spans(spans: Iterable[Span], source: Record) -> Iterable[Locator]:
    """Yield the places that *spans* name; raise NotFoundError for what is outside *source*."""
    sections = [paragraph["section"] for paragraph in source["paragraphs"]]
    last = len(sections)
    for span in spans:
        locator = locate_span(span, sections)
        if locator is None or locator.first < 1 or locator.last > last:
            missing: str | int = next((end for end in span[:2] if not end.isdecimal()), str(span))
            if locator:
                missing = locator.last if locator.last > last else locator.first
            raise NotFoundError(f"{source['id']} has no paragraph {missing}: it has {_name_range(last)}")
        yield locator


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


def _find_fact(name: str, base: "Lookup") -> Record:
    """Return the fact with the id *name*; raise NotFoundError with the nearest id or key."""
    if fact := base.get_fact(name):
        return fact
    if any(topic["id"] == name for topic in base.find_topics(name)):
        raise NotFoundError(f"'{name}' is a topic, not a fact", hint=f"try: rights topics {name}")
    near = suggest_name(name, [*base.list_sources(), *base.list_names("facts", name)])
    raise NotFoundError(f"no fact '{shorten_text(name)}'{near}")


def find_source(name: str, base: "Lookup") -> Record:
    """Return the source with the key *name*, in any case; raise NotFoundError with the nearest key."""
    if source := base.get_source(name.strip().lower()):
        return source
    raise NotFoundError(f"no source '{shorten_text(name)}'{suggest_name(name, base.list_sources())}")


def find_topic(name: str, base: "Lookup") -> Record:
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
    from rightscli.text.slips import find_nearest, format_guess

    return format_guess(find_nearest(name, names))
