"""Events between two actors on one scale of conflict and cooperation, and whether its level turned.

Each act of one actor towards another has a code of the CAMEO scheme (Gerner, D. J., Schrodt, P. A., Yilmaz, O.
and Abu-Jabr, R., 2002), which is a name written in digits ("046" is not 46), and the code a weight from -10 to
10 (Goldstein, J. S., 1992, Journal of Conflict Resolution 36: 369-385). A sum rewards whoever is reported on
often and a mean hides it, so both stand beside the number of acts and the share of hostile ones.

A turning point is the cut of the events, in order of time, into two runs whose mean weights leave the least
squared residual; its statistic is the largest (with n1 events before the cut and n2 from it on, n together)
|mean after - mean before| sqrt(n1 n2 / n) (Sen, A. and Srivastava, M. S., 1975, Annals of Statistics 3:
98-108). Its p-value is the share of all orders of the events, or of those drawn, that reach it. The unit is the
event, whatever the acts in it, since what two actors do to each other at one occasion is one happening; events
are taken as exchangeable. Some cut is always the largest, which events are in the table decides it as much as
what happened, and it says nothing of causes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import permutations
from math import comb, factorial
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import permutation_test

MOST = 20_000
"""Orders or splits up to which all are run through; beyond, as many are drawn."""

_TOLERANCE = 1e-9


@dataclass(frozen=True)
class Significance:
    """The p-value of a permutation test; `exact` if all arrangements were run through, not drawn."""

    p_value: float
    exact: bool


@dataclass(frozen=True)
class Cut:
    """Two runs of events: the one that begins the second, its date, and the mean after less the mean before."""

    event_id: str
    date: str
    change: float


def weigh(codes: pd.Series, scale: pd.Series) -> pd.Series:
    """The weight of each code, by a scale indexed by code.

    Raises ValueError, naming it, for a code that is no text and for one that the scale lacks.
    """
    for code in codes:
        if not isinstance(code, str):
            raise ValueError(f"a code is a text of digits, found the number {code}")
        if code not in scale.index:
            raise ValueError(f"code {code} is not on the scale")
    return codes.map(scale.astype(float)).astype(float)


def dyad(
    acts: pd.DataFrame, one: Collection[str], other: Collection[str], *, directed: bool = False
) -> pd.DataFrame:
    """The acts of one side towards another, and unless directed the acts in return too.

    Takes one row an act with the columns actor_from and actor_to, and the actors of either side. Rows keep
    their order.
    """
    there = acts["actor_from"].isin(one) & acts["actor_to"].isin(other)
    back = acts["actor_from"].isin(other) & acts["actor_to"].isin(one)
    return acts[there if directed else there | back]


def by_period(acts: pd.DataFrame, periods: Sequence[str]) -> pd.DataFrame:
    """Sum, mean, number and share of hostile acts in each period, one row a period in the order given.

    Takes one row an act with the columns period and weight. A period without acts has count 0, sum 0, and NaN
    for mean and negative (the share of acts of negative weight, 0 to 1). Raises ValueError for an act of
    another period.
    """
    stray = sorted(set(acts["period"]) - set(periods))
    if stray:
        raise ValueError(f"an act of {stray[0]}, which is none of the periods")
    grouped = acts.assign(hostile=acts["weight"] < 0).groupby("period")
    frame = pd.DataFrame(
        {
            "count": grouped.size(),
            "sum": grouped["weight"].sum(),
            "mean": grouped["weight"].mean(),
            "negative": grouped["hostile"].mean(),
        }
    ).reindex(list(periods))
    return frame.fillna({"count": 0, "sum": 0.0}).astype({"count": int})


def by_event(acts: pd.DataFrame) -> pd.DataFrame:
    """One row an event with its date and its mean weight over the acts given, in order of date and id.

    Takes one row an act with the columns event_id, date (ISO, so that its order is that of time) and weight.
    Raises ValueError for an event of two dates.
    """
    grouped = acts.groupby("event_id")
    torn = grouped["date"].nunique()
    if (torn > 1).any():
        raise ValueError(f"event {torn.index[torn > 1][0]} has two dates")
    frame = pd.DataFrame({"date": grouped["date"].first(), "weight": grouped["weight"].mean()})
    return frame.reset_index().sort_values(["date", "event_id"], ignore_index=True)


def change(events: pd.DataFrame, date: str) -> float:
    """Mean weight of the events from a date on, less that of the events before it.

    Takes what by_event gives and the first day, ISO, of the second window. NaN if a window has no event.
    """
    late = events["date"] >= date
    return float(events.loc[late, "weight"].mean() - events.loc[~late, "weight"].mean())


def change_test(events: pd.DataFrame, date: str, *, seed: int = 1) -> Significance:
    """Is the change at a date larger, either way, than other splits of the events give?

    Takes what change takes. Splits into groups of these sizes are run through or drawn with the seed. Raises
    ValueError if a window has fewer than two events.
    """
    late = events["date"] >= date
    for window, count in (("before", int((~late).sum())), ("from", int(late.sum()))):
        if count < 2:
            raise ValueError(f"a test needs two events {window} {date}, found {count}")
    result = permutation_test(
        (events.loc[late, "weight"].to_numpy(float), events.loc[~late, "weight"].to_numpy(float)),
        lambda after, before, axis=-1: after.mean(axis=axis) - before.mean(axis=axis),
        vectorized=True,
        n_resamples=MOST,
        rng=np.random.default_rng(seed),
    )
    return Significance(float(result.pvalue), comb(len(events), int(late.sum())) <= MOST)


def turning_point(events: pd.DataFrame) -> Cut:
    """The cut between two dates that parts the mean weights most; of equal cuts the first.

    Takes what by_event gives. Raises ValueError unless there are two dates and two weights.
    """
    weights, places = _cuttable(events)
    found = _parting(weights[None, :], places)[0]
    place = int(places[np.argmax(found >= found.max() - _TOLERANCE)])
    first = events.iloc[place]
    shift = weights[place:].mean() - weights[:place].mean()
    return Cut(str(first["event_id"]), str(first["date"]), float(shift))


def turning_test(events: pd.DataFrame, *, seed: int = 1) -> Significance:
    """Do the events part more at their turning point than they would in another order?

    Takes and raises as turning_point. Orders are run through or drawn with the seed.
    """
    weights, places = _cuttable(events)
    exact = factorial(len(weights)) <= MOST
    if exact:
        orders = np.array(list(permutations(weights)))
    else:
        orders = np.random.default_rng(seed).permuted(np.tile(weights, (MOST, 1)), axis=1)
    least = _parting(weights[None, :], places).max() - _TOLERANCE
    reached = int((_parting(orders, places).max(axis=1) >= least).sum())
    return Significance(reached / len(orders) if exact else (reached + 1) / (len(orders) + 1), exact)


def _cuttable(events: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """The weights, and where a cut can be made: events of one day stay on one side."""
    weights = events["weight"].to_numpy(float)
    dates = events["date"].to_numpy()
    places = np.flatnonzero(dates[1:] != dates[:-1]) + 1
    if not len(places):
        raise ValueError(f"a turning point needs events of two dates, found {len(set(dates))}")
    if np.ptp(weights) <= _TOLERANCE:
        raise ValueError(f"all events weigh {weights[0]:g}, so that nothing turns")
    return weights, places


def _parting(weights: np.ndarray, places: np.ndarray) -> np.ndarray:
    """|mean after - mean before| sqrt(n1 n2 / n) of each cut of every row, one column a cut."""
    size = weights.shape[1]
    run = weights.cumsum(axis=1)
    early = run[:, places - 1] / places
    late = (run[:, -1:] - run[:, places - 1]) / (size - places)
    return np.asarray(np.abs(late - early) * np.sqrt(places * (size - places) / size))


def leave_one_out(acts: pd.DataFrame, result: Callable[[pd.DataFrame], Any]) -> pd.Series:
    """What a computation gives without each event in turn, by event_id in order of date and id.

    Takes one row an act, or an event, with the columns event_id and date, and hands on what is left.
    """
    order = acts.sort_values(["date", "event_id"], kind="stable")["event_id"].unique()
    found = [result(acts[acts["event_id"] != event_id]) for event_id in order]
    return pd.Series(found, index=pd.Index(order, name="event_id"), dtype=object)
