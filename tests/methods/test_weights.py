from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.methods.weights import (
    mean_and_variance,
    probability_first_beats_second,
    probability_tie,
    sample_weights,
    sampled_probability,
)

# Few distinct values, so that differences often repeat or vanish.
coarse = st.lists(st.integers(-3, 3), min_size=1, max_size=6)
fine = st.lists(st.floats(-1, 1).map(lambda value: round(value, 3)), min_size=1, max_size=6)


def against_zero(differences):
    return probability_first_beats_second(differences, [0] * len(differences))


def test_worked_probability():
    # 11 w_1 > 5 (w_2 + w_3) means w_1 > 5/16, and w_1 is Beta(1, 2): (11/16)^2.
    assert against_zero([11, -5, -5]) == Fraction(121, 256)
    assert probability_first_beats_second([0.66, 0.3, 0.25], [0.11, 0.55, 0.5]) == Fraction(121, 256)


@pytest.mark.parametrize(
    ("differences", "probability"),
    [
        ([3, -1], Fraction(3, 4)),  # two indicators: the share of the segment
        ([1, 1, -1], Fraction(3, 4)),  # w_3 < 1/2
        ([1, 1, 1, -1], Fraction(7, 8)),
        ([1, 1, -1, -1], Fraction(1, 2)),
        ([2, 2, -1, -1], Fraction(20, 27)),  # w_1 + w_2 is Beta(2, 2) and must exceed 1/3
        ([1, 0, -1], Fraction(1, 2)),  # an equal indicator changes nothing ...
        ([1, 1, 0, 0, -1], Fraction(3, 4)),
        ([1, 0, 0], Fraction(1)),  # ... except that ahead on one and behind on none always wins
        ([-1, 0, 0], Fraction(0)),
        ([0, 0], Fraction(0)),
        ([5], Fraction(1)),
        ([-5], Fraction(0)),
    ],
)
def test_probabilities_by_hand_with_ties_and_repeated_differences(differences, probability):
    assert against_zero(differences) == probability


def test_distinct_differences_follow_the_published_sum():
    differences = [Fraction(7), Fraction(3), Fraction(-2), Fraction(-5)]
    total = Fraction(0)
    for i, one in enumerate(differences):
        if one > 0:
            product = Fraction(1)
            for j, other in enumerate(differences):
                if i != j:
                    product *= one - other
            total += one**3 / product
    assert against_zero(differences) == total


def test_nearly_repeated_differences_approach_the_repeated_case():
    assert float(against_zero([1, 1 + 1e-9, -1])) == pytest.approx(0.75, abs=1e-8)


@given(coarse)
def test_one_or_the_other_wins_unless_they_are_equal(differences):
    zero = [0] * len(differences)
    forward = probability_first_beats_second(differences, zero)
    backward = probability_first_beats_second(zero, differences)
    assert forward + backward + probability_tie(differences, zero) == 1
    assert 0 <= forward <= 1
    if any(differences):
        assert forward + backward == 1


@given(fine, st.randoms(use_true_random=False), st.integers(1, 9))
def test_neither_the_order_of_indicators_nor_the_unit_matters(differences, shuffler, unit):
    shuffled = [unit * Fraction(repr(value)) for value in differences]
    shuffler.shuffle(shuffled)
    assert against_zero(shuffled) == against_zero(differences)


@given(fine, st.data())
def test_gaining_on_an_indicator_never_hurts(differences, data):
    position = data.draw(st.integers(0, len(differences) - 1))
    better = [value + (0.25 if index == position else 0) for index, value in enumerate(differences)]
    assert against_zero(better) >= against_zero(differences)


@pytest.mark.parametrize(
    "differences", [[0.3, -0.1, 0.2, -0.25], [0.3, 0.3, -0.2, -0.2, 0.0], [0.1, -0.4, -0.4]]
)
def test_sampling_agrees(differences):
    exact = float(against_zero(differences))
    estimate, error = sampled_probability(differences, [0.0] * len(differences), 20_000, seed=7)
    assert abs(estimate - exact) < 4 * error
    assert error < 0.004


def test_the_same_seed_draws_the_same_weights_on_the_simplex():
    drawn = sample_weights(4, 500, seed=3)
    assert drawn.shape == (500, 4)
    assert drawn.sum(axis=1) == pytest.approx(np.ones(500))
    assert (drawn >= 0).all()
    np.testing.assert_array_equal(drawn, sample_weights(4, 500, seed=3))
    assert not np.array_equal(drawn, sample_weights(4, 500, seed=4))


def test_worked_mean_and_variance():
    # Two indicators: the score is uniform between 0 and 1. Three: one weight is Beta(1, 2), variance 1/18.
    assert mean_and_variance([0, 1]) == (Fraction(1, 2), Fraction(1, 12))
    assert mean_and_variance([0, 0, 1]) == (Fraction(1, 3), Fraction(1, 18))
    assert mean_and_variance([0.3, 0.3, 0.3]) == (Fraction(3, 10), 0)
    assert mean_and_variance([0.7]) == (Fraction(7, 10), 0)


def test_variance_agrees_with_sampling():
    values = np.array([0.2, 0.9, 0.4, 0.1])
    scores = sample_weights(4, 50_000, seed=5) @ values
    mean, variance = mean_and_variance(values)
    assert scores.mean() == pytest.approx(float(mean), abs=0.003)
    assert scores.var() == pytest.approx(float(variance), rel=0.03)


def test_numbers_are_read_as_the_decimals_they_print_as():
    assert probability_tie([0.3, 0.7], np.array([0.3, 0.7])) == 1
    assert mean_and_variance(np.array([0.1, 0.2]))[0] == Fraction(3, 20)


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ([1, 2], [1], "same indicators, found 2 and 1"),
        ([], [], "at least one value"),
        ([float("nan")], [1], "known and finite, found nan"),
        ([1], [float("inf")], "known and finite, found inf"),
    ],
)
def test_unusable_units_are_refused(first, second, message):
    with pytest.raises(ValueError, match=message):
        probability_first_beats_second(first, second)


def test_weights_need_an_indicator_and_a_sample():
    with pytest.raises(ValueError, match="at least one indicator and one sample"):
        sample_weights(0, 10, seed=1)
