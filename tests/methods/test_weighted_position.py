import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.methods.weighted_position import acceptance_overlap, perturbed, weighted_mean, weighted_median

# Emission standards for cars (Bueno de Mesquita and Stokman 1994): years of delay, capability, salience.
EMISSIONS = pd.DataFrame(
    [
        ("Netherlands", 4, 0.08, 80),
        ("Belgium", 7, 0.08, 40),
        ("Luxembourg", 4, 0.03, 20),
        ("Germany", 4, 0.16, 80),
        ("France", 10, 0.16, 60),
        ("Italy", 10, 0.16, 60),
        ("United Kingdom", 10, 0.16, 90),
        ("Ireland", 7, 0.05, 10),
        ("Denmark", 4, 0.05, 100),
        ("Greece", 7, 0.08, 70),
    ],
    columns=["actor", "position", "capability", "salience"],
).set_index("actor")
WEIGHTS = EMISSIONS["capability"] * EMISSIONS["salience"]


def test_published_median_and_mean():
    assert weighted_mean(EMISSIONS["position"], WEIGHTS) == pytest.approx(7.390, abs=5e-4)
    assert weighted_median(EMISSIONS["position"], WEIGHTS) == 7
    # The median rests on .341 against a half of .3385.
    assert WEIGHTS[EMISSIONS["position"] <= 7].sum() == pytest.approx(34.1)
    assert WEIGHTS.sum() / 2 == pytest.approx(33.85)


def test_so_narrow_a_median_moves_with_the_weights():
    medians = perturbed(EMISSIONS["position"], WEIGHTS, spread=0.2, draws=300, seed=3)["median"]
    assert set(medians) == {7.0, 10.0}
    assert perturbed(EMISSIONS["position"], WEIGHTS, spread=0, draws=5, seed=3)["median"].eq(7).all()
    again = perturbed(EMISSIONS["position"], WEIGHTS, spread=0.2, draws=300, seed=3)["median"]
    assert medians.equals(again)


def test_a_draw_without_perturbation_is_the_plain_result_whatever_the_order_of_the_weights():
    drawn = perturbed(EMISSIONS["position"], WEIGHTS[::-1], spread=0, draws=3, seed=1)
    assert drawn["median"].tolist() == [7.0] * 3
    assert drawn["mean"].tolist() == pytest.approx([weighted_mean(EMISSIONS["position"], WEIGHTS)] * 3)


def test_shifted_codes_move_by_whole_shifts_and_no_further():
    alone, weight = pd.Series({"RU": -2.0}), pd.Series({"RU": 1.0})
    moved = perturbed(alone, weight, spread=0, shift=1, draws=3000, seed=1)["median"].value_counts(
        normalize=True
    )
    assert sorted(moved.index) == [-3.0, -2.0, -1.0]
    assert moved.tolist() == pytest.approx([1 / 3] * 3, abs=0.03)


@given(st.lists(st.tuples(st.integers(-2, 2), st.floats(0.1, 9)), min_size=1, max_size=9), st.floats(0.1, 5))
def test_scale_of_weights_does_not_matter_and_both_stay_inside(actors, scale):
    positions = pd.Series([float(position) for position, _ in actors])
    weights = pd.Series([weight for _, weight in actors])
    mean = weighted_mean(positions, weights)
    assert mean == pytest.approx(weighted_mean(positions, weights * scale))
    assert positions.min() - 1e-9 <= mean <= positions.max() + 1e-9
    assert weighted_median(positions, weights) in set(positions)


def test_zone_of_agreement():
    zones = pd.DataFrame({"low": [-2.0, 0.0], "high": [0.5, 2.0]}, index=["RU", "UA"])
    assert acceptance_overlap(zones) == (0.0, 0.5)
    zones.loc["UA", "low"] = 1.0
    assert acceptance_overlap(zones) is None
    assert acceptance_overlap(zones.loc[["RU"]]) == (-2.0, 0.5)


@pytest.mark.parametrize(
    ("positions", "weights", "message"),
    [
        ({}, {}, "at least one actor"),
        ({"RU": 1.0}, {"UA": 1.0}, "same actors"),
        ({"RU": float("nan")}, {"RU": 1.0}, "position of RU is missing"),
        ({"RU": 1.0}, {"RU": 0.0}, "one weight must be positive"),
        ({"RU": 1.0}, {"RU": -1.0}, "weight must be at least 0"),
    ],
)
def test_what_has_no_position_is_refused(positions, weights, message):
    with pytest.raises(ValueError, match=message):
        weighted_median(pd.Series(positions, dtype=float), pd.Series(weights, dtype=float))
