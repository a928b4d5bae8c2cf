"""Drafts and copies as blocks: what a reader sees, and where each character of it stands in the file."""

from __future__ import annotations

import html
import itertools
import threading
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rightscli.drafts import Draft, Form, decode_draft, guess_form, locate_offset, parse_draft, read_draft
from rightscli.drafts.blocks import Block
from rightscli.errors import UnreadableError

FORMS: tuple[Form, ...] = ("markdown", "text", "html", "latex")


def list_texts(text: str, form: Form = "markdown") -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in parse_draft(text, form=form).blocks]


def read_paragraph(text: str, form: Form = "markdown") -> str:
    """Return the text of the one paragraph that *text* is."""
    [(kind, paragraph)] = list_texts(text, form)
    assert kind == "paragraph"
    return paragraph


def find_words(draft: Draft, words: str) -> list[tuple[int, int]]:
    """Return the line and column of each of *words* in the first block that has it."""
    places = []
    for word in words.split():
        block = next(block for block in draft.blocks if word in block.text)
        places.append(locate_offset(draft, block.find_offset(block.text.index(word))))
    return places


def list_offsets(block: Block) -> list[int]:
    return [block.find_offset(position) for position in range(len(block.text))]


# Files and forms.


@pytest.mark.parametrize(
    "content",
    [b"Caf\xc3\xa9", b"\xef\xbb\xbfCaf\xc3\xa9", "Café".encode("utf-16"), b"\xfe\xff" + "Café".encode("utf-16-be")],
)
def test_a_byte_order_mark_is_no_text_and_says_the_encoding(content: bytes) -> None:
    assert decode_draft(content, name="draft") == "Café"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"one\r\ntwo\rth\xe9", "draft:3: not UTF-8"),
        (b"\xff\xfea\x00\n\x00b", "draft:2: not UTF-16, as its first bytes say"),
        (b"one\n\0", "draft:2: a NUL character: not a text"),
        (b"%PDF-1.7 x", "draft: a PDF, not a text"),
        (b"PK\x03\x04x", "draft: an archive or a word processor's file, not a text"),
        (b"a" * 20_000_001, "draft: more than 20,000,000 bytes, the limit for a text"),
        (b"\n\r\n" * 500_001, "draft: more than 1,000,000 lines, the limit for a text"),
    ],
)
def test_what_is_no_text_is_refused_with_its_place(content: bytes, message: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        decode_draft(content, name="draft")

    assert caught.value.message == message


def test_a_file_is_read_in_the_form_of_its_suffix(tmp_path: Path) -> None:
    path = tmp_path / "draft.md"
    path.write_bytes(b"\xef\xbb\xbf# A *head*\r\n")

    draft = read_draft(str(path))

    assert (draft.form, draft.blocks[0].kind, draft.blocks[0].text) == ("markdown", "heading", "A head")


def test_the_form_that_is_asked_for_beats_the_suffix(tmp_path: Path) -> None:
    path = tmp_path / "draft.md"
    path.write_text("*as it is*")

    assert read_draft(str(path), form="text").blocks[0].text == "*as it is*"


def test_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "draft.md"
    with path.open("wb") as file:
        file.truncate(100_000_000)

    with pytest.raises(UnreadableError, match=r"more than 20,000,000 bytes, the limit for a text"):
        read_draft(str(path))


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [
        ("a.MD", "", "markdown"),
        ("a.htm", "", "html"),
        ("a.tex", "", "latex"),
        ("a.txt", "# Head", "text"),
        ("-", "<!DOCTYPE html><p>x", "html"),
        ("-", "a stray </p>", "html"),
        ("-", "So \\autocite[13]{key}.", "latex"),
        ("-", "# Head\n\ntext", "markdown"),
        ("-", "So [@key, para. 13].", "markdown"),
        ("-", "- item", "markdown"),
        ("-", "5 < 6, and \\o/ [sic].", "text"),
        ("draft", "Only words.", "text"),
    ],
)
def test_the_form_is_known_by_the_suffix_or_by_the_text(name: str, text: str, form: Form) -> None:
    assert guess_form(name, text) == form


