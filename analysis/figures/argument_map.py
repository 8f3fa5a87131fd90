"""An argument as a picture: its claims with verdict and strength, and what supports or attacks what."""

from __future__ import annotations

from typing import Unpack

import networkx as nx
import pandas as pd

from analysis.figures import layered, numbers, style
from analysis.figures.argument import EDGES, WORDS, Bundle, bundles
from analysis.figures.figure import Caption, Figure, publish
from analysis.figures.layered_map import draw_layers
from analysis.figures.outline_map import draw_outline
from analysis.figures.parts import Symbol

MOST_COLUMNS = 4  # more would not be legible side by side


def argument_map(graph: nx.DiGraph, *, hollow: bool = False, **caption: Unpack[Caption]) -> Figure:
    """Draw an acyclic graph of claims, edges from premise to conclusion.

    A node has `label` (at most a dozen words), `verdict`, and where they apply `number` (else the last
    part of its name) and `strength` (0 to 1, printed and drawn as a bar). An edge has `relation`
    (support, attack, implies) and, for premises that are linked, their common `inference_id`: they
    meet in one point before the conclusion; a multigraph may use a premise in several inferences.
    `hollow` draws the verdicts as at publication.

    An argument of up to four steps is drawn in columns, premises left; a deeper one as an outline,
    conclusions on top. For one of more than about fifty claims give the part that the page speaks
    of. ValueError, naming the figure, for a cycle, no claim, or an unknown verdict or relation.
    """
    figure_id = caption["figure_id"]
    if not graph:
        raise ValueError(f"figure {figure_id}: there is no claim to draw")
    try:
        steps = max(layered.ranks(graph).values())
        reaching = bundles(graph)
        symbols = _symbols(graph, [bundle for into in reaching.values() for bundle in into], hollow)
        draw = draw_layers if steps < MOST_COLUMNS else draw_outline
        canvas = draw(graph, reaching, symbols, hollow)
    except ValueError as error:
        raise ValueError(f"figure {figure_id}: {error}") from error
    return publish(canvas, _rows(graph), **caption)


def _rows(graph: nx.DiGraph) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "claim_id": node,
            "label": claim["label"],
            "verdict": claim["verdict"],
            "strength": claim.get("strength"),
            "leads_to": "; ".join(
                sorted(
                    f"{target} ({link['relation']})" for _, target, link in graph.out_edges(node, data=True)
                )
            ),
        }
        for node, claim in sorted(graph.nodes(data=True), key=lambda item: str(item[0]))
    )


def _symbols(graph: nx.DiGraph, reaching: list[Bundle], hollow: bool) -> list[Symbol]:
    """The key: the verdicts, relations and signs that this map uses."""
    used = {style.verdict(claim["verdict"]).label for _, claim in graph.nodes(data=True)}
    symbols = []
    for look in style.VERDICTS.values():
        if look.label in used:
            face, edge, _ = look.colours(hollow)
            patch = {"facecolor": face, "edgecolor": edge, "linewidth": 1}
            symbols.append(Symbol(f"{look.icon} {look.label}", patch=patch))
    for relation, line in EDGES.items():
        if any(kind == relation for kind, _, _ in reaching):
            symbols.append(Symbol(WORDS[relation], line=line))
    if any(linked for _, _, linked in reaching):
        joined = {**EDGES["support"], "marker": "o", "markevery": [1]}
        symbols.append(Symbol("premises that hold only together", line=joined))
    if any(not numbers.missing(claim.get("strength")) for _, claim in graph.nodes(data=True)):
        symbols.append(Symbol("strength, 0 to 1", line={"color": style.INK, "linewidth": 2.5}))
    return symbols
