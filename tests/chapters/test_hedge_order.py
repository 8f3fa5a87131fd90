"""What the hedge's models say is what plain least squares on the rows of the files gives."""

from __future__ import annotations

from collections.abc import Callable
from math import exp, log

import numpy as np
import pytest
from chapter_rows import numbers_in, read_rows, value_of, with_value_changed, without_rows

from analysis.chapter import Chapter, read_chapter
from analysis.chapters.hedge import order
from analysis.figures.figure import Figure
from analysis.figures.table import Table

EXPORTS, IMPORTS = "cn_customs.exports_to_ru_month", "cn_customs.imports_from_ru_month"
Drawn = Callable[[Chapter], Figure | Table]
FIGURES: dict[str, tuple[Drawn, str, str]] = {
    "hedge-order-series": (order.order_series, EXPORTS, "2023-05"),
    "hedge-order-specifications": (order.order_specifications, EXPORTS, "2024-06"),
    "hedge-order-placebo": (order.order_placebo, EXPORTS, "2023-05"),
    "hedge-designations": (order.designations, "us_russia_listings.chinese_firms", "2024-08-23"),
    "hedge-order-rivals": (order.order_rivals, "ru_recycling_fee.rise", "2024-10-01"),
}
ON_THE_SPECIFICATIONS: list[Drawn] = [order.order_gaps, order.order_controls]


@pytest.fixture(scope="module")
def own() -> Chapter:
    return read_chapter("hedge")


def cell(series: str, period: str) -> str:
    return read_rows("observations", series_id=series, period=period)[0]["observation_id"]


def monthly(series: str, last: str = "2024-12") -> list[tuple[float, str, float]]:
    """Middle in months since 2017, season and mean of every observation, January and February being one."""
    months: dict[tuple[int, int], float] = {}
    for row in read_rows("observations", series_id=series):
        if len(row["period"]) == 7 and row["period"] <= last:
            months[int(row["period"][:4]) - 2017, int(row["period"][5:])] = float(row["value"])
    found = []
    for (year, month), value in sorted(months.items()):
        if month == 1:
            found.append((12 * year + 1.0, "1+2", (value + months[year, 2]) / 2))
        elif month > 2:
            found.append((12 * year + month - 0.5, str(month), value))
    return found


def step(rows: list[tuple[float, str, float]], date: float, war: float = 62.0) -> float:
    """The change of level at a date in percent, by plain least squares on logarithms."""
    seasons = sorted({season for _, season, _ in rows})[1:]
    matrix = [
        [1.0, t, t > date, (t - date) * (t > date), t > war, (t - war) * (t > war), *(season == s for s in seasons)]
        for t, season, _ in rows
    ]
    outcome = [log(value) for _, _, value in rows]
    coefficients = np.linalg.lstsq(np.array(matrix, dtype=float), np.array(outcome), rcond=None)[0]
    return 100 * (exp(coefficients[2]) - 1)


@pytest.mark.parametrize("figure_id", FIGURES)
def test_a_changed_cell_changes_the_figure(own: Chapter, figure_id: str) -> None:
    draw, series, period = FIGURES[figure_id]
    assert draw(own).csv != draw(with_value_changed(own, cell(series, period), "0.5")).csv


@pytest.mark.parametrize("draw", ON_THE_SPECIFICATIONS)
def test_a_changed_cell_changes_the_table(own: Chapter, draw: Drawn) -> None:
    assert draw(own).csv != draw(with_value_changed(own, cell(EXPORTS, "2024-06"), "0.5")).csv


@pytest.mark.parametrize("figure_id", FIGURES)
def test_without_rows_the_error_names_the_figure(own: Chapter, figure_id: str) -> None:
    with pytest.raises(ValueError, match=figure_id):
        FIGURES[figure_id][0](without_rows(own, "observations"))


def test_the_step_is_that_of_plain_least_squares(own: Chapter) -> None:
    expected = step(monthly(EXPORTS), 84.0)
    drawn = order.order_series(own)
    assert numbers_in(drawn.title)[0] == round(abs(expected))
    assert ("step down" in drawn.title) == (expected < 0)
    table = order.order_controls(own).data.set_index("series")
    assert table.loc["China’s exports to Russia", "value"] == pytest.approx(expected)
    assert table.loc["China’s imports from Russia", "value"] == pytest.approx(step(monthly(IMPORTS), 84.0))
    control = monthly("us_census.imports_from_cn_month")
    assert table.loc["US purchases from China", "value"] == pytest.approx(step(control, 84.0))
    ratio = [(t, s, a / b) for (t, s, a), (_, _, b) in zip(monthly(EXPORTS), control, strict=True)]
    name = "China’s exports to Russia per dollar of US purchases"
    assert table.loc[name, "value"] == pytest.approx(step(ratio, 84.0))


def test_the_interval_spans_zero_only_if_it_does(own: Chapter) -> None:
    rows = order.rows_of(own, "hedge-order-specifications")
    for _, model in order.alternatives(own):
        one, _ = order.change(own, rows, model)
        assert one.clear == (one.low * one.high > 0)
    title = order.order_series(own).title
    low, high = numbers_in(title)[1:3]
    assert ("spans zero" in title) == (low <= 0 <= high)


