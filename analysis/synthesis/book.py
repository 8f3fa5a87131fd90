"""All articles side by side: the chapters in order of publication, opened on the same tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from analysis import tables
from analysis.chapter import Chapter
from analysis.figures.time_axis import printed
from analysis.package import Tables


@dataclass(frozen=True)
class Book:
    """Every article under test, on one set of tables."""

    tables: Tables

    @cached_property
    def chapters(self) -> dict[str, Chapter]:
        """The chapters by article, in order of publication."""
        articles = self.tables["articles"].sort_values(["published", "article_id"])
        return {article_id: Chapter(article_id, self.tables) for article_id in articles["article_id"]}

    def name(self, article_id: str) -> str:
        """What an article is called where there is little room, as in Hedge, Nov 2025."""
        return f"{article_id.capitalize()}, {printed(self.chapters[article_id].article['published'][:7])}"


def read_book() -> Book:
    """Load the tables and open all chapters."""
    return Book(tables.load())
