"""A chapter's rows straight from the files, and the same chapter with a cell changed or its rows gone."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from statistics import median
from typing import Any

import pandas as pd

from analysis import paths
from analysis.chapter import Chapter
from analysis.package import Tables


def read_rows(table: str, /, **where: str) -> list[dict[str, str]]:
    """The rows of a table whose columns have these values, read with the csv module alone."""
    with (paths.DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [row for row in rows if all(row[column] == value for column, value in where.items())]


def values_of(series_id: str, period: str, **where: str) -> list[float]:
    """The outturns of a series in a period, mere bounds left out."""
    rows = read_rows("observations", series_id=series_id, period=period, status="outturn", **where)
    return [float(row["value"]) for row in rows if row["bound"] in ("exact", "about")]


def levels_of(series_id: str, bounds: tuple[str, ...] = ("exact", "about"), **where: str) -> dict[str, float]:
    """The median value of a series by period."""
    found: dict[str, list[float]] = {}
    for row in read_rows("observations", series_id=series_id, **where):
        if row["bound"] in bounds:
            found.setdefault(row["period"], []).append(float(row["value"]))
    return {period: median(found[period]) for period in sorted(found)}


def numbers_in(text: str) -> list[float]:
    """The numbers of a sentence in order, a dash between two taken as such."""
    return [float(found.replace("−", "-")) for found in re.findall(r"−?\d+(?:\.\d+)?", text)]


def value_of(series_id: str, period: str, **where: str) -> float:
    """The value of the one row of a series in a period."""
    (row,) = read_rows("observations", series_id=series_id, period=period, **where)
    return float(row["value"])


def with_table(chapter: Chapter, name: str, change: Callable[[pd.DataFrame], pd.DataFrame]) -> Chapter:
    """The chapter on tables of which one has been changed."""
    frames = {key: chapter.tables[key] for key in chapter.tables}
    frames[name] = change(frames[name].copy())
    return replace(chapter, tables=Tables(chapter.tables.schema, frames))


def with_cell(chapter: Chapter, name: str, column: str, value: Any, /, **where: str) -> Chapter:
    """The chapter with another value, or what a function makes of the present one, in one column of the only row that is so."""

    def change(frame: pd.DataFrame) -> pd.DataFrame:
        hit = (frame[list(where)] == pd.Series(where)).all(axis="columns")
        assert hit.sum() == 1
        frame.loc[hit, column] = frame.loc[hit, column].map(value) if callable(value) else value
        return frame

    return with_table(chapter, name, change)


def with_value_changed(chapter: Chapter, observation_id: str, factor: str = "1.1") -> Chapter:
    """The chapter with one observation multiplied."""
    return with_cell(
        chapter, "observations", "value", lambda value: value * Decimal(factor), observation_id=observation_id
    )


def how_many(count: int, total: int) -> str:
    """A count as titles say it: all 3, none of 3, 2 of 3."""
    return f"all {total}" if count == total else f"{count or 'none'} of {total}"


def without_rows(chapter: Chapter, name: str) -> Chapter:
    """The chapter with one table empty."""
    return with_table(chapter, name, lambda frame: frame.iloc[:0])
