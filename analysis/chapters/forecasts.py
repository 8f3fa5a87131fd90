"""What an article expected: the wording as a probability, what became of it, and how it scores.

Reading a probability from a phrase is an assumption; it stays an interval, and so does the score.
"""

from __future__ import annotations

from html import escape

import pandas as pd
from IPython.display import Markdown

from analysis.addresses import claim_address
from analysis.chapter import Chapter
from analysis.figures import numbers
from analysis.figures.table import LONG, Column, Html, Table, markup
from analysis.figures.verdicts import chip
from analysis.methods.forecast_score import EVEN
from analysis.verdicts import plural

HAPPENED = {1.0: "happened", 0.5: "partly happened", 0.0: "did not happen"}


def forecast_rows(chapter: Chapter) -> pd.DataFrame:
    """The article's forecasts with their verdicts now and their Brier bands, in order of claim."""
    frame = chapter.tables["forecasts"]
    frame = frame[frame["claim_id"].isin(list(chapter.claims))].sort_values("claim_id")
    if frame.empty:
        raise ValueError(f"table {chapter.article_id}-forecasts: the article forecasts nothing")
    verdicts = [chapter.now[claim_id] for claim_id in frame["claim_id"]]
    bands = pd.Series([verdict.brier for verdict in verdicts], index=frame.index, dtype=object)
    return frame.assign(verdict=[verdict.label for verdict in verdicts], brier=bands)


def _outcome(row: pd.Series) -> str:
    if row["condition_met"] == "no":
        return "its condition failed"
    if not row["criterion"] or not row["horizon"]:
        return "cannot be resolved"
    if numbers.missing(row["outcome"]):
        return "open"
    return f"{HAPPENED[float(row['outcome'])]}, {row['outcome_date']}"


def forecast_table(chapter: Chapter) -> Table:
    """Every forecast with the probability its wording admits, its criterion and day, outcome and score."""
    rows = forecast_rows(chapter)
    shown = pd.DataFrame(
        {
            "forecast": [
                Html(
                    f'<a href="{escape(claim_address(claim_id))}">{escape(chapter.claims[claim_id]["short_en"])}</a>'
                )
                for claim_id in rows["claim_id"]
            ],
            "probability": [
                numbers.interval(100 * float(low), 100 * float(high), "percent_share")
                for low, high in zip(rows["probability_low"], rows["probability_high"], strict=True)
            ],
            "criterion": [criterion or "none can be given" for criterion in rows["criterion"]],
            "horizon": [horizon or "none" for horizon in rows["horizon"]],
            "outcome": [_outcome(row) for _, row in rows.iterrows()],
            "brier": ["" if band is None else f"{band[0]:.2f} to {band[1]:.2f}" for band in rows["brier"]],
            "verdict": [chip(label) for label in rows["verdict"]],
        }
    )
    columns = {
        "forecast": Column("Forecast"),
        "probability": Column("Probability in its wording"),
        "criterion": Column("Counts as come true if"),
        "horizon": Column("By"),
        "outcome": Column("Outcome"),
        "brier": Column("Brier score"),
        "verdict": Column("Verdict now"),
    }
    scored = int(rows["brier"].notna().sum())
    data = rows[
        ["claim_id", "criterion", "condition", "horizon", "probability_low", "probability_high", "outcome", "verdict"]
    ]
    return Table(
        f"{chapter.article_id}-forecasts",
        f"{plural(len(rows), 'forecast')}: {scored} can be scored so far",
        "Probability read from the wording, an assumption; Brier score from 0, best, to 1, over that interval",
        "the book's own reading of the article's wording; outcomes from the rows named at each claim",
        markup(shown, columns, "finding-cards"),
        data.reset_index(drop=True),
        LONG,
    )


def forecast_summary(chapter: Chapter) -> Markdown:
    """How many forecasts name a measure and a day, and what the scored ones earn against saying one half."""
    rows = forecast_rows(chapter)
    vague = int((rows["stated_measure"] == "no").sum())
    text = (
        f"Of {plural(len(rows), 'forecast')}, {vague} name no measure or no day in print, so that a day had to be "
        "assigned or none could be"
    )
    bands = rows["brier"].dropna()
    if bands.empty:
        return Markdown(f"{text}. None can be scored yet.")
    best, worst = (sum(band[end] for band in bands) / len(bands) for end in (0, 1))
    against = (
        "better throughout than" if worst < EVEN else "worse throughout than" if best > EVEN else "on either side of"
    )
    return Markdown(
        f"{text}. The {len(bands)} that can be scored have a mean Brier score between {best:.2f} and {worst:.2f}, "
        f"{against} the {EVEN} that always saying one half earns; so few allow no calibration curve."
    )
