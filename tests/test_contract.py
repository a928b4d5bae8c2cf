"""The schemas that ``rights schema`` prints hold for what ``--json`` prints, and there is one for every document."""

from __future__ import annotations

import ast
import csv
import hashlib
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError

import rightscli
from conftest import ROOT, Outcome, run_rights
from contract import close_schema, judge_document
from rightscli import records
from rightscli.answers.documents import narrow_records
from rightscli.answers.schema import list_members, list_schemas, read_schema
from rightscli.check.findings import FAILABLE
from rightscli.cli.fields import DESCRIBED

PACKAGE = Path(rightscli.__file__).parent
HARBOUR = ROOT / "tests" / "data" / "harbour.yaml"
REPORT = ROOT / "tests" / "data" / "harbour-report.txt"
# Files of the program's own: compiled citations, an attached copy.
FILES = {"citations", "copy"}
TWO = ["--base", "@bundled", "--base", "examples/udhr.yaml"]
COMMANDS = """
search songbun
search forced labor --why --topic forced-labor -n 1
search zzqx
search songbunn --any
search --passages harbour
search songbun --topic nope
search --passages harbour --source nope
show hrw-2020:13
show hrw-2020:13 nope
topics
topics forced-labor
topics nope
sources
sources hrw-2020
cite hrw-2020:13,15-17 absence-from-work-punished
cite hrw-2020:13 --all-styles
cite hrw-2020:13 --syntax pandoc
cite hrw-2020:13 --form narrative --markup latex
cite hrw-2020:13 --style nope
quote absence-from-work-punished --as markdown
styles
check README.md --why
doctor
export
export --topic nope
""".strip().splitlines()


def list_printed() -> set[str]:
    """Return the names of the documents that the commands print: what ``print_answer`` is called with."""
    names = set[str]()
    for path in (PACKAGE / "cli").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print_answer":
                (name, *_) = node.args
                assert isinstance(name, ast.Constant), f"{path}:{node.lineno}: the document has no name of its own"
                names.add(str(name.value))
    return names


def test_every_document_that_a_command_prints_has_a_schema_and_no_other() -> None:
    written = {
        name for path in PACKAGE.rglob("*.py") for name in re.findall(r"rights\.([a-z-]+)/1", path.read_text("utf-8"))
    }

    assert set(list_schemas()) == list_printed() | {"base", "error"}
    assert written - FILES <= set(list_schemas())


@pytest.mark.parametrize("name", list_schemas())
def test_a_schema_is_one_and_needs_no_other_file(name: str) -> None:
    schema = read_schema(name)
    referred = set(re.findall(r'"\$ref": "([^"]*)"', json.dumps(schema)))

    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"].endswith(f":rights.{name}/1")
    assert {one.split("/")[2] for one in referred} == set(schema.get("$defs", ()))


@pytest.mark.parametrize("several", [False, True], ids=["one", "several"])
@pytest.mark.parametrize("command", COMMANDS)
def test_what_a_command_prints_is_as_its_schema_says(command: str, several: bool) -> None:
    outcome = run_rights(*command.split(), *(TWO if several else []), "--json")

    printed = [judge_document(text) for text in (outcome.out, outcome.err) if text.strip()]
    expected = "passages" if "--passages" in command else command.split()[0]
    assert printed
    assert set(printed) <= {expected, "error"}


@pytest.mark.parametrize("part", [["--topic", "nope"], ["--source", "nope"], ["--source", "hrw-2020", "--para", "99"]])
@pytest.mark.parametrize("command", [["search", "songbun"], ["export"]])
def test_a_part_that_the_base_has_not_is_an_error_beside_a_document(command: list[str], part: list[str]) -> None:
    outcome = run_rights(*command, *part, "--json")

    assert (outcome.code, judge_document(outcome.out), judge_document(outcome.err)) == (1, command[0], "error")
    assert json.loads(outcome.out)["warnings"] == [json.loads(outcome.err)["error"]["message"]]


def test_what_commands_print_of_copies_is_as_their_schemas_say() -> None:
    base = ("--base", str(HARBOUR), "--json")
    key = json.loads(run_rights("sources", *base).out)["results"][0]["id"]
    commands = [
        ("attach", key, str(REPORT)),
        ("attach", key, "README.md"),
        ("show", f"{key}:1", "--context", "1"),
        ("quote", f"{key}:1", "--verbatim"),
        ("search", "--passages", "biologist"),
        ("sources",),
    ]
    outcomes = [run_rights(*command, *base) for command in commands]

    assert [judge_document(outcome.out) for outcome in outcomes] == "attach attach show quote passages sources".split()
    assert json.loads(outcomes[-2].out)["results"]


