"""All forecasts of all articles: what became of them, how they score, and how far that hangs on readings.

A day that was assigned and a probability that was read from a word are assumptions. Each score is therefore a
band, and the last part of the page varies both.
"""

from __future__ import annotations

from html import escape
from math import isfinite

import pandas as pd
from IPython.display import Markdown
from statsmodels.stats.proportion import proportion_confint

from analysis import periods
from analysis.addresses import claim_address
from analysis.chapters.forecasts import (
    CONDITION,
    FAILED,
    HALF,
    HAPPENED,
    LOOKS,
    MAPPINGS,
    OPEN,
    OUTCOMES,
    OWN,
    PARTLY,
    PARTLY_HAPPENED,
    STATES,
    STRENGTHS,
    UNKNOWN,
    VAGUE,
    Band,
    intervals,
    other_articles,
    scored,
    states,
)
from analysis.chapters.phrases import of_all, percent
from analysis.chapters.words import link
from analysis.figures import numbers
from analysis.figures.bars import dots
from analysis.figures.figure import Figure
from analysis.figures.parts import Statement
from analysis.figures.table import LONG, Column, Html, Table, markup
from analysis.figures.units import units
from analysis.methods.forecast_score import EVEN, brier_band, log_band, mean_band, resampled_band, skill_band
from analysis.synthesis.book import Book
from analysis.verdicts import COMMITTED_HIGH, COMMITTED_LOW, plural

BOOK = "the book’s own reading of the articles’ words; outcomes from the rows named at each claim"

ENOUGH = 30
"""Scored forecasts that an article needs before its probabilities are held against what came (a usual minimum)."""

ENOUGH_IN_BIN = 5
BINS = {"under 40 %": (0.0, 0.4), "40–60 %": (0.4, 0.6), "60–80 %": (0.6, 0.8), "over 80 %": (0.8, 1.01)}
"""Classes of the middle of a forecast's interval: its lower end belongs to the class, its upper one to the next."""


def forecasts(book: Book) -> pd.DataFrame:
    """Every forecast with what became of it, in the articles' order.

    The columns of the table, and `article_id`, `article` (its name and month), `state`, `committed` (yes, no, or
    empty for a mere may), `verdict` and `brier`. ValueError when no article forecasts anything.
    """
    table = book.tables["forecasts"]
    owners = {claim_id.partition(".")[0] for claim_id in table["claim_id"]}
    parts = [
        states(chapter).assign(article_id=article_id, article=book.name(article_id))
        for article_id, chapter in book.chapters.items()
        if article_id in owners
    ]
    if not parts:
        raise ValueError("figure scoreboard-outcomes: no article forecasts anything")
    rows = pd.concat(parts, ignore_index=True)
    low, high = (rows[f"probability_{end}"].astype(float) for end in ("low", "high"))
    committed = low.ge(COMMITTED_HIGH).map({True: "yes", False: ""}).mask(high <= COMMITTED_LOW, "no")
    return rows.assign(committed=committed)


def _scored(book: Book) -> pd.DataFrame:
    """The forecasts with an outcome: their outcome, strength of wording, and the interval of each mapping."""
    known = forecasts(book)
    known = known[known["state"].isin(OUTCOMES.values())]
    if known.empty:
        raise ValueError("figure scoreboard-scores: no forecast can be scored yet")
    parts = []
    for article_id in dict.fromkeys(known["article_id"]):
        chapter = book.chapters[article_id]
        rows = scored(chapter)
        read = {name: pd.Series(bands, index=rows.index) for name, bands in intervals(chapter, rows).items()}
        parts.append(rows.assign(article_id=article_id, article=book.name(article_id), **read))
    return pd.concat(parts, ignore_index=True)


def _briers(rows: pd.DataFrame, mapping: str = OWN, partly: str = HALF) -> list[Band]:
    counted = ((*band, PARTLY[partly](outcome)) for band, outcome in zip(rows[mapping], rows["outcome"], strict=True))
    return [brier_band(low, high, outcome) for low, high, outcome in counted if outcome is not None]


