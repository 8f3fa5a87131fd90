"""The arguments in the Argument Interchange Format, as AIFdb writes it in JSON.

Claims are information nodes (I). An inference is a node of its own between its premises and its conclusion: a
rule of inference (RA) for a support or a necessary implication, a conflict (CA) for an attack. Edges lead from
premises into that node and from it to the conclusion, never from claim to claim. What the format has no field
for (verdicts, warrants, addresses) stands beside it under names of the book's own. Who speaks is left out: every
claim is the article's.

Chesñevar et al. (2006), Towards an Argument Interchange Format, The Knowledge Engineering Review 21(4).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from analysis.addresses import claim_address

Row = Mapping[str, Any]
SCHEMES = {"support": ("RA", "Default Inference"), "implies": ("RA", "Necessary Implication"), "attack": ("CA", "Default Conflict")}


def document(claims: Iterable[Row], inferences: Iterable[Row], ledger: Mapping[str, Row]) -> dict[str, Any]:
    """The argument of `claims` (rows of claims.csv) as AIF: those that an inference names, and the inferences.

    Inferences that lead out of these claims are left out with the claims they lead to. Ids are those of the tables.
    """
    texts = {claim["claim_id"]: claim for claim in claims}
    rows = [row for row in inferences if row["from_claim"] in texts and row["to_claim"] in texts]
    named = sorted({row[end] for row in rows for end in ("from_claim", "to_claim")})
    nodes = [
        {
            "nodeID": name,
            "text": texts[name]["statement_en"],
            "type": "I",
            "text_zh": texts[name]["statement_zh"],
            "verdict": ledger[name]["verdict"],
            "verdict_at_publication": ledger[name]["verdict_at_publication"],
            "page": claim_address(name),
        }
        for name in named
    ]
    ways: list[tuple[str, str]] = []
    links: dict[str, Row] = {}
    for row in rows:
        links.setdefault(row["inference_id"], row)
        ways.append((row["from_claim"], row["inference_id"]))
    for name, row in links.items():
        kind, scheme = SCHEMES[row["relation"]]
        nodes.append({"nodeID": name, "text": scheme, "type": kind, "scheme": scheme, "warrant": row["warrant"]})
        ways.append((name, row["to_claim"]))
    edges = [{"edgeID": f"{start}>{end}", "fromID": start, "toID": end, "formEdgeID": None} for start, end in sorted(set(ways))]
    return {"nodes": nodes, "edges": edges, "locutions": []}
