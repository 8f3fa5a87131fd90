"""The statement interval, both sides of each boundary, and measured values against it."""

from decimal import Decimal
from math import inf

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.intervals import complement, judge, measured_interval, statement_interval, threshold_interval


def _judge(qualifier: str, figure: str, value: str, unit: str = "percent", bound: str = "exact") -> str:
    stated = Decimal(figure) if figure else None
    return judge(
        measured_interval(Decimal(value), bound, unit), statement_interval(qualifier, stated, stated, unit)
    )


@pytest.mark.parametrize(
    ("qualifier", "figure", "inside", "outside"),
    [
        ("exact", "36.5", ["36.45", "36.5", "36.55"], ["36.449", "36.551"]),
        ("exact", "400", ["399.5", "400.5"], ["399.4", "400.6"]),
        ("about", "400", ["380", "420"], ["379.9", "420.1"]),  # 5 % is the larger
        ("about", "8", ["7.5", "8.5"], ["7.4", "8.6"]),  # half a unit of the last digit is the larger
        ("about", "2", ["1.8", "2.2"], ["1.79", "2.21"]),  # half a unit would be 25 %: capped at 10 %
        ("over", "50", ["50.01"], ["50", "49"]),
        ("at_least", "50", ["50", "51"], ["49.99"]),
        ("under", "50", ["49.99"], ["50", "51"]),
        ("at_most", "50", ["50", "49"], ["50.01"]),
        ("nearly", "50", ["45", "50"], ["44.9", "50.1"]),
        ("almost_all", "", ["90", "100"], ["89.9"]),
        ("negligible", "", ["0", "5"], ["5.1"]),
    ],
)
def test_each_qualifier_on_both_sides_of_its_edges(
    qualifier: str, figure: str, inside: list[str], outside: list[str]
) -> None:
    unit = "percent_share"
    if figure == "400":
        unit = "usd_bn"
    assert [_judge(qualifier, figure, value, unit) for value in inside] == ["inside"] * len(inside)
    assert [_judge(qualifier, figure, value, unit) for value in outside] == ["outside"] * len(outside)


def test_a_range_keeps_both_its_figures() -> None:
    interval = statement_interval("exact", Decimal("16"), Decimal("17"), "percent")
    assert (interval.left, interval.right) == (15.5, 17.5)


def test_only_shares_are_clipped() -> None:
    assert statement_interval("about", Decimal("98"), Decimal("98"), "percent_share").right == 100
    assert statement_interval("about", Decimal("98"), Decimal("98"), "percent").right == pytest.approx(102.9)
    over = statement_interval("over", Decimal("50"), None, "percent_share")
    assert 100 in over and 50 not in over


@pytest.mark.parametrize(("qualifier", "figure"), [("over", "0"), ("over", "0.5"), ("under", "100"), ("under", "99.5")])
def test_an_open_end_on_the_scale_of_shares_stays_open(qualifier: str, figure: str) -> None:
    stated = Decimal(figure)
    assert float(stated) not in statement_interval(qualifier, stated, stated, "percent_share")


@pytest.mark.parametrize(
    ("bound", "value", "judgement"),
    [
        ("above", "50", "inside"),
        ("above", "49", "undecided"),
        ("below", "50", "outside"),
        ("below", "51", "undecided"),
        ("about", "60", "inside"),
        ("about", "50", "undecided"),
        ("about", "40", "outside"),
    ],
)
def test_a_bound_that_straddles_the_edge_decides_nothing(bound: str, value: str, judgement: str) -> None:
    assert _judge("over", "50", value, "percent_share", bound) == judgement


@pytest.mark.parametrize(
    ("expected", "inside", "outside"), [(">0", 0.1, 0), (">=50", 50, 49.9), ("<0", -0.1, 0), ("<=5", 5, 5.1)]
)
def test_a_threshold_includes_its_end_only_where_it_says_so(
    expected: str, inside: float, outside: float
) -> None:
    assert inside in threshold_interval(expected) and outside not in threshold_interval(expected)


@pytest.mark.parametrize("expected", ["", "0", ">", "=5", ">five"])
def test_what_is_no_threshold_is_refused(expected: str) -> None:
    with pytest.raises(ValueError, match="no comparator"):
        threshold_interval(expected)


@pytest.mark.parametrize("qualifier", ["exact", "about", "nearly", "over", "at_least", "under", "at_most"])
def test_a_missing_figure_is_refused(qualifier: str) -> None:
    with pytest.raises(ValueError, match="needs its figure"):
        statement_interval(qualifier, None, None, "percent")


figures = st.decimals(min_value=1, max_value=1000, places=1, allow_nan=False)
widths = st.floats(0.1, 2)


@given(figures, st.sampled_from(["exact", "about", "nearly"]), widths, widths)
def test_the_figure_itself_is_admitted_and_a_wider_tolerance_admits_no_less(
    figure: Decimal, qualifier: str, one: float, other: float
) -> None:
    narrow, wide = (
        statement_interval(qualifier, figure, figure, "", width) for width in sorted((one, other))
    )
    assert float(figure) in narrow and narrow in wide


@given(figures)
def test_about_is_never_wider_than_a_tenth(figure: Decimal) -> None:
    interval = statement_interval("about", figure, figure, "")
    assert interval.right - interval.left <= 0.2 * float(figure) + 1e-9


@given(st.floats(0, 100), st.floats(0, 100), st.sampled_from(["both", "left", "right", "neither"]))
def test_the_complement_of_the_complement_is_the_interval(one: float, other: float, closed: str) -> None:
    interval = pd.Interval(min(one, other), max(one, other), closed=closed)  # type: ignore[arg-type]
    twice = complement(complement(interval))
    assert twice.closed == interval.closed
    assert (twice.left, twice.right) == pytest.approx((interval.left, interval.right))


def test_bounds_reach_to_infinity_unless_they_are_shares() -> None:
    assert measured_interval(Decimal(5), "above", "usd_bn").right == inf
    assert measured_interval(Decimal(5), "above", "percent_share").right == 100


@given(st.integers(1, 10**6), st.integers(0, 3), st.sampled_from(["exact", "about", "nearly"]))
def test_a_value_on_the_edge_is_inside_whatever_its_digits(digits: int, places: int, qualifier: str) -> None:
    figure = Decimal(digits).scaleb(-places)
    half = Decimal(1).scaleb(-places) / 2
    tolerance = {
        "exact": half,
        "about": min(max(figure / 20, half), figure / 10),
        "nearly": figure / 10,
    }[qualifier]
    assert _judge(qualifier, str(figure), str(figure - tolerance), unit="count") == "inside"


def test_what_a_share_leaves_is_exact() -> None:
    left = complement(measured_interval(Decimal("99.9"), "exact", "percent_share"))
    assert judge(left, threshold_interval(">=0.1")) == "inside"
