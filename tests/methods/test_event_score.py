from __future__ import annotations

from itertools import combinations, permutations
from math import isnan, sqrt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.methods import event_score
from analysis.methods.event_score import (
    Cut,
    by_event,
    by_period,
    change,
    change_test,
    dyad,
    leave_one_out,
    turning_point,
    turning_test,
    weigh,
)

# Weights that Goldstein (1992) gives: meeting, agreement, threat, force.
SCALE = pd.Series({"036": 4.0, "057": 8.0, "130": -4.4, "190": -10.0, "36": 1.0})


def acts(*rows: tuple[str, str, str, str, float]) -> pd.DataFrame:
    columns = ["event_id", "date", "actor_from", "actor_to", "weight"]
    return pd.DataFrame(rows, columns=columns).assign(period=lambda frame: frame["date"].str[:4])


def events(*weights: float) -> pd.DataFrame:
    """One event a day."""
    days = range(1, len(weights) + 1)
    return pd.DataFrame(
        {"event_id": [f"e{day}" for day in days], "date": [f"2025-01-{day:02}" for day in days], "weight": weights}
    )


MEETING = acts(
    ("a", "2024-05-01", "US", "RU", -4.0),
    ("b", "2025-02-12", "US", "RU", 7.0),
    ("b", "2025-02-12", "RU", "US", 4.0),
    ("c", "2025-10-22", "US", "RU", -8.0),
    ("c", "2025-10-22", "US", "UA", 1.0),
)


def test_a_code_is_a_name_and_not_a_number() -> None:
    assert weigh(pd.Series(["036", "36", "190"]), SCALE).tolist() == [4.0, 1.0, -10.0]
    with pytest.raises(ValueError, match="text of digits, found the number 36"):
        weigh(pd.Series([36]), SCALE)
    with pytest.raises(ValueError, match="code 0360 is not on the scale"):
        weigh(pd.Series(["036", "0360"]), SCALE)
    assert weigh(pd.Series([], dtype=object), SCALE).empty


def test_directions_apart_and_together() -> None:
    assert dyad(MEETING, ["US"], ["RU"], directed=True)["event_id"].tolist() == ["a", "b", "c"]
    assert dyad(MEETING, ["RU"], ["US"], directed=True)["event_id"].tolist() == ["b"]
    assert dyad(MEETING, ["RU"], ["US"])["event_id"].tolist() == ["a", "b", "b", "c"]
    assert dyad(MEETING, ["CN"], ["US"]).empty
    assert dyad(MEETING, ["US"], ["RU", "UA"])["event_id"].tolist() == ["a", "b", "b", "c", "c"]


def test_sum_mean_number_and_share_of_hostile_acts() -> None:
    frame = by_period(dyad(MEETING, ["US"], ["RU"]), ["2023", "2024", "2025"])
    assert frame.loc["2025"].tolist() == [3, 3.0, 1.0, pytest.approx(1 / 3)]
    assert frame.loc["2024"].tolist() == [1, -4.0, -4.0, 1.0]
    assert frame.loc["2023", ["count", "sum"]].tolist() == [0, 0.0]
    assert isnan(frame.loc["2023", "mean"]) and isnan(frame.loc["2023", "negative"])
    assert by_period(MEETING.iloc[:0], ["2025"])["count"].tolist() == [0]
    with pytest.raises(ValueError, match="an act of 2024, which is none of the periods"):
        by_period(MEETING, ["2025"])


def test_what_two_do_at_one_occasion_is_one_event() -> None:
    found = by_event(dyad(MEETING, ["US"], ["RU"]))
    assert found.to_dict("list") == {
        "event_id": ["a", "b", "c"],
        "date": ["2024-05-01", "2025-02-12", "2025-10-22"],
        "weight": [-4.0, 5.5, -8.0],
    }
    with pytest.raises(ValueError, match="event b has two dates"):
        by_event(MEETING.assign(date=[str(day) for day in range(5)]))


def test_change_and_its_test_by_hand() -> None:
    found = events(-4, -5, 1, 2)
    assert change(found, "2025-01-03") == 6
    # Of the 6 splits into two and two, this one and its mirror are as far apart as any.
    test = change_test(found, "2025-01-03")
    assert (test.p_value, test.exact) == (pytest.approx(2 / 6), True)
    assert isnan(change(found, "2026"))
    with pytest.raises(ValueError, match="two events before 2024, found 0"):
        change_test(found, "2024")
    with pytest.raises(ValueError, match="two events from 2026, found 0"):
        change_test(found, "2026")


