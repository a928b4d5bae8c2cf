"""copies: a copy is read or refused in one line, and its passages become the paragraphs they are."""

from __future__ import annotations

import os
import random
import re
import textwrap
import tracemalloc
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from html import escape
from importlib.util import find_spec
from pathlib import Path
from shutil import which

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from rightscli.base.load import read_base
from rightscli.base.model import FactBase, Paragraph, Source
from rightscli.copies.reading import (
    CopyText,
    Examined,
    compare_copy,
    decode_copy,
    describe_difference,
    find_paragraphs,
    make_paragraphs,
    read_copy,
    require_attachable,
)
from rightscli.drafts.furniture import list_furniture
from rightscli.errors import NotFoundError, RightsError, UnreadableError
from rightscli.records import make_source_record
from rightscli.text.folding import hash_text, normalise_text

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
        right = Paragraph(str(number), section, " ".join(words[:4]), " ".join(words[-4:]), len(words), hash_text(text))
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
    source = replace(source, paragraphs=(*source.paragraphs, replace(source.paragraphs[0], number="6")))

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
        ("é\n".encode() * 2 + b"tw\xe9\n", ":3: not UTF-8", "save the file as UTF-8"),
        ("Tides".encode("utf-16-le"), ":1: a NUL character: not a text", "save the file as UTF-8 text"),
        (b"one\n\ntwo\0", ":3: a NUL character: not a text", "save the file as UTF-8 text"),
        (b"a" * 20_000_001, ": more than 20,000,000 bytes, the limit for a copy of a source", None),
    ],
    ids=["Latin-1", "UTF-16 without a mark", "NUL", "large"],
)
def test_what_is_no_plain_text_is_refused_with_its_line(
    tmp_path: Path, content: bytes, message: str, hint: str | None
) -> None:
    path = tmp_path / "copy"
    path.write_bytes(content)

    with pytest.raises(UnreadableError) as caught:
        read_copy(path)

    assert (caught.value.message, caught.value.hint) == (f"{path}{message}", hint)


def test_a_damaged_pdf_is_refused_whether_or_not_there_is_a_reader(tmp_path: Path) -> None:
    path = tmp_path / "copy"
    path.write_bytes(b"%PDF-1.7\n")
    damaged = ("a damaged PDF", "save it again, or save its text as plain text, and name that")
    unread = (
        "a PDF, and nothing is installed that reads one",
        "pip install 'pypdfium2>=4.30,<6', or install pdftotext (poppler-utils)",
    )
    fault, hint = damaged if find_spec("pypdfium2") or which("pdftotext") else unread

    with pytest.raises(UnreadableError) as caught:
        read_copy(path)

    assert (caught.value.message, caught.value.hint) == (f"{path}: {fault}", hint)


def test_a_directory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_copy(tmp_path)

    assert caught.value.message == f"{tmp_path}: a file is expected, not a directory"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in this file system")
def test_a_pipe_is_read_as_a_copy(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    with ThreadPoolExecutor() as threads:
        threads.submit(pipe.write_text, "Orvania")

        assert read_copy(pipe).text == "Orvania"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<meta charset=windows-1251><p>Слово</p>".encode("cp1251"), "Слово"),
        ('<meta http-equiv="x" content="text/html; charset=iso-8859-1"><p>“café”'.encode("cp1252"), "“café”"),
        ('<?xml version="1.0" encoding="koi8-r"?><p>Слово</p>'.encode("koi8-r"), "Слово"),
        ('<meta charset="utf-8"><p>café'.encode(), "café"),
        ("<meta charset='euc-kr'><p>인권".encode("cp949"), "인권"),
        ("Orvania’s café".encode("utf-32"), "Orvania’s café"),
        ("<meta charset=utf-16><p>café".encode(), "café"),
    ],
)
def test_a_copy_is_read_in_the_encoding_that_it_declares(content: bytes, text: str) -> None:
    copy = decode_copy(content, name="copy.html")

    assert text in copy.text
    assert copy.remarks == ()


@pytest.mark.parametrize(
    "head", ["", "<meta charset=utf-8><p>", "<meta charset=rot13><p>", "<meta charset=nonsense><p>"]
)
def test_what_is_in_no_encoding_that_it_declares_is_windows_1252_and_that_is_said(head: str) -> None:
    copy = decode_copy(f"{head}“Orvania”, a café".encode("cp1252"), name="copy.html")

    assert "“Orvania”, a café" in copy.text
    assert copy.remarks == ("read as windows-1252: it declares no encoding that it keeps to, and it is not UTF-8",)


