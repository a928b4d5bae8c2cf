"""Records of sources become CSL-JSON that citation engines take."""

from __future__ import annotations

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from rightscli.cite.items import digest_item, make_csl_item
from rightscli.records import Record
from rightscli.text.edtf import make_csl_date, parse_edtf

_DAYS = st.dates().map(str)
_DATES = st.one_of(
    _DAYS,
    _DAYS.map(lambda day: day[:7]),
    _DAYS.map(lambda day: day[:4]),
    _DAYS.map(lambda day: f"{day[:7]}-XX"),
    _DAYS.map(lambda day: f"{day[:4]}-XX"),
    _DAYS.map(lambda day: f"{day[:3]}X"),
    st.builds("{:04}-{}".format, st.integers(1, 9998), st.integers(21, 24)),
)
_MARKED = st.builds("".join, st.tuples(_DATES, st.sampled_from(["", "?", "~", "%"])))


@pytest.mark.parametrize(
    ("edtf", "date"),
    [
        ("2020-01-14", {"date-parts": [[2020, 1, 14]]}),
        ("2020-01", {"date-parts": [[2020, 1]]}),
        ("0987", {"date-parts": [[987]]}),
        ("2020~", {"date-parts": [[2020]], "circa": True}),
        ("2019-05-XX?", {"date-parts": [[2019, 5]], "circa": True}),
        ("2019-XX-XX", {"date-parts": [[2019]]}),
        ("197X", {"literal": "1970s"}),
        ("19XX%", {"literal": "1900s", "circa": True}),
        ("2019-24", {"date-parts": [[2019]], "season": 4}),
        ("2014/2017", {"date-parts": [[2014], [2017]]}),
        ("2014-05/2017-02-03", {"date-parts": [[2014, 5], [2017, 2]]}),
        ("2019-03/2019", {"date-parts": [[2019]]}),
        ("2019-21/2020-23", {"date-parts": [[2019], [2020]]}),
        ("197X/1985~", {"literal": "1970s–1985", "circa": True}),
        ("2011/..", {"date-parts": [[2011]]}),
        ("/2001", {"date-parts": [[2001]]}),
    ],
)
def test_an_edtf_date_becomes_date_parts(edtf: str, date: Record) -> None:
    assert make_csl_date(edtf) == date


@given(st.one_of(_MARKED, st.builds("{}/{}".format, _MARKED, st.sampled_from(["", ".."])), st.tuples(_MARKED, _MARKED)))
def test_every_date_that_a_base_may_hold_becomes_one_that_engines_take(edtf: str | tuple[str, str]) -> None:
    text = edtf if isinstance(edtf, str) else "/".join(sorted(edtf))
    try:
        first, _ = parse_edtf(text)
    except ValueError:
        reject()  # an interval that ends before it starts, which no base may hold

    date = make_csl_date(text)

    assert set(date) <= {"date-parts", "literal", "season", "circa"}
    assert ("literal" in date) == any("X" in side[:4] for side in text.split("/"))
    parts = date.get("date-parts", [])
    assert len({len(part) for part in parts}) <= 1
    assert all(1 <= part[1] <= 12 for part in parts if len(part) > 1)
    assert not parts or first is None or parts[0][0] == first.year


def test_only_dates_and_empty_parts_of_names_are_changed() -> None:
    csl = {
        "id": "harbour",
        "type": "report",
        "title": "2020-01-14",
        "author": [{"family": "Quill", "given": ""}, {"literal": "Harbour Office"}],
        "issued": "2021-05",
        "accessed": "2022-01-01",
    }

    item = make_csl_item(csl)

    assert item == csl | {
        "author": [{"family": "Quill"}, {"literal": "Harbour Office"}],
        "issued": {"date-parts": [[2021, 5]]},
        "accessed": {"date-parts": [[2022, 1, 1]]},
    }
    assert list(item) == list(csl)


def test_a_digest_is_of_what_an_item_says_and_not_of_its_order() -> None:
    one = {"id": "a", "title": "é"}

    assert digest_item(one) == digest_item({"title": "é", "id": "a"})
    assert digest_item(one) != digest_item({"id": "a", "title": "e"})
