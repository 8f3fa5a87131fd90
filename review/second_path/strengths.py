"""How strongly each claim of an argument stands: DF-QuAD over linked premises, in exact fractions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction

from review.second_path.folder import Folder
from review.second_path.labels import REFUTED, SUPPORTED

BASE = {SUPPORTED: Fraction(9, 10), REFUTED: Fraction(1, 10)}
HALF = Fraction(1, 2)


def strengths(folder: Folder, labels: Mapping[str, str]) -> dict[str, Fraction]:
    """The strength, 0–1, of every claim that an inference joins to another; ValueError when they run in a circle."""
    premises: dict[str, list[str]] = defaultdict(list)
    leads: dict[str, tuple[str, str]] = {}
    for row in folder.rows["inferences"]:
        if row["relation"] != "implies":
            premises[row["inference_id"]].append(row["from_claim"])
            leads[row["inference_id"]] = row["to_claim"], row["relation"]
    reaching: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    for inference, (target, relation) in leads.items():
        reaching[target].append((relation, premises[inference]))
    found: dict[str, Fraction] = {}
    open_: set[str] = set()

    def strength(claim: str) -> Fraction:
        if claim in found:
            return found[claim]
        if claim in open_:
            raise ValueError(f"the inferences run in a circle through {claim}")
        open_.add(claim)
        if claim in reaching:
            left = {"support": Fraction(1), "attack": Fraction(1)}
            for relation, linked in reaching[claim]:
                left[relation] *= 1 - max(Fraction(0), 2 * min(map(strength, linked)) - 1)
            push = left["attack"] - left["support"]  # from a base of one half either way is half as far
            found[claim] = HALF + push / 2
        else:
            found[claim] = BASE.get(labels[claim], HALF)
        return found[claim]

    for claim in sorted({*reaching, *(premise for linked in premises.values() for premise in linked)}):
        strength(claim)
    return found
