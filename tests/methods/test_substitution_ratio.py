import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.methods.substitution_ratio import counted_once, gross, net_of_trend, real, total_recovery

# Sanctioning partners fall from 100 to 40, others rise from 50 to 80: 30 of 60 replaced.
TRADE = (100.0, 40.0, 50.0, 80.0)
amounts = st.floats(min_value=1, max_value=1000)


def test_the_four_definitions_by_hand():
    assert gross(*TRADE) == pytest.approx(0.5)
    # At 10 percent a year for two years others would have sold 60.5 anyway: 19.5 of 60.
    assert net_of_trend(*TRADE, growth=0.1, years=2) == pytest.approx(0.325)
    # Had the sanctioning too grown by 5 percent, 110.25 would be theirs: 19.5 of 70.25.
    both = net_of_trend(*TRADE, growth=0.1, years=2, sanctioning_growth=0.05)
    assert both == pytest.approx(19.5 / 70.25)
    # At prices up by a quarter: 40 and 80 are worth 32 and 64; 14 of 68.
    assert real(*TRADE, price_level=1.25) == pytest.approx(14 / 68)
    assert total_recovery(*TRADE) == pytest.approx(0.8)


def test_goods_in_transit_are_neither_lost_nor_replaced():
    # 10 of the others' 80 were first sold by sanctioning partners: 20 of 50.
    assert counted_once(*TRADE, transit=10.0) == pytest.approx(0.4)
    assert counted_once(*TRADE, transit=0.0) == gross(*TRADE)
    # All of the gain was transit: nothing was replaced.
    assert counted_once(*TRADE, transit=30.0) == 0


@given(amounts, st.floats(0, 0.9), amounts, amounts, st.floats(0.01, 0.99))
def test_counting_once_moves_the_ratio_away_from_one(before, kept, others_before, others_after, part):
    trade = (before, before * kept, others_before, others_after)
    transit = part * min(others_after, before * (1 - kept))
    ratio, once = gross(*trade), counted_once(*trade, transit=transit)
    assume(abs(ratio - 1) > 1e-9)
    assert (once < ratio) == (ratio < 1)


def test_edges():
    assert gross(100.0, 40.0, 0.0, 60.0) == 1  # one new partner replaced everything
    assert gross(100.0, 40.0, 50.0, 20.0) == -0.5
    assert total_recovery(0.0, 0.0, 50.0, 80.0) == 1.6
    lost = gross(
        pd.Series([100.0, 10.0]), pd.Series([40.0, 5.0]), pd.Series([50.0, 1.0]), pd.Series([80.0, 6.0])
    )
    assert lost.tolist() == [0.5, 1.0]


@given(amounts, st.floats(0, 0.95), amounts, amounts)
def test_without_growth_or_inflation_the_definitions_agree(before, kept, others_before, others_after):
    trade = (before, before * kept, others_before, others_after)
    assert net_of_trend(*trade, growth=0, years=3) == pytest.approx(gross(*trade))
    assert real(*trade, price_level=1) == pytest.approx(gross(*trade))


@given(amounts, st.floats(0, 0.95), amounts, amounts)
def test_full_recovery_is_full_replacement(before, kept, others_before, others_after):
    trade = (before, before * kept, others_before, others_after)
    assume(abs(gross(*trade) - 1) > 1e-9)
    assert (gross(*trade) > 1) == (total_recovery(*trade) > 1)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: gross(40.0, 100.0, 1.0, 2.0), "loss must be above 0"),
        (lambda: gross(100.0, -1.0, 1.0, 2.0), "sanctioning partners after must be at least 0"),
        (lambda: real(*TRADE, price_level=0), "price level must be above 0"),
        (lambda: net_of_trend(*TRADE, growth=-1, years=1), "growth must be above -1"),
        (lambda: net_of_trend(*TRADE, growth=0, years=1, sanctioning_growth=-2), "growth of the sanctioning"),
        (lambda: counted_once(*TRADE, transit=-1.0), "transit must be at least 0"),
        (lambda: counted_once(*TRADE, transit=90.0), "trade with others after must be at least 0"),
        (lambda: total_recovery(0.0, 1.0, 0.0, 1.0), "trade before must be above 0"),
    ],
)
def test_what_was_not_lost_cannot_be_replaced(call, message):
    with pytest.raises(ValueError, match=message):
        call()
