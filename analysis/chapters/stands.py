"""Actors’ stands on a line between two demands: read, carried over, weighed and set against one another.

A stand is a judged code from the lowest point of the scale, one side's demand, to the highest, the other's.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from analysis.chapter import Chapter
from analysis.chapters.rows import records
from analysis.figures import scale
from analysis.figures.numbers import number
from analysis.figures.table import Column, Table, markup
from analysis.methods.weighted_position import perturbed
from analysis.verdicts import plural

ROBUST = 0.9  # as for specification curves
LEAST = 2  # actors coded anew, for a date to have a middle of its own
DRAWS = 1000
SEED = 1


# Rows


def stands(
    chapter: Chapter, figure_id: str, issues: Collection[str], periods: Collection[str] = (), coder: str = ""
) -> pd.DataFrame:
    """The adjudicated stands, or one coder's: actor, issue, period and code, on some issues at some dates or all.

    Raises ValueError, naming the figure, when there is none.
    """
    if coder:
        coded = chapter.tables["codings"]
        coded = coded[(coded["table"] == "positions") & (coded["coder"] == coder)]
        keys = pd.DataFrame(coded["key"].str.split("|").tolist(), columns=["actor", "issue", "period"])
        rows = keys.assign(code=coded["code"].astype(float).tolist())
    else:
        rows = chapter.tables["positions"]
        rows = rows.assign(code=rows["code"].astype(float))
    rows = rows[rows["issue"].isin(issues)]
    if periods:
        rows = rows[rows["period"].isin(periods)]
    if rows.empty:
        raise ValueError(f"figure {figure_id}: there is no row to draw")
    return rows


def carried(
    rows: pd.DataFrame, issue: str, period: str, assumed: Mapping[str, float] | None = None
) -> pd.DataFrame:
    """Each actor's latest stand on an issue up to a date: code, and whether it was coded on that date.

    An actor never coded has no row, unless `assumed` says where it stands.
    """
    known = rows[(rows["issue"] == issue) & (rows["period"] <= period)].sort_values("period", kind="stable")
    latest = known.drop_duplicates("actor", keep="last")
    codes, dates = dict(assumed or {}), {}
    for row in records(latest):
        codes[row["actor"]], dates[row["actor"]] = float(row["code"]), row["period"]
    actors = sorted(codes)
    data = {
        "code": [codes[actor] for actor in actors],
        "coded": [dates.get(actor) == period for actor in actors],
    }
    return pd.DataFrame(data, index=pd.Index(actors, name="actor"))


def influence_weights(chapter: Chapter, issue: str, actors: pd.Index) -> pd.Series:
    """Capability x salience of some actors on an issue; ValueError when one has no row."""
    rows = chapter.tables["influence"]
    rows = rows[rows["issue"] == issue].set_index("actor")
    missing = sorted(set(actors) - set(rows.index))
    if missing:
        raise ValueError(f"influence of {', '.join(missing)} on {issue} is missing")
    return (rows["capability"] * rows["salience"]).astype(float)[actors]


def shifts(rows: pd.DataFrame, actor: str) -> dict[str, float]:
    """How far an actor's stand moved, from first to last, on each issue that it is coded on more than once."""
    own = rows[rows["actor"] == actor].sort_values("period", kind="stable")
    return {
        str(issue): float(part["code"].iloc[-1] - part["code"].iloc[0])
        for issue, part in own.groupby("issue")
        if len(part) > 1
    }


# Bargains


def acceptable(codes: pd.DataFrame, sides: tuple[str, str], step: float) -> pd.DataFrame:
    """What two sides would accept: from their own end of the scale to `step` points past their stand.

    Takes what `carried` gives and the side of the low end before that of the high one; adds low and high.
    """
    pair = codes.loc[list(sides)]
    low, high = float(scale.POINTS[0]), float(scale.POINTS[-1])
    reach = [min(high, float(pair["code"].iloc[0]) + step), max(low, float(pair["code"].iloc[1]) - step)]
    return pair.assign(low=[low, reach[1]], high=[reach[0], high])


def median_shares(positions: pd.Series, weight: pd.Series, spread: float, shift: float) -> pd.Series:
    """How often each point is the weighted median over perturbed weights and codes; codes stay on the scale."""
    drawn = perturbed(positions, weight, spread=spread, shift=shift, draws=DRAWS, seed=SEED)["median"]
    # The median of codes held to the scale is the median held to it, since holding keeps their order.
    held = drawn.clip(scale.POINTS[0], scale.POINTS[-1])
    return held.value_counts(normalize=True).reindex([float(point) for point in scale.POINTS], fill_value=0.0)


# Words


def point(code: object) -> str:
    """A point of the scale, or a mean between two, with its sign."""
    value = float(str(code))
    return number(value, 0 if value.is_integer() else 1, signed=True)


def points(count: float) -> str:
    """A distance on the scale, as in 1 point."""
    return f"{count:g} point{'' if count == 1 else 's'}"


def source(rows: pd.DataFrame) -> str:
    """What the stands rest on, for the source line of a figure."""
    texts = rows.loc[rows["source_id"] != "", "source_id"].nunique()
    return f"codes of two coders, settled by a written rule, on {plural(texts, 'text')} named row by row in positions.csv"


def anchors(chapter: Chapter, issues: Mapping[str, str], table_id: str) -> Table:
    """What each point of some issues' scales means, with the dated demands that end it."""
    rows = chapter.tables["anchors"]
    rows = rows[(rows["table"] == "positions") & rows["scale"].isin(issues)]
    if rows.empty:
        raise ValueError(f"table {table_id}: no scale has a meaning")
    data = rows.pivot(index="scale", columns="code", values="meaning").loc[list(issues)]
    data.columns = [point(code) for code in data.columns]
    data = data.reset_index().assign(scale=lambda frame: frame["scale"].map(issues))
    columns = {"scale": Column("Issue"), **{name: Column(name) for name in data.columns[1:]}}
    return Table(
        table_id,
        f"What {plural(len(data.columns) - 1, 'point')} mean on {plural(len(data), 'issue')}",
        "The two ends are demands as of a date and do not move with whoever made them; 0 is no stand as well as a middle one",
        "the book’s own scales in anchors.csv; the texts behind the dated ends are named there",
        markup(data, columns, "finding-cards"),
        data,
    )
