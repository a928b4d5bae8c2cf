"""What a person who typed an unknown name is asked whether they meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import run_rights
from rightscli.text.slips import find_suggestion, is_one_slip

NAMES = st.lists(st.text("abcdefgh-", min_size=1, max_size=12), max_size=6)
WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=6), min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("asked", "known", "meant"),
    [
        ("nosuch", "ngos", ""),
        ("prisns", "prisons", "prisons"),
        ("camps", "prison-camps", "prison-camps"),
        ("the camps of prisons", "camps", "camps"),
        ("chicago notes", "chicago-notes", "chicago-notes"),
        ("aap", "apa", "apa"),
        ("hrw2020", "hrw-2020", "hrw-2020"),
        ("un", "us", ""),
        ("zebra", "sea bream", ""),
        ("", "ngos", ""),
        ("--", "ngos", ""),
    ],
)
def test_a_name_is_offered_where_it_is_spelt_alike_or_shares_all_words(asked: str, known: str, meant: str) -> None:
    assert find_suggestion(asked, ["quite-another", known]) == meant


@given(st.text("abcdefgh-", max_size=12), NAMES)
def test_what_is_offered_is_spelt_like_what_was_typed_or_has_its_words(asked: str, names: list[str]) -> None:
    offered = find_suggestion(asked, names)

    words, others = set(asked.split("-")) - {""}, set(offered.split("-")) - {""}
    near = is_one_slip(asked, offered) or count_edits(asked, offered) <= len(asked) // 3
    assert not offered or near or words <= others or others <= words


@given(WORDS, NAMES, st.data())
def test_a_name_of_which_one_word_was_typed_is_offered_or_else_a_nearer_one(
    words: list[str], names: list[str], data: st.DataObject
) -> None:
    name = "-".join(words)

    assert find_suggestion(data.draw(st.sampled_from(words)), [*names, name])


@given(st.text("abcdefgh", min_size=5, max_size=12), st.data())
def test_a_letter_too_many_is_no_hindrance(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(name)))

    assert find_suggestion(f"{name[:at]}z{name[at:]}", [name]) == name


def count_edits(one: str, other: str) -> int:
    """Return the Levenshtein distance of two names."""
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, 1):
        above, row[0] = row[0], number
        for place, known in enumerate(other, 1):
            above, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, above + (letter != known))
    return row[-1]


def test_an_unknown_topic_is_not_said_to_be_another_by_chance() -> None:
    outcome = run_rights("topics", "nosuch")

    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err == (
        "rights: no topic 'nosuch' in Human rights in North Korea (bundled); --base names another\n"
        "  rights topics lists them\n"
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("serch", "x"), "no such command 'serch'; did you mean 'search'?\n  see rights --help\n"),
        (("fact", "x"), "no such command 'fact'; did you mean 'add fact'?\n  see rights --help\n"),
        (("add", "topic"), "no such command 'topic'\n  see rights add --help\n"),
        (("add", "fct"), "no such command 'fct'; did you mean 'fact'?\n  see rights add --help\n"),
        (("search", "--topc", "x"), "no such option: --topc; did you mean '--topic'?\n  see rights search --help\n"),
        (("search", "--nosuch"), "no such option: --nosuch\n  see rights search --help\n"),
    ],
)
def test_a_command_or_option_is_offered_by_the_same_rule(arguments: tuple[str, ...], told: str) -> None:
    outcome = run_rights(*arguments)

    assert (outcome.code, outcome.out, outcome.err) == (2, "", f"rights: {told}")
