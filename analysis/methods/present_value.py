"""What a stream of payments over decades is worth today, and what would break it.

Flows fall due at the end of each year. Present values and internal rates of return are numpy-financial's npv
and irr (its `rate` finds a false root here: rate(30, .4, -2.1, 0) gives -1.92 where irr gives .189). A risk
is put into the flows, as a yearly chance of break-up, or into the rate, never both (Bekaert, G., Harvey, C.,
Lundblad, C. and Siegel, S., 2016, Journal of Corporate Finance 37: 1-23).
"""

from collections.abc import Sequence

import numpy as np
import numpy_financial
import pandas as pd

from analysis.methods.inputs import check_range


def flows(
    total: float, years: int, *, deferral: int = 0, growth: float = 0.0, hazard: float = 0.0
) -> np.ndarray:
    """Expected payments at the end of years 1, 2, …, deferral + years; their face value is the total.

    Takes the face value in money, the number of years that pay, the years without payment before them, the
    yearly growth of the payments (a fraction above -1) and the yearly chance (0 to 1) that the agreement
    breaks for good, which also runs through the deferral: the payment of year t is expected times
    (1 - hazard)^t. Raises ValueError if a number lies outside its range.
    """
    check_range("total", total)
    check_range("years of payment", years, low=1)
    check_range("deferral", deferral)
    check_range("growth", growth, low=-1.0, low_excluded=True)
    check_range("hazard", hazard, high=1.0)
    shape = (1 + growth) ** np.arange(years)
    paid = np.concatenate([np.zeros(deferral), total * shape / shape.sum()])
    return paid * (1 - hazard) ** np.arange(1, len(paid) + 1)


def present_value(rate: float, payments: Sequence[float] | np.ndarray) -> float:
    """Value today of payments at the end of years 1, 2, …, in their money: sum of payment / (1 + rate)^year.

    Raises ValueError if there is no payment or the rate is not above -1.
    """
    check_range("discount rate", rate, low=-1.0, low_excluded=True)
    if len(payments) == 0:
        raise ValueError("a present value needs at least one payment")
    return float(numpy_financial.npv(rate, [0.0, *payments]))


def break_even_rate(price: float, payments: Sequence[float] | np.ndarray) -> float:
    """Rate at which the payments are worth exactly the price today; NaN if all of them come to nothing.

    Raises ValueError if there is no payment, one is negative, or the price is not positive.
    """
    check_range("price", price, low_excluded=True)
    check_range("payments", np.asarray(payments, dtype=float))
    if not np.any(payments):
        return float("nan")
    return float(numpy_financial.irr([-price, *payments]))


def equivalent_rate(rate: float, hazard: float) -> float:
    """Rate that alone lowers value as a rate and a yearly chance of break-up do: (1 + rate) / (1 - hazard) - 1.

    Raises ValueError if the rate is not above -1 or the hazard is not at least 0 and below 1.
    """
    check_range("discount rate", rate, low=-1.0, low_excluded=True)
    check_range("hazard", hazard, high=1.0)
    if hazard == 1:
        raise ValueError("hazard must be below 1: what surely breaks has no rate")
    return (1 + rate) / (1 - hazard) - 1


def survival(hazard: float, years: int) -> float:
    """Chance that an agreement lasts for a number of years, (1 - hazard)^years.

    Raises ValueError if the hazard is not between 0 and 1 or the years are negative.
    """
    check_range("hazard", hazard, high=1.0)
    check_range("years", years)
    return float((1 - hazard) ** years)


def cumulative_output(level: float, growth: float, years: int) -> float:
    """Sum of a yearly output over the next years, the first being level x (1 + growth).

    Raises ValueError if the level is negative, the growth not above -1, or there is no year.
    """
    check_range("output", level)
    check_range("growth", growth, low=-1.0, low_excluded=True)
    check_range("years", years, low=1)
    return float(level * ((1 + growth) ** np.arange(1, years + 1)).sum())


def staged_investment(stages: pd.DataFrame, payoff: float, rate: float) -> pd.Series:
    """Worth of a project bought in stages, with and without the right to stop, by backward induction.

    Takes one row a stage, in order, with the columns cost (paid when the stage begins), years (how long it
    takes) and success (the chance, known at its end, that the project goes on); the payoff after the last
    stage; and a yearly rate. Returns committed, the worth of going through with every stage that is reached;
    flexible, the worth if each stage is begun only when it pays; and option, their difference, never
    negative (a compound option: Dixit, A. and Pindyck, R., 1994, Investment under Uncertainty, chapter 10).
    Raises ValueError if there is no stage or a number lies outside its range.
    """
    if stages.empty:
        raise ValueError("a staged investment needs at least one stage")
    check_range("cost", stages["cost"])
    check_range("years", stages["years"])
    check_range("chance of success", stages["success"], high=1.0)
    check_range("payoff", payoff, low=-np.inf)
    check_range("discount rate", rate, low=-1.0, low_excluded=True)
    committed = flexible = payoff
    for stage in stages[::-1].itertuples():
        factor = float(stage.success) / (1 + rate) ** float(stage.years)  # type: ignore[arg-type]
        committed = factor * committed - float(stage.cost)  # type: ignore[arg-type]
        flexible = max(0.0, factor * flexible - float(stage.cost))  # type: ignore[arg-type]
    return pd.Series({"committed": committed, "flexible": flexible, "option": flexible - committed})
