"""A text and its citation in one piece: what programs of others read of it is the text, and the citation where it belongs."""

from __future__ import annotations

import json
from typing import Any

import pytest

from judges import ask_pandoc, query_typst
from rightscli.cite.conversion import convert_html
from rightscli.cite.quotes import Attribution, compose_quotation, compose_statement
from rightscli.text.markup import escape_text

CLAIM = "In 2019 [sic] 5% of {them} & a_b*c <d> paid #1 to U.N. bodies."
CITED = "Quill & Mast, *2021*, para. 1"
URL = "https://example.org/h#:~:text=The%20quay,at%20last."
READERS = {
    "markdown": "markdown",
    "html": "html",
    "latex": "latex",
    "org": "org",
    "mediawiki": "mediawiki",
    "rtf": "rtf",
}


def write_text(blocks: Any) -> str:
    """Return the words of pandoc's *blocks*, notes in double brackets."""
    if isinstance(blocks, list):
        return "".join(map(write_text, blocks))
    if not isinstance(blocks, dict):
        return ""
    kind: str = blocks["t"]
    content: Any = blocks.get("c")
    if kind == "Str":
        return str(content).replace("\u2060", "")
    if kind in ("Space", "SoftBreak"):
        return " "
    if kind == "Note":
        return f"[[{write_text(content)}]]"
    if kind == "Quoted":
        mark = "“”" if content[0]["t"] == "DoubleQuote" else "‘’"
        return f"{mark[0]}{write_text(content[1])}{mark[1]}"
    return write_text(content[1] if kind in ("Link", "Span", "Div") else content)


def attribute(markup: str, *, note: bool = False, raised: bool = False) -> Attribution:
    # Debian's pandoc ends an address in MediaWiki before ":~:".
    url = URL if markup != "mediawiki" else URL.partition("#")[0]
    return Attribution(escape_text(f"({CITED})", markup), url, raised, note)


@pytest.mark.parametrize("markup", READERS)
def test_a_statement_ends_with_its_citation_before_the_full_stop(markup: str) -> None:
    text = compose_statement(CLAIM, [attribute(markup)], markup=markup, label="one")

    blocks = ask_pandoc(wrap_document(text, markup), source=READERS[markup])
    assert write_text(blocks) == f"{CLAIM[:-1]} ({CITED})."
    assert json.dumps(blocks).count('"Link"') == (markup != "rtf" or 1)


@pytest.mark.parametrize("markup", ["markdown", "latex", "org", "rtf"])
def test_in_a_style_of_notes_the_citation_is_a_note_behind_the_full_stop(markup: str) -> None:
    text = compose_statement(CLAIM, [attribute(markup, note=True)], markup=markup, label="one")

    assert write_text(ask_pandoc(wrap_document(text, markup), source=READERS[markup])) == f"{CLAIM}[[({CITED})]]"


def wrap_document(text: str, markup: str) -> str:
    """Return a piece of a document as a whole one, where readers ask for that."""
    return f"{{\\rtf1\\ansi\\deff0 {text}}}" if markup == "rtf" else text


def test_typst_sets_a_statement_and_its_note() -> None:
    plain = compose_statement(CLAIM, [attribute("typst")], markup="typst", label="one")
    noted = compose_statement(CLAIM, [attribute("typst", note=True)], markup="typst", label="one")

    (shown, with_note) = query_typst(
        "#let words(it) = if it.has(\"text\") { it.text } else if it.has(\"children\") { it.children.map(words).join() }"
        " else if it.has(\"body\") { if it.func() == footnote { \"[[\" + words(it.body) + \"]]\" } else { words(it.body) } }"
        " else if it == [ ] { \" \" } else { \"\" }\n"
        f"#metadata(words([{plain}])) <x>\n#metadata(words([{noted}])) <x>"
    )  # fmt: skip
    assert shown.replace("\u2019", "'") == f"{CLAIM[:-1]} ({CITED})."
    assert with_note == f"{CLAIM}[[({CITED})]]"


def test_a_short_quotation_stands_between_marks_and_a_long_one_in_a_block() -> None:
    short = compose_quotation("The quay was “new” then.", [attribute("markdown")], markup="markdown", label="one")
    long = compose_quotation("one two " * 25, [attribute("markdown")], markup="markdown", label="one")

    assert write_text(ask_pandoc(short, source="markdown")) == f"“The quay was ‘new’ then” ({CITED})."
    (block,) = ask_pandoc(long, source="markdown")
    assert block["t"] == "BlockQuote"
    assert write_text(block["c"]) == f"{('one two ' * 25).strip()} ({CITED})"


def test_a_raised_number_stands_behind_the_full_stop_and_the_point_of_an_abbreviation_stays() -> None:
    raised = Attribution("1", raised=True)

    assert compose_statement("It is so.", [raised], markup="text", label="one") == "It is so.1"
    assert compose_statement("They wrote to the U.N.", [Attribution("(Q, 1)")], markup="text", label="one") == (
        "They wrote to the U.N. (Q, 1)"
    )
    assert compose_statement("It is so.", [Attribution("Q, 1.", note=True)], markup="text", label="one") == (
        "It is so. (Q, 1)"
    )


def test_two_sources_are_two_citations_and_two_notes() -> None:
    pair = [Attribution("Q.", note=True), Attribution("M.", note=True)]

    assert compose_statement("It is so.", pair, markup="markdown", label="one") == (
        "It is so.[^one-1][^one-2]\n\n[^one-1]: Q.\n\n[^one-2]: M."
    )


@pytest.mark.parametrize(
    ("markup", "raised"),
    [
        ("text", "1,2"),
        ("html", "<sup>1</sup><sup>,</sup><sup>2</sup>"),
        ("latex", "\\textsuperscript{1}\\textsuperscript{,}\\textsuperscript{2}"),
        ("org", "^{1}^{,}^{2}"),
    ],
)
def test_two_raised_numbers_do_not_read_as_one(markup: str, raised: str) -> None:
    pair = [Attribution(convert_html(f"<sup>{number}</sup>", markup), raised=True) for number in (1, 2)]

    statement = compose_statement("It is so.", pair, markup=markup, label="one")

    assert statement.removeprefix("<p>").removesuffix("</p>") == f"It is so.{raised}"