def test_utf_8_with_a_damaged_byte_is_not_another_encoding() -> None:
    with pytest.raises(UnreadableError) as caught:
        decode_copy("“Orvania”, a café, a ".encode() + b"caf\xe9", name="copy.txt")

    assert caught.value.message == "copy.txt:1: not UTF-8"


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


# -- presentations: the ways in which one text may stand in a copy


@cache
def read_harbour() -> Source:
    return read_base(str(ROOT / "tests" / "data" / "harbour.yaml")).sources["harbour"]


@cache
def list_harbour_lines() -> tuple[str, ...]:
    """Return the made-up report, one paragraph or heading a line."""
    return tuple((ROOT / "tests" / "data" / "harbour-report.txt").read_text(encoding="utf-8").splitlines())


Present = Callable[[list[str], list[bool], random.Random], str]
"""Makes a copy of paragraphs and headings (True); the last is what chance decides."""


def number_paragraphs(lines: list[str], headings: list[bool], form: str) -> list[str]:
    numbers = iter(range(1, len(lines) + 1))
    return [
        line if heading else form.format(next(numbers)) + line for line, heading in zip(lines, headings, strict=True)
    ]


def straighten(text: str) -> str:
    return text.translate(str.maketrans("’‘“”–—", "''\"\"--"))


def sprinkle(text: str, sign: str, chance: random.Random) -> str:
    """Return *text* with *sign* inside some of its words."""
    return re.sub(r"(?<=[a-z]{3})(?=[a-z]{3})", lambda _: sign if chance.random() < 0.3 else "", text)


def wrap_lines(lines: list[str], width: int, between: str, chance: random.Random, *, hyphens: bool) -> str:
    """Return *lines* wrapped at *width*; with *hyphens*, some words are cut at the ends of the lines."""
    wrapped = []
    for line in lines:
        short = textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)
        if hyphens:
            for place in range(len(short) - 1):
                word, _, rest = short[place + 1].partition(" ")
                if re.fullmatch("[a-z]{6,}", word) and rest and chance.random() < 0.25:
                    short[place] += f" {word[:3]}-"
                    short[place + 1] = f"{word[3:]} {rest}"
        wrapped.append("\n".join(short))
    return between.join(wrapped)


def break_pages(text: str) -> str:
    """Return *text* in pages of nine lines, each with a running heading and a number."""
    lines = text.split("\n")
    pages = ["\n".join(lines[start : start + 9]) for start in range(0, len(lines), 9)]
    return "".join(f"Harbors of Debt\n\n{page}\n\n{number}\n\f" for number, page in enumerate(pages, 1))


def make_page(lines: list[str], headings: list[bool]) -> str:
    """Return a page as a browser saves it: with navigation, a script, a picture's caption, links and marks of notes."""
    body = []
    for number, (line, heading) in enumerate(zip(lines, headings, strict=True), 1):
        text = escape(line, quote=False).replace("’", "&rsquo;")
        first, _, rest = text.partition(" ")
        linked = f'<a href="/x">{first}</a> {rest}<sup id="r{number}"><a href="#n{number}">{number}</a></sup>'
        body.append(f"<h2>{text}</h2>" if heading else f"<p class=text>{linked}\n</p>")
        body.append("<figure><img src=x.jpg><figcaption>A crane at the quay.</figcaption></figure>")
    return (
        "<!DOCTYPE html><html><head><title>Harbors</title><style>p { color: red }</style></head><body>"
        "<nav><ul><li><a href=/>Home</a><li>News</ul></nav><script>var p = '<p>no</p>';</script><article>"
        + "\n".join(body)
        + "</article><footer><p>© Tidewatch. Related: fish.</p></footer></body></html>"
    )


def mark_notes(lines: list[str], headings: list[bool]) -> list[str]:
    """Return *lines* with the marks of notes after sentences and at the end of paragraphs."""
    return [
        line if heading else re.sub(r"(?<=[a-z]\.)(?= )", f"[{number}]", line) + f"{number}"
        for number, (line, heading) in enumerate(zip(lines, headings, strict=True), 1)
    ]


