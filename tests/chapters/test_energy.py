"""The energy figures on the real tables, against a second computation straight from the CSV files."""

from __future__ import annotations

import pandas as pd
import pytest
from chapter_rows import levels_of, numbers_in, read_rows, with_table, with_value_changed, without_rows

from analysis.chapters.dependence import energy

FIGURES = {
    "dependence-largest-buyer": energy.largest_buyer,
    "dependence-gas-volumes": energy.gas_volumes,
    "dependence-crude-discounts": energy.crude_discounts,
    "dependence-crude-ports": energy.port_discounts,
    "dependence-oil-price-definitions": energy.oil_price_definitions,
    "dependence-gas-price-definitions": energy.gas_price_definitions,
    "dependence-crude-rent": energy.rent_table,
}

# One cell that each figure rests on.
CELLS = {
    "dependence-largest-buyer": "crude.to_india_mbd@2024@RU-@eia_es25",
    "dependence-gas-volumes": "gas.pipeline_to_china@2025@RU-@rbc_pos25",
    "dependence-crude-discounts": "urals.discount_to_brent@2022-06@RU-@eia_brent",
    "dependence-crude-ports": "urals.discount_to_brent@2024-12@RU-@eia_brent",
    "dependence-oil-price-definitions": "crude.price_gap_vs_other_suppliers@2024@CN-RU@tass_2013833",
    "dependence-gas-price-definitions": "gas.price_gap_vs_europe@2022@CN-RU@blm_gas23",
    "dependence-crude-rent": "crude.price_gap_vs_other_suppliers@2024@CN-RU@tass_2013833",
}


def prices(series: list[str], periods: set[str]) -> list[float]:
    """The outturns of these series in these periods; provisional values never stand among them."""
    firm = [levels_of(name, status="outturn") for name in series]
    return [value for levels in firm for period, value in levels.items() if period in periods]


OIL = [
    f"crude.price_gap_{name}"
    for name in ("vs_other_suppliers", "vs_saudi", "vs_iraq", "vs_brazil", "vs_uae", "espo_quotes")
]
OIL_WINDOWS = {"2022", "2023-H1", "2023", "2024", "2025-01/2025-08", "2025"}
GAS = [
    f"gas.price_gap_vs_{name}" for name in ("europe", "turkmenistan", "uzbekistan", "kazakhstan", "myanmar")
]
GAS_WINDOWS = {"2020-04", "2021-01", "2022", "2025"}


def alike(option: dict[str, str]) -> bool:
    """Whether both sides of a comparison have a value of one status in the window."""
    (reading,) = read_rows("readings", reading_id=option["reading_id"])
    sides = [
        {row["status"] for row in read_rows("observations", series_id=series, period=reading["period"])}
        for series in reading["key"].split(";")
    ]
    return bool(sides[0] & sides[1])


def test_the_lead_over_india_is_counted_from_the_rows(chapter):
    figure = energy.largest_buyer(chapter)
    pairs = {
        "2024, barrels": ("crude.to_china_mbd", "crude.to_india_mbd", "2024"),
        "FY2022-23, tonnes": ("crude.to_china_mt", "crude.to_india_mt", "FY2022-23"),
        "2024, value of all fuels": ("fossil.value_to_china", "fossil.value_to_india", "2024"),
        "Apr 2024, barrels by sea": ("crude.seaborne_to_china_mbd", "crude.seaborne_to_india_mbd", "2024-04"),
    }
    drawn = figure.data.set_index("label")["ratio"]
    eia = {
        row["series_id"]: float(row["value"])
        for row in read_rows("observations", period="2024", source_id="eia_es25")
        if row["series_id"].startswith("crude.to_")
    }
    for label, (china, india, period) in pairs.items():
        one, two = (
            levels_of(series, ("exact", "about", "above", "below"))[period] for series in (china, india)
        )
        if label == "2024, barrels":
            one, two = eia[china], eia[india]
        assert drawn[label] == pytest.approx(one / two)
    long = figure.data[figure.data["scope"] == "half a year or longer"]
    rest = figure.data[figure.data["scope"] != "half a year or longer"]
    assert len(long) + len(rest) == sum(
        map(alike, read_rows("specifications", claim_id="dependence.092", dimension="window"))
    )
    assert (long["ratio"] > 1).all()
    assert numbers_in(figure.title) == [len(long), (rest["judgement"] == "outside").sum(), len(rest)]


def test_gas_gained_and_lost(chapter):
    china, europe = levels_of("gas.pipeline_to_china"), levels_of("gas.pipeline_to_europe")
    years = sorted(set(china) & set(europe))
    first, last = years[0], years[-1]
    gain, loss = china[last] - china[first], europe[first] - europe[last]
    assert gain < loss / 2 and china[last] > europe[last]
    assert numbers_in(energy.gas_volumes(chapter).title) == [int(last), int(first), round(gain), round(loss)]


def test_premium_months_are_counted(chapter):
    espo = [float(row["value"]) for row in read_rows("observations", series_id="espo.discount_to_ice_brent")]
    title = energy.crude_discounts(chapter).title
    assert numbers_in(title) == [sum(value > 0 for value in espo), len(espo)]
    assert title.endswith("never") is all(
        value <= 0 for value in levels_of("urals.discount_to_brent").values()
    )


