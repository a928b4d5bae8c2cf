"""What the tests of documents share: Word's and OpenDocument's own markup, written by hand, and packed as a document."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OTHERS = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    f' xmlns:r="{_OFFICE}"'
)
_TYPES = (
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/w/text.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
)
STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr/></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:basedOn w:val="Standard"/>
 <w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Zitat"><w:name w:val="Quote"/><w:basedOn w:val="Standard"/></w:style>
<w:style w:type="paragraph" w:styleId="Haus"><w:name w:val="House"/><w:basedOn w:val="Zitat"/></w:style>
<w:style w:type="paragraph" w:styleId="Kreis"><w:name w:val="Circle"/><w:basedOn w:val="Kreis"/></w:style>
<w:style w:type="paragraph" w:styleId="Eingerueckt"><w:name w:val="Set in"/><w:pPr><w:ind w:left="720"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Liste"><w:name w:val="List Paragraph"/><w:pPr><w:ind w:left="720"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Verz1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Bild"><w:name w:val="caption"/></w:style>
<w:style w:type="character" w:styleId="Still"><w:name w:val="Silent"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Stiller"><w:name w:val="More silent"/><w:basedOn w:val="Still"/></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>
</w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="5"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="4"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="5"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="4"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
"""


def pack_parts(parts: Mapping[str, str | bytes]) -> bytes:
    """Return the archive of *parts*, the first of them not packed, as OpenDocument wants it."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for number, (name, content) in enumerate(parts.items()):
            archive.writestr(name, content, compress_type=None if number else 0)
    return packed.getvalue()


def write_part(root: str, content: str, namespace: str = W) -> str:
    """Return a part of a Word document whose root element is *root*."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{head}\n<w:{root} xmlns:w="{namespace}" {_OTHERS}>{content}</w:{root}>'


def relate_parts(targets: dict[str, str]) -> str:
    """Return the part that says where those of each type are."""
    listed = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{type}" Target="{target}"/>'
        for number, (type, target) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def list_parts(
    body: str, *, footnotes: str = "", endnotes: str = "", namespace: str = W, styles: str = STYLES
) -> dict[str, str | bytes]:
    """Return the parts of a Word document, under names that only their relationships know."""
    separator = '<w:{0} w:type="separator" w:id="-1"><w:p><w:r><w:t>separator</w:t></w:r></w:p></w:{0}>'
    related = {"styles": "looks.xml", "numbering": "/w/n.xml", "footnotes": "below.xml", "endnotes": "../behind.xml"}
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">{_TYPES}</Types>',
        "_rels/.rels": relate_parts({"officeDocument": "w/text.xml"}),
        "w/_rels/text.xml.rels": relate_parts(related),
        "w/text.xml": write_part("document", f"<w:body>{body}<w:sectPr/></w:body>", namespace),
        "w/looks.xml": write_part("styles", styles, namespace),
        "w/n.xml": write_part("numbering", NUMBERING, namespace),
        "w/below.xml": write_part("footnotes", separator.format("footnote") + footnotes, namespace),
        "behind.xml": write_part("endnotes", separator.format("endnote") + endnotes, namespace),
        "w/header1.xml": write_part("hdr", write_run_paragraph("page head"), namespace),
    }


def make_docx(body: str, **more: str) -> bytes:
    """Return a Word document with this *body*, in Word's own markup."""
    return pack_parts(list_parts(body, **more))


def write_run(text: str, properties: str = "") -> str:
    """Return a run of *text*."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def write_run_paragraph(text: str, properties: str = "") -> str:
    """Return a paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{write_run(text)}</w:p>"


def write_note(kind: str, id: str, text: str) -> str:
    """Return a note with its own mark before its text."""
    mark = f"<w:r><w:{kind}Ref/></w:r>"
    return f'<w:{kind} w:id="{id}"><w:p>{mark}{write_run(" " + text)}</w:p></w:{kind}>'


_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = " ".join(
    f'xmlns:{prefix}="{_ODF}{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "text": "text",
        "table": "table",
        "draw": "drawing",
        "style": "style",
        "fo": "xsl-fo-compatible",
        "svg": "svg-compatible",
    }.items()
)
ODF_STYLES = """
<style:style style:name="Quotations" style:family="paragraph"/>
<style:style style:name="House" style:family="paragraph" style:parent-style-name="Quotations"/>
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="House"/>
<style:style style:name="P2" style:family="paragraph" style:parent-style-name="Standard">
 <style:paragraph-properties fo:margin-left="1.27cm"/></style:style>
<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="Caption" style:family="paragraph"/>
<text:list-style style:name="L1">
<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/></text:list-style>
"""


def make_odt(body: str, styles: str = ODF_STYLES, manifest: str = "") -> bytes:
    """Return an OpenDocument text with this *body*."""
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {_SPACES}>'
    text = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    text += f"<office:body><office:text>{body}</office:text></office:body>"
    manifest_head = f'<manifest:manifest xmlns:manifest="{_ODF}manifest:1.0">'
    return pack_parts(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"{head}{text}</office:document-content>",
            "META-INF/manifest.xml": f"{manifest_head}{manifest}</manifest:manifest>",
        }
    )
