"""The run: a seeded sample of mutants of every module, and the two tables that say how the tests took them."""

from __future__ import annotations

import argparse
import csv
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tqdm import tqdm

from review.code_mutation import modules, trial
from review.code_mutation.mutants import Mutant, mutants

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "review" / "results"
SCORES, SURVIVORS = RESULTS / "code_mutation.csv", RESULTS / "code_mutation_survivors.csv"
EQUIVALENT = Path(__file__).parent / "equivalent.csv"
"""Mutants that do the same as the code, each with its reason: no test could notice them."""
PATIENCE, LEAST = 5, 30
"""A mutant's tests may take so many times as long as the code's own, and never less than so many seconds."""
IDENTITY = ("module", "function", "before", "after")
EQUAL = "equivalent"
MISSED = ("module", "line", "function", "operator", "before", "after")


def _key(row: Any) -> tuple[str, ...]:
    return tuple(row[name] if isinstance(row, dict) else getattr(row, name) for name in IDENTITY)


def equivalent(path: Path = EQUIVALENT) -> set[tuple[str, ...]]:
    """The mutants known to be equivalent: module, function, what stands there, what would."""
    with path.open(encoding="utf-8", newline="") as file:
        return {_key(row) for row in csv.DictReader(file)}


def sample(found: Sequence[Mutant], count: int, seed: int) -> list[Mutant]:
    """So many of the mutants of a module, chosen by the seed and the module's name, in order; all if there are fewer."""
    chosen = random.Random(f"{seed} {found[0].module}").sample(range(len(found)), min(count, len(found)))
    return [found[place] for place in sorted(chosen)]


def _store(path: Path, module: str, rows: Iterable[dict[str, Any]], columns: Sequence[str]) -> None:
    """Put the rows of one module in the place of its last ones; those of other modules stay."""
    kept: list[dict[str, Any]] = []
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            kept = [row for row in csv.DictReader(file) if row["module"] != module]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted([*kept, *rows], key=lambda row: row["module"]))


def _read(path: Path, module: str) -> list[dict[str, str]]:
    """The rows of one module in a table of results."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["module"] == module]


def _trials(
    folder: Path, source: str, chosen: Sequence[Mutant], tests: Sequence[str], limit: float
) -> list[tuple[Mutant, str]]:
    """How each of a module's mutants ends in the copy in `folder`; the module is as it was afterwards."""
    known = equivalent()
    ended = []
    for mutant in tqdm(chosen, desc=chosen[0].module if chosen else "", unit="mutant", file=sys.stderr, leave=False):
        trial.change(folder / mutant.module, mutant.source)
        outcome, _ = trial.run(folder, tests, limit)
        ended.append((mutant, EQUAL if outcome == trial.SURVIVED and _key(mutant) in known else outcome))
        trial.change(folder / mutant.module, source)
    return ended


def _tried(
    folder: Path, module: str, tests: Sequence[str], count: int, seed: int, again: bool
) -> tuple[dict[str, Any], list[Mutant]]:
    """How the tests of one module took its mutants, and those they did not notice, without the equivalent ones.

    `again` tries those alone that were not noticed the last time, and counts the others as they ended then.
    """
    source = (folder / module).read_text("utf-8")
    outcome, seconds = trial.run(folder, tests, 900)
    if outcome != trial.SURVIVED:
        raise ValueError(f"{module}: its tests fail on the code as it is ({', '.join(tests)}); mend them first")
    found = mutants(module, source)
    counts: Counter[str] = Counter()
    if again:
        missed = {(row["line"], *_key(row)) for row in _read(SURVIVORS, module)}
        chosen = [mutant for mutant in found if (str(mutant.line), *_key(mutant)) in missed]
        if {(str(mutant.line), *_key(mutant)) for mutant in chosen} != missed:
            raise ValueError(f"{module}: it has changed since it was last tried; try it without --again")
        (last,) = _read(SCORES, module)
        seed = int(last["seed"])
        counts.update({name: int(last[name]) for name in (trial.KILLED, trial.TIMEOUT, EQUAL)})
    else:
        chosen = sample(found, count, seed)
    ended = _trials(folder, source, chosen, tests, max(LEAST, PATIENCE * seconds))
    if again:  # of two alike on one line, the one that was noticed least stands for what was missed
        order = (trial.KILLED, trial.TIMEOUT, EQUAL, trial.SURVIVED)
        ended = list({(one.line, *_key(one)): (one, end) for one, end in sorted(ended, key=lambda pair: order.index(pair[1]))}.values())
    counts.update(outcome for _, outcome in ended)
    noticed = counts[trial.KILLED] + counts[trial.TIMEOUT]
    judged = noticed + counts[trial.SURVIVED]
    scores = {
        "date": datetime.now(UTC).date().isoformat(),
        "seed": seed,
        "module": module,
        "mutants": len(found),
        "tried": judged + counts[EQUAL],
        **{name: counts[name] for name in (trial.KILLED, trial.TIMEOUT, EQUAL, trial.SURVIVED)},
        "score": f"{noticed / judged:.3f}" if judged else "",
    }
    return scores, [mutant for mutant, outcome in ended if outcome == trial.SURVIVED]


def main(arguments: list[str] | None = None) -> int:
    """Try mutants and write the two tables; 0 when every module was tried, 2 when its tests fail without a mutant."""
    parser = argparse.ArgumentParser(prog="python -m review code-mutation", description=__doc__)
    parser.add_argument("--sample", type=int, default=20, help="mutants of each module (default: 20)")
    parser.add_argument("--seed", type=int, default=1, help="chooses the sample (default: 1)")
    parser.add_argument("--module", action="append", help="a module's path; may be given again (default: all)")
    parser.add_argument("--again", action="store_true", help="try only what was not noticed the last time")
    parser.add_argument("--show", action="store_true", help="print the survivors and write no table")
    given = parser.parse_args(arguments)
    tests = modules.listed(ROOT)
    if given.again:
        tests = {module: judged for module, judged in tests.items() if _read(SURVIVORS, module)}
    if unknown := sorted(set(given.module or []) - set(tests)):
        print(f"code-mutation: {', '.join(unknown)}: no such module; name one of {', '.join(tests)}", file=sys.stderr)
        return 2
    trial.load_libraries()
    with tempfile.TemporaryDirectory() as scratch:
        folder = trial.copy(ROOT, Path(scratch) / "project")
        for module in given.module or tests:
            try:
                row, missed = _tried(folder, module, tests[module], given.sample, given.seed, given.again)
            except (ValueError, FileNotFoundError) as error:
                print(f"code-mutation: {error}", file=sys.stderr)
                return 2
            print(f"{module}: {row['tried']} of {row['mutants']} tried, {len(missed)} not noticed", flush=True)
            if given.show:
                for mutant in missed:
                    print(f"  {mutant.line} {mutant.function} {mutant.operator}: {mutant.before}  ->  {mutant.after}", flush=True)
            else:
                _store(SCORES, module, [row], list(row))
                _store(SURVIVORS, module, [{name: getattr(one, name) for name in MISSED} for one in missed], MISSED)
    return 0
