"""The terms on which the sum is worked out: what it is said to be, and what is assumed of the rest.

Money is in billion US dollars, a rate, a chance or a share a fraction, time in whole years.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import floor

import pandas as pd

from analysis.chapter import Chapter
from analysis.chapters.rows import Parameter, last, of_precision, outturns, parameter, pick
from analysis.methods.present_value import flows, present_value

CLAIMED = "us_ru_offer.claimed_value"
BEST_CASE = "us_ru_offer.best_case_yearly"
OUTPUT = "wb.gdp_current_usd"


@dataclass(frozen=True)
class Terms:
    """A sum spread evenly over years, and what lowers its worth."""

    total: float
    years: int
    rate: float
    deferral: int = 0
    hazard: float = 0.0
    rent: float = 1.0
    growth: float = 0.0

    def worth(self) -> float:
        """Present value, in the money of the total: the risk of a break-up is in the flows, never in the rate."""
        paid = flows(self.total, self.years, deferral=self.deferral, growth=self.growth, hazard=self.hazard)
        return self.rent * present_value(self.rate, paid)


def whole(years: float) -> int:
    """Years as payments are counted; a half is rounded up."""
    return floor(years + 0.5)


def fraction(chapter: Chapter, name: str) -> Parameter:
    """A parameter in percent, as fractions."""
    return Parameter(*(value / 100 for value in parameter(chapter, name)))


def face_value(rows: pd.DataFrame) -> float:
    """The sum that the article prints, in billions; whoever says more than it gives a bound."""
    return 1000 * float(last(pick(rows, CLAIMED, bound="exact"))["value"])


def output(rows: pd.DataFrame) -> pd.Series:
    """Russia's output of the last full year by the World Bank."""
    return last(outturns(of_precision(pick(rows, OUTPUT, geo="RU"), "year")))


def steps(chapter: Chapter, total: float) -> dict[str, Terms]:
    """The terms at the middle of every assumption, each step adding one that lowers the worth."""
    rate, rent = fraction(chapter, "discount_rate").middle, fraction(chapter, "rent_share").middle
    even = Terms(total, whole(parameter(chapter, "years").middle), rate)
    late = replace(even, deferral=whole(parameter(chapter, "deferral").middle))
    risky = replace(late, hazard=fraction(chapter, "breakup_hazard").middle)
    return {"even": even, "late": late, "risky": risky, "rent": replace(risky, rent=rent)}
