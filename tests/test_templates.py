"""Compiled citations: the bundled file is whole and fresh, a template is filled as print wants it, a bad file says where."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from rightscli.base.model import FactBase
from rightscli.base.paths import name_templates
from rightscli.cite.engines.slots import (
    Printed,
    Probes,
    choose_probes,
    format_templates,
    make_forms,
    mend_seams,
    write_templates,
)
from rightscli.cite.items import make_csl_item
from rightscli.cite.styles import STYLES, Style
from rightscli.cite.templates import (
    FORMS,
    SCHEMA,
    fill_bibliography,
    fill_template,
    find_stale_sources,
    name_engine,
    read_templates,
    tell_locator_display,
)
from rightscli.errors import RightsError, UnreadableError
from rightscli.records import Record, make_source_record
from rightscli.text.locators import SLOT, Locator, merge_locators

if TYPE_CHECKING:
    from rightscli.cite.templates import Display, Form

ONE = (Locator(13, 13),)
RANGE = (Locator(13, 15),)
LIST = (Locator(13, 13), Locator(15, 17))
FORMS_OF_A_NOTE: Record = {
    "citation": {
        "none": ["T <U>", "<i>T</i> &#60;U&#62;"],
        "one": [f"T, para {SLOT}", f"<i>T</i>, para {SLOT}"],
        "many": [f"T, paras {SLOT}", f"<i>T</i>, paras {SLOT}"],
    },
    "ibid": {"none": ["ibid", "<i>ibid</i>"], "one": [f"ibid {SLOT}", f"<i>ibid</i> {SLOT}"]},
}


@pytest.fixture(scope="module")
def templates() -> Record:
    return read_templates(str(ROOT / "facts.citations.json"))


@pytest.fixture(scope="module")
def items(bundled: FactBase) -> dict[str, Record]:
    return {key: make_csl_item(make_source_record(source)["csl"]) for key, source in bundled.sources.items()}


def test_the_bundled_file_has_every_source_as_it_is_and_every_style(
    templates: Record, items: dict[str, Record]
) -> None:
    assert find_stale_sources(templates, items) == ()
    assert set(templates["sources"]) == set(items)
    assert {
        key: sorted(style.name for style in STYLES) for key in items
    } == {key: sorted(source["styles"]) for key, source in templates["sources"].items()}  # fmt: skip


def test_a_source_that_was_changed_or_added_is_stale(templates: Record, items: dict[str, Record]) -> None:
    changed = {"hrw-2020": items["hrw-2020"] | {"publisher": "Another House"}, "new": {"id": "new"}}

    assert find_stale_sources(templates, changed) == ("hrw-2020", "new")


def test_the_bundled_file_was_made_by_citeproc_js_and_says_with_what(templates: Record) -> None:
    engine = templates["engine"]

    assert sorted(engine) == ["locales", "name", "npm", "styles", "version"]
    assert re.fullmatch(r"citeproc-js 1\.\d+\.\d+", name_engine(templates))


def test_other_engines_work_is_marked_as_not_verified() -> None:
    assert name_engine({"engine": {"name": "pandoc", "version": "3.9"}}) == (
        "pandoc 3.9, not verified against citeproc-js"
    )


def test_the_bundled_file_is_written_as_it_is_read(templates: Record) -> None:
    assert format_templates(templates) == (ROOT / "facts.citations.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("style", "form", "text"),
    [
        ("apa", "citation", "(Human Rights Watch, 2020, paras. 13, 15–17)"),
        ("mla", "citation", "(Human Rights Watch, pars. 13, 15–17)"),
        ("harvard", "citation", "(Human Rights Watch, 2020, paras 13, 15–17)"),
        ("ieee", "citation", "[1, Paras. 13, 15–17]"),
        ("ama", "citation", "1(paras13, 15-17)"),
        ("vancouver", "citation", "(1)"),
        ("nature", "citation", "1"),
        ("oscola", "short", "Human Rights Watch (n 1) paras 13, 15–17."),
        ("oscola", "ibid", "ibid 13, 15–17."),
        ("bluebook", "ibid", "Id. at 13, 15–17."),
        ("chicago-notes", "ibid", "Human Rights Watch, “North Korea: Events of 2019,” paras. 13, 15–17."),
        ("apa", "ibid", "(Human Rights Watch, 2020, paras. 13, 15–17)"),
    ],
)
def test_a_list_of_paragraphs_is_cited_in_each_style(templates: Record, style: str, form: Form, text: str) -> None:
    forms = templates["sources"]["hrw-2020"]["styles"][style]

    assert fill_template(forms, LIST, form=form).text == text


@pytest.mark.parametrize(
    ("locators", "form", "filled"),
    [
        ((), "citation", ("T <U>", "<i>T</i> &#60;U&#62;")),
        (ONE, "citation", ("T, para 13", "<i>T</i>, para 13")),
        (RANGE, "citation", ("T, paras 13–15", "<i>T</i>, paras 13–15")),
        (LIST, "citation", ("T, paras 13, 15–17", "<i>T</i>, paras 13, 15–17")),
        # The form that is left out is as the one before it, and so is the kind.
        (ONE, "short", ("T, para 13", "<i>T</i>, para 13")),
        ((), "ibid", ("ibid", "<i>ibid</i>")),
        (RANGE, "ibid", ("ibid 13–15", "<i>ibid</i> 13–15")),
    ],
)
def test_a_template_is_filled_by_what_is_cited(
    locators: tuple[Locator, ...], form: Form, filled: tuple[str, str]
) -> None:
    assert fill_template(FORMS_OF_A_NOTE, locators, form=form) == filled


def test_a_style_has_its_own_marks_between_numbers() -> None:
    forms = FORMS_OF_A_NOTE | {"dash": "-", "comma": " & "}

    assert fill_template(forms, LIST).text == "T, paras 13 & 15-17"


@given(st.lists(st.integers(1, 2000), min_size=1), st.sampled_from(FORMS), st.sampled_from(STYLES))
def test_a_filled_template_names_every_paragraph_or_the_style_names_none(
    numbers: list[int], form: Form, style: Style
) -> None:
    forms = read_templates(str(ROOT / "facts.citations.json"))["sources"]["hrw-2020"]["styles"][style.name]
    locators = merge_locators(Locator(number, number) for number in numbers)

    filled = fill_template(forms, locators, form=form)

    assert SLOT not in filled.text + filled.html
    ends = [str(end) for locator in locators for end in locator]
    named = [re.search(rf"(?<!\d){end}(?!\d)", text) is not None for end in ends for text in filled]
    assert all(named) or tell_locator_display(forms, form=form) == "none"


def test_the_list_of_works_is_one_line_and_some_styles_have_none(templates: Record) -> None:
    styles = templates["sources"]["hrw-2020"]["styles"]
    works = {name: fill_bibliography(forms) for name, forms in styles.items()}

    assert [name for name, work in works.items() if work is None] == ["bluebook"]
    for name in ("ama", "ieee", "nature", "vancouver"):
        work = works[name]
        assert work is not None
        assert [text[:6].partition(" ")[0] for text in work] == ["[1]" if name == "ieee" else "1."] * 2
        assert not re.search(r"<div|\s\s|\n", work.html)


@pytest.mark.parametrize(
    ("form", "displays"),
    [
        ("citation", {"bluebook": "page", "nature": "none", "vancouver": "none"}),
        ("ibid", {"bluebook": "page", "nature": "none", "vancouver": "none", "oscola": "page"}),
    ],
)
def test_styles_tell_how_they_show_a_paragraph(templates: Record, form: Form, displays: dict[str, Display]) -> None:
    styles = templates["sources"]["hrw-2020"]["styles"]

    shown = {name: tell_locator_display(forms, form=form) for name, forms in styles.items()}

    assert {name: display for name, display in shown.items() if display != "paragraph"} == displays


@pytest.mark.parametrize("label", ["para. ", "¶ ", "¶", "paras", "Par.\u00a0", "["])
def test_a_label_before_the_slot_names_a_paragraph(label: str) -> None:
    forms = {"citation": {"none": ["T", "T"], "one": [f"T {label}{SLOT}", f"T {label}{SLOT}"]}}

    assert tell_locator_display(forms) == "paragraph"


def test_the_templates_of_a_base_stand_beside_it() -> None:
    assert name_templates("some/where/harbour.yaml") == str(Path("some/where/harbour.citations.json"))


def spoil(change: Callable[[Record], object]) -> str:
    """Return the text of a good file of templates that *change* was done to."""
    forms = json.loads(json.dumps(FORMS_OF_A_NOTE))
    good: Record = {
        "schema": SCHEMA,
        "engine": {"name": "pandoc", "version": "3.9"},
        "sources": {"harbour": {"item": "0" * 64, "styles": {"apa": forms}}},
    }
    change(good)
    return json.dumps(good)


def test_a_file_as_good_as_the_spoiled_ones_is_read(tmp_path: Path) -> None:
    path = tmp_path / "good.citations.json"
    path.write_text(spoil(lambda good: None), encoding="utf-8")

    assert read_templates(str(path))["engine"]["name"] == "pandoc"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{", "no JSON: expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
        ("[]", "schema: 'rights.citations/1' is expected"),
        (spoil(lambda good: good.update(schema="rights.citations/2")), "schema: 'rights.citations/1' is expected"),
        (spoil(lambda good: good["engine"].pop("version")), "engine.version: text is expected"),
        (spoil(lambda good: good.pop("engine")), "engine.name: text is expected"),
        (spoil(lambda good: good.update(sources=[])), "sources: a mapping is expected"),
        (spoil(lambda good: good["sources"]["harbour"].pop("styles")), "sources.harbour.styles: a mapping is expected"),
        (spoil(lambda good: good["sources"]["harbour"].pop("item")), "sources.harbour.item: text is expected"),
        (
            spoil(lambda good: good["sources"]["harbour"]["styles"]["apa"].pop("citation")),
            "sources.harbour.styles.apa.citation: the form is missing",
        ),
        (
            spoil(lambda good: good["sources"]["harbour"]["styles"]["apa"]["ibid"].pop("none")),
            "sources.harbour.styles.apa.ibid.none: the template is missing",
        ),
        (
            spoil(lambda good: good["sources"]["harbour"]["styles"]["apa"].update(dash=1)),
            "sources.harbour.styles.apa.dash: text is expected",
        ),
        (
            spoil(lambda good: good["sources"]["harbour"]["styles"]["apa"].update(bibliography=["T"])),
            "sources.harbour.styles.apa.bibliography: text and HTML are expected",
        ),
        (
            spoil(lambda good: good["sources"]["harbour"]["styles"]["apa"].update(long={})),
            "sources.harbour.styles.apa: unknown form 'long'",
        ),
        (
            spoil(lambda good: good["sources"]["harbour"]["styles"]["apa"]["ibid"].update(two=["T", "T"])),
            "sources.harbour.styles.apa.ibid: unknown kind 'two'",
        ),
        (
            spoil(lambda good: good["sources"]["harbour"]["styles"]["apa"]["ibid"].update(one=[SLOT, "T"])),
            "sources.harbour.styles.apa.ibid.one: text and HTML are expected, with the slot in both or in neither",
        ),
        (
            spoil(lambda good: good["sources"]["harbour"]["styles"]["apa"]["ibid"].update(none=[SLOT, SLOT])),
            "sources.harbour.styles.apa.ibid.none: a slot is here, where no paragraph is cited",
        ),
        (
            spoil(lambda good: good["sources"]["harbour"]["styles"]["apa"]["ibid"].update(none=["T", "T\x1b]0;x"])),
            "sources.harbour.styles.apa.ibid.none.2: the control character U+001B is not allowed",
        ),
        (
            spoil(lambda good: good["sources"]["harbour"]["styles"].update({"a\ud800": dict(FORMS_OF_A_NOTE)})),
            "sources.harbour.styles: the control character U+D800 is not allowed",
        ),
        (
            spoil(lambda good: good["sources"]["harbour"]["styles"]["apa"]["ibid"].update(none=["T", "The <i>T"])),
            "sources.harbour.styles.apa.ibid.none: <i> is not closed in 'The <i>T'",
        ),
        (
            spoil(
                lambda good: good["sources"]["harbour"]["styles"]["apa"]["ibid"].update(
                    none=["T", '<b onclick="x">T</b>']
                )
            ),
            "sources.harbour.styles.apa.ibid.none: no tag of citeproc's: <b> with onclick",
        ),
        (
            spoil(
                lambda good: good["sources"]["harbour"]["styles"]["apa"].update(
                    bibliography=["T", '<a href="javascript:alert(1)">T</a>']
                )
            ),
            "sources.harbour.styles.apa.bibliography: a link that is none to the web: 'javascript:alert(1)'",
        ),
    ],
)
def test_a_bad_file_says_where_it_is_bad(tmp_path: Path, text: str, fault: str) -> None:
    path = tmp_path / "bad.citations.json"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(UnreadableError) as caught:
        read_templates(str(path))
    assert caught.value.message == f"{path}: {fault}"


def print_forms(probes: Probes, label: Callable[[str], str]) -> Printed:
    """Return what an engine prints whose every form is *label* of the numbers in print."""
    shown = {locator: label(locator.replace("-", "–")) for locator in probes.locators}
    return Printed({form: {locator: (text, text) for locator, text in shown.items()} for form in FORMS}, None)


def test_slots_are_where_the_probes_came_out() -> None:
    probes = choose_probes({"id": "harbour"})

    forms = make_forms(print_forms(probes, lambda numbers: f"(T{numbers and f', para {numbers}'})"), probes)

    assert forms == {"citation": {"none": ["(T)", "(T)"], "one": [f"(T, para {SLOT})"] * 2}}


UGLY = re.compile(r"\s[,;:.)](?!\w)|\([\s,;:]|[,;:]\s*[,;:.)](?!\w)|(?<!\.)\.\s*\.(?![.\w])")


def read_marks(text: str) -> str:
    """Return *text* or HTML as a reader sees it: without tags, and with what an entity stands for."""
    return html.unescape(re.sub(r"</?(?:i|b|sup|sub|span)\b[^<>]*>", "", text))


def mend_pair(text: str, item: Record) -> str:
    """Return *text* as an engine's whole citation of *item*, mended."""
    return mend_seams(Printed({"citation": {"": (text, text)}}, (text, text)), item).forms["citation"][""][0]