# Positions.


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("form", ["markdown", "text", "latex", "html"])
def test_lines_are_counted_as_editors_count_them(form: Form, line_end: str) -> None:
    gap = "<p>" if form == "html" else line_end
    draft = parse_draft(line_end.join(["one", "\ttwo", gap, "three\ffour"]), form=form)

    assert find_words(draft, "one two four")[:2] == [(1, 1), (2, 2)]
    assert find_words(draft, "four")[0][1] == 7


def test_a_position_outside_the_text_is_an_error() -> None:
    [block] = parse_draft("one", form="text").blocks

    assert block.find_span(1, 3) == (1, 3)
    assert block.find_offset(3) == 3
    with pytest.raises(IndexError):
        block.find_offset(4)


# Plain text.


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("one\ntwo\n\nthree\n", ["one two", "three"]),
        ("Head\nA paragraph a line.\nAnother.\n", ["Head", "A paragraph a line.", "Another."]),
        ("one\n \nHead\n" + "long " * 40 + "\nnext\n", ["one", "Head", ("long " * 40).strip(), "next"]),
        ("  indented  \n\tis no code", ["indented", "is no code"]),
        ("no-\nbreak\n\nx", ["no- break", "x"]),
        ("soft\u00adhyphen and\u00a0blank", ["soft\u00adhyphen and\u00a0blank"]),
        ("a\n\u00a0\nb", ["a", "b"]),
        (
            "These lines are wrapped by hand at some sixty signs, so that\n"
            "the first word of each would not have found its place above it\n"
            "and they are one.\nThis one starts anew, as the line before it was left early, and\nis long.",
            [
                "These lines are wrapped by hand at some sixty signs, so that the first word of each would not have found its"
                " place above it and they are one.",
                "This one starts anew, as the line before it was left early, and is long.",
            ],
        ),
        (
            "He saw\nthe quays, and the un-\nlit ships.\nthen he left\n",
            ["He saw the quays, and the un- lit ships.", "then he left"],
        ),
        ("", []),
        ("\n \n", []),
    ],
)
def test_plain_text_is_split_at_blank_lines_or_else_at_lines(text: str, blocks: list[str]) -> None:
    assert list_texts(text, "text") == [("paragraph", block) for block in blocks]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"\enquote{so it \textelp{} is}", "“so it […] is”"),
        (r"\enquote{so \textelp{as ever} it \textins*{now} is}", "“so […][as ever] it [now] is”"),
        (r"\foreignquote{french}{\`a la mer} \cite[para.~2]{a-1}", "“à la mer” [@a-1, para. 2]"),
        (r"\hyphentextquote{german}[{\cite[para.~2]{a-1}}]{Das Meer}", "“Das Meer” [@a-1, para. 2]"),
        (r"\foreignquote{french", "french"),
    ],
)
def test_quotations_of_csquotes_are_read_with_what_is_left_out_and_put_in(text: str, shown: str) -> None:
    assert [block for _, block in list_texts(text, "latex")] == [shown]


def test_quoted_lines_of_a_mail_are_a_quotation() -> None:
    text = "He wrote:\n> First\n> line\n>\n>> deeper\nI answered."

    blocks = list_texts(text, "text")

    assert blocks == [
        ("paragraph", "He wrote:"),
        ("quote", "First line"),
        ("quote", "deeper"),
        ("paragraph", "I answered."),
    ]


def test_markup_in_plain_text_stays() -> None:
    text = "#cite(<hrw-2020>, supplement: [para. 13]) and [cite:@hrw-2020 p. 3] *so* &amp;"

    assert read_paragraph(text, "text") == text


