from itertools import permutations
from math import factorial

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.methods.divergence import (
    composite,
    distance_test,
    divergence_index,
    opposite_changes,
    opposite_test,
    standardise,
)


def series(*values: float, start: int = 2019) -> pd.Series:
    return pd.Series(values, index=range(start, start + len(values)), dtype=float)


numbers = st.lists(st.integers(-20, 20), min_size=4, max_size=6).filter(lambda values: len(set(values)) > 1)
pairs = st.integers(4, 6).flatmap(
    lambda size: st.tuples(
        *[
            st.lists(st.integers(-9, 9), min_size=size, max_size=size).filter(lambda v: len(set(v)) > 1)
            for _ in range(2)
        ]
    )
)


def test_worked_index():
    # Mean 5, population standard deviation 2, so z is -1.5, -.5, -.5, -.5, 0, 0, 1, 2.
    values = series(2, 4, 4, 4, 5, 5, 7, 9)
    assert standardise(values).tolist() == [-1.5, -0.5, -0.5, -0.5, 0, 0, 1, 2]
    assert divergence_index(values, -values).tolist() == [-3, -1, -1, -1, 0, 0, 2, 4]
    assert divergence_index(values, values).tolist() == [0] * 8


def test_opposite_changes_are_counted_by_hand_and_a_standstill_is_none():
    first, second = series(1, 2, 2, 3, 1), series(5, 4, 3, 4, 6)
    assert opposite_changes(first, second) == (2, 4)  # up-down, still, up-up, down-up


def test_monotone_opposites_reach_one_in_all_orders():
    # Only one of the 5! orders turns every change of the other round.
    outcome = opposite_test(series(1, 2, 3, 4, 5), series(9, 7, 5, 3, 1))
    assert outcome.statistic == 1
    assert outcome.p_value == outcome.least_p == 1 / 120
    assert (outcome.permutations, outcome.exact) == (120, True)


def test_zigzags_are_common_so_that_the_least_p_is_large():
    # 5 of the 24 orders of four numbers alternate beginning upwards (Andre's problem).
    outcome = opposite_test(series(1, 4, 2, 3), series(4, 1, 3, 2))
    assert outcome.statistic == 1
    assert outcome.p_value == outcome.least_p == 5 / 24


def test_as_many_orders_as_there_may_be_are_all_gone_through():
    outcome = opposite_test(series(1, 4, 2, 3), series(4, 1, 3, 2), most=24)
    assert (outcome.exact, outcome.permutations, outcome.least_p) == (True, 24, 5 / 24)


def test_two_visits_in_every_year_but_one_can_hardly_reject():
    # The one year stands in any of four places with equal chance: at best one order in four.
    outcome = distance_test(series(2, 2, 3, 2), series(1, 2, 3, 4))
    assert outcome.least_p == 1 / 4


@given(pairs)
def test_p_is_the_share_of_all_orders_that_are_as_far_apart(pair):
    first, second = (series(*values) for values in pair)
    outcome = distance_test(first, second)
    other = standardise(second).to_numpy()
    spread = [((np.array(order) - other) ** 2).mean() for order in permutations(standardise(first))]
    reached = sum(value >= outcome.statistic - 1e-9 for value in spread)
    assert outcome.p_value == pytest.approx(reached / factorial(len(first)))
    assert outcome.least_p <= outcome.p_value + 1e-12


@given(pairs)
def test_the_mean_square_is_twice_what_correlation_leaves(pair):
    first, second = (series(*values) for values in pair)
    index = divergence_index(first, second)
    assert index.sum() == pytest.approx(0, abs=1e-9)
    assert (index**2).mean() == pytest.approx(2 * (1 - np.corrcoef(first, second)[0, 1]), abs=1e-9)


@given(pairs, st.integers(-50, 50), st.integers(1, 9))
def test_neither_a_constant_nor_the_unit_matters(pair, constant, unit):
    first, second = (series(*values) for values in pair)
    moved = constant + unit * first
    np.testing.assert_allclose(divergence_index(moved, second), divergence_index(first, second), atol=1e-9)
    assert opposite_changes(moved, second) == opposite_changes(first, second)
    assert opposite_test(moved, second) == opposite_test(first, second)


@given(pairs)
def test_swapping_the_two_turns_the_index_round(pair):
    first, second = (series(*values) for values in pair)
    np.testing.assert_allclose(divergence_index(first, second), -divergence_index(second, first), atol=1e-9)
    assert opposite_changes(first, second) == opposite_changes(second, first)


def test_shuffled_series_reject_no_more_often_than_they_may():
    # Over every order of the first series, at most one in twenty has p of .05 or less.
    second = series(1, 5, 2, 8, 3)
    for test in (opposite_test, distance_test):
        found = [test(series(*order), second).p_value for order in permutations((1.0, 2.0, 4.0, 7.0, 11.0))]
        assert np.mean(np.array(found) <= 0.05) <= 0.05


def test_many_periods_are_sampled_with_a_seed():
    first, second = series(*range(12)), series(*range(12, 0, -1))
    once, again = (distance_test(first, second, most=999, seed=5) for _ in range(2))
    assert once == again
    assert not once.exact
    assert once.p_value == once.least_p == 1 / 1000
    assert distance_test(first, second, most=999, seed=6).p_value == 1 / 1000


def test_a_composite_is_the_mean_of_the_standardised_columns():
    parts = pd.DataFrame({"visits": series(1, 2, 3, 4), "flights": series(40, 30, 20, 10)})
    assert composite(parts).tolist() == pytest.approx([0, 0, 0, 0])
    only = composite(parts, pd.Series({"visits": 2.0, "flights": 0.0}))
    np.testing.assert_allclose(only, standardise(parts["visits"]))


def test_only_common_periods_count():
    assert divergence_index(series(1, 2, 3, 4, 9), series(2, 1, 3, 4, start=2019)).index.tolist() == [
        2019, 2020, 2021, 2022,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        (series(1, 2, 3), series(1, 2, 3), "3 periods in common, at least 4 are needed"),
        (series(), series(1, 2, 3, 4), "0 periods in common"),
        (series(2, 2, 2, 2), series(1, 2, 3, 4), "always 2 cannot be standardised"),
        (series(1, 2, float("nan"), 4, 5), series(1, 2, 3, 4, 5), "period 2021 is missing between 2019 and 2023"),
        (series(1, 2, float("inf"), 4, 5), series(1, 2, 3, 4, 5), "period 2021 has no finite value"),
    ],
)  # fmt: skip
def test_unusable_series_are_refused(first, second, message):
    with pytest.raises(ValueError, match=message):
        divergence_index(first, second)
    with pytest.raises(ValueError, match=message):
        opposite_test(first, second)


@pytest.mark.parametrize("weights", [{"a": 1.0}, {"a": -1.0, "b": 2.0}, {"a": 0.0, "b": 0.0}])
def test_unusable_weights_are_refused(weights):
    parts = pd.DataFrame({"a": series(1, 2, 3, 4), "b": series(4, 3, 1, 2)})
    with pytest.raises(ValueError, match="weights must be"):
        composite(parts, pd.Series(weights))
