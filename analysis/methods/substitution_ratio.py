"""How much of a lost trade others replaced: substitution (trade diversion) ratios.

Four definitions, which often disagree. Gross sets what the others gained against what the sanctioning
partners lost. Net of trend takes out what the others would have gained anyway at their earlier growth. Real
does the gross sum in prices of the baseline. Total recovery compares all trade after with all before, losses
and gains together. Goods of the sanctioning partners that only change their route look like a loss and a
gain at once; counted once, they are neither. (For the varieties see Nigmatulina, D., Egorov, K., Makarin, A. and Korovkin,
V., 2025, and Chupilkin, M., Javorcik, B. and Plekhanov, A., 2023, EBRD Working Paper 276.)
"""

from analysis.methods.inputs import Numbers, check_range


def gross(
    sanctioning_before: Numbers, sanctioning_after: Numbers, others_before: Numbers, others_after: Numbers
) -> Numbers:
    """Others' gain over the sanctioning partners' loss: 1 replaced all of it, 0 nothing, below 0 both fell.

    Takes four values of trade in one currency. Raises ValueError if one is negative or nothing was lost.
    """
    lost = sanctioning_before - sanctioning_after
    for name, values in (("before", sanctioning_before), ("after", sanctioning_after)):
        check_range(f"trade with sanctioning partners {name}", values)
    for name, values in (("before", others_before), ("after", others_after)):
        check_range(f"trade with others {name}", values)
    check_range("loss", lost, low_excluded=True)
    return (others_after - others_before) / lost


def net_of_trend(
    sanctioning_before: Numbers,
    sanctioning_after: Numbers,
    others_before: Numbers,
    others_after: Numbers,
    *,
    growth: float,
    years: float,
    sanctioning_growth: float = 0.0,
) -> Numbers:
    """Gross ratio with the others' trade before carried forward at their yearly growth for so many years.

    The growth is a fraction above -1. `sanctioning_growth` carries the sanctioning partners' trade forward
    too, so that the loss is what they would have sold by now. Raises ValueError as gross does, or if a
    growth is not above -1.
    """
    check_range("growth", growth, low=-1.0, low_excluded=True)
    check_range("growth of the sanctioning", sanctioning_growth, low=-1.0, low_excluded=True)
    trend = others_before * (1 + growth) ** years
    expected = sanctioning_before * (1 + sanctioning_growth) ** years
    return gross(expected, sanctioning_after, trend, others_after)


def counted_once(
    sanctioning_before: Numbers,
    sanctioning_after: Numbers,
    others_before: Numbers,
    others_after: Numbers,
    *,
    transit: Numbers,
) -> Numbers:
    """Gross ratio with goods in transit given back to their first sellers: neither lost nor replaced.

    `transit` is what reached the country after from sanctioning partners by way of others, in the currency of
    the rest. Raises ValueError as gross does, or if the transit is negative or over the others' trade after.
    """
    check_range("transit", transit)
    return gross(sanctioning_before, sanctioning_after + transit, others_before, others_after - transit)


def real(
    sanctioning_before: Numbers,
    sanctioning_after: Numbers,
    others_before: Numbers,
    others_after: Numbers,
    *,
    price_level: float,
) -> Numbers:
    """Gross ratio in prices of the baseline: values after are divided by the price level (baseline = 1).

    Raises ValueError as gross does, or if the price level is not positive.
    """
    check_range("price level", price_level, low_excluded=True)
    return gross(
        sanctioning_before, sanctioning_after / price_level, others_before, others_after / price_level
    )


def total_recovery(
    sanctioning_before: Numbers, sanctioning_after: Numbers, others_before: Numbers, others_after: Numbers
) -> Numbers:
    """All trade after over all trade before; above 1 it more than recovered.

    Raises ValueError if a value is negative or there was no trade before.
    """
    before = sanctioning_before + others_before
    check_range("trade before", before, low_excluded=True)
    check_range("trade after", sanctioning_after + others_after)
    return (sanctioning_after + others_after) / before
