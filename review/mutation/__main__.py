"""`python -m review.mutation`: corrupt a sample of cells and report what catches them."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from joblib import Parallel, cpu_count, delayed
from tqdm import tqdm

from analysis import paths
from analysis.errors import InputError
from review.mutation import score
from review.mutation.bench import DIGEST, LAYERS, Bench, Mutant
from review.mutation.sample import draw
from review.mutation.used import used_rows

RESULTS = paths.ROOT / "review" / "results"
WRONG_INPUT = 2
SHOWN = 20
"""Survivors that the terminal lists; the tables hold all."""


def _batch(folder: Path, mutants: list[Mutant]) -> list[score.Result]:
    bench = Bench(folder)
    used = used_rows(bench.rows)
    return [score.result(bench, used, mutant) for mutant in mutants]


def run(folder: Path, size: int, seed: int, jobs: int) -> list[score.Result]:
    """The results on a sample, in the order drawn; the same for any number of jobs."""
    bench = Bench(folder)
    mutants = list(tqdm(draw(bench, size, seed), total=size, desc="mutation: drawing", file=sys.stderr))
    if jobs == 1:
        used = used_rows(bench.rows)
        progress = tqdm(mutants, desc="mutation: holding against every layer", file=sys.stderr)
        return [score.result(bench, used, mutant) for mutant in progress]
    # A batch a process at least, so that the tables are read a few times and not once a mutant.
    share = -(-len(mutants) // (jobs * 4))
    batches = [mutants[start : start + share] for start in range(0, len(mutants), share)]
    found = Parallel(n_jobs=jobs, return_as="generator")(delayed(_batch)(folder, batch) for batch in batches)
    return [
        one
        for batch in tqdm(found, total=len(batches), desc="mutation: batches", file=sys.stderr)
        for one in batch
    ]


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"


def _report(results: list[score.Result]) -> None:
    for name, chosen in (("used rows", [found for found in results if found.used]), ("all rows", results)):
        counted = score.shares(chosen)
        print(
            f"{name}: {counted['mutants']} corruptions; caught by "
            + ", ".join(f"{layer} {counted[layer]}" for layer in LAYERS if layer != DIGEST)
            + f"; by the digest alone {counted[DIGEST]}"
        )
        print(
            f"  by meaning {_percent(counted['by meaning'])}, "
            f"by meaning or a stored result {_percent(counted['by meaning or stored results'])}"
        )
    left = [found for found in score.survivors(results) if found.used]
    for found in left[:SHOWN]:
        print(
            f"  survivor: {found.table}, row {found.line}, {found.column}: {found.operator}: {found.after!r}"
        )
    if len(left) > SHOWN:
        print(f"  and {len(left) - SHOWN} more in used rows")


def main(arguments: list[str] | None = None) -> int:
    """Run, report and, if asked, publish; findings do not change the exit status, unusable tables make it 2."""
    parser = argparse.ArgumentParser(
        prog="python -m review mutate",
        description="Corrupt the tables cell by cell and report what catches it.",
    )
    parser.add_argument("--data", type=Path, default=paths.DATA, help="folder of the tables")
    parser.add_argument("--sample", type=int, default=4000, help="how many corruptions (default: 4000)")
    parser.add_argument("--seed", type=int, default=20261122, help="seed of the sample")
    parser.add_argument("--jobs", type=int, default=1, help="processes (0: one a core)")
    parser.add_argument("--json", type=Path, help="write everything to this file")
    parser.add_argument("--publish", action="store_true", help="write the tables in review/results (tracked)")
    parser.add_argument("--date", default=date.today().isoformat(), help="the date that the tables carry")
    given = parser.parse_args(arguments)
    print(
        f"mutation: {given.sample} corruptions of the tables in {given.data}, seed {given.seed}", flush=True
    )
    try:
        results = run(given.data, given.sample, given.seed, given.jobs or cpu_count())
    except (InputError, OSError, ValueError) as error:
        print(f"mutation: {error}", file=sys.stderr)
        return WRONG_INPUT
    _report(results)
    if given.json:
        given.json.write_text(score.as_json(results, given.date, given.seed), "utf-8")
        print(f"mutation: wrote {given.json}")
    if given.publish:
        for path in score.publish(RESULTS, results, given.date, given.seed):
            print(f"mutation: wrote {path.relative_to(paths.ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
