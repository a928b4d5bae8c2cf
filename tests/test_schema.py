"""facts.schema.json, which editors complete and check by, says the same as load."""

from __future__ import annotations

import copy
import json
import re
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import rightscli
from conftest import try_more
from rightscli.base import csl, fields, load, sources
from rightscli.base.load import read_base
from rightscli.base.paths import find_bundled_base
from rightscli.errors import BadBaseError

A = "a" * 64
B = "b" * 64
Document: TypeAlias = dict[str, Any]

GOOD: Document = {
    "schema": 1,
    "title": "Small base",
    "edition": "1.10",
    "scope": "What the tests need.",
    "license": "CC0-1.0",
    "sources": {
        "un-2014": {
            "type": "report",
            "title": "Report",
            "issued": 2014,
            "accessed": "2014-02-17/..",
            "author": [{"literal": "UN"}, {"family": "Kirby", "given": "Michael"}],
            "volume": 2,
            "paragraphs": [
                {"number": 1, "section": "One", "begins": "It", "ends": "it", "words": 70, "sha256": A},
                {"number": "2", "section": "One", "begins": "no", "ends": 12, "words": "2", "sha256": B},
                {"number": 3},
            ],
        }
    },
    "topics": {
        "rights": {"label": "Rights"},
        "work": {"label": "Work", "alt": ["jobs"], "hidden": [], "broader": "rights", "related": ["rights"]},
    },
    "facts": [
        {
            "id": "one",
            "claim": "It is.",
            "cites": {"un-2014": 1},
            "topics": ["work"],
            "date": 2013,
            "according_to": "the UN",
            "anchors": ["no", 2014],
            "terms": ["x"],
        },
        {"id": 2, "claim": "It was.", "cites": {"un-2014": ["1-2", 2]}},
    ],
}


