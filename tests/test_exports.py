"""Exports, each read back by programs that we did not write: institutions undivided, title, container, date, URL, key."""

from __future__ import annotations

import html
import json
import re
import warnings
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from judges import find_module, find_program, run_node, run_program
from rightscli.base.csl import CSL_TYPES
from rightscli.cite.exports import BIBLIOGRAPHY_FORMS, format_bibliography
from rightscli.records import Record
from rightscli.text.edtf import read_date_parts

CHAPTER: Record = {
    "id": "hrw-2020",
    "type": "chapter",
    "title": "North Korea: Events of 2019",
    "author": [{"literal": "Human Rights Watch"}],
    "issued": {"date-parts": [[2020, 1, 14]]},
    "container-title": "World Report 2020",
    "publisher": "Human Rights Watch",
    "URL": "https://www.hrw.org/world-report/2020/country-chapters/north-korea",
    "language": "en-US",
}
ODD: Record = {
    "id": "odd-1",
    "type": "article-journal",
    "title": "Nets & {old} ropes [sic]: 5% of a_b, #1 for $9 <c> *d* | ~e^f \\g—“h”",
    "author": [
        {"family": "Quill", "given": "Ada & Eve"},
        {"literal": "Masts and Sails, Ltd. & Sons"},
        {"family": "van der Kaai", "given": "Jan"},
        {"family": "Kim and Yi", "given": "Ok"},
    ],
    "issued": {"date-parts": [[2021, 5]]},
    "container-title": "Ropes & Sails_of {all} 100% kinds",
    "volume": "12",
    "issue": "3",
    "page": "15-17",
    "DOI": "10.1000/a_b(c)",
    "URL": "https://example.org/a_b%20c?d=~e&f=g#h",
}
KOREAN: Record = {
    "id": "2019",
    "type": "report",
    "title": "항구의 밧줄",
    "author": [{"family": "김", "given": "철수"}],
    "issued": {"date-parts": [[2014], [2017]]},
    "publisher": "항구청",
    "number": "7",
    "URL": "https://example.org/항구",
}
ALL = [CHAPTER, ODD, KOREAN]


def straighten(text: str) -> str:
    """Return *text* with straight quotation marks, one kind of blank, and without marks for upper and lower case."""
    text = re.sub(r'</?span( class="nocase")?>', "", text)
    return re.sub(r"\s+", " ", text.translate(str.maketrans("“”‘’", "\"\"''"))).strip()


def ask_citation_js(text: str) -> list[Record]:
    packages = [f"@citation-js/{name}" for name in ("core", "plugin-bibtex", "plugin-ris", "plugin-csl")]
    program = (
        "const {Cite} = require('@citation-js/core');"
        f"{''.join(f'require({package!r});' for package in packages[1:])}"
        "console.log(JSON.stringify(new Cite(require('fs').readFileSync(0, 'utf8')).data))"
    )
    records: list[Record] = run_node(program, *packages, stdin=text)
    return records


def ask_pandoc_for_csl(text: str, form: str) -> list[Record]:
    records: list[Record] = json.loads(run_program(find_program("pandoc"), "-f", form, "-t", "csljson", stdin=text))
    return records


def list_names(record: Record) -> list[tuple[str, str]]:
    """Return literal, or else the particle and family, and given, of each author."""
    return [
        (
            straighten(
                name.get("literal")
                or " ".join(
                    name[part] for part in ("non-dropping-particle", "dropping-particle", "family") if name.get(part)
                )
            ),
            straighten(name.get("given", "")),
        )
        for name in record["author"]
    ]


def make_full_record(kind: str) -> Record:
    """Return a work of a CSL type with most of what a work can have."""
    person = [{"family": "Mast", "given": "Ben"}]
    return CHAPTER | {
        "id": f"a-{kind.replace('_', '-')}",
        "type": kind,
        "title": "The $5 Harbour: {Old} & New",
        "editor": [{"family": "Keel", "given": "Eve"}],
        "translator": person,
        "director": person,
        "collection-title": "Harbours",
        "collection-number": "9",
        "publisher-place": "Anyport",
        "volume": "3",
        "issue": "4",
        "page": "5-6",
        "edition": "2",
        "genre": "Master's thesis",
        "number": "77",
        "note": "Cut {short} for $3",
        "DOI": "10.1000/182",
        "ISBN": "978-3-16-148410-0",
        "accessed": {"date-parts": [[2021, 2]]},
    }


FULL = [make_full_record(kind) for kind in sorted(CSL_TYPES)]


