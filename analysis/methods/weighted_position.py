"""Where a bargain settles: the weighted mean and the weighted median of the actors' positions.

Each actor pulls with capability x salience. The compromise model settles on the weighted mean, the median
voter model on the first position at which the weights add up to half (Bueno de Mesquita, B. and Stokman, F.
N., eds., 1994, European Community Decision Making, Yale University Press). Both take positions on one line as
given; how far the answer hangs on the weights is shown by drawing them anew.
"""

import numpy as np
import pandas as pd

from analysis.methods.inputs import check_range


def weighted_mean(positions: pd.Series, weights: pd.Series) -> float:
    """Sum of weight x position over the sum of weights.

    Takes positions and weights (capability x salience, not negative) by actor. Raises ValueError if there is
    no actor, the actors differ, or no weight is positive.
    """
    _check(positions, weights)
    return float((positions * weights).sum() / weights.sum())


def weighted_median(positions: pd.Series, weights: pd.Series) -> float:
    """The first position, from low to high, at which the weights add up to at least half of their sum.

    Raises ValueError as weighted_mean does.
    """
    _check(positions, weights)
    ordered = positions.sort_values(kind="stable")
    reached = weights[ordered.index].cumsum()
    half = weights.sum() / 2
    return float(ordered[reached >= half * (1 - 1e-12)].iloc[0])


def acceptance_overlap(intervals: pd.DataFrame) -> tuple[float, float] | None:
    """Zone of possible agreement: what every actor's interval contains, or None if nothing is.

    Takes one row an actor with the columns low and high. Raises ValueError if there is no actor or an interval
    does not run upwards.
    """
    if intervals.empty:
        raise ValueError("a zone of agreement needs at least one actor")
    wrong = intervals[intervals["low"] > intervals["high"]]
    if len(wrong):
        raise ValueError(f"interval of {wrong.index[0]} must run upwards")
    low, high = float(intervals["low"].max()), float(intervals["high"].min())
    return (low, high) if low <= high else None


def perturbed(
    positions: pd.Series, weights: pd.Series, *, spread: float, shift: float = 0.0, draws: int, seed: int
) -> pd.DataFrame:
    """Weighted median and mean over weights drawn anew, one row a draw with the columns median and mean.

    Each weight is multiplied by a number that is log-uniform between 1 / (1 + spread) and 1 + spread; with a
    shift each position moves by -shift, 0 or shift with equal chance. The same seed gives the same draws.
    Raises ValueError as weighted_mean does, or if spread or shift is negative.
    """
    _check(positions, weights)
    check_range("spread", spread)
    check_range("shift", shift)
    generator = np.random.default_rng(seed)
    reach = np.log1p(spread)
    shape = (draws, len(positions))
    drawn = weights[positions.index].to_numpy(float) * np.exp(generator.uniform(-reach, reach, size=shape))
    moved = positions.to_numpy(float) + shift * generator.integers(-1, 2, size=shape)
    order = np.argsort(moved, axis=1, kind="stable")
    reached = np.take_along_axis(drawn, order, axis=1).cumsum(axis=1)
    half = drawn.sum(axis=1, keepdims=True) / 2
    first = (reached >= half * (1 - 1e-12)).argmax(axis=1)
    median = np.take_along_axis(moved, order, axis=1)[np.arange(draws), first]
    return pd.DataFrame({"median": median, "mean": (moved * drawn).sum(axis=1) / drawn.sum(axis=1)})


def _check(positions: pd.Series, weights: pd.Series) -> None:
    if positions.empty:
        raise ValueError("a weighted position needs at least one actor")
    if set(positions.index) != set(weights.index) or len(positions) != len(weights):
        raise ValueError("positions and weights must name the same actors")
    if positions.isna().any():
        raise ValueError(f"position of {positions.index[positions.isna()][0]} is missing")
    check_range("weight", weights)
    if not weights.sum() > 0:
        raise ValueError("at least one weight must be positive")
