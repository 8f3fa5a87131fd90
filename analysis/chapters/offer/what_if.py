"""The reader's own sum: sliders over the terms of the offer, with a picture for whoever cannot move them.

The page's script works out what `Terms.worth` works out; a browser test compares the two.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape

import pandas as pd

from analysis.chapter import Chapter
from analysis.chapters.offer.deal import CLAIMED, OUTPUT, Terms, face_value, output, steps
from analysis.chapters.phrases import percent
from analysis.chapters.rows import Parameter, parameter, pick, records, rows_of
from analysis.figures.bars import bars
from analysis.figures.figure import Figure
from analysis.figures.numbers import interval, quantity


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


@dataclass(frozen=True)
class Slider:
    """One term that a reader moves: what it is called, its unit, its ends and step, where it begins, what was assumed."""

    name: str
    label: str
    unit: str
    least: float
    most: float
    step: float
    start: float
    assumed: Parameter


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
    return [
        Slider(name, *ENDS[name], start=start[name], assumed=parameter(chapter, PARAMETERS[name]))
        for name in ENDS
    ]


@dataclass(frozen=True, eq=False, repr=False)
class WhatIf:
    """A block of the page: the form, hidden until its script has come, and the picture that stands without it."""

    settings: dict[str, float]
    sliders: list[Slider]
    figure: Figure

    def __repr__(self) -> str:
        return f"<WhatIf {self.figure.figure_id}>"

    def _row(self, one: Slider) -> str:
        name = f"what-if-{one.name}"
        assumed = interval(one.assumed.low, one.assumed.high, "")
        return (
            f'<div class="what-if-term">\n<label for="{name}">{escape(one.label)}</label>\n'
            f'<output for="{name}" data-unit="{escape(one.unit)}"></output>\n'
            f'<input type="range" id="{name}" name="{one.name}" min="{one.least:g}" max="{one.most:g}" '
            f'step="{one.step:g}" value="{one.start:g}" aria-describedby="{name}-assumed">\n'
            f'<small id="{name}-assumed">assumed here: {assumed}{escape(one.unit)}</small>\n</div>'
        )

    def _bar(self, name: str, label: str) -> str:
        return (
            f'<div class="what-if-bar" data-bar="{name}"><span class="what-if-name">{escape(label)}</span>'
            f'<span class="what-if-track"><span class="what-if-fill"></span></span><span class="what-if-value"></span></div>'
        )

    def _repr_html_(self) -> str:
        settings = escape(json.dumps(self.settings, sort_keys=True))
        bars_shown = "\n".join(
            self._bar(*bar)
            for bar in (
                ("total", "On paper"),
                ("worth", "Worth today"),
                ("gdp", "A year of Russia’s GDP"),
            )
        )
        return (
            f'<form class="what-if" aria-labelledby="what-if-title" data-settings="{settings}" hidden>\n'
            '<p class="what-if-title" id="what-if-title">What would it be worth on your own terms?</p>\n'
            '<div class="what-if-terms">\n' + "\n".join(map(self._row, self.sliders)) + "\n</div>\n"
            '<p class="what-if-answer" role="status" aria-live="polite" aria-atomic="true">Worth today: '
            '<strong>$<span data-answer="worth"></span> tn</strong>, <strong><span data-answer="ratio"></span></strong> times a year of '
            'Russia’s GDP. Chance that it lasts to the end: <span data-answer="lasting"></span> %.</p>\n'
            f'<div class="what-if-bars" aria-hidden="true">\n{bars_shown}\n</div>\n'
            '<p class="what-if-note">A sum on assumptions, not a forecast: even payments at the end of each year, the chance of a break-up '
            'counted once, in the payments. <button type="reset">Back to the middle of the assumptions</button></p>\n'
            f"</form>\n{self.figure._repr_html_()}"
        )


def what_if(chapter: Chapter) -> WhatIf:
    """The sliders with what they start from, over the picture of the same sum at its start."""
    rows = rows_of(chapter, "offer-steps")
    total, product = face_value(rows), float(output(rows)["value"])
    middle = steps(chapter, total)["rent"]
    return WhatIf({"total": total, "gdp": product}, sliders(chapter, middle), path_down(chapter))
