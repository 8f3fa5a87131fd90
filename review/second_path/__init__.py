"""Every verdict and strength worked out a second time, from the tables alone.

Written from the rules in `data/README.md` and the book's page on method, not from `analysis/`, with which it
shares no line: other parsing (csv), other arithmetic (fractions), other dates (datetime), no pandas. The two
meet only in what `python -m analysis` prints.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from review.second_path.folder import Folder, read
from review.second_path.strengths import strengths
from review.second_path.verdicts import Court

__all__ = ["compare", "recompute", "recompute_rows"]

ROOT = Path(__file__).resolve().parents[2]
TOLERANCE = 1e-9
"""Between a fraction and the binary number that the first path prints."""


def recompute(folder: Path) -> list[dict[str, Any]]:
    """The result on every claim of a data folder, in order of claim_id.

    Keys: claim_id, verdict, verdict_at_publication, attribution, holds_share, strength and
    strength_at_publication (0–1; None for a claim that no inference joins to another).
    """
    return recompute_rows(read(folder))


def recompute_rows(folder: Folder) -> list[dict[str, Any]]:
    """The same from rows that are read already."""
    court = Court(folder)
    now = {claim: court.verdict(claim, True) for claim in sorted(folder.claims)}
    then = {claim: court.verdict(claim, False) for claim in now}
    strong_now = strengths(folder, {claim: verdict.label for claim, verdict in now.items()})
    strong_then = strengths(folder, {claim: verdict.label for claim, verdict in then.items()})
    return [
        {
            "claim_id": claim,
            "verdict": now[claim].label,
            "verdict_at_publication": then[claim].label,
            "attribution": attribution(folder, claim),
            "holds_share": _number(now[claim].share),
            "strength": _number(strong_now.get(claim)),
            "strength_at_publication": _number(strong_then.get(claim)),
        }
        for claim in now
    ]


def attribution(folder: Folder, claim_id: str) -> str | None:
    """The least faithful of what the named sources say, None when the article names none."""
    found = {row["faithful"] for row in folder.rows["attributions"] if row["claim_id"] == claim_id}
    for answer in ("no", "partly", "source_not_found", "unchecked", "yes"):
        if answer in found:
            return answer
    return None


def _number(share: Any) -> float | None:
    return None if share is None else float(share)


def _first_path(folder: Path, command: str) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "analysis", "--data", str(folder.resolve()), command, "--json"],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(
            f"python -m analysis {command} ended with {done.returncode}: {done.stderr.strip()}"
        )
    return json.loads(done.stdout)


def differences(first: list[dict[str, Any]], second: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Where two lists of results differ: claim_id, what, first, second; a claim that one lacks differs in claim_id."""
    ours, theirs = ({row["claim_id"]: row for row in rows} for rows in (second, first))
    found = []
    for claim in sorted({*ours, *theirs}):
        one, other = theirs.get(claim), ours.get(claim)
        if one is None or other is None:
            found.append(
                {"claim_id": claim, "what": "claim_id", "first": one and claim, "second": other and claim}
            )
            continue
        for what in other:
            if what in one and not _same(one[what], other[what]):
                found.append({"claim_id": claim, "what": what, "first": one[what], "second": other[what]})
    return found


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= TOLERANCE
    return one == other


def compare(folder: Path) -> list[dict[str, Any]]:
    """Every difference between the two paths over a data folder.

    RuntimeError, with what the first path said, when that refuses the tables.
    """
    second = recompute(folder)
    judged = differences(_first_path(folder, "ledger"), second)
    joined = [row for row in second if row["strength"] is not None]
    columns = ("claim_id", "strength", "strength_at_publication")
    weighed = differences(
        _first_path(folder, "strengths"), [{name: row[name] for name in columns} for row in joined]
    )
    return sorted(judged + weighed, key=lambda row: (row["claim_id"], row["what"]))
