from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.methods import interrupted_time_series as its

# Errors of a line without noise are nought, give or take what binary arithmetic leaves.
pytestmark = pytest.mark.filterwarnings("ignore:invalid value encountered in sqrt")

SICILY = Path(__file__).parent / "data" / "sicily.csv"


@pytest.fixture(scope="module")
def sicily() -> pd.DataFrame:
    data = pd.read_csv(SICILY).rename(columns={"aces": "value"})
    return data.assign(time=np.arange(1.0, len(data) + 1))


def rounded(estimate: its.Estimate) -> list[float]:
    return [round(end, 3) for end in (estimate.value, estimate.low, estimate.high)]


# The smoking ban in Sicily: rate ratios as Lopez Bernal, Cummins and Gasparrini (2017) print them


@pytest.mark.parametrize(
    ("terms", "printed"),
    [
        ({"overdispersed": False}, [0.894, 0.865, 0.925]),
        ({}, [0.894, 0.839, 0.953]),
        ({"season": "harmonic"}, [0.885, 0.839, 0.933]),
    ],
)
def test_the_published_example(sicily, terms, printed):
    fit = its.poisson(sicily, 36.0, exposure=sicily["stdpop"], slope=False, **terms)
    assert rounded(fit.level.ratio()) == printed
    assert fit.observations == 59
    assert fit.slope is None


def test_an_uncentred_interaction_is_another_level(sicily):
    def fit(centred: bool) -> its.Fit:
        return its.poisson(
            sicily, 36.0, exposure=sicily["stdpop"], season="harmonic", centred=centred
        )

    right, wrong = fit(True), fit(False)
    assert right.slope.value == pytest.approx(wrong.slope.value)
    assert right.course["fitted"].to_numpy() == pytest.approx(wrong.course["fitted"].to_numpy())
    # The uncentred level is the one at t = 0, 36 months of slope away.
    assert wrong.level.value == pytest.approx(right.level.value - 36 * right.slope.value)
    assert right.level.ratio().value == pytest.approx(0.876, abs=5e-4)
    assert wrong.level.ratio().value == pytest.approx(0.831, abs=5e-4)


# Exact arithmetic


def line(level: float = -3.0, slope: float = 0.5, size: int = 40, at: float = 20.0) -> pd.DataFrame:
    time = np.arange(size) + 0.5
    after = time > at
    value = 50 + 0.3 * time + level * after + slope * (time - at) * after
    months = np.arange(size) % 12 + 1
    return pd.DataFrame({"time": time, "value": value, "month": months, "season": months.astype(str)})


@given(st.floats(-5, 5), st.floats(-0.5, 0.5))
@settings(max_examples=25, deadline=None)
def test_a_line_without_noise_gives_its_own_coefficients(level, slope):
    fit = its.linear(line(level, slope), 20.0)
    assert fit.level.value == pytest.approx(level, abs=1e-8)
    assert fit.slope.value == pytest.approx(slope, abs=1e-8)
    gap = fit.course["fitted"] - fit.course["counterfactual"]
    assert gap[fit.course["time"] < 20].to_numpy() == pytest.approx(0)
    assert gap.iloc[-1] == pytest.approx(level + slope * 19.5, abs=1e-7)


def test_season_is_taken_out():
    rows = line()
    rows["value"] += 4 * np.sin(2 * np.pi * rows["month"] / 12) + 2 * np.cos(4 * np.pi * rows["month"] / 12)
    for season in ("harmonic", "dummies"):
        assert its.linear(rows, 20.0, season=season).level.value == pytest.approx(-3, abs=1e-7)
    assert its.linear(rows, 20.0).level.value != pytest.approx(-3, abs=0.1)
    with pytest.raises(ValueError, match="no such season"):
        its.linear(rows, 20.0, season="lunar")


def test_months_in_the_transition_say_nothing():
    rows = line()
    disturbed = rows.assign(value=rows["value"] + 30 * ((rows["time"] > 20) & (rows["time"] < 23)))
    fit = its.linear(disturbed, 20.0, transition=3.0)
    assert (fit.level.value, fit.slope.value) == (pytest.approx(-3), pytest.approx(0.5))
    assert fit.observations == 37
    assert fit.course.loc[~fit.course["used"], "time"].tolist() == [20.5, 21.5, 22.5]
    # A month that begins as the transition ends is the first that is used again.
    shorter = its.linear(disturbed, 20.0, transition=2.5)
    assert shorter.course.loc[~shorter.course["used"], "time"].tolist() == [20.5, 21.5]


