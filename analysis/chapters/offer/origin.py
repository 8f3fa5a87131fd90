"""Where the offer comes from and what stands behind it: report, statement and arithmetic kept apart.

The article fuses three things: what an agency reported of a memorandum, what others said of a sum and of a
day, and what follows from dividing one number by another.
"""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd

from analysis import periods
from analysis.addresses import claim_address
from analysis.chapter import Chapter
from analysis.chapters.phrases import SHARE, bounded, ends_of_lines, moved, share
from analysis.chapters.rows import (
    article_mark,
    in_order,
    last,
    lines,
    of_precision,
    outturns,
    pick,
    precisions,
    records,
    rows_of,
    valued,
)
from analysis.figures.bars import bars
from analysis.figures.figure import Figure
from analysis.figures.numbers import DASH
from analysis.figures.table import Column, Html, Table, markup
from analysis.figures.time_axis import printed
from analysis.figures.timeseries import timeseries
from analysis.figures.verdicts import chip
from analysis.verdicts import plural

REPORT, STATEMENT, ARITHMETIC = "report", "statement", "arithmetic"
FAMILIES = {
    REPORT: ("offer.004", "offer.007", "offer.012", "offer.013", "offer.039", "offer.048"),
    STATEMENT: ("offer.002", "offer.014", "offer.019", "offer.028"),
    ARITHMETIC: ("offer.022", "offer.023"),
}
PRESSURES = {
    "budget.balance_gdp": "Balance of the federal budget over GDP",
    "budget.oil_gas_revenue": "Oil and gas revenue of the budget",
    "budget.oil_gas_share": "Oil and gas in the budget’s revenue",
    "ru_losses.named_dead": "Soldiers killed and known by name",
    "ru_losses.casualties_total": "Casualties as Western officials put them",
}
CURRENCIES = {
    "ru_exports.settlement_share.unfriendly": ("currencies of sanctioning states", "EU27"),
    "ru_exports.settlement_share.rub": ("rouble", "RU"),
    "ru_exports.settlement_share.cny": ("yuan", "CN"),
}


def _names(chapter: Chapter, claim_id: str, judgement: str) -> str:
    """The first publishers of the evidence of one kind on a claim."""
    found = {
        chapter.origin_names[origin]
        for item in chapter.now[claim_id].evidence
        if item.judgement == judgement
        for origin in item.origins
    }
    return "; ".join(sorted(found)) or DASH


def at_a_glance(chapter: Chapter) -> Table:
    """Report, statement and arithmetic: each claim with who bears it out, who contradicts it, its verdict."""
    rows = pd.DataFrame(
        [
            {
                "family": family,
                "claim_id": claim_id,
                "claim": chapter.claims[claim_id]["short_en"],
                "borne_out_by": _names(chapter, claim_id, "inside"),
                "contradicted_by": _names(chapter, claim_id, "outside"),
                "verdict": chapter.now[claim_id].label,
            }
            for family, claim_ids in FAMILIES.items()
            for claim_id in claim_ids
        ]
    )
    shown = rows.assign(
        claim=[
            Html(f'<a href="{escape(claim_address(row["claim_id"]))}">{escape(row["claim"])}</a>')
            for row in records(rows)
        ],
        verdict=[chip(label) for label in rows["verdict"]],
    )
    columns = {
        "claim": Column("The article says"),
        "family": Column("Kind"),
        "borne_out_by": Column("Borne out by"),
        "contradicted_by": Column("Contradicted by"),
        "verdict": Column("Verdict now"),
    }
    reported = rows[rows["family"] == REPORT]
    against = int((reported["contradicted_by"] != DASH).sum())
    return Table(
        "offer-at-a-glance",
        f"Of {plural(len(reported), 'thing')} ascribed to the agency’s report, {against} are contradicted by what is known of it",
        "Report: what the agency printed of the memorandum; statement: who named sum, term and day; arithmetic: what "
        "follows from tables",
        "the rows named at each claim",
        markup(shown, columns, "finding-verdicts"),
        rows,
    )