# Markdown.


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("*a* **b** ***c*** __d__ ~~e~~ `f  g`", "a b c d e f g"),
        ("\\*a\\* \\[b] &amp; &eacute;&#233; 5 < 6", "*a* [b] & éé 5 < 6"),
        ("soft\nbreak  \nhard\\\nagain", "soft break hard again"),
        (
            '[text](http://x "title") [a *b*][r] [r] ![alt *c*](u) <http://x.org/%20>\n\n[r]: /u',
            "text a b r alt c http://x.org/%20",
        ),
        ("a <b class='x'>b</b> <!-- c --> d<br>e", "a b d e"),
        ("<q>so</q> it", "“so” it"),
        ("unclosed *a [b `c <d", "unclosed *a [b `c <d"),
        ("---\ntitle: x\n---\ntext", "text"),
        ("+++\ntitle = 1\n+++\ntext", "text"),
        ("```\ncode\n```\n\n    code\n\n$$\nx\n$$\n\ntext\n\n<!-- a\n\nb -->", "text"),
        ("costs $5 and $6", "costs $5 and $6"),
        ("`` a`b ``", "a`b"),
        ("[^x] is no note", "[^x] is no note"),
    ],
)
def test_markdown_is_what_its_reader_sees(text: str, seen: str) -> None:
    assert read_paragraph(text) == seen


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("So [@hrw-2020, para. 13].", None),
        ("So [see @hrw-2020, paras. 13-15; @b].", None),
        ("[[@hrw-2020, para. 13]](http://x)", "[@hrw-2020, para. 13]"),
        ("*so* [@hrw-2020, para. 13](http://x) hrw-2020:13", "so @hrw-2020, para. 13 hrw-2020:13"),
        ("so (Human Rights Watch, 2020, para. 13)", None),
        ("{cite:p}`hrw-2020{para. 13}`", "[@hrw-2020, para. 13]"),
        ("so {cite}`a;b{p. 2}`.", "so [@a; @b, p. 2]."),
        ("{cite:p}`{see}hrw-2020{para. 13}`", "[see @hrw-2020, para. 13]"),
    ],
)
def test_citations_in_markdown_survive(text: str, seen: str | None) -> None:
    assert read_paragraph(text) == (seen or text)


def test_blocks_of_markdown_have_their_kinds() -> None:
    text = (
        "# One *two* #\n\nSetext\n---\n\n> quote\nlazy\n>\n> - in it\n\n- item\n  goes on\n\n  > deep\n\n"
        "| a | b\\|c |\n|---|---|\n| 1 | *2* |\n\n<div>html <i>block</i></div>\n\n<blockquote>\n\nmark *down*\n\n"
        "</blockquote>\n\nend"
    )

    draft = parse_draft(text, form="markdown")

    assert [(block.kind, block.text) for block in draft.blocks] == [
        ("heading", "One two"),
        ("heading", "Setext"),
        ("quote", "quote lazy"),
        ("quote", "in it"),
        ("list", "item goes on"),
        ("quote", "deep"),
        ("cell", "a"),
        ("cell", "b|c"),
        ("cell", "1"),
        ("cell", "2"),
        ("paragraph", "html block"),
        ("quote", "mark down"),
        ("paragraph", "end"),
    ]
    assert [block.level for block in draft.blocks[:3]] == [1, 2, 0]
    assert find_words(draft, "two lazy in goes deep |c 2 block down") == [
        (1, 8), (7, 1), (9, 5), (12, 3), (14, 5), (16, 9), (18, 8), (20, 14), (24, 7),
    ]  # fmt: skip


def test_notes_of_markdown_are_blocks_that_know_where_they_hang() -> None:
    text = (
        "Said.[^1] More^[here *too* [@b]] end.\n\n[^1]: See [@a,\n    para. 3].\n\n    Second.\n[^2]: unused\n\nafter"
    )

    said, here, first, second, unused, after = parse_draft(text, form="markdown").blocks

    assert [block.kind for block in (here, first, second, unused)] == ["note"] * 4
    assert said.text == "Said. More end."
    assert said.notes == ((5, 2), (5, 3), (10, 1))
    assert (here.text, first.text, second.text) == ("here too [@b]", "See [@a, para. 3].", "Second.")
    assert (after.kind, after.notes) == ("paragraph", ())


def test_a_note_mark_on_a_line_of_its_own_hangs_at_the_text_before_it() -> None:
    quote, note = parse_draft("> quoted\n\n[^1]\n\n[^1]: where", form="markdown").blocks

    assert (quote.kind, quote.notes, note.text) == ("quote", ((6, 1),), "where")


def test_markdown_nested_too_deep_is_read_as_plain_text() -> None:
    blocks = parse_draft("> " * 50 + "deep\n\nafter", form="markdown").blocks

    assert [block.text for block in blocks] == ["deep", "after"]


