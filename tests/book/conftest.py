"""The built book, a browser to open it in, and throw-away copies of the project."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis import paths
from publish import environment

COPIED = ("analysis", "book", "data", "publish", "pyproject.toml", "requirements.txt", "Makefile")
Run = Callable[..., "subprocess.CompletedProcess[str]"]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: opens the built book in Chromium or Chrome")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A throw-away copy of the project, in a folder whose name has a space."""
    folder = tmp_path / "a copy"
    folder.mkdir()
    for name in COPIED:
        source = paths.ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__", "_build"))
        else:
            shutil.copyfile(source, folder / name)
    return folder


@pytest.fixture(scope="session")
def run() -> Run:
    """Run `python -m MODULE ARGUMENTS` in a folder, with other settings on request; returns what it said."""

    def python(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        inherited = {name: value for name, value in os.environ.items() if name not in environment.SETTINGS}
        return subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=folder,
            env={**inherited, **settings},
            capture_output=True,
            text=True,
            timeout=900,
        )

    return python
