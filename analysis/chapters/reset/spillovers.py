"""Spill-overs by region and channel: what the article expects of a US–Russian thaw, and what came.

An expectation that came about is no effect of the thaw: the rows say what happened, never why, and the
expectations name no mechanism that a count could test. So the matrix counts outcomes and nothing else.
"""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
from IPython.display import Markdown

from analysis.addresses import claim_address, source_address
from analysis.chapter import Chapter
from analysis.chapters.forecasts import (
    FAILED,
    HAPPENED,
    LOOKS,
    STATES,
    states,
)
from analysis.chapters.phrases import of_all, share
from analysis.chapters.rows import by_end, pick, records, rows_of
from analysis.figures import numbers, style
from analysis.figures.bars import dots
from analysis.figures.figure import Figure
from analysis.figures.outcomes import ARROWS, outcomes
from analysis.figures.table import LONG, Column, Html, Table, markup
from analysis.figures.time_axis import printed
from analysis.verdicts import SUPPORTED, plural

REGIONS = ("Indo-Pacific", "Middle East", "Latin America", "Europe")
CHANNELS = ("security", "alignment", "diplomacy", "energy", "arms", "trade", "migration")
SHARES = "sipri_arms_imports.supplier_share"
BEFORE, AFTER = "2015/2019", "2020/2024"
EGYPT = "EG"
CLIENTS = tuple(f"reset.{number}" for number in range(294, 301))
"""The claims on who arms whom, in the order in which the article names the clients."""


def _cells(chapter: Chapter, figure_id: str) -> pd.DataFrame:
    """The article's expectations by region and channel with what became of each; ValueError when there is none."""
    placed = chapter.tables["spillovers"]
    placed = placed[placed["claim_id"].isin(list(chapter.claims))]
    if placed.empty:
        raise ValueError(f"figure {figure_id}: there is no row to draw")
    rows = placed.merge(states(chapter), on="claim_id", validate="one_to_one")
    places = rows["region"].map(REGIONS.index), rows["channel"].map(CHANNELS.index)
    return rows.assign(place=places[0], line=places[1]).sort_values(["place", "line", "claim_id"])


def _said(rows: pd.DataFrame) -> str:
    counts = rows["state"].value_counts()
    return ", ".join(f"{counts[name]} {name}" for name in STATES if name in counts)


def matrix(chapter: Chapter) -> Figure:
    """Every expectation as a badge by channel and region: the arrow says which way, the colour what became of it."""
    rows = _cells(chapter, "reset-spillovers")
    data = pd.DataFrame(
        {
            "row": rows["channel"],
            "column": rows["region"],
            "direction": rows["direction"],
            "outcome": rows["state"],
            "expected": rows["expected"],
            "claim_id": rows["claim_id"],
        }
    )
    # Columns in order of the regions, lines in order of the channels, whichever cell comes first.
    order = data["row"].map(CHANNELS.index), data["column"].map(REGIONS.index)
    data = data.iloc[
        pd.DataFrame({"line": order[0].tolist(), "place": order[1].tolist()})
        .sort_values(["line", "place"], kind="stable")
        .index
    ]
    counts = rows["state"].value_counts()
    came, failed = int(counts.get(HAPPENED, 0)), int(counts.get(FAILED, 0))
    rest = len(rows) - came - failed
    return outcomes(
        data,
        looks=LOOKS,
        figure_id="reset-spillovers",
        title=f"Of {plural(len(rows), 'expected spill-over')} {came} came about and {failed} did not; "
        f"the other {rest} came partly, are open or cannot be settled",
        subtitle=f"Expectations of the article by channel and region · arrow: expected direction · one year from "
        f"{chapter.article['published']}, unless the row names another day",
        source="the book’s own criteria; outcomes from the rows named at each claim",
        alt="; ".join(
            f"{region}: {_said(rows[rows['region'] == region])}"
            for region in REGIONS
            if (rows["region"] == region).any()
        )
        + ".",
    )


def cells(chapter: Chapter) -> Table:
    """The matrix in words: each expectation with its claim, criterion, outcome and source."""
    rows = _cells(chapter, "reset-spillover-rows")
    sources = chapter.library.sources
    shown = pd.DataFrame(
        {
            "forecast": [
                Html(
                    f'<a href="{escape(claim_address(claim))}">{escape(chapter.claims[claim]["short_en"])}</a>'
                )
                for claim in rows["claim_id"]
            ],
            "cell": [
                f"{region}, {channel}"
                for region, channel in zip(rows["region"], rows["channel"], strict=True)
            ],
            "expected": [
                f"{ARROWS[way]} {ground}"
                for way, ground in zip(rows["direction"], rows["ground"], strict=True)
            ],
            "criterion": [criterion or "none can be given" for criterion in rows["criterion"]],
            "state": [
                f"{word}, {day}" if day else word
                for word, day in zip(rows["state"], rows["outcome_date"], strict=True)
            ],
            "note": rows["note"].tolist(),
            "source": [
                Html(f'<a href="{escape(source_address(source))}">{escape(sources[source]["publisher"])}</a>')
                if source
                else ""
                for source in rows["source_id"]
            ],
        }
    )
    columns = {
        "forecast": Column("Expected"),
        "cell": Column("Region and channel"),
        "expected": Column("Direction"),
        "criterion": Column("Counts as come about if"),
        "state": Column("What became of it"),
        "note": Column("What is known"),
        "source": Column("Source"),
    }
    data = rows[
        ["claim_id", "region", "channel", "expected", "direction", "state", "outcome_date", "source_id"]
    ]
    return Table(
        "reset-spillover-rows",
        f"{plural(len(rows), 'expectation')}, cell by cell: {_said(rows)}",
        "Criterion and day are the book’s own where the article prints none",
        "the rows named at each claim",
        markup(shown, columns, "finding-cards"),
        data.reset_index(drop=True),
        LONG,
    )


