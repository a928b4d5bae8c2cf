"""Plain text, Markdown, HTML and LaTeX as blocks: what a reader of each sees, and where the notes hang."""

from __future__ import annotations

import pytest

from drafting import find_words, list_offsets, list_texts, read_paragraph
from rightscli.drafts import parse_draft

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


@pytest.mark.parametrize("mark", ['<a href="#fn1" id="r"><sup>1</sup></a>', "<sup class=x><a href=#fn1>1</a></sup>"])
@pytest.mark.parametrize(
    "note",
    [
        '<ol><li id="fn1">see <p>harbour:6</p></li></ol>',
        "<ol><li id=fn1>see harbour:6</ol>",
        '<div id="fn1">see harbour:6</div>',
        '<ol><li id="fn1"><p>see harbour:6<a href="#r" class="footnote-back" role="doc-backlink">↩︎</a></p></li></ol>',
        '<ol><li id="fn1">see harbour:6 <a href="#r">&#8617;&#xFE0E;</a></ol>',
        '<ol><li id="fn1"><span><b><a href="#r">^</a></b></span> <a href="#r2"><sup><i>b</i></sup></a> see harbour:6</li></ol>',
        '<div><p><a href="#r" id="fn1">[1]</a><span> see harbour:6</span></p></div>',
        '<div id="x1"><p><a class="sym" name="fn1" href="#r">1</a>see harbour:6</p></div>',
    ],
)
def test_a_note_of_a_page_hangs_where_its_mark_stands(mark: str, note: str) -> None:
    blocks = parse_draft(f"<p>One “two three”{mark} four.</p>{note}<p>After.</p>", form="html").blocks

    notes = [number for number, block in enumerate(blocks) if block.kind == "note"]
    assert blocks[0].text == "One “two three” four."
    assert blocks[0].notes == tuple((15, number) for number in notes)
    assert " ".join(blocks[number].text for number in notes) == "see harbour:6"
    assert (blocks[-1].kind, blocks[-1].text) == ("paragraph", "After.")


def test_a_mark_that_is_not_raised_is_one_where_its_note_leads_back_to_it() -> None:
    mark, number = '<a id="a1" href="#f1">1</a>', '<a id="f1" href="#a1" class="number">1</a>'
    note = f'<div class="n">{number}<div><p>see harbour:6</p></div></div>'
    page = f'<p>One{mark} two.</p>{note}<p>After <a id=x href="#y">1</a>.</p>'

    blocks = parse_draft(page, form="html").blocks

    assert [(block.kind, block.text, block.notes) for block in blocks] == [
        ("paragraph", "One two.", ((3, 1),)),
        ("note", "see harbour:6", ()),
        ("paragraph", "After 1.", ()),
    ]


def test_notes_are_read_as_word_saves_them_for_the_web() -> None:
    shown = "<span class=Mso><![if !supportFootnotes]><span class=Mso><span lang=EN>[1]</span></span><![endif]></span>"
    mark = f'<a style=\'mso-footnote-id:ftn1\' href="#_ftn1" name="_ftnref1" title="">{shown}</a>'
    number = f'<a style=\'mso-footnote-id:ftn1\' href="#_ftnref1" name="_ftn1" title="">{shown}</a>'
    page = f"<p>One{mark} two.</p><div id=ftn1><p class=Mso>{number} see harbour:6</p></div><p>After.</p>"

    blocks = parse_draft(page, form="html").blocks

    assert [(block.kind, block.text) for block in blocks] == [
        ("paragraph", "One two."),
        ("note", "see harbour:6"),
        ("paragraph", "After."),
    ]
    assert blocks[0].notes == ((3, 1),)


def test_a_raised_link_to_nothing_is_no_note() -> None:
    (block,) = parse_draft("<p>One<sup><a href='#n'>1</a></sup> two.</p>", form="html").blocks

    assert (block.text, block.notes) == ("One two.", ())


def test_a_link_in_a_note_that_says_something_is_read() -> None:
    page = "<p>One<sup><a href='#n'>1</a></sup></p><p id=n>see <a href='#r'>harbour:6</a></p><p>Two <a href='#a'>1</a>.</p>"

    blocks = parse_draft(page, form="html").blocks

    assert [block.text for block in blocks] == ["One", "see harbour:6", "Two 1."]


