"""From tables and notebooks to a site: the two commands of this package, and the order of their steps."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis import codebook, paths
from publish import digest
from publish.errors import BuildFailed

if TYPE_CHECKING:
    from publish import pages

HTML = paths.BUILD / "html"
STAMP = paths.BUILD / "html.sha256"


def _say(step: str) -> None:
    print(f"book: {step}", flush=True)


def sphinx_settings(source: Path) -> dict[str, Any]:
    """What is set beside the configuration in `source`: where its contents stand, and what counts as a fault."""
    return {
        "external_toc_path": str(source / "_toc.yml"),
        "latex_individualpages": False,
        "nitpicky": True,
        # The chapters were executed before; their outputs are in the staged files.
        "nb_execution_mode": "off",
    }


def _render(source: Path, target: Path) -> None:
    """Let jupyter-book build `source` into `target`, from nothing, every warning an error."""
    import joblib
    from jupyter_book.sphinx import build_sphinx

    outcome = build_sphinx(
        source,
        target,
        noconfig=True,
        path_config=source / "_config.yml",
        confoverrides=sphinx_settings(source),
        doctreedir=target.with_name("doctrees"),
        freshenv=True,
        warningiserror=True,
        keep_going=True,
        quiet=True,
        jobs=joblib.cpu_count(),
    )
    if outcome != 0:
        raise BuildFailed("the pages have faults, named above")


def lay_out(source: Path) -> pages.Pages:
    """Put into `source`, which is emptied first, all that the site is built from; return the generated pages."""
    from analysis import ledger, tables
    from publish import execute, figures, notebooks, pages, stage

    _say("reading the tables")
    loaded = tables.load()
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
        written.regional_names,
    )
    return written


def book() -> Path:
    """Build the site, unless nothing changed since the last time; return its first page."""
    wanted = digest.site()
    first = HTML / "index.html"
    if first.exists() and STAMP.exists() and STAMP.read_text() == wanted:
        _say("nothing has changed since it was built")
        return first

    # Imported late: a book that is up to date is told so in a moment.
    from publish import api, crate, explorer, figures, follow, fonts, sheets, tidy

    source, site = paths.BUILD / "source", paths.BUILD / "site"
    written = lay_out(source)
    _say("building the pages")
    for folder in (site, site.with_name("doctrees")):
        shutil.rmtree(folder, ignore_errors=True)
    _render(source, site)
    _say("writing figures, fonts and the tables beside the pages")
    tidy.drop_unused(site)
    fonts.write(site, {"index.html", *(f"{path.stem}.html" for path in source.glob("*.ipynb"))})
    trail, built = follow.Trail(written), sorted(site.rglob("*.html"))
    for page in built:
        if figures.extract(page, site):
            follow.mark_numbers(page, follow.link_figures(page, site, trail), trail.claims_of(page.name))
    api.write(written, site)
    explorer.write(written, site)
    sheets.write(site)
    versions = tidy.sheet_versions(site)
    for page in built:
        tidy.tidy(page, versions, written.source_places)
    for name in (".buildinfo", ".doctrees", "jupyter_execute"):
        path = site / name
        path.unlink(missing_ok=True) if path.is_file() else shutil.rmtree(path, ignore_errors=True)
    crate.write(site, written.tables.schema.package, written.book)
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


def keep_house() -> None:
    """BuildFailed names every import across a boundary and every name that nothing uses."""
    from publish import housekeeping

    if found := [text for text in (housekeeping.boundaries(), *housekeeping.unused()) if text]:
        raise BuildFailed("\n".join(found))


def _store() -> str:
    changed = store_notebooks()
    return "\n".join(f"stored: {path.relative_to(paths.ROOT)}" for path in changed) or "stored outputs are up to date"


def _pdf() -> str:
    from publish import pdf

    return f"The whole book as PDF:\n{pdf.make()}"


def _housekeeping() -> str:
    keep_house()
    return "boundaries are kept, and nothing is unused"


def _preview(port: str = "8000") -> str:
    from publish import preview

    preview.serve(port)
    return "preview: ended"


def _check_next() -> str:
    from publish import check_next

    return f"jupyter-book {check_next.VERSION} reads the sources; its {check_next.check()} objections are known"


def _affected(limited: bool = True) -> str:
    from publish import affected

    return affected.run(limited)


COMMANDS: dict[str, Callable[[], str]] = {
    "book": lambda: f"The book is ready. Open this file:\n{book()}",
    "pdf": _pdf,
    "notebooks": _store,
    "codebook": lambda: f"written: {write_codebook().relative_to(paths.ROOT)}",
    "housekeeping": _housekeeping,
    "check-next": _check_next,
    "affected": _affected,
    "all-affected": lambda: _affected(limited=False),
}
"""What each command does and then says."""


def main(arguments: list[str]) -> int:
    """Run one of the commands; 0 when done, 2 when the input is at fault or the command misused, 130 when interrupted."""
    if arguments[:1] == ["preview"] and len(arguments) <= 2:
        command = lambda: _preview(*arguments[1:])  # noqa: E731
    elif len(arguments) == 1 and arguments[0] in COMMANDS:
        command = COMMANDS[arguments[0]]
    else:
        print(f"usage: python -m publish {' | '.join(COMMANDS)} | preview [PORT or free]", file=sys.stderr)
        return 2
    from analysis.errors import InputError

    try:
        print(command())
    except (BuildFailed, InputError, FileNotFoundError) as error:
        print(f"{arguments[0]}: {error}", file=sys.stderr)
        return 2
    except (KeyboardInterrupt, KeyError) as error:
        # Sphinx, interrupted while it reads pages side by side, stumbles over its own list of tasks.
        if not isinstance(error, KeyboardInterrupt) and not isinstance(error.__context__, KeyboardInterrupt):
            raise
        print(f"\n{arguments[0]}: stopped before its end", file=sys.stderr)
        return 130
    return 0
