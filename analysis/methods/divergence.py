"""Divergence of two series over the same periods: how far apart they stand, and whether they part at all.

The index of a period is z(first) - z(second), each series standardised over the periods by its mean and its
population standard deviation, so that units and levels drop out. It sums to nought over the periods, and its
mean square is 2 (1 - r), with r the correlation of Pearson: the index places a period against the others and
says nothing of a level. The tests permute the pairing of periods, as Pitman, E. J. G. (1937), Supplement to the
Journal of the Royal Statistical Society 4(2): 225-232, does for the correlation: were the two unrelated, any
order of the first against the second would have been as likely. They take periods as exchangeable, so that
series which both trend seem related, or opposed, more surely than they are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import factorial

import numpy as np
import pandas as pd
from scipy.stats import permutation_test

LEAST = 4
"""Fewer periods than this leave fewer than four changes and no p below 1 / 6."""

_TOLERANCE = 1e-9

Statistic = Callable[[np.ndarray, np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Outcome:
    """A permutation test: the statistic, its p-value, and the least p that any order could have reached.

    `exact` tells whether all `permutations` orders were run through or as many drawn.
    """

    statistic: float
    p_value: float
    least_p: float
    permutations: int
    exact: bool


def standardise(values: pd.Series) -> pd.Series:
    """The values less their mean, over their population standard deviation.

    Raises ValueError if a value is missing or infinite, or if all are equal.
    """
    wrong = values[~np.isfinite(values.astype(float))]
    if len(wrong):
        raise ValueError(f"period {wrong.index[0]} has no finite value")
    centred = values.astype(float) - values.astype(float).mean()
    scale = float(np.sqrt((centred**2).mean()))
    if scale <= _TOLERANCE * max(1.0, float(values.abs().max())):
        raise ValueError(f"a series that is always {values.iloc[0]:g} cannot be standardised")
    return centred / scale


def composite(parts: pd.DataFrame, weights: pd.Series | None = None) -> pd.Series:
    """Weighted mean of the standardised columns, one row a period; equal weights when none are given.

    Raises ValueError as standardise does, and if weights are negative, all nought or not those of the columns.
    """
    chosen = pd.Series(1.0, index=parts.columns) if weights is None else weights.astype(float)
    if set(chosen.index) != set(parts.columns) or (chosen < 0).any() or not chosen.sum() > 0:
        raise ValueError("weights must be at least 0, not all 0, and one for each column")
    return parts.apply(standardise).mul(chosen / chosen.sum()).sum(axis=1)


def paired(first: pd.Series, second: pd.Series) -> tuple[pd.Series, pd.Series]:
    """The two series over the whole numbers (years, or counted quarters) that both have, in order.

    Raises ValueError if these are fewer than LEAST, or if one between the first and the last is missing.
    """
    common = sorted(set(first.dropna().index) & set(second.dropna().index))
    if len(common) < LEAST:
        raise ValueError(f"{len(common)} periods in common, at least {LEAST} are needed")
    missing = sorted(set(range(common[0], common[-1] + 1)) - set(common))
    if missing:
        raise ValueError(f"period {missing[0]} is missing between {common[0]} and {common[-1]}")
    return first.loc[common], second.loc[common]


def divergence_index(first: pd.Series, second: pd.Series) -> pd.Series:
    """z(first) - z(second) by period; above nought the first stands higher among its periods than the second.

    Takes series indexed by whole numbers. Raises ValueError as paired and standardise do.
    """
    one, other = paired(first, second)
    return standardise(one) - standardise(other)


def opposite_changes(first: pd.Series, second: pd.Series) -> tuple[int, int]:
    """In how many changes from one period to the next the two move in opposite directions, and of how many.

    A change of nought has no direction and counts as not opposite. Raises ValueError as paired does.
    """
    one, other = paired(first, second)
    changes = len(one) - 1
    return round(float(_opposite(one.to_numpy(float), other.to_numpy(float))) * changes), changes


def opposite_test(first: pd.Series, second: pd.Series, *, most: int = 50_000, seed: int = 1) -> Outcome:
    """Permutation test of the share of opposite changes, one-sided: is it larger than chance pairings give?

    Runs through all orders if there are at most `most`, otherwise draws that many with the seed. Raises
    ValueError as divergence_index does.
    """
    return _test(first, second, _opposite, most, seed)


def distance_test(first: pd.Series, second: pd.Series, *, most: int = 50_000, seed: int = 1) -> Outcome:
    """Permutation test of the index's mean square 2 (1 - r), one-sided; runs and raises as opposite_test."""
    return _test(first, second, _distance, most, seed)


def _opposite(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Share of changes along the last axis whose signs are opposite."""
    product = _signs(one) * _signs(other)
    return np.asarray((product < 0).mean(axis=-1))


def _signs(values: np.ndarray) -> np.ndarray:
    """Signs of the changes; one that only rounding makes is none."""
    changes = np.diff(values, axis=-1)
    return np.sign(np.where(np.abs(changes) <= _TOLERANCE * np.abs(values).max(), 0.0, changes))


def _distance(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Mean square of the difference of two standardised rows."""
    return np.asarray(((one - other) ** 2).mean(axis=-1))


def _test(first: pd.Series, second: pd.Series, statistic: Statistic, most: int, seed: int) -> Outcome:
    one, other = (standardise(values).to_numpy() for values in paired(first, second))
    orders = factorial(len(one))
    result = permutation_test(
        (one,),
        lambda shuffled, axis=-1: statistic(shuffled, other),
        permutation_type="pairings",
        alternative="greater",
        vectorized=True,
        n_resamples=min(orders, most),
        rng=np.random.default_rng(seed),
    )
    null = np.asarray(result.null_distribution)
    exact = orders <= most
    top = max(float(null.max()), float(result.statistic))
    reached = int((null >= top - _TOLERANCE).sum())
    least = reached / len(null) if exact else (reached + 1) / (len(null) + 1)
    return Outcome(float(result.statistic), float(result.pvalue), float(least), len(null), exact)
