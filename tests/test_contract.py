"""The schemas that ``rights schema`` prints hold for what ``--json`` prints, and there is one for every document."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, ValidationError

import rightscli
from conftest import ROOT, Outcome, run_rights
from contract import close_schema, judge_document
from rightscli.answers.schema import list_schemas, read_schema

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
    assert referred == {f"#/$defs/{one}" for one in schema.get("$defs", ())}


@pytest.mark.parametrize("several", [False, True], ids=["one", "several"])
@pytest.mark.parametrize("command", COMMANDS)
def test_what_a_command_prints_is_as_its_schema_says(command: str, several: bool) -> None:
    outcome = run_rights(*command.split(), *(TWO if several else []), "--json")

    printed = [judge_document(text) for text in (outcome.out, outcome.err) if text.strip()]
    expected = "passages" if "--passages" in command else command.split()[0]
    assert printed
    assert set(printed) <= {expected, "error"}


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
