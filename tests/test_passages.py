"""A document → its numbered passages: written in every numbering and form, they are read back."""

from __future__ import annotations

import textwrap
from html import escape
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rightscli.base.model import FactBase, Paragraph
from rightscli.base.numbered import PREAMBLE
from rightscli.base.passages import read_passages
from rightscli.copies.reading import CopyText, compare_copy
from rightscli.drafts import Form
from rightscli.errors import RightsError
from rightscli.text.folding import hash_text

LAW = "The committee notes with concern that the state party has not yet adopted a law on it."


class Style(NamedTuple):
    """How a number is printed, and what it is one of; *alone*: on a line of its own."""

    pattern: str
    unit: str
    alone: bool = False


STYLES = (
    Style("{}.", "paragraph"),
    Style("[{}]", "paragraph"),
    Style("({})", "paragraph"),
    Style("{})", "paragraph"),
    Style("¶ {}", "paragraph"),
    Style("Article {}.", "article"),
    Style("§ {}", "section"),
    Style("{}.", "paragraph", alone=True),
    Style("[{}]", "paragraph", alone=True),
    Style("Article {}", "article", alone=True),
    Style("Art. {}", "article", alone=True),
    Style("ARTICLE {}", "article", alone=True),
    Style("Rule {}", "rule", alone=True),
    Style("제{}조", "article", alone=True),
    Style("المادة {}", "article", alone=True),
)
_WORDS = "prison guard law right river court child worker border village witness letter teacher".split()
sentences = st.lists(st.sampled_from(_WORDS), min_size=6, max_size=40).map(lambda words: f"The {' '.join(words)}.")
endings = st.sampled_from(("", "", " It ended in 2019.", " “So it was,” she said.", " See Article 9 of the Covenant."))
texts = st.tuples(sentences, endings).map("".join)
steps = st.lists(st.sampled_from((1, 1, 1, 1, 2, 5, 12)), min_size=2, max_size=15)


@st.composite
def numbers(draw: st.DrawFn) -> list[str]:
    """Numbers as documents print them: from any on, with gaps, with letters."""
    number, found = draw(st.integers(1, 40)), []
    for step in draw(steps):
        found.append(str(number))
        if draw(st.integers(0, 9)) == 0:
            found.append(f"{number}a")
        number += step
    return found


class Written(NamedTuple):
    """A passage to be written: its number, its first paragraph, and the blocks that go on with it, each with its kind."""

    number: str
    text: str
    more: tuple[tuple[str, str], ...]

    @property
    def whole(self) -> str:
        """Its text, as it is to be read back."""
        return " ".join((self.text, *(text for _, text in self.more)))


mores = st.sampled_from(
    (
        (),
        (),
        (),
        (("quote", "“No one is free.”"),),
        (("paragraph", "They said so again and again."),),
        (("item", "(a) the right to life;"), ("item", "(b) the right to food.")),
        (("paragraph", "It named two:"), ("item", "1) the first of them;"), ("item", "2) the second of them.")),
        (("quote", "“1. Everyone is free.”"), ("paragraph", "That was the law in 1999.")),
    )
)


@st.composite
def passages(draw: st.DrawFn) -> list[Written]:
    return [Written(number, draw(texts), draw(mores)) for number in draw(numbers())]


