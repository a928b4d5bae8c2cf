"""Paragraph numbers: one, a range, a list; and their seal."""

from __future__ import annotations

from hashlib import sha256
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rightscli.text.locators import Locator, format_ref, merge_locators, seal_digests

LOCATORS = st.lists(
    st.builds(lambda first, length: Locator(first, first + length), st.integers(1, 30), st.integers(0, 9))
)
DIGESTS = [sha256(str(number).encode()).hexdigest() for number in range(40)]


def list_numbers(locators: tuple[Locator, ...]) -> list[int]:
    return [number for locator in locators for number in locator.positions]


@given(LOCATORS)
def test_merging_keeps_every_paragraph_once_and_in_order(locators: list[Locator]) -> None:
    merged = merge_locators(locators)

    assert list_numbers(merged) == sorted(set(list_numbers(tuple(locators))))
    assert all(one.last + 1 < other.first for one, other in pairwise(merged))
    assert merge_locators(merged) == merged


def test_a_locator_prints_as_a_number_or_a_range() -> None:
    assert [str(Locator(13, 13)), str(Locator(13, 15))] == ["13", "13-15"]


def test_the_seal_of_one_paragraph_is_the_start_of_its_digest() -> None:
    assert seal_digests(DIGESTS[:1]) == DIGESTS[0][:8]


def test_the_seal_of_several_is_made_from_all() -> None:
    assert seal_digests(DIGESTS[:2]) == sha256(f"{DIGESTS[0]}\n{DIGESTS[1]}".encode()).hexdigest()[:8]


def test_a_ref_names_key_places_and_seal() -> None:
    assert (
        format_ref("k", [Locator(1, 1), Locator(3, 4)], DIGESTS)
        == f"k:1,3-4@{seal_digests([DIGESTS[i] for i in (0, 2, 3)])}"
    )
    assert format_ref("k", [], DIGESTS) == "k"
