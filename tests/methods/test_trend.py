import pandas as pd
import pytest

from analysis.methods.trend import mann_kendall


def test_four_rising_months_alone_prove_little():
    # One order of 24 rises throughout and one falls throughout, so p = 2 / 24; slopes 1, 3/2, 2, 7/3, 3, 4.
    assert mann_kendall(pd.Series([1.0, 2, 4, 8])).tolist() == pytest.approx([1, 2 / 24, 13 / 6])


def test_a_gap_keeps_its_place():
    assert mann_kendall(pd.Series([1.0, 2, float("nan"), 4, 5]))["slope"] == pytest.approx(1)


def test_falling_is_rising_turned_round():
    values = pd.Series([3.0, 1, 4, 1.5, 5, 9])
    up, down = mann_kendall(values), mann_kendall(-values)
    assert down["tau"] == pytest.approx(-up["tau"])
    assert down["p_value"] == pytest.approx(up["p_value"])


def test_three_values_are_too_few():
    with pytest.raises(ValueError, match="at least four values"):
        mann_kendall(pd.Series([1.0, float("nan"), 2, 3]))
