"""What an article expected: the wording as a probability, what became of it, and how it scores.

Reading a probability from a phrase is an assumption; it stays an interval, and so does the score,
and several mappings from words to intervals stand side by side.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import pandas as pd
from IPython.display import Markdown

from analysis import periods
from analysis.addresses import claim_address
from analysis.chapter import Chapter
from analysis.figures import numbers, style
from analysis.figures.outcomes import Look
from analysis.figures.table import LONG, Column, Html, Table, markup
from analysis.figures.verdicts import chip
from analysis.methods.forecast_score import EVEN
from analysis.verdicts import plural

Band = tuple[float, float]

OWN, SECOND = "this book", "second coder"
SCALES = {"kent": "Kent 1964", "icd203": "ICD 203", "ipcc": "IPCC"}
MAPPINGS = (OWN, SECOND, *SCALES.values())
STRENGTHS = {"certain": "no doubt", "will": "will", "probable": "probably", "may": "may"}

HALF, AS_YES, AS_NO, LEFT_OUT = "counts half", "counts as happened", "counts as not", "left out"
PARTLY: dict[str, Callable[[float], float | None]] = {
    HALF: lambda outcome: outcome,
    AS_YES: lambda outcome: 1.0 if outcome == 0.5 else outcome,
    AS_NO: lambda outcome: 0.0 if outcome == 0.5 else outcome,
    LEFT_OUT: lambda outcome: None if outcome == 0.5 else outcome,
}

HAPPENED, PARTLY_HAPPENED, FAILED = "happened", "partly happened", "did not happen"
OPEN, UNKNOWN, CONDITION, VAGUE = (
    "still open",
    "without a known outcome",
    "had a condition that failed",
    "cannot be checked",
)
STATES = (HAPPENED, PARTLY_HAPPENED, FAILED, OPEN, UNKNOWN, CONDITION, VAGUE)
OUTCOMES = {1.0: HAPPENED, 0.5: PARTLY_HAPPENED, 0.0: FAILED}

_VERDICTS = {
    HAPPENED: "Supported",
    PARTLY_HAPPENED: "Conflicting evidence",
    FAILED: "Refuted",
    OPEN: "Open",
    UNKNOWN: "Not enough evidence",
}
LOOKS = {
    **{
        name: Look(look.icon, look.fill, look.on_fill, look.colours(False)[1])
        for name, look in ((name, style.VERDICTS[label]) for name, label in _VERDICTS.items())
    },
    CONDITION: Look("−", style.PAPER, style.SOFT, style.SOFT),
    VAGUE: Look("∅", style.PAPER, style.SOFT, style.FAINT),
}


def forecast_rows(chapter: Chapter) -> pd.DataFrame:
    """The article's forecasts with their verdicts now and their Brier bands, in order of claim."""
    frame = chapter.tables["forecasts"]
    frame = frame[frame["claim_id"].isin(list(chapter.claims))].sort_values("claim_id")
    if frame.empty:
        raise ValueError(f"table {chapter.article_id}-forecasts: the article forecasts nothing")
    verdicts = [chapter.now[claim_id] for claim_id in frame["claim_id"]]
    bands = pd.Series([verdict.brier for verdict in verdicts], index=frame.index, dtype=object)
    return frame.assign(verdict=[verdict.label for verdict in verdicts], brier=bands)


def state(row: pd.Series, as_of: str) -> str:
    """What became of a forecast, by the rules of its verdict; `as_of` is the day that the evidence reaches."""
    if row["condition_met"] == "no":
        return CONDITION
    if not row["criterion"] or not row["horizon"]:
        return VAGUE
    if numbers.missing(row["outcome"]):
        return OPEN if as_of <= str(periods.last_day(row["horizon"])) else UNKNOWN
    return OUTCOMES[float(row["outcome"])]


def states(chapter: Chapter) -> pd.DataFrame:
    """The article's forecasts with what became of each (column `state`) and its paragraph, in order of claim."""
    rows = forecast_rows(chapter)
    as_of = str(chapter.tables.schema.as_of)
    paragraphs = [chapter.claims[claim_id]["paragraph"] for claim_id in rows["claim_id"]]
    return rows.assign(state=[state(row, as_of) for _, row in rows.iterrows()], paragraph=paragraphs)


def scored(chapter: Chapter) -> pd.DataFrame:
    """The forecasts of `states` that have an outcome, each with the strength of its word (column `strength`)."""
    rows = states(chapter)
    rows = rows[rows["state"].isin(OUTCOMES.values())]
    if rows.empty:
        raise ValueError(f"figure {chapter.article_id}-scores: no forecast can be scored yet")
    words = chapter.tables["wordings"].set_index("claim_id")
    missing = sorted(set(rows["claim_id"]) - set(words.index))
    if missing:
        raise ValueError(f"figure {chapter.article_id}-scores: {missing[0]} has no word in wordings")
    return rows.assign(
        strength=words.loc[rows["claim_id"], "strength"].tolist(), outcome=rows["outcome"].astype(float)
    )


def other_articles(chapter: Chapter) -> tuple[float, int]:
    """How often the other articles' forecasts came true, partly counted half, and of how many."""
    rows = chapter.tables["forecasts"]
    rows = rows[
        ~rows["claim_id"].isin(list(chapter.claims))
        & rows["outcome"].notna()
        & (rows["condition_met"] != "no")
    ]
    if rows.empty:
        raise ValueError(
            f"figure {chapter.article_id}-scores: no other article has a forecast with an outcome"
        )
    return float(rows["outcome"].astype(float).mean()), len(rows)


# From words to probabilities


def second_codes(chapter: Chapter) -> dict[str, Band]:
    """The probabilities that the second coder read from forecasts, of those that were coded."""
    codes = chapter.tables["codings"]
    codes = codes[(codes["table"] == "forecasts") & (codes["coder"] == "second")]
    by_key = dict(zip(codes["key"], codes["code"], strict=True))
    ends = ("probability_low", "probability_high")
    claims = {key.split("|")[0] for key in by_key if key.split("|")[1] in ends}
    return {
        claim: (float(by_key[f"{claim}|{ends[0]}"]), float(by_key[f"{claim}|{ends[1]}"]))
        for claim in sorted(claims)
    }


def intervals(chapter: Chapter, rows: pd.DataFrame) -> dict[str, list[Band]]:
    """The probabilities that each mapping reads from the forecasts' words, one interval a row."""
    own = [
        (float(low), float(high))
        for low, high in zip(rows["probability_low"], rows["probability_high"], strict=True)
    ]
    coded = second_codes(chapter)
    scales = chapter.tables["wording_scales"]
    terms = {
        (row["scale"], row["strength"]): (float(row["low"]), float(row["high"]))
        for _, row in scales.iterrows()
    }
    return {
        OWN: own,
        SECOND: [coded.get(claim, band) for claim, band in zip(rows["claim_id"], own, strict=True)],
        **{name: [terms[scale, strength] for strength in rows["strength"]] for scale, name in SCALES.items()},
    }


# What is shown


def _outcome(row: pd.Series) -> str:
    if row["condition_met"] == "no":
        return "its condition failed"
    if not row["criterion"] or not row["horizon"]:
        return "cannot be resolved"
    if numbers.missing(row["outcome"]):
        return "open"
    return f"{OUTCOMES[float(row['outcome'])]}, {row['outcome_date']}"


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