def write_block(form: str, kind: str, text: str, width: int) -> str:
    """Return a block of a document; in plain text wrapped at *width*, if that is not 0."""
    if form == "html":
        tag = {"quote": "blockquote", "heading": "h2"}.get(kind, "p")
        return f"<{tag}>{escape(text)}</{tag}>"
    if form == "markdown":
        return {"quote": "> ", "heading": "## "}.get(kind, "") + text
    indent = "    " if kind == "quote" else ""
    return textwrap.fill(text, width or 10**6, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def write_document(form: str, style: Style, found: list[Written], headings: set[int], width: int) -> str:
    """Return a document of the passages *found*, with headings before those that are numbered in *headings*."""
    blocks = []
    for place, passage in enumerate(found):
        printed = style.pattern.format(passage.number)
        if place in headings:
            blocks.append(("heading", "The Next Matter"))
        if style.alone:
            blocks += [("heading" if style.unit != "paragraph" else "paragraph", printed), ("paragraph", passage.text)]
        else:
            blocks.append(("paragraph", f"{printed} {passage.text}"))
        blocks += passage.more
    return "\n\n".join(write_block(form, kind, text, width) for kind, text in blocks)


@given(
    form=st.sampled_from(("text", "markdown", "html")),
    style=st.sampled_from(STYLES),
    found=passages(),
    headings=st.sets(st.integers(0, 20), max_size=3),
    width=st.sampled_from((0, 60, 72, 80)),
)
def test_passages_of_any_numbering_and_form_are_read_back(
    form: Form, style: Style, found: list[Written], headings: set[int], width: int
) -> None:
    document = write_document(form, style, found, headings, width)

    reading = read_passages(document, form=form)

    assert [(one.number, one.text) for one in reading.passages] == [(one.number, one.whole) for one in found]
    assert [one.sha256 for one in reading.passages] == [hash_text(one.whole) for one in found]
    assert reading.unit == style.unit


ARTICLES = (
    ("Article {}", "article"),
    ("Artículo {}", "article"),
    ("§ {}", "section"),
    ("Rule {}", "rule"),
    ("제{}조", "article"),
    ("المادة {}", "article"),
)


class Article(NamedTuple):
    """An article to be written: its title and its paragraphs, which are numbered in it if there are several."""

    title: str
    parts: tuple[str, ...]


articles = st.builds(
    Article,
    st.sampled_from(("", "", "Right to Life", "Entry into Force")),
    st.lists(texts, min_size=1, max_size=4).map(tuple),
)


@given(
    form=st.sampled_from(("text", "markdown", "html")),
    word=st.sampled_from(ARTICLES),
    part=st.sampled_from(("{}. ", "({}) ", "{}) ")),
    first=st.integers(1, 30),
    found=st.lists(articles, min_size=2, max_size=8),
    chapters=st.sets(st.integers(0, 7), max_size=3),
)
def test_articles_and_their_numbered_paragraphs_are_read_back(
    form: Form, word: tuple[str, str], part: str, first: int, found: list[Article], chapters: set[int]
) -> None:
    blocks, expected = [("paragraph", "The States Parties have agreed as follows:")], []
    chapter = ""
    for place, article in enumerate(found):
        number = str(first + place)
        if place in chapters:
            chapter = f"PART {'I' * (place + 1)}"
            blocks.append(("heading", chapter))
        blocks.append(("heading", word[0].format(number)))
        blocks += [("heading", article.title)] if article.title else []
        section = article.title or chapter
        if len(article.parts) == 1:
            blocks.append(("paragraph", article.parts[0]))
            expected.append((number, section, article.parts[0]))
        else:
            blocks += [("paragraph", part.format(count) + text) for count, text in enumerate(article.parts, 1)]
            expected += [(f"{number}({count})", section, text) for count, text in enumerate(article.parts, 1)]

    reading = read_passages("\n\n".join(write_block(form, kind, text, 0) for kind, text in blocks), form=form)

    assert [(one.number, one.section, one.text) for one in reading.passages] == expected
    assert (reading.unit, [one.why for one in reading.left_out]) == (word[1], ["before the first number"])


@given(
    form=st.sampled_from(("text", "markdown", "html")),
    style=st.sampled_from(STYLES),
    found=passages(),
    width=st.sampled_from((0, 72)),
)
def test_the_same_document_proves_what_was_read_of_it(
    form: Form, style: Style, found: list[Written], width: int
) -> None:
    # Of passages that begin and end alike, a copy can be proven by another one's place.
    assume(len({one.text for one in found}) == len(found))
    document = write_document(form, style, found, {1}, width)
    reading = read_passages(document, form=form)
    kept = [Paragraph(one.number, one.section, one.begins, one.ends, one.words, one.sha256) for one in reading.passages]

    examined = compare_copy(kept, CopyText("copy", document, form))

    assert [one.state for one in examined] == ["same"] * len(kept)


@given(form=st.sampled_from(("text", "markdown", "html")), found=st.lists(texts, min_size=1, max_size=12))
def test_paragraphs_without_numbers_are_counted(form: Form, found: list[str]) -> None:
    parts = [f"<p>{escape(text)}</p>" for text in found] if form == "html" else found

    reading = read_passages("\n\n".join(parts), form=form)

    assert [(one.number, one.text) for one in reading.passages] == [
        (str(number), text) for number, text in enumerate(found, 1)
    ]
    assert not reading.numbered


@given(
    text=st.text(alphabet="1234.)(] [¶§Aa\n\fArticle제조-_*>#<p/>", max_size=300),
    form=st.sampled_from(("text", "markdown", "html")),
)
def test_whatever_is_read_no_number_comes_twice_and_nothing_is_raised(text: str, form: Form) -> None:
    reading = read_passages(text, form=form)

    found = [one.number for one in reading.passages]
    assert len(found) == len(set(found))
    assert all(one.text and one.number for one in reading.passages)


@pytest.mark.parametrize("blank", [" ", "\u00a0\u00a0", "&nbsp; ", "\t"])
def test_blanks_behind_a_number_are_no_text(blank: str) -> None:
    page = "".join(f"<p>{number}.{blank}{LAW}</p>" for number in (7, 8, 9))

    assert [one.text for one in read_passages(page, form="html").passages] == [LAW] * 3


def test_the_source_chapter_has_the_paragraphs_that_the_base_keeps(source_copy: Path, bundled: FactBase) -> None:
    reading = read_passages(source_copy.read_text("utf-8"), form="text")

    kept = [(one.sha256, one.words, one.begins, one.ends) for one in bundled.sources["hrw-2020"].paragraphs]
    assert [(one.sha256, one.words, one.begins, one.ends) for one in reading.passages] == kept
    assert (reading.unit, reading.numbered) == ("paragraph", False)


def test_a_judgment_keeps_its_numbers_and_its_quotations() -> None:
    judgment = f"""Case of A. v. Ruritania

The European Court, having deliberated in private on 3 May 2011,

Delivers the following judgment:

PROCEDURE

7. {LAW}

8. The Constitution reads:

    Article 5

    1. Everyone has the right to liberty.
    2. No one shall be deprived of it.

9. The complaints were:

(a) that he was beaten;

(b) that he had no lawyer.

The Government disagreed with both.

THE FACTS

I. THE CIRCUMSTANCES OF THE CASE

10. The applicant was born in 1970 and was held from
1999. He was freed in 2001.

23. {LAW}

FOR THESE REASONS, THE COURT UNANIMOUSLY

1. Declares the application admissible;

2. Holds that there has been a violation.
"""

    reading = read_passages(judgment, form="text")

    assert [(one.number, one.section) for one in reading.passages] == [
        ("7", "PROCEDURE"),
        ("8", "PROCEDURE"),
        ("9", "PROCEDURE"),
        ("10", "I. THE CIRCUMSTANCES OF THE CASE"),
        ("23", "I. THE CIRCUMSTANCES OF THE CASE"),
    ]
    assert reading.passages[1].text == (
        "The Constitution reads: Article 5 1. Everyone has the right to liberty. 2. No one shall be deprived of it."
    )
    assert reading.passages[2].text.endswith("(b) that he had no lawyer. The Government disagreed with both.")
    assert reading.passages[3].text.endswith("and was held from 1999. He was freed in 2001.")
    assert {one.why for one in reading.left_out} == {"before the first number", "text without a number"}


def test_a_web_page_is_read_without_what_stands_around_its_text() -> None:
    page = """<header><a href="/">Home</a><nav><ul><li><a href="/a">All news</a></li></ul></nav></header>
<main><h1>Ruritania: Events</h1><p class="byline">By Jane Roe</p>
<figure><img src=x><figcaption>A guard tower, photographed by night.</figcaption></figure>
<p>The government banned all dissent.</p><blockquote><p>We were afraid.</p></blockquote>
<p>These were held:</p><ul><li>journalists;</li><li>lawyers.</li></ul>
<h2>Prisons</h2><p>Prisons are full<sup><a href="#n1">1</a></sup> and dirty.</p>
<table><tr><td>Year</td><td>2019</td></tr></table><p><a href="/more">Read more about it.</a></p>
<div id="n1"><p>See page 4 of the book.</p></div></main><footer><p>Copyright Ruritania Watch.</p></footer>"""

    reading = read_passages(page, form="html")

    assert [(one.number, one.section, one.text) for one in reading.passages] == [
        ("1", "", "The government banned all dissent. We were afraid."),
        ("2", "", "These were held: journalists; lawyers."),
        ("3", "Prisons", "Prisons are full and dirty."),
    ]
    assert reading.title == "Ruritania: Events"
    whys = {one.why for one in reading.left_out}
    assert whys == {"navigation", "captions", "tables", "notes", "page footer", "lines without a stop"}


def test_articles_have_titles_chapters_and_numbered_paragraphs() -> None:
    treaty = """CONVENTION ON X

PREAMBLE

The States Parties, considering the Charter,

Have agreed as follows:

PART I

Article 1

For the purposes of this Convention:

(1) "child" means a person below eighteen;

(2) "State" means a party.

Article 2
Right to life

1. Everyone has the right to life.

2. No one shall be deprived of it, except:

(a) in war;
(b) in defence.

PART II

Article 3 – Prohibition of torture

No one shall be tortured. See Article 9 of the Covenant.

Article 23a

It is so.
"""

    reading = read_passages(treaty, form="text", preamble=True)

    assert [(one.number, one.section) for one in reading.passages] == [
        (PREAMBLE, ""),
        ("1", "PART I"),
        ("2(1)", "Right to life"),
        ("2(2)", "Right to life"),
        ("3", "Prohibition of torture"),
        ("23a", "PART II"),
    ]
    assert reading.passages[0].text == "The States Parties, considering the Charter, Have agreed as follows:"


DOCUMENTS = """
paragraph | 7 8 9 | <ol start=7><li>LAW</li><li>LAW<ol><li>in it</li></ol></li></ol><ol start=9><li>LAW</li></ol>
paragraph | 7 8 9 | <table><tr><td>7.<td>LAW<tr><td>8.<td>LAW<tr><td>9.<td>LAW</table>
article | 1 2(1) 2(2) | <article><h2>Article premier</h2>LAW</article><article><h2>Article 2</h2><ol><li>LAW<li>LAW</ol></article>
section | 1(1) 1(2) 2a | § 1↵↵(1) LAW↵↵(2) LAW↵↵§ 2a↵↵LAW↵
article | 1 2(1) 2(2) 3(1) 3(2) | Article 1. LAW↵↵Article 2. 1. LAW↵2. LAW↵↵Article 3 (1) LAW↵(2) LAW↵
article | 1 2(1) 2(2) 3의2 | 제1조(목적) 이 법은 권리를 정한다.↵↵제2조(정의) ① 권리는 이러하다.↵② 그 밖도.↵↵제3조의2 삭제↵
article | 1 2 | المادة (١)↵↵لكل شخص الحق.↵↵المادة (٢)↵↵لكل شخص الحق.↵
paragraph | 1.1 1.2 2.1 | 1. Introduction↵↵1.1 LAW↵↵1.2 LAW↵↵2. Method↵↵2.1 LAW About↵3.5 million.↵
paragraph | 1 2 | Contents↵↵1 Introduction 3↵2 Method 5↵↵Introduction↵↵1. LAW↵↵Method↵↵2. LAW↵
paragraph | 1 2 3 | 1. LAW↵↵1 See A.↵↵12↵↵2. LAW↵↵2 See B.↵↵13↵↵3. LAW↵
paragraph | 1 2 3 | 1↵↵LAW↵↵2↵↵LAW↵↵3↵↵LAW↵
paragraph | 1 2 3 | 1999. LAW↵↵2003. LAW↵↵2010. LAW↵
article | 1(1) 1(2) 2(1) 2(2) | 第一条↵↵１　人は権利を有する。↵↵２　何人も奪われない。↵↵第二条↵↵１　同じ。↵↵２　同じ。↵
section | 1 2.1 2.2 | <h2>1 Intro</h2><p>LAW</p><h2>2 Method</h2><h3>2.1 A</h3><p>LAW</p><h3>2.2 B</h3><p>LAW</p>
article | I IX X | ARTICLE I↵↵LAW↵↵ARTICLE IX↵↵LAW↵↵ARTICLE X↵↵LAW↵
paragraph | 7 8 9 10 | 7. LAW↵↵8. The Court held:↵↵34. LAW↵↵35. LAW↵↵9. LAW↵↵10. He said:↵↵40. LAW↵↵41. LAW↵
paragraph | 7 8 | LAW↵↵LAW↵↵LAW↵↵LAW↵↵LAW↵↵LAW↵↵7. LAW↵↵LAW↵↵LAW↵↵LAW↵↵8. LAW↵
paragraph | 1 13 | 1. LAW↵↵It named two:↵↵1) the first;↵↵2) the second.↵↵13. LAW↵
paragraph | 1 2 3 4 | LAW↵↵We ask:↵↵1. Stop it.↵2. Start that.↵↵LAW↵↵LAW↵
"""
"""Of what, the numbers, and a document, whose lines end at ↵."""


@pytest.mark.parametrize("row", DOCUMENTS.strip().splitlines())
def test_numbers_are_read_as_they_are_printed(row: str) -> None:
    unit, expected, document = row.split(" | ")
    document = document.replace("↵", "\n").replace("LAW", LAW)
    reading = read_passages(document, form="html" if document.startswith("<") else "text")

    assert [one.number for one in reading.passages] == expected.split()
    assert reading.unit == unit


def test_a_page_that_cuts_a_sentence_is_no_end_of_it() -> None:
    document = f"1. {LAW}\n\n12\n\f2. {LAW} And it goes\n\n13\n\fon over the page.\n\n3. {LAW}\n\n14\n"

    reading = read_passages(document, form="text")

    assert [(one.number, one.page) for one in reading.passages] == [("1", "12"), ("2", "13"), ("3", "14")]
    assert reading.passages[1].text == f"{LAW} And it goes on over the page."


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ("a gender-↵based rule", "a gender-based rule"),
        ("a wait of four-and-a-↵half weeks", "a wait of four-and-a-half weeks"),
        ("four-↵and-a-half weeks", "four-and-a-half weeks"),
        ("rights-re-↵lated talks", "rights-related talks"),
        ("it as-↵signs work", "it assigns work"),
        ("an un-↵married man", "an unmarried man"),
        ("the well-doc-↵umented case", "the well-documented case"),
        ("the Kwan-↵liso camps", "the Kwanliso camps"),
        ("At-Risk and at-↵risk", "At-Risk and at-risk"),
        ("one—two and three—↵four", "one—two and three—four"),
        ("one—two and three↵—four", "one—two and three—four"),
        ("one – two and three –↵four", "one – two and three – four"),
        ("una —dos— y tres↵—cuatro— fin", "una —dos— y tres —cuatro— fin"),
        ("trailing blanks  ↵go", "trailing blanks go"),
    ],
)
def test_what_a_line_cuts_is_joined_as_the_document_writes_it(lines: str, joined: str) -> None:
    document = f"It says that {lines} and no more of it.\n\nAnother paragraph ends here.\n".replace("↵", "\n")

    assert read_passages(document, form="text").passages[0].text == f"It says that {joined} and no more of it."


