"""Shared by all tests."""

import os
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from analysis import paths

sys.path.insert(0, str(Path(__file__).parent))  # `rows` and `sound`, which make tables

# The same examples on every run and machine, and none fails for being slow on a busy one.
hypothesis.settings.register_profile("book", derandomize=True, deadline=None)
hypothesis.settings.load_profile("book")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini("tables_out_of_reach", "patterns of test files that open no table of the project", type="args")
    parser.addoption("--whole", action="store_true", help="also plant faults before the whole of make verify: many minutes")
    parser.addoption("--texts", type=Path, help="folder of the articles' texts, which the project does not hold")
    parser.addoption("--whole-book", action="store_true", help="also build a whole book with an invented sixth article (minutes)")


@pytest.fixture(scope="session")
def texts(request: pytest.FixtureRequest) -> Path:
    """The folder of the articles' texts; a test that needs it is skipped, and says so, where nobody names it."""
    folder = request.config.getoption("--texts")
    if folder is None:
        pytest.skip("needs the articles' texts: pytest --texts FOLDER")
    return folder


# `make test-fast` leaves tests in peace whose tables, so pyproject.toml says, are out of reach; so they may open none.
# They may list the folder, as a search for modules does: what stands in it is in the schema.

TABLES, SCHEMA = f"{paths.DATA}{os.sep}", str(paths.DATA / "datapackage.json")
STARTS = ("subprocess.Popen", "os.posix_spawn", "os.exec")
"""What runs other code, which nothing here looks into."""
under_test = ""
"""The test file at work, where the tables are out of its reach."""


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if not under_test:
        return
    if event in STARTS:
        what = "a process"
    elif event == "open" and isinstance(arguments[0], str | bytes | os.PathLike):
        what = os.path.abspath(os.fsdecode(arguments[0]))
        if not what.startswith(TABLES) or what == SCHEMA:
            return
    else:
        return
    raise RuntimeError(f"{under_test} opens {what}, but pyproject.toml puts tables out of its reach: take it off that list")


sys.addaudithook(_refuse)


def _out_of_reach(config: pytest.Config, path: Path) -> str:
    return path.name if any(path.match(pattern) for pattern in config.getini("tables_out_of_reach")) else ""


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, Any, Any]:
    """A file's own imports and parameters are read while it is collected."""
    global under_test
    under_test = _out_of_reach(collector.config, collector.path) if isinstance(collector, pytest.Module) else ""
    try:
        return (yield)
    finally:
        under_test = ""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, Any, Any]:
    """Its fixtures and its test."""
    global under_test
    under_test = _out_of_reach(item.config, item.path)
    try:
        return (yield)
    finally:
        under_test = ""
