from __future__ import annotations

from itertools import product
from math import comb, isnan

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from signed_ties import complete, frame, networks, tribes

from analysis.methods.signed_balance import (
    BALANCED,
    MARRIAGE,
    MENAGE,
    NEUTRAL,
    ROMANTIC,
    UNBALANCED,
    UNKNOWN,
    VETO,
    Triangle,
    balanced_share,
    coded_graph,
    signed_graph,
    triads,
    triangle_type,
)


def test_published_network_has_its_published_triangles() -> None:
    ties = tribes()
    found = triads(ties)
    assert (ties["sign"] > 0).sum() == (ties["sign"] < 0).sum() == 29
    assert len(found) == comb(16, 3)
    closed = found[found["state"].isin([BALANCED, UNBALANCED])]
    friends = (closed[["sign_12", "sign_13", "sign_23"]] > 0).sum(axis=1).value_counts()
    # Hage and Harary's network: 7 triangles all hostile, 40 with one friendship, 2 with two, 19 all friendly.
    assert [friends[count] for count in range(4)] == [7, 40, 2, 19]
    assert balanced_share(found) == pytest.approx(59 / 68)


@pytest.mark.parametrize(
    ("signs", "state", "kind"),
    [
        ((1, 1, 1), BALANCED, Triangle(MENAGE)),
        ((-1, 1, 1), UNBALANCED, Triangle(ROMANTIC, ("RU",))),
        ((1, -1, 1), UNBALANCED, Triangle(ROMANTIC, ("US",))),
        ((1, 1, -1), UNBALANCED, Triangle(ROMANTIC, ("CN",))),
        ((-1, 1, -1), BALANCED, Triangle(MARRIAGE, ("CN", "RU"))),
        ((1, -1, -1), BALANCED, Triangle(MARRIAGE, ("CN", "US"))),
        ((-1, -1, -1), UNBALANCED, Triangle(VETO)),
        ((0, 1, 1), NEUTRAL, None),
        ((0, 0, -1), NEUTRAL, None),
        ((-1, None, 1), UNKNOWN, None),
        ((0, None, 1), UNKNOWN, None),
    ],
)
def test_each_triangle_has_its_state_and_its_type(signs, state, kind) -> None:
    pairs = (("CN", "US"), ("RU", "CN"), ("US", "RU"))  # in any order, as the tables need not be sorted here
    ties = frame([(*pair, sign) for pair, sign in zip(pairs, signs, strict=True) if sign is not None])
    (row,) = triads(ties).to_dict("records")
    assert (row["one"], row["two"], row["three"], row["state"]) == ("CN", "RU", "US", state)
    assert triangle_type(ties, ["US", "CN", "RU"]) == kind


def test_ties_of_nought_and_ties_without_a_row_make_no_triangle() -> None:
    ties = frame([("A", "B", 1), ("A", "C", 1), ("B", "C", 1), ("A", "D", 0), ("B", "D", -1), ("C", "D", -1)])
    found = triads(ties)
    assert found["state"].tolist() == [BALANCED, NEUTRAL, NEUTRAL, BALANCED]
    assert balanced_share(found) == 1
    without = triads(ties[ties["sign"] != 0])
    assert without["state"].tolist() == [BALANCED, UNKNOWN, UNKNOWN, BALANCED]
    assert pd.isna(without.loc[1, "sign_13"]) and found.loc[1, "sign_13"] == 0
    assert set(coded_graph(ties).edges) - set(signed_graph(ties).edges) == {("A", "D")}


def test_no_triangle_has_no_share() -> None:
    assert isnan(balanced_share(triads(frame([("A", "B", 1), ("B", "C", 1)]))))
    assert isnan(balanced_share(triads(frame([]))))
    assert triads(frame([("A", "B", 1)])).empty


@pytest.mark.parametrize("size", [3, 4, 7])
def test_enmity_of_all_balances_nothing_and_friendship_everything(size: int) -> None:
    assert balanced_share(triads(complete(size, -1))) == 0
    assert balanced_share(triads(complete(size, 1))) == 1


@pytest.mark.parametrize(
    ("ties", "said"),
    [
        ([("A", "A", 1)], "A cannot be tied to itself"),
        ([("A", "B", 1), ("B", "A", 1)], "the tie of B and A is given twice"),
        ([("A", "B", 2)], "the tie of A and B must be -1, 0 or 1, found 2"),
        ([("A", "B", None)], "must be -1, 0 or 1"),
    ],
)
def test_what_is_no_tie_is_refused(ties, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        triads(frame(ties))


def test_a_triangle_has_three_actors() -> None:
    with pytest.raises(ValueError, match="three actors, found A, B"):
        triangle_type(complete(3, 1), ["A", "B", "A"])


@given(networks(signs=(-1, 1)), st.data())
def test_switching_all_ties_of_an_actor_leaves_balance_as_it_is(ties: pd.DataFrame, data: st.DataObject) -> None:
    actor = data.draw(st.sampled_from(sorted(coded_graph(ties))))
    switched = ties.assign(
        sign=ties["sign"].where((ties["actor_a"] != actor) & (ties["actor_b"] != actor), -ties["sign"])
    )
    assert triads(switched)["state"].tolist() == triads(ties)["state"].tolist()


@given(st.lists(st.booleans(), min_size=3, max_size=8))
def test_two_camps_are_balanced(camps: list[bool]) -> None:
    actors = dict(zip("ABCDEFGH", camps, strict=False))
    ties = frame([(a, b, 1 if actors[a] == actors[b] else -1) for a, b in product(actors, actors) if a < b])
    assert balanced_share(triads(ties)) == 1
