"""Rules by meaning: what a row says in one place and in another is the same, and a damaged letter is no letter."""

from __future__ import annotations

from typing import Any

import pytest
import rows

from analysis.rules import characters, dates, second_source, stated, stated_dates, unit_words

CLAIM = {
    "statement_en": "The share was 36.5 percent.",
    "statement_zh": "份额为36.5%。",
    "unit": "percent_share",
}
SOURCE = {"licence": "facts only"}


def _observed(**cells: str) -> dict[str, str]:
    return {"observation_id": "", **cells}


@pytest.mark.parametrize(
    ("rule", "tables", "column"),
    [
        (characters.letters, {"sources": [{"title": "A Cоuncil"}]}, "title"),  # the o is Cyrillic
        (characters.letters, {"origins": [{"origin_id": "o", "name_zh": "⼤學"}]}, "name_zh"),
        (characters.letters, {"sources": [{"title": "Review of ２024"}]}, "title"),
        (characters.letters, {"sources": [{"author": "JosÃ©"}]}, "author"),
        (characters.letters, {"claims": [{**CLAIM, "statement_zh": "ä»½é¢�"}]}, "statement_zh"),
        (characters.languages, {"series": [{"title_en": "份额", "title_zh": "份额"}]}, "title_en"),
        (characters.languages, {"origins": [{"origin_id": "o", "name_en": "An office", "name_zh": "Another"}]}, "name_zh"),
        (characters.languages, {"claims": [{"short_en": "а share"}]}, "short_en"),  # the a is Cyrillic
        (characters.columns, {"sources": [{"title": "https://example.org", "url": "https://example.org"}]}, "title"),
        (characters.columns, {"sources": [{"url": "a title"}]}, "url"),
        (dates.sources, {"sources": [{"source_id": "x_20240131", "published": "2025-01-31"}]}, "published"),
        (dates.sources, {"sources": [{"url": "https://example.org/2024/01/31/x", "published": "2023-01-31"}]}, "published"),
        (dates.sources, {"sources": [{"source_id": "x_2024", "title": "Of another year", "published": "2025-05"}]}, "published"),
        (dates.known, {"observations": [_observed(known_since="2025-01-31")]}, "known_since"),
        (dates.told, {"attributions": [{}], "claims": [{}], "sources": [{"published": "2024-08-01"}],
                      "articles": [{"published_high": "2024-06-30"}]}, "source_id"),
        (dates.told, {"offices": [{"from": "2024-02-01"}]}, "from"),
        (dates.slips, {"events": [{"date": "2023-01-30"}]}, "date"),
        (dates.slips, {"offices": [{"from": "2020", "to": "2023-05", "known_since": "2024-01-31"}]}, "known_since"),
        (dates.vintages, {"observations": [_observed(vintage="2023-01", known_since="2024-01-31")]}, "vintage"),
        (dates.events, {"events": [{"date": "2025-01-10"}]}, "date"),
        (dates.events, {"events": [{"event_id": "summit_2021.x", "date": "2023-12"}]}, "date"),
        (dates.named_events, {"events": [{"event_id": "summit.reuters", "date": "2021", "source_id": "x"}]}, "source_id"),
        (stated_dates.claims, {"claims": [{"period": "2023"}], "readings": [{"period": "2022"}]}, "period"),
        (stated_dates.claims, {"claims": [{"kind": "event", "statement_en": "It began in 2022."}],
                               "readings": [{"method": "date", "expected": "2021", "table": "events"}]}, "expected"),
        (stated_dates.statements, {"claims": [{**CLAIM, "statement_en": "In 2022 it was so.", "period": "2023"}]}, "period"),
        (stated_dates.statements, {"claims": [{"statement_en": "In 2022 it was so.", "statement_zh": "2021年如此。"}]}, "statement_zh"),
        (stated_dates.forecasts, {"claims": [{}], "forecasts": [
            {"horizon": "2026-06-30", "horizon_ground": "assigned: one year after publication",
             "outcome_date": ""}]}, "horizon"),
        (stated_dates.forecasts, {"claims": [{}], "forecasts": [{"outcome_date": "2023-01-31"}]}, "outcome_date"),
        (stated_dates.articles, {"articles": [{"published_low": "2023-06-30", "published_high": "2024-06-30"}]}, "published_low"),
        (stated_dates.options, {"readings": [{"period": "2021/2023"}], "specifications": [
            {"dimension": "window", "option": "2022–2024", "reading_id": "a.01.a"}]}, "option"),
        (second_source.values, {"observations": [_observed(value="30"), _observed(value="300")]}, "value"),
        (second_source.values, {"observations": [_observed(value="5"), _observed(value="-5")]}, "value"),
        (second_source.neighbours, {"observations": [_observed(value="30"), _observed(value="30000", period="2024")]}, "value"),
        (second_source.happenings, {"events": [
            {"event_id": f"e.{name}", "date": day} for name, day in zip("abcd", ["2023", "2023", "2023-05", "2021"], strict=True)
        ]}, "date"),
        (stated.stops, {"readings": [{"ground": "no sentence"}]}, "ground"),
        (stated.stops, {"claims": [{**CLAIM, "short_en": "A sentence."}]}, "short_en"),
        (stated.misplaced, {"observations": [_observed(value="1", note="2024-01")]}, "note"),
        (stated.misplaced, {"observations": [_observed(value="1", origin_ids="o;;p")]}, "origin_ids"),
        (stated.misplaced, {"readings": [{"expected": "RU"}]}, "expected"),
        (stated.misplaced, {"events": [{"event": "a note"}]}, "event"),
        (stated.figures, {"claims": [{**CLAIM, "figure_low": "36.6"}]}, "figure_low"),
        (stated.figures, {"claims": [{**CLAIM, "statement_en": "It was 24 percent in 2023.", "figure_low": "25"}]}, "figure_low"),
        (stated.figures, {"claims": [{"figure_low": "-7", "unit": "count"}]}, "figure_low"),
        (
            unit_words.words,
            {"series": [{"unit": "bcm", "definition": "Customs value in dollars."}]},
            "unit",
        ),
        (stated.units, {"claims": [{**CLAIM, "unit": "usd_bn"}], "readings": [{}], "series": [{}]}, "unit"),
        (stated.paragraphs, {"claims": [{**CLAIM, "also_in": "10"}], "articles": [{"characters": "900"}]}, "also_in"),
        (stated.paragraphs, {"articles": [{"characters": "900000"}]}, "characters"),
        (stated.sources, {"sources": [{**SOURCE, "title": "Reuters"}, {**SOURCE, "source_id": "y", "publisher": "Reuters"}]}, "title"),
        (stated.sources, {"sources": [{"licence": "Reuters"}]}, "licence"),
        (stated.coders, {"codings": [
            {"table": "stands", "key": "p|a", "coder": "first"}, {"table": "stands", "key": "p|a", "coder": "second"},
            {"table": "stands", "key": "p|b", "coder": "first"}]}, "key"),
    ],
)  # fmt: skip
def test_a_row_that_contradicts_itself_or_another_is_named(
    rule: Any, tables: dict[str, Any], column: str
) -> None:
    defects = list(rule(rows.tables(**tables)))
    assert defects and {defect.column for defect in defects} == {column}, defects


