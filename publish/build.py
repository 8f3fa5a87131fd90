"""From tables and notebooks to a site: the two commands of this package, and the order of their steps."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from analysis import codebook, paths
from publish import digest
from publish.errors import BuildFailed

HTML = paths.BUILD / "html"
STAMP = paths.BUILD / "html.sha256"


def _say(step: str) -> None:
    print(f"book: {step}", flush=True)


def _render(source: Path, target: Path) -> None:
    """Let jupyter-book build `source` into `target`, from nothing, every warning an error."""
    from jupyter_book.sphinx import build_sphinx

    toc = source / "_toc.yml"
    outcome = build_sphinx(
        source,
        target,
        noconfig=True,
        path_config=source / "_config.yml",
        confoverrides={
            "external_toc_path": str(toc),
            "latex_individualpages": False,
            "nitpicky": True,
            # The chapters were executed before; their outputs are in the staged files.
            "nb_execution_mode": "off",
        },
        doctreedir=target.with_name("doctrees"),
        freshenv=True,
        warningiserror=True,
        keep_going=True,
        quiet=True,
    )
    if outcome != 0:
        raise BuildFailed("the pages have faults, named above")


def book() -> Path:
    """Build the site, unless nothing changed since the last time; return its first page."""
    wanted = digest.site()
    first = HTML / "index.html"
    if first.exists() and STAMP.exists() and STAMP.read_text() == wanted:
        _say("nothing has changed since it was built")
        return first

    # Imported late: a book that is up to date is told so in a moment.
    from analysis import ledger, tables
    from publish import api, crate, execute, explorer, figures, fonts, notebooks, pages, stage, tidy

    _say("reading the tables")
    loaded = tables.load()
    source, site = paths.BUILD / "source", paths.BUILD / "site"
    chapters = stage.source(source)
    _say(f"executing {len(chapters)} notebook{'s' if len(chapters) != 1 else ''}")
    executed = execute.execute(chapters)
    for path, notebook in executed.items():
        notebooks.write(notebook, path)
    drawn = [shown for path, notebook in sorted(executed.items()) for shown in figures.drawn(path.stem, notebook)]
    _say("working out every verdict")
    written = pages.Pages(loaded, ledger.ledger(loaded), {path.stem for path in chapters}, drawn)
    pages.write(written.files(), source)
    stage.dress(source)
    stage.configure(
        source,
        {article["article_id"]: article["title_en"] for article in written.articles},
        stage.colophon(loaded.schema.package, tables.digest()),
    )
    _say("building the pages")
    for folder in (site, site.with_name("doctrees")):
        shutil.rmtree(folder, ignore_errors=True)
    _render(source, site)
    _say("writing figures, fonts and the tables beside the pages")
    tidy.drop_unused(site)
    fonts.write(site, {"index.html", *(f"{path.stem}.html" for path in chapters)})
    version = tidy.sheet_version(site)
    for page in sorted(site.rglob("*.html")):
        figures.extract(page, site)
        tidy.tidy(page, version)
    api.write(written, site)
    explorer.write(written, site)
    for name in (".buildinfo", ".doctrees", "jupyter_execute"):
        path = site / name
        path.unlink(missing_ok=True) if path.is_file() else shutil.rmtree(path, ignore_errors=True)
    crate.write(site, loaded.schema.package, written.book)
    (site / ".nojekyll").touch()  # a host of static pages must not drop folders that start with _
    STAMP.unlink(missing_ok=True)
    shutil.rmtree(HTML, ignore_errors=True)
    site.rename(HTML)
    STAMP.write_text(wanted)
    return first


def store_notebooks() -> list[Path]:
    """Execute the chapters that are stale and store their outputs in book/; return what changed."""
    from publish import execute, notebooks, stage

    executed = execute.execute(stage.source(paths.BUILD / "stored"))
    return [
        paths.BOOK / path.name
        for path, notebook in executed.items()
        if notebooks.write(notebook, paths.BOOK / path.name)
    ]


def write_codebook() -> Path:
    """Write data/README.md from the schema."""
    from analysis import schema

    path = paths.DATA / "README.md"
    path.write_text(codebook.markdown(schema.read(paths.DATA).package), encoding="utf-8")
    return path


def main(arguments: list[str]) -> int:
    """Run `book`, `notebooks`, `codebook` or `pdf`; 0 when done, 2 when the input is at fault or the command misused."""
    if len(arguments) != 1 or arguments[0] not in ("book", "notebooks", "codebook", "pdf"):
        print("usage: python -m publish book | notebooks | codebook | pdf", file=sys.stderr)
        return 2
    from analysis.errors import InputError

    try:
        if arguments[0] == "book":
            print(f"The book is ready. Open this file:\n{book()}")
        elif arguments[0] == "pdf":
            from publish import pdf

            print(f"The whole book as PDF:\n{pdf.make()}")
        elif arguments[0] == "notebooks":
            changed = store_notebooks()
            print("\n".join(f"stored: {path.relative_to(paths.ROOT)}" for path in changed) or "stored outputs are up to date")
        else:
            print(f"written: {write_codebook().relative_to(paths.ROOT)}")
    except (BuildFailed, InputError, FileNotFoundError) as error:
        print(f"{arguments[0]}: {error}", file=sys.stderr)
        return 2
    return 0
