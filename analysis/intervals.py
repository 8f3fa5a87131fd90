"""What a stated figure admits: the statement interval, and a measured value set against it.

The one documented function of the verdict rules; `width` scales the tolerance so that a page can
show whether a verdict hangs on it.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import inf, isinf
from typing import Literal

import pandas as pd

SHARE = "percent_share"

Closed = Literal["both", "left", "right", "neither"]


def exact(number: Decimal | float) -> Fraction:
    """The decimal that is printed as this finite number.

    Binary arithmetic puts 10.3 − 10.0 over 0.3; a value on the very edge of an interval must stay on it.
    """
    return Fraction(str(number))


def _half_last_digit(figure: Decimal) -> Fraction:
    return exact(Decimal(1).scaleb(int(figure.as_tuple().exponent)) / 2)


def _about(figure: Decimal) -> Fraction:
    """The larger of 5 % and half a unit of the last stated digit, at most 10 %."""
    size = abs(exact(figure))
    return min(max(size / 20, _half_last_digit(figure)), size / 10)


def _ends(left_closed: bool, right_closed: bool) -> Closed:
    if left_closed:
        return "both" if right_closed else "left"
    return "right" if right_closed else "neither"


def complement(share: pd.Interval) -> pd.Interval:
    """What an interval of shares leaves of the whole, in percent."""
    left, right = (float(100 - (end if isinf(end) else exact(end))) for end in (share.right, share.left))
    return pd.Interval(left, right, closed=_ends(share.closed_right, share.closed_left))


def statement_interval(
    qualifier: str, low: Decimal | None, high: Decimal | None, unit: str, width: float = 1.0
) -> pd.Interval:
    """The values that a statement admits, in its unit.

    `low` and `high` are the figure (twice, for a single one) with the digits stated; over and
    at_least use `low`, under and at_most use `high`; almost_all and negligible need neither.
    `width` scales the tolerance of exact, about, nearly, almost_all and negligible (1 is the rule).
    Shares are clipped to 0–100. ValueError when a figure that the qualifier needs is missing.
    """
    needs_low = qualifier not in ("under", "at_most", "almost_all", "negligible")
    needs_high = qualifier not in ("over", "at_least", "almost_all", "negligible")
    if (needs_low and low is None) or (needs_high and high is None):
        raise ValueError(f"a statement with qualifier {qualifier or 'exact'!r} needs its figure")
    lower, upper = -inf, inf
    closed: Closed = "both"
    if qualifier in ("exact", ""):
        assert low is not None and high is not None
        lower = float(exact(low) - exact(width) * _half_last_digit(low))
        upper = float(exact(high) + exact(width) * _half_last_digit(high))
    elif qualifier == "about":
        assert low is not None and high is not None
        lower = float(exact(low) - exact(width) * _about(low))
        upper = float(exact(high) + exact(width) * _about(high))
    elif qualifier == "nearly":
        assert low is not None and high is not None
        lower, upper = float(exact(low) - exact(width) * abs(exact(low)) / 10), float(high)
    elif qualifier in ("over", "at_least"):
        assert low is not None
        lower, closed = float(low), "neither" if qualifier == "over" else "left"
    elif qualifier in ("under", "at_most"):
        assert high is not None
        upper, closed = float(high), "neither" if qualifier == "under" else "right"
    elif qualifier == "almost_all":
        lower, upper = 100 - width * 10, 100.0
    elif qualifier == "negligible":
        lower, upper = 0.0, width * 5
    else:
        raise ValueError(f"unknown qualifier {qualifier!r}")
    if unit == SHARE:
        # An open end that is clipped becomes the end of the scale itself, which belongs to it.
        left_closed = closed in ("both", "left") or lower < 0
        right_closed = closed in ("both", "right") or upper > 100
        lower, upper = max(lower, 0.0), min(upper, 100.0)
        closed = _ends(left_closed, right_closed)
    return pd.Interval(lower, upper, closed=closed)


def threshold_interval(expected: str) -> pd.Interval:
    """The values that satisfy a comparator with its threshold, as in >0 or <=50; else ValueError."""
    for sign in (">=", "<=", ">", "<"):
        if expected.startswith(sign):
            try:
                number = float(Decimal(expected[len(sign) :].strip()))
            except ArithmeticError:
                break
            if sign[0] == ">":
                return pd.Interval(number, inf, closed="left" if sign == ">=" else "neither")
            return pd.Interval(-inf, number, closed="right" if sign == "<=" else "neither")
    raise ValueError(f"{expected!r} is no comparator with a threshold; write >0, >=50, <0 or <=5")


def measured_interval(value: Decimal, bound: str, unit: str) -> pd.Interval:
    """What a measured value admits: itself, an approximation, or everything beyond a bound."""
    if bound == "exact":
        return pd.Interval(float(value), float(value), closed="both")
    qualifier = {"about": "about", "above": "over", "below": "under"}[bound]
    return statement_interval(qualifier, value, value, unit)


def judge(measured: pd.Interval, admitted: pd.Interval) -> str:
    """`inside`, `outside`, or `undecided` when the measured interval straddles an edge."""
    if measured in admitted:
        return "inside"
    return "undecided" if measured.overlaps(admitted) else "outside"
