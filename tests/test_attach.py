"""attach and detach, and what the other commands do with an attached copy."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from conftest import CACHE, ROOT, Outcome, run_rights

HARBOUR, REPORT = str(ROOT / "tests" / "data" / "harbour.yaml"), ROOT / "tests" / "data" / "harbour-report.txt"


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    return {"XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CACHE_HOME": CACHE}


def ask(home: dict[str, str], command: str, *arguments: str, stdin: str = "") -> Outcome:
    return run_rights(command, *arguments, "--base", HARBOUR, env=home, stdin=stdin)


def test_a_copy_is_attached_told_and_detached(home: dict[str, str]) -> None:
    attached = ask(home, "attach", "harbour", str(REPORT))
    again = ask(home, "attach", "harbour", "-", stdin=REPORT.read_text(encoding="utf-8").replace("\n", "\r\n\r\n"))
    listed = json.loads(ask(home, "sources", "--json").out)["results"][0]["attached"]
    detached = ask(home, "detach", "harbour")
    gone = ask(home, "detach", "harbour")

    told = "rights: attached 12 of 12 paragraphs of harbour, proven word for word\n"
    assert attached == again == Outcome(0, "", told)
    assert listed == {"proven": 12, "paragraphs": 12}
    assert detached == Outcome(0, "", "rights: detached the copy of harbour\n")
    assert gone == Outcome(1, "", "rights: no copy of harbour is attached\n")
    assert json.loads(ask(home, "sources", "--json").out)["results"][0]["attached"] is None


def test_a_changed_edition_is_told_with_the_difference_and_needs_force(home: dict[str, str], tmp_path: Path) -> None:
    changed = tmp_path / "changed.txt"
    changed.write_text(REPORT.read_text(encoding="utf-8").replace("143 interviews", "144 interviews"), encoding="utf-8")
    ask(home, "attach", "harbour", str(REPORT))

    refused = ask(home, "attach", "harbour", str(changed))
    kept = json.loads(ask(home, "sources", "--json").out)["results"][0]["attached"]
    forced = ask(home, "attach", "harbour", str(changed), "--force")
    after = json.loads(ask(home, "sources", "--json").out)["results"][0]["attached"]

    draft = tmp_path / "draft.md"
    draft.write_text("The report “is based on 144 interviews” (harbour:2).\n", encoding="utf-8")
    checked = json.loads(ask(home, "check", str(draft), "--json").out)["results"]

    (quotation,) = [finding for finding in checked if finding["kind"] == "quotation"]
    assert (quotation["verdict"], quotation["warnings"][-1]) == (
        "exact", "unproven: the attached copy has another edition of harbour:2"
    )  # fmt: skip
    assert refused.code == 1
    assert re.fullmatch(r"harbour:2@[0-9a-f]{8}\tchanged\t.*'144' for '143'\n", refused.out)
    assert f"rights: {changed}: another edition of harbour: 1 paragraph changed\n  --force" in refused.err
    assert kept == {"proven": 12, "paragraphs": 12}
    assert (forced.code, after) == (0, {"proven": 11, "paragraphs": 12})
    assert forced.err.endswith("attached 11 of 12 paragraphs of harbour, proven word for word; 1 paragraph changed\n")


def test_a_part_of_a_copy_is_told_from_what_an_older_one_proves(home: dict[str, str], tmp_path: Path) -> None:
    part = tmp_path / "part.txt"
    part.write_text("\n".join(REPORT.read_text(encoding="utf-8").splitlines()[:3]), encoding="utf-8")

    alone = ask(home, "attach", "harbour", str(part))
    ask(home, "attach", "harbour", str(REPORT))
    after = ask(home, "attach", "harbour", str(part))

    told = "rights: attached {} of 12 paragraphs of harbour, proven word for word; 10 paragraphs {}\n"
    assert (alone.code, alone.err) == (1, told.format(2, "missing"))
    assert (after.code, after.err) == (0, told.format(12, "kept from the copy attached before"))


def test_what_a_copy_has_otherwise_stays_as_an_older_one_proved_it(home: dict[str, str], tmp_path: Path) -> None:
    part = tmp_path / "part.txt"
    lines = REPORT.read_text(encoding="utf-8").splitlines()[:3]
    part.write_text("\n".join(lines).replace("Port Sallow", "Port Sorrow and Port Sallow"), encoding="utf-8")

    ask(home, "attach", "harbour", str(REPORT))
    after = ask(home, "attach", "harbour", str(part))

    assert after.code == 1
    assert after.err.splitlines()[:2] == [
        "rights: attached 12 of 12 paragraphs of harbour, proven word for word; 11 paragraphs kept from the copy attached before",
        f"rights: {part}: another edition of harbour: 1 paragraph changed, 10 missing",
    ]


def test_of_a_copy_that_differs_what_is_proven_is_attached_and_the_rest_is_told(
    home: dict[str, str], tmp_path: Path
) -> None:
    changed = tmp_path / "changed.txt"
    changed.write_text(REPORT.read_text(encoding="utf-8").replace("143 interviews", "144 interviews"), encoding="utf-8")

    told, outcome = ask(home, "attach", "harbour", str(changed)), ask(home, "attach", "harbour", str(changed), "--json")
    attached = json.loads(ask(home, "sources", "--json").out)["results"][0]["attached"]

    # Whether a word or only a sign differs, the base cannot know.
    assert (told.code, outcome.code, outcome.err) == (1, 1, "")
    assert told.err.endswith(
        "attached 11 of 12 paragraphs of harbour, proven word for word; "
        "paragraph 2 not proven, where a hyphen, a sign or a word differs\n"
    )
    assert json.loads(outcome.out)["attached"] is True
    assert attached == {"proven": 11, "paragraphs": 11}


def test_what_is_no_copy_of_the_source_is_refused(home: dict[str, str], tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Quite another text.\n\nWith two paragraphs.\n", encoding="utf-8")

    outcome = ask(home, "attach", "harbour", str(other), "--json")

    assert (outcome.code, json.loads(outcome.err)["error"]["code"]) == (1, "not-found")
    document = json.loads(outcome.out)
    assert (document["schema"], document["attached"]) == ("rights.attach/1", False)
    assert {record["state"] for record in document["results"]} == {"missing"}
    assert not (tmp_path / "data").exists()


def test_the_copy_s_own_words_are_shown_with_what_stands_around(home: dict[str, str]) -> None:
    without = ask(home, "show", "harbour:3", "--context", "1")
    ask(home, "attach", "harbour", str(REPORT))
    around = ask(home, "show", "harbour:3", "--context", "1")
    document = json.loads(ask(home, "show", "harbour:1", "--context", "1", "--json").out)

    assert (without.code, without.out) == (1, "")
    assert without.err == "rights: no copy of harbour is attached\n  rights attach harbour FILE\n"
    lines = REPORT.read_text(encoding="utf-8").splitlines()
    assert [line.split("@")[0] for line in around.out.splitlines()] == ["harbour:2", "harbour:3", "harbour:4"]
    assert all(line.split("\t")[1] in lines for line in around.out.splitlines())
    assert [(record["number"], record["proven"]) for record in document["context"]] == [("1", True), ("2", True)]


def test_the_words_of_a_passage_on_which_no_fact_rests_are_found_all_the_same(
    home: dict[str, str], tmp_path: Path
) -> None:
    def run(*arguments: str) -> Outcome:
        return run_rights(*arguments, "--base", "bare.yaml", env=home, cwd=tmp_path)

    run_rights("init", "bare.yaml", env=home, cwd=tmp_path)
    run("add", "source", "harbour", str(REPORT), "--title", "Harbour")
    alone, beside = (run("show", *refs, "--context", "0") for refs in (["harbour:2"], ["harbour:2", "harbour:99"]))
    whole, without = run("show", "harbour", "--context", "0"), run("show", "harbour:2")

    told = "rights: no fact rests on harbour:2\n"
    assert (alone.code, alone.out.split("@")[0], alone.err) == (0, "harbour:2", told)
    assert (beside.code, beside.out) == (1, alone.out)
    assert (whole.code, len(whole.out.splitlines())) == (0, 12)
    assert without == Outcome(1, "", told)


def test_more_context_than_a_copy_has_is_all_of_it(home: dict[str, str]) -> None:
    ask(home, "attach", "harbour", str(REPORT))

    outcome = ask(home, "show", "harbour:3", "harbour:9", "--context", "999999999999999999")

    assert (outcome.code, outcome.err) == (0, "")
    assert [line.split("@")[0] for line in outcome.out.splitlines()] == [f"harbour:{number}" for number in range(1, 13)]


def test_a_passage_is_quoted_word_for_word(home: dict[str, str]) -> None:
    without = ask(home, "quote", "harbour:3", "--verbatim")
    ask(home, "attach", "harbour", str(REPORT))
    quoted = ask(home, "quote", "harbour:3", "--verbatim", "--as", "markdown", "--syntax", "pandoc")
    document = json.loads(ask(home, "quote", "harbour:3", "--verbatim", "--json").out)

    assert (without.code, without.out) == (1, "")
    assert without.err == "rights: no proven copy of harbour is attached\n  rights attach harbour FILE\n"
    words = document["results"][0]["words"]
    assert words in REPORT.read_text(encoding="utf-8").splitlines()
    assert (quoted.code, quoted.err) == (0, "")
    assert quoted.out.startswith("> ")
    assert quoted.out.endswith("[@harbour, para. 3]\n")
    assert "the words are the base's" not in "".join(document["warnings"])


def test_doctor_looks_at_the_attached_copy(home: dict[str, str]) -> None:
    alone = ask(home, "doctor")
    ask(home, "attach", "harbour", str(REPORT))
    both = ask(home, "doctor")

    assert alone.err == "rights: no findings in 34 facts and 11 topics\n"
    assert both.err == "rights: no findings in 34 facts and 11 topics against a copy of harbour\n"


def test_a_spoilt_copy_is_an_error_with_a_way_out(home: dict[str, str], tmp_path: Path) -> None:
    ask(home, "attach", "harbour", str(REPORT))
    (file,) = (tmp_path / "data" / "rights" / "copies").glob("*.json")
    file.write_text("{", encoding="utf-8")

    outcome = ask(home, "show", "harbour:3", "--context", "0")

    assert (outcome.code, outcome.out) == (3, "")
    assert str(file) in outcome.err
    assert "attach" in outcome.err.splitlines()[-1]


def test_without_a_home_there_is_no_place_for_a_copy(tmp_path: Path) -> None:
    from test_build import run_as  # the passwd file knows no such user

    public = tmp_path / "report.txt"
    public.write_text("x", encoding="utf-8")
    outcome = run_as(
        61234,
        "attach",
        "hrw-2020",
        "/dev/null",
        env={"HOME": None, "XDG_DATA_HOME": None, "XDG_CACHE_HOME": "/nowhere"},
    )

    assert outcome.code == 3
    assert outcome.err.startswith("rights: ")
    assert "Traceback" not in outcome.err


def test_an_empty_home_is_none(tmp_path: Path) -> None:
    outcome = ask({"HOME": "", "XDG_DATA_HOME": "", "XDG_CACHE_HOME": CACHE}, "attach", "harbour", str(REPORT))

    told = "rights: no home folder, so no place for copies\n  set XDG_DATA_HOME\n"
    assert outcome == Outcome(3, "", told)


def test_a_copy_that_cannot_be_kept_is_no_fault_of_the_copy(tmp_path: Path) -> None:
    # Where a folder would have to be, there is a file.
    (tmp_path / "data").write_text("x", encoding="utf-8")

    outcome = ask({"XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CACHE_HOME": CACHE}, "attach", "harbour", str(REPORT))

    assert (outcome.code, outcome.out) == (3, "")
    assert re.fullmatch(r"rights: .*/copies/harbour-.*: cannot be written: not a directory\n", outcome.err)


def test_the_real_source_is_attached_from_its_copy(home: dict[str, str], source_copy: Path) -> None:
    outcome = run_rights("attach", "hrw-2020", str(source_copy), env=home)

    assert outcome == Outcome(0, "", "rights: attached 23 of 23 paragraphs of hrw-2020, proven word for word\n")
