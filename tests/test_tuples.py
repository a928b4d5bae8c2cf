from __future__ import annotations

import copy
import pickle
from typing import NamedTuple as Standard

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rightscli.tuples import NamedTuple


class Ours(NamedTuple):
    """Two fields that must be given, and one that may."""

    first: int
    second: str
    third: tuple[int, ...] = ()

    @property
    def twice(self) -> int:
        """Twice the first."""
        return 2 * self.first


class Theirs(Standard):
    """The same, by the standard library."""

    first: int
    second: str
    third: tuple[int, ...] = ()

    @property
    def twice(self) -> int:
        """Twice the first."""
        return 2 * self.first


VALUES = st.lists(st.integers() | st.text(), max_size=4)
NAMED = st.dictionaries(st.sampled_from(["first", "second", "third", "fourth"]), st.integers() | st.text())


def describe(kind: type, values: list[object], named: dict[str, object]) -> object:
    """Return all that can be seen of what *kind* makes of the values: or that it refuses them."""
    try:
        made = kind(*values, **named)
    except TypeError:
        return TypeError
    parts = [made.first, made.second, made.third, *made, len(made), made[0], made._asdict(), made._fields, hash(made)]
    return [*parts, repr(made)[len(kind.__name__) :], made == tuple(made), made._replace(second="x")[:]]


@given(VALUES, NAMED)
def test_a_tuple_is_made_and_seen_as_the_standard_librarys(values: list[object], named: dict[str, object]) -> None:
    assert describe(Ours, values, named) == describe(Theirs, values, named)


@given(st.integers(), st.text())
def test_a_tuple_survives_a_copy_and_a_pickle(first: int, second: str) -> None:
    made = Ours(first, second, (1,))

    assert copy.deepcopy(made) == pickle.loads(pickle.dumps(made)) == made
    assert made.twice == 2 * first


def test_a_tuple_cannot_be_changed_and_takes_no_unknown_field() -> None:
    made = Ours(1, "a")

    with pytest.raises(AttributeError):
        made.first = 2  # type: ignore[misc]
    with pytest.raises(TypeError, match="takes first, second, third"):
        made._replace(fourth=1)  # type: ignore[call-arg]