@pytest.mark.parametrize("path", ["facts", "examples/udhr", "tests/data/numbers"])
def test_no_compiled_citation_has_a_blank_before_a_mark_or_one_mark_upon_another(path: str) -> None:
    sources = read_templates(str(ROOT / f"{path}.citations.json"))["sources"]
    styles = [forms for source in sources.values() for forms in source["styles"].values()]
    pairs = [pair for forms in styles for form in FORMS if form in forms for pair in forms[form].values()]
    pairs += [forms["bibliography"] for forms in styles if "bibliography" in forms]

    assert [text for pair in pairs for text in map(read_marks, pair) if UGLY.search(text)] == []


@pytest.mark.parametrize(
    ("printed", "mended"),
    [
        ("in <span>Report 2020</span> , 13 (2020).", "in <span>Report 2020</span>, 13 (2020)."),
        ("<i>Report 2020 </i>, 13", "<i>Report 2020</i>, 13"),
        ("In <i>Yearbook</i>, . Report, 12.", "In <i>Yearbook</i>. Report, 12."),
        ("On Harbours. . Report", "On Harbours. Report"),
        ("Quill, , 2020", "Quill, 2020"),
        ("(, 2020, )", "(2020)"),
        ("(<i> Report</i>, 2020)", "(<i>Report</i>, 2020)"),
        # An entity's semicolon, a name that begins with a full stop, an ellipsis, an abbreviation.
        ("The Quays &#62;, 13", "The Quays &#62;, 13"),
        (
            "Programming .NET ... and so on, ed., J.R.R., 2nd ed.: 3",
            "Programming .NET ... and so on, ed., J.R.R., 2nd ed.: 3",
        ),
    ],
)
def test_what_a_style_leaves_around_a_missing_field_is_mended(printed: str, mended: str) -> None:
    assert mend_pair(printed, {"id": "harbour", "title": "Programming .NET ... and so on"}) == mended