def in_region(chapter: Chapter, region: str) -> Markdown:
    """What became of one region's expectations, in a line, and how many of them say only what may be."""
    rows = _cells(chapter, f"reset-{region.lower().replace(' ', '-')}")
    rows = rows[rows["region"] == region]
    words = chapter.tables["wordings"].set_index("claim_id")["strength"]
    may = int((words.loc[rows["claim_id"]] == "may").sum())
    return Markdown(
        f"**{plural(len(rows), 'expectation')} for this region: {_said(rows)}.** Of them, {may} say no more than that "
        "something may be, which is scored and never judged."
    )


# Figures in numbers


def _precise(rows: pd.DataFrame) -> dict[str, Any]:
    """Of several relays of one measurement the most precise."""
    return max(records(rows), key=lambda row: numbers.places(row["value"]))


def arms_clients(chapter: Chapter) -> Figure:
    """The share of the supplier that the article names in the arms imports of each client, in two five-year spans."""
    rows = pick(rows_of(chapter, "reset-arms-clients"), SHARES, period=[BEFORE, AFTER])
    names = chapter.tables["areas"].set_index("area")["name_en"]
    kept = [_precise(part) for _, part in rows.groupby(["counterparty", "geo", "period"])]
    data = pd.DataFrame(
        [
            {
                "label": f"{names[row['geo']]}: {style.actor(row['counterparty']).name}",
                "series": printed(row["period"]),
                "value": row["value"],
                "actor": row["counterparty"],
                "hollow": row["period"] == BEFORE,
                "geo": row["geo"],
            }
            for row in kept
        ]
    )
    both = data["label"].value_counts() == 2
    data = data[data["label"].map(both)]
    latest = data[~data["hollow"]].set_index("label")["value"]
    data = data.sort_values("label", key=lambda labels: -labels.map(latest), kind="stable")
    data = data.sort_values("actor", kind="stable")
    held = sum(chapter.now[claim].label == SUPPORTED for claim in CLIENTS)
    weakest = data[~data["hollow"] & (data["actor"] == "US") & (data["geo"] != EGYPT)].iloc[-1]
    return dots(
        data,
        unit="percent_share",
        ordered=False,
        figure_id="reset-arms-clients",
        title=f"{of_all(held, len(CLIENTS)).capitalize()} arms ties that the article names hold; the least American share where supply "
        f"is said to be controlled: {names[weakest['geo']]}, {share(weakest['value'])}",
        subtitle=f"Supplier’s share of arms imports · {printed(BEFORE)} hollow, {printed(AFTER)} filled",
        source=chapter.publishers(rows),
        alt="; ".join(
            f"{row['label']} {share(row['value'])} in {row['series']}" for _, row in data.iterrows()
        )
        + ".",
    )


def measures(chapter: Chapter) -> Table:
    """What could be measured of the spill-overs: the last value known before the article, and the latest."""
    rows = rows_of(chapter, "reset-spillover-measures")
    published = chapter.article["published"]
    shown = []
    for series, part in rows.groupby(rows["series_id"].astype(str), sort=True):
        part = part[part["bound"].isin(["exact", "about"])]
        ends = part["period"].map(lambda period: str(by_end(period)[0]))
        for when, side in (("before", part[ends <= str(published)]), ("after", part[ends > str(published)])):
            if side.empty:
                continue
            shown.append((str(series), when, max(records(side), key=lambda row: by_end(row["period"]))))
    counts = pd.Series([series for series, _, _ in shown]).value_counts()
    both = int((counts == 2).sum())
    data = pd.DataFrame(
        [
            {
                "measure": chapter.library.series[series]["title_en"],
                "when": "before the article" if when == "before" else "since",
                "value": numbers.quantity(row["value"], row["unit"])
                + (f" ({row['status']})" if row["status"] != "outturn" else ""),
                "period": printed(row["period"]),
                "source": row["source"],
            }
            for series, when, row in shown
        ]
    )
    columns = {
        "measure": Column("Measure"),
        "when": Column("When"),
        "value": Column("Value"),
        "period": Column("Period"),
        "source": Column("Reported by"),
    }
    return Table(
        "reset-spillover-measures",
        f"{of_all(both, len(counts)).capitalize()} measures of spill-overs have a value on both sides of the article",
        "Latest value before and since publication; periods differ, so that two values are no rate of change",
        chapter.publishers(rows),
        markup(data, columns),
        data,
        LONG,
    )
