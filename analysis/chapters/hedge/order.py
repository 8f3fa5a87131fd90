"""Was it the fear of secondary sanctions? What changed at the order of December 2023, and what else could have.

Every model is declared here before it is run: a primary one and, for each choice behind it, the fair
alternatives. A change of level at a date is no cause; the tables of rivals and of controls stand beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import pandas as pd
from IPython.display import Markdown

from analysis import periods
from analysis.chapter import Chapter
from analysis.chapters.hedge.economy import ORDER
from analysis.chapters.phrases import bounded, of_all
from analysis.chapters.rows import outturns, parameter, pick, records, rows_of
from analysis.figures import numbers
from analysis.figures.bars import dots
from analysis.figures.figure import Figure
from analysis.figures.numbers import quantity
from analysis.figures.table import Column, Table, table
from analysis.figures.time_axis import printed
from analysis.figures.timeseries import timeseries
from analysis.methods import interrupted_time_series as its
from analysis.methods.interrupted_time_series import Fit
from analysis.readings import split

ORIGIN = 2017  # the year whose January is month 0: the first of the monthly record
INVASION = "2022-03"  # the first whole month of the war: trade with Russia began anew
COMPLETE = "2024-12"  # up to here every month comes from one edition

EXPORTS, IMPORTS = "cn_customs.exports_to_ru_month", "cn_customs.imports_from_ru_month"
CONTROL, OIL = "us_census.imports_from_cn_month", "brent.spot_month"

GAPS = {
    "complete": "one edition, to Dec 2024",
    "printed": "and later months printed alone",
    "joint": "and joint spans at their mean",
    "derived": "and derived months",
}
SEASONS = {"dummies": "a term a month", "harmonic": "two waves a year", "": "none"}
PASTS = {
    "2017": "since 2017, new trend at the invasion",
    "2021": "since 2021, new trend at the invasion",
    "invasion": "since the invasion",
    "recovery": "since July 2022, after the dip",
}
_STARTS = {"2017": "2017-01", "2021": "2021-01", "invasion": INVASION, "recovery": "2022-07"}


@dataclass(frozen=True)
class Model:
    """The choices behind one estimate; the defaults are the primary model, declared before any was run.

    Its grounds: one edition of the statistics, the longest record for the season of the year, a trend of its
    own since the invasion, relative changes, no month left out, errors by the usual rule.
    """

    flow: str = EXPORTS
    gaps: str = "complete"
    season: str = "dummies"
    past: str = "2017"
    transition: float = 0.0
    log: bool = True
    slope: bool = True
    merge: bool = True
    lag: int | None = None
    against: str = ""
    """A series that the flow is divided by: what moves both cancels."""
    beside: str = ""
    """A series whose logarithm is a further regressor."""


def _months(period: str) -> tuple[int, int]:
    """The first and the last month of a period, counted from January of the origin as 0."""
    run = periods.parse(period)
    first, last = (12 * (day.year - ORIGIN) + day.month - 1 for day in (run.start, run.end))
    return first, last


def _month(period: str) -> int:
    return _months(period)[0]


def _period(first: int, last: int) -> str:
    ends = [f"{ORIGIN + month // 12}-{month % 12 + 1:02}" for month in (first, last)]
    return ends[0] if first == last else "/".join(ends)


def _spans(rows: pd.DataFrame, gaps: str) -> pd.DataFrame:
    """Monthly and joint values as the treatment of gaps admits them: first, last, value."""
    spans = rows["period"].map(periods.parse)
    months = rows[[span.precision in ("month", "interval of months") for span in spans]]
    found = pd.DataFrame(
        {
            "first": [_months(period)[0] for period in months["period"]],
            "last": [_months(period)[1] for period in months["period"]],
            "value": months["value"].to_numpy(),
            "derived": (months["quality"] == "derived").to_numpy(),
        }
    )
    joint = found["first"] < found["last"]
    keep = {
        "complete": found["last"] <= _month(COMPLETE),
        "printed": ~found["derived"],
        "joint": ~found["derived"] | joint,
        "derived": found["first"] >= 0,
    }[gaps]
    return found[keep]


def ordered(chapter: Chapter) -> str:
    """The day of the order."""
    sanctions = chapter.tables["sanctions"]
    return str(sanctions.loc[sanctions["measure"] == ORDER, "date"].iloc[0])


def interruption(chapter: Chapter) -> float:
    """The beginning of the first whole month under the order, in months."""
    return float(_month(ordered(chapter)[:7]) + 1)


def observations(rows: pd.DataFrame, model: Model) -> pd.DataFrame:
    """The series that a model is fitted to, with the column that its other series gives it."""

    def monthly(series: str, gaps: str) -> pd.DataFrame:
        return its.months_of(_spans(outturns(pick(rows, series)), gaps), model.merge)

    series = monthly(model.flow, model.gaps)
    series = series[series["first"] >= _month(_STARTS[model.past])]
    for name in (model.against, model.beside):
        if name:
            other = monthly(name, "derived")[["first", "last", "value"]].rename(columns={"value": "other"})
            series = series.merge(other, on=["first", "last"])
    if model.against:
        series["value"] = series["value"] / series["other"]
    if model.beside:
        series["other"] = np.log(series["other"])
    return series.reset_index(drop=True)


def _fit(model: Model, series: pd.DataFrame, date: float) -> Fit:
    return its.linear(
        series,
        date,
        log=model.log,
        lag=model.lag,
        transition=model.transition,
        slope=model.slope,
        season=model.season,
        earlier=[_month(INVASION)] if model.past in ("2017", "2021") else [],
        covariates=["other"] if model.beside else [],
    )


@dataclass(frozen=True)
class Change:
    """A change of level in percent, with its 95 % interval."""

    value: float
    low: float
    high: float

    @property
    def clear(self) -> bool:
        """Whether the interval stays on one side of zero."""
        return self.low > 0 or self.high < 0

    def __str__(self) -> str:
        span = numbers.interval(self.low, self.high, "percent", 0)
        return f"{quantity(self.value, 'percent', 0, signed=True)} ({span})"


def _percent(model: Model, fit: Fit, before: float) -> Change:
    """The change in percent; of a model in dollars, in percent of the twelve months before."""
    level = fit.level
    if model.log:
        ratio = level.ratio()
        return Change(*(100 * (end - 1) for end in (ratio.value, ratio.low, ratio.high)))
    course = fit.course
    year = course.loc[course["time"].between(before - 12, before), "value"].mean()
    return Change(*(100 * end / year for end in (level.value, level.low, level.high)))


def change(chapter: Chapter, rows: pd.DataFrame, model: Model) -> tuple[Change, Fit]:
    """A model's change at the order, and its fit."""
    date = interruption(chapter)
    fit = _fit(model, observations(rows, model), date)
    return _percent(model, fit, date), fit


