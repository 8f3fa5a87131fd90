"""How a forecast in words did, once a probability has been read from them as an interval.

The Brier score of one forecast is (p - o)^2, with o 1 for what happened, 0 for what did not and 0.5 for what
partly did (half of the sum over both outcomes in Brier, G. W., 1950, Monthly Weather Review 78: 1-3); the log
score is -ln of the probability of what happened (Good, I. J., 1952). Lower is better: 0.25 and 0.69 are what
always saying one half earns. A word is an interval of probabilities, so its score is a band.
"""

from collections.abc import Sequence
from math import inf, isfinite

import numpy as np
from numpy.typing import ArrayLike

from analysis.methods.inputs import check_range

EVEN = 0.25


def _check(low: float, high: float, outcome: float) -> None:
    check_range("probability", low, high=1.0)
    check_range("probability", high, high=1.0)
    if low > high:
        raise ValueError(f"probabilities must run upwards, found {low:g} to {high:g}")
    if outcome not in (0, 0.5, 1):
        raise ValueError(f"outcome must be 0, 0.5 or 1, found {outcome:g}")


def brier_band(low: float, high: float, outcome: float) -> tuple[float, float]:
    """Best and worst Brier score of a forecast whose wording admits probabilities from low to high.

    Raises ValueError if a probability is outside 0 to 1, they do not run upwards, or the outcome is another.
    """
    _check(low, high, outcome)
    nearest = min(max(outcome, low), high)
    farthest = max((low, high), key=lambda probability: abs(probability - outcome))
    return (nearest - outcome) ** 2, (farthest - outcome) ** 2


def log_band(low: float, high: float, outcome: float) -> tuple[float, float]:
    """Best and worst log score, in natural units; infinite where what happened was given no chance.

    What partly happened scores half as happened and half as not. Raises ValueError as brier_band does.
    """
    _check(low, high, outcome)

    def score(probability: float) -> float:
        parts = ((outcome, probability), (1 - outcome, 1 - probability))
        with np.errstate(divide="ignore"):
            return float(sum(-weight * np.log(chance) for weight, chance in parts if weight))

    # Convex in the probability, least where it equals the outcome.
    nearest = min(max(outcome, low), high)
    return score(nearest), max(score(low), score(high))


def mean_band(bands: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The mean of the best and of the worst scores; infinite where one is. Raises ValueError without a band."""
    if not len(bands):
        raise ValueError("there is no score to average")
    best, worst = np.mean(np.asarray(bands, dtype=float), axis=0)
    return float(best), float(worst)


def skill_band(band: tuple[float, float], reference: float) -> tuple[float, float]:
    """Worst and best skill against a reference forecast that earned `reference`: 1 - score / reference.

    1 is perfect, 0 as good as the reference, below 0 worse (Murphy, A. H., 1988, Monthly Weather Review 116:
    2417-2424). Raises ValueError unless the reference score is above nought.
    """
    check_range("reference score", reference, low_excluded=True)
    best, worst = band
    return 1 - worst / reference, 1 - best / reference


def resampled_band(
    bands: Sequence[tuple[float, float]],
    clusters: ArrayLike,
    *,
    level: float = 0.95,
    resamples: int = 2000,
    seed: int = 0,
) -> tuple[float, float]:
    """How low the mean best and how high the mean worst score may be, had other forecasts been drawn.

    Percentile bootstrap (Efron, B., 1979, Annals of Statistics 7: 1-26) over whole clusters, since forecasts of
    one sentence share their fate: the lower percentile of the best means and the upper one of the worst, which
    together hold what the words leave open and what the draw does. Takes one cluster label a band. Raises
    ValueError without a band, for labels of another number, or a level outside 0 to 1.
    """
    scores = np.asarray(bands, dtype=float)
    labels = np.asarray(clusters)
    if not len(scores) or len(labels) != len(scores):
        raise ValueError(f"each of {len(scores)} scores needs a cluster, found {len(labels)}")
    check_range("level", level, high=1.0)
    groups = [scores[labels == label] for label in np.unique(labels)]
    sums = np.array([group.sum(axis=0) for group in groups])
    sizes = np.array([len(group) for group in groups])
    drawn = np.random.default_rng(seed).integers(len(groups), size=(resamples, len(groups)))
    means = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)[:, None]
    tail = (1 - level) / 2
    return (
        float(np.quantile(means[:, 0], tail)),
        float(np.quantile(means[:, 1], 1 - tail)) if isfinite(scores[:, 1].max()) else inf,
    )
