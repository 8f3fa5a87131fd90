"""Which modules are mutated, and which tests have to notice: those of the module itself, no others."""

from __future__ import annotations

from pathlib import Path

ENGINE = "tests/engine"
TESTS = {
    "analysis/arguments.py": ("tests/engine/test_arguments.py",),
    "analysis/checks.py": ("tests/data/test_checks.py",),
    "analysis/errors.py": ("tests/data/test_errors.py",),
    "analysis/intervals.py": ("tests/engine/test_intervals.py", "tests/engine/test_verdicts.py"),
    "analysis/ledger.py": ("tests/engine/test_ledger.py",),
    "analysis/origins.py": ("tests/engine/test_origins.py", "tests/engine/test_verdicts.py"),
    "analysis/package.py": ("tests/data/test_reading_tables.py",),
    "analysis/periods.py": ("tests/engine/test_periods.py",),
    "analysis/readings.py": (ENGINE,),
    "analysis/schema.py": ("tests/data/test_schema.py",),
    "analysis/specifications.py": ("tests/engine/test_specifications.py", "tests/engine/test_verdicts.py"),
    "analysis/tables.py": ("tests/data/test_tables.py",),
    "analysis/verdicts.py": ("tests/engine/test_verdicts.py",),
}
"""The modules outside these folders."""
NAMED = {"analysis/methods": "tests/methods", "analysis/rules": "tests/data"}
"""Folders of modules whose tests bear their names, and the folders of these tests."""


def listed(root: Path) -> dict[str, tuple[str, ...]]:
    """Each module that is mutated, by its path under `root`, with the tests that judge it."""
    named = {
        f"{folder}/{path.name}": (f"{tests}/test_{path.name}",)
        for folder, tests in NAMED.items()
        for path in (root / folder).glob("*.py")
        if path.name != "__init__.py"
    }
    return dict(sorted({**TESTS, **named}.items()))