def test_what_a_title_has_itself_stays_beside_what_the_style_left() -> None:
    item = {"id": "harbour", "title": "Le port : un rapport"}

    assert mend_pair("<i>Le Port : Un Rapport</i> , 13", item) == "<i>Le Port : Un Rapport</i>, 13"


@given(st.lists(st.sampled_from([*" ,;:.()", "<i>", "</i>", "&#38;", "Port", "13", SLOT]), max_size=12).map("".join))
def test_a_mended_citation_is_never_ugly_and_loses_no_word(printed: str) -> None:
    mended = mend_pair(printed, {"id": "harbour"})

    assert not UGLY.search(read_marks(mended))
    assert re.sub(r"[\s,;:.]", "", mended) == re.sub(r"[\s,;:.]", "", printed)
    assert mend_pair(mended, {"id": "harbour"}) == mended


def test_probes_stand_nowhere_in_the_source_itself() -> None:
    first = choose_probes({"id": "harbour"})

    second = choose_probes({"id": "harbour", "title": f"Room {first.numbers[2]}"})

    assert second != first
    assert first.numbers[2] not in second.numbers


@pytest.mark.parametrize(
    ("label", "fault"),
    [
        (lambda numbers: numbers.replace("–7", "–"), "came out in pieces"),
        (lambda numbers: f"{'see ' * (',' in numbers)}{numbers}", "a range and a list came out unlike"),
    ],
)
def test_what_no_template_can_say_is_refused(label: Callable[[str], str], fault: str) -> None:
    probes = choose_probes({"id": "harbour"})

    with pytest.raises(RightsError, match=fault):
        make_forms(print_forms(probes, label), probes)


