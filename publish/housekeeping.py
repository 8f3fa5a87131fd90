"""What the tests cannot see: imports across the package boundaries, and code that nothing uses."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import vulture
from importlinter.cli import lint_imports

from analysis import paths
from publish import notebooks

PACKAGES = ("analysis", "publish", "review")
KINDS = ("function", "method", "class", "import", "variable", "unreachable_code")
"""What is reported; attributes are mostly set for other libraries."""
FORMULAS = paths.ROOT / "analysis" / "methods"
"""A collection of formulas, each tested on its own; a chapter need not have come to use one."""
CALLED_FROM_OUTSIDE = {
    "warrant", "default_priority", "kwargs", "language_name", "METADATA_DEPENDENCIES", "on_visit", "on_leave",
    "handle_starttag", "handle_endtag", "handle_data", "log_message",
}  # fmt: skip
"""Names that Sphinx, LibCST, the standard library or a generic walk over fields looks up."""


def boundaries(root: Path = paths.ROOT) -> str:
    """The import contracts of pyproject.toml that are broken, as the linter explains them; empty if none is."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.chdir(root):
        status = lint_imports(config_filename=str(root / "pyproject.toml"), no_cache=True)
    return said.getvalue().partition("Broken contracts\n")[2] or said.getvalue() if status else ""


def unused(root: Path = paths.ROOT) -> list[str]:
    """Names that neither the packages, nor a notebook, nor a template uses, each with its place."""
    finder = vulture.Vulture()
    finder.scavenge([str(root / package) for package in PACKAGES])
    for path in sorted((root / "book").glob("*.ipynb")):
        cells = notebooks.read(path).cells
        finder.scan("\n".join(cell.source for cell in cells if cell.cell_type == "code"), filename=path)
    shown = {
        word
        for package in PACKAGES
        for template in sorted((root / package).glob("templates/*"))
        for word in re.findall(r"\w+", template.read_text("utf-8"))
    }
    return [
        f"{item.filename.relative_to(root)}:{item.first_lineno}: {item.typ} {item.name} is not used; call it (a cell of a notebook counts) or remove it"
        for item in finder.get_unused_code()
        if item.typ in KINDS
        and item.name not in shown | CALLED_FROM_OUTSIDE
        and FORMULAS not in Path(item.filename).parents
    ]
