"""Copies of sources as people have them: Word's, OpenDocument's and EPUB's documents, PDFs; each as the text that it shows."""

from __future__ import annotations

import contextlib
import json
import resource
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import run_rights
from documents import make_docx, make_odt, pack_parts, write_note, write_run, write_run_paragraph
from judges import find_module, find_program, run_program
from rightscli.base.model import Paragraph
from rightscli.base.passages import read_passages
from rightscli.copies.reading import compare_copy, decode_copy
from rightscli.drafts import parse_draft
from rightscli.drafts.org import convert_org
from rightscli.drafts.rst import convert_rst
from rightscli.errors import UnreadableError
from rightscli.text.folding import hash_text

TEXTS = (
    "The harbour was closed in May, and the long-standing rules of the port were read out to all who worked there.",
    "“None of us,” said the pilot’s daughter, “was asked, and none was paid for the fourteen days that followed.”",
    "A fee of 1,137 crowns is due from each ship; those that carry food, medicine or well-documented relief pay none.",
)
PARAGRAPHS = [
    Paragraph(
        str(number), "", " ".join(text.split()[:3]), " ".join(text.split()[-3:]), len(text.split()), hash_text(text)
    )
    for number, text in enumerate(TEXTS, 1)
]


def count_proven(content: bytes, name: str = "copy") -> int:
    return sum(one.state == "same" for one in compare_copy(PARAGRAPHS, decode_copy(content, name=name)))


def make_epub(chapters: dict[str, str], encryption: str = "") -> bytes:
    items = "".join(
        f'<item id="c{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(chapters)
    )
    order = "".join(f'<itemref idref="c{n}"/>' for n in reversed(range(len(chapters))))
    parts = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
        "OEBPS/book.opf": f"<package><manifest>{items}</manifest><spine>{order}</spine></package>",
        **{f"OEBPS/{name}": text for name, text in chapters.items()},
    }
    return pack_parts(parts | ({"META-INF/encryption.xml": encryption} if encryption else {}))


