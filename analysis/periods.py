"""Periods as the tables write them: parse, order, contain, overlap.

A period is a year (2023), half (2023-H1), quarter (2023-Q1), month (2023-04), day (2023-04-15), an
ISO 8601 interval of two of the same precision (2023-01/2023-09), or an Indian fiscal year, April to
March (FY2023-24).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

# In the digits 0 to 9: those of other scripts and widths look alike or mean something else to other programs.
_FORMS = {
    "year": re.compile(r"(\d{4})", re.ASCII),
    "half": re.compile(r"(\d{4})-H([12])", re.ASCII),
    "quarter": re.compile(r"(\d{4})-Q([1-4])", re.ASCII),
    "month": re.compile(r"(\d{4})-(\d{2})", re.ASCII),
    "day": re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII),
    "fiscal year": re.compile(r"FY(\d{4})-(\d{2})", re.ASCII),
}


@dataclass(frozen=True, order=True)
class Period:
    """A run of days, first and last included; ordered by first day, then by last."""

    start: date
    end: date
    precision: str = field(compare=False)
    text: str = field(compare=False)

    def contains(self, other: Period) -> bool:
        """Whether every day of `other` is a day of this period."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Period) -> bool:
        """Whether the two share a day."""
        return self.start <= other.end and other.start <= self.end

    def __str__(self) -> str:
        return self.text


def _months(text: str, precision: str, year: int, first: int, count: int) -> Period:
    after = date(year + (first + count - 1) // 12, (first + count - 1) % 12 + 1, 1)
    return Period(date(year, first, 1), after - timedelta(days=1), precision, text)


def _single(text: str) -> Period:
    for precision, form in _FORMS.items():
        match = form.fullmatch(text)
        if match is None:
            continue
        parts = [int(part) for part in match.groups()]
        if precision == "year":
            return _months(text, precision, parts[0], 1, 12)
        if precision == "half":
            return _months(text, precision, parts[0], 6 * parts[1] - 5, 6)
        if precision == "quarter":
            return _months(text, precision, parts[0], 3 * parts[1] - 2, 3)
        if precision == "month":
            return _months(text, precision, parts[0], parts[1], 1)
        if precision == "day":
            return Period(date(*parts), date(*parts), precision, text)
        if (parts[0] + 1) % 100 != parts[1]:
            raise ValueError(f"fiscal year {text!r} does not end in the year after it begins")
        return _months(text, precision, parts[0], 4, 12)
    raise ValueError(
        f"{text!r} is not a period; write 2023, 2023-H1, 2023-Q1, 2023-04, 2023-04-15, 2023-01/2023-09 or FY2023-24"
    )


@cache
def parse(text: str) -> Period:
    """Read a period as the tables write it; ValueError says what would be right."""
    if "/" not in text:
        try:
            return _single(text)
        except ValueError as error:
            if "is not a period" in str(error) or "fiscal" in str(error):
                raise
            raise ValueError(f"{text!r} is not a day or month of the calendar: write one that is, as in 2024-02-29") from None
    first, _, last = text.partition("/")
    low, high = parse(first), parse(last)
    if low.precision != high.precision:
        raise ValueError(f"interval {text!r} mixes {low.precision} and {high.precision}: write both ends alike")
    if low.start > high.start:
        raise ValueError(f"interval {text!r} ends before it begins: write the earlier end first")
    return Period(low.start, high.end, f"interval of {low.precision}s", text)


def ends(text: str) -> tuple[str, str]:
    """The two ends of an interval, as written, for a change from the first to the second."""
    first, bar, last = text.partition("/")
    if not bar:
        raise ValueError(
            f"{text!r} is no interval: a change is measured from one period to another, as in 2021/2023"
        )
    return first, last


def last_day(text: str) -> date:
    """The last day that a date of any precision can mean, as known_since counts it."""
    return parse(text).end