PRESENTATIONS: dict[str, Present] = {
    "one a line": lambda lines, _, __: "\n".join(lines),
    "Windows, blank lines, straight quotes, a mark": lambda lines, _, __: (
        "\ufeff" + straighten("\r\n\r\n".join(lines)) + "\r\n"
    ),
    "wrapped, blank lines": lambda lines, _, chance: wrap_lines(lines, 68, "\n\n", chance, hyphens=False),
    "wrapped, no blank lines, hyphenated": lambda lines, _, chance: wrap_lines(lines, 72, "\n", chance, hyphens=True),
    "pages": lambda lines, _, chance: break_pages(wrap_lines(lines, 60, "\n\n", chance, hyphens=True)),
    "numbered, headings glued": lambda lines, headings, _: "".join(
        line + (" " if heading else "\n")
        for line, heading in zip(number_paragraphs(lines, headings, "¶{}"), headings, strict=True)
    ),
    "numbers, soft hyphens, no-break spaces": lambda lines, headings, chance: "\n\n".join(
        number_paragraphs([sprinkle(line, "\u00ad", chance).replace(" ", "\u00a0") for line in lines], headings, "{}. ")
    ),
    "all on one line": lambda lines, _, __: " ".join(lines),
    "mail": lambda lines, _, chance: "> " + wrap_lines(lines, 70, "\n\n", chance, hyphens=False).replace("\n", "\n> "),
    "notes": lambda lines, headings, _: "\n".join(mark_notes(lines, headings)),
    "list, wrapped with hanging indent": lambda lines, headings, chance: wrap_lines(
        number_paragraphs(lines, headings, "- "), 64, "\n", chance, hyphens=False
    ).replace("\n", "\n  "),
    "no headings, lines between": lambda lines, headings, _: (
        "Menu\n" + "\nAdvertisement\n".join(line for line, heading in zip(lines, headings, strict=True) if not heading)
    ),
    "web page": lambda lines, headings, _: make_page(lines, headings),
    "Markdown": lambda lines, headings, _: "\n\n".join(
        f"## {line}" if heading else re.sub(r"^(\w+)", r"[\1](https://example.org)", line).replace(" not ", " *not* ")
        for line, heading in zip(lines, headings, strict=True)
    ),
}


def list_headings(source: Source, lines: Sequence[str]) -> list[bool]:
    sections = {paragraph.section for paragraph in source.paragraphs}
    return [line in sections for line in lines]


@pytest.mark.parametrize("name", PRESENTATIONS)
@pytest.mark.parametrize("seed", range(5))
def test_every_presentation_of_a_report_is_found_whole_and_proven(name: str, seed: int) -> None:
    source, lines = read_harbour(), list_harbour_lines()
    text = PRESENTATIONS[name](list(lines), list_headings(source, lines), random.Random(seed))

    examined = compare_copy(source, decode_copy(text.encode(), name="-"))

    assert [(one.position, one.state) for one in examined] == [
        (n, "same") for n in range(1, len(source.paragraphs) + 1)
    ]


@pytest.mark.parametrize("name", PRESENTATIONS)
def test_every_presentation_of_the_source_is_found_whole_and_proven(
    name: str, source_copy: Path, bundled: FactBase
) -> None:
    source = bundled.sources["hrw-2020"]
    lines = tuple(source_copy.read_text(encoding="utf-8").splitlines())
    text = PRESENTATIONS[name](list(lines), list_headings(source, lines), random.Random(1))

    examined = compare_copy(source, decode_copy(text.encode(), name="-"))

    assert [one.position for one in examined if one.state == "same"] == list(range(1, 24))


@given(
    width=st.integers(40, 100),
    between=st.sampled_from(["\n", "\n\n", "\n \n", "\n\n\n"]),
    hyphens=st.booleans(),
    pages=st.booleans(),
    numbers=st.sampled_from(["", "{}. ", "¶{} ", "({}) ", "- ", "* ", "{}"]),
    straight=st.booleans(),
    unseen=st.sampled_from(["", "\u00ad", "\u200b"]),
    blank=st.sampled_from([" ", "\u00a0", "  "]),
    ends=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    seed=st.integers(0, 10**6),
)
def test_any_mix_of_presentations_is_found_whole_and_proven(
    width: int,
    between: str,
    hyphens: bool,
    pages: bool,
    numbers: str,
    straight: bool,
    unseen: str,
    blank: str,
    ends: str,
    encoding: str,
    seed: int,
) -> None:
    chance = random.Random(seed)
    source, lines = read_harbour(), list(list_harbour_lines())
    lines = number_paragraphs(lines, list_headings(source, lines), numbers)
    text = wrap_lines(lines, width, between, chance, hyphens=hyphens)
    text = break_pages(text) if pages else text
    text = straighten(text) if straight else text
    text = sprinkle(text, unseen, chance).replace(" ", blank).replace("\n", ends)

    examined = compare_copy(source, decode_copy(text.encode(encoding), name="copy.txt"))

    assert [one.position for one in examined if one.state != "same"] == []


