"""The worth of the sum when every assumption varies at once, and which of them matters.

The inputs are drawn independently, from the rows of the parameters table.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np
import pandas as pd
from IPython.display import Markdown

from analysis.chapter import Chapter
from analysis.chapters.offer.deal import BEST_CASE, CLAIMED, OUTPUT, Terms, face_value, whole
from analysis.chapters.phrases import percent
from analysis.chapters.rows import last, parameter, pick, records, rows_of
from analysis.figures.bars import bars
from analysis.figures.figure import Figure
from analysis.figures.numbers import interval, number, quantity
from analysis.figures.table import Column, Table, markup
from analysis.methods.monte_carlo import simulate, sobol_shares

INPUTS = {
    "years": "the years of payment",
    "discount_rate": "the discount rate",
    "breakup_hazard": "the chance of a break-up",
    "deferral": "the years of delay",
    "flow_growth": "the growth of the flows",
    "rent_share": "the share that is rent",
    "gdp": "Russia’s output",
    "face_value": "the sum itself",
}
SAMPLES, BASE_SAMPLES, SEED = 4096, 512, 12
PERCENTILES = (5, 50, 95)


def inputs(chapter: Chapter) -> pd.DataFrame:
    """The varied parameters, one row each by name, with distribution, low, mode and high."""
    found = chapter.parameters()
    frame = pd.DataFrame({name: found[f"{chapter.article_id}.{name}"] for name in INPUTS}).T
    for column in ("low", "mode", "high"):
        frame[column] = pd.to_numeric(frame[column])
    return frame


def worth_in_years(drawn: Mapping[str, np.ndarray], income: float | None = None, gross: bool = False) -> np.ndarray:
    """Present value over a year's output, one number a draw.

    The sum is the drawn one, or `income` billion dollars for every year of payment; `gross` leaves the
    costs in. Years are rounded to whole ones.
    """
    frame = pd.DataFrame(drawn)
    found = []
    for row in frame.to_dict("records"):
        years = whole(row["years"])
        terms = Terms(
            1000 * row["face_value"] if income is None else income * years,
            years,
            row["discount_rate"] / 100,
            whole(row["deferral"]),
            row["breakup_hazard"] / 100,
            1.0 if gross else row["rent_share"] / 100,
            row["flow_growth"] / 100,
        )
        found.append(terms.worth() / row["gdp"])
    return np.array(found)


def outcomes(chapter: Chapter, rows: pd.DataFrame) -> dict[str, np.ndarray]:
    """The percentiles 5, 50 and 95 of the present value in years of output, by case."""
    income = float(last(pick(rows, BEST_CASE))["value"])
    cases = {
        "The stated sum, gross": (None, True),
        "The stated sum, rent": (None, False),
        "Published best case, gross": (income, True),
        "Published best case, rent": (income, False),
    }
    varied = inputs(chapter)
    return {
        name: np.percentile(
            simulate(
                varied,
                partial(worth_in_years, income=flow, gross=gross),
                samples=SAMPLES,
                seed=SEED,
            ),
            PERCENTILES,
        )
        for name, (flow, gross) in cases.items()
    }


def simulation(chapter: Chapter) -> Figure:
    """Percentiles of the simulated present value: the stated sum and the published best case."""
    rows = rows_of(chapter, "offer-simulation")
    pick(rows, CLAIMED), pick(rows, OUTPUT)
    found = outcomes(chapter, rows)
    data = pd.DataFrame(
        [(name, *values, "US" if "best" in name else "RU") for name, values in found.items()],
        columns=["label", "low", "value", "high", "actor"],
    ).round(2)
    gross, rent = found["The stated sum, gross"], found["The stated sum, rent"]
    return bars(
        data, unit="", ordered=False, figure_id="offer-simulation",
        title=f"Simulated, the sum is worth {interval(gross[0], gross[2], '', 2)} years of Russia’s output gross and "
        f"{interval(rent[0], rent[2], '', 2)} as rent",
        subtitle=f"Present value in years of Russia’s GDP: median, range from percentile {PERCENTILES[0]} to {PERCENTILES[2]} · "
        f"{number(SAMPLES)} draws, seed {SEED} · best case: The Economist as retold, an upper bound",
        source=chapter.publishers(rows) + "; assumptions of this chapter",
        alt="Bars: " + "; ".join(f"{row['label']} {number(row['value'], 2)} ({interval(row['low'], row['high'], '', 2)})" for row in records(data)) + ".",
    )  # fmt: skip


def best_case(chapter: Chapter) -> Markdown:
    """What the published best case adds up to over the article's years."""
    rows = rows_of(chapter, "offer-simulation")
    income, total = float(last(pick(rows, BEST_CASE))["value"]), face_value(rows)
    years = parameter(chapter, "years")
    sums = interval(income * years.low / 1000, income * years.high / 1000, "usd_tn", 1)
    return Markdown(
        f"The only estimate found of what American firms might earn is an upper bound: {quantity(income, 'usd_bn', 0)} a year at "
        f"best. Over {interval(years.low, years.high, 'year', 0)} that adds up to {sums}; the stated sum would take "
        f"{number(total / income, 1)} such years. It gives as a promise what the estimate gives as a ceiling."
    )


