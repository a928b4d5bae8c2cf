"""What is shown is inert, whatever the base, its compiled citations, the copy, the draft and their names hold."""

from __future__ import annotations

import io
import json
import os
import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import CACHE, run_rights
from rightscli.base.load import read_base
from rightscli.cite.items import digest_item, make_csl_item
from rightscli.cli import run
from rightscli.records import make_source_record
from rightscli.text.inert import dump_json, escape_controls, escape_name

ACTIVE = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
OURS = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;;(?:https?://[!-~]*)?\x1b\\")
TEXTS = st.text(max_size=12) | st.text("\x1b]0;[2J8m\x07\\\x9b\x85\r\n\t\x7f\u202e\u2066\u061c:=ax", max_size=12)
# What a base may hold at all.
CLAIMS = st.text("\u202e\u2066\u2069\u061c\u200f=+-@|`[<&ax", max_size=12)
NAMES = TEXTS.map(lambda text: re.sub("[/\0]", "", os.fsencode(text.encode("utf-8", "replace")).decode()))


@given(TEXTS)
def test_no_control_character_is_left_and_nothing_else_is_changed(text: str) -> None:
    shown = escape_controls(text)

    assert not ACTIVE.search(shown)
    assert escape_controls(shown) == shown
    assert re.sub(r"\\x..|\\u....", "", shown) == re.sub(r"\\x..|\\u....", "", ACTIVE.sub("", text)) or "\\" in text
    assert not re.search("[\n\t\u2028\u2029]", escape_name(text))


@given(st.recursive(TEXTS, lambda values: st.lists(values) | st.dictionaries(TEXTS, values), max_leaves=5))
def test_json_holds_the_same_and_no_control_character(value: object) -> None:
    text = dump_json(value, indent=1)

    assert not ACTIVE.search(text)
    assert json.loads(text) == value


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]0;x\x07", "\\x1b]0;x\\x07"),
        ("a\tb\nc\rd", "a\tb\nc\\x0dd"),
        ("\x7f\x9b\u202e\u2066\u200f\u061c", "\\x7f\\x9b\\u202e\\u2066\\u200f\\u061c"),
        (os.fsdecode(b"b\xff.md"), "b\\xff.md"),
        ("Ä “x” 한국 👍🏽 \u00ad\u200b\u2060", "Ä “x” 한국 👍🏽 \u00ad\u200b\u2060"),
    ],
)
def test_a_control_character_is_shown_by_its_number(text: str, shown: str) -> None:
    assert escape_controls(text) == shown


BASE = """\
schema: 1
title: {0}
edition: "1"
scope: {0}
sources:
  harbour:
    type: report
    title: {0}
    author: [{{family: {0}, given: Ada}}]
    publisher: {0}
    issued: 2021-05
    URL: https://example.org/harbour
    paragraphs:
      - {{number: 1, section: {0}, begins: {0}, ends: last., words: 90, sha256: {1}}}
topics:
  quays: {{label: {0}, alt: [docks]}}
facts:
  - id: quay-rebuilt
    claim: {0}
    cites: {{harbour: 1}}
    topics: [quays]
    date: 2021-05
    according_to: {0}
    anchors: [{0}]
"""


def compile_citations(path: Path, text: str) -> None:
    """Write the file that a base's compiled citations are in, each of which is *text*."""
    source = make_source_record(read_base(str(path)).sources["harbour"])
    pair, whole = [f"{text}\ufffc", f"{text}<b>\ufffc</b>"], [text, text]
    forms = {"citation": {"one": pair, "many": pair, "none": whole}, "bibliography": whole, "dash": text, "comma": text}
    compiled = {"item": digest_item(make_csl_item(source["csl"])), "styles": {"apa": forms, "mla": forms}}
    engine = {"name": text, "version": text}
    document = {"schema": "rights.citations/1", "engine": engine, "sources": {"harbour": compiled}}
    path.with_suffix(".citations.json").write_text(json.dumps(document), encoding="utf-8")


class _Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


def run_here(*arguments: str, terminal: bool, folder: str) -> tuple[str, str]:
    """Run a command in this process; return what it wrote to standard output and to standard error."""
    streams = sys.stdin, sys.stdout, sys.stderr
    kept = os.environ | {}
    kind = _Terminal if terminal else io.TextIOWrapper
    buffers = io.BytesIO(), io.BytesIO()
    out, err = kind(buffers[0]), kind(buffers[1])
    try:
        sys.stdin, sys.stdout, sys.stderr = io.TextIOWrapper(io.BytesIO()), out, err
        os.environ |= {"XDG_CACHE_HOME": CACHE, "XDG_DATA_HOME": folder, "TERM": "xterm-256color", "COLUMNS": "70"}
        # What goes there is what would be written here.
        os.environ["RIGHTS_PAGER"] = ""
        run(arguments)
        out.flush()
        err.flush()
        return buffers[0].getvalue().decode(), buffers[1].getvalue().decode()
    finally:
        sys.stdin, sys.stdout, sys.stderr = streams
        os.environ.clear()
        os.environ.update(kept)