def _step(rows: pd.DataFrame) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """The last two rows whose difference has a sign: a bound serves only where it decides."""
    found = records(in_order(rows).drop_duplicates("period", keep="last"))
    for place in range(len(found) - 1, 0, -1):
        after = found[place]
        before = next((row for row in reversed(found[:place]) if row["bound"] in ("exact", "about")), None)
        if before is None:
            return None
        lower, higher = after["value"] < before["value"], after["value"] > before["value"]
        if {"below": lower, "above": higher}.get(after["bound"], True):
            return before, after
    return None


def pressure(chapter: Chapter) -> Table:
    """What weighed on Moscow: each measure at the last two of its periods that can be compared."""
    figure_id = "offer-pressure"
    rows = outturns(rows_of(chapter, figure_id))
    found = []
    for series, name in PRESSURES.items():
        own = pick(rows, series)
        step = _step(own[precisions(own) != "interval of months"])
        if step is None:
            raise ValueError(f"figure {figure_id}: {series} has no two periods to compare")
        before, after = step
        found.append(
            {
                "measure": name,
                "before": f"{bounded(before)}, {printed(before['period'])}",
                "after": f"{bounded(after)}, {printed(after['period'])}",
                "moved": moved(before["value"], after["value"]),
                "source": after["source"],
            }
        )
    data = pd.DataFrame(found)
    columns = {
        "measure": Column("Measure"),
        "moved": Column("It"),
        "before": Column("Before"),
        "after": Column("Latest"),
        "source": Column("Source of the latest"),
    }
    words = dict(zip(PRESSURES, data["moved"], strict=True))
    return Table(
        figure_id,
        f"The budget’s balance {words['budget.balance_gdp']}, its oil and gas take {words['budget.oil_gas_revenue']} and "
        f"the count of named dead {words['ru_losses.named_dead']}",
        "The last two periods that can be compared; each measure in its own unit, bounds as bounds",
        chapter.publishers(rows),
        markup(data, columns, "finding-verdicts"),
        data,
    )


def settlement(chapter: Chapter) -> Figure:
    """Currencies of Russia's export payments by month: how far a return of the dollar would have to go."""
    figure_id = "offer-settlement"
    rows = pick(outturns(rows_of(chapter, figure_id)), counterparty="WLD")
    data = of_precision(lines(rows, CURRENCIES), "month")
    western = in_order(valued(pick(data, "ru_exports.settlement_share.unfriendly")))
    first, final = records(western)[0], last(western)
    rouble = last(pick(data, "ru_exports.settlement_share.rub", period=final["period"]))
    marks = article_mark(chapter)
    return timeseries(
        data, unit=SHARE, marks=marks, figure_id=figure_id,
        title=f"Roubles paid for {share(rouble['value'])} of Russia’s exports in {printed(rouble['period'])}; currencies of sanctioning "
        f"states for {share(final['value'])}, after {share(first['value'])} in {printed(first['period'])}",
        subtitle="% of payments for goods and services exported · Russia to the world · months; the dollar is one part "
        "of the currencies of sanctioning states",
        source=chapter.publishers(data),
        alt=ends_of_lines(data),
    )  # fmt: skip


def minerals(chapter: Chapter) -> Figure:
    """Russia's share in the world's output of the four minerals that the article names."""
    figure_id = "offer-minerals"
    rows = outturns(rows_of(chapter, figure_id))
    names = {
        f"minerals.{metal}_production_share": (metal, "RU") for metal in ("palladium", "nickel", "cobalt", "lithium")
    }
    data = in_order(lines(rows, names)).drop_duplicates("line", keep="last")
    data = data.assign(label=[f"{row['line']}, {periods.parse(row['period']).start.year}" for row in records(data)])
    *small, most = sorted(records(data), key=lambda row: row["value"])
    return bars(
        data, unit=SHARE, figure_id=figure_id,
        title=f"Of the {len(data)} minerals named Russia weighs in the world market for {most['line']}; of the others it mines "
        f"at most {share(small[-1]['value'])}",
        subtitle="Russia’s share of the world’s mined output, %, latest year found for each",
        source=chapter.publishers(data),
        alt=f"Bars from {share(most['value'])} for {most['line']} down to {share(small[0]['value'])} for {small[0]['line']}.",
    )  # fmt: skip

