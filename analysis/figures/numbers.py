"""How the book writes numbers: true minus, thin spaces, one symbol a unit.

One way for figures, tables and prose, so that a value looks the same wherever it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import inf, isinf, isnan

import pandas as pd

Number = int | float | str | Decimal

THIN = "\u202f"  # narrow no-break space: a number never parts from its unit, nor its thousands
MINUS = "\u2212"
DASH = "\u2013"
FIGURE_SPACE = "\u2007"  # as wide as a digit
POINT_SPACE = "\u2008"  # as wide as a decimal point


@dataclass(frozen=True)
class Unit:
    """What stands before and after a number, and what a column headed by the unit is called."""

    prefix: str
    suffix: str
    title: str


UNITS = {
    "percent_share": Unit("", "%", "%"),
    "percent": Unit("", "%", "%"),
    "percentage_point": Unit("", "pp", "percentage points"),
    "ratio": Unit("", "", "ratio"),
    "index": Unit("", "", "index"),
    "count": Unit("", "", "number"),
    "year": Unit("", "years", "years"),
    "month": Unit("", "months", "months"),
    "year_month": Unit("", "", "year and month"),
    "usd_mn": Unit("$", "mn", "US$ mn"),
    "usd_bn": Unit("$", "bn", "US$ bn"),
    "usd_tn": Unit("$", "tn", "US$ tn"),
    "eur_bn": Unit("€", "bn", "€ bn"),
    "cny_bn": Unit("¥", "bn", "¥ bn"),
    "cny_tn": Unit("¥", "tn", "¥ tn"),
    "rub_bn": Unit("₽", "bn", "₽ bn"),
    "rub_tn": Unit("₽", "tn", "₽ tn"),
    "usd_per_barrel": Unit("$", "/bbl", "US$ a barrel"),
    "usd_per_tonne": Unit("$", "/t", "US$ a tonne"),
    "usd_per_thousand_cubic_metres": Unit("$", "/tcm", "US$ a thousand m³"),
    "bcm": Unit("", "bcm", "bn m³"),
    "million_cubic_metres_per_day": Unit("", "mcm/d", "mn m³ a day"),
    "million_tonnes": Unit("", "Mt", "mn tonnes"),
    "thousand_tonnes": Unit("", "kt", "thousand tonnes"),
    "million_barrels_per_day": Unit("", "mb/d", "mn barrels a day"),
    "thousand_units": Unit("", "thousand", "thousand"),
    "tiv_mn": Unit("", "mn TIV", "mn TIV"),
    "million": Unit("", "mn", "million"),
}


def unit(code: str) -> Unit:
    """The unit of that code; an empty code has no symbol. ValueError for a code unknown here."""
    if not code:
        return Unit("", "", "")
    try:
        return UNITS[code]
    except KeyError:
        raise ValueError(
            f"no symbol for unit {code!r}; add it to UNITS in analysis/figures/numbers.py"
        ) from None


def missing(value: Number | None) -> bool:
    """Whether there is no value to print: None, NaN, NA or an empty cell."""
    return value is None or value is pd.NA or value == "" or (isinstance(value, float) and isnan(value))


def shortest(value: float | Decimal) -> Decimal:
    """A number without the dust that binary arithmetic leaves, nor noughts that end it behind the point."""
    exact = Decimal(f"{value:.10g}").normalize() if isinstance(value, float) else value.normalize()
    return exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact


def _rounded(value: Number, decimals: int | None) -> Decimal:
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if not exact.is_finite():
        raise ValueError(f"{value} is not a number to print; use interval() for an open end")
    if decimals is None:
        if not isinstance(value, float):
            return exact
        decimals = max(0, 2 - exact.adjusted()) if exact else 0
        return shortest(exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP))
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def places(value: Number) -> int:
    """Digits that a value is printed with behind the point."""
    return len(number(value).partition(".")[2])


def number(value: Number | None, decimals: int | None = None, *, signed: bool = False) -> str:
    """A number as the book prints it; a dash where there is none.

    Text and Decimal keep the digits they come with, a float is cut to three significant digits
    without touching those before the point; `decimals` overrides both. Ties round away from zero.
    `signed` puts a plus before what is over zero. ValueError for an infinite value.
    """
    if value is None or missing(value):
        return DASH
    rounded = _rounded(value, decimals)
    whole, point, fraction = f"{abs(rounded):f}".partition(".")
    if len(whole) > 4:
        whole = f"{int(whole):,}".replace(",", THIN)
    sign = MINUS if rounded < 0 else "+" if signed and rounded > 0 else ""
    return sign + whole + point + fraction


def _dressed(digits: str, code: str, *, prefix: bool = True, suffix: bool = True) -> str:
    symbol = unit(code)
    sign = digits[0] if digits[0] in "+" + MINUS else ""
    gap = THIN if symbol.suffix and not symbol.suffix.startswith("/") else ""
    return (
        sign
        + (symbol.prefix if prefix else "")
        + digits[len(sign) :]
        + (gap + symbol.suffix if suffix else "")
    )


def quantity(value: Number | None, code: str, decimals: int | None = None, *, signed: bool = False) -> str:
    """A number with its unit, as in 36.5 %, −3.2 pp or $12.4 bn; a dash where there is none."""
    digits = number(value, decimals, signed=signed)
    return digits if digits == DASH else _dressed(digits, code)


def interval(low: float, high: float, code: str, decimals: int | None = None, *, closed: str = "both") -> str:
    """A range with its unit printed once, as in 34.7–38.3 %; an open end reads over, at least, under, at most.

    `closed` is pandas' word for the ends included: left, right, both or neither.
    """
    if isinf(low) and isinf(high):
        return "any value"
    if high == inf:
        return f"{'at least' if closed in ('left', 'both') else 'over'} {quantity(low, code, decimals)}"
    if low == -inf:
        return f"{'at most' if closed in ('right', 'both') else 'under'} {quantity(high, code, decimals)}"
    if low == high:
        return quantity(low, code, decimals)
    # Beside a sign a dash would read as another one.
    link = " to " if low < 0 else DASH
    first = _dressed(number(low, decimals), code, suffix=False)
    return first + link + _dressed(number(high, decimals), code, prefix=low < 0)


def aligned(
    values: Sequence[Number | None], decimals: int | None = None, *, signed: bool = False
) -> list[str]:
    """A column of numbers, padded behind so that right-aligned text lines up at the decimal point.

    The padding is a space as wide as a digit or a point, so it needs digits of one width only.
    """
    printed = [number(value, decimals, signed=signed) for value in values]
    widest = max((len(text.partition(".")[2]) for text in printed), default=0)
    padded = []
    for text in printed:
        _, point, fraction = text.partition(".")
        pad = FIGURE_SPACE * (widest - len(fraction))
        padded.append(text + (POINT_SPACE if widest and not point else "") + pad)
    return padded
