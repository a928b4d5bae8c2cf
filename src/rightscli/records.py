"""Objects → plain records, and records → JSON, lines and tables: the contract with other programs.

A fact is the same record wherever it appears. The number behind the slash of ``schema`` is raised when a key is removed or
changes its meaning; a key may be added.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightscli.text.inert import dump_json, escape_name
from rightscli.text.locators import Locator, format_ref, seal_digests

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from rightscli.base.model import Fact, Name, Source, Topic

    LinkText = Callable[["Record", Sequence[Locator]], str | None]

Record = dict[str, "Any"]
"""What JSON can hold."""


class Kind:
    """How one kind of record is written: the *columns* of its tables, the fields of its *plain* line, Markdown, an id."""

    def __init__(
        self,
        *,
        columns: Mapping[str, Callable[[Record], str]],
        plain: Callable[[Record], Sequence[str]],
        markdown: Callable[[Record], str],
        id: Callable[[Record], str],
    ) -> None:
        self.columns = columns
        self.plain = plain
        self.markdown = markdown
        self.id = id


def make_document(command: str, base: Record | None, results: Sequence[Record], **more: Any) -> Record:
    """Return one JSON document: ``schema``, what the caller adds, ``base``, ``results``, ``warnings``."""
    warnings = more.pop("warnings", [])
    head: Record = {"schema": f"rights.{command}/1"} | ({"query": more.pop("query")} if "query" in more else {})
    return head | {"base": base} | more | {"results": results, "warnings": warnings}


def make_fact_record(fact: Fact, citations: Sequence[Record]) -> Record:
    """Return the record of a fact with the records of its *citations*."""
    return {
        "id": fact.id,
        "claim": fact.claim,
        "topics": list(fact.topics),
        "according_to": fact.according_to,
        "date": fact.date,
        "anchors": list(fact.anchors),
        "terms": list(fact.terms),
        "citations": list(citations),
    }


def make_citation_record(source: Record, locator: Locator, *, text: str, link: LinkText) -> Record:
    """Return the record of a citation, *text*, linked by *link*; its locator's value is always ``N`` or ``N-M``."""
    return {
        "source": source["id"],
        "section": name_sections(source, [locator]),
        "locator": make_locator_record(locator),
        "text": text,
        "ref": make_ref(source, [locator]),
        "url": link(source, [locator]),
    }


def name_sections(source: Record, locators: Sequence[Locator]) -> str:
    """Return the sections that *locators* stand in; of several, all, with a dash between them."""
    numbers = [number for locator in locators for number in locator.numbers]
    return " – ".join(dict.fromkeys(source["paragraphs"][number - 1]["section"] for number in numbers))


def make_locator_record(locator: Locator) -> Record:
    """Return the record of a locator, labelled as CSL labels it."""
    return {"label": "paragraph", "value": str(locator)}


def read_locator(citation: Record) -> Locator:
    """Return the locator of a citation's record."""
    first, _, last = citation["locator"]["value"].partition("-")
    return Locator(int(first), int(last or first))


def make_ref(source: Record, locators: Sequence[Locator]) -> str:
    """Return the sealed REF of *locators* in the source of the record *source*."""
    return format_ref(source["id"], locators, [paragraph["sha256"] for paragraph in source["paragraphs"]])


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


def make_source_record(source: Source, *, text: str = "") -> Record:
    """Return the record of a source: its CSL-JSON item, its line in a list of works as *text*, its paragraphs.

    How many facts rest on it and on each paragraph is filled in once they are counted.
    """
    return {
        "id": source.key,
        "text": text,
        "csl": _make_csl_item(source),
        "alias": list(source.alias),
        "facts": 0,
        "paragraphs": [
            {
                "number": paragraph.number,
                "section": paragraph.section,
                "begins": paragraph.begins,
                "ends": paragraph.ends,
                "words": paragraph.words,
                "sha256": paragraph.sha256,
                "ref": f"{source.key}:{paragraph.number}@{seal_digests([paragraph.sha256])}",
                "facts": 0,
            }
            for paragraph in source.paragraphs
        ],
    }


