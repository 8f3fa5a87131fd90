"""Argument strength: three semantics by exact arithmetic, linked premises, hinges, laws."""

import math
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import arguments
from analysis.arguments import Argument, build, df_quad, euler_based, excess, quadratic_energy
from analysis.errors import InvalidData


def _argument(*rows: tuple[str, str, str, str]) -> Argument:
    columns = ["inference_id", "from_claim", "to_claim", "relation"]
    return build(pd.DataFrame(rows, columns=columns).assign(warrant="w"))


def test_df_quad_by_exact_arithmetic() -> None:
    # 1 − (1 − .5)(1 − .5) = .75 against .5: .4 + .6 · .25 = .55
    assert df_quad(0.4, [0.5, 0.5], [0.5]) == pytest.approx(0.55)
    # the mirror: .4 − .4 · .25 = .3
    assert df_quad(0.4, [0.5], [0.5, 0.5]) == pytest.approx(0.3)
    assert df_quad(0.4, [0.7], [0.7]) == 0.4
    assert df_quad(0.4, [1.0], []) == 1.0 and df_quad(0.4, [], [1.0]) == 0.0


def test_quadratic_energy_by_exact_arithmetic() -> None:
    # E = 1.1 − .5 = .6; .36 / 1.36 of the way from .4 to 1
    assert quadratic_energy(0.4, [0.6, 0.5], [0.5]) == pytest.approx(0.4 + 0.6 * 0.36 / 1.36)
    assert quadratic_energy(0.4, [0.6, 0.5], [0.5]) == pytest.approx(0.558824, abs=1e-6)
    assert quadratic_energy(0.4, [], [1.0]) == pytest.approx(0.2)


def test_euler_based_by_exact_arithmetic() -> None:
    assert euler_based(0.4, [0.6, 0.5], [0.5]) == pytest.approx(1 - 0.84 / (1 + 0.4 * math.exp(0.6)))
    assert euler_based(0.4, [0.6, 0.5], [0.5]) == pytest.approx(0.514127, abs=1e-6)
    assert euler_based(0.4, [], []) == pytest.approx(0.4)


scores = st.floats(0, 1)
several = st.lists(scores, max_size=4)


@given(st.sampled_from(sorted(arguments.SEMANTICS)), st.floats(0.05, 0.95), several, several, scores)
def test_strength_stays_in_range_and_a_support_never_lowers_it(
    name: str, base: float, supports: list[float], attacks: list[float], more: float
) -> None:
    semantics = arguments.SEMANTICS[name]
    before = semantics(base, supports, attacks)
    assert 0 <= before <= 1
    assert semantics(base, [*supports, more], attacks) >= before - 1e-9
    assert semantics(base, supports, [*attacks, more]) <= before + 1e-9


@given(st.sampled_from(sorted(arguments.SEMANTICS)), st.floats(0.05, 0.95))
def test_without_support_or_attack_the_base_stands(name: str, base: float) -> None:
    assert arguments.SEMANTICS[name](base, [], []) == pytest.approx(base)


LINKED = _argument(
    ("i1", "p1", "m", "support"),
    ("i1", "p2", "m", "support"),
    ("i2", "m", "c", "support"),
    ("i3", "p3", "c", "attack"),
)


def test_linked_premises_act_with_their_weakest() -> None:
    base = LINKED.base_scores({"p1": "Supported", "p2": "Supported", "p3": "Refuted", "m": "", "c": ""})
    # .9 passes on .8: m = .5 + .5 · .8 = .9; c = .9 by the same step; the refuted attack adds nothing
    assert LINKED.strengths(base)["c"] == pytest.approx(0.9)
    weaker = LINKED.base_scores({"p1": "Supported", "p2": "Open", "p3": "Refuted", "m": "", "c": ""})
    assert LINKED.strengths(weaker)["c"] == 0.5


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8), st.booleans()), max_size=20))
def test_all_premises_refuted_leave_every_conclusion_at_its_base(edges: list[tuple[int, int, bool]]) -> None:
    rows = [
        (f"i{place}", f"n{low}", f"n{high}", "support" if supports else "attack")
        for place, (low, high, supports) in enumerate(
            {(min(a, b), max(a, b), s) for a, b, s in edges if a != b}
        )
    ]
    argument = _argument(*rows)
    base = argument.base_scores(dict.fromkeys(argument.order, "Refuted"))
    strengths = argument.strengths(base)
    assert all(strengths[claim] == base[claim] for claim in argument.order)


