"""Signed ties at five dates: what is drawn and said is what the rows say, recomputed from the files."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, product

import pandas as pd
import pytest
from chapter_rows import numbers_in, read_rows, with_cell, with_table, without_rows

from analysis.chapter import Chapter, read_chapter
from analysis.chapters.reset import network
from analysis.figures.figure import Figure
from analysis.figures.table import Table

SHOWN: dict[str, Callable[[Chapter], Figure | Table]] = {
    "reset-network": network.networks,
    "reset-triangle": network.triangle,
    "reset-camps": network.camps,
    "reset-balance": network.balance_table,
    "reset-recoded": network.recoded,
    "reset-ties": network.ties_table,
    "reset-paths": network.paths,
}
Signs = dict[frozenset[str], int]


@pytest.fixture(scope="module")
def own() -> Chapter:
    return read_chapter("reset")


def signs() -> dict[str, Signs]:
    """The settled signs by date and pair."""
    found: dict[str, Signs] = {}
    for row in read_rows("relations"):
        found.setdefault(row["period"], {})[frozenset((row["actor_a"], row["actor_b"]))] = int(row["sign"])
    return dict(sorted(found.items()))


def best(given: Signs) -> tuple[int, list[dict[str, int]]]:
    """The least number of ties at odds and every division that leaves so many, each turned both ways."""
    tied = sorted({actor for pair, sign in given.items() if sign for actor in pair})
    edges = [(*sorted(pair), sign) for pair, sign in given.items() if sign]
    counted: dict[int, list[dict[str, int]]] = {}
    for camps in product((0, 1), repeat=len(tied)):
        side = dict(zip(tied, camps, strict=True))
        upset = sum((side[a] == side[b]) != (sign > 0) for a, b, sign in edges)
        counted.setdefault(upset, []).append(side)
    return min(counted), counted[min(counted)]


@pytest.fixture(scope="module")
def splits() -> dict[str, tuple[int, list[dict[str, int]]]]:
    return {period: best(given) for period, given in signs().items()}


def resigned(chapter: Chapter, one: str, other: str, period: str, sign: int) -> Chapter:
    return with_cell(chapter, "relations", "sign", sign, actor_a=one, actor_b=other, period=period)


@pytest.mark.parametrize("shown", SHOWN)
def test_a_changed_sign_changes_what_is_shown(own: Chapter, shown: str) -> None:
    last = max(signs())
    changed = resigned(own, "CN", "RU", last, -1)
    assert SHOWN[shown](own).csv != SHOWN[shown](changed).csv


@pytest.mark.parametrize("shown", SHOWN)
def test_without_rows_the_error_names_the_figure(own: Chapter, shown: str) -> None:
    with pytest.raises(ValueError, match=f"figure {shown}: there is no row to draw"):
        SHOWN[shown](without_rows(own, "relations"))


def test_the_picture_counts_ties_at_odds_and_who_stands_together(own: Chapter, splits) -> None:
    drawn = network.networks(own)
    least = [count for count, _ in splits.values()]
    span = str(least[0]) if len(set(least)) == 1 else f"{min(least)} to {max(least)}"
    assert f"Two camps leave {span} ties at odds" in drawn.title

    def always(one: str, other: str) -> int:
        return sum(all(side[one] == side[other] for side in sides) for _, sides in splits.values())

    count = {0: "none of 5", 5: "all 5"}
    assert f"China and Russia at {count.get(always('CN', 'RU'), always('CN', 'RU'))} dates" in drawn.title
    assert drawn.title.endswith(f"the United States at {count.get(always('RU', 'US'), always('RU', 'US'))}")
    assert len(drawn.data) == len(read_rows("relations"))
    for period, (_, sides) in splits.items():
        upset = {
            pair: [(side[min(pair)] == side[max(pair)]) != (sign > 0) for side in sides]
            for pair, sign in signs()[period].items()
            if sign
        }
        rows = drawn.data[drawn.data["panel"] == network.moment(period).capitalize()]
        for row in rows.to_dict("records"):
            given = upset.get(frozenset((row["actor_a"], row["actor_b"])), [False])
            assert row["upset"] == ("always" if all(given) else "some" if any(given) else "")


def test_dates_are_named_as_the_coders_windows_go() -> None:
    names = {"2021": "2021", "2025-06": "mid-2025", "2025-12": "late 2025", "2026-06": "mid-2026"}
    assert {period: network.moment(period) for period in names} == names


def test_the_triangle_has_its_type(own: Chapter) -> None:
    drawn = network.triangle(own)
    typed = 0
    for period, given in signs().items():
        edges = [given.get(frozenset(pair)) for pair in combinations(("CN", "RU", "US"), 2)]
        panel = drawn.data[drawn.data["panel"] == network.moment(period).capitalize()]
        said = panel["type"].iloc[0]
        if all(edges):
            typed += 1
            kinds = {(1, -1, -1): "stable marriage, CN–RU", (1, -1, 1): "romantic triangle, pivot RU"}
            assert said == kinds.get(tuple(edges), said)
        else:
            assert said.startswith("no type: ") and said.count("–") == edges.count(0) + edges.count(None)
    assert numbers_in(drawn.title)[:2] == [typed, 5]
    pivot = resigned(resigned(own, "RU", "US", "2025-06", 1), "CN", "US", "2025-06", -1)
    assert "its pivot at 1 of 5" in network.triangle(pivot).title


def test_camps_are_shares_of_the_best_splits(own: Chapter, splits) -> None:
    data = network.camps(own).data
    for row in data.to_dict("records"):
        (period,) = (one for one in splits if network.moment(one).capitalize() == row["column"])
        sides = splits[period][1]
        if row["actor"] not in sides[0]:
            assert pd.isna(row["share"])
        else:
            assert row["share"] == pytest.approx(
                sum(side[row["actor"]] == side["US"] for side in sides) / len(sides)
            )
    firm = {
        actor: set(part["share"].dropna()) for actor, part in data.groupby("actor") if part["share"].notna().any()
    }
    with_us, against = (sum(given == {camp} for given in firm.values()) for camp in (1.0, 0.0))
    assert numbers_in(network.camps(own).title) == [with_us + against, len(firm), with_us, against]


def test_balance_is_counted_on_all_ties_and_on_those_of_every_date(own: Chapter, splits) -> None:
    data = network.balance_table(own).data
    shared = set.intersection(*(set(given) for given in signs().values()))
    for period, given in signs().items():
        for scope, ties in (("all known", given), ("same at all dates", {pair: given[pair] for pair in shared})):
            row = data[(data["date"] == network.moment(period).capitalize()) & (data["ties"] == scope)].iloc[0]
            actors = sorted({actor for pair in ties for actor in pair})
            products = [
                ties.get(frozenset((a, b)), 0) * ties.get(frozenset((a, c)), 0) * ties.get(frozenset((b, c)), 0)
                for a, b, c in combinations(actors, 3)
            ]
            assert (row["triangles"], row["balanced"]) == (sum(map(abs, products)), products.count(1))
            least, sides = best(ties)
            signed = sum(map(abs, ties.values()))
            assert (row["known"], row["signed"], row["frustration"], row["splits"]) == (
                len(ties), signed, least, len(sides) / 2,
            )  # fmt: skip
            assert row["balance"] == pytest.approx(1 - 2 * least / signed)


def test_every_known_tie_is_given_its_two_other_codes(own: Chapter) -> None:
    shown = network.recoded(own)
    assert len(shown.data) == 2 * len(read_rows("relations"))
    assert (shown.data["sign"] != shown.data["recoded"]).all()
    telling = shown.data[shown.data["moved"] != ""]
    assert shown.html.count("<tr>") - 1 == len(telling)
    assert numbers_in(shown.title)[:2] == [len(telling), len(shown.data)]
    assert not telling["same_camps"].any()


def test_paths_count_steps_to_each_balanced_triangle(own: Chapter) -> None:
    shown = network.paths(own)
    last = signs()[max(signs())]
    edges = [last[frozenset(pair)] for pair in combinations(("CN", "RU", "US"), 2)]
    wanted = {
        "China and Russia against the United States": (1, -1, -1),
        "Russia and the United States against China": (-1, -1, 1),
        "China and the United States against Russia": (-1, 1, -1),
        "all three friends": (1, 1, 1),
    }
    steps = {name: sum(abs(a - b) for a, b in zip(edges, given, strict=True)) for name, given in wanted.items()}
    assert dict(zip(shown.data["triangle"], shown.data.iloc[:, -1], strict=True)) == steps
    for name, count in steps.items():
        if count == min(steps.values()):
            assert name in shown.title
    gone = with_table(
        own,
        "relations",
        lambda frame: frame[(frame["actor_a"] != "CN") | (frame["actor_b"] != "RU") | (frame["period"] != max(signs()))],
    )
    with pytest.raises(ValueError, match="reset-paths: a tie of the triangle is not known in mid-2026"):
        network.paths(gone)


def test_whether_russia_joined_against_china_follows_the_signs(own: Chapter) -> None:
    text = str(network.against_china(own).data)
    hostile = [period for period, given in signs().items() if given[frozenset(("CN", "RU"))] == -1]
    assert ("hostile at none of the dates" in text) == (not hostile)
    assert "romantic triangle with Russia as its pivot" in text and "in 3 ways" in text
    turned = str(network.against_china(resigned(own, "CN", "RU", "2026-06", -1)).data)
    assert "hostile at mid-2026" in turned


def test_every_tie_leads_to_its_source(own: Chapter) -> None:
    shown = network.ties_table(own)
    assert shown.html.count('href="sources.html#source-') == len(read_rows("relations"))
    rows = read_rows("relations")
    counts = [sum(int(row["sign"]) == sign for row in rows) for sign in (1, 0, -1)]
    assert numbers_in(shown.title) == [len(rows), len(signs()), *counts]


def test_the_coders_agreement_is_counted(own: Chapter) -> None:
    codes = {coder: {row["key"]: row["code"] for row in read_rows("codings", table="relations", coder=coder)} for coder in ("first", "second")}
    both = set(codes["first"]) & set(codes["second"])
    equal = sum(codes["first"][key] == codes["second"][key] for key in both)
    text = str(network.coders(own).data)
    assert f"{equal} of {len(both)} codes equal" in text
    with pytest.raises(ValueError, match="reset-tie-coders"):
        network.coders(without_rows(own, "codings"))
