"""The figures of trade diversion on the real tables, against a second computation straight from the CSV files."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import isnan
from typing import Any

import pytest
from chapter_rows import (
    numbers_in,
    read_rows,
    value_of,
    with_value_changed,
    without_rows,
)

from analysis.chapter import Chapter, read_chapter
from analysis.chapters.endgame import diversion

IMTS = "gap_imts_kasetiene"
FIGURES: dict[str, tuple[Callable[[Chapter], Any], str]] = {
    "endgame-trade-partners": (
        partial(diversion.trade_partners, flow="imports"),
        f"ru_imports.goods_by_partner@2024@RU-CN@{IMTS}",
    ),
    "endgame-trade-partners-exports": (
        partial(diversion.trade_partners, flow="exports"),
        f"ru_exports.goods_by_partner@2024@RU-IN@{IMTS}",
    ),
    "endgame-one-change": (diversion.one_change, "us_gdp.deflator@2023@US-@gap_derived"),
    "endgame-fillers": (diversion.fillers, f"ru_exports.goods_by_partner@2023@RU-TR@{IMTS}"),
    "endgame-machinery": (
        diversion.machinery,
        "machinery_exports.to_ru_change@2022-06@GB-RU@trade_ons_2022_06",
    ),
    "endgame-direct-goods": (
        diversion.direct_goods,
        "medicine_exports.to_ru@2025@EU27-RU@trade_tass_gaidar_eu_2026",
    ),
    "endgame-rerouting": (
        diversion.rerouting,
        "eu_sanctioned_goods.exports@2022-03/2022-11@EU27-KZ@zemlys_2023",
    ),
    "endgame-studies": (
        diversion.studies,
        "sanctioned_goods.china_offset_plastics@2023-11/2024-10@RU-CN@trade_gaidar_rspa_2025",
    ),
    "endgame-study-levels": (
        diversion.study_levels,
        "ru_market.share_of_world_exports@2017/2019@WLD-RU@trade_bruegel_2024_03",
    ),
    "endgame-china-prices": (
        diversion.crude_prices,
        "crude.price_gap_vs_saudi@2024@CN-RU@digipub_2025",
    ),
    "endgame-gas-prices": (diversion.gas_prices, "gas.price_gap_vs_europe@2022@CN-RU@blm_gas23"),
    "endgame-china-firms": (
        diversion.chinese_firms,
        "ru_chinese_firms.stock@2021-12@RU-CN@rusprofile_ria_202509",
    ),
    "endgame-india": (
        diversion.india_turnover,
        "in_commerce.trade_total_ru@FY2024-25@IN-RU@trade_moneycontrol_2025",
    ),
    "endgame-india-energy": (
        diversion.india_energy,
        "in_ru_trade.energy_share_turnover@2023@IN-RU@orf_deepdive_2024",
    ),
    "endgame-india-goods": (
        diversion.india_goods,
        "in_exports_to_ru.medicines@FY2025-26@IN-RU@tradestat_mospi_2026",
    ),
}
OTHERS = [
    diversion.answer_gap,
    diversion.answer_routes,
    diversion.answer_china,
    diversion.answer_india,
    diversion.one_change,
    diversion.prices_paid,
    diversion.counted_once,
    diversion.gas_forecasts,
]
NAMES = {"CN_IN_TR": diversion.THREE, "EMERGING": diversion.ALL, "EMERGING_X": diversion.WITHOUT}
YEARS = {"2021": [2021], "2019": [2019], "2019_21": [2019, 2020, 2021], "2017_19": [2017, 2018, 2019]}


@pytest.fixture(scope="module")
def own() -> Chapter:
    return read_chapter("endgame")


@pytest.mark.parametrize("figure_id", FIGURES)
def test_a_tenth_more_in_one_cell_shows(own: Chapter, figure_id: str) -> None:
    draw, cell = FIGURES[figure_id]
    assert draw(own).csv != draw(with_value_changed(own, cell)).csv


@pytest.mark.parametrize("figure_id", FIGURES)
def test_without_rows_the_error_names_the_figure(own: Chapter, figure_id: str) -> None:
    with pytest.raises(ValueError, match=f"figure {figure_id}"):
        FIGURES[figure_id][0](without_rows(own, "observations"))


@pytest.mark.parametrize("write", OTHERS)
def test_sentences_and_tables_need_rows(own: Chapter, write: Callable[[Chapter], Any]) -> None:
    with pytest.raises(ValueError, match="figure endgame-"):
        write(without_rows(own, "observations"))


# The gap, by hand


def trade(flow: str, group: str, year: int) -> float:
    """Trade with a group in millions of dollars; Kazakhstan is missing from the last estimates."""
    rows = {
        row["counterparty"]: float(row["value"])
        for row in read_rows("observations", series_id=f"ru_{flow}.goods_by_partner", period=str(year))
    }
    if group == "CN_IN_TR":
        return rows["CN"] + rows["IN"] + rows["TR"]
    if group == "EMERGING_X":
        return rows["EMERGING"] - sum(rows.get(area, 0.0) for area in ("KZ", "UG", "UZ"))
    return rows[group]


def price(year: int) -> float:
    return value_of("us_gdp.deflator", str(year)) / 100


def mean(values: list[float]) -> float:
    return sum(values) / len(values)


def by_hand(flow: str, definition: str, base: str, group: str, year: int) -> float:
    """The share filled in percent, without the method."""

    def before(name: str) -> float:
        deflated = definition == "real"
        return mean([trade(flow, name, one) / (price(one) if deflated else 1) for one in YEARS[base]])

    def after(name: str) -> float:
        return trade(flow, name, year) / (price(year) if definition == "real" else 1)

    def carried(name: str) -> float:
        growth = (trade(flow, name, 2021) / trade(flow, name, 2017)) ** 0.25
        return growth ** (year - mean([float(one) for one in YEARS[base]]))

    lost, had = before("ADVANCED"), before(group)
    if definition in ("net", "others"):
        had *= carried(group)
    if definition == "net":
        lost *= carried("ADVANCED")
    return 100 * (after(group) - had) / (lost - after("ADVANCED"))


DEFINITIONS = {
    "gross": diversion.GROSS,
    "real": diversion.REAL,
    "others": diversion.OTHERS_TREND,
    "net": diversion.BOTH_TRENDS,
}
BASES = dict(zip(["2021", "2019_21", "2019", "2017_19"], diversion.BASES, strict=True))


def derived() -> list[dict[str, str]]:
    rows = read_rows("observations", source_id="gap_derived")
    own_series = [f"ru_{flow}.gap_filled." for flow in ("imports", "exports")]
    return [row for row in rows if any(row["series_id"].startswith(start) for start in own_series)]


def test_derived_rows_say_what_the_method_computes(own: Chapter) -> None:
    rows = diversion.rows_of(own, "endgame-one-change")
    frames = {flow: diversion._trade(rows, flow) for flow in diversion.FLOWS}
    levels = diversion._levels(rows)
    checked = derived()
    assert len(checked) > 100
    for row in checked:
        flow, _, choice = row["series_id"].removeprefix("ru_").partition(".gap_filled.")
        definition, _, base = choice.partition("_from_")
        value = diversion.filled(
            frames[flow],
            levels,
            DEFINITIONS[definition],
            BASES[base],
            NAMES[row["counterparty"]],
            row["period"],
        )
        # Rows are rounded to a tenth; where almost nothing was lost, the rounding of their inputs shows.
        assert value == pytest.approx(float(row["value"]), abs=0.051, rel=5e-4), row["observation_id"]


def test_what_has_no_derived_row_lost_nothing_or_lacks_a_price(own: Chapter) -> None:
    rows = diversion.rows_of(own, "endgame-one-change")
    held = {(row["series_id"], row["period"], row["counterparty"]) for row in derived()}
    for flow in diversion.FLOWS:
        frame, levels = diversion._trade(rows, flow), diversion._levels(rows)
        for definition in ("gross", "real", "net"):
            for base, words in BASES.items():
                for year in ("2022", "2023", "2024"):
                    value = diversion.filled(
                        frame, levels, DEFINITIONS[definition], words, diversion.THREE, year
                    )
                    key = (f"ru_{flow}.gap_filled.{definition}_from_{base}", year, "CN_IN_TR")
                    assert isnan(value) == (key not in held), key


def test_the_answer_counts_the_comparisons_that_agree(own: Chapter) -> None:
    said = diversion.answer_gap(own).data
    for claim_id in (diversion.TAKEN_OVER, diversion.FILLED):
        for curve in own.now[claim_id].curves:
            assert (
                f"in {int(curve.runs['holds'].sum())} of {len(curve.runs)} comparisons of {curve.estimand}"
                in said
            )


def test_one_change_changes_one_thing(own: Chapter) -> None:
    data = diversion.one_change(own).data.set_index("choice")
    for flow in ("imports", "exports"):
        expected = {
            "as the criterion reads it": by_hand(flow, "gross", "2021", "CN_IN_TR", 2023),
            "net of the others’ trend": by_hand(flow, "others", "2021", "CN_IN_TR", 2023),
            "base 2019": by_hand(flow, "gross", "2019", "CN_IN_TR", 2023),
            diversion.WITHOUT: by_hand(flow, "gross", "2021", "EMERGING_X", 2023),
            "year 2024": by_hand(flow, "gross", "2021", "CN_IN_TR", 2024),
        }
        for choice, value in expected.items():
            assert data.loc[choice, flow] == pytest.approx(value)
            words = "taken over" if value >= 90 else "over half" if value > 50 else "half or less"
            assert data.loc[choice, f"{flow}_reads"] == words
        total = [sum(trade(flow, group, year) for group in ("ADVANCED", "EMERGING")) for year in (2021, 2023)]
        recovered = data[data.index.str.contains("recovery")].iloc[0]
        assert recovered[flow] == pytest.approx(100 * total[1] / total[0])
    assert isnan(data.loc["year 2022", "exports"])
    assert by_hand("exports", "gross", "2021", "CN_IN_TR", 2022) > diversion.DRAWN


def test_nothing_lost_is_no_share(own: Chapter) -> None:
    rows = diversion.rows_of(own, "endgame-one-change")
    frame = diversion._trade(rows, "exports")
    nothing = diversion._levels(rows)
    assert isnan(diversion.filled(frame, nothing, diversion.GROSS, "2019", diversion.THREE, "2022"))
    assert isnan(diversion.filled(frame, nothing, diversion.REAL, "2021", diversion.THREE, "2024"))
    assert diversion._reading(own, float("nan")) == "nothing lost"


def test_the_three_fill_what_each_of_them_fills(own: Chapter) -> None:
    data = diversion.fillers(own).data
    for flow in ("imports", "exports"):
        part = data[(data["flow"] == flow) & data["area"].isin(["CN", "IN", "TR"])]
        assert part["value"].sum() == pytest.approx(by_hand(flow, "gross", "2021", "CN_IN_TR", 2023), abs=0.2)
    shares = {area: by_hand("imports", "gross", "2021", area, 2023) for area in ("CN", "TR", "IN")}
    assert numbers_in(diversion.fillers(own).title)[:4] == [
        2023,
        *(round(value) for value in shares.values()),
    ]


def test_partners_titles_take_differences(own: Chapter) -> None:
    for flow in ("imports", "exports"):
        change = {
            group: trade(flow, group, 2024) - trade(flow, group, 2021) for group in ("ADVANCED", "CN_IN_TR")
        }
        title = diversion.trade_partners(own, flow).title
        assert numbers_in(title) == [
            2024,
            round(abs(change["ADVANCED"]) / 1000),
            2021,
            round(abs(change["CN_IN_TR"]) / 1000),
        ]
        assert "less than" in title and title.endswith("more")


# Routes


def test_machinery_prints_what_was_published(own: Chapter) -> None:
    falls = [
        value_of("machinery_exports.to_ru_change", "2022-06"),
        value_of("machinery_exports.to_ru_change", "2022"),
        value_of("eu_sanctioned_goods.exports_change", "2022-03/2022-11", counterparty="RU"),
    ]
    rises = [
        value_of("machinery_exports.to_ru_change_other", "2023-11/2024-10"),
        value_of("cn_ball_bearings.to_ru_change", "2024"),
        value_of("cn_ball_bearings.to_ru_volume_change", "2024"),
    ]
    expected = [round(-max(falls)), round(-min(falls)), *map(abs, rises)]
    title = diversion.machinery(own).title
    assert numbers_in(title) == expected
    assert [word for word in title.split() if word in ("rose", "fell")] == [
        "rose" if change > 0 else "fell" for change in rises
    ]


def test_direct_goods_are_all_shown(own: Chapter) -> None:
    table = diversion.direct_goods(own)
    series = ("medicine_exports.to_ru", "medicine_exports.to_ru_eur", "agrifood_exports.to_ru")
    assert len(table.data) == sum(len(read_rows("observations", series_id=name)) for name in series)
    first, final = (value_of(series[0], year, geo="EU27") for year in ("2024", "2025"))
    assert numbers_in(table.title) == [first, 2024, final, 2025]


def restricted(area: str) -> float:
    series = "eu_sanctioned_goods.exports"
    before, after = (value_of(series, f"{year}-03/{year}-11", counterparty=area) for year in ("2021", "2022"))
    return after - before


def test_the_detour_is_bounded_by_what_the_union_sold(own: Chapter) -> None:
    lost, gained = -restricted("RU"), restricted("EU_EAST")
    expected = [round(lost, 1), round(gained, 1), round(100 * gained / lost)]
    assert numbers_in(diversion.rerouting(own).title) == expected
    members = sum(restricted(area) for area in ("AM", "BY", "GE", "KG", "KZ", "UZ"))
    assert members == pytest.approx(gained, abs=0.01)


def test_transit_is_counted_once(own: Chapter) -> None:
    gain = trade("imports", "EMERGING", 2023) - trade("imports", "EMERGING", 2021)
    loss = trade("imports", "ADVANCED", 2021) - trade("imports", "ADVANCED", 2023)
    near = [
        trade("imports", area, 2023) - trade("imports", area, 2021)
        for area in ("AM", "BY", "GE", "KG", "KZ", "UZ")
    ]
    transit = sum(change for change in near if change > 0)
    high, low = diversion._transit(own)
    assert high == pytest.approx(100 * gain / loss)
    assert low == pytest.approx(100 * (gain - transit) / (loss - transit))
    text = diversion.counted_once(own).data
    assert f"between {round(low)}" in text
    assert f"and {round(high)}" in text


def test_studies_are_counted_from_the_rows(own: Chapter) -> None:
    series = [
        "sanctioned_goods.replaced",
        *(
            f"sanctioned_goods.china_offset_{goods}"
            for goods in ("machinery", "precision", "plastics", "electrical", "aircraft")
        ),
        "ru_imports.gap_filled.mirror_51_from_2021",
    ]
    values = [float(row["value"]) for name in series for row in read_rows("observations", series_id=name)]
    detour = [
        float(row["value"]) for row in read_rows("observations", series_id="rerouting.share_of_lost_exports")
    ]
    expected = [sum(value > 50 for value in values), len(values), round(max(values)), round(max(detour))]
    assert numbers_in(diversion.studies(own).title) == expected


def test_levels_span_the_studies(own: Chapter) -> None:
    values = [
        float(row["value"])
        for name in ("sanctioned_goods.level", "sanctioned_goods.level_components")
        for row in read_rows("observations", series_id=name)
    ]
    share = "ru_market.share_of_world_exports"
    values.append(100 * value_of(share, "2022-09/2023-10") / value_of(share, "2017/2019"))
    assert numbers_in(diversion.study_levels(own).title) == [round(min(values)), round(max(values))]


# China and India


def test_no_comparison_is_left_out(own: Chapter) -> None:
    def gaps(start: str) -> list[float]:
        return [
            float(row["value"])
            for row in read_rows("observations")
            if row["series_id"].startswith(start) and (row["period"] >= "2022")
        ]

    india = gaps("crude.price_gap_india")
    china = [*gaps("crude.price_gap_vs_"), *gaps("crude.price_gap_espo")]
    met = sum(-17.5 <= value <= -15.5 for value in india)
    title = diversion.crude_prices(own).title
    assert not any(-17.5 <= value <= -15.5 for value in china)
    assert title.startswith("None of")
    assert numbers_in(title) == [len(china), 16, 17, -min(china), met, len(india)]


def test_a_comparison_that_meets_the_figure_is_counted(own: Chapter) -> None:
    met = with_value_changed(own, "crude.price_gap_vs_uae@2023-H1@CN-RU@rcforum_202307")
    assert diversion.crude_prices(met).title.startswith("1 of")


def test_gas_keeps_forecasts_apart(own: Chapter) -> None:
    rows = read_rows("observations", series_id="gas.price_gap_vs_europe")
    values = [-float(row["value"]) for row in rows]
    assert numbers_in(diversion.gas_prices(own).title) == [round(min(values)), round(max(values))]
    assert set(diversion.gas_prices(own).data["status"]) == {"outturn", "estimate"}
    forecasts = read_rows("observations", series_id="gas.price_gap_vs_west_forecast")
    text = diversion.gas_forecasts(own).data
    assert all(f"{-float(row['value']):.1f}" in text for row in forecasts)


def test_firms_tell_stock_from_flow(own: Chapter) -> None:
    series = "ru_chinese_firms.stock"
    first, final = value_of(series, "2021-12"), value_of(series, "2025-09")
    table = diversion.chinese_firms(own)
    yearly = 100 * ((final / first) ** (365.25 / 1369) - 1)  # 31 December 2021 to 30 September 2025
    assert numbers_in(table.data["value"].iloc[2]) == [round(yearly)]
    assert numbers_in(table.title)[0] == value_of(
        "ru_chinese_firms.new_registrations_growth", "2024-01/2024-09"
    )


def test_india_years_are_kept_apart(own: Chapter) -> None:
    ministry = value_of("in_commerce.trade_total_ru", "2022")
    months = value_of("in_commerce.trade_total_ru", "2022-04/2023-02")
    imf = value_of("imf_trade.total_in_ru", "2022")
    assert numbers_in(diversion.india_turnover(own).title) == [2022, 49, ministry, imf, months]


def test_energy_years_over_the_printed_share(own: Chapter) -> None:
    counts = []
    for part in ("turnover", "imports"):
        rows = read_rows("observations", series_id=f"in_ru_trade.energy_share_{part}")
        counts += [sum(float(row["value"]) > 80 for row in rows), len(rows)]
    assert numbers_in(diversion.india_energy(own).title) == [80, *counts]


def test_indian_goods_change_between_the_two_years(own: Chapter) -> None:
    data = diversion.india_goods(own).data.set_index("goods")
    series = "in_exports_to_ru.medicines"
    before, after = value_of(series, "FY2024-25"), value_of(series, "FY2025-26")
    assert data.loc["to Russia: medicines", "change"] == pytest.approx(100 * (after / before - 1))
