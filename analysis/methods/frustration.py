"""Frustration: the fewest ties that stand against a division of all actors into two camps.

A division is upset by every friendly tie between the camps and every hostile tie within one; the frustration
index L is the least number of such ties over all divisions (Harary, F., 1959, Behavioral Science 4: 316-322),
and F = 1 - 2 L / m with m ties is 1 for perfect balance and at least 0 (Aref, S. and Wilson, M. C., 2018,
Journal of Complex Networks 6: 163-189). L is found exactly by the integer programme of Aref, S., Mason, A. J.
and Wilson, M. C. (2020), Networks 75: 95-110. Several divisions may be optimal, and then none of them is "the"
camps: all are given, up to naming the camps, with how often two actors share one.

Ties coded 0 bind nobody and do not count; actors without a friendly or hostile tie belong to no camp. Parts of
a network that no tie joins may each be turned over, so that actors of two parts share a camp in one half of the
optimal divisions.
"""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from analysis.methods.signed_balance import coded_graph, signed_graph

MOST = 20
"""Actors up to which all divisions, 2 to the power of one less, are run through."""


def frustration_index(ties: pd.DataFrame) -> int:
    """The least number of ties that a division into two camps leaves upset, exactly, for a network of any size.

    Takes and raises as signed_balance.coded_graph; 0 for a network without a friendly or hostile tie.
    RuntimeError if the solver does not prove its answer.
    """
    graph = signed_graph(ties)
    if not graph:
        return 0
    place = {actor: number for number, actor in enumerate(sorted(graph))}
    edges = sorted(tuple(sorted(edge)) for edge in graph.edges)
    actors, size = len(place), len(place) + len(edges)
    rows: list[list[tuple[int, int]]] = []
    limits: list[int] = []
    for number, (one, other) in enumerate(edges):
        first, second, upset = place[one], place[other], actors + number
        if graph.edges[one, other]["sign"] > 0:  # upset at least the distance of the two camps
            rows += [[(upset, 1), (first, -1), (second, 1)], [(upset, 1), (first, 1), (second, -1)]]
            limits += [0, 0]
        else:  # upset when both are in camp 0, and when both are in camp 1
            rows += [[(upset, 1), (first, 1), (second, 1)], [(upset, 1), (first, -1), (second, -1)]]
            limits += [1, -1]
    entries = [(row, column, value) for row, cells in enumerate(rows) for column, value in cells]
    line, column, value = (np.array(part) for part in zip(*entries, strict=True))
    upper = np.ones(size)
    upper[place[max(sorted(graph), key=graph.degree)]] = 0  # which camp is called which is free
    result = milp(
        np.repeat([0.0, 1.0], [actors, len(edges)]),
        constraints=LinearConstraint(coo_array((value, (line, column)), shape=(len(rows), size)), lb=limits),
        bounds=Bounds(0, upper),
        integrality=np.repeat([1, 0], [actors, len(edges)]),
        options={"mip_rel_gap": 0.0},
    )
    if result.status != 0:
        raise RuntimeError(f"the frustration index was not found: {result.message}")
    return round(result.fun)


def balance(frustration: int, ties: int) -> float:
    """F = 1 - 2 L / m, from 0 to 1; NaN for a network without ties. Raises ValueError if L exceeds m / 2."""
    if not 0 <= 2 * frustration <= ties:
        raise ValueError(f"frustration of {ties} ties must lie between 0 and half of them, found {frustration}")
    return 1 - 2 * frustration / ties if ties else float("nan")


def optimal_partitions(ties: pd.DataFrame) -> pd.DataFrame:
    """All divisions into two camps that upset the fewest ties: one row each, one column an actor.

    A cell says whether the actor shares the camp of the first actor in alphabetical order, so that renaming
    the camps makes no new row; rows are sorted. Takes and raises as signed_balance.coded_graph; ValueError,
    too, for a network of more than MOST actors or without a friendly or hostile tie.
    """
    return _optimal(signed_graph(ties))[1]


