"""A series at a glance: every row a point in its place, lines through medians of outturns."""

from __future__ import annotations

from typing import Any

import pytest

from publish import series_chart


def row(period: str, value: float, **more: Any) -> dict[str, Any]:
    return {"period": period, "value": value, "status": "outturn", "bound": "exact", "geo": "RU", **more}


def drawn(*rows: dict[str, Any]) -> series_chart.Chart:
    chart = series_chart.chart(rows, "mean", lambda one: one["geo"], lambda value: f"{value:g} %")
    assert chart is not None
    return chart


def test_points_stand_at_the_middle_of_their_periods_and_at_their_values() -> None:
    chart = drawn(row("2020", 0), row("2021", 5), row("2022", 10))
    assert [across for across, _, _ in chart.points] == pytest.approx([8, 249, 490], abs=0.5)
    assert [down for _, down, _ in chart.points] == [134, 71, 8]
    assert (chart.low, chart.high, chart.first, chart.last) == ("0 %", "10 %", "2020", "2022")


def test_the_line_follows_the_median_of_outturns_only() -> None:
    chart = drawn(row("2020", 0), row("2021", 4), row("2021", 6), row("2021", 9, status="forecast"), row("2022", 10))
    (line,) = chart.lines
    assert [place.split(",")[1] for place in line.split()] == ["134", "71", "8"]
    assert chart.hollow and [firm for *_, firm in chart.points] == [True, True, True, False, True]


def test_a_bound_is_hollow() -> None:
    assert not drawn(row("2020", 1), row("2021", 2, bound="above"), row("2022", 3)).points[1][2]


def test_names_do_not_lie_on_each_other() -> None:
    rows = [row(year, value, geo=geo) for geo, value in (("A", 1), ("B", 1), ("C", 1)) for year in ("2020", "2021", "2022")]
    places = [down for down, _ in drawn(*rows, row("2020", 0)).names]
    assert all(later - earlier >= 15 for earlier, later in zip(sorted(places), sorted(places)[1:], strict=False))
    assert max(places) <= series_chart.HEIGHT


def test_many_areas_are_points_without_lines() -> None:
    rows = [row(year, number, geo=str(number)) for number in range(5) for year in ("2020", "2021", "2022")]
    assert drawn(*rows).lines == [] and len(drawn(*rows).points) == 15


def test_too_little_is_not_drawn() -> None:
    assert series_chart.chart([row("2020", 1), row("2021", 2)], "mean", lambda one: "", str) is None
    assert series_chart.chart([], "mean", lambda one: "", str) is None


def test_equal_values_are_a_level_line() -> None:
    assert {down for _, down, _ in drawn(row("2020", 3), row("2021", 3), row("2022", 3)).points} == {71}


def test_a_year_s_sum_does_not_stand_beside_those_of_months() -> None:
    months = [row(f"2020-0{number}", number) for number in range(1, 5)]
    rows = [*months, row("2019", 100), row("2020-01/2020-02", 3)]
    chart = series_chart.chart(rows, "sum", lambda one: one["geo"], str)
    assert chart is not None and (len(chart.points), chart.left_out, chart.high) == (4, 2, "4.0")
    level = series_chart.chart(rows, "end", lambda one: one["geo"], str)
    assert level is not None and (len(level.points), level.left_out) == (6, 0)
