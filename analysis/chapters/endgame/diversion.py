"""Trade diversion: who filled the gap, by which routes, and what China and India have of it.

Shares of the gap are computed here from trade by partner, whatever the definition: the derived rows that the
claims are judged by repeat them. Since 2022 Russia publishes no trade by partner, so that every later value
is an estimate of the IMF from what partners report.
"""

from __future__ import annotations

from math import isnan, nan
from typing import cast

import pandas as pd
from IPython.display import Markdown

from analysis import periods
from analysis.chapter import Chapter
from analysis.chapters.phrases import admitted, bounded, hedge, moved, percent, share, stated, years
from analysis.chapters.rows import (
    in_order,
    last,
    lines,
    measured,
    medians,
    outturns,
    pick,
    precisions,
    records,
    rows_of,
    shared,
)  # fmt: skip
from analysis.figures.bars import bars, dots
from analysis.figures.figure import Figure
from analysis.figures.numbers import DASH, number, quantity
from analysis.figures.parts import Statement
from analysis.figures.table import Column, Table, table
from analysis.figures.time_axis import printed
from analysis.figures.timeseries import timeseries
from analysis.intervals import threshold_interval
from analysis.methods import substitution_ratio
from analysis.readings import split
from analysis.verdicts import plural

TAKEN_OVER, FILLED = "endgame.197", "endgame.198"
FLOWS = {"imports": "ru_imports.goods_by_partner", "exports": "ru_exports.goods_by_partner"}
ADVANCED, OTHERS = "ADVANCED", "EMERGING"
PARTNERS = {"CN": "China", "IN": "India", "TR": "Turkey"}
DOUBTFUL = {"KZ": "Kazakhstan", "UG": "Uganda", "UZ": "Uzbekistan"}
THREE, ALL, WITHOUT = "China, India, Turkey", "all other economies", "all others without three doubtful ones"
BASES = {
    "2021": ("2021",),
    f"2019{DASH}21": ("2019", "2020", "2021"),
    "2019": ("2019",),
    f"2017{DASH}19": ("2017", "2018", "2019"),
}
BASE = "2021"
TREND = ("2017", "2021")
GROSS, REAL = "gross", "real"
OTHERS_TREND, BOTH_TRENDS = "net of the others’ trend", "net of both trends"
DEFINITIONS = (GROSS, REAL, OTHERS_TREND, BOTH_TRENDS)
DRAWN = 200.0
"""Where a curve of shares of the gap is cut off: over it almost nothing was lost."""


# The gap


def _trade(rows: pd.DataFrame, flow: str) -> pd.DataFrame:
    """Goods trade in millions of dollars by year: advanced economies, each partner, and the groups of fillers."""
    part = pick(rows, FLOWS[flow])
    trade = part.pivot(index="period", columns="counterparty", values="value")
    trade[THREE] = trade[list(PARTNERS)].sum(axis=1, skipna=False)
    trade[ALL] = trade[OTHERS]
    trade[WITHOUT] = trade[OTHERS] - trade[list(DOUBTFUL)].sum(axis=1)
    return trade


def _cell(trade: pd.DataFrame, period: str, group: str) -> float:
    return float(cast(float, trade.at[period, group]))


def _amounts(trade: pd.DataFrame, base: str, year: str, group: str) -> tuple[float, float, float, float]:
    """Trade with advanced economies before and after, then that of a group, as the methods take it."""
    return (
        _cell(trade, base, ADVANCED),
        _cell(trade, year, ADVANCED),
        _cell(trade, base, group),
        _cell(trade, year, group),
    )


def _levels(rows: pd.DataFrame) -> pd.Series:
    """The price level of the dollar by year, that of 2021 being 1."""
    return medians(pick(rows, "us_gdp.deflator")) / 100


def _growth(values: pd.Series) -> float:
    """Yearly growth before the war, as a fraction."""
    first, final = TREND
    return float((values[final] / values[first]) ** (1 / (int(final) - int(first))) - 1)


def filled(
    trade: pd.DataFrame, levels: pd.Series, definition: str, base: str, fillers: str, year: str
) -> float:
    """The share of the gap that some partners filled, in percent; NaN where nothing was lost or a price lacks."""
    span = list(BASES[base])
    before = trade.loc[span, [ADVANCED, fillers]].mean()
    after = trade.loc[year, [ADVANCED, fillers]]
    amounts = (before[ADVANCED], after[ADVANCED], before[fillers], after[fillers])
    try:
        if definition == REAL:
            if year not in levels:
                return nan
            deflated = trade.loc[span, [ADVANCED, fillers]].div(levels[span], axis=0).mean()
            amounts = (deflated[ADVANCED], after[ADVANCED], deflated[fillers], after[fillers])
            return 100 * float(substitution_ratio.real(*amounts, price_level=float(levels[year])))
        if definition == GROSS:
            return 100 * float(substitution_ratio.gross(*amounts))
        lost = _growth(trade[ADVANCED]) if definition == BOTH_TRENDS else 0.0
        passed = int(year) - sum(map(int, span)) / len(span)
        ratio = substitution_ratio.net_of_trend(
            *amounts, growth=_growth(trade[fillers]), years=passed, sanctioning_growth=lost
        )
    except ValueError as error:
        if "loss must be above 0" in str(error):
            return nan
        raise
    return 100 * float(ratio)


def _year(chapter: Chapter) -> str:
    """The last full year known at publication, which the criterion is about."""
    return str(chapter.library.primary(TAKEN_OVER)["period"])


