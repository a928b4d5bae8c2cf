"""``check -f html``, a report to print, to sign and to file: what it says, that it is inert, how it is shown and printed."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT, Outcome, compare_golden, run_rights
from judges import drive_browser, find_program, run_program
from rightscli import __version__
from test_browse import Reader

DATA = ROOT / "tests" / "data"
BASE = ("--base", "harbour.yaml")
DRAFT = """\
# Harbors

Vestmar's Landings Act took effect on May 14, 2016 (harbour:3). Four main harbors took in 62 percent of Vestmar's fish landings
in 2021 (harbour:1). The moon is made of cheese. Four main harbors took in 61 percent of Vestmar's fish landings in 2021.

The report says that "Vestmar’s five main harbors handled" most of the fish (harbour:1), and "nobody ever wrote this down at
all" (harbour:2). See harbour:99, and "two words".
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with a base, a copy of its source, and a draft."""
    for name in ("harbour.yaml", "harbour-report.txt"):
        (tmp_path / name).write_bytes((DATA / name).read_bytes())
    (tmp_path / "draft.md").write_text(DRAFT, encoding="utf-8")
    return tmp_path


def report(folder: Path, *arguments: str, date: str = "1795737600", **options: Any) -> Outcome:
    return run_rights("check", "-f", "html", *BASE, *arguments, cwd=folder, env={"SOURCE_DATE_EPOCH": date}, **options)


def attach(folder: Path) -> None:
    assert run_rights("attach", "harbour", "harbour-report.txt", *BASE, cwd=folder).code == 0


def read_texts(page: str) -> str:
    return re.sub(r"\s+", " ", " ".join(text for tag, text in Reader(page).content if tag != "style"))


def test_a_report_is_the_one_that_was_looked_at(desk: Path) -> None:
    attach(desk)

    outcome = report(desk, "draft.md")

    assert outcome.code == 1
    page = outcome.out.replace(f"rights {__version__}", "rights VERSION")
    page = re.sub(r"<style>.*?</style>", "<style></style>", page, flags=re.DOTALL)
    compare_golden("report.html", re.sub("sha256-[^']*", "sha256-HASH", page))


def test_a_report_says_what_every_finding_says_and_of_what(desk: Path) -> None:
    attach(desk)

    outcome, plain = report(desk, "draft.md"), run_rights("check", "draft.md", *BASE, "--json", cwd=desk)

    text = read_texts(outcome.out)
    findings = re.findall(r'"verdict": "(.*?)"', plain.out)
    assert (outcome.code, plain.code) == (1, 1)
    assert outcome.out.count("<article") == len(findings) > 5
    assert sorted(re.findall(r"<h3>\d+\. \w+: ([\w-]+) ", outcome.out)) == sorted(findings)
    for name in ("draft.md", "harbour.yaml"):
        assert sha256((desk / name).read_bytes()).hexdigest() in text
    lines = re.findall("sha256: ([0-9a-f]{64})", (desk / "harbour.yaml").read_text("utf-8"))
    assert sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest() in text
    assert f"rights {__version__}" in text
    assert "It does not prove that what a source says is so" in text
    assert all(f"<dt>{name}</dt>" in outcome.out for name in ("Name", "Role", "Date", "Signature"))


def test_a_report_has_the_words_that_a_copy_has_and_without_one_the_first_and_last(desk: Path) -> None:
    without = read_texts(report(desk, "draft.md").out)
    attach(desk)
    held = read_texts(report(desk, "draft.md").out)

    passage = next(
        line for line in (desk / "harbour-report.txt").read_text("utf-8").splitlines() if "Landings Act" in line
    )
    words = re.sub(r"^\S*\d+\S*\s+", "", passage)[:80]
    assert words in held
    assert words not in without
    assert "its first and last words" in without
    assert "No copy of harbour" in without


def test_the_date_is_that_of_the_environment_or_is_left_to_be_written(desk: Path) -> None:
    dated, undated = report(desk, "draft.md"), report(desk, "draft.md", date="")
    wrong = report(desk, "draft.md", date="tomorrow")

    assert "Checked on 2026-11-27" in read_texts(dated.out)
    assert re.search(r'Checked on</th><td><span class="blank">', undated.out)
    assert not re.search(r"\b20[2-9]\d-\d\d-\d\d\b", read_texts(undated.out))
    assert report(desk, "draft.md").out == dated.out
    assert (wrong.code, wrong.out) == (2, "")
    assert wrong.err == "rights: SOURCE_DATE_EPOCH is no number of seconds since 1970\n"


def test_the_exit_code_and_the_last_line_are_those_of_other_formats(desk: Path) -> None:
    (desk / "good.md").write_text("As harbour:3 says.\n", encoding="utf-8")
    (desk / "notice.md").write_text('The quota "was set" in harbour:3.\n', encoding="utf-8")

    for arguments in (["draft.md"], ["good.md"], ["notice.md"], ["notice.md", "--strict"], ["good.md", "notice.md"]):
        page, plain = report(desk, *arguments), run_rights("check", *BASE, *arguments, cwd=desk)
        assert (page.code, page.err) == (plain.code, plain.err)
    assert "problems, and ambiguous, cut-short" in read_texts(report(desk, "notice.md", "--strict").out)
    assert report(desk, "-", stdin="As harbour:3 says.\n").code == 0
    assert (
        report(desk, "draft.md", "--why").err == "rights: --why is told in text, json or jsonl: it excludes -f html\n"
    )


HOSTILE = """\
The Landings Act </q><script>alert(1)</script> <img src=x onerror=alert(2)> {{findings}} \u202eevil (harbour:3).