@pytest.mark.parametrize(
    "printed", ["12", "- 12 -", "Page 12", "page 12 of 40", "12/40", "12 / 40", "A Port Report 12/40"]
)
def test_a_page_is_the_number_that_is_printed_on_it_however_it_is_printed(printed: str) -> None:
    feet = [printed.replace("12", str(page)) for page in (12, 13, 14)]
    document = "\f".join(f"{number}. {LAW}\n\n{foot}\n" for number, foot in enumerate(feet, 1))

    reading = read_passages(document, form="text")

    assert [one.page for one in reading.passages] == ["12", "13", "14"]


def test_a_heading_with_a_letter_is_no_point_of_the_paragraph_above_it() -> None:
    document = (
        "I. THE CIRCUMSTANCES\n\n1. The case began in 2018.\n\n1. The parties' submissions\n\n(a) The Government\n\n"
        "2. He was free to leave, namely:\n\n(a) on foot; or\n\n(b) Boats\n\n(ii) The applicant\n\n"
        "3. There are three duties.\n\n(i) Care\n\n(ii) Food\n\n(iii) Pay\n\n4. They end here.\n\n(b) Costs\n\n"
        "5. None were claimed.\n\nFOR THESE REASONS\n\n(i) Ends the case\n\n(ii) Keeps the rest\n"
    )

    reading = read_passages(document, form="text")

    assert [(one.number, one.section, one.text) for one in reading.passages] == [
        ("1", "I. THE CIRCUMSTANCES", "The case began in 2018."),
        ("2", "(a) The Government", "He was free to leave, namely: (a) on foot; or (b) Boats (ii) The applicant"),
        ("3", "(a) The Government", "There are three duties. (i) Care (ii) Food (iii) Pay"),
        ("4", "(a) The Government", "They end here."),
        ("5", "(b) Costs", "None were claimed."),
    ]
    assert [one.text for one in reading.left_out] == ["(i) Ends the case", "(ii) Keeps the rest"]