def test_what_is_printed_of_what_was_added_is_as_its_schema_says(tmp_path: Path) -> None:
    base, text = tmp_path / "base.yaml", tmp_path / "report.txt"
    text.write_text("1. There are 17 boats.\n\n2. There are ships and men.\n", encoding="utf-8")
    run_rights("init", str(base))
    at = ("--base", str(base), "--json")
    added = [
        run_rights("add", "source", "older", str(text), "--type", "report", "--title", "A report", *at),
        run_rights("add", "source", "newer", str(text), "--title", "A report", "--edition-of", "older", *at),
        run_rights("add", "fact", "The report counts 17 boats.", "--at", "older:1", "--new-topic", "boats", *at),
        run_rights("add", "fact", "The report counts 99 boats.", "--at", "older:1", "--topic", "boats", *at),
    ]

    assert [judge_document(one.out) for one in added] == ["add-source", "add-source", "add-fact", "add-fact"]
    assert json.loads(added[1].out)["changes"]
    assert json.loads(added[2].out)["results"]
    assert judge_document(added[3].err) == "error"


NARROWED = """
search songbun
show hrw-2020:13
topics
topics forced-labor
sources
cite hrw-2020:13
quote absence-from-work-punished
styles
check README.md
export
""".strip().splitlines()


@pytest.mark.parametrize(
    ("command", "form"),
    [(command, "json") for command in NARROWED] + [(NARROWED[0], form) for form in ("jsonl", "csv", "tsv")],
)
def test_fields_narrow_the_records_and_leave_them_as_they_are(command: str, form: str) -> None:
    whole = read_records(run_rights(*command.split(), "-f", form).out, form)
    names = [*dict.fromkeys(name for record in whole for name in record)][-1:0:-2]
    outcome = run_rights(*command.split(), "-f", form, "--fields", ", ".join(names))

    if form == "json":
        judge_document(outcome.out)
        assert json.loads(outcome.out)["fields"] == names
    narrowed = read_records(outcome.out, form)
    assert narrowed
    assert narrowed == [{name: record[name] for name in names if name in record} for record in whole]
    assert all(list(record) == [name for name in names if name in record] for record in narrowed)


NAMES = st.sampled_from(["a", "b", "c"])
MEMBERS = st.recursive(
    st.integers() | st.none(), lambda inner: st.lists(st.dictionaries(NAMES, inner)) | st.dictionaries(NAMES, inner)
)
FIELDS = st.lists(st.lists(NAMES, min_size=1, max_size=3).map(".".join), min_size=1, max_size=4)


@given(st.dictionaries(NAMES, MEMBERS), FIELDS)
def test_to_narrow_again_changes_nothing_and_a_whole_field_stays_whole(
    record: dict[str, Any], names: list[str]
) -> None:
    (narrowed,) = narrow_records([record], names)

    assert list(narrow_records([narrowed], names)) == [narrowed]
    assert {name: narrowed[name] for name in names if name in record} == {
        name: record[name] for name in names if name in record
    }
    assert set(narrowed) == {name.partition(".")[0] for name in names} & set(record)


def test_a_field_of_a_field_is_named_with_a_dot() -> None:
    outcome = run_rights(
        "show", "hrw-2020:13", "--json", "--fields", "citations.locator.value,citations.ref,topics,date"
    )

    judge_document(outcome.out)
    (first, *_) = json.loads(outcome.out)["results"]
    assert list(first) == ["citations", "topics", "date"]
    assert first["citations"] == [{"locator": {"value": "13"}, "ref": "hrw-2020:13@c255b993"}]
    assert run_rights("show", "hrw-2020:13", "--json", "--fields", "citations.texts").code == 2


def read_records(text: str, form: str) -> list[dict[str, Any]]:
    if form in ("csv", "tsv"):
        return list(csv.DictReader(text.splitlines(), delimiter="," if form == "csv" else "\t", quotechar='"'))
    records: list[dict[str, Any]] = (
        json.loads(text)["results"] if form == "json" else [json.loads(line) for line in text.splitlines()]
    )
    return records


