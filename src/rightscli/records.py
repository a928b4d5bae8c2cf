"""Objects → plain records, and records → JSON, lines and tables: the contract with other programs.

A fact is the same record wherever it appears. The number behind the slash of ``schema`` is raised when a key is removed or
changes its meaning; a key may be added.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from rightscli.model import Citation, Fact, FactBase, Hit, Locator, Name, Source, Topic

Record = dict[str, Any]
"""What JSON can hold."""

CiteText = Callable[[Source, tuple[Locator, ...]], str]
LinkText = Callable[[Source, tuple[Locator, ...]], str | None]


class Format(StrEnum):
    """What a user can ask for with ``--format``."""

    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    TSV = "tsv"
    MD = "md"
    IDS = "ids"


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of record is written: the *columns* of its tables, the fields of its *plain* line, Markdown, an id."""

    columns: Mapping[str, Callable[[Record], str]]
    plain: Callable[[Record], tuple[str, ...]]
    markdown: Callable[[Record], str]
    id: Callable[[Record], str]


def make_document(command: str, base: FactBase | None, results: list[Record], **more: Any) -> Record:
    """Return one JSON document: ``schema``, what the caller adds, ``base``, ``results``, ``warnings``."""
    warnings = more.pop("warnings", [])
    head: Record = {"schema": f"rights.{command}/1"} | ({"query": more.pop("query")} if "query" in more else {})
    head["base"] = base and {"title": base.title, "edition": base.edition, "sha256": base.sha256}
    return head | more | {"results": results, "warnings": warnings}


def make_fact_record(fact: Fact, base: FactBase, *, cite: CiteText, link: LinkText) -> Record:
    """Return the record of a fact, its citations rendered by *cite* and *link*."""
    return {
        "id": fact.id,
        "claim": fact.claim,
        "topics": list(fact.topics),
        "according_to": fact.according_to,
        "date": fact.date,
        "anchors": list(fact.anchors),
        "terms": list(fact.terms),
        "citations": [
            make_citation_record(citation, base.sources[citation.source], cite=cite, link=link)
            for citation in fact.citations
        ],
    }


def make_citation_record(citation: Citation, source: Source, *, cite: CiteText, link: LinkText) -> Record:
    """Return the record of one citation; a locator's value is always ``N`` or ``N-M``, with a hyphen."""
    locators = (citation.locator,)
    return {
        "source": citation.source,
        "section": source.paragraphs[citation.locator.first - 1].section,
        "locator": {"label": "paragraph", "value": str(citation.locator)},
        "text": cite(source, locators),
        "ref": source.format_ref(locators),
        "url": link(source, locators),
    }


def make_hit_record(hit: Hit, base: FactBase, *, cite: CiteText, link: LinkText) -> Record:
    """Return the fact's record with how it matched."""
    words = {word: str(match.tier) for word, match in hit.matches.items()}
    match = {"tier": str(hit.tier), "score": hit.score, "words": words}
    return make_fact_record(hit.fact, base, cite=cite, link=link) | {"match": match}


def make_topic_record(topic: Topic, *, narrower: Iterable[str], count: int) -> Record:
    """Return the record of a topic; *count* is the number of its facts, narrower topics' included."""
    return {
        "id": topic.id,
        "label": topic.label,
        "alt": list(topic.alt),
        "hidden": list(topic.hidden),
        "broader": topic.broader,
        "narrower": list(narrower),
        "related": list(topic.related),
        "facts": count,
    }


def make_source_record(source: Source, base: FactBase, *, text: str) -> Record:
    """Return the record of a source: its CSL-JSON item, its citation as *text*, and its paragraphs."""
    counts: Counter[int] = Counter()
    resting = 0
    for fact in base.facts:
        numbers = {n for cited in fact.citations if cited.source == source.key for n in cited.locator.numbers}
        counts.update(numbers)
        resting += bool(numbers)
    return {
        "id": source.key,
        "text": text,
        "csl": _make_csl_item(source),
        "facts": resting,
        "paragraphs": [
            {
                "number": paragraph.number,
                "section": paragraph.section,
                "begins": paragraph.begins,
                "ends": paragraph.ends,
                "words": paragraph.words,
                "sha256": paragraph.sha256,
                "ref": source.format_ref((Locator(paragraph.number, paragraph.number),)),
                "facts": counts[paragraph.number],
            }
            for paragraph in source.paragraphs
        ],
    }


def make_cited_record(
    source: Source, locators: tuple[Locator, ...], *, fact: str | None, cite: CiteText, link: LinkText
) -> Record:
    """Return the record of one finished citation, of the passage itself or of the *fact* that rests on it."""
    return {
        "id": source.format_ref(locators),
        "fact": fact,
        "source": source.key,
        "locators": [{"label": "paragraph", "value": str(locator)} for locator in locators],
        "text": cite(source, locators),
        "ref": source.format_ref(locators),
        "url": link(source, locators),
    }


def make_finding_record(finding: Any) -> Record:
    """Return the record of one of ``doctor``'s findings, with its line for people as *text*."""
    names = ("file", "line", "level", "place", "rule", "message")
    return {name: getattr(finding, name) for name in names} | {"text": str(finding)}


def _make_csl_item(source: Source) -> Record:
    """Return the source as a CSL-JSON item; dates as EDTF text, which CSL 1.0.2 allows beside date-parts."""

    def make_name(name: Name) -> Record:
        return {"literal": name.literal} if name.literal else {"family": name.family, "given": name.given}

    names = {role: [make_name(name) for name in people] for role, people in source.names.items()}
    return (
        {"id": source.key, "type": source.type, "title": source.title}
        | names
        | dict(source.dates)
        | dict(source.fields)
    )


