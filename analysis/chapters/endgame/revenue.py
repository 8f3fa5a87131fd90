"""What "failed" can mean, goal by goal, and what sanctions did to Russia's income from oil and gas.

A split into price and volume describes what changed between two months; it is no effect of sanctions,
since the world price moves too. Published estimates of a loss each have a path of their own to be
measured against and are never added up.
"""

from __future__ import annotations

from decimal import Decimal
from html import escape
from itertools import pairwise

import pandas as pd
from IPython.display import Markdown

from analysis import periods, verdicts
from analysis.addresses import claim_address
from analysis.chapter import Chapter
from analysis.chapters.phrases import bounded, moved, of_all, share, tally, tenth, years
from analysis.chapters.rows import (
    by_end,
    lines,
    medians,
    of_precision,
    outturns,
    pick,
    precisions,
    records,
    rows_of,
    shared,
)
from analysis.figures import numbers
from analysis.figures.bars import bars
from analysis.figures.figure import Figure
from analysis.figures.numbers import interval, number, quantity
from analysis.figures.table import Column, Html, Table, markup
from analysis.figures.time_axis import printed
from analysis.figures.timeline import timeline
from analysis.figures.timeseries import timeseries
from analysis.figures.verdicts import transition
from analysis.intervals import threshold_interval
from analysis.methods.price_volume import SPLITS, price_volume
from analysis.readings import Record, read, split

CAP = "Price cap on Russian crude"
LISTING = "Blocking of Rosneft and Lukoil"
GOALS = {
    "endgame.176": "Stop the war",
    "endgame.177": "Cut revenue",
    "endgame.178": "Deny technology",
    "endgame.179": "Collapse the economy",
    "endgame.180": "Signal",
}
CAUSES = ("endgame.192", "endgame.193", "endgame.194")
OUTCOMES = {
    verdicts.SUPPORTED: "missed",
    verdicts.REFUTED: "not missed",
    verdicts.CONFLICTING: "depending on the measure",
}


# The claim, goal by goal


def _printed(value: float, unit: str, signed: bool) -> str:
    return quantity(tenth(value), unit, signed=signed) if unit == "percent" else number(value, 0)


def _values(chapter: Chapter, reading: Record) -> list[str]:
    """The values that a reading finds, each with its period."""
    unit = chapter.reading_unit(reading)
    return [
        f"{_printed(item.estimate, unit, unit == 'percent')} "
        f"({f'{numbers.DASH}'.join(dict.fromkeys(printed(reference.period) for reference in item.references))})"
        for item in read(chapter.library, reading, chapter.tables.schema.as_of)
        if item.estimate is not None
    ]


def _mark(mark: pd.Interval, unit: str) -> str:
    """From where on the claim of failure holds: how small a fall, or how few."""
    if mark.left < 0 and mark.right == float("inf"):
        return f"a fall of less than {quantity(-mark.left, unit)}"
    return numbers.interval(mark.left, mark.right, unit, closed=mark.closed)


def _measured(chapter: Chapter, claim_id: str) -> dict[str, str]:
    """One goal's measure, the mark from which the claim of failure holds, and what was found."""
    primary = chapter.library.primary(claim_id)
    if primary["table"] == "events":
        event = chapter.library.events[split(primary["key"])[0]][0]
        found = f"{event['occurred']} ({printed(event['date'])})"
        return {"measure": "Whether the war goes on", "mark": "yes", "found": found}
    series = chapter.library.series[split(primary["key"])[0]]
    unit = chapter.reading_unit(primary)
    return {
        "measure": series["title_en"],
        "mark": _mark(threshold_interval(primary["expected"]), unit),
        "found": ", ".join(_values(chapter, primary)),
    }


