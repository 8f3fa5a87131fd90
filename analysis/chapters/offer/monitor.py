"""The three hard indicators as a monitor: what is measured, whether each rule rings, how often it does by chance.

Each indicator is a function of rows, so that a row added next month changes its state and its picture. A rule
rings, is silent, or cannot be told: a missing month breaks a run and decides nothing.
"""

from __future__ import annotations

from datetime import date, timedelta
from math import exp
from typing import NamedTuple

import pandas as pd
from IPython.display import Markdown
from scipy import stats

from analysis import periods
from analysis.chapter import Chapter
from analysis.chapters.phrases import SHARE, percent, share, years
from analysis.chapters.rows import (
    by_end,
    in_order,
    lines,
    of_precision,
    parameter,
    pick,
    records,
    rows_of,
    valued,
)
from analysis.figures.figure import Figure
from analysis.figures.numbers import DASH, number, quantity
from analysis.figures.parts import require
from analysis.figures.table import Column, Table, markup
from analysis.figures.time_axis import printed
from analysis.figures.timeseries import timeseries
from analysis.methods.cusum import average_run_length, cusum, standardise
from analysis.methods.run_rule import chance_at_a_month, chance_within, mean_months_to_alarm, run_alarms
from analysis.methods.trend import mann_kendall
from analysis.verdicts import plural

ROUTES, FLOWS = "offer-monitor-routes", "offer-monitor-flows"
SETTLEMENT, LISTINGS = "offer-monitor-settlement", "offer-monitor-listings"
SILENT, RINGS, UNTOLD = "silent", "rings", "cannot be told"
RATE = "million_cubic_metres_per_day"
YEAR, SEED = 12, 7
WORLDS = ("noise", "random walk")

TURKSTREAM, TO_EU = "gas.turkstream_to_europe", "gas.turkstream_to_eu"
CEILINGS = {
    "exports": "ru_exports.settlement_share.unfriendly",
    "imports": "ru_imports.settlement_share.unfriendly",
}
DOLLAR = "ru_exports.settlement_share.usd"
STOCK, REMOVED, ADDED = "us_sdn.stock.eo14024", "us_sdn.removed.eo14024", "us_sdn.added.eo14024"
ROUTE_NAMES = {
    "Nord Stream": ("EU27", ["gas.flow_nord_stream"]),
    "Yamal–Europe": ("", ["gas.flow_yamal_europe"]),
    "Ukraine": ("UA", ["gas.flow_ukraine_slovakia", "gas.ukraine_transit"]),
    "TurkStream": ("TR", ["gas.flow_turkstream_bulgaria", TURKSTREAM]),
}


class Signal(NamedTuple):
    """One rule at one date: its state, the month or day of the last value that it saw, what it rests on."""

    rule: str
    state: str
    at: str
    detail: str


class Settings(NamedTuple):
    """What was declared before looking: baseline months, sizes of the cumulative sum, level of the trend test."""

    first: pd.Period
    last: pd.Period
    allowance: float
    limit: float
    level: float


def settings(chapter: Chapter, indicator: str) -> Settings:
    """The declared baseline of an indicator, flows or settlement, with the sizes that all share."""
    first, last = (
        pd.Period(str(round(parameter(chapter, f"monitor_{indicator}_{end}").middle)), "M")
        for end in ("first", "last")
    )
    allowance, limit = (parameter(chapter, f"monitor_{name}").middle for name in ("allowance", "limit"))
    return Settings(first, last, allowance, limit, parameter(chapter, "monitor_trend_level").middle / 100)


# Rows and values


def watched(chapter: Chapter, figure_id: str) -> pd.DataFrame:
    """The rows of an indicator with the day on which each was first public, in the column `known`."""
    rows = rows_of(chapter, figure_id)
    known = {
        row.observation_id: row.known for found in chapter.library.observations.values() for row in found
    }
    return rows.assign(known=rows["observation_id"].map(known))


def known_by(rows: pd.DataFrame, day: date) -> pd.DataFrame:
    """The rows that were public by a day; none may be left."""
    return rows[[known is not None and known <= day for known in rows["known"]]]