@pytest.mark.parametrize(
    ("rule", "tables"),
    [
        (characters.letters, {"sources": [{"title": "Шойгу: «Müller», Zürich und Genève – “Gespräch”"}]}),
        (
            characters.languages,
            {"origins": [{"origin_id": "o", "name_en": "112.ua (news)", "name_zh": "112.ua"}]},
        ),
        (
            dates.sources,
            {"sources": [{"source_id": "x_2024", "title": "Review of 2024", "published": "2025-05"}]},
        ),
        (dates.sources, {"sources": [{"source_id": "x_2024", "title": "Review", "published": "2025-01-14"}]}),
        (dates.known, {"observations": [_observed(known_since="2023-01-31")]}),
        (dates.events, {"events": [{"date": "2024-04-30"}]}),
        (dates.slips, {"events": [{"date": "2023-01"}]}),
        (
            dates.named_events,
            {"events": [{"event_id": "summit.reuters", "date": "2024-02-01", "source_id": "x"}]},
        ),
        (stated_dates.claims, {"claims": [{"period": "2020/2023"}], "readings": [{"period": "2021"}]}),
        (second_source.values, {"observations": [_observed(value="-0.4"), _observed(value="0.4")]}),
        (
            second_source.values,
            {"observations": [_observed(value="1"), _observed(value="9", status="forecast")]},
        ),
        (
            second_source.neighbours,
            {"observations": [_observed(value="0"), _observed(value="0.2", period="2024")]},
        ),
        (stated.figures, {"claims": [{**CLAIM, "figure_low": "36.50", "figure_high": "36.5"}]}),
        (
            stated.figures,
            {"claims": [{"statement_en": "It was a third.", "figure_low": "33", "unit": "percent_share"}]},
        ),
        (stated.figures, {"claims": [{**CLAIM, "statement_en": "In 2023 it was a third.", "figure_low": "33"}]}),
        (characters.languages, {"replies": [{"author": "何先生", "text": "不然；Шойгу另有说法。"}]}),
        (characters.letters, {"sources": [{"published": "２024"}]}),  # the calendar names it
        (
            unit_words.words,
            {"series": [{"unit": "usd_bn", "definition": "Value in dollars of 10 cubic metres."}]},
        ),
        (unit_words.words, {"series": [{"unit": "count", "definition": "What is counted."}]}),
        (stated.stops, {"stances": [{"locator": "paragraph 3 ff."}]}),
    ],
)
def test_what_only_looks_odd_passes(rule: Any, tables: dict[str, Any]) -> None:
    assert list(rule(rows.tables(**tables))) == []
