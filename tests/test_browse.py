"""The page that ``rights export -f html`` writes: every fact's address, no request, nothing of a base that runs, and a search."""

from __future__ import annotations

import html
import json
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT, SMALL_BASE, run_rights
from rightscli.answers import Library
from rightscli.answers.cite import cite_refs
from rightscli.answers.export import export_facts, export_page
from rightscli.base.paths import find_bundled_base
from rightscli.browse.citations import _share_ends
from rightscli.browse.filling import mark_text
from rightscli.cite.forms import CitationForm
from rightscli.cite.styles import find_style
from rightscli.text.inert import escape_controls
from rightscli.text.spelling import list_spellings, unify_spelling

PAGE = export_page(Library(find_bundled_base())).text


class Reader(HTMLParser):
    """Every element of a page with its attributes, and the text of each script, style and claim."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.content: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.content.append((self.elements[-1][0] if self.elements else "", data))

    def list_values(self, name: str) -> list[str]:
        return [value for _, attributes in self.elements if (value := attributes.get(name)) is not None]


def read_table(page: str) -> Any:
    found = re.search(r'<script type="application/json" id="view:table">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_the_page_of_the_bundled_base_is_small_and_the_same_each_time() -> None:
    assert len(PAGE.encode()) < 250_000
    assert run_rights("export", "-f", "html").out == PAGE


def test_every_fact_and_passage_has_an_address_and_no_two_are_one() -> None:
    ids = Reader(PAGE).list_values("id")
    facts = list(export_facts(Library(find_bundled_base())).facts)

    assert len(ids) == len(set(ids))
    assert {fact["id"] for fact in facts} | {"passage:hrw-2020:13", "topic:sanctions"} <= set(ids)
    assert {link[1:] for link in Reader(PAGE).list_values("href") if link.startswith("#")} <= set(ids)
    assert all(html.escape(fact["claim"]) in PAGE and fact["citations"][0]["ref"] in PAGE for fact in facts)


def test_nothing_is_asked_of_the_network_and_only_the_two_elements_written_here_may_act() -> None:
    reader = Reader(PAGE)
    outside = [link for link in reader.list_values("href") if not link.startswith("#")]
    policy = next(attributes["content"] or "" for _, attributes in reader.elements if "http-equiv" in attributes)
    script, style = (re.findall(rf"<{name}>(.*?)</{name}>", PAGE, re.DOTALL) for name in ("script", "style"))

    assert reader.list_values("src") == []
    assert {link.partition("#")[0] for link in outside} == {
        "https://www.hrw.org/world-report/2020/country-chapters/north-korea"
    }
    assert not {tag for tag, _ in reader.elements} & {"link", "img", "iframe", "object", "form", "base"}
    assert not re.search(r"url\(|@import|fetch\(|XMLHttp|innerHTML|eval\(", PAGE)
    assert [len(script), len(style)] == [1, 1]
    hashes = [b64encode(sha256(one.encode()).digest()).decode() for one in (script[0], style[0])]
    assert policy == (
        f"default-src 'none'; script-src 'sha256-{hashes[0]}'; style-src 'sha256-{hashes[1]}'; base-uri 'none';"
        " form-action 'none'"
    )


@pytest.mark.parametrize("id", ["absence-from-work-punished", "upr-262-recommendations"])
def test_a_citation_in_every_style_and_form_is_the_one_that_cite_prints(id: str) -> None:
    library = Library(find_bundled_base())
    table, facts = read_table(PAGE), list(export_facts(library).facts)
    position = next(at for at, fact in enumerate(facts) if fact["id"] == id)
    texts: dict[str, list[str]] = {}
    for key, value in table["cited"][position]:
        source = table["sources"][key]
        for at, (style, _, *parts) in enumerate(source["forms"]):
            between = source["places"][value]
            between = between if isinstance(between, str) else between[at]
            texts.setdefault(table["styles"][style], []).append(between.join(parts))

    cited: dict[str, list[str]] = {}
    for form in get_args(CitationForm):
        for one in cite_refs(library, id, form=form, all_styles=True).citations:
            told = cited.setdefault(find_style(one["style"]).title, [])
            told += [one["text"]] if one["text"] not in told else []
    assert {style: sorted(told) for style, told in texts.items()} == {
        style: sorted(told) for style, told in cited.items()
    }


@given(st.lists(st.text("ab1", max_size=6), min_size=1, max_size=5))
def test_what_is_shared_is_written_once_and_nothing_is_lost(texts: list[str]) -> None:
    before, between, after = _share_ends(texts)

    assert [before + one + after for one in between] == texts


@given(st.text())
def test_any_text_is_only_text_in_an_attribute_and_outside(text: str) -> None:
    reader = Reader(f'<p title="{mark_text(text)}">{mark_text(text)}</p>')

    assert reader.elements == [("p", {"title": escape_controls(text)})]
    assert "".join(said for _, said in reader.content) == escape_controls(text)


@given(
    st.sampled_from(
        "labour labor organise organize travelled analyse centre defence catalogue jail size exercise".split()
    )
)
def test_other_spellings_are_the_same_word(word: str) -> None:
    others = list_spellings(word)

    assert {unify_spelling(other) for other in others} <= {unify_spelling(word)}
    assert word not in others


def test_british_and_american_spellings_lead_to_each_other() -> None:
    assert "labour" in list_spellings("labor")
    assert "labor" in list_spellings("labour")
    assert "organised" in list_spellings("organized")


HOSTILE = (
    (SMALL_BASE % ("a" * 64, "b" * 64, "c" * 64))
    .replace("Harbour [sic] notes", '"{{facts}}</title><script>alert(1)</script>"')
    .replace("The quay of Anyport was", '"</script><img src=x onerror=alert(2)> &lt; \\u202Eevil {{script}} <!--"')
    .replace('" rebuilt [sic] in May 2021.', ' rebuilt in May 2021."')
    .replace("[docks, wharves]", '["</script><script>alert(3)</script>"]')
    .replace("https://example.org/harbour", "javascript:alert(4)")
    .replace("the harbour master", "'\" onclick=\"alert(5)'")
)


def test_what_a_hostile_base_says_is_text(tmp_path: Path) -> None:
    path = tmp_path / "hostile.yaml"
    path.write_text(HOSTILE, encoding="utf-8")

    outcome = run_rights("export", "-f", "html", "--base", str(path))

    reader = Reader(outcome.out)
    assert outcome.code == 0
    assert [tag for tag, _ in reader.elements].count("script") == 2
    assert not [name for _, attributes in reader.elements for name in attributes if name.startswith("on")]
    assert "img" not in {tag for tag, _ in reader.elements}
    assert "javascript:" not in " ".join(reader.list_values("href"))
    assert "\u202e" not in outcome.out + json.dumps(read_table(outcome.out), ensure_ascii=False)
    assert "{{facts}}" in outcome.out
    assert "{{script}}" in outcome.out


def test_a_part_has_its_topics_and_sources_alone(small_base: Path) -> None:
    outcome = run_rights("export", "-f", "html", "--topic", "cranes", "--base", str(small_base))

    ids = Reader(outcome.out).list_values("id")
    assert "nine-cranes" in ids
    assert not {"quay-rebuilt", "topic:boats"} & set(ids)
    assert run_rights("export", "-f", "html", "--topic", "boats", "--base", str(small_base)).code == 1


def test_a_retracted_fact_is_shown_as_such_and_not_found(small_base: Path) -> None:
    text = small_base.read_text("utf-8")
    retracted = "    retracted: {on: 2026-01-02, because: It was another quay., for: nine-cranes}\n"
    small_base.write_text(
        text.replace("    anchors: [rebuilt in May]\n", f"    anchors: [rebuilt in May]\n{retracted}"), "utf-8"
    )

    page = run_rights("export", "-f", "html", "--base", str(small_base)).out

    assert "<s>The quay of Anyport was rebuilt [sic] in May 2021.</s>" in page
    assert "<strong>Retracted</strong> on 2026-01-02: It was another quay." in page
    assert "rebuilt" not in read_table(page)["words"]


def test_several_bases_are_one_page_that_says_what_is_whose(small_base: Path) -> None:
    page = run_rights("export", "-f", "html", "--base", str(small_base), "--base", "examples/udhr.yaml").out

    ids = Reader(page).list_values("id")
    assert {"nine-cranes", "passage:harbour:1", "passage:udhr:11(1)"} <= set(ids)
    assert page.count("SHA-256 <code>") == 2
    assert "<strong>Harbour [sic] notes</strong>: What a made-up harbour report says." in page
    assert re.search(r'href="#nine-cranes">#nine-cranes</a> · in small', page)


def test_a_part_by_source_and_passage_has_the_facts_on_it_and_the_passages_of_its_source(small_base: Path) -> None:
    page = run_rights("export", "-f", "html", "--source", "harbour", "--para", "2", "--base", str(small_base)).out

    ids = Reader(page).list_values("id")
    assert [id for id in ids if id in ("nine-cranes", "quay-rebuilt")] == ["nine-cranes"]
    assert "1 fact of 2 on" in page
    assert {f"passage:harbour:{number}" for number in (1, 2, 3)} <= set(ids)


def test_a_passage_counts_the_facts_that_rest_on_it_and_a_range_rests_on_each(small_base: Path) -> None:
    page = run_rights("export", "-f", "html", "--base", str(small_base)).out

    rows = dict(re.findall(r'<tr id="passage:harbour:(\d)">.*</td><td>(.*?)</td></tr>', page))
    assert {number: re.sub("<.*?>", "", row) for number, row in rows.items()} == {
        "1": "2 facts: quay-rebuilt, nine-cranes",
        "2": "1 fact: nine-cranes",
        "3": "no facts",
    }
    assert '<p class="by">According to the harbour master</p>' in page


@pytest.mark.parametrize(("word", "found"), [("flotilla", True), ("g7", True), ("1874", False)])
def test_a_fact_is_found_by_the_words_of_its_id_and_not_by_a_number_there_as_search_finds_it(
    small_base: Path, word: str, found: bool
) -> None:
    text = small_base.read_text("utf-8").replace("id: nine-cranes", "id: g7-flotilla-1874")
    small_base.write_text(text.replace("nine-cranes", "g7-flotilla-1874"), "utf-8")

    page = run_rights("export", "-f", "html", "--base", str(small_base)).out
    searched = run_rights("search", word, "-f", "ids", "--base", str(small_base)).out

    table = re.search(r'id="view:table">(.*?)</script>', page, re.DOTALL)
    assert table
    words = {row.partition("|")[0].rstrip("*") for row in json.loads(table[1])["words"].splitlines()}
    assert (word in words, searched == "g7-flotilla-1874\n") == (found, found)


def test_a_name_is_found_by_its_initials_on_a_page_as_in_a_search() -> None:
    base = str(ROOT / "tests" / "data" / "harbour.yaml")

    page = run_rights("export", "-f", "html", "--base", base).out
    searched = run_rights("search", "MSB deaths", "-f", "ids", "--base", base)

    table = re.search(r'id="view:table">(.*?)</script>', page, re.DOTALL)
    assert table
    assert "msb" in {row.partition("|")[0].rstrip("*") for row in json.loads(table[1])["words"].splitlines()}
    assert set(searched.out.splitlines()[:2]) == {"deaths-board-count", "small-vessels-excluded"}
    assert searched.err == ""


def test_a_former_id_is_still_an_address(small_base: Path) -> None:
    text = small_base.read_text("utf-8")
    small_base.write_text(
        text.replace("  - id: nine-cranes\n", "  - id: nine-cranes\n    was: [cranes-nine]\n"), "utf-8"
    )

    page = run_rights("export", "-f", "html", "--base", str(small_base)).out

    assert '<article id="nine-cranes">\n<span id="cranes-nine"></span>' in page
