"""The tables as they stand in their files, as text, for a report that must not fail where a table is at fault."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd


def table(folder: Path, name: str) -> pd.DataFrame:
    """The table `name` of the project in `folder`, every cell as text; an empty one where it cannot be read."""
    try:
        return pd.read_csv(folder / "data" / f"{name}.csv", dtype=str, keep_default_na=False)
    except (OSError, ValueError):
        return pd.DataFrame()


def package(folder: Path) -> dict[str, Any]:
    """The description of the tables; empty where it cannot be read."""
    try:
        described: dict[str, Any] = json.loads((folder / "data" / "datapackage.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return described


def counted(rows: pd.DataFrame, *columns: str) -> list[dict[str, Any]]:
    """How many rows hold each value of some columns, most first; nothing where a column is missing."""
    if not set(columns) <= set(rows.columns):
        return []
    counts = rows.groupby(list(columns), sort=True).size().rename("count").reset_index()
    ordered = counts.sort_values(["count", *columns], ascending=[False, *[True] * len(columns)])
    return [{str(name): cell for name, cell in row.items()} for row in ordered.to_dict("records")]