def test_an_anchor_outside_of_paragraphs_begins_no_note() -> None:
    page = "<body><p>One<sup><a href='#n'>1</a></sup></p><a id=n href='#r'>1</a> two <p>three</p>"

    blocks = parse_draft(page, form="html").blocks

    assert [block.kind for block in blocks] == ["paragraph"] * 3


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
        ("\\volcite{2}[para.~9]{a} \\pvolcite[see]{2}{b}", "[@a, para. 9] [see @b]"),
        ("\\avolcites{1}[para.~9]{a}{2}[para.~8]{b}", "[@a, para. 9; @b, para. 8]"),
        (
            "\\smartcite[\\pno~9]{a} \\autocite[\\ppno~9--10]{a} \\cite[para.~9\\psq]{a}",
            "[@a, para. 9] [@a, paras. 9–10] [@a, para. 9f.]",
        ),
        ("\\nocite{a}b \\citeauthor{a}c", "b c"),
        ("\\cite b \\cite[c", "b [c"),
    ],
)
def test_citations_in_latex_become_those_of_markdown(text: str, seen: str) -> None:
    assert read_paragraph(text, "latex") == seen


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"\enquote{so it \textelp{} is}", "“so it […] is”"),
        (r"\enquote{so \textelp{as ever} it \textins*{now} is}", "“so […][as ever] it [now] is”"),
        (r"\foreignquote{french}{\`a la mer} \cite[para.~2]{a-1}", "“à la mer” [@a-1, para. 2]"),
        (r"\hyphentextquote{german}[{\cite[para.~2]{a-1}}]{Das Meer}", "“Das Meer” [@a-1, para. 2]"),
        (r"\foreignquote{french", "french"),
        (r"\foreigntextcquote{english}[para.~9]{a-1}{the sea} b", "“the sea” [@a-1, para. 9] b"),
        (r"\hyphentextcquote{english}[see][para.~9]{a-1}[.]{the sea}", "“the sea” [see @a-1, para. 9]"),
        (r"\hybridblockcquote{german}[para.~9]{a-1}{the sea}", "the sea [@a-1, para. 9]"),
        (r"\foreignblockcquote{german}[para.~9]{a-1}{the sea}", "the sea [@a-1, para. 9]"),
        (r"\hybridblockquote{german}[{\cite[para.~9]{a-1}}]{the sea}", "the sea [@a-1, para. 9]"),
        (
            r"\begin{foreigndisplaycquote}{german}[para.~9]{a-1}the sea\end{foreigndisplaycquote}",
            "the sea [@a-1, para. 9]",
        ),
        (r"\begin{hyphendisplayquote}{german}[{\cite{a-1}}]the sea\end{hyphendisplayquote}", "the sea [@a-1]"),
    ],
)
def test_quotations_of_csquotes_are_read_with_what_is_left_out_and_put_in(text: str, shown: str) -> None:
    assert [block for _, block in list_texts(text, "latex")] == [shown]


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


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("> [!quote] By *Ada*\n> So it is,\n> she said.", [("caption", "By Ada"), ("quote", "So it is, she said.")]),
        ("> [!cite|left]- By Ada\n>\n> So it is.", [("caption", "By Ada"), ("quote", "So it is.")]),
        ("> [!QUOTE]\n> So it is.\n>\n> - And so.", [("quote", "So it is."), ("quote", "And so.")]),
        ("> [!NOTE]+ Of mine\n> So.\n> - And so.", [("caption", "Of mine"), ("paragraph", "So."), ("list", "And so.")]),
        ("> [!tip]\n> Mine.\n>\n> > His.", [("paragraph", "Mine."), ("quote", "His.")]),
        ("> > [!cite] By Ada\n> > His.", [("caption", "By Ada"), ("quote", "His.")]),
        ("> So [!quote] is\n>\n> [!quote] it", [("quote", "So [!quote] is"), ("quote", "[!quote] it")]),
        ("- a\n\n  > [!tip] b\n  > c", [("list", "a"), ("caption", "b"), ("list", "c")]),
    ],
)  # fmt: skip
def test_a_callout_s_head_is_a_caption_and_its_body_a_quotation_only_where_it_says_so(
    text: str, blocks: list[tuple[str, str]]
) -> None:
    assert list_texts(text, "markdown") == blocks


def test_the_words_of_a_callout_stand_where_they_are_in_the_file() -> None:
    text = "> [!quote] By Ada\n> So it is,\r\n> she said."

    blocks = parse_draft(text, form="markdown").blocks

    assert [[text[offset] for offset in list_offsets(block)] for block in blocks] == [
        list("By Ada"),
        list("So it is,\r") + list("she said."),
    ]
