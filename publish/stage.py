"""Lay out what the site is built from: the book's own pages, executed chapters, generated pages."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml

from analysis import paths
from analysis.figures.stylesheet import stylesheet
from publish import digest, notebooks

# Pages with a fixed place; whatever else lies in book/ follows under the heading named last.
ACROSS = {
    "together": "where the articles meet and contradict one another",
    "scoreboard": "what they foresaw and missed",
    "right-and-wrong": "what each got right and wrong",
    "how-they-speak": "how they speak",
    "explorer": "every claim in one table, to filter and search",
}
"""Pages on all articles, in the order in which the first page and the contents name them, and what they answer."""
METHOD = ["how-a-verdict-comes-about", "glossary", "cite", "architecture", "decisions", "how-well-checked", "how-fast"]
EVIDENCE = ["data-and-sources", "series", "sources", "codebook"]
SHOWN_VERSIONS = ("jupyter-book", "pandas", "scipy", "networkx", "matplotlib")


def contents(articles: dict[str, str], pages: set[str]) -> dict[str, Any]:
    """The table of contents for the pages there are (names without ending).

    `articles` are the articles' titles by id, in the order of the chapters.
    """
    chapters: list[dict[str, Any]] = []
    for article, title in articles.items():
        claims = f"claims/{article}"
        if article in pages and claims in pages:
            chapters.append({"file": article, "sections": [{"file": claims, "title": "Its claims, one by one"}]})
        elif article in pages:
            chapters.append({"file": article})
        elif claims in pages:
            chapters.append({"file": claims, "title": title})
    placed = {*articles, *ACROSS, *METHOD, *EVIDENCE, "index"}
    rest = sorted(page for page in pages if page not in placed and "/" not in page)
    parts = [
        ("The articles", chapters),
        ("Across the articles", [{"file": page} for page in ACROSS if page in pages]),
        ("Method", [{"file": page} for page in METHOD if page in pages]),
        ("Evidence", [{"file": page} for page in EVIDENCE if page in pages]),
        ("Appendices", [{"file": page} for page in rest]),
    ]
    return {
        "format": "jb-book",
        "root": "index",
        "parts": [{"caption": caption, "chapters": files} for caption, files in parts if files],
    }


def colophon(package: dict[str, Any], data_digest: str) -> str:
    """The foot of every page: which evidence and which versions, never a commit, a time or a machine."""
    versions = ", ".join(f"{name} {version(name)}" for name in SHOWN_VERSIONS)
    return (
        f"<p>Text and data CC BY 4.0, code MIT. Evidence up to {package['as_of']}; "
        f'data <span title="SHA-256 of the data folder: {data_digest}">{data_digest[:12]}</span>, '
        f"version {package['version']}. Made with Python {platform.python_version()}, {versions}.</p>"
    )


def source(folder: Path, book: Path = paths.BOOK) -> list[Path]:
    """Copy the book's own files to `folder`, which is emptied first; return the notebooks in it."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(book, folder, ignore=shutil.ignore_patterns("_build", "_toc.yml", *digest.SKIPPED))
    chapters = sorted(folder.glob("*.ipynb"))
    for chapter in chapters:
        notebooks.write(notebooks.read(chapter), chapter)
    return chapters


def dress(folder: Path) -> None:
    """Put the figures' own style sheet before the book's, in one file: sheets are loaded in no fixed order."""
    sheet = folder / "_static" / "book.css"
    sheet.write_text(stylesheet() + "\n" + sheet.read_text("utf-8"), encoding="utf-8")


def configure(folder: Path, articles: dict[str, str], foot: str, names: Mapping[str, str]) -> None:
    """Write the table of contents of `folder`; add to its configuration the foot and the names that a search knows alike."""
    pages = {
        path.relative_to(folder).with_suffix("").as_posix()
        for path in folder.rglob("*")
        if path.suffix in (".md", ".ipynb") and not path.name.startswith("_") and path.parent.name != "series"
    }
    toc = yaml.safe_dump(contents(articles, pages), sort_keys=False, allow_unicode=True)
    (folder / "_toc.yml").write_text(toc, encoding="utf-8")
    path = folder / "_config.yml"
    config = yaml.safe_load(path.read_text("utf-8"))
    config.setdefault("html", {})["extra_footer"] = foot
    config["sphinx"]["config"]["html_search_options"] = {"names": dict(names)}
    path.write_text(yaml.safe_dump(config, sort_keys=False, allow_unicode=True), encoding="utf-8")
