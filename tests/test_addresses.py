"""Addresses: which a link may open, what a DOI is, and what becomes of others in everything that is printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import run_rights
from rightscli.text.addresses import is_doi, is_safe_address, is_web_address, strip_resolver

BASE = """schema: 1
title: T
edition: '1'
scope: What it covers.
sources:
  a-1:
    type: report
    title: X
    issued: 2019-01-01
    {field}
    paragraphs:
      - {{number: 1, begins: Aaa bbb ccc ddd eee, ends: ppp qqq rrr sss ttt, words: 40, sha256: {digest}}}
topics:
  t1: {{label: Lab}}
facts:
  - {{id: f-1, claim: A claim in 2019., cites: {{a-1: 1}}, topics: [t1], date: 2019, anchors: ["2019"]}}
"""


def write_base(folder: Path, field: str) -> str:
    path = folder / "base.yaml"
    path.write_text(BASE.format(field=field, digest="0" * 64), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "JavaScript:x",
        "java\tscript:x",
        " javascript:x",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc",
    ],
)
def test_what_a_program_would_run_or_hand_over_is_not_safe(text: str) -> None:
    assert not is_safe_address(text)
    assert not is_web_address(text)


@pytest.mark.parametrize("text", ["https://x.org", "http://x.org/a?b=c#d", "mailto:a@b.org"])
def test_addresses_on_the_web_and_of_mailboxes_are_safe(text: str) -> None:
    assert is_safe_address(text)
    assert is_web_address(text)


@pytest.mark.parametrize("text", ["www.x.org", "https://", "https:///a", "https://x.org/a b", "http:x.org", "x"])
def test_what_is_no_whole_address_is_told_apart(text: str) -> None:
    assert not is_web_address(text)


@given(st.from_regex(r"10\.[0-9]{4,5}/[a-z0-9.()-]{1,12}", fullmatch=True))
def test_a_doi_is_read_from_all_that_leads_to_it(doi: str) -> None:
    ways = (doi, f"https://doi.org/{doi}", f"http://dx.doi.org/{doi}", f"doi.org/{doi}", f"doi:{doi}", f"DOI: {doi}")

    assert {strip_resolver(way) for way in ways} == {doi}
    assert [way for way in ways if is_doi(way)] == [doi]


@pytest.mark.parametrize("scheme", ["javascript:alert(1)", "data:text/html,x"])
def test_an_address_that_would_be_run_is_printed_nowhere(tmp_path: Path, scheme: str) -> None:
    base = write_base(tmp_path, f"URL: {scheme}")
    asked = [
        *(("export", "-f", form) for form in ("biblatex", "bibtex", "ris", "hayagriva", "csl-json", "json", "csv")),
        *(("quote", "f-1", "--as", markup) for markup in ("html", "markdown", "latex")),
        ("cite", "f-1", "--markup", "html"),
        ("show", "f-1", "--json"),
        ("sources", "--json"),
    ]

    outcomes = [run_rights(*arguments, "--base", base) for arguments in asked]

    assert {outcome.code for outcome in outcomes} == {0}
    assert not any(scheme[:5] in outcome.out for outcome in outcomes)


def test_a_doi_that_is_given_as_an_address_is_printed_once(tmp_path: Path) -> None:
    base = write_base(tmp_path, "DOI: https://doi.org/10.1234/x")

    items = json.loads(run_rights("export", "-f", "csl-json", "--base", base).out)
    biblatex = run_rights("export", "-f", "biblatex", "--base", base).out

    assert items[0]["DOI"] == "10.1234/x"
    assert "doi = {10.1234/x}" in biblatex
