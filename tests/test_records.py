"""Records as JSON, lines, tables and Markdown, each read back by a parser that is not ours."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from conftest import run_rights
from rightscli.records import FACTS, Record, format_document, format_plain, format_records

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(lambda text: text.strip())


def make_record(claim: str) -> Record:
    """Return the record of a made-up fact."""
    citation = {
        "text": "(Quill, 2021, para. 1)",
        "ref": "harbour:1@aaaaaaaa",
        "url": "https://example.org/h#:~:text=a,b",
    }
    return {
        "id": "one",
        "claim": claim,
        "topics": ["quays"],
        "according_to": None,
        "date": None,
        "anchors": ["a"],
        "terms": [],
        "citations": [citation],
    }


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_plain_line_is_one_line_of_three_fields(claim: str) -> None:
    (line,) = format_plain([make_record(claim)], FACTS)

    assert line.removesuffix("\n").split("\t") == ["one", " ".join(claim.split()), "(Quill, 2021, para. 1)"]
    assert len(line.splitlines()) == 1 or not line.isprintable()


@example(["=1+1", "+1", "-1", "@sum", "\t=1", "'=1", "a=1", ""])
@given(st.lists(TEXTS, max_size=4))
def test_csv_is_read_back_but_for_an_apostrophe_before_what_would_be_a_formula(claims: list[str]) -> None:
    text = "".join(format_records([make_record(claim) for claim in claims], FACTS, "csv"))

    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["claim"] for row in rows] == ["'" * (claim[:1] in set("=+-@\t")) + claim for claim in claims]


@example("-")
@example("+ 1")
@example("1. An enumerated claim")
@example("12) quays")
@example("===")
@example("--- -")
@example("> quoted")
@given(TEXTS)
def test_markdown_shows_the_claim_as_it_stands(claim: str) -> None:
    claim = " ".join(claim.split())
    (line,) = format_records([make_record(claim)], FACTS, "md")

    inline = next(token for token in MarkdownIt().parse(line) if token.type == "inline")
    texts = [child for child in inline.children or [] if child.type in ("text", "text_special")]
    link = next(child for child in inline.children or [] if child.type == "link_open")
    assert "".join(child.content for child in texts) == f"{claim} (Quill, 2021, para. 1)"
    assert link.attrs["href"] == "https://example.org/h#:~:text=a,b"


@given(st.lists(TEXTS, max_size=3), TEXTS)
def test_a_document_written_record_by_record_is_the_document(claims: list[str], title: str) -> None:
    records = [make_record(claim) for claim in claims]
    document = {
        "schema": "rights.export/1",
        "base": {"title": title + '"results": []'},
        "results": [],
        "warnings": [title],
    }

    text = "".join(format_document(document, records))

    assert json.loads(text) == document | {"results": records}
    assert text == json.dumps(document | {"results": records}, ensure_ascii=False, indent=2) + "\n"


def test_json_lines_are_the_records_of_the_document(small_base: Path) -> None:
    document = json.loads(run_rights("export", "--json", "--base", str(small_base)).out)
    lines = run_rights("export", "-f", "jsonl", "--base", str(small_base)).out.splitlines()

    assert [json.loads(line) for line in lines] == document["results"]


def test_a_fact_is_the_same_record_wherever_it_appears() -> None:
    def get_record(*arguments: str) -> dict[str, object]:
        records = json.loads(run_rights(*arguments, "--json").out)["results"]
        record: dict[str, object] = next(one for one in records if one["id"] == "absence-from-work-punished")
        record.pop("match", None)
        return record

    shown = get_record("show", "absence-from-work-punished")

    assert get_record("search", "absenteeism") == shown
    assert get_record("topics", "short-term-detention") == shown
    assert get_record("export", "--para", "13") == shown


def test_tables_have_a_heading_and_a_row_a_fact(small_base: Path) -> None:
    outcome = run_rights("export", "-f", "tsv", "--base", str(small_base))

    heading, *rows = outcome.out.splitlines()
    assert heading.split("\t") == list(FACTS.columns)
    assert [len(row.split("\t")) for row in rows] == [len(FACTS.columns)] * 2
