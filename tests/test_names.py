"""names: the table of countries, and what keeps it in order; tables: the word lists that the package ships."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import pytest

from rightscli.tables import read_table
from rightscli.text.names import find_countries, list_acronyms, list_places

TABLE = "text/countries.txt"
Row = tuple[tuple[str, ...], ...]


def list_faults(rows: Iterable[Row]) -> Iterator[str]:
    """Yield what is wrong with a table of places."""
    rows = list(rows)
    keys = [row[0][0] for row in rows]
    order = zip(keys, sorted(keys, key=str.casefold), strict=True)
    yield from (f"{one} stands before {other}" for one, other in order if one != other)
    yield from (f"{row[0][0]} has {len(row)} columns" for row in rows if len(row) != 3)
    names = [name for row in rows for column in row for name in column]
    yield from (
        f"'{name}' is no name" for name in names if not re.fullmatch(r"[A-Z][A-Za-z.']*(?:[ -][A-Za-z.']+)*", name)
    )
    yield from (
        f"{name} stands for two places" for name, count in Counter(map(str.casefold, names)).items() if count > 1
    )


def test_the_table_of_countries_is_in_order() -> None:
    assert list(list_faults(read_table(TABLE))) == []
    assert len(read_table(TABLE)) > 220


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ((("Aland",), (), ("Alander",)), "Aland stands before Afghanistan"),
        ((("Zembla",), ("Zembla",), ()), "zembla stands for two places"),
        ((("Zembla",), ("Onhava",)), "Zembla has 2 columns"),
        ((("Zembla",), ("",), ()), "'' is no name"),
        ((("Zembla",), ("Onhava ",), ()), "'Onhava ' is no name"),
        ((("Zembla",), ("Édouard",), ()), "'Édouard' is no name"),
        ((("Zembla",), ("Beijing",), ()), "beijing stands for two places"),
    ],
)
def test_a_bad_row_is_found(row: Row, fault: str) -> None:
    rows = read_table(TABLE)

    assert fault in list(list_faults((*rows[:1], row, *rows[1:])))


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("chinese controls", "China"),
        ("tibetan exiles", "Tibet"),
        ("scottish courts", "Scotland"),
        ("english law", "England"),
        ("british aid", "United Kingdom"),
        ("cote divoire", "Ivory Coast"),
        ("the us treasury", "United States"),
        ("guinea bissau", "Guinea-Bissau"),
    ],
)
def test_a_place_is_found_by_any_of_its_names(words: str, place: str) -> None:
    assert place.casefold().replace("-", " ") in {names[0] for _, names in find_countries(words)}


def test_an_adjective_names_its_own_place_and_no_other() -> None:
    for adjective, place in (("tibetan", "tibet"), ("scottish", "scotland"), ("inner mongolian", "inner mongolia")):
        assert place in {names[0] for _, names in find_countries(adjective)}
    assert [names[0] for _, names in find_countries("tibetan scottish")] == ["scotland", "tibet"]


def test_no_place_is_found_in_plain_words() -> None:
    assert find_countries("forced labor in the camps of a chadless land") == []


def test_a_place_has_all_its_names() -> None:
    china = next(names for names in list_places() if names[0] == "China")

    assert set(china) == {"China", "Beijing", "PRC", "People's Republic of China", "Chinese"}


@pytest.mark.parametrize(
    ("text", "acronyms"),
    [
        ("Vestmar's Maritime Safety Board refused to publish.", {"msb"}),
        ("In 2014 the Commission of Inquiry said so.", {"coi"}),
        ("The UN Human Rights Council met.", {"hrc", "unhrc"}),
        ("It ratified the Convention on the Rights of Persons with Disabilities.", {"crp"}),
        ("The Democratic People\N{RIGHT SINGLE QUOTATION MARK}s Republic of Korea denied it.", {"dprk"}),
        ("The Ministry of State Security and the Ministry of People's Security agreed.", {"mss", "mps"}),
    ],
)
def test_a_name_in_several_words_goes_by_its_initials(text: str, acronyms: set[str]) -> None:
    assert acronyms <= set(list_acronyms(text))


@pytest.mark.parametrize("text", ["Apples Cost Tenpence", "the harbor of Port Sallow", "Ana Tol", "harbor clerks"])
def test_no_english_word_and_no_two_letters_are_an_acronym(text: str) -> None:
    assert list_acronyms(text) == ()
