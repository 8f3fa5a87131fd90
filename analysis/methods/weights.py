"""How far a weighted score depends on the weights, if every set of weights is as likely as any other.

Weights w are uniform on the simplex (non-negative, summing to 1), the Dirichlet distribution with all
parameters 1. Results are exact fractions, free of sampling noise. Numbers are read as the decimals they print
as, so that 0.3 is 3/10 and equal differences are equal; convert a result with float().
"""

from collections.abc import Iterable
from fractions import Fraction
from math import comb, isfinite, sqrt

import numpy as np


def mean_and_variance(values: Iterable[float | Fraction]) -> tuple[Fraction, Fraction]:
    """Exact mean and variance of the weighted score w.v over all weights; takes the k values of one unit.

    The mean is mean(v), the variance (mean(v^2) - mean(v)^2) / (k + 1). Raises ValueError if there is no
    value or one is missing or infinite.
    """
    exact = _exact(values)
    size = len(exact)
    mean = sum(exact, Fraction(0)) / size
    mean_of_squares = sum((value**2 for value in exact), Fraction(0)) / size
    return mean, (mean_of_squares - mean**2) / (size + 1)


def probability_first_beats_second(
    first: Iterable[float | Fraction], second: Iterable[float | Fraction]
) -> Fraction:
    """Exact share of weights under which the first unit's score is strictly above the second's.

    Takes the values of both units over the same k indicators. With differences d = first - second and
    f(x) = max(x, 0)^(k-1), whose (k-1)-th derivative is (k-1)! times a unit step at 0, the Hermite-Genocchi
    formula makes P(w.d > 0) the divided difference f[d_1, ..., d_k]. With distinct differences that is
    sum over d_i > 0 of d_i^(k-1) / prod_{j != i}(d_i - d_j), the formula of Dempster, A. P. and Kleyle, R. M.
    (1968, Annals of Mathematical Statistics 39(5): 1473-1478); repeated differences are its limit, taken here
    through the derivatives of f. Reversing the units gives the rest of the probability, except that units
    equal on every indicator tie under all weights and neither beats the other. Raises ValueError if the units
    differ in length, there is no value, or one is missing or infinite.
    """
    knots = sorted(_differences(first, second))
    degree = len(knots) - 1

    def taylor_coefficient(point: Fraction, order: int) -> Fraction:
        return comb(degree, order) * point ** (degree - order) if point > 0 else Fraction(0)

    column = [taylor_coefficient(knot, 0) for knot in knots]
    for order in range(1, degree + 1):
        column = [
            taylor_coefficient(knots[start], order)
            if knots[start] == knots[start + order]
            else (column[start + 1] - column[start]) / (knots[start + order] - knots[start])
            for start in range(len(knots) - order)
        ]
    return column[0]


def probability_tie(first: Iterable[float | Fraction], second: Iterable[float | Fraction]) -> Fraction:
    """Exact share of weights under which both units score the same: 1 if equal on every indicator, else 0.

    Otherwise the weights that tie form a slice of no volume. Raises ValueError as
    probability_first_beats_second does.
    """
    return Fraction(all(difference == 0 for difference in _differences(first, second)))


def sample_weights(indicators: int, samples: int, seed: int) -> np.ndarray:
    """Draw sets of weights: an array of samples rows by indicators columns, each row summing to 1.

    Raises ValueError if either number is below 1.
    """
    if indicators < 1 or samples < 1:
        raise ValueError("weights need at least one indicator and one sample")
    return np.random.default_rng(seed).dirichlet(np.ones(indicators), size=samples)


def sampled_probability(
    first: Iterable[float], second: Iterable[float], samples: int, seed: int
) -> tuple[float, float]:
    """Check of probability_first_beats_second by drawing weights: the estimate and its standard error.

    Raises ValueError as probability_first_beats_second and sample_weights do.
    """
    differences = np.array([float(difference) for difference in _differences(first, second)])
    estimate = float((sample_weights(len(differences), samples, seed) @ differences > 0).mean())
    return estimate, sqrt(estimate * (1 - estimate) / samples)


def _differences(first: Iterable[float | Fraction], second: Iterable[float | Fraction]) -> list[Fraction]:
    exact_first, exact_second = _exact(first), _exact(second)
    if len(exact_first) != len(exact_second):
        raise ValueError(
            f"both units need the same indicators, found {len(exact_first)} and {len(exact_second)}"
        )
    return [one - other for one, other in zip(exact_first, exact_second, strict=True)]


def _exact(values: Iterable[float | Fraction]) -> list[Fraction]:
    exact = []
    for value in values:
        if not isfinite(value):
            raise ValueError(f"values must be known and finite, found {value}")
        exact.append(value if isinstance(value, Fraction) else Fraction(repr(float(value))))
    if not exact:
        raise ValueError("a weighted score needs at least one value")
    return exact