def _shares(chapter: Chapter, fillers: str = THREE) -> pd.DataFrame:
    """The share filled by every definition and base in the year of the criterion, imports and exports."""
    rows = rows_of(chapter, "endgame-one-change")
    levels, year = _levels(rows), _year(chapter)
    return pd.DataFrame(
        {
            "label": f"{definition}, from {base}",
            "definition": definition,
            "base": base,
            "series": flow,
            "actor": "RU" if flow == "exports" else "",
            "value": filled(_trade(rows, flow), levels, definition, base, fillers, year),
        }
        for definition in DEFINITIONS
        for base in BASES
        for flow in FLOWS
    )


def _found(chapter: Chapter, claim_id: str) -> str:
    """The verdict now on a comparison, and how many declared comparisons agree with it, as in *refuted* (in 1 of 12 …)."""
    verdict = chapter.now[claim_id]
    said = [
        f"in {int(curve.runs['holds'].sum())} of {plural(len(curve.runs), 'comparison')}"
        + (f" of {curve.estimand.replace('_', ' ')}" if len(verdict.curves) > 1 else "")
        for curve in verdict.curves
        if not curve.runs.empty
    ]
    return f"*{verdict.label.lower()}* (it holds {' and '.join(said)})"


def _span(values: pd.Series) -> str:
    return f"{percent(values.min())} to {percent(values.max())}"


def answer_gap(chapter: Chapter) -> Markdown:
    """The section's answer in a few sentences."""
    data, year = _shares(chapter), _year(chapter)
    plain = {
        row["series"]: percent(row["value"])
        for row in records(data[(data["definition"] == GROSS) & (data["base"] == BASE)])
    }
    spans = [f"{_span(data.loc[data['series'] == flow, 'value'])} for {flow}" for flow in FLOWS]
    taken, filling = (_found(chapter, claim) for claim in (TAKEN_OVER, FILLED))
    return Markdown(
        f"**In short:** by {year} China, India and Turkey had made up {plain['imports']} of what Russia no longer bought from "
        f"advanced economies and {plain['exports']} of what it no longer sold them, in dollars against {BASE}. Other definitions "
        f"and base years give {' and '.join(spans)}. That the gap is taken over is "
        f"{taken}; that it is being filled is {filling}."
    )


def trade_partners(chapter: Chapter, flow: str) -> Figure:
    """Russia's imports or exports by group of partners, with the break between reports and estimates."""
    figure_id = "endgame-trade-partners" + ("-exports" if flow == "exports" else "")
    rows = rows_of(chapter, figure_id)
    trade = _trade(rows, flow)
    rest = trade[WITHOUT] - trade[THREE]
    groups = {"advanced economies": (trade[ADVANCED], "")}
    groups |= {name: (trade[area], area) for area, name in PARTNERS.items()}
    groups["other emerging economies"] = (rest, "")
    groups[f"{', '.join(DOUBTFUL.values())} (doubtful)"] = (trade[list(DOUBTFUL)].sum(axis=1), "")
    data = pd.DataFrame(
        {"line": name, "actor": actor, "period": period, "value": value / 1000}
        for name, (values, actor) in groups.items()
        for period, value in values.items()
    )
    final = str(trade.index[-1])
    lost, won = (_cell(trade, BASE, group) - _cell(trade, final, group) for group in (ADVANCED, THREE))
    verb = {"imports": "bought from", "exports": "sold to"}[flow]
    return timeseries(
        data, unit="usd_bn", marks=pd.DataFrame({"date": ["2022-01-01"], "label": ["from here estimates of the IMF"]}),
        figure_id=figure_id,
        title=f"In {final} Russia {verb} advanced economies {_amount(lost)} than in {BASE}, and {verb} China, India and "
        f"Turkey {_amount(won)}",
        subtitle=f"Russia’s goods {flow}, billions of current US dollars · {years(data['period'])}, calendar years · reported "
        "by Russia up to 2021, estimated from partners’ reports afterwards · Kazakhstan not held for the last year",
        source=chapter.publishers(rows),
        alt="; ".join(
            f"{name}: {quantity(values[BASE] / 1000, 'usd_bn', 1)} in {BASE}, {quantity(values[final] / 1000, 'usd_bn', 1)} in {final}"
            for name, (values, _) in groups.items()
        )
        + ".",
    )  # fmt: skip


def _amount(less: float) -> str:
    """A difference in millions as so many billions less or more."""
    return f"{quantity(abs(less) / 1000, 'usd_bn', 0)} {'less' if less > 0 else 'more'}"


