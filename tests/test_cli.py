"""The commands as processes: exit code, standard output and standard error, each time all three."""

from __future__ import annotations

import functools
import inspect
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT, run_rights
from rightscli import cli
from rightscli.base.paths import find_bundled_base
from rightscli.cli.parsing import read_annotations
from rightscli.errors import CorruptIndexError
from rightscli.index.building import open_index
from rightscli.index.queries import Index
from rightscli.index.store import find_index
from rightscli.search import find_facts

ABSENCE = (
    "absence-from-work-punished\tIn North Korea, missing work without permission is a crime that can be punished by three to"
    " six months in a labor training camp (rodong dallyeondae).\t(Human Rights Watch, 2020, para. 13)\n"
)


def expect(*arguments: str, code: int = 0, out: str = "", err: str = "", **how: object) -> None:
    """Run the command and compare everything that happened."""
    outcome = run_rights(*arguments, **how)  # type: ignore[arg-type]
    assert (outcome.code, outcome.out, outcome.err) == (code, out, err)


def test_search_in_a_pipe_prints_id_claim_and_citation_a_line() -> None:
    expect("search", "missing", "work", "without", "permission", "-n", "1", out=ABSENCE)


def test_search_finds_forced_labor_in_the_forced_labor_section_first() -> None:
    outcome = run_rights("search", "forced", "labor", "--json")

    found = json.loads(outcome.out)
    assert (outcome.code, outcome.err) == (0, "")
    assert found["schema"] == "rights.search/1"
    assert found["query"] == "forced labor"
    assert {record["citations"][0]["section"] for record in found["results"][:4]} == {"Forced Labor"}
    assert all(record["match"]["tier"] == "exact" for record in found["results"][:4])
    assert (found["returned"], found["truncated"]) == (10, True)


def test_a_search_record_holds_every_key_of_the_contract() -> None:
    outcome = run_rights("search", "absenteeism", "--json")

    document = json.loads(outcome.out)
    (record,) = document["results"]
    assert list(document) == [
        "schema", "query", "base", "total", "at_least", "returned", "truncated", "results", "warnings",
    ]  # fmt: skip
    assert record == {
        "id": "absence-from-work-punished",
        "claim": ABSENCE.split("\t")[1],
        "topics": ["forced-labor", "labor-rights", "short-term-detention", "punishment"],
        "according_to": None,
        "date": "2019",
        "anchors": ["three to six months", "rodong dallyeondae", "labor training camps"],
        "terms": record["terms"],
        "citations": [
            {
                "source": "hrw-2020",
                "section": "Forced Labor",
                "locator": {"label": "paragraph", "value": "13"},
                "text": "(Human Rights Watch, 2020, para. 13)",
                "ref": "hrw-2020:13@c255b993",
                "url": "https://www.hrw.org/world-report/2020/country-chapters/north-korea#:~:text=Ordinary%20North%20Korean"
                "%20workers%20are,camps%20%28rodong%20dallyeondae%29.",
            }
        ],
        "match": {
            "tier": "exact",
            "score": record["match"]["score"],
            "words": {"absenteeism": "exact"},
            "fields": {"absenteeism": "terms"},
        },
    }


def test_nothing_found_is_exit_1_with_the_scope(small_base: Path) -> None:
    expect(
        "search", "zebra", "--base", str(small_base),
        code=1,
        err="rights: nothing in this base for 'zebra'\n  the base covers: What a made-up harbour report says.\n",
    )  # fmt: skip


def test_nothing_found_is_a_table_of_its_head_alone(small_base: Path) -> None:
    empty = run_rights("search", "zebra", "-f", "csv", "--base", str(small_base))
    full = run_rights("search", "crane", "-f", "csv", "--base", str(small_base))

    assert (empty.code, full.code) == (1, 0)
    assert empty.out == full.out.splitlines(keepends=True)[0]


def test_nothing_found_is_one_whole_json_document(small_base: Path) -> None:
    outcome = run_rights("search", "zebra", "--json", "--base", str(small_base))

    document = json.loads(outcome.out)
    assert (outcome.code, outcome.err) == (1, "")
    assert (document["total"], document["results"]) == (0, [])
    assert document["warnings"] == ["nothing in this base for 'zebra'"]
    assert document["scope"] == "What a made-up harbour report says."


@pytest.mark.parametrize("words", [["!!!"], ["-"], [""], ["'"]])
def test_a_query_without_a_word_is_wrong_usage(words: list[str]) -> None:
    expect("search", *words, code=2, err="rights: no word to search for\n  try: rights search forced labor\n")


def test_a_lone_dash_and_an_unbalanced_quote_are_taken_as_words_of_the_query() -> None:
    outcome = run_rights("search", "missing", "-", 'work"', "without", "permission", "-n", "1")

    assert (outcome.code, outcome.out, outcome.err) == (0, ABSENCE, "")


def test_two_dashes_end_the_options() -> None:
    outcome = run_rights("search", "-f", "ids", "-n", "1", "--", "--absenteeism")

    assert (outcome.code, outcome.out, outcome.err) == (0, "absence-from-work-punished\n", "")


def test_a_misspelt_word_is_found_and_marked_as_a_typo() -> None:
    outcome = run_rights("search", "absentheeism", "--json")

    (record,) = json.loads(outcome.out)["results"]
    assert record["id"] == "absence-from-work-punished"
    assert record["match"]["words"] == {"absentheeism": "typo"}
    assert record["match"]["tier"] == "typo"
    assert outcome.err == ""
    assert json.loads(outcome.out)["warnings"] == ["no 'absentheeism' in this base; showing results for 'absenteeism'"]


def test_a_guess_at_a_misspelt_word_is_told_on_standard_error() -> None:
    expect(
        "search", "absentheeism", "-f", "ids",
        out="absence-from-work-punished\n",
        err="rights: no 'absentheeism' in this base; showing results for 'absenteeism'\n",
    )  # fmt: skip


def test_a_word_that_the_base_lacks_is_found_by_a_synonym_and_told() -> None:
    expect(
        "search", "petrol", "imports", "-f", "ids", "-n", "1",
        out="energy-from-china\n",
        err="rights: no 'petrol' in this base; showing results for 'fuel'\n",
    )  # fmt: skip
    outcome = run_rights("search", "petrol", "imports", "-n", "1", "--json")

    (record,) = json.loads(outcome.out)["results"]
    assert record["match"]["words"] == {"petrol": "synonym", "imports": "exact"}
    assert record["match"]["tier"] == "synonym"


def test_an_exact_search_uses_no_synonym() -> None:
    outcome = run_rights("search", "--exact", "--any", "petrol", "networks", "--json", "-n", "1")

    (record,) = json.loads(outcome.out)["results"]
    assert record["match"]["words"] == {"networks": "exact"}
    assert json.loads(outcome.out)["warnings"][0] == "not in this base: petrol"


