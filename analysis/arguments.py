"""The argument as a graph: strengths under three semantics, linked premises, hinges.

A quantitative bipolar argumentation framework. Premises of one inference are linked: they act with
their smallest strength and pass on only what exceeds one half, so that unproven or refuted premises
add nothing. DF-QuAD: Rago, Toni, Aurisicchio & Baroni (2016); quadratic energy: Potyka (2018);
Euler-based: Amgoud & Ben-Naim (2018).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import networkx as nx
import pandas as pd

from analysis.errors import Defect, InvalidData

BASE_SCORES: Mapping[str, float] = {"Supported": 0.9, "Refuted": 0.1}
UNDECIDED = 0.5
FALL, RISE = 0.1, 0.9
HIGH_SCORES = (0.8, 0.9, 0.95)
"""The scores of a supported premise that robustness varies; a refuted one has what is left to 1."""
TIE = 1e-9

Semantics = Callable[[float, list[float], list[float]], float]
Transfer = Callable[[float], float]


def df_quad(base: float, supports: list[float], attacks: list[float]) -> float:
    """DF-QuAD: the probabilistic sums of supports and attacks move the base by their difference."""
    support = 1 - math.prod(1 - strength for strength in supports)
    attack = 1 - math.prod(1 - strength for strength in attacks)
    if attack >= support:
        return base - base * (attack - support)
    return base + (1 - base) * (support - attack)


def quadratic_energy(base: float, supports: list[float], attacks: list[float]) -> float:
    """Quadratic energy: the difference of sums, squashed by x² / (1 + x²)."""
    energy = math.fsum(supports) - math.fsum(attacks)
    push = energy**2 / (1 + energy**2)
    return base - base * push if energy <= 0 else base + (1 - base) * push


def euler_based(base: float, supports: list[float], attacks: list[float]) -> float:
    """Euler-based: 1 − (1 − w²) / (1 + w·e^E); it never falls below w²."""
    energy = math.fsum(supports) - math.fsum(attacks)
    return 1 - (1 - base**2) / (1 + base * math.exp(energy))


SEMANTICS: Mapping[str, Semantics] = {
    "DF-QuAD": df_quad,
    "quadratic energy": quadratic_energy,
    "Euler-based": euler_based,
}


def excess(strength: float) -> float:
    """What a linked inference passes on: max(0, 2s − 1)."""
    return max(0.0, 2 * strength - 1)


def whole(strength: float) -> float:
    """The other transfer, for comparison: the strength itself."""
    return strength


TRANSFERS: Mapping[str, Transfer] = {"excess over one half": excess, "whole strength": whole}


@dataclass(frozen=True)
class Inference:
    """Linked premises and what they support or attack."""

    inference_id: str
    premises: tuple[str, ...]
    conclusion: str
    relation: str
    warrant: str


@dataclass(frozen=True)
class Hinge:
    """Premises whose change moves the conclusion most; several when they tie."""

    premises: tuple[str, ...]
    change: float


@dataclass(frozen=True)
class Argument:
    """An acyclic argument: its inferences in order of id."""

    inferences: tuple[Inference, ...]

    @cached_property
    def graph(self) -> nx.DiGraph:
        """Claims as nodes; an edge from each premise to what it bears on, with inference_id and relation."""
        graph: nx.DiGraph = nx.DiGraph()
        for inference in self.inferences:
            for premise in inference.premises:
                graph.add_edge(
                    premise,
                    inference.conclusion,
                    inference_id=inference.inference_id,
                    relation=inference.relation,
                )
        return graph

    @cached_property
    def order(self) -> list[str]:
        """All claims, premises before conclusions."""
        return list(nx.lexicographical_topological_sort(self.graph))

    @cached_property
    def premises(self) -> list[str]:
        """Claims that no inference leads to."""
        return [claim for claim in self.order if self.graph.in_degree(claim) == 0]

    @cached_property
    def conclusions(self) -> list[str]:
        """Claims that lead nowhere further."""
        return [claim for claim in self.order if self.graph.out_degree(claim) == 0]

    def base_scores(
        self, labels: Mapping[str, str], scores: Mapping[str, float] = BASE_SCORES
    ) -> dict[str, float]:
        """Premises start from their verdicts, everything that inferences lead to from one half."""
        leaves = set(self.premises)
        return {
            claim: scores.get(labels[claim], UNDECIDED) if claim in leaves else UNDECIDED
            for claim in self.order
        }

    def strengths(
        self, base: Mapping[str, float], semantics: Semantics = df_quad, transfer: Transfer = excess
    ) -> dict[str, float]:
        """The strength of every claim, 0–1, from base scores by claim."""
        found: dict[str, float] = {}
        for claim in self.order:
            found[claim] = self._strength(claim, base, found, semantics, transfer)
        return found

    def _strength(
        self,
        claim: str,
        base: Mapping[str, float],
        found: Mapping[str, float],
        semantics: Semantics,
        transfer: Transfer,
    ) -> float:
        """The strength of one claim once those of its premises are found."""
        acting: dict[str, list[float]] = {"support": [], "attack": []}
        for inference in self._leading_to.get(claim, []):
            weakest = min(found[premise] for premise in inference.premises)
            acting[inference.relation].append(transfer(weakest))
        if acting["support"] or acting["attack"]:
            return semantics(base[claim], acting["support"], acting["attack"])
        return base[claim]

    def falls(
        self,
        base: Mapping[str, float],
        targets: Iterable[str],
        semantics: Semantics = df_quad,
        transfer: Transfer = excess,
    ) -> pd.DataFrame:
        """How the strength of each target changes when one premise falls to .1: a row a premise, a column a target.

        Only premises that start above .1 have a row. What a premise does not lead to is not computed again.
        """
        start, columns = self.strengths(base, semantics, transfer), list(targets)
        rank = {claim: place for place, claim in enumerate(self.order)}
        rows = {}
        for premise in self.premises:
            if base[premise] <= FALL:
                continue
            fallen, found = {**base, premise: FALL}, {**start, premise: FALL}
            for claim in sorted(nx.descendants(self.graph, premise), key=rank.__getitem__):
                found[claim] = self._strength(claim, fallen, found, semantics, transfer)
            rows[premise] = [found[target] - start[target] for target in columns]
        return pd.DataFrame.from_dict(rows, orient="index", columns=columns)

    @cached_property
    def _leading_to(self) -> dict[str, list[Inference]]:
        found: dict[str, list[Inference]] = {}
        for inference in self.inferences:
            found.setdefault(inference.conclusion, []).append(inference)
        return found

    def hinges(
        self,
        base: Mapping[str, float],
        conclusion: str,
        semantics: Semantics = df_quad,
        transfer: Transfer = excess,
    ) -> tuple[Hinge, Hinge]:
        """The premises whose fall to .1 lowers the conclusion most, and whose rise to .9 raises it most.

        Ties are listed; a hinge without premises means that no single one moves the conclusion.
        """
        start = self.strengths(base, semantics, transfer)[conclusion]
        found = []
        for value, sign in ((FALL, -1), (RISE, 1)):
            effects = {
                premise: sign
                * (self.strengths({**base, premise: value}, semantics, transfer)[conclusion] - start)
                for premise in self.premises
                if sign * (value - base[premise]) > 0
            }
            largest = max(effects.values(), default=0.0)
            premises = tuple(sorted(premise for premise, effect in effects.items() if effect > largest - TIE))
            found.append(Hinge(premises if largest > TIE else (), sign * largest if largest > TIE else 0.0))
        return found[0], found[1]

    def robustness(self, labels: Mapping[str, str], conclusion: str) -> pd.DataFrame:
        """The conclusion's strength under every semantics, transfer and set of base scores."""
        rows = []
        for name, semantics in SEMANTICS.items():
            for transfer_name, transfer in TRANSFERS.items():
                for high in HIGH_SCORES:
                    scores = {"Supported": high, "Refuted": 1 - high}
                    base = self.base_scores(labels, scores)
                    rows.append(
                        {
                            "semantics": name,
                            "transfer": transfer_name,
                            "score of Supported": high,
                            "strength": self.strengths(base, semantics, transfer)[conclusion],
                        }
                    )
        return pd.DataFrame(rows)


