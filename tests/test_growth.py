"""Work grows with the draft and not faster: told by counting calls, which no busy machine changes."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from types import FrameType

import pytest

from documents import make_docx, make_odt, write_run_paragraph
from rightscli.base.model import Paragraph
from rightscli.base.paths import find_bundled_base
from rightscli.check.stated.claims import prepare_claims
from rightscli.check.stated.statements import judge_sentence
from rightscli.copies.reading import CopyText, compare_copy
from rightscli.drafts import read_content
from rightscli.drafts.pdfparagraphs import PageLine, write_pages
from rightscli.index.building import open_index
from rightscli.text.folding import hash_text

INDEX = open_index(find_bundled_base(), None)
CLAIMS = prepare_claims(list(INDEX.read_facts()), [topic for _, topic in INDEX.list_topics()])
PLACE = ("hrw-2020", 3)
REPEATED = {
    "years": "2018 ",
    "dates": "in May 2018 and on 3 June 2019, ",
    "figures": "30 workers, ",
    "countries": "China and Japan, ",
    "people": "Kim Jong-un did not, ",
    "bodies": "the Security Council, ",
    "degrees": "most of all and each ",
    "negations": "not without a vote, never denied ",
    "refusals": "no women no children no forced labor ",
    "joints": "women and children and forced labor but not men and ",
    "sorts": "women, men and soldiers ",
    "quoted": "“hesitant” ",
}


def count_calls(work: Callable[[], object]) -> int:
    """Return how many functions of Python *work* calls, generators resumed among them."""
    calls = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("kind", REPEATED)
def test_the_work_on_a_sentence_grows_with_its_length(kind: str) -> None:
    def judge(times: int) -> None:
        judge_sentence(
            f"North Korea jailed workers in China, {REPEATED[kind] * times}and in its camps.", CLAIMS, pinned=[PLACE]
        )

    judge(2)
    once, twice = (count_calls(lambda times=times: judge(times)) for times in (200, 400))  # type: ignore[misc]

    assert twice < 2.4 * once


def test_the_work_on_figures_that_differ_grows_with_their_number() -> None:
    def judge(count: int) -> None:
        figures = ", ".join(f"{figure} recommendations" for figure in range(300, 300 + count))
        judgement = judge_sentence(f"North Korea accepted {figures} in 2019.", CLAIMS)
        assert judgement
        assert len(judgement.conflicts) > count / 2

    judge(2)
    once, twice = (count_calls(lambda count=count: judge(count)) for count in (100, 200))  # type: ignore[misc]

    assert twice < 2.4 * once


LETTERS = str.maketrans("0123456789", "ghijklmnop")


def make_copy(pages: int, *, is_changed: bool) -> tuple[list[Paragraph], CopyText]:
    """Return the paragraphs of a source and its copy, whose pages cut them all; every other one *is_changed*."""
    paragraphs, lines = [], []
    for number in range(4 * pages):
        made = (hashlib.sha256(f"{number} {place}".encode()).hexdigest()[:5] for place in range(48))
        words = [word.translate(LETTERS) for word in made]
        text = " ".join(words)
        paragraphs.append(
            Paragraph(str(number + 1), "", " ".join(words[:5]), " ".join(words[-5:]), len(words), hash_text(text))
        )
        words[20] = "changed" if is_changed and number % 2 else words[20]
        lines += [" ".join(words[start : start + 12]) for start in range(0, 48, 12)]
    shift = [*lines[2:], *lines[:2]]
    printed = (["A head", *shift[16 * page : 16 * page + 16], str(page)] for page in range(pages))
    return paragraphs, CopyText("copy", "\n\f".join("\n".join(page) for page in printed), "text")


@pytest.mark.parametrize("is_changed", [False, True])
def test_the_work_on_a_copy_grows_with_its_pages(is_changed: bool) -> None:
    def compare(pages: int) -> int:
        paragraphs, copy = make_copy(pages, is_changed=is_changed)
        return count_calls(lambda: compare_copy(paragraphs, copy))

    compare(2)

    assert compare(120) < 2.4 * compare(60)


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_the_work_on_a_document_grows_with_its_paragraphs(kind: str) -> None:
    def read(count: int) -> int:
        texts = [f"Paragraph {number} of a document that has many." for number in range(count)]
        if kind == "docx":
            content = make_docx("".join(map(write_run_paragraph, texts)))
        else:
            content = make_odt("".join(f"<text:p>{text}</text:p>" for text in texts))
        return count_calls(lambda: read_content(content, name=f"draft.{kind}"))

    read(2)

    assert read(800) < 2.1 * read(400)


def test_the_work_on_a_pdf_s_pages_grows_with_them() -> None:
    def write(count: int) -> int:
        lines = [
            PageLine(f"line {number} of a page", 60, 160 + number % 7, 700 - 12 * number, 10, 20)
            for number in range(40)
        ]
        return count_calls(lambda: write_pages([lines] * count))

    write(2)

    # Beyond the pages that the setting is measured on.
    assert write(800) < 2.1 * write(400)
