"""The two sides' different sums: relief from the first year, against outlay first and income later.

What Russia gains is reckoned without anything that it gives up, what American firms gain from the published
best case; both are sums over time and no claim about what anyone will do.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from IPython.display import Markdown

from analysis import periods
from analysis.chapter import Chapter
from analysis.chapters.offer.deal import BEST_CASE, fraction, whole
from analysis.chapters.phrases import percent
from analysis.chapters.rows import Parameter, last, medians, parameter, pick, records, rows_of
from analysis.figures.curve import curve
from analysis.figures.figure import Figure
from analysis.figures.numbers import interval, number, quantity
from analysis.figures.table import Column, Table, table
from analysis.methods.present_value import flows, present_value, staged_investment, survival

LOSSES = ("loss.fcdo_oil_tax", "loss.kse_oil_gas", "loss.crea_oil_first_year")
HAZARDS = np.linspace(0.0, 0.20, 41)


def _bn(value: float) -> str:
    return quantity(value, "usd_bn", 0)


def relief(rows: pd.DataFrame) -> pd.Series:
    """What sanctions cost Russia's oil and gas income a year, by estimate, in billion dollars."""
    euros = medians(pick(rows, "exchange_rate.eur_per_usd"))
    found = {}
    for row in records(pick(rows, LOSSES)):
        run = periods.parse(row["period"])
        rate = euros[str(run.end.year)] if row["unit"] == "eur_bn" else 1.0
        found[row["series_id"]] = row["value"] / rate / (((run.end - run.start).days + 1) / 365.25)
    return pd.Series(found)


class Project(NamedTuple):
    """The best case as an investment: its stages in order, a year's margin, and how long it pays."""

    stages: pd.DataFrame
    margin: float
    years: int
    rate: float

    @property
    def deferral(self) -> float:
        """Years until it pays."""
        return float(self.stages["years"].sum())

    def payoff(self, hazard: float) -> float:
        """Worth, at completion, of the margins of its years with a yearly chance of break-up."""
        return present_value(self.rate, flows(self.margin * self.years, self.years, hazard=hazard))

    def in_stages(self, hazard: float) -> float:
        """Worth today if each stage is begun only when it pays and the last one succeeded."""
        return float(staged_investment(self.stages, self.payoff(hazard), self.rate)["flexible"])

    def at_once(self, hazard: float) -> float:
        """Worth today if all is committed at the start, whatever becomes of it."""
        single = pd.DataFrame(
            {
                "cost": [self.stages["cost"].sum()],
                "years": [self.deferral],
                "success": [np.prod(self.stages["success"])],
            }
        )
        return float(staged_investment(single, self.payoff(hazard), self.rate)["committed"])


def project(chapter: Chapter, rows: pd.DataFrame) -> Project:
    """The best case at the middle of its assumptions; building takes what is left of the delay."""
    income = float(last(pick(rows, BEST_CASE))["value"])
    build = parameter(chapter, "build_cost").middle * income
    early = [parameter(chapter, f"{stage}_years").middle for stage in ("permit", "appraisal")]
    stages = pd.DataFrame(
        {
            "stage": ["talks and licences", "appraisal and design", "building"],
            "cost": [
                fraction(chapter, "permit_cost").middle * build,
                fraction(chapter, "appraisal_cost").middle * build,
                build,
            ],
            "years": [*early, parameter(chapter, "deferral").middle - sum(early)],
            "success": [
                fraction(chapter, f"{stage}_success").middle for stage in ("permit", "appraisal", "build")
            ],
        }
    )
    return Project(
        stages,
        fraction(chapter, "margin").middle * income,
        whole(parameter(chapter, "years").middle),
        fraction(chapter, "discount_rate").middle,
    )


def _american_path(deal: Project) -> pd.Series:
    """Worth today of what has been paid and earned by the end of each year, every stage having succeeded."""
    starts = deal.stages["years"].cumsum() - deal.stages["years"]
    outlay = deal.stages["cost"] / (1 + deal.rate) ** starts
    last_year = whole(deal.deferral) + deal.years
    path = {}
    for year in range(last_year + 1):
        # A stage is paid when it begins; full flow starts after the delay, in whole years as payments are.
        earned = (
            present_value(deal.rate, [0.0] * whole(deal.deferral) + [deal.margin] * (year - whole(deal.deferral)))
            if year > whole(deal.deferral)
            else 0.0
        )
        path[year] = earned - float(outlay[starts <= year].sum())
    return pd.Series(path)


def two_sides(chapter: Chapter) -> Figure:
    """What each side would have had if the deal breaks up after so many years."""
    rows = rows_of(chapter, "offer-two-sides")
    deal = project(chapter, rows)
    american = _american_path(deal)
    gains = relief(rows)
    factor = pd.Series([present_value(deal.rate, [1.0] * year) if year else 0.0 for year in range(len(american))])
    russian = Parameter(gains.min(), gains.median(), gains.max())
    data = pd.concat(
        [
            pd.DataFrame(
                {
                    "line": "Russia: relief from sanctions",
                    "actor": "RU",
                    "x": factor.index,
                    "y": russian.middle * factor,
                    "low": russian.low * factor,
                    "high": russian.high * factor,
                }
            ),
            pd.DataFrame(
                {
                    "line": "American firms: best case",
                    "actor": "US",
                    "x": american.index,
                    "y": american,
                    "low": american,
                    "high": american,
                }
            ),
        ],
        ignore_index=True,
    )
    even = [int(year) for year in american.index if american[year] >= 0 and year > deal.deferral]
    if even:
        title = (
            f"If relief came at once, Russia would gain from the start; in the best case American firms are paid back in year {even[0]}"
        )
        points = pd.DataFrame({"x": [even[0]], "y": [american[even[0]]], "label": [f"paid back in year {even[0]}"]})
    else:
        title = "If relief came at once, Russia would gain from the start; even in the best case American firms never earn back their outlay"
        points = None
    until = even[0] if even else len(american) - 1
    lasting = 100 * survival(fraction(chapter, "breakup_hazard").middle, until)
    return curve(
        data, unit="usd_bn", x_title="year after which the deal breaks up", points=points, figure_id="offer-two-sides",
        title=title,
        subtitle=f"Worth today at {percent(100 * deal.rate)} a year of what each side has had by then, billion US dollars · band: "
        f"estimates of the relief, {interval(russian.low, russian.high, 'usd_bn', 0)} a year · American side: every stage succeeds",
        source=chapter.publishers(rows) + "; assumptions of this chapter",
        alt=f"Russia’s line rises from year 1 to {_bn(data['y'].iloc[len(factor) - 1])} in year {factor.index[-1]}; the American line first falls to "
        f"{_bn(american.min())}, then rises to {_bn(american.iloc[-1])}. The chance to last "
        f"{until} years is {percent(lasting)} at the middle hazard.",
    )  # fmt: skip


