"""rights add source: from a text to a source whose every passage is proven."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import Outcome, run_rights
from rightscli.answers.add.editions import compare_editions
from rightscli.answers.add.items import read_csl_name, read_item
from rightscli.base.load import read_base
from rightscli.base.passages import read_passages
from rightscli.errors import RightsError, UnreadableError

BEGUN = """\
# My own base.
schema: 1
title: Freedonia
edition: "1"
scope: What a made-up report says.
sources:   # none yet
topics:
facts:
"""
REPORT = """\
Without a Hearing

Summary of a made-up report on prisons, which nobody has written so far.

Detention

7. The mission counted 771 detainees in the northern prisons of Freedonia in May 2019.

8. A guard told it:

    We were told to say nothing at all to anybody.

Release

9. Nobody was released in the year that the mission looked at, as far as it could learn.

- 3 -
"""


@pytest.fixture
def base(tmp_path: Path) -> Path:
    path = tmp_path / "freedonia.yaml"
    path.write_text(BEGUN, encoding="utf-8")
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    return path


def run_add(base: Path, *arguments: str, stdin: str = "") -> Outcome:
    return run_rights("add", "source", *arguments, "--base", base.name, stdin=stdin, cwd=base.parent)


def test_a_report_becomes_a_source_whose_copy_is_attached(base: Path) -> None:
    outcome = run_add(
        base, "report", "report.txt", "--type", "report", "--author", "Freedonia Watch", "--issued", "2019-05"
    )

    assert outcome == Outcome(
        0,
        "",
        "rights: report.txt: 3 paragraphs, numbered 7 to 9; 2 sections\n"
        "rights: left out, before the first number: 'Summary of a made-up report o…'\n"
        "rights: left out, page numbers: '- 3 -'\n"
        "rights: freedonia.yaml: added report, 3 paragraphs, attached 3 of them, proven word for word\n",
    )
    before, after = BEGUN.splitlines(), base.read_text("utf-8").splitlines()
    assert [line for line in after if line in before] == before
    source = read_base(base).sources["report"]
    assert (source.type, source.title, source.dates) == ("report", "Without a Hearing", {"issued": "2019-05"})
    assert [(one.number, one.section, one.words) for one in source.paragraphs] == [
        ("7", "Detention", 14),
        ("8", "Detention", 14),
        ("9", "Release", 17),
    ]
    shown = run_rights("attach", "report", "report.txt", "--base", base.name, cwd=base.parent)
    assert (shown.code, shown.err) == (0, "rights: attached 3 of 3 paragraphs of report, proven word for word\n")


def test_a_dry_run_prints_the_diff_and_writes_nothing(base: Path) -> None:
    outcome = run_add(base, "report", "-", "--title", "T", "--only", "8-9", "--dry-run", stdin=REPORT)

    assert outcome.code == 0
    assert outcome.out.startswith("--- a/freedonia.yaml\n+++ b/freedonia.yaml\n")
    assert outcome.out.count("+      - {number: ") == 2
    assert outcome.err.endswith("rights: freedonia.yaml: added report, 2 paragraphs; not written: --dry-run\n")
    assert base.read_text("utf-8") == BEGUN


def test_json_holds_the_passages_and_what_was_left_out(base: Path) -> None:
    outcome = run_add(base, "report", "report.txt", "--json")

    document = json.loads(outcome.out)
    assert (outcome.code, outcome.err) == (0, "")
    assert (document["source"], document["unit"], document["numbered"], document["attached"]) == (
        "report",
        "paragraph",
        True,
        3,
    )
    assert [one["number"] for one in document["results"]] == ["7", "8", "9"]
    assert [one["why"] for one in document["left_out"]] == ["before the first number", "page numbers"]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("Report", "report.txt"), 1, "'Report' is no id"),
        (("report", "empty.txt"), 1, "empty.txt: no passage is in it"),
        (("report", "none.txt"), 3, "none.txt: "),
        (("report", "report.txt", "--type", "reprot"), 1, "type: no CSL type 'reprot'; did you mean 'report'?"),
        (("report", "report.txt", "--field", "publisher"), 2, "--field publisher: NAME=TEXT is expected"),
        (("report", "report.txt", "--field", "publishr=X"), 1, "unknown field 'publishr'; did you mean 'publisher'?"),
        (("report", "report.txt", "--as", "bits"), 2, "--as bits: paragraph, article, "),
        (("report", "report.txt", "--only", "12"), 1, "--only 12: there is no such passage\n  the numbers are 7 to 9"),
        (("report", "report.txt", "--issued", "May 2019"), 1, "issued: "),
        (("report", "report.txt", "--edition-of", "older"), 1, "no source 'older' in Freedonia\n  it has none yet"),
        (("report", "plain.txt"), 1, "the field 'title' is missing\n  --title gives it"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(
    base: Path, arguments: tuple[str, ...], code: int, message: str
) -> None:
    (base.parent / "empty.txt").write_text("\n\n", encoding="utf-8")
    (base.parent / "plain.txt").write_text("One paragraph of a text.\n", encoding="utf-8")

    outcome = run_add(base, *arguments)

    assert (outcome.code, outcome.out) == (code, "")
    assert message in outcome.err
    assert base.read_text("utf-8") == BEGUN


def test_a_key_that_is_taken_is_refused(base: Path) -> None:
    run_add(base, "report", "report.txt")
    before = base.read_bytes()

    outcome = run_add(base, "report", "report.txt")

    assert (outcome.code, base.read_bytes()) == (1, before)
    assert (
        "a source of freedonia.yaml is named 'report' already\n  give another key; --edition-of report says"
        in outcome.err
    )


def test_the_bundled_base_is_never_written_to() -> None:
    outcome = run_rights("add", "source", "report", "-", stdin=REPORT)

    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("rights: the bundled base is never written to")


def test_a_newer_edition_says_what_became_of_each_passage(base: Path) -> None:
    run_add(base, "report", "report.txt", "--title", "T")
    fact = run_rights(
        *("add", "fact", "In May 2019, 771 people were detained in northern Freedonia.", "--at", "report:7"),
        *("--new-topic", "Prisons", "--id", "detained", "--date", "2019-05", "--base", base.name),
        cwd=base.parent,
    )
    assert fact.code == 0, fact.err
    newer = (
        REPORT.replace("771 detainees", "774 detainees")
        .replace("9. Nobody", "11. Nobody")
        .replace("8. A guard", "8. Nine")
    )
    newer = newer.replace(
        "    We were told to say nothing at all to anybody.", "The mission has seen all of them, and found them well."
    )

    outcome = run_add(base, "newer", "-", "--title", "T", "--edition-of", "report", stdin=newer)

    assert outcome.code == 0, outcome.err
    assert "rights: beside report: 1 changed, 1 gone, 1 moved, 1 new\n" in outcome.err
    assert "rights: 7: changed; on it: detained\n" in outcome.err
    assert "rights: 8: gone\n" in outcome.err
    assert "rights: 9 → 11: moved\n" in outcome.err
    assert read_base(base).sources["newer"].edition_of == "report"


def test_without_a_copy_an_edition_is_compared_by_what_the_base_keeps(base: Path) -> None:
    run_add(base, "report", "report.txt", "--title", "T")
    older = read_base(base)
    reading = read_passages(REPORT.replace("771 detainees", "774 detainees"), form="text")

    changes = compare_editions(older, older.sources["report"], {}, reading.passages)

    assert [(one.state, one.older, one.newer) for one in changes] == [
        ("changed", "7", "7"),
        ("same", "8", "8"),
        ("same", "9", "9"),
    ]


ITEMS = [
    {
        "id": "doe2011",
        "type": "legal_case",
        "title": "Doe v Freedonia",
        "authority": "Court of Freedonia",
        "number": 12,
        "issued": {"date-parts": [["2011", "3", 15]]},
        "author": [{"family": "Beer", "given": "Jan", "non-dropping-particle": "de", "suffix": "Jr."}],
        "custom": {"x": "y"},
    },
    {"id": "roe", "title": "Roe"},
]


def test_fields_come_from_a_record_of_csl_json(base: Path) -> None:
    (base.parent / "zotero.json").write_text(json.dumps(ITEMS), encoding="utf-8")

    outcome = run_add(base, "doe", "report.txt", "--from", "zotero.json#doe2011", "--field", "publisher=A, B: C")

    source = read_base(base).sources["doe"]
    assert "rights: zotero.json: left out what no base has: custom\n" in outcome.err
    assert (source.type, source.title, source.dates) == ("legal_case", "Doe v Freedonia", {"issued": "2011-03-15"})
    assert source.fields == {"authority": "Court of Freedonia", "number": "12", "publisher": "A, B: C"}
    assert [(name.family, name.given) for name in source.names["author"]] == [("de Beer", "Jan, Jr.")]


def test_a_file_of_records_has_to_say_which() -> None:
    content = json.dumps(ITEMS).encode()

    with pytest.raises(RightsError, match="z: 2 records"):
        read_item(content, "z")
    with pytest.raises(RightsError, match="z: no record 'x'"):
        read_item(content, "z", key="x")
    with pytest.raises(UnreadableError, match="z: not JSON"):
        read_item(b"@book{", "z")


def test_a_name_with_one_comma_is_a_persons() -> None:
    assert read_csl_name("Doe, Jane") == {"family": "Doe", "given": "Jane"}
    assert read_csl_name("Human Rights Watch") == {"literal": "Human Rights Watch"}
    assert read_csl_name("Smith, Jones, and Co") == {"literal": "Smith, Jones, and Co"}


@pytest.mark.parametrize(
    "option",
    ["type", "title", "author", "issued", "url", "from", "as", "only", "skip", "edition-of"],
)
def test_an_option_without_a_text_is_told_and_nothing_is_written(base: Path, option: str) -> None:
    outcome = run_add(base, "report", "report.txt", f"--{option}", "")

    assert outcome == Outcome(2, "", f"rights: --{option} is empty\n")
    assert base.read_text("utf-8") == BEGUN


def test_a_source_needs_a_key(base: Path) -> None:
    outcome = run_add(base, "", "report.txt", "--title", "Prisons")

    assert outcome == Outcome(2, "", "rights: the key of the source is empty\n")