# HTML.


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        (
            "<p>a <b>b</b>\n  c&nbsp;d &amp; &eacute; &#8220;e&#x201D; &unknown; &copy</p>",
            "a b c\u00a0d & é “e” &unknown; ©",
        ),
        ("<q>a <q>b</q></q>", "“a ‘b’”"),
        ("a<sup><a href='#n'>1</a></sup> m<sup>2</sup>", "a m2"),
        ("<a href=\"x#:~:text=no>where\" title='>'>a</a>", "a"),
        ("<script>if (a < b) '<p>'</script><style>p</style><title>t</title>a<svg><text>b</text></svg>", "a"),
        ("a <!-- <p> b --> c <!-> d <?x?> e", "a c d e"),
        ("5 < 6 <3 a<é &", "5 < 6 <3 a<é &"),
        ("a<br>b<wbr>c", "a bc"),
        ("<p>a <b unclosed", "a <b unclosed"),
        ("<a b='>it's</a> > c", "> c"),
        ("<a it's>b</a>'", "b'"),
        ("</p></blockquote></q>a", "a"),
    ],
)
def test_html_is_what_its_reader_sees(text: str, seen: str) -> None:
    assert read_paragraph(text, "html") == seen


def test_blocks_of_html_have_their_kinds() -> None:
    text = (
        "<h2>Head</h2>text<blockquote><p>one<p>two</blockquote><ul><li>a<li>b<ul><li>c</ul></ul>"
        "<table><caption>cap</caption><tr><th>d<td>e<tr><td>f</table>g<br><br>h<pre><code>code</code></pre>"
        "<figure><figcaption>i</figcaption></figure>j"
    )

    assert list_texts(text, "html") == [
        ("heading", "Head"),
        ("paragraph", "text"),
        ("quote", "one"),
        ("quote", "two"),
        *(("list", letter) for letter in "abc"),
        ("caption", "cap"),
        *(("cell", letter) for letter in "def"),
        *(("paragraph", letter) for letter in "gh"),
        ("caption", "i"),
        ("paragraph", "j"),
    ]


# LaTeX.


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("``a 'b' `c''' -- d---e~f", "“a 'b' ‘c”' – d—e f"),
        ("\\enquote{a \\enquote*{b} c} \\emph{d \\textbf{e}} {\\bf f}", "“a ‘b’ c” d e f"),
        ("5\\% \\& \\$6 \\_ \\{\\} \\#1", "5% & $6 _ {} #1"),
        ("caf\\'e na\\\"{\\i}ve \\c{c}\\v s \\o re \\ss{} \\ldots", "café naïve çš øre ß …"),
        ("a % comment\n  b%\nc", "a bc"),
        ("a\\label{x} (\\ref{y}) $x^2$ \\(z\\) \\[w\\] b\\\\[2pt]c", "a () b c"),
        ("$12$ and $40\\%$ and $2{,}706$ \\$5 and \\$6", "12 and 40% and 2,706 $5 and $6"),
        ("\\documentclass{a}\\title{no}\n% \\begin{document}\n\\begin{document}yes\\end{document}no", "yes"),
        ("\\begin{verbatim} { $ \\end{verbatim}a \\verb|x_{y| b", "a x_{y b"),
        ("\\textcolor{red}{a} \\href{http://x}{b} \\mine{c}{d} \\mine[e]{f}", "a b cd f"),
        ("\\begin{verbatim} a } { \\emph{b $ c", "a  b $ c".replace("  ", " ")),
        ("a -- - b", "a – - b"),
    ],
)
def test_latex_is_what_its_reader_sees(text: str, seen: str) -> None:
    assert read_paragraph(text, "latex") == seen


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("\\autocite[para.~13]{hrw-2020}", "[@hrw-2020, para. 13]"),
        ("\\parencite[see][paras.~13--15]{hrw-2020}", "[see @hrw-2020, paras. 13–15]"),
        ("\\textcite{a, b} \\footcite[\\P\\,13]{c} \\citep*{d}", "[@a; @b] [@c, ¶ 13] [@d]"),
        ("\\autocites[13]{a}[see][14]{b} x", "[@a, 13; see @b, 14] x"),
        ("\\textcquote[13]{a}{words} b", "“words” [@a, 13] b"),
        ("\\textquote[{\\cite[13]{a}}]{words}", "“words” [@a, 13]"),
        ("\\nocite{a}b \\citeauthor{a}c", "b c"),
        ("\\cite b \\cite[c", "b [c"),
    ],
)
def test_citations_in_latex_become_those_of_markdown(text: str, seen: str) -> None:
    assert read_paragraph(text, "latex") == seen


