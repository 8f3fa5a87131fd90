"""The figures of the section on money, against a recomputation straight from the tables' files."""

from __future__ import annotations

import re
from decimal import Decimal

import pandas as pd
import pytest
from chapter_rows import levels_of, numbers_in, read_rows, with_table, with_value_changed, without_rows

from analysis.chapter import Chapter
from analysis.chapters.dependence import finance
from analysis.figures.figure import Figure

FIGURES = {
    "settlement_exports": "dependence-settlement-exports",
    "settlement_imports": "dependence-settlement-imports",
    "brics_dollar": "dependence-brics-dollar",
    "bilateral_settlement": "dependence-bilateral-settlement",
    "yuan_exchange_otc": "dependence-yuan-exchange-otc",
    "cips_spfs": "dependence-cips-spfs",
}
SENTENCES = (
    "answer", "settlement_parts", "brics_bounds", "bilateral_parts", "market_parts", "cips_value", "reach",
)  # fmt: skip


@pytest.fixture(scope="module")
def figures(chapter: Chapter) -> dict[str, Figure]:
    return {name: getattr(finance, name)(chapter) for name in FIGURES}


def months(levels: dict[str, float], begin: str = "") -> dict[str, float]:
    return {
        period: value
        for period, value in levels.items()
        if re.fullmatch(r"\d{4}-\d\d", period) and period >= begin
    }


def said(figure: Figure) -> list[float]:
    """The shares and counts of a title, in order."""
    text = re.sub(r"\([^)]*\)", "", figure.title)
    return numbers_in(text)


def rounded(value: float) -> float:
    return float(f"{value:.3g}")


@pytest.mark.parametrize("flow", ["exports", "imports"])
def test_settlement_title_follows_from_the_rows(figures, flow):
    prefix = f"ru_{flow}.settlement_share."
    begin = min(months(levels_of(prefix + "cny", counterparty="WLD")))
    western = months(levels_of(prefix + "unfriendly", counterparty="WLD"), begin)
    rouble = months(levels_of(prefix + "rub", counterparty="WLD"), begin)
    others = {month: 100 - rouble[month] - western[month] for month in rouble.keys() & western.keys()}
    others |= months(levels_of(prefix + "friendly_non_rub", counterparty="WLD"), begin)
    figure = figures[f"settlement_{flow}"]
    both = sorted(rouble.keys() & others.keys())
    last = both[-1]
    assert said(figure)[:-1] == [
        rounded(western[min(western)]), rounded(western[max(western)]), rounded(rouble[last]), rounded(others[last]),
    ]  # fmt: skip
    assert ("fell" in figure.title) == (western[max(western)] < western[min(western)])
    behind_once = any(rouble[month] < others[month] for month in both)
    assert ("has overtaken" in figure.title) == (rouble[last] > others[last] and behind_once)
    remainder = figure.data[figure.data["quality"] == "derived"]
    drawn = remainder[remainder["source"] == "remainder"]
    assert not drawn.empty
    assert list(drawn["value"]) == pytest.approx([others[period] for period in drawn["period"]], abs=0.051)


def test_brics_title_gives_the_bounds(figures):
    prefix = "ru_exports.settlement_share."
    dollar = levels_of(prefix + "usd", ("below",), counterparty="BRICS")["2020-Q4"]
    euro = levels_of(prefix + "eur", ("above",), counterparty="BRICS")["2020"]
    yuan = levels_of(prefix + "cny", ("below",), counterparty="BRICS")["2020"]
    figure = figures["brics_dollar"]
    assert (
        f"dollars had at most {dollar}\u202f% in Q4 2020, euros at least {euro}\u202f% in 2020"
        in figure.title
    )
    assert figure.title.startswith("The euro, not the yuan") == (euro > yuan)
    claims = {row["claim_id"]: float(row["figure_low"]) for row in read_rows("claims") if row["figure_low"]}
    stated = figure.data[figure.data["line"] == "Dollar as stated"].dropna(subset=["value"])
    assert list(stated["value"]) == [claims["dependence.059"], claims["dependence.060"]]
    assert figure.data["value"].isna().any()  # years that nobody printed are shown as missing


