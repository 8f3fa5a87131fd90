"""What machines read: the ledger as JSON, and the tables as they are."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any
from zipfile import ZipFile, ZipInfo

from analysis import paths
from analysis.addresses import claim_address
from publish import aif, citations
from publish.pages import Pages

PACKAGE = "downloads/five-arguments-data.zip"
REPLY = ("author", "date", "language", "text", "permission", "url")
SCHEMAS = Path(__file__).parent / "schemas"


def _write(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n", encoding="utf-8")


def _pack(folder: Path, names: list[str], target: Path) -> None:
    """Put files of a folder into one zip file, uncompressed: what zlib makes of them differs from machine to machine."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with ZipFile(target, "w") as packed:
        for name in sorted(names):
            entry = ZipInfo(f"{target.stem}/{name}")  # its date is the first that a zip file can hold
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, (folder / name).read_bytes())


def write(pages: Pages, html: Path, data: Path = paths.DATA) -> None:
    """Write api/ and data/ under `html`.

    api/claims.json is the ledger; api/claims/<claim_id>.json one row of it with its texts and page;
    api/articles.json the articles with their verdicts counted.
    api/schema/ holds what each of these is, api/citations/ the citation of each claim, api/aif/ the argument of
    each article; downloads/ all tables with their schema in one file.
    """
    folder = html / "api"
    ledger = list(pages.ledger.values())
    _write(folder / "claims.json", ledger)
    texts = {claim["claim_id"]: claim for claim in pages.claims}
    for row in ledger:
        claim = texts[row["claim_id"]]
        said = {name: claim[name] for name in ("paragraph", "short_en", "statement_en", "statement_zh")}
        said["paragraph"] = int(said["paragraph"])
        replies = [{name: reply[name] for name in REPLY} for reply in pages.replies.get(row["claim_id"], [])]
        page = claim_address(row["claim_id"])
        _write(folder / "claims" / f"{row['claim_id']}.json", {**row, **said, "page": page, "replies": replies})
        item = citations.claim(pages.book, claim)
        _write(folder / "citations" / f"{row['claim_id']}.json", [item])
        (folder / "citations" / f"{row['claim_id']}.bib").write_text(citations.bibtex(item), encoding="utf-8")
    articles = []
    for article in pages.articles:
        verdicts = Counter(row["verdict"] for row in ledger if row["article_id"] == article["article_id"])
        numbers = {name: int(article[name]) for name in ("paragraphs", "characters")}
        articles.append({**article, **numbers, "verdicts": dict(sorted(verdicts.items()))})
        if claims := pages.of(article):
            _write(folder / "aif" / f"{article['article_id']}.json", aif.document(claims, pages.inferences, pages.ledger))
    _write(folder / "articles.json", articles)
    shutil.copytree(SCHEMAS, folder / "schema")
    tables = ["datapackage.json", *(resource["path"] for resource in pages.tables.schema.package["resources"])]
    for name in tables:
        target = html / "data" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(data / name, target)
    _pack(data, [*tables, "README.md"], html / PACKAGE)
