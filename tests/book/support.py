"""What the tests of the book share besides fixtures."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import nbformat

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def write_notebook(path: Path, *cells: str) -> None:
    """A notebook with a title and these code cells."""
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [nbformat.v4.new_markdown_cell("# Probe"), *map(nbformat.v4.new_code_cell, cells)]
    nbformat.write(notebook, path)


def pages(site: Path) -> list[str]:
    """The addresses of all pages, relative to the site."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