# -- what a copy is said to hold


def test_a_stretch_of_running_text_keeps_the_copys_own_characters() -> None:
    copy = "Ti\u00addes. " + " ".join(TEXTS).replace("idlers", "id-\nlers") + " The end."

    assert find_paragraphs(make_source(), copy) == ALL


@pytest.mark.parametrize("cut", ["well-\nknown", "well- known", "well-known", "we\u00adll-\n  known"])
def test_a_hyphen_of_the_words_own_stays_at_a_lines_end(cut: str) -> None:
    text = "A well-known quay was shut in May for want of information on its cranes."
    source = replace(
        make_source(),
        paragraphs=(Paragraph("1", "Quays", "A well-known quay was", "on its cranes.", 14, hash_text(text)),),
    )

    found = find_paragraphs(source, text.replace("well-known", cut).replace("information", "infor-\nmation"))

    assert {number: normalise_text(words) for number, words in found.items()} == {1: text}


def test_same_changed_and_missing_paragraphs_are_told_apart() -> None:
    copy = COPY.replace("2,706 dockers", "2,900 dockers and cooks").replace(TEXTS[3] + "\n", "")

    assert compare_copy(make_source(), copy) == (
        Examined(1, "same", TEXTS[0]),
        Examined(2, "changed", TEXTS[1].replace("2,706 dockers", "2,900 dockers and cooks"), "13 words, not 11"),
        Examined(3, "same", TEXTS[2]),
        Examined(4, "missing"),
        Examined(5, "same", TEXTS[4]),
    )


def test_a_changed_paragraph_is_found_in_wrapped_lines_without_blank_ones() -> None:
    copy = "\n".join(textwrap.fill(line, 30) for line in COPY.replace("2,706", "2,900").split("\n"))

    examined = compare_copy(make_source(), copy)

    assert [one.state for one in examined] == ["same", "changed", "same", "same", "same"]
    assert examined[1].text == TEXTS[1].replace("2,706", "2,900")


def test_a_wrapped_paragraph_changed_at_both_ends_is_what_is_left_between_its_neighbours() -> None:
    changed = TEXTS[1].replace("In March", "During March").replace("they said", "one said")
    copy = "\n".join(textwrap.fill(line, 30) for line in COPY.replace(TEXTS[1], changed).split("\n"))

    examined = compare_copy(make_source(), copy)

    assert (examined[1].state, examined[1].text) == ("changed", changed)


def test_of_two_editions_in_one_copy_the_one_of_the_base_is_found() -> None:
    other = COPY.replace("2,706", "3,000").replace("kelp", "weed").replace("curfew", "ban")

    for copy in (other + COPY, COPY + other):
        assert find_paragraphs(make_source(), copy) == ALL


@pytest.mark.parametrize(
    ("text", "older", "difference"),
    [
        (TEXTS[1] + " Twice.", None, "ends '– “idlers,” they said. Twice.', not '– “idlers,” they said.'"),
        ("One day, " + TEXTS[1], TEXTS[1], "with 'One day,'"),
        (TEXTS[1].replace("March", "May"), TEXTS[1], "'May' for 'March'"),
        (TEXTS[1].replace(" police", ""), TEXTS[1], "without 'police'"),
        (TEXTS[1].replace("2,706", "2,707"), None, "as many words (11), but not the same ones or not the same signs"),
    ],
)
def test_a_difference_is_told_as_far_as_it_is_known(text: str, older: str | None, difference: str) -> None:
    told = describe_difference(make_source().paragraphs[1], text, older=older)

    assert difference in told
    assert "\n" not in told