def bearable_hazard(deal: Project) -> float:
    """The highest yearly chance of break-up, in steps of half a percent, at which the first stage pays; NaN if none."""
    paying = [hazard for hazard in HAZARDS.tolist() if deal.in_stages(hazard) > 0]
    return max(paying, default=float("nan"))


def option(chapter: Chapter) -> Figure:
    """Worth of the best case over the yearly chance of break-up, all at once and in stages."""
    rows = rows_of(chapter, "offer-option")
    deal = project(chapter, rows)
    lines = {"in stages, free to stop": deal.in_stages, "all committed at once": deal.at_once}
    data = pd.DataFrame(
        {"line": name, "actor": actor, "x": 100 * hazard, "y": worth(hazard)}
        for (name, worth), actor in zip(lines.items(), ("US", ""), strict=True)
        for hazard in HAZARDS.tolist()
    )
    hazard = fraction(chapter, "breakup_hazard")
    staged, at_once = deal.in_stages(hazard.middle), deal.at_once(hazard.middle)
    first, most = deal.stages["cost"].iloc[0], bearable_hazard(deal)
    lost = f"staking all at once {'loses' if at_once < 0 else 'gains'} {_bn(abs(at_once))} at {percent(100 * hazard.middle)}"
    title = (
        "Even in stages the best case pays American firms at no chance of a break-up"
        if np.isnan(most)
        else f"In stages the best case pays American firms up to a break-up chance of {percent(100 * most, 1)} a year; {lost}"
    )
    return curve(
        data, unit="usd_bn", x_title="yearly chance that the deal breaks up once it pays", x_unit="percent",
        points=pd.DataFrame(
            {"x": 100 * hazard.middle, "y": [staged, at_once], "label": [_bn(staged), _bn(at_once)]}
        ),
        figure_id="offer-option", title=title,
        subtitle=f"Worth of the best case to American firms today, billion US dollars, at {percent(100 * deal.rate)} a year · first stage "
        f"{_bn(first)}, in all {_bn(deal.stages['cost'].sum())} · assumed range of the chance {interval(100 * hazard.low, 100 * hazard.high, 'percent', 0)}",
        source=chapter.publishers(rows) + "; assumptions of this chapter",
        alt=f"Two falling lines. In stages: from {_bn(deal.in_stages(0.0))} without a break-up to {_bn(deal.in_stages(HAZARDS[-1]))}; "
        f"all at once: from {_bn(deal.at_once(0.0))} to {_bn(deal.at_once(HAZARDS[-1]))}.",
    )  # fmt: skip


def stage_table(chapter: Chapter) -> Table:
    """The stages of the best case as assumed."""
    rows = rows_of(chapter, "offer-option")
    deal = project(chapter, rows)
    data = deal.stages.assign(success=100 * deal.stages["success"])
    reached = 100 * float(np.prod(deal.stages["success"]))
    return table(
        data,
        {
            "stage": Column("Stage"),
            "cost": Column("Cost", True, "usd_bn", 0),
            "years": Column("Takes", True, "year", 1),
            "success": Column("Chance to go on", True, "percent", 0),
        },
        table_id="offer-stages",
        title=f"{number(len(data))} stages, {number(deal.deferral, 1)} years: {percent(reached, 1)} of such ventures would get through",
        subtitle="The best case as an investment; costs scaled to its yearly income; all of it assumption, only the "
        "upper end of the cost of building follows a plant that was built",
        source=chapter.publishers(rows) + "; assumptions of this chapter",
    )  # fmt: skip


def sides_answer(chapter: Chapter) -> Markdown:
    """The two sums in words."""
    rows = rows_of(chapter, "offer-two-sides")
    deal, gains = project(chapter, rows), relief(rows)
    american = _american_path(deal)
    deepest = int(np.argmin(american.to_numpy()))
    by_then = gains.median() * present_value(deal.rate, [1.0] * deepest)
    return Markdown(
        f"The two sides do not do the same sum. Estimates put what sanctions cost Russia’s oil and gas income at "
        f"{interval(gains.min(), gains.max(), 'usd_bn', 0)} a year; relief is taken here to come at once. American firms "
        f"would first pay: by year {deepest} they would be {_bn(-american.min())} out of pocket, when Russia would already "
        f"have had {_bn(by_then)} of relief. Once capital is sunk in a country, its host has the stronger hand: "
        "Raymond Vernon called it the obsolescing bargain. Neither sum holds what Russia would give up, the value of peace, or frozen reserves."
    )