def one_change(chapter: Chapter) -> Table:
    """What each choice makes of the answer when it alone is changed: definition, base year, fillers, year."""
    figure_id, year = "endgame-one-change", _year(chapter)
    rows = rows_of(chapter, figure_id)
    levels = _levels(rows)
    choices = [("as the criterion reads it", GROSS, BASE, THREE, year)]
    choices += [(definition, definition, BASE, THREE, year) for definition in DEFINITIONS[1:]]
    choices += [(f"base {base}", GROSS, base, THREE, year) for base in BASES if base != BASE]
    choices += [(fillers, GROSS, BASE, fillers, year) for fillers in (ALL, WITHOUT)]
    known = sorted(set(pick(rows, FLOWS["imports"])["period"]))
    choices += [(f"year {one}", GROSS, BASE, THREE, one) for one in known if one > BASE and one != year]
    shown: list[dict[str, object]] = [{"choice": name} for name, *_ in choices]
    for flow in FLOWS:
        trade = _trade(rows, flow)
        for row, (_, *choice) in zip(shown, choices, strict=True):
            value = filled(trade, levels, *choice)
            row[flow], row[f"{flow}_reads"] = (
                (value, _reading(chapter, value)) if value <= DRAWN else (nan, "almost nothing lost")
            )
    recovery: dict[str, object] = {"choice": f"all trade of {year} over all of {BASE} (total recovery)"}
    for flow in FLOWS:
        value = _recovery(_trade(rows, flow), year)
        recovery |= {flow: value, f"{flow}_reads": "recovered" if value >= 100 else "not recovered"}
    data = pd.DataFrame([*shown, recovery])
    ends = []
    for flow in FLOWS:
        part = data.iloc[: len(shown)].dropna(subset=[flow]).sort_values(flow, kind="stable")
        low, high = records(part)[0], records(part)[-1]
        ends.append(
            f"{flow} from {percent(low[flow])} ({low['choice']}) to {percent(high[flow])} ({high['choice']})"
        )
    return table(
        data,
        {
            "choice": Column("The one choice changed"),
            "imports": Column("Imports", True, "percent", 0),
            "imports_reads": Column("reads as"),
            "exports": Column("Exports", True, "percent", 0),
            "exports_reads": Column("reads as"),
        },
        table_id=figure_id,
        title=f"One changed choice moves the share filled of {'; of '.join(ends)}",
        subtitle=f"Share of the gap filled, Russia’s goods trade; the first row counts in current dollars what China, India and "
        f"Turkey gained from {BASE} to {year}, every other row changes one thing · the last row is another measure · shares over "
        f"{number(DRAWN)} % are left out, because almost nothing was lost",
        source=chapter.publishers(rows),
    )


def _reading(chapter: Chapter, value: float) -> str:
    """What a share of the gap says by the criteria of the two claims."""
    if isnan(value):
        return "nothing lost"
    for claim_id, words in ((TAKEN_OVER, "taken over"), (FILLED, "over half")):
        if value in threshold_interval(chapter.library.primary(claim_id)["expected"]):
            return words
    return "half or less"


def _recovery(trade: pd.DataFrame, year: str) -> float:
    """All trade of a year in percent of that of the base year."""
    return 100 * substitution_ratio.total_recovery(*_amounts(trade, BASE, year, OTHERS))


def fillers(chapter: Chapter) -> Figure:
    """What China, India, Turkey and the doubtful three each filled of the gap since the base year."""
    figure_id, year = "endgame-fillers", _year(chapter)
    rows = rows_of(chapter, figure_id)
    shown = []
    for flow in FLOWS:
        trade = _trade(rows, flow)
        trade["doubtful"] = trade[list(DOUBTFUL)].sum(axis=1)
        for area, name in (PARTNERS | {"doubtful": ", ".join(DOUBTFUL.values())}).items():
            value = filled(trade, pd.Series(dtype=float), GROSS, BASE, area, year)
            shown.append(
                {
                    "label": f"{name}: {flow}",
                    "actor": area,
                    "value": value,
                    "area": area,
                    "flow": flow,
                }
            )
    data = pd.DataFrame(shown)
    named = data[data["area"].isin(PARTNERS)].sort_values("value", ascending=False, kind="stable")
    said = {
        flow: ", ".join(
            f"{PARTNERS[row['area']]} {percent(row['value'])}"
            for row in records(named[named["flow"] == flow])
        )
        for flow in FLOWS
    }
    return bars(
        data.assign(value=data["value"].round(1)), unit="percent", ordered=False, figure_id=figure_id,
        title=f"Of the imports lost by {year}: {said['imports']}; of the exports: {said['exports']}",
        subtitle=f"Gain of each over the loss with advanced economies, % · goods, Russia, {BASE} to {year}, current dollars · "
        "grey: estimates that jump or end",
        source=chapter.publishers(rows),
        alt="; ".join(f"{row['label']} {percent(row['value'])}" for row in records(data)) + ".",
    )  # fmt: skip


# Routes


def answer_routes(chapter: Chapter) -> Markdown:
    """The section's answer in a few sentences."""
    gained, lost = _detour(chapter)
    ratio, once = _transit(chapter)
    met = _found(chapter, "endgame.203")
    return Markdown(
        f"**In short:** EU sales of restricted goods to Russia’s neighbours rose by {quantity(gained, 'eur_bn', 1)} while direct "
        f"sales fell by {quantity(lost, 'eur_bn', 1)}, so that the detour by these {len(_neighbours(chapter))} can have carried {percent(100 * gained / lost)} of "
        f"the loss at most. Counted once, goods in transit move the share of the gap in imports that others filled from "
        f"{percent(ratio)} to no less than {percent(once)}. That Russia’s demand for sanctioned goods is met is {met}."
    )


def _changed(change: float) -> str:
    """A change in percent in words."""
    return f"{moved(0, change)} by {percent(abs(change))}"


