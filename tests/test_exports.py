"""Exports, each read back by programs that we did not write: institutions undivided, title, container, date, URL, key."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

from judges import find_module, find_program, run_node, run_program
from rightscli.cite.exports import BIBLIOGRAPHY_FORMS, format_bibliography
from rightscli.load import CSL_TYPES
from rightscli.records import Record

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
                or " ".join(name[part] for part in ("non-dropping-particle", "dropping-particle", "family") if name.get(part))
            ),
            straighten(name.get("given", "")),
        )
        for name in record["author"]
    ]


def assert_same_works(found: list[Record], *, exact_dates: bool = True) -> None:
    assert [record["id"] for record in found] == [record["id"] for record in ALL]
    for record, expected in zip(found, ALL, strict=True):
        assert straighten(record["title"]) == straighten(expected["title"])
        assert list_names(record) == list_names(expected)
        assert straighten(record.get("container-title", "")) == straighten(expected.get("container-title", ""))
        assert record["URL"] in (expected["URL"], expected["URL"].replace("항구", "%ED%95%AD%EA%B5%AC"))
        parts = [list(map(int, part)) for part in record["issued"]["date-parts"]]
        assert parts == expected["issued"]["date-parts"][: None if exact_dates else 1]


@pytest.mark.parametrize("form", ["biblatex", "csljson"])
def test_pandoc_reads_the_works_back(form: str) -> None:
    text = format_bibliography(ALL, form.replace("csljson", "csl-json"))

    assert_same_works(ask_pandoc_for_csl(text, form))
