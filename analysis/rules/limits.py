"""What may be expected of a table or series before anyone looks into it: how many rows, how early, how large.

The expectations are rows of limits.csv, each with its ground; this module compares the tables with them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from analysis import periods
from analysis.errors import Defect
from analysis.package import Tables, numbered

Row = dict[str, Any]
DAYS_OF_A_MONTH = Decimal("30.4375")
ROUNDING = Decimal("1.05")
"""So much may a part exceed its whole, since sources round each for itself and revise them on different days."""


def _counted(row: Row, tables: Tables, counts: dict[str, int]) -> int:
    """How many rows there are of the table or series that a row of limits.csv speaks of."""
    return len(tables[row["subject"]]) if row["scope"] == "table" else counts.get(row["subject"], 0)


def _counts(tables: Tables) -> dict[str, int]:
    return {str(name): int(count) for name, count in tables["observations"]["series_id"].value_counts().items()}


def _subjects(tables: Tables) -> dict[str, set[str]]:
    return {"table": set(tables), "series": set(tables["series"]["series_id"])}


def monthly(value: Decimal, period: periods.Period) -> Decimal:
    """What a sum over `period` is for a month of average length."""
    return value * DAYS_OF_A_MONTH / ((period.end - period.start).days + 1)


def well_formed(tables: Tables) -> Iterator[Defect]:
    """The bounds of every row of limits.csv are in order, and those of a series are there."""
    subjects = _subjects(tables)
    unit = dict(zip(tables["series"]["series_id"], tables["series"]["unit"], strict=True))
    for line, row in numbered(tables["limits"]):

        def defect(column: str, problem: str, mend: str, line: int = line, row: Row = row) -> Defect:
            cell = "" if row[column] is None else str(row[column])
            return Defect("limits.csv", line, column, cell, problem, mend)

        if row["subject"] not in subjects[row["scope"]]:
            continue  # reported once every row is sound: its series may be a row that is not
        for low, high in (("rows_least", "rows_most"), ("value_least", "value_most"), ("first", "last")):
            if row[low] not in ("", None) and row[high] not in ("", None) and row[low] > row[high]:
                yield defect(low, f"above {high}", "swap the two")
        if row["scope"] == "series":
            for column in ("value_least", "value_most", "first", "last", "per"):
                if row[column] in ("", None):
                    yield defect(column, "empty", "a series has bounds of values and periods")
            if row["within"] and unit.get(row["within"]) != unit[row["subject"]]:
                yield defect("within", "no series in the same unit", f"name a series in {unit[row['subject']]}")


def exceeded(tables: Tables) -> Iterator[Defect]:
    """More rows than a table or series can have, and values or periods that a series cannot have."""
    counts, subjects = _counts(tables), _subjects(tables)
    limits = {}
    for line, row in numbered(tables["limits"]):
        if row["subject"] not in subjects[row["scope"]]:
            continue
        count = _counted(row, tables, counts)
        if count > row["rows_most"]:
            yield Defect(
                "limits.csv", line, "rows_most", str(row["rows_most"]), f"{row['subject']} has {count} rows",
                "look for rows that came in twice; if all are right, raise the number",
            )  # fmt: skip
        if row["scope"] == "series":
            limits[row["subject"]] = row
    wholes = _wholes(tables)
    for line, row in numbered(tables["observations"]):
        if (limit := limits.get(row["series_id"])) is not None:
            yield from _out_of_bounds(line, row, limit, wholes)


def _wholes(tables: Tables) -> dict[tuple[str, str, str], Decimal]:
    """The greatest outturn by series, period and area."""
    greatest: dict[tuple[str, str, str], Decimal] = defaultdict(lambda: Decimal("-Infinity"))
    for _, row in numbered(tables["observations"]):
        if row["status"] == "outturn":
            key = (row["series_id"], row["period"], row["geo"])
            greatest[key] = max(greatest[key], row["value"])
    return dict(greatest)


def _out_of_bounds(line: int, row: Row, limit: Row, wholes: dict[tuple[str, str, str], Decimal]) -> Iterator[Defect]:
    def defect(column: str, problem: str, mend: str) -> Defect:
        return Defect("observations.csv", line, column, str(row[column]), problem, mend)

    try:
        period = periods.parse(row["period"])
        first, last = periods.parse(limit["first"]), periods.parse(limit["last"])
    except ValueError:  # reported where dates are read
        return
    if period.start < first.start or period.end > last.end:
        yield defect(
            "period",
            f"not between {limit['first']} and {limit['last']}: {limit['ground']}",
            "correct the period, or the bounds of the series in limits.csv",
        )
    low, high = limit["value_least"], limit["value_most"]
    if low is None or high is None:
        return
    value = monthly(row["value"], period) if limit["per"] == "month" else row["value"]
    if not low <= value <= high:
        of_what = f"{value:.3g} a month is" if limit["per"] == "month" else "is"
        yield defect(
            "value",
            f"{of_what} not between {low} and {high}: {limit['ground']}",
            "read the source again for unit, scale and sign; if it is right, widen the bounds in limits.csv",
        )
    whole = wholes.get((limit["within"], row["period"], row["geo"]))
    if whole is not None and row["status"] == "outturn" and row["value"] > whole * ROUNDING:
        yield defect(
            "value",
            f"more than the whole that it is part of, {limit['within']}, which is {whole}",
            "read both sources again; if they differ in definition, empty the cell within of limits.csv",
        )


def too_few(tables: Tables) -> Iterator[Defect]:
    """Fewer rows than a table or series must have; one of which nothing is expected, or that there is none of."""
    counts, subjects = _counts(tables), _subjects(tables)
    expected: set[tuple[str, str]] = set()
    for line, row in numbered(tables["limits"]):
        expected.add((row["scope"], row["subject"]))
        if row["subject"] not in subjects[row["scope"]]:
            yield Defect(
                "limits.csv", line, "subject", row["subject"], f"no such {row['scope']}",
                "correct the spelling, or remove the row",
            )  # fmt: skip
            continue
        count = _counted(row, tables, counts)
        if count < row["rows_least"]:
            yield Defect(
                "limits.csv", line, "rows_least", str(row["rows_least"]),
                f"{row['subject']} has {count} rows: {row['ground']}",
                "restore the rows; if some were rightly taken away, lower the number and say so",
            )  # fmt: skip
    for line, row in numbered(tables["series"]):
        if ("series", row["series_id"]) not in expected:
            yield Defect(
                "series.csv", line, "series_id", row["series_id"], "nothing says what its values can be",
                "add its row to limits.csv: bounds of value and period, least and most rows, and the ground",
            )  # fmt: skip
    for name in tables:
        if ("table", name) not in expected:
            yield Defect(
                "limits.csv", 0, "subject", name, "nothing says how many rows the table has",
                "add its row to limits.csv: least and most rows, and the ground",
            )  # fmt: skip
