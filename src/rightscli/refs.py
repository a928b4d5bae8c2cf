"""REFs: text that names a fact, a source or a passage → the thing itself.

What a REF may look like is in ``parse_ref``; how one is printed is ``model.Source.format_ref``. Every REF that is printed is
read back here.
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from rightscli.errors import BrokenSealError, NotFoundError, UsageError
from rightscli.passages import list_passages, read_numbering
from rightscli.records import Record
from rightscli.text.folding import fold_text, shorten_text
from rightscli.text.locators import SEAL_LENGTH, Locator, merge_locators, seal_digests
from rightscli.text.numbering import Numbering
from rightscli.text.places import (
    BASED_NAME,
    DIGITS_AT_MOST,
    NAME,
    Place,
    Span,
    locate_span,
    name_missing,
    read_key_citation,
)
from rightscli.text.signs import read_quoted

if TYPE_CHECKING:
    from typing import Protocol

    class Lookup(Protocol):
        """What an index offers to those who know names."""

        def get_source(self, key: str) -> Record | None: ...
        def get_fact(self, id: str) -> Record | None: ...
        def find_former(self, name: str) -> str | None: ...
        def find_topics(self, name: str) -> list[Record]: ...
        def list_sources(self) -> list[str]: ...
        def list_templates(self, source: str) -> list[str]: ...
        def list_names(self, table: str, like: str = "") -> list[str]: ...
        def list_rivals(self, name: str) -> list[str]: ...
        def describe(self) -> str: ...


# What most REFs are, read without the rest of the grammar.
_NUMBERS = r"[0-9]+(?:-[0-9]+)?"
_SEALED = rf"(?:@(?P<seal>[0-9a-f]{{{SEAL_LENGTH}}}))?"
_PLAIN = rf"@?(?P<name>{BASED_NAME})|(?P<key>{BASED_NAME}):(?P<numbers>{_NUMBERS}(?:,{_NUMBERS})*){_SEALED}"
_REF_HELP = (
    "a REF is a fact's id, a source's key, a pinpoint such as hrw-2020:13, hrw-2020:13-15 or 'hrw-2020, para. 13',"
    " or four words or more in quotation marks"
)


class Ref(NamedTuple):
    """A REF as it is written: *spans* are the places in the source *name*; without any, *name* is a fact or a source.

    *units* are what it may call the passages, if it says so. Without a *name* it is a quotation, *words*, or else it may be a
    citation as it is printed, which can be told only by the base's sources.
    """

    text: str
    name: str = ""
    spans: tuple[Span, ...] = ()
    seal: str | None = None
    units: tuple[str, ...] = ()
    words: str = ""


class Target(NamedTuple):
    """What a REF names: a *fact*, or a *source* and perhaps *locators* in it. *text* is the REF as the user wrote it.

    *was* is a former name of it, where the REF uses that.
    """

    text: str
    fact: Record | None = None
    source: Record | None = None
    locators: tuple[Locator, ...] = ()
    was: str = ""

    @property
    def now(self) -> str:
        """The id or key of what is named."""
        return str((self.source or self.fact or {"id": ""})["id"])

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


_GROUP = r"\[(?:cite(?:/\w+)*:)?(?P<keys>.+)\]|\((?P<printed>.+)\)"


def part_refs(texts: Iterable[str], base: "Lookup") -> Iterable[str]:
    """Yield *texts*, and the parts of one that is no REF where each of its parts, between semicolons, is one.

    So are REFs listed in a table, ``hrw-2020:15; udhr:9``, and in one citation, ``[@hrw-2020, para. 15; @udhr, art. 9]``.
    """
    for text in texts:
        if ";" not in text or _is_ref(text, base):
            yield text
            continue
        group = re.fullmatch(_GROUP, text.strip())
        lists = (re.split(r";\s*", one.strip()) for one in (text, *(group.groups() if group else ())) if one)
        yield from next((parts for parts in lists if all(_is_ref(part, base) for part in parts)), [text])


def _is_ref(text: str, base: "Lookup") -> bool:
    """Return whether *text* is well formed, whatever it names."""
    try:
        ref = parse_ref(text)
        return bool(ref.words) or bool(resolve_ref(ref, base))
    except NotFoundError:
        return True
    except UsageError:
        return False


def _read_spans(text: str, place: Place | None) -> tuple[tuple[Span, ...], str | None, tuple[str, ...]]:
    """Return the spans, the seal and the units of *place*; raise UsageError where it cannot be understood."""
    if place is None:
        return (), None, ()
    if place.unread or len(place.seal or "0" * SEAL_LENGTH) != SEAL_LENGTH:
        raise _refuse_text(text, _hint_at_place(place))
    _refuse_spans(text, place.spans)
    return place.spans, place.seal, place.units


def _refuse_spans(text: str, spans: Iterable[Span]) -> None:
    """Raise UsageError where one of *spans* can be no place of any source."""
    for span in spans:
        if any(end.isdecimal() and len(end) > DIGITS_AT_MOST for end in span[:2]):
            raise _refuse_text(text, "no source has that many passages")
        if locate_span(span, None) is None and span.first.isdecimal() and span.last.isdecimal():
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
    if source is None and ref.units:
        # An author may look like a key: (Lund, p. 45).
        with suppress(UsageError):
            ref = _read_printed(ref.text, base)
            source = base.get_source(ref.name)
    fact = None if source else base.get_fact(ref.name)
    if not source and not fact and (now := base.find_former(ref.name)):
        return resolve_ref(ref._replace(name=now), base)._replace(was=ref.name)
    if not source and not fact:
        source = _find_aliased(ref.name, base)
    if not source and not fact and "/" in ref.name:
        # A work's number may look like the name of a base and a key: 12345/67.
        with suppress(UsageError):
            ref = _read_printed(ref.text, base)
            source = base.get_source(ref.name)
    if not ref.spans:
        found = Target(ref.text, fact, source)
        return found if fact or source else Target(ref.text, fact=_find_fact(ref.name, base))
    if source is None:
        if fact:
            raise NotFoundError(f"'{ref.name}' is a fact, and only a source has passages", hint=f"try {ref.name}")
        source = find_source(ref.name, base)
    locators = merge_locators(_locate_spans(ref, source))
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


def _locate_spans(ref: Ref, source: Record) -> Iterable[Locator]:
    """Yield the places that *ref* names; raise NotFoundError for what is outside *source*."""
    numbering = read_numbering(source)
    if ref.units and numbering.unit not in ref.units:
        if ref.units != ("page",) or not any(numbering.pages):
            raise NotFoundError(
                f"{source['id']} has {numbering.unit}s, not {ref.units[0]}s: it has {numbering.name_range()}"
            )
        yield from _locate_pages(ref.spans, source["id"], numbering)
        return
    for span in ref.spans:
        locator = locate_span(span, numbering)
        if locator is None:
            missing = name_missing(span, numbering)
            raise NotFoundError(f"{source['id']} has no {numbering.unit} {missing}: it has {numbering.name_range()}")
        yield locator


def _locate_pages(spans: Iterable[Span], key: str, numbering: Numbering) -> Iterable[Locator]:
    """Yield the passages that stand on the pages *spans*; raise NotFoundError where none does."""
    for span in spans:
        found = numbering.locate_pages(span.first, span.last)
        if not found or span.tail:
            raise NotFoundError(f"{key} has no passage on page {span}")
        yield from found


def _check_seal(seal: str, locators: Iterable[Locator], source: Record) -> None:
    real = seal_digests([passage["sha256"] for passage in list_passages(source, locators)])
    if not real:
        places = ",".join(map(str, locators))
        raise BrokenSealError(f"{source['id']}:{places} has no seal in this base: it was made without a copy of it")
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
    names = [*base.list_sources(), *base.list_names("facts", name)]
    raise _miss_name("fact", name, names, base)


def describe_retraction(record: Record) -> str:
    """Return what is to be said of a fact's record that is retracted; nothing of another."""
    gone = record.get("retracted")
    if not gone:
        return ""
    instead = f"; {gone['for']} stands for it" if gone["for"] else ""
    return f"{record['id']} was retracted on {gone['on']}: {gone['because']}{instead}"


