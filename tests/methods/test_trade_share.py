import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.methods.trade_share import (
    asymmetry,
    mirror_bounds,
    share_bounds,
    share_ratio_from_totals,
    trade_share,
)

amounts = st.floats(min_value=1e-3, max_value=1e6)
shares = st.floats(min_value=0.0, max_value=1.0)


def test_share_keeps_years_and_leaves_a_missing_year_missing():
    result = trade_share(pd.Series({2021: 36.0, 2022: np.nan}), pd.Series({2021: 144.0, 2022: 200.0}))
    assert result[2021] == 0.25
    assert np.isnan(result[2022])


def test_no_trade_with_the_partner_is_a_share_of_zero():
    assert trade_share(0.0, 50.0) == 0.0


@pytest.mark.parametrize(
    ("bilateral", "total", "message"),
    [
        (-1.0, 5.0, "bilateral trade must be at least 0, found -1"),
        (0.0, 0.0, "total trade must be above 0, found 0"),
        (6.0, 5.0, "as a share of total trade must be at least 0 and at most 1, found 1.2"),
        (np.array([]), np.array([]), "bilateral trade has no values"),
    ],
)
def test_impossible_trade_is_refused(bilateral, total, message):
    with pytest.raises(ValueError, match=message):
        trade_share(bilateral, total)


def test_asymmetry_of_a_worked_dyad():
    row = asymmetry(0.4, 0.05).iloc[0]
    assert row["difference"] == pytest.approx(0.35)
    assert row["ratio"] == pytest.approx(8)
    assert row["log_ratio"] == pytest.approx(3 * np.log(2))


def test_asymmetry_with_a_share_of_zero():
    rows = asymmetry(np.array([0.2, 0.0, 0.0]), np.array([0.0, 0.2, 0.0]))
    assert rows["difference"].tolist() == [0.2, -0.2, 0.0]
    assert rows["ratio"].tolist()[:2] == [np.inf, 0.0]
    assert rows["log_ratio"].tolist()[:2] == [np.inf, -np.inf]
    assert rows.loc[2, ["ratio", "log_ratio"]].isna().all()


@given(shares, shares)
def test_swapping_the_countries_turns_the_signs(first, second):
    one, other = asymmetry(first, second).iloc[0], asymmetry(second, first).iloc[0]
    assert one["difference"] == -other["difference"]
    if first > 0 and second > 0:
        assert one["log_ratio"] == pytest.approx(-other["log_ratio"], abs=1e-9)


@given(amounts, amounts, amounts)
def test_the_ratio_of_shares_is_the_inverse_ratio_of_totals(bilateral, rest_first, rest_second):
    total_first, total_second = bilateral + rest_first, bilateral + rest_second
    ratio = asymmetry(trade_share(bilateral, total_first), trade_share(bilateral, total_second))[
        "ratio"
    ].iloc[0]
    assert ratio == pytest.approx(share_ratio_from_totals(total_first, total_second))


def test_mirror_bounds_when_the_margin_explains_the_gap():
    row = mirror_bounds(100.0, 108.0, 0.06, 0.10).iloc[0]
    assert row["low"] == pytest.approx(108 / 1.10)
    assert row["high"] == pytest.approx(108 / 1.06)
    assert row["unexplained"] == 0


@pytest.mark.parametrize(
    ("exports", "low", "high", "unexplained"), [(90.0, 90.0, 100.0, -10.0), (120.0, 100.0, 120.0, 20.0)]
)
def test_mirror_bounds_enclose_a_record_that_the_margin_does_not_explain(exports, low, high, unexplained):
    row = mirror_bounds(exports, 110.0, 0.10, 0.10).iloc[0]
    assert row.tolist() == pytest.approx([low, high, unexplained])


def test_the_only_reporter_bounds_the_flow_alone():
    result = mirror_bounds(
        pd.Series({2021: 95.0, 2022: np.nan, 2023: 95.0, 2024: np.nan}),
        pd.Series({2021: 110.0, 2022: 110.0, 2023: np.nan, 2024: np.nan}),
        0.0,
        0.10,
    )
    assert result.loc[2022, ["low", "high"]].tolist() == pytest.approx([100.0, 110.0])
    assert result.loc[2023, ["low", "high"]].tolist() == [95.0, 95.0]
    assert result["unexplained"].isna().tolist() == [False, True, True, True]
    assert result.loc[2024].isna().all()


def test_margins_the_wrong_way_round_are_refused():
    with pytest.raises(ValueError, match=r"lower margin 0.1 exceeds upper margin 0.06"):
        mirror_bounds(100.0, 108.0, 0.10, 0.06)


@given(amounts, st.floats(0.0, 0.3), st.floats(0.0, 0.3), st.floats(0.0, 1.0))
def test_mirror_bounds_contain_the_flow_if_both_record_it_right(flow, one, other, position):
    low, high = sorted([one, other])
    margin = low + position * (high - low)
    row = mirror_bounds(flow, flow * (1 + margin), low, high).iloc[0]
    assert row["low"] <= flow * (1 + 1e-12)
    assert row["high"] >= flow * (1 - 1e-12)
    assert row["unexplained"] == pytest.approx(0, abs=1e-9 * flow)


@given(amounts, amounts, amounts, st.floats(0.0, 1.0))
def test_share_bounds_contain_the_share_for_any_flow_between(one, other, rest, position):
    low, high = sorted([one, other])
    flow = low + position * (high - low)
    row = share_bounds(low, high, rest).iloc[0]
    assert row["low"] - 1e-12 <= trade_share(flow, flow + rest) <= row["high"] + 1e-12


def test_share_bounds_are_reached_at_either_flow():
    assert share_bounds(20.0, 60.0, 180.0).iloc[0].tolist() == [0.1, 0.25]


def test_share_bounds_refuse_crossed_bounds_and_no_trade():
    with pytest.raises(ValueError, match="lower bound of the flow exceeds"):
        share_bounds(2.0, 1.0, 5.0)
    with pytest.raises(ValueError, match="undefined"):
        share_bounds(0.0, 1.0, 0.0)


def test_mirror_bounds_refuse_a_flow_below_nought():
    for exports, imports, message in ((-1.0, 1.0, "reported exports"), (1.0, -1.0, "reported imports")):
        with pytest.raises(ValueError, match=f"{message} must be at least 0"):
            mirror_bounds(exports, imports, 0.06, 0.10)
