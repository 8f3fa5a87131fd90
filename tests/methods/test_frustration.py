from __future__ import annotations

from itertools import product
from math import comb, isnan

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from signed_ties import complete, frame, networks, tribes

from analysis.methods.frustration import (
    balance,
    frustration_index,
    one_tie_recoded,
    optimal_partitions,
    together,
    upset_ties,
)
from analysis.methods.signed_balance import signed_graph


def brute_force(ties: pd.DataFrame) -> tuple[int, set[frozenset[frozenset[str]]]]:
    """The index and every optimal division, by looking at each tie under each division in turn."""
    signed = ties[ties["sign"] != 0]
    actors = sorted({*signed["actor_a"], *signed["actor_b"]})
    found: dict[int, set[frozenset[frozenset[str]]]] = {}
    for sides in product((0, 1), repeat=len(actors)):
        side = dict(zip(actors, sides, strict=True))
        rows = signed.itertuples(index=False)
        upset = sum((side[row.actor_a] == side[row.actor_b]) != (row.sign > 0) for row in rows)
        camps = frozenset(frozenset(a for a in actors if side[a] == camp) for camp in (0, 1))
        found.setdefault(upset, set()).add(camps)
    return min(found), found[min(found)]


def camps_of(partitions: pd.DataFrame) -> set[frozenset[frozenset[str]]]:
    return {
        frozenset(frozenset(row.index[row == side]) for side in (True, False)) for _, row in partitions.iterrows()
    }


def test_published_network_has_its_published_frustration() -> None:
    ties = tribes()
    # Aref and Wilson (2018): L = 7 of 58 ties, F = .7586; the share of satisfied ties less upset ones.
    assert frustration_index(ties) == 7
    assert balance(7, len(ties)) == pytest.approx(0.7586, abs=5e-5)
    partitions = optimal_partitions(ties)
    for _, camp in partitions.iterrows():
        assert len(upset_ties(ties, camp)) == 7