def test_turning_point_and_its_test_by_hand() -> None:
    found = events(-5, -5, -5, 5)
    assert turning_point(found) == Cut("e4", "2025-01-04", 10.0)
    # One event apart at either end parts as much: 2 of 4 places of the fifth weight.
    assert turning_test(found).p_value == pytest.approx(2 / 4)
    assert turning_point(events(5, -5, -5, -5)) == Cut("e2", "2025-01-02", -10.0)
    even = turning_point(events(1, 0, 1, 0))
    assert even.event_id == "e2"  # parts as much as the cut before e4, and is the first


def test_the_largest_cut_is_the_least_squared_residual() -> None:
    found = events(3.4, -2, -4.4, -5, 1, 7, -2, 4)
    weights = found["weight"].tolist()

    def residual(run: list[float]) -> float:
        return sum((one - sum(run) / len(run)) ** 2 for one in run)

    left = {place: residual(weights[:place]) + residual(weights[place:]) for place in range(1, 8)}
    best = min(left, key=lambda place: left[place])
    assert turning_point(found).event_id == f"e{best + 1}"

    def statistic(order: tuple[float, ...]) -> float:
        cuts = range(1, len(order))
        return max(
            abs(sum(order[n:]) / (len(order) - n) - sum(order[:n]) / n) * sqrt(n * (len(order) - n) / len(order))
            for n in cuts
        )

    few = weights[:6]
    observed = statistic(tuple(few))
    share = sum(statistic(order) >= observed - 1e-9 for order in permutations(few)) / 720
    assert turning_test(events(*few)).p_value == pytest.approx(share)
    drawn = turning_test(found)
    assert not drawn.exact and drawn == turning_test(found)  # 40 320 orders are drawn from, by a fixed seed


def test_the_order_that_happened_is_one_of_those_drawn() -> None:
    """Davison and Hinkley (1997): (reached + 1) / (drawn + 1), never nought."""
    weights = np.array([3.4, -2, -4.4, -5, 1, 7, -2, 4])
    orders = np.random.default_rng(1).permuted(np.tile(weights, (event_score.MOST, 1)), axis=1)

    def parting(rows: np.ndarray) -> np.ndarray:
        cuts = [
            np.abs(rows[:, n:].mean(axis=1) - rows[:, :n].mean(axis=1)) * sqrt(n * (8 - n) / 8) for n in range(1, 8)
        ]
        return np.max(cuts, axis=0)

    reached = int((parting(orders) >= parting(weights[None, :])[0] - 1e-9).sum())
    assert turning_test(events(*weights)).p_value == (reached + 1) / (event_score.MOST + 1)


def test_events_of_one_day_stay_together() -> None:
    found = events(-5, -5, 5, 5).assign(date=["2025-01-01", "2025-01-02", "2025-01-02", "2025-01-03"])
    assert turning_point(found).event_id in ("e2", "e4")
    assert turning_point(found.assign(weight=[-5, 5, 5, 5])).event_id == "e2"


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (events(1), "two dates, found 1"),
        (events(), "two dates, found 0"),
        (events(2, 2, 2), "all events weigh 2"),
    ],
)
def test_what_cannot_turn_is_refused(found: pd.DataFrame, said: str) -> None:
    for function in (turning_point, turning_test):
        with pytest.raises(ValueError, match=said):
            function(found)


def test_each_event_is_left_out_once() -> None:
    found = events(-4, -5, 1, 2)
    without = leave_one_out(found, lambda rest: change(rest, "2025-01-03"))
    assert without.to_dict() == {"e1": 6.5, "e2": 5.5, "e3": 6.5, "e4": 5.5}
    assert leave_one_out(MEETING, len).to_dict() == {"a": 4, "b": 3, "c": 3}  # with all acts of the event
    assert leave_one_out(events(), len).empty


@settings(max_examples=40)
@given(st.lists(st.integers(-10, 10), min_size=4, max_size=6))
def test_change_of_windows_knows_no_order_within_them(weights: list[int]) -> None:
    found = events(*map(float, weights))
    cut, early, late = "2025-01-03", weights[:2], weights[2:]
    assert change(found, cut) == pytest.approx(sum(late) / len(late) - sum(early) / len(early))
    mirrored = found.assign(weight=-found["weight"])
    assert change(mirrored, cut) == pytest.approx(-change(found, cut))
    splits = list(combinations(weights, len(late)))
    apart = [sum(part) / len(late) - (sum(weights) - sum(part)) / len(early) for part in splits]
    higher = sum(one >= change(found, cut) - 1e-9 for one in apart) / len(splits)
    lower = sum(one <= change(found, cut) + 1e-9 for one in apart) / len(splits)
    assert change_test(found, cut).p_value == pytest.approx(min(1, 2 * min(higher, lower)))