def monthly(rows: pd.DataFrame, series: str) -> pd.Series:
    """The median of each month's values over its sources, from the first month to the last, NaN where there is none.

    Takes rows of any series and period; bounds and the rows of a single partner are left out.
    """
    found = rows[(rows["series_id"] == series) & rows["bound"].isin(["exact", "about"])]
    found = found[found["counterparty"].isin(["WLD", "EUROPE"])]
    found = found[[periods.parse(period).precision == "month" for period in found["period"]]]
    if found.empty:
        return pd.Series(dtype=float, index=pd.PeriodIndex([], freq="M"))
    levels = found.groupby("period")["value"].median()
    levels.index = pd.PeriodIndex(levels.index, freq="M")
    return levels.reindex(pd.period_range(levels.index.min(), levels.index.max(), freq="M"))


def daily(values: pd.Series) -> pd.Series:
    """Billion cubic metres a month as million cubic metres a day, so that a short month is no fall."""
    return values * 1000 / values.index.days_in_month  # type: ignore[attr-defined]


def _per_day(period: str, value: float) -> float:
    """Billion cubic metres of any period as million cubic metres a day."""
    run = periods.parse(period)
    return value * 1000 / ((run.end - run.start).days + 1)


def _month(when: pd.Period) -> str:
    return printed(str(when))


# Rules


def run_signal(values: pd.Series, rises: int) -> Signal:
    """Whether the last value ends a run of so many rises; untold when a missing month leaves it open."""
    rule = "a rise on the month before" if rises == 1 else f"{rises} rises in a row"
    if values.empty:
        return Signal(rule, UNTOLD, "", "no month known")
    steps = values.diff().iloc[1:].iloc[-rises:]
    if run_alarms(values, rises).iloc[-1]:
        state = RINGS
    elif (steps <= 0).any():
        state = SILENT
    else:
        state = UNTOLD
    last = values.diff().iloc[-1]
    step = (
        "the month before is missing" if pd.isna(last) else f"last step {number(float(last), 1, signed=True)}"
    )
    return Signal(rule, state, str(values.index[-1]), step)


def year_signal(values: pd.Series) -> Signal:
    """Whether the last value lies above that of the same month a year before."""
    rule = "a rise on the same month a year before"
    before = values.get(values.index[-1] - YEAR, float("nan")) if len(values) else float("nan")
    if pd.isna(before):
        return Signal(rule, UNTOLD, "", "no month known a year apart")
    change = 100 * (values.iloc[-1] / before - 1)
    return Signal(
        rule,
        RINGS if change > 0 else SILENT,
        str(values.index[-1]),
        quantity(change, "percent", 1, signed=True),
    )


def cusum_signal(values: pd.Series, declared: Settings) -> Signal:
    """Whether the upper cumulative sum over the months after the baseline stands above its limit."""
    rule = "cumulative sum over the baseline"
    later = values[values.index > declared.last]
    if later.dropna().empty:
        return Signal(rule, UNTOLD, "", "no month known after the baseline")
    baseline = values[(values.index >= declared.first) & (values.index <= declared.last)]
    sums = cusum(standardise(later, baseline), declared.allowance, declared.limit)
    state = RINGS if sums["alarm_up"].iloc[-1] else SILENT
    detail = f"sum {sums['up'].iloc[-1]:.1f} of {declared.limit:g}; baseline of {plural(baseline.count(), 'month')}"
    return Signal(rule, state, str(values.index[-1]), detail)


def trend_signal(values: pd.Series, level: float, wanted: int = 1) -> Signal:
    """Whether the values trend upwards (`wanted` 1) or downwards (−1) by the test of Mann and Kendall."""
    rule = f"a {'rising' if wanted > 0 else 'falling'} trend"
    if values.count() < 4:
        return Signal(rule, UNTOLD, str(values.index[-1]) if len(values) else "", "fewer than four values")
    found = mann_kendall(values)
    rings = found["p_value"] < level and found["tau"] * wanted > 0
    detail = f"tau {number(found['tau'], 2, signed=True)}, {_p_value(found['p_value'])}, {plural(values.count(), 'value')}"
    return Signal(rule, RINGS if rings else SILENT, str(values.index[-1]), detail)


def _p_value(value: float) -> str:
    return "p under 0.001" if value < 0.001 else f"p {value:.3f}"


# Indicators