def _step(value: float) -> str:
    return "step down" if value < 0 else "step up"


def _lies(one: Change) -> str:
    return "stays on one side of zero" if one.clear else "spans zero"


# The figures


def order_series(chapter: Chapter) -> Figure:
    """Observed exports, the primary model's fit, and what it expects without the order."""
    figure_id = "hedge-order-series"
    rows = rows_of(chapter, figure_id)
    model, date = Model(), interruption(chapter)
    series = observations(rows, model)
    level, fit = change(chapter, rows, model)
    course = fit.course.assign(period=[_period(*ends) for ends in zip(series["first"], series["last"], strict=True)])
    shown = course[series["first"] >= _month("2021-01")]
    after = shown[shown["time"] > date - 1.5]  # from the month before, so that the two lines part at the order
    lines = [
        shown.assign(line="China to Russia", actor="CN", modelled=False),
        shown.assign(line="model", actor="", modelled=True, value=shown["fitted"]),
        after.assign(line="model without the order", actor="", modelled=True, value=after["counterfactual"]),
    ]
    data = pd.concat(lines)[["line", "actor", "period", "value", "modelled"]]
    invaded = f"{INVASION}-01"
    longest = parameter(chapter, "order_transition").high
    marks = pd.DataFrame(
        {
            "date": [invaded, ordered(chapter), f"{_period(*[int(date + longest)] * 2)}-01"],
            "label": ["invasion", "US order on banks", "longest transition ends"],
        }
    )
    last = after.iloc[-1]
    gap = 100 * (last["fitted"] / last["counterfactual"] - 1)
    side = "below" if gap < 0 else "above"
    return timeseries(
        data, unit="usd_bn", marks=marks, figure_id=figure_id,
        title=f"Against their trend since the invasion China’s exports to Russia {_step(level.value)} by "
        f"{quantity(abs(level.value), 'percent', 0)} at the order; the interval, "
        f"{numbers.interval(level.low, level.high, 'percent', 0)}, {_lies(level)}",
        subtitle="Goods, billions of current US dollars a month, January and February as their mean · fitted since "
        f"{printed(_STARTS[model.past])}, drawn since 2021 · to {printed(COMPLETE)}",
        source=chapter.publishers(pick(rows, model.flow)),
        alt=f"Monthly exports with a fitted line that steps at the order, and a dashed line that goes on without it; in "
        f"{printed(last['period'])} the fitted line lies {quantity(abs(gap), 'percent', 0)} {side} the dashed one.",
    )  # fmt: skip


