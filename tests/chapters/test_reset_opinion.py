"""What Americans were asked, in step with the rows."""

from __future__ import annotations

import pytest
from chapter_rows import numbers_in, read_rows, value_of, with_value_changed, without_rows

from analysis.chapter import Chapter, read_chapter
from analysis.chapters.reset import opinion


@pytest.fixture(scope="module")
def reset() -> Chapter:
    return read_chapter("reset")


def least(series: str) -> float:
    return min(float(row["value"]) for row in read_rows("observations", series_id=series))


def test_the_cited_poll_is_that_of_the_rows(reset: Chapter) -> None:
    figure = opinion.cited_poll(reset)
    assert numbers_in(figure.title) == [least(opinion.CITED)]
    drawn = dict(zip(figure.data["label"], figure.data["value"], strict=True))
    assert drawn == {name: least(series) for series, name in opinion.PARTIES.items()}


def test_majorities_are_counted(reset: Chapter) -> None:
    critical = [least(series) for series, _ in opinion.QUESTIONS.values()]
    assert numbers_in(opinion.on_russia(reset).title) == [
        sum(value > 50 for value in critical),
        len(critical),
    ]


def test_every_series_of_the_figure_is_drawn(reset: Chapter) -> None:
    (row,) = read_rows("figures", figure_id="reset-public-opinion")
    asked = {series for pair in opinion.QUESTIONS.values() for series in pair if series}
    assert asked == set(row["series_ids"].split(";"))


def test_the_fall_is_that_of_the_rows(reset: Chapter) -> None:
    everyone, party = "opinion.us_russia_enemy_pew", "opinion.us_russia_enemy_pew_republicans"
    ends = [
        value_of(series, period)
        for series in (everyone, party)
        for period in ("2022-03", "2025-03-24/2025-03-30")
    ]
    assert numbers_in(opinion.against(reset).title) == ends


def test_every_question_is_printed(reset: Chapter) -> None:
    table = opinion.questions(reset)
    figures = ("reset-maryland-question", "reset-public-opinion", "reset-russia-enemy")
    drawn = {
        series
        for name in figures
        for (row,) in [read_rows("figures", figure_id=name)]
        for series in row["series_ids"].split(";")
    }
    asked = [row for row in read_rows("poll_questions") if row["series_id"] in drawn]
    assert sorted(table.data["series_id"]) == sorted(row["series_id"] for row in asked)
    assert numbers_in(table.title)[0] == len(asked)


def test_a_changed_share_shows(reset: Chapter) -> None:
    (row,) = read_rows("observations", series_id="opinion.us_disapprove_war_yougov")
    changed = with_value_changed(reset, row["observation_id"])
    assert not opinion.on_russia(changed).data.equals(opinion.on_russia(reset).data)


def test_the_use_of_the_poll_is_said(reset: Chapter) -> None:
    said = str(opinion.in_short(reset).data)
    assert reset.now["reset.189"].label.lower() in said
    assert "only partly" in said
    assert [row["faithful"] for row in read_rows("attributions", claim_id="reset.189")] == ["partly"]


@pytest.mark.parametrize("draw", [opinion.cited_poll, opinion.on_russia, opinion.against])
def test_nothing_to_draw_is_named(reset: Chapter, draw) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=r"figure reset-.*no row"):
        draw(without_rows(reset, "observations"))