def test_a_name_that_only_a_look_up_term_holds_is_told() -> None:
    line = run_rights("search", "ofac", "-n", "1")
    document = json.loads(run_rights("search", "ofac sanctions", "-n", "1", "--json").out)

    assert line.code == 0
    assert line.err == "rights: no 'OFAC' in the claims; found by a look-up term\n"
    assert document["warnings"] == ["no 'OFAC' in the claims; found by a look-up term"]
    assert document["results"][0]["match"]["fields"] == {"ofac": "terms", "sanctions": "claim"}


def test_a_synonym_that_only_a_look_up_term_holds_draws_no_remark() -> None:
    outcome = run_rights("search", "jail", "-n", "1")

    assert (outcome.code, outcome.err) == (0, "")


def test_a_fact_is_found_by_its_date_where_its_claim_does_not_say_it() -> None:
    harbour = str(ROOT / "tests" / "data" / "harbour.yaml")
    outcome = run_rights("search", "kesterhaven 2018", "--json", "--base", harbour)

    fields = {record["id"]: record["match"]["fields"] for record in json.loads(outcome.out)["results"]}
    assert fields["seagrass-lost"] == {"kesterhaven": "claim", "2018": "date"}


def test_exact_makes_no_guess() -> None:
    outcome = run_rights("search", "absentheeism", "--exact", "--json")

    assert (outcome.code, json.loads(outcome.out)["results"]) == (1, [])


def test_why_says_which_word_matched_what_where_and_how() -> None:
    outcome = run_rights("search", "labour", "camps", "absenteeism", "--why", "-n", "1")
    (record,) = json.loads(run_rights("search", "absenteeism", "--why", "--json").out)["results"]

    why = outcome.out.rstrip("\n").split("\t")[3]
    assert (
        why
        == "labour = labor (claim, variant); camps = camp (claim, variant); absenteeism = absenteeism (terms, exact)"
    )
    assert record["match"]["why"] == [
        {"query": "absenteeism", "word": "absenteeism", "field": "terms", "tier": "exact"}
    ]


@pytest.mark.parametrize(
    ("options", "code", "err"),
    [
        (
            ["--topic", "women"],
            1,
            "rights: nothing for 'sanctions' that passes the filters\n  3 facts match without them\n",
        ),
        (
            ["--since", "2020", "--until", "2010"],
            2,
            "rights: --since 2020 is later than --until 2010\n",
        ),
        (["--not", ""], 2, "rights: no word in --not\n"),
    ],
)
def test_filters_that_leave_nothing_do_not_deny_what_the_base_holds(options: list[str], code: int, err: str) -> None:
    outcome = run_rights("search", "sanctions", *options)

    assert (outcome.code, outcome.out, outcome.err) == (code, "", err)


def test_words_that_the_base_lacks_are_told_beside_what_the_others_find() -> None:
    plain = run_rights(
        "search", "songbun", "discrimination", "employment", "education", "zirconium", "-f", "ids", "-n", "1"
    )
    document = json.loads(run_rights("search", "songbun discrimination employment education zirconium", "--json").out)

    assert (plain.code, plain.out, plain.err) == (
        0,
        "songbun-discrimination\n",
        "rights: not in this base: zirconium\n",
    )
    assert document["warnings"] == ["not in this base: zirconium"]


def test_a_guess_is_told_whichever_hit_it_found() -> None:
    outcome = run_rights("search", "forced labor prisoners winter clothing songbn", "-f", "ids", "-n", "30")

    assert (outcome.code, "songbun-classes" in outcome.out) == (0, True)
    assert outcome.err == "rights: no 'songbn' in this base; showing results for 'songbun'\n"


def test_a_query_of_very_many_words_is_cut_and_says_so() -> None:
    outcome = run_rights("search", "songbun " * 300 + "Iran", "-f", "ids", "-n", "1")

    assert (outcome.code, outcome.err) == (0, "rights: only the first 300 words were looked at\n")
    # A date is read as the three words that it is written out as.
    dated = run_rights("search", "songbun " * 298 + "9.5.2019", "-f", "ids", "-n", "1")
    assert (dated.code, dated.err) == (0, "rights: only the first 300 words were looked at\n")


def test_silence_names_the_nearest_topics_and_any_shows_the_weak_hits_marked() -> None:
    silent = run_rights("search", "prison", "break", "season", "2")
    document = json.loads(run_rights("search", "prison", "break", "season", "2", "--json").out)
    weak = run_rights("search", "prison", "break", "season", "2", "--any", "--json", "-n", "1")

    assert (silent.code, silent.out) == (1, "")
    assert silent.err.splitlines()[-1].startswith("  nearest topics: detention")
    assert silent.err.endswith("--any shows the weak matches\n")
    assert (document["results"], document["suggestions"][0]) == ([], "detention")
    assert (weak.code, weak.err) == (0, "")
    assert json.loads(weak.out)["results"][0]["match"]["weak"] is True


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (["--topic", "sanctions", "--para", "22"], ["us-human-rights-sanctions", "treasury-sanctions-december-2018"]),
        (
            ["--topic", "media-freedom", "--topic", "sanctions", "--para", "22"],
            ["us-human-rights-sanctions", "treasury-sanctions-december-2018"],
        ),
        (["--not", "Treasury", "--topic", "sanctions"], ["us-human-rights-sanctions"]),
        (["--until", "2018"], ["treasury-sanctions-december-2018"]),
        (["--since", "2018-12", "--until", "2018-12-31"], ["treasury-sanctions-december-2018"]),
        (["--source", "hrw-2020", "--para", "2"], []),
    ],
)
def test_search_is_kept_to_a_topic_a_passage_a_time(options: list[str], ids: list[str]) -> None:
    outcome = run_rights("search", "sanctions", *options, "-f", "ids")

    found = [id for id in outcome.out.split() if id != "us-sanctions-targets"]
    assert (outcome.code, sorted(found)) == (int(not ids), sorted(ids))


@pytest.mark.parametrize(("first", "second"), [("sanctions", "forced-labor"), ("forced-labor", "media-freedom")])
def test_of_several_topics_any_will_do(first: str, second: str) -> None:
    every = run_rights("export", "-f", "ids").out.split()
    either = {
        *run_rights("topics", first, "-f", "ids").out.split(),
        *run_rights("topics", second, "-f", "ids").out.split(),
    }

    outcome = run_rights("export", "--topic", first, "--topic", second, "-f", "ids")

    assert outcome.out.split() == [id for id in every if id in either]


def test_a_malformed_date_is_wrong_usage() -> None:
    expect("search", "kim", "--since", "2019-13", code=2, err=(
        "rights: --since: '2019-13' is no EDTF date: there is no month 13\n  write 2019, 2019-03 or 2019-03-22\n"
    ))  # fmt: skip


def test_a_query_that_is_not_utf_8_is_a_query(small_base: Path) -> None:
    process = subprocess.run(
        [sys.executable, "-m", "rightscli", "search", "--json", "--base", str(small_base), b"quay\xff"],
        capture_output=True,
        check=False,
    )

    assert (process.returncode, process.stderr) == (0, b"")
    assert json.loads(process.stdout)["query"] == "quay�"


