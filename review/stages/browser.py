"""The built book in a browser: reading, searching, keyboard, dark mode, downloads, weight, print."""

from __future__ import annotations

from pathlib import Path

from publish import browser
from review.findings import Result
from review.stages import tests

# The stage "book" compares two clean builds by itself.
TWICE = "tests/book/test_build.py::test_two_clean_builds_are_byte_identical"
TRACKED = "tests/book/test_build.py::test_building_writes_no_tracked_file"


def check(folder: Path) -> Result:
    """The tests of the built book in `folder`; skipped, and said so, where no browser is installed."""
    if browser.installed() is None:
        return Result(skipped=True, notes=[f"the pages were not opened: {browser.MISSING}"])
    result = tests.pytest(folder, "--dist", "loadfile", "--no-loadscope-reorder", "--deselect", TWICE, "--deselect", TRACKED, "tests/book")
    result.facts["browser"] = browser.version()
    return result
