"""From the lines of a PDF's pages to paragraphs: by distance, by the first line, by the last one, over columns and pages."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import try_more
from rightscli.base.passages import read_passages
from rightscli.drafts.pdfparagraphs import PageLine, write_pages

EM, LEADING = 10.0, 12.0
FEW, MANY = 8, 60
LAST = "abcdefghijklmnopqrstuvwxyzäöüéèàç"
LETTERS = str.maketrans("0123456789", "ghijklmnop")


def set_lines(
    texts: list[str],
    *,
    width: int = 40,
    rows: int = 30,
    columns: int = 1,
    indent: float = 0.0,
    apart: float = 0.0,
    justified: bool = False,
    heads: bool = False,
) -> list[list[PageLine]]:
    """Return the pages of a document, its lines broken as a typesetter breaks them, each letter 5 points wide."""
    pages: list[list[PageLine]] = [[]]
    column, top = 0, 700.0
    bottom = top - rows * LEADING
    baseline = top
    for text in texts:
        broken = _break_lines(text, width, first=int(indent / 5))
        for number, line in enumerate(broken):
            if baseline < bottom:
                column, baseline = column + 1, top
                if column == columns:
                    column = 0
                    pages.append([])
            left = 60.0 + column * (width * 5 + 30) + (indent if number == 0 else 0.0)
            edge = 60.0 + column * (width * 5 + 30) + width * 5
            is_full = justified and number < len(broken) - 1
            right = edge if is_full else left + 5 * len(line)
            pages[-1].append(PageLine(line, left, right, baseline, EM, 5.0 * len(line.split()[0])))
            baseline -= LEADING
        baseline -= apart
    if not heads:
        return pages
    return [
        [PageLine("A Port Report", 60, 125, 730, EM, 5), *page, PageLine(str(number), 200, 205, 20, EM, 5)]
        for number, page in enumerate(pages, 11)
    ]


def _break_lines(text: str, width: int, *, first: int) -> list[str]:
    lines = [""]
    for word in text.split():
        room = width - (first if len(lines) == 1 else 0)
        if lines[-1] and len(lines[-1]) + 1 + len(word) > room:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def list_paragraphs(pages: list[list[PageLine]]) -> list[str]:
    return [" ".join(block.split()) for block in write_pages(pages).split("\n\n") if block.strip()]


def make_text(number: int, words: int) -> str:
    """Return a paragraph whose lines come nowhere again: no word is in another."""
    made = (hashlib.sha256(f"{number} {place}".encode()).hexdigest()[: 3 + place % 7] for place in range(words))
    return " ".join(["Begins", *(word.translate(LETTERS) for word in made), f"{LAST[number]}."])


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("setting", [{"indent": 15.0}, {"apart": 6.0}, {"justified": True, "indent": 10.0}])
def test_paragraphs_are_those_that_were_set(columns: int, setting: dict[str, float]) -> None:
    texts = [make_text(number, 20 + 7 * number) for number in range(12)]

    pages = set_lines(texts, columns=columns, rows=18, **setting)  # type: ignore[arg-type]

    assert list_paragraphs(pages) == texts


@try_more(2)
@given(
    st.lists(st.integers(FEW, MANY), min_size=4, max_size=30),
    st.sampled_from([(15.0, 0.0), (0.0, 6.0), (10.0, 3.0)]),
    st.integers(1, 2),
    st.integers(12, 40),
    st.booleans(),
)
def test_no_paragraph_that_begins_set_in_or_apart_is_lost(
    words: list[int], setting: tuple[float, float], columns: int, rows: int, justified: bool
) -> None:
    texts = [make_text(number, count) for number, count in enumerate(words)]

    written = list_paragraphs(
        set_lines(texts, columns=columns, rows=rows, indent=setting[0], apart=setting[1], justified=justified)
    )

    assert " ".join(written) == " ".join(texts)
    if setting[0]:
        assert written == texts


def test_heads_and_page_numbers_stand_outside_and_passages_know_their_page() -> None:
    texts = [make_text(number, 60) for number in range(8)]

    reading = read_passages(write_pages(set_lines(texts, rows=14, indent=15.0, heads=True)), form="text")

    assert [passage.text for passage in reading.passages] == texts
    assert [passage.page for passage in reading.passages][::3] == ["11", "13", "15"]
    assert {one.why for one in reading.left_out} == {"page numbers", "running heads"}


def test_a_note_at_a_page_s_foot_stands_behind_the_paragraph_that_goes_on_over_it() -> None:
    pages = set_lines([make_text(1, 80)], rows=6)
    note = [PageLine("¹ A note", 60, 100, 600, 8, 5), PageLine("of two lines.", 60, 120, 590, 8, 10)]

    written = write_pages([[*pages[0], *note], *pages[1:]])

    assert " ".join(written.split()) == f"{make_text(1, 80)} ¹ A note of two lines."


def test_a_block_quotation_a_list_and_a_heading_are_told_apart() -> None:
    def place(text: str, left: float, bottom: float, size: float = EM) -> PageLine:
        return PageLine(text, left, left + 5 * len(text), bottom, size, 5.0 * len(text.split()[0]))

    full = "the whole of a line of so many characters"
    page = [
        place("A heading", 60, 700, 14),
        place(f"The {full[4:]}", 60, 680),
        place("said:", 60, 668),
        place(full[:38].capitalize(), 75, 656),
        place(full[:38], 75, 644),
        place(full.capitalize(), 60, 632),
        place(full, 60, 620),
    ]

    assert [block.split()[0] for block in list_paragraphs([page])] == ["A", "The", "The", "The"]
