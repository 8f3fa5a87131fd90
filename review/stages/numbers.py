"""Typed numbers in the prose."""

from __future__ import annotations

from pathlib import Path

from review import numbers
from review.findings import Result


def check(folder: Path) -> Result:
    """As `python -m review numbers`."""
    return numbers.check(folder)