def assert_same_works(found: Sequence[Record], expected: Sequence[Record] = ALL) -> None:
    assert [record["id"] for record in found] == [record["id"] for record in expected]
    for record, work in zip(found, expected, strict=True):
        assert straighten(record["title"]) == straighten(work["title"])
        assert list_names(record) == list_names(work)
        if work["type"] in ("chapter", "article-journal"):
            assert straighten(record["container-title"]) == straighten(work["container-title"])
        assert record["URL"] == work["URL"] or unquote(record["URL"]) == work["URL"]
        parts = [list(map(int, part)) for part in record["issued"].get("date-parts", ())]
        # citation-js keeps the years of BibTeX's span as words.
        assert parts == work["issued"]["date-parts"] or record["issued"]["literal"] == "2014/2017"


@pytest.mark.parametrize("form", ["biblatex", "bibtex", "csl-json"])
def test_pandoc_reads_the_works_back(form: str) -> None:
    assert_same_works(ask_pandoc_for_csl(format_bibliography(ALL, form), form.replace("-", "")))


@pytest.mark.parametrize("form", ["biblatex", "bibtex", "csl-json"])
def test_pandoc_reads_a_work_of_every_type_back(form: str) -> None:
    assert_same_works(ask_pandoc_for_csl(format_bibliography(FULL, form), form.replace("-", "")), FULL)


@pytest.mark.parametrize("form", ["biblatex", "bibtex", "csl-json"])
@pytest.mark.parametrize(
    ("kind", "genre"), [("thesis", "PhD thesis"), ("report", "UN Doc."), ("thesis", "Master’s thesis")]
)
def test_pandoc_reads_what_kind_of_work_it_is_without_braces(form: str, kind: str, genre: str) -> None:
    work = KOREAN | {"type": kind, "genre": genre}

    (found,) = ask_pandoc_for_csl(format_bibliography([work], form), form.replace("-", ""))

    assert straighten(found["genre"]) == straighten(genre)


@pytest.mark.parametrize("form", ["biblatex", "bibtex", "csl-json"])
def test_citation_js_reads_the_works_back(form: str) -> None:
    assert_same_works(ask_citation_js(format_bibliography(ALL, form)))


def test_citation_js_reads_ris_back() -> None:
    # An institution with a comma in its name cannot be kept whole, the span keeps its first year, a chapter its year alone.
    works = [
        CHAPTER | {"issued": {"date-parts": [[2020]]}},
        ODD | {"author": [*ODD["author"][:1], *ODD["author"][2:]]},
        KOREAN | {"issued": {"date-parts": [[2014]]}},
    ]
    text = format_bibliography([CHAPTER, works[1], KOREAN], "ris")

    assert_same_works(ask_citation_js(text), works)


def test_rispy_reads_the_works_back() -> None:
    found = find_module("rispy").loads(format_bibliography(ALL, "ris"))

    assert [record["id"] for record in found] == ["hrw-2020", "odd-1", "2019"]
    assert [record["title"] for record in found] == [work["title"] for work in ALL]
    assert [record.get("secondary_title") for record in found] == [work.get("container-title") for work in ALL]
    assert [record["urls"] for record in found] == [[work["URL"]] for work in ALL]
    assert [record["date"] for record in found] == ["2020/01/14", "2021/05", "2014///2014–2017"]
    assert [record["year"] for record in found] == ["2020", "2021", "2014"]
    # The comma is what keeps an institution whole in the programs that split names at their blanks.
    assert found[0]["authors"] == ["Human Rights Watch,"]
    assert found[1]["authors"] == [
        "Quill, Ada & Eve",
        "Masts and Sails, Ltd. & Sons,",
        "van der Kaai, Jan",
        "Kim and Yi, Ok",
    ]


def test_rispy_reads_a_work_of_every_type_back() -> None:
    found = find_module("rispy").loads(format_bibliography(FULL, "ris"))

    assert [record["id"] for record in found] == [work["id"] for work in FULL]
    assert {record["title"] for record in found} == {FULL[0]["title"]}
    assert {(record["start_page"], record["end_page"], record["volume"]) for record in found} == {("5", "6", "3")}
    assert {record["type_of_reference"] for record in found} <= set(
        find_module("rispy").config.TYPE_OF_REFERENCE_MAPPING
    )


