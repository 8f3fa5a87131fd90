import numpy as np
import pandas as pd
import pytest

from analysis.methods.monte_carlo import quantiles, simulate, sobol_shares


def inputs(**rows):
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=["distribution", "low", "mode", "high"])
    return frame.astype({"low": float, "mode": float, "high": float})


NAN = float("nan")


def test_quantiles_by_hand():
    table = inputs(
        fixed=("fixed", 3, NAN, NAN),
        uniform=("uniform", 2, NAN, 6),
        triangular=("triangular", 0, 1, 2),
        loguniform=("loguniform", 1, NAN, 100),
    )
    drawn = quantiles(table, np.full((1, 4), 0.5))
    assert {name: values[0] for name, values in drawn.items()} == pytest.approx(
        {"fixed": 3, "uniform": 4, "triangular": 1, "loguniform": 10}
    )
    # A quarter of the mass of the symmetric triangle lies below the square root of a half.
    assert quantiles(inputs(t=("triangular", 0, 1, 2)), np.array([[0.25]]))["t"] == pytest.approx(
        np.sqrt(0.5)
    )


def test_the_same_seed_gives_the_same_draws_and_the_mean_is_right():
    table = inputs(a=("uniform", 0, NAN, 2), b=("triangular", 0, 0, 3))
    model = lambda drawn: drawn["a"] + drawn["b"]  # noqa: E731
    first = simulate(table, model, samples=20_000, seed=7)
    assert first.equals(simulate(table, model, samples=20_000, seed=7))
    assert not first.equals(simulate(table, model, samples=20_000, seed=8))
    # Means 1 and 1; variances 4/12 and 9/18, so the standard error is about 0.0065.
    assert first.mean() == pytest.approx(2, abs=0.03)
    assert first.var() == pytest.approx(1 / 3 + 1 / 2, rel=0.03)


def test_sobol_shares_of_a_sum_are_its_variances():
    table = inputs(a=("uniform", 0, NAN, 3), b=("uniform", 0, NAN, 1), c=("fixed", 5, NAN, NAN))
    shares = sobol_shares(table, lambda drawn: drawn["a"] + drawn["b"] + drawn["c"], samples=1024, seed=1)
    assert shares.index.tolist() == ["a", "b"]
    assert shares["total"].tolist() == pytest.approx([0.9, 0.1], abs=0.03)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("uniform", 2, NAN, 2), "must run upwards"),
        (("triangular", 0, 3, 2), "mode of x must lie between"),
        (("normal", 0, 1, 2), "is unknown: normal"),
    ],
)
def test_what_cannot_be_drawn_is_refused(row, message):
    with pytest.raises(ValueError, match=message):
        quantiles(inputs(x=row), np.array([[0.5]]))
    with pytest.raises(ValueError, match="at least one input"):
        simulate(inputs(x=row).iloc[:0], lambda drawn: np.zeros(1), samples=1, seed=1)


def test_a_missing_result_is_refused():
    with pytest.raises(ValueError, match="one finite number a draw"):
        simulate(inputs(x=("uniform", 0, NAN, 1)), lambda drawn: drawn["x"] * NAN, samples=4, seed=1)
