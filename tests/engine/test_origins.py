"""Independence: one origin counts once."""

import random
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from rows import tables

from analysis.origins import Observation, count_origins, independent
from analysis.readings import Library


def _rows(*rows: dict[str, Any]) -> list[Observation]:
    sources = [
        {"source_id": name, "kind": kind, "published": "2024-01-31"}
        for name, kind in (("x", "official"), ("y", "press"), ("z", "article"))
    ]
    library = Library(tables(observations=list(rows), series=[{}], sources=sources))
    return [row for found in library.observations.values() for row in found]


def _kept(*rows: dict[str, Any]) -> list[Decimal]:
    return sorted(row.value for row in independent(_rows(*rows)))


def test_two_origins_are_two() -> None:
    assert _kept({"value": "10"}, {"value": "10", "origin_ids": "p"}) == [10, 10]


def test_a_relay_of_the_same_figure_is_not_counted_and_the_most_precise_one_stands() -> None:
    assert _kept(
        {"value": "36"}, {"value": "36.5", "source_id": "y"}, {"value": "36.46", "source_id": "y"}
    ) == [Decimal("36.46")]


def test_of_relays_alike_in_all_else_the_official_one_stands() -> None:
    (kept,) = independent(_rows({"value": "36", "source_id": "y"}, {"value": "36", "source_id": "x"}))
    assert kept.source_kind == "official"


def test_relays_that_really_disagree_are_two() -> None:
    assert _kept({"value": "36.5"}, {"value": "38.5", "source_id": "y"}) == [Decimal("36.5"), Decimal("38.5")]


def test_relays_one_last_digit_apart_are_one_wherever_they_stand() -> None:
    """2.05 is printed as 2.0 or 2.1, whatever binary arithmetic makes of the sums."""
    for tenths in range(100):
        printed, next_one, after = (f"{Decimal(tenths + step).scaleb(-1):.1f}" for step in range(3))
        assert len(_kept({"value": printed}, {"value": next_one, "source_id": "y"})) == 1, printed
        assert len(_kept({"value": printed}, {"value": after, "source_id": "y"})) == 2, printed


def test_a_bound_that_agrees_with_a_point_is_its_relay() -> None:
    assert _kept({"value": "50", "bound": "above"}, {"value": "52"}) == [52]
    assert _kept({"value": "50", "bound": "above"}, {"value": "48"}) == [48, 50]


def test_of_bounds_the_one_that_says_more_stands_and_opposite_ones_are_two() -> None:
    assert _kept({"value": "50", "bound": "above"}, {"value": "80", "bound": "above"}) == [80]
    assert _kept({"value": "50", "bound": "below"}, {"value": "80", "bound": "below"}) == [50]
    assert _kept({"value": "50", "bound": "above"}, {"value": "60", "bound": "below"}) == [50, 60]


def test_a_bound_that_an_approximation_reaches_over_is_its_relay() -> None:
    assert _kept({"value": "50", "bound": "above"}, {"value": "48", "bound": "about"}) == [48]


def test_an_outturn_stands_before_the_estimate_that_it_replaces() -> None:
    estimate = {"value": "40.55", "status": "estimate"}
    assert _kept({"value": "36.5"}, estimate) == [Decimal("36.5")]
    assert _kept({"value": "36.5", "origin_ids": "p"}, estimate) == [Decimal("36.5"), Decimal("40.55")]


def test_the_latest_vintage_of_an_origin_stands() -> None:
    assert _kept({"value": "2.1", "vintage": "2024-02"}, {"value": "3.6", "vintage": "2024-12"}) == [
        Decimal("3.6")
    ]


def test_a_derived_row_counts_only_where_no_direct_row_of_its_origins_does() -> None:
    derived = {"value": "40", "quality": "derived", "origin_ids": "o;p"}
    assert _kept({"value": "10"}, derived) == [10]
    assert _kept({"value": "10", "origin_ids": "q"}, derived) == [10, 40]


def test_rows_of_kind_article_never_count() -> None:
    assert _kept({"value": "10", "source_id": "z"}) == []


def test_a_chain_of_shared_origins_is_one_piece_of_evidence() -> None:
    assert (
        count_origins(
            _rows(
                {"value": "1", "origin_ids": "a;b"},
                {"value": "2", "origin_ids": "b;c"},
                {"value": "3", "origin_ids": "d"},
            )
        )
        == 2
    )


def test_known_errors_are_corrected_before_anything_counts() -> None:
    row = {"observation_id": "r", "value": "46"}
    fixed = {"observation_id": "r", "action": "override", "expected": "46", "value": "41.6"}
    dropped = {"observation_id": "r", "action": "drop", "expected": "46"}
    for correction, values in ((fixed, [Decimal("41.6")]), (dropped, [])):
        library = Library(tables(observations=[row], series=[{}], corrections=[correction]))
        assert [row.value for found in library.observations.values() for row in found] == values


observations = st.lists(
    st.fixed_dictionaries(
        {
            "value": st.decimals(0, 100, places=1, allow_nan=False).map(str),
            "origin_ids": st.sampled_from(["o", "p", "o;p", "q"]),
            "quality": st.sampled_from(["official", "derived"]),
            "vintage": st.sampled_from(["", "2023-12", "2024-01"]),
        }
    ),
    max_size=6,
)


@given(observations, st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(rows: list[dict[str, str]], random_order: random.Random) -> None:
    shuffled = list(rows)
    random_order.shuffle(shuffled)
    assert _kept(*rows) == _kept(*shuffled)


@given(observations)
def test_adding_a_relay_changes_nothing(rows: list[dict[str, str]]) -> None:
    relays = [{**row, "source_id": "y", "known_since": "2024-03-01"} for row in rows]
    assert _kept(*rows, *relays) == _kept(*rows)