def _join_texts(record: Record) -> str:
    return "; ".join(citation["text"] for citation in record["citations"])


FACTS = Kind(
    columns={
        "id": lambda record: record["id"],
        "claim": lambda record: record["claim"],
        "citation": _join_texts,
        "date": lambda record: record["date"] or "",
        "according_to": lambda record: record["according_to"] or "",
        "topics": lambda record: "; ".join(record["topics"]),
        "anchors": lambda record: "; ".join(record["anchors"]),
        "terms": lambda record: "; ".join(record["terms"]),
        "ref": lambda record: "; ".join(citation["ref"] for citation in record["citations"]),
        "url": lambda record: " ".join(citation["url"] or "" for citation in record["citations"]).strip(),
    },
    plain=lambda record: (record["id"], record["claim"], _join_texts(record)),
    markdown=lambda record: f"- {_escape_markdown(record['claim'])} {_link_citations(record)}",
    id=lambda record: str(record["id"]),
)
TOPICS = Kind(
    columns={
        "id": lambda record: record["id"],
        "label": lambda record: record["label"],
        "facts": lambda record: str(record["facts"]),
        "broader": lambda record: record["broader"] or "",
        "alt": lambda record: "; ".join(record["alt"]),
    },
    plain=lambda record: (record["id"], record["label"], str(record["facts"])),
    markdown=lambda record: f"- {_escape_markdown(record['label'])} (`{record['id']}`, {record['facts']})",
    id=lambda record: str(record["id"]),
)
SOURCES = Kind(
    columns={
        "id": lambda record: record["id"],
        "citation": lambda record: record["text"],
        "paragraphs": lambda record: str(len(record["paragraphs"])),
        "facts": lambda record: str(record["facts"]),
        "url": lambda record: record["csl"].get("URL", ""),
    },
    plain=lambda record: (record["id"], record["text"], str(len(record["paragraphs"])), str(record["facts"])),
    markdown=lambda record: f"- {_escape_markdown(record['text'])}",
    id=lambda record: str(record["id"]),
)
PARAGRAPHS = Kind(
    columns={
        "ref": lambda record: record["ref"],
        "section": lambda record: record["section"],
        "begins": lambda record: record["begins"],
        "ends": lambda record: record["ends"],
        "words": lambda record: str(record["words"]),
        "facts": lambda record: str(record["facts"]),
        "sha256": lambda record: record["sha256"],
    },
    plain=lambda record: (
        record["ref"],
        record["section"],
        f"{record['begins']} … {record['ends']}",
        str(record["facts"]),
    ),
    markdown=lambda record: f"- ¶{record['number']} {_escape_markdown(record['begins'] + ' … ' + record['ends'])}",
    id=lambda record: str(record["ref"]),
)
CITED = Kind(
    columns={
        "id": lambda record: record["id"],
        "citation": lambda record: record["text"],
        "url": lambda record: record["url"] or "",
    },
    plain=lambda record: (record["text"],),
    markdown=lambda record: f"- {_escape_markdown(record['text'])}",
    id=lambda record: str(record["id"]),
)
FINDINGS = Kind(
    columns={
        name: lambda record, name=name: str(record[name])  # type: ignore[misc]
        for name in ("file", "line", "level", "place", "rule", "message")
    },
    plain=lambda record: (record["text"],),
    markdown=lambda record: f"- {_escape_markdown(record['text'])}",
    id=lambda record: str(record["place"]),
)


def format_plain(records: Iterable[Record], kind: Kind) -> Iterator[str]:
    """Yield one line a record, tab-separated, never cut, without a heading."""
    for record in records:
        yield "\t".join(map(_flatten, kind.plain(record))) + "\n"


def format_records(records: list[Record], kind: Kind, format: Format, document: Record) -> Iterator[str]:
    """Yield the text of *records* in the *format* asked for; *document* is the whole of it as JSON."""
    if format is Format.JSON:
        import json

        yield json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    elif format is Format.JSONL:
        import json

        for record in records:
            yield json.dumps(record, ensure_ascii=False) + "\n"
    elif format is Format.CSV:
        yield from _format_csv(records, kind)
    elif format is Format.TSV:
        yield "\t".join(kind.columns) + "\n"
        for record in records:
            yield "\t".join(_flatten(column(record)) for column in kind.columns.values()) + "\n"
    elif format is Format.MD:
        for record in records:
            yield kind.markdown(record) + "\n"
    else:
        for record in records:
            yield kind.id(record) + "\n"


def _format_csv(records: list[Record], kind: Kind) -> Iterator[str]:
    """Yield RFC 4180 rows with a heading, lines ended the Unix way."""
    import csv
    from io import StringIO

    for row in (list(kind.columns), *([column(record) for column in kind.columns.values()] for record in records)):
        line = StringIO()
        csv.writer(line, lineterminator="\n").writerow(row)
        yield line.getvalue()


def _flatten(text: str) -> str:
    """Return *text* without the tabs and line breaks that would break a line of fields."""
    return " ".join(text.split())


def _escape_markdown(text: str) -> str:
    """Return *text* so that CommonMark shows every character as it stands."""
    return "".join(f"\\{letter}" if letter in "\\`*_[]<>#~|&$" else letter for letter in text)


def _link_citations(record: Record) -> str:
    """Return the record's citations in Markdown, each linked to its passage where there is a link."""
    return "; ".join(
        f"[{_escape_markdown(citation['text'])}](<{citation['url']}>)"
        if citation["url"]
        else _escape_markdown(citation["text"])
        for citation in record["citations"]
    )