def test_ports_are_compared_at_the_loading_port(chapter):
    figure = energy.port_discounts(chapter)
    espo, urals = levels_of("espo.discount_to_ice_brent"), levels_of("urals.discount_to_brent")
    months = sorted(set(espo) & set(urals))
    parameters = {row["parameter_id"]: row for row in read_rows("parameters")}
    freight = parameters["dependence.freight_espo_china"]
    tonne = parameters["dependence.barrels_per_tonne"]
    middle = float(freight["mode"]) / ((float(tonne["low"]) + float(tonne["high"])) / 2)
    dearest = float(freight["high"]) / float(tonne["low"])
    kozmino = figure.data[figure.data["series"] == "ESPO at Kozmino"]
    for drawn, month in zip(kozmino.itertuples(), months, strict=True):
        assert float(drawn.value) == pytest.approx(espo[month] - middle, abs=0.051)
        assert drawn.low == pytest.approx(espo[month] - dearest)
    assert all(espo[month] - middle > urals[month] for month in months)
    assert numbers_in(figure.title) == [len(months)]
    assert ("dearest" in figure.title) is all(espo[month] - dearest > urals[month] for month in months)


def test_oil_definitions(chapter):
    figure = energy.oil_price_definitions(chapter)
    gaps = prices(OIL, OIL_WINDOWS)
    assert sorted(figure.data["estimate"].dropna()) == pytest.approx(sorted(gaps))
    assert numbers_in(figure.title) == [
        sum(gap < 0 for gap in gaps),
        len(gaps),
        10,
        sum(gap <= -10 for gap in gaps),
    ]
    assert figure.data["primary"].sum() == 1
    assert len(figure.data) == len(OIL) * len(OIL_WINDOWS)


def test_gas_definitions(chapter):
    figure = energy.gas_price_definitions(chapter)
    gaps = prices(GAS, GAS_WINDOWS)
    assert sorted(figure.data["estimate"].dropna()) == pytest.approx(sorted(gaps))
    assert numbers_in(figure.title) == [10, sum(gap <= -10 for gap in gaps), len(gaps)]


def test_the_rent_account(chapter):
    account = energy.rent_account(chapter).set_index("year")
    value, volume = levels_of("crude.imports_value"), levels_of("crude.imports_volume")
    gaps = levels_of("crude.price_gap_vs_other_suppliers")
    assert list(account.index) == sorted(set(value) & set(volume) & set(gaps))
    for year, row in account.iterrows():
        others = value[year] / (1 + gaps[year] / 100)  # what the same oil would have cost
        assert row["gap"] == pytest.approx(others - value[year])
        assert row["discount"] == pytest.approx(100 * (1 - value[year] / others))
        assert row["left_low"] == pytest.approx(row["gap"] - volume[year] * 1.74 * 7.33 / 1000)
        assert row["left_high"] == pytest.approx(row["gap"] - volume[year] * 0.23 * 7.3 / 1000)
    assert pd.isna(account.loc["2021", "elasticity"])  # China paid more
    assert account.loc["2024", "elasticity"] == pytest.approx(100 / account.loc["2024", "discount"] - 1)
    title = numbers_in(energy.rent_table(chapter).title)
    assert title[:4] == [
        round(account["gap"].max(), 1),
        int(account["gap"].idxmax()),
        round(account["gap"].iloc[-1], 1),
        2024,
    ]


def test_sentences_follow_the_rows(chapter):
    volume = levels_of("crude.imports_volume")
    for first, last in (("2014", "2024"), ("2021", "2024"), ("2024", "2025"), ("2013", "2014")):
        change = 100 * (volume[last] / volume[first] - 1)
        words = f"{'rose' if change > 0 else 'fell'} by {abs(change):.0f}\u202f% from {first} to {last}"
        assert words in energy.volumes(chapter).data
    text = energy.answer(chapter).data
    for series in ("crude.partner_share_of_exports", "crude.share_of_partner_imports"):
        assert f"{levels_of(series)['2024']:g}\u202f%" in text
    oil, gas = prices(OIL, OIL_WINDOWS), prices(GAS, GAS_WINDOWS)
    for gaps in (oil, gas):
        assert f"{sum(gap <= -10 for gap in gaps)} of {len(gaps)}" in text
    assert "8–23\u202f% less" in energy.controls(chapter).data
    assert "LNG volume in all" in energy.warming(chapter).data
    assert "41\u202f%" in energy.markdown_check(chapter).data


@pytest.mark.parametrize("figure_id", FIGURES)
def test_a_changed_cell_changes_the_figure(chapter, figure_id):
    moved = with_value_changed(chapter, CELLS[figure_id])
    assert FIGURES[figure_id](moved).csv != FIGURES[figure_id](chapter).csv


def test_a_premium_in_every_month_turns_the_title(chapter):
    def turned(rows: pd.DataFrame) -> pd.DataFrame:
        return rows.assign(
            value=rows["value"].mask(rows["series_id"] == "urals.discount_to_brent", -rows["value"])
        )

    moved = with_table(chapter, "observations", turned)
    assert "shallower at the western ports" in energy.port_discounts(moved).title
    assert "dearest" not in energy.port_discounts(moved).title
    assert "western ports never" not in energy.crude_discounts(moved).title


@pytest.mark.parametrize("figure_id", FIGURES)
def test_without_rows_the_error_names_the_figure(chapter, figure_id):
    with pytest.raises(ValueError, match=figure_id):
        FIGURES[figure_id](without_rows(chapter, "observations"))


def test_the_drawing_is_light(chapter):
    for draw in (energy.largest_buyer, energy.oil_price_definitions):
        assert len(draw(chapter).svg.encode()) < 60_000