def test_a_citation_in_latex_stands_at_its_command() -> None:
    [block] = parse_draft("So \\autocite[13]{k}, so.", form="latex").blocks

    offsets = list_offsets(block)
    start = block.text.index("[")
    assert set(offsets[start : block.text.index("]") + 1]) == {3}
    assert offsets[-1] == 23


def test_blocks_of_latex_have_their_kinds() -> None:
    text = (
        "\\section[short]{Head \\emph{a}}\nText\n\\begin{quote}b\n\nc\\end{quote}\n\\begin{itemize}\\item d\\item e\\end{itemize}"
        "\\begin{table}[ht]\\caption{f}\\begin{tabular}{ll}g & h \\\\ i\\end{tabular}\\end{table}"
        "\\begin{displayquote}[{\\cite[3]{k}}]j\\end{displayquote}\\blockcquote[4]{k}{l} m"
    )

    draft = parse_draft(text, form="latex")

    assert [(block.kind, block.text) for block in draft.blocks] == [
        ("heading", "Head a"),
        ("paragraph", "Text"),
        ("quote", "b"),
        ("quote", "c"),
        ("list", "d"),
        ("list", "e"),
        ("caption", "f"),
        *(("cell", letter) for letter in "ghi"),
        ("quote", "j [@k, 3]"),
        ("quote", "l [@k, 4]"),
        ("paragraph", "m"),
    ]
    assert draft.blocks[0].level == 2


def test_notes_of_latex_are_blocks_that_know_where_they_hang() -> None:
    text = "Said.\\footnote{See \\cite[3]{a}.\n\nSecond \\footnote{inner}.} End.\n\n"
    text += "\\begin{quote}q\\end{quote}\\footnote{third}\n\nafter"

    said, first, second, quote, third, after = parse_draft(text, form="latex").blocks

    assert (said.text, said.notes) == ("Said. End.", ((5, 1), (5, 2)))
    assert [block.kind for block in (first, second, third)] == ["note"] * 3
    assert (first.text, second.text, third.text) == ("See [@a, 3].", "Second inner.", "third")
    assert (quote.kind, quote.notes) == ("quote", ((1, 4),))
    assert (after.kind, after.text) == ("paragraph", "after")


# Laws.

MARKUP = (
    "# ¦> ¦- ¦1. ¦\n¦\n\n¦\r\n¦    ¦\t¦  \n¦word¦two words¦éa¦a: b\n¦---\n¦===\n"
    "¦*¦**¦_¦~~¦`¦``¦```\n¦[¦](u)¦]¦![¦[^1]¦\n[^1]: ¦^[¦|¦\n|-|-|\n¦\\|¦&amp;¦&eacute;¦\\*¦\\¦<http://a.b>¦\n[r]: x\n¦[r]"
    "¦{cite:p}`¦a{b}`¦[@k, para. 1]¦<b>¦</b>¦<q>¦</q>¦<br>¦<!--¦-->¦<p>¦<blockquote>¦</blockquote>¦<a b='c'>¦<svg>¦</svg>"
    "¦<sup><a>¦$$¦$¦%¦{¦}¦\\emph{¦\\footnote{¦\\cite[1]{¦\\cite{k}¦\\begin{quote}¦\\end{quote}¦\\begin{tabular}{l}¦&¦\\\\"
    "¦\\item ¦\\'e¦\\enquote{¦``¦''¦--¦~¦\\blockcquote[1]{k}{¦\\verb|x|¦\\section{¦\\mine¦\\autocites¦\\begin{document}"
)
SIGNS = st.one_of(
    st.text(" \n\t\r*_`[]()<>&;:!^#-+=|~\\$%{}\"'/@.?1aé字\u00a0\f\u0085\u2028", max_size=60),
    st.lists(st.sampled_from(MARKUP.split("¦")), max_size=25).map("".join),
)


