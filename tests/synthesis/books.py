"""The book with a table changed, or with some of its articles only, whose verdicts take less time."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from analysis.package import Tables
from analysis.synthesis.book import Book


def changed(book: Book, **changes: Callable[[pd.DataFrame], pd.DataFrame]) -> Book:
    """The book on tables of which some have been changed."""
    frames = {name: book.tables[name] for name in book.tables}
    for name, change in changes.items():
        frames[name] = change(frames[name].copy())
    return Book(Tables(book.tables.schema, frames))


def only(*article_ids: str) -> Callable[[pd.DataFrame], pd.DataFrame]:
    """What keeps the rows of some articles."""
    return lambda frame: frame[frame["article_id"].isin(article_ids)]


def empty(frame: pd.DataFrame) -> pd.DataFrame:
    """The table without its rows."""
    return frame.iloc[:0]
