"""REFs are read as they are printed, in every form, and nothing else is."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import run_rights
from rightscli.base.paths import find_bundled_base
from rightscli.errors import BrokenSealError, NotFoundError, UsageError
from rightscli.index.building import open_index
from rightscli.passages import make_ref
from rightscli.refs import find_source, find_topic, parse_ref, part_refs, resolve_ref
from rightscli.text.locators import Locator

BASE = open_index(find_bundled_base(), None)
SOURCE = BASE.get_source("hrw-2020") or {}
NUMBERS = st.lists(st.integers(1, len(SOURCE["paragraphs"])), min_size=1, max_size=6, unique=True).map(sorted)


def make_locators(numbers: list[int]) -> tuple[Locator, ...]:
    """Return the locators of ascending paragraph numbers, neighbours joined."""
    locators: list[Locator] = []
    for number in numbers:
        if locators and locators[-1].last == number - 1:
            locators[-1] = Locator(locators[-1].first, number)
        else:
            locators.append(Locator(number, number))
    return tuple(locators)


@given(NUMBERS)
def test_every_sealed_pinpoint_that_is_printed_is_read_back(numbers: list[int]) -> None:
    locators = make_locators(numbers)

    target = resolve_ref(parse_ref(make_ref(SOURCE, locators)), BASE)

    assert (target.source, target.locators) == (SOURCE, locators)


def test_every_ref_in_every_output_is_read_back() -> None:
    printed = set(run_rights("export", "-f", "ids").out.split())
    printed |= {line.split("\t")[0] for line in run_rights("sources", "hrw-2020").out.splitlines()}
    printed |= set(run_rights("sources", "-f", "ids").out.split())
    printed |= set(run_rights("cite", "hrw-2020:1,3-5", *sorted(printed)[:5], "-f", "ids").out.split())

    outcome = run_rights("show", "-", "--json", stdin="\n".join(sorted(printed)))

    assert (outcome.code, outcome.err) == (0, "")
    assert len(json.loads(outcome.out)["refs"]) == len(printed) == 113 + 23 + 1 + 1


@given(st.text())
def test_any_text_names_something_or_nothing_or_is_wrong_usage(text: str) -> None:
    with suppress(NotFoundError, UsageError):
        assert resolve_ref(parse_ref(text), BASE).text == text


@pytest.mark.parametrize(
    ("text", "locators"),
    [
        ("hrw-2020:15-17,13", (Locator(13, 13), Locator(15, 17))),
        ("hrw-2020:13,14,13-16", (Locator(13, 16),)),
        ("@hrw-2020", ()),
        ("hrw-2020 paragraph 7", (Locator(7, 7),)),
        ("hrw-2020 ¶¶ 7-8", (Locator(7, 8),)),
        ("HRW-2020:¶7", (Locator(7, 7),)),
        ("hrw-2020, Para. 7", (Locator(7, 7),)),
        ("hrw-2020, pars. 7, 9", (Locator(7, 7), Locator(9, 9))),
    ],
)
def test_a_ref_is_read(text: str, locators: tuple[Locator, ...]) -> None:
    target = resolve_ref(parse_ref(text), BASE)

    assert (target.source, target.locators) == (SOURCE, locators)


@pytest.mark.parametrize(
    "text",
    ["", " ", "-", "Hrw 2020", "hrw-2020:", "hrw-2020:y", "hrw-2020:1-", "hrw-2020:1@", "hrw-2020:1@xyz", "[@hrw-2020, 13]",
     "a b", "hrw-2020:" + "9" * 5000, "hrw-2020:2-1", "hrw--2020", "[@hrw-2020]x",
     "[cite:@hrw-2020 7]", r"\autocite[7]{hrw-2020}"],
)  # fmt: skip
def test_what_is_no_ref_is_wrong_usage(text: str) -> None:
    with pytest.raises(UsageError, match="is not a REF"):
        resolve_ref(parse_ref(text), BASE)


@pytest.mark.parametrize("text", ["hrw-2020:0", "hrw-2020:24", "hrw-2020:1-24", "hrw-2020:999999999999"])
def test_a_pinpoint_outside_the_source_is_never_moved_inside(text: str) -> None:
    with pytest.raises(NotFoundError, match="it has paragraphs 1-23"):
        resolve_ref(parse_ref(text), BASE)


def test_a_seal_of_other_words_is_broken() -> None:
    with pytest.raises(BrokenSealError):
        resolve_ref(parse_ref("hrw-2020:12@c255b993"), BASE)


def test_a_seal_of_a_range_is_made_from_its_digests() -> None:
    from hashlib import sha256

    digests = [paragraph["sha256"] for paragraph in SOURCE["paragraphs"][12:15]]
    seal = sha256("\n".join(digests).encode()).hexdigest()[:8]

    assert make_ref(SOURCE, [Locator(13, 15)]) == f"hrw-2020:13-15@{seal}"


def test_a_fact_has_no_paragraphs() -> None:
    with pytest.raises(NotFoundError, match="only a source has passages"):
        resolve_ref(parse_ref("absence-from-work-punished:1"), BASE)


@pytest.mark.parametrize("name", ["forced-labor", "Forced labor", "FORCED LABOUR", "forcd labor"])
def test_a_topic_is_found_by_any_of_its_labels(name: str) -> None:
    assert find_topic(name, BASE)["id"] == "forced-labor"


def test_a_source_s_key_is_read_in_any_case_as_in_a_ref() -> None:
    assert find_source(" HRW-2020", BASE)["id"] == parse_ref("HRW-2020").name == "hrw-2020"


FORMS = {
    "pandoc": ("[{}]", lambda number: f"@hrw-2020, para. {number}"),
    "org": ("[cite:{}]", lambda number: f"@hrw-2020 para. {number}"),
    "printed": ("({})", lambda number: f"Human Rights Watch, 2020, para. {number}"),
    "tables": ("{}", lambda number: f"hrw-2020:{number}"),
}


@given(
    st.lists(st.integers(1, len(SOURCE["paragraphs"])), min_size=1, max_size=4),
    st.sampled_from(list(FORMS)),
    st.sampled_from([";", "; ", ";  "]),
)
def test_several_in_one_citation_name_what_they_name_apart(numbers: list[int], form: str, mark: str) -> None:
    group, write = FORMS[form]

    parts = part_refs([group.format(mark.join(map(write, numbers)))], BASE)

    named = [
        at for part in parts for locator in resolve_ref(parse_ref(part), BASE).locators for at in locator.positions
    ]
    # A table's mark and a printed label may be followed by a number alone: (…, para. 13; para. 4) is one place.
    assert sorted(set(named)) == sorted(set(numbers))


@given(st.text(alphabet="[]();@ ,a9", max_size=12))
def test_whatever_has_a_semicolon_is_parted_without_a_loss(text: str) -> None:
    parts = list(part_refs([text], BASE))

    assert parts == [text] or "".join(parts).replace(" ", "") in text.replace(";", "").replace(" ", "")


def test_the_places_of_one_citation_are_read_in_a_draft_without_blanks_between_them() -> None:
    draft = "North Korea is no member [@hrw-2020, para. 15;@hrw-2020, para. 16;-@hrw-2020, para. 99].\n"

    outcome = run_rights("check", "-", "-f", "jsonl", "--fields", "verdict,text", stdin=draft)

    found = [json.loads(line) for line in outcome.out.splitlines() if "@hrw" in line]
    assert [(one["verdict"], one["text"]) for one in found if "para" in one["text"][:20]] == [
        ("ok", "@hrw-2020, para. 15"),
        ("ok", "@hrw-2020, para. 16"),
        ("out-of-range", "@hrw-2020, para. 99"),
    ]


@pytest.mark.parametrize(
    "ref", ["hrw-2020:13", "hrw-2020, paras. 13-15", "[@hrw-2020, para. 13]", "Human Rights Watch, 2020, para. 13"]
)
def test_a_place_is_read_with_digits_at_full_width_as_a_figure_is(ref: str) -> None:
    key, number, tail = ref.partition("13")
    wide = key + (number + tail).translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})

    targets = [resolve_ref(parse_ref(text), BASE) for text in (ref, wide)]
    checked = run_rights("check", "-", "-f", "csv", "--fields", "verdict,ref", stdin=f"It is so ({wide}).\n").out

    assert targets[0].locators == targets[1].locators
    assert "ok,hrw-2020:13" in checked
