"""check: a draft's pinpoints, quotations and statements, as people, compilers and hooks see them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT, Outcome, run_rights
from rightscli.answers.check import gather_materials
from rightscli.base.load import read_base
from rightscli.base.model import FactBase
from rightscli.base.paths import find_bundled_base
from rightscli.check.examine import Materials, examine_draft
from rightscli.check.findings import DraftFinding
from rightscli.check.pinpoints import Works, find_pinpoints
from rightscli.check.quoted.passages import prepare_paragraphs
from rightscli.check.sentences import split_sentences
from rightscli.cite.printed import compile_citations
from rightscli.copies.reading import find_paragraphs
from rightscli.drafts import parse_draft
from rightscli.index.building import open_index
from rightscli.text.numbering import Numbering

DATA = ROOT / "tests" / "data"
HARBOUR, REPORT = str(DATA / "harbour.yaml"), str(DATA / "harbour-report.txt")
FORMS: dict[str, Any] = {"md": "markdown", "txt": "text", "tex": "latex", "html": "html"}


@pytest.fixture(scope="module")
def bundled_materials() -> Materials:
    return gather_materials(open_index(find_bundled_base(), None))._replace(passages=None)


@pytest.fixture(scope="module")
def harbour() -> Materials:
    """What there is to hold a draft against: the made-up report's base, with its copy attached."""
    texts = find_paragraphs(read_base(HARBOUR).sources["harbour"], (DATA / "harbour-report.txt").read_text("utf-8"))
    passages = prepare_paragraphs({("harbour", number): text for number, text in texts.items()})
    return gather_materials(open_index(HARBOUR, None))._replace(passages=passages)


def examine(text: str, materials: Materials, form: Any = "markdown") -> list[DraftFinding]:
    return examine_draft("draft", text, parse_draft(text, form=form), materials).findings


def tell(findings: list[DraftFinding]) -> list[tuple[str, str, str | None]]:
    return [(finding.kind, finding.verdict, finding.ref) for finding in findings]


def write_draft(folder: Path, text: str, name: str = "draft.md") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


# Pinpoints