def _any_outcome(rows: pd.DataFrame) -> list[Band]:
    """The Brier band of each forecast if its outcome may have been any."""
    free = []
    for low, high in zip(rows["probability_low"], rows["probability_high"], strict=True):
        either = [brier_band(float(low), float(high), outcome) for outcome in (0, 0.5, 1)]
        free.append((min(best for best, _ in either), max(worst for _, worst in either)))
    return free


def _always(rows: pd.DataFrame, probability: float) -> float:
    """The mean Brier score of giving every forecast of `rows` the same probability."""
    return mean_band([brier_band(probability, probability, outcome) for outcome in rows["outcome"]])[0]


_SPOKEN = {CONDITION: "with a condition that failed", UNKNOWN: "with no outcome found", VAGUE: "that cannot be checked"}


def _spoken(counts: pd.Series) -> str:
    return ", ".join(f"{counts[name]} {_SPOKEN.get(name, name)}" for name in STATES if name in counts)


# What became of them


def headline(book: Book) -> Markdown:
    """How few forecasts name what could be checked, and what became of all."""
    rows = forecasts(book)
    vague = rows["stated_measure"] == "no"
    assigned = int((vague & (rows["state"] != VAGUE)).sum())
    return Markdown(
        f"**{of_all(int(vague.sum()), len(rows)).capitalize()} forecasts name no measure or no day.** For {assigned} of "
        "these the book had to assign a criterion and a day, with the ground printed beside them; for the other "
        f"{int(vague.sum()) - assigned} none is usual, so that nothing could show them wrong. What became of all "
        f"{len(rows)} by {book.tables.schema.as_of}: {_spoken(rows['state'].value_counts())}."
    )


def outcomes_figure(book: Book) -> Figure:
    """Every forecast as a square: what came, what did not, and what cannot be said."""
    rows = forecasts(book)
    counts = rows["state"].value_counts().reindex(list(STATES), fill_value=0)
    resolved = int(counts[[HAPPENED, PARTLY_HAPPENED, FAILED]].sum())
    return units(
        rows.rename(columns={"article": "group", "state": "outcome", "outcome": "value"})[
            ["claim_id", "group", "outcome"]
        ],
        looks=LOOKS,
        noun="forecast",
        figure_id="scoreboard-outcomes",
        title=f"Of {plural(len(rows), 'forecast')}, {resolved} have an outcome: {counts[HAPPENED]} came, "
        f"{counts[PARTLY_HAPPENED]} came partly, {counts[FAILED]} did not",
        subtitle=f"Each square is a forecast, in the articles’ order; as known on {book.tables.schema.as_of}",
        source=BOOK,
        alt="; ".join(
            f"{name}: {_spoken(part['state'].value_counts())}" for name, part in rows.groupby("article", sort=False)
        )
        + ".",
    )


_HEADS = {
    HAPPENED: "Came",
    PARTLY_HAPPENED: "Partly",
    FAILED: "Did not",
    OPEN: "Open",
    UNKNOWN: "Unknown",
    CONDITION: "Condition failed",
    VAGUE: "No check",
}


def outcomes_table(book: Book) -> Table:
    """How many forecasts of each article came, came partly, did not, or cannot be said, and how many name a measure."""
    rows = forecasts(book)
    groups = [*rows.groupby("article", sort=False), ("All", rows)]
    shown = pd.DataFrame(
        [
            {
                "article": name,
                "forecasts": len(part),
                "vague": int((part["stated_measure"] == "no").sum()),
                **{state: int((part["state"] == state).sum()) for state in STATES},
            }
            for name, part in groups
        ]
    )
    columns = {
        "article": Column("Article"),
        "forecasts": Column("Forecasts", numeric=True),
        "vague": Column("No measure or day", numeric=True),
        **{name: Column(head, numeric=True) for name, head in _HEADS.items()},
    }
    return Table(
        "scoreboard-counts",
        f"{int(rows['stated_measure'].eq('no').sum())} of {plural(len(rows), 'forecast')} name no measure or no day",
        "Number of forecasts",
        BOOK,
        markup(shown, columns),
        shown,
    )