@pytest.mark.parametrize(
    "ref",
    [
        "absence-from-work-punished",
        "hrw-2020:13@c255b993",
        "hrw-2020 ¶13",
        "hrw-2020, para. 13",
        "[@hrw-2020, para. 13]",
    ],
)
def test_show_takes_every_form_of_a_ref(ref: str) -> None:
    outcome = run_rights("show", ref)

    assert (outcome.code, outcome.err) == (0, "")
    assert ABSENCE in outcome.out


def test_show_of_a_passage_prints_the_facts_that_rest_on_it() -> None:
    outcome = run_rights("show", "hrw-2020:13", "-f", "ids")

    ids = ["no-free-choice-of-job", "jobs-assigned", "salaries-often-unpaid", "other-jobs-and-bribes-to-survive"]
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.split() == [*ids, "absence-from-work-punished"]


def test_unknown_fact_exits_1_and_names_the_nearest() -> None:
    expect(
        "show", "absence-from-work-punishd",
        code=1,
        err="rights: no fact 'absence-from-work-punishd' in Human rights in North Korea (bundled);"
        " did you mean 'absence-from-work-punished'?\n",
    )  # fmt: skip


def test_a_paragraph_outside_the_source_exits_1_with_the_real_range() -> None:
    expect("show", "hrw-2020:24", code=1, err="rights: hrw-2020 has no paragraph 24: it has paragraphs 1-23\n")


def test_of_several_refs_the_good_ones_print_and_the_exit_is_1() -> None:
    expect("show", "nope", "absence-from-work-punished", "???", code=1, out=ABSENCE, err=(
        "rights: no fact 'nope' in Human rights in North Korea (bundled); --base names another\n"
        "rights: '???' is not a REF\n  a REF is a fact's id, a source's key, a pinpoint such as"
        " hrw-2020:13, hrw-2020:13-15 or 'hrw-2020, para. 13', or four words or more in quotation marks\n"
    ))  # fmt: skip


def test_a_malformed_ref_exits_2() -> None:
    expect("show", "hrw-2020:15-13", code=2, err=(
        "rights: 'hrw-2020:15-13' is not a REF: 15 comes after 13\n  write 13-15\n"
    ))  # fmt: skip


def test_a_bare_number_is_not_guessed_to_be_a_paragraph() -> None:
    expect("show", "[@hrw-2020, 13]", code=2, err=(
        "rights: '[@hrw-2020, 13]' is not a REF\n  a bare number is a page elsewhere; write hrw-2020:13\n"
    ))  # fmt: skip


def test_a_broken_seal_exits_1_and_says_what_the_seal_is() -> None:
    expect("show", "hrw-2020:13@00000000", code=1, err=(
        "rights: the seal of hrw-2020:13 is c255b993 in this base, not 00000000\n"
        "  the passage was sealed from other words: another edition, or a changed one\n"
    ))  # fmt: skip


def test_several_errors_under_json_are_one_object_with_all_of_them() -> None:
    outcome = run_rights("show", "bad!", "nope", "hrw-2020:13", "--json")

    told = json.loads(outcome.err)
    assert (outcome.code, told["error"]["code"]) == (1, "not-found")
    assert [error["message"] for error in told["errors"]] == [
        "'bad!' is not a REF",
        "no fact 'nope' in Human rights in North Korea (bundled); --base names another",
    ]
    assert json.loads(outcome.out)["warnings"] == [
        "'bad!' is not a REF",
        "no fact 'nope' in Human rights in North Korea (bundled); --base names another",
    ]


@pytest.mark.parametrize(
    "command",
    [["show", "nope"], ["cite", "hrw-2020:99"], ["topics", "nope"], ["sources", "nope"], ["export", "--topic", "nope"],
     ["export", "--para", "99"], ["export", "--topic", "women", "--para", "1"], ["search", "docker"]],
)  # fmt: skip
def test_nothing_found_under_json_is_always_one_whole_document(command: list[str]) -> None:
    outcome = run_rights(*command, "--json")

    document = json.loads(outcome.out)
    assert (outcome.code, document["results"], document["schema"]) == (1, [], f"rights.{command[0]}/1")
    assert len(document["warnings"]) == 1


def test_an_error_under_json_is_one_object_on_standard_error() -> None:
    outcome = run_rights("show", "nope", "--json")

    assert outcome.code == 1
    assert json.loads(outcome.err) == {
        "schema": "rights.error/1",
        "error": {
            "code": "not-found",
            "message": "no fact 'nope' in Human rights in North Korea (bundled); --base names another",
            "hint": None,
        },
    }
    assert json.loads(outcome.out)["results"] == []


@pytest.mark.parametrize("asked", [["--json"], ["-f", "json"], ["--format", "json"], ["-fjson"]])
def test_wrong_usage_under_json_is_one_object_on_standard_error(asked: list[str]) -> None:
    outcome = run_rights("search", "quay", "--frobnicate", *asked)

    assert (outcome.code, outcome.out) == (2, "")
    assert json.loads(outcome.err)["error"]["code"] == "usage"


def test_refs_are_read_from_standard_input() -> None:
    expect(
        "cite", "-",
        stdin="absence-from-work-punished\n\n  hrw-2020:15-17 \n",
        out="(Human Rights Watch, 2020, paras. 13, 15–17)\n",
    )  # fmt: skip


def test_lines_of_a_search_are_refs_too() -> None:
    found = run_rights("search", "absenteeism").out

    expect(
        "cite", "-",
        stdin="\ufeff" + found.replace("\n", "\r\n"),
        out="(Human Rights Watch, 2020, para. 13)\n",
    )  # fmt: skip


def test_a_topic_is_not_a_fact_and_the_error_says_so() -> None:
    expect(
        "show", "songbun",
        code=1,
        err="rights: 'songbun' is a topic, not a fact\n  try: rights topics songbun\n",
    )  # fmt: skip


def test_no_ref_on_standard_input_is_wrong_usage() -> None:
    expect("cite", "-", code=2, err="rights: no REF on standard input\n")


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "tsv", "md"])
def test_what_another_format_prints_is_told_once_and_not_line_by_line(form: str) -> None:
    printed = run_rights("search", "songbun", "-f", form).out

    told = "rights: standard input is a document or a table, not a REF a line\n  -f ids prints REFs\n"
    expect("cite", "-", stdin=printed, code=2, err=told)
    expect("show", "-", stdin=printed, code=2, err=told)


def test_a_way_out_of_several_faults_stands_below_the_last() -> None:
    outcome = run_rights("cite", "a!", "b!")

    hint = outcome.err.splitlines()[-1]
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == f"rights: 'a!' is not a REF\nrights: 'b!' is not a REF\n{hint}\n"
    assert hint.startswith("  a REF is a fact's id")


def test_topics_prints_each_topic_with_its_count(small_base: Path) -> None:
    expect(
        "topics",
        "--base",
        str(small_base),
        out="quays\tQuays\t2\ncranes\tCranes\t1\nboats\tBoats\t0\nempty\tEmpty\t0\n",
    )