def assert_positions(text: str, draft: Draft) -> None:
    """Assert what holds for every block: places in the file, ascending, one text line, notes that are there."""
    for number, block in enumerate(draft.blocks):
        offsets = list_offsets(block)
        assert offsets == sorted(offsets)
        assert all(0 <= offset < len(text) for offset in offsets)
        assert 0 < block.find_offset(len(block.text)) <= len(text)
        assert block.text == block.text.strip(" ") != ""
        assert not set(block.text) & set("\n\r\t\f\v")
        assert "  " not in block.text
        for position, note in block.notes:
            assert 0 <= position <= len(block.text)
            assert draft.blocks[note].kind == "note"
            assert note != number
        lines = [locate_offset(draft, offset) for offset in offsets]
        assert lines == sorted(lines)


def is_same_or_decoded(text: str, block: Block, position: int) -> bool:
    """Return whether a letter of the block stands in the file where it says, or markup that is written otherwise."""
    sign, offset = block.text[position], block.find_offset(position)
    if not sign.isalnum() or text[offset] == sign:
        return True
    rest = text[offset : offset + 200]
    if rest.startswith("&"):
        return sign in html.unescape(rest[: rest.find(";") + 1] or rest)
    return rest.startswith(("{cite", "\\", "}")) or (rest.startswith("$") and "{,}" in rest)


@pytest.mark.parametrize("form", FORMS)
def test_every_letter_stands_where_the_block_says(form: Form) -> None:
    @settings(max_examples=300, deadline=None)
    @given(SIGNS)
    @example("- > a\n\tb\n>\tc\n\n1.  | x\\|y | z\n    |--|--|\n    | 1 | 2")
    @example("\f\r1")
    @example(" <li>a\n<b")
    @example("[^1]:[^1]1")
    @example("[^#1]: # a\n\n\t# b ##\n\n[^#1]")
    def hold(text: str) -> None:
        draft = parse_draft(text, form=form)

        assert_positions(text, draft)
        for block in draft.blocks:
            assert all(is_same_or_decoded(text, block, position) for position in range(len(block.text))), block

    hold()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text("abc ,.'-0é字", min_size=1, max_size=20).filter(str.strip), min_size=1, max_size=5))
def test_plain_words_come_through_every_form_unchanged(paragraphs: list[str]) -> None:
    words = [" ".join(paragraph.replace("-", "").replace("'", "").split()) or "x" for paragraph in paragraphs]
    words = [f"w{paragraph}" for paragraph in words]
    source = "\n\n".join(words)

    assert [block.text for block in parse_draft(source, form="text").blocks] == words
    assert [block.text for block in parse_draft(source, form="markdown").blocks] == words
    assert [block.text for block in parse_draft(source, form="latex").blocks] == words
    assert [block.text for block in parse_draft(source.replace("\n\n", "<p>"), form="html").blocks] == words


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        text = decode_draft(content, name="draft")
    except UnreadableError as error:
        text = f"refused: {error.message}"

    assert "\0" not in text
    assert text.startswith("refused: draft:") or content.endswith(text[-1:].encode()) or content[:1] in b"\xfe\xff"


@given(st.characters(categories=["Ll", "Lu"], max_codepoint=0x17F))
def test_accents_of_latex_compose(letter: str) -> None:
    apart = unicodedata.normalize("NFD", letter)
    accents = dict(zip("\u0300\u0301\u0302\u0308\u0303", "`'^\"~", strict=True))
    if len(apart) != 2 or apart[1] not in accents:
        return

    assert read_paragraph(f"x\\{accents[apart[1]]}{{{apart[0]}}}", "latex") == f"x{letter}"


# Hostile texts: each would take minutes, or end in a RecursionError, for a reader of quadratic cost or by recursion.

HOSTILE = (
    ["<!--", "<a ", "<a>", "<a b='", "<svg>", "<blockquote><li>", "<sup><a>", "&", "<q>"],
    ["\\footnote{", "\\begin{quote}", "\\begin{verbatim}", "{", "\\cite[{", "\\(", "$", "\\verb|", "\\emph{"],
    ["> ", "- ", "[", "![", "*a", "_", "a`", "[^1]: ", "|a"],
)


