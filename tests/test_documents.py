"""Word's and OpenDocument's documents: what a reader of each sees, where its findings are, and what cannot be read."""

from __future__ import annotations

import json
import struct
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import run_rights
from documents import (
    STRICT,
    W,
    list_parts,
    make_docx,
    make_odt,
    pack_parts,
    write_note,
    write_part,
    write_run,
    write_run_paragraph,
)
from judges import find_program, run_program
from rightscli.drafts import Draft, read_content
from rightscli.drafts.conversion import convert_copy
from rightscli.errors import UnreadableError


def read_document(content: bytes, name: str = "draft.docx") -> Draft:
    return read_content(content, name=name).draft


def list_blocks(content: bytes) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in read_document(content).blocks]


def write_field(instruction: str, shown: str) -> str:
    turns = [f'<w:r><w:fldChar w:fldCharType="{turn}"/></w:r>' for turn in ("begin", "separate", "end")]
    return f"{turns[0]}<w:r><w:instrText>{instruction}</w:instrText></w:r>{turns[1]}{shown}{turns[2]}"


BOX = "<w:txbxContent>" + write_run_paragraph("in a box") + "</w:txbxContent>"
NUMBERED = '<w:numPr><w:ilvl w:val="{0}"/><w:numId w:val="{1}"/></w:numPr>'


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        (write_run("one ") + write_run("<![CDATA[t]]>wo &amp; “three”"), "one two & “three”"),
        (f'a<w:ins w:id="1">{write_run("b")}</w:ins>'.replace("a", write_run("a"), 1), "ab"),
        (write_run("a") + '<w:del w:id="1"><w:r><w:delText>x</w:delText><w:t>y</w:t></w:r></w:del>', "a"),
        (f"<w:moveFrom>{write_run('x')}</w:moveFrom><w:moveTo>{write_run('a')}</w:moveTo>", "a"),
        (write_field("ADDIN ZOTERO_ITEM {}", write_run("(Lee 2018)")) + write_run("."), "(Lee 2018)."),
        (write_field(f"IF {write_field('PAGE', write_run('9'))} x", write_run("shown")), "shown"),
        (f'<w:fldSimple w:instr="DATE">{write_run("May 9")}</w:fldSimple>', "May 9"),
        (f'<w:hyperlink r:id="r9">{write_run("a link")}</w:hyperlink>', "a link"),
        (f"<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{write_run('held')}</w:sdtContent></w:sdt>", "held"),
        (
            "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
            + write_run("Click here")
            + "</w:sdtContent></w:sdt>"
            + write_run("a"),
            "a",
        ),
        (write_run("hidden", "<w:vanish/>") + write_run("shown", '<w:vanish w:val="0"/>'), "shown"),
        (write_run("hidden", '<w:rStyle w:val="Stiller"/>') + write_run("shown"), "shown"),
        (write_run("a", "<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>"), "a"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>", "a b c"),
        ("<w:r><w:t>well</w:t><w:noBreakHyphen/><w:t>known</w:t><w:softHyphen/><w:t>ly</w:t></w:r>", "well\u2011known\u00adly"),
        (write_run("15\u00a0years"), "15\u00a0years"),
        ('<w:r><w:sym w:font="Symbol" w:char="2013"/><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>', "–"),
        ("<w:ruby><w:rt>" + write_run("x") + "</w:rt><w:rubyBase>" + write_run("北") + "</w:rubyBase></w:ruby>", "北"),
        ("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>" + write_run("a"), "a"),
        ('<w:bookmarkStart w:id="0"/><w:commentRangeStart w:id="1"/>' + write_run("a") + '<w:proofErr w:type="x"/>', "a"),
    ],
)  # fmt: skip
def test_of_a_paragraph_is_read_what_word_shows(inside: str, shown: str) -> None:
    for namespace in (W, STRICT):
        assert list_blocks(make_docx(f"<w:p>{inside}</w:p>", namespace=namespace)) == [("paragraph", shown)]


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        ("", "paragraph"),
        ('<w:pStyle w:val="berschrift1"/>', "heading"),
        ('<w:outlineLvl w:val="2"/>', "heading"),
        ('<w:outlineLvl w:val="9"/>', "paragraph"),
        ('<w:pStyle w:val="Zitat"/>', "quote"),
        ('<w:pStyle w:val="Haus"/>', "quote"),
        ('<w:pStyle w:val="Kreis"/>', "paragraph"),
        ('<w:pStyle w:val="Eingerueckt"/>', "quote"),
        ('<w:pStyle w:val="Liste"/>', "paragraph"),
        ('<w:pStyle w:val="Bild"/>', "caption"),
        ('<w:pStyle w:val="Unknown"/>', "paragraph"),
        ('<w:ind w:left="567" w:right="567"/>', "quote"),
        ('<w:ind w:start="567"/>', "quote"),
        ('<w:ind w:left="567" w:hanging="567"/>', "paragraph"),
        ('<w:ind w:left="200"/>', "paragraph"),
        ('<w:pPrChange><w:pPr><w:pStyle w:val="Zitat"/></w:pPr></w:pPrChange>', "paragraph"),
        (NUMBERED.format(0, 1), "list"),
        (NUMBERED.format(0, 0), "paragraph"),
    ],
)
def test_what_a_paragraph_is_its_style_says_and_what_that_is_based_on(properties: str, kind: str) -> None:
    running = write_run_paragraph("Running text that is not set in at all.")

    assert list_blocks(make_docx(running + write_run_paragraph("It.", properties)))[1] == (kind, "It.")