def alternatives(chapter: Chapter) -> list[tuple[str, Model]]:
    """The primary model and every alternative to one of its choices."""
    primary = Model()
    longest = parameter(chapter, "order_transition").high
    return [
        ("primary model", primary),
        *((f"gaps: {words}", replace(primary, gaps=gaps)) for gaps, words in list(GAPS.items())[1:]),
        *((f"past: {words}", replace(primary, past=past)) for past, words in list(PASTS.items())[1:]),
        *((f"season: {words}", replace(primary, season=season)) for season, words in list(SEASONS.items())[1:]),
        ("January and February apart", replace(primary, merge=False)),
        *(
            (f"transition: {quantity(months, 'month', 0)} left out", replace(primary, transition=months))
            for months in (longest / 2, longest)
        ),
        ("dollars, not logarithms", replace(primary, log=False)),
        ("a step without a new slope", replace(primary, slope=False)),
        *((f"errors: lag {lag}", replace(primary, lag=lag)) for lag in (0, 6, 12)),
    ]


def order_specifications(chapter: Chapter) -> Figure:
    """The change of level at the order, one choice changed at a time."""
    figure_id = "hedge-order-specifications"
    rows = rows_of(chapter, figure_id)
    found = [(label, change(chapter, rows, model)) for label, model in alternatives(chapter)]
    data = pd.DataFrame(
        {
            "label": [label for label, _ in found],
            "series": "step at the order",
            "value": [one.value for _, (one, _) in found],
            "low": [one.low for _, (one, _) in found],
            "high": [one.high for _, (one, _) in found],
            "observations": [fit.observations for _, (_, fit) in found],
            "lag": [fit.lag for _, (_, fit) in found],
            "actor": ["CN", *[""] * (len(found) - 1)],
        }
    )
    data["value"] = data["value"].map(lambda value: f"{value:.0f}")
    clear = sum(one.clear for _, (one, _) in found)
    steps = [one.value for _, (one, _) in found]
    least, most = (quantity(end, "percent", 0, signed=True) for end in (min(steps), max(steps)))
    return dots(
        data, unit="percent", ordered=False, figure_id=figure_id,
        title=f"One choice changed at a time, the step at the order runs from {least} to {most}; {of_all(clear, len(found))} "
        "intervals stay on one side of zero",
        subtitle="Change of level of China’s exports to Russia at the order, %, with 95 % intervals · the primary model and one "
        "choice changed at a time",
        source=chapter.publishers(pick(rows, EXPORTS)),
        alt="; ".join(f"{label}: {one}" for label, (one, _) in found),
    )  # fmt: skip


def placebos(chapter: Chapter, rows: pd.DataFrame, model: Model) -> pd.DataFrame:
    """The model's change at every admissible date, the actual one marked: date, period, value, low, high, actual."""
    series, actual = observations(rows, model), interruption(chapter)
    least = int(parameter(chapter, "order_least").middle)
    earlier = [float(_month(INVASION))] if model.past in ("2017", "2021") else []
    dates = its.admissible(series, series["first"].astype(float), least, earlier)
    found = []
    for date in sorted({*dates, actual}):
        one = _percent(model, _fit(model, series, date), date)
        found.append((date, f"{_period(*[int(date)] * 2)}-01", one.value, one.low, one.high, date == actual))
    return pd.DataFrame(found, columns=["date", "period", "value", "low", "high", "actual"])


def standing(found: pd.DataFrame) -> tuple[int, int]:
    """The place of the actual date among all, by the size of the change without sign."""
    return its.rank(found.loc[~found["actual"], "value"], found.loc[found["actual"], "value"].iloc[0])


