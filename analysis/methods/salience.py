"""Salience, symmetry and interdependence of a dyad from its two trade shares.

Barbieri, K. (1996), Journal of Peace Research 33(1): 29-49, and The Liberal Illusion, University of Michigan
Press, 2002. All three run from 0 to 1 and do not change when the countries swap places. Symmetry is near 1
for any two small shares, so it says little where salience is low: read the two together.
"""

from analysis.methods.inputs import Numbers, check_range


def salience(share_first: Numbers, share_second: Numbers) -> Numbers:
    """Weight of the tie to both: sqrt(TS_i x TS_j), from two trade shares between 0 and 1.

    A missing period is NaN. Raises ValueError if a share lies outside 0 to 1.
    """
    _check(share_first, share_second)
    return (share_first * share_second) ** 0.5


def symmetry(share_first: Numbers, share_second: Numbers) -> Numbers:
    """Balance of the tie: 1 - |TS_i - TS_j|, from two trade shares between 0 and 1.

    A missing period is NaN. Raises ValueError if a share lies outside 0 to 1.
    """
    _check(share_first, share_second)
    return 1 - abs(share_first - share_second)


def interdependence(share_first: Numbers, share_second: Numbers) -> Numbers:
    """Salience times symmetry, from two trade shares between 0 and 1.

    A missing period is NaN. Raises ValueError if a share lies outside 0 to 1.
    """
    return salience(share_first, share_second) * symmetry(share_first, share_second)


def _check(share_first: Numbers, share_second: Numbers) -> None:
    check_range("first share", share_first, high=1.0)
    check_range("second share", share_second, high=1.0)