def test_notes_at_a_page_s_foot_take_their_marks_along() -> None:
    document = f"{LAW[:-1]}.¹ It measured 20 m².\n\n¹ A note that goes on\nin a second line.\n\n{LAW}\n"

    reading = read_passages(document, form="text")

    assert [one.text for one in reading.passages] == [f"{LAW[:-1]}. It measured 20 m².", LAW]
    assert {one.why for one in reading.left_out} == {"notes"}


@pytest.mark.parametrize(
    "notes",
    [
        "1. One talk.↩︎\n\n2. Another talk,\nin two lines.↩",
        "Notes\n\n1. One talk.\n\n2. Another talk.",
        "1 One.\n\n2 Two.",
    ],
)
def test_notes_whose_own_numbers_stand_on_the_line_take_their_marks_along(notes: str) -> None:
    document = f"21. {LAW[:-1]}.¹ It measured 20 km².\n\n22. {LAW[:-1]} in 2019², and 10² more.\n\n{notes}\n"

    reading = read_passages(document, form="text")

    assert [one.text for one in reading.passages] == [
        f"{LAW[:-1]}. It measured 20 km².", f"{LAW[:-1]} in 2019, and 10² more."
    ]  # fmt: skip
    assert {one.why for one in reading.left_out} == {"notes"}


