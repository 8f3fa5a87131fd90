"""The parts of an argument as they are drawn: relations, and premises bundled where they reach a conclusion."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import networkx as nx

from analysis.figures import style

EDGES: dict[str, dict[str, Any]] = {
    "support": {"color": "#6B7480", "linewidth": 1.1},
    "attack": {"color": style.VERDICTS["Refuted"].ink, "linewidth": 1.3, "linestyle": (0, (4, 1.6))},
    "implies": {"color": "#6B7480", "linewidth": 1.1, "linestyle": (0, (1, 1.4))},
}
WORDS = {"support": "supports", "attack": "attacks", "implies": "necessarily implies"}

Bundle = tuple[str, list[Hashable], bool]
"""Edges that reach a conclusion at one point: their relation, their premises, whether these are linked."""


def bundles(graph: nx.DiGraph) -> dict[Hashable, list[Bundle]]:
    """Each conclusion's bundles: one for every linked inference, one for all lone premises of a relation."""
    inferences: dict[tuple[str, str, Hashable], list[Hashable]] = {}
    for source, target, link in sorted(graph.edges(data=True), key=lambda edge: (str(edge[1]), str(edge[0]))):
        if link.get("relation") not in EDGES:
            raise ValueError(
                f"the edge {source} → {target} has relation {link.get('relation')!r}; "
                f"it must be one of {', '.join(EDGES)}"
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


def claim_text(node: Hashable, claim: dict[str, Any]) -> str:
    """What a map prints of a claim: its number, or the last part of its name, and its label."""
    number = claim.get("number") or str(node).rpartition(".")[2]
    return f"{number} {claim['label']}"
