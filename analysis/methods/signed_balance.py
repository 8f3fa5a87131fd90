"""Balance of signed relations: is a friend's friend a friend, and an enemy's enemy too?

A triangle is balanced if the product of its three signs is positive (Cartwright, D. and Harary, F., 1956,
Psychological Review 63: 277-293); the share of balanced triangles is the older measure of how near a network
is to falling into two camps. A triangle of powers is named after Dittmer, L. (1981), World Politics 33:
485-515: all friends, a menage a trois; one pivot friendly with two that are hostile to each other, a romantic
triangle; two friends hostile to a third, a stable marriage. All hostile, which he leaves out, is the unit veto
of later writers.

A tie coded 0, neither friendly nor hostile, is no tie: it is not hostile, and makes no triangle. A tie without
a row is not known. Neither kind enters a share; both are counted aloud.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from math import prod
from typing import NamedTuple

import networkx as nx
import pandas as pd

BALANCED, UNBALANCED = "balanced", "unbalanced"
NEUTRAL, UNKNOWN = "a tie is neither", "a tie is not known"

MENAGE, ROMANTIC, MARRIAGE, VETO = "ménage à trois", "romantic triangle", "stable marriage", "unit veto"


class Triangle(NamedTuple):
    """A type after Dittmer, and who is its pivot (one) or its couple (two); nobody stands out in the others."""

    kind: str
    who: tuple[str, ...] = ()


def coded_graph(ties: pd.DataFrame) -> nx.Graph:
    """All coded ties, 0 among them, as an undirected graph whose edges carry `sign`.

    Takes one row a tie with the columns actor_a, actor_b and sign (-1, 0 or 1). Raises ValueError for any
    other sign, for an actor tied to itself and for a tie that is given twice, in either order.
    """
    graph = nx.Graph()
    for one, other, sign in ties[["actor_a", "actor_b", "sign"]].itertuples(index=False, name=None):
        if one == other:
            raise ValueError(f"{one} cannot be tied to itself")
        if graph.has_edge(one, other):
            raise ValueError(f"the tie of {one} and {other} is given twice")
        if pd.isna(sign) or sign not in (-1, 0, 1):
            raise ValueError(f"the tie of {one} and {other} must be -1, 0 or 1, found {sign}")
        graph.add_edge(one, other, sign=int(sign))
    return graph


def signed_graph(ties: pd.DataFrame) -> nx.Graph:
    """The friendly and hostile ties alone, with the actors that have any; takes and raises as coded_graph."""
    graph = coded_graph(ties)
    return nx.Graph(graph.edge_subgraph([edge for edge in graph.edges if graph.edges[edge]["sign"]]))


def triads(ties: pd.DataFrame) -> pd.DataFrame:
    """Every three actors of the ties, in alphabetical order, and whether they are balanced.

    Takes and raises as coded_graph. Columns: one, two, three, sign_12, sign_13, sign_23 (NA where no row
    codes the tie) and state, which is BALANCED or UNBALANCED, NEUTRAL where a tie is 0, and UNKNOWN where a
    tie has no row, the latter first.
    """
    graph = coded_graph(ties)
    rows = []
    for group in combinations(sorted(graph), 3):
        signs = [graph.get_edge_data(*pair, {}).get("sign") for pair in combinations(group, 2)]
        rows.append((*group, *signs, _state(signs)))
    columns = ["one", "two", "three", "sign_12", "sign_13", "sign_23", "state"]
    found = pd.DataFrame(rows, columns=columns, dtype=object)
    return found.astype({"sign_12": "Int64", "sign_13": "Int64", "sign_23": "Int64"})


def _state(signs: list[int | None]) -> str:
    known = [sign for sign in signs if sign is not None]
    if len(known) < len(signs):
        return UNKNOWN
    product = prod(known)
    return NEUTRAL if product == 0 else BALANCED if product > 0 else UNBALANCED


def balanced_share(found: pd.DataFrame) -> float:
    """Balanced triangles over all triangles of friendly and hostile ties, 0 to 1; NaN if there is none.

    Takes what triads gives.
    """
    closed = found["state"].isin([BALANCED, UNBALANCED])
    return float((found.loc[closed, "state"] == BALANCED).mean())


def triangle_type(ties: pd.DataFrame, actors: Iterable[str]) -> Triangle | None:
    """The type of the triangle of three actors after Dittmer; None if one of its ties is 0 or has no row.

    Takes and raises as coded_graph; ValueError, too, unless the actors are three.
    """
    group = sorted(set(actors))
    if len(group) != 3:
        raise ValueError(f"a triangle has three actors, found {', '.join(group)}")
    graph = coded_graph(ties)
    signs = {pair: graph.get_edge_data(*pair, {}).get("sign") for pair in combinations(group, 2)}
    if not all(signs.values()):
        return None
    friends = [pair for pair, sign in signs.items() if sign == 1]
    if len(friends) == 3:
        return Triangle(MENAGE)
    if len(friends) == 2:
        (pivot,) = set(friends[0]) & set(friends[1])
        return Triangle(ROMANTIC, (pivot,))
    return Triangle(MARRIAGE, friends[0]) if friends else Triangle(VETO)
