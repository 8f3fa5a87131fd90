"""Every verdict and strength worked out again from the tables alone, by code that shares nothing with the first."""

from __future__ import annotations

from pathlib import Path

from review import command
from review.findings import Result

SPEAKER = "second path"  # with whose name the command's own words begin; every other line is a difference


def check(folder: Path) -> Result:
    """What the two paths disagree on, for the tables in `folder`."""
    result = Result()
    done = command.python(folder, "review", "second", "--data", str(folder / "data"))
    lines = [line.strip() for line in done.out.splitlines() if line.strip()]
    for line in lines:
        place, between, says = line.partition(": ")
        if between and not place.startswith(SPEAKER):
            result.add(place, says)
    if done.status and not result.findings:
        result.add(SPEAKER, done.last)
    result.facts = {"said": lines[-1].removeprefix(f"{SPEAKER}: ")} if lines else {}
    return result
