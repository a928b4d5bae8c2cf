"""Objects → plain records, and records → JSON, lines and tables: the contract with other programs.

A fact is the same record wherever it appears. The number behind the slash of ``schema`` is raised when a key is removed or
changes its meaning; a key may be added.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightscli.passages import has_copy, make_ref, name_sections, show_locators
from rightscli.text.inert import dump_json, escape_name
from rightscli.text.locators import Locator, seal_digests

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from rightscli.base.model import Fact, Paragraph, Source, Topic

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


def make_document(command: str, whose: Record, results: Sequence[Record], **more: Any) -> Record:
    """Return one JSON document: ``schema``, what is added, *whose* it is (``base`` or ``bases``), ``results``, ``warnings``."""
    warnings = more.pop("warnings", [])
    head: Record = {"schema": f"rights.{command}/1"} | ({"query": more.pop("query")} if "query" in more else {})
    return head | whose | more | {"results": results, "warnings": warnings}


def make_fact_record(fact: Fact, citations: Sequence[Record], **more: Any) -> Record:
    """Return the record of a fact with the records of its *citations* and, behind its id, *more*; *was* and *retracted* where
    they are."""
    gone: Record = {"was": list(fact.was)} if fact.was else {}
    if one := fact.retracted:
        gone["retracted"] = {"on": one.on, "because": one.because, "for": one.replaced_by}
    return {
        "id": fact.id,
        **more,
        "claim": fact.claim,
        "topics": list(fact.topics),
        "according_to": fact.according_to,
        "date": fact.date,
        "anchors": list(fact.anchors),
        "terms": list(fact.terms),
        **gone,
        "citations": list(citations),
    }


def make_citation_record(source: Record, locator: Locator, *, text: str, link: LinkText) -> Record:
    """Return the record of a citation, *text*, linked by *link*; its locator's value is ``N`` or ``N-M``, as printed.

    *proven* is there, and false, where there is no copy of the passage, so that nobody can prove what rests on it.
    """
    return {
        "source": source["id"],
        "section": name_sections(source, [locator]),
        "locator": make_locator_record(source, locator),
        "text": text,
        "ref": make_ref(source, [locator]),
        "url": link(source, [locator]),
    } | ({} if has_copy(source, [locator]) else {"proven": False})


def make_locator_record(source: Record, locator: Locator) -> Record:
    """Return the record of a locator, labelled as CSL labels it, with the pages in a source that is cited by them."""
    record = {"label": source["unit"], "value": str(locator)}
    if source.get("cited_by"):
        record["page"] = ", ".join(map(str, show_locators(source, [locator])))
    return record


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
    """Return the record of a source: its CSL-JSON item, its line in a list of works as *text*, its *unit* and its passages.

    *cited_by*, *edition_of* and *was* are there where the base says them. How many facts rest on it and on each
    passage is filled in once they are counted.
    """
    from rightscli.base.csl import make_csl_record

    more = {"cited_by": source.cited_by, "edition_of": source.edition_of, "was": source.was}
    return {
        "id": source.key,
        "text": text,
        "csl": make_csl_record(source),
        "alias": list(source.alias),
        "unit": source.unit,
        **{name: list(value) if isinstance(value, tuple) else value for name, value in more.items() if value},
        "facts": 0,
        "paragraphs": [_make_paragraph_record(source, paragraph) for paragraph in source.paragraphs],
    }


def _make_paragraph_record(source: Source, paragraph: Paragraph) -> Record:
    """Return the record of a passage; *unit* is there where it is no paragraph, *page* where the base says it."""
    seal = seal_digests([paragraph.sha256])
    more = {"unit": source.unit if source.unit != "paragraph" else "", "page": paragraph.page}
    return {
        "number": paragraph.number,
        "section": paragraph.section,
        "begins": paragraph.begins,
        "ends": paragraph.ends,
        "words": paragraph.words,
        "sha256": paragraph.sha256,
        "ref": f"{source.key}:{paragraph.number}{'@' if seal else ''}{seal}",
        "facts": 0,
    } | {name: text for name, text in more.items() if text}


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
        "locators": [make_locator_record(source, locator) for locator in locators],
        "text": text,
        "ref": ref,
        "url": link(source, locators),
    } | more


def make_words_record(source: Record, position: int, text: str, proven: bool) -> Record:
    """Return the record of a passage in a copy's own words; *proven*: they are the base's edition."""
    paragraph = source["paragraphs"][position - 1]
    return {
        "ref": paragraph["ref"],
        "number": paragraph["number"],
        "section": paragraph["section"],
        "proven": proven,
        "text": text,
    }


def make_examined_record(source: Record, examined: Any) -> Record:
    """Return the record of what a copy holds of one paragraph of *source*."""
    paragraph = source["paragraphs"][examined.position - 1]
    return {
        "ref": paragraph["ref"],
        "number": paragraph["number"],
        "state": examined.state,
        "difference": examined.difference,
    }


def make_added_record(added: Any) -> Record:
    """Return the record of what became of a fact that was to be added (see ``answers.add.fact.AddedFact``)."""
    return {"id": added.id, "state": added.state, "claim": added.claim, "anchors": list(added.anchors)}


def make_finding_record(finding: Any) -> Record:
    """Return the record of one of ``doctor``'s findings, with its line for people as *text*."""
    names = ("file", "line", "level", "place", "rule", "message")
    return {name: getattr(finding, name) for name in names} | {"text": str(finding)}


