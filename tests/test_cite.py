"""Citations in the plain form."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from conftest import run_rights
from rightscli.base.model import Name, Paragraph, Source
from rightscli.cite.plain import make_plain_forms
from rightscli.cite.templates import fill_bibliography, fill_template
from rightscli.text.locators import Locator

SOURCE = Source(
    key="harbour",
    type="chapter",
    title="The Harbour [sic]",
    names={"author": (Name(family="Quill", given="Ada"),)},
    dates={"issued": "2021-05-09"},
    fields={"container-title": "Yearbook", "URL": "https://example.org/h"},
    paragraphs=(
        Paragraph("1", "Quays", "Well-known, old & tall", "“the end.”", 9, "a" * 64),
        Paragraph("2", "Quays", "Then", "came", 9, "b" * 64),
    ),
)


@pytest.mark.parametrize(
    ("authors", "short", "full"),
    [
        ((), "(“The Harbour [sic],” 2021, para. 1)", "“The Harbour [sic],” Yearbook (2021)."),
        (("Quill",), "(Quill, 2021, para. 1)", "Quill, “The Harbour [sic],” Yearbook (2021)."),
        (
            ("Quill", "Mast"),
            "(Quill and Mast, 2021, para. 1)",
            "Quill and Mast, “The Harbour [sic],” Yearbook (2021).",
        ),
        (
            ("Quill", "Mast", "Keel"),
            "(Quill et al., 2021, para. 1)",
            "Quill et al., “The Harbour [sic],” Yearbook (2021).",
        ),
    ],
)
def test_authors_are_named_as_readers_know_them(authors: tuple[str, ...], short: str, full: str) -> None:
    source = replace(SOURCE, names={"author": tuple(Name(family=name) for name in authors)})
    forms = make_plain_forms(source)

    line = fill_bibliography(forms)
    assert line
    assert (fill_template(forms, [Locator(1, 1)]).text, line.text) == (short, full)


def test_a_source_without_a_container_ends_after_the_year() -> None:
    line = fill_bibliography(make_plain_forms(replace(SOURCE, fields={})))

    assert line
    assert line.text == "Quill, “The Harbour [sic]” (2021)."


@pytest.mark.parametrize("ending", [",", ":", " ;", ", "])
def test_no_comma_stands_behind_another_mark(ending: str) -> None:
    forms = make_plain_forms(replace(SOURCE, title=f"The Harbour{ending}", names={}))

    line = fill_bibliography(forms)
    assert line
    assert fill_template(forms, [Locator(1, 1)]).text == "(“The Harbour,” 2021, para. 1)"
    assert line.text == "“The Harbour,” Yearbook (2021)."


@pytest.mark.parametrize(
    ("issued", "year"),
    [
        ("2020-01-14", "2020"),
        ("197X", "1970s"),
        ("19XX", "1900s"),
        ("2014/2017", "2014–2017"),
        ("../2001", "2001"),
        ("2020~", "2020"),
    ],
)
def test_the_year_is_read_from_the_date(issued: str, year: str) -> None:
    forms = make_plain_forms(replace(SOURCE, fields={}, dates={"issued": issued}))

    assert fill_template(forms, []).text == f"(Quill, {year})"


def test_all_styles_have_the_plain_form_once_where_the_base_is_not_compiled(small_base: Path) -> None:
    outcome = run_rights("cite", "harbour:1", "--all-styles", "--base", str(small_base))

    (line,) = outcome.out.splitlines()
    (alone,) = run_rights("cite", "harbour:1", "--base", str(small_base)).out.splitlines()
    assert (outcome.code, line) == (0, f"plain\t{alone}")
    assert outcome.err == (
        "rights: harbour is not compiled in every style: plain stands for the others; rights styles --compile BASE compiles it\n"
    )
