"""The monitor of the three hard indicators: one added observation changes its state and its picture."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from chapter_rows import levels_of, read_rows, with_table, with_value_changed

from analysis.chapter import Chapter, read_chapter
from analysis.chapters.offer import monitor
from analysis.figures.figure import Figure

FIGURES = {
    "routes": monitor.ROUTES,
    "flows": monitor.FLOWS,
    "settlement": monitor.SETTLEMENT,
    "listings": monitor.LISTINGS,
}


@pytest.fixture(scope="module")
def chapter() -> Chapter:
    return read_chapter("offer")


def with_observation(chapter: Chapter, series: str, period: str, value: str) -> Chapter:
    """The chapter with one more observation, shaped like the last one of its series."""

    def add(frame: pd.DataFrame) -> pd.DataFrame:
        own = frame[(frame["series_id"] == series) & ~frame["counterparty"].isin(["ASIA_CBR"])]
        row = own.iloc[[-1]].assign(
            observation_id=f"{series}@{period}@new", period=period, value=Decimal(value), known_since="2026-08-31"
        )
        return pd.concat([frame, row], ignore_index=True)

    return with_table(chapter, "observations", add)


def state(chapter: Chapter, indicator: str, rule: str, column: str = "state") -> str:
    found = monitor.both_dates(chapter).set_index(["indicator", "rule"])
    return str(found.loc[(indicator, rule), column])


def rates() -> dict[str, float]:
    """Gas a day by month, straight from the file."""
    levels = levels_of(monitor.TURKSTREAM)
    return {
        month: 1000 * value / calendar.monthrange(int(month[:4]), int(month[5:]))[1]
        for month, value in levels.items()
        if len(month) == 7 and month[5:].isdigit()
    }


# One observation more


def test_a_month_of_gas_changes_state_figure_and_table(chapter):
    after = with_observation(chapter, monitor.TURKSTREAM, "2026-06", "0.5")
    assert state(chapter, "Gas to Europe", "a rise on the same month a year before") == monitor.RINGS
    assert state(after, "Gas to Europe", "a rise on the same month a year before") == monitor.SILENT
    assert state(after, "Gas to Europe", "a rise on the month before", "at") == "2026-06"
    assert monitor.flows(after).svg != monitor.flows(chapter).svg
    assert monitor.flows(after).title != monitor.flows(chapter).title
    assert monitor.monitor_table(after).csv != monitor.monitor_table(chapter).csv


def test_gas_in_a_closed_route_rings(chapter):
    after = with_observation(chapter, "gas.flow_nord_stream", "2026-Q2", "1.2")
    assert state(chapter, "Gas to Europe", "a closed route carries gas") == monitor.SILENT
    assert state(after, "Gas to Europe", "a closed route carries gas") == monitor.RINGS
    assert "A turn is seen" in monitor.answer(after).data
    assert monitor.routes(after).title != monitor.routes(chapter).title


@pytest.mark.parametrize(("values", "expected"), [("15.5 16.5", "rings"), ("15.5 15.1", "silent")])
def test_months_of_payments_complete_a_run(chapter, values, expected):
    after = chapter
    for month, value in zip(("2025-09", "2025-10"), values.split(), strict=True):
        after = with_observation(after, monitor.CEILINGS["exports"], month, value)
    assert state(chapter, "Dollar’s ceiling, exports", "3 rises in a row") == monitor.SILENT
    assert state(after, "Dollar’s ceiling, exports", "3 rises in a row") == expected
    assert state(after, "Dollar’s ceiling, exports", "4 rises in a row") == monitor.SILENT
    assert monitor.settlement(after).svg != monitor.settlement(chapter).svg


def test_a_jump_of_payments_rings_the_cumulative_sum(chapter):
    after = with_observation(chapter, monitor.CEILINGS["exports"], "2025-09", "40")
    assert state(chapter, "Dollar’s ceiling, exports", "cumulative sum over the baseline") == monitor.SILENT
    assert state(after, "Dollar’s ceiling, exports", "cumulative sum over the baseline") == monitor.RINGS


def test_a_block_of_removals_rings(chapter):
    after = with_observation(chapter, monitor.REMOVED, "2026-05", "400")
    assert state(chapter, "US list", "a block struck off") == monitor.SILENT
    assert state(after, "US list", "a block struck off") == monitor.RINGS
    assert "a block is" in monitor.listings(after).title


def test_what_became_known_later_leaves_the_state_at_publication(chapter):
    after = with_observation(chapter, monitor.TURKSTREAM, "2026-06", "0.5")
    then = ["then", "then_at", "then_detail"]
    pd.testing.assert_frame_equal(monitor.both_dates(after)[then], monitor.both_dates(chapter)[then])
    assert state(chapter, "US list", "a block struck off", "then") == monitor.UNTOLD


# Rules


def months(values: list[float | None], first: str = "2025-01") -> pd.Series:
    index = pd.period_range(first, periods=len(values), freq="M")
    return pd.Series(values, index=index, dtype=float)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, 2, 3, 4], "rings"),
        ([1, 2, 3, 3], "silent"),
        ([None, 2, 3, 4], "cannot be told"),
        ([9, None, 5, 4], "silent"),
        ([4], "cannot be told"),
        ([], "cannot be told"),
    ],
)
def test_a_missing_month_leaves_a_run_open_unless_a_fall_decides(values, expected):
    assert monitor.run_signal(months(values), 3).state == expected


def test_rules_without_enough_months_cannot_be_told():
    declared = monitor.Settings(pd.Period("2025-01", "M"), pd.Period("2025-03", "M"), 0.5, 4, 0.05)
    few = months([1, 2, 3])
    assert monitor.cusum_signal(few, declared).state == monitor.UNTOLD
    assert monitor.trend_signal(few, 0.05).state == monitor.UNTOLD
    assert monitor.year_signal(few).state == monitor.UNTOLD


def test_cumulative_sum_by_hand():
    declared = monitor.Settings(pd.Period("2025-01", "M"), pd.Period("2025-03", "M"), 0.5, 4, 0.05)
    # Baseline 1, 2, 3: mean 2, standard deviation 1; then z of 3 and 2 less 0.5 each.
    signal = monitor.cusum_signal(months([1, 2, 3, 5, 4]), declared)
    assert signal.state == monitor.SILENT and signal.detail.startswith("sum 4.0 of 4")
    assert monitor.cusum_signal(months([1, 2, 3, 5, 4.1]), declared).state == monitor.RINGS


def test_trend_has_a_direction():
    rising = months([1, 2, 3, 4, 5, 6])
    assert monitor.trend_signal(rising, 0.05).state == monitor.RINGS
    assert monitor.trend_signal(rising, 0.05, -1).state == monitor.SILENT


def test_a_short_month_is_no_fall():
    assert monitor.daily(months([3.1, 2.8])).tolist() == pytest.approx([100, 100])


def test_block_by_chance_waits_as_long_as_the_pace_says(chapter):
    (row,) = read_rows("observations", series_id=monitor.REMOVED, period="2026-03-09/2026-04-30")
    days = (date(2026, 4, 30) - date(2026, 3, 9)).days + 1
    block = 0.05 * levels_of(monitor.STOCK)["2026-03-09"]
    chance, wait = monitor.block_chance(chapter)
    assert wait == pytest.approx(block / (float(row["value"]) / days * 365.25 / 12))
    assert chance == pytest.approx(0, abs=1e-12)


# Pictures and words, against the file


def test_flow_title_follows_from_the_rows(chapter):
    per_day = rates()
    later = [month for month in per_day if month > "2025-12"]
    above = sum(per_day[month] > per_day[f"2025{month[4:]}"] for month in later)
    (most,) = read_rows("parameters", parameter_id="offer.turkstream_day")
    figure = monitor.flows(chapter)
    assert f"{above} of {len(later)} months" in figure.title
    full = 100 * max(per_day.values()) / float(most["low"])
    assert f"up to {full:.0f}\u202f% full" in figure.title
    assert figure.data["value"].isna().any()  # months not found are hatched


def test_route_title_counts_what_stands_at_zero(chapter):
    last = {}
    for series in ("gas.flow_nord_stream", "gas.flow_yamal_europe", "gas.flow_ukraine_slovakia"):
        last[series] = levels_of(series)["2026-Q1"]
    totals = levels_of("gas.pipeline_to_europe")
    assert set(last.values()) == {0.0}
    title = monitor.routes(chapter).title
    assert title.startswith(f"{len(last)} of 4 routes stand at zero")
    assert f"{totals['2021']:.0f}\u202fbcm in 2021 and {totals['2025']:.0f}\u202fbcm in 2025" in title


def test_settlement_title_gives_the_ceiling(chapter):
    exports = levels_of(monitor.CEILINGS["exports"], counterparty="WLD")
    found = {month: value for month, value in exports.items() if len(month) == 7 and month[5:].isdigit()}
    title = monitor.settlement(chapter).title
    assert f"from {found['2022-01']:g}\u202f% to {found[max(found)]:g}\u202f%" in title
    assert "May 2022" in title and "2022-05" in levels_of(monitor.DOLLAR, counterparty="WLD")


def test_listing_title_sets_removals_against_a_block(chapter):
    removed, stock = levels_of(monitor.REMOVED), levels_of(monitor.STOCK)
    title = monitor.listings(chapter).title
    start = stock["2026-03-09"]
    assert title.startswith(f"{max(removed.values()):.0f} of {start:.0f} entries")
    assert f"a block would be {0.05 * start + 0.5:.0f}" in title or f"a block would be {0.05 * start:.0f}" in title


@pytest.mark.parametrize(
    ("name", "observation"),
    [
        ("routes", "gas.pipeline_to_europe@2025@RU-@scan_dec25"),
        ("flows", "gas.turkstream_to_europe@2026-05@RU-EUROPE@mp_may26"),
        ("settlement", "ru_exports.settlement_share.unfriendly@2025-07@RU-WLD@prime_20250915"),
        ("listings", "us_sdn.stock.eo14024@2026-04-30@US-RU@sanctionspulse_git"),
    ],
)
def test_a_changed_value_changes_the_figure(chapter, name, observation):
    draw: Callable[[Chapter], Figure] = getattr(monitor, name)
    assert draw(with_value_changed(chapter, observation)).csv != draw(chapter).csv


@pytest.mark.parametrize("name", FIGURES)
def test_no_rows_is_an_error_that_names_the_figure(chapter, name):
    empty = with_table(chapter, "observations", lambda frame: frame.iloc[:0])
    with pytest.raises(ValueError, match=FIGURES[name]):
        getattr(monitor, name)(empty)


def test_odds_are_those_of_the_run_rule(chapter):
    table = monitor.monitor_table(chapter).data.set_index(["indicator", "rule"])
    three = table.loc[("Dollar’s ceiling, exports", "3 rises in a row")]
    assert three["chance"] == "28.9\u202f% / 54.7\u202f%"
    four = table.loc[("Dollar’s ceiling, imports", "4 rises in a row")]
    assert four["chance"] == "5.7\u202f% / 27.2\u202f%" and four["wait"].endswith("/ 30")
    words = monitor.literal_odds(chapter).data
    assert "1 in 24 " in words and "1 in 8 " in words and "1 in 120 " in words and "1 in 16 " in words


def test_the_rows_to_add_take_the_table_s_form(chapter):
    text = monitor.next_rows(chapter).data
    header, *rows = text.split("```text\n")[1].split("\n```")[0].split("\n")
    assert header.split(",") == list(read_rows("observations")[0])
    assert [len(row.split(",")) for row in rows] == [len(header.split(","))] * len(rows)
    first = dict(zip(header.split(","), rows[0].split(","), strict=True))
    assert first["period"] > max(month for month in rates()) and first["value"] == ""
    assert "make notebooks" in text


def test_sentences_have_numbers(chapter):
    for name in ("answer", "literal_odds", "listing_pace"):
        assert getattr(monitor, name)(chapter).data
