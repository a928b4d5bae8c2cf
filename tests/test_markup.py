"""Texts in each markup, read back by parsers that we did not write: what a reader sees is what was meant."""

from __future__ import annotations

import html
import random
import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from conftest import try_more
from judges import ask_pandoc, query_typst
from rightscli.cite.conversion import convert_html
from rightscli.text.markup import MARKUPS, escape_text, link_text, quote_block, quote_inline

PIECES = (
    "a b c x 1 2 . , ; : ! ? ( ) [ ] { } < > * _ ` ~ ^ $ % & # @ | \\ / + - = \" ' é — ’ “ 中 [sic] [[a]] <b> &amp; // /* '' ``"
    " -- --- ... __TOC__ {{x}} 1. 2) (iv) b. * d @key [@key] \\alpha $x$ a_b _a_ *a* /a/ =a= ~a~ +a+ -? -5 ~~~ [fn:1] |a| :a: %%"
    " https://a.b/c_d a@b.c #+t ```"
).split()
LETTERS = st.text(st.sampled_from("abé中12 .,;:!?()[]{}<>*_`~^$%&#@|\\/+-=\"'—’“\xa0"), min_size=1, max_size=12)
PRINTABLE = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1)


def make_texts(count: int) -> list[str]:
    """Return made-up texts full of what is syntax somewhere: the same ones each time."""
    chance = random.Random(7)
    texts = [
        "".join(chance.choice([*PIECES, " "]) + chance.choice(["", " "]) for _ in range(chance.randint(1, 8)))
        for _ in range(count)
    ]
    return [text for text in texts if text.strip()]


TEXTS = make_texts(1500)


def straighten(text: str) -> str:
    """Return *text* with straight quotation marks, single blanks, and without signs that have no width."""
    text = text.translate(str.maketrans("“”‘’", "\"\"''", "\u2060\u200b"))
    return re.sub(r"[ \xa0\n]+", " ", text).strip()


def read_pandoc(part: Any) -> str:
    """Return the text of a part of pandoc's document; what is no text or link gets its name, so that no test mistakes it."""
    if isinstance(part, list):
        return "".join(map(read_pandoc, part))
    kind, content = part["t"], part.get("c")
    if kind == "Str":
        return str(content)
    if kind in ("Space", "SoftBreak"):
        return " "
    if kind == "Quoted":
        sign = "'" if content[0]["t"] == "SingleQuote" else '"'
        return f"{sign}{read_pandoc(content[1])}{sign}"
    if kind in ("Para", "Plain"):
        return read_pandoc(content)
    if kind in ("Link", "Span"):
        return read_pandoc(content[1])
    return f"<{kind}>"


def frame_lines(pieces: Sequence[str]) -> str:
    return "\n".join(f"MARK\n\n{piece}\n" for piece in pieces)


FRAMES: dict[str, Callable[[Sequence[str]], str]] = {
    "rtf": lambda pieces: (
        "{\\rtf1\\ansi\n" + "\n".join(f"{{\\pard MARK\\par}}\n{{\\pard {piece}\\par}}" for piece in pieces) + "}"
    ),
    "html": lambda pieces: "\n".join(f"<p>MARK</p><p>{piece}</p>" for piece in pieces),
}


def show_pieces(pieces: Sequence[str], markup: str, dialect: str) -> list[str]:
    """Return what pandoc sees of each of the *pieces*, all asked at once."""
    shown: list[list[str]] = []
    for block in ask_pandoc(FRAMES.get(markup, frame_lines)(pieces), source=dialect):
        text = read_pandoc(block)
        if text.strip() == "MARK":
            shown.append([])
        else:
            shown[-1].append(text)
    return [straighten("¶".join(texts)) for texts in shown]


DIALECTS = [
    ("markdown", "commonmark"),
    ("markdown", "gfm"),
    ("markdown", "markdown-smart"),
    ("html", "html"),
    ("latex", "latex"),
    ("rtf", "rtf"),
    ("org", "org"),
    ("mediawiki", "mediawiki"),
]


