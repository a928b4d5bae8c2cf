"""A base's file → its index: the one in the cache while that is good, else a new one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from rightscli.base.paths import name_templates
from rightscli.index.queries import PLAIN, Index
from rightscli.index.store import find_index

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rightscli.base.load import BaseReader
    from rightscli.base.model import Citation, Source
    from rightscli.index.writing import IndexWriter
    from rightscli.records import Record
    from rightscli.text.locators import Locator

_STEP = 1000
"""Facts between two words of progress."""

DEFAULT_STYLE = "apa"


class _Frame:
    """What stands around the facts, for the length of one build: the records of the *sources*, the *forms* in which each is
    cited in running text, and the *engine* that compiled the citations."""

    __slots__ = ("engine", "forms", "sources")

    def __init__(self, engine: str | None) -> None:
        self.sources: dict[str, Record] = {}
        self.forms: dict[str, Record] = {}
        self.engine = engine


def open_index(
    path: str, cache: str | os.PathLike[str] | None, *, tell: Callable[[float], None] | None = None
) -> Index:
    """Return the index of the base in the file *path*.

    While one is built, *tell* is told the share that is done, from 0 to 1. Raises what ``load`` raises.
    """
    found = find_index(path, cache)
    if found:
        return found
    from rightscli.index.cache import build_index

    return build_index(path, cache, lambda writer: fill_index(path, writer, tell))


def fill_index(path: str, writer: IndexWriter, tell: Callable[[float], None] | None = None) -> str:
    """Read the base in the file *path* into *writer*, one fact at a time, and return the SHA-256 of the file."""
    from rightscli.base.load import BaseReader
    from rightscli.records import make_fact_record
    from rightscli.text.edtf import name_days

    reader = BaseReader(path)
    frame: _Frame | None = None
    # Many facts share a date, and to read one takes its time.
    days: dict[str | None, tuple[tuple[int | None, int | None], list[str]]] = {}

    def cite(cited: Citation) -> Record:
        assert frame
        return _make_citation(frame.sources[cited.source], frame.forms[cited.source], cited.locator)

    for number, fact in enumerate(reader.read_facts()):
        if reader.problems:
            # Nothing will come of it; read on for the rest of what is wrong.
            continue
        frame = frame or _add_frame(path, writer, reader)
        date = fact.date
        (since, until), dated = days.get(date) or days.setdefault(date, (read_days(date), name_days(date)))
        writer.add_fact(fact, make_fact_record(fact, ()), cite, since=since, until=until, dated=dated)
        if tell and number and number % _STEP == 0:
            tell(fact.line / reader.lines)
    reader.raise_problems()
    _finish_index(writer, reader, frame or _add_frame(path, writer, reader))
    return reader.sha256


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
    for key in items.keys() - set(find_stale_sources(templates, items)):
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
    from rightscli.records import make_citation_record

    text = fill_template(forms, [locator]).text
    return make_citation_record(source, locator, text=text, link=link_passage)


def _add_frame(path: str, writer: IndexWriter, reader: BaseReader) -> _Frame:
    """Take the topics and the sources in, which stand before the facts."""
    from rightscli.base.model import list_broader
    from rightscli.cite.templates import fill_bibliography
    from rightscli.records import make_source_record
    from rightscli.text.words import split_joined

    writer.add_topics(reader.topics, lambda topic: list_broader(topic, reader.topics))
    styles, engine = read_styles(path, reader.sources)
    alike = find_likenesses(styles)
    frame = _Frame(engine)
    for source in reader.sources.values():
        forms = styles[source.key]
        writer.add_styles(source.key, forms, alike.get(source.key, {}))
        frame.forms[source.key] = forms.get(DEFAULT_STYLE, forms[PLAIN])
        line = fill_bibliography(frame.forms[source.key]) or fill_bibliography(forms[PLAIN])
        frame.sources[source.key] = make_source_record(source, text=line.text if line else source.title)
        title = split_joined(f"{source.title} {source.fields.get('container-title', '')}")
        sections: dict[str, list[int]] = {}
        for paragraph in source.paragraphs:
            sections.setdefault(paragraph.section, []).append(paragraph.number)
        for section, numbers in sections.items():
            writer.add_section(source.key, numbers, (*title, *split_joined(section)))
    return frame


def _finish_index(writer: IndexWriter, reader: BaseReader, frame: _Frame) -> None:
    """Write what is known only after the last fact."""
    from rightscli.records import make_topic_record

    children: dict[str | None, list[str]] = {}
    for topic in reader.topics.values():
        children.setdefault(topic.broader, []).append(topic.id)
    for key, source in frame.sources.items():
        source["facts"] = writer.count_places("source", key)
        for paragraph in source["paragraphs"]:
            paragraph["facts"] = writer.count_places("paragraph", f"{key}:{paragraph['number']}")
    records = [
        make_topic_record(topic, narrower=children.get(topic.id, ()), count=writer.count_places("topic", topic.id))
        for topic in reader.topics.values()
    ]
    head = {name: reader.texts[name] for name in ("title", "edition", "scope")}
    writer.finish(head | {"sha256": reader.sha256, "engine": frame.engine}, frame.sources.values(), records)
