"""The figures of trade on the real tables, against a second computation straight from the CSV files."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from typing import Any

import pytest
from chapter_rows import numbers_in, read_rows, values_of, with_value_changed, without_rows

from analysis.chapter import Chapter
from analysis.chapters.dependence import trade

FIGURES: dict[str, tuple[Callable[[Chapter], Any], str]] = {
    "dependence-trade-volume": (
        trade.trade_volume,
        "cn_customs.trade_total_ru@2024@CN-RU@trade_reuters_2025_01",
    ),
    "dependence-trade-shares": (trade.trade_shares, "trade_share.ru_in_cn_total@2024@CN-RU@gap_derived"),
    "dependence-import-share-2023": (
        trade.import_share_2023,
        "trade_share.cn_in_ru_imports@2023@RU-CN@gap_imts_kasetiene",
    ),
    "dependence-import-concentration": (
        trade.import_concentration,
        "ru_imports.goods_by_partner@2024@RU-CN@gap_imts_kasetiene",
    ),
    "dependence-gdp-dependence": (
        trade.gdp_dependence,
        "gdp_dependence.trade_total@2023@RU-CN@gap_derived@2024-07",
    ),
    "dependence-imbalance": (trade.imbalance, "trade_gap.imports@2024@RU-CN@gap_derived@gacc_imf"),
    "dependence-hm-index": (trade.hm_index, "trade_share.cn_in_ru_exports@2024@RU-CN@gap_imts_kasetiene"),
}
OTHERS = [
    trade.mirror,
    trade.latest_months,
    trade.import_denominators,
    trade.openness_identity,
    trade.two_readings,
]


@pytest.mark.parametrize("figure_id", FIGURES)
def test_a_tenth_more_in_one_cell_shows(chapter: Chapter, figure_id: str) -> None:
    draw, cell = FIGURES[figure_id]
    assert draw(chapter).csv != draw(with_value_changed(chapter, cell, "1.1")).csv


@pytest.mark.parametrize("figure_id", FIGURES)
def test_without_rows_the_error_names_the_figure(chapter: Chapter, figure_id: str) -> None:
    nothing = without_rows(chapter, "observations")
    with pytest.raises(ValueError, match=figure_id):
        FIGURES[figure_id][0](nothing)


@pytest.mark.parametrize("write", OTHERS)
def test_sentences_and_tables_need_rows(chapter: Chapter, write: Callable[[Chapter], Any]) -> None:
    with pytest.raises(ValueError, match="figure dependence-"):
        write(without_rows(chapter, "observations"))


def test_volume_is_what_chinese_customs_print(chapter: Chapter) -> None:
    years = [str(year) for year in range(2013, 2026)]
    totals = {year: median(values_of("cn_customs.trade_total_ru", year)) for year in years}
    peak = max(totals, key=lambda year: totals[year])
    expected = [round(totals["2013"]), 2013, round(totals[peak]), int(peak), 2025, round(totals["2025"])]
    assert numbers_in(trade.trade_volume(chapter).title) == expected


def test_volume_says_so_when_the_last_year_is_the_highest(chapter: Chapter) -> None:
    higher = with_value_changed(chapter, "cn_customs.trade_total_ru@2025@CN-RU@trade_tass_2026_01", "2")
    assert "not fallen" in trade.trade_volume(higher).title


def test_first_months_sum_both_flows(chapter: Chapter) -> None:
    def months(year: str) -> float:
        return sum(
            float(row["value"])
            for row in read_rows("observations")
            if row["series_id"].startswith("cn_customs.") and row["series_id"].endswith("_month")
            and row["period"][:4] == year and len(row["period"]) > 4 and int(row["period"][-2:]) <= 4
        )  # fmt: skip

    text = str(trade.latest_months(chapter).data)
    assert f"{months('2026'):.1f}" in text
    assert f"{months('2025'):.1f}" in text
    assert "more than" in text


def test_mirror_compares_only_years_that_russia_reported(chapter: Chapter) -> None:
    excess = []
    rows = read_rows("observations", series_id="ru_imports.goods_by_partner", counterparty="CN", origin_ids="fcs")
    years = sorted(row["period"] for row in rows)
    for year in years:
        received = values_of("ru_imports.goods_by_partner", year, counterparty="CN")[0] / 1000
        excess.append(100 * (received / values_of("cn_customs.exports_to_ru", year)[0] - 1))
    text = str(trade.mirror(chapter).data)
    assert f"{min(excess):.1f}" in text
    assert f"{max(excess):.1f}" in text
    assert f"{years[0]} to {years[-1]}" in text


def test_shares_in_the_title(chapter: Chapter) -> None:
    expected = [
        round(median(values_of(series, year)))
        for series in ("trade_share.cn_in_ru_total", "trade_share.ru_in_cn_total")
        for year in ("2013", "2024")
    ]
    title = trade.trade_shares(chapter).title
    found = numbers_in(title)
    assert [found[0], found[1], found[4], found[5]] == expected
    assert title.count("rose") == 2


def test_a_falling_share_is_called_falling(chapter: Chapter) -> None:
    fallen = with_value_changed(chapter, "trade_share.ru_in_cn_total@2024@CN-RU@gap_derived", "0.1")
    assert "China’s fell" in trade.trade_shares(fallen).title


def test_estimates_give_way_to_outturns(chapter: Chapter) -> None:
    data = trade.trade_shares(chapter).data
    china = data[(data["line"] == trade.CHINA) & (data["period"] == "2024")]
    assert set(china["status"]) == {"outturn"}
    union = data[(data["line"] == trade.UNION) & (data["period"] == "2024")]
    assert set(union["status"]) == {"estimate"}


def test_counts_of_the_import_share(chapter: Chapter) -> None:
    counts = values_of("trade_share.cn_in_ru_imports", "2023") + values_of(
        "trade_share.cn_in_ru_imports", "2023-01/2023-10"
    )
    first_estimate = read_rows("observations", series_id="trade_share.cn_in_ru_imports_bop", period="2023")
    counts += [float(row["value"]) for row in first_estimate]
    inside = [value for value in counts if abs(value - 36.5) <= 0.05 * 36.5]
    outside = [value for value in counts if value not in inside]
    title = trade.import_share_2023(chapter).title
    assert numbers_in(title) == [len(inside), len(counts), 2023, 36.5, min(outside), max(outside)]


def suppliers(year: str, members: int | None) -> tuple[float, float]:
    """Fewest and most equal suppliers, by filling the remainders up to China's value, or spreading them."""
    partners = {
        row["counterparty"]: float(row["value"])
        for row in read_rows("observations", series_id="ru_imports.goods_by_partner", period=year)
        if len(row["counterparty"]) == 2 or row["counterparty"] == "EU27"
    }
    series = "ru_customs.imports_wld" if int(year) < 2022 else "imf.ru_imports_wld"
    total = 1000 * values_of(series, year)[0]

    def filled(amount: float) -> float:
        squares = 0.0
        while amount > 1e-9:
            part = min(amount, partners["CN"])
            squares, amount = squares + part**2, amount - part
        return squares

    low = high = sum(value**2 for area, value in partners.items() if members is None or area != "EU27")
    if members is not None:
        low += partners["EU27"] ** 2 / members
        high += filled(partners["EU27"])
    high += filled(total - sum(partners.values()))
    return total**2 / high, total**2 / low


