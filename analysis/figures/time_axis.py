"""Periods on an axis: where they lie, how they are printed, and how an axis of years is labelled."""

from __future__ import annotations

from datetime import date
from math import ceil, floor

from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator

from analysis import periods
from analysis.figures import layout, numbers, style

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_YEAR = 365.2425  # days


def decimal_year(day: date) -> float:
    """The beginning of a day as a year with its fraction."""
    first, after = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    return day.year + (day - first).days / (after - first).days


def extent(period: str) -> tuple[float, float]:
    """First and last moment of a period as decimal years."""
    run = periods.parse(period)
    return decimal_year(run.start), decimal_year(run.end) + 1 / _YEAR


def printed(period: str) -> str:
    """A period as the book prints it: 2023, Q1 2023, Apr 2023, 15 Apr 2023, Jan–Sep 2023, 3–5 Apr 2023."""
    run = periods.parse(period)
    start, end = run.start, run.end
    if run.precision.startswith("interval"):
        first, last = periods.ends(period)
        low, high = printed(first), printed(last)
        year = f" {start.year}"
        if start.year == end.year and low.endswith(year):
            low = low.removesuffix(year)
            month = f" {_MONTHS[start.month - 1]}"
            if start.month == end.month and low.endswith(month):
                low = low.removesuffix(month)
        return f"{low}{numbers.DASH}{high}"
    if run.precision == "day":
        return f"{start.day} {_MONTHS[start.month - 1]} {start.year}"
    if run.precision == "month":
        return f"{_MONTHS[start.month - 1]} {start.year}"
    if run.precision in ("quarter", "half"):
        year_text, part = period.split("-")
        return f"{part} {year_text}"
    return period


def label_years(axes: Axes, low: float, high: float) -> None:
    """Name years at their middle, parted by ticks; months where the axis is under two years long.

    `low` and `high` are decimal years.
    """
    axes.set_xlim(low, high)
    axes.tick_params(axis="x", which="major", length=0, pad=5)
    years = range(floor(low), ceil(high) + 1)
    if high - low < 2:
        step = 1 if high - low < 0.7 else 3
        middles = [(year, month) for year in years for month in range(0, 12, step)]
        shown = [(year, month) for year, month in middles if low <= year + (month + 0.5) / 12 <= high]
        named = {year: month for year, month in reversed(shown)}  # the year stands under its first month
        axes.set_xticks(
            [year + (month + 0.5) / 12 for year, month in shown],
            [_MONTHS[month] + (f"\n{year}" if named[year] == month else "") for year, month in shown],
        )
        return
    width = axes.get_position().width * style.WIDTH
    fitting = width / (layout.text_width("2026", style.SMALL) * 1.35)
    whole = [year for year in years if low <= year + 0.5 <= high]
    every = next(step for step in (1, 2, 5, 10, 20, 50) if len(whole) / step <= fitting)
    shown_years = [year for year in whole if (whole[-1] - year) % every == 0]
    axes.set_xticks([year + 0.5 for year in shown_years], [str(year) for year in shown_years])
    if every == 1:
        axes.xaxis.set_minor_locator(FixedLocator([year for year in years if low <= year <= high]))
        axes.tick_params(axis="x", which="minor", length=3)
    else:
        axes.tick_params(axis="x", which="major", length=3, pad=3)