def test_placebo_dates_are_counted_from_the_rows(own: Chapter) -> None:
    rows = monthly(EXPORTS)
    starts = sorted({t - (1.0 if season == "1+2" else 0.5) for t, season, _ in rows})

    def sides(date: float) -> int:
        start, end = (0.0, 62.0) if date < 62 else (62.0, 96.0)
        times = [t for t, _, _ in rows if start < t < end]
        return min(sum(t < date for t in times), sum(t > date for t in times))

    steps = {date: step(rows, date) for date in starts if sides(date) >= 6}
    larger = [date for date in steps if date != 84 and abs(steps[date]) >= abs(steps[84.0])]
    title = order.order_placebo(own).title
    assert numbers_in(title)[:2] == [len(larger), len(steps) - 1]
    assert len(order.order_placebo(own).data) == len(steps)
    assert numbers_in(title)[2] == sum(date < 84 for date in larger)


def test_the_specifications_say_their_extremes(own: Chapter) -> None:
    drawn = order.order_specifications(own)
    values = [float(value) for value in drawn.data["value"]]
    assert numbers_in(drawn.title)[:2] == [min(values), max(values)]
    clear = int(((drawn.data["low"] > 0) | (drawn.data["high"] < 0)).sum())
    assert numbers_in(drawn.title)[2:] == [clear, len(values)]
    assert drawn.data["label"].iloc[0] == "primary model"
    same = drawn.data[drawn.data["label"].str.startswith("errors") | (drawn.data["label"] == "primary model")]
    assert same["value"].nunique() == 1  # the lag moves intervals alone
    assert same["low"].nunique() == len(same)


def test_each_treatment_of_gaps_counts_its_months(own: Chapter) -> None:
    table = order.order_gaps(own).data
    rows = read_rows("observations", series_id=EXPORTS)
    later = [row for row in rows if row["period"] > "2025" and len(row["period"]) > 4]
    alone = sum(row["quality"] != "derived" and row["period"] != "2026-02" for row in later)
    joint = sum("/" in row["period"] for row in later)
    # January and February 2026, one derived and one printed, are one observation where both count.
    every = len(later) - 1
    assert table["observations"].tolist() == [88, 88 + alone, 88 + alone + joint, 88 + every]


def test_rounds_are_counted_by_the_day_of_the_order(own: Chapter) -> None:
    names = ("us_russia_listings.chinese_firms", "eu_russia_listings.chinese_firms")
    rounds = {
        (name, row["period"]): float(row["value"]) for name in names for row in read_rows("observations", series_id=name)
    }
    before = sum(period < "2023-12-22" for _, period in rounds)
    assert numbers_in(order.designations(own).title) == [len(rounds) - before, before, max(rounds.values())]


def test_rivals_stand_by_date_with_their_rows(own: Chapter) -> None:
    table = order.order_rivals(own)
    rivals = read_rows("rivals", claim_id="hedge.26")
    assert table.data["explanation"].tolist() == [
        row["explanation"] for row in sorted(rivals, key=lambda row: row["date"])
    ]
    fee = table.data.set_index("explanation").loc["A higher recycling fee", "rows"]
    for day in ("2024-10-01", "2025-01-01"):
        assert f"{value_of('ru_recycling_fee.rise', day):.0f}" in fee


def test_every_combination_is_run_and_the_middle_is_the_primary_model(own: Chapter) -> None:
    found = order.every_model(own)
    assert len(found) == 4 * 3 * 4 * 3 * 2 * 2
    assert not found.duplicated(["gaps", "season", "past", "transition", "log", "slope"]).any()
    primary = found.query("gaps == 'complete' and season == 'dummies' and past == '2017' and transition == 0 and log and slope")
    assert primary["value"].tolist() == [pytest.approx(step(monthly(EXPORTS), 84.0))]
    said = order.all_combinations(own).data
    assert numbers_in(said)[:3] == [len(found), (found["value"] < 0).sum(), (found["value"] >= 0).sum()]


def test_the_sentences_take_their_numbers_from_the_rows(own: Chapter) -> None:
    plain = order.without_a_model(own).data
    growth = [value_of("cn_customs.exports_to_ru_yoy", year) for year in ("2023", "2024")]
    assert all(f"{value:+.1f}" in plain for value in growth)
    rows = monthly(EXPORTS)
    single = [step(rows[:place] + rows[place + 1 :], 84.0) for place in range(len(rows))]
    assert numbers_in(order.leave_one_out(own).data)[:2] == [round(min(single)), round(max(single))]
    year = [value for t, _, value in rows if 72 < t < 84]
    said = numbers_in(order.expectation(own).data)
    assert said[0] == pytest.approx(said[2] * sum(year) / len(year), rel=0.03)
    assert "1091" in order.lists(own).data
    assert numbers_in(order.answer(own).data)[0] == round(step(rows, 84.0))