@pytest.mark.parametrize("year", [str(year) for year in range(2016, 2025)])
@pytest.mark.parametrize("union", [False, True])
def test_bounds_on_suppliers(chapter: Chapter, year: str, union: bool) -> None:
    bounds = trade.supplier_bounds(chapter)
    found = bounds[(bounds["year"] == year) & (bounds["union"] == union)].iloc[0]
    expected = suppliers(year, None if union else 27)
    assert (found["fewest"], found["most"]) == pytest.approx(expected)


def test_concentration_title_follows_from_the_bounds(chapter: Chapter) -> None:
    first, last = suppliers("2016", 27), suppliers("2024", 27)
    title = trade.import_concentration(chapter).title
    assert numbers_in(title) == [
        round(last[0], 1),
        round(last[1], 1),
        2024,
        round(first[0], 1),
        round(first[1], 1),
        2016,
    ]
    certain = suppliers("2024", None)[1] < suppliers("2016", None)[0]
    assert ("not certain" in title) == (not certain and last[1] < first[0])


def test_gdp_title_stays_inside_one_edition(chapter: Chapter) -> None:
    expected = [
        round(values_of("gdp_dependence.trade_total", year, geo=geo)[0] + 1e-9, 1)
        for geo in ("RU", "CN")
        for year in ("2013", "2023")
    ]
    assert numbers_in(trade.gdp_dependence(chapter).title.replace("–", " ")) == [*expected, 2013, 2023]


