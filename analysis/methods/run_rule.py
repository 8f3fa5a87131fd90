"""Alarm after so many rises in a row: when it rings, and how often it rings by chance.

Two worlds without any signal bound what chance does. In noise around a level every order of the values is
equally likely, so N rises in a row end at a given month with chance 1 / (N + 1)!; in a random walk every step
rises or falls alike, so the chance is 2^-N. Over a number of months the exact chance of at least one such run
follows by counting permutations (David, F. N. and Barton, D. E., 1962, Combinatorial Chance, chapter 10) and
sequences of coin tosses (Feller, W., 1968, An Introduction to Probability Theory, volume 1, chapter XIII).
"""

from math import comb, factorial

import numpy as np
import pandas as pd

from analysis.methods.inputs import check_range


def run_alarms(values: pd.Series, rises: int) -> pd.Series:
    """Whether a run of at least so many rises in a row ends at each value.

    Takes values in order of time; a missing value (NaN) breaks a run, since nothing rose to or from it. An
    equal value is no rise. Returns booleans under the same labels. Raises ValueError if rises is below 1.
    """
    check_range("number of rises", rises, low=1)
    rose = values.diff() > 0
    length = rose.groupby((~rose).cumsum()).cumsum()
    return length >= rises


def chance_at_a_month(rises: int, world: str) -> float:
    """Chance that a run of so many rises ends at a given month, in "noise" or in a "random walk"."""
    check_range("number of rises", rises, low=1)
    return {"noise": 1 / factorial(rises + 1), "random walk": 0.5**rises}[_known(world)]


def chance_within(rises: int, months: int, world: str) -> float:
    """Chance of at least one run of so many rises among the values of so many months.

    Takes the number of rises in a row, the number of months (values, so months - 1 steps) and the world,
    "noise" or "random walk". Raises ValueError if a number is below 1 or the world is unknown.
    """
    check_range("number of rises", rises, low=1)
    check_range("number of months", months, low=1)
    if _known(world) == "noise":
        return 1 - _orders_without_a_run(rises + 1, months) / factorial(months)
    return 1 - _tosses_without_a_run(rises, months - 1) / 2 ** (months - 1)


def mean_months_to_alarm(rises: int, world: str, *, draws: int = 20_000, seed: int) -> float:
    """Months after the first until the first run is complete, on average, in a world without a signal.

    Exact for a random walk, 2^(rises + 1) - 2; simulated from normal noise otherwise, under the given seed.
    """
    check_range("number of rises", rises, low=1)
    if _known(world) == "random walk":
        return 2.0 ** (rises + 1) - 2
    generator = np.random.default_rng(seed)
    waiting = np.zeros(draws, dtype=int)
    run = np.zeros(draws, dtype=int)
    open_ = np.ones(draws, dtype=bool)
    last = generator.normal(size=draws)
    while open_.any():
        value = generator.normal(size=draws)
        run = np.where(value > last, run + 1, 0)
        waiting += open_
        open_ &= run < rises
        last = value
    return float(waiting.mean())


def _known(world: str) -> str:
    if world not in ("noise", "random walk"):
        raise ValueError(f"world must be noise or random walk, found {world}")
    return world


def _orders_without_a_run(length: int, values: int) -> int:
    """Permutations without an increasing run of `length` or more values.

    The exponential generating function is 1 / sum_k (x^(k length) / (k length)! - x^(k length + 1) /
    (k length + 1)!), whose reciprocal is taken term by term in whole numbers.
    """
    orders = [1]
    for size in range(1, values + 1):
        total = 0
        for part in range(1, size + 1):
            if part % length == 0:
                total -= comb(size, part) * orders[size - part]
            elif part % length == 1:
                total += comb(size, part) * orders[size - part]
        orders.append(total)
    return orders[values]


def _tosses_without_a_run(length: int, tosses: int) -> int:
    """Sequences of heads and tails without `length` heads in a row."""
    counts = [2**size for size in range(min(length, tosses + 1))]
    for size in range(length, tosses + 1):
        counts.append(sum(counts[size - length : size]))
    return counts[tosses]