@pytest.mark.parametrize(("markup", "dialect"), DIALECTS, ids=[dialect for _, dialect in DIALECTS])
def test_pandoc_shows_each_text_as_it_stands(markup: str, dialect: str) -> None:
    # pandoc 2.17 does not know \textbar, which LaTeX needs: its fonts may have a dash in that place.
    texts = [text.replace("|", "") or "x" for text in TEXTS] if markup == "latex" else TEXTS

    shown = show_pieces([escape_text(text, markup) for text in texts], markup, dialect)

    assert [pair for pair in zip(texts, shown, strict=True) if straighten(pair[0]) != pair[1]] == []


@pytest.mark.parametrize("markup", ["markdown", "latex", "org", "mediawiki", "html", "rtf"])
def test_pandoc_shows_texts_that_are_not_escaped_otherwise(markup: str) -> None:
    # The control: the same judge, and nothing done for it.
    pieces = [
        text for text in TEXTS if "*a*" in text or "_a_" in text or "''" in text or "<b>" in text or "{{x}}" in text
    ][:60]
    dialect = {"markdown": "commonmark"}.get(markup, markup)
    pieces = [piece for piece in pieces if not re.search(r"[$%{}\\]", piece)] if markup in ("latex", "rtf") else pieces

    if markup in ("latex", "rtf"):
        assert show_pieces(["{\\it a} b {c}"], markup, dialect) != ["{\\it a} b {c}"]
    else:
        assert show_pieces(pieces, markup, dialect) != [straighten(piece) for piece in pieces]


def read_typst(part: Any) -> str:
    if isinstance(part, list):
        return "".join(map(read_typst, part))
    kind = part["func"]
    if kind == "sequence":
        return read_typst(part["children"])
    if kind in ("text", "symbol"):
        return str(part["text"])
    if kind == "smartquote":
        return '"' if part["double"] else "'"
    return " " if kind == "space" else f"<{kind}>"


def show_typst(pieces: Sequence[str]) -> list[str]:
    found = query_typst("\n".join(f"#metadata([\n{piece}\n])<x>" for piece in pieces))
    return [straighten(read_typst(part)) for part in found]


def test_typst_shows_each_text_as_it_stands() -> None:
    shown = show_typst([escape_text(text, "typst") for text in TEXTS])

    assert [pair for pair in zip(TEXTS, shown, strict=True) if straighten(pair[0]) != pair[1]] == []


@given(PRINTABLE | LETTERS)
@try_more(2)
def test_commonmark_shows_any_text_as_it_stands(text: str) -> None:
    text = " ".join(text.split())
    tokens = MarkdownIt().parse(escape_text(text, "markdown"))

    assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}
    children = [child for token in tokens for child in token.children or []]
    assert {child.type for child in children} <= {"text", "text_special"}
    assert "".join(child.content for child in children) == text


@given(PRINTABLE | LETTERS)
def test_html_shows_any_text_as_it_stands(text: str) -> None:
    escaped = escape_text(text, "html")

    assert "<" not in escaped
    assert straighten(html.unescape(escaped)) == straighten(text)


@given(PRINTABLE, st.sampled_from(MARKUPS))
def test_an_escaped_text_is_one_line(text: str, markup: str) -> None:
    assert len(escape_text(f"{text}\n\n{text}", markup).splitlines()) <= 1


def test_an_unknown_markup_is_told() -> None:
    with pytest.raises(KeyError):
        escape_text("a", "troff")


TITLES = [
    "[sic]",
    "{a}",
    "50%",
    "A & B",
    "a_b",
    "<c>",
    "*d*",
    "a\\b",
    "#1",
    "$5",
    "~x^y",
    "it’s — “so”",
    "1. One",
    "- a",
    "= b",
]


def print_citation(title: str) -> str:
    """Return a citation as citeproc-js prints it."""
    return (
        f"Quill, &#8220;{html.escape(title)},&#8221; in <i>{html.escape(title)}</i> (<b>2021</b>), {html.escape(title)}"
    )