def test_an_unknown_field_is_answered_with_all_there_are() -> None:
    members = ", ".join(list_members("fact"))
    columns = "id, claim, citation, date, according_to, topics, anchors, terms, ref, url, retracted"
    near = "rights: no field 'claims' in --fields; did you mean 'claim'?\n"

    assert run_rights("search", "songbun", "-f", "jsonl", "--fields", "id,claims") == Outcome(
        2, "", f"{near}  any of {members}\n"
    )
    assert run_rights("search", "songbun", "-f", "csv", "--fields", "claims") == Outcome(
        2, "", f"{near}  any of {columns}\n"
    )
    assert run_rights("topics", "-f", "jsonl", "--fields", "").err.startswith(
        "rights: no field in --fields\n  any of id,"
    )


@pytest.mark.parametrize("form", [[], ["-f", "md"], ["-f", "ids"], ["-f", "biblatex"]])
def test_fields_go_with_formats_that_have_some(form: list[str]) -> None:
    outcome = run_rights("export", "--fields", "id", *form)

    assert outcome == Outcome(2, "", "rights: --fields goes with -f json, jsonl, csv or tsv\n")


def test_every_kind_of_record_has_its_fields_published() -> None:
    described = {kind for kind in vars(records).values() if isinstance(kind, records.Kind)} - {
        records.ADDED,
        records.EXAMINED,
    }

    assert set(DESCRIBED) == described
    assert all(list_members(name) for name in DESCRIBED.values())


def test_every_list_says_how_much_of_it_there_is() -> None:
    required = {name: read_schema(name)["required"] for name in list_schemas() if name not in ("base", "error")}

    assert {name for name, some in required.items() if not {"total", "returned", "truncated"} <= set(some)} == set()
    counted = json.loads(run_rights("search", "forced", "labor", "-n", "1", "--json").out)
    assert (counted["returned"], counted["truncated"], len(counted["results"])) == (1, True, 1)
    shown = json.loads(run_rights("show", "hrw-2020:13", "--json").out)
    assert (shown["total"], shown["returned"], shown["truncated"]) == (len(shown["results"]), shown["total"], False)


def test_check_counts_its_findings_by_kind_and_verdict_and_names_the_files(tmp_path: Path) -> None:
    draft, empty = tmp_path / "draft.md", tmp_path / "empty.md"
    draft.write_text("North Korea has 99 camps [@hrw-2020, para. 99]. See [@hrw-2020, para. 13].\n", encoding="utf-8")
    empty.write_bytes(b"")
    outcome = run_rights("check", str(draft), str(empty), "--json", "--strict")

    told = json.loads(outcome.out)
    counted = Counter((one["kind"], one["verdict"]) for one in told["results"])
    assert {(kind, verdict): n for kind, some in told["counts"].items() for verdict, n in some.items()} == counted
    assert counted["pinpoint", "out-of-range"] == 1
    assert (told["strict"], told["fail_on"]) == (True, sorted(FAILABLE))
    assert [(one["file"], one["sha256"]) for one in told["files"]] == [
        (str(path), hashlib.sha256(path.read_bytes()).hexdigest()) for path in (draft, empty)
    ]
    assert sum(one["problems"] for one in told["files"]) == told["problems"] > 0


def test_a_member_that_its_schema_does_not_name_is_seen() -> None:
    document = json.loads(run_rights("topics", "--json").out)
    document["results"][0]["new"] = 1

    Draft202012Validator(read_schema("topics")).validate(document)
    with pytest.raises(ValidationError):
        Draft202012Validator(close_schema(read_schema("topics"))).validate(document)


def test_schema_lists_the_documents_and_prints_one() -> None:
    listed, one, base = run_rights("schema"), run_rights("schema", "search"), run_rights("schema", "base")
    whole = json.loads((PACKAGE / "facts.schema.json").read_text(encoding="utf-8"))

    assert [line.split("\t")[0] for line in listed.out.splitlines()] == sorted(list_schemas())
    assert json.loads(one.out) == read_schema("search")
    assert json.loads(base.out) == whole | {"$id": "urn:rightscli:rights.base/1"}
    assert run_rights("schema", "serch") == Outcome(
        1, "", "rights: no schema 'serch'; did you mean 'search'?\n  rights schema lists them\n"
    )
