"""The project's own tests, all but those of the built book."""

from __future__ import annotations

import re
from pathlib import Path

from review import command
from review.findings import Result

BROKEN = re.compile(r"^(?:FAILED|ERROR) (?P<place>\S+?)(?: - (?P<says>.*))?$", re.MULTILINE)
SKIPPED = re.compile(r"^SKIPPED (.*)$", re.MULTILINE)
COUNT = re.compile(r"(\d+) (passed|failed|skipped|errors?|deselected)")


def pytest(folder: Path, *arguments: str) -> Result:
    """Run pytest in `folder`; a finding a test that fails, a note a test that is skipped."""
    result = Result()
    # The name of this folder is no one's business: a test that fails names its file within the project.
    done = command.python(folder, "pytest", "-q", "-rfEs", "-n", "2", "--tb=line", "--color=no", *arguments)
    for match in BROKEN.finditer(done.out):
        result.add(match["place"], match["says"] or "fails")
    if done.status and not result.findings:
        result.add("pytest", done.last)
    result.notes = [f"not run: {match[1]}" for match in SKIPPED.finditer(done.out)]
    result.facts = {what: int(count) for count, what in COUNT.findall(done.out.strip().rpartition("\n")[2])}
    return result


def check(folder: Path) -> Result:
    return pytest(folder, "--ignore=tests/book")
