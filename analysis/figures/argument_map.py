"""An argument as a picture: claims as cards, premises left of the conclusions that they support or attack."""

from __future__ import annotations

from collections.abc import Hashable
from itertools import pairwise
from typing import Any, Unpack

import networkx as nx
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Polygon, Rectangle
from matplotlib.path import Path

from analysis.figures import layered, layout, numbers, parts, style
from analysis.figures.figure import Caption, Figure, publish
from analysis.figures.parts import Symbol

_SIZE = 8.0  # points
_BADGE = 0.2  # inches
_PAD = 0.05
_GAP = 0.36  # between columns
_BETWEEN = 0.11  # between cards in a column
_TARGET = 4.8  # width that a map of few columns takes
_NARROWEST, _WIDEST = 1.2, 2.0  # cards
_PORT = 0.12  # least room between two arrow heads
_BAR = 0.035  # height of the bar of strength

_EDGES: dict[str, dict[str, Any]] = {
    "support": {"color": "#6B7480", "linewidth": 1.1},
    "attack": {"color": style.VERDICTS["Refuted"].ink, "linewidth": 1.3, "linestyle": (0, (4, 1.6))},
    "implies": {"color": "#6B7480", "linewidth": 1.1, "linestyle": (0, (1, 1.4))},
}
_WORDS = {"support": "supports", "attack": "attacks", "implies": "necessarily implies"}

Bundle = tuple[str, list[Hashable], bool]
"""Edges that reach a conclusion at one point: their relation, their premises, whether these are linked."""


def _bundles(graph: nx.DiGraph, figure_id: str) -> dict[Hashable, list[Bundle]]:
    """Each conclusion's bundles: one for every linked inference, one for all lone premises of a relation."""
    inferences: dict[tuple[str, str, Hashable], list[Hashable]] = {}
    for source, target, link in sorted(graph.edges(data=True), key=lambda edge: (str(edge[1]), str(edge[0]))):
        if link.get("relation") not in _EDGES:
            raise ValueError(
                f"figure {figure_id}: the edge {source} → {target} has relation {link.get('relation')!r}; "
                f"it must be one of {', '.join(_EDGES)}"
            )
        inferences.setdefault((link.get("inference_id") or str(source), link["relation"], target), []).append(
            source
        )
    found: dict[Hashable, list[Bundle]] = {}
    lone: dict[tuple[Hashable, str], list[Hashable]] = {}
    for (_, relation, target), premises in inferences.items():
        if len(premises) > 1:
            found.setdefault(target, []).append((relation, premises, True))
        else:
            lone.setdefault((target, relation), []).extend(premises)
    for (target, relation), premises in lone.items():
        found.setdefault(target, []).append((relation, premises, False))
    return found


def _curve(page: Axes, points: list[tuple[float, float]], look: dict[str, Any]) -> None:
    """Draw through points at the edges of gaps, the first a card's right edge: bent in gaps, straight between."""
    vertices, codes = [points[0]], [Path.MOVETO]
    for place, ((x, y), (to_x, to_y)) in enumerate(pairwise(points)):
        if place % 2:
            vertices.append((to_x, to_y))
            codes.append(Path.LINETO)
        else:
            half = (x + to_x) / 2
            vertices += [(half, y), (half, to_y), (to_x, to_y)]
            codes += [Path.CURVE4] * 3
    page.add_patch(
        PathPatch(
            Path(vertices, codes),
            fill=False,
            edgecolor=look["color"],
            linewidth=look["linewidth"],
            linestyle=look.get("linestyle", "-"),
            zorder=1,
        )
    )


def _head(page: Axes, x: float, y: float, relation: str) -> None:
    """An edge's end: a filled point for support, a bar for attack, an open point for implies."""
    look = _EDGES[relation]
    if relation == "attack":
        page.plot([x - 0.02] * 2, [y - 0.05, y + 0.05], color=look["color"], linewidth=2, zorder=2)
        return
    corners = [(x - 0.07, y - 0.04), (x, y), (x - 0.07, y + 0.04)]
    fill = look["color"] if relation == "support" else style.PAPER
    page.add_patch(Polygon(corners, facecolor=fill, edgecolor=look["color"], linewidth=0.8, zorder=2))


def _card(
    page: Axes,
    left: float,
    top: float,
    width: float,
    height: float,
    lines: list[str],
    node: dict[str, Any],
    hollow: bool,
) -> None:
    look = style.verdict(node["verdict"])
    edge = look.ink if hollow or look.label == "Open" else look.fill
    page.add_patch(
        Rectangle((left, top), width, height, facecolor=style.PAPER, edgecolor=edge, linewidth=1, zorder=3)
    )
    fill = style.PAPER if hollow else look.fill
    page.add_patch(
        Rectangle((left, top), _BADGE, height, facecolor=fill, edgecolor=edge, linewidth=1, zorder=3)
    )
    sign = look.ink if hollow else look.on_fill
    centred = {"ha": "center", "va": "center_baseline", "zorder": 4}
    layout.write(page, left + _BADGE / 2, top + height / 2, look.icon, size=_SIZE + 2, color=sign, **centred)
    own = {"size": _SIZE, "color": style.INK, "va": "top", "linespacing": 1.12, "zorder": 4}
    layout.write(page, left + _BADGE + _PAD, top + 0.035, lines, gid="claim", **own)
    strength = node.get("strength")
    if strength is not None and not numbers.missing(strength):
        bottom = top + height - _BAR
        whole = width - _BADGE
        for long, colour in ((whole, style.GRID), (whole * strength, style.INK)):
            page.add_patch(
                Rectangle((left + _BADGE, bottom), long, _BAR, color=colour, linewidth=0, zorder=3.5)
            )
        printed = numbers.number(float(strength), 2)
        layout.write(
            page, left + width - 0.03, bottom - 0.025, printed, size=_SIZE - 1.2, ha="right", zorder=4
        )


