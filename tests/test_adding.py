"""What is put into a base's text is put between what stands there: every base, however it is written, stays its owner's."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from conftest import try_more
from rightscli.base.adding import insert_facts, insert_records, insert_source, replace_fields
from rightscli.base.rendering import Fields, Writing, render_inline, render_text
from rightscli.errors import UnreadableError

FACT: Fields = {
    "id": "new",
    "claim": "Yes: 12 # of them.",
    "cites": {"k": "13-14"},
    "date": "2019",
    "anchors": ["12", "no"],
}
NEWER: Fields = {**FACT, "id": "newer"}
TOPIC: Fields = {"label": "Off", "alt": ["1,000 men", "- x"]}
PASSAGE: Fields = {"number": "1", "section": "A: b", "begins": "“It”", "ends": "12", "words": "9", "sha256": "1" * 64}
SOURCE: Fields = {
    "type": "report",
    "title": "T",
    "issued": "2020-01",
    "author": [{"literal": "X"}],
    "paragraphs": [PASSAGE] * 2,
}
Add = Callable[[bytes], bytes]
# Every scalar as text, as the loader of bases reads it.
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
ADDS: dict[str, Add] = {
    "sources": lambda content: insert_source(content, "new", SOURCE, name="b.yaml"),
    "topics": lambda content: insert_records(content, "topics", {"new": TOPIC}, name="b.yaml"),
    "facts": lambda content: insert_facts(content, [FACT, NEWER], name="b.yaml"),
}
ADDED: dict[str, Any] = {"sources": {"new": SOURCE}, "topics": {"new": TOPIC}, "facts": [FACT, NEWER]}

texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufffe\uffff"),
    min_size=1,
    max_size=20,
).filter(lambda text: text == text.strip() != "")
tricky = st.sampled_from(
    "no Yes ~ null 12 0x1F 1_000 12:30 1e3 2019-01-02 - -a ?b :c a:b a: b:: #x a#b *a &a !t %d @x `x {a} [b a,b 'a \"b"
    " <<  = | > --- ... 17,100 $5 y N .inf +1 -0.5 0o17 1.".split()
) | st.sampled_from(
    ["a: b", "a #b", "a  b", "- a", "? a", "x\u00a0y", "\u200bx", "C:\\x", "é", "북한", "a\u00ady", "\U0001f600"]
)


def read_data(content: bytes) -> Any:
    """Return what *content* says, every scalar as text without blanks around it, as the loader of bases reads it."""

    def strip(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: strip(one) for key, one in value.items()}
        return [strip(one) for one in value] if isinstance(value, list) else value.strip()

    return strip(yaml.load(content.decode("utf-8-sig"), LOADER))


@given(texts | tricky, st.booleans())
@try_more(4)
def test_a_text_reads_back_as_itself_and_as_text(text: str, flow: bool) -> None:
    written = render_text(text, flow=flow)
    document = f"x: [{written}, {written}]" if flow else f"x: {written}\ny: {written}"

    expected = {"x": [text, text]} if flow else {"x": text, "y": text}
    assert yaml.load(document, LOADER) == yaml.load(document, yaml.BaseLoader) == expected
    assert yaml.safe_load(document) == expected
    assert "\n" not in written


@given(tricky)
def test_a_text_between_quotation_marks_reads_back(text: str) -> None:
    written = render_inline({text: [text]}, Writing(quoted=True))

    assert yaml.load(written, LOADER) == {text: [text]}


def test_only_what_yaml_would_read_otherwise_is_quoted() -> None:
    plain = ["In 2019, 771 people fled.", "17,100 men", "it's", "a-b", "https://example.org/a#b", "Kim (son)", "5 % of"]
    quoted = ["12", "no", "2019-01-02", "a: b", "a #b", "- a", "", "'a", "x:", "{a"]

    assert [render_text(text, flow=False) for text in plain] == plain
    assert [render_text(text, flow=False)[0] for text in quoted] == ['"'] * len(quoted)
    assert render_text("2019", flow=True, bare=True) == "2019"


@st.composite
def styles(draw: st.DrawFn) -> dict[str, Any]:
    """How a base may be written."""
    kinds = ["missing", "null", "empty", "opened", "block", "mixed", "line", "lines", "ended"]
    return {
        "kinds": {name: draw(st.sampled_from(kinds)) for name in ADDED},
        "order": draw(st.permutations(["schema", "sources", "topics", "facts"])),
        "step": draw(st.sampled_from([1, 2, 4])),
        "dash": draw(st.sampled_from([0, 2, 3])),
        "gap": draw(st.sampled_from([1, 3])),
        "claim": draw(
            st.sampled_from(
                ["A b.", "'A b.'", '"A\\\n      b."', ">-\n          A\n          b.", "|\n          A b.\n"]
            )
        ),
        "note": draw(st.sampled_from(["", " # note", "  # a: [b"])),
        "below": draw(st.sampled_from(["", "\n", "# below\n", "\n  # below\n\n", "      # deep\n"])),
        "end": draw(st.sampled_from(["\n", "\r\n"])),
        "mark": draw(st.booleans()),
        "head": draw(st.sampled_from(["", "# head\n", "---\n", "# head\n---\n", "\n\n"])),
        "tail": draw(st.sampled_from(["", "...\n", "# tail", "# tail\n"])),
        "cut": draw(st.booleans()),
    }


def write_section(name: str, kind: str, style: dict[str, Any]) -> str:
    """Return the section *name* in a *style* of writing, with two records if it is not of an empty *kind*."""
    note, step = style["note"], " " * style["step"]
    opening, closing = "[]" if name == "facts" else "{}"
    lead = f"{name}:"
    if kind in ("null", "empty", "opened"):
        inside = {"null": "", "empty": f" {opening}{closing}", "opened": f" {opening}{note}\n   {closing}"}[kind]
        return f"{lead}{inside}{note}\n{style['below']}"
    flow = ["{id: a, claim: b}", "{id: b, claim: c, terms: [x, y]}"]
    if name != "facts":
        flow = [f"{key}: {record}" for key, record in zip("ab", flow, strict=True)]
    if kind == "line":
        return f"{lead} {opening}{', '.join(flow)}{closing}{note}\n{style['below']}"
    if kind in ("lines", "ended"):
        comma = "," if kind == "ended" else ""
        return f"{lead} {opening}\n    {flow[0]},{note}\n    {flow[1]}{comma}{note}\n{step}{closing}\n{style['below']}"
    dash = " " * style["dash"] + "-" + " " * style["gap"]
    inner = " " * len(dash) if name == "facts" else step * 2
    fields = [
        "id: a",
        f"claim: {style['claim']}".rstrip("\n"),
        f"terms:{note}\n{inner}- x{note}\n{inner}- y",
        f"date: 1{note}",
    ]
    block = f"\n{inner}".join(fields)
    heads = [dash, dash] if name == "facts" else [f"{step}{key}:{note}\n{inner}" for key in "ab"]
    last = (
        (heads[1] if name == "facts" else f"{step}b: ") + "{id: b, claim: c}"
        if kind == "mixed"
        else heads[1] + block.replace("id: a", "id: b")
    )
    return f"{lead}{note}\n{heads[0]}{block}\n{style['below']}{last}\n{style['below']}"


def write_base(style: dict[str, Any]) -> bytes:
    """Return a base in a *style* of writing."""
    parts = [
        f"schema: 1{style['note']}\n" if name == "schema" else write_section(name, style["kinds"][name], style)
        for name in style["order"]
        if style["kinds"].get(name) != "missing"
    ]
    text = style["head"] + "".join(parts) + style["tail"]
    text = text.removesuffix("\n") if style["cut"] else text
    content: bytes = text.replace("\n", str(style["end"])).encode()
    return b"\xef\xbb\xbf" + content if style["mark"] else content


def split_bytes(content: bytes) -> list[bytes]:
    return re.split(rb"\r\n|\n", content)


@pytest.mark.parametrize("section", ADDED)
@given(style=styles())
@try_more(2)
def test_a_base_that_is_added_to_keeps_every_line_and_holds_the_new_one_too(
    section: str, style: dict[str, Any]
) -> None:
    content = write_base(style)
    kind = style["kinds"][section]

    after = ADDS[section](content)

    before, expected = read_data(content), ADDED[section]
    old = before.pop(section, None) or type(expected)()
    held = read_data(after)
    assert held.pop(section) == (old | expected if isinstance(expected, dict) else old + expected)
    assert held == before
    changes = difflib.SequenceMatcher(None, split_bytes(content), split_bytes(after), autojunk=False).get_opcodes()
    touched = [
        tuple(split_bytes(content)[first:last]) for kind, first, last, _, _ in changes if kind in ("replace", "delete")
    ]
    # In brackets, the last line gets a comma, or the new record; empty brackets give way to the lines below them.
    allowed = {"empty": 1, "line": 1, "lines": 1}.get(kind, 0)
    assert sum(map(len, touched)) <= allowed
    assert after.startswith(b"\xef\xbb\xbf") is style["mark"]
    ended = style["end"].encode() if b"\n" in content else b"\n"
    assert after.count(b"\n") == after.count(ended)
    assert b"\r" not in after or ended == b"\r\n"
    assert after.endswith(b"\n") is content.endswith(b"\n")


@given(style=styles(), value=texts | tricky)
@try_more(2)
def test_a_field_that_is_replaced_leaves_all_others(style: dict[str, Any], value: str) -> None:
    content = write_base(style)
    before = read_data(content)
    changes = {"claim": value, "terms": [value, "z"], "date": None, "according_to": "X"}
    if not before.get("facts"):
        return

    after = replace_fields(content, "facts", {"b": changes}, name="b.yaml")

    fact = next(fact for fact in before["facts"] if fact["id"] == "b")
    fact.pop("date", None)
    fact |= {name: new for name, new in changes.items() if new is not None}
    assert read_data(after) == before


def test_json_stays_json() -> None:
    content = b'{"schema": "1", "sources": {}, "topics": {"a": {"label": "A"}}, "facts": [\n  {"id": "a"}\n]}\n'

    for section, add in ADDS.items():
        content = add(content)
        assert read_data(content)[section]

    import json

    assert [fact["id"] for fact in json.loads(content)["facts"]] == ["a", "new", "newer"]


def test_lines_are_inserted_as_the_file_has_them() -> None:
    content = b"facts:\n-   id: a\n    claim: A.   # the first\n\n# the rest is to come\n"

    after = insert_facts(content, [{"id": "b", "claim": "B."}], name="b.yaml")

    assert after == (
        b"facts:\n-   id: a\n    claim: A.   # the first\n-   id: b\n    claim: B.\n\n# the rest is to come\n"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("facts: &all []\n", "b.yaml:1: the anchor '&all' stands here, so nothing can be added"),
        ("a: 1\nfacts:\n- *x\n", "b.yaml:3: the alias '*x' stands here, so nothing can be added"),
        ("facts: !!seq []\n", "b.yaml:1: the tag 'tag:yaml.org,2002:seq' stands here, so nothing can be added"),
        ("facts: []\n---\nfacts: []\n", "b.yaml:2: a second document starts here, so nothing can be added"),
        ("# nothing\n", "b.yaml:1: the file holds nothing but comments, so nothing can be added"),
        ("- a\n", "b.yaml:1: the base must be a mapping, so nothing can be added"),
        ("facts: ]\n", "b.yaml:1: did not find expected node content, so nothing can be added"),
    ],
)
def test_what_cannot_be_added_to_is_refused_with_its_place(text: str, message: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        insert_facts(text.encode(), [FACT], name="b.yaml")

    assert caught.value.message.replace(" while parsing a flow node that starts on line 1", "") == message


def test_a_field_beside_the_dash_is_not_removed() -> None:
    content = b"facts:\n  - date: 1\n    id: a\n"

    with pytest.raises(UnreadableError) as caught:
        replace_fields(content, "facts", {"a": {"date": None}}, name="b.yaml")

    assert caught.value.message == "b.yaml:2: facts.a.date: the first field, beside the dash, cannot be removed"
    assert caught.value.hint == "change it by hand"
