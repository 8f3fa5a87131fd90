import numpy as np
import pandas as pd
import pytest

from analysis.methods.cusum import average_run_length, cusum, standardise


def test_sums_by_hand():
    z = pd.Series([1.0, 2.0, float("nan"), -1.0, 3.0, -4.0])
    sums = cusum(z, allowance=0.5, limit=2.5)
    assert sums["up"].tolist() == pytest.approx([0.5, 2.0, 2.0, 0.5, 3.0, 0.0])
    assert sums["down"].tolist() == pytest.approx([0, 0, 0, 0.5, 0, 3.5])
    assert sums["alarm_up"].tolist() == [False, False, False, False, True, False]
    assert sums["alarm_down"].tolist() == [False] * 5 + [True]


@pytest.mark.parametrize(
    ("limit", "shift", "published"),
    [(4, 0, 168), (4, 1, 8.38), (5, 0, 465), (5, 1, 10.4), (4, 0.5, 26.6), (5, 2, 4.01)],
)
def test_published_average_run_lengths(limit, shift, published):
    # Montgomery, Introduction to Statistical Quality Control: two-sided chart with k = 1/2.
    assert average_run_length(shift, 0.5, limit) == pytest.approx(published, rel=0.005)


def test_run_length_is_the_same_up_and_down_and_falls_with_the_shift():
    assert average_run_length(1.0) == pytest.approx(average_run_length(-1.0))
    assert average_run_length(0.0) > average_run_length(0.5) > average_run_length(2.0)


def test_standardise():
    assert standardise(pd.Series([4.0, np.nan]), pd.Series([1.0, 3.0])).tolist()[0] == pytest.approx(
        2 / np.sqrt(2)
    )
    for flat in ([1.0], [2.0, 2.0], []):
        with pytest.raises(ValueError, match="two different values"):
            standardise(pd.Series([1.0]), pd.Series(flat, dtype=float))


def test_no_value_gives_no_alarm_and_limits_are_checked():
    assert cusum(pd.Series(dtype=float)).empty
    with pytest.raises(ValueError, match="limit must be above 0"):
        cusum(pd.Series([1.0]), limit=0)
    with pytest.raises(ValueError, match="allowance must be at least 0"):
        average_run_length(0, allowance=-1)
    with pytest.raises(ValueError, match="limit must be above 0, found 0"):
        average_run_length(0, limit=0)
