import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.methods.trade_dependence import decomposition, dependence, openness, weak_link

amounts = st.floats(min_value=1e-3, max_value=1e6)


def test_dependence_and_openness_of_a_worked_country():
    assert dependence(20.0, 400.0) == 0.05
    assert openness(100.0, 400.0) == 0.25
    assert decomposition(20.0, 100.0, 400.0).iloc[0].tolist() == [0.2, 0.25, 0.05]


@given(amounts, amounts, amounts)
def test_dependence_is_share_times_openness(bilateral, rest, product):
    row = decomposition(bilateral, bilateral + rest, product).iloc[0]
    assert row["dependence"] == pytest.approx(row["trade_share"] * row["openness"])
    assert row["dependence"] == dependence(bilateral, product)
    assert row["openness"] == openness(bilateral + rest, product)


def test_share_and_dependence_can_order_two_dyads_differently():
    closed, open_economy = decomposition(10.0, 20.0, 1000.0), decomposition(30.0, 300.0, 1000.0)
    assert closed["trade_share"].iloc[0] > open_economy["trade_share"].iloc[0]
    assert closed["dependence"].iloc[0] < open_economy["dependence"].iloc[0]


def test_trade_may_exceed_product():
    assert dependence(300.0, 200.0) == 1.5


def test_a_year_missing_in_one_series_is_missing_in_the_result():
    result = decomposition(
        pd.Series({2021: 10.0, 2022: 12.0}), pd.Series({2021: 50.0, 2022: 60.0}), pd.Series({2021: 200.0})
    )
    assert result.loc[2021].tolist() == [0.2, 0.25, 0.05]
    assert result.loc[2022, "trade_share"] == 0.2
    assert result.loc[2022, ["openness", "dependence"]].isna().all()


def test_the_weak_link_is_the_lower_dependence_and_symmetric():
    first, second = (
        pd.Series({2021: 0.01, 2022: 0.2, 2023: np.nan}),
        pd.Series({2021: 0.05, 2022: 0.1, 2023: 0.3}),
    )
    result = weak_link(first, second)
    assert result.loc[[2021, 2022]].tolist() == [0.01, 0.1]
    assert np.isnan(result[2023])
    pd.testing.assert_series_equal(result, weak_link(second, first))


@pytest.mark.parametrize(
    ("bilateral", "total", "product", "message"),
    [
        (1.0, 5.0, 0.0, "gross domestic product must be above 0"),
        (1.0, 0.0, 9.0, "total trade must be above 0"),
        (6.0, 5.0, 9.0, "share of total trade"),
        (pd.Series(dtype=float), pd.Series(dtype=float), pd.Series(dtype=float), "has no values"),
    ],
)
def test_impossible_numbers_are_refused(bilateral, total, product, message):
    with pytest.raises(ValueError, match=message):
        decomposition(bilateral, total, product)
    with pytest.raises(ValueError, match="dependence must be at least 0"):
        weak_link(-0.1, 0.2)


@pytest.mark.parametrize(("total", "product", "message"), [(1.0, 0.0, "gross domestic product must be above 0"), (-1.0, 1.0, "total trade must be at least 0")])
def test_openness_needs_a_product_and_trade_that_is_not_negative(total, product, message):
    with pytest.raises(ValueError, match=message):
        openness(total, product)


@pytest.mark.parametrize(("bilateral", "product", "message"), [(1.0, 0.0, "gross domestic product must be above 0"), (-1.0, 1.0, "bilateral trade must be at least 0")])
def test_dependence_needs_a_product_and_trade_that_is_not_negative(bilateral, product, message):
    with pytest.raises(ValueError, match=message):
        dependence(bilateral, product)