def machinery(chapter: Chapter) -> Figure:
    """Changes of exports of machinery and restricted goods to Russia against the time before the war."""
    figure_id = "endgame-machinery"
    rows = outturns(rows_of(chapter, figure_id))
    names = {
        ("machinery_exports.to_ru_change", "GB"): "Britain: machinery and transport",
        ("machinery_exports.to_ru_change", "SANCTIONING"): "sanctioning economies: high technology",
        ("eu_sanctioned_goods.exports_change", "RU"): "EU: restricted goods",
        ("machinery_exports.to_ru_change_other", "CN"): "China: vehicles",
        ("cn_ball_bearings.to_ru_change", "CN"): "China: ball bearings, value",
        ("cn_ball_bearings.to_ru_volume_change", "CN"): "China: ball bearings, weight",
    }
    shown = []
    for (series, area), name in names.items():
        column = "counterparty" if area == "RU" else "geo"
        row = records(pick(rows, series, **{column: area}))[0]
        run = measured(row)
        actor = "EU27" if area == "RU" else area
        shown.append(
            {
                "label": f"{name}, {printed(row['period'])}",
                "actor": actor,
                "value": row["value"],
                "low": run.left,
                "high": run.right,
            }
        )
    data = pd.DataFrame(shown)
    falls = data[~data["actor"].eq("CN")]["value"]
    vehicles, value, weight = (
        data.loc[data["label"].str.contains(name), "value"].iloc[0]
        for name in ("vehicles", "bearings, value", "bearings, weight")
    )
    return bars(
        data, unit="percent", ordered=False, figure_id=figure_id,
        title=f"Those who sanction sell {percent(-falls.max())} to {percent(-falls.min())} less of such goods; China’s vehicles "
        f"{_changed(vehicles)}, its ball bearings {_changed(value)} in value and {_changed(weight)} in weight",
        subtitle="Change against the time before the war, % · exports to Russia, classes and spans as each source sets them",
        source=chapter.publishers(rows),
        alt="; ".join(f"{row['label']} {quantity(row['value'], 'percent', signed=True)}" for row in records(data)) + ".",
    )  # fmt: skip


def prices_paid(chapter: Chapter) -> Markdown:
    """How much of a rise of controlled Chinese exports is price."""
    rows = rows_of(chapter, "endgame-machinery")
    prices = records(pick(rows, "cn_controlled_exports.price_change"))
    price = {row["counterparty"]: row["value"] for row in prices}
    span = printed(prices[0]["period"])
    vehicles = medians(pick(rows, "cn_vehicle_exports.to_ru_12m"))
    first, final = str(vehicles.index[0]), str(vehicles.index[-1])
    before, after = vehicles[first], vehicles[final]
    return Markdown(
        f"Value is not quantity: the mean price of controlled Chinese machinery {_changed(price['RU'])} up to {span} "
        f"when it went to Russia; elsewhere it {_changed(price['WLD'])}. China’s exports of "
        f"vehicles {moved(before, after)} in value from {quantity(before, 'usd_bn')} in {first} to {quantity(after, 'usd_bn')} in {printed(final)}."
    )


def direct_goods(chapter: Chapter) -> Table:
    """What the European Union still sells to Russia directly, medicines and food, with China's medicines beside."""
    figure_id = "endgame-direct-goods"
    rows = outturns(rows_of(chapter, figure_id))
    names = {
        ("medicine_exports.to_ru", "EU27"): "medicines from the European Union",
        ("medicine_exports.to_ru_eur", "EU27"): "medicines from the European Union, a quarter",
        ("medicine_exports.to_ru", "CN"): "medicines from China",
        ("agrifood_exports.to_ru", "EU27"): "farm goods and food from the European Union",
    }
    data = pd.DataFrame(
        {
            "goods": name,
            "period": printed(row["period"]),
            "value": bounded(row),
        }
        for (series, seller), name in names.items()
        for row in records(in_order(pick(rows, series, geo=seller)))
    )
    yearly = medians(pick(rows, "medicine_exports.to_ru", geo="EU27"))
    first, final = str(yearly.index[0]), str(yearly.index[-1])
    free = chapter.now["endgame.209"].label.lower()
    return table(
        data,
        {"goods": Column("Goods"), "period": Column("Period"), "value": Column("Exports to Russia")},
        table_id=figure_id,
        title=f"EU medicines for Russia: {quantity(yearly[first], 'usd_bn')} in {first}, {quantity(yearly[final], 'usd_bn')} in {final}",
        subtitle="Exports to Russia, values in the currency of each source · that medicines and food are outside the sanctions is "
        f"{free}",
        source=chapter.publishers(rows),
    )


def _spans(rows: pd.DataFrame) -> tuple[str, str]:
    """The months before the war and those of it that the figures on restricted goods compare."""
    before, after = sorted(set(rows["period"]))
    return before, after


def _restricted(chapter: Chapter) -> pd.Series:
    """The change of EU exports of restricted goods by partner, billions of euros."""
    rows = pick(rows_of(chapter, "endgame-rerouting"), "eu_sanctioned_goods.exports")
    before, after = _spans(rows)
    wide = rows.pivot(index="counterparty", columns="period", values="value")
    return (wide[after] - wide[before]).dropna()


def _detour(chapter: Chapter) -> tuple[float, float]:
    """What EU exports of restricted goods to the neighbours gained, and what those to Russia lost."""
    change = _restricted(chapter)
    return float(change["EU_EAST"]), float(-change["RU"])


def _neighbours(chapter: Chapter) -> dict[str, str]:
    """The countries of the detour, by area code."""
    areas = chapter.tables["areas"].set_index("area")
    return {area: str(areas.loc[area, "name_en"]) for area in split(str(areas.loc["EU_EAST", "members"]))}


