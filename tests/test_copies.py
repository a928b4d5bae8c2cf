"""copies: a copy is read or refused in one line, and its passages become the paragraphs they are."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from rightscli.copies import find_paragraphs, read_copy
from rightscli.errors import UnreadableError
from rightscli.model import Paragraph, Source
from rightscli.words import hash_text

TEXTS = (
    "The island of Orvania holds no elections. The Harbour Council rules it.",
    "In March 2018, police detained 2,706 dockers – “idlers,” they said.",
    "The Ministry of Tides makes children gather kelp. Families who refuse pay a fine.",
    "On May 9, envoys asked about the salt pits. No answer came.",
    "Fishing boats may not leave at night. A curfew holds from dusk.",
)
SECTIONS = ("Introduction", "Introduction", "Kelp", "Kelp", "The Sea")
COPY = "\n".join([*TEXTS[:2], "Kelp", *TEXTS[2:4], "The Sea", TEXTS[4], ""])
ALL = dict(enumerate(TEXTS, 1))


def make_source(*unproven: int, begins: str | None = None, ends: str | None = None) -> Source:
    """Return the source of TEXTS; the paragraphs *unproven* have a wrong hash and, where given, *begins* and *ends*."""
    paragraphs = []
    for number, (text, section) in enumerate(zip(TEXTS, SECTIONS, strict=True), 1):
        words = text.split()
        right = Paragraph(number, section, " ".join(words[:4]), " ".join(words[-4:]), len(words), hash_text(text))
        wrong = replace(right, sha256="0" * 64, begins=begins or right.begins, ends=ends or right.ends)
        paragraphs.append(wrong if number in unproven else right)
    return Source("tides", "report", "Tides", {}, {}, {}, tuple(paragraphs))


@pytest.mark.parametrize(
    "copy",
    [
        COPY,
        COPY.replace("\n", "\r\n\r\n"),
        COPY.replace("\n", "\n\n").replace(". ", ".\n  "),
        "Tides: a report\n\nMenu\n" + COPY + "About us\n",
        COPY.replace("–", "-").replace("“", '"').replace("”", '"').replace(" ", "\u00a0"),
    ],
    ids=["one a line", "blank lines between", "wrapped", "with other lines around", "typed anew"],
)
def test_a_whole_copy_has_every_paragraph_and_no_heading(copy: str) -> None:
    found = find_paragraphs(make_source(), copy)

    assert list(found) == [1, 2, 3, 4, 5]
    assert [hash_text(text) for text in found.values()] == [hash_text(text) for text in TEXTS]


def test_a_passage_keeps_the_copys_own_characters() -> None:
    assert find_paragraphs(make_source(), COPY) == ALL


def test_equal_paragraphs_are_found_in_order() -> None:
    source = make_source()
    source = replace(source, paragraphs=(*source.paragraphs, replace(source.paragraphs[0], number=6)))

    assert find_paragraphs(source, COPY + TEXTS[0]) == ALL | {6: TEXTS[0]}
    assert find_paragraphs(source, COPY) == ALL


def test_a_paragraph_with_a_wrong_hash_is_found_by_its_first_and_last_words() -> None:
    assert find_paragraphs(make_source(1, 2, 3, 4, 5), COPY) == ALL


@pytest.mark.parametrize("wrong", [{"begins": "Nowhere to be seen"}, {"ends": "nowhere to be seen."}])
def test_a_paragraph_with_one_wrong_end_is_found_by_the_other(wrong: dict[str, str]) -> None:
    assert find_paragraphs(make_source(3, 5, **wrong), COPY) == ALL


def test_a_passage_with_both_ends_goes_before_one_with_one() -> None:
    copy = COPY.replace("Kelp\n", "Kelp\nThe Ministry of Tides makes a picture.\n")

    assert find_paragraphs(make_source(3), copy) == ALL


def test_paragraphs_with_nothing_right_are_what_is_left_between_their_neighbours() -> None:
    source = make_source(2, 3, 4, begins="Nowhere to be", ends="to be seen.")

    assert find_paragraphs(source, COPY) == ALL


def test_paragraphs_are_not_guessed_where_another_number_of_passages_is_left() -> None:
    source = make_source(2, 3, 4, begins="Nowhere to be", ends="to be seen.")

    assert find_paragraphs(source, COPY.replace("Kelp\n", "Kelp\nAdvertisement\n")) == {1: TEXTS[0], 5: TEXTS[4]}


def test_paragraphs_are_not_guessed_at_the_ends_of_the_copy() -> None:
    source = make_source(1, 5, begins="Nowhere to be", ends="to be seen.")

    assert list(find_paragraphs(source, COPY)) == [2, 3, 4]


def test_first_words_count_only_between_the_neighbours() -> None:
    copy = COPY.replace(TEXTS[2] + "\n", "") + TEXTS[2].replace("pay", "owe")

    assert list(find_paragraphs(make_source(), copy)) == [1, 2, 4, 5]


@pytest.mark.parametrize("copy", ["", "\n \n", "Something else altogether.\n"])
def test_another_text_has_no_paragraph(copy: str) -> None:
    assert find_paragraphs(make_source(), copy) == {}


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_copy_is_read_with_or_without_a_byte_order_mark(tmp_path: Path, mark: bytes) -> None:
    path = tmp_path / "copy.txt"
    path.write_bytes(mark + "“Orvania”\r\n".encode())

    assert read_copy(path).text == "“Orvania”\r\n"


@pytest.mark.parametrize(
    ("content", "message", "hint"),
    [
        (b"one\ntw\xe9\n", ":2: not UTF-8", "save the file as UTF-8"),
        ("Tides".encode("utf-16-le"), ":1: a NUL character: not a text", "save the file as UTF-8 text"),
        (b"one\n\ntwo\0", ":3: a NUL character: not a text", "save the file as UTF-8 text"),
        (b"%PDF-1.7\n", ": a PDF, not a text", "save or export it as plain text, Markdown or HTML"),
        (b"a" * 20_000_001, ": more than 20,000,000 bytes, the limit for a copy of a source", None),
    ],
    ids=["Latin-1", "UTF-16 without a mark", "NUL", "PDF", "large"],
)
def test_what_is_no_plain_text_is_refused_with_its_line(
    tmp_path: Path, content: bytes, message: str, hint: str | None
) -> None:
    path = tmp_path / "copy"
    path.write_bytes(content)

    with pytest.raises(UnreadableError) as caught:
        read_copy(path)

    assert (caught.value.message, caught.value.hint) == (f"{path}{message}", hint)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in this file system")
def test_a_directory_and_a_pipe_are_refused_unopened(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    messages = []
    for path in (tmp_path, pipe):
        with pytest.raises(UnreadableError) as caught:
            read_copy(path)
        messages.append(caught.value.message)

    assert messages == [
        f"{tmp_path}: a file is expected, not a directory",
        f"{pipe}: a regular file is expected, not a pipe, socket or device",
    ]


def test_a_missing_copy_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_copy(tmp_path / "copy.txt")

    assert caught.value.message == f"{tmp_path / 'copy.txt'}: no such file"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_copy_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "copy.txt"
    path.touch(mode=0)

    with pytest.raises(UnreadableError) as caught:
        read_copy(path)

    assert caught.value.message == f"{path}: permission denied"