def test_a_head_that_changes_with_its_chapter_counts_with_the_pages() -> None:
    heads = ("The Harbour 7", "8 A PORT REPORT", "The Pilots 9", "10 A PORT REPORT", "Dues 11")
    document = "\n\f".join(f"{head}\n\n{LAW} And a part {word}." for head, word in zip(heads, "abcde", strict=True))

    reading = read_passages(document, form="text")

    assert [one.page for one in reading.passages] == ["7", "8", "9", "10", "11"]
    assert [one.text for one in reading.left_out] == list(heads)


def test_a_last_word_that_two_pages_share_is_no_head() -> None:
    document = "\n\f".join([f"{LAW} The new\ngovernment.", f"{LAW} The old\ngovernment.", LAW])

    assert [one.text[-11:] for one in read_passages(document, form="text").passages][:2] == ["government."] * 2


def test_a_word_that_a_line_cuts_is_whole_again() -> None:
    lines = (
        "It was a viola-",
        "tion of well-",
        "being in the North-",
        "South talks of 2018-",
        "2019, and no violations of",
    )
    document = "1. " + "\n".join(lines) + "\nwell-being or being.\n\n2. A violation.\n"

    assert read_passages(document, form="text").passages[0].text == (
        "It was a violation of well-being in the North-South talks of 2018-2019, and no violations of well-being or being."
    )


