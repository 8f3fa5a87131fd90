"""Periods: parse, order, contain, overlap."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import periods


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2023-H2", date(2023, 7, 1), date(2023, 12, 31)),
        ("2023-Q1", date(2023, 1, 1), date(2023, 3, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2023-04-15", date(2023, 4, 15), date(2023, 4, 15)),
        ("2023-01/2023-09", date(2023, 1, 1), date(2023, 9, 30)),
        ("2014/2024", date(2014, 1, 1), date(2024, 12, 31)),
        ("FY2023-24", date(2023, 4, 1), date(2024, 3, 31)),
        ("FY1999-00", date(1999, 4, 1), date(2000, 3, 31)),
    ],
)
def test_a_period_covers_its_days(text: str, start: date, end: date) -> None:
    period = periods.parse(text)
    assert (period.start, period.end, str(period)) == (start, end, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "23",
        "2023-13",
        "2023-02-30",
        "2023-Q5",
        "2023-H3",
        "2023/2022",
        "2022-02/2023",
        "FY2023-25",
        "二〇二三",
        "2023 ",
    ],
)
def test_what_is_no_period_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(ValueError, match=r"interval|period|calendar|fiscal"):
        periods.parse(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("FY2023-25", "does not end in the year after it begins"),
        ("2023-13", "not a day or month of the calendar"),
        ("2023-02-30", "not a day or month of the calendar"),
        ("23", "write 2023, 2023-H1"),
    ],
)
def test_the_refusal_says_what_is_wrong(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        periods.parse(text)


def test_months_stand_inside_their_quarter_half_and_year() -> None:
    month, quarter, year = map(periods.parse, ("2023-02", "2023-Q1", "2023"))
    assert quarter.contains(month) and year.contains(quarter) and not month.contains(quarter)
    assert periods.parse("FY2023-24").overlaps(year) and not year.contains(periods.parse("FY2023-24"))


def test_a_partial_date_counts_as_its_last_day() -> None:
    assert periods.last_day("2024-02") == date(2024, 2, 29)
    assert periods.last_day("2024") == date(2024, 12, 31)


def test_only_an_interval_has_two_ends() -> None:
    assert periods.ends("2021/2023") == ("2021", "2023")
    with pytest.raises(ValueError, match="no interval"):
        periods.ends("2021")


days = st.dates(date(1990, 1, 1), date(2050, 1, 1)).map(lambda day: periods.parse(day.isoformat()))


@given(days, days)
def test_order_is_that_of_the_calendar(one: periods.Period, other: periods.Period) -> None:
    assert (one < other) == (one.start < other.start)
    assert one.overlaps(other) == other.overlaps(one) == (one == other)
