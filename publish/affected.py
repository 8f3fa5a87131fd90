"""The tests that a change can have touched: those not yet passed with their present test, modules and data.

A test depends on its own file, the helpers beside it, every module that these import, directly or through
others, on the settings, and on the tables, unless pyproject.toml puts them out of its reach (tests/conftest.py
sees to it that it then opens none). What passed is remembered by the digest of all that. Tests of the built book
and of size are left to `make test`.
"""

from __future__ import annotations

import ast
import hashlib
import json
import math
import os
import subprocess
import textwrap
import time
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

import grimp

from analysis import paths
from publish import digest, trials
from publish.errors import BuildFailed
from publish.housekeeping import PACKAGES

KNOWN = paths.BUILD / "tests.json"
LEFT_OUT = ("book", "scale")
ALWAYS = ("data/datapackage.json", "pyproject.toml", "requirements.txt", "conftest.py", "book/_config.yml", "book/references.bib")
BUDGET = 18.0
"""Seconds from the start of `make test-fast` until no test file is started or goes on."""
LEAST = 6.0
"""Seconds that test files have even where what comes before them took long, so that every run gets somewhere."""


@dataclass(frozen=True)
class State:
    """What a test file is now: the digests of all that it depends on and of itself, and on how many files it depends.

    `near` says whether a change of one of them is not committed yet.
    """

    everything: str
    itself: str
    files: int
    near: bool = False


@dataclass(frozen=True)
class Known:
    """What is known of a test file: its state when it last passed (empty: not yet), itself then, and its seconds."""

    passed: str = ""
    itself: str = ""
    seconds: float = 0.0
    failed: bool = False


@cache
def imported(source: str) -> set[str]:
    """All names that a text imports, wherever in it, and what they may name below: modules or their members."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def _helpers(test: Path, tests: Path) -> Iterator[Path]:
    """The files of the tests' folder that a test needs besides itself: set-ups above it and modules it imports."""
    waiting, seen = [test], {test}
    beside = {path.stem: path for path in tests.rglob("*.py") if not path.name.startswith(("test_", "conftest"))}
    waiting += [folder / "conftest.py" for folder in test.parents if (folder / "conftest.py").exists() and tests in (folder, *folder.parents)]
    while waiting:
        path = waiting.pop()
        yield path
        found = {beside[name] for name in imported(path.read_text("utf-8")) if name in beside} - seen
        seen |= found
        waiting += sorted(found)


def out_of_reach(root: Path = paths.ROOT) -> list[str]:
    """The patterns of test files that open no table of the project."""
    settings = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    return list(settings["tool"]["pytest"]["ini_options"]["tables_out_of_reach"])


def uncommitted(root: Path) -> set[str]:
    """The files that differ from the last commit, as git sees them; none where there is no git."""
    command = ["git", "-C", str(root), "status", "--porcelain", "-z", "--untracked-files=all"]
    try:
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return set()
    return {line[3:] for line in said.split("\0") if line}


def states(root: Path = paths.ROOT) -> dict[str, State]:
    """Each test file's present state."""
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    files = {
        module: path
        for package in PACKAGES
        for path in sorted((root / package).rglob("*.py"))
        for module in [".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")]
    }
    texts = [path for path in sorted((root / "tests").rglob("*.*")) if path.suffix not in (".py", ".pyc")]
    named = [*ALWAYS, *(path.relative_to(root).as_posix() for path in texts)]
    common = digest.digest([name for name in named if (root / name).exists()], root)
    # Templates and the like belong to no module; every test of the package may show them.
    others = digest.digest([str(path.relative_to(root)) for path in sorted((root / "publish" / "templates").glob("*"))], root)
    tables, without = digest.digest(["data"], root), out_of_reach(root)
    changed = uncommitted(root)
    rows = any(path.startswith("data/") for path in changed)
    found = {}
    for test in sorted((root / "tests").rglob("test_*.py")):
        if test.parent.name in LEFT_OUT:
            continue
        own = sorted(set(_helpers(test, root / "tests")))
        modules = {name for path in own for name in imported(path.read_text("utf-8"))} & graph.modules
        modules |= {above for name in modules for above in graph.find_upstream_modules(name)}
        name = test.relative_to(root).as_posix()
        reached = not any(Path(name).match(pattern) for pattern in without)
        shown = any(module.startswith("publish") for module in modules)
        total = hashlib.sha256(f"{common} {others if shown else ''} {tables if reached else ''}".encode())
        needed = {path.relative_to(root).as_posix(): path for path in own}
        needed |= {files[module].relative_to(root).as_posix(): files[module] for module in sorted(modules) if module in files}
        for place, path in needed.items():
            total.update(place.encode() + b"\0" + path.read_bytes() + b"\0")
        near = (reached and rows) or not changed.isdisjoint(needed)
        found[name] = State(total.hexdigest(), hashlib.sha256(test.read_bytes()).hexdigest(), len(needed), near)
    return found


