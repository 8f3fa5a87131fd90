import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.methods.forecast_score import brier_band, log_band

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