@pytest.mark.parametrize("topic", ["quays", "Quays", "DOCKS"])
def test_a_topic_is_named_by_id_label_or_other_label_and_includes_narrower_ones(topic: str, small_base: Path) -> None:
    expect("topics", topic, "-f", "ids", "--base", str(small_base), out="quay-rebuilt\nnine-cranes\n")


def test_a_topic_without_facts_exits_1(small_base: Path) -> None:
    expect("topics", "boats", "--base", str(small_base), code=1, err="rights: no fact on Boats\n")


def test_an_unknown_topic_exits_1_with_the_nearest(small_base: Path) -> None:
    expect(
        "topics",
        "quais",
        "--base",
        str(small_base),
        code=1,
        err="rights: no topic 'quais' in Harbour [sic] notes (small); did you mean 'quays'?\n",
    )


def test_topics_as_json_gives_the_tree(small_base: Path) -> None:
    outcome = run_rights("topics", "--json", "--base", str(small_base))

    document = json.loads(outcome.out)
    assert (outcome.code, outcome.err, document["schema"]) == (0, "", "rights.topics/1")
    assert document["results"][0] == {
        "id": "quays",
        "label": "Quays",
        "alt": ["docks", "wharves"],
        "hidden": [],
        "broader": None,
        "narrower": ["cranes"],
        "related": [],
        "facts": 2,
    }


def test_sources_lists_citation_paragraphs_and_facts(small_base: Path) -> None:
    expect(
        "sources",
        "--base",
        str(small_base),
        out="harbour\tQuill and Mast, “The Harbour [sic] of Anyport” (2021).\t3\t2\n",
    )


def test_a_source_lists_its_paragraphs_as_refs(small_base: Path) -> None:
    expect("sources", "harbour", "--base", str(small_base), out=(
        "harbour:1@aaaaaaaa\tQuays\tThe quay was … in May, at last.\t2\n"
        "harbour:2@bbbbbbbb\tQuays\tNine cranes … stand there\t1\n"
        "harbour:3@cccccccc\tBoats\tNo boat … came back\t0\n"
    ))  # fmt: skip


def test_a_source_as_json_carries_its_csl_item() -> None:
    outcome = run_rights("sources", "hrw-2020", "--json")

    (record,) = json.loads(outcome.out)["results"]
    assert (outcome.code, outcome.err, len(record["paragraphs"])) == (0, "", 23)
    assert record["csl"] == {
        "id": "hrw-2020",
        "type": "chapter",
        "title": "North Korea: Events of 2019",
        "author": [{"literal": "Human Rights Watch"}],
        "issued": "2020-01-14",
        "container-title": "World Report 2020",
        "publisher": "Human Rights Watch",
        "URL": "https://www.hrw.org/world-report/2020/country-chapters/north-korea",
        "language": "en-US",
    }


def test_export_writes_the_whole_base(bundled: object) -> None:
    outcome = run_rights("export", "--json")

    document = json.loads(outcome.out)
    assert (outcome.code, outcome.err, document["schema"]) == (0, "", "rights.export/1")
    assert [record["id"] for record in document["results"]] == [fact.id for fact in bundled.facts]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("part", "ids"),
    [
        (["--topic", "cranes"], "nine-cranes\n"),
        (["--source", "harbour", "--para", "2"], "nine-cranes\n"),
        (["--para", "1-3"], "quay-rebuilt\nnine-cranes\n"),
        (["--topic", "docks", "--para", "1"], "quay-rebuilt\nnine-cranes\n"),
    ],
)
def test_export_writes_a_part(part: list[str], ids: str, small_base: Path) -> None:
    expect("export", *part, "-f", "ids", "--base", str(small_base), out=ids)


def test_export_of_an_empty_part_exits_1(small_base: Path) -> None:
    expect(
        "export",
        "--topic",
        "empty",
        "--base",
        str(small_base),
        code=1,
        err="rights: no fact in that part of the base\n",
    )


def test_export_of_a_paragraph_outside_the_source_exits_1(small_base: Path) -> None:
    expect(
        "export", "--para", "4", "--base", str(small_base),
        code=1,
        err="rights: harbour has no paragraph 4: it has paragraphs 1-3\n",
    )  # fmt: skip


def test_doctor_prints_findings_as_compilers_do_and_exits_1(small_base: Path) -> None:
    outcome = run_rights("doctor", "small.yaml", cwd=small_base.parent)

    assert outcome.code == 1
    lines = outcome.out.splitlines()
    assert "small.yaml:6: notice: sources.harbour.paragraphs: no fact cites 1 of 3 paragraphs: 3" in lines
    assert outcome.err == f"rights: {len(lines)} findings in 2 facts and 4 topics\n"


def test_passages_without_facts_fail_only_where_doctor_is_strict(tmp_path: Path) -> None:
    text = (ROOT / "facts.yaml").read_text(encoding="utf-8")
    head, _, facts = text.partition("\nfacts:\n")
    kept = [fact for fact in facts.split("\n  - ") if "cites: {hrw-2020: 23}" not in fact]
    (tmp_path / "b.yaml").write_text(f"{head}\nfacts:\n" + "\n  - ".join(kept), encoding="utf-8")

    free = run_rights("doctor", "b.yaml", cwd=tmp_path)
    strict = run_rights("doctor", "b.yaml", "--strict", cwd=tmp_path)

    assert "notice: sources.hrw-2020.paragraphs: no fact cites 1 of 23 paragraphs: 23\n" in free.out
    assert {line.split(": ")[1] for line in free.out.splitlines()} == {"notice"}
    assert (free.code, strict.code, strict.out) == (0, 1, free.out)


def test_a_text_that_a_comment_cuts_is_told_by_every_command(small_base: Path) -> None:
    text = small_base.read_text(encoding="utf-8")
    claim = next(line for line in text.splitlines() if line.strip().startswith("claim: "))
    small_base.write_text(
        text.replace(claim, f"{claim} Crane # 9 fell.").replace("type: report", "type: report # yes"), encoding="utf-8"
    )
    line = text.splitlines().index(claim) + 1

    asked = [
        ("search", "crane"),
        ("topics",),
        ("sources",),
        ("cite", "nine-cranes"),
        ("show", "nine-cranes"),
        ("export",),
    ]
    outcomes = [run_rights(*arguments, "--base", "small.yaml", cwd=small_base.parent) for arguments in (*asked, *asked)]
    doctor = run_rights("doctor", "small.yaml", cwd=small_base.parent)

    told = rf"rights: small\.yaml:{line}: facts\.[a-z-]+\.claim: cut off before '# 9 fell\.'; quote the text"
    assert all(len(re.findall(told, outcome.err)) == 1 for outcome in outcomes)
    assert doctor.out.count("cut off before") == 1


def test_doctor_finds_nothing_in_the_bundled_base() -> None:
    expect("doctor", err="rights: no findings in 113 facts and 46 topics\n")


