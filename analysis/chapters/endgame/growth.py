"""Growth: what was forecast for Russia and what was counted, edition by edition.

A forecast is drawn at the month it was made and never joined to an outturn. Every count of growth goes
back to Rosstat; where two editions of it differ, the band between them is drawn.
"""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
from IPython.display import Markdown

from analysis.chapter import Chapter
from analysis.chapters.phrases import of_all, tenth
from analysis.chapters.rows import pick, records, rows_of
from analysis.figures.bars import bars
from analysis.figures.figure import Figure
from analysis.figures.numbers import interval, quantity
from analysis.figures.parts import Statement
from analysis.figures.time_axis import printed
from analysis.figures.timeseries import timeseries
from analysis.intervals import threshold_interval

GROWTH = "ru_gdp.real_growth"
FORECAST = "ru_gdp_growth.forecast_"
BODIES = {
    "bank_of_russia_high": ("Bank of Russia", "RU"),
    "bank_of_russia_low": ("Bank of Russia", "RU"),
    "economy_ministry": ("Economy ministry", "RU"),
    "imf": ("IMF", ""),
    "interfax_consensus": ("Interfax poll", "RU"),
    "oecd": ("OECD", ""),
    "world_bank": ("World Bank", ""),
}
INVASION = "invasion_2022.imgl"


def _rows(chapter: Chapter, figure_id: str) -> pd.DataFrame:
    """The Russian rows of a figure with the month in which each was made."""
    rows = pick(rows_of(chapter, figure_id), geo="RU")
    made = chapter.tables["observations"].set_index("observation_id")["vintage"]
    return rows.assign(vintage=rows["observation_id"].map(made))


def _forecasts(rows: pd.DataFrame) -> pd.DataFrame:
    """The forecasts with the name and the colour of whoever made them; provisional counts are left out."""
    made = pick(rows, status="forecast")
    named = [BODIES[series.removeprefix(FORECAST)] for series in made["series_id"]]
    return made.assign(line=[name for name, _ in named], actor=[actor for _, actor in named])


def _drawn(made: pd.DataFrame) -> pd.DataFrame:
    """The forecasts as a chart takes them: a decimal each, so that the middle of a range is not rounded away."""
    columns = ["line", "actor", "vintage", "value", "status", "source", "observation_id"]
    values = [f"{value:.1f}" for value in made["value"]]
    return made[columns].assign(value=values).rename(columns={"vintage": "period"})


def _counted(rows: pd.DataFrame, year: str) -> pd.Series:
    return pick(rows, GROWTH, period=year, status="outturn")["value"]


def _invasion(chapter: Chapter) -> str:
    (event,) = chapter.library.events[INVASION]
    return str(event["date"])


def _since(chapter: Chapter, made: pd.DataFrame) -> pd.DataFrame:
    """The forecasts made after the invasion, one a body and month: the ends of its range."""
    later = made[made["vintage"] > _invasion(chapter)[:7]]
    return later.groupby(["line", "actor", "vintage", "period"])["value"].agg(["min", "max"]).reset_index()


def vintages(chapter: Chapter, year: str) -> Figure:
    """Every forecast of one year's growth by the month it was made, beside what was counted."""
    name = "endgame-growth-vintages"
    rows = _rows(chapter, name)
    made, counted = pick(_forecasts(rows), period=year), _counted(rows, year)
    low, high = float(counted.min()), float(counted.max())
    later = _since(chapter, made)
    below, above = int((later["max"] < low).sum()), int((later["min"] > high).sum())
    first, last = min(made["vintage"]), max(made["vintage"])
    dated = {_invasion(chapter): "invasion", chapter.article["published"]: "the article"}
    marks = [{"date": day, "label": label} for day, label in dated.items() if first <= day[:7] <= last]
    said = interval(low, high, "percent", 1)
    side = f"{above} above" if above else "none above"
    return timeseries(
        _drawn(made), unit="percent", lasting=True, panel_height=2.1, marks=pd.DataFrame(marks) if marks else None,
        statement=Statement(pd.Interval(low, high, closed="both"), f"counted since: {said}"),
        figure_id=f"{name}-{year}",
        title=f"{year}: {of_all(below, len(later))} forecasts made since the invasion lay below the growth counted later, {side}",
        subtitle=f"Forecast growth of real output in {year}, %, by month of forecast · Russia (blue: Russian bodies; Bank of "
        "Russia: both ends of its range) · band: counts by Rosstat",
        source=chapter.publishers(pd.concat([made, pick(rows, GROWTH, period=year)])),
        alt=f"Lines of forecasts from {printed(first)} to {printed(last)}, between {quantity(made['value'].min(), 'percent', 1)} "
        f"and {quantity(made['value'].max(), 'percent', 1)}; growth was counted as {said}. Of {len(later)} forecasts since "
        f"the invasion {below} lay below and {above} above.",
    )  # fmt: skip


