"""The account of a statement (``--why``), what a draft may be made to fail for, and how a page tells it."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

from conftest import ROOT, run_rights
from rightscli.answers.check import gather_materials
from rightscli.base.paths import find_bundled_base
from rightscli.check.stated.accounts import Judgement
from rightscli.check.stated.statements import judge_sentence
from rightscli.index.building import open_index
from test_show import run_in_terminal, strip_colour

BASES = [find_bundled_base(), str(ROOT / "tests" / "data" / "harbour.yaml")]
TRUE, FALSE = (
    "In 2018, only 1,137 North Koreans reached South Korea",
    "In 2018, 1,317 North Koreans reached South Korea",
)


def require_account(sentence: str, judgement: Judgement) -> None:
    """Assert that the account of *sentence* is of its own pieces, in order, and bears the verdict out."""
    reasons = judgement.reasons
    outcomes = {one.outcome for one in reasons}
    spans = [(one.start, one.end) for one in reasons if one.end]

    assert reasons
    assert spans == sorted(spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert all(sentence[one.start : one.end] == one.said for one in reasons if one.end)
    assert all(bool(one.fact) == (one.outcome != "left over") for one in reasons)
    assert ("contradicted" in outcomes) == (judgement.verdict == "differs")
    if judgement.verdict in ("supported", "unproven"):
        assert {one.said for one in reasons if one.outcome == "left over"} == set(judgement.left_over)


@pytest.mark.parametrize("base", BASES)
def test_the_account_bears_the_verdict_out_of_each_claim_and_of_what_is_made_of_it(base: str) -> None:
    index = open_index(base, None)
    claims = gather_materials(index).claims
    for fact in index.read_facts():
        claim = str(fact["claim"])
        for sentence in (claim, f"{claim[:-1]}, as the accordion says.", re.sub(r"\d(?=\d*\b)", "7", claim, count=1)):
            if judgement := judge_sentence(sentence, claims, why=True):
                require_account(sentence, judgement)


def test_why_tells_of_each_clue_what_became_of_it() -> None:
    found = run_rights("check", "-", "--why", stdin=f"{FALSE}. {TRUE}, on foot.\n")

    assert (found.code, found.out) == (
        1,
        "<stdin>:1:10: differs: says 1,317; hrw-2020:9 says 1,137: Only 1,137 North Koreans reached South Korea in 2018.\n"
        "  '2018': borne out by hrw-2020:9 (arrivals-in-south-2018)\n"
        "  '1,317': contradicted by hrw-2020:9 (arrivals-in-south-2018), which has 1,137\n"
        "  'North Koreans': borne out by hrw-2020:9 (arrivals-in-south-2018)\n"
        "  'reached': borne out by hrw-2020:9 (arrivals-in-south-2018)\n"
        "  'South Korea': borne out by hrw-2020:9 (arrivals-in-south-2018)\n"
        "<stdin>:1:51: unproven: says more than hrw-2020:9: not borne out 'foot'; hrw-2020:9 says: Only 1,137 North Koreans"
        " reached South Korea in 2018.\n"
        "  '2018': borne out by hrw-2020:9 (arrivals-in-south-2018)\n"
        "  '1,137': borne out by hrw-2020:9 (arrivals-in-south-2018)\n"
        "  'North Koreans': borne out by hrw-2020:9 (arrivals-in-south-2018)\n"
        "  'reached': borne out by hrw-2020:9 (arrivals-in-south-2018)\n"
        "  'South Korea': borne out by hrw-2020:9 (arrivals-in-south-2018)\n"
        "  'foot': left over\n",
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("three to six weeks", "three to six weeks"),
        ("3–6 weeks", "3–6 weeks"),
        ("between three and six weeks", "three and six weeks"),
        ("three-to-six-week stays", "three-to-six-week"),
        ("two to nine months", "two to nine months"),
    ],
)
def test_a_range_is_told_whole_with_its_unit_and_once(said: str, told: str) -> None:
    sentence = f"Missing work can be punished with {said} in a labor training camp in North Korea.\n"

    found = run_rights("check", "-", stdin=sentence)

    assert [re.sub(r"^<.*?: |: In North Korea.*", "", line) for line in found.out.splitlines()] == [
        f"differs: says {told}; hrw-2020:13 says three to six months"
    ]


def test_why_is_a_key_of_the_record_where_it_is_asked_for() -> None:
    asked, plain = (
        json.loads(run_rights("check", "-", "--json", *more, stdin=f"{FALSE}.\n").out)["results"][0]
        for more in (["--why"], [])
    )

    assert asked["why"][1] == {
        "text": "1,317",
        "outcome": "contradicted",
        "fact": "arrivals-in-south-2018",
        "ref": "hrw-2020:9",
        "base": "1,137",
    }
    assert plain == {name: value for name, value in asked.items() if name != "why"}


@pytest.mark.parametrize(("option", "told"), [("-fsarif", "-f sarif"), ("-fcsv", "-f csv"), ("--fix", "--fix")])
def test_why_is_refused_where_it_could_not_be_told(option: str, told: str) -> None:
    found = run_rights("check", "-", "--why", option, stdin="It is so.\n")

    assert (found.code, found.out, found.err) == (
        2,
        "",
        f"rights: --why is told in text, json or jsonl: it excludes {told}\n",
    )


NOTICES = {
    "uncited": f"{TRUE}.",
    "unproven": f"{TRUE}, on foot (hrw-2020:9).",
    "too-short": 'They call it "a poor record" there.',
    "unreadable": "It is so (hrw-2020, para. 13z9).",
}


@pytest.mark.parametrize("kind", NOTICES)
def test_a_draft_fails_for_the_notices_that_are_named_and_for_no_others(kind: str) -> None:
    others = ",".join(sorted({*NOTICES, "ambiguous", "cut-short"} - {kind}))

    codes = [run_rights("check", "-", *more, stdin=f"{NOTICES[kind]}\n").code for more in (
        [], ["--fail-on", kind], ["--fail-on", others], ["--fail-on", f"{others}, {kind}"], ["--strict"]
    )]  # fmt: skip

    assert codes == [0, 1, 0, 1, 1]


def test_an_unknown_notice_is_refused_with_the_known_ones() -> None:
    found = run_rights("check", "-", "--fail-on", "uncited,lost", stdin="It is so.\n")

    told = "rights: no notice 'lost' in --fail-on\n"
    assert (found.code, found.out, found.err) == (
        2,
        "",
        f"{told}  any of ambiguous, cut-short, older-edition, renamed, too-short, uncited, unproven, unreadable\n",
    )


def test_a_page_lists_what_is_restated_without_a_citation_apart(tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(f'{TRUE}.\n\nHe "says". {FALSE}.\n', encoding="utf-8")

    page = strip_colour(run_in_terminal(["check", str(draft)], columns=300))

    lines = [line.removeprefix(f"{draft}:") for line in page.splitlines()]
    assert [line.split(": ")[:2] for line in lines if not line.startswith(" ")] == [
        ["3:5", "too-short"],
        ["3:21", "differs"],
        [""],
        ["Restated without a citation"],
        ["1:1", "supported"],
        ["rights", "1 problem in 1 file"],
    ]


def test_a_page_of_findings_is_broken_between_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "draft.md").write_text("Only 1,317 came in 2018 (hrw-2020:9, so it is said).\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    narrow, wide = (strip_colour(run_in_terminal(["check", "--why", "draft.md"], columns=one)) for one in (60, 300))

    assert max(len(line.rstrip()) for line in narrow.splitlines()) <= 60
    assert len(narrow.splitlines()) > len(wide.splitlines())
    assert narrow.split() == wide.split()


def test_a_statement_in_a_cell_of_a_table_is_judged() -> None:
    table = f"| What | Who |\n| --- | --- |\n| {FALSE}. | HRW |\n"

    found = run_rights("check", "-", "--form", "markdown", stdin=table)

    assert found.out.startswith("<stdin>:3:12: differs: says 1,317; hrw-2020:9 says 1,137")


@pytest.mark.parametrize(
    ("cited", "verdict"),
    [
        ("[@absence-from-work-punished]", "ok"),
        ("[@absence-from-work-punishd]", "unknown-fact"),
        ("(absence-of-work-punished)", "unknown-fact"),
        ("\\cite{absence-from-work-punishd}", "unknown-fact"),
        ("(co-sponsored)", None),
        ("[@smith-and-jones-2020]", None),
        ("state-of-the-art", None),
        ("absence-from-school", None),
    ],
)
def test_an_id_that_no_fact_has_is_told_where_it_is_near_to_one(cited: str, verdict: str | None) -> None:
    found = json.loads(run_rights("check", "-", "--json", stdin=f"It is so {cited} there.\n").out)["results"]

    assert [(one["verdict"], one["problem"]) for one in found] == ([(verdict, verdict != "ok")] if verdict else [])
    if verdict == "unknown-fact":
        assert found[0]["message"].endswith("; did you mean 'absence-from-work-punished'?")


def test_other_programs_get_paths_from_the_working_folder(tmp_path: Path) -> None:
    draft, outside = tmp_path / "in" / "a b.md", tmp_path / "out.md"
    draft.parent.mkdir()
    for path in (draft, outside):
        path.write_text(f"{FALSE}.\n", encoding="utf-8")

    def read_names(name: str) -> tuple[str, str]:
        sarif, github = (run_rights("check", name, "-f", form, cwd=draft.parent).out for form in ("sarif", "github"))
        (result,) = json.loads(sarif)["runs"][0]["results"]
        return result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], github.split(",")[0]

    assert read_names(str(draft)) == read_names("a b.md") == ("a%20b.md", "::error file=a b.md")
    assert read_names(str(outside)) == (str(outside), f"::error file={outside}")


def test_a_sentence_that_says_too_little_of_its_fact_is_told_so() -> None:
    found = run_rights("check", "-", stdin="Kim Jong Un maintained obedience by threats (hrw-2020:1).\n")

    assert found.code == 0
    assert (
        "unproven: says too little of hrw-2020:1 to rest on it; hrw-2020:1 says: In 2019, North Korean leader"
        in found.out
    )
