"""Rows chosen, ordered and reduced, by exact arithmetic on a few rows made up for it."""

from __future__ import annotations

import pandas as pd
import pytest
from chapter_rows import read_rows, without_rows

from analysis.chapters.rows import (
    firm,
    gaps,
    in_order,
    last,
    lines,
    measured,
    medians,
    of_precision,
    origins_of,
    parameter,
    pick,
    rows_of,
    shared,
)


def frame(*cells: tuple[str, str, float, str, str]) -> pd.DataFrame:
    rows = pd.DataFrame(cells, columns=["series_id", "period", "value", "bound", "status"])
    rows.attrs["figure_id"] = "made-up"
    return rows


ROWS = frame(
    ("a", "2022", 1.0, "exact", "outturn"),
    ("a", "2022", 2.0, "about", "estimate"),
    ("a", "2022", 9.0, "exact", "estimate"),
    ("a", "2023", 9.0, "below", "outturn"),
    ("a", "2023-Q1", 5.0, "exact", "outturn"),
    ("b", "2023", 4.0, "exact", "estimate"),
)


def test_a_figure_without_rows_is_named(chapter):
    assert set(rows_of(chapter, "dependence-imbalance")["series_id"]) > {"trade_gap.total"}
    with pytest.raises(ValueError, match="figure dependence-imbalance"):
        rows_of(without_rows(chapter, "observations"), "dependence-imbalance")


def test_picking_takes_one_series_or_several_and_names_what_is_missing():
    assert len(pick(ROWS, "a")) == 5
    assert len(pick(ROWS, ["a", "b"], period="2023")) == 2
    with pytest.raises(ValueError, match="figure made-up: no row has series_id b, period 2022"):
        pick(pick(ROWS, status=["outturn", "estimate"]), "b", period="2022")


def test_a_whole_year_is_no_quarter():
    assert of_precision(ROWS, "quarter")["value"].tolist() == [5.0]
    with pytest.raises(ValueError, match="figure made-up: no row measures a month"):
        of_precision(ROWS, "month")


def test_estimates_give_way_only_to_an_outturn_of_their_series_and_period():
    assert firm(ROWS)["value"].tolist() == [1.0, 9.0, 5.0, 4.0]
    assert firm(ROWS.iloc[:0]).empty


def test_the_median_passes_over_bounds_and_stands_in_order_of_time():
    assert medians(pick(ROWS, "a")).to_dict() == {"2022": 2.0, "2023-Q1": 5.0}
    with pytest.raises(ValueError, match="figure made-up: no row has more than a bound"):
        medians(pick(ROWS, "a", period="2023"))


def test_of_periods_that_end_together_the_shorter_comes_last():
    rows = frame(
        *(
            (name, period, 0.0, "exact", "outturn")
            for name, period in (("a", "2023-12"), ("b", "2023"), ("c", "2023-Q3"), ("d", "2022"))
        )
    )
    assert in_order(rows)["period"].tolist() == ["2022", "2023-Q3", "2023", "2023-12"]
    assert last(rows)["series_id"] == "a"
    assert last(ROWS)["bound"] == "below"  # a bound is the latest that is known; of two rows the first


def test_shared_periods_keep_the_first_ones_order():
    first, second = medians(pick(ROWS, "a")), medians(pick(ROWS, ["a", "b"]))
    assert shared(first, second) == ["2022", "2023-Q1"]
    with pytest.raises(ValueError, match="figure made-up"):
        shared(first, medians(pick(ROWS, "b")))


def test_lines_come_in_the_order_asked_for_with_a_row_for_each_missing_year():
    data = lines(ROWS, {"b": ("second", ""), "a": ("first", "CN")})
    assert data["line"].unique().tolist() == ["second", "first"]
    assert gaps(data).empty
    later = frame(("a", "2020", 1.0, "exact", "outturn"), ("a", "2023-05", 1.0, "exact", "outturn"))
    empty = gaps(lines(later, {"a": ("first", "CN")}))
    assert empty["period"].tolist() == ["2021", "2022"]
    assert set(empty["actor"]) == {"CN"} and empty["value"].isna().all()
    with pytest.raises(ValueError, match="figure made-up: no row has series_id c"):
        lines(ROWS, {"c": ("none", "")})


def test_a_bound_admits_everything_beyond_it():
    over = measured({"value": 40.0, "bound": "above", "unit": "percent_share"})
    assert 99.0 in over and 39.0 not in over
    exact = measured({"value": 40.0, "bound": "exact", "unit": "percent_share"})
    assert exact.left == exact.right == 40.0


def test_an_origin_is_named_once():
    assert origins_of(pd.DataFrame({"origins": ["b;a", "b"]}), pd.DataFrame({"origins": ["c"]})) == "a;b;c"


def test_the_middle_of_a_range_without_a_mode_is_its_centre(chapter):
    for row in read_rows("parameters", article_id="dependence"):
        low, middle, high = parameter(chapter, row["parameter_id"].partition(".")[2])
        assert (low, high) == (float(row["low"]), float(row["high"]))
        assert middle == pytest.approx(float(row["mode"]) if row["mode"] else (low + high) / 2)
