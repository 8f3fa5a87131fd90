import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.methods.cutoff_loss import (
    crossing_elasticity,
    cutoff_loss,
    elasticity_at_loss,
    loss_curve,
    ranking_grid,
)

ELASTICITIES = [1.5, 2, 4, 8]
inner_shares = st.floats(min_value=0.01, max_value=0.99)
elasticities = st.floats(min_value=1.05, max_value=20)
weights = st.floats(min_value=0.01, max_value=1)


@pytest.mark.parametrize(
    ("share", "percent"), [(0.365, [59.7, 36.5, 14.0, 6.3]), (0.9, [99.0, 90.0, 53.6, 28.0])]
)
def test_worked_losses(share, percent):
    losses = [100 * cutoff_loss(share, elasticity) for elasticity in ELASTICITIES]
    assert losses == pytest.approx(percent, abs=0.05)


def test_loss_follows_the_price_index():
    # Ten equal varieties, three lost: P = (sum p^(1-s))^(1/(1-s)) with unit prices, real spending 1/P.
    elasticity = 5.0
    before, after = (count ** (1 / (1 - elasticity)) for count in (10, 7))
    assert cutoff_loss(0.3, elasticity) == pytest.approx(1 - before / after)


def test_the_ends_of_the_range():
    assert cutoff_loss(0.0, 3.0) == 0
    assert cutoff_loss(1.0, 3.0) == 1
    assert cutoff_loss(1.0, 3.0, 0.04) == 0.04
    assert cutoff_loss(0.365, 2.0, 0.2) == pytest.approx(0.073)


@given(inner_shares, inner_shares, elasticities)
def test_loss_rises_with_the_share(one, other, elasticity):
    low, high = sorted([one, other])
    assert cutoff_loss(low, elasticity) <= cutoff_loss(high, elasticity)
    assume(high - low > 1e-6 and cutoff_loss(low, elasticity) < 1 - 1e-9)
    assert cutoff_loss(low, elasticity) < cutoff_loss(high, elasticity)


@given(inner_shares, elasticities, elasticities)
def test_loss_falls_with_the_elasticity(share, one, other):
    low, high = sorted([one, other])
    assert cutoff_loss(share, low) >= cutoff_loss(share, high)
    assume(high - low > 1e-6 and cutoff_loss(share, low) < 1 - 1e-9)
    assert cutoff_loss(share, low) > cutoff_loss(share, high)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0.3, 1.0), "elasticity of substitution must be above 1, found 1"),
        ((1.2, 2.0), "share must be at least 0 and at most 1, found 1.2"),
        ((0.3, 2.0, 0.0), "weight must be above 0"),
        ((float("nan"), 2.0), "one is missing"),
    ],
)
def test_numbers_outside_their_range_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        cutoff_loss(*arguments)


def test_curve_has_a_row_an_elasticity_and_a_column_a_dyad():
    shares = pd.Series({"RU on CN": 0.365, "CN on RU": 0.05})
    curve = loss_curve(shares, ELASTICITIES, pd.Series({"CN on RU": 0.1, "RU on CN": 0.2}))
    assert curve.index.tolist() == ELASTICITIES
    assert curve.columns.tolist() == ["RU on CN", "CN on RU"]
    assert curve.loc[2.0].tolist() == pytest.approx([0.073, 0.005])
    assert loss_curve(shares, [2.0]).loc[2.0].tolist() == pytest.approx([0.365, 0.05])


def test_an_empty_curve_and_other_labels_are_refused():
    shares = pd.Series({"RU on CN": 0.365})
    with pytest.raises(ValueError, match="at least one share and one elasticity"):
        loss_curve(pd.Series(dtype=float), [2.0])
    with pytest.raises(ValueError, match="at least one share and one elasticity"):
        loss_curve(shares, [])
    with pytest.raises(ValueError, match="same labels"):
        loss_curve(shares, [2.0], pd.Series({"CN on RU": 0.1}))


@given(inner_shares, elasticities, weights)
def test_elasticity_at_loss_undoes_cutoff_loss(share, elasticity, weight):
    loss = cutoff_loss(share, elasticity, weight)
    assume(loss < weight * (1 - 1e-9))
    assert elasticity_at_loss(loss, share, weight) == pytest.approx(elasticity, rel=1e-4)