def test_doctor_with_a_copy_finds_nothing_in_the_bundled_base(source_copy: Path) -> None:
    expect(
        "doctor", "--copy", f"hrw-2020={source_copy}",
        err="rights: no findings in 113 facts and 46 topics against a copy of hrw-2020\n",
    )  # fmt: skip


def test_doctor_as_json_has_a_record_a_finding(small_base: Path) -> None:
    outcome = run_rights("doctor", "--json", "--base", "small.yaml", cwd=small_base.parent)

    document = json.loads(outcome.out)
    assert (outcome.code, outcome.err, document["schema"]) == (1, "", "rights.doctor/1")
    assert set(document["results"][0]) == {"file", "line", "level", "place", "rule", "message", "text"}


def test_doctor_wants_a_copy_as_source_and_file() -> None:
    expect("doctor", "--copy", "hrw-2020", code=2, err=(
        "rights: --copy 'hrw-2020' is not SOURCE=FILE\n  as in --copy hrw-2020=chapter.txt\n"
    ))  # fmt: skip


@pytest.mark.parametrize(
    "command", [["search", "quay"], ["show", "x"], ["topics"], ["sources"], ["cite", "x"], ["export"]]
)
def test_a_base_that_is_missing_exits_3(command: list[str], tmp_path: Path) -> None:
    path = tmp_path / "gone.yaml"

    outcome = run_rights(*command, "--base", str(path))

    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.startswith(f"rights: {path}: ")


def test_a_base_with_faults_exits_3_with_a_line_for_each(small_base: Path) -> None:
    text = small_base.read_text(encoding="utf-8")
    small_base.write_text(
        text.replace("topics: [cranes]", "topics: [crane]").replace("harbour: 1}", "harbour: 4}"), "utf-8"
    )

    expect("search", "quay", "--base", "small.yaml", cwd=small_base.parent, code=3, err=(
        "rights: small.yaml:24: facts.quay-rebuilt.cites.harbour: the source ends at paragraph 3\n"
        "rights: small.yaml:31: facts.nine-cranes.topics.1: no topic 'crane'; did you mean 'cranes'?\n"
    ))  # fmt: skip


def test_the_base_is_the_option_else_the_environment_else_the_bundled_one(small_base: Path) -> None:
    environment = {"RIGHTS_BASE": str(small_base)}

    assert run_rights("sources", "-f", "ids", env=environment).out == "harbour\n"
    assert run_rights("sources", "-f", "ids", "--base", "facts.yaml", env=environment).out == "hrw-2020\n"
    assert run_rights("sources", "-f", "ids", env={"RIGHTS_BASE": ""}).out == "hrw-2020\n"


def test_an_unknown_command_is_wrong_usage() -> None:
    expect("frobnicate", code=2, err="rights: no such command 'frobnicate'\n  see rights --help\n")


def test_an_option_without_its_value_or_with_a_wrong_one_points_to_its_command_s_help() -> None:
    expect("cite", "hrw-2020", "--style", code=2, err=(
        "rights: option '--style' requires an argument\n  see rights cite --help\n"
    ))  # fmt: skip
    expect("search", "labor", "-n", "ten", code=2, err=(
        "rights: invalid value for '-n' / '--limit': 'ten' is not a whole number\n  see rights search --help\n"
    ))  # fmt: skip
    expect("--nope", "cite", code=2, err="rights: no such option: --nope\n  see rights --help\n")


@pytest.mark.parametrize(
    "command", ["search", "export", "show", "cite", "quote", "topics", "sources", "styles", "check"]
)
def test_help_names_what_an_option_takes_and_not_its_type(command: str) -> None:
    outcome = run_rights(command, "--help")

    assert (outcome.code, outcome.err) == (0, "")
    assert not re.search(r"<(?:str|int|float|path)\b[^|]*>", outcome.out)


def test_two_formats_at_once_are_wrong_usage() -> None:
    outcome = run_rights("search", "quay", "--json", "-f", "csv")

    assert (outcome.code, outcome.out) == (2, "")
    assert json.loads(outcome.err)["error"]["message"] == "--json and -f csv exclude each other"


def test_without_a_command_the_help_goes_to_standard_error() -> None:
    outcome = run_rights()

    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("Usage: rights ")


@pytest.mark.parametrize(
    "command", [[], *([name] for name in "search show topics sources cite export init doctor".split()), ["add", "fact"]]
)
def test_help_fits_a_screen_and_shows_examples(command: list[str]) -> None:
    outcome = run_rights(*command, "--help", env={"COLUMNS": "80"})

    assert (outcome.code, outcome.err) == (0, "")
    assert len(outcome.out.splitlines()) <= 32
    assert "\b" not in outcome.out
    assert max(map(len, outcome.out.splitlines())) <= 80
    assert "Examples:\n    rights " in outcome.out


def test_an_empty_value_is_never_taken_for_no_value() -> None:
    assert run_rights("export", "--topic", "").code == 1
    assert run_rights("export", "--source", "").code == 1
    assert run_rights("sources", "").code == 1
    expect("topics", "--base", "", code=2, err="rights: the path of the base is empty\n")


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
def test_a_closed_stream_is_no_traceback(closed: str) -> None:
    shell = f"'{sys.executable}' -m rightscli search absenteeism -f ids {closed}"
    process = subprocess.run(["sh", "-c", shell], capture_output=True, text=True, check=False)

    assert (process.returncode, process.stderr) == (0, "")
    assert process.stdout == ("" if closed == ">&-" else "absence-from-work-punished\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full device is Linux's")
@pytest.mark.parametrize("command", ["search absenteeism", "export --json", "--help", "--version"])
def test_a_full_disk_is_an_error_and_no_traceback(command: str) -> None:
    shell = f"'{sys.executable}' -m rightscli {command} > /dev/full"
    process = subprocess.run(["sh", "-c", shell], capture_output=True, text=True, check=False)

    told = process.stderr if "--json" not in command else json.loads(process.stderr)["error"]["message"] + "\n"
    assert process.returncode == 3
    assert told.removeprefix("rights: ") == "cannot write: no space left on device\n"


@pytest.mark.skipif(sys.platform == "win32", reason="a shell's redirections")
@pytest.mark.parametrize("command", ["cite -", "check -", "attach hrw-2020 -"])
def test_input_that_cannot_be_read_is_not_said_to_be_written(command: str) -> None:
    shell = f"'{sys.executable}' -m rightscli {command} 0> /dev/null"
    process = subprocess.run(["sh", "-c", shell], capture_output=True, text=True, check=False)

    assert (process.returncode, process.stderr) == (3, "rights: standard input: bad file descriptor\n")


def test_refs_from_standard_input_are_read_up_to_a_limit() -> None:
    told = "rights: standard input: more than 20,000,000 bytes, the limit for REFs\n  give fewer at a time\n"

    expect("cite", "-", stdin="hrw-2020:1\n" * 1_820_000, code=3, err=told)


