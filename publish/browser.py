"""The browser of this machine, which prints the book and which the tests drive."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from publish.errors import BuildFailed

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
MISSING = (
    "no Chromium or Chrome was found; install one and run this again "
    "(Debian and Ubuntu: apt-get install chromium; others: Google Chrome's own installer)"
)


def installed() -> str | None:
    """The path of the first Chromium or Chrome that is found; None where there is none."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


def version() -> str:
    """What the browser says of its version; empty where there is none."""
    found = installed()
    return subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout.strip() if found else ""


@contextmanager
def opened() -> Iterator[Browser]:
    """The browser, closed at the end; BuildFailed where there is none."""
    found = installed()
    if found is None:
        raise BuildFailed(MISSING)
    with sync_playwright() as playwright:
        # A sandbox inside a container would need rights that build machines rarely give.
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        try:
            yield browser
        finally:
            browser.close()
