"""A composite index: bring indicators to one scale, then average them.

OECD and Joint Research Centre (2008), Handbook on Constructing Composite Indicators, OECD Publishing, steps
normalisation and aggregation. Every choice here can change a ranking: vary it (see sensitivity). Weights are
rates of exchange between scores, not importances, where indicators correlate (Becker, W. et al., 2017,
Ecological Indicators 80: 12-22).
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

from analysis.methods.inputs import check_range

Mean = Callable[[np.ndarray, np.ndarray], np.ndarray]


def min_max(values: pd.Series) -> pd.Series:
    """Scores from 0 (lowest unit) to 1 (highest): (x - min) / (max - min); takes one indicator by unit.

    Two units always score 0 and 1, whatever their distance: use goalposts for a pair. A missing unit stays
    NaN. Raises ValueError if there are no values or all are equal.
    """
    _check(values)
    spread = values.max() - values.min()
    if not spread > 0:
        raise ValueError("min-max scores are undefined where all units are equal")
    return (values - values.min()) / spread


def goalposts(values: pd.Series, at_zero: float, at_one: float) -> pd.Series:
    """Scores on fixed posts, (x - at_zero) / (at_one - at_zero), cut at 0 and 1; takes one indicator by unit.

    at_zero above at_one turns the direction round. A missing unit stays NaN. Raises ValueError if there are
    no values or the posts coincide.
    """
    _check(values)
    if at_zero == at_one:
        raise ValueError(f"goalposts must differ, both are {at_zero:g}")
    return ((values - at_zero) / (at_one - at_zero)).clip(0.0, 1.0)


def z_score(values: pd.Series, *, ddof: int) -> pd.Series:
    """Distance from the mean in standard deviations; takes one indicator by unit.

    ddof 0 divides by the number of units (they are all there is), 1 by one less (they are a sample). Scores
    are negative below the mean, so the geometric and harmonic means refuse them. A missing unit stays NaN.
    Raises ValueError if there are not more values than ddof, or all are equal.
    """
    _check(values)
    if values.count() <= ddof:
        raise ValueError(f"z-scores with ddof {ddof} need more than {ddof} values, found {values.count()}")
    if values.max() == values.min():
        raise ValueError("z-scores are undefined where all units are equal")
    return (values - values.mean()) / values.std(ddof=ddof)


def rank(values: pd.Series) -> pd.Series:
    """Ranks from 1 (lowest) to the number of units, ties sharing their mean; takes one indicator by unit.

    A missing unit stays NaN. Raises ValueError if there are no values.
    """
    _check(values)
    return values.rank(method="average")


def distance_to_reference(values: pd.Series, reference: float) -> pd.Series:
    """Ratio to a reference, x / reference: 1 is on par; takes one indicator by unit.

    The reference is a unit's value, a target or the largest value. A missing unit stays NaN. Raises
    ValueError if there are no values or the reference is not positive.
    """
    _check(values)
    check_range("reference", reference, low_excluded=True)
    return values / reference


def arithmetic_mean(scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Weighted mean, sum(w x) / sum(w): a low score is made good by a high one in full.

    Takes arrays whose last axis is the indicators (they broadcast); returns them without that axis. A missing
    score gives NaN. Raises ValueError if a weight is negative or missing, or all are zero.
    """
    scores, weights = _pair(scores, weights)
    return (scores * weights).sum(axis=-1) / weights.sum(axis=-1)


def geometric_mean(scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Weighted geometric mean, exp(sum(w ln x) / sum(w)): a low score is made good in part.

    Takes and returns arrays as arithmetic_mean does. Raises ValueError if a score is zero or negative, and as
    arithmetic_mean does.
    """
    scores, weights = _pair(scores, weights)
    check_range("score in a geometric mean", scores, low_excluded=True)
    return np.exp((np.log(scores) * weights).sum(axis=-1) / weights.sum(axis=-1))


def harmonic_mean(scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Weighted harmonic mean, sum(w) / sum(w / x): a low score is made good least.

    Takes and returns arrays as arithmetic_mean does. Raises ValueError if a score is zero or negative, and as
    arithmetic_mean does.
    """
    scores, weights = _pair(scores, weights)
    check_range("score in a harmonic mean", scores, low_excluded=True)
    return weights.sum(axis=-1) / (weights / scores).sum(axis=-1)


def composite(scores: pd.DataFrame, weights: pd.Series, mean: Mean = arithmetic_mean) -> pd.Series:
    """Composite score by unit, from normalised scores (units by indicators) and weights by indicator.

    Weights need not sum to 1. A unit that lacks a score has none (NaN), since averaging what is left would
    change its weights unseen. Raises ValueError if there are no scores or the indicators of scores and
    weights differ, and as the mean does.
    """
    if scores.empty:
        raise ValueError("a composite needs at least one unit and one indicator")
    if set(scores.columns) != set(weights.index):
        raise ValueError("scores and weights must name the same indicators")
    aligned = weights.reindex(scores.columns)
    return pd.Series(
        mean(scores.to_numpy(dtype=float), aligned.to_numpy(dtype=float)),
        index=scores.index,
        name="composite",
    )


def _check(values: pd.Series) -> None:
    if values.count() == 0:
        raise ValueError("an indicator needs at least one value")
    check_range("indicator", values, low=-np.inf)


def _pair(scores: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    scores, weights = np.asarray(scores, dtype=float), np.asarray(weights, dtype=float)
    check_range("weight", weights)
    if np.isnan(weights).any():
        raise ValueError("a weight is missing")
    if (weights.sum(axis=-1) == 0).any():
        raise ValueError("weights must not all be zero")
    return scores, weights
