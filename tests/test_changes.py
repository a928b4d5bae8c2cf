"""A base that changes: former names, retracted facts and older editions, in every command that meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Outcome, run_rights
from rightscli.answers import Library, open_base
from rightscli.answers.check import check_text
from rightscli.answers.search import search_facts
from rightscli.text.folding import hash_text

TEXTS = (
    "The northern quay of Vestmar had fourteen cranes in 2019, and the harbour master counted them in the spring.",
    "No docker of Vestmar may leave the quay at night, and the gates are shut from ten to six.",
)
BASE = f"""schema: 1
title: Vestmar
edition: '1'
scope: The ports of Vestmar.
sources:
  port-2020:
    type: report
    title: Ports of Vestmar
    author: [{{literal: Harbour Watch}}]
    issued: 2020
    edition-of: port-2018
    was: [port20]
    paragraphs:
      - {{number: 1, begins: The northern, ends: the spring., words: {len(TEXTS[0].split())}, sha256: {hash_text(TEXTS[0])}}}
      - {{number: 2, begins: No docker, ends: to six., words: {len(TEXTS[1].split())}, sha256: {hash_text(TEXTS[1])}}}
  port-2018:
    type: report
    title: Older ports
    author: [{{literal: Harbour Watch}}]
    issued: 2018
    paragraphs:
      - {{number: 1, begins: Aaa bbb, ends: ccc ddd, words: 40, sha256: {"2" * 64}}}
topics:
  cranes: {{label: Cranes}}
facts:
  - id: crane-count-now
    claim: Vestmar had fourteen cranes at its northern quay in 2019.
    cites: {{port-2020: 1}}
    topics: [cranes]
    date: 2019
    anchors: [fourteen cranes, "2019"]
    was: [crane-count-old]
  - id: crane-count-wrong
    claim: Vestmar had nineteen cranes at its northern quay in 2019.
    cites: {{port-2020: 1}}
    topics: [cranes]
    date: 2019
    anchors: [nineteen, "2019"]
    retracted: {{on: 2026-11-27, because: the source was corrected, for: crane-count-now}}
  - id: dockers-strike
    claim: Dockers of Vestmar went on strike for better food in March 2017.
    cites: {{port-2018: 1}}
    topics: [cranes]
    date: 2017-03
    anchors: [March 2017]
