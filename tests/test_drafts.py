"""Drafts as blocks: which form a file has, where each character stands in it, and what holds of any text."""

from __future__ import annotations

import html
import itertools
import threading
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conftest import try_more
from drafting import FORMS, find_words, list_offsets, read_paragraph
from rightscli.drafts import Draft, Form, decode_draft, guess_form, locate_offset, parse_draft, read_content
from rightscli.drafts.blocks import Block
from rightscli.errors import UnreadableError
from rightscli.files import read_bytes

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


def test_a_file_is_read_in_the_form_of_its_suffix() -> None:
    draft = read_content(b"\xef\xbb\xbf# A *head*\r\n", name="draft.md").draft

    assert (draft.form, draft.blocks[0].kind, draft.blocks[0].text) == ("markdown", "heading", "A head")


def test_the_form_that_is_asked_for_beats_the_suffix() -> None:
    draft = read_content(b"*as it is*", name="draft.md", form="text").draft

    assert draft.blocks[0].text == "*as it is*"


def test_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "draft.md"
    with path.open("wb") as file:
        file.truncate(100_000_000)

    with pytest.raises(UnreadableError, match=r"more than 20,000,000 bytes, the limit for a draft"):
        read_bytes(str(path), limit=20_000_000, what="a draft")


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
    @try_more(2)
    @given(SIGNS)
    @example("- > a\n\tb\n>\tc\n\n1.  | x\\|y | z\n    |--|--|\n    | 1 | 2")
    @example("\f\r1")
    @example("^\u2028\r\f")
    @example(" <li>a\n<b")
    @example("[^1]:[^1]1")
    @example("[^#1]: # a\n\n\t# b ##\n\n[^#1]")
    def hold(text: str) -> None:
        draft = parse_draft(text, form=form)

        assert_positions(text, draft)
        for block in draft.blocks:
            assert all(is_same_or_decoded(text, block, position) for position in range(len(block.text))), block

    hold()


@pytest.mark.parametrize("form", FORMS)
def test_any_text_is_read_in_every_form_and_none_raises(form: Form) -> None:
    @try_more(2)
    @given(
        st.one_of(st.text(max_size=60), st.text("\0\ud800\ufeff\x1c\u200b\n\r\f #>-*`[^]:|<a1…", max_size=40), SIGNS)
    )
    @example("\0\n…")
    @example(":\0\r1")
    @example("a\0b\nc\0|\n-|-\n\0|d")
    def hold(text: str) -> None:
        draft = parse_draft(text, form=form)

        for block in draft.blocks:
            line, column = locate_offset(draft, block.find_offset(len(block.text)) - 1)
            assert 0 < line <= len(draft.line_starts)
            assert column > 0

    hold()


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
        count = 20_000
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
                read_bytes(str(path), limit=20_000_000, what="a draft")
            except UnreadableError as error:
                seen.add(error.message)
                break
    finally:
        stop.set()
        writer.join()

    assert seen == {f"{path}: changed while it was read"}


@try_more(2)
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
