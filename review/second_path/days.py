"""What a date or period of the tables covers: its first and its last day."""

from __future__ import annotations

import calendar
from datetime import date
from functools import cache

Span = tuple[date, date]

_LENGTH = {"Q": 3, "H": 6}


def _months(year: int, first: int, last: int) -> Span:
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


@cache
def span(text: str) -> Span:
    """The first and last day of 2023, 2023-H1, 2023-Q1, 2023-04, 2023-04-15, 2022/2023 or FY2023-24.

    A fiscal year is the Indian one, April to March. ValueError when the text is none of these.
    """
    if "/" in text:
        first, last = text.split("/")
        return span(first)[0], span(last)[1]
    if text.startswith("FY"):
        begun = int(text[2:6])
        return date(begun, 4, 1), date(begun + 1, 3, 31)
    parts = text.split("-")
    year = int(parts[0])
    if len(parts) == 1:
        return _months(year, 1, 12)
    if length := _LENGTH.get(parts[1][:1]):
        final = length * int(parts[1][1:])
        return _months(year, final - length + 1, final)
    month = int(parts[1])
    if len(parts) == 2:
        return _months(year, month, month)
    day = date(year, month, int(parts[2]))
    return day, day


def last_day(text: str) -> date:
    """The last day that a date can mean: a fact dated 2024-05 is known on 31 May."""
    return span(text)[1]


def apart(one: Span, other: Span) -> bool:
    """Whether the two share no day."""
    return one[1] < other[0] or other[1] < one[0]


def within(one: Span, other: Span) -> bool:
    """Whether every day of the first is a day of the second."""
    return other[0] <= one[0] and one[1] <= other[1]