@pytest.mark.parametrize(("markup", "dialect"), [(markup, dialect) for markup, dialect in DIALECTS if markup != "html"])
def test_pandoc_shows_titles_in_citations_as_they_stand(markup: str, dialect: str) -> None:
    pieces = [convert_html(print_citation(title), markup) for title in TITLES]

    shown = show_pieces(pieces, markup, dialect)

    # Set in italics and bold: pandoc's names for these stand around what we meant.
    assert [text.count("<Emph>") for text in shown] == [1] * len(TITLES)
    assert [text.count("<Strong>") for text in shown] == [1] * len(TITLES)
    expected = [f"Quill, “{title},” in <Emph> (<Strong>), {title}" for title in TITLES]
    assert shown == [straighten(text) for text in expected]


def test_typst_shows_titles_in_citations_as_they_stand() -> None:
    shown = show_typst([convert_html(print_citation(title), "typst") for title in TITLES])

    expected = [straighten(f"Quill, “{title},” in <emph> (<strong>), {title}") for title in TITLES]
    assert shown == expected


STYLES = ("<i>{}</i>", "<b>{}</b>", "<sup>{}</sup>", '<i>{}<span style="font-style:normal;">x</span></i>', "{}", "{}")


@given(st.lists(st.tuples(st.sampled_from(STYLES), LETTERS), min_size=1, max_size=5))
@try_more(2)
def test_commonmark_sets_what_citeproc_set(runs: list[tuple[str, str]]) -> None:
    source = "".join(style.format(html.escape(text)) for style, text in runs)

    shown = MarkdownIt().render(convert_html(source, "markdown"))

    assert list_styles(shown) == list_styles(source)


def list_styles(page: str) -> list[tuple[str, str, frozenset[str]]]:
    """Return each letter that is not blank with the styles that it stands in, without the paragraphs around it."""
    letters: list[tuple[str, str, frozenset[str]]] = []
    opened: list[str] = []
    for tag, text in re.findall(r"(<[^>]*>)|([^<]+)", page):
        if tag.startswith("</"):
            opened.pop()
        elif tag:
            name = {"i": "em", "b": "strong"}.get(tag.strip("<>"), tag.strip("<>"))
            opened.append("normal" if "font-style" in tag else name)
        else:
            styles = frozenset(opened) - {"p"}
            styles = styles - {"em", "normal"} if "normal" in styles else styles
            letters += [("", letter, styles) for letter in html.unescape(text) if not letter.isspace()]
    return letters


ENTRY = (
    '<div class="csl-entry"><div class="csl-left-margin">1. </div><div class="csl-right-inline">Quill <i>A <span '
    'style="font-style:normal;">B</span></i>, 3<sup>rd</sup> <span style="font-variant:small-caps;">Cap</span>'
    ' <a href="https://e.org/a_b%20c#d">https://e.org/a_b%20c#d</a>.</div></div>'
)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("text", "1. Quill A B, 3rd Cap https://e.org/a_b%20c#d."),
        (
            "markdown",
            '1\\. Quill *A* B, 3<sup>rd</sup> <span style="font-variant:small-caps;">Cap</span> <https://e.org/a_b%20c#d>.',
        ),
        ("html", ENTRY),
        ("latex", "1. Quill \\emph{A} B, 3\\textsuperscript{rd} \\textsc{Cap} \\url{https://e.org/a_b\\%20c\\#d}."),
        ("typst", '1\\. Quill _A_ B, 3#super[rd] #smallcaps[Cap] #link("https://e.org/a_b%20c#d").'),
        (
            "rtf",
            '1. Quill {\\i A} B, 3{\\super rd} {\\scaps Cap} {\\field{\\*\\fldinst{HYPERLINK "https://e.org/a_b%20c#d"}}'
            "{\\fldrslt{https://e.org/a_b%20c#d}}}.",
        ),
        ("org", "\u20601. Quill /A/ B, 3^{rd} Cap [[https://e.org/a_b%20c#d]]."),
        (
            "mediawiki",
            "1. Quill ''A'' B, 3<sup>rd</sup> <span style=\"font-variant:small-caps;\">Cap</span>"
            " [https://e.org/a_b%20c#d https&#58;//e.org/a_b%20c#d].",
        ),
    ],
)
def test_an_entry_of_a_bibliography_reads_like_one(markup: str, text: str) -> None:
    assert convert_html(ENTRY, markup) == text


