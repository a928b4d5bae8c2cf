"""mentions: figures and dates where they stand, EDTF as the standard has it."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rightscli.text.dates import find_dates
from rightscli.text.edtf import make_csl_date, name_days, name_years, parse_edtf, read_date_parts
from rightscli.text.figures import find_figures

TEXTS = st.text() | st.text("aé\u0301ß’“″ʼ-–\u200b\u00ad \u00a0.,'%$0129İﬁ한가½", max_size=30)
NUMBERED = st.text("0123456789,.-–/ %$tha'", max_size=20) | st.from_regex(
    r"((a|and|half|hundred|thousand|million|one|two|twenty|seven-teen|May|March|in|9|2019|June,|-|18) ){1,9}",
    fullmatch=True,
)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("2,706 and 2706", {"2,706": "2706", "2706": "2706"}),
        ("$100, 4.5, 50% on the 30th", {"100": "100", "4.5": "4.5", "50": "50", "30": "30"}),
        ("2.5 million, 3-million", {"2.5 million": "2500000", "3-million": "3000000"}),
        ("Three to six months", {"Three": "3", "six": "6"}),
        ("three-to-six", {"three": "3", "six": "6"}),
        ("two thousand seven hundred and six", {"two thousand seven hundred and six": "2706"}),
        ("seventy-two, forty one", {"seventy-two": "72", "forty one": "41"}),
        ("every four-and-a-half years", {"four-and-a-half": "4.5"}),
        ("two and a half million", {"two and a half million": "2500000"}),
        ("a hundred and six; a thousand", {"a hundred and six": "106", "a thousand": "1000"}),
        ("two dozen or five and six", {"two dozen": "24", "five": "5", "six": "6"}),
        ("1,2,3 and COVID-19", {"1": "1", "2": "2", "3": "3", "19": "19"}),
        ("One of them, a third, the twenty-first, a dozen, half, hundreds, several hundred", {}),
        ("weight, often, height", {}),
        ("On December 17, 2018, and in the 1970s", {}),
        ("2,019 in 2019", {"2,019": "2019"}),
    ],
)
def test_find_figures_reads_digits_and_words(text: str, figures: dict[str, str]) -> None:
    found = find_figures(text)

    assert [(text[figure.start : figure.end], figure.value) for figure in found] == [
        (words, Decimal(value)) for words, value in figures.items()
    ]


@given(st.integers(min_value=0, max_value=10**18))
def test_find_figures_reads_back_a_number_with_commas(number: int) -> None:
    assert [figure.value for figure in find_figures(f"some {number:,} people")] == [number]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("May 9, 2019", [(2019, 5, 9, "May 9, 2019")]),
        ("9 May 2019", [(2019, 5, 9, "9 May 2019")]),
        ("30th of June, 2019", [(2019, 6, 30, "30th of June, 2019")]),
        ("2019-05-09", [(2019, 5, 9, "2019-05-09")]),
        ("2019-05", [(2019, 5, None, "2019-05")]),
        ("May 9th, then", [(None, 5, 9, "May 9th")]),
        ("7 November", [(None, 11, 7, "7 November")]),
        ("Sept. 2016", [(2016, 9, None, "Sept. 2016")]),
        ("every December", [(None, 12, None, "December")]),
        ("in March or since May", [(None, 3, None, "March"), (None, 5, None, "May")]),
        ("March on; May I; Jan said; they may march", []),
        ("January and June", [(None, 1, None, "January"), (None, 6, None, "June")]),
        ("between January and September 2019", [(2019, 1, None, "January"), (2019, 9, None, "September 2019")]),
        (
            "in June and December. In 2019",
            [(None, 6, None, "June"), (None, 12, None, "December"), (2019, None, None, "2019")],
        ),
        (
            "In 2019, on January 3 and in June",
            [(2019, None, None, "2019"), (2019, 1, 3, "January 3"), (2019, 6, None, "June")],
        ),
        ("in 2018; in June", [(2018, None, None, "2018"), (None, 6, None, "June")]),
        ("from 2014 to 2017", [(2014, None, None, "2014"), (2017, None, None, "2017")]),
        ("2014–2017", [(2014, None, None, "2014"), (2017, None, None, "2017")]),
        ("2018/19", [(2018, None, None, "2018"), (2019, None, None, "19")]),
        ("May 9-12, 2019", [(2019, 5, 9, "May 9-12, 2019"), (2019, 5, 12, "May 9-12, 2019")]),
        ("9 and 12 May", [(None, 5, 9, "9 and 12 May"), (None, 5, 12, "9 and 12 May")]),
        ("June 2,706", [(None, 6, None, "June")]),
        ("$2019, 2,019, 2019%, 12019, 1850", []),
    ],
)
def test_find_dates_reads_what_a_text_names_and_no_more(
    text: str, dates: list[tuple[int | None, int | None, int | None, str]]
) -> None:
    found = find_dates(text)

    assert [(day.year, day.month, day.day, text[day.start : day.end]) for day in found] == dates


def test_find_dates_marks_a_decade() -> None:
    first, second = find_dates("in the 1970s and 1980")

    assert (first.year, first.decade, second.year, second.decade) == (1970, True, 1980, False)


@given(TEXTS | NUMBERED)
def test_figures_and_dates_lie_inside_the_text_in_order_and_apart(text: str) -> None:
    figures, dates = find_figures(text), find_dates(text)

    for found in (figures, dates):
        assert all(0 <= each.start < each.end <= len(text) for each in found)
        assert [each.start for each in found] == sorted(each.start for each in found)
    assert not any(figure.start < day.end and day.start < figure.end for figure in figures for day in dates)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019", "2019-01-01", "2019-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2019-12", "2019-12-01", "2019-12-31"),
        ("2019-05-09", "2019-05-09", "2019-05-09"),
        ("197X", "1970-01-01", "1979-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("2019-XX?", "2019-01-01", "2019-12-31"),
        ("2019-05-XX", "2019-05-01", "2019-05-31"),
        ("2019~", "2019-01-01", "2019-12-31"),
        ("2014/2017-06", "2014-01-01", "2017-06-30"),
        ("2019-22", "2019-06-01", "2019-08-31"),
        ("2019-24", "2019-12-01", "2020-02-29"),
        ("9999-12", "9999-12-01", "9999-12-31"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("2018/..", "2018-01-01", None),
        ("/2018", None, "2018-12-31"),
    ],
)
def test_parse_edtf_gives_the_first_and_the_last_day(text: str, first: str | None, last: str | None) -> None:
    expected = tuple(day and date.fromisoformat(day) for day in (first, last))

    assert parse_edtf(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("19-5", "'19-5' is no EDTF date: write it as YYYY, YYYY-MM or YYYY-MM-DD, or as an interval A/B"),
        ("2019-02-30", "'2019-02-30' is no EDTF date: that month has no day 30"),
        ("2019-13", "'2019-13' is no EDTF date: there is no month 13"),
        ("2019-21-05", "'2019-21-05' is no EDTF date: there is no month 21"),
        ("2019-XX-05", "'2019-XX-05' is no EDTF date: it has a day without a month"),
        ("197X-05", "'197X-05' is no EDTF date: it has a month without a year"),
        ("0000", "'0000' is no EDTF date here: years run from 0001 to 9999"),
        ("2019/2018", "'2019/2018' ends before it starts"),
        ("../..", "'../..' says nothing: one end of an interval must be a date"),
        ("1/2/3", "'1/2/3' is no EDTF date: write it as YYYY, YYYY-MM or YYYY-MM-DD, or as an interval A/B"),
        ("2019-13/2020", "'2019-13' is no EDTF date: there is no month 13"),
    ],
)
def test_parse_edtf_says_what_is_wrong(text: str, message: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 (the whole message is compared)
        parse_edtf(text)

    assert str(caught.value) == message


@given(st.from_regex(r"[0-9]{3}[0-9X](-[012][0-9X](-[0-3][0-9X])?)?[?~%]?(/[0-9]{4})?", fullmatch=True))
def test_an_edtf_date_starts_no_later_than_it_ends(text: str) -> None:
    try:
        first, last = parse_edtf(text)
    except ValueError:
        return

    assert first is not None
    assert last is not None
    assert first <= last


SIDES = st.from_regex(r"[12][0-9]{2}[0-9X](-(0[1-9]|1[0-2]|XX|2[1-4])(-(0[1-9]|XX))?)?[?~%]?", fullmatch=True)


@given(
    st.one_of(
        SIDES,
        st.builds("{}/{}".format, SIDES, st.sampled_from(["", ".."]) | SIDES),
        st.from_regex(r"[0-9X/.?~-]{1,12}"),
    )
)
def test_every_reader_of_edtf_reads_what_is_an_edtf_date(text: str) -> None:
    try:
        first, last = parse_edtf(text)
    except ValueError:
        return

    parts, years = read_date_parts(text), [day.year for day in (first, last) if day]
    assert (parts.edtf, parts.text) == (text, "")
    assert parts.years[0] == years[0]
    assert {str(years[0]), str(years[-1])} <= {*name_days(text)}
    assert re.findall("[0-9]{4}", name_years(text))[0] == f"{years[0]:04}"
    assert make_csl_date(text).keys() & {"date-parts", "literal"}


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("on 17/12/2018", (2018, 12, 17)),
        ("on 12/17/2018", (2018, 12, 17)),
        ("am 22.03.2019", (2019, 3, 22)),
        ("on 5/5/2019", (2019, 5, 5)),
        ("on 9/5/2019", (2019, None, None)),
    ],
)
def test_a_numeric_date_is_read_as_far_as_its_order_is_sure(text: str, date: tuple[int | None, ...]) -> None:
    (mention,) = find_dates(text)

    assert (mention.year, mention.month, mention.day) == date
    assert find_figures(text) == ()
