"""The whole site as an RO-Crate: one JSON-LD file that says what each part is, for archives and catalogues.

RO-Crate Metadata Specification 1.1. The crate is dated by the day up to which its evidence reaches, since no
result of this book depends on the day of a build.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

NAME = "ro-crate-metadata.json"
KINDS = {
    ".html": "text/html",
    ".json": "application/json",
    ".csv": "text/csv",
    ".ipynb": "application/x-ipynb+json",
    ".pdf": "application/pdf",
}
FOLDERS = {
    "api/claims/": "One claim a file: verdicts, evidence, explanation",
    "api/citations/": "One citation a file, as BibTeX and CSL JSON",
    "claims/": "Pages of claims, one an article",
    "series/": "Pages of series, one a series",
    "sources/": "Pages of sources, one a letter",
    "tables/": "Pages of the other tables, one a table",
    "figures/": "Pictures as SVG and their rows as CSV",
}


def _title(page: Path) -> str:
    text = page.read_text("utf-8")
    start = text.find("<title>")
    return " ".join(text[start + 7 : text.find("</title>", start)].split()) if start >= 0 else page.name


def document(html: Path, package: Mapping[str, Any], book: Mapping[str, Any]) -> dict[str, Any]:
    """The crate of the site in `html`; `package` is the data package, `book` its citation as a CSL item.

    Pages of the top folder, tables, documents of the api and notebooks are listed one by one; large folders
    of one kind as folders.
    """
    licence = {"@id": package["licenses"][0]["path"]}
    tables = {f"data/{resource['path']}": resource for resource in package["resources"]}
    listed = [
        *sorted(html.glob("*.html")),
        *sorted(html.rglob("*.pdf")),
        *sorted((html / "_sources").glob("*.ipynb")),
        *sorted((html / "data").rglob("*.csv")),
        html / "data" / "datapackage.json",
        *sorted(path for path in (html / "api").rglob("*.json") if f"{path.parent.relative_to(html).as_posix()}/" not in FOLDERS),
    ]
    files = []
    for path in listed:
        name = path.relative_to(html).as_posix()
        entity: dict[str, Any] = {
            "@id": name,
            "@type": "File",
            "name": _title(path) if path.suffix == ".html" else name,
            "encodingFormat": KINDS[path.suffix],
            "contentSize": str(path.stat().st_size),
        }
        if name in tables:
            entity |= {"name": tables[name]["title"], "description": tables[name]["description"]}
        files.append(entity)
    folders = [
        {"@id": name, "@type": "Dataset", "name": what} for name, what in FOLDERS.items() if (html / name).is_dir()
    ]
    authors = [
        {"@id": f"#author-{number}", "@type": "Organization" if "literal" in one else "Person", "name": one.get("literal") or f"{one['given']} {one['family']}"}
        for number, one in enumerate(book["author"], 1)
    ]
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": package["title"],
        "description": package["description"],
        "datePublished": package["as_of"],
        "temporalCoverage": f"../{package['as_of']}",
        "version": package["version"],
        "license": licence,
        "author": [{"@id": author["@id"]} for author in authors],
        "inLanguage": ["en", "zh-Hans", "zh-Hant"],
        "hasPart": [{"@id": entity["@id"]} for entity in [*files, *folders]],
        "mainEntity": {"@id": "index.html"},
    }
    descriptor = {
        "@id": NAME,
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }
    terms = {**licence, "@type": "CreativeWork", "name": package["licenses"][0]["title"]}
    return {
        "@context": "https://w3id.org/ro/crate/1.1/context",
        "@graph": [descriptor, root, *authors, terms, *files, *folders],
    }


def write(html: Path, package: Mapping[str, Any], book: Mapping[str, Any]) -> None:
    """Write the crate's file; last of all, for it lists the others with their sizes."""
    text = json.dumps(document(html, package, book), ensure_ascii=False, indent=1)
    (html / NAME).write_text(text + "\n", encoding="utf-8")