def test_elasticity_at_which_a_small_share_costs_what_a_large_one_does():
    # 36.5 percent at 4 loses 1 - .635^(1/3); 5 percent loses as much at 1 + 3 ln .95 / ln .635.
    needed = elasticity_at_loss(cutoff_loss(0.365, 4.0), 0.05)
    assert needed == pytest.approx(1 + 3 * np.log(0.95) / np.log(0.635))
    assert cutoff_loss(0.05, needed - 0.01) > cutoff_loss(0.365, 4.0) > cutoff_loss(0.05, needed + 0.01)


def test_a_loss_beyond_the_weight_is_reached_by_no_elasticity():
    assert np.isnan(elasticity_at_loss(0.2, 0.5, 0.2))
    assert np.isnan(elasticity_at_loss(0.3, 0.5, 0.2))
    with pytest.raises(ValueError, match="loss must be above 0"):
        elasticity_at_loss(0.0, 0.5)
    with pytest.raises(ValueError, match="share must be above 0 and below 1"):
        elasticity_at_loss(0.1, 1.0)


@pytest.mark.parametrize("weight", [0.0, -0.2])
def test_a_weight_that_weighs_nothing_is_refused(weight):
    with pytest.raises(ValueError, match="weight must be above 0"):
        elasticity_at_loss(0.1, 0.5, weight)
    with pytest.raises(ValueError, match="first weight must be above 0"):
        crossing_elasticity(0.5, weight, 0.3, 1.0)
    with pytest.raises(ValueError, match="second weight must be above 0"):
        crossing_elasticity(0.5, 1.0, 0.3, weight)


def test_worked_crossing():
    # With x = 1 / (sigma - 1) and y = .5^x: 3 (1 - y^2) = 4 (1 - y), so y = 1/3.
    crossing = crossing_elasticity(0.75, 3.0, 0.5, 4.0)
    assert crossing == pytest.approx(1 + np.log(0.5) / np.log(1 / 3))
    assert cutoff_loss(0.75, crossing, 3.0) == pytest.approx(cutoff_loss(0.5, crossing, 4.0))


@given(inner_shares, weights, inner_shares, weights, elasticities)
def test_the_order_changes_at_the_crossing_and_nowhere_else(share_1, weight_1, share_2, weight_2, elasticity):
    crossing = crossing_elasticity(share_1, weight_1, share_2, weight_2)
    difference = cutoff_loss(share_1, elasticity, weight_1) - cutoff_loss(share_2, elasticity, weight_2)
    assume(abs(difference) > 1e-9)
    easy = -weight_1 * np.log1p(-share_1) + weight_2 * np.log1p(-share_2)
    if np.isnan(crossing):
        assert np.sign(difference) == np.sign(easy) or np.sign(difference) == np.sign(weight_1 - weight_2)
    elif elasticity > crossing:
        assert np.sign(difference) == np.sign(easy)
    else:
        assert np.sign(difference) == np.sign(weight_1 - weight_2)


def test_equal_weights_never_cross():
    assert np.isnan(crossing_elasticity(0.365, 1.0, 0.05, 1.0))
    with pytest.raises(ValueError, match="share must be above 0 and below 1"):
        crossing_elasticity(0.0, 1.0, 0.05, 1.0)


def test_grid_shows_who_loses_more():
    grid = ranking_grid(0.365, 0.05, [1.05, 4.0])
    assert grid.loc[4.0, 4.0] == 1
    assert grid.loc[4.0, 1.05] == -1  # an almost irreplaceable twentieth outweighs a replaceable third
    assert (np.diag(ranking_grid(0.3, 0.3, ELASTICITIES)) == 0).all()
    assert (
        (ranking_grid(0.05, 0.365, ELASTICITIES) == -ranking_grid(0.365, 0.05, ELASTICITIES).T)
        .to_numpy()
        .all()
    )
    with pytest.raises(ValueError, match="at least one elasticity"):
        ranking_grid(0.3, 0.2, [])
