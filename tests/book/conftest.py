"""The built book, a browser to open it in, and throw-away copies of the project."""

from __future__ import annotations

import functools
import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from support import Run, copy_project

from analysis import paths
from publish import browser as browsers
from publish import environment


@pytest.fixture(scope="session")
def run() -> Run:
    """Run `python -m ARGUMENTS` in a folder, with settings of the caller's; returns what it said."""

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


@pytest.fixture
def copy(tmp_path: Path) -> Callable[..., Path]:
    """Copy the project to a folder of that name; `chapters=False` leaves the notebooks out."""

    def made(name: str, chapters: bool = True) -> Path:
        copy_project(tmp_path / name, chapters)
        return tmp_path / name

    return made


@pytest.fixture(scope="session")
def site(run: Run) -> Path:
    """The folder of the built site."""
    done = run(paths.ROOT, "publish", "book")
    assert done.returncode == 0, done.stdout + done.stderr
    return paths.BUILD / "html"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:
        pass


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        pass  # a browser that leaves a page hangs up on what it no longer needs


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address at which the site is served on this machine."""
    server = _Server(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium or Chrome that is installed; the test is skipped where there is none."""
    if browsers.installed() is None:
        pytest.skip(f"the pages were not opened: {browsers.MISSING}")
    with browsers.opened() as opened:
        yield opened
