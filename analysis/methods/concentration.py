"""Concentration of a country's trade over its partners, and its bounds when some partners are not listed.

With partner shares s_j the Herfindahl index is H = sum s_j^2, between 1/n and 1. Hirschman, A. O. (1945),
National Power and the Structure of Foreign Trade, University of California Press, used its root; the other
measures here are increasing functions of H (the effective number a decreasing one), so that bounds on H carry
over by applying them to both ends.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.methods.inputs import Numbers, check_range

# Rounding in sums of reported values, relative to their size.
TOLERANCE = 1e-12


def partner_shares(values: Sequence[float] | np.ndarray | pd.Series) -> pd.Series:
    """Shares of the partners, summing to 1, from the value traded with each (any unit, one period).

    Raises ValueError if there is no partner, a value is negative or missing, or nothing is traded. A partner
    whose value is unknown belongs to the remainder of herfindahl_bounds.
    """
    partners = pd.Series(values, dtype=float)
    check_range("trade by partner", partners)
    if partners.isna().any():
        raise ValueError(f"trade with partner {partners.index[partners.isna()][0]} is missing")
    if partners.sum() == 0:
        raise ValueError("shares of partners are undefined where nothing is traded")
    return partners / partners.sum()


def herfindahl(values: Sequence[float] | np.ndarray | pd.Series) -> float:
    """Herfindahl index H = sum s_j^2 over all partners, from 1/n (even) to 1 (one partner).

    Takes the value traded with each partner. Raises ValueError as partner_shares does.
    """
    return float((partner_shares(values) ** 2).sum())


def herfindahl_bounds(
    listed: Sequence[float] | np.ndarray | pd.Series,
    remainder: float,
    partners: int | None = None,
    cap: float | None = None,
) -> tuple[float, float]:
    """Sharp bounds (low, high) on H when a remainder of known size is not split by partner.

    Takes the values of the listed partners; the remainder, in the same unit; the largest number of partners
    that can share it (None: any number), none of them listed; and the largest value any of these can have
    (None: the whole remainder; if the listed are the largest partners, their smallest value is the cap). H is
    Schur-convex, so the even split gives the low end and the split that fills one partner after the other to
    the cap the high end (Kvalseth, T. O., 2018, Heliyon 4(10): e00846). Without a number of partners the low
    end is approached, not reached. Raises ValueError if a value is negative or missing, nothing is traded, or
    the partners together cannot hold the remainder.
    """
    values = pd.Series(listed, dtype=float)
    if values.size:
        check_range("trade by listed partner", values)
    if values.isna().any():
        raise ValueError("a listed partner has no value; count it in the remainder")
    if np.isnan(remainder):
        raise ValueError("the remainder is missing")
    check_range("remainder", remainder)
    total = float(values.sum()) + remainder
    if total == 0:
        raise ValueError("concentration is undefined where nothing is traded")
    if cap is not None:
        check_range("cap", cap, low_excluded=True)
    if partners is not None and partners < 1:
        raise ValueError(f"the remainder needs at least one partner, found {partners}")
    largest = remainder if cap is None else cap
    if partners is not None and partners * largest < remainder * (1 - TOLERANCE):
        raise ValueError(
            f"{partners} partners of at most {largest:g} each cannot hold a remainder of {remainder:g}"
        )
    even = 0.0 if partners is None else remainder**2 / partners
    full = np.floor(remainder / largest) if largest > 0 else 0.0
    filled = full * largest**2 + (remainder - full * largest) ** 2
    squares = float((values**2).sum())
    return (squares + even) / total**2, (squares + filled) / total**2


def hirschman(index: Numbers) -> Numbers:
    """Hirschman's index, 100 times the root of H, from 100 / sqrt(n) to 100; takes H.

    Raises ValueError if H is not above 0 and at most 1.
    """
    _check_index(index)
    return 100 * index**0.5


def normalised_herfindahl(index: Numbers, partners: int) -> Numbers:
    """H on a scale from 0 (even over n partners) to 1: (H - 1/n) / (1 - 1/n); takes H and n.

    n is a choice that moves the result: partners that trade, or partners that could. Say which.
    Raises ValueError if n is below 2 (undefined with one partner), or H lies outside 1/n to 1.
    """
    _check_index(index, partners)
    return (index - 1 / partners) / (1 - 1 / partners)


def normalised_hirschman(index: Numbers, partners: int) -> Numbers:
    """UNCTAD's concentration index: (sqrt H - sqrt(1/n)) / (1 - sqrt(1/n)); takes H and n.

    From 0 (even over n partners) to 1. UNCTAD's statistics use it over products, with n the number of
    products; say what n counts. Raises ValueError if n is below 2, or H lies outside 1/n to 1.
    """
    _check_index(index, partners)
    floor = (1 / partners) ** 0.5
    return (index**0.5 - floor) / (1 - floor)


def effective_partners(index: Numbers) -> Numbers:
    """Number of equal partners that would give the same H: 1 / H; takes H.

    Raises ValueError if H is not above 0 and at most 1.
    """
    _check_index(index)
    return 1 / index


def _check_index(index: float | np.ndarray | pd.Series, partners: int | None = None) -> None:
    low = 0.0
    if partners is not None:
        if partners < 2:
            raise ValueError(f"normalised concentration needs at least two partners, found {partners}")
        low = 1 / partners - TOLERANCE
    check_range("Herfindahl index", index, low=low, high=1.0 + TOLERANCE, low_excluded=partners is None)