def test_a_difference_of_many_places_is_cut_short() -> None:
    told = describe_difference(make_source().paragraphs[2], TEXTS[2].replace(" ", " so "), older=TEXTS[2])

    assert told.endswith("with 'so', with 'so', with 'so', with 'so', with 'so', 8 more")


def test_paragraphs_are_made_from_a_sources_record() -> None:
    source = make_source()

    assert make_paragraphs(make_source_record(source)) == source.paragraphs


def test_five_of_a_reports_paragraphs_may_be_attached() -> None:
    copy = "\n".join(list_harbour_lines()[:8])

    examined = compare_copy(read_harbour(), copy)
    require_attachable(examined, source="harbour", name="copy.txt")

    assert [one.position for one in examined if one.state == "same"] == [1, 2, 3, 4, 5]
    assert {one.state for one in examined[5:]} == {"missing"}


def test_a_copy_of_something_else_is_refused_even_by_force() -> None:
    for force in (False, True):
        with pytest.raises(NotFoundError) as caught:
            require_attachable(compare_copy(make_source(), "Nothing."), source="tides", name="copy.txt", force=force)

        assert caught.value.message == "copy.txt: none of the 5 paragraphs of tides is in it"
        assert caught.value.exit_code == 1


def test_what_is_changed_throughout_needs_force_and_is_another_edition_where_words_differ() -> None:
    examined = [Examined(1, "changed", "It is so.", "4 words, not 3"), Examined(2, "missing")]
    signs = [
        examined[0]._replace(difference="as many words (3), but not the same ones or not the same signs"),
        examined[1],
    ]
    require_attachable(examined, source="tides", name="copy.txt", force=True)

    messages = []
    for one in (examined, signs):
        with pytest.raises(RightsError) as caught:
            require_attachable(one, source="tides", name="copy.txt")
        messages.append((caught.value.message, caught.value.exit_code))

    assert messages == [
        ("copy.txt: another edition of tides: 1 paragraph changed, 1 missing", 1),
        ("copy.txt: none of the 2 paragraphs of tides is proven by it", 1),
    ]


@pytest.mark.parametrize(
    ("own", "read"), [("back-breaking", "backbreaking"), ("landing", "land-ing"), ("so-called", "so‐called")]
)
def test_a_hyphen_that_an_extractor_swallowed_or_added_is_tried(own: str, read: str) -> None:
    text = f"The harbour’s {own} work was never paid for, in words of all kinds."
    paragraphs = [Paragraph("1", "", "The harbour’s", "all kinds.", len(text.split()), hash_text(text))]

    [examined] = compare_copy(paragraphs, text.replace(own, read))

    assert (examined.state, hash_text(examined.text)) == ("same", hash_text(text))


@pytest.mark.parametrize("name", ["copy.txt", "copy.html", "copy.md", "-"])
def test_a_web_page_is_read_whatever_it_is_called(name: str) -> None:
    page = make_page(list(list_harbour_lines()), list_headings(read_harbour(), list_harbour_lines()))

    examined = compare_copy(read_harbour(), decode_copy(page.encode(), name=name))

    assert {one.state for one in examined} == {"same"}


def test_plain_text_called_markdown_is_still_proven() -> None:
    text = "\n".join(list_harbour_lines()).replace("Crew members described", "# of hours: *\nCrew members described")

    examined = compare_copy(read_harbour(), CopyText("copy.md", text, "markdown"))

    assert {one.state for one in examined} == {"same"}


@given(
    st.lists(
        st.sampled_from(["The island of Orvania", "rules it.", "-\n", "-", " ", "12", "[3]", "\f", "> ", "\n"])
    ).map("".join)
)
def test_any_copy_is_read_and_what_is_called_the_same_has_the_hash(text: str) -> None:
    examined = compare_copy(make_source(), text)

    for one, paragraph in zip(examined, make_source().paragraphs, strict=True):
        assert (one.state == "same") == (hash_text(one.text) == paragraph.sha256)
        assert (one.state == "missing") == (not one.text)


def test_what_the_pages_of_a_copy_repeat_is_found_in_memory_that_is_linear() -> None:
    def measure(pages: int) -> int:
        lines = [line for page in range(1, pages + 1) for line in ("Chapter about harbours", "Text.", str(page), "")]
        tracemalloc.start()
        assert len(list_furniture(lines, frozenset())) >= 2 * pages
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return peak

    measure(10)

    assert measure(600) < 3 * measure(300)
