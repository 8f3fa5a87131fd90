"""The rules of the Argument Interchange Format, on the argument maps that the site publishes.

Information nodes (I) hold propositions; scheme nodes hold an inference (RA), a conflict (CA) or a preference (PA).
Two information nodes are never joined directly; an inference has one premise or more and one conclusion; a conflict
has one source or more and one target (Chesñevar et al. 2006; Rahwan and Reed 2009, The Argument Interchange Format,
in Argumentation in Artificial Intelligence).
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import networkx as nx

from review.findings import Result

IMPLIED = "Necessary Implication"
SCHEMES = {"RA", "CA", "PA", "MA", "TA", "YA"}


def faults(argument: dict[str, Any]) -> list[tuple[str, str]]:
    """Where an argument in AIF JSON breaks the rules: node or edge, and what is wrong."""
    found: list[tuple[str, str]] = []
    nodes, edges = argument["nodes"], argument["edges"]
    kinds = {node["nodeID"]: node["type"] for node in nodes}
    for what, ids in (("node", [node["nodeID"] for node in nodes]), ("edge", [edge["edgeID"] for edge in edges])):
        found += [(f"{what} {name}", "stands there more than once") for name, count in Counter(ids).items() if count > 1]
    for node in nodes:
        if node["type"] not in {"I", "L", *SCHEMES}:
            found.append((f"node {node['nodeID']}", f"has the unknown type {node['type']}"))
        if not str(node.get("text", "")).strip():
            found.append((f"node {node['nodeID']}", "says nothing"))
    graph = nx.DiGraph()
    graph.add_nodes_from(kinds)
    for edge in edges:
        start, end = edge["fromID"], edge["toID"]
        if missing := [name for name in (start, end) if name not in kinds]:
            found.append((f"edge {edge['edgeID']}", f"leads to or from {', '.join(missing)}, which is no node"))
            continue
        if kinds[start] == kinds[end] == "I":
            found.append((f"edge {edge['edgeID']}", "joins two information nodes without a scheme between them"))
        graph.add_edge(start, end)
    for name, kind in kinds.items():
        if kind in SCHEMES and not graph.in_degree(name):
            found.append((f"node {name}", f"is a scheme ({kind}) without a premise"))
        if kind in SCHEMES and graph.out_degree(name) != 1:
            found.append((f"node {name}", f"is a scheme ({kind}) with {graph.out_degree(name)} conclusions instead of one"))
        if kind == "I" and not graph.degree(name):
            found.append((f"node {name}", "stands alone"))
    # What a claim must imply may be among its premises too: a test of it, and no step of the argument.
    steps = graph.subgraph(set(graph) - {node["nodeID"] for node in nodes if node.get("scheme") == IMPLIED})
    if not nx.is_directed_acyclic_graph(steps):
        found.append(("argument", f"runs in a circle: {' → '.join(start for start, _ in nx.find_cycle(steps))}"))
    return found


def check(site: Path, result: Result) -> None:
    """Add what is wrong with each argument under api/aif."""
    maps = sorted((site / "api" / "aif").glob("*.json"))
    if not maps:
        result.add("api/aif", "holds no argument; run `make book`")
    for path in maps:
        name = path.relative_to(site).as_posix()
        try:
            broken = faults(json.loads(path.read_text("utf-8")))
        except (ValueError, KeyError, TypeError) as error:
            result.add(name, f"is no argument in AIF JSON: {error!r}")
            continue
        for place, says in broken:
            result.add(f"{name}, {place}", says)
    result.facts["arguments"] = len(maps)
