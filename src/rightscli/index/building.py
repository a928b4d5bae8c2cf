"""One base's file, or several → their index: the one in the cache while that is good, else a new one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from rightscli.base.paths import name_bases, name_templates
from rightscli.index.queries import PLAIN, Index
from rightscli.index.store import find_index

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rightscli.base.joining import BaseJoiner, BasePart
    from rightscli.base.load import BaseReader
    from rightscli.base.model import Citation, Source
    from rightscli.errors import RightsError
    from rightscli.index.writing import IndexWriter
    from rightscli.records import Record
    from rightscli.text.locators import Locator

_STEP = 1000
"""Facts between two words of progress."""

DEFAULT_STYLE = "apa"


class _Frame:
    """What stands around the facts, for the length of one build: the records of the *sources*, the *forms* in which each is
    cited in running text, and the *engines* that compiled the citations of each base."""

    __slots__ = ("engines", "forms", "sources")

    def __init__(self, engines: Sequence[str | None]) -> None:
        self.sources: dict[str, Record] = {}
        self.forms: dict[str, Record] = {}
        self.engines = engines


def open_index(
    bases: str | Sequence[str], cache: str | os.PathLike[str] | None, *, tell: Callable[[float], None] | None = None
) -> Index:
    """Return the index of the base in the file *bases*, or of those in several files as of one.

    While one is built, *tell* is told the share that is done, from 0 to 1. Raises what ``load`` raises.
    """
    found = find_index(bases, cache)
    if found:
        return found
    from rightscli.index.cache import build_index

    return build_index(bases, cache, lambda writer: fill_index(bases, writer, tell))


def fill_index(bases: str | Sequence[str], writer: IndexWriter, tell: Callable[[float], None] | None = None) -> str:
    """Read the base in the file *bases*, or those in several, into *writer*, one fact at a time; return the SHA-256 of each file,
    with blanks between them."""
    from rightscli.base.joining import BaseJoiner
    from rightscli.records import make_fact_record
    from rightscli.text.edtf import name_days

    readers, parts = _open_parts([bases] if isinstance(bases, str) else bases)
    joiner = BaseJoiner(parts)
    frame = _add_frame(writer, joiner)
    # Many facts share a date, and to read one takes its time.
    days: dict[str | None, tuple[tuple[int | None, int | None], list[str]]] = {}
    counts = [0] * len(parts)

    def cite(cited: Citation) -> Record:
        return _make_citation(frame.sources[cited.source], frame.forms[cited.source], cited.locator)

    for number, fact, again in joiner.join_facts():
        counts[number] += 1
        # Where something is wrong, nothing will come of it: read on for the rest of that.
        if again or any(reader.problems for reader in readers):
            continue
        date = fact.date
        (since, until), dated = days.get(date) or days.setdefault(date, (read_days(date), name_days(date)))
        owner = {"bases": [parts[number].name]} if len(parts) > 1 else {}
        record = make_fact_record(fact, (), **owner)
        writer.add_fact(fact, record, cite, since=since, until=until, dated=dated)
        if tell and counts[number] % _STEP == 0:
            tell((number + fact.line / readers[number].lines) / len(parts))
    _raise_problems(readers)
    _finish_index(writer, readers, joiner, frame, counts)
    return " ".join(reader.sha256 for reader in readers)


def _open_parts(paths: Sequence[str]) -> tuple[list[BaseReader], list[BasePart]]:
    """Return what reads each of the bases at *paths*, and what it has read: all that stands before the facts.

    Raises BadBaseError with every fault of all of them where a source or a topic has one, and UnreadableError for each that
    cannot be read.
    """
    from itertools import chain

    from rightscli.base.joining import BasePart
    from rightscli.base.load import BaseReader
    from rightscli.errors import UnreadableError

    readers = [BaseReader(path) for path in paths]
    parts = []
    unread: list[RightsError] = []
    for name, reader in zip(name_bases(paths), readers, strict=True):
        facts = reader.read_facts()
        try:
            first = [fact for fact in (next(facts, None),) if fact]
        except UnreadableError as fault:
            unread.append(fault)
        else:
            parts.append(BasePart(name, reader.file, reader.sources, reader.topics, chain(first, facts)))
    if unread or any(reader.problems for reader in readers):
        for part in parts:
            for _ in part.facts:
                pass
    _raise_problems(readers, unread)
    return readers, parts


def _raise_problems(readers: Sequence[BaseReader], unread: Sequence[RightsError] = ()) -> None:
    """Raise what is *unread*, and BadBaseError with the problems of all *readers*, those of a file in the order of its lines."""
    from rightscli.errors import BadBaseError, raise_together

    problems = [problem for reader in readers for problem in sorted(reader.problems, key=lambda one: one.line)]
    faults = [*unread, *([BadBaseError(tuple(problems))] if problems else [])]
    if faults:
        raise_together(faults)


def read_styles(path: str, sources: Mapping[str, Source]) -> tuple[dict[str, dict[str, Record]], str | None]:
    """Return the forms of the citations of each of *sources* by style, the plain ones among them, and what made the others.

    Those that were compiled for a source as it once was are left out.
    """
    from rightscli.cite.items import make_csl_item
    from rightscli.cite.plain import make_plain_forms
    from rightscli.cite.templates import find_stale_sources, name_engine, read_templates
    from rightscli.records import make_source_record

    forms = {key: {PLAIN: make_plain_forms(source)} for key, source in sources.items()}
    beside = name_templates(os.path.realpath(path))
    if not os.path.exists(beside):
        return forms, None
    templates = read_templates(beside)
    items = {key: make_csl_item(make_source_record(source)["csl"]) for key, source in sources.items()}
    units = {key: source.shown_unit for key, source in sources.items()}
    for key in items.keys() - set(find_stale_sources(templates, items, units)):
        forms[key] |= templates["sources"][key]["styles"]
    return forms, name_engine(templates)


_MOST_ALIKE = 3
"""As many sources are named that are cited like another."""


def find_likenesses(styles: Mapping[str, Mapping[str, Record]]) -> dict[str, dict[str, list[str]]]:
    """Return by source and style some of the other sources that are cited in the same words, but for the paragraph's number.

    Numbers of a list say nothing of themselves.
    """
    from rightscli.cite.styles import STYLES

    numeric = {style.name for style in STYLES if style.kind == "numeric"}
    groups: dict[tuple[str, ...], list[str]] = {}
    for key, forms in styles.items():
        for style in forms.keys() - numeric:
            texts = (text for text, _ in forms[style]["citation"].values())
            groups.setdefault((style, *texts), []).append(key)
    found: dict[str, dict[str, list[str]]] = {}
    for (style, *_), keys in groups.items():
        for key in keys if len(keys) > 1 else ():
            found.setdefault(key, {})[style] = [other for other in keys[: _MOST_ALIKE + 1] if other != key][
                :_MOST_ALIKE
            ]
    return found


def read_days(date: str | None) -> tuple[int | None, int | None]:
    """Return the first and the last day of an EDTF date as ordinals, an open end far away; of no date, None and None."""
    from rightscli.text.edtf import parse_edtf

    if not date:
        return None, None
    first, last = parse_edtf(date)
    return first.toordinal() if first else 0, last.toordinal() if last else 10**7


def _make_citation(source: Record, forms: Record, locator: Locator) -> Record:
    from rightscli.cite.links import link_passage
    from rightscli.cite.templates import fill_template
    from rightscli.passages import show_locators
    from rightscli.records import make_citation_record

    text = fill_template(forms, show_locators(source, [locator])).text
    return make_citation_record(source, locator, text=text, link=link_passage)


def _add_frame(writer: IndexWriter, joiner: BaseJoiner) -> _Frame:
    """Take the topics and the sources in, which stand before the facts."""
    from rightscli.base.model import list_broader
    from rightscli.cite.templates import fill_bibliography
    from rightscli.records import make_source_record
    from rightscli.text.words import split_joined

    writer.add_topics(joiner.topics, lambda topic: list_broader(topic, joiner.topics))
    styles, engines = _read_all_styles(joiner)
    alike = find_likenesses(styles)
    frame = _Frame(engines)
    for source in joiner.sources.values():
        forms = styles[source.key]
        writer.add_styles(source.key, forms, alike.get(source.key, {}))
        writer.add_former(source.was, source.key)
        frame.forms[source.key] = forms.get(DEFAULT_STYLE, forms[PLAIN])
        line = fill_bibliography(frame.forms[source.key]) or fill_bibliography(forms[PLAIN])
        frame.sources[source.key] = make_source_record(source, text=line.text if line else source.title)
        title = split_joined(f"{source.title} {source.fields.get('container-title', '')}")
        sections: dict[str, list[int]] = {}
        for position, paragraph in enumerate(source.paragraphs, start=1):
            sections.setdefault(paragraph.section, []).append(position)
        for section, positions in (sections or {"": [0]}).items():
            writer.add_section(source.key, positions, (*title, *split_joined(section)))
    return frame


def _read_all_styles(joiner: BaseJoiner) -> tuple[dict[str, dict[str, Record]], list[str | None]]:
    """Return the forms of the citations of every source by style, and what compiled those of each base.

    Of a source that several bases have alike, those that any of them has compiled.
    """
    read = {part.file: read_styles(part.file, part.sources) for part in joiner.parts}
    styles: dict[str, dict[str, Record]] = {}
    for key in joiner.sources:
        styles[key] = {}
        for part, name in reversed(joiner.list_twins(key)):
            styles[key] |= read[part.file][0][name]
    return styles, [read[part.file][1] for part in joiner.parts]


def _finish_index(
    writer: IndexWriter, readers: Sequence[BaseReader], joiner: BaseJoiner, frame: _Frame, counts: Sequence[int]
) -> None:
    """Write what is known only after the last fact."""
    from rightscli.base.load import describe_cuts
    from rightscli.records import make_topic_record

    for newer in joiner.sources.values():
        if newer.edition_of:
            frame.sources[newer.edition_of].setdefault("newer_edition", newer.key)
    children: dict[str | None, list[str]] = {}
    for topic in joiner.topics.values():
        children.setdefault(topic.broader, []).append(topic.id)
    for key, source in frame.sources.items():
        source["facts"] = writer.count_places("source", key)
        for position, paragraph in enumerate(source["paragraphs"], start=1):
            paragraph["facts"] = writer.count_places("paragraph", f"{key}:{position}")
    topics = [
        make_topic_record(topic, narrower=children.get(topic.id, ()), count=writer.count_places("topic", topic.id))
        for topic in joiner.topics.values()
    ]
    if len(readers) > 1:
        for kind, records in (("source", frame.sources.values()), ("topic", topics)):
            for record in records:
                record["bases"] = joiner.name_bases(kind, record["id"])
        for one in joiner.revisions:
            old, new = {"id": one.old, "bases": one.bases[:1]}, {"id": one.new, "bases": one.bases}
            writer.revise_fact(one.place, old, new)
    bases = [
        _describe_part(part.name, reader, engine, count)
        for part, reader, engine, count in zip(joiner.parts, readers, frame.engines, counts, strict=True)
    ]
    clashes = [str(clash) for clash in joiner.clashes]
    remark = "; ".join(filter(None, (describe_cuts(reader.file, reader.cuts) for reader in readers)))
    head = {"bases": bases, "clashes": [len(clashes), *clashes[:1]], "remark": remark}
    writer.finish(head, frame.sources.values(), topics)


def _describe_part(name: str, reader: BaseReader, engine: str | None, count: int) -> Record:
    """Return the record of one base: what it says of itself, its file, how many facts it has, when it was last changed."""
    from time import gmtime, strftime

    path = os.path.realpath(reader.file)
    return {
        "name": name,
        **{text: reader.texts[text] for text in ("title", "edition", "scope")},
        "sha256": reader.sha256,
        "path": path,
        "facts": count,
        "changed": strftime("%Y-%m-%d", gmtime(os.stat(path).st_mtime)),
        "engine": engine,
    }
