"""A small chart of a series' rows, drawn in the page itself so that it follows the page's colours.

Sums are shown over spans of one length, the commonest: a month's and a year's are not of one size. Every row shown is
a point: filled for an outturn, hollow for an estimate, forecast or plan and for a bound. Where one to
four areas are measured, a line leads through the median outturn of each period, named at its end.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median
from typing import Any

from analysis.periods import parse

WIDTH, HEIGHT = 640, 160
LEFT, RIGHT, TOP, BOTTOM = 8, 150, 8, 26  # room for names at the right and years below
NAMED = 4
Row = dict[str, Any]


@dataclass(frozen=True)
class Chart:
    """What the template draws: places in units of the view box, and words."""

    points: list[tuple[float, float, bool]]
    lines: list[str]
    names: list[tuple[float, str]]
    zero: float | None
    low: str
    high: str
    first: str
    last: str
    left_out: int

    @property
    def hollow(self) -> bool:
        """Whether a row is shown that is no plain outturn."""
        return not all(firm for _, _, firm in self.points)


def _middle(period: str) -> float:
    read = parse(period)
    return (read.start.toordinal() + read.end.toordinal()) / 2


def _apart(places: list[float], least: float) -> list[float]:
    """The places in their order, pushed down until they are `least` apart."""
    order = sorted(range(len(places)), key=places.__getitem__)
    moved = list(places)
    for before, after in pairwise(order):
        moved[after] = max(moved[after], moved[before] + least)
    overshoot = max(0.0, max(moved, default=0.0) - (HEIGHT - BOTTOM))
    return [place - overshoot for place in moved]


def _months(period: str) -> int:
    return round((parse(period).end - parse(period).start).days / 30.44)


def _of_one_length(rows: Sequence[Row]) -> list[Row]:
    """The rows over spans of the commonest length, the shorter where two are equally common."""
    lengths = Counter(_months(row["period"]) for row in rows)
    commonest = min(lengths, key=lambda length: (-lengths[length], length), default=0)
    return [row for row in rows if _months(row["period"]) == commonest]


def chart(given: Sequence[Row], span: str, area: Callable[[Row], str], written: Callable[[Any], str]) -> Chart | None:
    """The chart of a series' rows of observations; None where fewer than three periods would be shown.

    `span` is the series' own: what a value says of its period. `area` names what a row was measured for, `written` writes a value with its unit.
    """
    rows = _of_one_length(given) if span == "sum" else list(given)
    if len({row["period"] for row in rows}) < 3:
        return None
    across = [_middle(row["period"]) for row in rows]
    values = [float(row["value"]) for row in rows]
    begin, end = min(across), max(across)
    low, high = min(values), max(values)
    wide, tall = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def x(day: float) -> float:
        return round(LEFT + wide * (day - begin) / (end - begin), 1) if end > begin else LEFT

    def y(value: float) -> float:
        return round(TOP + tall * (high - value) / (high - low), 1) if high > low else TOP + tall / 2

    points: list[tuple[float, float, bool]] = []
    known: dict[str, dict[float, list[float]]] = defaultdict(lambda: defaultdict(list))
    for row, day, value in zip(rows, across, values, strict=True):
        firm = row["status"] == "outturn" and row["bound"] in ("exact", "about")
        points.append((x(day), y(value), firm))
        if firm:
            known[area(row)][day].append(value)
    groups = sorted(known) if len({area(row) for row in rows}) <= NAMED else []
    paths = [[(x(day), y(median(known[name][day]))) for day in sorted(known[name])] for name in groups]
    names = list(zip(_apart([path[-1][1] for path in paths], 15), groups, strict=True)) if len(groups) > 1 else []
    years = [str(date.fromordinal(int(day)).year) for day in (begin, end)]
    return Chart(
        points=points,
        lines=[" ".join(f"{across:g},{down:g}" for across, down in path) for path in paths if len(path) > 1],
        names=names,
        zero=y(0) if low < 0 < high else None,
        low=written(min(values)),
        high=written(max(values)),
        first=years[0],
        last=years[1] if years[1] != years[0] else "",
        left_out=len(given) - len(rows),
    )
