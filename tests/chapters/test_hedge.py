"""The hedge's figures say what the rows say."""

from __future__ import annotations

import pytest
from chapter_rows import numbers_in, read_rows, value_of, values_of, with_value_changed, without_rows

from analysis.chapter import Chapter, read_chapter
from analysis.chapters.hedge import economy

FIGURES = {
    "hedge-trade-monthly": (economy.trade_monthly, "cn_customs.exports_to_ru_month"),
    "hedge-oil-price-quantity": (economy.oil_growth, "crude.imports_volume_yoy"),
    "hedge-oil-monthly": (economy.oil_monthly, "crude.imports_volume_month"),
    "hedge-payments": (economy.payments, "ru_cn_payments.returned_share"),
}


@pytest.fixture(scope="module")
def own() -> Chapter:
    return read_chapter("hedge")


@pytest.mark.parametrize("figure_id", FIGURES)
def test_a_changed_cell_changes_the_figure(own: Chapter, figure_id: str) -> None:
    draw, series = FIGURES[figure_id]
    cell = next(
        row["observation_id"]
        for row in read_rows("observations", series_id=series)
        if row["period"] > "2024-02"
    )
    assert draw(own).csv != draw(with_value_changed(own, cell, "0.9")).csv


@pytest.mark.parametrize("figure_id", FIGURES)
def test_without_rows_the_error_names_the_figure(own: Chapter, figure_id: str) -> None:
    with pytest.raises(ValueError, match=figure_id):
        FIGURES[figure_id][0](without_rows(own, "observations"))


def test_the_title_prints_the_growth_that_was_published(own: Chapter) -> None:
    growth = [
        value_of(f"cn_customs.{flow}_ru_yoy", "2025-01/2025-10") for flow in ("exports_to", "imports_from")
    ]
    title = economy.trade_monthly(own).title
    assert title.startswith("In Jan–Oct 2025")
    assert numbers_in(title)[-2:] == [abs(value) for value in growth]
    assert title.count("fell") == sum(value < 0 for value in growth)


def test_oil_spans_are_counted_from_the_rows(own: Chapter) -> None:
    rows = read_rows("observations", series_id="crude.imports_volume_yoy")
    weight = {row["period"]: float(row["value"]) for row in rows if row["period"].startswith("2025")}
    value = {period: values_of("crude.imports_value_yoy", period) for period in weight}
    both = [period for period in weight if value[period]]
    fell = sum(change < 0 for change in weight.values())
    worse = sum(value[period][0] < weight[period] for period in both)
    assert numbers_in(economy.oil_growth(own).title) == [fell, len(weight), 2025, worse, len(both)]


def test_payment_accounts_span_what_was_reported(own: Chapter) -> None:
    shares = [
        float(row["value"])
        for name in (
            "ru_cn_payments.returned_share",
            "ru_cn_payments.agent_share",
            "cn_banks.refusing_direct_ru_payments",
        )
        for row in read_rows("observations", series_id=name)
    ]
    assert numbers_in(economy.payments(own).title) == [2024, min(shares), max(shares)]


def test_months_without_a_value_stay_empty(own: Chapter) -> None:
    rows = read_rows("observations", series_id="crude.imports_volume_month")
    assert "2023-07" not in {row["period"] for row in rows}
    drawn = economy.oil_monthly(own).data
    assert drawn.loc[drawn["period"] == "2023-07", "value"].isna().all()
    joint = value_of("crude.imports_volume_month", "2025-01/2025-02")
    assert drawn.loc[drawn["period"] == "2025-01/2025-02", "value"].tolist() == [joint / 2]
    # January to July have a counterpart a year before; three months and two joint spans cover them.
    assert numbers_in(economy.oil_monthly(own).title)[1:3] == [7, 2025]


def test_price_and_weight_add_up_to_the_value(own: Chapter) -> None:
    shown = economy.oil_parts(own).data.set_index("period")
    row = shown.loc["Jan–Oct 2025"]
    value = value_of("crude.imports_value_yoy", "2025-01/2025-10")
    weight = value_of("crude.imports_volume_yoy", "2025-01/2025-10")
    assert (row["value"], row["weight"]) == (value, weight)
    assert row["unit_value"] == pytest.approx(100 * ((100 + value) / (100 + weight) - 1))
    price, by_weight = numbers_in(row["by_price"]), numbers_in(row["by_weight"])
    # Wherever the interaction is put, the two parts make up the whole.
    assert price[0] + by_weight[1] == pytest.approx(value, abs=0.11)
    assert price[1] + by_weight[0] == pytest.approx(value, abs=0.11)


def test_what_came_since_is_the_last_printed_growth(own: Chapter) -> None:
    said = numbers_in(str(economy.since(own).data))
    assert said[0] == value_of("cn_customs.exports_to_ru_yoy", "2026-01/2026-04")
    assert value_of("cn_customs.imports_from_ru_yoy", "2026-01/2026-04") in said
