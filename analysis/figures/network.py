"""Who is spoken of together, drawn as a network on a circle."""

from __future__ import annotations

from math import cos, pi, sin
from typing import Any, Unpack

import networkx as nx
import pandas as pd

from analysis.figures import layout, parts, style
from analysis.figures.figure import Caption, Figure, publish
from analysis.figures.parts import Symbol

_RADII = (1.4, 1.3)
_MORE, _FEWER = "#005A96", "#C84A0A"


def network(
    graph: nx.Graph, *, names: dict[str, str], chance: float, **caption: Unpack[Caption]
) -> Figure:
    """Draw nodes on a circle in their order, and a line between every two that are joined.

    Nodes carry `sections` (size) and edges `sections` (width) and `pmi`: over `chance` bits an edge is drawn as
    more than chance, under minus `chance` as fewer, between them thin and grey. `names` says how a node is
    written. ValueError, naming the figure, for a graph without nodes or a node without a name.
    """
    figure_id = caption["figure_id"]
    if not graph:
        raise ValueError(f"figure {figure_id}: there is nobody to draw")
    if unnamed := [node for node in graph if node not in names]:
        raise ValueError(f"figure {figure_id}: {unnamed[0]!r} has no name")
    line = {"solid_capstyle": "round", "linewidth": 3}
    symbols = [
        Symbol("together more than chance", line={**line, "color": _MORE}),
        Symbol("fewer", line={**line, "color": _FEWER, "linestyle": (0, (2, 1.2))}),
        Symbol("about as chance has it", line={"linewidth": 1.2, "color": style.FAINT}),
    ]
    top = 0.32
    height = top + 2 * _RADII[1] + 0.4 + parts.key_height(symbols)
    canvas = style.canvas(height)
    page = layout.page(canvas)
    middle = (style.WIDTH / 2, top + _RADII[1])
    places = {}
    for place, node in enumerate(graph):
        angle = 2 * pi * place / len(graph) - pi / 2
        places[node] = (middle[0] + _RADII[0] * cos(angle), middle[1] + _RADII[1] * sin(angle))
    most = max((edge["sections"] for *_, edge in graph.edges(data=True)), default=1)
    for one, other, edge in sorted(graph.edges(data=True), key=lambda row: (abs(row[2]["pmi"]), row[0], row[1])):
        look: dict[str, Any]
        if abs(edge["pmi"]) > chance:
            look = {"color": _MORE if edge["pmi"] > 0 else _FEWER, "linewidth": 1.2 + 5 * edge["sections"] / most}
            if edge["pmi"] < 0:
                look["linestyle"] = (0, (2, 1.2))
        else:
            look = {"color": style.GRID, "linewidth": 0.8 + 5 * edge["sections"] / most}
        page.plot(*zip(places[one], places[other], strict=True), zorder=1 + (abs(edge["pmi"]) > chance), gid="edge", **look)
    largest = max(graph.nodes[node]["sections"] for node in graph)
    for node, (across, down) in places.items():
        actor = style.actor(node)
        size = 7 + 15 * (graph.nodes[node]["sections"] / max(largest, 1)) ** 0.5
        page.plot(
            across, down, "o", color=actor.colour, markersize=size, markeredgecolor=style.PAPER, zorder=3, gid="node"
        )
        side = (across - middle[0]) / _RADII[0]
        beside = abs(side) > 0.25
        shift = 0.2 * (1 if side > 0 else -1) if beside else 0.0
        ha = ("left" if side > 0 else "right") if beside else "center"
        level = down + (0.0 if beside else 0.24 if down > middle[1] else -0.24)
        layout.write(page, across + shift, level, names[node], color=actor.ink, ha=ha, va="center", size=style.SIZE)
    parts.key(page, height - parts.key_height(symbols), symbols)
    data = pd.DataFrame(
        [
            {"one": one, "other": other, "sections": edge["sections"], "pmi": edge["pmi"]}
            for one, other, edge in graph.edges(data=True)
        ],
        columns=["one", "other", "sections", "pmi"],
    )
    return publish(canvas, data, **caption)
