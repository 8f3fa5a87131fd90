"""Who is spoken of together: a graph of what occurs in the same sections.

Two that are often named meet often by chance; pointwise mutual information, log2(n12 N / (n1 n2)) over N
sections, says how much more they meet than chance gives (Manning, C. D. and Schütze, H. (1999), Foundations of
Statistical Natural Language Processing, MIT Press, section 5.4). It is greatest for what is rare, so a pair
must meet a minimum number of times. 0 is chance, 1 twice chance.
"""

from itertools import combinations

import networkx as nx
import numpy as np
import pandas as pd


def pointwise_mutual_information(joint: float, first: float, second: float, total: float) -> float:
    """PMI in bits of two that occur `first` and `second` times among `total`, `joint` times together.

    ValueError when a count is not possible, or when they never occur together (PMI would be minus infinity).
    """
    if not 0 < joint <= min(first, second) or max(first, second) > total:
        raise ValueError(f"no such counts: {joint:g} of {first:g} and {second:g} among {total:g}")
    return float(np.log2(joint * total / (first * second)))


def cooccurrence(present: pd.DataFrame, minimum: int) -> nx.Graph:
    """The graph of columns that occur together in at least `minimum` rows.

    `present` has a row a section and a column an actor, true where it occurs. Nodes carry `sections`, edges
    `sections` and `pmi`; every column is a node, in order. ValueError without sections or for a minimum below 1.
    """
    if present.empty or minimum < 1:
        raise ValueError("co-occurrence needs sections, actors and a minimum of at least 1")
    found = present.astype(bool)
    graph = nx.Graph()
    for name in found:
        graph.add_node(name, sections=int(found[name].sum()))
    for one, other in combinations(found, 2):
        joint = int((found[one] & found[other]).sum())
        if joint >= minimum:
            first, second = (graph.nodes[name]["sections"] for name in (one, other))
            pmi = pointwise_mutual_information(joint, first, second, len(found))
            graph.add_edge(one, other, sections=joint, pmi=pmi)
    return graph