def checkable(book: Book) -> Markdown:
    """The few forecasts whose printed wording names a measure and a day, and what became of each."""
    rows = forecasts(book)
    rows = rows[rows["stated_measure"] == "yes"]
    if rows.empty:
        return Markdown("No forecast names both a measure and a day.")
    lines = [
        f"- {link(book.chapters[row['article_id']], row['claim_id'])} ({row['article']}): {row['state']}"
        for _, row in rows.iterrows()
    ]
    return Markdown("\n".join([f"{plural(len(rows), 'forecast')} can be checked as printed:", "", *lines]))


# What the authors saw and missed


def _listed(book: Book, name: str, rows: pd.DataFrame, title: str, subtitle: str) -> Table:
    shown = pd.DataFrame(
        {
            "forecast": [
                Html(
                    f'<a href="{escape(claim_address(claim_id))}">'
                    f"{escape(book.chapters[article].claims[claim_id]['short_en'])}</a>"
                )
                for claim_id, article in zip(rows["claim_id"], rows["article_id"], strict=True)
            ],
            "article": rows["article"].tolist(),
            "criterion": rows["criterion"].tolist(),
            "happened": [
                f"{state}, {day}: {note}"
                for state, day, note in zip(rows["state"], rows["outcome_date"], rows["note"], strict=True)
            ],
        }
    )
    columns = {
        "forecast": Column("Forecast"),
        "article": Column("Article"),
        "criterion": Column("Counts as come true if"),
        "happened": Column("What came"),
    }
    data = rows[["claim_id", "criterion", "probability_low", "probability_high", "state", "outcome_date", "note"]]
    return Table(
        f"scoreboard-{name}",
        title,
        subtitle,
        BOOK,
        markup(shown, columns, "finding-cards"),
        data.reset_index(drop=True),
        LONG,
    )


def _expected(rows: pd.DataFrame, as_meant: str, otherwise: str) -> pd.DataFrame:
    """The committed forecasts that ended in a state, the other one for those worded as improbable."""
    yes = (rows["committed"] == "yes") & (rows["state"] == as_meant)
    return rows[yes | ((rows["committed"] == "no") & (rows["state"] == otherwise))]


def _spread(rows: pd.DataFrame) -> str:
    counts = rows["article"].value_counts(sort=False)
    return "; ".join(f"{name} {count}" for name, count in counts.items()) or "none"


def saw(book: Book) -> Table:
    """The forecasts that committed themselves and came as worded."""
    rows = _expected(forecasts(book), HAPPENED, FAILED)
    return _listed(
        book, "saw", rows, f"What they saw: {plural(len(rows), 'committed forecast')} came as worded", _spread(rows)
    )


def missed(book: Book) -> Table:
    """The forecasts that committed themselves and came out the other way."""
    rows = _expected(forecasts(book), FAILED, HAPPENED)
    return _listed(
        book,
        "missed",
        rows,
        f"What they missed: {plural(len(rows), 'committed forecast')} came out the other way",
        _spread(rows),
    )


def halfway(book: Book) -> Table:
    """The forecasts that committed themselves and came about in part."""
    rows = forecasts(book)
    rows = rows[(rows["committed"] != "") & (rows["state"] == PARTLY_HAPPENED)]
    return _listed(
        book, "halfway", rows, f"In between: {plural(len(rows), 'committed forecast')} came partly", _spread(rows)
    )


def mere_possibilities(book: Book) -> Markdown:
    """What became of the forecasts that said no more than that something may come."""
    rows = forecasts(book)
    rows = rows[(rows["committed"] == "") & rows["state"].isin(OUTCOMES.values())]
    if rows.empty:
        return Markdown("No forecast that only called something possible has an outcome yet.")
    counts = rows["state"].value_counts()
    return Markdown(
        f"A further {plural(len(rows), 'forecast')} with an outcome only called something possible: {_spoken(counts)}. "
        "Neither course would have shown such a sentence wrong, so it is scored and not judged."
    )