def input_table(chapter: Chapter) -> Table:
    """What was drawn from which distribution, and where that comes from."""
    varied = inputs(chapter)
    publisher = {key: source["publisher"] for key, source in chapter.library.sources.items()}
    units = {"percent": "%", "percent_share": "%", "year": "years", "usd_bn": "$ bn", "usd_tn": "$ tn"}
    source = varied["source_id"].map(publisher).fillna("assumption")
    partly = varied["ground"].str.lower().str.contains("assum") | (source == "assumption")
    data = pd.DataFrame(
        {
            "input": varied["title"] + " (" + varied["unit"].map(units) + ")",
            "distribution": varied["distribution"],
            "low": varied["low"],
            "mode": varied["mode"],
            "high": varied["high"],
            "source": source.mask(partly & (source != "assumption"), source + "; partly assumed"),
            "ground": varied["ground"],
        }
    )
    columns = {
        "input": Column("Input"),
        "distribution": Column("Distribution"),
        "low": Column("Low", True),
        "mode": Column("Mode", True),
        "high": Column("High", True),
        "source": Column("Source"),
    }
    # The grounds are long and stand in the download alone.
    return Table(
        "offer-inputs",
        f"{len(data)} inputs are varied at once; {int(partly.sum())} rest on assumption in part or whole",
        "Distribution of each input, drawn independently of the others; uniform has no mode · grounds in the download",
        "the table of parameters",
        markup(data, columns, "finding-verdicts"),
        data,
    )


def sobol(chapter: Chapter) -> Figure:
    """Which input moves the simulated rent most: total Sobol indices."""
    rows = rows_of(chapter, "offer-simulation-shares")
    found = sobol_shares(inputs(chapter), worth_in_years, samples=BASE_SAMPLES, seed=SEED)
    data = pd.DataFrame(
        {
            "label": [INPUTS[str(name)] for name in found.index],
            "value": 100 * found["total"].to_numpy(),
            "low": 100 * found["total_low"].clip(lower=0).to_numpy(),
            "high": 100 * found["total_high"].to_numpy(),
            "first_order": 100 * found["first_order"].to_numpy(),
        }
    ).round(0)
    order = data.sort_values("value", ascending=False).to_dict("records")
    apart = order[0]["low"] > order[1]["high"]
    led = f"{order[0]['label']}, then on" if apart else f"{order[0]['label']} and, within its error,"
    return bars(
        data, unit="percent", figure_id="offer-simulation-shares",
        title=f"The answer hangs most on {led} {order[1]['label']}; least on {order[-1]['label']}",
        subtitle="Total Sobol index: part of the variance of the rent’s present value over GDP that would remain if all else were fixed, "
        f"percent, 95 % interval · seed {SEED}",
        source=chapter.publishers(rows) + "; assumptions of this chapter",
        alt="Bars: " + "; ".join(f"{row['label']} {percent(row['value'])}" for row in order) + ".",
    )  # fmt: skip