def order_placebo(chapter: Chapter) -> Figure:
    """The same model with the order set at every admissible date."""
    figure_id = "hedge-order-placebo"
    rows = rows_of(chapter, figure_id)
    found = placebos(chapter, rows, Model())
    own = found.loc[found["actual"]].iloc[0]
    others = found[~found["actual"]]
    larger = others[others["value"].abs() >= abs(own["value"])]
    early = int((larger["date"] < own["date"]).sum())
    data = found.assign(
        line=["the order" if actual else "other dates" for actual in found["actual"]],
        actor=["CN" if actual else "" for actual in found["actual"]],
        modelled=~found["actual"],
    ).sort_values("actual", kind="stable")
    data["value"] = [f"{row['value']:.0f}" if row["actual"] else f"{row['value']:.2f}" for row in records(data)]
    least = quantity(parameter(chapter, "order_least").middle, "", 0)
    return timeseries(
        data, unit="percent", zero=False, figure_id=figure_id,
        marks=pd.DataFrame({"date": [f"{INVASION}-01"], "label": ["invasion"]}),
        title=f"At {len(larger)} of {len(others)} other dates the same model finds a step at least as large as the order’s, "
        f"{early} of them before it" if len(larger) else
        f"At none of {len(others)} other dates does the same model find a step as large as the order’s",
        subtitle="Change of level of China’s exports to Russia, %, by the date at which it is supposed · dates with at least "
        f"{least} observations on either side, {printed(found['period'].iloc[0][:7])} to {printed(found['period'].iloc[-1][:7])}",
        source=chapter.publishers(pick(rows, EXPORTS)),
        alt=f"A line of the step found at {len(others)} dates, from {quantity(others['value'].min(), 'percent', 0, signed=True)} to "
        f"{quantity(others['value'].max(), 'percent', 0, signed=True)}; the order’s, a point on it, is "
        f"{quantity(own['value'], 'percent', 0, signed=True)}.",
    )  # fmt: skip


def designations(chapter: Chapter) -> Figure:
    """Chinese firms named in single rounds of measures over Russia."""
    figure_id = "hedge-designations"
    names = {"us_russia_listings.chinese_firms": ("US", "US"), "eu_russia_listings.chinese_firms": ("EU", "EU27")}
    rows = rows_of(chapter, figure_id)
    rounds = outturns(pick(rows, names)).sort_values("period", kind="stable")
    rounds = rounds.assign(
        label=[f"{names[row['series_id']][0]}, {printed(row['period'])}" for row in records(rounds)],
        actor=[names[series][1] for series in rounds["series_id"]],
    )
    rounds["series"] = rounds.groupby("label").cumcount().map({0: "firms named", 1: "by another count"})
    day = ordered(chapter)
    before = rounds[rounds["period"] < day]
    after = rounds[rounds["period"] >= day]
    count = after["label"].nunique()
    return dots(
        rounds, unit="count", ordered=False, figure_id=figure_id,
        title=f"Chinese firms were named in {count} rounds found since the order and in {before['label'].nunique()} before it, "
        f"up to {quantity(after['value'].max(), '', 0)} at a time",
        subtitle="Firms of mainland China and Hong Kong named in a round of measures over Russia, number · rounds for which one "
        "was found, 2022–2025; firms can stand in several",
        source=chapter.publishers(rounds),
        alt="; ".join(f"{row['label']}: {quantity(row['value'], '', 0)} ({row['bound']})" for row in records(rounds)),
    )  # fmt: skip


# The tables


