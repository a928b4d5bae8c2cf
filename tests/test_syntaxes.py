"""In-text syntaxes, each parsed by the program that it is for: a paragraph, never a page."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from judges import find_module, find_program, run_program
from rightscli.cite.syntaxes import SYNTAXES, format_key_citation
from rightscli.text.locators import Locator

PLACES: Sequence[Sequence[Locator]] = (
    (),
    (Locator(13, 13),),
    (Locator(13, 15),),
    (Locator(13, 13), Locator(15, 17)),
)
PRINTED = ["One", "One|paragraph=13", "One|paragraphs=13–15", "One|paragraphs=13, 15–17"]
STYLE = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">
<info><title>labels</title><id>labels</id><updated>2020-01-01T00:00:00Z</updated></info>
<citation><layout><text variable="title"/><group prefix="|" delimiter="=">
<label variable="locator" form="long"/><text variable="locator"/></group></layout></citation>
<bibliography><layout><text variable="title"/></layout></bibliography></style>
"""
"""A CSL style of ours that says what kind of locator it was given."""


@pytest.mark.parametrize(
    ("syntax", "citations"),
    [
        ("pandoc", ["[@h-20]", "[@h-20, para. 13]", "[@h-20, paras. 13-15]", "[@h-20, paras. 13, 15-17]"]),
        (
            "latex",
            [
                "\\autocite{h-20}",
                "\\autocite[para.~13]{h-20}",
                "\\autocite[paras.~13--15]{h-20}",
                "\\autocite[paras.~13, 15--17]{h-20}",
            ],
        ),
        ("typst", ["@h-20", "@h-20[para. 13]", "@h-20[paras. 13–15]", "@h-20[paras. 13, 15–17]"]),
        (
            "org",
            ["[cite:@h-20]", "[cite:@h-20 para. 13]", "[cite:@h-20 paras. 13-15]", "[cite:@h-20 paras. 13, 15-17]"],
        ),
        (
            "myst",
            [
                "{cite:p}`h-20`",
                "{cite:p}`h-20{para. 13}`",
                "{cite:p}`h-20{paras. 13–15}`",
                "{cite:p}`h-20{paras. 13, 15–17}`",
            ],
        ),
        (
            "sphinx",
            [
                ":cite:p:`h-20`",
                ":cite:p:`h-20{para. 13}`",
                ":cite:p:`h-20{paras. 13–15}`",
                ":cite:p:`h-20{paras. 13, 15–17}`",
            ],
        ),
    ],
)
def test_a_citation_by_key(syntax: str, citations: list[str]) -> None:
    assert [format_key_citation("h-20", places, syntax) for places in PLACES] == citations


def test_an_unknown_syntax_is_told() -> None:
    with pytest.raises(KeyError):
        format_key_citation("h-20", (), "troff")
    assert len(SYNTAXES) == 6


def ask_citeproc(citations: Sequence[str], dialect: str, folder: Path) -> list[str]:
    """Return what pandoc prints of the *citations*, in our style."""
    (folder / "labels.csl").write_text(STYLE, encoding="utf-8")
    works = [{"id": key, "type": "book", "title": "One"} for key in ("hrw-2020", "2020", "a")]
    (folder / "works.json").write_text(json.dumps(works), encoding="utf-8")
    options = ("--citeproc", "--csl", "labels.csl", "--bibliography", "works.json", "-M", "suppress-bibliography=true")
    printed = run_program(
        find_program("pandoc"), "-f", dialect, "-t", "plain", *options, stdin="\n\n".join(citations), cwd=folder
    )
    return printed.split("\n\n")


@pytest.mark.parametrize("key", ["hrw-2020", "2020", "a"])
@pytest.mark.parametrize(("syntax", "dialect"), [("pandoc", "markdown"), ("org", "org"), ("latex", "latex")])
def test_pandoc_takes_it_for_a_paragraph(syntax: str, dialect: str, key: str, tmp_path: Path) -> None:
    citations = [format_key_citation(key, places, syntax) for places in PLACES]

    assert [text.strip() for text in ask_citeproc(citations, dialect, tmp_path)] == PRINTED


def test_pandoc_takes_a_bare_number_for_a_page(tmp_path: Path) -> None:
    # The control: why the paragraph is named.
    assert [text.strip() for text in ask_citeproc(["[@a, 15]"], "markdown", tmp_path)] == ["One|page=15"]


def test_typst_prints_the_paragraph(tmp_path: Path) -> None:
    typst = find_module("typst")
    citations = [format_key_citation("hrw-2020", places, "typst") for places in PLACES]
    (tmp_path / "works.bib").write_text(
        "@book{hrw-2020, title={One}, author={{Watch Us}}, date={2020}}", encoding="utf-8"
    )
    (tmp_path / "page.typ").write_text(
        "\n\n".join([*citations, '#bibliography("works.bib", style: "apa")']), encoding="utf-8"
    )

    page = typst.compile(tmp_path / "page.typ", format="html").decode()

    text = html.unescape(re.sub("<[^>]+>", "", page))
    assert re.findall(r"\(Watch Us.*?\)", text) == [
        "(Watch Us, 2020)",
        "(Watch Us, 2020, para. 13)",
        "(Watch Us, 2020, paras. 13–15)",
        "(Watch Us, 2020, paras. 13, 15–17)",
    ]


@pytest.mark.parametrize("syntax", ["myst", "sphinx"])
def test_sphinx_finds_the_key_and_the_paragraph(syntax: str) -> None:
    parse = find_module("sphinxcontrib.bibtex.citation_target").parse_citation_targets
    roles = [format_key_citation("hrw-2020", places, syntax).split("`")[1] for places in PLACES]

    found = [[(target.key, target.pre, target.post) for target in parse(role)] for role in roles]

    posts = ["", "para. 13", "paras. 13–15", "paras. 13, 15–17"]
    assert found == [[("hrw-2020", "", post)] for post in posts]
