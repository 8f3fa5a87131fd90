"""Co-occurrence: published PMI, a small graph by hand, and its edges."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.methods.cooccurrence import cooccurrence, pointwise_mutual_information


@pytest.mark.parametrize(
    "first, second, published",
    [
        (42, 20, 18.38), (41, 27, 17.98), (30, 117, 16.31), (77, 59, 15.94), (24, 320, 15.19),
        (14907, 9017, 1.09), (13484, 10570, 1.01), (14734, 13478, 0.53), (14093, 14776, 0.46), (15019, 15629, 0.29),
    ],
)  # fmt: skip
def test_the_published_table_of_collocations(first: int, second: int, published: float) -> None:
    # Manning and Schütze (1999), table 5.14: every pair 20 times among 14,307,668 words.
    found = pointwise_mutual_information(20, first, second, 14_307_668)
    assert found == pytest.approx(published, abs=5.01e-3)


def test_a_graph_by_hand() -> None:
    present = pd.DataFrame({"a": [1, 1, 1, 0], "b": [1, 1, 0, 0], "c": [0, 0, 1, 1], "d": [0, 0, 0, 0]})
    graph = cooccurrence(present, minimum=2)
    assert dict(graph.nodes(data="sections")) == {"a": 3, "b": 2, "c": 2, "d": 0}
    assert list(graph.edges) == [("a", "b")]
    assert graph.edges["a", "b"]["sections"] == 2
    assert graph.edges["a", "b"]["pmi"] == pytest.approx(0.4150375)  # log2(2 * 4 / (3 * 2))
    assert set(cooccurrence(present, minimum=1).edges) == {("a", "b"), ("a", "c")}


def test_who_is_in_every_section_meets_all_others_as_often_as_chance_has_it() -> None:
    graph = cooccurrence(pd.DataFrame({"a": [1, 1, 1], "b": [1, 0, 1]}), minimum=1)
    assert graph.edges["a", "b"]["pmi"] == 0


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), min_size=1, max_size=12))
def test_pmi_is_positive_just_where_pairs_meet_more_than_chance(rows: list[tuple[bool, bool, bool]]) -> None:
    present = pd.DataFrame(rows, columns=["a", "b", "c"])
    for one, other, edge in cooccurrence(present, minimum=1).edges(data=True):
        chance = present[one].sum() * present[other].sum() / len(present)
        assert (edge["pmi"] > 1e-12) == (edge["sections"] > chance + 1e-9)


def test_impossible_counts_and_empty_tables_are_refused() -> None:
    for counts in ((0, 1, 1, 5), (3, 2, 4, 5), (1, 9, 1, 5)):
        with pytest.raises(ValueError, match="no such counts"):
            pointwise_mutual_information(*counts)
    with pytest.raises(ValueError, match="co-occurrence needs"):
        cooccurrence(pd.DataFrame({"a": []}), 1)
