"""The forecasts of an article, in step with their rows."""

from __future__ import annotations

from html import escape

import pytest
from chapter_rows import numbers_in, read_rows, with_table, without_rows

from analysis.chapter import Chapter, read_chapter
from analysis.chapters.forecasts import forecast_summary, forecast_table


@pytest.mark.parametrize("article_id", sorted({row["claim_id"].split(".")[0] for row in read_rows("forecasts")}))
def test_every_forecast_stands_in_its_article(article_id: str) -> None:
    rows = [row for row in read_rows("forecasts") if row["claim_id"].startswith(f"{article_id}.")]
    chapter = read_chapter(article_id)
    shown = forecast_table(chapter)
    assert shown.data["claim_id"].tolist() == sorted(row["claim_id"] for row in rows)
    assert all(escape(row["criterion"] or "none can be given") in shown.html for row in rows)
    said = numbers_in(str(forecast_summary(chapter).data))
    assert said[:2] == [len(rows), sum(row["stated_measure"] == "no" for row in rows)]


def test_the_mean_score_is_that_of_the_rows(chapter: Chapter) -> None:
    bands = []
    for row in read_rows("forecasts"):
        if not row["claim_id"].startswith("dependence.") or not (row["criterion"] and row["outcome"]):
            continue
        ends = [(float(row[f"probability_{end}"]) - float(row["outcome"])) ** 2 for end in ("low", "high")]
        inside = float(row["probability_low"]) <= float(row["outcome"]) <= float(row["probability_high"])
        bands.append((0 if inside else min(ends), max(ends)))
    said = numbers_in(str(forecast_summary(chapter).data))
    assert said[2] == len(bands)
    assert said[3:5] == pytest.approx([sum(band[end] for band in bands) / len(bands) for end in (0, 1)], abs=0.005)


def test_another_outcome_shows(chapter: Chapter) -> None:
    turned = with_table(chapter, "forecasts", lambda frame: frame.assign(outcome=0.0))
    assert forecast_table(turned).html != forecast_table(chapter).html
    assert forecast_summary(turned).data != forecast_summary(chapter).data


def test_an_article_without_forecasts_is_named(chapter: Chapter) -> None:
    with pytest.raises(ValueError, match="dependence-forecasts: the article forecasts nothing"):
        forecast_table(without_rows(chapter, "forecasts"))
