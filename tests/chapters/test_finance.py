"""The figures of the section on money, against a recomputation straight from the tables' files."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from pathlib import Path
from statistics import median

import pandas as pd
import pytest

from analysis.chapter import Chapter, read_chapter
from analysis.chapters.dependence import finance
from analysis.figures.figure import Figure

DATA = Path(__file__).parents[2] / "data"
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
def chapter() -> Chapter:
    return read_chapter("dependence")


@pytest.fixture(scope="module")
def figures(chapter: Chapter) -> dict[str, Figure]:
    return {name: getattr(finance, name)(chapter) for name in FIGURES}


def cells(series_id: str, counterparty: str = "", bounds: tuple[str, ...] = ("exact", "about")) -> dict[str, float]:
    """Median value by period, read with the csv module alone."""
    values = defaultdict(list)
    with (DATA / "observations.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["series_id"] == series_id and row["bound"] in bounds and counterparty in ("", row["counterparty"]):
                values[row["period"]].append(float(row["value"]))
    return {period: median(found) for period, found in sorted(values.items())}


def months(levels: dict[str, float], begin: str = "") -> dict[str, float]:
    return {period: value for period, value in levels.items() if re.fullmatch(r"\d{4}-\d\d", period) and period >= begin}


def said(figure: Figure) -> list[float]:
    """The shares and counts of a title, in order."""
    text = re.sub(r"\([^)]*\)", "", figure.title)
    return [float(number) for number in re.findall(r"\d+(?:\.\d+)?", text)]


def rounded(value: float) -> float:
    return float(f"{value:.3g}")


class Changed:
    """A chapter whose figures' rows pass through a function first."""

    def __init__(self, chapter: Chapter, change):
        self.chapter, self.change = chapter, change

    def __getattr__(self, name: str):
        return getattr(self.chapter, name)

    def figure_rows(self, figure_id: str) -> pd.DataFrame:
        return self.change(self.chapter.figure_rows(figure_id))


@pytest.mark.parametrize("flow", ["exports", "imports"])
def test_settlement_title_follows_from_the_rows(figures, flow):
    prefix = f"ru_{flow}.settlement_share."
    begin = min(months(cells(prefix + "cny", "WLD")))
    western = months(cells(prefix + "unfriendly", "WLD"), begin)
    rouble = months(cells(prefix + "rub", "WLD"), begin)
    others = {month: 100 - rouble[month] - western[month] for month in rouble.keys() & western.keys()}
    others |= months(cells(prefix + "friendly_non_rub", "WLD"), begin)
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
    dollar = cells(prefix + "usd", "BRICS", ("below",))["2020-Q4"]
    euro = cells(prefix + "eur", "BRICS", ("above",))["2020"]
    yuan = cells(prefix + "cny", "BRICS", ("below",))["2020"]
    figure = figures["brics_dollar"]
    assert f"dollars had at most {dollar}\u202f% in Q4 2020, euros at least {euro}\u202f% in 2020" in figure.title
    assert figure.title.startswith("The euro, not the yuan") == (euro > yuan)
    with (DATA / "claims.csv").open(encoding="utf-8", newline="") as file:
        claims = {row["claim_id"]: float(row["figure_low"]) for row in csv.DictReader(file) if row["figure_low"]}
    stated = figure.data[figure.data["line"] == "Dollar as stated"].dropna(subset=["value"])
    assert list(stated["value"]) == [claims["dependence.059"], claims["dependence.060"]]
    assert figure.data["value"].isna().any()  # years that nobody printed are shown as missing


def test_bilateral_title_keeps_the_two_definitions_apart(figures):
    together = cells("ru_cn_trade.settlement_share.rub_cny", "CN")
    alone = cells("ru_cn_trade.settlement_share.cny", "CN")
    figure = figures["bilateral_settlement"]
    assert said(figure) == [together[max(together)], alone[max(alone)]]
    dollar, euro = (cells(f"ru_cn_trade.settlement_share.{code}", "CN") for code in ("usd", "eur"))
    western = figure.data[(figure.data["line"] == "Dollar and euro") & (figure.data["period"] == "2020-Q1")]
    assert list(western["value"]) == [dollar["2020-Q1"] + euro["2020-Q1"]]


