import numpy as np
import pandas as pd
import pytest

from analysis.methods.composite import arithmetic_mean, geometric_mean
from analysis.methods.sensitivity import (
    choice_from_uniform,
    composite_indices,
    sobol_indices,
    weights_from_uniform,
)
from analysis.methods.weights import mean_and_variance

PI = np.pi


def ishigami(rows):
    return np.sin(rows[:, 0]) + 7 * np.sin(rows[:, 1]) ** 2 + 0.1 * rows[:, 2] ** 4 * np.sin(rows[:, 0])


ISHIGAMI_RANGES = {"x1": (-PI, PI), "x2": (-PI, PI), "x3": (-PI, PI)}


def test_ishigami_function():
    # Variances in closed form, as in the OpenTURNS documentation of the Ishigami function (a = 7, b = 0.1).
    variance = 0.5 + 49 / 8 + 0.01 * PI**8 / 18 + 0.1 * PI**4 / 5
    first, second, both = 0.5 * (1 + 0.1 * PI**4 / 5) ** 2, 49 / 8, 0.01 * PI**8 * 8 / 225
    result = sobol_indices(ishigami, ISHIGAMI_RANGES, samples=2048, seed=1)
    assert result.index.tolist() == ["x1", "x2", "x3"]
    expected_first = np.array([first, second, 0]) / variance
    expected_total = np.array([first + both, second, both]) / variance
    assert expected_first == pytest.approx([0.3139, 0.4424, 0], abs=5e-5)
    assert expected_total == pytest.approx([0.5576, 0.4424, 0.2437], abs=5e-5)
    assert result["first_order"].to_numpy() == pytest.approx(expected_first, abs=0.02)
    assert result["total"].to_numpy() == pytest.approx(expected_total, abs=0.02)
    assert (result["first_order_low"] <= expected_first).all()
    assert (result["first_order_high"] >= expected_first).all()
    assert (result["total_low"] <= expected_total).all()
    assert (result["total_high"] >= expected_total).all()


def test_grouped_factors_are_judged_as_wholes():
    result = sobol_indices(
        ishigami,
        ISHIGAMI_RANGES,
        {"x1": "interacting", "x2": "alone", "x3": "interacting"},
        samples=1024,
        seed=2,
    )
    assert result.index.tolist() == ["interacting", "alone"]
    assert result["first_order"].to_numpy() == pytest.approx([0.5576, 0.4424], abs=0.03)
    assert result["total"].to_numpy() == pytest.approx([0.5576, 0.4424], abs=0.03)


def test_the_same_seed_gives_the_same_table_and_wider_confidence_wider_intervals():
    one = sobol_indices(ishigami, ISHIGAMI_RANGES, samples=64, seed=5)
    pd.testing.assert_frame_equal(one, sobol_indices(ishigami, ISHIGAMI_RANGES, samples=64, seed=5))
    other = sobol_indices(ishigami, ISHIGAMI_RANGES, samples=64, seed=6)
    assert not np.allclose(one["first_order"], other["first_order"])
    wide = sobol_indices(ishigami, ISHIGAMI_RANGES, samples=64, seed=5, confidence=0.99)
    assert (wide["total_high"] > one["total_high"]).all()


def test_weights_and_a_parameter_share_the_variance_as_computed_exactly():
    values = np.array([0.1, 0.5, 0.9])

    def output(weights, elasticity):
        return weights @ values + elasticity

    weight_variance, range_variance = float(mean_and_variance(values)[1]), 0.6**2 / 12
    share = weight_variance / (weight_variance + range_variance)
    result = composite_indices(
        output, ["share", "salience", "concentration"], {}, {"elasticity": (2.0, 2.6)}, samples=1024, seed=3
    )
    assert result.index.tolist() == ["weights", "elasticity"]
    for order in ("first_order", "total"):
        assert result[order].to_numpy() == pytest.approx([share, 1 - share], abs=0.03)


