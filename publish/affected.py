"""The tests that a change can have touched: those not yet passed with their present test, modules and data.

A test depends on its own file, the helpers beside it, every module that these import, directly or through
others, and on the tables and settings. What passed is remembered by the digest of all that. Tests of the
built book and of size are left to `make test`.
"""

from __future__ import annotations

import ast
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import grimp

from analysis import paths
from publish import digest
from publish.housekeeping import PACKAGES

PASSED = paths.BUILD / "passed.json"
LEFT_OUT = ("book", "scale")
ALWAYS = ("data", "pyproject.toml", "requirements.txt", "conftest.py", "book/_config.yml", "book/references.bib")


def imported(path: Path) -> set[str]:
    """All names that a file imports, wherever in it, and what they may name below: modules or their members."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
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
        found = {beside[name] for name in imported(path) if name in beside} - seen
        seen |= found
        waiting += sorted(found)


def states(root: Path = paths.ROOT) -> dict[str, str]:
    """Each test file with the digest of all that it depends on."""
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    files = {
        module: path
        for package in PACKAGES
        for path in sorted((root / package).rglob("*.py"))
        for module in [".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")]
    }
    common = digest.digest([name for name in ALWAYS if (root / name).exists()], root)
    # Templates and the like belong to no module; every test of the package may show them.
    others = digest.digest([str(path.relative_to(root)) for path in sorted((root / "publish" / "templates").glob("*"))], root)
    found = {}
    for test in sorted((root / "tests").rglob("test_*.py")):
        if test.parent.name in LEFT_OUT:
            continue
        own = sorted(set(_helpers(test, root / "tests")))
        modules = {name for path in own for name in imported(path)} & graph.modules
        modules |= {above for name in modules for above in graph.find_upstream_modules(name)}
        total = hashlib.sha256(f"{common} {others if any(name.startswith('publish') for name in modules) else ''}".encode())
        for path in [*own, *(files[name] for name in sorted(modules) if name in files)]:
            total.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
        found[test.relative_to(root).as_posix()] = total.hexdigest()
    return found


def run() -> int:
    """Run the tests that are affected, two at a time, and remember those that pass; the status of the run."""
    now = states()
    known = json.loads(PASSED.read_text()) if PASSED.exists() else {}
    stale = [test for test, state in now.items() if known.get(test) != state]
    print(f"test: {len(stale)} of {len(now)} test files can be affected by what changed", flush=True)
    if not stale:
        return 0
    status = subprocess.run([sys.executable, "-m", "pytest", "-q", "-n", "2", *stale], cwd=paths.ROOT, check=False).returncode
    if status == 0:
        PASSED.parent.mkdir(exist_ok=True)
        PASSED.write_text(json.dumps({**known, **{test: now[test] for test in stale}}, indent=1, sort_keys=True))
    return status
