"""The specification curve behind a comparison: declare the options, run every combination, summarise.

Simonsohn, Simmons & Nelson (2020), Nature Human Behaviour 4:1208; declaring before running follows
the R package specr. The share of combinations that hold describes robustness; it is no vote and no
probability, since combinations share data.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

import pandas as pd

from analysis.origins import components
from analysis.readings import Evidence, Library, Record, read

CHOICES = ("key", "geo", "counterparty", "period", "status", "transform", "origin_id")
LEAST_COMBINATIONS = 8
ROBUST = 0.9


def _changed(reading: Record, base: Record) -> dict[str, str]:
    return {column: reading[column] for column in CHOICES if reading[column] != base[column]}


@dataclass(frozen=True)
class Combination:
    """One way to make every choice: its options by dimension, and the reading that results."""

    estimand: str
    options: tuple[tuple[str, str], ...]
    reading: dict[str, str]


@dataclass(frozen=True)
class Curve:
    """The combinations of one estimand, run.

    `runs` has a row for each combination and independent measurement found: its options, `estimate`,
    `holds`, `origins`; `missing` has the options of each combination that found nothing that decides.
    `combinations` counts the declared combinations behind the runs, `provisional` those left out
    because they rest on other than outturns where outturns are at hand.
    """

    estimand: str
    runs: pd.DataFrame
    missing: pd.DataFrame
    evidence: tuple[Evidence, ...]
    combinations: int
    provisional: int

    @property
    def share(self) -> float | None:
        """The share of runs that hold; None when there are none."""
        return float(self.runs["holds"].mean()) if len(self.runs) else None

    @property
    def without_data(self) -> int:
        """How many combinations found nothing that decides."""
        return len(self.missing)

    @property
    def origins(self) -> int:
        """How many independent origins the runs rest on."""
        return len(components(self.evidence))

    @property
    def label(self) -> str:
        """The verdict on this estimand alone."""
        if self.share is None or self.combinations < LEAST_COMBINATIONS or self.origins < 2:
            return "Not enough evidence"
        if self.share >= ROBUST:
            return "Supported"
        return "Refuted" if self.share <= 1 - ROBUST + 1e-12 else "Conflicting evidence"


def declare(library: Library, claim_id: str) -> list[Combination]:
    """Every combination of the declared options of a comparison, in a fixed order.

    What an option's reading changes against the claim's primary reading is the option; a combination
    lays the changes of all its options over the primary. An estimand may first lay its own.
    """
    primary = library.primary(claim_id)
    declared: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    bases: dict[str, dict[str, str]] = {}
    rows = library.tables["specifications"]
    for row in rows[rows["claim_id"] == claim_id].to_dict("records"):
        if row["dimension"] == "estimand":
            bases[row["estimand"]] = _changed(library.readings[row["reading_id"]], primary)
        else:
            declared[row["estimand"]][row["dimension"]].append((row["option"], row["reading_id"]))
    combinations = []
    for estimand in sorted(declared):
        dimensions = sorted(declared[estimand])
        base = {**primary, **bases.get(estimand, {})}
        for chosen in product(*(sorted(declared[estimand][dimension]) for dimension in dimensions)):
            reading = dict(base)
            for _, reading_id in chosen:
                reading.update(_changed(library.readings[reading_id], base if estimand in bases else primary))
            options = tuple(
                (dimension, option) for dimension, (option, _) in zip(dimensions, chosen, strict=True)
            )
            combinations.append(Combination(estimand, options, reading))
    return combinations


def _run(library: Library, combinations: list[Combination], on: date, width: float) -> Curve:
    found = [
        (
            combination,
            [item for item in read(library, combination.reading, on, width) if item.judgement != "undecided"],
        )
        for combination in combinations
    ]
    status = next((items[0].status for _, items in sorted(found, key=_provisional) if items), "")
    # Of combinations that find the same measurement the one that finds least else has it, so that the
    # count of combinations does not hang on the names of their options.
    narrowest_first = sorted(range(len(found)), key=lambda place: len(found[place][1]))
    runs: list[tuple[int, dict[str, Any], Evidence]] = []
    seen: set[tuple[Any, ...]] = set()
    with_data, provisional = set(), 0
    for place in narrowest_first:
        combination, items = found[place]
        kept = [item for item in items if item.status == status]
        provisional += bool(items) and not kept
        other_options = tuple(pair for pair in combination.options if pair[0] != "source")
        for item in kept:
            identity = (other_options, item.origins, item.estimate)
            if identity in seen:
                continue
            seen.add(identity)
            with_data.add(combination.options)
            outcome = {
                "estimate": item.estimate,
                "holds": item.judgement == "inside",
                "origins": ";".join(sorted(item.origins)),
            }
            runs.append((place, {**dict(combination.options), **outcome}, item))
    runs.sort(key=lambda run: run[0])
    rows = [row for _, row, _ in runs]
    evidence = [item for _, _, item in runs]
    dimensions = [dimension for dimension, _ in combinations[0].options]
    frame = pd.DataFrame(rows, columns=[*dimensions, "estimate", "holds", "origins"])
    missing = pd.DataFrame([dict(one.options) for one, items in found if not items], columns=dimensions)
    return Curve(combinations[0].estimand, frame, missing, tuple(evidence), len(with_data), provisional)


def _provisional(found: tuple[Combination, list[Evidence]]) -> bool:
    return not found[1] or found[1][0].status != "outturn"


def run(library: Library, combinations: list[Combination], on: date, width: float = 1.0) -> list[Curve]:
    """Run the combinations on what was known by `on`; one curve for each estimand, in order of name.

    A combination that finds several independent measurements runs once for each, and counts once
    towards the least number. Runs that differ only in the source chosen and rest on the same origins
    are one run. Provisional values are left out where outturns are at hand.
    """
    estimands: dict[str, list[Combination]] = defaultdict(list)
    for combination in combinations:
        estimands[combination.estimand].append(combination)
    return [_run(library, estimands[estimand], on, width) for estimand in sorted(estimands)]


def summarise(curves: list[Curve]) -> tuple[str, float | None]:
    """The verdict over all estimands, and the share of all runs that hold.

    Estimands that decide and disagree are conflicting; where none decides there is not enough evidence.
    """
    runs = sum(len(curve.runs) for curve in curves)
    share = (
        sum(int(curve.runs["holds"].sum()) for curve in curves if len(curve.runs)) / runs if runs else None
    )
    labels = {curve.label for curve in curves} - {"Not enough evidence"}
    if not labels:
        return "Not enough evidence", share
    return (labels.pop() if len(labels) == 1 else "Conflicting evidence"), share