@pytest.mark.parametrize(
    "name", ["Zitat", "Citation", "Cita", "Citaat", "Blockzitat", "Цитата", "引用文", "Cytat", "Alıntı"]
)
def test_a_style_quotes_in_any_language(name: str) -> None:
    styles = f'<w:style w:type="paragraph" w:styleId="x"><w:name w:val="{name}"/></w:style>'

    blocks = list_blocks(make_docx(write_run_paragraph("It.", '<w:pStyle w:val="x"/>'), styles=styles))

    assert blocks == [("quote", "It.")]


def test_a_document_that_is_set_in_as_a_whole_quotes_nothing() -> None:
    body = "".join(write_run_paragraph(f"It is {word}.", '<w:ind w:left="720"/>') for word in ("so", "not so"))

    assert {kind for kind, _ in list_blocks(make_docx(body))} == {"paragraph"}


def test_lists_have_their_numbers_and_go_on_where_they_stopped() -> None:
    steps = [(0, 1), (1, 1), (1, 1), (0, 1), (0, 3), (0, 2)]
    body = "".join(write_run_paragraph("x", NUMBERED.format(*step)) for step in steps)

    blocks = read_document(make_docx(body)).blocks

    assert [block.marker for block in blocks] == ["1.", "1.1", "1.2", "2.", "7.", ""]
    assert [block.depth for block in blocks] == [1, 2, 2, 1, 1, 1]


def test_a_table_is_read_by_cell_and_a_contents_list_is_not_read() -> None:
    cells = "".join(f"<w:tc><w:tcPr/>{write_run_paragraph(word)}</w:tc>" for word in ("one", "two"))
    body = f"<w:tbl><w:tblPr/><w:tr>{cells}</w:tr></w:tbl>" + write_run_paragraph(
        "A head 3", '<w:pStyle w:val="Verz1"/>'
    )

    assert list_blocks(make_docx(body)) == [("cell", "one"), ("cell", "two")]


@pytest.mark.parametrize(
    "box",
    [
        f"<mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>{BOX}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><v:textbox>{BOX}</v:textbox></mc:Fallback></mc:AlternateContent>",
        f"<w:pict><v:textbox>{BOX}</v:textbox></w:pict>",
    ],
)
def test_a_text_box_is_read_once_after_the_paragraph_that_it_hangs_at(box: str) -> None:
    content = make_docx(
        f"<w:p>{write_run('around ')}<w:r>{box}</w:r>{write_run('it')}</w:p>" + write_run_paragraph("next")
    )

    draft = read_document(content)

    assert [block.text for block in draft.blocks] == ["around it", "in a box", "next"]
    assert [spot.paragraph for spot in draft.spots] == [1, 1, 2]


