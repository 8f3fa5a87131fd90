"""A deep argument as an outline: conclusions on top, under each claim what supports or attacks it.

A claim that serves several others stands in full once; where it serves again, a line refers to it.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import networkx as nx
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Rectangle

from analysis.figures import layout, numbers, parts, style
from analysis.figures.argument import EDGES, Bundle, claim_text
from analysis.figures.parts import Symbol

_SIZE = style.SMALL
_BADGE = 0.19  # inches
_INDENT = 0.22
_BETWEEN = 0.06
_BAR_WIDTH, _STRENGTH = 0.34, 0.68
_LINK = 0.055  # from the trunk to the line that joins linked premises


@dataclass(frozen=True)
class _Row:
    """A line of the outline: a claim at its depth, in full or as a reference, and how it serves the one above."""

    node: Hashable
    depth: int
    full: bool
    parent: int | None
    relation: str
    bundle: int
    linked: bool


def _rows(graph: nx.DiGraph, bundles: dict[Hashable, list[Bundle]]) -> list[_Row]:
    rows: list[_Row] = []
    told: set[Hashable] = set()

    def tell(
        node: Hashable, depth: int, parent: int | None, relation: str, bundle: int, linked: bool
    ) -> None:
        full = node not in told
        rows.append(_Row(node, depth, full, parent, relation, bundle, linked))
        told.add(node)
        here = len(rows) - 1
        for place, (kind, premises, together) in enumerate(bundles.get(node, []) if full else []):
            for premise in premises:
                tell(premise, depth + 1, here, kind, place, together)

    for node in sorted((node for node in graph if graph.out_degree(node) == 0), key=str):
        tell(node, 0, None, "", 0, False)
    return rows


def _left(depth: int) -> float:
    return 0.01 + depth * _INDENT


def _claim(page: Axes, row: _Row, top: float, lines: list[str], claim: dict[str, Any], hollow: bool) -> None:
    left, middle = _left(row.depth), top + _BADGE / 2
    if not row.full:
        layout.write(page, left + 0.03, middle, lines, size=_SIZE, va="center", gid="claim")
        return
    look = style.verdict(claim["verdict"])
    face, edge, sign = look.colours(hollow)
    page.add_patch(
        Rectangle((left, top), _BADGE, _BADGE, facecolor=face, edgecolor=edge, linewidth=1, zorder=3)
    )
    centred = {"ha": "center", "va": "center_baseline", "zorder": 4}
    layout.write(page, left + _BADGE / 2, middle, look.icon, color=sign, **centred)
    # One line stands beside the badge's middle; several hang from where one would.
    begin = middle - layout.line_height(_SIZE) / 2
    own = {"size": _SIZE, "color": style.INK, "va": "top", "gid": "claim"}
    layout.write(page, left + _BADGE + 0.06, begin, lines, **own)
    strength = claim.get("strength")
    if strength is not None and not numbers.missing(strength):
        start = style.WIDTH - _STRENGTH + 0.05
        for long, colour in ((_BAR_WIDTH, style.GRID), (_BAR_WIDTH * strength, style.INK)):
            page.add_patch(Rectangle((start, middle - 0.025), long, 0.05, color=colour, linewidth=0))
        layout.write(page, style.WIDTH, middle, numbers.number(float(strength), 2), ha="right", va="center")


def _branches(page: Axes, rows: list[_Row], tops: list[float], here: int) -> None:
    """The lines from one claim down to those that serve it; linked premises share a second line."""
    children = [place for place, row in enumerate(rows) if row.parent == here]
    if not children:
        return
    middles = {place: tops[place] + _BADGE / 2 for place in children}
    trunk = _left(rows[here].depth) + _BADGE / 2
    stem = EDGES["support"]
    page.plot([trunk, trunk], [tops[here] + _BADGE, middles[children[-1]]], **stem)
    edge = _left(rows[here].depth + 1)
    for bundle in dict.fromkeys(rows[place].bundle for place in children):
        group = [place for place in children if rows[place].bundle == bundle]
        look = EDGES[rows[group[0]].relation]
        start = trunk
        if rows[group[0]].linked:
            start = trunk + _LINK
            first, last = middles[group[0]], middles[group[-1]]
            page.plot([start, start], [first, last], **look)
            page.plot([trunk, start], [first, first], **look)
            page.plot(start, first, "o", color=look["color"], markersize=4.2, markeredgewidth=0, zorder=3)
        for place in group:
            page.plot([start, edge], [middles[place]] * 2, **look)
            if rows[place].relation == "attack":
                page.plot(
                    [trunk] * 2,
                    [middles[place] - 0.05, middles[place] + 0.05],
                    color=look["color"],
                    linewidth=2.2,
                )


def draw_outline(
    graph: nx.DiGraph, bundles: dict[Hashable, list[Bundle]], symbols: list[Symbol], hollow: bool
) -> Canvas:
    """The drawing of an acyclic graph of claims, with the key to its symbols at the foot."""
    rows = _rows(graph, bundles)
    has_strength = any(not numbers.missing(claim.get("strength")) for _, claim in graph.nodes(data=True))
    right = _STRENGTH if has_strength else 0.0
    line = layout.line_height(_SIZE)
    words: list[list[str]] = []
    tops: list[float] = []
    down = 0.02
    for row in rows:
        claim = claim_text(row.node, graph.nodes[row.node])
        if row.full:
            room = style.WIDTH - right - _left(row.depth) - _BADGE - 0.12
            words.append(layout.wrap(claim, room, _SIZE))
        else:
            room = style.WIDTH - _left(row.depth) - 0.04
            words.append(layout.wrap(f"see {claim}", room, _SIZE, most=1))
        tops.append(down)
        down += max(len(words[-1]) * line, _BADGE) + _BETWEEN
    canvas = style.canvas(down + parts.key_height(symbols))
    page = layout.page(canvas)
    for row, top, lines in zip(rows, tops, words, strict=True):
        _claim(page, row, top, lines, graph.nodes[row.node], hollow)
    for here in range(len(rows)):
        _branches(page, rows, tops, here)
    parts.key(page, down, symbols)
    return canvas
