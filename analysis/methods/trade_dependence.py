"""Trade dependence on GDP, openness, and the weak link of a dyad.

D_i = T_ij / GDP_i and O_i = T_i / GDP_i, hence D_i = TS_i x O_i (Gartzke, E. and Li, Q., 2003, Journal of
Peace Research 40(5): 553-571). The share falls with openness where dependence does not, so one may call a
dyad lopsided and the other not: show both. Trade and GDP share one currency, one price basis and one period;
results are fractions.
"""

import numpy as np
import pandas as pd

from analysis.methods.inputs import AnyNumbers, Numbers, check_range, table


def dependence(bilateral: Numbers, gross_domestic_product: Numbers) -> Numbers:
    """Trade with the partner as a fraction of GDP, D_i = T_ij / GDP_i.

    May exceed 1, since trade is gross and GDP is value added. A missing period is NaN.
    Raises ValueError if trade is negative or GDP is not positive.
    """
    check_range("bilateral trade", bilateral)
    check_range("gross domestic product", gross_domestic_product, low_excluded=True)
    return bilateral / gross_domestic_product


def openness(total: Numbers, gross_domestic_product: Numbers) -> Numbers:
    """Trade with the world as a fraction of GDP, O_i = T_i / GDP_i.

    A missing period is NaN. Raises ValueError if trade is negative or GDP is not positive.
    """
    check_range("total trade", total)
    check_range("gross domestic product", gross_domestic_product, low_excluded=True)
    return total / gross_domestic_product


def decomposition(
    bilateral: AnyNumbers, total: AnyNumbers, gross_domestic_product: AnyNumbers
) -> pd.DataFrame:
    """Dependence taken apart: columns trade_share, openness and dependence, one row a period.

    By the identity D_i = TS_i x O_i the third is the product of the first two. A missing period is NaN.
    Raises ValueError if bilateral trade is negative or above total trade, or total trade or GDP is not
    positive.
    """
    check_range("bilateral trade", bilateral)
    check_range("total trade", total, low_excluded=True)
    check_range("gross domestic product", gross_domestic_product, low_excluded=True)
    columns = table(bilateral=bilateral, total=total, product=gross_domestic_product)
    share = columns["bilateral"] / columns["total"]
    check_range("bilateral trade as a share of total trade", share, high=1.0)
    return pd.DataFrame(
        {
            "trade_share": share,
            "openness": columns["total"] / columns["product"],
            "dependence": columns["bilateral"] / columns["product"],
        }
    )


def weak_link(dependence_first: AnyNumbers, dependence_second: AnyNumbers) -> pd.Series:
    """The lower of the two dependences, one row a period; NaN where either is missing.

    The less dependent country is the one freer to break off (Oneal, J. R. and Russett, B. M., 1997,
    International Studies Quarterly 41: 267-294). Raises ValueError if a dependence is negative.
    """
    check_range("first dependence", dependence_first)
    check_range("second dependence", dependence_second)
    both = table(first=dependence_first, second=dependence_second)
    return pd.Series(np.minimum(both["first"], both["second"]), name="weak_link")
