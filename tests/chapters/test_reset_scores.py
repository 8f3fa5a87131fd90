"""The scores of the reset's forecasts, in step with their rows."""

from __future__ import annotations

import pytest
from chapter_rows import numbers_in, read_rows, with_table, without_rows

from analysis.chapter import Chapter, read_chapter
from analysis.chapters import forecasts
from analysis.chapters.reset import scores


@pytest.fixture(scope="module")
def reset() -> Chapter:
    return read_chapter("reset")


def own(article: str = "reset.") -> list[dict[str, str]]:
    return [row for row in read_rows("forecasts") if row["claim_id"].startswith(article)]


def scored() -> list[dict[str, str]]:
    return [
        row
        for row in own()
        if row["criterion"] and row["horizon"] and row["outcome"] and row["condition_met"] != "no"
    ]


def band(low: float, high: float, outcome: float) -> tuple[float, float]:
    ends = [(low - outcome) ** 2, (high - outcome) ** 2]
    return (0 if low <= outcome <= high else min(ends)), max(ends)


def mean(bands: list[tuple[float, float]]) -> list[float]:
    return [sum(one[end] for one in bands) / len(bands) for end in (0, 1)]


def test_the_headline_counts_the_rows(reset: Chapter) -> None:
    rows = own()
    vague = [row for row in rows if row["stated_measure"] == "no"]
    nothing = [
        row for row in vague if not (row["criterion"] and row["horizon"]) and row["condition_met"] != "no"
    ]
    said = numbers_in(str(scores.headline(reset).data))
    assert said[:4] == [len(vague), len(rows), len(vague) - len(nothing), len(nothing)]
    assert sum(said[5:]) == said[4] == len(rows)
    assert said[5:8] == [sum(float(row["outcome"]) == value for row in scored()) for value in (1, 0.5, 0)]


def test_every_mapping_is_that_of_its_rows(reset: Chapter) -> None:
    strengths = {row["claim_id"]: row["strength"] for row in read_rows("wordings")}
    for scale, name in forecasts.SCALES.items():
        terms = {
            row["strength"]: (float(row["low"]), float(row["high"]))
            for row in read_rows("wording_scales", scale=scale)
        }
        expected = mean([band(*terms[strengths[row["claim_id"]]], float(row["outcome"])) for row in scored()])
        assert scores.score(reset, name).brier == pytest.approx(expected)
    ranges = [(float(row["probability_low"]), float(row["probability_high"])) for row in scored()]
    expected = mean(
        [band(*bounds, float(row["outcome"])) for bounds, row in zip(ranges, scored(), strict=True)]
    )
    assert scores.score(reset, forecasts.OWN).brier == pytest.approx(expected)


def test_the_second_coder_stands_in_where_there_is_a_code(reset: Chapter) -> None:
    codes = {
        row["key"]: float(row["code"])
        for row in read_rows("codings", table="forecasts")
        if "probability" in row["key"]
    }
    bands = []
    for row in scored():
        ends = [
            codes.get(f"{row['claim_id']}|probability_{end}", float(row[f"probability_{end}"]))
            for end in ("low", "high")
        ]
        bands.append(band(ends[0], ends[1], float(row["outcome"])))
    assert scores.score(reset, forecasts.SECOND).brier == pytest.approx(mean(bands))


@pytest.mark.parametrize("partly", list(forecasts.PARTLY))
def test_partly_has_its_own_rule(reset: Chapter, partly: str) -> None:
    taken = {forecasts.HALF: 0.5, forecasts.AS_YES: 1.0, forecasts.AS_NO: 0.0}
    rows = [(row, float(row["outcome"])) for row in scored()]
    if partly == forecasts.LEFT_OUT:
        rows = [(row, outcome) for row, outcome in rows if outcome != 0.5]
    else:
        rows = [(row, taken[partly] if outcome == 0.5 else outcome) for row, outcome in rows]
    expected = mean(
        [
            band(float(row["probability_low"]), float(row["probability_high"]), outcome)
            for row, outcome in rows
        ]
    )
    found = scores.score(reset, forecasts.OWN, partly)
    assert found.count == len(rows)
    assert found.brier == pytest.approx(expected)


def test_the_others_are_the_benchmark(reset: Chapter) -> None:
    rows = [
        row for row in read_rows("forecasts") if not row["claim_id"].startswith("reset.") and row["outcome"]
    ]
    rows = [row for row in rows if row["condition_met"] != "no"]
    assert forecasts.other_articles(reset) == (
        pytest.approx(sum(float(row["outcome"]) for row in rows) / len(rows)),
        len(rows),
    )


def test_the_picture_says_what_came_true(reset: Chapter) -> None:
    strengths = {row["claim_id"]: row["strength"] for row in read_rows("wordings")}
    shares = []
    for strength in ("will", "may"):
        outcomes = [float(row["outcome"]) for row in scored() if strengths[row["claim_id"]] == strength]
        shares.append(100 * sum(outcomes) / len(outcomes))
    assert numbers_in(scores.words_figure(reset).title) == pytest.approx(shares, abs=0.5)


def test_the_draw_and_certainty_are_said(reset: Chapter) -> None:
    figure = scores.scores_figure(reset)
    drawn = [scores.score(reset, mapping).drawn for mapping in forecasts.MAPPINGS]
    assert figure.title.startswith("Under no reading") == all(low <= 0.25 <= high for low, high in drawn)
    certain = scores.score(reset, forecasts.SCALES["ipcc"])
    assert (certain.log[1] == float("inf")) == (certain.unbounded > 0)
    assert ("unbounded" in scores.scores_table(reset).html) == any(
        scores.score(reset, mapping, partly).unbounded
        for mapping in forecasts.MAPPINGS
        for partly in forecasts.PARTLY
    )


def test_another_outcome_shows(reset: Chapter) -> None:
    turned = with_table(
        reset,
        "forecasts",
        lambda frame: frame.assign(outcome=frame["outcome"].where(frame["outcome"].isna(), 0)),
    )
    assert scores.score(turned, forecasts.OWN).brier != scores.score(reset, forecasts.OWN).brier
    wider = with_table(
        reset, "wording_scales", lambda frame: frame.assign(low=frame["low"].astype(float) * 0.9)
    )
    assert scores.scores_figure(wider).data.to_dict() != scores.scores_figure(reset).data.to_dict()


def test_unknown_outcomes_only_widen(reset: Chapter) -> None:
    count, free = scores.with_unknown(reset)
    assert count == sum(forecasts.states(reset)["state"] == forecasts.UNKNOWN)
    known = len(scored())
    best, worst = scores.score(reset, forecasts.OWN).brier
    assert free[0] <= best * known / (known + count) + 0.25
    assert free[1] >= worst * known / (known + count)


def test_what_is_missing_is_named(reset: Chapter) -> None:
    with pytest.raises(ValueError, match="reset-scores: no forecast can be scored yet"):
        scores.score(with_table(reset, "forecasts", lambda frame: frame.assign(outcome=None)), forecasts.OWN)
    with pytest.raises(ValueError, match="has no word in wordings"):
        scores.score(without_rows(reset, "wordings"), forecasts.OWN)