"Vestmar's five <b onclick='alert(3)'> main harbors handled &lt; all" (harbour:1) and harbour:99</dd>.
"""


@pytest.mark.parametrize("name", ["draft.md", "<img src=x onerror=alert(4)>.txt", "\u202etxt.md"])
def test_what_a_hostile_draft_says_is_text(desk: Path, name: str) -> None:
    (desk / name).write_text(HOSTILE, encoding="utf-8")

    outcome = report(desk, name, "--form", "text")

    reader = Reader(outcome.out)
    assert outcome.out.count("<article") > 1
    assert not {tag for tag, _ in reader.elements} & {"script", "img", "b"}
    assert not [name for _, attributes in reader.elements for name in attributes if name.startswith("on")]
    assert "\u202e" not in outcome.out
    assert "javascript:" not in " ".join(reader.list_values("href"))


@pytest.fixture
def page(desk: Path) -> Path:
    attach(desk)
    (desk / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
    (desk / "report.html").write_text(report(desk, "draft.md", "hostile.txt").out, encoding="utf-8")
    return desk / "report.html"


def test_a_browser_shows_it_without_a_fault_in_light_dark_and_on_a_telephone(page: Path) -> None:
    steps = """
    const told = [];
    for (const colorScheme of ["light", "dark"]) for (const width of [1280, 360]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      told.push(await judge(), await page.evaluate(() => document.documentElement.scrollWidth > innerWidth));
    }
    return told;
    """

    assert drive_browser(page, steps) == [[], False] * 4


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_it_is_printed_with_the_signature_on_one_page_and_the_pages_counted(page: Path, paper: str) -> None:
    steps = f'await page.pdf({{ path: "{page.parent}/report.pdf", format: "{paper}", preferCSSPageSize: true }});'

    drive_browser(page, steps)

    text = run_program(find_program("pdftotext"), "-layout", str(page.parent / "report.pdf"), "-")
    pages = text.split("\f")[:-1]
    assert [re.findall(r"(\d) ?/ ?(\d)\s*$", one) for one in pages] == [
        [(str(number), str(len(pages)))] for number in range(1, len(pages) + 1)
    ]
    assert all(word in pages[-1] for word in ("Read and signed", "Name", "Role", "Date", "Signature"))
    assert "alert(1)" in text
