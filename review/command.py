"""Run a command and say what it took: its words, its time and the most memory it held."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from publish.environment import SETTINGS


@dataclass(frozen=True)
class Done:
    """How a command ended. `peak` is in bytes, over the command and all that it started and waited for.

    Linux counts what this process itself held when it started the command, so a small process measures best.
    """

    status: int
    out: str
    errors: str
    seconds: float
    peak: int

    @property
    def said(self) -> str:
        return self.out + self.errors

    @property
    def last(self) -> str:
        """The last words, for a command that failed and names no place."""
        return "\n".join(self.said.strip().splitlines()[-15:]) or f"ended with status {self.status} and said nothing"


def run(command: Sequence[str], folder: Path, **settings: str) -> Done:
    """Run `command` in `folder` with that folder's modules and, beside them, `settings` as surroundings.

    What this process itself was given by `publish.environment` is not passed on: each command makes its own.
    """
    inherited = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    surroundings = {**inherited, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1", **settings}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        began = time.monotonic()
        process = subprocess.Popen(command, cwd=folder, env=surroundings, stdin=subprocess.DEVNULL, stdout=out, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - began
        words = []
        for file in (out, errors):
            file.seek(0)
            words.append(file.read().decode("utf-8", "replace"))
    unit = 1 if sys.platform == "darwin" else 1024  # kilobytes on Linux, bytes on macOS
    return Done(process.returncode, words[0], words[1], seconds, usage.ru_maxrss * unit)


def python(folder: Path, *arguments: str, **settings: str) -> Done:
    """Run `python -m ARGUMENTS` with this interpreter and the modules in `folder`."""
    return run([sys.executable, "-m", *arguments], folder, **settings)