def test_entries_are_paragraphs() -> None:
    two = '<div class="csl-entry">One.</div>\n  <div class="csl-entry">Two.</div>\n'

    assert convert_html(two, "markdown") == "One.\n\nTwo."


@pytest.mark.parametrize(
    "page",
    [
        "<blink>a</blink>",
        "<i>a",
        "a</i>",
        "<i>a</b>",
        "a < b",
        '<span style="color:red">a</span>',
        '<div class="x">a</div>',
    ],
)
def test_what_citeproc_does_not_print_is_told(page: str) -> None:
    with pytest.raises(ValueError, match=r"citeproc|close"):
        convert_html(page, "markdown")


URL = "https://example.org/a_b%20c?d=~e&f='g'#:~:text=h%2Di,j"


@pytest.mark.parametrize(("markup", "dialect"), DIALECTS)
def test_a_link_leads_where_it_should(markup: str, dialect: str) -> None:
    def find_links(part: Any) -> list[tuple[str, str]]:
        if isinstance(part, list):
            return [found for one in part for found in find_links(one)]
        if not isinstance(part, dict):
            return []
        if part.get("t") == "Link":
            return [(straighten(read_pandoc(part["c"][1])), part["c"][2][0])]
        return find_links(part.get("c"))

    # pandoc 2.17 ends a MediaWiki link before a text fragment, which MediaWiki itself takes.
    address = URL.partition("#")[0] if markup == "mediawiki" else URL
    # And takes a bracket in Org's for its end, which Emacs does not.
    text = "para. 13 & 5%" if markup == "org" else "para. [13] & 5%"
    pieces = [link_text(text, address, markup), link_text("a*b", address, markup)]

    blocks = ask_pandoc(FRAMES.get(markup, frame_lines)(pieces), source=dialect)

    links = [(text, url.replace("%27", "'")) for text, url in find_links(blocks)]
    assert links == [(text, address), ("a*b", address)]


def test_typst_links_where_it_should() -> None:
    (found,) = query_typst(f"#metadata({link_text('para. [13]', URL, 'typst').removeprefix('#')})<x>")

    assert (found["dest"], straighten(read_typst(found["body"]))) == (URL, "para. [13]")


@pytest.mark.parametrize(("markup", "dialect"), [pair for pair in DIALECTS if pair[0] != "rtf"])
def test_a_block_quotation_is_one(markup: str, dialect: str) -> None:
    block = quote_block("- It's [sic] 5%.\n= So & so.", markup, citation="(Quill)")

    (quoted,) = ask_pandoc(block, source=dialect)

    assert quoted["t"] == "BlockQuote"
    assert [straighten(read_pandoc(part)) for part in quoted["c"]] == ["- It's [sic] 5%.", "= So & so. (Quill)"]


def test_a_block_quotation_in_typst_is_one() -> None:
    block = quote_block("- It's [sic] 5%.\n= So & so.", "typst", citation="(Quill)")

    (found,) = query_typst(f"#metadata({block.removeprefix('#')})<x>")

    assert (found["func"], found["block"]) == ("quote", True)
    assert straighten(
        re.sub("<parbreak>", "¶", read_typst(found["body"]))
    ) == "- It's [sic] 5%. ¶ = So & so. (Quill)".replace(" ¶ ", "¶")


def test_a_block_quotation_of_plain_text_and_rtf_is_indented() -> None:
    assert quote_block("One.\nTwo.", "text", citation="(Q)") == "    One.\n\n    Two. (Q)"
    assert quote_block("é", "rtf") == "{\\pard\\li720\\ri720\\sa180 \\u233\\'3f\\par}"


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("So it was.", "“So it was.”"),
        ("He said “no” twice.", "“He said ‘no’ twice.”"),
        ('He said "no" ("never").', "“He said ‘no’ (‘never’).”"),
        ("“A ‘b’ it’s c,” he said.", "“‘A “b” it’s c,’ he said.”"),
        ("It’s the boats’ ‘own’ fault.", "“It’s the boats’ ‘own’ fault.”"),
    ],
)
def test_marks_inside_a_quotation_change(text: str, quoted: str) -> None:
    assert quote_inline(text, "text") == quoted
