"""Cumulative sum chart: an alarm for a lasting shift of a level.

Upwards S = max(0, S + z - k), downwards T = max(0, T - z - k), alarm when one exceeds h, with z the value in
standard deviations from a baseline chosen beforehand (Page, E. S., 1954, Biometrika 41: 100-115). The average
run length comes from the Markov chain of Brook, D. and Evans, D. A., 1972, Biometrika 59: 539-549.
"""

import numpy as np
import pandas as pd
from scipy import stats

from analysis.methods.inputs import check_range

STATES = 401


def standardise(values: pd.Series, baseline: pd.Series) -> pd.Series:
    """Values in standard deviations (of a sample, n - 1) from the baseline's mean; NaN stays NaN.

    Raises ValueError if the baseline has fewer than two values or does not vary.
    """
    known = baseline.dropna()
    if len(known) < 2 or known.std() == 0:
        raise ValueError("a baseline needs at least two different values")
    return (values - known.mean()) / known.std()


def cusum(z: pd.Series, allowance: float = 0.5, limit: float = 4.0) -> pd.DataFrame:
    """Both sums and their alarms, one row a value.

    Takes standardised values in order of time, the allowance k (half the shift worth finding, in standard
    deviations) and the limit h. A missing value leaves the sums as they are. Returns up, down, alarm_up and
    alarm_down. Raises ValueError if k is negative or h not positive.
    """
    check_range("allowance", allowance)
    check_range("limit", limit, low_excluded=True)
    up, down, rows = 0.0, 0.0, []
    for value in z:
        if not np.isnan(value):
            up, down = max(0.0, up + value - allowance), max(0.0, down - value - allowance)
        rows.append((up, down))
    sums = pd.DataFrame(rows, columns=["up", "down"], index=z.index, dtype=float)
    return sums.assign(alarm_up=sums["up"] > limit, alarm_down=sums["down"] > limit)


def average_run_length(shift: float, allowance: float = 0.5, limit: float = 4.0) -> float:
    """Values until an alarm of the two-sided chart, on average, in independent normal noise.

    Takes the shift of the mean in standard deviations (0 gives the mean time between false alarms). The two
    sides combine as 1 / ARL = 1 / ARL up + 1 / ARL down (van Dobben de Bruyn, C. S., 1968). Raises ValueError
    as cusum does.
    """
    check_range("allowance", allowance)
    check_range("limit", limit, low_excluded=True)
    return 1 / (1 / _one_sided(shift, allowance, limit) + 1 / _one_sided(-shift, allowance, limit))


def _one_sided(shift: float, allowance: float, limit: float) -> float:
    """Expected steps from S = 0 to absorption above the limit, with [0, limit] cut into cells."""
    width = 2 * limit / (2 * STATES - 1)
    cells = np.arange(STATES)
    upper = (cells[None, :] - cells[:, None] + 0.5) * width + allowance - shift
    steps = stats.norm.cdf(upper) - stats.norm.cdf(upper - width)
    steps[:, 0] = stats.norm.cdf(upper[:, 0])
    return float(np.linalg.solve(np.eye(STATES) - steps, np.ones(STATES))[0])
