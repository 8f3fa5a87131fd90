"""The articles' words as counted by section: table `tokens` with its lexicon, ready for the methods."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.package import Tables

PUBLICS = {"mainland": "mainland", "hong_kong": "Hong Kong", "taiwan": "Taiwan"}


@dataclass(frozen=True)
class Corpus:
    """Counts of words by section; articles stand in order of publication."""

    tables: Tables

    @cached_property
    def articles(self) -> list[str]:
        """The articles whose words are counted. ValueError when there is none."""
        frame = self.tables["articles"].sort_values(["published", "article_id"])
        counted = set(self.tables["tokens"]["article_id"])
        found = [article_id for article_id in frame["article_id"] if article_id in counted]
        if not found:
            raise ValueError("no words are counted: table tokens is empty")
        return found

    @cached_property
    def publics(self) -> dict[str, str]:
        """For whom each article is written, by its region; elsewhere where the row names none."""
        frame = self.tables["articles"]
        regions = dict(zip(frame["article_id"], frame["region"], strict=True))
        return {article_id: PUBLICS.get(regions[article_id], "elsewhere") for article_id in self.articles}

    @cached_property
    def sections(self) -> pd.DataFrame:
        """A row a section (article_id, section), a column a word: how often it occurs there."""
        counts = self.tables["tokens"].astype({"count": float})
        table = counts.pivot_table(
            index=["article_id", "section"], columns="token", values="count", aggfunc="sum", fill_value=0.0
        )
        return table.reindex(self.articles, level="article_id")

    @cached_property
    def counts(self) -> pd.DataFrame:
        """A row a word, a column an article."""
        return self.sections.groupby(level="article_id", sort=False).sum().T

    @cached_property
    def sizes(self) -> pd.Series:
        """How many words each article has."""
        return self.counts.sum()

    @cached_property
    def tags(self) -> pd.Series:
        """The part of speech of each word."""
        tagged = self.tables["tokens"].drop_duplicates("token").set_index("token")["pos"]
        return tagged.reindex(self.counts.index)

    @cached_property
    def _glosses(self) -> dict[str, str]:
        names = self.tables["lexicon-names"]
        found = dict(zip(names["name_zh"], names["name_en"], strict=True))
        for table in ("words", "frames", "actors", "wordings", "glosses"):
            frame = self.tables[f"lexicon-{table}"]
            words = frame["token" if table == "glosses" else "word"]
            found = dict(zip(words, frame["gloss_en"], strict=True)) | found
        return found

    def check_glosses(self, words: Iterable[str]) -> None:
        """ValueError, naming all words without an English gloss and the table to add them to, when there are any."""
        if missing := sorted({word for word in words if not word.isascii() and word not in self._glosses}):
            verb = "has" if len(missing) == 1 else "have"
            raise ValueError(f"{', '.join(missing)} {verb} no English gloss: add a row to lexicon/glosses.csv")

    def gloss(self, word: str) -> str:
        """The word in English. ValueError, naming the word and the table to add it to, when there is none."""
        self.check_glosses([word])
        return self._glosses[word]

    def spelled(self, word: str) -> str:
        """The word with its gloss, as a reader sees it; a word in Latin letters needs none."""
        return word if word.isascii() else f"{word} {self.gloss(word)}"

    @cached_property
    def texts(self) -> dict[str, pd.DataFrame]:
        """The sections of each article: a row a section, a column a word."""
        return {article_id: self.sections.loc[[article_id]] for article_id in self.articles}

    def groups(self, table: str, by: str) -> dict[str, list[str]]:
        """The words of each frame, actor or choice of a lexicon table, as far as they occur, in order."""
        frame = self.tables[f"lexicon-{table}"]
        return {
            str(name): [word for word in part["word"] if word in self.counts.index]
            for name, part in frame.groupby(by, sort=True)
        }

    def mentions(self, groups: dict[str, list[str]]) -> pd.DataFrame:
        """How often the words of each group occur in each section; a word of two groups counts in both."""
        return pd.DataFrame({name: self.sections[words].sum(axis=1) for name, words in groups.items()})