def test_bilateral_title_keeps_the_two_definitions_apart(figures):
    together = levels_of("ru_cn_trade.settlement_share.rub_cny", counterparty="CN")
    alone = levels_of("ru_cn_trade.settlement_share.cny", counterparty="CN")
    figure = figures["bilateral_settlement"]
    assert said(figure) == [together[max(together)], alone[max(alone)]]
    dollar, euro = (
        levels_of(f"ru_cn_trade.settlement_share.{code}", counterparty="CN") for code in ("usd", "eur")
    )
    western = figure.data[(figure.data["line"] == "Dollar and euro") & (figure.data["period"] == "2020-Q1")]
    assert list(western["value"]) == [dollar["2020-Q1"] + euro["2020-Q1"]]


def test_exchange_title_dates_the_overtaking(figures):
    yuan, dollar = (months(levels_of(f"fx_moex.share.{code}")) for code in ("cny", "usd"))
    passed = min(month for month in yuan.keys() & dollar.keys() if yuan[month] > dollar[month])
    counter, western = (months(levels_of(f"fx_otc.share.{code}")) for code in ("cny", "unfriendly"))
    last = max(counter.keys() & western.keys())
    figure = figures["yuan_exchange_otc"]
    assert passed == "2023-02" and "had passed the dollar by Feb 2023" in figure.title
    assert ("still led" in figure.title) == (western[last] > counter[last])
    assert said(figure)[-2:] == [western[last], counter[last]]


def test_payment_systems_are_compared_on_one_date(figures):
    cips, spfs = levels_of("cips.participants.total"), levels_of("spfs.participants.total")
    abroad = levels_of("spfs.participants.nonresident")
    last = max(cips.keys() & spfs.keys() & abroad.keys())
    russian = levels_of("cips.participants.russian_banks", bounds=("above",))["2023-Q2"]
    chinese = levels_of("spfs.participants.chinese_banks")["2021-04"]
    figure = figures["cips_spfs"]
    assert said(figure) == [round(cips[last] / spfs[last], 1), russian, chinese]
    assert list(figure.data["value"]) == [cips[last], spfs[last], abroad[last], russian, chinese]


@pytest.mark.parametrize("name", FIGURES)
def test_a_changed_cell_changes_the_figure(chapter, figures, name):
    drawn = figures[name].data
    used = next(key for key in drawn["observation_id"].dropna() if key)

    changed = with_value_changed(chapter, used)
    assert getattr(finance, name)(changed).csv != figures[name].csv


@pytest.mark.parametrize(("name", "figure_id"), FIGURES.items())
def test_no_rows_is_an_error_that_names_the_figure(chapter, name, figure_id):
    with pytest.raises(ValueError, match=figure_id):
        getattr(finance, name)(without_rows(chapter, "observations"))


def test_titles_turn_with_the_rows(chapter):
    def swapped(rows: pd.DataFrame) -> pd.DataFrame:
        other = {"fx_otc.share.cny": "fx_otc.share.unfriendly", "fx_otc.share.unfriendly": "fx_otc.share.cny"}
        other |= {"fx_moex.share.cny": "fx_moex.share.usd", "fx_moex.share.usd": "fx_moex.share.cny"}
        rows["series_id"] = rows["series_id"].replace(other)
        return rows

    title = finance.yuan_exchange_otc(with_table(chapter, "observations", swapped)).title
    assert "over the counter it led all Western currencies" in title

    def weaker(rows: pd.DataFrame) -> pd.DataFrame:
        rows.loc[rows["series_id"].str.endswith(".eur"), "value"] /= Decimal(10)
        return rows

    assert (
        "The euro, not the yuan"
        not in finance.brics_dollar(with_table(chapter, "observations", weaker)).title
    )

    def late(rows: pd.DataFrame) -> pd.DataFrame:
        latest = rows["series_id"].str.endswith(".rub") & (rows["period"] >= "2025")
        rows.loc[latest, "value"] = Decimal(10)
        return rows

    assert (
        "is not ahead of all others"
        in finance.settlement_exports(with_table(chapter, "observations", late)).title
    )


@pytest.mark.parametrize("name", SENTENCES)
def test_sentences_print_numbers_and_no_gaps(chapter, name):
    text = getattr(finance, name)(chapter).data
    assert re.search(r"\d", text)
    assert not re.search(r"\b(nan|None|inf)\b", text)


def test_market_sentence_bounds_the_dollar_over_the_counter(chapter):
    western, euro, yuan = (months(levels_of(f"fx_otc.share.{code}")) for code in ("unfriendly", "eur", "cny"))
    last = max(western.keys() & euro.keys() & yuan.keys())
    text = finance.market_parts(chapter).data.replace("\u202f", " ")
    assert f"{western[last] - euro[last]:.1f} % there" in text
    assert f"the yuan’s {yuan[last]:.1f} %" in text