def test_paragraphs_whose_mark_between_them_is_deleted_are_one() -> None:
    deleted = "<w:rPr><w:del w:id='1'/></w:rPr>"
    body = write_run_paragraph("one ", deleted) + write_run_paragraph("two ", deleted) + write_run_paragraph("three")
    in_cell = f"<w:tbl><w:tr><w:tc>{write_run_paragraph('last', deleted)}</w:tc></w:tr></w:tbl>"

    assert list_blocks(make_docx(body + in_cell)) == [("paragraph", "one two three"), ("cell", "last")]


def test_a_drop_cap_is_part_of_its_paragraph() -> None:
    body = write_run_paragraph("T", '<w:framePr w:dropCap="drop"/>') + write_run_paragraph("hey went.")

    assert list_blocks(make_docx(body)) == [("paragraph", "They went.")]


def test_notes_hang_at_their_marks_and_unmarked_ones_are_not_read() -> None:
    marks = '<w:r><w:footnoteReference w:id="7"/></w:r>', '<w:r><w:endnoteReference w:id="2"/></w:r>'
    own = '<w:r><w:footnoteReference w:id="8" w:customMarkFollows="1"/><w:t>*</w:t></w:r>'
    content = make_docx(
        f"<w:p>{write_run('One.')}{marks[0]}{write_run(' Two.')}{marks[1]}{write_run(' Three.')}{own}</w:p>",
        footnotes=write_note("footnote", "8", "Own.") + write_note("footnote", "7", "Foot.") + write_note("footnote", "9", "No."),
        endnotes=write_note("endnote", "2", "End."),
    )  # fmt: skip

    draft = read_document(content)

    assert [(block.kind, block.text) for block in draft.blocks] == [
        ("paragraph", "One. Two. Three."),
        ("note", "Foot."),
        ("note", "End."),
        ("note", "Own."),
    ]
    assert draft.blocks[0].notes == ((4, 1), (9, 2), (16, 3))
    assert [tuple(spot) for spot in draft.spots] == [(1, None), (1, 1), (1, 1), (1, 2)]


ODT_PLAIN = '<text:p text:style-name="Standard">{}</text:p>'


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        ("a <text:span>b</text:span>\n <text:a>c</text:a>", "a b c"),
        ('a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d', "a b c d"),
        ('a<text:span text:style-name="T1">hidden</text:span>b', "ab"),
        ("a<office:annotation><text:p>a remark</text:p></office:annotation>b", "ab"),
        ("<text:change-start/>in<text:change-end/>sert<text:change/>", "insert"),
        ("a<draw:frame><svg:title>name</svg:title><draw:image/></draw:frame>", "a"),
        ("<text:ruby><text:ruby-base>北</text:ruby-base><text:ruby-text>x</text:ruby-text></text:ruby>", "北"),
        ('<text:hidden-text text:is-hidden="true">x</text:hidden-text>a<text:page-number>3</text:page-number>', "a3"),
        ("well\u2011known\u00a0so", "well\u2011known\u00a0so"),
    ],
)
def test_of_an_open_document_paragraph_is_read_what_is_shown(inside: str, shown: str) -> None:
    assert list_blocks(make_odt(ODT_PLAIN.format(inside))) == [("paragraph", shown)]


def test_an_open_document_has_headings_quotations_lists_cells_boxes_and_notes() -> None:
    item = "<text:list-item><text:p>{}</text:p></text:list-item>"
    mark = "<text:note-citation>1</text:note-citation><text:note-body><text:p>Foot.</text:p></text:note-body>"
    note = f'<text:note text:note-class="footnote">{mark}</text:note>'
    content = make_odt(
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region>"
        '</text:tracked-changes><text:h text:outline-level="2">Head</text:h>'
        + ODT_PLAIN.format(
            f"One.{note} Two.<draw:frame><draw:text-box><text:p>box</text:p></draw:text-box></draw:frame>"
        )
        + '<text:p text:style-name="P1">quoted</text:p><text:p text:style-name="P2">set in</text:p>'
        + f'<text:list text:style-name="L1">{item.format("a")}{item.format("b")}</text:list>'
        + "<table:table><table:table-row><table:table-cell><text:p>c</text:p></table:table-cell></table:table-row></table:table>"
        + '<text:section text:display="none"><text:p>hidden</text:p></text:section>'
        + "<text:table-of-content><text:p>Head 1</text:p></text:table-of-content>"
        + '<text:p text:style-name="Caption">Figure 1</text:p>'
    )

    draft = read_document(content)

    assert [(block.kind, block.text, block.marker) for block in draft.blocks] == [
        ("heading", "Head", ""),
        ("paragraph", "One. Two.", ""),
        ("paragraph", "box", ""),
        ("quote", "quoted", ""),
        ("quote", "set in", ""),
        ("list", "a", "1."),
        ("list", "b", "2."),
        ("cell", "c", ""),
        ("caption", "Figure 1", ""),
        ("note", "Foot.", ""),
    ]
    assert draft.blocks[1].notes == ((4, 9),)


