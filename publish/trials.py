"""Test files run side by side, each in a process of its own, until the time is up.

The processes branch off one that has loaded the heavy libraries already, so that a small file takes as long as
its tests. What is not done when the time is up is stopped, and its outcome is unknown.
"""

from __future__ import annotations

import math
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import forkserver
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

LIBRARIES = ["pytest", "hypothesis", "nbval.plugin", "pandas", "scipy.stats", "networkx", "frictionless", "matplotlib.figure"]
"""What most tests load before their own work."""
BESIDE = 2
"""How many files run at once."""
GRACE = 2.0
"""Seconds that a file which is stopped has for putting away what it made."""


@dataclass(frozen=True)
class Outcome:
    """How a test file went, and how long it ran; `passed` is None where it was stopped. `said` is what pytest printed."""

    test: str
    passed: bool | None
    seconds: float
    said: str


@dataclass(frozen=True)
class _Trial:
    test: str
    process: BaseProcess
    started: float
    said: Path

    def outcome(self) -> Outcome:
        ended = not self.process.is_alive()
        seconds = time.monotonic() - self.started
        if not ended:
            _stop(self.process)
        self.process.join()
        passed = self.process.exitcode == 0 if ended else None
        return Outcome(self.test, passed, seconds, self.said.read_text("utf-8", "replace") if self.said.exists() else "")


def _run(test: str, root: Path, said: Path) -> None:
    """Run one file in this process, which leads a group of its own, so that what it starts is stopped with it."""
    os.setpgid(0, 0)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have started this one deaf to it
    os.chdir(root)
    os.environ["LOKY_MAX_CPU_COUNT"] = "1"  # the other cores have files of their own
    file = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(file, 1)
    os.dup2(file, 2)
    status = pytest.main(["-q", "--no-header", test])
    sys.exit(status not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED))


def _stop(process: BaseProcess) -> None:
    """Stop a process and what it started: asked first, so that its tests put away what they made."""
    for how, patience in ((signal.SIGINT, GRACE), (signal.SIGKILL, None)):
        with suppress(ProcessLookupError):
            os.killpg(process.pid or 0, how)
        process.join(patience)


def warm_up() -> None:
    """Begin to load the libraries, in a process of its own and beside what the caller does next."""
    multiprocessing.set_forkserver_preload(LIBRARIES)
    forkserver.ensure_running()


def run(
    tests: Mapping[str, float], root: Path, folder: Path, deadline: float = math.inf, beside: int = BESIDE
) -> Iterator[Outcome]:
    """Each test file's outcome as it comes in; `beside` of them run at once, in the order given.

    `tests` says how many seconds each is expected to take (0: not known), and `folder` takes what they print. One
    that cannot be done by `deadline` (of time.monotonic) is not started, and what still runs then is stopped,
    unless nothing was done before: however slow the machine, every run gets somewhere.
    """
    warm_up()
    context = multiprocessing.get_context("forkserver")
    folder.mkdir(parents=True, exist_ok=True)
    waiting, running, done = list(tests), list[_Trial](), 0
    try:
        while True:
            left = deadline - time.monotonic()
            waiting = [test for test in waiting if tests[test] < left]
            while waiting and len(running) < beside:
                test = waiting.pop(0)
                said = folder / f"{test.replace('/', '.')}.txt"
                process = context.Process(target=_run, args=(test, root, said))
                process.start()
                running.append(_Trial(test, process, time.monotonic(), said))
            if not running:
                break
            patience = None if not done or left == math.inf else max(0.0, left)
            ended = wait([trial.process.sentinel for trial in running], patience)
            for trial in [trial for trial in running if trial.process.sentinel in ended or not ended]:
                running.remove(trial)
                done += 1
                yield trial.outcome()
    finally:
        for trial in running:
            _stop(trial.process)
