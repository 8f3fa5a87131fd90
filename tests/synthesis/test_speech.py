"""How the articles speak: every figure on the real tables, recomputed from the CSV files alone."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from chapter_rows import numbers_in, read_rows

from analysis import tables
from analysis.package import Tables
from analysis.synthesis import speech
from analysis.synthesis.corpus import Corpus

FIGURES: list[Callable[[Corpus], Any]] = [
    speech.key_words, speech.key_word_table, speech.actors, speech.actor_network, speech.frames, speech.tone,
    speech.spellings, speech.wordings,
]  # fmt: skip


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return Corpus(tables.load())


def with_table(corpus: Corpus, name: str, change: Callable[[pd.DataFrame], pd.DataFrame]) -> Corpus:
    frames = {key: corpus.tables[key] for key in corpus.tables}
    frames[name] = change(frames[name].copy())
    return replace(corpus, tables=Tables(corpus.tables.schema, frames))


def counted(article_id: str | None = None) -> Counter[str]:
    """Words straight from the file."""
    found: Counter[str] = Counter()
    for row in read_rows("tokens"):
        if article_id in (None, row["article_id"]):
            found[row["token"]] += int(row["count"])
    return found


def lexicon(name: str, **where: str) -> set[str]:
    return {row["word"] for row in read_rows(f"lexicon/{name}", **where)}


def rate(words: set[str], article_id: str) -> float:
    counts = counted(article_id)
    return 1000 * sum(counts[word] for word in words) / counts.total()


@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_and_table_can_be_drawn_and_says_where_it_is_from(
    corpus: Corpus, figure: Callable[[Corpus], Any]
) -> None:
    drawn = figure(corpus)
    assert drawn.title and drawn.source and len(drawn.data)


def test_articles_stand_in_order_of_publication(corpus: Corpus) -> None:
    published = {row["article_id"]: row["published"] for row in read_rows("articles")}
    assert corpus.articles == sorted(corpus.articles, key=published.__getitem__)


def test_key_words_have_the_counts_and_the_size_that_the_files_give(corpus: Corpus) -> None:
    rows = speech.keyness(corpus)
    assert set(rows["article_id"]) <= set(corpus.articles)
    everywhere = counted()
    for row in rows.groupby("article_id").head(3).to_dict("records"):
        here = counted(row["article_id"])
        word, elsewhere = row["word"], everywhere[row["word"]] - here[row["word"]]
        assert (row["count"], row["elsewhere"]) == (here[word], elsewhere)
        size = everywhere.total() - here.total()
        expected = math.log2((here[word] / here.total()) / ((elsewhere or 0.5) / size))
        assert row["log_ratio"] == pytest.approx(expected)
        assert 0 < row["low"] <= row["log_ratio"] + 1e-9


def test_no_spelling_is_a_key_word(corpus: Corpus) -> None:
    variants = {row["variant"] for row in read_rows("lexicon/names") if row["variant"] != row["name_zh"]}
    shown = set(speech.keyness(corpus)["word"])
    assert shown and not shown & variants


def test_a_spelling_that_is_not_folded_would_lead_the_key_words(corpus: Corpus) -> None:
    def unfold(tokens: pd.DataFrame) -> pd.DataFrame:
        hedge = (tokens["article_id"] == "hedge") & (tokens["token"] == "特朗普")
        tokens.loc[hedge, "token"] = "川普"
        return tokens

    rows = speech.keyness(with_table(corpus, "tokens", unfold))
    assert "川普" in list(rows[rows["article_id"] == "hedge"]["word"].head(speech.SHOWN))


@pytest.mark.parametrize(
    "figure, table, by", [(speech.actors, "actors", "actor"), (speech.frames, "frames", "frame")]
)
def test_rates_are_those_of_the_files(
    corpus: Corpus, figure: Callable[[Corpus], Any], table: str, by: str
) -> None:
    data = figure(corpus).data
    names = {"actor": {"RU": "Russia", "CN": "China"}, "frame": {"conflict": "Conflict", "evasion": "Evasion"}}[by]
    for code, row in names.items():
        for article_id in corpus.articles:
            cell = data[(data["row"] == row) & (data["column"] == article_id)].iloc[0]
            assert cell["value"] == pytest.approx(rate(lexicon(table, **{by: code}), article_id))
            assert cell["low"] <= cell["value"] + 1e-9 and cell["value"] <= cell["high"] + 1e-9


def test_tone_is_that_of_the_files_and_the_title_follows(corpus: Corpus) -> None:
    figure = speech.tone(corpus)
    for kind, label in speech.TONE.items():
        words = lexicon("frames", frame=kind)
        for article_id in corpus.articles:
            rows = figure.data[figure.data["group"].str.startswith(f"{article_id}:")]
            value = rows[rows["label"] == label]["value"].iloc[0]
            assert value == pytest.approx(rate(words, article_id))
    sure = [
        article_id
        for article_id in corpus.articles
        if sum(counted(article_id)[word] for word in lexicon("frames", frame="certainty"))
        > sum(counted(article_id)[word] for word in lexicon("frames", frame="hedge"))
    ]
    part = figure.title.split("more certainty than hedging in ")[1].split(",")[0]
    assert part == " and ".join(sure)


def test_supported_claims_beside_tone_are_the_ledgers(corpus: Corpus) -> None:
    outcome = speech.fared(corpus)
    claims = Counter(row["article_id"] for row in read_rows("claims"))
    for article_id in corpus.articles:
        assert outcome["claims"][article_id] == claims[article_id]
        assert outcome["supported"][article_id] <= outcome["decided"][article_id] <= claims[article_id]


def test_who_is_named_together_is_counted_in_sections(corpus: Corpus) -> None:
    graph = speech.together(corpus)
    words = {code: lexicon("actors", actor=code) for code in ("CN", "UA")}
    spoken: dict[str, Counter[tuple[str, str]]] = {code: Counter() for code in words}
    sections = set()
    for row in read_rows("tokens"):
        section = (row["article_id"], row["section"])
        sections.add(section)
        for code in words:
            if row["token"] in words[code]:
                spoken[code][section] += int(row["count"])
    present = {code: {section for section, count in counts.items() if count >= 2} for code, counts in spoken.items()}
    joint = len(present["CN"] & present["UA"])
    edge = graph.edges["CN", "UA"]
    assert edge["sections"] == joint
    expected = math.log2(joint * len(sections) / (len(present["CN"]) * len(present["UA"])))
    assert edge["pmi"] == pytest.approx(expected)
    assert not graph.has_edge("US", "Trump")


def test_spellings_are_counted_for_each_article(corpus: Corpus) -> None:
    data = speech.spellings(corpus).data.set_index("meaning")
    rows = read_rows("variants", variant="川普")
    assert data.loc["Donald Trump", "hedge"] == f"川普 {rows[0]['count']}" and len(rows) == 1


def test_the_choice_of_the_word_war_is_counted(corpus: Corpus) -> None:
    table = speech.wordings(corpus)
    words = lexicon("wordings", choice="fighting, whichever is meant")
    shares = {}
    for article_id in corpus.articles:
        counts = counted(article_id)
        if total := sum(counts[word] for word in words):
            shares[counts["战争"] / total] = [counts["战争"], total]
    assert numbers_in(table.title) == [*shares[max(shares)], *shares[min(shares)]]


def test_a_cell_moves_what_is_drawn(corpus: Corpus) -> None:
    def more(tokens: pd.DataFrame) -> pd.DataFrame:
        hit = tokens.index[(tokens["article_id"] == "offer") & (tokens["token"] == "中国")][0]
        tokens.loc[hit, "count"] += 9
        return tokens

    moved = with_table(corpus, "tokens", more)
    for figure in (speech.actors, speech.frames, speech.tone):
        assert figure(corpus).csv != figure(moved).csv


def test_a_word_without_a_gloss_is_named(corpus: Corpus) -> None:
    bare = with_table(corpus, "lexicon-glosses", lambda frame: frame[frame["token"] != "强调"])
    with pytest.raises(ValueError, match=r"强调 has no English gloss: add a row to lexicon/glosses.csv"):
        speech.key_word_table(bare)


@pytest.mark.parametrize("figure", FIGURES)
def test_no_words_are_said_to_be_missing(corpus: Corpus, figure: Callable[[Corpus], Any]) -> None:
    empty = {"tokens", "variants"}
    frames = {key: corpus.tables[key].iloc[:0] if key in empty else corpus.tables[key] for key in corpus.tables}
    with pytest.raises(ValueError, match=r"speech-|no words are counted"):
        figure(replace(corpus, tables=Tables(corpus.tables.schema, frames)))


def test_the_answer_and_the_limits_come_from_the_counts(corpus: Corpus) -> None:
    assert "per thousand words" in speech.summary(corpus).data
    limits = speech.limits(corpus).data
    assert f"in {len(corpus.sections)} sections" in limits and "cannot be told apart" in limits
