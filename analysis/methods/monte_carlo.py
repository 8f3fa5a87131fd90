"""How uncertain inputs carry over into a result: sampling, percentiles and Sobol shares.

Every input is a row with a distribution: fixed (low), uniform or loguniform (low to high) or triangular (low,
mode, high). Inputs are drawn through their quantile functions (scipy.stats) from independent uniform numbers,
so that the same uniforms serve the percentiles and the Sobol indices. Independence is an assumption.
"""

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
from scipy import stats

from analysis.methods.sensitivity import SMALLEST_UNIFORM, sobol_indices

Model = Callable[[Mapping[str, np.ndarray]], np.ndarray]


def quantiles(inputs: pd.DataFrame, uniform: np.ndarray) -> dict[str, np.ndarray]:
    """Values of the inputs at given probabilities.

    Takes inputs, one row an input by name, with the columns distribution, low, mode and high; and an array of
    probabilities (draws by inputs). Returns an array of draws by name. Raises ValueError if a distribution is
    unknown or its bounds do not run upwards.
    """
    drawn = {}
    for position, row in enumerate(inputs.itertuples()):
        low, mode, high = float(row.low), float(row.mode), float(row.high)  # type: ignore[arg-type]
        column = uniform[:, position]
        if row.distribution == "fixed":
            drawn[str(row.Index)] = np.full(len(column), low)
            continue
        if not low < high:
            raise ValueError(f"bounds of {row.Index} must run upwards, found {low:g} to {high:g}")
        if row.distribution == "uniform":
            shape = stats.uniform(low, high - low)
        elif row.distribution == "loguniform":
            shape = stats.loguniform(low, high)
        elif row.distribution == "triangular":
            if not low <= mode <= high:
                raise ValueError(f"mode of {row.Index} must lie between {low:g} and {high:g}, found {mode:g}")
            shape = stats.triang((mode - low) / (high - low), low, high - low)
        else:
            raise ValueError(f"distribution of {row.Index} is unknown: {row.distribution}")
        drawn[str(row.Index)] = shape.ppf(column)
    return drawn


def simulate(inputs: pd.DataFrame, model: Model, *, samples: int, seed: int) -> pd.Series:
    """The model's results over random draws of its inputs, one a draw; the same seed gives the same results.

    The model takes the inputs' draws by name and returns one number a draw. Raises ValueError if there is no
    input or a result is missing.
    """
    if inputs.empty:
        raise ValueError("a simulation needs at least one input")
    uniform = np.random.default_rng(seed).uniform(size=(samples, len(inputs)))
    results = np.asarray(model(quantiles(inputs, uniform)), dtype=float)
    if results.shape != (samples,) or not np.isfinite(results).all():
        raise ValueError("the model must return one finite number a draw")
    return pd.Series(results)


def sobol_shares(inputs: pd.DataFrame, model: Model, *, samples: int, seed: int) -> pd.DataFrame:
    """Sobol indices of the model for its inputs that vary; columns as in sensitivity.sobol_indices.

    Raises ValueError if no input varies, and as sobol_indices does.
    """
    varying = inputs[inputs["distribution"] != "fixed"]
    fixed = inputs[inputs["distribution"] == "fixed"]

    def of_uniform(rows: np.ndarray) -> np.ndarray:
        drawn = quantiles(varying, rows)
        return np.asarray(model({**drawn, **quantiles(fixed, np.zeros((len(rows), len(fixed))))}))

    ranges = {str(name): (SMALLEST_UNIFORM, 1 - SMALLEST_UNIFORM) for name in varying.index}
    return sobol_indices(of_uniform, ranges, samples=samples, seed=seed)