def strip_escapes(text: str) -> str:
    """Return a value as a BibTeX style would print it: pybtex keeps LaTeX as it stands."""
    for name, letter in {"textasciitilde": "~", "textasciicircum": "^", "textbackslash": "\\\\"}.items():
        text = text.replace(f"\\{name}{{}}", letter)
    return re.sub(r"(?<!\\)[{}]|\\(?=[^a-z\\])", "", text).replace("\\\\", "\\")


@pytest.mark.parametrize("form", ["biblatex", "bibtex"])
def test_pybtex_reads_the_works_back(form: str) -> None:
    found = find_module("pybtex.database").parse_string(format_bibliography(ALL, form), "bibtex").entries

    assert list(found) == ["hrw-2020", "odd-1", "2019"]
    for record, work in zip(found.values(), ALL, strict=True):
        container = (
            record.fields.get("booktitle") or record.fields.get("journaltitle") or record.fields.get("journal", "")
        )
        assert strip_escapes(record.fields["title"]) == work["title"]
        assert strip_escapes(container) == work.get("container-title", "")
        assert record.fields["url"] == work["URL"]
        assert len(record.persons["author"]) == len(work["author"])
    (institution,) = found["hrw-2020"].persons["author"]
    assert institution.last_names == ["{Human Rights Watch}"]
    assert [str(person) for person in found["odd-1"].persons["author"]] == [
        "Quill, Ada \\& Eve",
        "{Masts and Sails, Ltd. \\& Sons}",
        "van der Kaai, Jan",
        "{Kim and Yi}, Ok",
    ]
    if form == "biblatex":
        assert [record.fields["date"] for record in found.values()] == ["2020-01-14", "2021-05", "2014/2017"]
    else:
        dates = [[record.fields.get(name) for name in ("year", "month", "day")] for record in found.values()]
        assert dates == [["2020", "January", "14"], ["2021", "May", None], ["2014/2017", None, None]]


@pytest.mark.parametrize("form", ["biblatex", "bibtex"])
def test_bibtexparser_reads_the_works_back(form: str) -> None:
    bibtexparser, middlewares = find_module("bibtexparser"), find_module("bibtexparser.middlewares")
    decode = [middlewares.SeparateCoAuthors(), middlewares.LatexDecodingMiddleware()]
    library = bibtexparser.parse_string(format_bibliography(ALL, form), append_middleware=decode)
    found = [{field.key: field.value for field in record.fields} | {"id": record.key} for record in library.entries]

    assert library.failed_blocks == []
    assert [record["id"] for record in found] == ["hrw-2020", "odd-1", "2019"]
    containers = [
        record.get("booktitle") or record.get("journaltitle") or record.get("journal", "") for record in found
    ]
    # It knows the circumflex of \textasciicircum as another sign.
    assert [record["title"].replace("ˆ", "^") for record in found] == [work["title"] for work in ALL]
    assert containers == [work.get("container-title", "") for work in ALL]
    assert [name.strip("{}") for name in found[0]["author"]] == ["Human Rights Watch"]
    assert len(found[1]["author"]) == 4
    # Not through the decoder of LaTeX, for which a percent sign begins a comment: an address is verbatim.
    verbatim = bibtexparser.parse_string(format_bibliography(ALL, form)).entries
    assert [record.fields_dict["url"].value for record in verbatim] == [work["URL"] for work in ALL]


FIELDS_STYLE = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">
<info><title>fields</title><id>fields</id><updated>2020-01-01T00:00:00Z</updated></info>
<citation><layout><text value="cited"/></layout></citation>
<bibliography><layout><group delimiter="¦"><text value="begin"/>
<names variable="author"><name delimiter="+" name-as-sort-order="all" sort-separator="/"/></names>
<text variable="title"/><text variable="container-title" prefix="in:"/>
<date variable="issued" prefix="on:"><date-part name="year"/>
<date-part name="month" form="numeric-leading-zeros" prefix="-"/>
<date-part name="day" form="numeric-leading-zeros" prefix="-"/></date>
<text variable="publisher" prefix="by:"/><text variable="volume" prefix="vol:"/><text variable="URL" prefix="at:"/>
<text value="end"/></group></layout></bibliography></style>
"""
"""A CSL style of ours that prints a work's variables one by one."""


