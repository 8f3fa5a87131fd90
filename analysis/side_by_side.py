"""Heavy loops over many items: all cores for a command run alone, one inside notebooks that run side by side.

LOKY_MAX_CPU_COUNT, which joblib itself obeys, says how many cores there are to use; the build sets it to 1 for
the kernels it starts together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import joblib

Item = TypeVar("Item")
Result = TypeVar("Result")


def _each(function: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    return [function(item) for item in items]


def run(function: Callable[[Item], Result], items: Sequence[Item], jobs: int | None = None) -> list[Result]:
    """What `function` gives for each item, in their order, whatever the number of processes.

    `jobs` is that number (default: as many as there are cores). Every process takes each so-manieth item, so
    that neighbours of one kind are shared out, and `function` travels to it once.
    """
    processes = min(jobs or joblib.cpu_count(), len(items))
    if processes <= 1:
        return _each(function, items)
    shares = joblib.Parallel(n_jobs=processes)(
        joblib.delayed(_each)(function, items[first::processes]) for first in range(processes)
    )
    results: list[Result] = [None] * len(items)  # type: ignore[list-item]
    for first, share in enumerate(shares):
        results[first::processes] = share
    return results