def make_target_record(
    text: str, source: Record | None, locators: Sequence[Locator], *, facts: Sequence[Record], link: LinkText
) -> Record:
    """Return the record of what a REF, written *text*, names: a passage of *source*, or else the one of *facts*."""
    return {
        "text": text,
        "ref": make_ref(source, locators) if source else facts[0]["id"],
        "url": link(source, locators) if source else facts[0]["citations"][0]["url"],
        "facts": [record["id"] for record in facts],
    }


def make_cited_record(
    source: Record, locators: Sequence[Locator], *, facts: Sequence[str], text: str, link: LinkText, **more: Any
) -> Record:
    """Return the record of one finished citation, *text*: of a passage, and of the *facts* among the REFs that rest on it."""
    ref = make_ref(source, locators)
    return {
        "id": ref,
        "facts": list(facts),
        "source": source["id"],
        "locators": [make_locator_record(locator) for locator in locators],
        "text": text,
        "ref": ref,
        "url": link(source, locators),
    } | more


def make_words_record(source: Record, number: int, text: str, proven: bool) -> Record:
    """Return the record of a paragraph in a copy's own words; *proven*: they are the base's edition."""
    paragraph = source["paragraphs"][number - 1]
    return {"ref": paragraph["ref"], "number": number, "section": paragraph["section"], "proven": proven, "text": text}