def order_gaps(chapter: Chapter) -> Table:
    """The answer under each treatment of the gaps, without any model at last."""
    rows = rows_of(chapter, "hedge-order-specifications")
    found = []
    for gaps, words in GAPS.items():
        model = Model(gaps=gaps)
        one, fit = change(chapter, rows, model)
        series = observations(rows, model)
        slope = fit.slope.ratio() if fit.slope else None
        found.append(
            {
                "treatment": words if gaps == "complete" else f"… {words}",
                "last": printed(_period(*series.iloc[-1][["first", "last"]])),
                "observations": fit.observations,
                "value": one.value,
                "interval": numbers.interval(one.low, one.high, "", 0),
                "slope": None if slope is None else 100 * (slope.value - 1),
                "answer": f"{_step(one.value)}; interval {_lies(one)}",
                "clear": one.clear,
            }
        )
    data = pd.DataFrame(found)
    return table(
        data,
        {
            "treatment": Column("Months that count"),
            "last": Column("Up to"),
            "observations": Column("Observations", True, "", 0),
            "value": Column("Level at the order", True, "percent", 0, True),
            "interval": Column("95 % interval"),
            "slope": Column("Slope, a month", True, "percent", 1, True),
            "answer": Column("Answer"),
        },
        table_id="hedge-order-gaps",
        title=f"How the gaps are filled moves the answer from {quantity(data['value'].min(), 'percent', 0, signed=True)} to "
        f"{quantity(data['value'].max(), 'percent', 0, signed=True)}; {of_all(int(data['clear'].sum()), len(data))} intervals stay on one side of zero",
        subtitle="China’s exports to Russia, the primary model; later months are added step by step, so that much of 2025 and 2026 "
        "stands on differences of rounded sums",
        source=chapter.publishers(pick(rows, EXPORTS)),
    )  # fmt: skip


def comparisons(chapter: Chapter) -> list[tuple[str, str, Model]]:
    """The outcome, others that the order should not move alike, and the outcome with a rival held fixed."""
    primary = Model()
    return [
        ("China’s exports to Russia", "the outcome", primary),
        ("China’s imports from Russia", "paid through the same banks, mostly oil and gas", replace(primary, flow=IMPORTS)),
        ("… at a given oil price", "the price of oil as a regressor", replace(primary, flow=IMPORTS, beside=OIL)),
        ("US purchases from China", "a buyer whose banks the order does not reach", replace(primary, flow=CONTROL)),
        ("China’s exports to Russia per dollar of US purchases", "what moves both cancels", replace(primary, against=CONTROL)),
    ]  # fmt: skip


def order_controls(chapter: Chapter) -> Table:
    """The primary model on the outcome and on what should not move with it."""
    rows = rows_of(chapter, "hedge-order-specifications")
    found = []
    for name, why, model in comparisons(chapter):
        one, fit = change(chapter, rows, model)
        place, total = standing(placebos(chapter, rows, model))
        found.append(
            {
                "series": name,
                "why": why,
                "value": one.value,
                "interval": numbers.interval(one.low, one.high, "", 0),
                "slope": None if fit.slope is None else 100 * (fit.slope.ratio().value - 1),
                "rank": f"{place} of {total}",
                "clear": one.clear,
                "said": str(one),
            }
        )
    data = pd.DataFrame(found).set_index("series", drop=False)
    control = data.loc["US purchases from China"]
    said = "a step too" if control["clear"] else "no clear step"
    return table(
        data.reset_index(drop=True),
        {
            "series": Column("Series"),
            "why": Column("Why it is compared"),
            "value": Column("Level at the order", True, "percent", 0, True),
            "interval": Column("95 % interval"),
            "slope": Column("Slope, a month", True, "percent", 1, True),
            "rank": Column("Rank among dates"),
        },
        table_id="hedge-order-controls",
        title=f"Where the order has no reach the same model finds {said} "
        f"({control['said']})",
        subtitle=f"The primary model on each series, to {printed(COMPLETE)}; rank of the step among all admissible dates, by size · "
        "US purchases are counted on arrival, some weeks later",
        source=chapter.publishers(pick(rows, [EXPORTS, IMPORTS, CONTROL, OIL])),
    )  # fmt: skip


def _evidence(ids: str, observed: pd.DataFrame) -> str:
    """The rows that show a rival, printed one after the other, a series once."""
    found = observed.set_index("observation_id").loc[split(ids)]
    return "; ".join(
        f"{series}: " + ", ".join(f"{bounded(one)} ({printed(one['period'])})" for one in records(part))
        for series, part in found.groupby("series", sort=False)
    )


