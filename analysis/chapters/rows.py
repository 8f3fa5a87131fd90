"""What the figures of a chapter draw on: their rows, or an error that names the figure, and a few words."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analysis.chapter import Chapter
from analysis.figures import style


def rows_of(chapter: Chapter, figure_id: str) -> pd.DataFrame:
    """The observations of a figure; ValueError, naming the figure, when there is none."""
    rows = chapter.figure_rows(figure_id)
    if rows.empty:
        raise ValueError(f"figure {figure_id}: there is no row to draw")
    return rows


def pick(rows: pd.DataFrame, figure_id: str, **where: str | Iterable[str]) -> pd.DataFrame:
    """The rows whose columns have these values; ValueError, naming the figure, when there is none."""
    found = rows
    for column, wanted in where.items():
        found = found[found[column].isin([wanted] if isinstance(wanted, str) else list(wanted))]
    if found.empty:
        raise ValueError(f"figure {figure_id}: no row has {', '.join(f'{k} {v}' for k, v in where.items())}")
    return found


def tally(chapter: Chapter, claim_ids: Iterable[str]) -> str:
    """How many of some claims have which verdict now, in words."""
    labels = [chapter.now[claim_id].label for claim_id in claim_ids]
    counts = [(labels.count(label), label) for label in style.VERDICTS]
    return ", ".join(f"{count} {label.lower()}" for count, label in counts if count)
