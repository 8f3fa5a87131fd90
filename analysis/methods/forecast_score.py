"""How a forecast in words did, once a probability has been read from them as an interval.

The Brier score of one forecast is (p - o)^2, with o 1 for what happened, 0 for what did not and 0.5 for what
partly did (half of the sum over both outcomes in Brier, G. W., 1950, Monthly Weather Review 78: 1-3); the log
score is -ln of the probability of what happened (Good, I. J., 1952). Lower is better: 0.25 and 0.69 are what
always saying one half earns. A word is an interval of probabilities, so its score is a band.
"""

import numpy as np

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
