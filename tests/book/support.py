"""What the tests of the book share besides fixtures."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import nbformat

from analysis import paths

Run = Callable[..., "subprocess.CompletedProcess[str]"]


COPIED = (
    "analysis", "book", "data", "publish", "review/results",
    "pyproject.toml", "CITATION.cff", "requirements.txt", ".gitignore",
)  # fmt: skip


def copy_project(folder: Path, chapters: bool = True) -> None:
    """Copy to `folder` what the build reads; without `chapters` the notebooks stay behind."""
    left_out = ["__pycache__", "_build", *([] if chapters else ["*.ipynb"])]
    folder.mkdir()
    for part in COPIED:
        source = paths.ROOT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns(*left_out))
        else:
            shutil.copyfile(source, folder / part)


def write_notebook(path: Path, *cells: str) -> None:
    """A notebook with a title and these code cells."""
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [nbformat.v4.new_markdown_cell("# Probe"), *map(nbformat.v4.new_code_cell, cells)]
    nbformat.write(notebook, path)


def pages(site: Path) -> list[str]:
    """The addresses of all pages, relative to the site."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