def ask_typst(works: Sequence[Record], form: str, folder: Path, style: str = FIELDS_STYLE) -> list[str]:
    """Return the bibliography that Typst prints, in a document that cites all *works* by their keys."""
    typst = find_module("typst")
    name = "works.yml" if form == "hayagriva" else "works.bib"
    (folder / name).write_text(format_bibliography(works, form), encoding="utf-8")
    (folder / "fields.csl").write_text(style, encoding="utf-8")
    cited = " ".join(f"@{work['id']}" for work in works)
    (folder / "page.typ").write_text(f'{cited}\n\n#bibliography("{name}", style: "fields.csl")', encoding="utf-8")
    with warnings.catch_warnings():
        # Typst's HTML is called an experiment; what stands in it is the same as in its PDF, and can be read.
        warnings.simplefilter("ignore")
        page = typst.compile(folder / "page.typ", format="html").decode()
    return re.findall("begin¦(.*?)¦end", html.unescape(re.sub("<[^>]+>", "", page)), re.DOTALL)


@pytest.mark.parametrize("form", ["hayagriva", "biblatex", "bibtex"])
def test_typst_prints_the_works_that_it_cites(form: str, tmp_path: Path) -> None:
    chapter, odd, korean = ask_typst(ALL, form, tmp_path)

    assert chapter == (
        "Human Rights Watch¦North Korea: Events of 2019¦in:World Report 2020¦on:2020-01-14¦by:Human Rights Watch"
        "¦at:https://www.hrw.org/world-report/2020/country-chapters/north-korea"
    )
    assert straighten(odd) == straighten(
        f"Quill/Ada & Eve+Masts and Sails, Ltd. & Sons+Kaai/Jan van der+Kim and Yi/Ok¦{ODD['title']}"
        f"¦in:{ODD['container-title']}¦on:2021-05¦vol:12¦at:{ODD['URL']}"
    )
    # Hayagriva knows no spans.
    assert re.fullmatch("김/철수¦항구의 밧줄¦on:(2014|2017)(¦by:항구청)?¦at:https://example.org/.*", korean)


@pytest.mark.parametrize("form", ["hayagriva", "biblatex", "bibtex"])
def test_typst_prints_a_work_of_every_type(form: str, tmp_path: Path) -> None:
    found = ask_typst(FULL, form, tmp_path)

    assert len(found) == len(FULL)
    for text, work in zip(found, FULL, strict=True):
        parts = text.split("¦")
        assert parts[:2] == ["Human Rights Watch", "The $5 Harbour: {Old} & New"], work["type"]
        assert {"on:2020-01-14", f"at:{CHAPTER['URL']}"} <= set(parts), work["type"]
        if work["type"].startswith(("chapter", "article-", "paper", "review")):
            assert "in:World Report 2020" in parts, work["type"]
        if form == "hayagriva" and work["type"].startswith(("entry", "post", "report", "web", "legal_case")):
            assert "in:World Report 2020" in parts, work["type"]


@pytest.mark.parametrize(
    ("issued", "edtf", "years"),
    [
        ({"date-parts": [["2020", "1", 14]]}, "2020-01-14", (2020,)),
        ({"date-parts": [[2014], [2017, 3]]}, "2014/2017-03", (2014, 2017)),
        ({"date-parts": [[2014], [0]]}, "2014/..", (2014,)),
        ({"date-parts": [[2020]], "season": 3}, "2020-23", (2020,)),
        ({"date-parts": [[2020]], "circa": True}, "2020~", (2020,)),
        ({"literal": "about then"}, "", ()),
        ({"raw": "2020-05"}, "2020-05", (2020,)),
        ("2020-01-14", "2020-01-14", (2020,)),
        ("197X", "197X", (1970, 1979)),
        ("../2001", "../2001", (2001,)),
        ("2020-XX", "2020-XX", (2020,)),
        ("no date", "", ()),
    ],
)
def test_a_date_is_read_in_either_spelling(issued: object, edtf: str, years: tuple[int, ...]) -> None:
    date = read_date_parts(issued)

    assert (date.edtf, date.years) == (edtf, years)
    assert bool(date.text) == (not edtf) or date.text == "2020-05"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip))
def test_a_bib_value_never_ends_its_field(title: str) -> None:
    title = " ".join(title.split())
    text = format_bibliography([CHAPTER | {"title": title}], "biblatex")

    library = find_module("bibtexparser").parse_string(text)

    assert library.failed_blocks == []
    assert len(library.entries) == 1
    assert list(library.entries[0].fields_dict) == "author title booktitle publisher date url langid".split()


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=4, max_size=4))
def test_hayagriva_is_yaml_that_gives_the_texts_back(texts: list[str]) -> None:
    author, place, title, url = texts
    work = CHAPTER | {"author": [{"literal": author}], "publisher-place": place, "title": title, "URL": url}

    found = yaml.safe_load(format_bibliography([work], "hayagriva"))["hrw-2020"]

    assert found["author"] == [{"name": author}]
    assert found["url"] == url
    assert re.sub(r"\\(.)", r"\1", found["title"]["value"], flags=re.DOTALL) == " ".join(title.split())