# What the commands say.

WRONG = "In 2018, 1,317 North Koreans reached South Korea"


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "draft.docx"
    mark = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    body = write_run_paragraph("A first paragraph.") + f"<w:p>{write_run(WRONG)}{write_run('.')}{mark}</w:p>"
    path.write_bytes(make_docx(body, footnotes=write_note("footnote", "1", f"{WRONG} (hrw-2020:9).")))
    return path


def test_a_finding_is_in_a_paragraph_or_a_note_for_people_and_programs(wrong: Path) -> None:
    told = run_rights("check", str(wrong))
    record = json.loads(run_rights("check", str(wrong), "--json").out)["results"]

    says = "differs: says 1,317; hrw-2020:9 says 1,137: Only 1,137 North Koreans reached South Korea in 2018."
    assert told.code == 1

    assert told.out == f"{wrong}:¶2 '{WRONG}.': {says}\n{wrong}:note 1 '{WRONG}…': {says}\n"
    places = [(one["place"], one["paragraph"], one["note"]) for one in record if one["verdict"] == "differs"]
    assert places == [("¶2", 2, None), ("note 1", 2, 1)]


def test_continuous_integration_is_told_the_place_in_words(wrong: Path) -> None:
    annotations = run_rights("check", "-f", "github", str(wrong)).out
    sarif = json.loads(run_rights("check", "-f", "sarif", str(wrong)).out)
    markdown = run_rights("check", "-f", "md", str(wrong)).out

    assert f"{wrong},title=statement%3A differs::¶2 '{WRONG}.': says 1,317" in annotations
    [first, second] = (one["locations"][0] for one in sarif["runs"][0]["results"])
    assert [one["logicalLocations"][0]["fullyQualifiedName"] for one in (first, second)] == ["¶2", "note 1"]
    assert "region" not in first["physicalLocation"]
    assert ":¶2: **differs**" in markdown


def test_repairs_are_made_in_text_only(wrong: Path) -> None:
    before = wrong.read_bytes()

    told = run_rights("check", "--fix", "--write", str(wrong))

    assert (told.code, told.out) == (2, "")
    assert told.err == (
        f"rights: {wrong}: a document: repairs are made in text only\n"
        "  leave --fix out; --comments OUT.docx writes what is found into a copy\n"
    )
    assert wrong.read_bytes() == before


@pytest.mark.parametrize("form", ["text", "latex"])
def test_the_form_of_a_text_is_not_that_of_a_document(wrong: Path, form: str) -> None:
    told = run_rights("check", "--form", form, str(wrong))

    assert (told.code, told.out) == (2, "")
    assert told.err == f"rights: {wrong}: a document: --form says how a text is read\n  leave --form out\n"


def test_a_document_from_a_pipe_is_read_as_what_it_is(wrong: Path, tmp_path: Path) -> None:
    other = tmp_path / "draft.txt"
    other.write_bytes(wrong.read_bytes())

    assert run_rights("check", str(other)).out == run_rights("check", str(wrong)).out.replace(".docx", ".txt")


# What cannot be read.


def name_fault(content: bytes, name: str = "draft.docx") -> str:
    with pytest.raises(UnreadableError) as fault:
        read_content(content, name=name)
    assert fault.value.hint
    return fault.value.message.removeprefix(f"{name}: ")


def change_part(name: str, content: str | bytes) -> bytes:
    return pack_parts(list_parts(write_run_paragraph("x")) | {name: content})


