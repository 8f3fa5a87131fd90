"""How far two coders agree on the items of a table, in words."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from analysis.chapter import Chapter
from analysis.chapters.phrases import of_all
from analysis.methods.agreement import krippendorff_alpha
from analysis.verdicts import plural


def paired(chapter: Chapter, table: str, keys: Collection[str] | None = None) -> pd.DataFrame:
    """The codes of a table as text, one row an item and one column a coder; only these items where given."""
    rows = chapter.tables["codings"]
    rows = rows[rows["table"] == table]
    if keys is not None:
        rows = rows[rows["key"].isin(keys)]
    return rows.pivot(index="key", columns="coder", values="code")


def agreement(name: str, codes: pd.DataFrame, level: str) -> str:
    """Krippendorff's alpha of some items, as in "relations: α = 0.71 (ordinal; 50 of 59 codes equal)".

    Takes what paired gives; all levels but nominal need codes that are numbers.
    """
    numbers = codes if level == "nominal" else codes.astype(float)
    both = numbers.dropna(thresh=2)
    if both.empty:
        return f"{name}: coded once so far, {plural(len(codes), 'item')}"
    alpha = krippendorff_alpha(numbers, level)
    equal = int((both.nunique(axis=1) == 1).sum())
    shown = "not defined, since all codes are equal" if pd.isna(alpha) else f"α = {alpha:.2f}"
    return f"{name}: {shown} ({level}; {of_all(equal, len(both))} codes equal)"