def test_a_file_is_written_whole_and_over_the_old_one(tmp_path: Path, templates: Record) -> None:
    path = tmp_path / "harbour.citations.json"
    path.write_text("old", encoding="utf-8")

    write_templates(str(path), templates)

    assert read_templates(str(path)) == templates
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_be_written_is_an_error_with_its_name(tmp_path: Path, templates: Record) -> None:
    with pytest.raises(RightsError, match="no such file or directory"):
        write_templates(str(tmp_path / "nowhere" / "harbour.citations.json"), templates)


def test_what_could_not_be_read_back_is_not_written(tmp_path: Path, templates: Record) -> None:
    spoilt = json.loads(json.dumps(templates))
    spoilt["sources"]["hrw-2020"]["styles"]["apa"]["citation"]["none"] = ["The Sewol", "The <i>Sewol"]

    with pytest.raises(UnreadableError, match="<i> is not closed") as caught:
        write_templates(str(tmp_path / "harbour.citations.json"), spoilt)
    assert caught.value.hint
    assert caught.value.hint.startswith("mend that source in the base")
    assert list(tmp_path.iterdir()) == []


def test_no_link_is_written_through(tmp_path: Path, templates: Record) -> None:
    target, link = tmp_path / "target", tmp_path / "harbour.citations.json"
    target.write_text("mine", encoding="utf-8")
    link.symlink_to(target)

    with pytest.raises(UnreadableError, match="a link, and what it leads to is not written over"):
        write_templates(str(link), templates)
    assert target.read_text(encoding="utf-8") == "mine"
