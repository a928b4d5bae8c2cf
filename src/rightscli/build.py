"""A base's file → its index: the one in the cache while that is good, else a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightscli.index import Index, IndexWriter, build_index, find_index

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from rightscli.load import BaseReader
    from rightscli.locators import Locator
    from rightscli.model import Citation
    from rightscli.records import Record

_STEP = 1000
"""Facts between two words of progress."""
_KEPT = 50_000
"""Citations that are kept at hand while an index is built."""


def open_index(path: str, cache: Path | None, *, tell: Callable[[float], None] | None = None) -> Index:
    """Return the index of the base in the file *path*.

    While one is built, *tell* is told the share that is done, from 0 to 1. Raises what ``load`` raises.
    """
    return find_index(path, cache) or build_index(path, cache, lambda writer: fill_index(path, writer, tell))


def fill_index(path: str, writer: IndexWriter, tell: Callable[[float], None] | None = None) -> str:
    """Read the base in the file *path* into *writer*, one fact at a time, and return the SHA-256 of the file."""
    import gc

    from rightscli.load import BaseReader
    from rightscli.records import make_fact_record

    reader = BaseReader(path)
    sources: dict[str, Record] = {}
    # Many facts share a paragraph or a date, and what is made of those takes its time.
    citations: dict[Citation, Record] = {}
    days: dict[str | None, tuple[int | None, int | None]] = {}
    # Many small objects and no cycles among them: the collector would look in vain.
    collecting = gc.isenabled()
    gc.disable()
    try:
        for number, fact in enumerate(reader.read_facts()):
            if reader.problems:
                # Nothing will come of it; read on for the rest of what is wrong.
                continue
            if not sources:
                sources = _add_frame(writer, reader)
            if len(citations) > _KEPT:
                citations.clear()
            for cited in fact.citations:
                if cited not in citations:
                    citations[cited] = _make_citation(sources[cited.source], cited.locator)
            record = make_fact_record(fact, [citations[cited] for cited in fact.citations])
            since, until = days.get(fact.date) or days.setdefault(fact.date, read_days(fact.date))
            writer.add_fact(fact, record, since=since, until=until)
            if tell and number and number % _STEP == 0:
                tell(fact.line / reader.lines)
    finally:
        if collecting:
            gc.enable()
    reader.raise_problems()
    _finish_index(writer, reader, sources or _add_frame(writer, reader))
    return reader.sha256


def cite_in_text(source: Record, locators: Sequence[Locator]) -> str:
    """Return the form for running text: ``(Human Rights Watch, 2020, para. 13)``."""
    from rightscli.cite import cite_passage

    return cite_passage(source["templates"], locators, form="text")


def cite_in_full(source: Record, locators: Sequence[Locator]) -> str:
    """Return the whole form, a sentence of its own."""
    from rightscli.cite import cite_passage

    return cite_passage(source["templates"], locators, form="full")


def read_days(date: str | None) -> tuple[int | None, int | None]:
    """Return the first and the last day of an EDTF date as ordinals, an open end far away; of no date, None and None."""
    from rightscli.mentions import parse_edtf

    if not date:
        return None, None
    first, last = parse_edtf(date)
    return first.toordinal() if first else 0, last.toordinal() if last else 10**7


def _make_citation(source: Record, locator: Locator) -> Record:
    from rightscli.cite import link_passage
    from rightscli.records import make_citation_record

    return make_citation_record(source, locator, cite=cite_in_text, link=link_passage)


def _add_frame(writer: IndexWriter, reader: BaseReader) -> dict[str, Record]:
    """Take the topics and the sources in, which stand before the facts; return the sources' records."""
    from rightscli.cite import cite_passage, compile_citations
    from rightscli.model import list_broader
    from rightscli.records import make_source_record
    from rightscli.words import split_joined

    writer.add_topics(reader.topics, lambda topic: list_broader(topic, reader.topics))
    records = {}
    for source in reader.sources.values():
        templates = compile_citations(source)
        text = cite_passage(templates, (), form="full")
        records[source.key] = make_source_record(source, templates=templates, text=text)
        title = split_joined(f"{source.title} {source.fields.get('container-title', '')}")
        sections: dict[str, list[int]] = {}
        for paragraph in source.paragraphs:
            sections.setdefault(paragraph.section, []).append(paragraph.number)
        for section, numbers in sections.items():
            writer.add_section(source.key, numbers, (*title, *split_joined(section)))
    return records


def _finish_index(writer: IndexWriter, reader: BaseReader, sources: dict[str, Record]) -> None:
    """Write what is known only after the last fact."""
    from rightscli.records import make_topic_record

    children: dict[str | None, list[str]] = {}
    for topic in reader.topics.values():
        children.setdefault(topic.broader, []).append(topic.id)
    for key, source in sources.items():
        source["facts"] = writer.count_places("source", key)
        for paragraph in source["paragraphs"]:
            paragraph["facts"] = writer.count_places("paragraph", f"{key}:{paragraph['number']}")
    records = [
        make_topic_record(topic, narrower=children.get(topic.id, ()), count=writer.count_places("topic", topic.id))
        for topic in reader.topics.values()
    ]
    head = {name: reader.texts[name] for name in ("title", "edition", "scope")}
    writer.finish(head | {"sha256": reader.sha256}, sources.values(), records)