def make_examined_record(source: Record, examined: Any) -> Record:
    """Return the record of what a copy holds of one paragraph of *source*."""
    return {
        "ref": source["paragraphs"][examined.number - 1]["ref"],
        "number": examined.number,
        "state": examined.state,
        "difference": examined.difference,
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


def format_plain_fact(record: Record) -> list[str]:
    """Return the fields of a fact's plain line: id, claim, citations, and why it matched if that was asked for.

    Without tabs or line breaks in them.
    """
    why = record.get("match", {}).get("why")
    last = ["; ".join(map(format_match, why))] if why else []
    return [_flatten(text) for text in (record["id"], record["claim"], _join_texts(record), *last)]


def format_match(match: Record) -> str:
    """Return what one query word matched: ``labour = labor (claim, variant)``."""
    return f"{match['query']} = {match['word']} ({match['field']}, {match['tier']})"


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
        "url": lambda record: "; ".join(citation["url"] or "" for citation in record["citations"]),
    },
    plain=lambda record: format_plain_fact(record),
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
        "citation": lambda record: record["rendered"],
        "url": lambda record: record["url"] or "",
    },
    plain=lambda record: (record["rendered"],),
    markdown=lambda record: f"- {record['rendered']}",
    id=lambda record: str(record["id"]),
)
STYLED = Kind(
    columns={"style": lambda record: record["style"], "citation": lambda record: record["rendered"]},
    plain=lambda record: (record["style"], record["rendered"]),
    markdown=lambda record: f"- {record['style']}: {record['rendered']}",
    id=lambda record: str(record["style"]),
)
STYLES = Kind(
    columns={
        "id": lambda record: record["id"],
        "kind": lambda record: record["kind"],
        "shows": lambda record: record["shows"] or "",
        "title": lambda record: record["title"],
        "example": lambda record: record["example"],
    },
    plain=lambda record: (record["id"], record["kind"], record["shows"] or "", record["title"], record["example"]),
    markdown=lambda record: f"- `{record['id']}` ({record['kind']}): {_escape_markdown(record['example'])}",
    id=lambda record: str(record["id"]),
)
QUOTES = Kind(
    columns={
        "id": lambda record: record["id"],
        "quote": lambda record: record["quote"],
        "ref": lambda record: record["ref"],
    },
    plain=lambda record: (record["quote"],),
    markdown=lambda record: str(record["quote"]) + "\n",
    id=lambda record: str(record["id"]),
)
CHECKED = Kind(
    columns={
        "file": lambda record: escape_name(record["file"]),
        **{
            name: lambda record, name=name: str(record[name] or "")  # type: ignore[misc]
            for name in ("line", "column", "kind", "verdict", "ref", "message", "text")
        },
    },
    plain=lambda record: (record["message"],),
    markdown=lambda record: (
        f"- {_escape_markdown(escape_name(record['file']))}:{record['line']}:{record['column']}: **{record['verdict']}**:"
        f" {_escape_markdown(record['message'])}"
    ),
    id=lambda record: f"{escape_name(record['file'])}:{record['line']}:{record['column']}",
)
WORDS = Kind(
    columns={name: lambda record, name=name: str(record[name]) for name in ("ref", "section", "proven", "text")},  # type: ignore[misc]
    plain=lambda record: (record["ref"], record["text"]),
    markdown=lambda record: f"> {_escape_markdown(record['text'])}\n",
    id=lambda record: str(record["ref"]),
)
EXAMINED = Kind(
    columns={name: lambda record, name=name: str(record[name]) for name in ("ref", "state", "difference")},  # type: ignore[misc]
    plain=lambda record: (record["ref"], record["state"], record["difference"]),
    markdown=lambda record: f"- {record['ref']}: {record['state']} {_escape_markdown(record['difference'])}".rstrip(),
    id=lambda record: str(record["ref"]),
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


def format_records(records: Iterable[Record], kind: Kind, form: str) -> Iterator[str]:
    """Yield the text of *records* as ``jsonl``, ``csv``, ``tsv``, ``md`` or ``ids``."""
    if form == "jsonl":
        for record in records:
            yield dump_json(record) + "\n"
    elif form == "csv":
        yield from _format_csv(records, kind)
    elif form == "tsv":
        yield "\t".join(kind.columns) + "\n"
        for record in records:
            yield "\t".join(_flatten(column(record)) for column in kind.columns.values()) + "\n"
    else:
        line = kind.markdown if form == "md" else kind.id
        for record in records:
            yield line(record) + "\n"


def format_document(document: Record, records: Iterable[Record]) -> Iterator[str]:
    """Yield a document as JSON, its *records* one after the other, so that a base of any size can be written."""
    head, _, tail = dump_json(document | {"results": []}, indent=2).partition('"results": []')
    opened = False
    for record in records:
        text = dump_json(record, indent=2).replace("\n", "\n    ")
        yield (",\n    " if opened else f'{head}"results": [\n    ') + text
        opened = True
    yield (f"\n  ]{tail}" if opened else f'{head}"results": []{tail}') + "\n"


def _format_csv(records: Iterable[Record], kind: Kind) -> Iterator[str]:
    """Yield RFC 4180 rows with a heading, lines ended the Unix way; no cell is one that a spreadsheet would run."""
    import csv
    from io import StringIO
    from itertools import chain

    rows = ([_disarm_cell(column(record)) for column in kind.columns.values()] for record in records)
    for row in chain([list(kind.columns)], rows):
        line = StringIO()
        csv.writer(line, lineterminator="\n").writerow(row)
        yield line.getvalue()


def _disarm_cell(text: str) -> str:
    """Return *text* with an apostrophe before what makes a formula of a cell (https://owasp.org/www-community/attacks/CSV_Injection)."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _flatten(text: str) -> str:
    """Return *text* without the tabs and line breaks that would break a line of fields."""
    return " ".join(text.split())


def _escape_markdown(text: str) -> str:
    """Return *text*, on one line, so that Markdown shows every character as it stands."""
    from rightscli.text.markup import escape_text

    return escape_text(_flatten(text), "markdown")


def _link_citations(record: Record) -> str:
    """Return the record's citations in Markdown, each linked to its passage where there is a link."""
    from rightscli.text.markup import escape_text, link_text

    return "; ".join(
        link_text(_flatten(citation["text"]), citation["url"], "markdown")
        if citation["url"]
        else escape_text(_flatten(citation["text"]), "markdown", opens=False)
        for citation in record["citations"]
    )
