"""Every verdict and strength worked out again from the tables alone, by code that shares nothing with the first."""

from __future__ import annotations

from pathlib import Path

from review import command
from review.findings import Result


def check(folder: Path) -> Result:
    """What the two paths disagree on, for the tables in `folder`."""
    result = Result()
    done = command.python(folder, "review", "second", "--data", str(folder / "data"))
    lines = [line.strip() for line in done.out.splitlines() if line.strip()]
    if done.status == 1 and lines:
        for line in lines:
            place, _, says = line.partition(" ")
            result.add(f"verdict of {place.rstrip(':')}", says)
    elif done.status:
        result.add("second path", done.last)
    else:
        result.facts = {"said": lines[-1] if lines else ""}
    return result
