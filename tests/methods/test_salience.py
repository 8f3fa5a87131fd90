import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.methods.salience import interdependence, salience, symmetry

shares = st.floats(min_value=0.0, max_value=1.0)


def test_worked_dyad():
    assert salience(0.32, 0.02) == pytest.approx(0.08)
    assert symmetry(0.32, 0.02) == pytest.approx(0.7)
    assert interdependence(0.32, 0.02) == pytest.approx(0.056)


@given(shares, shares)
def test_all_are_symmetric_and_between_zero_and_one(first, second):
    for measure in (salience, symmetry, interdependence):
        value = measure(first, second)
        assert value == measure(second, first)
        assert 0 <= value <= 1


@given(shares)
def test_equal_shares_are_fully_symmetric_and_as_salient_as_the_share(share):
    assert symmetry(share, share) == 1
    assert salience(share, share) == pytest.approx(share)


def test_no_trade_is_symmetric_but_neither_salient_nor_interdependent():
    assert (salience(0.0, 0.0), symmetry(0.0, 0.0), interdependence(0.0, 0.0)) == (0, 1, 0)


def test_a_missing_year_is_missing():
    result = interdependence(pd.Series({2021: 0.5, 2022: np.nan}), pd.Series({2021: 0.5, 2022: 0.1}))
    assert result[2021] == 0.5
    assert np.isnan(result[2022])


@pytest.mark.parametrize("measure", [salience, symmetry, interdependence])
def test_percentages_are_refused(measure):
    with pytest.raises(ValueError, match=r"second share must be at least 0 and at most 1, found 36.5"):
        measure(0.2, 36.5)
    with pytest.raises(ValueError, match=r"first share must be at least 0 and at most 1, found 1.01"):
        measure(1.01, 0.2)
    with pytest.raises(ValueError, match=r"second share must be at least 0 and at most 1, found 1.01"):
        measure(1.0, 1.01)
    with pytest.raises(ValueError, match="first share has no values"):
        measure(np.array([]), np.array([]))
