"""Trade shares of a dyad, their asymmetry, and what two reporters together say of one flow.

The share of partner j in i's trade is TS_i = T_ij / T_i (Barbieri, K., 1996, Journal of Peace Research 33(1):
29-49; notation of Gartzke, E. and Li, Q., 2003, Journal of Peace Research 40(5): 553-571). Shares are
fractions from 0 to 1, not percentages; flows and totals share one currency and one period.
"""

import numpy as np
import pandas as pd

from analysis.methods.inputs import AnyNumbers, Numbers, check_range, table


def trade_share(bilateral: Numbers, total: Numbers) -> Numbers:
    """Share of the partner in a country's trade, TS_i = T_ij / T_i, from 0 to 1.

    Takes the trade with the partner and with the world (scalars, arrays, or Series by period; a missing
    period is NaN). Raises ValueError if a flow is negative, a total is not positive, or the part exceeds the
    whole.
    """
    check_range("bilateral trade", bilateral)
    check_range("total trade", total, low_excluded=True)
    share = bilateral / total
    check_range("bilateral trade as a share of total trade", share, high=1.0)
    return share


def asymmetry(share_first: AnyNumbers, share_second: AnyNumbers) -> pd.DataFrame:
    """Asymmetry of two shares as columns difference, ratio and log_ratio, one row a period.

    Difference is TS_i - TS_j, ratio TS_i / TS_j, log_ratio ln(TS_i / TS_j); swapping the countries turns the
    sign of the first and third. The ratio of two shares of zero is NaN, against a share of zero infinite.
    Raises ValueError if a share lies outside 0 to 1.
    """
    check_range("first share", share_first, high=1.0)
    check_range("second share", share_second, high=1.0)
    shares = table(first=share_first, second=share_second)
    with np.errstate(divide="ignore", invalid="ignore"):  # the logarithm of a share of zero is minus infinity
        logs = np.log(shares)
        log_ratio = logs["first"] - logs["second"]
    return pd.DataFrame(
        {
            "difference": shares["first"] - shares["second"],
            "ratio": shares["first"] / shares["second"],
            "log_ratio": log_ratio,
        }
    )


def share_ratio_from_totals(total_first: Numbers, total_second: Numbers) -> Numbers:
    """Ratio of shares that the two totals alone imply: TS_i / TS_j = T_j / T_i.

    The flow between the two cancels, so the ratio says only that one country trades more in total; it is no
    measure of who would be hurt more. Holds exactly when both shares use one value of the flow.
    Raises ValueError if a total is not positive.
    """
    check_range("first total trade", total_first, low_excluded=True)
    check_range("second total trade", total_second, low_excluded=True)
    return total_second / total_first


def mirror_bounds(
    exports_reported: AnyNumbers, imports_reported: AnyNumbers, margin_low: float, margin_high: float
) -> pd.DataFrame:
    """Bounds on one flow, free on board, from the exporter's and the importer's records.

    Exports are recorded free on board and imports with cost, insurance and freight; the importer's record m
    implies m / (1 + margin), with the margin between margin_low and margin_high (fractions; the IMF's
    Direction of Trade Statistics used 0.10, see Gong, X., 1994, IMF Working Paper 94/142, and 0.06 in its
    Yearbook 2017). Returns columns low, high and unexplained, one row a period: low and high enclose what
    both records imply, and so contain the flow if either is right; unexplained is how far the exporter's
    record lies outside what the importer's implies (positive: the exporter records more; 0: the margin
    explains the gap). With one reporter missing, the other alone bounds the flow and unexplained is NaN.
    Raises ValueError if a flow or a margin is negative, or the margins are the wrong way round.
    """
    check_range("reported exports", exports_reported)
    check_range("reported imports", imports_reported)
    check_range("lower margin", margin_low)
    check_range("upper margin", margin_high)
    if margin_low > margin_high:
        raise ValueError(f"lower margin {margin_low:g} exceeds upper margin {margin_high:g}")
    reported = table(exports=exports_reported, imports=imports_reported)
    implied_low = reported["imports"] / (1 + margin_high)
    implied_high = reported["imports"] / (1 + margin_low)
    nearest = reported["exports"].clip(lower=implied_low, upper=implied_high)
    return pd.DataFrame(
        {
            "low": np.fmin(reported["exports"], implied_low),
            "high": np.fmax(reported["exports"], implied_high),
            "unexplained": (reported["exports"] - nearest).mask(reported["imports"].isna()),
        }
    )


def share_bounds(low: AnyNumbers, high: AnyNumbers, rest: AnyNumbers) -> pd.DataFrame:
    """Sharp bounds, columns low and high, on a trade share when only the flow with the partner is uncertain.

    Takes bounds on that flow and the trade with everyone else; the total moves with the flow, so the share is
    flow / (flow + rest) at either end. Raises ValueError if a value is negative, a lower bound exceeds its
    upper bound, or there is no trade at all.
    """
    check_range("lower bound of the flow", low)
    check_range("upper bound of the flow", high)
    check_range("trade with everyone else", rest)
    flows = table(low=low, high=high, rest=rest)
    if (flows["low"] > flows["high"]).any():
        raise ValueError("a lower bound of the flow exceeds its upper bound")
    if (flows["low"] + flows["rest"] == 0).any():
        raise ValueError("the share is undefined where neither the partner nor anyone else trades")
    return pd.DataFrame(
        {
            "low": flows["low"] / (flows["low"] + flows["rest"]),
            "high": flows["high"] / (flows["high"] + flows["rest"]),
        }
    )