def _besides(chapter: Chapter, claim_id: str) -> str:
    """What other measures of a goal say: the share of declared combinations that agree, or their values."""
    verdict = chapter.now[claim_id]
    if verdict.curves:
        runs = pd.concat([curve.runs for curve in verdict.curves])
        low, high = (_printed(runs["estimate"].agg(end), "percent", True) for end in ("min", "max"))
        return f"{int(runs['holds'].sum())} of {len(runs)} comparisons show so small a fall; they run from {low} to {high}"
    primary = chapter.library.primary(claim_id)
    others = [reading for reading in chapter.library.readings_of[claim_id] if reading is not primary]
    if primary["table"] == "events":
        found = [chapter.library.events[split(reading["key"])[0]][0]["date"] for reading in others]
        return "; ".join(f"still so on {printed(date)}" for date in found)
    alike = [reading for reading in others if reading["key"] == primary["key"]]
    return "later " + ", ".join(value for reading in alike for value in _values(chapter, reading))


def goals(chapter: Chapter) -> Table:
    """The claim that sanctions failed, split by goal: measure, mark, finding, verdict then and now."""
    figure_id = "endgame-goals"
    rows = rows_of(chapter, figure_id)
    data = pd.DataFrame(
        {
            "goal": goal,
            "claim_id": claim_id,
            **_measured(chapter, claim_id),
            "besides": _besides(chapter, claim_id),
            "then": chapter.then[claim_id].label,
            "now": chapter.now[claim_id].label,
            "outcome": OUTCOMES.get(chapter.now[claim_id].label, "not known"),
        }
        for claim_id, goal in GOALS.items()
    )
    counts = data["outcome"].value_counts()
    said = ", ".join(f"{counts[word]} {word}" for word in [*OUTCOMES.values(), "not known"] if word in counts)
    cells = pd.DataFrame(
        {
            "goal": f'<a href="{claim_address(row["claim_id"])}"><strong>{escape(row["goal"])}</strong></a><br>'
            f"{escape(row['measure'])}",
            "found": f"<div><strong>{escape(row['found'])}</strong>; failed if {escape(row['mark'])}</div>",
            "besides": f"<div>{escape(row['besides'])}</div>",
            "verdict": f"<div>{transition(row['then'], row['now'])} {row['outcome']}</div>",
        }
        for row in records(data)
    ).map(Html)
    columns = {
        "goal": Column("Goal, and what decides"),
        "verdict": Column("“It failed”: then → now"),
        "found": Column("Found"),
        "besides": Column("Other measures and dates"),
    }
    return Table(
        figure_id,
        f"Did sanctions fail? Of {len(data)} goals: {said}",
        "Each goal with the measure that decides and the mark set for it, and the verdict on “the sanctions failed "
        f"at this” at publication ({chapter.article['published']}) and now ({chapter.tables.schema.as_of})",
        chapter.publishers(rows) + "; events: the sources named at the claim",
        markup(cells, columns, "finding-cards"),
        data,
    )


def answer(chapter: Chapter) -> Markdown:
    """The section's answer in one sentence, from its verdicts."""
    whole = chapter.now["endgame.032"]
    runs = pd.concat([curve.runs for curve in whole.curves])
    names: dict[str, list[str]] = {}
    for claim_id, goal in GOALS.items():
        names.setdefault(OUTCOMES.get(chapter.now[claim_id].label, "not known"), []).append(goal.lower())
    said = "; ".join(f"{outcome}: {', '.join(goals)}" for outcome, goals in names.items())
    return Markdown(
        f"**“Failed” has no single answer; it has one for each goal**: {said}. On the sentence as a whole the verdict is "
        f"{whole.label.lower()}: {int(runs['holds'].sum())} of {len(runs)} declared ways to measure revenue and technology "
        f"show a cut of less than a tenth. The verdicts on its {len(CAUSES)} causes: {tally(chapter, CAUSES)}."
    )


def edge(chapter: Chapter) -> Markdown:
    """How near the battlefield goods lie to the mark: a month more turns the reading."""
    readings = [chapter.library.readings[f"endgame.178.{name}"] for name in ("a", "b")]
    labels = chapter.reading_table("endgame.178").set_index("reading_id")["verdict"]
    said = [f"{', '.join(_values(chapter, one))}: {labels[one['reading_id']].lower()}" for one in readings]
    return Markdown(
        "Battlefield goods lie at the very mark, and a month more in the same count "
        f"{'turns' if len({labels[one['reading_id']] for one in readings}) > 1 else 'does not turn'} the reading: "
        f"{'; '.join(said)}."
    )


