"""One trial: the tests of a module, run on a mutant in a child process of its own.

The project is copied once. The libraries are loaded once, by the parent, so that each child starts with them
and loads nothing but the project's own modules, from the copy.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import shutil
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

COPIED = ("analysis", "publish", "tests", "data", "book", "conftest.py", "pyproject.toml", "CITATION.cff")
LIBRARIES = (
    "bs4", "frictionless", "hypothesis", "matplotlib.figure", "networkx", "numpy_financial", "pandas", "pytest",
    "SALib.analyze.sobol", "scipy.optimize", "scipy.stats", "statsmodels.api",
)  # fmt: skip
OWN = {"analysis", "publish", "review", "tests", "conftest", "rows", "small", "sound"}
KILLED, SURVIVED, TIMEOUT = "killed", "survived", "timeout"
NO_TESTS = 5
"""What pytest ends with where no test was found, as with a file that is not there."""


def copy(root: Path, folder: Path) -> Path:
    """Copy what the tests of `analysis/` need from `root` to `folder`."""
    folder.mkdir(parents=True)
    for name in COPIED:
        source = root / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__", "_build"))
        else:
            shutil.copyfile(source, folder / name)
    return folder


def load_libraries() -> None:
    """Load what every child needs, with sums on one core, so that a fork leaves no thread behind."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
    for name in LIBRARIES:
        importlib.import_module(name)


def _child(folder: Path, tests: Sequence[str]) -> None:
    """Run the tests in `folder` and end this process with 0 if they pass, 1 if one fails, 2 if none was run."""
    status = 1
    try:
        os.setsid()
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        os.chdir(folder)
        os.environ["PYTHONPATH"] = str(folder)
        for name in [name for name in sys.modules if name.partition(".")[0] in OWN]:
            del sys.modules[name]
        sys.path.insert(0, str(folder))
        pytest = importlib.import_module("pytest")
        ended = pytest.main(["-q", "-x", "-n", "0", "-p", "no:cacheprovider", "-p", "no:randomly", *tests])
        status = 0 if ended == 0 else 2 if ended in (4, NO_TESTS) else 1
    finally:
        os._exit(status)


def change(path: Path, source: str) -> None:
    """Put this source into a module of the copy; what Python compiled from the last one goes, whatever its date."""
    path.write_text(source, encoding="utf-8")
    for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*"):
        compiled.unlink()


def run(folder: Path, tests: Sequence[str], seconds: float) -> tuple[str, float]:
    """What became of the copy in `folder` under these tests, and after how many seconds.

    FileNotFoundError where pytest finds no test there.
    """
    begun = time.monotonic()
    child = os.fork()
    if not child:
        _child(folder, tests)
    while time.monotonic() - begun < seconds:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            if os.waitstatus_to_exitcode(status) == 2:
                raise FileNotFoundError(f"no test is found in {', '.join(tests)}")
            return (SURVIVED if status == 0 else KILLED), time.monotonic() - begun
        time.sleep(0.02)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return TIMEOUT, time.monotonic() - begun
