"""Tables made of a few rows for a test: what a row does not name is empty or a harmless default."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import package, paths, schema
from analysis.package import Tables
from analysis.schema import Table

DEFAULTS: dict[str, dict[str, Any]] = {
    "articles": {"article_id": "a", "published": "2024-06-30", "paragraphs": "9"},
    "claims": {
        "claim_id": "a.01",
        "article_id": "a",
        "paragraph": "1",
        "kind": "numerical",
        "role": "premise",
    },
    "readings": {
        "reading_id": "a.01.a",
        "claim_id": "a.01",
        "method": "figure",
        "table": "observations",
        "key": "s",
        "period": "2023",
        "primary": "yes",
    },
    "series": {"series_id": "s", "unit": "percent_share", "frequency": "year", "span": "mean"},
    "observations": {
        "series_id": "s",
        "period": "2023",
        "bound": "exact",
        "status": "outturn",
        "source_id": "x",
        "origin_ids": "o",
        "quality": "official",
        "known_since": "2024-01-31",
    },
    "sources": {"source_id": "x", "kind": "official", "published": "2024-01-31"},
    "specifications": {"claim_id": "a.01", "estimand": "e"},
    "events": {"event_id": "e", "occurred": "yes", "source_id": "x", "origin_ids": "o"},
    "offices": {"person": "P", "office": "O", "source_id": "x", "origin_ids": "o"},
    "stances": {"claim_id": "a.01", "source_id": "x", "origin_ids": "o"},
    "forecasts": {"claim_id": "a.01", "criterion": "c", "source_id": "x", "outcome_date": "2024-01-31"},
    "inferences": {"relation": "support", "warrant": "w"},
    "attributions": {"claim_id": "a.01", "source_id": "x", "faithful": "yes"},
}


def _frame(table: Table, rows: list[dict[str, Any]]) -> pd.DataFrame:
    defaults = DEFAULTS.get(table.name, {})
    filled = [{column: str({**defaults, **row}.get(column, "")) for column in table.columns} for row in rows]
    if table.name == "observations":
        for place, row in enumerate(filled):
            row["observation_id"] = row["observation_id"] or f"row{place}"
    frame = pd.DataFrame(filled, columns=table.columns, dtype=object)
    frame.index = pd.Index(range(2, len(frame) + 2))
    return package.typed(table, frame)


@cache
def _empty(folder: Path) -> dict[str, pd.DataFrame]:
    """Every table without a row: most of them are, in a test, and property tests make them hundreds of times."""
    return {name: _frame(table, []) for name, table in schema.read(folder).tables.items()}


def tables(as_of: str = "2025-12-31", **rows: list[dict[str, Any]]) -> Tables:
    """Tables of the project's schema holding only these rows, in the order given.

    An article `a` and an official source `x` are there unless given.
    """
    described = schema.read(paths.DATA)
    described = schema.Schema(described.folder, {**described.package, "as_of": as_of})
    rows = {"articles": [{}], "sources": [{}], **rows}
    frames = {}
    for name, table in described.tables.items():
        given = rows.get(name.replace("-", "_"), [])
        frames[name] = _frame(table, given) if given else _empty(paths.DATA)[name].copy()
    return Tables(described, frames)
