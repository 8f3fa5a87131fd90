"""A project in miniature: the real code, a handful of sound rows, one small notebook, and a site for programs."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import nbformat
import sound

from analysis import ledger, paths, tables
from publish import api, crate, pages
from review import archive
from review.provenance import citation

LINKED = ("analysis", "publish", "review", "tests")
COPIED = ("pyproject.toml", "CITATION.cff", "requirements.in", "requirements.txt", "conftest.py", "Makefile")
FIGURE = '<figure id="figure-probe"><p class="finding-title">Probe</p><svg xmlns="http://www.w3.org/2000/svg"><text>{}</text></svg></figure>'
CELLS = (
    "from decimal import Decimal\n\nfrom IPython.display import HTML\n\nfrom analysis import tables\nfrom analysis.intervals import statement_interval",
    "values = tables.load()['observations']['value'].astype(float)\nprint(round(values.sum(), 2))",
    "share = Decimal('36.5')\nprint(statement_interval('about', share, share, 'percent_share'))",
    f"HTML({FIGURE!r}.format(round(float(values.max()), 2)))",
)


def change(path: Path, old: str, new: str) -> None:
    """Put `new` in the place of `old`, which must be there, in a file of its own: the rest of a copy is linked."""
    text = path.read_text("utf-8")
    assert old in text, f"{path.name} does not hold {old!r}"
    write(path, text.replace(old, new, 1))


def write(path: Path, text: str | bytes) -> None:
    """Write a file anew, leaving the original alone where this is only a link to it."""
    path.unlink(missing_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))


def link(source: Path, target: Path) -> None:
    """A copy of a folder that costs nothing: every file is linked."""
    shutil.copytree(source, target, copy_function=os.link, ignore=shutil.ignore_patterns("__pycache__", ".*_cache"))


def project(folder: Path) -> Path:
    """The project in miniature, without a site and without stored outputs."""
    folder.mkdir()
    for name in LINKED:
        link(paths.ROOT / name, folder / name)
    for name in COPIED:
        shutil.copy(paths.ROOT / name, folder / name)
    sound.write(folder / "data")
    (folder / "book").mkdir()
    for name in ("_config.yml", "index.md"):
        shutil.copy(paths.BOOK / name, folder / "book" / name)
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [nbformat.v4.new_markdown_cell("# Probe\n\nWhat the rows say:"), *map(nbformat.v4.new_code_cell, CELLS)]
    nbformat.write(notebook, folder / "book" / "probe.ipynb")
    # The prose of the real chapters is the business of other tests.
    for part in ("chapters", "synthesis"):
        shutil.rmtree(folder / "analysis" / part)
        (folder / "analysis" / part).mkdir()
    write(folder / "analysis" / "chapters" / "probe.py", 'def answer(count: int) -> str:\n    return f"{count} rows speak for it"\n')
    write(folder / "review" / "number_exceptions.csv", "file,text,reason\nbook/index.md,two steps,a rule of the book\n")
    citation.write(folder)
    return folder


def site(folder: Path) -> None:
    """The part of the built site that programs read, from the real generators, with bare pages around it."""
    loaded = tables.load(folder / "data")
    written = pages.Pages(loaded, ledger.ledger(loaded), set())
    html = folder / "_build" / "html"
    (html / "figures").mkdir(parents=True)
    (html / "figures" / "probe.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>36.4</text></svg>', "utf-8")
    (html / "figures" / "probe.csv").write_text("period,value\n2023,36.4\n", "utf-8")
    (html / "claims").mkdir()
    parts = "".join(content for name, content in written.files().items() if name.startswith(("parts/a.", "parts/article-")))
    head = "<!doctype html><html lang='en'><head><title>Probe</title></head><body>"
    (html / "index.html").write_text(f'{head}<a href="claims/a.html">Claims</a><img src="figures/probe.svg" alt=""></body></html>', "utf-8")
    (html / "claims" / "a.html").write_text(f"{head}{parts.replace('href=', 'data-href=')}</body></html>", "utf-8")
    (folder / "data" / "README.md").write_text("Codebook\n", "utf-8")
    api.write(written, html, folder / "data")
    crate.write(html, loaded.schema.package, written.book)


def bare(folder: Path) -> None:
    """Leave one module of the code, so that checking style and types takes a second."""
    (folder / "book" / "probe.ipynb").unlink()
    for part in LINKED:
        for path in (folder / part).rglob("*.py"):
            if path.relative_to(folder).as_posix() not in ("analysis/addresses.py", *(f"{name}/__init__.py" for name in LINKED)):
                path.unlink()


def bundle(folder: Path) -> Path:
    """The archive of the miniature."""
    target = folder / "_build" / "archive" / "miniature.tar"
    archive.write(folder, target)
    return target
