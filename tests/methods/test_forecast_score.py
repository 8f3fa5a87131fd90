import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.methods.forecast_score import brier_band, log_band, mean_band, resampled_band, skill_band

probabilities = st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted)


def test_bands_by_hand():
    assert brier_band(0.6, 0.9, 1) == pytest.approx((0.01, 0.16))
    assert brier_band(0.6, 0.9, 0) == pytest.approx((0.36, 0.81))
    assert brier_band(0.3, 0.7, 0.5) == pytest.approx((0, 0.04))
    assert log_band(0.5, 0.5, 1) == pytest.approx((np.log(2), np.log(2)))
    assert log_band(0.6, 0.9, 1) == pytest.approx((-np.log(0.9), -np.log(0.6)))
    assert log_band(0.5, 1.0, 0) == pytest.approx((np.log(2), np.inf))
    assert log_band(1, 1, 1) == (0, 0)


@given(probabilities, st.sampled_from([0, 0.5, 1]), st.floats(0, 1))
def test_every_probability_inside_scores_inside_the_band(bounds, outcome, place):
    low, high = bounds
    within = low + place * (high - low)
    for band in (brier_band, log_band):
        best, worst = band(low, high, outcome)
        (score, _) = band(within, within, outcome)
        assert best - 1e-9 <= score <= worst + 1e-9


@pytest.mark.parametrize(
    ("arguments", "message"),
    [((0.7, 0.3, 1), "run upwards"), ((0.1, 1.2, 1), "at most 1"), ((0.1, 0.2, 0.4), "outcome must be")],
)
def test_what_is_no_forecast_is_refused(arguments, message):
    for band in (brier_band, log_band):
        with pytest.raises(ValueError, match=message):
            band(*arguments)


@pytest.mark.parametrize(
    ("said", "rained", "score"), [(1, 1, 0), (1, 0, 1), (0.7, 1, 0.09), (0.3, 1, 0.49), (0.5, 0, 0.25)]
)
def test_the_rain_of_the_encyclopaedia(said, rained, score):
    # Worked examples of the article on the Brier score, en-academic.com/dic.nsf/enwiki/1203570.
    assert brier_band(said, said, rained) == pytest.approx((score, score))


def test_means_and_skill_by_hand():
    assert mean_band([(0, 0.25), (0.5, 0.75)]) == (0.25, 0.5)
    assert mean_band([(0, 1), (0, np.inf)]) == (0, np.inf)
    assert skill_band((0.125, 0.25), 0.25) == (0, 0.5)
    assert skill_band((0, np.inf), 0.5) == (-np.inf, 1)


def test_equal_scores_leave_the_draw_nothing():
    assert resampled_band([(0.1, 0.2)] * 5, list("aabbc")) == pytest.approx((0.1, 0.2))


def test_one_cluster_is_its_own_mean():
    assert resampled_band([(0, 0.5), (0.5, 1)], ["a", "a"]) == pytest.approx((0.25, 0.75))


def test_an_unbounded_score_stays_unbounded():
    assert resampled_band([(0, 0.5), (0.5, np.inf)], [1, 2])[1] == np.inf


bands = st.lists(st.tuples(st.floats(0, 0.5), st.floats(0.5, 1)), min_size=1, max_size=12)


@given(bands)
def test_the_draw_only_widens(found):
    low, high = resampled_band(found, range(len(found)), resamples=200)
    best, worst = mean_band(found)
    assert low <= best + 1e-9
    assert worst <= high + 1e-9


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: mean_band([]), "no score"),
        (lambda: resampled_band([], []), "needs a cluster"),
        (lambda: resampled_band([(0, 1)], [1, 2]), "found 2"),
        (lambda: resampled_band([(0, 1)], [1], level=2), "at most 1"),
        (lambda: skill_band((0, 1), 0), "above 0"),
    ],
)
def test_what_cannot_be_averaged_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