# Money


def _marks(chapter: Chapter) -> pd.DataFrame:
    sanctions = chapter.tables["sanctions"].set_index("measure")["date"]
    dated = {str(sanctions[CAP]): "price cap", str(sanctions[LISTING]): "Rosneft, Lukoil listed"}
    return pd.DataFrame(
        {"date": [*dated, chapter.article["published"]], "label": [*dated.values(), "the article"]}
    ).sort_values("date")


def receipts(chapter: Chapter) -> Figure:
    """Oil and gas receipts of the federal budget by year, plans and expectations left out."""
    figure_id = "endgame-revenue"
    data = outturns(rows_of(chapter, figure_id)).assign(line="oil and gas receipts", actor="RU")
    by_year = medians(data)
    first, final = periods.ends(chapter.library.primary("endgame.177")["period"])
    stops = [first, *(year for year in by_year.index if year >= final)]
    said = [
        f"{moved(by_year[one], by_year[two])} {quantity(abs(tenth(100 * (by_year[two] / by_year[one] - 1))), 'percent')} "
        f"{f'from {one} to {two}' if one == first else f'in {two}'}"
        for one, two in pairwise(stops)
    ]
    return timeseries(
        data, unit="rub_tn", marks=_marks(chapter), figure_id=figure_id,
        title=f"Oil and gas receipts {', '.join(said[:-1])} and {said[-1]}",
        subtitle="Receipts of Russia’s federal budget from oil and gas, trillions of current roubles · "
        f"{years(data['period'])}, final counts",
        source=chapter.publishers(data),
        alt="; ".join(f"{year}: {quantity(tenth(value), 'rub_tn')}" for year, value in by_year.items()),
    )  # fmt: skip


def _monthly(chapter: Chapter) -> pd.DataFrame:
    """The monthly values of revenue, volume and Brent."""
    return of_precision(outturns(rows_of(chapter, "endgame-price-volume")), "month")


def _effects(chapter: Chapter) -> pd.DataFrame:
    """What moved oil export earnings a day between two months, under each split of the interaction."""
    rows = _monthly(chapter)
    revenue, volume, brent = (
        medians(pick(rows, series)) for series in ("oil.export_revenue", "oil.exports_total", "brent.spot")
    )
    months = shared(revenue, volume, brent)
    if len(months) < 2:
        raise ValueError("figure endgame-price-volume: no two months have revenue, volume and Brent")
    days = {month: (periods.parse(month).end - periods.parse(month).start).days + 1 for month in months}
    # Million dollars a day over million barrels a day: dollars a barrel.
    price = {month: 1000 * revenue[month] / days[month] / volume[month] for month in months}
    found = []
    for one, two in pairwise(months):
        whole = price_volume(price[one], price[two], volume[one], volume[two])
        world = price_volume(brent[one], brent[two], volume[one], volume[two])["price"]
        for name in SPLITS:
            found.append(
                {
                    "from": one,
                    "to": two,
                    "split": name,
                    "world price (Brent)": world[name],
                    "gap to Brent": whole.loc[name, "price"] - world[name],
                    "volume": whole.loc[name, "quantity"],
                    "total": whole.loc[name, "total"],
                }
            )
    return pd.DataFrame(found)


PARTS = {"world price (Brent)": "", "gap to Brent": "RU", "volume": "RU"}


