"""Rows that tell of the same thing: where one is far from all others, one of them is wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

from analysis import periods
from analysis.errors import Defect
from analysis.package import Tables, numbered
from analysis.rules.dates import AHEAD, near

Row = dict[str, Any]
OF_ONE_PERIOD, OF_ONE_SERIES = 3, 100
"""How many times another measurement of the same thing, or of another period, a value can be."""
SMALL = 1
"""Growth rates of one period differ by whole times and little."""
YEARS_APART = timedelta(days=300)


def values(tables: Tables) -> Iterator[Defect]:
    """Outturns of one series, period and pair of areas lie within a factor of one another, and share their sign.

    A bound says only which side the value lies on and is left out; so are forecasts and plans, which change.
    """
    told: dict[tuple[str, ...], list[tuple[int, Row]]] = defaultdict(list)
    for line, row in numbered(tables["observations"]):
        if row["bound"] in ("exact", "about") and row["status"] in ("outturn", "estimate"):
            told[row["series_id"], row["period"], row["geo"], row["counterparty"]].append((line, row))
    for group in told.values():
        for line, row in group:
            others = [other["value"] for _, other in group if other is not row]
            if others and all(_contradict(row["value"], other, OF_ONE_PERIOD) for other in others):
                yield _defect(line, row, f"other rows have {', '.join(map(str, others[:3]))}")


def _contradict(one: Decimal, other: Decimal, factor: int) -> bool:
    if abs(one - other) <= SMALL:
        return False
    return one * other < 0 or abs(one) > factor * abs(other) or abs(other) > factor * abs(one)


def _defect(line: int, row: Row, problem: str) -> Defect:
    return Defect(
        "observations.csv", line, "value", str(row["value"]), problem,
        "read the sources again for unit, scale and sign; where they differ in what they measure, give each its series",
    )  # fmt: skip


def neighbours(tables: Tables) -> Iterator[Defect]:
    """A value has the size of those that the same series gives for other periods."""
    told: dict[tuple[str, ...], list[tuple[int, Row]]] = defaultdict(list)
    for line, row in numbered(tables["observations"]):
        if row["value"]:
            told[row["series_id"], row["geo"], row["counterparty"]].append((line, row))
    for group in told.values():
        sizes = sorted(abs(row["value"]) for _, row in group)
        if len(sizes) < 2 or sizes[-1] <= OF_ONE_SERIES * sizes[0]:
            continue
        for line, row in group:
            size = abs(row["value"])
            rest = sizes.copy()
            rest.remove(size)
            if size > OF_ONE_SERIES * rest[-1] or size * OF_ONE_SERIES < rest[0]:
                yield _defect(line, row, f"values of other periods run from {rest[0]} to {rest[-1]}")


def happenings(tables: Tables) -> Iterator[Defect]:
    """Of four or more reports of one event, none dates it to another year than all others do."""
    told: dict[tuple[str, str], list[tuple[int, Row]]] = defaultdict(list)
    for line, row in numbered(tables["events"]):
        told[row["event_id"].partition(".")[0], row["occurred"]].append((line, row))
    for group in told.values():
        if len(group) < 4:
            continue
        for line, row in group:
            others = [other["date"] for _, other in group if other is not row]
            agreed = all(not _years_apart(one, other) for one in others for other in others)
            if agreed and all(_years_apart(row["date"], other) for other in others):
                yield Defect(
                    "events.csv", line, "date", row["date"], f"other rows of the event have {', '.join(sorted(set(others)))}",
                    "read the source again, or give what it reports an id of its own",
                )  # fmt: skip


def _years_apart(one: str, other: str) -> bool:
    try:
        first, second = periods.parse(one), periods.parse(other)
    except ValueError:  # reported where dates are read
        return False
    return first.start - YEARS_APART > second.end or second.start - YEARS_APART > first.end


def tenures(tables: Tables) -> Iterator[Defect]:
    """Two rows of one tenure that both give its end agree on when it began and ended.

    A tenure without an end is left out: its first day may be any on which a source saw it.
    """
    told: dict[tuple[str, str], list[tuple[int, Row]]] = defaultdict(list)
    for line, row in numbered(tables["offices"]):
        if row["to"]:
            told[row["person"], row["office"]].append((line, row))
    for group in told.values():
        for line, row in group:
            others = [other for _, other in group if other is not row]
            for column in ("from", "to"):
                if others and not any(near(row[column], other[column], AHEAD) for other in others):
                    yield Defect(
                        "offices.csv", line, column, row[column], f"other rows of the tenure have {others[0][column]}",
                        "read the sources again; if the office was held twice, name which time in office",
                    )  # fmt: skip


RULES = (values, neighbours, happenings, tenures)