def test_an_earlier_break_is_no_part_of_the_trend():
    rows = line()
    moved = rows.assign(value=rows["value"] + np.where(rows["time"] > 10, 7 - 0.4 * (rows["time"] - 10), 0.0))
    assert its.linear(moved, 20.0, earlier=[10.0]).level.value == pytest.approx(-3)
    assert its.linear(moved, 20.0).level.value != pytest.approx(-3, abs=0.1)


def test_logarithms_turn_a_ratio_into_a_level():
    time = np.arange(40) + 0.5
    rows = pd.DataFrame({"time": time, "value": np.exp(0.02 * time) * np.where(time > 20, 0.8, 1.0)})
    fit = its.linear(rows, 20.0, log=True, slope=False)
    assert fit.level.ratio().value == pytest.approx(0.8)
    assert fit.course["counterfactual"].to_numpy() == pytest.approx(np.exp(0.02 * time))
    with pytest.raises(ValueError, match="positive"):
        its.linear(rows.assign(value=0.0), 20.0, log=True)


def test_a_covariate_takes_what_is_its_own():
    price = pd.Series(np.random.default_rng(3).normal(size=40))
    rows = line().assign(price=price)
    rows["value"] += 2 * price
    assert its.linear(rows, 20.0, covariates=["price"]).level.value == pytest.approx(-3)


def test_the_lag_moves_the_interval_and_nothing_else():
    noise = np.random.default_rng(5).normal(size=41)
    rows = line()
    rows["value"] += noise[1:] + noise[:-1]  # neighbours are alike
    none, some = its.linear(rows, 20.0, lag=0), its.linear(rows, 20.0)
    assert some.lag == its.bandwidth(40) == 3
    assert its.bandwidth(100) == 4
    assert none.level.value == pytest.approx(some.level.value)
    assert none.level.high != pytest.approx(some.level.high)


def test_too_little_is_refused():
    with pytest.raises(ValueError, match="none after"):
        its.linear(line(), 99.0)
    with pytest.raises(ValueError, match="4 observations for 4 coefficients"):
        its.linear(line(size=4, at=2.0), 2.0)


# Months as they are published


def spans(*rows: tuple[int, int, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["first", "last", "value"])


def test_january_and_february_are_one_observation_with_their_mean():
    months = its.months_of(spans((0, 0, 5.0), (1, 1, 3.0), (2, 2, 6.0), (12, 13, 10.0), (15, 16, 8.0)))
    assert months["value"].tolist() == [4.0, 6.0, 5.0, 4.0]
    assert months["time"].tolist() == [1.0, 2.5, 13.0, 16.0]
    assert months["season"].tolist() == ["1.5", "3", "1.5", "4.5"]
    assert months[["first", "last"]].to_numpy().tolist() == [[0, 1], [2, 2], [12, 13], [15, 16]]


def test_half_of_the_new_year_is_left_out_unless_months_stay_apart():
    rows = spans((1, 1, 3.0), (2, 2, 6.0))
    assert its.months_of(rows)["value"].tolist() == [6.0]
    assert its.months_of(rows, merge=False)["season"].tolist() == ["2", "3"]


def test_a_month_counted_twice_is_refused():
    with pytest.raises(ValueError, match="two spans"):
        its.months_of(spans((0, 1, 5.0), (1, 1, 3.0)))


# Placebo dates and single observations


def test_placebo_dates_keep_their_distance():
    rows = line()
    dates = [float(date) for date in range(41)]
    assert its.admissible(rows, dates, 12) == [float(date) for date in range(12, 29)]
    assert its.admissible(rows, dates, 12, [14.0]) == [float(date) for date in range(26, 29)]
    assert its.admissible(rows, [], 12) == []


def test_the_real_date_stands_out():
    noise = np.random.default_rng(7).normal(scale=0.3, size=60)
    rows = line(level=-9.0, slope=0.0, size=60, at=30.0)
    rows["value"] += noise
    before = rows[rows["time"] < 30]
    found = its.placebo(before, its.admissible(before, map(float, range(30)), 6), its.linear)
    assert list(found.columns) == ["date", "level", "low", "high"]
    assert its.rank(found["level"], its.linear(rows, 30.0).level.value) == (1, len(found) + 1)


def test_rank_counts_ties_against_the_real_date():
    assert its.rank([1.0, -3.0, 2.0], -2.0) == (3, 4)
    assert its.rank([], 1.0) == (1, 1)


def test_leaving_one_out_finds_the_odd_month():
    rows = line()
    rows.loc[21, "value"] += 10
    found = its.leave_one_out(rows, 20.0, its.linear)
    assert len(found) == 40
    assert list(its.leave_one_out(rows.iloc[:0], 20.0, its.linear)) == ["time", "level", "low", "high"]
    odd = found.loc[(found["level"] + 3).abs().idxmin()]
    assert (odd["time"], odd["level"]) == (21.5, pytest.approx(-3))