CASE: Record = {
    "id": "doe",
    "type": "legal_case",
    "title": "Doe v. X",
    "authority": "European Court of Human Rights",
    "number": "12345/67",
    "issued": {"date-parts": [[2001, 5, 3]]},
    "container-title": "ECHR Reports",
    "volume": "IV",
}
SYMBOL: Record = {
    "id": "commission",
    "type": "report",
    "title": "Report of the Commission",
    "author": [{"literal": "Commission of Inquiry"}],
    "number": "A/HRC/25/63",
    "publisher": "United Nations",
    "issued": {"date-parts": [[2014]]},
}
TREATY: Record = {
    "id": "covenant",
    "type": "treaty",
    "title": "Covenant on Things",
    "authority": "United Nations General Assembly",
    "issued": {"date-parts": [[1966, 12, 16]]},
}


def list_lines(record: Record, form: str) -> list[str]:
    return format_bibliography([record], form).splitlines()


# Where Zotero's translators and EndNote have the court (PB), the docket (SV) and a report's number (SN).
@pytest.mark.parametrize(
    ("record", "lines"),
    [
        (CASE, ["TY  - CASE", "PB  - European Court of Human Rights", "SV  - 12345/67"]),
        (SYMBOL, ["TY  - RPRT", "SN  - A/HRC/25/63", "PB  - United Nations"]),
        (TREATY, ["TY  - STAT", "PB  - United Nations General Assembly"]),
    ],
    ids=["case", "symbol", "treaty"],
)
def test_ris_has_courts_dockets_and_symbols_where_reference_managers_look(record: Record, lines: list[str]) -> None:
    written = list_lines(record, "ris")

    assert [line for line in lines if line not in written] == []


@pytest.mark.parametrize("form", ["biblatex", "bibtex"])
def test_pandoc_reads_courts_dockets_symbols_and_treaties(form: str) -> None:
    case, symbol, treaty = ask_pandoc_for_csl(format_bibliography([CASE, SYMBOL, TREATY], form), form)

    assert ("European Court of Human Rights" in case["publisher"], case["number"]) == (True, "12345/67")
    assert (symbol["publisher"], symbol["number"]) == ("United Nations", "A/HRC/25/63")
    assert treaty["publisher"] == "United Nations General Assembly"
    if form == "biblatex":
        assert (case["type"], symbol["type"], treaty["type"]) == ("legal_case", "report", "treaty")


def test_pandoc_reads_no_treaty_of_ris_as_a_case() -> None:
    # Debian's pandoc reads no RIS.
    pandoc = find_module("pypandoc").get_pandoc_path()
    [treaty] = json.loads(run_program(pandoc, "-f", "ris", "-t", "csljson", stdin=format_bibliography([TREATY], "ris")))

    assert (treaty["type"], treaty["publisher"]) == ("legislation", "United Nations General Assembly")


@pytest.mark.parametrize(
    ("record", "variable", "printed"),
    [
        (CASE, "authority", "European Court of Human Rights"),
        (CASE, "number", "12345/67"),
        (SYMBOL, "number", "A/HRC/25/63"),
        (TREATY, "authority", "United Nations General Assembly"),
    ],
)
def test_typst_prints_authorities_and_numbers(record: Record, variable: str, printed: str, tmp_path: Path) -> None:
    style = FIELDS_STYLE.replace('variable="title"', f'variable="{variable}"')

    [text] = ask_typst([record], "hayagriva", tmp_path, style)

    assert printed in text.split("¦")


def test_csl_json_has_the_key_where_zotero_and_pandoc_look_for_it() -> None:
    [case] = json.loads(format_bibliography([CASE], "csl-json"))

    assert case == CASE | {"citation-key": "doe"}


def test_an_unknown_form_is_told() -> None:
    with pytest.raises(ValueError, match="endnote"):
        format_bibliography([CHAPTER], "endnote")


@pytest.mark.parametrize("form", BIBLIOGRAPHY_FORMS)
def test_the_same_works_give_the_same_bytes(form: str) -> None:
    again = json.loads(json.dumps(ALL))

    assert format_bibliography(again, form) == format_bibliography(ALL, form)
    assert format_bibliography(ALL, form).endswith("\n")
