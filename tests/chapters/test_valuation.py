"""The size and the worth of the offer, against a second computation straight from the CSV files."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from html import unescape
from statistics import median
from typing import Any

import numpy as np
import pandas as pd
import pytest
from chapter_rows import numbers_in, read_rows, value_of, with_table, with_value_changed, without_rows

from analysis.chapter import Chapter, read_chapter
from analysis.chapters.offer import sides, simulation, valuation, what_if
from analysis.chapters.offer.deal import Terms, whole
from analysis.chapters.rows import parameter
from analysis.methods.monte_carlo import quantiles

CLAIM = "us_ru_offer.claimed_value@2026-02@RU-US@ap_20260207_lordspress"
BEST = "us_ru_offer.best_case_yearly@2026@RU-US@rbcua_20260218_economist"
GDP = "wb.gdp_current_usd@2024@RU-@trade_wb_gdp_2024a@2025-07"

# What draws each figure, a cell or parameter that it must follow, and its id.
DRAWN: dict[str, tuple[Callable[[Chapter], Any], str]] = {
    "offer-size": (valuation.size, "budget.oil_gas_revenue@2025@RU-@gbf_2025"),
    "offer-yearly": (valuation.yearly, CLAIM),
    "offer-value": (valuation.present_values, GDP),
    "offer-break-even": (valuation.break_even, CLAIM),
    "offer-steps": (what_if.path_down, CLAIM),
    "offer-two-sides": (sides.two_sides, "loss.fcdo_oil_tax@2022-02/2025-02@RU-@fcdo_2025@2025-06-13"),
    "offer-option": (sides.option, BEST),
    "offer-simulation": (simulation.simulation, BEST),
}
SENTENCES = [
    valuation.size_answer,
    valuation.value_answer,
    valuation.risk,
    valuation.rent,
    sides.sides_answer,
    sides.stage_table,
    simulation.best_case,
    simulation.sobol,
]


@pytest.fixture(scope="module")
def own() -> Chapter:
    return read_chapter("offer")


@pytest.fixture(scope="module")
def assumed() -> dict[str, dict[str, float]]:
    found = {}
    for row in read_rows("parameters", article_id="offer"):
        ends = {end: float(row[end]) if row[end] else float("nan") for end in ("low", "mode", "high")}
        ends["middle"] = (ends["low"] + ends["high"]) / 2 if np.isnan(ends["mode"]) else ends["mode"]
        found[row["parameter_id"].removeprefix("offer.")] = ends
    return found


def annuity(rate: float, years: int) -> float:
    return (1 - (1 + rate) ** -years) / rate


def trillions() -> float:
    return next(float(row["value"]) for row in read_rows("observations", observation_id=CLAIM))


def output() -> float:
    return float(read_rows("observations", observation_id=GDP)[0]["value"])


def worth(assumed: dict[str, dict[str, float]], last: str) -> float:
    """The middle worth in trillions up to a step, by the formula of the annuity."""
    rate, hazard = assumed["discount_rate"]["middle"] / 100, assumed["breakup_hazard"]["middle"] / 100
    years, wait = assumed["years"]["middle"], np.floor(assumed["deferral"]["middle"] + 0.5)
    order = ["even", "late", "risky", "rent"]
    used = order[: order.index(last) + 1]
    risky = (1 + rate) / (1 - hazard) - 1 if "risky" in used else rate
    value = trillions() / years * annuity(risky, years)
    value *= (1 + risky) ** -wait if "late" in used else 1
    return value * (assumed["rent_share"]["middle"] / 100 if "rent" in used else 1)


@pytest.mark.parametrize("figure_id", DRAWN)
def test_a_changed_cell_changes_the_figure(own: Chapter, figure_id: str) -> None:
    draw, cell = DRAWN[figure_id]
    assert draw(own).csv != draw(with_value_changed(own, cell, "0.9")).csv


@pytest.mark.parametrize("figure_id", DRAWN)
def test_without_rows_the_error_names_the_figure(own: Chapter, figure_id: str) -> None:
    with pytest.raises(ValueError, match=figure_id):
        DRAWN[figure_id][0](without_rows(own, "observations"))


@pytest.mark.parametrize("write", SENTENCES)
def test_sentences_need_rows(own: Chapter, write: Callable[[Chapter], Any]) -> None:
    with pytest.raises(ValueError, match="figure offer-"):
        write(without_rows(own, "observations"))


@pytest.mark.parametrize(
    ("name", "draw"),
    [
        ("discount_rate", what_if.path_down),
        ("rent_share", what_if.path_down),
        ("gdp_growth", valuation.yearly),
        ("build_cost", sides.two_sides),
        ("permit_success", sides.option),
        ("gdp", simulation.simulation),
        ("flow_growth", simulation.sobol),
    ],
)
def test_a_changed_assumption_changes_the_figure(own: Chapter, name: str, draw: Callable[[Chapter], Any]) -> None:
    def change(frame: pd.DataFrame) -> pd.DataFrame:
        hit = frame["parameter_id"] == f"offer.{name}"
        for end in ("low", "mode", "high"):
            frame[end] = frame[end].mask(hit & frame[end].notna(), frame[end].map(lambda value: value * type(value)("0.9")))
        return frame

    assert draw(own).csv != draw(with_table(own, "parameters", change)).csv


def test_size_a_year_and_energy_exports(own: Chapter) -> None:
    figure = valuation.size(own)
    data = figure.data.set_index("label")
    total = 1000 * trillions()
    assert numbers_in(figure.title.replace("–", " ")) == [30, 40, trillions(), total / 40, total / 30]
    goods = float(
        read_rows("observations", series_id="ru_exports.goods_by_partner", period="2023", counterparty="WLD")[0]["value"]
    ) / 1000
    shares = [float(row["value"]) for row in read_rows("observations", series_id="ru_exports.oil_gas_share", period="2023")]
    cargoes = value_of("fossil.export_revenue", "2024-02-24/2025-02-23", counterparty="WLD")
    estimates = [goods * share / 100 for share in shares]
    estimates.append(cargoes / value_of("exchange_rate.eur_per_usd", "2024"))
    exports = data.loc["Russia’s energy exports"]
    assert exports["value"] == round(median(estimates))
    assert (exports["low"], exports["high"]) == pytest.approx((min(estimates), max(estimates)))
    assert ("more than all" in figure.title) == (total / 40 > max(estimates))
    take = value_of("budget.oil_gas_revenue", "2025", status="outturn") * 1000
    assert data.loc["Budget’s oil and gas take, 2025", "value"] == round(take / value_of("exchange_rate.rub_per_usd", "2025"))


def test_yearly_shares_and_the_output_to_come(own: Chapter, assumed: dict[str, dict[str, float]]) -> None:
    shown = valuation.yearly(own)
    data = shown.data.set_index("years")
    total, product = 1000 * trillions(), output()
    assert data.index.tolist() == [3, 30, 35, 40]
    for years, row in data.iterrows():
        assert row["of_gdp"] == pytest.approx(100 * total / years / product)
        for place, end in enumerate(("low", "mode", "high")):
            growth = assumed["gdp_growth"][end] / 100
            ahead = sum(product * (1 + growth) ** year for year in range(1, years + 1))
            assert row[f"grown_{place}"] == pytest.approx(100 * total / ahead)
    assert numbers_in(shown.title) == [3, round(100 * total / 3 / product), 40, round(100 * total / 40 / product)]


def test_worth_now_is_the_annuity(own: Chapter, assumed: dict[str, dict[str, float]]) -> None:
    data = what_if.path_down(own).data["value"].tolist()
    expected = [trillions(), *(worth(assumed, step) for step in ("even", "late", "risky", "rent")), output() / 1000]
    assert data == pytest.approx(expected, abs=0.00501)
    title = valuation.present_values(own).title
    even, left = (1000 * worth(assumed, step) / output() for step in ("even", "rent"))
    assert numbers_in(title) == [assumed["discount_rate"]["middle"], round(even, 1), round(left, 2)]
    said = numbers_in(str(valuation.value_answer(own).data))
    assert said[:3] == [trillions(), assumed["years"]["middle"], round(worth(assumed, "even"), 1)]


def test_break_even_rates_are_true_roots(own: Chapter) -> None:
    data = valuation.break_even(own).data.set_index("case")
    for years in (30, 40):
        rate = data.loc[f"{years} years", "rate"] / 100
        assert 1000 * trillions() / years * annuity(rate, years) == pytest.approx(output())
        assert data.loc[f"{years} years", "at_1"] == pytest.approx(1000 * trillions() / years * annuity(0.10, years) / output())
    known = data["rate"].dropna()
    assert numbers_in(valuation.break_even(own).title)[:2] == [round(known.min(), 1), round(known.max(), 1)]


def test_risk_stands_in_flows_or_rate_never_both(own: Chapter, assumed: dict[str, dict[str, float]]) -> None:
    rate, hazard = assumed["discount_rate"]["middle"] / 100, assumed["breakup_hazard"]["middle"] / 100
    alone = (1 + rate) / (1 - hazard) - 1
    text = str(valuation.risk(own).data)
    once = 1000 * worth(assumed, "risky") / output()
    assert numbers_in(text)[:4] == [5, round(100 * alone, 1), 10, round(once, 2)]
    in_rate = Terms(1.0, 35, alone, 6).worth()
    assert Terms(1.0, 35, rate, 6, hazard).worth() == pytest.approx(in_rate)


def test_gross_and_rent(own: Chapter) -> None:
    rents, sector = value_of("rents.share_of_gdp", "2019"), value_of("oil_gas_sector.share_of_gdp", "2019")
    assert numbers_in(str(valuation.rent(own).data))[:4] == [2019, rents, sector, round(100 * rents / sector)]


def test_relief_a_year_follows_the_spans(own: Chapter) -> None:
    def yearly(series_id: str, start: date, end: date, rate: float = 1.0) -> float:
        return float(read_rows("observations", series_id=series_id)[0]["value"]) / rate / ((end - start).days / 365.25)

    euro = value_of("exchange_rate.eur_per_usd", "2023")
    estimates = [
        yearly("loss.fcdo_oil_tax", date(2022, 2, 1), date(2025, 3, 1)),
        yearly("loss.kse_oil_gas", date(2022, 2, 1), date(2023, 9, 1)),
        yearly("loss.crea_oil_first_year", date(2022, 12, 1), date(2023, 12, 1), euro),
    ]
    data = sides.two_sides(own).data
    russia = data[(data["line"].str.startswith("Russia")) & (data["x"] == 1)].iloc[0]
    rate = 1.1
    assert russia["y"] == pytest.approx(median(estimates) / rate)
    assert (russia["low"], russia["high"]) == pytest.approx((min(estimates) / rate, max(estimates) / rate))


def test_payback_year_is_the_first_that_earns_the_outlay(own: Chapter, assumed: dict[str, dict[str, float]]) -> None:
    income = value_of("us_ru_offer.best_case_yearly", "2026")
    build = assumed["build_cost"]["middle"] * income
    outlay = build * (0.01 * assumed["permit_cost"]["middle"] + 0.01 * assumed["appraisal_cost"]["middle"] / 1.1 + 1 / 1.1**2)
    margin, earned, year = assumed["margin"]["middle"] / 100 * income, 0.0, 6
    while earned < outlay:
        year += 1
        earned += margin / 1.1**year
    title = sides.two_sides(own).title
    assert numbers_in(title) == [year]


def test_stages_against_a_walk_through_the_tree(own: Chapter, assumed: dict[str, dict[str, float]]) -> None:
    income, rate = value_of("us_ru_offer.best_case_yearly", "2026"), 1.1
    build = assumed["build_cost"]["middle"] * income
    chances = [assumed[f"{stage}_success"]["middle"] / 100 for stage in ("permit", "appraisal", "build")]
    costs = [assumed["permit_cost"]["middle"] / 100 * build, assumed["appraisal_cost"]["middle"] / 100 * build, build]
    data = sides.option(own).data
    for hazard in (0.0, 2.0, 10.0):
        alone = rate / (1 - hazard / 100) - 1
        payoff = assumed["margin"]["middle"] / 100 * income * annuity(alone, 35)
        building = max(0, chances[2] * payoff / rate ** (assumed["deferral"]["middle"] - 2) - costs[2])
        planning = max(0, chances[1] * building / rate - costs[1])
        starting = max(0, chances[0] * planning / rate - costs[0])
        at_once = np.prod(chances) * payoff / rate ** assumed["deferral"]["middle"] - sum(costs)
        found = data[np.isclose(data["x"], hazard)].set_index("line")["y"]
        assert found["in stages, free to stop"] == pytest.approx(starting, abs=1e-9)
        assert found["all committed at once"] == pytest.approx(at_once)
    staged = data[data["line"].str.startswith("in stages")]
    assert numbers_in(sides.option(own).title)[0] == pytest.approx(staged.loc[staged["y"] > 0, "x"].max())


def test_percentiles_against_a_closed_form(own: Chapter) -> None:
    varied = simulation.inputs(own)
    uniform = np.random.default_rng(simulation.SEED).uniform(size=(simulation.SAMPLES, len(varied)))
    drawn = quantiles(varied, uniform)
    years, wait = (np.floor(drawn[name] + 0.5) for name in ("years", "deferral"))
    growth = 1 + drawn["flow_growth"] / 100
    kept = (1 - drawn["breakup_hazard"] / 100) / (1 + drawn["discount_rate"] / 100)
    ratio = kept * growth
    first = 1000 * drawn["face_value"] * (1 - growth) / (1 - growth**years)
    gross = first * kept ** (wait + 1) * (1 - ratio**years) / (1 - ratio) / drawn["gdp"]
    data = simulation.simulation(own).data.set_index("label")
    for label, values in (("The stated sum, gross", gross), ("The stated sum, rent", gross * drawn["rent_share"] / 100)):
        found = data.loc[label, ["low", "value", "high"]].astype(float).tolist()
        assert found == pytest.approx(np.percentile(values, [5, 50, 95]).round(2).tolist(), abs=0.0101)


def test_inputs_are_printed_with_source_or_assumption(own: Chapter) -> None:
    data = simulation.input_table(own).data
    rows = {row["title"]: row for row in read_rows("parameters", article_id="offer")}
    for row in data.to_dict("records"):
        stored = rows[re.sub(r" \([^()]*\)$", "", row["input"])]
        assert (row["low"], row["high"]) == (float(stored["low"]), float(stored["high"]))
        assert (row["source"] == "assumption") == (stored["source_id"] == "")
    assert numbers_in(simulation.input_table(own).title) == [len(data), data["source"].str.contains("assum").sum()]


def test_shares_of_variance_are_named_in_order_and_repeat(own: Chapter) -> None:
    first, second = simulation.sobol(own), simulation.sobol(own)
    assert first.csv == second.csv
    order = first.data.sort_values("value", ascending=False)["label"].tolist()
    assert first.title.index(order[0]) < first.title.index(order[1]) < first.title.index(order[-1])
    top = first.data.set_index("label")
    overlap = top.loc[order[0], "low"] <= top.loc[order[1], "high"]
    assert ("within its error" in first.title) == overlap
    assert 90 <= first.data["first_order"].sum() <= 102


def test_the_best_case_adds_up_to_the_stated_sum(own: Chapter) -> None:
    income = value_of("us_ru_offer.best_case_yearly", "2026")
    said = numbers_in(str(simulation.best_case(own).data).replace("–", " "))
    assert said == [income, 30, 40, income * 30 / 1000, income * 40 / 1000, round(1000 * trillions() / income, 1)]


def test_sliders_begin_at_the_middle_and_reach_beyond_what_is_assumed(own: Chapter) -> None:
    block = what_if.what_if(own)
    for one in block.controls:
        assumed = parameter(own, what_if.PARAMETERS[one.name])
        assert one.least <= assumed.low < assumed.high <= one.most
        assert one.least <= one.start <= one.most
        assert (one.start - one.least) % one.step == 0
        assert one.start == pytest.approx(assumed.middle, abs=0.5)
    html = block._repr_html_()
    settings = json.loads(unescape(re.search(r'data-settings="([^"]*)"', html)[1]))
    assert settings == {"total": 1000 * trillions(), "gdp": output()}
    assert html.count("<label for=") == html.count('type="range"') == len(block.controls)
    assert html.index("hidden>") < html.index('id="figure-offer-steps"')
    start = {one.name: one.start for one in block.controls}
    terms = Terms(
        settings["total"], start["years"], start["rate"] / 100, start["deferral"], start["hazard"] / 100, start["rent"] / 100
    )
    assert terms.worth() / 1000 == pytest.approx(block.beside.data["value"].iloc[-2], abs=0.00501)


def test_a_half_year_is_rounded_up() -> None:
    assert [whole(years) for years in (4.5, 5.5, 5.4, 0.0)] == [5, 6, 5, 0]


def test_pictures_are_light(own: Chapter) -> None:
    for figure_id, (draw, _) in DRAWN.items():
        picture = draw(own)
        if hasattr(picture, "svg"):
            assert picture.figure_id == figure_id
            assert len(picture.svg.encode()) < 60_000