# Scores


def _named(rows: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    groups = [(str(name), part) for name, part in rows.groupby("article", sort=False)]
    return [*groups, ("All together", rows)]


def scores_figure(book: Book) -> Figure:
    """The mean Brier score of each article as a band, against always saying one half."""
    found = [(name, len(part), mean_band(_briers(part))) for name, part in _named(_scored(book))]
    total = found[-1][1]
    data = pd.DataFrame(
        [
            {"label": f"{name.partition(',')[0]} ({count})", "series": series, "value": f"{value:.2f}"}
            for name, count, band in found
            for series, value in zip(("kindest reading", "harshest"), band, strict=True)
        ]
    )
    best, worst = found[-1][2]
    against = (
        "under every reading better than" if worst < EVEN else "under every reading worse than" if best > EVEN
        else "on either side of"
    )  # fmt: skip
    return dots(
        data,
        unit="index",
        ordered=False,
        statement=Statement(pd.Interval(EVEN, EVEN, closed="both"), f"always one half: {EVEN}"),
        figure_id="scoreboard-scores",
        title=f"All {total} scored forecasts together earn {best:.2f} to {worst:.2f}, {against} always saying one half",
        subtitle="Mean Brier score, 0 best to 1, under the kindest and the harshest reading of the words; in brackets "
        f"the forecasts with an outcome: under {ENOUGH}, luck and skill look alike",
        source=BOOK,
        alt="; ".join(f"{name} {band[0]:.2f} to {band[1]:.2f} from {count}" for name, count, band in found) + ".",
    )


def _printed(value: float) -> str:
    return f"{value:.2f}" if isfinite(value) else "unbounded"


def _span(band: Band) -> str:
    return f"{_printed(band[0])} to {_printed(band[1])}".replace("-", numbers.MINUS)


def scores_table(book: Book) -> Table:
    """Both scores of each article beside those of forecasters who read nothing."""
    rows = _scored(book)
    lines = []
    for name, part in _named(rows):
        band = mean_band(_briers(part))
        logs = mean_band(
            [log_band(low, high, outcome) for (low, high), outcome in zip(part[OWN], part["outcome"], strict=True)]
        )
        line = {
            "article": name,
            "count": len(part),
            "came": percent(100 * float(part["outcome"].mean())),
            "brier": _span(band),
            "log": _span(logs),
            "rate": "",
            "reference": "",
            "skill": "",
        }
        owners = part["article_id"].unique()
        if len(owners) == 1 and rows["article_id"].nunique() > 1:
            rate, _ = other_articles(book.chapters[owners[0]])
            reference = _always(part, rate)
            line |= {"rate": percent(100 * rate), "reference": f"{reference:.2f}"}
            if reference > 0:
                line["skill"] = _span(skill_band(band, reference))
        lines.append(line)
    shown = pd.DataFrame(lines)
    columns = {
        "article": Column("Article"),
        "count": Column("Scored", numeric=True),
        "came": Column("Came true"),
        "brier": Column("Mean Brier score"),
        "log": Column("Mean log score"),
        "rate": Column("The others’ came true"),
        "reference": Column("Brier of always saying that"),
        "skill": Column("Skill against it"),
    }
    low, high = (shown["brier"].str.split(" to ").str[end].astype(float) for end in (0, 1))
    return Table(
        "scoreboard-score-variants",
        f"Mean Brier scores by article lie between {low.min():.2f} and {high.max():.2f}",
        "Lower is better; always one half earns 0.25 and 0.69 on what happened or not; partly counts half; skill 1 is "
        "perfect, 0 as good as the others’ rate, below 0 worse",
        BOOK,
        markup(shown, columns),
        shown,
    )


# Calibration


def _calibrated(book: Book) -> dict[str, pd.DataFrame]:
    """The scored forecasts of each article that has enough of them."""
    rows = _scored(book)
    return {str(key): part for key, part in rows.groupby("article_id", sort=False) if len(part) >= ENOUGH}


def calibration_rule(book: Book) -> Markdown:
    """Which articles have enough outcomes for probabilities to be held against them, and which not."""
    counts = _scored(book)["article_id"].value_counts()
    names = {article_id: int(counts.get(article_id, 0)) for article_id in book.chapters}
    enough = [f"{name.capitalize()} ({count})" for name, count in names.items() if count >= ENOUGH]
    few = [f"{name.capitalize()} ({count})" for name, count in names.items() if count < ENOUGH]
    said = f"Have enough: {', '.join(enough)}." if enough else "None has enough."
    return Markdown(
        f"**The rule.** An article’s probabilities are held against what came only when at least {ENOUGH} of its forecasts "
        f"have an outcome, and a class is drawn only with at least {ENOUGH_IN_BIN}. {said}"
        + (f" Too few: {', '.join(few)}; for these no calibration is claimed." if few else "")
    )


def calibration_figures(book: Book) -> list[Figure]:
    """For each article with enough outcomes: how often its forecasts of each class of probability came true."""
    figures = []
    for article_id, part in _calibrated(book).items():
        middle = part[OWN].map(lambda band: sum(band) / 2)
        lines: list[dict[str, object]] = []
        said = []
        drawn = 0
        for label, (low, high) in BINS.items():
            inside = part[(middle >= low) & (middle < high)]
            if len(inside) < ENOUGH_IN_BIN:
                continue
            drawn += len(inside)
            came = float(inside["outcome"].mean())
            ends = proportion_confint(came * len(inside), len(inside), method="wilson")
            name = f"{label} ({len(inside)})"
            lines += [
                {"label": name, "series": "came true", "value": round(100 * came), "low": 100 * ends[0], "high": 100 * ends[1]},
                {"label": name, "series": "as read", "value": round(100 * middle[inside.index].mean()), "hollow": True},
            ]  # fmt: skip
            said.append((middle[inside.index].mean(), came, ends))
        if not lines:
            continue
        missing = sum(not low <= read <= high for read, _, (low, high) in said)
        figures.append(
            dots(
                pd.DataFrame(lines),
                unit="percent_share",
                ordered=False,
                figure_id=f"scoreboard-calibration-{article_id}",
                title=f"{article_id.capitalize()}: in {len(said) - missing} of {len(said)} classes what came lies "
                "within chance of the probability read from the words",
                subtitle="Share that came true, partly counted half, with its 95 % Wilson interval; hollow: the mean "
                f"probability read; forecasts by class in brackets, {drawn} of {len(part)} drawn",
                source=BOOK,
                alt="; ".join(f"read {percent(100 * read)}, came {percent(100 * came)}" for read, came, _ in said) + ".",
            )
        )
    return figures


def strength_figure(book: Book) -> Figure:
    """How often forecasts of each strength of wording came true, over all articles."""
    rows = _scored(book)
    lines, shares = [], {}
    for strength, name in STRENGTHS.items():
        part = rows[rows["strength"] == strength]
        if part.empty:
            continue
        came = float(part["outcome"].mean())
        low, high = proportion_confint(came * len(part), len(part), method="wilson")
        shares[strength] = (name, came, len(part), (low, high))
        lines.append(
            {"label": f"{name} ({len(part)})", "series": "came true", "value": round(100 * came), "low": 100 * low, "high": 100 * high}
        )  # fmt: skip
    most = [f"{name} {percent(100 * came)}" for name, came, _, _ in shares.values()]
    owners = rows["article_id"].value_counts()
    return dots(
        pd.DataFrame(lines),
        unit="percent_share",
        ordered=False,
        figure_id="scoreboard-strength",
        title=f"Came true by strength of the word: {', '.join(most)}",
        subtitle="Share of all articles’ scored forecasts that came true, partly counted half, with its 95 % Wilson "
        f"interval; {owners.iloc[0]} of {len(rows)} come from one article, {str(owners.index[0]).capitalize()}",
        source=BOOK,
        alt="; ".join(
            f"{name}: {percent(100 * came)} of {count} came true, chance would allow {percent(100 * low)} to {percent(100 * high)}"
            for name, came, count, (low, high) in shares.values()
        )
        + ".",
    )


# How far it hangs on readings


def words_table(book: Book) -> Table:
    """The mean Brier score of all forecasts under each mapping from words to numbers and each rule for partly."""
    rows = _scored(book)
    found = {(mapping, partly): _briers(rows, mapping, partly) for mapping in MAPPINGS for partly in PARTLY}
    bands = {key: mean_band(scores) for key, scores in found.items() if scores}
    below = sum(worst < EVEN for _, worst in bands.values())
    above = sum(best > EVEN for best, _ in bands.values())
    shown = pd.DataFrame(
        [
            {
                "mapping": mapping,
                **{partly: _span(bands[mapping, partly]) if (mapping, partly) in bands else "" for partly in PARTLY},
            }
            for mapping in MAPPINGS
        ]
    )
    columns = {"mapping": Column("Words read by"), **{partly: Column(f"Partly {partly}") for partly in PARTLY}}
    return Table(
        "scoreboard-words",
        f"Of {plural(len(bands), 'way')} to read words and outcomes {below} beat always saying one half throughout, "
        f"{above} lose to it throughout, {len(bands) - below - above} cannot tell",
        f"Mean Brier score of {plural(len(rows), 'forecast')}, kindest to harshest reading; always one half earns {EVEN}",
        BOOK,
        markup(shown, columns),
        shown,
    )


def draw(book: Book) -> Markdown:
    """How far another draw of paragraphs, and the outcomes that are not known, could move the mean score."""
    rows = _scored(book)
    bands = _briers(rows)
    clusters = [f"{article}|{paragraph}" for article, paragraph in zip(rows["article_id"], rows["paragraph"], strict=True)]
    low, high = resampled_band(bands, clusters)
    best, worst = mean_band(bands)
    everything = forecasts(book)
    free = _any_outcome(everything[everything["state"] == UNKNOWN])
    loose = mean_band([*bands, *free])
    return Markdown(
        f"The mean Brier score of all {len(rows)} lies between {best:.2f} and {worst:.2f}. Another draw of the articles’ "
        f"paragraphs would widen that to {low:.2f} and {high:.2f}; any outcome for the {len(free)} whose day passed "
        f"without a known one, to {loose[0]:.2f} and {loose[1]:.2f}."
    )


def horizons(book: Book) -> Markdown:
    """What shorter or longer assigned days could change, as bounds: no outcome is guessed."""
    rows = forecasts(book)
    rows = rows[rows["state"].isin(OUTCOMES.values())]
    printed = rows["horizon_ground"].str.startswith("printed")
    as_of = book.tables.schema.as_of
    turned, reopened = [], []
    for index, row in rows[~printed].iterrows():
        start = book.chapters[row["article_id"]].library.published(row["claim_id"])
        end, known = periods.last_day(row["horizon"]), periods.last_day(row["outcome_date"])
        middle = start + (end - start) / 2
        # What is dated on the last day held, or failed to come, throughout: an earlier day would find the same.
        if middle < known < end:
            turned.append(index)
        # What had come before its day has come by any later one; all else would be undecided still.
        if end + (end - start) > as_of and (row["state"] != HAPPENED or known >= end):
            reopened.append(index)
    loose = mean_band([*rows["brier"].drop(index=turned), *_any_outcome(rows.loc[turned])])
    return Markdown(
        f"**The days.** {int((~printed).sum())} of the {len(rows)} outcomes hang on a day that the book assigned. "
        f"Had each of these days been half as far away, {len(turned)} outcomes, dated "
        "in the second half of their span, could have been others; the mean Brier score would then lie somewhere "
        f"between {loose[0]:.2f} and {loose[1]:.2f}. Had they been twice as far away, {len(reopened)} would still be open: "
        "those that came partly or not, and those that something had to last for. A longer span makes it easier for "
        "something to come and harder for something to last, so it favours neither side by itself."
    )