def price_and_volume(chapter: Chapter) -> Figure:
    """Oil export earnings between months: world price, gap to Brent and volume."""
    figure_id = "endgame-price-volume"
    effects = _effects(chapter)
    even = records(effects[effects["split"] == "half to each"])
    data = pd.DataFrame(
        {
            "label": f"{printed(row['from'])} to {printed(row['to'])}: {part}",
            "from": row["from"],
            "to": row["to"],
            "part": part,
            "value": Decimal(round(row[part])),
            "actor": actor,
        }
        for row in even
        for part, actor in PARTS.items()
    )
    said = [
        f"{moved(0, row['total'])} by {quantity(abs(row['total']), 'usd_mn', 0)} a day from {printed(row['from'])} to "
        f"{printed(row['to'])}"
        for row in even
    ]
    largest = [max(PARTS, key=lambda part, row=row: abs(row[part])) for row in even]  # type: ignore[misc]
    each = "each time " if len(set(largest)) == 1 else ""
    main = f"the largest part {each}was the {' and then the '.join(dict.fromkeys(largest))}"
    return bars(
        data, unit="usd_mn", ordered=False, figure_id=figure_id,
        title=f"Oil export earnings {' and '.join(said)}; {main}",
        subtitle="Contribution to the change of export earnings from crude and products, millions of dollars a day · Russia · "
        "interaction half to price and half to volume",
        source=chapter.publishers(_monthly(chapter)),
        alt="; ".join(
            f"{row['label']}: {quantity(row['value'], 'usd_mn', signed=True)}" for row in records(data)
        ),
    )  # fmt: skip


def splits(chapter: Chapter) -> Markdown:
    """Whether another way to place the interaction turns the sign of a part."""
    effects = _effects(chapter)
    turned = [
        f"{name} from {printed(str(one))} to {printed(str(two))}"
        for (one, two), part in effects.groupby(["from", "to"], sort=False)
        for name in PARTS
        if part[name].min() < 0 < part[name].max()
    ]
    widest = max(
        part[name].max() - part[name].min()
        for _, part in effects.groupby(["from", "to"], sort=False)
        for name in PARTS
    )
    return Markdown(
        f"Where the interaction is put moves a part by {quantity(widest, 'usd_mn', 0)} a day at most and turns the sign of "
        f"{'; '.join(turned) or 'none'}."
    )


GRADES = {
    "urals.discount_to_brent": ("Urals, western ports", "RU"),
    "espo.discount_to_ice_brent": ("ESPO in China", "CN"),
}
BUYERS = {"CN": "Urals in China", "IN": "Urals in India"}


def _turns(part: pd.DataFrame) -> list[str]:
    """The periods at which a line has crossed nought."""
    levels = medians(part)
    return [two for one, two in pairwise(levels.index) if levels[one] * levels[two] < 0]


def discounts(chapter: Chapter) -> Figure:
    """Russian crudes against Brent by month; above nought is a premium."""
    figure_id = "endgame-discount"
    rows = rows_of(chapter, figure_id)
    rows = rows[(precisions(rows) != "year") & (rows["period"] > "2021")]
    names = [GRADES.get(row["series_id"]) or (BUYERS[row["geo"]], row["geo"]) for row in records(rows)]
    data = rows.assign(line=[line for line, _ in names], actor=[actor for _, actor in names])
    urals, espo = (pick(data, series) for series in GRADES)
    cheap = int((urals["value"] < 0).sum())
    said = []
    for line, part in data.groupby("line", sort=False):
        crossed = _turns(part)
        if crossed:
            times = "once" if len(crossed) == 1 else f"{len(crossed)} times"
            said.append(
                f"{line} crossed it {times}, {'in' if len(crossed) == 1 else 'last in'} {printed(crossed[-1])}"
            )
    return timeseries(
        data[["line", "actor", "period", "value", "bound", "status", "source", "observation_id"]],
        unit="usd_per_barrel", marks=_marks(chapter), panel_height=3.2, figure_id=figure_id,
        title=f"Urals at western ports stood under Brent in {of_all(cheap, len(urals))} months; "
        f"{', '.join(said) or 'no grade crossed it'}",
        subtitle="Differential to Brent, dollars a barrel, below nought a discount · Urals by the tax price for all buyers, or "
        f"delivered where a country is named; ESPO delivered in China · {years(data['period'])}",
        source=chapter.publishers(data),
        alt=f"Urals at western ports lies between {quantity(urals['value'].min(), 'usd_per_barrel', 1)} and "
        f"{quantity(urals['value'].max(), 'usd_per_barrel', 1)} to Brent; ESPO in China between "
        f"{quantity(espo['value'].min(), 'usd_per_barrel', 1)} and {quantity(espo['value'].max(), 'usd_per_barrel', 1)}.",
    )  # fmt: skip


