"""The source as PDFs of four producers, in one column and in two, with heads, page numbers and words cut at line ends."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest

from conftest import run_rights
from documents import W, pack_parts, relate_parts
from judges import find_module, find_program, run_program
from rightscli.base.load import read_base
from rightscli.base.passages import read_passages
from rightscli.base.paths import find_bundled_base
from rightscli.copies.reading import find_paragraphs, read_copy

HEAD = "World Report 2020"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TEX_SIGNS = {"%": r"\%", "&": r"\&", "$": r"\$", "#": r"\#", "_": r"\_", "–": "--", "—": "---"}


def is_heading(line: str) -> bool:
    return len(line.split()) < 10


def print_by_browser(lines: list[str], columns: int, pdf: Path) -> None:
    """Justified and cut at line ends, the first lines set in; a head and a number in the margins."""
    browser = find_program("chromium", "chromium-browser", "google-chrome")
    style = f"@page{{size:A5;margin:18mm;@top-center{{content:'{HEAD}'}}@bottom-center{{content:counter(page)}}}}"
    style += f"body{{columns:{columns}}}p{{margin:0;text-indent:1.5em;text-align:justify;hyphens:auto}}"
    shown = "".join(f"<h2>{line}</h2>" if is_heading(line) else f"<p>{line}</p>" for line in map(escape, lines))
    page = pdf.with_suffix(".html")
    page.write_text(f"<!doctype html><html lang=en><meta charset=utf-8><style>{style}</style>{shown}", "utf-8")
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
    run_program(browser, *options, f"--user-data-dir={pdf.parent / 'profile'}", f"--print-to-pdf={pdf}", page.as_uri())


def print_by_typst(lines: list[str], columns: int, pdf: Path) -> None:
    """Justified, with a larger distance between paragraphs; a number of the page and of all pages."""
    text = f'#set page(paper: "a5", columns: {columns}, header: [{HEAD} #h(1fr) North Korea], numbering: "1 / 1")\n'
    text += '#set text(lang: "en", size: 10pt)\n#set par(justify: true)\n'
    text += "\n\n".join("= " * is_heading(line) + line for line in lines)
    pdf.write_bytes(find_module("typst").compile(text.encode()))


def print_by_latex(lines: list[str], columns: int, pdf: Path) -> None:
    """A book whose heads change, in two columns in fonts without a map of their signs; a note in the first paragraph."""
    program = find_program("pdflatex")
    fonts = r"\usepackage[T1]{fontenc}" * (columns - 1)
    options = "a5paper,10pt" + ",twocolumn" * (columns - 1)
    text = (
        rf"\documentclass[{options}]{{article}}{fonts}\pagestyle{{headings}}\setcounter{{page}}{{423}}"
        + "\n\\begin{document}\n"
    )
    for place, line in enumerate(lines):
        written = "".join(_TEX_SIGNS.get(sign, sign) for sign in line)
        note = (
            r"\footnote{A note that is no part of the text, and long enough to need a second line below the first one.}"
        )
        text += rf"\section*{{{written}}}\markright{{{written}}}" if is_heading(line) else written + note * (place == 0)
        text += "\n\n"
    pdf.with_suffix(".tex").write_text(text + r"\end{document}", "utf-8")
    run_program(program, "-interaction=batchmode", f"-output-directory={pdf.parent}", str(pdf.with_suffix(".tex")))


def print_by_office(lines: list[str], columns: int, pdf: Path) -> None:
    """LibreOffice's, of Word's markup: ragged, cut at line ends, with a head and a number."""
    office, home = find_program("soffice", "libreoffice"), f"-env:UserInstallation={(pdf.parent / 'office').as_uri()}"
    space = '<w:pPr><w:spacing w:after="160"/></w:pPr>'
    bold = '<w:pPr><w:spacing w:before="240" w:after="120"/></w:pPr>'
    shown = "".join(
        f"<w:p>{bold if is_heading(line) else space}<w:r><w:t>{escape(line, quote=False)}</w:t></w:r></w:p>"
        for line in lines
    )
    number = "".join(
        f"<w:r>{part}</w:r>"
        for part in (
            '<w:fldChar w:fldCharType="begin"/>',
            "<w:instrText>PAGE</w:instrText>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    space = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    section = '<w:headerReference w:type="default" r:id="r0"/><w:footerReference w:type="default" r:id="r1"/>'
    section += '<w:pgSz w:w="8391" w:h="11906"/><w:pgMar w:top="1200" w:bottom="1200" w:left="900" w:right="900"'
    section += f' w:header="500" w:footer="500"/><w:cols w:num="{columns}" w:space="400"/>'
    kinds = {"document": "document.main", "settings": "settings", "header": "header", "footer": "footer"}
    types = "".join(
        f'<Override PartName="/w/{name}.xml" ContentType="{WORD}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    parts = {
        "document": f'<w:document xmlns:w="{W}" {space}><w:body>{shown}<w:sectPr>{section}</w:sectPr></w:body></w:document>',
        "settings": f'<w:settings xmlns:w="{W}"><w:autoHyphenation/></w:settings>',
        "header": f'<w:hdr xmlns:w="{W}"><w:p><w:r><w:t>{HEAD}</w:t></w:r></w:p></w:hdr>',
        "footer": f'<w:ftr xmlns:w="{W}"><w:p>{number}</w:p></w:ftr>',
    }
    packed = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default'
        ' Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml"'
        f' ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": relate_parts({"officeDocument": "w/document.xml"}),
        "w/_rels/document.xml.rels": relate_parts(
            {"header": "header.xml", "footer": "footer.xml", "settings": "settings.xml"}
        ),
        **{f"w/{name}.xml": content for name, content in parts.items()},
    }
    pdf.with_suffix(".docx").write_bytes(pack_parts(packed))
    run_program(
        office, home, "--headless", "--convert-to", "pdf", "--outdir", str(pdf.parent), str(pdf.with_suffix(".docx"))
    )


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("make", [print_by_browser, print_by_typst, print_by_latex, print_by_office])
def test_the_source_is_proven_whole_and_added_from_its_pdf(
    make: Callable[[list[str], int, Path], None], columns: int, source_copy: Path, tmp_path: Path
) -> None:
    find_module("pypdfium2")
    lines = [line for line in source_copy.read_text("utf-8").split("\n") if line.strip()]
    pdf = tmp_path / "copy.pdf"
    make(lines, columns, pdf)

    told = run_rights("attach", "hrw-2020", str(pdf))
    copy = read_copy(pdf)
    passages = read_passages(copy.text, form=copy.form).passages

    assert (told.code, told.err) == (0, "rights: attached 23 of 23 paragraphs of hrw-2020, proven word for word\n")
    assert all(one.page for one in passages)
    source = read_base(find_bundled_base()).sources["hrw-2020"]
    proven = find_paragraphs(source, copy)
    # Where no other line has the word, nothing tells whether a hyphen at a line's end is its own.
    assert [one.text.replace("-", "") for one in passages] == [text.replace("-", "") for text in proven.values()]
    hashes = {paragraph.sha256 for paragraph in source.paragraphs}
    assert sum(one.sha256 in hashes for one in passages) >= 22
