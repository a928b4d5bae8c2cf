"""Citations in running text, and citations of works of every kind, printed and read back."""

from __future__ import annotations

import json

import pytest

from conftest import run_rights
from rightscli.cite.narrative import make_narrative
from rightscli.cite.templates import Rendering

BASE = """\
schema: 1
title: Works of every kind
edition: "1"
scope: Made up.
sources:
  case:
    type: legal_case
    title: Doe v. State of X ($100 fine?)
    authority: European Court of Human Rights
    number: no. 12345/67
    issued: 2001-05-03
    container-title: ECHR Reports
    volume: IV
    page: 3
    paragraphs: [{number: 1}, {number: 2}]
  report:
    type: report
    title: "What Now? Why “We” Stay!"
    author: [{literal: Amnesty International}, {literal: "Ministry of Things, Norway"}]
    number: A/HRC/25/63
    issued: 2020
    paragraphs: [{number: 1}, {number: 2}]
  treaty:
    type: treaty
    title: Covenant on Things and <i>Duties</i>
    issued: 1966-12-16
    container-title: UNTS
    volume: 993
    page: 3
    unit: article
    paragraphs: [{number: 11(1)}, {number: 11(2)}]
  page:
    type: webpage
    title: 무제 (untitled)
    container-title: Café Résistance
    issued: 2018-11
    paragraphs: [{number: 1}, {number: 2}]
  book:
    type: book
    title: Songs
    author: [{family: Kim, given: Min-ji}, {family: van der Berg, given: Jan}]
    issued: 2019
    paragraphs: [{number: 1}, {number: 2}]
topics:
facts:
"""
PLACES = {"case": "2", "report": "2", "treaty": "11(2)", "page": "1", "book": "2"}
NUMERIC = {"ieee", "vancouver", "ama", "nature"}


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> str:
    pytest.importorskip("citeproc", reason="needs pip install 'rightscli[csl]'")
    path = tmp_path_factory.mktemp("works") / "works.yaml"
    path.write_text(BASE, encoding="utf-8")
    assert run_rights("styles", "--compile", str(path)).code == 0
    return str(path)


@pytest.mark.parametrize("form", ["citation", "short", "narrative"])
def test_check_reads_back_what_every_style_prints(form: str, works: str) -> None:
    refs = [f"{key}:{place}" for key, place in PLACES.items()]
    cited = json.loads(run_rights("cite", *refs, "--all-styles", "--form", form, "--base", works, "--json").out)
    shown = [record for record in cited["results"] if record["style"] not in NUMERIC]

    draft = "".join(f"The sky is blue. {record['text']}\n\n" for record in shown)
    found = json.loads(run_rights("check", "-", "--base", works, "--json", stdin=draft).out)["results"]

    read = [(one["line"], one["verdict"], one["ref"]) for one in found if one["kind"] == "pinpoint"]
    assert read == [
        (2 * number + 1, "ok", f"{record['source']}:{PLACES[record['source']]}") for number, record in enumerate(shown)
    ]


def test_the_v_of_a_case_is_in_lower_case_in_every_style(works: str) -> None:
    for form in ("citation", "bibliography"):
        printed = run_rights("cite", "case:1", "--all-styles", "--form", form, "--base", works).out

        assert "Doe V" not in printed
        assert "Doe v. State of X" in printed


def test_the_tags_of_a_title_set_it_and_are_no_text(works: str) -> None:
    text, page = (
        run_rights("cite", "treaty:11(1)", "--all-styles", "--markup", markup, "--base", works).out
        for markup in ("text", "html")
    )

    assert "<" not in text.replace("<https", "")
    assert "Things and <i>Duties</i>" in page


def test_the_author_stands_before_the_brackets_in_running_text() -> None:
    cited = run_rights("cite", "hrw-2020:13", "--form", "narrative")
    listed = run_rights("cite", "hrw-2020:13", "--form", "narrative", "--style", "mla", "--markup", "markdown")
    whole = run_rights("cite", "hrw-2020", "--form", "narrative")

    assert (cited.code, cited.out, cited.err) == (0, "Human Rights Watch (2020, para. 13)\n", "")
    assert listed.out == "Human Rights Watch (par. 13)\n"
    assert whole.out == "Human Rights Watch (2020)\n"


@pytest.mark.parametrize("style", ["oscola", "ieee", "vancouver"])
def test_a_style_of_notes_or_numbers_has_no_citation_in_a_sentence(style: str) -> None:
    outcome = run_rights("cite", "hrw-2020:13", "--form", "narrative", "--style", style)

    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err == (
        f"rights: {style} has no citation that is part of a sentence\n  --form citation shows its own\n"
    )


def test_a_citation_in_a_sentence_has_no_key() -> None:
    outcome = run_rights("cite", "hrw-2020:13", "--form", "narrative", "--syntax", "pandoc")

    assert (outcome.code, outcome.out) == (2, "")
    assert "--form narrative and --syntax exclude each other" in outcome.err


@pytest.mark.parametrize(
    ("cited", "whole", "csl", "narrative"),
    [
        ("(Quill & Mast, 2021, p. 3)", "(Quill & Mast, 2021)", {"author": [{"family": "Quill"}, {"family": "Mast"}]},
         "Quill and Mast (2021, p. 3)"),
        ("(Rope & Co, 2021)", "(Rope & Co, 2021)", {"author": [{"literal": "Rope & Co"}]}, "Rope & Co (2021)"),
        ("(“Events of 2021,” p. 3)", "(“Events of 2021”)", {"title": "Events of 2021"}, "“Events of 2021” (p. 3)"),
        ("(“Events of 2021,” 2021, p. 3)", "(“Events of 2021,” 2021)", {}, "“Events of 2021” (2021, p. 3)"),
        ("(Quill, 2021–2023, p. 3)", "(Quill, 2021–2023)", {"issued": "2021/2023"}, "Quill (2021–2023, p. 3)"),
        ("(Quill, n.d., p. 3)", "(Quill, n.d.)", {"issued": ""}, "Quill (n.d., p. 3)"),
        ("[1, p. 3]", "[1]", {}, None),
        ("Quill, Songs, 3.", "Quill, Songs.", {}, None),
    ],
)  # fmt: skip
def test_the_author_is_what_stands_before_the_year(
    cited: str, whole: str, csl: dict[str, object], narrative: str | None
) -> None:
    record = {"issued": "2021"} | csl
    escaped = [text.replace("&", "&#38;") for text in (cited, whole)]

    made = make_narrative(Rendering(cited, escaped[0]), Rendering(whole, escaped[1]), record)

    assert (made and made.text) == narrative
    assert (made and made.html) == (narrative and narrative.replace("&", "&#38;"))