@pytest.mark.parametrize(
    ("fault", "code", "told"),
    [
        ("KeyboardInterrupt", 130, ""),
        ("MemoryError", 3, "rights: out of memory\n"),
        ("ImportError", 3, "rights: cannot be loaded: no room\n  install rights anew, or give it more memory\n"),
    ],
)
@pytest.mark.parametrize("module", ["rightscli.errors", "rightscli.refs", "typer"])
def test_what_goes_wrong_while_the_program_loads_is_no_traceback(module: str, fault: str, code: int, told: str) -> None:
    program = f"""
        import sys
        from rightscli.__main__ import main
        class Finder:
            def find_spec(self, name, path=None, target=None):
                if name == "{module}":
                    raise {fault}("no room")
        sys.meta_path.insert(0, Finder())
        sys.argv[1:] = ["show", "hrw-2020:1", "-f", "ids"{', "--help"' if module == "typer" else ""}]
        main()
    """
    process = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, check=False, cwd=ROOT
    )

    early = module == "rightscli.errors"
    assert process.returncode == (1 if early and fault == "ImportError" else code)
    assert early or process.stderr == told
    assert "Traceback" not in process.stderr or (early and fault == "ImportError")


@pytest.mark.skipif(sys.platform != "linux", reason="a limit that Linux keeps")
def test_too_little_memory_is_an_error_and_no_traceback(tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("Some words, and others. " * 500_000, encoding="utf-8")
    shell = f"ulimit -v 60000; '{sys.executable}' -m rightscli check {draft}"
    process = subprocess.run(["sh", "-c", shell], capture_output=True, text=True, check=False)

    # A library that there is no room for cannot be loaded.
    assert process.returncode == 3
    assert process.stderr == "rights: out of memory\n" or process.stderr.startswith("rights: cannot be loaded: ")


def test_what_the_user_typed_reaches_the_terminal_harmless() -> None:
    outcome = run_rights("search", "zz\x1b[31m\nyy" + "z" * 500)

    first = outcome.err.splitlines()[0]
    assert "\x1b" not in outcome.err
    assert len(first) < 140


@pytest.mark.parametrize("command", ["export", "--help", "--version", "show nope"])
def test_a_reader_that_has_gone_is_no_error(command: str) -> None:
    shell = f"set -o pipefail; '{sys.executable}' -m rightscli {command} 2>/dev/null | true"
    process = subprocess.run([shutil.which("bash") or "sh", "-c", shell], capture_output=True, text=True, check=False)

    assert (process.returncode, process.stderr) == (int("nope" in command), "")


def test_a_closed_pipe_ends_quietly() -> None:
    read, write = os.pipe()
    os.close(read)
    process = subprocess.run(
        [sys.executable, "-m", "rightscli", "export"], stdout=write, stderr=subprocess.PIPE, check=False
    )
    os.close(write)

    assert (process.returncode, process.stderr) == (0, b"")


def test_head_1_ends_quietly() -> None:
    shell = f"set -o pipefail; '{sys.executable}' -m rightscli export --json | head -1"
    process = subprocess.run([shutil.which("bash") or "sh", "-c", shell], capture_output=True, check=False)

    assert (process.returncode, process.stdout, process.stderr) == (0, b"{\n", b"")


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
def test_an_interrupt_exits_130_without_a_word(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "rightscli", "cite", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONFAULTHANDLER": "", "PYTHONPROFILEIMPORTTIME": "1"},
    )
    assert process.stderr is not None
    # The last module that cite loads before it waits for its input.
    while b"rightscli.refs" not in process.stderr.readline():
        pass
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)

    # Where it comes amid a named tuple's making, Python ends itself by the signal afterwards: to a shell, both are 130.
    assert (process.returncode in (130, -signal.SIGINT), out) == (True, b"")
    assert b"Traceback" not in err


def test_the_same_input_gives_the_same_bytes_in_every_locale() -> None:
    outcomes = {
        run_rights("search", "songbun", "-f", format, env={"LC_ALL": locale, "PYTHONHASHSEED": seed}).out
        for format in ["json"]
        for locale, seed in [("C", "1"), ("en_US.UTF-8", "2"), ("tr_TR.ISO-8859-9", "3")]
    }

    assert len(outcomes) == 1


def spoil_index(folder: Path, change: str) -> Index:
    """Run *change* on the one index in *folder*, as a disk that forgets would: other bytes in the file, and the same times."""
    (path,) = folder.glob("rights/*/*.index")
    pointer = next(folder.glob("rights/*/*.at"))
    with sqlite3.connect(path) as connection:
        connection.execute(change)
    connection.close()
    status = path.stat()
    fields = pointer.read_text(encoding="utf-8").split("\0")
    fields[-1] = f"{status.st_dev} {status.st_ino} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"
    pointer.write_text("\0".join(fields), encoding="utf-8")
    damaged = find_index(find_bundled_base(), path.parent)
    assert damaged is not None
    return damaged


def test_an_index_that_cannot_be_read_is_thrown_away_and_built_anew(tmp_path: Path) -> None:
    environment = {"XDG_CACHE_HOME": str(tmp_path)}
    right = run_rights("search", "songbun", env=environment)
    with pytest.raises(CorruptIndexError):
        find_facts(spoil_index(tmp_path, "UPDATE postings SET packed = 'x'"), "songbun")

    again = run_rights("search", "songbun", env=environment)

    assert again == right
    (path,) = tmp_path.glob("rights/*/*.index")
    assert find_facts(open_index(find_bundled_base(), path.parent), "songbun").total > 0


def test_standard_input_is_not_lost_where_an_index_is_built_anew(tmp_path: Path) -> None:
    environment = {"XDG_CACHE_HOME": str(tmp_path)}
    right = run_rights("check", "-", stdin="See hrw-2020:99.\n", env=environment)
    spoil_index(tmp_path, "UPDATE facts SET record = 'x'")

    again = run_rights("check", "-", stdin="See hrw-2020:99.\n", env=environment)

    assert right.code == 1
    assert again == right


def test_several_refs_of_one_source_are_one_citation_and_a_whole_source_stays_apart() -> None:
    expect(
        "cite", "absence-from-work-punished", "hrw-2020", "hrw-2020:17", "hrw-2020, paras. 15-16", "not-in-ilo",
        out="(Human Rights Watch, 2020, paras. 13, 15–17)\n(Human Rights Watch, 2020)\n",
    )  # fmt: skip


def test_a_citation_comes_in_a_style_a_form_and_a_markup() -> None:
    expect(
        "cite", "hrw-2020:13", "--style", "MHRA-notes.csl", "--markup", "latex",
        out="Human Rights Watch, ‘North Korea: Events of 2019’, in \\emph{World Report 2020} (Human Rights Watch, 2020), para. 13"
        " \\textless{}\\url{https://www.hrw.org/world-report/2020/country-chapters/north-korea}\\textgreater{}.\n",
    )  # fmt: skip
    expect("cite", "hrw-2020:13", "--style", "chicago-notes", "--form", "short",
           out="Human Rights Watch, “North Korea: Events of 2019,” para. 13.\n")  # fmt: skip
    expect("cite", "hrw-2020:13", "--form", "bibliography", "--markup", "markdown",
           out="Human Rights Watch. (2020). North Korea: Events of 2019. In *World Report 2020*. Human Rights Watch."
           " <https://www.hrw.org/world-report/2020/country-chapters/north-korea>\n")  # fmt: skip