def other_years(chapter: Chapter) -> Markdown:
    """How the forecasts of the years after the first war year compare with the counts."""
    rows = _rows(chapter, "endgame-growth-vintages")
    start = _invasion(chapter)[:4]
    made = _forecasts(rows)
    said = []
    for year in sorted(set(made["period"])):
        counted = _counted(rows, year)
        later = _since(chapter, pick(made, period=year))
        if year <= start or later.empty or counted.empty:
            continue
        below, above = int((later["max"] < counted.min()).sum()), int((later["min"] > counted.max()).sum())
        said.append(f"for {year} {of_all(below, len(later))} lay below and {above or 'none'} above")
    if not said:
        raise ValueError("sentence endgame-growth-vintages: no forecast is of a year after the first")
    return Markdown(f"Of the forecasts made since the invasion, {'; '.join(said)} what was counted later.")


def _compound(part: pd.DataFrame, years: list[str]) -> float:
    """The level that growth over these years leads to, as a ratio to the year before the first."""
    level = 1.0
    for year in years:
        level *= 1 + float(part.loc[part["period"] == year, "value"].mean()) / 100
    return level


def _baselines(chapter: Chapter) -> tuple[pd.DataFrame, str]:
    """Output two years on from the last before the invasion against each forecast of it; the edition counted by."""
    figure_id = "endgame-growth-baselines"
    rows = _rows(chapter, figure_id)
    start = int(_invasion(chapter)[:4])
    years = [str(start), str(start + 1)]
    counts = pick(rows, GROWTH, period=years, status="outturn")
    # Growth of two editions is never chained: one edition has to have both years.
    covered = counts.groupby("vintage")["period"].nunique()
    whole = [str(edition) for edition in covered.index[covered == len(years)]]
    if not whole:
        raise ValueError(f"figure {figure_id}: no edition of the counts has both {years[0]} and {years[1]}")
    actual = _compound(counts[counts["vintage"] == max(whole)], years)
    made = _forecasts(rows)
    made = made[made["period"].isin(years) & (made["vintage"] < years[1])]
    found = []
    for (line, actor, vintage), part in made.groupby(["line", "actor", "vintage"]):
        if set(part["period"]) == set(years):
            gap = tenth(100 * (actual / _compound(part, years) - 1))
            found.append(
                {
                    "body": line,
                    "actor": actor,
                    "vintage": vintage,
                    "value": gap,
                    "origins": ";".join(part["origins"]),
                }
            )
    if not found:
        raise ValueError(f"figure {figure_id}: no forecast has both {years[0]} and {years[1]}")
    return pd.DataFrame(found).sort_values(["vintage", "body"], kind="stable"), max(whole)


def _stood(value: Decimal) -> str:
    return f"{quantity(abs(value), 'percent')} {'below' if value < 0 else 'above'}"


