"""The endgame's pictures of revenue and goals say what the rows say, worked out here from the files alone."""

from __future__ import annotations

from calendar import monthrange
from itertools import pairwise

import pytest
from chapter_rows import levels_of, numbers_in, read_rows, with_table, with_value_changed, without_rows

from analysis.chapter import Chapter, read_chapter
from analysis.chapters.endgame import revenue

FIGURES = {
    "endgame-revenue": (revenue.receipts, "budget.oil_gas_revenue@2025@RU-@gbf_2025"),
    "endgame-price-volume": (revenue.price_and_volume, "brent.spot@2023-07@WLD-@eia_brent"),
    "endgame-discount": (revenue.discounts, "espo.discount_to_ice_brent@2025-10@CN-RU@gbmc_nov25"),
    "endgame-oil-gas-share": (revenue.oil_gas_share, "budget.oil_gas_share@2022@RU-@pravda_share"),
    "endgame-losses": (revenue.losses, "loss.crea_price_part@2022-12/2023-11@RU-@crea_oneyear"),
    "endgame-goals": (revenue.goals, "budget.oil_gas_revenue@2021@RU-@br_dec22"),
}


@pytest.fixture(scope="module")
def own() -> Chapter:
    return read_chapter("endgame")


@pytest.mark.parametrize("figure_id", FIGURES)
def test_a_changed_cell_changes_the_figure(own: Chapter, figure_id: str) -> None:
    draw, cell = FIGURES[figure_id]
    assert draw(own).csv != draw(with_value_changed(own, cell)).csv


@pytest.mark.parametrize("figure_id", FIGURES)
def test_without_rows_the_error_names_the_figure(own: Chapter, figure_id: str) -> None:
    with pytest.raises(ValueError, match=figure_id):
        FIGURES[figure_id][0](without_rows(own, "observations"))


def test_receipts_are_final_counts_and_the_title_has_their_changes(own: Chapter) -> None:
    levels = levels_of("budget.oil_gas_revenue", status="outturn")
    figure = revenue.receipts(own)
    assert set(figure.data["status"]) == {"outturn"}
    said = numbers_in(figure.title)
    changes = [
        100 * (levels[two] / levels[one] - 1)
        for one, two in (("2021", "2023"), ("2023", "2024"), ("2024", "2025"))
    ]
    assert [said[0], said[3], said[5]] == pytest.approx([abs(change) for change in changes], abs=0.051)
    words = [word for word in figure.title.split() if word in ("rose", "fell")]
    assert words == ["rose" if change > 0 else "fell" for change in changes]


def per_day(month: str) -> tuple[float, float, float]:
    """Price a barrel, million barrels a day, and Brent."""
    income = levels_of("oil.export_revenue")[month]
    volume = levels_of("oil.exports_total")[month]
    days = monthrange(int(month[:4]), int(month[5:]))[1]
    return 1000 * income / days / volume, volume, levels_of("brent.spot")[month]


def test_the_parts_of_oil_earnings_add_up_under_every_split(own: Chapter) -> None:
    data = revenue._effects(own)
    months = sorted(
        {*levels_of("oil.export_revenue")} & {*levels_of("oil.exports_total")} & {*levels_of("brent.spot")}
    )
    assert len(data) == 3 * (len(months) - 1)
    parts = data["world price (Brent)"] + data["gap to Brent"] + data["volume"]
    assert parts.tolist() == pytest.approx(data["total"].tolist())
    drawn = revenue.price_and_volume(own).data.set_index(["from", "to", "part"])["value"]
    for one, two in pairwise(months):
        (p, q, b), (p2, q2, b2) = per_day(one), per_day(two)
        middle = (q + q2) / 2
        assert float(drawn[one, two, "world price (Brent)"]) == pytest.approx((b2 - b) * middle, abs=0.6)
        assert float(drawn[one, two, "gap to Brent"]) == pytest.approx(
            ((p2 - b2) - (p - b)) * middle, abs=0.6
        )
        assert float(drawn[one, two, "volume"]) == pytest.approx((q2 - q) * (p + p2) / 2, abs=0.6)


def test_the_place_of_the_interaction_is_weighed(own: Chapter) -> None:
    parts = ["world price (Brent)", "gap to Brent", "volume"]
    runs = (
        revenue._effects(own)
        .groupby(["from", "to"])[parts]
        .agg(["min", "max"])
        .stack(level=0, future_stack=True)
    )
    said = revenue.splits(own).data
    assert numbers_in(said)[0] == round((runs["max"] - runs["min"]).max())
    assert said.endswith("the sign of none.") == (not (runs["min"] * runs["max"] < 0).any())