def order_rivals(chapter: Chapter) -> Table:
    """What else happened, when, in which rows it shows, and what would tell it from fear."""
    figure_id = "hedge-order-rivals"
    observed = rows_of(chapter, figure_id)
    rivals = chapter.tables["rivals"]
    rivals = rivals[rivals["rival_id"].str.startswith(f"{chapter.article_id}.")].sort_values("date", kind="stable")
    data = pd.DataFrame(
        {
            "explanation": rivals["explanation"],
            "flow": rivals["flow"],
            "date": rivals["date"].map(printed),
            "event": rivals["event"],
            "rows": [_evidence(ids, observed) for ids in rivals["observation_ids"]],
            "expects": rivals["expects"],
            "tells_apart": rivals["tells_apart"],
        }
    )
    published = chapter.article["published"]
    within = int((rivals["date"] <= published).sum())
    return table(
        data,
        {
            "explanation": Column("Explanation"),
            "flow": Column("Bears on"),
            "date": Column("From"),
            "event": Column("What happened"),
            "rows": Column("What the rows say"),
            "expects": Column("If this were it"),
            "tells_apart": Column("What would tell it apart"),
        },
        table_id=figure_id,
        title=f"{of_all(within, len(rivals)).capitalize()} rival explanations set in before the article appeared; totals of trade cannot part them",
        subtitle="Rival explanations of slower trade by date; some of them are fear too, of another measure than the order",
        source=chapter.publishers(observed),
        css_class="finding-cards",
    )


# The sentences


def answer(chapter: Chapter) -> Markdown:
    """What the models say and do not say, in three sentences."""
    rows = rows_of(chapter, "hedge-order-specifications")
    exports, _ = change(chapter, rows, Model())
    imports, _ = change(chapter, rows, Model(flow=IMPORTS))
    place, total = standing(placebos(chapter, rows, Model()))
    return Markdown(
        f"At the order China’s exports to Russia {_step(exports.value)} by the primary model, {exports}, and its imports "
        f"{_step(imports.value)}, {imports}; the interval of exports {_lies(exports)}, that of imports {_lies(imports)}. Set at other "
        f"dates, the same model finds {place - 1} of {total - 1} steps at least as large as that of the exports. Nothing here "
        "shows whether banks, buyers or a market that had filled up did it."
    )


def expectation(chapter: Chapter) -> Markdown:
    """What the model holds the exports against: a trend carried on."""
    rows = rows_of(chapter, "hedge-order-series")
    model, date = Model(), interruption(chapter)
    series = observations(rows, model)
    _, fit = change(chapter, rows, model)
    last, before = fit.course.iloc[-1], fit.course[fit.course["time"] < date]
    year = before["value"].iloc[-11:].mean()  # a year has eleven observations, January and February being one
    period = printed(_period(*series.iloc[-1][["first", "last"]]))
    half = before.iloc[-6:]
    under = int((half["value"] < half["fitted"]).sum())
    return Markdown(
        f"The step hangs on what is expected without the order. The model carries the trend since the invasion on, to "
        f"{quantity(last['counterfactual'], 'usd_bn', 1)} in {period}, {quantity(last['counterfactual'] / year, '', 1)} times the "
        f"monthly mean of the year before the order. Whoever does not believe that the rebound would have gone on like that "
        f"cannot read the distance to it as an effect. In {of_all(under, len(half))} observations just before the order the exports "
        "already lay below that line."
    )


def _grid(longest: float) -> Iterator[Model]:
    months = (0.0, longest / 2, longest)
    for gaps, season, past, transition, log, slope in product(GAPS, SEASONS, PASTS, months, (True, False), (True, False)):
        yield Model(gaps=gaps, season=season, past=past, transition=transition, log=log, slope=slope)


def every_model(chapter: Chapter) -> pd.DataFrame:
    """The change of exports at the order under every combination of the choices: one row a model."""
    rows = rows_of(chapter, "hedge-order-specifications")
    date = interruption(chapter)
    series = {
        (gaps, past): observations(rows, Model(gaps=gaps, past=past)) for gaps, past in product(GAPS, PASTS)
    }
    found = []
    for model in _grid(parameter(chapter, "order_transition").high):
        one = _percent(model, _fit(model, series[model.gaps, model.past], date), date)
        found.append({**vars(model), "value": one.value, "low": one.low, "high": one.high, "clear": one.clear})
    return pd.DataFrame(found)