def in_turn(now: dict[str, State], known: dict[str, Known]) -> list[str]:
    """The test files that have not passed as they are now, the likeliest to fail and the quickest to answer first.

    First what failed last time, then files that were themselves changed, then what a change not yet committed can
    have touched, then what depends on little, then the short ones.
    """
    before = {test: known.get(test, Known()) for test in now}
    return sorted(
        (test for test, state in now.items() if before[test].passed != state.everything),
        key=lambda test: (
            not before[test].failed,
            before[test].itself in ("", now[test].itself),
            not now[test].near,
            now[test].files,
            before[test].seconds,
            test,
        ),
    )


def read_known() -> dict[str, Known]:
    """What is known of each test file from earlier runs; nothing in a fresh clone."""
    rows = json.loads(KNOWN.read_text("utf-8")) if KNOWN.exists() else {}
    return {test: Known(**row) for test, row in rows.items()}


def _keep(known: dict[str, Known]) -> None:
    KNOWN.parent.mkdir(exist_ok=True)
    KNOWN.write_text(json.dumps({test: asdict(row) for test, row in sorted(known.items())}, indent=1), "utf-8")


def left_over(tests: Collection[str], known: dict[str, Known]) -> str:
    """The files that were not run, and how long they will take as far as that is known."""
    folders: dict[str, list[str]] = {}
    for test in sorted(tests):
        folders.setdefault(str(Path(test).parent), []).append(Path(test).stem)
    timed = [known[test].seconds for test in tests if test in known and known[test].seconds]
    minutes = max(1, round(sum(timed) / trials.BESIDE / 60))
    length = f"{len(timed)} of them about {minutes} min, the others never timed" if len(timed) < len(tests) else f"about {minutes} min"
    named = [textwrap.fill(f"{folder}: {', '.join(names)}", 110, initial_indent="  ", subsequent_indent="    ") for folder, names in folders.items()]
    return "\n".join([f"left for the next make test-fast, or for make test-fast ALL=1: {len(tests)} test files, {length}", *named])


def run(limited: bool = True) -> str:
    """Run the tests that are affected, side by side, and remember those that pass; how it went, in a sentence.

    `limited` ends it at the BUDGET, counted from the second that the variable STARTED holds (of the clock that
    `date +%s` shows). Raises BuildFailed if a test fails.
    """
    trials.warm_up()
    now, known = states(), read_known()
    stale = in_turn(now, known)
    print(f"test: {len(stale)} of {len(now)} test files have not passed as they are now", flush=True)
    spent = time.time() - float(os.environ.get("STARTED") or time.time())
    seconds = max(LEAST, BUDGET - spent) if limited else math.inf
    expected = {test: known.get(test, Known()).seconds for test in stale}
    failed, left = [], set(stale)
    for outcome in trials.run(expected, paths.ROOT, paths.BUILD / "tests", time.monotonic() + seconds):
        test = outcome.test
        if outcome.passed is None:  # it takes longer than this, and is not started again where less is left
            known[test] = replace(known.get(test, Known()), seconds=max(expected[test], outcome.seconds))
        else:
            left.discard(test)
            passed = now[test].everything if outcome.passed else ""
            known[test] = Known(passed, now[test].itself, outcome.seconds, not outcome.passed)
            print(f"  {'passed' if outcome.passed else 'FAILED'}  {test} ({outcome.seconds:.1f} s)", flush=True)
        if outcome.passed is False:
            failed.append(test)
            print(outcome.said, flush=True)
        _keep(known)
    if left:
        print(left_over(left, known), flush=True)
    if failed:
        raise BuildFailed(f"{len(failed)} test files failed, as said above: {', '.join(failed)}")
    return "what was run has passed, but not all was run" if left else "what changed has passed"