def test_openness_identity_holds_in_every_row(chapter: Chapter) -> None:
    data = trade.openness_identity(chapter).data
    product = data["trade_share"] * data["openness"] / 100
    assert product.to_numpy() == pytest.approx(data["dependence"].to_numpy())


def test_salience_and_symmetry(chapter: Chapter) -> None:
    data = trade.two_readings(chapter).data.set_index("year")
    china = median(values_of("trade_share.cn_in_ru_total", "2024")) / 100
    russia = median(values_of("trade_share.ru_in_cn_total", "2024")) / 100
    assert data.loc["2024", "salience"] == pytest.approx((china * russia) ** 0.5)
    assert data.loc["2024", "symmetry"] == pytest.approx(1 - (china - russia))
    assert data.loc["2024", "ratio"] == pytest.approx(china / russia)


def test_imbalance_counts_directions(chapter: Chapter) -> None:
    latest = [
        median(values_of(series, period))
        for series, period in (
            ("trade_gap.imports", "2024"),
            ("trade_gap.total", "2024"),
            ("trade_gap.exports", "2024"),
            ("gdp_dependence.gap", "2024"),
            ("dependence_gap.arms", "2020/2024"),
        )
    ]
    figure = trade.imbalance(chapter)
    assert figure.data["value"].tolist() == pytest.approx(latest)
    assert numbers_in(figure.title) == [sum(value > 0 for value in latest), len(latest)]
    assert "in arms it is the other way round" in figure.title


def test_imbalance_without_an_exception(chapter: Chapter) -> None:
    turned = with_value_changed(chapter, "dependence_gap.arms@2020/2024@RU-CN@sipri_register_20260212", "-1")
    assert "By every measure" in trade.imbalance(turned).title


def test_hm_index_beside_its_two_formulas(chapter: Chapter) -> None:
    sells = values_of("trade_share.cn_in_ru_exports", "2024", origin_ids="imf")[0] / 100
    buys = values_of("trade_share.cn_in_ru_imports", "2024", origin_ids="imf")[0] / 100
    sold = values_of("trade_share.ru_in_cn_exports", "2024", origin_ids="gacc")[0] / 100
    bought = values_of("trade_share.ru_in_cn_imports", "2024", origin_ids="gacc")[0] / 100
    data = trade.hm_index(chapter).data
    assert data["ratio"].tolist() == pytest.approx(
        [14.53 / 3.07, sells * (1 - buys) / (sold * (1 - bought)), sells * (1 - bought) / (sold * (1 - buys))]
    )


def test_pictures_are_light(chapter: Chapter) -> None:
    for figure_id, (draw, _) in FIGURES.items():
        picture = draw(chapter)
        if hasattr(picture, "svg"):
            assert picture.figure_id == figure_id
            assert len(picture.svg.encode()) < 150_000
