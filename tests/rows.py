"""Tables made of a few rows for a test: what a row does not name is empty or a harmless default."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

import pandas as pd

from analysis import package, paths, schema
from analysis.errors import Defect
from analysis.package import Tables

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


@cache
def _described() -> schema.Schema:
    return schema.read(paths.DATA)


def _frame(name: str, filled: list[dict[str, str]]) -> pd.DataFrame:
    """Rows of a table, typed, on the lines that follow its header."""
    table = _described().tables[name]
    frame = pd.DataFrame(filled, columns=table.columns, dtype=object)
    frame.index = pd.Index(range(2, len(frame) + 2))
    return package.typed(table, frame)


@cache
def _empty(name: str) -> pd.DataFrame:
    """A table without rows; most of those that a test makes."""
    return _frame(name, [])


def tables(as_of: str = "2025-12-31", **rows: list[dict[str, Any]]) -> Tables:
    """Tables of the project's schema holding only these rows, in the order given.

    An article `a` and an official source `x` are there unless given.
    """
    described = schema.Schema(_described().folder, {**_described().package, "as_of": as_of})
    rows = {"articles": [{}], "sources": [{}], **rows}
    frames = {}
    for name, table in described.tables.items():
        filled = [
            {column: str({**DEFAULTS.get(name, {}), **row}.get(column, "")) for column in table.columns}
            for row in rows.get(name.replace("-", "_"), [])
        ]
        if name == "observations":
            for place, row in enumerate(filled):
                row["observation_id"] = row["observation_id"] or f"row{place}"
        frames[name] = _frame(name, filled) if filled else _empty(name).copy()
    return Tables(described, frames)


def said(rule: Callable[[Tables], Iterable[Defect]], made: Mapping[str, list[dict[str, Any]]]) -> list[str]:
    """What one rule says of tables that hold only these rows: each defect as it is printed."""
    return [str(defect) for defect in rule(tables(**made))]


def refused(found: list[str], *begun: str) -> bool:
    """Whether these defects and no others were found: each of them begins so, and goes on with its mend."""
    return len(found) == len(begun) and all(
        one.startswith(beginning) and len(one.rpartition("; ")[2].split()) > 1
        for one, beginning in zip(found, begun, strict=True)
    )
