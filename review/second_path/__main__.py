"""`python -m review.second_path [--data DIR]`: both paths over the same tables, and where they differ."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from review.second_path import ROOT, compare, recompute

WRONG_INPUT = 2


def main(arguments: list[str] | None = None) -> int:
    """Print how many results were compared and every difference; 0 for none, 1 for some, 2 for unusable tables."""
    parser = argparse.ArgumentParser(
        prog="python -m review second",
        description="Recompute every verdict and strength from the tables alone.",
    )
    parser.add_argument("--data", type=Path, default=ROOT / "data", help="folder of the tables")
    folder = parser.parse_args(arguments).data
    try:
        print("second path: reading the tables and judging every claim", flush=True)
        results = recompute(folder)
        print("second path: asking the first path for its ledger and strengths", flush=True)
        found = compare(folder)
    except (OSError, KeyError, ValueError, RuntimeError) as error:
        print(f"second path: {folder} cannot be judged: {type(error).__name__}: {error}", file=sys.stderr)
        return WRONG_INPUT
    for row in found:
        print(f"{row['claim_id']}, {row['what']}: first path {row['first']}, second path {row['second']}")
    joined = sum(row["strength"] is not None for row in results)
    print(
        f"second path: {len(results)} claims judged twice, {joined} of them weighed; {len(found)} differences"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