def rerouting(chapter: Chapter) -> Figure:
    """Change of EU exports of restricted goods to Russia and to each of its neighbours."""
    figure_id = "endgame-rerouting"
    change, names = _restricted(chapter), _neighbours(chapter)
    gained, lost = _detour(chapter)
    data = pd.DataFrame(
        {"label": name, "actor": area if area == "RU" else "", "value": round(float(change[area]), 2)}
        for area, name in [("RU", "Russia"), *sorted(names.items(), key=lambda item: -change[item[0]])]
    )
    direction = "fell" if lost > 0 else "rose"
    rows = pick(rows_of(chapter, figure_id), "eu_sanctioned_goods.exports")
    before, after = _spans(rows)
    return bars(
        data, unit="eur_bn", ordered=False, figure_id=figure_id,
        title=f"EU sales of restricted goods to Russia {direction} by {quantity(abs(lost), 'eur_bn', 1)}; those to its neighbours "
        f"rose by {quantity(gained, 'eur_bn', 1)}: at most {percent(100 * gained / lost)} of the loss went round by them",
        subtitle=f"Change of EU exports, billions of euros · one list of goods under restrictions · {printed(after)} against "
        f"{printed(before)} · counted once, where the goods leave the Union",
        source=chapter.publishers(rows),
        alt="; ".join(f"{row['label']} {quantity(row['value'], 'eur_bn', 2, signed=True)}" for row in records(data)) + ".",
    )  # fmt: skip


def _transit(chapter: Chapter) -> tuple[float, float]:
    """Share of the gap in imports that all others filled, and the same if all that the neighbours gained was transit."""
    trade, year = _trade(rows_of(chapter, "endgame-rerouting"), "imports"), _year(chapter)
    amounts = _amounts(trade, BASE, year, OTHERS)
    gains = [_cell(trade, year, area) - _cell(trade, BASE, area) for area in _neighbours(chapter)]
    once = substitution_ratio.counted_once(*amounts, transit=sum(gain for gain in gains if gain > 0))
    return 100 * substitution_ratio.gross(*amounts), 100 * once


def counted_once(chapter: Chapter) -> Markdown:
    """How goods in transit are kept from counting twice, and what difference they can make."""
    ratio, once = _transit(chapter)
    rows = pick(rows_of(chapter, "endgame-rerouting"), "eu_exports.change")
    change = {row["counterparty"]: row["value"] for row in records(rows)}
    near = sum(value for area, value in change.items() if area in _neighbours(chapter))
    gained, lost = _detour(chapter)
    own = _restricted(chapter)
    without = 100 * (gained - own["BY"]) / lost
    return Markdown(
        "**Counted once.** A machine that goes from Germany to Bishkek to Moscow is a lost sale to Russia in German figures and a "
        "gain of Kyrgyzstan in Russian ones, and it is neither. So the detour is read where goods leave the Union, by the country "
        f"declared, and never added to Russia’s imports from that country: without Belarus it is {percent(without)} of the loss at "
        "most. In the share of the gap, all that the neighbours sold more to Russia is taken once as theirs and once as the "
        f"sanctioning countries’ own goods: it lies between {percent(once)} and {percent(ratio)}. All goods and a whole year give a "
        f"wider reach: in {rows['period'].iloc[0]} the Union sold {quantity(-change['RU'], 'eur_bn', 0)} less to Russia, "
        f"{quantity(near, 'eur_bn', 1)} more to those of the neighbours that are held and {quantity(change['TR'], 'eur_bn', 1)} "
        "more to Turkey; how much of that went on is not known."
    )


STUDIES = {
    "sanctioned_goods.replaced": "restricted goods, all others",
    "sanctioned_goods.china_offset_machinery": "machinery, China for the EU",
    "sanctioned_goods.china_offset_precision": "precision goods, China for the EU",
    "sanctioned_goods.china_offset_plastics": "plastics, China for the EU",
    "sanctioned_goods.china_offset_electrical": "electrical goods, China for the EU",
    "sanctioned_goods.china_offset_aircraft": "aircraft, China for the EU",
    "ru_imports.gap_filled.mirror_51_from_2021": "all goods, China and Turkey",
}
DETOUR = {"rerouting.share_of_lost_exports": "detour by neighbours"}
LEVELS = {
    "sanctioned_goods.level": "restricted goods",
    "sanctioned_goods.level_components": "critical components",
}
AUTHORS = {
    "bank_of_italy": "Bank of Italy",
    "bruegel": "Bruegel",
    "csis_dipippo": "CSIS",
    "ebrd": "EBRD",
    "eurostat": "Eurostat",
    "iep": "Gaidar",
    "ifo": "ifo",
    "kse": "KSE",
    "wiiw": "wiiw",
}


def _published(rows: pd.DataFrame, names: dict[str, str]) -> list[dict[str, object]]:
    """A row a published result: who found what and when, its value and bound."""
    return [
        {
            "label": f"{_author(row)}: {name}, {years([row['period']])}",
            "value": row["value"],
            "bound": row["bound"],
            "actor": "",
        }
        for series, name in names.items()
        for row in records(in_order(pick(rows, series)))
    ]


def _author(row: dict[str, object]) -> str:
    """The short name of who worked a result out: of several origins the one that is no mere statistic."""
    return next(AUTHORS[origin] for origin in split(str(row["origins"])) if origin in AUTHORS)


def _computed(words: str, value: float) -> dict[str, object]:
    return {"label": f"computed here: {words}", "value": round(value, 1), "bound": "exact", "actor": "RU"}


