import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.methods.composite import (
    arithmetic_mean,
    composite,
    distance_to_reference,
    geometric_mean,
    goalposts,
    harmonic_mean,
    min_max,
    rank,
    z_score,
)

positive = st.floats(min_value=0.01, max_value=100)
score_lists = st.lists(positive, min_size=1, max_size=6)


def test_min_max_of_worked_values_keeps_a_missing_unit():
    result = min_max(pd.Series([2.0, 4.0, np.nan, 10.0]))
    assert result[[0, 1, 3]].tolist() == [0.0, 0.25, 1.0]
    assert np.isnan(result[2])


def test_min_max_of_two_units_says_nothing_about_their_distance():
    assert (
        min_max(pd.Series([10.0, 10.1])).tolist() == min_max(pd.Series([10.0, 90.0])).tolist() == [0.0, 1.0]
    )


def test_published_goalposts():
    # Human Development Index of 2013: 55 years of life expectancy, with posts at 20 and 83.57, score 0.551.
    assert goalposts(pd.Series([55.0]), 20.0, 83.57).iloc[0] == pytest.approx(0.551, abs=5e-4)
    # COINr, tests/testthat/test-normalise.R, n_goalposts: inside, above, below; then the other direction.
    values = pd.Series([1.0, 11.0, -1.0])
    assert goalposts(values, 0.0, 10.0).tolist() == pytest.approx([0.1, 1.0, 0.0])
    assert goalposts(values, 10.0, 0.0).tolist() == pytest.approx([0.9, 0.0, 1.0])


def test_z_scores_depend_on_ddof():
    values = pd.Series([2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0])  # mean 5, population deviation 2
    assert z_score(values, ddof=0).tolist() == [-1.5, -0.5, -0.5, -0.5, 0.0, 0.0, 1.0, 2.0]
    assert z_score(values, ddof=1).iloc[-1] == pytest.approx(4 / np.sqrt(32 / 7))


def test_ranks_share_ties_and_skip_a_missing_unit():
    assert rank(pd.Series([3.0, 1.0, 3.0, np.nan])).tolist()[:3] == [2.5, 1.0, 2.5]
    assert np.isnan(rank(pd.Series([3.0, np.nan]))[1])


def test_distance_to_reference_is_a_ratio():
    assert distance_to_reference(pd.Series([5.0, 10.0, 15.0]), 10.0).tolist() == [0.5, 1.0, 1.5]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: min_max(pd.Series([3.0, 3.0])), "undefined where all units are equal"),
        (lambda: min_max(pd.Series(dtype=float)), "at least one value"),
        (lambda: rank(pd.Series([np.nan])), "at least one value"),
        (lambda: z_score(pd.Series([3.0]), ddof=1), "more than 1 values, found 1"),
        (lambda: z_score(pd.Series([3.0, 3.0]), ddof=0), "undefined where all units are equal"),
        (lambda: goalposts(pd.Series([3.0]), 1.0, 1.0), "goalposts must differ"),
        (lambda: distance_to_reference(pd.Series([3.0]), 0.0), "reference must be above 0"),
        (lambda: min_max(pd.Series([1.0, np.inf])), "indicator must be finite"),
    ],
)
def test_undefined_scores_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_worked_means():
    scores, weights = np.array([1.0, 4.0]), np.array([1.0, 1.0])
    assert arithmetic_mean(scores, weights) == 2.5
    assert geometric_mean(scores, weights) == pytest.approx(2)
    assert harmonic_mean(scores, weights) == pytest.approx(1.6)
    weights = np.array([3.0, 1.0])
    assert arithmetic_mean(scores, weights) == 1.75
    assert geometric_mean(scores, weights) == pytest.approx(2**0.5)
    assert harmonic_mean(scores, weights) == pytest.approx(4 / 3.25)


def test_only_the_arithmetic_mean_lets_one_score_make_good_for_three():
    uneven, even, weights = np.array([21.0, 1, 1, 1]), np.full(4, 6.0), np.ones(4)
    assert arithmetic_mean(uneven, weights) == arithmetic_mean(even, weights) == 6
    assert geometric_mean(uneven, weights) == pytest.approx(2.14, abs=5e-3)
    assert geometric_mean(even, weights) == pytest.approx(6)


@given(score_lists, st.data())
def test_means_are_ordered_and_between_the_scores(values, data):
    scores = np.array(values)
    weights = np.array(data.draw(st.lists(positive, min_size=len(values), max_size=len(values))))
    harmonic, geometric, arithmetic = (
        mean(scores, weights) for mean in (harmonic_mean, geometric_mean, arithmetic_mean)
    )
    tolerance = 1e-9 * scores.max()
    assert scores.min() - tolerance <= harmonic <= geometric + tolerance
    assert geometric <= arithmetic + tolerance <= scores.max() + 2 * tolerance
    for mean in (harmonic_mean, geometric_mean, arithmetic_mean):
        assert mean(scores, 7 * weights) == pytest.approx(mean(scores, weights))


@pytest.mark.parametrize("mean", [geometric_mean, harmonic_mean])
@pytest.mark.parametrize("score", [0.0, -0.5])
def test_zero_and_negative_scores_are_refused(mean, score):
    with pytest.raises(ValueError, match="mean must be above 0"):
        mean(np.array([1.0, score]), np.ones(2))
    with pytest.raises(ValueError, match="mean must be above 0"):
        mean(z_score(pd.Series([1.0, 2.0]), ddof=0).to_numpy(), np.ones(2))


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ([1.0, -1.0], "weight must be at least 0"),
        ([0.0, 0.0], "must not all be zero"),
        ([1.0, np.nan], "a weight is missing"),
    ],
)
def test_unusable_weights_are_refused(weights, message):
    with pytest.raises(ValueError, match=message):
        arithmetic_mean(np.ones(2), np.array(weights))


def test_means_broadcast_over_many_weights():
    weights = np.array([[1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
    assert arithmetic_mean(np.array([1.0, 4.0]), weights).tolist() == [1.0, 2.5, 4.0]


def test_composite_matches_weights_by_name_and_refuses_to_average_what_is_left():
    scores = pd.DataFrame({"share": [0.2, 0.8], "concentration": [0.6, np.nan]}, index=["CN", "RU"])
    result = composite(scores, pd.Series({"concentration": 3.0, "share": 1.0}))
    assert result["CN"] == pytest.approx(0.5)
    assert np.isnan(result["RU"])
    geometric = composite(scores, pd.Series({"concentration": 1.0, "share": 1.0}), geometric_mean)
    assert geometric["CN"] == pytest.approx(np.sqrt(0.12))


def test_composite_refuses_other_indicators_and_an_empty_table():
    with pytest.raises(ValueError, match="same indicators"):
        composite(pd.DataFrame({"share": [0.2]}), pd.Series({"salience": 1.0}))
    with pytest.raises(ValueError, match="at least one unit and one indicator"):
        composite(pd.DataFrame({"share": []}), pd.Series({"share": 1.0}))
