"""Did a series change when something happened? Segmented regression of an interrupted time series.

    y_t = b0 + b1 t + b2 post_t + b3 (t - T0) post_t + season_t + e_t

b2 is the change of level at T0 and b3 the change of slope (Wagner, A. K. et al., 2002, Journal of Clinical
Pharmacy and Therapeutics 27(4): 299-309; Lopez Bernal, J., Cummins, S. and Gasparrini, A., 2017, International
Journal of Epidemiology 46(1): 348-355, with its correction). The interaction is centred on T0: with t * post
instead, b2 would be the change of level extrapolated back to t = 0. Interruptions that are known to have come
earlier get a level and a slope of their own. A series has one row an observation: `time` (its middle, in
months from any origin), `value`, and `season` (a label, for dummies) or `month` (a number from 1 to 13, for
harmonics) where it is asked for. What is estimated is a change at a date; that the event of that date caused
it does not follow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import exp
from typing import Any

import numpy as np
import pandas as pd
import statsmodels.api as sm

MONTHS = 12


@dataclass(frozen=True)
class Estimate:
    """A coefficient with its 95 % interval and two-sided p-value, on the scale of the regression."""

    value: float
    low: float
    high: float
    p_value: float

    def ratio(self) -> Estimate:
        """The coefficient of a model in logarithms as a ratio: 0.9 is a fall by a tenth."""
        return Estimate(exp(self.value), exp(self.low), exp(self.high), self.p_value)


@dataclass(frozen=True)
class Fit:
    """A fitted model: the change of level at T0 and of slope a month (None in a step model), and its course.

    `course` has a row an observation of the series: time, value, used (False in the transition window), fitted
    and counterfactual (what the model expects without the interruption), both in the units of the series.
    `lag` is the number of autocorrelations that the errors allow for.
    """

    level: Estimate
    slope: Estimate | None
    course: pd.DataFrame
    observations: int
    lag: int


def months_of(spans: pd.DataFrame, merge: bool = True) -> pd.DataFrame:
    """Monthly means of values that were published for a month or for several months together.

    Takes rows with `first` and `last` (months counted from any January as 0) and `value` (a sum over the
    span). Returns first, last, value (mean a month), time (the span's middle; a month is one unit long), month
    (1 to 12, the middle of its span) and season (a label). With `merge`, January and February of a year are one
    observation, as a customs service publishes them that keeps the moving New Year out of its monthly figures;
    one of them alone is left out. Raises ValueError if spans overlap.
    """
    rows = spans.sort_values("first", kind="stable").reset_index(drop=True)
    if (rows["first"].iloc[1:].to_numpy() <= rows["last"].iloc[:-1].to_numpy()).any():
        raise ValueError("some months are in two spans")
    rows["count"] = rows["last"] - rows["first"] + 1
    if merge:
        early = (rows["first"] % MONTHS < 2) & (rows["last"] % MONTHS < 2) & (rows["count"] <= 2)
        pairs = rows[early].groupby(rows["first"] // MONTHS).agg(
            first=("first", "min"), last=("last", "max"), value=("value", "sum"), count=("count", "sum")
        )
        rows = pd.concat([rows[~early], pairs[pairs["count"] == 2]]).sort_values("first")
    rows["value"] = rows["value"] / rows["count"]
    rows["time"] = (rows["first"] + rows["last"] + 1) / 2
    rows["month"] = (rows["first"] % MONTHS + rows["last"] % MONTHS) / 2 + 1
    rows["season"] = [f"{month:g}" for month in rows["month"]]
    return rows[["first", "last", "value", "time", "month", "season"]].reset_index(drop=True)


def bandwidth(observations: int) -> int:
    """Lag of the errors by the usual rule, 4 (n / 100)^(2/9) rounded down (Newey, W. K. and West, K. D., 1994)."""
    return int(4 * (observations / 100) ** (2 / 9))


def design(
    series: pd.DataFrame,
    interruption: float,
    *,
    slope: bool = True,
    centred: bool = True,
    earlier: Sequence[float] = (),
    season: str = "",
    pairs: int = 2,
    covariates: Sequence[str] = (),
) -> pd.DataFrame:
    """The regressors, one row an observation: constant, time, level, slope, earlier interruptions, season.

    `season` is "" (none), "dummies" (of the column `season`) or "harmonic" (`pairs` of sine and cosine of the
    column `month`). `centred` False gives the uncentred interaction, to show what it does. Columns named in
    `covariates` are added as they are. Raises ValueError if no observation lies on one side of T0.
    """
    time = series["time"].astype(float)
    after = (time > interruption).astype(float)
    if after.all() or not after.any():
        raise ValueError(f"no observation before, or none after, {interruption:g}")
    origin = interruption if centred else 0.0
    columns: dict[str, Any] = {"constant": 1.0, "time": time, "level": after}
    if slope:
        columns["slope"] = (time - origin) * after
    for place, moment in enumerate(earlier):
        since = (time > moment).astype(float)
        columns[f"level_{place}"] = since
        columns[f"slope_{place}"] = (time - moment) * since
    if season == "harmonic":
        for pair in range(1, pairs + 1):
            angle = 2 * np.pi * pair * series["month"].astype(float) / MONTHS
            columns[f"sine_{pair}"], columns[f"cosine_{pair}"] = np.sin(angle), np.cos(angle)
    elif season == "dummies":
        for label in sorted(series["season"].unique(), key=float)[1:]:
            columns[f"season_{label}"] = (series["season"] == label).astype(float)
    elif season:
        raise ValueError(f"no such season: {season}")
    for name in covariates:
        columns[name] = series[name].astype(float)
    return pd.DataFrame(columns, index=series.index)


def _used(series: pd.DataFrame, interruption: float, transition: float) -> pd.Series:
    inside = (series["time"] > interruption) & (series["time"] < interruption + transition)
    return ~inside


def _estimate(result: Any, name: str) -> Estimate:
    low, high = result.conf_int().loc[name]
    return Estimate(*map(float, (result.params[name], low, high, result.pvalues[name])))


def _fit(
    result: Any,
    matrix: pd.DataFrame,
    series: pd.DataFrame,
    used: pd.Series,
    lag: int,
    back: Callable[[pd.Series], pd.Series],
) -> Fit:
    without = matrix.assign(level=0.0, **({"slope": 0.0} if "slope" in matrix else {}))
    course = pd.DataFrame(
        {
            "time": series["time"],
            "value": series["value"],
            "used": used,
            "fitted": back(matrix @ result.params),
            "counterfactual": back(without @ result.params),
        }
    )
    slope = _estimate(result, "slope") if "slope" in matrix else None
    return Fit(_estimate(result, "level"), slope, course, int(used.sum()), lag)


def linear(
    series: pd.DataFrame,
    interruption: float,
    *,
    log: bool = False,
    lag: int | None = None,
    transition: float = 0.0,
    **terms: Any,
) -> Fit:
    """Segmented regression by least squares with errors robust to autocorrelation.

    Newey-West errors over `lag` observations (None: `bandwidth`), with the small-sample correction and the t
    distribution; an observation next in the list counts as next in time. `log` regresses the logarithm, so that
    coefficients are (nearly) relative changes; months within `transition` of T0 are left out, so that the level
    is extrapolated over them; `terms` go to `design`. Raises ValueError if there are not more observations than
    coefficients, or a logarithm is asked of what is not positive.
    """
    if log and (series["value"] <= 0).any():
        raise ValueError("a logarithm needs positive values")
    used = _used(series, interruption, transition)
    matrix = design(series, interruption, **terms)
    matrix = matrix.loc[:, (matrix[used] != 0).any()]
    if used.sum() <= matrix.shape[1]:
        raise ValueError(f"{used.sum()} observations for {matrix.shape[1]} coefficients")
    lag = bandwidth(int(used.sum())) if lag is None else lag
    outcome = np.log(series["value"].astype(float)) if log else series["value"].astype(float)
    result = sm.OLS(outcome[used], matrix[used]).fit(
        cov_type="HAC", cov_kwds={"maxlags": lag, "use_correction": True}, use_t=True
    )
    return _fit(result, matrix, series, used, lag, np.exp if log else lambda fitted: fitted)


def poisson(
    series: pd.DataFrame,
    interruption: float,
    *,
    exposure: pd.Series | None = None,
    overdispersed: bool = True,
    transition: float = 0.0,
    **terms: Any,
) -> Fit:
    """Segmented Poisson regression of counts, with the population at risk as `exposure`.

    `overdispersed` scales the errors by Pearson's dispersion (quasi-Poisson); otherwise they are Poisson's own.
    Coefficients are logarithms of rate ratios, with normal intervals. `transition` and `terms` as in `linear`.
    """
    used = _used(series, interruption, transition)
    matrix = design(series, interruption, **terms)
    at_risk = pd.Series(1.0, index=series.index) if exposure is None else exposure.astype(float)
    model = sm.GLM(
        series["value"][used], matrix[used], family=sm.families.Poisson(), offset=np.log(at_risk[used])
    )
    result = model.fit(scale="X2" if overdispersed else None)
    return _fit(result, matrix, series, used, 0, lambda fitted: np.exp(fitted) * at_risk)


def admissible(
    series: pd.DataFrame, dates: Iterable[float], least: int, earlier: Sequence[float] = ()
) -> list[float]:
    """Those dates that have at least `least` observations between them and the next interruption or end."""
    moments = sorted(earlier)
    found = []
    for date in dates:
        start = max((moment for moment in moments if moment <= date), default=-np.inf)
        end = min((moment for moment in moments if moment > date), default=np.inf)
        before = series["time"].between(start, date, inclusive="neither").sum()
        after = series["time"].between(date, end, inclusive="neither").sum()
        if min(before, after) >= least:
            found.append(date)
    return found


def placebo(
    series: pd.DataFrame, dates: Iterable[float], fit: Callable[[pd.DataFrame, float], Fit]
) -> pd.DataFrame:
    """The same model at every date: date, level, low, high, one row a date.

    Where nothing happened the level should change by little; a change at the real date is worth notice only if
    few other dates show one as large.
    """
    rows = []
    for date in dates:
        level = fit(series, date).level
        rows.append({"date": date, "level": level.value, "low": level.low, "high": level.high})
    return pd.DataFrame(rows, columns=["date", "level", "low", "high"])


def rank(levels: Iterable[float], actual: float) -> tuple[int, int]:
    """Place of the actual change among all, by size without sign (1 is the largest), and how many there are.

    `levels` are those of the other dates; ties are counted against the actual date.
    """
    sizes = [abs(level) for level in levels]
    return 1 + sum(size >= abs(actual) for size in sizes), 1 + len(sizes)


def leave_one_out(
    series: pd.DataFrame, interruption: float, fit: Callable[[pd.DataFrame, float], Fit]
) -> pd.DataFrame:
    """The model without each observation in turn: its time and the level, low and high that are left."""
    rows = []
    for place in series.index:
        level = fit(series.drop(index=place), interruption).level
        rows.append(
            {"time": series.loc[place, "time"], "level": level.value, "low": level.low, "high": level.high}
        )
    return pd.DataFrame(rows, columns=["time", "level", "low", "high"])