@pytest.mark.parametrize(
    ("text", "refs"),
    [
        ("as hrw-2020:13 says", ["hrw-2020:13"]),
        ("hrw-2020:13, 15 people", ["hrw-2020:13"]),
        ("hrw-2020:13,15-17@3f9a1c2b.", ["hrw-2020:13,15-17@3f9a1c2b"]),
        ("hrw-2020 ¶13; hrw-2020, paras. 13, 15–17, and", ["hrw-2020:13", "hrw-2020:13,15-17"]),
        ("HRW-2020, para 13", ["hrw-2020:13"]),
        ("[@hrw-2020, para. 13]", ["hrw-2020:13"]),
        ("[see @hrw-2020, para. 13; @other, p. 3]", ["hrw-2020:13"]),
        ("@hrw-2020[para. 13] [cite:@hrw-2020 para. 14]", ["hrw-2020:13", "hrw-2020:14"]),
        (":cite:p:`hrw-2020{paras. 13–14}` or :cite:t:`hrw-2020`", ["hrw-2020:13-14", "hrw-2020"]),
        (":cite:p:`other{para. 13}`", []),
        ("[@hrw-2020]", ["hrw-2020"]),
        ("[@hrw-2020, 13] is a page", ["hrw-2020"]),
        ("hwr-2020:13 and hrw-2002:4", ["hwr-2020:13", "hrw-2002:4"]),
        ("at 10:30, Matthew 5:13, http://hrw-2020:13/, [@smith-2019, para. 3]", []),
        ("(Human Rights Watch, 2020, paras. 13, 15–17)", ["hrw-2020:13,15-17"]),
        ("Human Rights Watch (n 12) para 13", ["hrw-2020:13"]),
        ('Human Rights Watch, "North Korea: Events of 2019," para. 13.', ["hrw-2020:13"]),
        ("Human Rights Watch, 2020, para. 13; see HRW 2020, ¶¶ 14–15", ["hrw-2020:13", "hrw-2020:14-15"]),
        (
            "Human Rights Watch (2020, para. 13) and (see Human Rights Watch, 2020, para. 14)",
            ["hrw-2020:13", "hrw-2020:14"],
        ),
        ("Human Rights Watch’s World Report 2020, paragraphs 13 to 15", ["hrw-2020:13-15"]),
        ("Human Rights Watch, World Report 2019, para. 13", []),
        ("says Human Rights Watch. Paragraph 13 of the Covenant; HRWX 2020, para. 13", []),
        ("Human Rights Watch (2020) says so (para. 13)", ["hrw-2020", "hrw-2020:13"]),
        ("Human Rights Watch (2020) says so; Amnesty (2019) does not (para. 13)", ["hrw-2020"]),
        (
            "(hrw-2020:13, 15-17) and (hrw-2020: 14) and (hrw-2020:9, 2018)",
            ["hrw-2020:13,15-17", "hrw-2020:14", "hrw-2020:9"],
        ),
        ("As in hrw-2020:13: so it is. hrw‑2020:14", ["hrw-2020:13", "hrw-2020:14"]),
        ("[@hrw-2020{para. 13}] [@hrw-2020, {para. 14} and more]", ["hrw-2020:13", "hrw-2020:14"]),
        ("hrw_2020:13, amnesty-2019:4, iso-8601:2004, sha-256:13", ["hrw_2020:13", "amnesty-2019:4"]),
        ("As para. 7 of hrw-2020 says, and paragraphs 13–15 of HRW-2020", ["hrw-2020:7", "hrw-2020:13-15"]),
        ("para. 7 of the report; para. 7 of smith, 2019", []),
        ("absence-from-work-punished", ["absence-from-work-punished"]),
        ("a state-of-the-art thing", []),
    ],
)
def test_pinpoints_are_found_in_every_form(text: str, refs: list[str], bundled_materials: Materials) -> None:
    assert [pinpoint.ref for pinpoint in find_pinpoints(text, bundled_materials.works)] == refs


def test_every_citation_that_cite_prints_and_that_names_its_source_is_read_back(bundled_materials: Materials) -> None:
    for form in ("citation", "short"):
        lines = run_rights("cite", "hrw-2020:13", "--all-styles", "--form", form).out.splitlines()
        for style, text in (line.split("\t") for line in lines):
            if "Watch" in text:
                found = [one.ref for one in find_pinpoints(f"As said: {text}", bundled_materials.works)]
                assert (style, found) == (style, ["hrw-2020:13"])


@given(st.text())
def test_pinpoints_of_any_text_are_in_order_and_inside_it(text: str) -> None:
    found = find_pinpoints(text, Works({"a": Numbering("paragraph", ())}, {}, lambda id: None))

    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_a_source_that_is_cited_by_bare_numbers_alone_has_no_pattern() -> None:
    assert compile_citations({"csl": {"title": "The Quays"}}, ["[1]", "[1, para. \ufffc]"]) is None


