"""Which modules are mutated, and which tests have to notice: those of the module itself, no others."""

from __future__ import annotations

from pathlib import Path

ENGINE = "tests/engine"
TESTS = {
    "analysis/arguments.py": ("tests/engine/test_arguments.py",),
    "analysis/checks.py": ("tests/data/test_check.py",),
    "analysis/rules/harmless.py": ("tests/data/test_harmless.py",),
    "analysis/intervals.py": ("tests/engine/test_intervals.py", "tests/engine/test_verdicts.py"),
    "analysis/ledger.py": ("tests/data/test_commands.py", "tests/engine/test_verdicts.py"),
    "analysis/rules/limits.py": ("tests/data/test_limits.py",),
    "analysis/origins.py": ("tests/engine/test_origins.py", "tests/engine/test_verdicts.py"),
    "analysis/periods.py": ("tests/engine/test_periods.py",),
    "analysis/readings.py": (ENGINE,),
    "analysis/specifications.py": ("tests/engine/test_specifications.py", "tests/engine/test_verdicts.py"),
    "analysis/verdicts.py": ("tests/engine/test_verdicts.py",),
}
"""The modules outside `analysis/methods/`; a method's tests bear its name."""


def listed(root: Path) -> dict[str, tuple[str, ...]]:
    """Each module that is mutated, by its path under `root`, with the tests that judge it."""
    methods = {
        f"analysis/methods/{path.name}": (f"tests/methods/test_{path.name}",)
        for path in sorted((root / "analysis" / "methods").glob("*.py"))
        if path.name != "__init__.py"
    }
    return dict(sorted({**TESTS, **methods}.items()))