def _optimal(graph: nx.Graph) -> tuple[int, pd.DataFrame]:
    """The frustration index and all optimal divisions, out of all divisions there are."""
    actors = sorted(graph)
    if not 0 < len(actors) <= MOST:
        raise ValueError(f"divisions are run through for 1 to {MOST} tied actors, found {len(actors)}")
    numbers = np.arange(2 ** (len(actors) - 1))
    camps = [np.ones_like(numbers), *(1 - 2 * (numbers >> place & 1) for place in range(len(actors) - 1))]
    divisions = np.stack(camps, axis=1).astype(np.int16)
    signs = nx.to_numpy_array(graph, actors, dtype=np.int16, weight="sign")
    satisfied_less_upset = ((divisions @ signs) * divisions).sum(axis=1) // 2
    upset = (graph.number_of_edges() - satisfied_less_upset) // 2
    best = pd.DataFrame(divisions[upset == upset.min()] > 0, columns=actors)
    return int(upset.min()), best.sort_values(actors, ascending=False, ignore_index=True)


def upset_ties(ties: pd.DataFrame, camp: pd.Series) -> pd.DataFrame:
    """The friendly and hostile ties that a division upsets: actor_a, actor_b and sign, sorted.

    Takes the ties as signed_balance.coded_graph does and a row of optimal_partitions.
    """
    graph = signed_graph(ties)
    edges = [
        (*sorted(edge), sign)
        for *edge, sign in graph.edges(data="sign")
        if (camp[edge[0]] == camp[edge[1]]) != (sign > 0)
    ]
    return pd.DataFrame(sorted(edges), columns=["actor_a", "actor_b", "sign"])


def together(partitions: pd.DataFrame) -> pd.DataFrame:
    """Share of optimal divisions, 0 to 1, in which two actors share a camp, actors by actors.

    Takes what optimal_partitions gives. 0 and 1 are sure; what lies between depends on the division.
    """
    camps = 2 * partitions.to_numpy(dtype=float) - 1
    shares = (1 + camps.T @ camps / len(camps)) / 2
    return pd.DataFrame(shares, index=partitions.columns, columns=partitions.columns)


def one_tie_recoded(ties: pd.DataFrame) -> pd.DataFrame:
    """What becomes of frustration and camps when a single coded tie is given each of its two other codes.

    Takes and raises as optimal_partitions. One row a tie and code: actor_a, actor_b, sign, recoded,
    frustration, change (of the index), partitions (how many are optimal) and same_camps (whether the optimal
    divisions of the actors tied both before and after are the ones they were). Sorted by tie and code.
    """
    index, before = _optimal(signed_graph(ties))
    edges = sorted((*sorted((one, other)), sign) for one, other, sign in coded_graph(ties).edges(data="sign"))
    frame = pd.DataFrame(edges, columns=["actor_a", "actor_b", "sign"])
    rows = []
    for line, (one, other, sign) in enumerate(edges):
        for code in sorted({-1, 0, 1} - {sign}):
            changed = frame.copy()
            changed.loc[line, "sign"] = code
            graph = signed_graph(changed)
            if not graph:  # the only tie is gone, and with it every camp
                rows.append((one, other, sign, code, 0, -index, 0, False))
                continue
            least, after = _optimal(graph)
            same = _camps(before, after) == _camps(after, before)
            rows.append((one, other, sign, code, least, least - index, len(after), same))
    columns = ["actor_a", "actor_b", "sign", "recoded", "frustration", "change", "partitions", "same_camps"]
    return pd.DataFrame(rows, columns=columns)


def _camps(partitions: pd.DataFrame, other: pd.DataFrame) -> set[tuple[bool, ...]]:
    """The divisions of the actors that both frames have, by who shares the first one's camp."""
    actors = [actor for actor in partitions if actor in other]
    return {tuple((row == row[0]).tolist()) for row in partitions[actors].to_numpy()}
