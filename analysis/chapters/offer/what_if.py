"""The reader's own sum: sliders over the terms of the offer, with a picture for whoever cannot move them.

The page's script works out what `Terms.worth` works out; a browser test compares the two.
"""

from __future__ import annotations

import pandas as pd

from analysis.chapter import Chapter
from analysis.chapters.offer.deal import CLAIMED, OUTPUT, Terms, face_value, output, steps
from analysis.chapters.phrases import percent
from analysis.chapters.rows import parameter, pick, records, rows_of
from analysis.figures.bars import bars
from analysis.figures.figure import Figure
from analysis.figures.numbers import interval, quantity
from analysis.figures.play import Bar, Play, Slider


def path_down(chapter: Chapter) -> Figure:
    """From the sum on paper to what is left of it: each bar adds one assumption to the one above."""
    rows = rows_of(chapter, "offer-steps")
    total, product = face_value(rows), output(rows)
    path = steps(chapter, total)
    even, left = path["even"], path["rent"]
    sums = [
        ("On paper", total),
        (f"Spread over {even.years} years, at {percent(100 * even.rate)}", even.worth()),
        (f"… beginning {left.deferral} years late", path["late"].worth()),
        (f"… {percent(100 * left.hazard)} a year break up", path["risky"].worth()),
        (f"… {percent(100 * left.rent)} of it is rent", left.worth()),
        (f"A year of Russia’s GDP, {product['period']}", product["value"]),
    ]
    data = pd.DataFrame(sums, columns=["label", "value"])
    data["value"] = (data["value"] / 1000).round(2)
    data["actor"] = ["US"] * (len(data) - 1) + ["RU"]
    return bars(
        data, unit="usd_tn", ordered=False, figure_id="offer-steps",
        title=f"From {quantity(data['value'].iloc[0], 'usd_tn', 0)} on paper {quantity(left.worth() / 1000, 'usd_tn', 2)} is left today, "
        f"{percent(100 * left.worth() / total)}, at the middle of every assumption",
        subtitle="Worth today, trillion US dollars; each bar adds one assumption to the bar above · last bar: a year of Russia’s output",
        source=chapter.publishers(pick(rows, [CLAIMED, OUTPUT])) + "; assumptions of this chapter",
        alt="Bars: " + "; ".join(f"{row['label']} {quantity(row['value'], 'usd_tn', 2)}" for row in records(data)) + ".",
    )  # fmt: skip


# Wider than what is assumed, so that a reader may disagree; the script takes them from the page.
ENDS = {
    "years": ("Years over which it is paid", "", 1, 60, 1),
    "rate": ("Discount rate, a year", " %", 0, 25, 0.5),
    "hazard": ("Chance of a break-up, a year", " %", 0, 20, 0.5),
    "deferral": ("Years before the first payment", "", 0, 20, 1),
    "rent": ("Share that is rent", " %", 5, 100, 5),
}
PARAMETERS = {
    "years": "years",
    "rate": "discount_rate",
    "hazard": "breakup_hazard",
    "deferral": "deferral",
    "rent": "rent_share",
}


def sliders(chapter: Chapter, middle: Terms) -> list[Slider]:
    """The terms that can be moved, in the order of the page, beginning at the middle of what is assumed."""
    start = {
        "years": middle.years,
        "rate": 100 * middle.rate,
        "hazard": 100 * middle.hazard,
        "deferral": middle.deferral,
        "rent": 100 * middle.rent,
    }
    found = []
    for name, (label, unit, least, most, step) in ENDS.items():
        assumed = parameter(chapter, PARAMETERS[name])
        note = f"assumed here: {interval(assumed.low, assumed.high, '')}{unit}"
        found.append(Slider(name, label, unit, least, most, step, start[name], note))
    return found


def what_if(chapter: Chapter) -> Play:
    """The sliders with what they start from, over the picture of the same sum at its start."""
    rows = rows_of(chapter, "offer-steps")
    total, product = face_value(rows), float(output(rows)["value"])
    middle = steps(chapter, total)["rent"]
    return Play(
        "what-if",
        "offer",
        "What would it be worth on your own terms?",
        sliders(chapter, middle),
        "Worth today: ${worth} tn, {ratio} times a year of Russia’s GDP. Chance that it lasts to the end: {lasting} %.",
        [Bar("total", "On paper"), Bar("worth", "Worth today", strong=True), Bar("gdp", "A year of Russia’s GDP")],
        "A sum on assumptions, not a forecast: even payments at the end of each year, the chance of a break-up counted once, "
        "in the payments.",
        {"total": total, "gdp": product},
        path_down(chapter),
    )
