"""How large the sum is, and what it is worth now: face value, present value, gross and rent.

A present value is no forecast: it says what a promise would be worth if the terms assumed for it held.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from IPython.display import Markdown

from analysis.chapter import Chapter
from analysis.chapters.offer.deal import (
    BEST_CASE,
    CLAIMED,
    OUTPUT,
    Terms,
    face_value,
    fraction,
    output,
    steps,
    whole,
)
from analysis.chapters.phrases import percent
from analysis.chapters.rows import (
    last,
    medians,
    of_precision,
    outturns,
    parameter,
    pick,
    records,
    rows_of,
    shared,
)
from analysis.figures.bars import bars
from analysis.figures.curve import curve
from analysis.figures.figure import Figure
from analysis.figures.numbers import interval, number, quantity
from analysis.figures.table import Column, Table, table
from analysis.figures.time_axis import printed
from analysis.methods.present_value import (
    break_even_rate,
    cumulative_output,
    equivalent_rate,
    flows,
    survival,
)

RATES = (0.05, 0.10, 0.15, 0.20)
DRAWN = (0.05, 0.15)  # the rates that the curves run over


def _bn(value: float) -> str:
    return quantity(value, "usd_bn", 0)


def _tn(value: float) -> str:
    """Billions as trillions, with as many digits as they deserve."""
    trillions = value / 1000
    return quantity(trillions, "usd_tn", 0 if trillions == round(trillions) else 1 if trillions >= 1 else 2)


def _times(value: float) -> str:
    return number(value, 1 if value >= 1 else 2)


def _terms_of_years(chapter: Chapter) -> list[int]:
    """The printed three years, and thirty to forty by fives."""
    spread = parameter(chapter, "years")
    return [whole(parameter(chapter, "years_literal").middle), *map(whole, spread)]


# Size


def energy_exports(rows: pd.DataFrame) -> pd.DataFrame:
    """Estimates of what Russia's energy exports bring in a year: origins and value in billion dollars.

    One is counted from cargoes and in euros, the others are shares of all goods exports; none of them holds
    for the year of the article.
    """
    fuel = last(pick(rows, "fossil.export_revenue", counterparty="WLD"))
    euro = medians(pick(rows, "exchange_rate.eur_per_usd"))[fuel["period"][:4]]
    estimates = [(fuel["origins"], fuel["value"] / euro)]
    goods = medians(pick(rows, "ru_exports.goods_by_partner", counterparty="WLD")) / 1000
    estimates += [
        (row["origins"], row["value"] / 100 * goods[row["period"]])
        for row in records(pick(rows, "ru_exports.oil_gas_share", period=goods.index))
    ]
    return pd.DataFrame(estimates, columns=["origins", "value"])


def size(chapter: Chapter) -> Figure:
    """The sum spread over its years, beside what Russia and the world make in one."""
    rows = rows_of(chapter, "offer-size")
    total, product, terms = face_value(rows), output(rows), _terms_of_years(chapter)
    exports = energy_exports(rows)
    roubles = last(outturns(pick(rows, "budget.oil_gas_revenue")))
    take = roubles["value"] * 1000 / medians(pick(rows, "exchange_rate.rub_per_usd"))[roubles["period"]]
    minerals, best = last(pick(rows, "minerals.energy_transition_market")), last(pick(rows, BEST_CASE))
    promised = [(f"The offer over {years} years", total / years, "US") for years in terms]
    measures = [
        (f"Russia’s GDP, {product['period']}", product["value"], "RU"),
        ("Russia’s energy exports", exports["value"].median(), "RU"),
        (f"Budget’s oil and gas take, {roubles['period']}", take, "RU"),
        (f"World market of transition minerals, {minerals['period']}", minerals["value"], ""),
        ("Best case for American firms, at most", best["value"], ""),
    ]
    data = pd.DataFrame([*promised, *measures], columns=["label", "value", "actor"])
    is_exports = data["label"] == "Russia’s energy exports"
    data["low"] = data["value"].where(~is_exports, exports["value"].min())
    data["high"] = data["value"].where(~is_exports, exports["value"].max())
    data["value"] = data["value"].round(0)
    most, *_, least = (total / years for years in terms[1:])
    beside = (
        "more than all its energy exports bring"
        if least > exports["value"].max()
        else "about what all its energy exports bring"
        if most > exports["value"].min()
        else "less than its energy exports bring"
    )
    return bars(
        data, unit="usd_bn", figure_id="offer-size",
        title=f"Spread over {terms[1]} to {terms[-1]} years, {_tn(total)} is {interval(least, most, 'usd_bn', 0)} a year, {beside}",
        subtitle="Billion US dollars a year, gross and undiscounted · blue: the sum that the article prints, over the printed "
        f"{terms[0]} and the meant {terms[1]} to {terms[-1]} years · Russia in its own colour · range: estimates of energy exports",
        source=chapter.publishers(rows[rows["series_id"] != OUTPUT])
        + f"; {chapter.origin_names['worldbank']}",
        alt="Bars: " + "; ".join(f"{row['label']} {_bn(row['value'])}" for row in records(data)) + ".",
    )  # fmt: skip


def yearly(chapter: Chapter) -> Table:
    """What each reading of the term asks for a year, and of the output of the whole term."""
    rows = rows_of(chapter, "offer-yearly")
    total, product = face_value(rows), float(output(rows)["value"])
    exports, growth = energy_exports(rows)["value"].median(), fraction(chapter, "gdp_growth")
    names = {f"grown_{place}": rate for place, rate in enumerate(growth)}
    data = pd.DataFrame(
        {
            "years": years,
            "yearly": total / years,
            "of_gdp": 100 * total / years / product,
            "of_exports": 100 * total / years / exports,
            **{
                name: 100 * total / cumulative_output(product, rate, years) for name, rate in names.items()
            },
        }
        for years in _terms_of_years(chapter)
    )
    literal, *_, longest = records(data)
    return table(
        data,
        {
            "years": Column("Years", True),
            "yearly": Column("A year", True, "usd_bn", 0),
            "of_gdp": Column("Of GDP", True, "percent", 0),
            "of_exports": Column("Of fuel exports", True, "percent", 0),
            **{
                name: Column(f"Growth {percent(100 * rate, 2 if rate % 0.01 else 0)}", True, "percent", 1)
                for name, rate in names.items()
            },
        },
        table_id="offer-yearly",
        title=f"Over {literal['years']} years the sum would take {percent(literal['of_gdp'])} of Russia’s GDP every year, over "
        f"{longest['years']} years {percent(longest['of_gdp'])}",
        subtitle=f"{_tn(total)} spread evenly; GDP of {output(rows)['period']}; fuel exports: median of the estimates; "
        "last columns: share of the output of all its years together, growing at that rate a year",
        source=chapter.publishers(
            pick(rows, [CLAIMED, OUTPUT, "fossil.export_revenue", "ru_exports.goods_by_partner", "ru_exports.oil_gas_share", "exchange_rate.eur_per_usd"])
        ),
    )  # fmt: skip


def size_answer(chapter: Chapter) -> Markdown:
    """How large the sum is, in short."""
    rows = rows_of(chapter, "offer-yearly")
    total, product = face_value(rows), output(rows)
    literal, *_, longest = _terms_of_years(chapter)
    shortest = _terms_of_years(chapter)[1]
    low, high = (100 * total / years / product["value"] for years in (longest, shortest))
    above = last(pick(rows, CLAIMED, bound="above"))
    return Markdown(
        f"**In short:** {_tn(total)} is {_times(total / product['value'])} times what Russia produced in {product['period']}, but that sets a sum "
        f"of decades against one year. Spread over {shortest} to {longest} years it is {interval(low, high, 'percent', 0)} of "
        f"yearly output; over the {literal} years that the article literally prints at the short end it would be "
        f"{percent(100 * total / literal / product['value'])}, which is why {shortest} is taken to be meant. No list, term or "
        f"price behind the sum was found, and Russia’s own envoy names another: over "
        f"{quantity(above['value'], 'usd_tn')}."
    )


# Value now


def _share(terms: Terms, product: float) -> float:
    return terms.worth() / product


def _cases(chapter: Chapter, total: float) -> dict[str, Terms]:
    """The cases that are compared, by name: even flows over each term, then one assumption after another."""
    path = steps(chapter, total)
    even, late, risky = path["even"], path["late"], path["risky"]
    first, _, longest = map(whole, parameter(chapter, "years"))
    return {
        f"{first} years": replace(even, years=first),
        f"{longest} years": replace(even, years=longest),
        f"{late.years} years, {late.deferral} late": late,
        f"… {percent(100 * risky.hazard)} a year break up": risky,
        f"… {percent(100 * path['rent'].rent)} is rent": path["rent"],
    }


def present_values(chapter: Chapter) -> Figure:
    """Present value in years of output over the discount rate, for each case."""
    rows = rows_of(chapter, "offer-value")
    total, product = face_value(rows), output(rows)
    cases = _cases(chapter, total)
    grid = np.linspace(*DRAWN, 41)
    data = pd.DataFrame(
        {"line": name, "x": 100 * rate, "y": _share(replace(terms, rate=rate), product["value"]), "actor": ""}
        for name, terms in cases.items()
        for rate in grid
    )
    path = steps(chapter, total)
    middle, rent = path["even"], path["rent"]
    even, left = (_share(terms, product["value"]) for terms in (middle, rent))
    marked = pd.DataFrame(
        {"x": [100 * rent.rate], "y": [left], "label": [f"{_times(left)} at {percent(100 * rent.rate)}"]}
    )
    said = "; ".join(f"{name} {_times(_share(terms, product['value']))}" for name, terms in cases.items())
    return curve(
        data, unit="", x_title="yearly discount rate", x_unit="percent", points=marked, figure_id="offer-value",
        title=f"At {percent(100 * middle.rate)} the sum is worth {_times(even)} years of Russia’s output today if it flows at once, and "
        f"{_times(left)} once delay, break-up and cost are counted",
        subtitle=f"Present value of {_tn(total)}, in years of Russia’s GDP of {product['period']}, by discount rate · even flows; each line with … "
        "adds one assumption to the line before",
        source=chapter.publishers(pick(rows, [CLAIMED, OUTPUT])) + "; assumptions of this chapter",
        alt=f"Falling curves of present value over the discount rate; at {percent(100 * middle.rate)}: {said}.",
    )  # fmt: skip


def break_even(chapter: Chapter) -> Table:
    """The same cases at four rates, and the rate at which each is worth a year of output."""
    rows = rows_of(chapter, "offer-break-even")
    total, product = face_value(rows), output(rows)
    names = {f"at_{place}": rate for place, rate in enumerate(RATES)}
    found = []
    for name, terms in _cases(chapter, total).items():
        paid = terms.rent * flows(total, terms.years, deferral=terms.deferral, hazard=terms.hazard)
        values = {key: _share(replace(terms, rate=rate), product["value"]) for key, rate in names.items()}
        # What adds up to less than the price undiscounted is worth it at no rate.
        rate = break_even_rate(product["value"], paid) if paid.sum() >= product["value"] else float("nan")
        found.append({"case": name, **values, "rate": 100 * rate})
    data = pd.DataFrame(found)
    low, high = data["rate"].min(), data["rate"].max()
    never = data.loc[data["rate"].isna(), "case"].str.removeprefix("… ")
    return table(
        data,
        {
            "case": Column("Case"),
            **{key: Column(percent(100 * rate), True, "", 2) for key, rate in names.items()},
            "rate": Column("Break-even", True, "percent", 1),
        },
        table_id="offer-break-even",
        title=f"The sum is worth a year of Russia’s output at rates from {percent(low, 1)} to {percent(high, 1)}, as the case is put"
        + (f"; once {' and '.join(never)} at none" if len(never) else ""),
        subtitle=f"Present value of {_tn(total)} in years of Russia’s GDP ({product['period']}) at {len(names)} discount rates, and the break-even rate",
        source=chapter.publishers(pick(rows, [CLAIMED, OUTPUT])) + "; assumptions of this chapter",
    )  # fmt: skip


def risk(chapter: Chapter) -> Markdown:
    """What a yearly chance of break-up amounts to as a rate, and why it is counted once."""
    rows = rows_of(chapter, "offer-value")
    product = output(rows)
    terms = steps(chapter, face_value(rows))["risky"]
    alone = equivalent_rate(terms.rate, terms.hazard)
    twice = replace(terms, rate=alone)
    hazard = fraction(chapter, "breakup_hazard")
    lasting = [100 * survival(chance, terms.years) for chance in hazard]
    spread, bond = last(pick(rows, "sovereign_cds.5y")), last(pick(rows, "ofz.yield_30y"))
    return Markdown(
        f"**Risk is counted once.** A chance of {percent(100 * terms.hazard)} a year that the deal breaks up lowers its "
        f"worth exactly as a rate of {percent(100 * alone, 1)} would in place of {percent(100 * terms.rate)}. Doing both "
        f"would count one risk twice and cut the worth from {_times(_share(terms, product['value']))} to "
        f"{_times(_share(twice, product['value']))} years of output. At "
        f"{interval(100 * hazard.low, 100 * hazard.high, 'percent', 0)} a year the chance that it lasts {terms.years} years "
        f"is {percent(lasting[0])} at best and {percent(lasting[2])} at worst ({percent(lasting[1])} in the middle). Markets "
        f"asked {quantity(spread['value'], 'percentage_point', 2)} a year against a Russian default on "
        f"{printed(spread['period'])}, before the war; in roubles they asked "
        f"{percent(bond['value'], 1)} for thirty years on {printed(bond['period'])}, inflation and all. Both price Moscow’s debt, not a "
        "contract over its fields."
    )


def rent(chapter: Chapter) -> Markdown:
    """What is gross and what is rent, by the two counts of one year."""
    rows = rows_of(chapter, "offer-value")
    rents, sector = (
        medians(of_precision(pick(rows, series), "year"))
        for series in ("rents.share_of_gdp", "oil_gas_sector.share_of_gdp")
    )
    year = shared(rents, sector)[-1]
    product, total = output(rows), face_value(rows)
    used = fraction(chapter, "rent_share")
    path = steps(chapter, total)
    return Markdown(
        "**Gross is not rent.** The sum counts what would be sold or spent, not what is left after wells, wages, freight "
        f"and capital. In {year} natural-resource rents were {percent(rents[year], 1)} of Russia’s GDP, and the whole oil and gas "
        f"sector {percent(sector[year], 1)}: at most {percent(100 * rents[year] / sector[year])} of it was rent, and less "
        f"where fields are far or new. With {percent(100 * used.middle)} "
        f"({interval(100 * used.low, 100 * used.high, 'percent', 0)}), {_tn(path['risky'].worth())} of gross value today "
        f"becomes {_tn(path['rent'].worth())}, {_times(_share(path['rent'], product['value']))} years of output, to be shared "
        "between the two sides."
    )


def value_answer(chapter: Chapter) -> Markdown:
    """What the sum is worth now, in short."""
    rows = rows_of(chapter, "offer-steps")
    total, product = face_value(rows), output(rows)["value"]
    path = steps(chapter, total)
    even, left = path["even"], path["rent"]
    return Markdown(
        f"**In short:** a promise of {_tn(total)} over {even.years} years is worth {_tn(even.worth())} today at "
        f"{percent(100 * even.rate)} a year, before anything goes wrong. If the flows begin {left.deferral} years late, if "
        f"{percent(100 * left.hazard)} of such deals break up each year and if {percent(100 * left.rent)} of the money is rent, "
        f"{_tn(left.worth())} is left, {percent(100 * left.worth() / total)} of the face value and "
        f"{'more' if left.worth() > product else 'less'} than one year of Russia’s output. These are the middles of stated "
        "assumptions, not a forecast."
    )