@pytest.mark.parametrize(("form", "pieces"), [("html", HOSTILE[0]), ("latex", HOSTILE[1]), ("markdown", HOSTILE[2])])
def test_hostile_texts_are_read(form: Form, pieces: list[str]) -> None:
    for piece in pieces:
        count = 50_000 if form != "markdown" else 20_000
        text = f"first\n\n{piece * count}\n\nlast"

        draft = parse_draft(text, form=form)

        assert draft.blocks[0].text.startswith("first")
        assert len(draft.blocks) <= count + 2
        assert draft.blocks[-1].find_offset(len(draft.blocks[-1].text)) <= len(text)


@pytest.mark.parametrize("form", FORMS)
def test_a_line_of_two_megabytes_is_one_block(form: Form) -> None:
    text = "so it is, more or less; " * 85_000

    [block] = parse_draft(text, form=form).blocks

    assert block.text == text.strip()
    assert (len(block.starts), block.find_offset(2_000_000)) == (1, 2_000_000)


def test_positions_take_few_bytes_whatever_is_decoded() -> None:
    text = "&lt;*a*" * 10_000

    [block] = parse_draft(text, form="markdown").blocks

    assert block.text == "<a" * 10_000
    assert (block.starts.itemsize * len(block.starts) + block.places.itemsize * len(block.places)) <= 8 * len(
        block.text
    )


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "draft.txt"
    path.write_bytes(b"one")
    stop = threading.Event()

    def rewrite() -> None:
        for count in itertools.count():
            if stop.is_set():
                return
            path.write_bytes(b"two" * (count % 1_000 + 100_000))

    writer = threading.Thread(target=rewrite)
    writer.start()
    seen = set()
    try:
        for _ in range(20_000):
            try:
                read_draft(str(path))
            except UnreadableError as error:
                seen.add(error.message)
                break
    finally:
        stop.set()
        writer.join()

    assert seen == {f"{path}: changed while it was read"}


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            "word¦two words¦éa¦\n¦\n\n¦> ¦- ¦1. ¦# ¦  ¦*¦**¦_¦~~¦`¦``¦[¦](u)¦](u 't')¦]¦\\*¦\\¦&amp;¦&eacute;¦<http://a.b>¦  \n"
            "¦<b>¦</b>¦[@k, para. 1]¦.¦!¦|¦\n|-|-|\n¦---\n¦1".split("¦")
        ),
        max_size=30,
    ).map("".join)
)
def test_markdown_reads_as_its_rendering_in_html_does(text: str) -> None:
    from markdown_it import MarkdownIt

    rendered = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text)

    # The one makes a code block's text no block, the other none of an empty paragraph's.
    if "<pre>" not in rendered:
        assert [block.text for block in parse_draft(text, form="markdown").blocks] == [
            block.text for block in parse_draft(rendered, form="html").blocks
        ]


@pytest.mark.parametrize("mark", ['<a href="#fn1" id="r"><sup>1</sup></a>', "<sup class=x><a href=#fn1>1</a></sup>"])
@pytest.mark.parametrize(
    "note",
    [
        '<ol><li id="fn1">see <p>harbour:6</p></li></ol>',
        "<ol><li id=fn1>see harbour:6</ol>",
        '<div id="fn1">see harbour:6</div>',
    ],
)
def test_a_note_of_a_page_hangs_where_its_mark_stands(mark: str, note: str) -> None:
    blocks = parse_draft(f"<p>One “two three”{mark} four.</p>{note}<p>After.</p>", form="html").blocks

    notes = [number for number, block in enumerate(blocks) if block.kind == "note"]
    assert blocks[0].text == "One “two three” four."
    assert blocks[0].notes == tuple((15, number) for number in notes)
    assert " ".join(blocks[number].text for number in notes) == "see harbour:6"
    assert (blocks[-1].kind, blocks[-1].text) == ("paragraph", "After.")


def test_a_raised_link_to_nothing_is_no_note() -> None:
    (block,) = parse_draft("<p>One<sup><a href='#n'>1</a></sup> two.</p>", form="html").blocks

    assert (block.text, block.notes) == ("One two.", ())