def studies(chapter: Chapter) -> Figure:
    """How much of the lost supply was replaced, by published studies, with the shares computed here."""
    figure_id, year = "endgame-studies", _year(chapter)
    rows = rows_of(chapter, figure_id)
    replaced, detour = (_published(outturns(rows), names) for names in (STUDIES, DETOUR))
    trade, none = _trade(rows, "imports"), pd.Series(dtype=float)
    own = [
        _computed(f"all goods, {definition}, {year}", filled(trade, none, definition, BASE, THREE, year))
        for definition in (GROSS, BOTH_TRENDS)
    ]
    data = pd.DataFrame([*replaced, *detour, *own]).assign(series="share of the loss")
    values = pd.DataFrame(replaced)["value"]
    most = max(cast(float, row["value"]) for row in detour)
    return dots(
        data, unit="percent", ordered=False, figure_id=figure_id,
        title=f"{int((values > 50).sum())} of {len(values)} published results see more than half of a lost supply replaced, the "
        f"highest {percent(values.max())}; the detour comes to {percent(most)} at most",
        subtitle="Share of the loss that was replaced, or that can have gone round, % · goods, spans and replacers as each source sets "
        f"them · strong: all goods, China, India and Turkey, from {BASE}",
        source=chapter.publishers(rows),
        alt="; ".join(f"{row['label']}: {hedge(row['bound'])}{quantity(row['value'], 'percent')}" for row in records(data)) + ".",
    )  # fmt: skip


def study_levels(chapter: Chapter) -> Figure:
    """The level of imports against the time before the war, by published studies and computed here."""
    figure_id, year = "endgame-study-levels", _year(chapter)
    rows = rows_of(chapter, figure_id)
    before, after = records(in_order(pick(rows, "ru_market.share_of_world_exports")))
    market = {
        "label": f"{_author(after)}: Russia’s weight in world exports, {years([after['period']])}",
        "value": round(100 * after["value"] / before["value"], 1),
        "bound": "exact",
        "actor": "",
    }
    found = [*_published(outturns(rows), LEVELS), market]
    own = _computed(f"all goods, {year}", _recovery(_trade(rows, "imports"), year))
    data = pd.DataFrame([*found, own]).assign(series="level of imports")
    values = pd.DataFrame(found)["value"]
    return dots(
        data, unit="percent", ordered=False, figure_id=figure_id,
        title=f"Imports stood at {percent(values.min())} to {percent(values.max())} of their level before the war, by study and goods",
        subtitle="Level against the time before the war, % · a level counts goods that were never lost, so that it lies over the share "
        f"that was replaced · base as each source sets it; strong: all goods, from {BASE}",
        source=chapter.publishers(rows),
        alt="; ".join(f"{row['label']}: {hedge(row['bound'])}{quantity(row['value'], 'percent')}" for row in records(data)) + ".",
    )  # fmt: skip


# China


def _printed_range(chapter: Chapter, claim_id: str) -> str:
    """The size of a price cut that a claim prints as a range."""
    low, high = sorted(abs(chapter.claims[claim_id][end]) for end in ("figure_low", "figure_high"))
    return f"{number(low)}{DASH}{quantity(high, 'percent')}"


def answer_china(chapter: Chapter) -> Markdown:
    """The section's answer in a few sentences."""
    period = str(chapter.library.primary("endgame.219")["period"])
    rows = pick(rows_of(chapter, "endgame-china-prices"), "crude.price_gap_vs_other_suppliers", period=period)
    gap = float(rows["value"].median())
    labels = {claim: chapter.now[f"endgame.{claim}"].label.lower() for claim in ("218", "223")}
    return Markdown(
        f"**In short:** that Russia’s economy leans more on China is {_found(chapter, 'endgame.215')}. In {period} Russian crude cost China "
        f"{percent(abs(gap), 1)} {'less' if gap < 0 else 'more'} than its other crude: that it is cheaper is {_found(chapter, 'endgame.219')}, that it is "
        f"{_printed_range(chapter, 'endgame.218')} cheaper is *{labels['218']}*. That the number of Chinese firms rose by "
        f"{_figure(chapter, 'endgame.223')} in a year is *{labels['223']}*."
    )


def _figure(chapter: Chapter, claim_id: str) -> str:
    """The bare figure that a claim prints."""
    return stated(chapter, claim_id).removeprefix("exact ")


CRUDE = {
    "crude.price_gap_vs_other_suppliers": ("all other suppliers", "CN"),
    "crude.price_gap_vs_saudi": ("Saudi crude", ""),
    "crude.price_gap_vs_iraq": ("Iraqi crude", ""),
    "crude.price_gap_vs_brazil": ("Brazilian crude", ""),
    "crude.price_gap_vs_malaysia": ("“Malaysian” crude", ""),
    "crude.price_gap_vs_uae": ("Emirati crude", ""),
    "crude.price_gap_espo_quotes": ("ESPO quotes to Brent", "RU"),
    "crude.price_gap_india_vs_west_asia": ("India: West Asian crude", "IN"),
}


