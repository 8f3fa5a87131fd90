import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.methods.concentration import (
    effective_partners,
    herfindahl,
    herfindahl_bounds,
    hirschman,
    normalised_herfindahl,
    normalised_hirschman,
    partner_shares,
)

amounts = st.floats(min_value=0.01, max_value=1e4)
partners = st.lists(amounts, min_size=1, max_size=12)


def test_worked_shares():
    index = herfindahl([0.5, 0.3, 0.2])
    assert index == pytest.approx(0.38)
    assert normalised_herfindahl(index, 3) == pytest.approx(0.07)
    assert normalised_hirschman(index, 3) == pytest.approx(0.0925, abs=5e-5)
    assert effective_partners(index) == pytest.approx(2.63, abs=5e-3)
    assert hirschman(index) == pytest.approx(100 * np.sqrt(0.38))


def test_published_indices():
    # World Mining Data, Concentration of Producer Countries: 50, 30, 15 and 5 percent give 3650 on its scale.
    assert 1e4 * herfindahl([50, 30, 15, 5]) == pytest.approx(3650)
    # Statistics Netherlands, Import concentration (2021): two or three equal suppliers.
    assert herfindahl([7, 7]) == 0.5
    assert herfindahl([7, 7, 7]) == pytest.approx(1 / 3)


def test_one_partner_is_full_concentration_and_has_no_normalised_value():
    assert herfindahl([12.0]) == 1
    assert hirschman(1.0) == 100
    assert effective_partners(1.0) == 1
    for normalised in (normalised_herfindahl, normalised_hirschman):
        with pytest.raises(ValueError, match="at least two partners, found 1"):
            normalised(1.0, 1)


@given(st.integers(2, 30))
def test_normalised_values_run_from_even_to_one_partner(count):
    even = herfindahl(np.ones(count))
    assert normalised_herfindahl(even, count) == pytest.approx(0, abs=1e-12)
    assert normalised_hirschman(even, count) == pytest.approx(0, abs=1e-12)
    assert normalised_herfindahl(1.0, count) == pytest.approx(1)
    assert normalised_hirschman(1.0, count) == pytest.approx(1)
    assert effective_partners(even) == pytest.approx(count)


def test_counting_partners_that_could_supply_moves_the_normalised_value():
    assert herfindahl([3, 1]) == herfindahl([3, 1, 0, 0])
    assert normalised_herfindahl(0.625, 2) < normalised_herfindahl(0.625, 4)


def test_an_index_outside_its_range_is_refused():
    with pytest.raises(ValueError, match="Herfindahl index must be"):
        normalised_herfindahl(0.2, 4)
    with pytest.raises(ValueError, match="Herfindahl index must be"):
        effective_partners(38.0)


@given(partners)
def test_shares_sum_to_one_and_the_index_lies_between_one_over_n_and_one(values):
    assert partner_shares(values).sum() == pytest.approx(1)
    assert 1 / len(values) - 1e-9 <= herfindahl(values) <= 1 + 1e-9


@given(partners, st.floats(0.01, 100))
def test_the_unit_and_the_order_of_partners_do_not_matter(values, unit):
    assert herfindahl([unit * value for value in reversed(values)]) == pytest.approx(herfindahl(values))


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([], "trade by partner has no values"),
        ([0.0, 0.0], "undefined where nothing is traded"),
        ([1.0, -1.0], "trade by partner must be at least 0"),
        (pd.Series({"CN": 1.0, "IN": np.nan}), "trade with partner IN is missing"),
    ],
)
def test_unusable_partners_are_refused(values, message):
    with pytest.raises(ValueError, match=message):
        herfindahl(values)


def test_worked_bounds():
    # Listed 40 and 20 of 100; 40 spread over four others of at most 20: evenly 4 x 10, or filled 20 + 20.
    low, high = herfindahl_bounds([40, 20], 40, partners=4, cap=20)
    assert low == pytest.approx((1600 + 400 + 4 * 100) / 1e4)
    assert high == pytest.approx((1600 + 400 + 2 * 400) / 1e4)
    # A cap that does not divide the remainder leaves a rest: 15 + 15 + 10.
    assert herfindahl_bounds([40, 20], 40, partners=4, cap=15)[1] == pytest.approx(
        (2000 + 225 + 225 + 100) / 1e4
    )
    # Nothing known about the others: from vanishing pieces to a single one.
    assert herfindahl_bounds([40, 20], 40) == pytest.approx((0.20, 0.36))


def test_no_remainder_and_nothing_listed_are_the_two_ends():
    assert herfindahl_bounds([5, 3, 2], 0.0) == pytest.approx((0.38, 0.38))
    assert herfindahl_bounds([], 10.0, partners=5) == pytest.approx((0.2, 1.0))


@given(
    st.lists(amounts, max_size=6), st.lists(amounts, min_size=1, max_size=8), st.integers(0, 5), st.booleans()
)
def test_bounds_contain_the_truth_for_any_split_of_the_remainder(listed, hidden, spare, capped):
    cap = max(hidden) if capped else None
    low, high = herfindahl_bounds(listed, sum(hidden), partners=len(hidden) + spare, cap=cap)
    assert low - 1e-9 <= herfindahl(listed + hidden) <= high + 1e-9
    open_low, open_high = herfindahl_bounds(listed, sum(hidden), cap=cap)
    assert open_low <= low + 1e-12
    assert open_high == high


@given(st.lists(amounts, max_size=6), amounts, st.integers(1, 9), st.floats(1.0, 5.0))
def test_bounds_are_reached(listed, remainder, count, slack):
    cap = slack * remainder / count
    assume(cap <= remainder)
    low, high = herfindahl_bounds(listed, remainder, partners=count, cap=cap)
    full = int(remainder / cap)
    assert low == pytest.approx(herfindahl([*listed, *[remainder / count] * count]))
    assert high == pytest.approx(herfindahl([*listed, *[cap] * full, max(remainder - full * cap, 0.0)]))


@pytest.mark.parametrize(
    ("listed", "remainder", "options", "message"),
    [
        (
            [1.0],
            10.0,
            {"partners": 3, "cap": 2.0},
            "3 partners of at most 2 each cannot hold a remainder of 10",
        ),
        ([1.0], -1.0, {}, "remainder must be at least 0"),
        ([1.0], np.nan, {}, "the remainder is missing"),
        ([], 0.0, {}, "undefined where nothing is traded"),
        ([np.nan], 1.0, {}, "count it in the remainder"),
        ([1.0], 1.0, {"partners": 0}, "at least one partner, found 0"),
        ([1.0], 1.0, {"cap": 0.0}, "cap must be above 0"),
    ],
)
def test_impossible_remainders_are_refused(listed, remainder, options, message):
    with pytest.raises(ValueError, match=message):
        herfindahl_bounds(listed, remainder, **options)


def test_a_remainder_that_fills_every_partner_survives_rounding():
    assert herfindahl_bounds([0.1], 0.3, partners=3, cap=0.1) == pytest.approx((0.25, 0.25))
