"""Comparisons: every combination of the declared options, run."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from review.second_path.folder import Folder, Row
from review.second_path.intervals import Interval
from review.second_path.labels import CONFLICTING, NOT_ENOUGH, REFUTED, SUPPORTED
from review.second_path.observations import Reader, asked, judged
from review.second_path.origins import Piece, groups

CHOICES = "key geo counterparty period status transform origin_id method".split()
"""What an option may change of the reading that it departs from; the criterion stays the primary reading's."""
LEAST_COMBINATIONS, LEAST_ORIGINS = 8, 2


class Curve(NamedTuple):
    """One estimand: its label, how many of its runs hold, of how many, and how many origins are behind them."""

    label: str
    holding: int
    runs: int
    origins: int


def _combinations(
    folder: Folder, claim_id: str, estimand: str
) -> list[tuple[Row, tuple[tuple[str, str], ...]]]:
    """Each combination as the reading that runs it, with its options that are no choice of a source."""
    primary = folder.primary[claim_id]
    dimensions: dict[str, list[Row]] = defaultdict(list)
    for row in folder.specifications[claim_id]:
        if row["estimand"] == estimand:
            dimensions[row["dimension"]].append(row)
    own = dimensions.pop("estimand", None)
    base = folder.readings[own[0]["reading_id"]] if own else primary
    found: list[tuple[Row, tuple[tuple[str, str], ...]]] = []
    for chosen in product(*dimensions.values()):
        combined = {**base, "expected": primary["expected"]}
        for option in chosen:
            reading = folder.readings[option["reading_id"]]
            combined |= {name: reading[name] for name in CHOICES if reading[name] != base[name]}
        combined["method"] = primary["method"]
        options = sorted((row["dimension"], row["option"]) for row in chosen if row["dimension"] != "source")
        found.append((combined, tuple(options)))
    return found


def curve(folder: Folder, reader: Reader, claim_id: str, estimand: str) -> Curve:
    """Run the combinations of one estimand; those without data leave the denominator.

    Provisional values never stand beside outturns: where any combination decides on an outturn, only
    outturns count. Pieces of one origin and value, reached by several sources, are one run.
    """
    claim, evaluated = folder.claims[claim_id], []
    for reading, options in _combinations(folder, claim_id, estimand):
        wanted: Interval = asked(reading, claim)
        evaluated.append((options, judged(reader.pieces(reading), wanted)))
    statuses = [_status(piece) for _, decided in evaluated for _, piece in decided]
    status = "outturn" if "outturn" in statuses else next(iter(statuses), "")
    runs: dict[object, tuple[bool, Piece]] = {}
    combinations = 0
    for options, decided in evaluated:
        before = len(runs)
        for held, piece in decided:
            if _status(piece) == status:
                runs.setdefault((options, piece.origins, piece.interval), (held, piece))
        combinations += len(runs) > before
    origins = len(groups([piece for _, piece in runs.values()], lambda piece: piece.origins))
    holding = sum(held for held, _ in runs.values())
    return Curve(_label(combinations, origins, holding, len(runs)), holding, len(runs), origins)


def _status(piece: Piece) -> str:
    return piece.rows[0]["status"]


def _label(combinations: int, origins: int, holding: int, runs: int) -> str:
    if combinations < LEAST_COMBINATIONS or origins < LEAST_ORIGINS:
        return NOT_ENOUGH
    share = Fraction(holding, runs)
    if share >= Fraction(9, 10):
        return SUPPORTED
    return REFUTED if share <= Fraction(1, 10) else CONFLICTING


def curves(folder: Folder, reader: Reader, claim_id: str) -> list[Curve]:
    """Of one comparison, a curve an estimand."""
    estimands = sorted({row["estimand"] for row in folder.specifications[claim_id]})
    return [curve(folder, reader, claim_id, estimand) for estimand in estimands]