def all_combinations(chapter: Chapter) -> Markdown:
    """How the combinations of all choices come out, and which choice moves them most."""
    found = every_model(chapter)
    falls, clear = int((found["value"] < 0).sum()), found[found["clear"]]
    quarters = found["value"].quantile([0.25, 0.5, 0.75])
    names = {
        "gaps": "the treatment of gaps", "season": "the season", "past": "the past that the trend is drawn from",
        "transition": "the transition", "log": "the scale", "slope": "whether the slope may change",
    }  # fmt: skip
    between = {
        name: found.groupby(name)["value"].mean().sub(found["value"].mean()).pow(2).mul(found.groupby(name).size()).sum()
        for name in names
    }
    total = found["value"].sub(found["value"].mean()).pow(2).sum()
    leading = max(between, key=lambda name: between[name])
    return Markdown(
        f"All {len(found)} combinations of the choices together: {falls} step down at the order and {len(found) - falls} up; the "
        f"interval stays below zero in {int((clear['value'] < 0).sum())} and above it in {int((clear['value'] > 0).sum())}. Half of them lie between {quantity(quarters[0.25], 'percent', 0, signed=True)} and "
        f"{quantity(quarters[0.75], 'percent', 0, signed=True)}, with {quantity(quarters[0.5], 'percent', 0, signed=True)} in the "
        f"middle. The choice that moves the answer most is {names[leading]}, with "
        f"{quantity(100 * between[leading] / total, 'percent', 0)} of the variance. The combinations share their data, so "
        "the count describes how robust the answer is; it is no vote."
    )


def without_a_model(chapter: Chapter) -> Markdown:
    """What is left if nothing is estimated: the growth that was printed."""
    rows = rows_of(chapter, "hedge-order-rivals")
    growth = outturns(pick(rows, "cn_customs.exports_to_ru_yoy"))
    before, after = (pick(growth, period=str(year))["value"].iloc[0] for year in (2023, 2024))
    return Markdown(
        f"**Not estimating at all** leaves the printed growth: China’s exports to Russia changed by "
        f"{quantity(before, 'percent', 1, signed=True)} in 2023 and by {quantity(after, 'percent', 1, signed=True)} in 2024. "
        + ("That is slower" if after < before else "That is no slower")
        + " and dates nothing: the rebound from the first months of the war was ending as well."
    )


def leave_one_out(chapter: Chapter) -> Markdown:
    """How far the primary estimate hangs on a single observation."""
    rows = rows_of(chapter, "hedge-order-specifications")
    model, date = Model(), interruption(chapter)
    series = observations(rows, model)
    found = its.leave_one_out(series, date, lambda part, moment: _fit(model, part, moment))
    percent = found.assign(**{end: 100 * (np.exp(found[end]) - 1) for end in ("level", "low", "high")})
    clear = int(((percent["high"] < 0) | (percent["low"] > 0)).sum())
    exports, _ = change(chapter, rows, model)
    furthest = (percent["level"] - exports.value).abs().idxmax()
    dropped = records(series)[list(percent.index).index(furthest)]
    period = _period(dropped["first"], dropped["last"])
    return Markdown(
        f"Leaving out one observation at a time moves the primary estimate between "
        f"{quantity(percent['level'].min(), 'percent', 0, signed=True)} and "
        f"{quantity(percent['level'].max(), 'percent', 0, signed=True)}; it hangs most on {printed(period)}. "
        f"The interval stays on one side of zero without {of_all(clear, len(percent))} observations."
    )


def lists(chapter: Chapter) -> Markdown:
    """The counts of whole lists, which are not about Russia alone."""
    rows = rows_of(chapter, "hedge-designations")
    sdn, entity = (pick(rows, series, counterparty="CN").iloc[0] for series in ("us_sdn.added_by_nationality", "us_entity_list.added"))
    held = {
        country: pick(rows, "us_sdn.stock_by_country", counterparty=country).iloc[0] for country in ("CN", "HK", "RU")
    }
    china, hong_kong, russia = (quantity(row["value"], "", 0) for row in held.values())
    return Markdown(
        f"Whole lists count more, over matters other than Russia too: in {sdn['period']} the United States added "
        f"{quantity(sdn['value'], '', 0)} persons and firms of Chinese nationality to its blocking list and "
        f"{quantity(entity['value'], '', 0)} to its export list; on {printed(held['CN']['period'])} {china} entries of the blocking "
        f"list named China, {hong_kong} Hong Kong and {russia} Russia. "
        "No count of Chinese firms blocked over Russia alone was found."
    )
