"""Citations in the plain form, and links that open the passage."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rightscli.cite import cite_passage, compile_citations, format_locators, link_passage
from rightscli.locators import Locator
from rightscli.model import Name, Paragraph, Source
from rightscli.records import Record, make_source_record

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


def make_record(source: Source) -> Record:
    return make_source_record(source, templates=compile_citations(source), text="")


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


def test_a_link_escapes_what_has_a_meaning_in_a_text_fragment() -> None:
    link = link_passage(make_record(SOURCE), [Locator(1, 1)])

    assert link == (
        "https://example.org/h#:~:text=Well%2Dknown%2C%20old%20%26%20tall,%E2%80%9Cthe%20end.%E2%80%9D"
    )  # fmt: skip


def test_a_link_to_a_source_without_a_url_is_none() -> None:
    assert link_passage(make_record(replace(SOURCE, fields={})), [Locator(1, 1)]) is None


@given(st.text(min_size=1), st.text(min_size=1))
def test_a_link_gives_its_words_back(begins: str, ends: str) -> None:
    begins, ends = (text.encode("utf-8", "replace").decode() for text in (begins, ends))
    source = replace(SOURCE, paragraphs=(Paragraph(1, "Quays", begins, ends, 1, "a" * 64),))

    link = link_passage(make_record(source), [Locator(1, 1)])

    assert link is not None
    directive = link.split("#:~:text=")[1]
    assert [unquote(part) for part in directive.split(",")] == [begins, ends]
    assert "-" not in directive
