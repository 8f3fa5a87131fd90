"""A layered drawing of an acyclic graph: which column a node stands in, and how far down.

The method of Sugiyama, Tagawa & Toda (1981), IEEE Transactions on Systems, Man and Cybernetics 11(2):
layers by longest path, long edges through stand-ins, order by barycentres, then places near neighbours.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import networkx as nx

from analysis.figures import layout

_SWEEPS = 24
_LANE = 0.07  # room, in the unit of the heights, for an edge that passes through a layer


@dataclass(frozen=True)
class Lane:
    """The place where an edge passes a layer on its way."""

    source: Hashable
    target: Hashable
    rank: int


@dataclass(frozen=True)
class Layers:
    """Rank of each node (0 for what nothing follows from) and centre of each node and lane, downwards from 0."""

    ranks: Mapping[Hashable, int]
    centres: Mapping[Hashable, float]
    height: float

    def route(self, source: Hashable, target: Hashable) -> list[tuple[int, float]]:
        """The (rank, centre) of the lanes of an edge, from its source on."""
        between = range(self.ranks[source] - 1, self.ranks[target], -1)
        return [(rank, self.centres[Lane(source, target, rank)]) for rank in between]


def ranks(graph: nx.DiGraph) -> dict[Hashable, int]:
    """The most steps from each node to one that nothing follows from. ValueError when the graph has a cycle."""
    if not nx.is_directed_acyclic_graph(graph):
        steps = " → ".join(str(source) for source, *_ in nx.find_cycle(graph))
        raise ValueError(f"the graph has a cycle: {steps}")
    found: dict[Hashable, int] = {}
    for node in reversed(list(nx.topological_sort(graph))):
        found[node] = max((found[after] + 1 for after in graph.successors(node)), default=0)
    return found


def _crossings(layers: Sequence[Sequence[Hashable]], links: Sequence[tuple[Hashable, Hashable]]) -> int:
    place = {node: (layer, across) for layer, nodes in enumerate(layers) for across, node in enumerate(nodes)}
    gaps: dict[int, list[tuple[int, int]]] = {}
    for source, target in links:
        gaps.setdefault(place[target][0], []).append((place[source][1], place[target][1]))
    return sum((a - c) * (b - d) < 0 for gap in gaps.values() for (a, b), (c, d) in combinations(gap, 2))


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def arrange(graph: nx.DiGraph, heights: Mapping[Hashable, float], order: Sequence[Hashable]) -> Layers:
    """Places for all nodes, none over another, with few crossings; equal input gives equal places.

    `heights` holds the room that each node takes; `order` breaks ties, first on top. ValueError when
    the graph has a cycle.
    """
    rank = ranks(graph)
    first = {node: place for place, node in enumerate(order)}
    layers: list[list[Hashable]] = [[] for _ in range(max(rank.values(), default=0) + 1)]
    for node in order:
        layers[rank[node]].append(node)
    links: list[tuple[Hashable, Hashable]] = []
    for source, target in sorted(set(graph.edges()), key=lambda edge: (first[edge[1]], first[edge[0]])):
        lanes = [Lane(source, target, step) for step in range(rank[source] - 1, rank[target], -1)]
        for lane in lanes:
            layers[lane.rank].append(lane)
        links.extend(pairwise([source, *lanes, target]))
    before: dict[Hashable, list[Hashable]] = {node: [] for layer in layers for node in layer}
    after: dict[Hashable, list[Hashable]] = {node: [] for layer in layers for node in layer}
    for source, target in links:
        before[target].append(source)
        after[source].append(target)

    best, fewest = [list(layer) for layer in layers], _crossings(layers, links)
    for sweep in range(_SWEEPS):
        leftwards = sweep % 2 == 0  # from the conclusions to the premises, then back
        for layer in layers[1:] if leftwards else layers[-2::-1]:
            beside = after if leftwards else before
            place = {node: across for nodes in layers for across, node in enumerate(nodes)}
            layer.sort(key=lambda node: _mean([place[other] for other in beside[node]], place[node]))
        crossings = _crossings(layers, links)
        if crossings < fewest:
            best, fewest = [list(layer) for layer in layers], crossings

    room = {node: _LANE if isinstance(node, Lane) else heights[node] for layer in best for node in layer}
    centres: dict[Hashable, float] = {}
    for layer in best:
        centres.update(
            zip(layer, layout.separate([0.0] * len(layer), [room[node] for node in layer]), strict=True)
        )
    for sweep in range(_SWEEPS):
        for layer in best if sweep % 2 else best[::-1]:
            wanted = [
                _mean([centres[near] for near in before[node] + after[node]], centres[node]) for node in layer
            ]
            centres.update(zip(layer, layout.separate(wanted, [room[node] for node in layer]), strict=True))
    top = min((centre - room[node] / 2 for node, centre in centres.items()), default=0.0)
    bottom = max((centre + room[node] / 2 for node, centre in centres.items()), default=0.0)
    return Layers(rank, {node: centre - top for node, centre in centres.items()}, bottom - top)
