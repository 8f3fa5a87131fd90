"""Does a series rise? The Mann-Kendall test and Sen's slope, both from scipy.

The test asks whether later values tend to be higher, whatever the shape (Mann, H. B., 1945, Econometrica 13:
245-259; it is Kendall's tau between value and time). It assumes independent values: autocorrelation makes it
find trends that are none.
"""

import pandas as pd
from scipy import stats


def mann_kendall(values: pd.Series) -> pd.Series:
    """Trend of values in order of time, missing ones left out at their place.

    Returns tau, p_value (two-sided; exact without ties) and slope (Sen's: the median rise a step). Raises
    ValueError if fewer than four values are known: with three no outcome is below 1 in 3.
    """
    steps = pd.Series(range(len(values)), index=values.index)
    known = values.notna()
    if known.sum() < 4:
        raise ValueError("a trend test needs at least four values")
    found = stats.kendalltau(steps[known], values[known])
    slope = stats.theilslopes(values[known], steps[known]).slope
    return pd.Series({"tau": found.statistic, "p_value": found.pvalue, "slope": slope})
