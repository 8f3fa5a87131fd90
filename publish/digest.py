"""Digests of files: what tells whether something made earlier may still be used."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from pathlib import Path

from analysis import paths

SKIPPED = {"__pycache__", ".ipynb_checkpoints"}


def files(path: Path) -> list[Path]:
    """The files of a file or folder, in order, without what Python and Jupyter leave behind."""
    found = [path] if path.is_file() else path.rglob("*")
    return sorted(file for file in found if file.is_file() and not SKIPPED.intersection(file.parts))


def digest(names: Iterable[str], root: Path = paths.ROOT) -> str:
    """SHA-256 (hex) over the names and bytes of the files and folders `names` of `root`, and over Python's version.

    FileNotFoundError names a file or folder that is missing.
    """
    total = hashlib.sha256(sys.version.encode())
    for name in names:
        if not (root / name).exists():
            raise FileNotFoundError(f"{root / name}: the build needs it; restore it")
        for file in files(root / name):
            total.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return total.hexdigest()


def results(root: Path = paths.ROOT) -> str:
    """Digest of all that a notebook's result depends on besides its own cells."""
    return digest(["data", "analysis", "requirements.txt"], root)


def site(root: Path = paths.ROOT) -> str:
    """Digest of all that the built site depends on."""
    return digest(["data", "analysis", "requirements.txt", "pyproject.toml", "CITATION.cff", "publish", "book", "review/results"], root)