def test_order_of_rows_never_matters() -> None:
    frame = pd.DataFrame(
        [("i1", "p1", "m", "support"), ("i1", "p2", "m", "support"), ("i2", "m", "c", "attack")],
        columns=["inference_id", "from_claim", "to_claim", "relation"],
    ).assign(warrant="w")
    assert build(frame) == build(frame.iloc[::-1])


def test_hinges_list_ties_and_say_how_far_they_move_the_conclusion() -> None:
    labels = {"p1": "Supported", "p2": "Supported", "p3": "Refuted", "m": "", "c": ""}
    fall, rise = LINKED.hinges(LINKED.base_scores(labels), "c")
    assert fall.premises == ("p1", "p2") and fall.change == pytest.approx(0.5 - 0.9)
    # the attack's premise can rise, but that lowers the conclusion: nothing raises it
    assert rise.premises == () and rise.change == 0


def test_a_single_rise_that_completes_a_link_is_the_other_hinge() -> None:
    labels = {"p1": "Supported", "p2": "Not enough evidence", "p3": "Refuted", "m": "", "c": ""}
    fall, rise = LINKED.hinges(LINKED.base_scores(labels), "c")
    assert fall.premises == () and rise.premises == ("p2",) and rise.change == pytest.approx(0.4)


def test_a_circle_is_refused_with_its_path() -> None:
    with pytest.raises(InvalidData, match="circle: a → b → c → a") as refusal:
        _argument(("i1", "a", "b", "support"), ("i2", "b", "c", "attack"), ("i3", "c", "a", "support"))
    (defect,) = refusal.value.defects
    assert (defect.file, defect.column, defect.value) == ("inferences.csv", "to_claim", "a")


def test_implications_are_no_part_of_the_graph() -> None:
    argument = _argument(("i1", "a", "b", "support"), ("i2", "b", "a", "implies"))
    assert argument.order == ["a", "b"]


def test_unproven_premises_pass_nothing_on() -> None:
    assert [excess(strength) for strength in (0.1, 0.5, 0.75, 0.9)] == pytest.approx([0, 0, 0.5, 0.8])


def test_robustness_varies_semantics_transfer_and_base() -> None:
    labels = {"p1": "Supported", "p2": "Supported", "p3": "Refuted", "m": "", "c": ""}
    frame = LINKED.robustness(labels, "c")
    assert len(frame) == 3 * 2 * 3 and frame["strength"].between(0, 1).all()
    assert set(frame["semantics"]) == {"DF-QuAD", "quadratic energy", "Euler-based"}
    rising = frame[(frame["semantics"] == "DF-QuAD") & (frame["transfer"] == "excess over one half")][
        "strength"
    ]
    assert all(one < other for one, other in pairwise(rising))


@given(st.randoms(use_true_random=False), st.sampled_from(sorted(arguments.SEMANTICS)))
def test_a_fall_changes_the_strengths_as_if_all_were_computed_again(random, name: str) -> None:
    # Claims in a row: each may support or attack any later one, so there is no circle.
    claims = [f"c{place}" for place in range(8)]
    rows = [
        (f"i{one}{other}", claims[one], claims[other], random.choice(["support", "attack"]))
        for one in range(8)
        for other in range(one + 1, 8)
        if random.random() < 0.4
    ] or [("i01", "c0", "c1", "support")]
    argument, semantics = _argument(*rows), arguments.SEMANTICS[name]
    base = {claim: random.choice([0.1, 0.5, 0.9]) for claim in argument.order}
    start = argument.strengths(base, semantics)
    falls = argument.falls(base, argument.order, semantics)
    assert list(falls.index) == [premise for premise in argument.premises if base[premise] > 0.1]
    for premise, row in falls.iterrows():
        after = argument.strengths({**base, premise: 0.1}, semantics)
        assert row.to_dict() == pytest.approx({claim: after[claim] - start[claim] for claim in argument.order})
