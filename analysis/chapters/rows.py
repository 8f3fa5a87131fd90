"""What the figures of a chapter draw on: their rows, chosen, ordered and reduced to one value a period.

Rows remember their figure in `rows.attrs["figure_id"]`, so that whoever looks for a row in vain can name
the figure in the error. They come in order of their ids, which begin with the series.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple, cast

import pandas as pd

from analysis import periods
from analysis.chapter import Chapter
from analysis.intervals import measured_interval


def rows_of(chapter: Chapter, figure_id: str) -> pd.DataFrame:
    """The observations of a figure; ValueError, naming the figure, when there is none."""
    rows = chapter.figure_rows(figure_id)
    rows.attrs["figure_id"] = figure_id
    return _found(rows, "there is no row to draw")


def _found(rows: pd.DataFrame, complaint: str) -> pd.DataFrame:
    if rows.empty:
        raise ValueError(f"figure {rows.attrs['figure_id']}: {complaint}")
    return rows


# Rows out of rows; each raises ValueError, naming the figure, when none is left


def pick(
    rows: pd.DataFrame, series: str | Iterable[str] = (), **where: str | Iterable[str]
) -> pd.DataFrame:
    """The rows of one or several series whose columns have these values."""
    wanted = {"series_id": series, **where} if series else where
    found = rows
    for column, values in wanted.items():
        found = found[found[column].isin([values] if isinstance(values, str) else list(values))]
    return _found(found, f"no row has {', '.join(f'{column} {value}' for column, value in wanted.items())}")


def valued(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with a value: a mere bound is none."""
    return _found(rows[rows["bound"].isin(["exact", "about"])], "no row has more than a bound")


def of_precision(rows: pd.DataFrame, precision: str) -> pd.DataFrame:
    """The rows whose period is a year, a month or whatever else `periods` tells apart."""
    return _found(rows[precisions(rows) == precision], f"no row measures a {precision}")


def precisions(rows: pd.DataFrame) -> pd.Series:
    """What kind of period each row measures."""
    return rows["period"].map(lambda period: periods.parse(period).precision)


def firm(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows without estimates of a period for which the series has an outturn."""
    keys = pd.MultiIndex.from_frame(rows[["series_id", "period"]])
    outturn = rows["status"] == "outturn"
    return rows[outturn | ~keys.isin(keys[outturn])]


def outturns(rows: pd.DataFrame) -> pd.DataFrame:
    """The realised values alone; ValueError, naming the figure, when there is none."""
    return pick(rows, status="outturn")


# Time


def by_end(period: str) -> tuple[object, object]:
    """What orders periods: by their last day, of those that end together the longest first."""
    run = periods.parse(period)
    return run.end, run.start


def in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows in order of their periods; rows of one period keep theirs."""
    return rows.sort_values("period", key=lambda column: column.map(by_end), kind="stable")


def last(rows: pd.DataFrame) -> pd.Series:
    """The row of the last period, a bound too; of several the first."""
    return rows[rows["period"] == max(rows["period"], key=by_end)].iloc[0]


def medians(rows: pd.DataFrame) -> pd.Series:
    """The median of a period's values over its sources, by period in order; a bound is no value."""
    levels = valued(rows).groupby("period")["value"].median()
    levels = levels.loc[sorted(levels.index, key=by_end)]
    levels.attrs = rows.attrs
    return levels


def shared(first: pd.Series, *others: pd.Series) -> list[str]:
    """The periods that all have, in order; ValueError, naming the figure, when there is none."""
    common = [period for period in first.index if all(period in other.index for other in others)]
    if not common:
        raise ValueError(f"figure {first.attrs['figure_id']}: no period has all values that are compared")
    return common


# Lines of a chart


def lines(rows: pd.DataFrame, names: Mapping[str, tuple[str, str]]) -> pd.DataFrame:
    """The rows of these series in turn, each with the name of its line and the actor that colours it."""
    parts = [pick(rows, series).assign(line=line, actor=actor) for series, (line, actor) in names.items()]
    return pd.concat(parts)


def gaps(data: pd.DataFrame) -> pd.DataFrame:
    """A row without a value for every year inside a line's run that no source has: line, actor, period, value."""
    empty = []
    for line, part in data.groupby("line", sort=False):
        known = {int(period[:4]) for period in part["period"]}
        missing = [str(year) for year in range(min(known), max(known)) if year not in known]
        empty += [{"line": line, "actor": part["actor"].iloc[0], "period": year, "value": None} for year in missing]
    return pd.DataFrame(empty, columns=["line", "actor", "period", "value"])


# Besides rows


def records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows one by one, each a cell by column."""
    return cast(list[dict[str, Any]], rows.to_dict("records"))


def article_mark(chapter: Chapter) -> pd.DataFrame:
    """The day of the article, to be marked in a chart over time: date and label."""
    return pd.DataFrame({"date": [chapter.article["published"]], "label": ["the article"]})


def measured(row: Mapping[str, Any] | pd.Series) -> pd.Interval:
    """What an observation admits: its value, an approximation, or everything beyond a bound."""
    return measured_interval(Decimal(str(row["value"])), row["bound"], row["unit"])


def origins_of(*parts: pd.DataFrame) -> str:
    """The first publishers of some rows, as one cell of a column `origins`."""
    return ";".join(sorted({origin for rows in parts for cell in rows["origins"] for origin in cell.split(";")}))


class Parameter(NamedTuple):
    """A number that a computation varies; the middle of a range without a mode is its centre."""

    low: float
    middle: float
    high: float


def parameter(chapter: Chapter, name: str) -> Parameter:
    """A parameter of the chapter's article."""
    row = chapter.parameters()[f"{chapter.article_id}.{name}"]
    low, high = float(row["low"]), float(row["high"])
    return Parameter(low, (low + high) / 2 if pd.isna(row["mode"]) else float(row["mode"]), high)
