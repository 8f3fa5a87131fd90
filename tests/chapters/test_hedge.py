"""The hedge's figures say what the rows say."""

from __future__ import annotations

import pytest
from chapter_rows import numbers_in, read_rows, value_of, values_of, with_value_changed, without_rows

from analysis.chapter import Chapter, read_chapter
from analysis.chapters.hedge import economy

FIGURES = {
    "hedge-trade-monthly": (economy.trade_monthly, "cn_customs.exports_to_ru_month"),
    "hedge-oil-price-quantity": (economy.oil_growth, "crude.imports_volume_yoy"),
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