def test_exchange_title_dates_the_overtaking(figures):
    yuan, dollar = (months(cells(f"fx_moex.share.{code}")) for code in ("cny", "usd"))
    passed = min(month for month in yuan.keys() & dollar.keys() if yuan[month] > dollar[month])
    counter, western = (months(cells(f"fx_otc.share.{code}")) for code in ("cny", "unfriendly"))
    last = max(counter.keys() & western.keys())
    figure = figures["yuan_exchange_otc"]
    assert passed == "2023-02" and "had passed the dollar by Feb 2023" in figure.title
    assert ("still led" in figure.title) == (western[last] > counter[last])
    assert said(figure)[-2:] == [western[last], counter[last]]


def test_payment_systems_are_compared_on_one_date(figures):
    cips, spfs = cells("cips.participants.total"), cells("spfs.participants.total")
    abroad = cells("spfs.participants.nonresident")
    last = max(cips.keys() & spfs.keys() & abroad.keys())
    russian = cells("cips.participants.russian_banks", bounds=("above",))["2023-Q2"]
    chinese = cells("spfs.participants.chinese_banks")["2021-04"]
    figure = figures["cips_spfs"]
    assert said(figure) == [round(cips[last] / spfs[last], 1), russian, chinese]
    assert list(figure.data["value"]) == [cips[last], spfs[last], abroad[last], russian, chinese]


@pytest.mark.parametrize("name", FIGURES)
def test_a_changed_cell_changes_the_figure(chapter, figures, name):
    drawn = figures[name].data
    used = next(key for key in drawn["observation_id"].dropna() if key)

    def raised(rows: pd.DataFrame) -> pd.DataFrame:
        rows.loc[rows["observation_id"] == used, "value"] *= 1.1
        return rows

    assert getattr(finance, name)(Changed(chapter, raised)).csv != figures[name].csv


@pytest.mark.parametrize(("name", "figure_id"), FIGURES.items())
def test_no_rows_is_an_error_that_names_the_figure(chapter, name, figure_id):
    with pytest.raises(ValueError, match=figure_id):
        getattr(finance, name)(Changed(chapter, lambda rows: rows.iloc[:0]))


def test_titles_turn_with_the_rows(chapter):
    def swapped(rows: pd.DataFrame) -> pd.DataFrame:
        other = {"fx_otc.share.cny": "fx_otc.share.unfriendly", "fx_otc.share.unfriendly": "fx_otc.share.cny"}
        other |= {"fx_moex.share.cny": "fx_moex.share.usd", "fx_moex.share.usd": "fx_moex.share.cny"}
        rows["series_id"] = rows["series_id"].replace(other)
        return rows

    title = finance.yuan_exchange_otc(Changed(chapter, swapped)).title
    assert "over the counter it led all Western currencies" in title

    def weaker(rows: pd.DataFrame) -> pd.DataFrame:
        rows.loc[rows["series_id"].str.endswith(".eur"), "value"] /= 10
        return rows

    assert "The euro, not the yuan" not in finance.brics_dollar(Changed(chapter, weaker)).title

    def late(rows: pd.DataFrame) -> pd.DataFrame:
        latest = rows["series_id"].str.endswith(".rub") & (rows["period"] >= "2025")
        rows.loc[latest, "value"] = 10.0
        return rows

    assert "is not ahead of all others" in finance.settlement_exports(Changed(chapter, late)).title


@pytest.mark.parametrize("name", SENTENCES)
def test_sentences_print_numbers_and_no_gaps(chapter, name):
    text = getattr(finance, name)(chapter).data
    assert re.search(r"\d", text)
    assert not re.search(r"\b(nan|None|inf)\b", text)


def test_market_sentence_bounds_the_dollar_over_the_counter(chapter):
    western, euro, yuan = (months(cells(f"fx_otc.share.{code}")) for code in ("unfriendly", "eur", "cny"))
    last = max(western.keys() & euro.keys() & yuan.keys())
    text = finance.market_parts(chapter).data.replace("\u202f", " ")
    assert f"{western[last] - euro[last]:.1f} % there" in text
    assert f"the yuan’s {yuan[last]:.1f} %" in text
