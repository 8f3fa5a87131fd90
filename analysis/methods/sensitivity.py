"""Which uncertain choice moves a result most: Sobol indices, by SALib.

A first-order index is the share of the output's variance that fixing one factor would remove on average, a
total index the share that would remain if all others were fixed (estimators of Saltelli, A. et al., 2010,
Computer Physics Communications 181(2): 259-270; for composites Saisana, M., Saltelli, A. and Tarantola, S.,
2005, Journal of the Royal Statistical Society A, doi:10.1111/j.1467-985X.2005.00350.x). The method needs
independent factors. Weights are not: they sum to 1. So each indicator gets an independent uniform u, and w =
-ln u / sum(-ln u) is uniform on the simplex. A small negative first-order index is noise: read it with its
interval.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from SALib.analyze import sobol as sobol_analysis
from SALib.sample import sobol as sobol_sample

# Keeps -ln u finite; the mass cut off is far below the sampling error.
SMALLEST_UNIFORM = 1e-9
RESAMPLES = 200


def sobol_indices(
    model: Callable[[np.ndarray], np.ndarray],
    ranges: Mapping[str, tuple[float, float]],
    groups: Mapping[str, str] | None = None,
    *,
    samples: int = 1024,
    seed: int,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Sobol indices of a model of independent uniform factors, with bootstrap confidence intervals.

    Takes a model from an array (rows by factors, in the order of ranges) to one number a row; the range of
    every factor; the group of every factor if groups are to be judged as wholes; the number of base samples
    (a power of two; the model sees samples x (factors or groups + 2) rows); and a seed. Returns one row a
    factor or group with the columns first_order, first_order_low, first_order_high, total, total_low and
    total_high. The same seed gives the same table. Raises ValueError if there is no factor, a range is empty,
    samples is not a power of two, the seed is below 1, or the output is missing somewhere or does not vary.
    """
    if not ranges:
        raise ValueError("sensitivity analysis needs at least one factor")
    for name, (low, high) in ranges.items():
        if not low < high:
            raise ValueError(f"range of {name} must run upwards, found {low:g} to {high:g}")
    if samples < 2 or samples & (samples - 1):
        raise ValueError(f"number of samples must be a power of two above 1, found {samples}")
    if seed < 1:  # SALib takes 0 for "no seed" when it draws the resamples
        raise ValueError(f"seed must be at least 1, found {seed}")
    problem: dict[str, Any] = {
        "num_vars": len(ranges),
        "names": list(ranges),
        "bounds": [list(bounds) for bounds in ranges.values()],
    }
    if groups is not None:
        if set(groups) != set(ranges):
            raise ValueError("groups must name the same factors as ranges")
        problem["groups"] = [groups[name] for name in ranges]
    rows = sobol_sample.sample(problem, samples, calc_second_order=False, seed=np.random.default_rng(seed))
    output = np.asarray(model(rows), dtype=float)
    if output.shape != (len(rows),):
        raise ValueError(f"the model must return one number a row, found shape {output.shape}")
    if not np.isfinite(output).all():
        raise ValueError("the model's output is missing or infinite for some factors")
    if np.ptp(output) <= 1e-12 * max(1.0, float(np.abs(output).max())):
        raise ValueError("the model's output does not vary, so no factor explains it")
    indices = sobol_analysis.analyze(
        problem,
        output,
        calc_second_order=False,
        num_resamples=RESAMPLES,
        conf_level=confidence,
        seed=seed,
    )
    names = list(dict.fromkeys(problem.get("groups", problem["names"])))
    return pd.DataFrame(
        {
            "first_order": indices["S1"],
            "first_order_low": indices["S1"] - indices["S1_conf"],
            "first_order_high": indices["S1"] + indices["S1_conf"],
            "total": indices["ST"],
            "total_low": indices["ST"] - indices["ST_conf"],
            "total_high": indices["ST"] + indices["ST_conf"],
        },
        index=pd.Index(names, name="factor"),
    )


def weights_from_uniform(uniform: np.ndarray) -> np.ndarray:
    """Weights uniform on the simplex from independent uniforms: w = -ln u / sum(-ln u).

    Takes an array of numbers above 0 and below 1 whose last axis is the indicators; returns the same shape,
    summing to 1 over that axis. Raises ValueError if a number lies outside.
    """
    uniform = np.asarray(uniform, dtype=float)
    if not ((uniform > 0) & (uniform < 1)).all():
        raise ValueError("uniform numbers must lie above 0 and below 1")
    exponential = -np.log(uniform)
    return exponential / exponential.sum(axis=-1, keepdims=True)


def choice_from_uniform(uniform: float, options: Sequence[Any]) -> Any:
    """Option that a uniform number between 0 and 1 points at, every option covering an equal part.

    Raises ValueError if there is no option or the number lies outside 0 to 1.
    """
    if not options:
        raise ValueError("a choice needs at least one option")
    if not 0 <= uniform <= 1:
        raise ValueError(f"uniform number must lie between 0 and 1, found {uniform:g}")
    return options[min(int(uniform * len(options)), len(options) - 1)]


def composite_indices(
    output: Callable[..., float],
    indicators: Sequence[str],
    choices: Mapping[str, Sequence[Any]],
    ranges: Mapping[str, tuple[float, float]],
    *,
    weights_together: bool = True,
    samples: int = 1024,
    seed: int,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Sobol indices of a composite's result for its weights, its discrete choices and its parameters.

    Takes output(weights, **factors), which returns one number (a score, or the difference of two) from an
    array of weights in the order of indicators and one keyword for every name in choices and ranges; the
    options of every discrete choice, such as the normalisation or the mean; and the range of every continuous
    parameter, such as an elasticity, uniform in it. With weights_together the weights are one factor,
    "weights"; otherwise each indicator is one, standing for its u before the u's are scaled to sum to 1.
    Returns the table of sobol_indices. Raises ValueError if there is no indicator, two factors share a name,
    or a choice has no option, and as sobol_indices does.
    """
    if not indicators:
        raise ValueError("a composite needs at least one indicator")
    for name, options in choices.items():
        if not options:
            raise ValueError(f"choice {name} has no option")
    names = [*indicators, *choices, *ranges]
    if len(set(names)) < len(names) or (weights_together and "weights" in names):
        raise ValueError("indicators, choices and ranges need different names, none of them weights")
    bounds: dict[str, tuple[float, float]] = {
        **{name: (SMALLEST_UNIFORM, 1 - SMALLEST_UNIFORM) for name in indicators},
        **{name: (0.0, 1.0) for name in choices},
        **ranges,
    }
    groups = {name: "weights" if name in indicators else name for name in names} if weights_together else None
    size = len(indicators)

    def model(rows: np.ndarray) -> np.ndarray:
        weights = weights_from_uniform(rows[:, :size])
        results = []
        for row, row_weights in zip(rows, weights, strict=True):
            factors = dict(zip(names[size:], row[size:], strict=True))
            for name, options in choices.items():
                factors[name] = choice_from_uniform(factors[name], options)
            results.append(output(row_weights, **factors))
        return np.array(results)

    return sobol_indices(model, bounds, groups, samples=samples, seed=seed, confidence=confidence)
