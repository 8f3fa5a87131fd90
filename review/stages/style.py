"""Style by ruff, types by mypy."""

from __future__ import annotations

from pathlib import Path

from review import command
from review.findings import Result


def check(folder: Path) -> Result:
    """What ruff and mypy say of the code in `folder`, a finding a line."""
    result = Result()
    style = command.python(folder, "ruff", "check", "--quiet", "--no-cache", "--output-format", "concise", ".")
    types = command.python(folder, "mypy", "--no-error-summary", "--cache-dir", str(folder / "_build" / "mypy"))
    for name, done in (("ruff", style), ("mypy", types)):
        lines = [line for line in done.out.splitlines() if ": note:" not in line and line.strip()]
        for line in lines:
            place, _, says = line.partition(": ")
            result.add(place, f"{name}: {says}")
        if done.status and not lines:
            result.add(name, done.last)
    result.facts = {"python_files": sum(1 for part in ("analysis", "publish", "review", "tests") for _ in (folder / part).rglob("*.py"))}
    return result