def flow_signals(rows: pd.DataFrame, declared: Settings) -> list[Signal]:
    """The rules on gas to Europe by the one route left, from rows of `gas.turkstream_to_europe`."""
    values = daily(monthly(rows, TURKSTREAM))
    since = values[values.index >= declared.first]
    rules = [run_signal(values, 1), year_signal(values), cusum_signal(values, declared)]
    return [*rules, trend_signal(since, declared.level)]


def route_signal(rows: pd.DataFrame) -> Signal:
    """Whether a route that has stood at zero carries gas again, from rows of flows by route."""
    rule = "a closed route carries gas"
    flows_by_route = {name: _route(rows, name) for name in ROUTE_NAMES}
    closed = {name: part for name, part in flows_by_route.items() if (part["value"] == 0).any()}
    if not closed:
        return Signal(rule, UNTOLD, "", "no route known to stand at zero")
    opened = [name for name, part in closed.items() if part["value"].iloc[-1] > 0]
    at = max((part["period"].iloc[-1] for part in closed.values()), key=by_end)
    told = f"{', '.join(opened)} open" if opened else f"{', '.join(closed)} at zero"
    return Signal(rule, RINGS if opened else SILENT, at, told)


def settlement_signals(
    rows: pd.DataFrame, flow: str, rises: tuple[int, ...], declared: Settings
) -> list[Signal]:
    """The rules on the currencies of sanctioning states in export or import payments, a ceiling for the dollar."""
    values = monthly(rows, CEILINGS[flow])
    since = values[values.index >= declared.first]
    rules = [run_signal(values, count) for count in rises]
    return [*rules, cusum_signal(values, declared), trend_signal(since, declared.level)]


def listing_signals(rows: pd.DataFrame, block: float, level: float) -> list[Signal]:
    """The rules on the US list: a block struck off, and a trend of the entries since the last gap of a year.

    `block` is the share of all entries, in percent, that makes a block.
    """
    rule = "a block struck off"
    stock, struck = _stock(rows), rows[rows["series_id"] == REMOVED]
    if struck.empty:
        first = Signal(rule, UNTOLD, "", "no removal counted")
    else:
        most = struck.sort_values("value").iloc[-1]
        size = _block(stock, block)
        ends = max(periods.parse(period).end for period in struck["period"])
        state = RINGS if most["value"] >= size else SILENT
        first = Signal(
            rule, state, str(ends), f"{number(most['value'], 0)} of {number(size, 0)} that make a block"
        )
    return [first, trend_signal(_stretch(stock), level, -1)]


def _stock(rows: pd.DataFrame) -> pd.Series:
    """Entries on the list by day, in order."""
    found = rows[rows["series_id"] == STOCK].drop_duplicates("period")
    return found.set_index("period")["value"].sort_index()


def _stretch(stock: pd.Series) -> pd.Series:
    """The counts after the last gap of more than a year."""
    days = pd.Series([periods.parse(day).start for day in stock.index], dtype=object)
    breaks = [place for place in range(1, len(days)) if days[place] - days[place - 1] > timedelta(365)]
    return stock.iloc[breaks[-1] if breaks else 0 :]


def _block(stock: pd.Series, block: float) -> float:
    return float(block / 100 * stock.iloc[-len(_stretch(stock))])


