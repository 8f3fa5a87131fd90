"""Assertions in the data: what lies outside of what may be expected is named, and nothing is loaded."""

from __future__ import annotations

import copy
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import sound
from rows import refused, said

from analysis import checks, paths, periods, tables
from analysis.package import Tables
from analysis.rules import limits

RULES = (limits.well_formed, limits.exceeded, limits.too_few)


def _found(rows: sound.Rows, limited: str = "", **cells: str) -> list[str]:
    """What the rules on limits say of these rows, with the limits of one subject changed."""
    expected = [{**row, **(cells if row["subject"] == limited else {})} for row in sound.limits(rows)]
    return [one for rule in RULES for one in said(rule, {**rows, "limits": expected})]


PLACE = "limits.csv, row {}, column "
LIMITED = {row["subject"]: line for line, row in enumerate(sound.limits(sound.SOUND), start=2)}
"""The line of each table and series in limits.csv."""


@pytest.mark.parametrize(
    ("subject", "cells", "said"),
    [
        ("s", {"value_most": "36.3"}, "observations.csv, row 3, column value: '36.4': is not between 0 and 36.3: g; read the source again"),
        ("s", {"value_least": "30.2"}, "observations.csv, row 2, column value: '30.1': is not between 30.2 and 100: g; read"),
        ("s", {"first": "2022-01-02"}, "observations.csv, row 2, column period: '2022': not between 2022-01-02 and 2030-12-31: g; correct"),
        ("s", {"last": "2023-12-30"}, "observations.csv, row 3, column period: '2023': not between 2000-01-01 and 2023-12-30: g; correct"),
        ("s", {"rows_least": "3"}, "rows_least: '3': s has 2 rows: g; restore the rows"),
        ("s", {"rows_most": "1"}, "rows_most: '1': s has 2 rows; look for rows that came in twice"),
        ("observations", {"rows_least": "3"}, "rows_least: '3': observations has 2 rows: g; restore"),
        ("claims", {"rows_most": "2"}, "rows_most: '2': claims has 3 rows; look"),
        ("claims", {"subject": "claimz"}, "subject: 'claimz': no such table; correct the spelling, or remove"),
        ("s", {"rows_least": "1000001"}, "rows_least: '1000001': above rows_most; swap the two"),
        ("s", {"last": "1999-12-31"}, "first: '2000-01-01': above last; swap the two"),
        ("s", {"value_least": "", "value_most": ""}, "value_least: '': empty; a series has bounds of values and periods"),
        ("s", {"value_most": ""}, "value_most: '': empty; a series has bounds"),
        ("s", {"value_least": ""}, "value_least: '': empty; a series has bounds"),
        ("s", {"first": ""}, "first: '': empty; a series has bounds"),
        ("s", {"last": ""}, "last: '': empty; a series has bounds"),
        ("s", {"per": ""}, "per: '': empty; a series has bounds"),
        ("claims", {"first": "2024", "last": "2023"}, "first: '2024': above last; swap the two"),
    ],
)  # fmt: skip
def test_what_lies_outside_its_limits_is_named(subject: str, cells: dict[str, str], said: str) -> None:
    found = _found(sound.SOUND, subject, **cells)
    if not said.startswith("observations.csv"):
        said = f"limits.csv, row {LIMITED[subject]}, column {said}"
    assert any(refused([one], said) for one in found), found


def test_each_defect_of_a_series_comes_once() -> None:
    swapped = _found(sound.SOUND, "s", value_least="101")
    line = LIMITED["s"]
    assert refused(
        swapped,
        f"limits.csv, row {line}, column value_least: '101': above value_most",
        "observations.csv, row 2, column value: '30.1': is not between 101 and 100",
        "observations.csv, row 3, column value: '36.4': is not between 101 and 100",
    )
    other = _found(sound.SOUND, "s", subject="u", value_least="101")
    assert refused(other, f"limits.csv, row {line}, column subject: 'u': no such series", "series.csv, row 2, column series_id: 's': nothing says")
    both = _found(sound.SOUND, "s", value_most="20", last="2022-12-31")
    assert [one.partition(": '")[0].rpartition(" ")[2] for one in both] == ["value", "period", "value"]


def test_a_subject_that_is_none_hides_no_other_defect() -> None:
    expected = [{**row, "subject": "u"} if row["subject"] == "s" else row for row in sound.limits(sound.SOUND)]
    expected[-1] = {**expected[-1], "rows_least": "5", "rows_most": "4"}
    found = said(limits.well_formed, {**sound.SOUND, "limits": expected})
    assert refused(found, f"limits.csv, row {len(expected) + 1}, column rows_least: '5': above rows_most")
    found = said(limits.exceeded, {**sound.SOUND, "limits": [expected[0], {"scope": "table", "subject": "claims", "rows_most": "2"}]})
    assert refused(found, "limits.csv, row 3, column rows_most: '2': claims has 3 rows")


@pytest.mark.parametrize(
    "cells",
    [
        {"value_least": "30.1", "value_most": "36.4"},
        {"first": "2022-01-01", "last": "2023-12-31"},
        {"rows_least": "2", "rows_most": "2"},
    ],
)
def test_limits_include_their_ends(cells: dict[str, str]) -> None:
    assert _found(sound.SOUND, "s", **cells) == []