def crude_prices(chapter: Chapter) -> Figure:
    """Price gaps of Russian crude by definition and period, beside the figure of the article."""
    figure_id = "endgame-china-prices"
    rows = outturns(rows_of(chapter, figure_id))
    data = lines(rows, CRUDE)
    claim = admitted(chapter, "endgame.218")
    china = data[data["actor"] != "IN"]
    after = china[china["period"] >= "2022"]
    india = data[data["actor"] == "IN"]
    met = int(after["value"].between(claim.left, claim.right).sum())
    lowest = after["value"].min()
    inside = int(india["value"].between(claim.left, claim.right).sum())
    return timeseries(
        data, unit="percent", statement=Statement(claim, f"the article: {_printed_range(chapter, 'endgame.218')} less"), figure_id=figure_id,
        title=f"{met or 'None'} of {len(after)} comparisons for China {'reach' if met > 1 else 'reaches'} the article’s {_printed_range(chapter, 'endgame.218')}; the widest gap is "
        f"{percent(-lowest, 1)}, and {inside or 'none'} of {len(india)} for India {'do' if inside > 1 else 'does'}",
        subtitle="Price of Russian crude less that of the other, % of the other; below nought is cheaper · customs unit values of "
        f"China and India, quotes · {years(data['period'])} · grades and freight not adjusted",
        source=chapter.publishers(rows),
        alt="; ".join(
            f"{row['line']}, {printed(row['period'])}: {quantity(row['value'], 'percent', signed=True)}" for row in records(data)
        )
        + ".",
    )  # fmt: skip


def gas_prices(chapter: Chapter) -> Figure:
    """The gap of the Russian gas price for China against Europe and Turkey, without forecasts."""
    figure_id = "endgame-gas-prices"
    rows = pick(rows_of(chapter, figure_id), "gas.price_gap_vs_europe")
    data = rows.assign(line="against Europe and Turkey", actor="CN")
    claim = admitted(chapter, "endgame.220")
    ordered = records(in_order(rows))
    low, high = min(-row["value"] for row in ordered), max(-row["value"] for row in ordered)
    return timeseries(
        data, unit="percent", statement=Statement(claim, f"the article on {chapter.claims['endgame.220']['period']}"),
        figure_id=figure_id,
        title=f"Russian gas cost China {percent(low)} to {percent(high)} less than Europe and Turkey in the periods held",
        subtitle="Average price for China less that for Europe with Turkey, % of the latter · pipeline gas · the last value is an estimate "
        "of the year under way",
        source=chapter.publishers(rows),
        alt="; ".join(f"{printed(row['period'])}: {quantity(row['value'], 'percent', signed=True)} ({row['status']})" for row in ordered)
        + ".",
    )  # fmt: skip


def gas_forecasts(chapter: Chapter) -> Markdown:
    """The ministry's forecasts of the gap, each with its vintage."""
    rows = pick(rows_of(chapter, "endgame-gas-prices"), status="forecast")
    vintages = chapter.tables["observations"].set_index("observation_id")["vintage"]
    said = "; ".join(
        f"{percent(-row['value'], 1)} for {printed(row['period'])} (forecast of {printed(str(vintages[row['observation_id']]))})"
        for row in records(rows.sort_values("observation_id", kind="stable"))
    )
    return Markdown(
        f"What the Russian economy ministry foresaw before the article, gas for China below that for western buyers: {said}."
    )


def chinese_firms(chapter: Chapter) -> Table:
    """What is counted when Chinese firms in Russia are counted: a stock, a share, and a flow."""
    figure_id = "endgame-china-firms"
    rows = rows_of(chapter, figure_id)
    stock = in_order(pick(rows, "ru_chinese_firms.stock"))
    first, final = records(stock)[0], last(stock)
    (flow,) = records(pick(rows, "ru_chinese_firms.new_registrations_growth"))
    part = last(pick(rows, "ru_chinese_firms.share_of_foreign_firms"))
    spent = (periods.parse(final["period"]).end - periods.parse(first["period"]).end).days / 365.25
    yearly = 100 * ((final["value"] / first["value"]) ** (1 / spent) - 1)
    shown = [
        *(
            {
                "counted": "firms on the register (stock)",
                "period": printed(row["period"]),
                "value": number(row["value"], 0),
            }
            for row in (first, final)
        ),
        {
            "counted": "growth of the stock a year between the two",
            "period": f"{printed(first['period'])} to {printed(final['period'])}",
            "value": quantity(yearly, "percent", 0),
        },
        {
            "counted": "growth of new registrations (flow)",
            "period": printed(flow["period"]),
            "value": quantity(flow["value"], "percent"),
        },
        {
            "counted": "share of all firms with foreign owners",
            "period": printed(part["period"]),
            "value": share(part["value"]),
        },
    ]
    same = flow["value"] in admitted(chapter, "endgame.223")
    return table(
        pd.DataFrame(shown),
        {"counted": Column("What is counted"), "period": Column("Period"), "value": Column("Value")},
        table_id=figure_id,
        title=f"{_figure(chapter, 'endgame.223')} is the growth of new registrations, a flow; the stock is not held at both ends of the year"
        if same
        else "The growth of new registrations is not the growth of the number of firms",
        subtitle="Firms with Chinese founders or co-owners registered in Russia",
        source=chapter.publishers(rows),
    )


# India


def answer_india(chapter: Chapter) -> Markdown:
    """The section's answer in a few sentences."""
    totals = pick(rows_of(chapter, "endgame-india"), "in_commerce.trade_total_ru")
    said = []
    for claim_id in ("endgame.230", "endgame.231"):
        year = str(chapter.claims[claim_id]["period"])
        own = medians(pick(totals, period=year))[year]
        said.append(
            f"{quantity(own, 'usd_bn', 1)} in {year}, so that the article’s {_figure(chapter, claim_id)} is "
            f"*{chapter.now[claim_id].label.lower()}*"
        )
    energy = rows_of(chapter, "endgame-india-energy")
    turnover, imports = (
        medians(pick(energy, f"in_ru_trade.energy_share_{part}")) for part in ("turnover", "imports")
    )
    both = shared(turnover, imports)[0]
    return Markdown(
        f"**In short:** Indian figures for the calendar year give {said[0]}, and {said[1]}. Energy is one share of the turnover and "
        f"another of India’s imports: {percent(turnover[both], 1)} and {percent(imports[both], 1)} in {both}; that it is "
        f"{stated(chapter, 'endgame.232')} of the trade is *{chapter.now['endgame.232'].label.lower()}*."
    )


