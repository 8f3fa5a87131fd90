"""Assertions in the data: what lies outside of what may be expected is named, and nothing is loaded."""

from __future__ import annotations

import copy
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import sound

from analysis import paths, periods, tables
from analysis.package import Tables
from analysis.rules import limits


def _found(folder: Path, rows: sound.Rows, limited: str = "", **cells: str) -> list[str]:
    """The defects of these rows, with the limits of one subject changed."""
    expected = [{**row, **(cells if row["subject"] == limited else {})} for row in sound.limits(rows)]
    return [str(defect) for defect in tables.check(sound.write(folder, {**rows, "limits": expected}))]


@pytest.mark.parametrize(
    ("subject", "cells", "said"),
    [
        ("s", {"value_most": "36.3"}, "observations.csv, row 3, column value: '36.4': is not between 0 and 36.3: g; read the source again"),
        ("s", {"value_least": "30.2"}, "observations.csv, row 2, column value: '30.1': is not between 30.2 and 100"),
        ("s", {"first": "2022-01-02"}, "observations.csv, row 2, column period: '2022': not between 2022-01-02 and 2030-12-31: g"),
        ("s", {"last": "2023-12-30"}, "observations.csv, row 3, column period: '2023': not between"),
        ("s", {"rows_least": "3"}, "column rows_least: '3': s has 2 rows: g; restore the rows"),
        ("s", {"rows_most": "1"}, "column rows_most: '1': s has 2 rows; look for rows that came in twice"),
        ("observations", {"rows_least": "3"}, "column rows_least: '3': observations has 2 rows: g"),
        ("claims", {"rows_most": "2"}, "column rows_most: '2': claims has 3 rows"),
        ("s", {"subject": "u"}, "column subject: 'u': no such series"),
        ("claims", {"subject": "claimz"}, "column subject: 'claimz': no such table"),
        ("s", {"value_least": "101"}, "column value_least: '101': above value_most; swap the two"),
        ("s", {"rows_least": "1000001"}, "column rows_least: '1000001': above rows_most"),
        ("s", {"last": "1999-12-31"}, "column first: '2000-01-01': above last"),
        ("s", {"value_most": ""}, "column value_most: '': empty; a series has bounds"),
        ("s", {"per": ""}, "column per: '': empty"),
        ("s", {"ground": ""}, "write the ground"),
    ],
)
def test_what_lies_outside_its_limits_is_named(tmp_path: Path, subject: str, cells: dict[str, str], said: str) -> None:
    assert any(said in defect for defect in _found(tmp_path, sound.SOUND, subject, **cells))


@pytest.mark.parametrize(
    "cells",
    [
        {"value_least": "30.1", "value_most": "36.4"},
        {"first": "2022-01-01", "last": "2023-12-31"},
        {"rows_least": "2", "rows_most": "2"},
    ],
)
def test_limits_include_their_ends(tmp_path: Path, cells: dict[str, str]) -> None:
    assert _found(tmp_path, sound.SOUND, "s", **cells) == []


@pytest.mark.parametrize(
    ("scope", "subject", "said"),
    [
        ("series", "s", "series.csv, row 2, column series_id: 's': nothing says what its values can be"),
        ("table", "claims", "limits.csv, column subject: 'claims': nothing says how many rows the table has"),
    ],
)
def test_a_table_or_series_without_limits_is_reported(tmp_path: Path, scope: str, subject: str, said: str) -> None:
    kept = [row for row in sound.limits(sound.SOUND) if (row["scope"], row["subject"]) != (scope, subject)]
    (defect,) = tables.check(sound.write(tmp_path, {**sound.SOUND, "limits": kept}))
    assert said in str(defect) and "add its row to limits.csv" in defect.mend


def _with_whole(part: str, whole: str, unit: str = "percent_share", status: str = "outturn") -> sound.Rows:
    """Sound rows with a second series, of which the first is a part."""
    rows = copy.deepcopy(sound.SOUND)
    rows["series"].append({**rows["series"][0], "series_id": "t", "unit": unit})
    rows["observations"][1]["value"] = part
    row = {**rows["observations"][1], "observation_id": "t@2023@RU-CN@x", "series_id": "t", "value": whole, "status": status}
    rows["observations"].append(row)
    rows["readings"].insert(1, {**rows["readings"][0], "reading_id": "a.01.b", "key": "t", "primary": "no"})
    return rows


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [("42", "40", ""), ("42.1", "40", "more than the whole that it is part of, t, which is 40"), ("39", "40", "")],
)
def test_a_part_does_not_exceed_its_whole(tmp_path: Path, part: str, whole: str, said: str) -> None:
    found = _found(tmp_path, _with_whole(part, whole), "s", within="t")
    assert any(said in defect for defect in found) if said else found == []


def test_a_forecast_is_no_whole_to_measure_an_outturn_by(tmp_path: Path) -> None:
    assert _found(tmp_path, _with_whole("50", "40", status="forecast"), "s", within="t") == []


def test_a_whole_is_measured_in_the_unit_of_its_part(tmp_path: Path) -> None:
    found = _found(tmp_path, _with_whole("30", "40", unit="usd_bn"), "s", within="t")
    assert any("column within: 't': no series in the same unit; name a series in percent_share" in one for one in found)


def test_bounds_a_month_hold_for_sums_over_any_period(tmp_path: Path) -> None:
    assert limits.monthly(Decimal("365.25"), periods.Period(date(2021, 1, 1), date(2024, 12, 31), "", "")) == Decimal("7.609375")
    within = _found(tmp_path / "a", sound.SOUND, "s", per="month", value_least="2.4", value_most="3.1")
    outside = _found(tmp_path / "b", sound.SOUND, "s", per="month", value_most="3.0")
    assert within == [] and any("3.04 a month is not between 0 and 3.0" in defect for defect in outside)


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