def _ends(chapter: Chapter, data: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """The last forecast before the invasion, and the first of the same body after it."""
    month = _invasion(chapter)[:7]
    before = data[data["vintage"] < month].iloc[-1]
    after = data[(data["vintage"] > month) & (data["body"] == before["body"])].iloc[0]
    return before, after


def baselines(chapter: Chapter) -> Figure:
    """The second war year's output against what each forecast of the first would have made of it."""
    figure_id = "endgame-growth-baselines"
    data, edition = _baselines(chapter)
    before, after = _ends(chapter, data)
    year = str(int(_invasion(chapter)[:4]) + 1)
    data = data.assign(label=[f"{row['body']}, {printed(row['vintage'])}" for row in records(data)])
    return bars(
        data, unit="percent", ordered=False, figure_id=figure_id,
        title=f"Output in {year} stood {_stood(before['value'])} what the {before['body']} foresaw in "
        f"{printed(before['vintage'])}, and {_stood(after['value'])} what it foresaw in {printed(after['vintage'])}",
        subtitle=f"Output of {year} less the forecast, % of the forecast, from two years’ growth chained within one edition · "
        f"Russia · growth as counted in {printed(edition)} (blue: Russian bodies)",
        source=chapter.publishers(pd.concat([data, pick(_rows(chapter, figure_id), GROWTH, vintage=edition)])),
        alt="; ".join(f"{row['label']}: {quantity(row['value'], 'percent', signed=True)}" for row in records(data)),
    )  # fmt: skip


def missed(chapter: Chapter) -> Markdown:
    """What a missed forecast does and does not show."""
    rows = _rows(chapter, "endgame-growth-vintages")
    start = _invasion(chapter)
    counted = _counted(rows, start[:4])
    later = _since(chapter, pick(_forecasts(rows), period=start[:4]))
    half = f"{start[:4]}-06"
    first = later[later["vintage"] <= half]
    miss = (counted.mean() - (first["min"] + first["max"]) / 2).groupby(first["actor"] == "RU").mean()
    data, _ = _baselines(chapter)
    before, after = _ends(chapter, data)
    return Markdown(
        f"**What a missed forecast shows, and what not.** The forecasts for {start[:4]} that were made by June of that year "
        f"were off by {quantity(abs(miss[True]), 'percentage_point', 1)} on average at Russian bodies and by "
        f"{quantity(abs(miss[False]), 'percentage_point', 1)} at international ones: "
        f"{'both kinds saw too little' if (miss > 0).all() else 'they did not miss on one side'}. That tells of forecasts, "
        "which had to guess oil prices, spending and the defence of the banks. It does not tell what sanctions did: "
        "their effect is the distance to a path without them, and a forecast made after them has them inside. "
        f"Against the {before['body']}’s path of {printed(before['vintage'])} the same growth is a shortfall of "
        f"{quantity(abs(before['value']), 'percent')}, against its path of {printed(after['vintage'])} a gain of "
        f"{quantity(abs(after['value']), 'percent')}."
    )


def answer(chapter: Chapter) -> Markdown:
    """The section's answer in one sentence, from its rows and verdicts."""
    rows = _rows(chapter, "endgame-growth-vintages")
    begun = _invasion(chapter)[:4]
    counts = pick(rows, GROWTH, status="outturn")
    ranges = counts[counts["period"] >= begun].groupby("period")["value"].agg(["min", "max"])
    said = [f"{interval(low, high, 'percent', 1)} in {year}" for year, (low, high) in ranges.iterrows()]
    mark = threshold_interval(chapter.library.primary("endgame.158")["expected"]).left
    lively = [str(year) for year, low in ranges["min"].items() if low >= mark]
    dull = [str(year) for year, high in ranges["max"].items() if high < mark]
    collapse = chapter.now["endgame.179"].label.lower()
    return Markdown(
        f"**No collapse, and no lasting boom**: output changed by {', '.join(said)}, all as counted by Rosstat. That no year "
        f"saw a fall of a tenth is {collapse}. The growth of {' and '.join(lively) or 'no year'} reaches that of the last "
        f"year before pandemic and war ({quantity(mark, 'percent', 1)}), that of {' and '.join(dull) or 'no year'} does not."
        if lively and dull
        else f"Output changed by {', '.join(said)}, all as counted by Rosstat. That no year saw a fall of a tenth is {collapse}."
    )
