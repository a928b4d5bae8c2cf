"""rights check --comments: findings in a copy of the Word document, at their words; all else as it was, byte for byte."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import run_rights
from documents import (
    list_parts,
    make_docx,
    pack_parts,
    relate_parts,
    write_note,
    write_part,
    write_run,
    write_run_paragraph,
)
from judges import find_module
from rightscli.drafts import read_content
from rightscli.drafts.comments import Comment, comment_document
from rightscli.errors import UnreadableError


def read_part(content: bytes, name: str = "w/text.xml") -> str:
    with ZipFile(BytesIO(content)) as archive:
        return archive.read(name).decode()


def list_commented(content: bytes) -> list[str]:
    """Return the text between the marks of each comment, in their order."""
    part = re.sub(r"<w:delText>.*?</w:delText>|<w:instrText>.*?</w:instrText>", "", read_part(content))
    found = []
    for id in re.findall(r'<w:commentRangeStart w:id="(\d+)"/>', part):
        between = re.search(rf'<w:commentRangeStart w:id="{id}"/>(.*)<w:commentRangeEnd w:id="{id}"/>', part, re.DOTALL)
        assert between
        assert f'<w:commentReference w:id="{id}"/>' in part
        found.append(re.sub(r"<[^>]*>", "", between[1]))
    return found


def comment_words(content: bytes, *words: str) -> bytes:
    text = read_content(content, name="draft.docx").text
    comments = [Comment(text.index(one), text.index(one) + len(one), [f"On {one}"]) for one in words]
    return comment_document(content, comments, name="draft.docx")


FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>CITE</w:instrText></w:r>'
    f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{write_run("(Lee 2018)")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
BOX = f"<w:r><w:pict><w:txbxContent>{write_run_paragraph('in a box')}</w:txbxContent></w:pict></w:r>"


@pytest.mark.parametrize(
    ("inside", "words", "commented"),
    [
        (write_run("One two three."), "two", "two"),
        (write_run("One two three."), "One two three.", "One two three."),
        ("<w:r><w:t>One two three.</w:t></w:r>", "two", "two"),
        (write_run("One ", "<w:b/>") + write_run("two ") + write_run("three."), "ne two th", "ne two th"),
        (write_run("A &amp; B &lt; C."), "& B <", "&amp; B &lt;"),
        (write_run("Café “so” and on"), "“so”", "“so”"),
        (write_run("See ") + FIELD + write_run(" there."), "Lee", "(Lee 2018)"),
        (write_run("Around ") + BOX + write_run(" it."), "a box", "in a box"),
        (f"<w:ins>{write_run('One two')}</w:ins><w:del><w:r><w:delText>x</w:delText></w:r></w:del>", "two", "two"),
        ("<w:r><w:t>One</w:t><w:tab/><w:t>two</w:t></w:r>", "two", "two"),
    ],
)  # fmt: skip
def test_a_comment_stands_at_its_words_or_around_what_takes_none(inside: str, words: str, commented: str) -> None:
    content = make_docx(f"<w:p>{inside}</w:p>")

    after = comment_words(content, words)

    assert list_commented(after) == [commented]
    assert read_content(after, name="draft.docx").text == read_content(content, name="draft.docx").text
    assert f"On {words}".replace("&", "&amp;").replace("<", "&lt;") in read_part(after, "w/rights-comments.xml")


def test_nothing_else_changes_and_the_bytes_that_were_there_stay_in_their_order() -> None:
    content = make_docx(write_run_paragraph("One two three.") + write_run_paragraph("Four two.", "<w:keepNext/>"))

    after = comment_words(content, "two", "One two", "Four")

    with ZipFile(BytesIO(content)) as old, ZipFile(BytesIO(after)) as new:
        added = {"w/text.xml", "w/_rels/text.xml.rels", "[Content_Types].xml"}
        assert all(old.read(name) == new.read(name) for name in set(old.namelist()) - added)
        assert set(new.namelist()) - set(old.namelist()) == {"w/rights-comments.xml"}
    rest = iter(read_part(after))
    assert all(sign in rest for sign in read_part(content))


def test_a_text_that_cannot_be_cut_is_commented_whole() -> None:
    part = read_part(comment_words(make_docx(f"<w:p>{write_run('<![CDATA[One two]]> three')}</w:p>"), "two"))

    assert re.search(
        r"<w:commentRangeStart [^<>]*><w:r>.*<!\[CDATA\[One two\]\]> three</w:t></w:r><w:commentRangeEnd", part
    )


def test_a_list_of_parts_that_is_empty_is_filled() -> None:
    parts = list_parts(write_run_paragraph("One two.")) | {"[Content_Types].xml": "<Types/>"}

    assert read_part(comment_words(pack_parts(parts), "two"), "[Content_Types].xml").startswith("<Types><Override ")


def test_a_comment_on_a_note_hangs_at_its_mark() -> None:
    mark = '<w:r><w:footnoteReference w:id="7"/></w:r>'
    content = make_docx(f"<w:p>{write_run('One.')}{mark}</w:p>", footnotes=write_note("footnote", "7", "A note."))

    part = read_part(comment_words(content, "note"))

    assert re.search(
        r'<w:commentRangeStart w:id="0"/><w:r><w:footnoteReference w:id="7"/></w:r><w:commentRangeEnd', part
    )


def test_comments_that_were_there_stay_and_new_ones_are_numbered_after_them() -> None:
    parts = list_parts(write_run_paragraph("One two."))
    parts["w/old.xml"] = write_part(
        "comments", f'<w:comment w:id="41" w:author="A">{write_run_paragraph("mine")}</w:comment>'
    )
    parts["w/_rels/text.xml.rels"] = relate_parts({"comments": "old.xml"})

    after = comment_words(pack_parts(parts), "two")

    assert re.findall(r'<w:comment w:id="(\d+)"', read_part(after, "w/old.xml")) == ["41", "42"]
    assert list_commented(after) == ["two"]


@given(st.lists(st.text("ab &<\u00e9\u4e00\U0001f600", min_size=1, max_size=8), min_size=1, max_size=5), st.data())
def test_whatever_is_commented_the_text_stays_the_same(texts: list[str], data: st.DataObject) -> None:
    escaped = [text.replace("&", "&amp;").replace("<", "&lt;") for text in texts]
    content = make_docx(f"<w:p>{''.join(map(write_run, escaped))}</w:p>")
    before = read_content(content, name="x.docx")
    places = st.integers(0, len(before.text) - 1)
    spans = data.draw(st.lists(st.tuples(places, places).map(sorted), max_size=4))

    after = comment_document(content, [Comment(start, end + 1, ["x"]) for start, end in spans], name="x.docx")

    assert read_content(after, name="x.docx").text == before.text
    assert len(list_commented(after)) == len(spans)


def test_findings_are_written_into_a_copy_and_never_into_the_draft(tmp_path: Path) -> None:
    draft, out = tmp_path / "draft.docx", tmp_path / "out.docx"
    body = write_run_paragraph("In 2018, 1,317 North Koreans reached South Korea (hrw-2020:9).")
    draft.write_bytes(make_docx(body))
    before = draft.read_bytes()

    told = run_rights("check", str(draft), "--comments", str(out))
    own = run_rights("check", str(draft), "--comments", str(draft))
    other = run_rights("check", "-", "--comments", str(out), stdin="In 2018.")

    assert (told.code, own.code, other.code) == (1, 2, 2)
    assert told.err.startswith(f"rights: comments in {out}: 1\n")
    assert "the draft itself is not written to" in own.err
    assert "Word documents only" in other.err
    assert draft.read_bytes() == before
    assert list_commented(out.read_bytes()) == ["1,317"]
    said = "Problem: differs: says 1,317; hrw-2020:9 says 1,137"
    assert said in read_part(out.read_bytes(), "w/rights-comments.xml")


@pytest.mark.parametrize("name", ["notes.md", "notes", "notes.odt", ".docx"])
def test_no_file_that_is_called_otherwise_than_a_word_document_is_written(tmp_path: Path, name: str) -> None:
    draft, out = tmp_path / "draft.docx", tmp_path / name
    draft.write_bytes(make_docx(write_run_paragraph("In 2018, 1,317 North Koreans reached South Korea (hrw-2020:9).")))
    out.write_text("Mine.\n")

    told = run_rights("check", str(draft), "--comments", str(out))

    assert (told.code, told.out) == (2, "")
    assert told.err == f"rights: {out}: a Word document is written, and none is called so\n  name it .docx\n"
    assert out.read_text() == "Mine.\n"


def test_another_reader_of_word_documents_sees_the_comments(tmp_path: Path) -> None:
    docx = find_module("docx")
    body = write_run_paragraph("One two three.")

    document = docx.Document(BytesIO(comment_words(make_docx(body), "two")))

    assert [comment.text for comment in document.comments] == ["On two"]
    assert document.paragraphs[0].text == "One two three."


def test_an_open_document_takes_no_comments() -> None:
    from documents import make_odt

    with pytest.raises(UnreadableError):
        comment_document(make_odt("<text:p>x</text:p>"), [], name="x.odt")
