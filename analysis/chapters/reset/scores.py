"""How the article's forecasts did, under several readings of its words and several rules for what came partly.

A probability read from a word is an assumption, so every one of them is an interval, and five mappings from
words to intervals stand side by side. What each would have earned is held against three forecasters who read
nothing: one who always says one half, one who says how often the other articles' forecasts came true, and one
who knew the article's own rate beforehand. Forecasts of one paragraph are drawn together when the draw is varied.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

import pandas as pd
from IPython.display import Markdown
from statsmodels.stats.proportion import proportion_confint

from analysis.chapter import Chapter
from analysis.chapters.coders import agreement, paired
from analysis.chapters.forecasts import (
    HALF,
    MAPPINGS,
    OUTCOMES,
    OWN,
    PARTLY,
    STATES,
    STRENGTHS,
    UNKNOWN,
    VAGUE,
    Band,
    forecast_rows,
    intervals,
    other_articles,
    scored,
    second_codes,
    states,
)
from analysis.chapters.phrases import of_all, percent
from analysis.chapters.rows import records
from analysis.chapters.words import link
from analysis.figures import numbers
from analysis.figures.bars import dots
from analysis.figures.figure import Figure
from analysis.figures.parts import Statement
from analysis.figures.table import LONG, Column, Table, markup
from analysis.methods.forecast_score import (
    EVEN,
    brier_band,
    log_band,
    mean_band,
    resampled_band,
    skill_band,
)
from analysis.verdicts import plural

BOOK = "the book’s own reading of the article’s words; outcomes from the rows named at each claim"

# Scores


@dataclass(frozen=True)
class Score:
    """What one reading of the words earns: mean bands, lower is better, and how far the draw may widen them."""

    mapping: str
    partly: str
    count: int
    brier: Band
    drawn: Band
    log: Band
    unbounded: int


def score(chapter: Chapter, mapping: str, partly: str = HALF) -> Score:
    """The mean Brier and log score of all forecasts with an outcome, under a mapping and a rule for partly."""
    rows = scored(chapter)
    read = intervals(chapter, rows)[mapping]
    kept = [
        (low, high, outcome, paragraph)
        for (low, high), known, paragraph in zip(read, rows["outcome"], rows["paragraph"], strict=True)
        if (outcome := PARTLY[partly](known)) is not None
    ]
    brier = [brier_band(*item[:3]) for item in kept]
    logs = [log_band(*item[:3]) for item in kept]
    return Score(
        mapping,
        partly,
        len(kept),
        mean_band(brier),
        resampled_band(brier, [item[3] for item in kept]),
        mean_band(logs),
        sum(not isfinite(worst) for _, worst in logs),
    )


def with_unknown(chapter: Chapter) -> tuple[int, Band]:
    """How many forecasts had a day that passed without a known outcome, and the mean Brier band over any outcome."""
    rows = states(chapter)
    known = [band for band in rows.loc[rows["state"].isin(OUTCOMES.values()), "brier"]]
    unknown = rows[rows["state"] == UNKNOWN]
    free = []
    for low, high in zip(unknown["probability_low"], unknown["probability_high"], strict=True):
        either = [brier_band(float(low), float(high), outcome) for outcome in (0, 0.5, 1)]
        free.append((min(best for best, _ in either), max(worst for _, worst in either)))
    return len(free), mean_band([*known, *free])


def _constant(chapter: Chapter, probability: float) -> float:
    outcomes = scored(chapter)["outcome"]
    return mean_band([brier_band(probability, probability, outcome) for outcome in outcomes])[0]


# What is shown


def headline(chapter: Chapter) -> Markdown:
    """How many forecasts there are, how few name what could be checked, and what became of them."""
    rows = states(chapter)
    counts = rows["state"].value_counts()
    vague = int((rows["stated_measure"] == "no").sum())
    assigned = int(((rows["stated_measure"] == "no") & (rows["state"] != VAGUE)).sum())
    parts = ", ".join(f"{counts[name]} {name}" for name in STATES if name in counts)
    return Markdown(
        f"**{vague} of {len(rows)} forecasts name no measure or no day.** For {assigned} of these a criterion and a "
        f"day were assigned, with the ground printed beside them; for the other {vague - assigned} none is usual, so "
        f"that nothing could show them wrong. What became of all {len(rows)}: {parts}."
    )


def scores_figure(chapter: Chapter) -> Figure:
    """The mean Brier score under each mapping from words to numbers, beside three forecasters who read nothing."""
    found = [score(chapter, mapping) for mapping in MAPPINGS]
    rate, of = other_articles(chapter)
    rows = scored(chapter)
    own = float(rows["outcome"].mean())
    data = pd.DataFrame(
        [
            {"label": one.mapping, "series": name, "value": f"{value:.2f}", "low": low, "high": high}
            for one in found
            for name, value, low, high in (
                ("best", one.brier[0], one.drawn[0], one.brier[0]),
                ("worst", one.brier[1], one.brier[1], one.drawn[1]),
            )
        ]
        + [
            {"label": label, "series": "best", "value": f"{_constant(chapter, said):.2f}"}
            for label, said in (
                (f"always {rate:.2f}, the others’ rate", rate),
                (f"always {own:.2f}, its own rate", own),
            )
        ]
    )
    better = sum(one.drawn[1] < EVEN for one in found)
    worse = sum(one.drawn[0] > EVEN for one in found)
    if better or worse:
        said = (
            f"Readings of its words that beat always saying one half: {of_all(better, len(found))}; "
            f"that lose to it: {of_all(worse, len(found))}"
        )
    else:
        said = (
            "Under no reading of its words is the article clearly better or worse than always saying one half"
        )
    return dots(
        data,
        unit="index",
        ordered=False,
        statement=Statement(pd.Interval(EVEN, EVEN, closed="both"), f"always one half: {EVEN}"),
        figure_id="reset-scores",
        title=said,
        subtitle=f"Mean Brier score of {plural(len(rows), 'forecast')} with an outcome, 0 best to 1; dots: what the words "
        "admit; lines beyond: 95 % of draws of paragraphs",
        source=BOOK,
        alt="; ".join(f"{one.mapping} {one.brier[0]:.2f} to {one.brier[1]:.2f}" for one in found)
        + f"; always one half {EVEN}; the rate of {of} forecasts of the other articles {_constant(chapter, rate):.2f}.",
    )


def _printed(value: float) -> str:
    return f"{value:.2f}" if isfinite(value) else "unbounded"


def scores_table(chapter: Chapter) -> Table:
    """Both scores under every mapping and every rule for what came about partly."""
    rate, _ = other_articles(chapter)
    found = [score(chapter, mapping, partly) for mapping in MAPPINGS for partly in PARTLY]
    reference = _constant(chapter, rate)
    rows = pd.DataFrame(
        {
            "mapping": [one.mapping for one in found],
            "partly": [one.partly for one in found],
            "count": [one.count for one in found],
            "brier": [f"{one.brier[0]:.2f} to {one.brier[1]:.2f}" for one in found],
            "drawn": [f"{one.drawn[0]:.2f} to {one.drawn[1]:.2f}" for one in found],
            "log": [f"{_printed(one.log[0])} to {_printed(one.log[1])}" for one in found],
            "skill": [
                "{:.2f} to {:.2f}".format(*skill_band(one.brier, reference)).replace("-", numbers.MINUS)
                if one.partly == HALF
                else ""
                for one in found
            ],
        }
    )
    low, high = min(one.brier[0] for one in found), max(one.brier[1] for one in found)
    columns = {
        "mapping": Column("Words read by"),
        "partly": Column("What came partly"),
        "count": Column("Forecasts", numeric=True),
        "brier": Column("Mean Brier score"),
        "drawn": Column("with the draw varied"),
        "log": Column("Mean log score"),
        "skill": Column("Skill against the others’ rate"),
    }
    return Table(
        "reset-score-variants",
        f"Over {plural(len(found), 'combination')} the mean Brier score lies between {low:.2f} and {high:.2f}",
        "Lower is better; always one half earns 0.25 and 0.69 on what happened or not; a log score has no bound once a "
        "word admits certainty",
        BOOK,
        markup(rows, columns),
        rows,
        LONG,
    )


def uncertainty(chapter: Chapter) -> Markdown:
    """What the mappings, the partly rule, the unknown outcomes and the draw each do to the score."""
    base = score(chapter, OWN)
    mapped = [score(chapter, mapping).brier for mapping in MAPPINGS]
    ruled = [score(chapter, OWN, partly).brier for partly in PARTLY]
    count, free = with_unknown(chapter)
    unbounded = [one.mapping for one in (score(chapter, mapping) for mapping in MAPPINGS) if one.unbounded]
    rate, of = other_articles(chapter)
    logs = f"the log score lies between {base.log[0]:.2f} and {_printed(base.log[1])}"
    if unbounded:
        logs += f" and has no upper bound under {' and '.join(unbounded)}, which admit certainty where things came otherwise"
    return Markdown(
        f"By this book’s reading the mean Brier score of {plural(base.count, 'forecast')} lies between {base.brier[0]:.2f} "
        f"and {base.brier[1]:.2f}; {logs}. Other mappings move its ends to {min(best for best, _ in mapped):.2f} and "
        f"{max(worst for _, worst in mapped):.2f}, other rules for what came about partly to "
        f"{min(best for best, _ in ruled):.2f} and {max(worst for _, worst in ruled):.2f}, another draw of paragraphs to "
        f"{base.drawn[0]:.2f} and {base.drawn[1]:.2f}, and any outcome for the {count} that have none to {free[0]:.2f} and "
        f"{free[1]:.2f}. The benchmark from outside is that {percent(100 * rate)} of {of} forecasts of the other articles came "
        f"true, partly counted half; saying so every time would have earned {_constant(chapter, rate):.2f} here."
    )


def words_figure(chapter: Chapter) -> Figure:
    """How often forecasts of each strength of wording came true, beside what this book reads from the words."""
    rows = scored(chapter)
    data = []
    shares = {}
    for strength, name in STRENGTHS.items():
        part = rows[rows["strength"] == strength]
        if part.empty:
            continue
        shares[strength] = (share, count) = float(part["outcome"].mean()), len(part)
        low, high = proportion_confint(share * count, count, method="wilson")
        label = f"{name} ({count} scored)"
        read = [
            float(part[column].astype(float).mean()) for column in ("probability_low", "probability_high")
        ]
        data.append(
            {
                "label": label,
                "series": "came true",
                "value": round(100 * share),
                "low": 100 * low,
                "high": 100 * high,
            }
        )
        data.append(
            {
                "label": label,
                "series": "as read",
                "value": round(50 * sum(read)),
                "hollow": True,
            }
        )
    will, may = shares.get("will"), shares.get("may")
    if will and may:
        title = (
            f"Of its plain statements {percent(100 * will[0])} came true, of its mays {percent(100 * may[0])}"
            if will[0] != may[0]
            else f"Its plain statements and its mays came true equally often, {percent(100 * will[0])}"
        )
    else:
        title = f"{plural(len(rows), 'forecast')} scored, by strength of wording"
    return dots(
        pd.DataFrame(data),
        unit="percent_share",
        ordered=False,
        figure_id="reset-wording-strength",
        title=title,
        subtitle="Share that came true, partly counted half, with its 95 % Wilson interval; hollow: the mean probability "
        "read from the words",
        source=BOOK,
        alt="; ".join(
            f"{STRENGTHS[name]}: {percent(100 * share)} of {count} came true"
            for name, (share, count) in shares.items()
        )
        + ".",
    )


def coders(chapter: Chapter) -> Markdown:
    """How far the two coders agree on outcomes, and the second coder with this book on the words."""
    keys = [
        key
        for key in chapter.tables["codings"]["key"]
        if key.endswith("|outcome") and key.split("|")[0] in chapter.claims
    ]
    outcomes = agreement("Outcomes", paired(chapter, "forecasts", keys), "nominal")
    rows = forecast_rows(chapter)
    own = {
        row["claim_id"]: (float(row["probability_low"]), float(row["probability_high"]))
        for row in records(rows)
    }
    coded = second_codes(chapter)
    apart = {claim: abs(sum(band) - sum(own[claim])) / 2 for claim, band in coded.items()}
    widest = max(apart, key=lambda claim: apart[claim])
    return Markdown(
        f"{outcomes}. The second coder gave ranges for {of_all(len(coded), len(rows))} forecasts; their middles lie "
        f"{sum(apart.values()) / len(apart):.2f} from this book’s on average and {apart[widest]:.2f} at most "
        f"({link(chapter, widest)}). A code without a source measures agreement only."
    )