def oil_gas_share(chapter: Chapter) -> Figure:
    """Oil and gas in the federal budget and in output, outturns alone."""
    figure_id = "endgame-oil-gas-share"
    names = {"budget.oil_gas_share": ("of budget revenue", "RU"), "ru_gdp.oil_gas_share": ("of output", "")}
    data = lines(outturns(rows_of(chapter, figure_id)), names)
    budget = data[data["line"] == "of budget revenue"]
    levels = medians(budget)
    peak, final = max(levels.index, key=lambda year: levels[str(year)]), max(budget["period"], key=by_end)
    (end,) = records(budget[budget["period"] == final].head(1))
    return timeseries(
        data, unit="percent_share", marks=_marks(chapter), figure_id=figure_id,
        title=f"Oil and gas brought {share(levels[peak])} of the budget’s revenue in {peak} and {bounded(end)} in {final}",
        subtitle=f"Oil and gas, % of the federal budget’s revenue and of gross domestic product · Russia · {years(data['period'])}",
        source=chapter.publishers(data),
        alt=f"The share of the budget: {'; '.join(f'{year} {share(value)}' for year, value in levels.items())}; "
        f"{final} {bounded(end)}.",
    )  # fmt: skip


def losses(chapter: Chapter) -> Table:
    """Published estimates of what sanctions cost Russia, each with what it is measured against."""
    figure_id = "endgame-losses"
    rows = rows_of(chapter, figure_id)
    rows = rows.assign(
        amount=[bounded(row) for row in records(rows)],
        span=rows["period"].map(printed),
        against=rows["series_id"].map(lambda series: chapter.library.series[series]["definition"]),
    ).sort_values(["origins", "period", "series_id"], kind="stable")
    shares = rows[rows["unit"] == "percent"]["value"]
    columns = {
        "series": Column("Estimate"),
        "amount": Column("Loss"),
        "span": Column("Period"),
        "against": Column("What it counts, and against what"),
    }
    return Table(
        figure_id,
        f"{len(rows)} published numbers by {rows['origins'].nunique()} publishers, each with its own fuels, span and comparison; as a "
        f"share of income they put the loss at {interval(shares.min(), shares.max(), 'percent', 0)}",
        "Income from oil, gas or all fossil fuels that sanctions are said to have cost Russia; none may be added to another",
        chapter.publishers(rows),
        markup(rows, columns, "finding-cards"),
        rows[["series_id", "series", "value", "unit", "bound", "period", "against", "source"]],
    )


def counterfactuals(chapter: Chapter) -> Markdown:
    """What the estimates with a path of their own say beside the change that was counted."""
    rows = rows_of(chapter, "endgame-losses")
    lost, price, volume, part = (
        float(pick(rows, f"loss.crea_{name}")["value"].iloc[0])
        for name in ("oil_first_year", "price_part", "volume_part", "oil_share")
    )
    primary = chapter.library.primary("endgame.177")
    [item] = read(chapter.library, primary, chapter.tables.schema.as_of)
    counted, mark = item.estimate or 0.0, -threshold_interval(primary["expected"]).left
    wide = "price" if price > volume else "volume"
    return Markdown(
        f"CREA’s estimate for the first year of embargo and cap splits {quantity(lost, 'eur_bn')} into "
        f"{quantity(price, 'eur_bn')} of price and {quantity(volume, 'eur_bn')} of volume: mostly {wide}, like the split above, "
        f"but against a path without the measures and not against an earlier month. Against that path "
        f"{quantity(part, 'percent')} is missing, which is {'more' if part > mark else 'no more'} than the "
        f"{quantity(mark, 'percent')} that count as a cut here; against the year before the invasion the budget’s receipts changed by "
        f"{quantity(tenth(counted), 'percent', signed=True)}. The two differ by what the income is set against, not by the facts."
    )