def cycle_defect(inferences: pd.DataFrame) -> Defect | None:
    """The first cycle among support and attack rows, as a defect; None when there is none."""
    graph: nx.DiGraph = nx.DiGraph()
    for line, row in zip(inferences.index, inferences.to_dict("records"), strict=True):
        if row["relation"] != "implies":
            graph.add_edge(row["from_claim"], row["to_claim"], row=int(line))
    try:
        cycle = nx.find_cycle(graph)
    except nx.NetworkXNoCycle:
        return None
    path = " → ".join([edge[0] for edge in cycle] + [cycle[0][0]])
    row = max(graph.edges[edge[0], edge[1]]["row"] for edge in cycle)
    return Defect(
        "inferences.csv",
        row,
        "to_claim",
        cycle[-1][1],
        f"the argument runs in a circle: {path}",
        "remove one step; a disagreement is a shared proposition, not an attack in a circle",
    )


def build(inferences: pd.DataFrame, claims: Iterable[str] | None = None) -> Argument:
    """The argument of the support and attack rows, of some claims or of all; InvalidData for a cycle."""
    if (defect := cycle_defect(inferences)) is not None:
        raise InvalidData([defect])
    rows = inferences[inferences["relation"] != "implies"]
    if claims is not None:
        rows = rows[rows["to_claim"].isin(set(claims))]
    return Argument(
        tuple(
            Inference(
                str(inference_id),
                tuple(sorted(group["from_claim"])),
                group["to_claim"].iloc[0],
                group["relation"].iloc[0],
                group["warrant"].iloc[0],
            )
            for inference_id, group in rows.groupby("inference_id", sort=True)
        )
    )