def test_what_is_no_document_says_why_and_what_to_do() -> None:
    docx = make_docx(write_run_paragraph("x" * 5000))
    head, tail = (
        '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        write_part("document", "<w:body/>").partition("\n")[2],
    )
    locked = '<file-entry><encryption-data/></file-entry>'  # fmt: skip

    assert name_fault(b"\xd0\xcf\x11\xe0" + bytes(500)) == "a document of an old Office program"
    assert name_fault(b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")) == "protected by a password"
    assert name_fault(b"{\\rtf1 x}", "x.rtf") == "rich text"
    assert name_fault(docx[:-30]) == "damaged: it breaks off"
    assert name_fault(b"plain text") == "no Word document, whatever its name says"
    assert name_fault(b"", "x.odt") == "no OpenDocument text, whatever its name says"
    assert name_fault(docx.replace(b"PK\x01\x02", b"PK\x01\x03")) == "damaged: what it holds cannot be listed"
    assert "a document type" in name_fault(change_part("w/text.xml", head + tail))
    assert "line 1" in name_fault(change_part("w/text.xml", "<w:document"))
    assert "too deep" in name_fault(change_part("w/text.xml", "<a>" * 1000))
    assert "elements, all alike" in name_fault(change_part("w/text.xml", "<a>" + "<b/>" * 1_300_000 + "</a>"))
    assert "too long" in name_fault(change_part("w/text.xml", "<a>" + "x" * 9 * 10**6 + "</a>"))
    assert "too long" in name_fault(change_part("w/text.xml", f'<a b="{"x" * 8 * 10**6}"/>'))
    assert name_fault(make_odt("", manifest=locked)) == "protected by a password"
    assert name_fault(pack_parts({"a.txt": "x"})) == "an archive, not a document that is read"
    lost: dict[str, str | bytes] = {name: part for name, part in list_parts("").items() if name != "w/text.xml"}
    assert name_fault(pack_parts(lost)) == "damaged: it lacks its part w/text.xml"
    other = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}
    assert name_fault(pack_parts(other)) == "an OpenDocument spreadsheet, not a text"


def test_a_damaged_part_is_told() -> None:
    content = bytearray(make_docx(write_run_paragraph("".join(chr(97 + n * n % 23) for n in range(5000)))))
    place = content.index(b"w/looks.xml") - 400
    content[place : place + 40] = bytes(40)

    assert "damaged: its part w/" in name_fault(bytes(content))


def test_archives_that_unpack_to_very_much_are_refused_unread() -> None:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in list_parts("").items():
            if name != "w/text.xml":
                archive.writestr(name, content)
        with archive.open("w/text.xml", "w") as part:
            for _ in range(300):
                part.write(b" " * 10**6)

    assert "unpacks to 300,000,000 bytes" in name_fault(packed.getvalue())


def test_archives_of_very_many_parts_are_refused_before_they_are_listed() -> None:
    docx = make_docx("")
    ends = docx.rindex(b"PK\x05\x06")
    count, size = 60_000, 3 * 10**6

    assert "10,000 parts" in name_fault(
        docx[:ends] + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, 99, 0, 0)
    )
    assert "10,000 parts" in name_fault(docx[:ends] + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 3, 3, size, 0, 0))


# Documents that others made, and damaged ones.

TWIN = """# Work in North Korea

In 2018, 1,317 North Koreans reached South Korea (hrw-2020:9). Another sentence.[^1]

As the report says:

> In theory, all working North Koreans are required to be idle (hrw-2020:13).

- In 2018, *only* 1,137 North Koreans reached South Korea (hrw-2020:9).
- North Korea has joined the International Labour Organization.

| who | what |
|-----|------|
| one | In 2018, 1,317 North Koreans reached South Korea. |

[^1]: The source ends before hrw-2020:99. In 2018, 1,317 North Koreans reached South Korea.
"""


def list_verdicts(path: Path) -> list[tuple[str, str, str, str | None]]:
    results = json.loads(run_rights("check", str(path), "--json").out)["results"]
    return [(one["kind"], one["verdict"], one["text"], one["ref"]) for one in results]


def test_a_draft_that_pandoc_and_libreoffice_made_has_the_verdicts_of_its_plain_twin(tmp_path: Path) -> None:
    plain = tmp_path / "draft.md"
    plain.write_text(TWIN, encoding="utf-8")
    for suffix in ("docx", "odt"):
        run_program(find_program("pandoc"), str(plain), "-o", str(tmp_path / f"draft.{suffix}"))

    verdicts = list_verdicts(plain)

    assert len(verdicts) > 5
    assert list_verdicts(tmp_path / "draft.docx") == verdicts
    assert list_verdicts(tmp_path / "draft.odt") == verdicts
    office, home = find_program("soffice", "libreoffice"), f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    run_program(
        office, home, "--headless", "--convert-to", "docx", "--outdir", str(tmp_path), str(tmp_path / "draft.odt")
    )
    assert list_verdicts(tmp_path / "draft.docx") == verdicts