def test_a_choice_of_two_options_counts_as_a_coin():
    def output(weights, normalisation, elasticity):
        return {"rank": 0.0, "min-max": 1.0}[normalisation] + elasticity

    result = composite_indices(
        output,
        ["share"],
        {"normalisation": ["rank", "min-max"]},
        {"elasticity": (0.0, 1.0)},
        samples=512,
        seed=4,
    )
    assert result.loc[["weights", "normalisation", "elasticity"], "first_order"].tolist() == pytest.approx(
        [0, 0.75, 0.25], abs=0.03
    )


def test_weights_apart_give_every_indicator_its_own_index():
    scores = np.array([[0.9, 0.2, 0.5], [0.3, 0.8, 0.5]])

    def output(weights, mean):
        first, second = mean(scores, weights)
        return first - second

    result = composite_indices(
        output,
        ["share", "salience", "concentration"],
        {"mean": [arithmetic_mean, geometric_mean]},
        {},
        weights_together=False,
        samples=512,
        seed=1,
    )
    assert result.index.tolist() == ["share", "salience", "concentration", "mean"]
    # The units differ by the same amount on the first two indicators, and not at all on the third.
    assert result.loc["share", "total"] == pytest.approx(result.loc["salience", "total"], abs=0.1)
    assert result.loc["concentration", "total"] < result.loc["share", "total"]
    assert result.loc["mean", "total"] < 0.05


def test_transformed_weights_are_uniform_on_the_simplex():
    uniform = np.random.default_rng(1).uniform(size=(20_000, 3))
    weights = weights_from_uniform(uniform)
    assert weights.sum(axis=1) == pytest.approx(np.ones(len(weights)))
    # Beta(1, 2): mean 1/3, variance 1/18.
    assert weights.mean(axis=0) == pytest.approx(np.full(3, 1 / 3), abs=0.01)
    assert weights.var(axis=0) == pytest.approx(np.full(3, 1 / 18), rel=0.05)
    assert weights_from_uniform(np.full(4, 0.3)).tolist() == pytest.approx([0.25] * 4)


def test_a_choice_gives_every_option_an_equal_part():
    options = ["min-max", "z-score", "rank"]
    assert [choice_from_uniform(u, options) for u in (0.0, 0.33, 0.34, 0.66, 0.67, 1.0)] == [
        "min-max",
        "min-max",
        "z-score",
        "z-score",
        "rank",
        "rank",
    ]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"ranges": {}}, "at least one factor"),
        ({"ranges": {"x1": (1.0, 1.0)}}, "range of x1 must run upwards"),
        ({"samples": 1000}, "power of two above 1, found 1000"),
        ({"samples": 1}, "power of two above 1, found 1"),
        ({"seed": 0}, "seed must be at least 1, found 0"),
        ({"groups": {"x1": "all"}}, "groups must name the same factors"),
        ({"model": lambda rows: np.ones(len(rows))}, "does not vary"),
        ({"model": lambda rows: np.full(len(rows), np.nan)}, "missing or infinite"),
        ({"model": lambda rows: rows}, "one number a row"),
    ],
)
def test_unusable_problems_are_refused(changes, message):
    arguments = {"model": ishigami, "ranges": ISHIGAMI_RANGES, "samples": 8, "seed": 1} | changes
    with pytest.raises(ValueError, match=message):
        sobol_indices(**arguments)


@pytest.mark.parametrize(
    ("indicators", "choices", "ranges", "message"),
    [
        ([], {}, {"elasticity": (2.0, 4.0)}, "at least one indicator"),
        (["share"], {"mean": []}, {}, "choice mean has no option"),
        (["share"], {}, {"share": (0.0, 1.0)}, "need different names"),
        (["share"], {}, {"weights": (0.0, 1.0)}, "need different names"),
    ],
)
def test_unusable_composites_are_refused(indicators, choices, ranges, message):
    with pytest.raises(ValueError, match=message):
        composite_indices(lambda weights, **factors: 0.0, indicators, choices, ranges, samples=8, seed=1)


def test_numbers_outside_zero_to_one_are_refused():
    with pytest.raises(ValueError, match="above 0 and below 1"):
        weights_from_uniform(np.array([0.5, 0.0]))
    with pytest.raises(ValueError, match=r"between 0 and 1, found 1.5"):
        choice_from_uniform(1.5, ["a"])
    with pytest.raises(ValueError, match="at least one option"):
        choice_from_uniform(0.5, [])
