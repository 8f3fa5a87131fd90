"""What a sample of mutants shows: how many each layer catches, by table and operator, and what survives."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from review.mutation.bench import DIGEST, LAYERS, MEANING, Bench, Mutant

LONGEST = 120
"""Characters of a cell that the list of survivors shows."""


@dataclass(frozen=True)
class Result:
    """One mutant: where it is (line 1 is the header), what was done, and the first layer that caught it."""

    table: str
    line: int
    column: str
    operator: str
    used: bool
    layer: str
    said: str
    before: str
    after: str


def result(bench: Bench, used: dict[str, set[int]], mutant: Mutant) -> Result:
    """Hold one mutant against every layer."""
    layer, said = bench.caught(mutant)
    before = bench.rows[mutant.table][mutant.position]
    changed = [name for name, cell in mutant.damage.cells.items() if cell != before[name]]
    after = {0: "(row deleted)", 2: "(row twice)"}.get(mutant.damage.rows, "")
    if not after:
        after = "; ".join(f"{name}: {mutant.damage.cells[name]}" for name in changed)
    return Result(
        mutant.table,
        mutant.position + 2,
        mutant.column,
        mutant.operator,
        mutant.position in used.get(mutant.table, ()),
        layer,
        said,
        before[mutant.column][:LONGEST],
        after[:LONGEST],
    )


def shares(results: Iterable[Result]) -> dict[str, Any]:
    """Counts by layer, and the shares caught by meaning, by meaning or a stored result, and by anything."""
    counts = Counter(found.layer for found in results)
    total = sum(counts.values())
    meaning = sum(counts[layer] for layer in MEANING)
    return {
        "mutants": total,
        **{layer: counts[layer] for layer in LAYERS},
        "by meaning": meaning / total if total else None,
        "by meaning or stored results": (total - counts[DIGEST]) / total if total else None,
    }


def summary(results: list[Result]) -> list[dict[str, Any]]:
    """A row a table and operator, used rows and the others apart, in order."""
    groups: dict[tuple[str, str, bool], Counter[str]] = {}
    for found in results:
        groups.setdefault((found.table, found.operator, found.used), Counter())[found.layer] += 1
    return [
        {
            "table": table,
            "operator": operator,
            "used": "yes" if used else "no",
            "mutants": sum(counts.values()),
            **{layer: counts[layer] for layer in LAYERS},
        }
        for (table, operator, used), counts in sorted(groups.items())
    ]


def survivors(results: Iterable[Result]) -> list[Result]:
    """What nothing but the digest sees, the used rows first."""
    return sorted(
        (found for found in results if found.layer == DIGEST),
        key=lambda found: (not found.used, found.operator, found.table, found.line, found.column),
    )


def _write(path: Path, rows: list[dict[str, Any]], columns: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def publish(folder: Path, results: list[Result], day: str, seed: int) -> list[Path]:
    """Write mutation.csv (counts) and mutation_survivors.csv (each survivor) to a folder; returns their paths."""
    dated = {"date": day, "seed": seed}
    counts, left = folder / "mutation.csv", folder / "mutation_survivors.csv"
    _write(
        counts,
        [{**dated, **row} for row in summary(results)],
        ["date", "seed", "table", "operator", "used", "mutants", *LAYERS],
    )
    rows = [{**dated, **asdict(found), "used": "yes" if found.used else "no"} for found in survivors(results)]
    _write(left, rows, ["date", "seed", "table", "line", "column", "operator", "used", "before", "after"])
    return [counts, left]


def as_json(results: list[Result], day: str, seed: int) -> str:
    """Everything, for programs: shares, counts and every mutant."""
    return json.dumps(
        {
            "date": day,
            "seed": seed,
            "used": shares([found for found in results if found.used]),
            "all": shares(results),
            "by_table_and_operator": summary(results),
            "mutants": [asdict(found) for found in results],
        },
        ensure_ascii=False,
        indent=1,
    )