def argument_map(graph: nx.DiGraph, *, hollow: bool = False, **caption: Unpack[Caption]) -> Figure:
    """Draw an acyclic graph of claims from premises, left, to conclusions, right.

    A node has `label` (at most a dozen words), `verdict`, and where they apply `number` (else the last
    part of its name) and `strength` (0 to 1, printed and drawn as a bar). An edge has `relation`
    (support, attack, implies) and, for premises that are linked, their common `inference_id`: they
    meet in one point before the conclusion. `hollow` draws the verdicts as at publication. A map of
    many columns is drawn wider, and scrolls on a small screen. For a large argument give the part of
    it that the page speaks of. ValueError, naming the figure, for a cycle, no node, or an unknown verdict
    or relation.
    """
    figure_id = caption["figure_id"]
    if not graph:
        raise ValueError(f"figure {figure_id}: there is no claim to draw")
    ports = _bundles(graph, figure_id)
    order = sorted(graph, key=str)
    try:
        rank = layered.ranks(graph)
    except ValueError as error:
        raise ValueError(f"figure {figure_id}: {error}") from error
    columns = max(rank.values()) + 1
    wide = min(max((_TARGET - _GAP * (columns - 1)) / columns, _NARROWEST), _WIDEST)
    total = max(columns * wide + (columns - 1) * _GAP + 0.02, style.WIDTH)
    line = layout.line_height(_SIZE) * 0.94
    words, tall = {}, {}
    for node, attributes in graph.nodes(data=True):
        number = attributes.get("number", str(node).rpartition(".")[2])
        words[node] = layout.wrap(f"{number} {attributes['label']}", wide - _BADGE - 2 * _PAD, _SIZE)
        has_strength = not numbers.missing(attributes.get("strength"))
        last = layout.text_width(words[node][-1], _SIZE) + layout.text_width("0.00 ", _SIZE - 1.2)
        extra = has_strength and last > wide - _BADGE - _PAD
        needed = (len(words[node]) + extra) * line + 0.07 + (_BAR + 0.02 if has_strength else 0)
        tall[node] = max(needed, _PORT * len(ports.get(node, [])))
    places = layered.arrange(graph, {node: tall[node] + _BETWEEN for node in order}, order)
    symbols = _symbols(graph, [bundle for bundles in ports.values() for bundle in bundles], hollow)
    canvas = style.canvas(places.height + parts.key_height(symbols, total), total)
    page = layout.page(canvas)

    def left(step: int) -> float:
        return 0.01 + (columns - 1 - step) * (wide + _GAP)

    for node, attributes in graph.nodes(data=True):
        centre = places.centres[node]
        _card(
            page, left(rank[node]), centre - tall[node] / 2, wide, tall[node], words[node], attributes, hollow
        )
    for target, bundles in ports.items():
        bundles.sort(key=lambda bundle: sum(places.centres[one] for one in bundle[1]) / len(bundle[1]))
        for place, (relation, premises, linked) in enumerate(bundles):
            edge = left(rank[target])
            port = places.centres[target] + tall[target] * ((place + 0.5) / len(bundles) - 0.5)
            look = _EDGES[relation]
            end = edge - (0.15 if linked else 0.03)
            for premise in premises:
                points = [(left(rank[premise]) + wide, places.centres[premise])]
                for step, centre in places.route(premise, target):
                    points += [(left(step), centre), (left(step) + wide, centre)]
                _curve(page, [*points, (end, port)], look)
            if linked:
                page.plot([end, edge - 0.03], [port, port], **look, zorder=1)
                page.plot(end, port, "o", color=look["color"], markersize=4.2, markeredgewidth=0, zorder=2)
            _head(page, edge, port, relation)
    parts.key(page, places.height, symbols, total)
    rows = pd.DataFrame(
        [
            {
                "claim_id": node,
                "label": graph.nodes[node]["label"],
                "verdict": graph.nodes[node]["verdict"],
                "strength": graph.nodes[node].get("strength"),
                "leads_to": "; ".join(
                    f"{target} ({graph.edges[node, target]['relation']})"
                    for target in sorted(graph.successors(node), key=str)
                ),
            }
            for node in order
        ]
    )
    return publish(canvas, rows, **caption)


def _symbols(graph: nx.DiGraph, bundles: list[Bundle], hollow: bool) -> list[Symbol]:
    """The key: the verdicts, relations and signs that this map uses."""
    used = {attributes["verdict"] for _, attributes in graph.nodes(data=True)}
    symbols = []
    for look in style.VERDICTS.values():
        if look.label in used:
            edge = look.ink if hollow or look.label == "Open" else look.fill
            patch = {"facecolor": style.PAPER if hollow else look.fill, "edgecolor": edge, "linewidth": 1}
            symbols.append(Symbol(f"{look.icon} {look.label}", patch=patch))
    for relation, line in _EDGES.items():
        if any(kind == relation for kind, _, _ in bundles):
            symbols.append(Symbol(_WORDS[relation], line=line))
    if any(linked for _, _, linked in bundles):
        symbols.append(
            Symbol(
                "premises that hold only together",
                line={**_EDGES["support"], "marker": "o", "markevery": [1]},
            )
        )
    if any(not numbers.missing(attributes.get("strength")) for _, attributes in graph.nodes(data=True)):
        symbols.append(Symbol("strength, 0 to 1", line={"color": style.INK, "linewidth": 2.5}))
    return symbols
