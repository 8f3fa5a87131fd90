import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.methods.discount import discount, implied_supply_elasticity, markdown, rent

money = st.floats(min_value=-50, max_value=50)


def test_discount_and_premium():
    assert discount(80.0, 60.0) == 0.25
    assert discount(80.0, 88.0) == pytest.approx(-0.1)
    assert np.isnan(discount(pd.Series([80.0]), pd.Series([np.nan]))).all()


def test_worked_rent():
    # A gap of 20 on 100 barrels, 9 of it freight and 5 quality, leaves 6 a barrel.
    row = rent(80.0, 60.0, 9.0, 5.0, 100.0).iloc[0]
    assert row.tolist() == [2000.0, 900.0, 500.0, 600.0, 0.3]


def test_freight_beyond_the_gap_makes_the_rent_negative():
    row = rent(80.0, 75.0, 8.0, 0.0, 10.0).iloc[0]
    assert row["rent"] == -30
    assert row["rent_share"] == pytest.approx(-0.6)


def test_without_a_gap_or_a_price_the_share_is_missing():
    reference = pd.Series({"2023-01": 80.0, "2023-02": 80.0})
    rows = rent(reference, pd.Series({"2023-01": 80.0}), 2.0, 0.0, 1.0)
    assert rows.loc["2023-01", ["gap", "rent"]].tolist() == [0, -2]
    assert np.isnan(rows.loc["2023-01", "rent_share"])
    assert rows.loc["2023-02", ["gap", "rent", "rent_share"]].isna().all()


def test_nothing_bought_has_no_rent_but_keeps_its_share():
    row = rent(80.0, 60.0, 10.0, 0.0, 0.0).iloc[0]
    assert (row["rent"], row["rent_share"]) == (0, 0.5)


@given(st.floats(1, 200), st.floats(0, 200), money, money, st.floats(0, 1e6))
def test_the_parts_add_up_to_the_gap(reference, paid, freight, quality, quantity):
    row = rent(reference, paid, freight, quality, quantity).iloc[0]
    assert row["freight"] + row["quality"] + row["rent"] == pytest.approx(
        row["gap"], abs=1e-6 * (1 + quantity)
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0.0, 60.0, 0.0, 0.0, 1.0), "reference price must be above 0"),
        ((80.0, -1.0, 0.0, 0.0, 1.0), "paid price must be at least 0"),
        ((80.0, 60.0, np.inf, 0.0, 1.0), "freight must be finite"),
        ((80.0, 60.0, 0.0, 0.0, -1.0), "quantity must be at least 0"),
        ((pd.Series(dtype=float), 60.0, 0.0, 0.0, 1.0), "reference price has no values"),
    ],
)
def test_impossible_prices_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        rent(*arguments)


def test_worked_elasticities():
    assert implied_supply_elasticity(0.165) == pytest.approx(5.06, abs=5e-3)
    assert implied_supply_elasticity(0.30) == pytest.approx(2.33, abs=5e-3)
    assert implied_supply_elasticity(1.0) == 0


def test_markdown_of_a_price_taker_and_of_fixed_supply():
    assert markdown(1e12) == pytest.approx(0, abs=1e-9)
    assert markdown(0.0) == 1
    assert markdown(4.0) == 0.2


@given(st.floats(1e-3, 1))
def test_markdown_undoes_the_implied_elasticity(discounted):
    assert markdown(implied_supply_elasticity(discounted)) == pytest.approx(discounted)


def test_a_premium_implies_no_elasticity():
    with pytest.raises(ValueError, match="discount must be above 0 and at most 1"):
        implied_supply_elasticity(-0.05)
    with pytest.raises(ValueError, match="elasticity of supply must be at least 0"):
        markdown(-1.0)
