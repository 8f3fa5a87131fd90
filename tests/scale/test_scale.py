"""A hundred articles: everything loads and is right, and twice the rows take twice the work, not four times."""

from __future__ import annotations

import cProfile
import gc
import pstats
import sys
import tracemalloc
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import generated

from analysis import arguments, side_by_side, tables
from analysis.ledger import ledger
from analysis.methods import monte_carlo

SIZES = (20, 40, 80)
"""Claims; each with 40 observations, and 10 claims an article."""
MOST = 2.4
"""What a doubling may cost, in work beyond the doubling before it; 2 is linear, 2·(log) n a little more, 4 quadratic."""


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    made = tmp_path_factory.mktemp("sizes")
    return [generated.write(made / str(size), size // 10, size, size * 40) for size in SIZES]


def test_a_hundred_articles_load_and_are_judged(tmp_path: Path) -> None:
    loaded = tables.load(generated.write(tmp_path, 100, 1000, 100_000))
    assert [len(loaded[name]) for name in ("articles", "claims", "observations")] == [100, 1000, 100_000]
    lines = ledger(loaded)
    assert Counter(line["verdict"] for line in lines) == {"Supported": 500, "Refuted": 500}
    assert all(len(line["evidence"]) == 1 and line["evidence"][0]["value"] == 10 for line in lines)
    argument = arguments.build(loaded["inferences"])
    strengths = argument.strengths(argument.base_scores({line["claim_id"]: line["verdict"] for line in lines}))
    assert len(strengths) == 1000


def _calls(work: Callable[[], Any]) -> int:
    """How many functions `work` calls: the same on every machine and under every load."""
    profile = cProfile.Profile()
    profile.runcall(work)
    return pstats.Stats(profile).total_calls  # type: ignore[attr-defined]


def _peak(work: Callable[[], Any]) -> int:
    """The most memory, in bytes, that `work` holds at once."""
    gc.collect()
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def _growth_of_calls(costs: list[int]) -> float:
    """The cost of the second doubling over that of the first; what is paid once at any size drops out."""
    small, middle, large = costs
    return (large - middle) / (middle - small)


def _growth_of_peaks(costs: list[int]) -> float:
    """The larger peak over the next smaller; what is held at any size makes it smaller, never larger.

    Differences would mean nothing: a peak is that of one step, which need not be the same at every size.
    """
    return costs[-1] / costs[-2]


MEASURES = pytest.mark.parametrize(("measure", "growth"), [(_calls, _growth_of_calls), (_peak, _growth_of_peaks)], ids=["calls", "memory"])
Measure = Callable[[Callable[[], Any]], int]
Growth = Callable[[list[int]], float]


@MEASURES
def test_checking_grows_with_the_rows(folders: list[Path], measure: Measure, growth: Growth) -> None:
    tables.check(folders[0])  # imports and caches
    assert growth([measure(partial(tables.check, folder)) for folder in folders]) < MOST


@MEASURES
def test_judging_grows_with_the_rows(folders: list[Path], measure: Measure, growth: Growth) -> None:
    loaded = [tables.load(folder) for folder in folders]
    ledger(loaded[0], jobs=1)
    assert growth([measure(partial(ledger, each, 1)) for each in loaded]) < MOST


@MEASURES
def test_a_quadratic_step_would_be_seen(measure: Measure, growth: Growth) -> None:
    items = [list(range(size * 10)) for size in SIZES]
    assert growth([measure(lambda each=each: [max(a, b) for a in each for b in each]) for each in items]) > 3.5


def test_more_processes_change_no_bit(folders: list[Path]) -> None:
    loaded = tables.load(folders[0])
    assert repr(ledger(loaded, jobs=1)) == repr(ledger(loaded, jobs=2)) == repr(ledger(loaded, jobs=3))


def _simulated(seed: int) -> str:
    import pandas as pd

    inputs = pd.DataFrame({"distribution": ["uniform"], "low": [0.0], "mode": [0.5], "high": [1.0]}, index=["x"])
    return monte_carlo.simulate(inputs, lambda drawn: drawn["x"] ** 0.5, samples=100, seed=seed).to_json()


def test_simulations_side_by_side_are_those_in_turn() -> None:
    seeds = list(range(5))
    assert side_by_side.run(_simulated, seeds, jobs=2) == [_simulated(seed) for seed in seeds]


def test_the_environment_keeps_a_loop_on_one_core(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOKY_MAX_CPU_COUNT", "1")
    here: list[int] = []
    side_by_side.run(here.append, [1, 2, 3])  # only the same process can fill this list
    assert here == [1, 2, 3]