@pytest.mark.parametrize("size", range(2, 10))
def test_enmity_of_all_is_least_upset_by_two_halves(size: int) -> None:
    ties = complete(size, -1)
    assert frustration_index(ties) == comb(size, 2) - size**2 // 4
    halves = comb(size, size // 2) // (1 if size % 2 else 2)
    assert len(optimal_partitions(ties)) == halves


@pytest.mark.parametrize("size", range(3, 9))
def test_a_cycle_with_one_enmity_is_upset_once_wherever_it_is_cut(size: int) -> None:
    actors = "ABCDEFGH"[:size]
    ties = frame(
        [(one, other, -1 if place == 0 else 1) for place, (one, other) in enumerate(zip(actors, actors[1:] + "A", strict=True))]
    )
    assert frustration_index(ties) == 1
    assert len(optimal_partitions(ties)) == size


def test_a_balanced_network_has_one_division_and_nothing_upset() -> None:
    ties = frame([("A", "B", 1), ("A", "C", -1), ("B", "C", -1), ("C", "D", 1), ("A", "D", 0)])
    assert frustration_index(ties) == 0
    assert optimal_partitions(ties).to_dict("records") == [{"A": True, "B": True, "C": False, "D": False}]
    shares = together(optimal_partitions(ties))
    assert shares.loc["A", "B"] == 1 and shares.loc["A", "C"] == 0 and shares.loc["D", "D"] == 1


def test_parts_that_no_tie_joins_turn_over_freely() -> None:
    ties = frame([("A", "B", 1), ("C", "D", -1), ("A", "E", 0)])
    partitions = optimal_partitions(ties)
    assert list(partitions) == ["A", "B", "C", "D"]  # E is tied to nobody
    assert together(partitions).loc["A", ["B", "C", "D"]].tolist() == [1, 0.5, 0.5]


def test_nothing_signed_upsets_nothing_and_divides_nothing() -> None:
    nobody = frame([("A", "B", 0)])
    assert frustration_index(nobody) == 0 == frustration_index(frame([]))
    assert isnan(balance(0, 0))
    with pytest.raises(ValueError, match="for 1 to 20 tied actors, found 0"):
        optimal_partitions(nobody)


def test_a_larger_network_has_its_index_but_not_all_its_divisions() -> None:
    ring = [f"N{number:02}" for number in range(30)]
    ties = frame(
        [(one, other, -1 if place % 10 == 0 else 1) for place, (one, other) in enumerate(zip(ring, ring[1:] + ring[:1], strict=True))]
    )
    assert frustration_index(ties) == 1  # three enmities: two of them part the ring, the third is upset
    with pytest.raises(ValueError, match="found 30"):
        optimal_partitions(ties)


@pytest.mark.parametrize(("frustration", "ties"), [(-1, 4), (3, 5)])
def test_frustration_of_more_than_half_the_ties_is_refused(frustration: int, ties: int) -> None:
    with pytest.raises(ValueError, match="between 0 and half of them"):
        balance(frustration, ties)


@given(networks())
def test_both_ways_find_what_brute_force_finds(ties: pd.DataFrame) -> None:
    least, divisions = brute_force(ties)
    assert frustration_index(ties) == least
    partitions = optimal_partitions(ties)
    assert camps_of(partitions) == divisions and len(partitions) == len(divisions)
    signed = signed_graph(ties)
    assert 2 * least <= signed.number_of_edges()
    assert all(len(upset_ties(ties, camp)) == least for _, camp in partitions.iterrows())


@given(networks(), st.data())
def test_switching_all_ties_of_an_actor_leaves_frustration_as_it_is(
    ties: pd.DataFrame, data: st.DataObject
) -> None:
    actor = data.draw(st.sampled_from(sorted(signed_graph(ties))))
    hit = (ties["actor_a"] == actor) | (ties["actor_b"] == actor)
    switched = ties.assign(sign=ties["sign"].where(~hit, -ties["sign"]))
    assert frustration_index(switched) == frustration_index(ties)
    assert len(optimal_partitions(switched)) == len(optimal_partitions(ties))


@settings(max_examples=30)
@given(networks(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_and_of_a_ties_ends_is_nothing(ties: pd.DataFrame, random) -> None:
    turned = ties.rename(columns={"actor_a": "actor_b", "actor_b": "actor_a"}).sample(
        frac=1, random_state=random.randrange(2**32)
    )
    pd.testing.assert_frame_equal(optimal_partitions(turned), optimal_partitions(ties))
    pd.testing.assert_frame_equal(one_tie_recoded(turned), one_tie_recoded(ties))


@settings(max_examples=30)
@given(networks(most=5))
def test_one_tie_recoded_is_what_coding_it_so_gives(ties: pd.DataFrame) -> None:
    least = frustration_index(ties)
    found = one_tie_recoded(ties)
    assert len(found) == 2 * len(ties)
    for row in found.to_dict("records"):
        hit = (ties["actor_a"] == row["actor_a"]) & (ties["actor_b"] == row["actor_b"])
        other = ties.assign(sign=ties["sign"].where(~hit, row["recoded"]))
        assert row["frustration"] == frustration_index(other) == least + row["change"]
        assert abs(row["change"]) <= 1  # a tie is upset or it is not
        if (other["sign"] == 0).all():
            assert row["partitions"] == 0 and not row["same_camps"]
        else:
            assert row["partitions"] == len(optimal_partitions(other))


def test_one_tie_recoded_says_whether_the_camps_stay() -> None:
    ties = frame([("A", "B", 1), ("A", "C", -1), ("B", "C", -1)])
    found = one_tie_recoded(ties).set_index(["actor_a", "actor_b", "recoded"])
    # Without one enmity the other still holds the camps; with it turned, any of three ties may be the upset one.
    assert found.loc["A", "C", 0][["frustration", "partitions", "same_camps"]].tolist() == [0, 1, True]
    assert found.loc["A", "C", 1][["frustration", "partitions", "same_camps"]].tolist() == [1, 3, False]
    alone = one_tie_recoded(frame([("A", "B", -1)])).set_index("recoded")
    assert alone.loc[0, "partitions"] == 0 and not alone.loc[1, "same_camps"]