def find_source(name: str, base: "Lookup") -> Record:
    """Return the source with the key *name*, in any case; raise NotFoundError with the nearest key."""
    key = name.strip().lower()
    if source := base.get_source(key) or base.get_source(base.find_former(key) or key):
        return source
    raise _miss_name("source", name, base.list_sources(), base)


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
    raise _miss_name("topic", fold_text(name), base.list_names("labels", fold_text(name)), base, shown=name)


def _miss_name(kind: str, name: str, names: Iterable[str], base: "Lookup", *, shown: str = "") -> NotFoundError:
    """Return the error that *base* has nothing of this *kind* by that *name*, with the nearest of *names*."""
    shown = shorten_text(shown or name)
    if kind != "topic" and (rivals := base.list_rivals(name)):
        return NotFoundError(f"'{shown}' is not the same in several bases: write {' or '.join(rivals)}")
    near = suggest_name(name, names)
    hint = "rights topics lists them" if kind == "topic" and not near else None
    return NotFoundError(f"no {kind} '{shown}' in {base.describe()}{near or '; --base names another'}", hint=hint)


def suggest_name(name: str, names: Iterable[str]) -> str:
    """Return ``; did you mean 'x'?`` for the nearest of *names*, or nothing where none is near."""
    from rightscli.text.slips import find_suggestion, format_guess

    return format_guess(find_suggestion(name, names))
