import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.methods.price_volume import SPLITS, price_volume

amounts = st.floats(min_value=0, max_value=1e4)


def test_by_hand():
    # 80 x 10 = 800 becomes 60 x 8 = 480: at the new quantity the price costs 160, at the old 200.
    effects = price_volume(80, 60, 10, 8)
    assert effects["price"].tolist() == pytest.approx([-160, -180, -200])
    assert effects["quantity"].tolist() == pytest.approx([-160, -140, -120])
    assert effects["total"].tolist() == pytest.approx([-320] * 3)


def test_published_split_of_lost_oil_revenue():
    # CREA, 5 December 2023: of 34 billion euros 32 were price and 2 quantity, with prices at the new quantity.
    quantity, lost_price, price = 1.0, 32.0, 206.0
    effects = price_volume(price + lost_price, price, quantity + 2 / (price + lost_price), quantity)
    assert effects.loc["with the price"].tolist() == pytest.approx([-32, -2, -34])


@given(amounts, amounts, amounts, amounts)
def test_effects_always_add_up(price_before, price_after, before, after):
    effects = price_volume(price_before, price_after, before, after)
    change = price_after * after - price_before * before
    assert (effects["price"] + effects["quantity"]).tolist() == pytest.approx(
        [change] * len(SPLITS), abs=1e-5
    )


def test_one_thing_unchanged_leaves_one_effect():
    assert price_volume(80, 60, 10, 10)["quantity"].tolist() == pytest.approx([0, 0, 0])
    assert price_volume(80, 80, 10, 0)["price"].tolist() == pytest.approx([0, 0, 0])


@pytest.mark.parametrize("place", range(4))
def test_what_is_negative_is_named(place):
    name = ("price before", "price after", "quantity before", "quantity after")[place]
    given_numbers = [-1 if at == place else 10 for at in range(4)]
    with pytest.raises(ValueError, match=f"{name} must be at least 0, found -1"):
        price_volume(*given_numbers)