def india_turnover(chapter: Chapter) -> Figure:
    """India's trade with Russia by calendar year, fiscal year and compiler."""
    figure_id = "endgame-india"
    rows = outturns(rows_of(chapter, figure_id))
    ministry = pick(rows, "in_commerce.trade_total_ru")
    kind = precisions(ministry)
    parts = {
        "fiscal years, ministry": (ministry[kind == "fiscal year"], "IN"),
        "calendar years, ministry": (ministry[kind == "year"], ""),
        "calendar years, IMF": (pick(rows, "imf_trade.total_in_ru"), ""),
    }
    data = pd.concat([part.assign(line=name, actor=actor) for name, (part, actor) in parts.items()])
    year = str(chapter.claims["endgame.230"]["period"])
    own = medians(parts["calendar years, ministry"][0])[year]
    (imf,) = pick(parts["calendar years, IMF"][0], period=year)["value"]
    claim = admitted(chapter, "endgame.230")
    (months,) = records(ministry[~kind.isin(["fiscal year", "year"])])
    printed_figure = quantity(chapter.claims["endgame.230"]["figure_low"], "usd_bn")
    outside = "no" if not any(value in claim for value in (own, imf)) else "a"
    return timeseries(
        data, unit="usd_bn", statement=Statement(claim, f"the article on {year}"), figure_id=figure_id,
        title=f"For {year} {outside} calendar-year count gives {printed_figure}: India’s ministry {quantity(own, 'usd_bn', 1)}, the IMF "
        f"{quantity(imf, 'usd_bn', 1)}; the months of the fiscal year that were out came to {quantity(months['value'], 'usd_bn', 1)}",
        subtitle=f"India’s goods trade with Russia, both directions, billions of US dollars · {years(data['period'])}; Indian fiscal years "
        "run from April to March",
        source=chapter.publishers(rows),
        alt="; ".join(
            f"{row['line']}, {printed(row['period'])}: {bounded(row)}" for row in records(in_order(data))
        )
        + ".",
    )  # fmt: skip


def india_energy(chapter: Chapter) -> Figure:
    """The share of energy in India's turnover with Russia and in its imports alone."""
    figure_id = "endgame-india-energy"
    rows = outturns(rows_of(chapter, figure_id))
    names = {
        "in_ru_trade.energy_share_imports": "energy in imports",
        "in_ru_trade.energy_share_turnover": "energy in turnover",
        "in_ru_trade.oil_share_turnover": "oil in turnover",
    }
    data = pd.DataFrame(
        {
            "label": f"{name}, {printed(row['period'])}",
            "value": row["value"],
            "actor": "IN" if "turnover" in series else "",
            "series": series,
        }
        for series, name in names.items()
        for row in records(in_order(pick(rows, series)))
    )
    figure = float(chapter.claims["endgame.232"]["figure_low"])
    turnover = data[data["series"] == "in_ru_trade.energy_share_turnover"]["value"]
    imports = data[data["series"] == "in_ru_trade.energy_share_imports"]["value"]
    return bars(
        data, unit="percent_share", ordered=False, figure_id=figure_id,
        title=f"Energy is over {share(figure)} of turnover in {int((turnover > figure).sum())} of {len(turnover)} years held, and of "
        f"imports in {int((imports > figure).sum())} of {len(imports)}",
        subtitle="Mineral fuels from Russia, % of trade in both directions or of India’s imports alone · Indian trade figures",
        source=chapter.publishers(rows),
        alt="; ".join(f"{row['label']} {share(row['value'])}" for row in records(data)) + ".",
    )  # fmt: skip


GOODS = {
    "in_imports_from_ru.fertilisers": "from Russia: fertilisers",
    "in_imports_from_ru.fats_oils": "from Russia: animal and vegetable fats and oils",
    "in_imports_from_ru.stones": "from Russia: precious stones and metals",
    "in_exports_to_ru.machinery": "to Russia: machinery",
    "in_exports_to_ru.electronics": "to Russia: electrical goods",
    "in_exports_to_ru.medicines": "to Russia: medicines",
}


def india_goods(chapter: Chapter) -> Table:
    """The smaller goods of India's trade with Russia by fiscal year."""
    figure_id = "endgame-india-goods"
    rows = outturns(rows_of(chapter, figure_id))
    spans = sorted(set(rows["period"]))
    shown = [
        {"goods": name, **medians(pick(rows, series)).reindex(spans).to_dict()}
        for series, name in GOODS.items()
    ]
    data = pd.DataFrame(shown)
    data["change"] = 100 * (data[spans[-1]] / data[spans[0]] - 1)
    exports = data[data["goods"].str.startswith("to")]
    grew = int((exports["change"] > 0).sum())
    return table(
        data,
        {
            "goods": Column("Chapter of goods"),
            **{span: Column(span, True, "usd_mn", 0) for span in spans},
            "change": Column("Change", True, "percent", 0, signed=True),
        },
        table_id=figure_id,
        title=f"Of {len(exports)} Indian exports that are said to grow {grew or 'none'} did between {spans[0]} and {spans[-1]}",
        subtitle="India’s goods trade with Russia by chapter of the customs tariff, millions of US dollars",
        source=chapter.publishers(rows),
    )
