"""A shallow argument as a layered drawing: premises left, conclusions right, one card a claim."""

from __future__ import annotations

from collections.abc import Hashable
from itertools import pairwise
from statistics import mean
from typing import Any

import networkx as nx
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import PathPatch, Polygon, Rectangle
from matplotlib.path import Path

from analysis.figures import layered, layout, numbers, parts, style
from analysis.figures.argument import EDGES, Bundle, claim_text
from analysis.figures.parts import Symbol

_SIZE = 8.0  # points
_BADGE = 0.2  # inches
_PAD = 0.05
_GAP = 0.36  # between columns
_BETWEEN = 0.11  # between cards in a column
_NARROWEST, _WIDEST = 1.2, 2.0  # cards
_PORT = 0.12  # least room between two arrow heads
_BAR = 0.035  # height of the bar of strength


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
    look = EDGES[relation]
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
    face, edge, sign = look.colours(hollow)
    frame: dict[str, Any] = {"edgecolor": edge, "linewidth": 1, "zorder": 3}
    page.add_patch(Rectangle((left, top), width, height, facecolor=style.PAPER, **frame))
    page.add_patch(Rectangle((left, top), _BADGE, height, facecolor=face, **frame))
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


def _set(text: str, wide: float, bare: bool) -> tuple[list[str], float]:
    """The lines of a card's text and the height that they need, with a bar of strength below unless `bare`."""
    lines = layout.wrap(text, wide - _BADGE - 2 * _PAD, _SIZE)
    # The strength is printed behind the last line, or below it where that line is long.
    last = layout.text_width(lines[-1], _SIZE) + layout.text_width("0.00 ", _SIZE - 1.2)
    below = not bare and last > wide - _BADGE - _PAD
    height = (len(lines) + below) * layout.line_height(_SIZE) * 0.94 + 0.07
    return lines, height + (0 if bare else _BAR + 0.02)


def draw_layers(
    graph: nx.DiGraph, bundles: dict[Hashable, list[Bundle]], symbols: list[Symbol], hollow: bool
) -> Canvas:
    """The drawing of an acyclic graph of claims, with the key to its symbols at the foot."""
    order = sorted(graph, key=str)
    rank = layered.ranks(graph)
    columns = max(rank.values()) + 1
    wide = min(max((style.WIDTH - 0.02 - _GAP * (columns - 1)) / columns, _NARROWEST), _WIDEST)
    total = max(columns * wide + (columns - 1) * _GAP + 0.02, style.WIDTH)
    words, tall = {}, {}
    for node, claim in graph.nodes(data=True):
        words[node], needed = _set(claim_text(node, claim), wide, numbers.missing(claim.get("strength")))
        tall[node] = max(needed, _PORT * len(bundles.get(node, [])))
    places = layered.arrange(graph, {node: tall[node] + _BETWEEN for node in order}, order)
    canvas = style.canvas(places.height + parts.key_height(symbols, total), total)
    page = layout.page(canvas)

    def left(step: int) -> float:
        return 0.01 + (columns - 1 - step) * (wide + _GAP)

    for node, claim in graph.nodes(data=True):
        top = places.centres[node] - tall[node] / 2
        _card(page, left(rank[node]), top, wide, tall[node], words[node], claim, hollow)
    for target in sorted(bundles, key=str):
        # Bundles reach the card in the order in which their premises stand, so that they do not cross.
        into = sorted(bundles[target], key=lambda bundle: mean(places.centres[one] for one in bundle[1]))
        for place, (relation, premises, linked) in enumerate(into):
            edge = left(rank[target])
            port = places.centres[target] + tall[target] * ((place + 0.5) / len(into) - 0.5)
            look = EDGES[relation]
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
    return canvas