"""
GONE = "crane-count-wrong was retracted on 2026-11-27: the source was corrected; crane-count-now stands for it"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ports") / "ports.yaml"
    path.write_text(BASE, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def library(base: Path) -> Library:
    return open_base(base)


def ask(base: Path, *arguments: str, stdin: str = "") -> Outcome:
    return run_rights(*arguments, "--base", str(base), stdin=stdin)


def judge(library: Library, text: str) -> list[tuple[str, str]]:
    """Return the kind and verdict of each finding in the Markdown *text*."""
    return [(one.kind, one.verdict) for one in check_text(library, text, form="markdown").findings]


@pytest.mark.parametrize(
    ("ref", "now"),
    [
        ("crane-count-old", "crane-count-now"),
        ("port20:1", "port-2020:1"),
        ("port20, para. 1", "port-2020:1"),
        ("[@port20, para. 1]", "port-2020:1"),
        ("PORT20:1", "port-2020:1"),
        ("port20", "port-2020"),
    ],
)
def test_a_former_name_names_what_it_named_with_a_warning(base: Path, ref: str, now: str) -> None:
    old, new = ask(base, "show", ref), ask(base, "show", now)

    was = "crane-count-old" if "crane" in ref else "port20"
    assert (old.code, old.out) == (new.code, new.out)
    assert old.err == f"rights: '{was}' is called {now.partition(':')[0]} now\n{new.err}"


def test_a_former_key_narrows_a_search(base: Path) -> None:
    assert ask(base, "search", "cranes", "--source", "port20", "-f", "ids").out == "crane-count-now\n"


@pytest.mark.parametrize(
    ("cited", "mended"),
    [
        ("(port20:1)", "(port-2020:1)"),
        ("[@port20, para. 1]", "[@port-2020, para. 1]"),
        ("[@port20]", "[@port-2020]"),
        ("[@crane-count-old]", "[@crane-count-now]"),
        ("(crane-count-old)", "(crane-count-now)"),
    ],
)
def test_a_former_name_in_a_draft_is_a_notice_and_is_mended(
    base: Path, tmp_path: Path, cited: str, mended: str
) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(f"See {cited} for more.\n", encoding="utf-8")

    told, strict = ask(base, "check", str(draft)), ask(base, "check", str(draft), "--strict")
    ask(base, "check", str(draft), "--fix", "--write")
    after = ask(base, "check", str(draft), "--strict")

    assert ": renamed: '" in told.out
    assert (told.code, strict.code, after.code, after.out) == (0, 1, 0, "")
    assert draft.read_text(encoding="utf-8") == f"See {mended} for more.\n"


@pytest.mark.parametrize(
    ("cited", "mended"),
    [
        (r"\cite{port20}", r"\cite{port-2020}"),
        (r"\parencite[para. 1]{port20}", r"\parencite[para. 1]{port-2020}"),
        (r"\autocite[see][para. 1]{port20}", r"\autocite[see][para. 1]{port-2020}"),
        (r"\verb!port20:1! and (port20:1)", r"\verb!port20:1! and (port-2020:1)"),
        (r"\footcite{port20}", r"\footcite{port-2020}"),
    ],
)
def test_a_former_key_is_mended_in_latex(base: Path, tmp_path: Path, cited: str, mended: str) -> None:
    draft = tmp_path / "draft.tex"
    draft.write_text(f"\\begin{{document}}\nSee {cited} for more.\n\\end{{document}}\n", encoding="utf-8")

    ask(base, "check", str(draft), "--fix", "--write")

    assert draft.read_text(encoding="utf-8").splitlines()[1] == f"See {mended} for more."


def test_a_former_name_hides_no_fault(library: Library) -> None:
    assert judge(library, "See (port20:9).") == [("pinpoint", "out-of-range")]


def test_a_copy_that_was_attached_under_a_former_key_is_found(base: Path, tmp_path: Path) -> None:
    older, copy = tmp_path / "older.yaml", tmp_path / "copy.txt"
    older.write_text(BASE.replace("    was: [port20]\n", "").replace("port-2020", "port20"), encoding="utf-8")
    copy.write_text("\n".join(TEXTS), encoding="utf-8")

    attached = ask(older, "attach", "port20", str(copy))
    words = ask(base, "show", "port-2020:1", "--context", "0")
    detached = ask(base, "detach", "port-2020")
    gone = ask(base, "show", "port-2020:1", "--context", "0")

    assert attached.code == 0
    assert (words.code, words.out) == (0, f"port-2020:1@{hash_text(TEXTS[0])[:8]}\t{TEXTS[0]}\n")
    assert (detached.code, gone.code) == (0, 1)


def test_a_retracted_fact_is_in_no_search_and_no_topic(base: Path) -> None:
    assert ask(base, "search", "nineteen", "cranes", "--any", "-f", "ids").out == "crane-count-now\ndockers-strike\n"
    assert ask(base, "topics").out == "cranes\tCranes\t2\n"
    assert ask(base, "topics", "cranes", "-f", "ids").out == "crane-count-now\ndockers-strike\n"
    assert [one["facts"] for one in json.loads(ask(base, "sources", "--json").out)["results"]] == [1, 1]


@given(
    st.lists(st.sampled_from("Vestmar had nineteen cranes northern quay 2019 crane count wrong".split()), min_size=1)
)
def test_no_query_finds_a_retracted_fact(library: Library, words: list[str]) -> None:
    found = search_facts(library, " ".join(words), weak=True)

    assert "crane-count-wrong" not in [fact["id"] for fact in found.facts]


def test_a_retracted_fact_is_exported_with_its_field(base: Path) -> None:
    facts = [json.loads(line) for line in ask(base, "export", "-f", "jsonl").out.splitlines()]
    table = ask(base, "export", "-f", "csv").out.splitlines()

    gone = {"on": "2026-11-27", "because": "the source was corrected", "for": "crane-count-now"}
    assert {fact["id"]: fact.get("retracted") for fact in facts} == {
        "crane-count-now": None,
        "crane-count-wrong": gone,
        "dockers-strike": None,
    }
    assert table[0].endswith(",url,retracted")
    assert table[2].endswith(",the source was corrected")


def test_what_is_exported_is_there_and_the_same(base: Path, tmp_path: Path) -> None:
    for form in ("jsonl", "csv"):
        (tmp_path / f"facts.{form}").write_text(ask(base, "export", "-f", form).out, encoding="utf-8")

        added = ask(base, "add", "fact", "--from", str(tmp_path / f"facts.{form}"))

        assert added.err == f"rights: {base}: nothing to add, 3 facts are there already\n"
    assert base.read_text(encoding="utf-8") == BASE


def test_show_cite_and_quote_warn_of_a_retracted_fact(base: Path) -> None:
    outcomes = [ask(base, command, "crane-count-wrong") for command in ("show", "cite", "quote")]

    assert {outcome.code for outcome in outcomes} == {0}
    assert all(f"rights: {GONE}\n" in outcome.err for outcome in outcomes)
    assert ask(base, "show", "crane-count-wrong", "-f", "md").out.startswith("- ~~Vestmar had nineteen")


def test_a_passage_shows_what_was_retracted_and_quotes_what_holds(base: Path) -> None:
    shown, quoted = ask(base, "show", "port-2020:1", "-f", "ids"), ask(base, "quote", "port-2020:1", "-f", "ids")

    assert shown.out == "crane-count-now\ncrane-count-wrong\n"
    assert quoted.out == "crane-count-now\n"


def test_a_page_strikes_a_retracted_claim_and_says_why(base: Path, library: Library) -> None:
    from rightscli.show import render_fact

    fact = library.index.get_fact("crane-count-wrong")
    sources = {key: source for key in library.index.list_sources() if (source := library.index.get_source(key))}
    assert fact

    page = render_fact(fact, sources, {"cranes": "Cranes"}, width=80)

    assert "retracted      2026-11-27: the source was corrected\n" in page
    assert "stands for it  crane-count-now\n" in page


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("See [@crane-count-wrong].", [("pinpoint", "retracted")]),
        ("Vestmar had nineteen cranes at its northern quay in 2019.", [("statement", "retracted")]),
        (
            "Vestmar had nineteen cranes at its northern quay in 2019 (port-2020:1).",
            [("statement", "retracted"), ("pinpoint", "ok")],
        ),
        (
            "Vestmar had fourteen cranes at its northern quay in 2019 (port-2020:1).",
            [("statement", "supported"), ("pinpoint", "ok")],
        ),
        ("Vestmar had twelve cranes at its northern quay in 2019.", [("statement", "differs")]),
        ("See (Harbour Watch, 2018, para. 1).", [("pinpoint", "older-edition")]),
        ("See (Harbour Watch, 2020, para. 1).", [("pinpoint", "ok")]),
        ("See (port-2018:7).", [("pinpoint", "out-of-range")]),
    ],
)
def test_check_tells_what_no_longer_holds(library: Library, text: str, findings: list[tuple[str, str]]) -> None:
    assert judge(library, text) == findings


def test_what_was_retracted_is_a_problem_and_an_older_edition_a_notice(base: Path) -> None:
    gone = ask(base, "check", "-", stdin="See [@crane-count-wrong].\n")
    older = ask(base, "check", "-", stdin="See [@port-2018, para. 1].\n")

    assert (gone.code, gone.out) == (1, f"<stdin>:1:6: retracted: {GONE}\n")
    assert (older.code, older.out) == (0, "<stdin>:1:6: older-edition: port-2018 is an older edition of port-2020\n")


def test_a_place_in_an_older_edition_is_cited_as_asked_and_told(base: Path) -> None:
    cited = ask(base, "cite", "port-2018:1")

    assert (cited.code, cited.out) == (0, "(Harbour Watch, 2018, para. 1)\n")
    assert cited.err.startswith("rights: port-2018 is an older edition of port-2020\n")
    assert "older edition" not in ask(base, "cite", "port-2020:1").err
