"""A small folder of tables without a defect, for tests that break it in one place."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

from analysis import paths, schema

Rows = dict[str, list[dict[str, str]]]

SOUND: Rows = {
    "articles": [
        {"article_id": "a", "title_zh": "题", "title_en": "Title", "argument_en": "It argues.",
         "argument_zh": "有此一说。", "outlet": "Outlet", "published": "2024-06-30",
         "published_low": "2024-06-01", "published_high": "2024-06-30", "published_ground": "printed", "script": "Hans",
         "sha256": "0" * 64, "paragraphs": "9", "characters": "900"},
    ],
    "claims": [
        {"claim_id": "a.01", "article_id": "a", "paragraph": "1", "kind": "numerical", "role": "premise",
         "short_en": "The share was about a third", "statement_en": "The share was about 36.5 percent.", "statement_zh": "份额约为百分之三十六点五。",
         "qualifier": "about", "figure_low": "36.5", "figure_high": "36.5", "unit": "percent_share", "period": "2023"},
        {"claim_id": "a.02", "article_id": "a", "paragraph": "2", "kind": "causal", "role": "inference",
         "short_en": "It was caused", "statement_en": "Something caused it.", "statement_zh": "某事造成了它。"},
        {"claim_id": "a.03", "article_id": "a", "paragraph": "3", "kind": "forecast", "role": "conclusion",
         "short_en": "It will go on", "statement_en": "It will go on.", "statement_zh": "它会继续。"},
    ],
    "readings": [
        {"reading_id": "a.01.a", "claim_id": "a.01", "method": "figure", "table": "observations", "key": "s", "geo": "RU",
         "counterparty": "CN", "period": "2023", "primary": "yes", "ground": "A ground."},
        {"reading_id": "a.02.a", "claim_id": "a.02", "method": "implication", "table": "inferences", "key": "a.02",
         "primary": "yes", "ground": "A ground."},
        {"reading_id": "a.03.a", "claim_id": "a.03", "method": "forecast", "table": "forecasts", "key": "a.03",
         "primary": "yes", "ground": "A ground."},
    ],
    "inferences": [
        {"inference_id": "a.i01", "from_claim": "a.02", "to_claim": "a.01", "relation": "implies", "warrant": "w"},
        {"inference_id": "a.i02", "from_claim": "a.01", "to_claim": "a.03", "relation": "support", "warrant": "w"},
    ],
    "forecasts": [
        {"claim_id": "a.03", "criterion": "c", "horizon": "2027-12-31", "horizon_ground": "printed", "note": "Nothing is known yet.", "stated_measure": "no",
         "probability_low": "0.6", "probability_high": "0.9"},
    ],
    "sources": [
        {"source_id": "x", "title": "T", "publisher": "P", "published": "2024-01-31", "url": "https://example.org/x",
         "kind": "official", "licence": "facts"},
    ],
    "origins": [{"origin_id": "o", "name_en": "O", "name_zh": "甲"}],
    "areas": [
        {"area": "CN", "name_en": "China", "name_zh": "中国"},
        {"area": "RU", "name_en": "Russia", "name_zh": "俄罗斯"},
    ],
    "series": [
        {"series_id": "s", "title_en": "T", "title_zh": "题", "unit": "percent_share", "frequency": "year", "span": "mean",
         "definition": "What is counted."},
    ],
    "observations": [
        {"observation_id": "s@2022@RU-CN@x", "series_id": "s", "period": "2022", "geo": "RU", "counterparty": "CN", "value": "30.1",
         "bound": "exact", "status": "outturn", "origin_ids": "o", "source_id": "x", "quality": "official"},
        {"observation_id": "s@2023@RU-CN@x", "series_id": "s", "period": "2023", "geo": "RU", "counterparty": "CN", "value": "36.4",
         "bound": "exact", "status": "outturn", "origin_ids": "o", "source_id": "x", "quality": "official"},
    ],
}  # fmt: skip


def limits(rows: Rows) -> list[dict[str, str]]:
    """Wide limits for every table of the schema and every series of the rows."""
    wide = {"rows_least": "0", "rows_most": "1000000", "ground": "g"}
    bounds = {"first": "2000-01-01", "last": "2030-12-31", "value_least": "0", "value_most": "100", "per": "value"}
    series = sorted(row["series_id"] for row in rows.get("series", []))
    return [
        *({"scope": "series", "subject": name, **wide, **bounds} for name in series),
        *({"scope": "table", "subject": name, **wide} for name in sorted(schema.read(paths.DATA).tables)),
    ]


def write(folder: Path, rows: Rows = SOUND) -> Path:
    """Write the rows as a data folder with the project's schema; limits that are not given are wide."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(paths.DATA / "datapackage.json", folder)
    rows = {"limits": limits(rows), **rows}
    for name, table in schema.read(folder).tables.items():
        path = folder / table.path
        path.parent.mkdir(exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, table.columns, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows.get(name, []))
    return folder