def _mark_number(record: Record) -> str:
    """Return the number of a passage's record with the sign or label of its unit: ``¶13``, ``art. 11(1)``."""
    from rightscli.text.places import PRINTED

    return f"{PRINTED[record['unit']][0]} {record['number']}" if "unit" in record else f"¶{record['number']}"


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


def _strike_claim(record: Record) -> str:
    """Return the claim in Markdown, one that is retracted struck through."""
    claim = _escape_markdown(record["claim"])
    return f"~~{claim}~~" if record.get("retracted") else claim


def _join_texts(record: Record) -> str:
    return "; ".join(citation["text"] for citation in record["citations"])


def _name_columns(*names: str) -> dict[str, Callable[[Record], str]]:
    """Return columns that hold the fields of the same *names*, as text."""
    return {name: lambda record, name=name: "" if record[name] is None else str(record[name]) for name in names}  # type: ignore[misc]


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
        "retracted": lambda record: record.get("retracted", {}).get("because", ""),
    },
    plain=lambda record: format_plain_fact(record),
    markdown=lambda record: f"- {_strike_claim(record)} {_link_citations(record)}",
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
    columns=_name_columns("ref", "section", "begins", "ends", "words", "facts", "sha256"),
    plain=lambda record: (
        record["ref"],
        record["section"],
        f"{record['begins']} … {record['ends']}",
        str(record["facts"]),
    ),
    markdown=lambda record: f"- {_mark_number(record)} {_escape_markdown(record['begins'] + ' … ' + record['ends'])}",
    id=lambda record: str(record["ref"]),
)
FOUND_PASSAGES = Kind(
    columns=_name_columns("ref", "section", "words", "facts"),
    plain=lambda record: (record["ref"], record["words"], str(record["facts"])),
    markdown=lambda record: f"- {_escape_markdown(record['words'])} [{record['ref']}]",
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
    columns=_name_columns("id", "kind", "shows", "title", "example"),
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
        **_name_columns("line", "column", "kind", "verdict", "ref", "message", "text"),
    },
    plain=lambda record: (record["message"],),
    markdown=lambda record: (
        f"- {_escape_markdown(escape_name(record['file']))}:"
        f"{record.get('place') or '{line}:{column}'.format_map(record)}: **{record['verdict']}**:"
        f" {_escape_markdown(record['message'])}"
    ),
    id=lambda record: f"{escape_name(record['file'])}:{record.get('place') or '{line}:{column}'.format_map(record)}",
)
WORDS = Kind(
    columns=_name_columns("ref", "section", "proven", "text"),
    plain=lambda record: (record["ref"], record["text"]),
    markdown=lambda record: f"> {_escape_markdown(record['text'])}\n",
    id=lambda record: str(record["ref"]),
)
EXAMINED = Kind(
    columns=_name_columns("ref", "state", "difference"),
    plain=lambda record: (record["ref"], record["state"], record["difference"]),
    markdown=lambda record: f"- {record['ref']}: {record['state']} {_escape_markdown(record['difference'])}".rstrip(),
    id=lambda record: str(record["ref"]),
)
ADDED = Kind(
    columns={**_name_columns("id", "state", "claim"), "anchors": lambda record: "; ".join(record["anchors"])},
    plain=lambda record: (record["id"], record["state"], record["claim"], "; ".join(record["anchors"])),
    markdown=lambda record: f"- `{record['id']}`: {record['state']}: {_escape_markdown(record['claim'])}",
    id=lambda record: str(record["id"]),
)
FINDINGS = Kind(
    columns=_name_columns("file", "line", "level", "place", "rule", "message"),
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
