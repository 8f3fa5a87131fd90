"""Intervals of exact fractions: what a statement admits, what a measurement says, and the one against the other."""

from __future__ import annotations

from fractions import Fraction
from math import inf, isinf
from typing import NamedTuple

Number = Fraction | float
"""A fraction, or an infinite end."""


class Interval(NamedTuple):
    """A run of numbers with its ends, each taken in or left out."""

    low: Number
    high: Number
    low_in: bool = True
    high_in: bool = True

    def inside(self, other: Interval) -> bool:
        """Whether every number of this interval is one of the other."""
        above = self.low > other.low or (self.low == other.low and (other.low_in or not self.low_in))
        below = self.high < other.high or (self.high == other.high and (other.high_in or not self.high_in))
        return above and below

    def apart(self, other: Interval) -> bool:
        """Whether the two share no number."""
        return _before(self, other) or _before(other, self)


def _before(one: Interval, other: Interval) -> bool:
    return one.high < other.low or (one.high == other.low and not (one.high_in and other.low_in))


def judge(measured: Interval, admitted: Interval) -> bool | None:
    """True inside, False outside, None when an edge runs through what was measured."""
    if measured.inside(admitted):
        return True
    return False if measured.apart(admitted) else None


def places(figure: str) -> int:
    """How many digits stand after the point."""
    return len(figure.partition(".")[2])


def half_digit(figure: str) -> Fraction:
    """Half a unit of the last digit that is written."""
    return Fraction(1, 2 * 10 ** places(figure))


def _tolerance(figure: str) -> Fraction:
    """Of an approximation: 5 % or half a unit of the last digit, whichever is more, but 10 % at most."""
    size = abs(Fraction(figure))
    return min(max(size * Fraction(5, 100), half_digit(figure)), size * Fraction(10, 100))


def admitted(qualifier: str, low: str, high: str, unit: str) -> Interval:
    """What a hedged figure admits; a single figure stands in `low`, `high` or both."""
    if qualifier == "almost_all":
        found = Interval(Fraction(90), Fraction(100))
    elif qualifier == "negligible":
        found = Interval(Fraction(0), Fraction(5))
    else:
        low, high = low or high, high or low
        least, most = Fraction(low), Fraction(high)
        found = {
            "": Interval(least - half_digit(low), most + half_digit(high)),
            "exact": Interval(least - half_digit(low), most + half_digit(high)),
            "about": Interval(least - _tolerance(low), most + _tolerance(high)),
            "nearly": Interval(least - abs(least) / 10, most),
            "over": Interval(least, inf, False, False),
            "at_least": Interval(least, inf, True, False),
            "under": Interval(-inf, most, False, False),
            "at_most": Interval(-inf, most, False, True),
        }[qualifier]
    return _on_scale(found) if unit == "percent_share" else found


def _on_scale(share: Interval) -> Interval:
    """A share ends at 0 and 100, and these ends belong to it."""
    low, low_in = (Fraction(0), True) if share.low < 0 else (share.low, share.low_in)
    high, high_in = (Fraction(100), True) if share.high > 100 else (share.high, share.high_in)
    return Interval(low, high, low_in, high_in)


def criterion(expected: str) -> Interval:
    """The numbers that satisfy a comparator with its threshold, such as >0 or <=50."""
    sign = expected[:2] if expected[1:2] == "=" else expected[:1]
    number = Fraction(expected[len(sign) :].strip())
    if sign[0] == ">":
        return Interval(number, inf, sign == ">=", False)
    return Interval(-inf, number, False, sign == "<=")


def measured(value: str, bound: str, unit: str) -> Interval:
    """What a measured value says: itself, an approximation, or everything beyond a bound."""
    if bound == "exact":
        return Interval(Fraction(value), Fraction(value))
    return admitted({"about": "about", "above": "over", "below": "under"}[bound], value, value, unit)


def printed(value: str, bound: str, unit: str) -> Interval:
    """What a value can have been before it was rounded: two relays within it do not disagree."""
    if bound == "exact":
        return Interval(Fraction(value) - half_digit(value), Fraction(value) + half_digit(value))
    return measured(value, bound, unit)


def minus(one: Interval, other: Interval) -> Interval:
    return Interval(
        one.low - other.high, one.high - other.low, one.low_in and other.high_in, one.high_in and other.low_in
    )


def plus(one: Interval, other: Interval) -> Interval:
    return Interval(
        one.low + other.low, one.high + other.high, one.low_in and other.low_in, one.high_in and other.high_in
    )


def _quotient(upper: Number, lower: Number) -> Number:
    if isinf(lower):
        return Fraction(0)
    return upper / lower if not isinf(upper) or lower > 0 else -upper


def over(one: Interval, other: Interval) -> Interval | None:
    """The quotient; None when nothing is divided by but zero, everything when zero is among the divisors."""
    if other.low == other.high == 0:
        return None
    if other.low <= 0 <= other.high:
        return Interval(-inf, inf, False, False)
    corners = [
        (_quotient(upper, lower), upper_in and lower_in)
        for upper, upper_in in ((one.low, one.low_in), (one.high, one.high_in))
        for lower, lower_in in ((other.low, other.low_in), (other.high, other.high_in))
    ]
    low, high = min(number for number, _ in corners), max(number for number, _ in corners)
    return Interval(low, high, (low, True) in corners, (high, True) in corners)


def scaled(one: Interval, factor: int, shift: int = 0) -> Interval:
    """Every number times a positive factor, plus a shift."""
    return Interval(one.low * factor + shift, one.high * factor + shift, one.low_in, one.high_in)