def make_pdf(pages: list[list[str]]) -> bytes:
    """Return a PDF whose pages show these lines, in characters of WinAnsi."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", ""]
    objects.append("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    kids = []
    for lines in pages:
        shown = "".join(f"({line}) Tj T*\n" for line in lines)
        stream = f"BT /F1 11 Tf 14 TL 60 780 Td\n{shown}ET"
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
        kids.append(len(objects) + 1)
        page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>"
        objects.append(f"{page}/Contents {len(objects)} 0 R>>")
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{kid} 0 R' for kid in kids)}]>>"
    written = "%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj{content}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    written += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{len(written)}\n%%EOF"
    return written.encode("cp1252")


def wrap_lines(text: str, width: int = 60) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] += f"{' ' if lines[-1] else ''}{word}"
    return lines


def test_a_copy_in_a_document_is_proven_without_its_notes_and_its_changes() -> None:
    mark = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    first, second, third = TEXTS
    body = f"<w:p>{write_run(first[:30])}{mark}<w:ins>{write_run(first[30:])}</w:ins></w:p>"
    body += write_run_paragraph("A heading", '<w:pStyle w:val="berschrift1"/>') + write_run_paragraph(second)
    body += write_run_paragraph(third, '<w:pStyle w:val="Zitat"/>')
    docx = make_docx(body, footnotes=write_note("footnote", "1", "A note &amp; more."))
    odt = make_odt("".join(f"<text:p>{text}</text:p>" for text in TEXTS))

    assert [count_proven(content) for content in (docx, odt)] == [3, 3]


def test_a_book_is_read_in_its_order_in_the_encoding_of_each_chapter() -> None:
    page = '<?xml version="1.0" encoding="{}"?><html><head><title>x</title></head><body>{}</body></html>'
    chapters = {"b.xhtml": page.format("utf-8", f"<p>{TEXTS[2]}</p>"), "a%20b.xhtml": ""}
    packed = make_epub(
        {"b.xhtml": chapters["b.xhtml"], "a.xhtml": page.format("utf-8", f"<p>{TEXTS[0]}</p><p>{TEXTS[1]}</p>")}
    )

    copy = decode_copy(packed, name="book.epub")

    assert copy.text.index("harbour") < copy.text.index("crowns")
    assert count_proven(packed) == 3


def test_a_pdf_is_proven_across_lines_pages_and_running_heads() -> None:
    find_module("pypdfium2")
    lines = [wrap_lines(text) for text in TEXTS]
    head = "The Port of Orvania"
    pages = [[head, *lines[0], *lines[1][:1], "1"], [head, *lines[1][1:], "2"], [head, *lines[2], "3"]]

    assert count_proven(make_pdf(pages), "port.pdf") == 3


def test_pdftotext_is_asked_where_pypdfium2_is_not_installed(tmp_path: Path) -> None:
    find_program("pdftotext")
    (tmp_path / "port.pdf").write_bytes(make_pdf([wrap_lines(text) for text in TEXTS]))
    program = (
        "import sys; sys.modules['pypdfium2'] = None\n"
        "from rightscli.copies.reading import read_copy; print(read_copy('port.pdf').text)"
    )

    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    alone = subprocess.run(
        [sys.executable, "-c", program.replace("print(", "import os; os.environ['PATH'] = ''; print(")],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert count_proven(done.stdout.encode(), "port.txt") == 3
    assert "port.pdf: a PDF, and nothing is installed that reads one" in alone.stderr


def test_numbers_that_word_counts_are_those_of_the_passages() -> None:
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr>'
    body = write_run_paragraph("The Port", '<w:pStyle w:val="berschrift1"/>')
    body += "".join(write_run_paragraph(text, numbered.format(3)) for text in TEXTS)
    copy = decode_copy(make_docx(body), name="port.docx")

    passages = read_passages(copy.text, form=copy.form).passages

    assert [(passage.number, passage.text) for passage in passages] == list(zip("789", TEXTS, strict=True))


@pytest.mark.parametrize(
    ("content", "message", "hint"),
    [
        (
            make_epub({"a.xhtml": "<p>x"}, "<e><EncryptionMethod Algorithm='aes'/><CipherReference/></e>"),
            "encrypted",
            "without",
        ),
        (make_epub({}), "no chapter is in it", "save or export"),
        (b"%PDF-1.4\nnothing", "a damaged PDF", "save it again"),
        (make_pdf([[]]), "no text is in this PDF: it is a scan", "OCR"),
        (make_docx("x")[:300], "damaged: it breaks off", "again"),
        (b"{\\rtf1 x}", "rich text", ".docx"),
    ],
)
def test_a_copy_that_cannot_be_read_says_why_and_what_to_do(content: bytes, message: str, hint: str) -> None:
    if content.startswith(b"%PDF"):
        find_module("pypdfium2")

    with pytest.raises(UnreadableError) as caught:
        decode_copy(content, name="copy")

    assert message in caught.value.message
    assert hint in str(caught.value.hint)


def compress_pdf(size: int, times: int) -> bytes:
    """Return a PDF whose page is a stream of so many bytes, compressed so many times."""
    stream = b" " * size
    for _ in range(times):
        stream = zlib.compress(stream, 9)
    filters = "/FlateDecode " * times
    head = (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
        f"4 0 obj<</Length {len(stream)}/Filter[{filters}]>>stream\n"
    )
    return head.encode() + stream + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def test_a_pdf_that_breaks_off_or_unpacks_to_very_much_is_read_or_refused() -> None:
    find_module("pypdfium2")
    whole = make_pdf([wrap_lines(text) for text in TEXTS])
    cases = [whole[: len(whole) * part // 8] for part in range(1, 8)] + [compress_pdf(400 * 10**6, 2)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)

    for content in cases:
        with contextlib.suppress(UnreadableError):
            decode_copy(content, name="copy.pdf")

    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime - before.ru_utime < 10
    assert after.ru_maxrss < 600 * 1024


def test_only_a_pdf_that_asks_for_its_reader_s_password_is_locked(tmp_path: Path) -> None:
    find_module("pypdfium2")
    office, home = find_program("soffice", "libreoffice"), f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    run_program(find_program("pandoc"), "-f", "html", "-o", str(tmp_path / "copy.odt"), stdin="<p>" + "<p>".join(TEXTS))
    forbidden = {"RestrictPermissions": {"type": "boolean", "value": "true"}}
    forbidden |= {"PermissionPassword": {"type": "string", "value": "x"}, "Changes": {"type": "long", "value": "0"}}
    locked = {
        "EncryptFile": {"type": "boolean", "value": "true"},
        "DocumentOpenPassword": {"type": "string", "value": "x"},
    }

    def write_pdf(settings: dict[str, dict[str, str]]) -> bytes:
        export = f"pdf:writer_pdf_Export:{json.dumps(settings)}"
        page, folder = str(tmp_path / "copy.odt"), str(tmp_path)
        run_program(office, home, "--headless", "--convert-to", export, "--outdir", folder, page)
        content = (tmp_path / "copy.pdf").read_bytes()
        assert b"/Encrypt" in content
        return content

    assert count_proven(write_pdf(forbidden), "copy.pdf") == 3
    with pytest.raises(UnreadableError, match="protected by a password"):
        decode_copy(write_pdf(locked), name="copy.pdf")


def test_fonts_that_an_epub_obscures_lock_nothing() -> None:
    obscured = "<e><EncryptionMethod Algorithm='http://www.idpf.org/2008/embedding'/><CipherReference/></e>"

    assert count_proven(make_epub({"a.xhtml": "".join(f"<p>{text}</p>" for text in TEXTS)}, obscured)) == 3


RST = """
====
Port
====

