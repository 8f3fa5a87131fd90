"""How numbers are printed, in prose, axes and tables."""

import json
from decimal import Decimal
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.figures import numbers
from analysis.figures.numbers import FIGURE_SPACE, MINUS, POINT_SPACE, THIN
from analysis.paths import DATA


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("36.50", "36.50"),  # text keeps its digits
        (Decimal("400"), "400"),
        (12, "12"),
        (36.512, "36.5"),  # three significant digits
        (8.9, "8.9"),
        (0.012345, "0.0123"),
        (1234.5, "1235"),  # digits before the point are never cut
        (12345.6, f"12{THIN}346"),
        (1234567, f"1{THIN}234{THIN}567"),
        (9999, "9999"),
        (2.675, "2.68"),
        (36.0, "36"),
        (0.0, "0"),
        (-3.2, f"{MINUS}3.2"),
        (-0.0, "0"),
        (nan, "–"),
        (None, "–"),
        ("", "–"),
    ],
)
def test_number(value: object, printed: str) -> None:
    assert numbers.number(value) == printed  # type: ignore[arg-type]


def test_ties_round_away_from_zero_and_decimals_are_kept() -> None:
    assert numbers.number("0.125", 2) == "0.13"
    assert numbers.number(-0.125, 2) == f"{MINUS}0.13"
    assert numbers.number(36.0, 1) == "36.0"
    assert numbers.number(-0.04, 1) == "0.0"


def test_an_infinite_value_is_no_number_to_print() -> None:
    with pytest.raises(ValueError, match="open end"):
        numbers.number(inf)


@given(st.decimals(min_value=-(10**9), max_value=10**9, allow_nan=False, places=3))
def test_text_can_be_read_back(value: Decimal) -> None:
    printed = numbers.number(str(value))
    assert Decimal(printed.replace(THIN, "").replace(MINUS, "-")) == value


@pytest.mark.parametrize(
    ("value", "unit", "printed"),
    [
        ("36.5", "percent_share", f"36.5{THIN}%"),
        ("-3.2", "percentage_point", f"{MINUS}3.2{THIN}pp"),
        ("12.4", "usd_bn", f"$12.4{THIN}bn"),
        ("-12.4", "usd_bn", f"{MINUS}$12.4{THIN}bn"),
        ("62.5", "usd_per_barrel", "$62.5/bbl"),
        ("0.9", "ratio", "0.9"),
        (None, "usd_bn", "–"),
    ],
)
def test_quantity(value: str | None, unit: str, printed: str) -> None:
    assert numbers.quantity(value, unit) == printed


def test_signed() -> None:
    assert numbers.quantity("3.2", "percentage_point", signed=True) == f"+3.2{THIN}pp"
    assert numbers.quantity("0", "percentage_point", signed=True) == f"0{THIN}pp"


@pytest.mark.parametrize(
    ("low", "high", "closed", "printed"),
    [
        (34.7, 38.3, "both", f"34.7–38.3{THIN}%"),
        (-4.0, -2.0, "both", f"{MINUS}4 to {MINUS}2{THIN}%"),
        (-4.0, 2.0, "both", f"{MINUS}4 to 2{THIN}%"),
        (50.0, inf, "neither", f"over 50{THIN}%"),
        (50.0, inf, "left", f"at least 50{THIN}%"),
        (-inf, 5.0, "neither", f"under 5{THIN}%"),
        (-inf, 5.0, "right", f"at most 5{THIN}%"),
        (5.0, 5.0, "both", f"5{THIN}%"),
        (-inf, inf, "neither", "any value"),
    ],
)
def test_interval(low: float, high: float, closed: str, printed: str) -> None:
    assert numbers.interval(low, high, "percent", closed=closed) == printed


def test_interval_prints_prefix_and_suffix_once() -> None:
    assert numbers.interval(49.0, 65.0, "usd_bn") == f"$49–65{THIN}bn"
    assert numbers.interval(-2.0, 3.0, "usd_bn") == f"{MINUS}$2 to $3{THIN}bn"


def test_every_unit_of_the_data_has_a_symbol() -> None:
    units = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))["units"]
    assert sorted(set(units) - set(numbers.UNITS)) == []


def test_an_unknown_unit_is_named() -> None:
    with pytest.raises(ValueError, match="furlong"):
        numbers.quantity(1, "furlong")


@given(st.lists(st.one_of(st.none(), st.decimals(-(10**6), 10**6, places=2).map(str)), min_size=1))
def test_aligned_columns_put_every_point_at_the_same_distance_from_the_right(
    values: list[str | None],
) -> None:
    column = numbers.aligned(
        [value if value is None else value.rstrip("0").rstrip(".") or "0" for value in values]
    )
    behind = set()
    for text in column:
        bare = text.rstrip(FIGURE_SPACE + POINT_SPACE)
        padding = text[len(bare) :]
        fraction = bare.partition(".")[2]
        # A point and a digit are as wide as the spaces that stand for them.
        points = ("." in bare) + padding.count(POINT_SPACE)
        behind.add((points, len(fraction) + padding.count(FIGURE_SPACE)))
    assert len(behind) == 1