def test_the_style_is_the_one_named_else_the_environment_s() -> None:
    by_environment = run_rights("cite", "hrw-2020:13", env={"RIGHTS_STYLE": "chicago-author-date"})
    by_name = run_rights("cite", "hrw-2020:13", "--style", "mla", env={"RIGHTS_STYLE": "nope"})
    wrong = run_rights("cite", "hrw-2020:13", env={"RIGHTS_STYLE": "chicgo-notes"})

    assert by_environment.out == "(Human Rights Watch 2020, para. 13)\n"
    assert by_name.out == "(Human Rights Watch, par. 13)\n"
    told = "  none is named here: it is that of RIGHTS_STYLE, or of the nearest .rights.toml\n"
    assert (wrong.code, wrong.out, wrong.err) == (
        2, "", f"rights: no style 'chicgo-notes'; did you mean 'chicago-notes'?\n{told}"
    )  # fmt: skip


def test_a_style_that_shows_no_paragraph_or_shows_it_like_a_page_says_so() -> None:
    expect("cite", "hrw-2020:13-15", "--style", "nature", out="1\n", err=(
        "rights: nature shows no paragraphs: say paras. 13–15 beside it\n"
        "rights: the 1 in nature stands for the number that the source has in your own list\n"
    ))  # fmt: skip
    outcome = run_rights("cite", "hrw-2020:15", "--style", "bluebook", "--json")

    document = json.loads(outcome.out)
    assert document["warnings"] == ["bluebook shows a paragraph like a page: this is para. 15"]
    assert (document["results"][0]["style"], document["results"][0]["engine"]) == ("bluebook", "citeproc-js 1.4.61")
    assert outcome.err == ""


def test_one_citation_of_several_passages_is_as_many_refs() -> None:
    group = "[see @hrw-2020, para. 15; @hrw-2020, para. 99;@hrw-2020, paras. 2-3]"

    expect("cite", group, code=1, out="(Human Rights Watch, 2020, paras. 2–3, 15)\n",
           err="rights: hrw-2020 has no paragraph 99: it has paragraphs 1-23\n")  # fmt: skip


def test_a_style_without_a_list_of_works_says_so() -> None:
    expect("cite", "hrw-2020", "--style", "bluebook", "--form", "bibliography", code=1, err=(
        "rights: bluebook has no list of works\n  --form citation shows the whole reference\n"
    ))  # fmt: skip


@pytest.mark.parametrize("other", [["--style", "apa"], ["--syntax", "org"]])
def test_all_styles_and_one_exclude_each_other(other: list[str]) -> None:
    expect("cite", "hrw-2020", "--all-styles", *other, code=2,
           err=f"rights: --all-styles and {other[0]} exclude each other\n")  # fmt: skip


def test_all_styles_are_shown_side_by_side() -> None:
    from rightscli.cite.styles import STYLES

    outcome = run_rights("cite", "hrw-2020:13", "--all-styles")

    rows = dict(line.split("\t") for line in outcome.out.splitlines())
    assert list(rows) == [style.name for style in STYLES]
    assert (rows["apsa"], rows["ieee"]) == ("(Human Rights Watch 2020, para. 13)", "[1, Para. 13]")
    assert (outcome.code, outcome.err) == (0, "")


def test_facts_are_cited_in_a_style_wherever_they_appear() -> None:
    outcomes = [
        run_rights("search", "absenteeism", "--cite", "mla"),
        run_rights("show", "absence-from-work-punished", "--cite", "mla"),
        run_rights("export", "--para", "13", env={"RIGHTS_STYLE": "mla"}),
    ]

    assert {line.split("\t")[2] for outcome in outcomes for line in outcome.out.splitlines()} == {
        "(Human Rights Watch, par. 13)"
    }


def test_a_quote_is_a_sentence_of_the_base_s_own_and_stands_in_no_quotation_marks() -> None:
    expect(
        "quote", "not-in-ilo",
        out="As of 2019, North Korea was one of only seven UN member states that had not joined the International Labour"
        " Organization (ILO) (Human Rights Watch, 2020, para. 15).\n",
        err="rights: the words are the base's, not the source's: no quotation marks around them\n",
    )  # fmt: skip


def test_a_quote_of_a_passage_is_each_fact_on_it_with_a_key_for_a_bibliography() -> None:
    outcome = run_rights("quote", "hrw-2020:15", "--as", "markdown", "--syntax", "pandoc")

    first, second = outcome.out.removesuffix("\n").split("\n\n")
    assert first.endswith("International Labour Organization (ILO) [@hrw-2020, para. 15].")
    assert second.endswith("International Labour Organization (ILO) [@hrw-2020, paras. 7, 15].")


def test_a_style_of_notes_makes_notes_and_a_raised_number_stands_behind_the_stop() -> None:
    noted = run_rights("quote", "not-in-ilo", "--as", "typst", "--style", "chicago-notes").out
    raised = run_rights("quote", "not-in-ilo", "--as", "html", "--style", "nature").out

    assert "(ILO).#footnote[Human Rights Watch, “North Korea: Events of 2019,” in _World Report 2020_" in noted
    assert noted.count("#:~:text=") == 1
    assert re.search(r"\(ILO\)\.<a href=\"[^\"]*#:~:text=[^\"]*\"><sup>1</sup></a></p>\n$", raised)


def test_styles_are_listed_with_an_example_and_how_they_show_a_paragraph() -> None:
    outcome = run_rights("styles", "--json")

    records = {record["id"]: record for record in json.loads(outcome.out)["results"]}
    assert {id: record["shows"] for id, record in records.items() if record["shows"] != "paragraph"} == {
        "vancouver": "none", "bluebook": "page", "nature": "none"
    }  # fmt: skip
    assert {record["kind"] for record in records.values()} == {"author-date", "note", "numeric"}
    assert all(record["verified"] and record["engine"] == "citeproc-js 1.4.61" for record in records.values())


def test_a_base_that_is_not_compiled_is_cited_in_the_plain_form_with_a_hint(small_base: Path) -> None:
    hint = "harbour is not compiled in mla: this is the plain form; rights styles --compile BASE compiles it"
    expect("cite", "harbour:1", "--base", str(small_base), "--style", "mla",
           out="(Quill and Mast, 2021, para. 1)\n", err=f"rights: {hint}\n")  # fmt: skip
    outcome = run_rights("cite", "harbour:1", "--base", str(small_base), "--style", "mla", "--json")

    document = json.loads(outcome.out)
    assert (document["results"][0]["style"], document["results"][0]["engine"]) == ("plain", None)
    assert document["warnings"] == [hint]