:Author: Quill

.. _the rules:

Of *rules*
----------

TEXT

.. a comment
   of two lines

- An item that goes on
  in a second line

  and in a second paragraph.

Shown::

    code that is no text

.. epigraph::

   A quotation *of* others.

.. image:: port.png
   :alt: nothing

See `the rules`_ and `a page <https://example.org>`_ by :doc:`the pilot <pilot>` of |port|. [1]_ A name_ stays.

.. |port| replace:: Orvania
.. [1] A note
   of two lines.
"""
ORG = """
#+TITLE: Port
# a comment
* TODO Of *rules* :tag:
  :PROPERTIES:
  :ID: 1
  :END:
TEXT

- An item that goes on
  in a second line

  and in a second paragraph.

Shown:
#+begin_src sh
code that is no text
#+end_src

#+begin_quote
A quotation /of/ others.
#+end_quote

See [[rules][the rules]] and [[https://example.org][a page]] by =the pilot= of Orvania.[fn:1] A name_ stays.

[fn:1] A note
of two lines.
"""


@pytest.mark.parametrize(("name", "text"), [("port.rst", RST), ("port.org", ORG)])
def test_of_light_markup_is_read_what_it_shows(name: str, text: str) -> None:
    copy = decode_copy(text.replace("TEXT", TEXTS[1]).encode(), name=name)

    blocks = [(block.kind, block.text) for block in parse_draft(copy.text, form=copy.form).blocks]

    assert [text for kind, text in blocks if kind == "paragraph" and "Author" not in text] == [
        TEXTS[1],
        "Shown:",
        "See the rules and a page by the pilot of Orvania. A name_ stays.",
    ]
    assert [text for kind, text in blocks if kind == "list"] == [
        "An item that goes on in a second line",
        "and in a second paragraph.",
    ]
    assert [text for kind, text in blocks if kind in ("quote", "note")] == [
        "A quotation of others.",
        "A note of two lines.",
    ]
    assert ("heading", "Of rules") in blocks
    assert "code" not in copy.text


@given(
    st.lists(
        st.sampled_from(
            "text|  text|    text|.. |.. note:: x|.. [1] x|.. |x| replace:: y|====|----|::|- a|1. a|`a|`a <b>`_|:b:`c`|[1]_|a_|"
            "| x|* a|#+begin_quote|#+end_quote|#+begin_src|[[a][b]]|[fn:1] x|[fn:1]|*a*|/a/|:A:|:END:|#+K: v||".split(
                "|"
            )
        ),
        max_size=30,
    )
)
def test_any_lines_of_light_markup_are_read_and_lose_no_running_text(lines: list[str]) -> None:
    for convert in (convert_rst, convert_org):
        # A word in a paragraph of its own, behind all that is open.
        written = convert("\n".join([*lines, "#+end_quote", "#+end_src", "", "Last words."]))
        assert "Last words." in written


@pytest.mark.parametrize("suffix", ["docx", "odt", "epub", "rst", "org"])
def test_the_source_is_proven_whole_from_what_pandoc_makes_of_it(
    source_copy: Path, tmp_path: Path, suffix: str
) -> None:
    page = tmp_path / "copy.html"
    lines = [line for line in source_copy.read_text("utf-8").split("\n") if line.strip()]
    page.write_text("<title>x</title>" + "".join(f"<p>{line}</p>" for line in lines), encoding="utf-8")
    run_program(find_program("pandoc"), str(page), "-o", str(tmp_path / f"copy.{suffix}"))

    told = run_rights("attach", "hrw-2020", str(tmp_path / f"copy.{suffix}"))

    assert (told.code, told.err) == (0, "rights: attached 23 of 23 paragraphs of hrw-2020, proven word for word\n")
