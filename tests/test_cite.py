"""Citations in the plain form, and links that open the passage."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rightscli.cite import cite_passage, compile_citations, format_locators
from rightscli.locators import Locator
from rightscli.model import Name, Paragraph, Source

SOURCE = Source(
    key="harbour",
    type="chapter",
    title="The Harbour [sic]",
    names={"author": (Name(family="Quill", given="Ada"),)},
    dates={"issued": "2021-05-09"},
    fields={"container-title": "Yearbook", "URL": "https://example.org/h"},
    paragraphs=(
        Paragraph(1, "Quays", "Well-known, old & tall", "“the end.”", 9, "a" * 64),
        Paragraph(2, "Quays", "Then", "came", 9, "b" * 64),
    ),
)


@pytest.mark.parametrize(
    ("locators", "text"),
    [
        ((), ""),
        ((Locator(13, 13),), "para. 13"),
        ((Locator(13, 15),), "paras. 13–15"),
        ((Locator(13, 13), Locator(15, 17)), "paras. 13, 15–17"),
    ],
)
def test_a_locator_is_printed_with_its_label(locators: tuple[Locator, ...], text: str) -> None:
    assert format_locators(locators) == text


@pytest.mark.parametrize(
    ("authors", "short", "full"),
    [
        ((), "(“The Harbour [sic]”, 2021, para. 1)", "“The Harbour [sic],” Yearbook (2021), para. 1."),
        (("Quill",), "(Quill, 2021, para. 1)", "Quill, “The Harbour [sic],” Yearbook (2021), para. 1."),
        (
            ("Quill", "Mast"),
            "(Quill and Mast, 2021, para. 1)",
            "Quill and Mast, “The Harbour [sic],” Yearbook (2021), para. 1.",
        ),
        (
            ("Quill", "Mast", "Keel"),
            "(Quill et al., 2021, para. 1)",
            "Quill et al., “The Harbour [sic],” Yearbook (2021), para. 1.",
        ),
    ],
)
def test_authors_are_named_as_readers_know_them(authors: tuple[str, ...], short: str, full: str) -> None:
    source = replace(SOURCE, names={"author": tuple(Name(family=name) for name in authors)})
    templates = compile_citations(source)

    citations = [cite_passage(templates, [Locator(1, 1)], form=form) for form in ("text", "full")]

    assert citations == [short, full]


def test_a_source_without_a_container_ends_after_the_year() -> None:
    templates = compile_citations(replace(SOURCE, fields={}))

    assert cite_passage(templates, [], form="full") == "Quill, “The Harbour [sic]” (2021)."


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
    templates = compile_citations(replace(SOURCE, fields={}, dates={"issued": issued}))

    assert cite_passage(templates, [], form="text") == f"(Quill, {year})"