@cache
def schema_validator() -> Draft202012Validator:
    schema = json.loads(Path(rightscli.__file__).with_name("facts.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def write_yaml(value: object) -> str:
    """Return *value* as YAML in which an editor and ``load`` see the same: JSON, but for characters that YAML escapes."""
    return json.dumps(value)


def load_accepts(path: Path, document: object) -> bool:
    path.write_text(write_yaml(document), encoding="utf-8")
    try:
        read_base(path)
    except BadBaseError:
        return False
    return True


def change(document: Document, place: str, value: object) -> Document:
    """Return a copy of *document* with *value* at a dotted place; Ellipsis removes what is there."""
    document = copy.deepcopy(document)
    at: Any = document
    *steps, last = (int(step) if step.isdigit() else step for step in place.split("."))
    for step in steps:
        at = at[step]
    if value is ...:
        del at[last]
    else:
        at[last] = value
    return document


S = "sources.un-2014"
F = "facts.0"
AGREED: list[tuple[str, object, bool]] = [
    ("title", "Another", True),
    ("license", ..., True),
    ("schema", "1", True),
    ("topics.rights.alt", [], True),
    ("topics.rights.alt", [1984, "1984-85"], True),
    (f"{F}.date", "197X?", True),
    (f"{F}.date", "2019-06-30/2019-07", True),
    (f"{F}.cites.un-2014", ["1", "2"], True),
    (f"{F}.claim", "One.\nTwo.\tThree ¶ “four”.", True),
    (f"{S}.page", 12, True),
    (f"{S}.title-short", "R", True),
    (f"{S}.editor", [{"family": "X"}], True),
    (f"{S}.alias", ["The Report", "COI Report"], True),
    (f"{S}.alias", ["The Report", "The Report"], False),
    (f"{S}.alias", "The Report", False),
    ("schema", 2, False),
    ("schema", ..., False),
    ("what", "x", False),
    *((name, ..., False) for name in load._BASE_REQUIRED),
    ("title", "", False),
    ("title", "  ", False),
    ("title", [], False),
    ("title", {}, False),
    ("title", "x" * 10_001, False),
    ("title", "x" * 10_000, True),
    ("title", "x\ay", False),
    ("title", "x\u2028y", False),
    ("sources", {"x": {}}, False),
    ("sources", [], False),
    ("sources.UN", GOOD["sources"]["un-2014"], False),
    ("topics", [], False),
    ("topics.a--b", {"label": "x"}, False),
    (f"topics.{'x' * 81}", {"label": "x"}, False),
    (f"topics.{'x' * 80}", {"label": "x"}, True),
    ("topics.rights", "x", False),
    ("topics.rights.label", ..., False),
    ("topics.rights.lable", "x", False),
    ("topics.rights.alt", "x", False),
    ("topics.rights.alt", [""], False),
    ("facts", {}, False),
    ("facts.0", "x", False),
    *((f"{S}.{name}", ..., False) for name in sources._SOURCE_REQUIRED),
    (f"{S}.type", "raport", False),
    (f"{S}.issued", "soon", False),
    (f"{S}.issued", "2014-13", False),
    (f"{S}.issued", "2014-04-31", False),
    (f"{S}.issued", 99999, False),
    (f"{S}.locator", 1, False),
    (f"{S}.id", "x", False),
    (f"{S}.author", "UN", False),
    (f"{S}.author", [], False),
    (f"{S}.author", ["UN"], False),
    (f"{S}.author.0", {}, False),
    (f"{S}.author.0", {"given": "x"}, False),
    (f"{S}.author.0", {"literal": "x", "family": "y"}, False),
    (f"{S}.author.0", {"literal": "x", "suffix": "y"}, False),
    (f"{S}.paragraphs", [], False),
    (f"{S}.paragraphs", {}, False),
    *((f"{S}.paragraphs.0.{name}", ..., False) for name in ("number", *sources._PROOF)),
    *((f"{S}.paragraphs.0.{name}", ..., True) for name in ("section", "begins", "ends")),
    *((f"{S}.paragraphs.2.number", number, True) for number in (7, "23a", "11(1)(b)", 3.2, "IV", "5bis")),
    *((f"{S}.paragraphs.0.number", number, False) for number in ("1-2", "1 (a)", "x-ray", "mix", "07")),
    (f"{S}.paragraphs.2", {"number": 7}, True),
    (f"{S}.paragraphs.2", {"number": 7, "begins": "It"}, False),
    (f"{S}.paragraphs.0.begins", "", True),
    (f"{S}.paragraphs.0.page", 423, True),
    (f"{S}.paragraphs.0.page", "iv-vi", True),
    (f"{S}.paragraphs.0.page", "9a", False),
    (f"{S}.cited-by", "page", False),
    (f"{S}.issued", ..., True),
    (f"{S}.unit", "article", True),
    (f"{S}.unit", "article-locator", False),
    (f"{S}.alias", ["The Report"], True),
    (f"{S}.alias", "The Report", False),
    (f"{S}.was", ["un-14"], True),
    (f"{S}.was", ["UN 14"], False),
    (f"{F}.was", ["the-first"], True),
    (f"{F}.retracted", {"on": "2026-11", "because": "x"}, True),
    (f"{F}.retracted", {"because": "x"}, False),
    (f"{F}.retracted", {"on": "soon", "because": "x"}, False),
    (f"{S}.paragraphs.0.text", "x", False),
    (f"{S}.paragraphs.0.number", 0, False),
    (f"{S}.paragraphs.0.number", "one", False),
    (f"{S}.paragraphs.0.words", -1, False),
    (f"{S}.paragraphs.0.words", 1.5, False),
    (f"{S}.paragraphs.0.words", 10**9, False),
    (f"{S}.paragraphs.0.words", "0", False),
    (f"{S}.paragraphs.0.sha256", A[1:], False),
    (f"{S}.paragraphs.0.sha256", A.upper(), False),
    *((f"{F}.{name}", ..., False) for name in load._FACT_FIELDS[:3]),
    (f"{F}.id", "Not An Id", False),
    (f"{F}.id", "x" * 81, False),
    (f"{F}.id", -1, False),
    (f"{F}.claim", "", False),
    (f"{F}.claim", ["x"], False),
    (f"{F}.colour", "red", False),
    (f"{F}.cites", {}, False),
    (f"{F}.cites", "un-2014", False),
    (f"{F}.cites.un-2014", [], False),
    (f"{F}.cites.un-2014", [[1]], False),
    (f"{F}.cites.un-2014", {}, False),
    *((f"{F}.cites.un-2014", value, False) for value in (0, -1, "1;5", "0", "two", "1-", "1–2", "01", "2-2", "")),
    (f"{F}.topics", "work", False),
    (f"{F}.topics", ["work", "work"], False),
    (f"{F}.date", "last year", False),
    (f"{F}.date", "", False),
    (f"{F}.according_to", "", False),
    (f"{F}.anchors", [["x"]], False),
    (f"{F}.anchors", "x", False),
]


@pytest.mark.parametrize(
    ("place", "value", "good"), AGREED, ids=[f"{place}={str(value)[:20]}" for place, value, _ in AGREED]
)
def test_the_schema_and_load_agree(tmp_path: Path, place: str, value: object, good: bool) -> None:
    document = change(GOOD, place, value)

    assert load_accepts(tmp_path / "facts.yaml", document) is good
    assert schema_validator().is_valid(document) is good


def list_places(value: object, place: str = "") -> list[str]:
    """Return the dotted place of every value inside *value*."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [spot for key, child in inside for spot in (f"{place}{key}", *list_places(child, f"{place}{key}."))]


# Nothing that only load can know of: no list with an equal twin or a second name for a paragraph, no reference, circle
# or id that another value answers to, no blanks around a text, no text that its line alone makes a number.
VALUES: list[object] = [
    ...,
    "",
    " ",
    "x y",
    "X",
    "a\ab",
    "9",
    "2-2",
    "1.5",
    -1,
    0,
    1.5,
    [],
    [""],
    [{}],
    [["x"]],
    {},
    {"x": ""},
    {"literal": "x"},
    A,
    "2014-01-32",
]


@settings(try_more(2), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    place=st.sampled_from(list_places(GOOD)),
    value=st.sampled_from(VALUES),
    name=st.sampled_from(["", "title", "note", "given", "label", "X"]),
)
def test_the_schema_and_load_agree_whatever_is_changed(tmp_path: Path, place: str, value: object, name: str) -> None:
    if name:
        place = f"{place.rpartition('.')[0]}.{name}".removeprefix(".")
    try:
        document = change(GOOD, place, value)
    except (KeyError, TypeError):
        assume(False)

    accepted = load_accepts(tmp_path / "facts.yaml", document)
    fits = schema_validator().is_valid(document)
    assert fits or not accepted
    if fits and not accepted:
        with pytest.raises(BadBaseError) as caught:
            read_base(tmp_path / "facts.yaml")
        assert all(re.search(INEXPRESSIBLE, message) for message in caught.value.messages)


INEXPRESSIBLE = r": (no (topic|source) '|the source ends at |number \d+ is expected, |another fact has this id; )"


def test_the_schema_knows_the_same_fields_and_types_as_load() -> None:
    schema: Any = schema_validator().schema
    parts = schema["$defs"]

    assert set(schema["properties"]) == load._BASE_FIELDS
    assert set(parts["source"]["properties"]) == sources._SOURCE_FIELDS
    assert set(parts["source"]["properties"]["type"]["enum"]) == csl.CSL_TYPES
    assert {
        name for name, part in parts["source"]["properties"].items() if part.get("$ref") == "#/$defs/names"
    } == csl.CSL_NAMES
    assert {
        name for name, part in parts["source"]["properties"].items() if part.get("$ref") == "#/$defs/date"
    } == csl.CSL_DATES
    assert tuple(parts["paragraph"]["properties"]) == sources._PARAGRAPH_FIELDS
    assert tuple(parts["name"]["properties"]) == fields._NAME_FIELDS
    assert tuple(parts["topic"]["properties"]) == load._TOPIC_FIELDS
    assert set(parts["fact"]["properties"]) == set(load._FACT_FIELDS)


def test_every_field_in_the_schema_is_described() -> None:
    schema: Any = schema_validator().schema

    for part in (schema, *schema["$defs"].values()):
        assert part.get("additionalProperties", False) is False
        for name, field in part.get("properties", {}).items():
            assert {"title", "description"} <= set(field), name


class Yaml12Loader(yaml.SafeLoader):
    """What an editor makes of a file: YAML 1.2, which has no dates."""


Yaml12Loader.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for sign, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def test_the_bundled_base_fits_the_schema() -> None:
    document = yaml.load(Path(find_bundled_base()).read_bytes(), Yaml12Loader)

    assert [error.message for error in schema_validator().iter_errors(document)] == []