def test_each_pinpoint_has_its_verdict(bundled_materials: Materials) -> None:
    text = "A hrw-2020:13 b hrw-2020:24 c hwr-2020:13 d hrw-2020:13@c255b993 e hrw-2020:13@00000000 f hrw-2020:15-13."
    text += f" g hrw-2020:13@c255b99 h hrw-2020:{'9' * 30} i hrw_2020:13"

    assert tell(examine(text, bundled_materials)) == [
        ("pinpoint", "ok", "hrw-2020:13"),
        ("pinpoint", "out-of-range", "hrw-2020:24"),
        ("pinpoint", "unknown-source", "hwr-2020:13"),
        ("pinpoint", "ok", "hrw-2020:13"),
        ("pinpoint", "seal-broken", "hrw-2020:13"),
        ("pinpoint", "out-of-range", "hrw-2020:15-13"),
        ("pinpoint", "seal-broken", "hrw-2020:13"),
        ("pinpoint", "out-of-range", f"hrw-2020:{'9' * 30}"),
        ("pinpoint", "unknown-source", "hrw_2020:13"),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # Most is quoted; the ministry is the writer's own word.
        (
            "The Ministry of State Security considers defection “a crime of ‘treachery against the nation’”"
            " (Human Rights Watch, 2020, para. 10).",
            ["Ministry of State Security"],
        ),
        (
            "The Ministry of People's Security considers defection “a crime of ‘treachery against the nation’”"
            " (Human Rights Watch, 2020, para. 10).",
            [],
        ),
        # A quotation too short to be held against a copy, in a list of which the fact has another.
        ('Songbun divides North Koreans into classes such as "loyal," "hesitant," and "hostile."', ["hesitant"]),
        ('Songbun divides North Koreans into classes such as "loyal," "wavering," and "hostile."', []),
    ],
)
def test_what_stands_beside_or_within_quotations_is_a_statement(
    text: str, said: list[str], bundled_materials: Materials
) -> None:
    found = [one for one in examine(text, bundled_materials) if one.verdict == "differs"]

    assert [text[one.start : one.end] for one in found] == said


def test_a_citation_that_fits_two_sources_may_be_either() -> None:
    csl = {"author": [{"literal": "Harbour Trust of Vestmar"}], "issued": "2020"}
    printed = [
        compile_citations(
            {"csl": csl | {"title": title}, "unit": "paragraph"}, ["(Harbour Trust of Vestmar, 2020, para. \ufffc)"]
        )
        for title in ("The Quays", "The Crews")
    ]
    patterns = {f"trust-{number}": one for number, one in enumerate(printed) if one}
    works = Works(dict.fromkeys(patterns, Numbering("paragraph", ())), patterns, lambda id: None)

    (either,) = find_pinpoints("so (Harbour Trust of Vestmar, 2020, para. 3)", works)
    assert (either.refs, either.places) == (["trust-0:3", "trust-1:3"], [("trust-0", 3), ("trust-1", 3)])
    found = find_pinpoints("Harbour Trust of Vestmar, “The Crews” (2020), para. 3", works)
    assert [one.ref for one in found] == ["trust-1:3"]


# Sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("In the U.S. sanctions remain. The end.", ["In the U.S. sanctions remain.", "The end."]),
        ("It is so. (hrw-2020:9) But [@k, para. 3].", ["It is so. (hrw-2020:9)", "But [@k, para. 3]."]),
        ("On Dec. 10, 2018, No. 5 of J. Smith et al. grew by 2.5 percent. Then, vs. that, no.",
         ["On Dec. 10, 2018, No. 5 of J. Smith et al. grew by 2.5 percent.", "Then, vs. that, no."]),
        ("“He did.” She did not.", ["“He did.”", "She did not."]),
        ("See para. 13. It ends", ["See para. 13.", "It ends"]),
        ("", []),
    ],
)  # fmt: skip
def test_sentences_end_where_they_end(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in split_sentences(text)] == sentences


@given(st.text())
def test_sentences_of_any_text_are_in_order_and_leave_out_blanks_alone(text: str) -> None:
    spans = split_sentences(text)

    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


# Quotations, in whole drafts


def find_case(findings: list[DraftFinding], expected: dict[str, Any]) -> DraftFinding | None:
    def bare(text: str) -> str:
        return " ".join(re.sub("[\"'“”‘’„«»‹›]", "", text).split()).lower()

    kind = expected.get("kind", "quotation")
    return next((one for one in findings if one.kind == kind and bare(expected["text"]) in bare(one.text)), None)