def _route(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """The values of a route in order of time, a year, quarter or month a row; parts of a known year left out."""
    found = rows[rows["series_id"].isin(ROUTE_NAMES[name][1]) & rows["bound"].isin(["exact", "about"])]
    spans = [periods.parse(period) for period in found["period"]]
    kept = [
        not any(other != span and other.contains(span) for other in spans)
        and not span.precision.startswith("interval of d")
        for span in spans
    ]
    return in_order(found[kept])


def signals(chapter: Chapter, day: date) -> pd.DataFrame:
    """The state of every rule by what was public on a day: indicator, rule, state, at, detail."""
    flows, money = settings(chapter, "flows"), settings(chapter, "settlement")
    low, _, high = parameter(chapter, "monitor_rises")
    rises = tuple(range(round(low), round(high) + 1))
    block = parameter(chapter, "monitor_block").middle
    gas, routes, paid, listed = (
        known_by(watched(chapter, figure_id), day) for figure_id in (FLOWS, ROUTES, SETTLEMENT, LISTINGS)
    )
    found = {"Gas to Europe": [*flow_signals(gas, flows), route_signal(routes)]}
    for flow in CEILINGS:
        found[f"Dollar’s ceiling, {flow}"] = settlement_signals(paid, flow, rises, money)
    found["US list"] = listing_signals(listed, block, flows.level)
    return pd.DataFrame(
        [{"indicator": name, **signal._asdict()} for name, rules in found.items() for signal in rules]
    )


# Chance


def _odds(chapter: Chapter, rule: str) -> tuple[str, str]:
    """How likely a rule rings within a year without any signal, and after how many months on average.

    Two numbers stand for noise around a level and for a random walk.
    """
    if rule.endswith(("in a row", "month before")):
        rises = int(rule.split()[0]) if rule.endswith("in a row") else 1
        both = [
            (chance_within(rises, YEAR, world), mean_months_to_alarm(rises, world, seed=SEED))
            for world in WORLDS
        ]
        chances = " / ".join(_chance(chance) for chance, _ in both)
        return chances, " / ".join(number(wait, 1 if wait < 10 else 0) for _, wait in both)
    if rule.startswith("cumulative"):
        wait = _false_alarm_every(settings(chapter, "flows"))
        return f"{percent(100 * (1 - exp(-YEAR / wait)), 1)} / not made for it", f"{number(wait, 0)} / –"
    if "trend" in rule:
        return f"{percent(100 * settings(chapter, 'flows').level / 2, 1)} each time / more", "–"
    if "year before" in rule:
        return "50 % each month", "2 / –"
    if "block" in rule:
        chance, _ = block_chance(chapter)
        return (
            "under 0.01 %" if chance < 1e-4 else percent(100 * chance, 2)
        ) + " at the pace of spring 2026", "–"
    return "none: it takes a decision", "–"


def _chance(chance: float) -> str:
    return f"over {percent(99.9, 1)}" if chance > 0.999 else percent(100 * chance, 1)


def _false_alarm_every(declared: Settings) -> float:
    """Months between false alarms of the upper sum alone: twice those of the chart that looks both ways."""
    return 2 * average_run_length(0.0, declared.allowance, declared.limit)


def block_chance(chapter: Chapter) -> tuple[float, float]:
    """Chance of a block within a year if single removals went on as counted, and months until they add up to one.

    Removals are taken to come independently (Poisson); they come in clumps, so the chance is a floor.
    """
    rows = watched(chapter, LISTINGS)
    struck = pick(rows, REMOVED)
    whole = max(
        records(struck), key=lambda row: periods.parse(row["period"]).end - periods.parse(row["period"]).start
    )
    run = periods.parse(whole["period"])
    pace = whole["value"] / ((run.end - run.start).days + 1) * 365.25 / YEAR
    size = _block(_stock(rows), parameter(chapter, "monitor_block").middle)
    chance = float(stats.poisson.sf(size - 1, pace))
    return 1 - (1 - chance) ** YEAR, size / pace


# Shown on the page


def _published(chapter: Chapter) -> date:
    return periods.last_day(chapter.article["published"])


def _as_of(chapter: Chapter) -> date:
    return chapter.tables.schema.as_of


def both_dates(chapter: Chapter) -> pd.DataFrame:
    """The state of every rule at publication and now, side by side."""
    then, now = signals(chapter, _published(chapter)), signals(chapter, _as_of(chapter))
    return now.assign(then=then["state"], then_at=then["at"], then_detail=then["detail"])


def _told(state: str, at: str) -> str:
    return f"{state}, {printed(at)}" if at else state


GAPS = {
    "Gas to Europe": "Gazprom’s own figures",
    "Dollar’s ceiling, exports": "the dollar alone, and many months",
    "Dollar’s ceiling, imports": "the dollar alone, and many months",
    "US list": "copies of the list for the gap",
}


def monitor_table(chapter: Chapter) -> Table:
    """Every rule with its state then and now, its odds by chance, and what nobody publishes."""
    found = both_dates(chapter)
    odds = [_odds(chapter, rule) for rule in found["rule"]]
    first = ~found["indicator"].duplicated()
    rang = {
        when: int((found[column] == RINGS).sum()) for when, column in (("then", "then"), ("now", "state"))
    }
    untold = int((found["then"] == UNTOLD).sum()), int((found["state"] == UNTOLD).sum())
    data = pd.DataFrame(
        {
            "indicator": found["indicator"],
            "rule": found["rule"],
            "then": [_told(state, at) for state, at in zip(found["then"], found["then_at"], strict=True)],
            "now": [_told(state, at) for state, at in zip(found["state"], found["at"], strict=True)],
            "detail": found["detail"],
            "chance": [chance for chance, _ in odds],
            "wait": [wait for _, wait in odds],
            "gap": [GAPS[name] if head else "" for name, head in zip(found["indicator"], first, strict=True)],
        }
    )
    shown = data.assign(
        odds=[f"{chance}; {wait} months" if wait != DASH else chance for chance, wait in odds],
    )
    columns = {
        "rule": Column("Rings at"),
        "indicator": Column("Indicator"),
        "then": Column("At publication"),
        "now": Column("Now"),
        "odds": Column("False alarms"),
    }
    return Table(
        "offer-monitor",
        f"Of {len(found)} rules {rang['then']} rang when the article appeared and {rang['now']} ring now; "
        f"{untold[0]} could not be told then, {untold[1]} cannot now",
        "State with the last month or day that the rule saw · false alarms: chance of one within a year, then months to one, "
        "in noise around a level / in a random walk "
        f"· {printed(str(_published(chapter)))} and {printed(str(_as_of(chapter)))}",
        "own calculation from the rows of the three figures",
        markup(shown, columns, "finding-verdicts"),
        data,
    )


def not_published() -> Markdown:
    """What nobody publishes, or what was not found, for each indicator: it cannot be observed."""
    said = ". ".join(f"*{name}*: {gap}" for name, gap in GAPS.items())
    return Markdown(f"What is not published or was not found cannot be observed. {said}.")


def answer(chapter: Chapter) -> Markdown:
    """The section's answer in one sentence, from the states of the rules."""
    found = both_dates(chapter).set_index(["indicator", "rule"])

    def state(indicator: str, rule: str, column: str = "state") -> str:
        return str(found.loc[(indicator, rule), column])

    ringing = found[found["state"] == RINGS]
    told = "; ".join(f"{_within(str(name))} {rule}" for name, rule in ringing.index)
    turn = [
        said
        for (indicator, rule), said in {
            ("Gas to Europe", "a closed route carries gas"): "a closed route carries gas again",
            ("US list", "a block struck off"): "a block of names was struck off",
        }.items()
        if state(indicator, rule) == RINGS
    ]
    lead = (
        f"A turn is seen: {' and '.join(turn)}"
        if turn
        else "No turn is seen: no closed route carries gas, no block of names was struck off on the days seen"
    )
    return Markdown(
        f"**{lead}.** The dollar’s share itself cannot be watched, only a ceiling for it. "
        + (f"Of the rules these ring: {told}; the odds below say how often each does so by chance." if told else "No rule rings.")
    )


def _within(indicator: str) -> str:
    return (
        f"in the {indicator}" if indicator.startswith("US") else f"in {indicator[0].lower()}{indicator[1:]}"
    )


def literal_odds(chapter: Chapter) -> Markdown:
    """What the article's three months are worth: how often chance alone makes such a run."""
    low, _, high = (round(end) for end in parameter(chapter, "monitor_rises"))
    parts = []
    for rises in (low, high):
        at, wait, year = (
            [tool(world) for world in WORLDS]
            for tool in (
                lambda world, rises=rises: 1 / chance_at_a_month(rises, world),
                lambda world, rises=rises: mean_months_to_alarm(rises, world, seed=SEED),
                lambda world, rises=rises: 100 * chance_within(rises, YEAR, world),
            )
        )
        parts.append(
            f"- **{rises} rises in a row** end at a given month with a chance of 1 in {at[0]:.0f} in noise around a level and of 1 in "
            f"{at[1]:.0f} in a random walk; within a year at least one such run comes with {percent(year[0], 1)} and "
            f"{percent(year[1], 1)}, and the first after {wait[0]:.0f} and {wait[1]:.0f} months on average"
        )
    declared = settings(chapter, "settlement")
    rings = _false_alarm_every(declared)
    later = average_run_length(1.0, declared.allowance, declared.limit)
    return Markdown(
        f"“More than three months” can mean {low} rises or {high}; “marked” is given no size, so any rise counts:\n\n"
        + "\n".join(parts)
        + f"\n- **A cumulative sum** with an allowance of {declared.allowance:g} and a limit of {declared.limit:g} standard deviations "
        f"gives a false alarm every {rings:.0f} months and finds a lasting shift of one standard deviation after {later:.1f}"
    )


# Figures


def _until(rows: pd.DataFrame, line: str, actor: str, first: pd.Period, last: pd.Period) -> pd.DataFrame:
    """A row without a value for each month that a line lacks."""
    have = set(rows["period"])
    months = [str(month) for month in pd.period_range(first, last, freq="M") if str(month) not in have]
    return pd.DataFrame({"line": line, "actor": actor, "period": months, "value": None})


def _drawn(parts: list[pd.DataFrame]) -> pd.DataFrame:
    columns = ["line", "actor", "period", "value", "bound", "status", "source", "observation_id"]
    return pd.concat([part.astype({"value": object}) for part in parts if len(part)])[columns]


def _marks(chapter: Chapter, shut: dict[str, str] | None = None) -> pd.DataFrame:
    dates = {"the article": chapter.article["published"], **(shut or {})}
    return pd.DataFrame({"date": list(dates.values()), "label": list(dates)})


def routes(chapter: Chapter) -> Figure:
    """Russian pipeline gas to Europe by route since 2013, a day, with the day from which a route stands at zero."""
    rows = watched(chapter, ROUTES)
    parts, closed = [], {}
    for name, (actor, _) in ROUTE_NAMES.items():
        part = _route(rows, name)
        require(part, (), ROUTES)
        parts.append(part.assign(line=name, actor=actor))
        flowing = part[part["value"] > 0]
        if part["value"].iloc[-1] == 0:
            closed[name] = str(periods.parse(flowing["period"].iloc[-1]).end + timedelta(1))
    total = valued(of_precision(pick(rows, "gas.pipeline_to_europe"), "year"))
    before = valued(pick(rows, "gas.pipeline_exports_bp"))
    parts += [total.assign(line="all routes", actor="RU"), before.assign(line="all, with Turkey", actor="")]
    data = pd.concat(parts)
    data["value"] = [round(_per_day(row["period"], row["value"]), 1) for row in records(data)]
    levels = total.groupby("period")["value"].median()
    first, final = levels.index[0], levels.index[-1]
    return timeseries(
        _drawn([data]), unit=RATE, marks=_marks(chapter, {f"{name} shut": day for name, day in closed.items()}),
        figure_id=ROUTES,
        title=f"{len(closed)} of {len(ROUTE_NAMES)} routes stand at zero; all routes carried {quantity(levels.iloc[0], 'bcm', 0)} in "
        f"{first} and {quantity(levels.iloc[-1], 'bcm', 0)} in {final}",
        subtitle="Million cubic metres a day, years, quarters and months · Ukraine: to Slovakia, in 2023 and 2024 all transit; "
        f"TurkStream: to Bulgaria up to 2021, then to Europe · Russia to Europe, Turkey left out but for one line · {years(data['period'])}",
        source=chapter.publishers(rows),
        alt=f"Lines by route. {', '.join(f'{name} has been at zero since {printed(day)}' for name, day in closed.items())}; "
        "TurkStream alone carries gas.",
    )  # fmt: skip


def flows(chapter: Chapter) -> Figure:
    """Gas to Europe by the one route left, a day, by month and for the EU alone by quarter."""
    rows = watched(chapter, FLOWS)
    declared = settings(chapter, "flows")
    final = pd.Period(_as_of(chapter), "M")
    months = valued(of_precision(pick(rows, TURKSTREAM), "month")).assign(
        line="to Europe, months", actor="TR"
    )
    months = in_order(months[[pd.Period(period, "M") >= declared.first - 1 for period in months["period"]]])
    quarters = valued(of_precision(pick(rows, TO_EU), "quarter")).assign(
        line="to the EU, quarters", actor="EU27"
    )
    data = pd.concat([months, quarters])
    data["value"] = [round(_per_day(row["period"], row["value"]), 1) for row in records(data)]
    values = daily(monthly(rows, TURKSTREAM))
    later = values[values.index > declared.last].dropna()
    require(later.to_frame(), (), FLOWS)
    above = int((later > values.shift(YEAR)[later.index]).sum())
    full = 100 * values.max() / parameter(chapter, "turkstream_day").middle
    limit = quantity(parameter(chapter, "turkstream_day").middle, RATE)
    signal = cusum_signal(values, declared)
    since = values[values.index >= declared.first]
    gaps = _until(months, "to Europe, months", "TR", declared.first - 1, final)
    return timeseries(
        _drawn([data.assign(value=data["value"].astype(object)), gaps.reindex(columns=data.columns)]),
        unit=RATE, marks=_marks(chapter), zero=True, figure_id=FLOWS,
        title=f"The one route left was up to {percent(full)} full: {above} of {plural(len(later), 'month')} since "
        f"{_month(declared.last)} lay above the year before, and the cumulative sum {'rings' if signal.state == RINGS else 'is silent'}",
        subtitle=f"Million cubic metres a day, TurkStream, technical maximum {limit} · baseline {_month(declared.first)} to "
        f"{_month(declared.last)} · {_month(declared.first - 1)} to {_month(final)}",
        source=chapter.publishers(data),
        alt=f"Monthly points between {since.min():.0f} in {printed(str(since.idxmin()))} and {since.max():.0f} in {printed(str(since.idxmax()))}; the last "
        f"month found is {_month(values.index[-1])}, later ones are hatched.",
    )  # fmt: skip


def settlement(chapter: Chapter) -> Figure:
    """Currencies of sanctioning states in payments, by month: what bounds the dollar from above."""
    rows = watched(chapter, SETTLEMENT)
    rows = rows[rows["counterparty"] == "WLD"]
    final = pd.Period(_as_of(chapter), "M")
    names = {
        CEILINGS["exports"]: ("all such currencies, exports", "RU"),
        CEILINGS["imports"]: ("all such currencies, imports", ""),
    }
    data = lines(valued(of_precision(rows, "month")), {**names, DOLLAR: ("dollar alone, exports", "US")})
    data = in_order(data[data["period"] >= "2022"])
    exports, dollar = monthly(rows, CEILINGS["exports"]).loc["2022":], monthly(rows, DOLLAR)
    require(exports.to_frame(), (), SETTLEMENT)
    both = (exports, monthly(rows, CEILINGS["imports"]))
    found = max(values.index[-1] for values in both)
    left = max(values.iloc[-1] for values in both)
    gaps = [
        _until(data[data["line"] == line], line, actor, exports.index[0], final)
        for line, actor in names.values()
    ]
    return timeseries(
        _drawn([data, *(gap.reindex(columns=data.columns) for gap in gaps)]),
        unit=SHARE, marks=_marks(chapter), figure_id=SETTLEMENT,
        title=f"The dollar alone was last found for {_month(dollar.index[-1])}; all currencies of sanctioning states together fell from "
        f"{share(exports.iloc[0])} to {share(exports.iloc[-1])} of export payments, and no month after {_month(found)} was found",
        subtitle="Percent of payments under Russian contracts for goods and services · dollar, euro and others together, a ceiling for the "
        f"dollar · Russia with the world · {_month(exports.index[0])} to {_month(final)}",
        source=chapter.publishers(data),
        alt=f"Both lines fall from over {exports.iloc[0] - 1:.0f} percent to under {left + 1:.0f}; {int(exports.isna().sum())} months of exports between the "
        f"first and the last are missing, and everything after {_month(found)} is hatched.",
    )  # fmt: skip


def listings(chapter: Chapter) -> Figure:
    """Entries of the US list over Russia by day of the copy counted, and the months without a copy."""
    rows = watched(chapter, LISTINGS)
    stock = _stock(rows)
    require(stock.to_frame(), (), LISTINGS)
    names = {STOCK: ("order 14024 (2021)", "US"), "us_sdn.stock.ukraine_eos": ("orders of 2014", "")}
    data = lines(rows, names)
    final = pd.Period(_as_of(chapter), "M")
    months = {pd.Period(day[:7], "M") for day in stock.index}
    empty = [str(month) for month in pd.period_range(min(months), final, freq="M") if month not in months]
    gaps = [
        pd.DataFrame({"line": line, "actor": actor, "period": empty, "value": None})
        for line, actor in names.values()
    ]
    recent = _stretch(stock)
    early = stock.iloc[: len(stock) - len(recent)]
    gone = pick(rows, REMOVED).sort_values("value").iloc[-1]
    size = _block(stock, parameter(chapter, "monitor_block").middle)
    verb = "a block would be" if gone["value"] < size else "a block is"
    return timeseries(
        _drawn([data, *(gap.reindex(columns=data.columns) for gap in gaps)]),
        unit="count", marks=_marks(chapter), figure_id=LISTINGS,
        title=f"{number(gone['value'], 0)} of {number(recent.iloc[0], 0)} entries were struck off ({printed(gone['period'])}); {verb} "
        f"{number(size, 0)}; from {printed(early.index[-1])} to {printed(recent.index[0])} no copy was found",
        subtitle="Entries on the blocking list over Russia and Ukraine, persons, firms, ships and aircraft, by order · United States · "
        f"{years(data['period'])}",
        source=chapter.publishers(pick(rows, [*names, REMOVED])),
        alt=f"The entries under the order of 2021 rise from {number(stock.iloc[0], 0)} to {number(early.iloc[-1], 0)}, and after a hatched gap stand "
        f"at {number(stock.iloc[-1], 0)}; those under the orders of 2014 stay near {number(data[data['actor'] == '']['value'].iloc[-1], 0)}.",
    )  # fmt: skip


def listing_pace(chapter: Chapter) -> Markdown:
    """What the counted weeks are worth: pace of removals, and how long single cases would take to make a block."""
    rows = watched(chapter, LISTINGS)
    struck = in_order(pick(rows, REMOVED))
    days = [row for row in records(struck) if periods.parse(row["period"]).precision == "day"]
    most = max(row["value"] for row in days)
    chance, months = block_chance(chapter)
    added = int(pick(rows, ADDED)["value"].sum())
    more = {0: "no entries", 1: "1 entry"}.get(added, f"{number(added, 0)} entries")
    yearly = pick(rows, "us_sdn.added.total").groupby("period")["value"].agg(["min", "max"])
    told = "; ".join(
        f"{number(row['min'], 0)}"
        + (f"–{number(row['max'], 0)}" if row["max"] > row["min"] else "")
        + f" in {year}"
        for year, row in yearly.iloc[-2:].iterrows()
    )
    return Markdown(
        f"The removals fell on {plural(len(days), 'day')}, with {number(most, 0)} at most on one; {more} over Russia "
        f"{'was' if added == 1 else 'were'} added in the same weeks. At that pace single removals would need {months:.0f} months to add up to a block, and a block "
        f"by chance within a year is {'all but impossible' if chance < 1e-4 else percent(100 * chance, 2)}. A trend test on the counts rings at one "
        "entry as it does at a thousand: it sees direction, not size. What was added in the gap is known only for all programmes "
        f"together: {told}."
    )


# The row of the next month


def next_rows(chapter: Chapter) -> Markdown:
    """The rows that a contributor adds to bring the monitor up to date, made from the last ones, values left empty."""
    frame = chapter.tables["observations"]
    text = []
    for series in (TURKSTREAM, *CEILINGS.values(), REMOVED):
        own = frame[(frame["series_id"] == series) & frame["counterparty"].isin(["EUROPE", "WLD", "RU"])]
        row = in_order(own).iloc[-1]
        month = str(pd.Period(periods.parse(row["period"]).end, "M") + 1)
        shown = {
            **{column: "" for column in frame.columns},
            "observation_id": f"{series}@{month}@{row['geo']}-{row['counterparty']}@SOURCE",
            "series_id": series,
            "period": month,
            "geo": row["geo"],
            "counterparty": row["counterparty"],
            "value": "",
            "bound": "exact",
            "status": "outturn",
            "origin_ids": row["origin_ids"],
            "source_id": "SOURCE",
            "quality": row["quality"],
        }
        text.append(",".join(shown.values()))
    header = ",".join(frame.columns)
    return Markdown(
        "```text\n" + "\n".join([header, *text]) + "\n```\n\n"
        "Fill in the value, put the id of the source for `SOURCE` (a new one is a row of `sources.csv`), then:\n\n"
        "```text\npython -m analysis import observations rows.csv\nmake notebooks\n```"
    )