def test_a_series_may_have_no_row() -> None:
    rows = {**sound.SOUND, "series": [*sound.SOUND["series"], {"series_id": "t", "unit": "count"}]}
    assert _found(rows, "t", rows_least="0") == []
    assert refused(_found(rows, "t", rows_least="1"), f"limits.csv, row {LIMITED['s'] + 1}, column rows_least: '1': t has 0 rows")


def test_a_period_that_cannot_be_read_is_left_to_the_calendar() -> None:
    rows = {**sound.SOUND, "observations": [sound.SOUND["observations"][0] | {"period": "soon", "value": "900"}]}
    assert _found(rows) == []


@pytest.mark.parametrize(
    ("scope", "subject", "place"),
    [
        ("series", "s", "series.csv, row 2, column series_id: 's': nothing says what its values can be"),
        ("table", "claims", "limits.csv, column subject: 'claims': nothing says how many rows the table has"),
    ],
)
def test_a_table_or_series_without_limits_is_reported(scope: str, subject: str, place: str) -> None:
    kept = [row for row in sound.limits(sound.SOUND) if (row["scope"], row["subject"]) != (scope, subject)]
    found = said(limits.too_few, {**sound.SOUND, "limits": kept})
    assert refused(found, f"{place}; add its row to limits.csv")


def test_limits_are_asked_for_with_all_other_rules(tmp_path: Path) -> None:
    assert {limits.well_formed, limits.exceeded} <= set(checks.BETWEEN_ROWS) and limits.too_few in checks.ON_ABSENCE
    narrow = [row | ({"ground": ""} if row["subject"] == "s" else {}) for row in sound.limits(sound.SOUND)]
    (defect,) = tables.check(sound.write(tmp_path, {**sound.SOUND, "limits": narrow}))
    assert "column ground: '': empty; write the ground" in str(defect)


def _with_whole(part: str, whole: str, **cells: str) -> sound.Rows:
    """Sound rows with a second series, of which the first is a part."""
    rows = copy.deepcopy(sound.SOUND)
    rows["series"].append({**rows["series"][0], "series_id": "t", "unit": cells.pop("unit", "percent_share")})
    rows["observations"][1]["value"] = part
    row = {**rows["observations"][1], "observation_id": "t@2023@RU-CN@x", "series_id": "t", "value": whole, **cells}
    rows["observations"].append(row)
    return rows


@pytest.mark.parametrize(
    ("part", "whole", "cells", "exceeds"),
    [
        ("39", "40", {}, False),
        ("42", "40", {}, False),
        ("42.1", "40", {}, True),
        ("50", "40", {"status": "forecast"}, False),
        ("50", "40", {"period": "2022"}, False),
        ("50", "40", {"geo": "CN"}, False),
        ("50", "40", {"counterparty": "US"}, True),
    ],
)
def test_a_part_does_not_exceed_its_whole(part: str, whole: str, cells: dict[str, str], exceeds: bool) -> None:
    found = _found(_with_whole(part, whole, **cells), "s", within="t")
    place = f"observations.csv, row 3, column value: '{part}': more than the whole that it is part of, t, which is {whole}; read both"
    assert refused(found, *([place] if exceeds else []))


def test_the_greatest_of_several_wholes_counts_and_a_planned_part_does_not() -> None:
    rows = _with_whole("50", "40")
    rows["observations"] += [rows["observations"][2] | {"value": value} for value in ("60", "45")]
    assert _found(rows, "s", within="t") == []
    rows = _with_whole("50", "40")
    rows["observations"][1]["status"] = "plan"
    assert _found(rows, "s", within="t") == []


def test_a_whole_is_measured_in_the_unit_of_its_part() -> None:
    found = _found(_with_whole("30", "40", unit="usd_bn"), "s", within="t")
    assert refused(found, f"limits.csv, row {LIMITED['s']}, column within: 't': no series in the same unit; name a series in percent_share")


def test_bounds_a_month_hold_for_sums_over_any_period() -> None:
    assert limits.monthly(Decimal("365.25"), periods.Period(date(2021, 1, 1), date(2024, 12, 31), "", "")) == Decimal("7.609375")
    assert _found(sound.SOUND, "s", per="month", value_least="2.4", value_most="3.1") == []
    outside = _found(sound.SOUND, "s", per="month", value_most="3.0")
    assert refused(outside, "observations.csv, row 3, column value: '36.4': 3.04 a month is not between 0 and 3.0: g; read")


@pytest.fixture(scope="module")
def evidence() -> Tables:
    return tables.load(paths.DATA)


@pytest.mark.parametrize(("scale", "share"), [(Decimal(1000), 0.97), (Decimal("0.001"), 0.85), (Decimal(-1), 1.0)])
def test_slips_of_scale_and_sign_lie_outside_the_limits(evidence: Tables, scale: Decimal, share: float) -> None:
    """A thousandth of a share is still a share, a difference may have either sign, and partners are of all sizes."""
    rows = evidence["observations"]
    least = rows["series_id"].map(evidence["limits"].set_index("subject")["value_least"])
    judged = rows[(rows["value"] != 0) & ((least > 0) if scale.copy_abs() < 1 else (least >= 0) | (scale > 0))]
    slipped = judged.assign(value=[value * scale for value in judged["value"]])
    found = Tables(evidence.schema, {**evidence, "observations": slipped})
    caught = {defect.row for defect in limits.exceeded(found) if defect.column == "value"}
    assert len(judged) > 500
    assert len(caught) / len(judged) >= share