CASES = json.loads((DATA / "drafts.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_draft_s_quotations_and_pinpoints_have_the_verdicts_of_an_editor(
    case: dict[str, Any], harbour: Materials
) -> None:
    materials = harbour if case["attached"] else harbour._replace(passages=None)
    findings = [one for one in examine(case["draft"], materials, FORMS[case["form"]]) if one.kind != "statement"]

    told = []
    for expected in case["expect"]:
        found = find_case(findings, expected)
        told.append(found)
        assert (found.verdict if found else "none") in expected["verdict"].split("|")
        if found and expected.get("ref") and found.verdict in ("exact", "altered", "omission", "wrong-paragraph"):
            assert found.ref == expected["ref"]
    assert [one for one in findings if one not in told] == []


@pytest.mark.parametrize("end", ["“{}” (harbour:6).", "as harbour:6 says, “{}.”", "harbour:6: “{}” and more."])
def test_a_quotation_is_its_own_citations_not_the_next_ones(end: str, harbour: Materials) -> None:
    first, second = (" ".join(harbour.passages.texts[at].split()[2:9]) for at in (2, 5))  # type: ignore[union-attr]

    found = examine(f"As harbour:3 says, “{first},” and {end.format(second)}", harbour)

    assert [(one.verdict, one.ref) for one in found if one.kind == "quotation"] == [
        ("exact", "harbour:3"),
        ("exact", "harbour:6"),
    ]


@pytest.mark.parametrize("piece", ["‘a’ “b ", "“not a word of it” (harbour:2) ", "It was so (harbour:2). ", "'ab' "])
def test_a_file_of_one_line_costs_what_it_is_long(piece: str, harbour: Materials) -> None:
    def measure(times: int) -> float:
        start = time.process_time()
        examine(piece * times, harbour, "text")
        return time.process_time() - start

    # Twice each, since a busy machine is slow for a while; a cost that grows with the square would be sixteen times the other.
    assert min(measure(4000), measure(4000)) < 8 * min(measure(1000), measure(1000)) + 0.1


def test_the_title_of_a_section_is_no_quotation(bundled_materials: Materials, bundled: FactBase) -> None:
    sections = {paragraph.section for paragraph in bundled.sources["hrw-2020"].paragraphs}
    title = max(sections, key=lambda section: len(section.split()))

    assert len(title.split()) > 4
    assert tell(examine(f"See “{title},” which begins with hrw-2020:4.", bundled_materials)) == [
        ("pinpoint", "ok", "hrw-2020:4")
    ]


# The command


def check_harbour(*arguments: str, cwd: Path = ROOT) -> Outcome:
    return run_rights("check", "--base", HARBOUR, *arguments, cwd=cwd)


def test_a_clean_draft_exits_0(tmp_path: Path) -> None:
    draft = write_draft(tmp_path, "Only 1,137 North Koreans reached South Korea in 2018 (hrw-2020:9).\n")

    outcome = run_rights("check", draft)

    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err == "rights: no problems in 1 file: 1 pinpoint, no quotations and 1 statement judged\n"


_DIFFERENCE = "says 1,317; hrw-2020:9 says 1,137: Only 1,137 North Koreans reached South Korea in 2018."


def test_a_wrong_figure_is_told_as_compilers_tell_theirs(tmp_path: Path) -> None:
    draft = write_draft(tmp_path, "# Arrivals\n\nIn 2018 only 1,317 North Koreans reached South Korea (hrw-2020:9).\n")

    outcome = run_rights("check", draft)

    assert (outcome.code, outcome.out) == (1, f"{draft}:3:14: differs: {_DIFFERENCE}\n")


def test_json_holds_the_good_verdicts_too(tmp_path: Path) -> None:
    draft = write_draft(
        tmp_path,
        "Only 1,137 North Koreans reached South Korea in 2018 (hrw-2020:9). “None of this is in there.” hrw-2020:99.",
    )

    outcome = run_rights("check", draft, "--json")

    document = json.loads(outcome.out)
    assert (outcome.code, outcome.err, document["schema"], document["problems"]) == (1, "", "rights.check/1", 1)
    assert [(one["kind"], one["verdict"], one["line"], one["column"]) for one in document["results"]] == [
        ("statement", "supported", 1, 1), ("pinpoint", "ok", 1, 55), ("quotation", "unproven", 1, 69),
        ("pinpoint", "out-of-range", 1, 96),
    ]  # fmt: skip
    assert list(document["results"][0]) == [
        "kind", "verdict", "file", "line", "column", "end_line", "end_column", "text", "ref", "message", "problem", "warnings"
    ]  # fmt: skip


def test_a_draft_comes_from_standard_input_in_the_form_that_is_named() -> None:
    text = "\\documentclass{article}\\begin{document}"
    text += "In 2018, 1,317 people reached South Korea from North Korea~\\autocite[para.~9]{hrw-2020}.\\end{document}"

    outcome = run_rights("check", "-", "--form", "latex", stdin=text)

    assert (outcome.code, outcome.out) == (1, f"<stdin>:1:49: differs: {_DIFFERENCE}\n")


def test_github_gets_annotations_and_sarif_a_log(tmp_path: Path) -> None:
    draft = write_draft(tmp_path, "100% of it: hrw-2020:24\n", "a,b.md")

    github = run_rights("check", draft, "-f", "github")
    sarif = json.loads(run_rights("check", draft, "-f", "sarif").out)

    assert github.code == 1
    assert github.out == (
        f"::error file={draft.replace(',', '%2C')},line=1,endLine=1,col=13,endColumn=24,title=pinpoint%3A out-of-range"
        "::hrw-2020 has no paragraph 24: it has paragraphs 1-23\n"
    )
    (result,) = sarif["runs"][0]["results"]
    rules = [rule["id"] for rule in sarif["runs"][0]["tool"]["driver"]["rules"]]
    assert (sarif["version"], result["ruleId"], rules[result["ruleIndex"]]) == (
        "2.1.0", "pinpoint/out-of-range", "pinpoint/out-of-range"
    )  # fmt: skip
    assert result["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 1, "startColumn": 13, "endLine": 1, "endColumn": 24
    }  # fmt: skip


def test_notices_fail_only_where_strictness_is_asked_for(tmp_path: Path) -> None:
    draft = write_draft(tmp_path, "It is “what no copy can prove here” (hrw-2020:9).\n")

    usual, strict = run_rights("check", draft), run_rights("check", draft, "--strict")

    assert (usual.code, strict.code) == (0, 1)
    assert usual.out == strict.out == (
        f"{draft}:1:8: unproven: no copy of hrw-2020 is attached: rights attach hrw-2020 FILE\n"
    )  # fmt: skip


def test_words_of_others_are_a_problem_only_where_a_source_is_cited(tmp_path: Path) -> None:
    run_rights("attach", "harbour", REPORT, "--base", HARBOUR)
    draft = write_draft(
        tmp_path, "“Nobody in this report said this,” she said.\n\n“Nor did anyone say so either” (harbour:3).\n"
    )

    outcome = check_harbour(draft)

    assert (outcome.code, [line.split(": ")[1] for line in outcome.out.splitlines()]) == (1, ["not-found", "not-found"])
    assert "1 problem in 1 file" in outcome.err


def test_a_problem_without_a_safe_repair_is_told_with_the_way_to_see_it(tmp_path: Path) -> None:
    draft = write_draft(tmp_path, "Nobody says so (harbour:77).\n")

    outcome = check_harbour(draft, "--fix")

    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err == (
        f"rights: {draft}: no problem here has a safe repair; without --fix they are listed\n"
        "rights: 1 problem in 1 file: 1 pinpoint, no quotations and no statements judged; no fact is near to 1 sentence\n"
    )


def test_safe_repairs_are_a_diff_that_patch_reads_and_are_written_when_asked(tmp_path: Path) -> None:
    run_rights("attach", "harbour", REPORT, "--base", HARBOUR)
    text = "\ufeffAt sea, “at least 39 crew members died at sea between 2015 and 2020” (harbour:6).\r\n\r\n"
    text += "And “at least 38 crew members died at sea” (harbour:3).\r\n"
    draft = Path(write_draft(tmp_path, text))
    draft.chmod(0o640)

    diff = check_harbour("draft.md", "--fix", cwd=tmp_path)
    assert draft.read_bytes() == text.encode()
    done = check_harbour("draft.md", "--fix", "--write", cwd=tmp_path)

    mended = text.replace("39", "38").replace("harbour:3", "harbour:6")
    assert (diff.code, done.code) == (1, 1)
    assert draft.read_bytes() == mended.encode()
    assert draft.stat().st_mode & 0o777 == 0o640
    assert done.err.startswith("rights: mended draft.md\n")
    assert check_harbour(str(draft)).code == 0
    if patch := shutil.which("patch"):
        draft.write_bytes(text.encode())
        subprocess.run([patch, "-p1", "--binary", "-s"], input=diff.out.encode(), cwd=tmp_path, check=True)
        assert draft.read_bytes() == mended.encode()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--write"], "rights: --write needs --fix\n"),
        (["--fix", "--json"], ""),
        (["--fix", "--write"], "rights: standard input cannot be written to\n  name the file, or leave --write out\n"),
    ],
)
def test_what_cannot_be_asked_together_is_wrong_usage(arguments: list[str], message: str) -> None:
    outcome = run_rights("check", "-", *arguments)

    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == message or json.loads(outcome.err)["error"]["code"] == "usage"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"%PDF-1.7 x", "a PDF, not a text"),
        (b"caf\xe9", "not UTF-8"),
        (b"a\0b", "a NUL character"),
    ],
)
def test_what_is_no_text_is_an_error_with_exit_3(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "draft.md"
    path.write_bytes(content)

    outcome = run_rights("check", str(path))

    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.startswith(f"rights: {path}:") and message in outcome.err  # noqa: PT018


def test_all_drafts_that_cannot_be_read_are_told_and_the_others_are_judged(tmp_path: Path) -> None:
    (tmp_path / "latin.md").write_bytes(b"caf\xe9")
    (tmp_path / "good.md").write_text("hrw-2020:99", encoding="utf-8")

    lines = run_rights("check", "latin.md", "good.md", "none.md", cwd=tmp_path)
    document = run_rights("check", "latin.md", "good.md", "none.md", "--json", cwd=tmp_path)
    nothing = run_rights("check", "latin.md", "none.md", "--json", cwd=tmp_path)

    told = "rights: latin.md:1: not UTF-8\n  save the file as UTF-8\nrights: none.md: no such file\n"
    judged = "rights: 1 problem in 1 file: 1 pinpoint, no quotations and no statements judged\n"
    assert (lines.code, lines.err) == (3, judged + told)
    assert lines.out.startswith("good.md:1:1: out-of-range: ")
    messages = ["latin.md:1: not UTF-8", "none.md: no such file"]
    assert [one["message"] for one in json.loads(document.err)["errors"]] == messages
    whole = json.loads(document.out)
    assert (document.code, whole["problems"], whole["warnings"]) == (3, 1, messages)
    assert [one["file"] for one in whole["files"]] == ["good.md"]
    assert (nothing.code, nothing.out, nothing.err) == (3, "", document.err)


def test_what_can_be_read_is_mended_beside_what_cannot(tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text(
        "“three to six weeks” [@hrw-2020, para. 13]: absence-from-work-punished (hrw-2020:12).\n"
    )
    before = (tmp_path / "good.md").read_bytes()

    usual = run_rights("check", "good.md", "--fix", cwd=tmp_path)
    beside = run_rights("check", "none.md", "good.md", "--fix", cwd=tmp_path)
    refused = run_rights("check", "good.md", "none.md", "draft.docx", "--form", "x", cwd=tmp_path)

    assert (beside.code, beside.out) == (3, usual.out)
    assert refused.code == 2
    assert (tmp_path / "good.md").read_bytes() == before


def test_a_file_of_a_hundred_megabytes_a_folder_and_nothing_are_refused_at_once(tmp_path: Path) -> None:
    huge = tmp_path / "huge.md"
    with huge.open("wb") as file:
        file.truncate(100_000_000)

    outcomes = [run_rights("check", str(path)) for path in (huge, tmp_path, tmp_path / "nowhere.md")]

    assert [outcome.code for outcome in outcomes] == [3, 3, 3]
    assert "bytes, the limit" in outcomes[0].err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in this file system")
def test_a_pipe_is_read_as_a_draft_up_to_the_limit(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.md"
    os.mkfifo(pipe)
    wrong = "In 2018, 1,317 North Koreans reached South Korea (hrw-2020:9).\n"

    def check_from(content: str) -> Outcome:
        with ThreadPoolExecutor() as threads:

            def write_pipe() -> None:
                with suppress(BrokenPipeError):
                    pipe.write_text(content, encoding="utf-8")

            threads.submit(write_pipe)
            return run_rights("check", str(pipe))

    outcomes = [check_from(wrong), check_from("x" * 20_000_001), run_rights("check", "/dev/stdin", stdin=wrong)]

    assert [outcome.code for outcome in outcomes] == [1, 3, 1]
    assert outcomes[0].out.startswith(f"{pipe}:1:10: differs")
    assert outcomes[1].err == f"rights: {pipe}: more than 20,000,000 bytes, the limit for a draft\n"
    assert outcomes[2].out.startswith("/dev/stdin:1:10: differs")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in this file system")
def test_a_pipe_in_place_of_a_base_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "base.yaml")

    outcome = run_rights("search", "labor", "--base", str(tmp_path / "base.yaml"))

    assert outcome.code == 3


@given(st.text(), st.sampled_from(list(FORMS.values())))
def test_no_draft_makes_check_raise_and_no_position_is_outside(harbour: Materials, text: str, form: Any) -> None:
    findings = examine(text + " “four words or more” harbour:3 1,137 North Koreans.", harbour, form)

    lines = text.count("\n") + text.count("\r") + 1
    assert all(0 <= one.start <= one.end <= len(text) + 60 and 1 <= one.line <= lines for one in findings)


def test_check_runs_as_a_pre_commit_hook(tmp_path: Path) -> None:
    if shutil.which("pre-commit", path=str(Path(sys.executable).parent)) is None or not shutil.which("git"):
        if os.environ.get("RIGHTS_TESTS_NEED_TOOLS"):
            pytest.fail("needs pre-commit and git")
        pytest.skip("needs pre-commit: pip install -e '.[judges]'")
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path), "PRE_COMMIT_HOME": str(tmp_path / "hooks-cache"),
        "GIT_CONFIG_GLOBAL": os.devnull, "PRE_COMMIT_NO_CONCURRENCY": "1",
    } | {f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}  # fmt: skip

    def run(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)

    hooks, made = tmp_path / "hooks", tmp_path / "made"
    for folder in (hooks, made):
        folder.mkdir()
        run("git", "init", "-q", cwd=folder)
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", hooks)
    run("git", "add", ".", cwd=hooks)
    run("git", "commit", "-qm", "hooks", cwd=hooks)
    revision = run("git", "rev-parse", "HEAD", cwd=hooks).stdout.strip()
    # The program that is installed here, so that nothing is fetched.
    (made / ".pre-commit-config.yaml").write_text(
        f"repos: [{{repo: '{hooks}', rev: {revision}, hooks: [{{id: rights-check, language: system}}]}}]\n",
        encoding="utf-8",
    )
    write_draft(made, "In 2018 only 1,317 North Koreans reached South Korea (hrw-2020:9).\n")
    write_draft(made, "In 2018 only 1,317 North Koreans reached South Korea (hrw-2020:9).\n", "data.csv")
    run("git", "add", ".", cwd=made)

    failed = run("pre-commit", "run", "--all-files", cwd=made)
    write_draft(made, "In 2018 only 1,137 North Koreans reached South Korea (hrw-2020:9).\n")
    passed = run("pre-commit", "run", "--all-files", cwd=made)

    assert (failed.returncode, passed.returncode) == (1, 0), (failed, passed)
    assert "draft.md:1:14: differs: says 1,317; hrw-2020:9 says 1,137" in failed.stdout
    assert "data.csv" not in failed.stdout
    assert passed.stdout.rstrip().endswith("Passed")
