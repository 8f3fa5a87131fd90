from itertools import permutations

import numpy as np
import pandas as pd
import pytest

from analysis.methods.run_rule import chance_at_a_month, chance_within, mean_months_to_alarm, run_alarms


def test_a_run_is_counted_by_hand():
    values = pd.Series([1, 2, 3, 4, 4, 5, 6, float("nan"), 7, 8, 9, 10])
    assert values.index[run_alarms(values, 3)].tolist() == [3, 11]
    assert values.index[run_alarms(values, 2)].tolist() == [2, 3, 6, 10, 11]
    assert not run_alarms(pd.Series([5.0]), 1).any()
    assert run_alarms(pd.Series(dtype=float), 3).empty


@pytest.mark.parametrize(("rises", "months"), [(1, 4), (2, 6), (3, 7), (3, 3)])
def test_noise_against_every_order(rises, months):
    orders = [pd.Series(order) for order in permutations(range(months))]
    rung = sum(run_alarms(order, rises).any() for order in orders)
    assert chance_within(rises, months, "noise") == pytest.approx(rung / len(orders))


@pytest.mark.parametrize(("rises", "months"), [(1, 4), (2, 7), (3, 9)])
def test_random_walk_against_every_path(rises, months):
    steps = [[1 if path >> bit & 1 else -1 for bit in range(months - 1)] for path in range(2 ** (months - 1))]
    rung = sum(run_alarms(pd.Series([0, *np.cumsum(path)]), rises).any() for path in steps)
    assert chance_within(rises, months, "random walk") == pytest.approx(rung / len(steps))


def test_worked_chances():
    assert chance_at_a_month(3, "noise") == pytest.approx(1 / 24)
    assert chance_at_a_month(3, "random walk") == pytest.approx(1 / 8)
    # Eleven tosses without three heads in a row: the tribonacci number 927 of 2048.
    assert chance_within(3, 12, "random walk") == pytest.approx(1 - 927 / 2048)
    assert chance_within(4, 12, "random walk") == pytest.approx(1 - 1490 / 2048)  # tetranacci
    # Permutations of 1, 2, 3, 4, 5 without a run of three rises: OEIS A049774 for runs of 4 values, 111 of 120.
    assert chance_within(3, 5, "noise") == pytest.approx(1 - 111 / 120)
    assert chance_within(3, 3, "noise") == 0
    assert chance_within(1, 1, "random walk") == 0


def test_mean_waiting_time():
    assert mean_months_to_alarm(3, "random walk", seed=1) == 14
    # For one rise in noise, the chance of none by month n is 1 / n!, so the mean is e - 1.
    assert mean_months_to_alarm(1, "noise", seed=1) == pytest.approx(np.e - 1, abs=0.02)


def test_what_is_no_rule_is_refused():
    with pytest.raises(ValueError, match="number of rises must be at least 1"):
        run_alarms(pd.Series([1.0]), 0)
    with pytest.raises(ValueError, match="found weather"):
        chance_within(3, 12, "weather")
    with pytest.raises(ValueError, match="found weather"):
        chance_at_a_month(3, "weather")