COMMANDS = [
    "search quay", "search quay --why", "show quay-rebuilt", "show harbour:1", "topics", "topics quays", "sources",
    "sources harbour", "cite quay-rebuilt", "cite quay-rebuilt --all-styles", "quote quay-rebuilt", "quote harbour:1 --as html",
    "styles", "export", "doctor",
]  # fmt: skip
FORMATS = ["", "-f json", "-f jsonl", "-f csv", "-f tsv", "-f md", "-f ids"]


@settings(max_examples=12)
@given(CLAIMS, TEXTS, st.sampled_from(FORMATS))
def test_no_command_shows_a_control_character_of_a_base_or_of_its_compiled_citations(
    claim: str, citation: str, form: str
) -> None:
    with TemporaryDirectory() as folder:
        base = Path(folder) / "base.yaml"
        base.write_text(BASE.format(json.dumps(f"quay {claim} quay"), "a" * 64), encoding="utf-8")
        compile_citations(base, citation)
        for terminal in (False, True):
            for command in COMMANDS:
                told = run_here(*command.split(), *form.split(), "--base", str(base), terminal=terminal, folder=folder)

                # Compiled citations with a control character are refused, and the message shows it escaped, too. A format
                # that does not tell what an option asks for excludes that.
                assert told[0] or " is not allowed" in told[1] or "it excludes" in told[1], told[1]
                for text in told:
                    assert not ACTIVE.search(OURS.sub("", text) if terminal else text), command


@settings(max_examples=30)
@given(
    TEXTS, TEXTS, NAMES, st.sampled_from(["", "-f json", "-f csv", "-f tsv", "-f md", "-f github", "-f sarif", "--fix"])
)
def test_check_shows_no_control_character_of_a_draft_or_of_its_name(
    before: str, after: str, name: str, form: str
) -> None:
    text = f"{before}\n\nOnly 1,138 North Koreans reached{after} South Korea in 2018. “four words or more” (hrw-2020:99).\n"
    with TemporaryDirectory() as folder:
        draft = Path(folder) / f"{name}.md"
        draft.write_text(text.replace("\0", ""), encoding="utf-8", errors="replace")
        for terminal in (False, True):
            out, err = run_here("check", str(draft), *form.split(), terminal=terminal, folder=folder)

            for shown in (out, err):
                # In a pipe, a diff has to apply.
                if terminal or form != "--fix":
                    assert not ACTIVE.search(OURS.sub("", shown) if terminal else shown)
                assert form == "-f github" or not re.search(r"^\s*::", shown, re.MULTILINE)


def test_a_name_writes_no_workflow_command(tmp_path: Path) -> None:
    for name in ("a\n::error::x\n.md", "::error::x.md"):
        (tmp_path / name).write_text("See hrw-2020:99.\n", encoding="utf-8")

    told = run_rights("check", "a\n::error::x\n.md", "::error::x.md", cwd=tmp_path)
    github = run_rights("check", "a\n::error::x\n.md", "-f", "github", cwd=tmp_path)

    assert [line.partition(":1:")[0] for line in told.out.splitlines()] == [
        "a\\x0a::error::x\\x0a.md",
        "./::error::x.md",
    ]
    assert github.out.startswith("::error file=a%0A%3A%3Aerror%3A%3Ax%0A.md,line=1,")
    assert github.out.count("\n") == 1


def test_what_is_wrong_with_an_argument_is_said_inertly() -> None:
    outcome = run_rights("search", "quay", "--since", "2019\033]0;x\007")

    assert outcome.code == 2
    assert "2019\\x1b]0;x\\x07" in outcome.err
    assert not ACTIVE.search(outcome.err)


def test_a_file_whose_name_is_not_utf_8_is_opened(tmp_path: Path) -> None:
    name = os.fsdecode(b"b\xff.md")
    (tmp_path / name).write_text("See hrw-2020:99.\n", encoding="utf-8")

    plain = run_rights("check", name, cwd=tmp_path)
    record = json.loads(run_rights("check", name, "--json", cwd=tmp_path).out)["results"][0]
    sarif = json.loads(run_rights("check", name, "-f", "sarif", cwd=tmp_path).out)

    assert (plain.code, plain.out.partition(":1:")[0]) == (1, "b\\xff.md")
    assert record["file"] == name
    (result,) = sarif["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "b%FF.md"
    assert run_rights("attach", "hrw-2020", name, cwd=tmp_path, env={"XDG_DATA_HOME": str(tmp_path)}).err.startswith(
        "rights: b\\udcff.md: none of"
    )