def test_passages_are_chosen_and_counted_as_asked() -> None:
    document = "\n\n".join(f"Article {number}\n\n1. {LAW}\n\n2. {LAW}" for number in range(1, 5))

    def read(**options: str) -> list[str]:
        return [one.number for one in read_passages(document, form="text", **options).passages]  # type: ignore[arg-type]

    assert read(only="2-3") == ["2(1)", "2(2)", "3(1)", "3(2)"]
    assert read(skip="2,4") == ["1(1)", "1(2)", "3(1)", "3(2)"]
    assert read(only="2(2)–3(1)") == ["2(2)", "3(1)"]
    assert read(as_="rule") == read()
    assert read(as_="paragraph") == [str(number) for number in range(1, 9)]
    with pytest.raises(RightsError, match="--only 9: there is no such passage"):
        read(only="9")


def test_pages_and_chapters_are_passages_where_they_are_asked_for() -> None:
    pages = read_passages(f"{LAW}\n\n11\n\f{LAW} It goes\n\n12\n\fon here.\n\n13\n", form="text", as_="page")
    book = "\n\n".join(f"Chapter {number}\n\n{LAW}\n\n{LAW}" for number in (1, 2))
    chapters = read_passages(book, form="text", as_="chapter")

    assert [(one.number, one.text) for one in pages.passages] == [
        ("11", LAW),
        ("12", f"{LAW} It goes"),
        ("13", "on here."),
    ]
    assert [(one.number, one.text) for one in chapters.passages] == [("1", f"{LAW} {LAW}"), ("2", f"{LAW} {LAW}")]
    assert [one.number for one in read_passages(book, form="text").passages] == ["1", "2", "3", "4"]


def test_what_is_skipped_is_not_counted() -> None:
    reading = read_passages(f"By the editors of it.\n\n{LAW}\n\n{LAW}", form="text", skip="1")

    assert [(one.number, one.text) for one in reading.passages] == [("1", LAW), ("2", LAW)]


@pytest.mark.parametrize(("words", "kept"), [(3, 0), (4, 1), (8, 2), (20, 5), (80, 5)])
def test_no_more_than_a_quarter_of_a_passage_is_kept(words: int, kept: int) -> None:
    passage = read_passages(" ".join(f"w{number}" for number in range(words)) + ".", form="text").passages[0]

    assert len(passage.begins.split()) == len(passage.ends.split()) == kept
    assert passage.text.startswith(passage.begins)
    assert passage.text.endswith(passage.ends)
