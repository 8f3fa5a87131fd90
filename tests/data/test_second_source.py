"""Second sources: a row far from all others that tell of the same thing is refused, and near ones pass."""

from __future__ import annotations

from typing import Any

import pytest
import rows

from analysis import checks
from analysis.rules import second_source


def _values(*given: str, **cells: str) -> list[dict[str, str]]:
    """Observations of one series, year and pair of areas."""
    return [{"value": value, **cells} for value in given]


def _years(*given: str, **cells: str) -> list[dict[str, str]]:
    """Observations of one series in one year after another."""
    return [{"value": value, "period": str(2001 + place), **cells} for place, value in enumerate(given)]


def _said(rule: Any, *observations: dict[str, str]) -> list[str]:
    return rows.said(rule, {"observations": list(observations)})


@pytest.mark.parametrize(
    ("observations", "places"),
    [
        (_values("30", "90"), []),
        (_values("30", "91"), [("2", "30", "91"), ("3", "91", "30")]),
        (_values("0.1", "1.1"), []),
        (_values("0.1", "1.2"), [("2", "0.1", "1.2"), ("3", "1.2", "0.1")]),
        (_values("-0.4", "0.4"), []),
        (_values("-5", "5"), [("2", "-5", "5"), ("3", "5", "-5")]),
        (_values("30", "31", "300"), [("4", "300", "30, 31")]),
        (_values("300", "30", "31", "32", "33"), [("2", "300", "30, 31, 32;")]),
        ([*_values("30"), *_values("300", status="estimate")], [("2", "30", "300"), ("3", "300", "30")]),
        ([*_values("30"), *_values("300", status="forecast")], []),
        ([*_values("30"), *_values("300", status="plan")], []),
        ([*_values("30"), *_values("300", bound="about")], [("2", "30", "300"), ("3", "300", "30")]),
        ([*_values("30"), *_values("300", bound="above")], []),
        ([*_values("30"), *_values("300", series_id="t")], []),
        ([*_values("30"), *_values("300", period="2024")], []),
        ([*_values("30"), *_values("300", geo="RU")], []),
        ([*_values("30"), *_values("300", counterparty="CN")], []),
    ],
)
def test_measurements_of_one_thing_lie_within_three_times_of_another(
    observations: list[dict[str, str]], places: list[tuple[str, str, str]]
) -> None:
    said = [f"observations.csv, row {row}, column value: '{value}': other rows have {others}" for row, value, others in places]
    assert rows.refused(_said(second_source.values, *observations), *said)


@pytest.mark.parametrize(
    ("observations", "places"),
    [
        (_years("30", "3000"), []),
        (_years("30", "3001"), [("2", "30", "3001 to 3001"), ("3", "3001", "30 to 30")]),
        (_years("40", "50", "30000"), [("4", "30000", "40 to 50")]),
        (_years("40", "0.1", "-50"), [("3", "0.1", "40 to 50")]),
        (_years("0", "30", "40"), []),
        (_years("30"), []),
        ([*_years("30"), *_years("30000", series_id="t")], []),
        ([*_years("30"), *_years("30000", geo="RU")], []),
        ([*_years("30"), *_years("30000", counterparty="CN")], []),
        ([*_years("1", "2", geo="RU"), *_years("40", "50", "30000")], [("6", "30000", "40 to 50")]),
    ],
)  # fmt: skip
def test_a_value_has_the_size_of_other_years(observations: list[dict[str, str]], places: list[tuple[str, str, str]]) -> None:
    said = [f"observations.csv, row {row}, column value: '{value}': values of other periods run from {rest}" for row, value, rest in places]
    assert rows.refused(_said(second_source.neighbours, *observations), *said)


def _reports(*days: str, **cells: str) -> list[dict[str, str]]:
    return [{"event_id": f"e.{name}.x", "date": day, **cells} for name, day in zip("abcdefg", days, strict=False)]


AGREED = ["2023-01-01"] * 3


@pytest.mark.parametrize(
    ("events", "said"),
    [
        (_reports(*AGREED, "2023-10-28"), ""),
        (_reports(*AGREED, "2023-10-29"), "row 5, column date: '2023-10-29': other rows of the event have 2023-01-01;"),
        (_reports(*AGREED, "2022-03-07"), ""),
        (_reports(*AGREED, "2022-03-06"), "row 5, column date: '2022-03-06': other rows"),
        (_reports("2021", "2023", "2023-05", "2023"), "row 2, column date: '2021': other rows of the event have 2023, 2023-05;"),
        (_reports("2021", "2023", "2023"), ""),
        (_reports("2021", "2023", "2023", "2025"), ""),
        (_reports("unknown", *AGREED), ""),
        ([*_reports(*AGREED), *_reports("2021", occurred="no")], ""),
        ([*_reports(*AGREED), {"event_id": "f.d", "date": "2021"}], ""),
        ([{"event_id": "d.x", "date": "2020"}, *_reports(*AGREED, "2021")], "row 6, column date: '2021': other rows"),
    ],
)
def test_one_of_four_reports_does_not_date_an_event_to_another_year(events: list[dict[str, str]], said: str) -> None:
    found = rows.said(second_source.happenings, {"events": events})
    assert rows.refused(found, *([f"events.csv, {said}"] if said else []))


def test_every_rule_of_the_family_is_asked() -> None:
    assert set(checks.BETWEEN_ROWS) >= {second_source.values, second_source.neighbours, second_source.happenings}