def money_answer(chapter: Chapter) -> Markdown:
    """The section's answer in one sentence, from its verdicts."""
    [curve] = chapter.now["endgame.177"].curves
    runs = curve.runs
    said = ", ".join(
        f"{str(name).replace('_', ' ').replace('gdp', 'GDP').replace('iea', 'IEA')} {int(part.sum())} of {len(part)}"
        for name, part in runs.groupby("definition")["holds"]
    )
    return Markdown(
        f"**Whether revenue was cut depends on what counts as revenue and on the year it is set against**: too small a cut, of "
        f"less than a tenth, appears in {int(curve.runs['holds'].sum())} of {len(curve.runs)} comparisons (by definition: {said}). "
        f"That Russian crude sold at a discount is {chapter.now['endgame.034'].label.lower()}; that its oil soon found buyers is "
        f"{chapter.now['endgame.035'].label.lower()}."
    )


# Gazprombank

HAPPENED = {1.0: "came true", 0.5: "came true in part", 0.0: "did not come true"}


def gazprombank(chapter: Chapter) -> Figure:
    """The listing of Gazprombank, and what became of the forecasts that can be checked."""
    figure_id = "endgame-gazprombank"
    claims = split(str(chapter.tables.row("figures", figure_id)["claim_ids"]))
    foreseen = {
        row["claim_id"]: row for row in records(chapter.tables["forecasts"]) if pd.notna(row["outcome"])
    }
    found: list[dict[str, object]] = []
    for claim_id in claims:
        if claim_id in foreseen:
            row = foreseen[claim_id]
            said = HAPPENED[float(row["outcome"])]
            found.append(
                {
                    "date": row["outcome_date"],
                    "label": f"Forecast, {said}: {row['criterion']}",
                    "occurred": "yes" if row["outcome"] else "no",
                    "foreseen": True,
                }
            )
            continue
        told = set()  # several reports of one day's happening are one event
        for key in split(chapter.library.primary(claim_id)["key"]):
            for event in chapter.library.events.get(key, []):
                if event["date"] not in told:
                    actor = split(event["actors"])[0]
                    found.append(
                        {
                            "date": event["date"],
                            "label": event["event"],
                            "actor": actor,
                            "occurred": event["occurred"],
                        }
                    )
                told.add(event["date"])
    if not any("foreseen" in row for row in found) or all("foreseen" in row for row in found):
        raise ValueError(f"figure {figure_id}: there is no event or no forecast to draw")
    found.append({"date": chapter.article["published"], "label": "The article", "article": True})
    data = pd.DataFrame(found)
    data = data.assign(
        actor=data["actor"].fillna(""),
        occurred=data["occurred"].fillna("yes"),
        article=data["article"].eq(True),
    )
    forecasts = data[data["foreseen"].eq(True)]
    came = int((forecasts["occurred"] == "yes").sum())
    return timeline(
        data[["date", "label", "actor", "occurred", "article"]], figure_id=figure_id,
        title=f"Gazprombank: of {len(forecasts)} forecasts that can be checked {came} came true",
        subtitle=f"Events and outcomes of the article’s forecasts, {years(data['date'])}",
        source="the sources named at each claim",
        alt="; ".join(f"{printed(row['date'])}: {row['label']}" for row in records(data)),
    )  # fmt: skip


def gazprombank_answer(chapter: Chapter) -> Markdown:
    """The section's answer in one sentence, from its verdicts."""
    facts = ("endgame.030", "endgame.164", "endgame.165", "endgame.166", "endgame.169")
    aims = ("endgame.031", "endgame.173", "endgame.174")
    last = chapter.now["endgame.165"].label.lower()
    return Markdown(
        f"**The listing is a matter of record, the motive is not.** Claims on the bank: {tally(chapter, facts)}; that it was the "
        f"last one exempt is {last}. Claims on Washington’s aims: {tally(chapter, aims)}."
    )