def test_a_base_of_one_s_own_is_compiled_beside_it_and_marked(small_base: Path) -> None:
    pytest.importorskip("citeproc", reason="needs pip install 'rightscli[csl]'")
    base = str(small_base)
    before = run_rights("cite", "nine-cranes", "--base", base, "--style", "chicago-author-date")

    made = run_rights("styles", "--compile", base)

    after = run_rights("cite", "nine-cranes", "--base", base, "--style", "chicago-author-date")
    listed = json.loads(run_rights("styles", "--base", base, "--json").out)["results"]
    assert (made.code, made.out) == (0, "")
    assert re.fullmatch(
        r"rights: wrote \S+small\.citations\.json: 15 styles for 1 source, by .*, not verified against citeproc-js\n",
        made.err,
    )
    assert before.out == "(Quill and Mast, 2021, paras. 1–2)\n"
    assert (after.out, after.err) == ("(Quill and Mast 2021, paras. 1–2)\n", "")
    assert {record["verified"] for record in listed} == {False}
    assert all("not verified against citeproc-js" in record["engine"] for record in listed)


def test_what_was_compiled_for_a_source_as_it_once_was_is_not_used(small_base: Path) -> None:
    pytest.importorskip("citeproc", reason="needs pip install 'rightscli[csl]'")
    base = str(small_base)
    run_rights("styles", "--compile", base)
    small_base.write_text(small_base.read_text(encoding="utf-8").replace("given: Ada", "given: Eve"), encoding="utf-8")

    outcome = run_rights("cite", "harbour:1", "--base", base, "--style", "mla")

    assert (outcome.out, outcome.err.partition(":")[0]) == ("(Quill and Mast, 2021, para. 1)\n", "rights")
    assert "is not compiled in mla" in outcome.err


def test_compiled_citations_that_cannot_be_read_are_an_error_with_a_way_out(small_base: Path) -> None:
    beside = small_base.with_suffix(".citations.json")
    beside.write_text("{", encoding="utf-8")

    outcome = run_rights("search", "quay", "--base", str(small_base))

    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.startswith(f"rights: {beside}: no JSON: ")
    assert outcome.err.endswith("  rights styles --compile BASE writes it anew\n")


@pytest.mark.parametrize("form", [["--json"], ["-f", "csv"]])
def test_compiling_prints_no_list_and_takes_no_format(form: list[str], small_base: Path) -> None:
    outcome = run_rights("styles", "--compile", str(small_base), *form)

    assert (outcome.code, outcome.out) == (2, "")
    assert "--compile lists nothing that could have a format" in outcome.err
    assert not small_base.with_suffix(".citations.json").exists()


def test_the_bundled_base_is_not_compiled_by_another_engine() -> None:
    expect("styles", "--compile", str(ROOT / "facts.yaml"), code=2, err=(
        "rights: the bundled base is compiled by tools/compile_citations.py, with citeproc-js itself\n"
    ))  # fmt: skip


def test_sources_are_exported_for_bibliographies_those_alone_that_a_part_cites(small_base: Path) -> None:
    whole = run_rights("export", "-f", "biblatex")
    part = run_rights("export", "-f", "ris", "--topic", "boats", "--base", str(small_base))

    assert whole.out.startswith("@inbook{hrw-2020,\n  author = {{Human Rights Watch}},\n")
    assert (part.code, part.out, part.err) == (1, "", "rights: no fact in that part of the base\n")


def test_without_a_clipboard_the_citation_still_prints_and_the_exit_is_1() -> None:
    expect("cite", "hrw-2020:13", "--clip", env={"PATH": "", "DISPLAY": "", "WAYLAND_DISPLAY": ""}, code=1,
           out="(Human Rights Watch, 2020, para. 13)\n",
           err="rights: no clipboard here: it needs a terminal, or wl-copy, xclip, xsel or pbcopy\n")  # fmt: skip


TOKENS = [
    *(
        "search",
        "show",
        "topics",
        "cite",
        "quote",
        "sources",
        "help",
        "forced",
        "hrw-2020:13",
        "-",
        "",
        "3",
        "0",
        "007",
        "json",
    ),
    *(
        "csv",
        "apa",
        "--json",
        "-f",
        "--format",
        "--format=json",
        "-fjson",
        "-n",
        "--limit",
        "-n3",
        "--base",
        "--topic",
        "--cite",
    ),
    *("--style", "--why", "--", "--jso", "-h", "--source", "--since", "99999999999", "3 ", "nul\0", "٣"),
]


def read_by_typer(command: Any, arguments: list[str]) -> dict[str, Any]:
    """Return the parameters with which Typer would call *command*, an app's only one."""
    seen: dict[str, Any] = {}

    @functools.wraps(command)
    def record(**parameters: Any) -> None:
        seen.update(parameters)

    app = typer.Typer(add_completion=False)
    app.command()(record)
    app(args=arguments, standalone_mode=False)
    return seen


PAIRS = [
    ["-f", "csv"],
    ["--format", "ids"],
    ["-n", "7"],
    ["--limit", "2"],
    ["--base", "b.yaml"],
    ["--style", "mla"],
    ["--cite", "x"],
    ["--topic", "y"],
    ["--source", "z"],
    ["--fields", "id"],
]
ARGUMENTS = st.lists(
    st.one_of(st.sampled_from(TOKENS).map(lambda token: [token]), st.sampled_from(PAIRS)), min_size=1, max_size=5
).map(lambda chunks: [token for chunk in chunks for token in chunk])


@settings(max_examples=400)
@given(ARGUMENTS, st.sampled_from(["search", "show", "topics", "cite", "quote"]))
def test_plain_arguments_are_understood_as_typer_understands_them(tokens: list[str], name: str) -> None:
    plain = cli._read_plain([name, *tokens])

    if plain:
        command, parameters = plain
        defaults = {one.name: one.default for one in inspect.signature(command).parameters.values()}
        assert defaults | parameters == read_by_typer(read_annotations(command), tokens)


@pytest.mark.parametrize(
    "arguments",
    [
        ["search"],
        ["cite", "--json"],
        ["search", "forced", "-n", "0"],
        ["search", "forced", "-f", "xml"],
        ["search", "forced", "--json", "--json"],
        ["show", "hrw-2020:13", "-n", "3"],
        ["topics", "--", "x"],
        ["cite", "hrw-2020:13", "--topic", "x"],
        ["search", "forced", "--base"],
        ["doctor"],
        [],
    ],
)
def test_what_is_not_plain_is_left_to_typer(arguments: list[str]) -> None:
    assert cli._read_plain(arguments) is None


@pytest.mark.parametrize("query", ["hrw-2020:13", "hrw-2020, para. 13", "hrw-2020 ¶13"])
def test_who_searches_for_a_place_is_told_how_to_show_it(query: str) -> None:
    outcome = run_rights("search", query)

    assert outcome.err.endswith("rights: to see what rests on that place: rights show hrw-2020:13\n")
    assert "rights show" not in run_rights("search", "hrw-2020:99").err
    assert "rights show" not in run_rights("search", "sanctions: who was named?").err