PIECES = [
    *("<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>a b</w:t>", "<w:tbl>", "</w:tbl>", "<w:tc>", "</w:tc>", "<w:txbxContent>"),
    *("</w:txbxContent>", "<w:del>", "</w:del>", "<w:pPr>", "</w:pPr>", "<w:del/>", '<w:fldChar w:fldCharType="begin"/>'),
    *('<w:fldChar w:fldCharType="end"/>', '<w:footnoteReference w:id="1"/>', "<w:sdt>", "</w:sdt>", "<w:sdtContent>"),
    *("</w:sdtContent>", '<w:numId w:val="1"/>', '<w:ilvl w:val="99"/>', '<w:pStyle w:val="Kreis"/>', '<w:ind w:left="-9"/>'),
    *("<mc:AlternateContent>", "</mc:AlternateContent>", "<mc:Choice>", "</mc:Choice>", '<w:sym w:char="zz"/>', "</w:body>"),
]  # fmt: skip
ODF_PIECES = [
    *("<text:p>", "</text:p>", "<text:h>", "</text:h>", "a b", "<text:list>", "</text:list>", "<text:list-item>"),
    *(
        "</text:list-item>",
        "<text:note>",
        "</text:note>",
        "<draw:text-box>",
        "</draw:text-box>",
        "<text:span>",
        "</text:span>",
    ),
    *(
        '<text:s text:c="-3"/>',
        '<text:s text:c="999999999"/>',
        "<table:table-cell>",
        "</table:table-cell>",
        "</office:text>",
    ),
]


def close_elements(pieces: list[str]) -> str:
    """Return *pieces* as well-formed XML: end tags that end nothing are left out, and what is open is closed."""
    written: list[str] = []
    opened: list[str] = []
    for piece in pieces:
        if piece.startswith("</"):
            if not opened or opened[-1] != piece:
                continue
            opened.pop()
        elif piece.startswith("<") and "/" not in piece[-2:] and "</" not in piece:
            opened.append(f"</{piece[1:-1].partition(' ')[0]}>")
        written.append(piece)
    return "".join(written + opened[::-1])


@given(st.lists(st.sampled_from(PIECES), max_size=60), st.lists(st.sampled_from(ODF_PIECES), max_size=60))
def test_elements_in_any_order_are_read_and_every_place_is_in_the_text(word: list[str], odf: list[str]) -> None:
    notes = write_note("footnote", "1", "A note.")

    for content in (make_docx(close_elements(word), footnotes=notes), make_odt(close_elements(odf))):
        reading = read_content(content, name="draft.docx")
        for block in reading.draft.blocks:
            assert all(
                reading.text[block.find_offset(place)] == sign or sign == " " for place, sign in enumerate(block.text)
            )
        assert len(reading.draft.spots) == len(reading.draft.line_starts) or not reading.text


@given(
    st.data(),
    st.sampled_from([make_docx(write_run_paragraph("Some text."), footnotes=""), make_odt("<text:p>x</text:p>")]),
)
def test_whatever_is_damaged_is_read_or_refused(data: st.DataObject, content: bytes) -> None:
    damaged = bytearray(content)
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=6)):
        damaged[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)) | st.just(len(content)))

    for read in (read_content, convert_copy):
        with suppress(UnreadableError):
            read(bytes(damaged[:cut]), name="draft.docx")


@given(st.data(), st.sampled_from(["w/text.xml", "w/looks.xml", "w/n.xml", "w/below.xml", "_rels/.rels"]))
def test_a_part_that_holds_anything_is_read_or_refused(data: st.DataObject, name: str) -> None:
    parts = list_parts(write_run_paragraph("Some text.")) | {
        name: data.draw(st.binary(max_size=200) | st.text(max_size=200))
    }

    with suppress(UnreadableError):
        read_content(pack_parts(parts), name="draft.docx")
