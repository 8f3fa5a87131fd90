"""What losing a supplier costs once the buyer has substituted: the vulnerability side of dependence.

Sensitivity is the cost before policies change, vulnerability the cost after (Keohane, R. O. and Nye, J. S.,
1977, Power and Interdependence, Little, Brown). If varieties are combined with a constant elasticity of
substitution sigma and suppliers with expenditure share w vanish, the price index rises by (1 - w)^(-1 /
(sigma - 1)) (Feenstra, R. C., 1994, American Economic Review 84(1): 157-177), so the composite bought with
the same money shrinks by L = 1 - (1 - w)^(1 / (sigma - 1)). With w the import share it is the loss from
autarky of Arkolakis, C., Costinot, A. and Rodriguez-Clare, A., 2012, American Economic Review 102(1): 94-130.
Shares, weights and losses are fractions. The elasticity decides most of the answer: show the curve.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.optimize import brentq

from analysis.methods.inputs import check_range


def cutoff_loss(share: float, elasticity: float, weight: float = 1.0) -> float:
    """Loss from a cut-off, weight x (1 - (1 - share)^(1 / (elasticity - 1))).

    Takes the suppliers' share in spending on the composite (0 to 1), the elasticity of substitution (above
    1), and the weight of the composite in GDP (above 0; 1 gives the loss of the composite itself). The GDP
    cost is first-order: the weight is held fixed. Raises ValueError if a number is missing or outside its
    range.
    """
    _check(share, elasticity, weight)
    if share == 1:
        return weight
    return float(-weight * np.expm1(np.log1p(-share) / (elasticity - 1)))


def loss_curve(
    shares: pd.Series, elasticities: Sequence[float] | np.ndarray, weights: pd.Series | None = None
) -> pd.DataFrame:
    """Losses over a range of elasticities: one row an elasticity, one column a label of shares.

    Takes shares by label (a dyad, a product), and GDP weights by the same labels if wanted. Raises ValueError
    if there is no share or no elasticity, the labels differ, or a number is missing or outside its range.
    """
    if shares.empty or len(elasticities) == 0:
        raise ValueError("a loss curve needs at least one share and one elasticity")
    if weights is None:
        weights = pd.Series(1.0, index=shares.index)
    if set(weights.index) != set(shares.index):
        raise ValueError("weights and shares must have the same labels")
    curve = {
        label: [cutoff_loss(shares[label], elasticity, weights[label]) for elasticity in elasticities]
        for label in shares.index
    }
    return pd.DataFrame(curve, index=pd.Index(elasticities, name="elasticity", dtype=float))


def elasticity_at_loss(loss: float, share: float, weight: float = 1.0) -> float:
    """Elasticity at which a cut-off costs exactly the given loss: 1 + ln(1 - w) / ln(1 - loss / weight).

    Below it the cut-off costs more. NaN if the loss is at least the weight, which no elasticity reaches. With
    the loss of one dyad and the share of another it is the elasticity at which the two change places.
    Raises ValueError if the loss or the weight is not positive, or the share is not inside 0 to 1.
    """
    check_range("loss", loss, low_excluded=True)
    check_range("weight", weight, low_excluded=True)
    if not 0 < share < 1:
        raise ValueError(f"share must be above 0 and below 1, found {share:g}")
    if loss >= weight:
        return float("nan")
    return float(1 + np.log1p(-share) / np.log1p(-loss / weight))


def crossing_elasticity(
    share_first: float, weight_first: float, share_second: float, weight_second: float
) -> float:
    """Elasticity, the same for both, at which two dyads' costs change order; NaN if they never do.

    With equal weights the larger share always loses more. With unequal ones the order at high elasticities
    follows -weight x ln(1 - share), and near 1 the weight alone; the difference in cost is a sum of two
    exponentials and a constant in 1 / (sigma - 1), which has at most one zero besides 0, so the order changes
    once if the two criteria disagree and never otherwise. Looked for between 1 + 1e-9 and 1e9. Raises
    ValueError if a share is not inside 0 to 1 or a weight is not positive.
    """
    for share in (share_first, share_second):
        if not 0 < share < 1:
            raise ValueError(f"share must be above 0 and below 1, found {share:g}")
    check_range("first weight", weight_first, low_excluded=True)
    check_range("second weight", weight_second, low_excluded=True)

    def difference(log_exponent: float) -> float:
        exponent = np.exp(log_exponent)
        first = -weight_first * np.expm1(np.log1p(-share_first) * exponent)
        return float(first + weight_second * np.expm1(np.log1p(-share_second) * exponent))

    widest = np.log(1e9)
    if np.sign(difference(-widest)) * np.sign(difference(widest)) != -1:
        return float("nan")
    return float(1 + np.exp(-brentq(difference, -widest, widest, xtol=1e-13)))


def ranking_grid(
    share_first: float,
    share_second: float,
    elasticities: Sequence[float] | np.ndarray,
    weight_first: float = 1.0,
    weight_second: float = 1.0,
) -> pd.DataFrame:
    """Who loses more at every pair of elasticities: 1 the first dyad, -1 the second, 0 neither.

    One row an elasticity of the first dyad, one column an elasticity of the second; the cells of the opposite
    sign are the pairs of elasticities that reverse a ranking by share. Raises ValueError as cutoff_loss does.
    """
    if len(elasticities) == 0:
        raise ValueError("a ranking grid needs at least one elasticity")
    first = np.array([cutoff_loss(share_first, value, weight_first) for value in elasticities])
    second = np.array([cutoff_loss(share_second, value, weight_second) for value in elasticities])
    return pd.DataFrame(
        np.sign(first[:, None] - second[None, :]).astype(int),
        index=pd.Index(elasticities, name="elasticity_first", dtype=float),
        columns=pd.Index(elasticities, name="elasticity_second", dtype=float),
    )


def _check(share: float, elasticity: float, weight: float) -> None:
    if np.isnan([share, elasticity, weight]).any():
        raise ValueError("a cut-off loss needs a share, an elasticity and a weight, and one is missing")
    check_range("share", share, high=1.0)
    check_range("elasticity of substitution", elasticity, low=1.0, low_excluded=True)
    check_range("weight", weight, low_excluded=True)