def test_the_largest_part_is_named(own: Chapter) -> None:
    figure = revenue.price_and_volume(own)
    for _, part in figure.data.groupby(["from", "to"]):
        largest = max(part.itertuples(), key=lambda row: abs(row.value))
        assert largest.part in figure.title


def test_turns_between_discount_and_premium_are_counted(own: Chapter) -> None:
    def turns(levels: list[float]) -> int:
        return sum(one * two < 0 for one, two in pairwise(levels))

    rows = read_rows("observations", series_id="espo.discount_to_ice_brent")
    rows.sort(key=lambda row: (row["period"].replace("/", "-~")[-7:], row["period"]))
    title = revenue.discounts(own).title
    assert f"ESPO in China crossed it {turns([float(row['value']) for row in rows])} times" in title
    india = read_rows("observations", series_id="urals.discount_delivered", geo="IN")
    assert turns([float(row["value"]) for row in india]) == 1
    assert "Urals in India crossed it once" in title
    months = [
        row
        for row in read_rows("observations", series_id="urals.discount_to_brent")
        if len(row["period"]) == 7
    ]
    assert all(float(row["value"]) < 0 for row in months)
    assert f"in all {len(months)} months" in title


def test_the_share_of_the_budget_runs_from_its_peak_to_the_last_year(own: Chapter) -> None:
    levels = levels_of("budget.oil_gas_share", status="outturn")
    peak = max(levels, key=levels.__getitem__)
    (last,) = read_rows("observations", series_id="budget.oil_gas_share", period="2025", status="outturn")
    said = numbers_in(revenue.oil_gas_share(own).title)
    assert said == [levels[peak], int(peak), float(last["value"]), 2025]


def test_every_loss_stands_with_what_it_is_measured_against(own: Chapter) -> None:
    rows = [row for row in read_rows("observations") if row["series_id"].startswith("loss.")]
    table = revenue.losses(own)
    said = numbers_in(table.title)
    shares = [float(row["value"]) for row in rows if row["series_id"].endswith("_share")]
    assert said == [len(rows), len({row["origin_ids"] for row in rows}), min(shares), max(shares)]
    assert table.data["against"].str.len().min() > 0


def test_the_goals_carry_the_verdicts_and_the_title_counts_them(own: Chapter) -> None:
    table = revenue.goals(own)
    labels = [own.now[claim_id].label for claim_id in revenue.GOALS]
    assert table.data["now"].tolist() == labels
    counts = [labels.count(label) for label in ("Supported", "Refuted", "Conflicting evidence")]
    assert numbers_in(table.title) == [len(labels), *(count for count in counts if count)]
    runs = own.now["endgame.177"].curves[0].runs
    cut = table.data.set_index("claim_id").loc["endgame.177"]
    assert cut["besides"].startswith(f"{runs['holds'].sum()} of {len(runs)} ")
    change = 100 * (levels_of("budget.oil_gas_revenue", status="outturn")["2023"] / 9.1 - 1)
    assert numbers_in(cut["found"])[0] == pytest.approx(change, abs=0.051)


def test_sentences_take_their_numbers_from_the_rows(own: Chapter) -> None:
    said = str(revenue.counterfactuals(own).data)
    for name in ("oil_first_year", "price_part", "volume_part", "oil_share"):
        (row,) = read_rows("observations", series_id=f"loss.crea_{name}")
        assert row["value"] in said
    runs = own.now["endgame.177"].curves[0].runs
    assert f"{runs['holds'].sum()} of {len(runs)} comparisons" in str(revenue.money_answer(own).data)
    whole = sum(len(curve.runs) for curve in own.now["endgame.032"].curves)
    assert f"of {whole} declared ways" in str(revenue.answer(own).data)
    assert "-10" in str(revenue.edge(own).data).replace("−", "-")
    assert own.now["endgame.165"].label.lower() in str(revenue.gazprombank_answer(own).data)


def test_outcomes_of_forecasts_stand_among_the_events(own: Chapter) -> None:
    figure = revenue.gazprombank(own)
    claims = read_rows("figures", figure_id="endgame-gazprombank")[0]["claim_ids"].split(";")
    outcomes = [
        row["outcome"] for row in read_rows("forecasts") if row["claim_id"] in claims and row["outcome"]
    ]
    assert numbers_in(figure.title) == [len(outcomes), sum(float(outcome) > 0 for outcome in outcomes)]
    assert (figure.data["occurred"] == "no").sum() == outcomes.count("0")

    def turned(frame):
        return frame.assign(outcome=frame["outcome"].where(frame["claim_id"] != "endgame.170", 1))

    assert figure.csv != revenue.gazprombank(with_table(own, "forecasts", turned)).csv
    with pytest.raises(ValueError, match="endgame-gazprombank"):
        revenue.gazprombank(without_rows(own, "forecasts"))
