"""The scoreboard of forecasts, in step with its rows."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from books import changed, empty, only
from chapter_rows import numbers_in, read_rows

from analysis import periods
from analysis.synthesis import scoreboard
from analysis.synthesis.book import Book

AS_OF = "2026-08-31"


def state_of(row: dict[str, str]) -> str:
    """What became of a forecast, from its cells alone."""
    if row["condition_met"] == "no":
        return "had a condition that failed"
    if not (row["criterion"] and row["horizon"]):
        return "cannot be checked"
    if not row["outcome"]:
        return "still open" if row["horizon"] >= AS_OF else "without a known outcome"
    return {1.0: "happened", 0.5: "partly happened", 0.0: "did not happen"}[float(row["outcome"])]


def scored(article: str = "") -> list[dict[str, str]]:
    rows = [row for row in read_rows("forecasts") if row["claim_id"].startswith(article)]
    return [row for row in rows if state_of(row) in ("happened", "partly happened", "did not happen")]


def band(low: float, high: float, outcome: float) -> tuple[float, float]:
    ends = [(low - outcome) ** 2, (high - outcome) ** 2]
    return (0 if low <= outcome <= high else min(ends)), max(ends)


def own(row: dict[str, str]) -> tuple[float, float]:
    return band(*(float(row[name]) for name in ("probability_low", "probability_high", "outcome")))


def mean(bands: list[tuple[float, float]]) -> list[float]:
    return [sum(one[end] for one in bands) / len(bands) for end in (0, 1)]


def committed(row: dict[str, str]) -> bool:
    return float(row["probability_low"]) >= 0.6 or float(row["probability_high"]) <= 0.4


def test_every_forecast_is_a_square_of_its_article(book: Book) -> None:
    rows = read_rows("forecasts")
    drawn = scoreboard.outcomes_figure(book)
    assert sorted(drawn.data["claim_id"]) == sorted(row["claim_id"] for row in rows)
    assert dict(zip(drawn.data["claim_id"], drawn.data["outcome"], strict=True)) == {
        row["claim_id"]: state_of(row) for row in rows
    }
    counts = Counter(map(state_of, rows))
    said = [counts[name] for name in ("happened", "partly happened", "did not happen")]
    assert numbers_in(drawn.title) == [len(rows), sum(said), *said]
    published = {row["article_id"]: row["published"] for row in read_rows("articles")}
    order = list(dict.fromkeys(claim_id.partition(".")[0] for claim_id in drawn.data["claim_id"]))
    assert order == sorted(order, key=lambda article: published[article])


def test_the_headline_counts_what_names_no_measure_or_day(book: Book) -> None:
    rows = read_rows("forecasts")
    vague = [row for row in rows if row["stated_measure"] == "no"]
    assigned = [row for row in vague if state_of(row) != "cannot be checked"]
    said = numbers_in(str(scoreboard.headline(book).data))
    assert said[:4] == [len(vague), len(rows), len(assigned), len(vague) - len(assigned)]
    listed = str(scoreboard.checkable(book).data)
    assert listed.count("\n- ") == sum(row["stated_measure"] == "yes" for row in rows)


def test_the_counts_add_up(book: Book) -> None:
    data = scoreboard.outcomes_table(book).data
    assert data.iloc[:-1, 1:].sum().tolist() == data.iloc[-1, 1:].tolist()
    assert data["forecasts"].iloc[-1] == len(read_rows("forecasts"))


@pytest.mark.parametrize(
    ("shown", "state"), [("saw", "happened"), ("missed", "did not happen"), ("halfway", "partly happened")]
)
def test_only_committed_forecasts_are_seen_or_missed(book: Book, shown: str, state: str) -> None:
    turned = {"happened": "did not happen", "did not happen": "happened"}
    expected = [
        row["claim_id"]
        for row in scored()
        if committed(row)
        and state_of(row) == (turned.get(state, state) if float(row["probability_high"]) <= 0.4 else state)
    ]
    table = getattr(scoreboard, shown)(book)
    assert sorted(table.data["claim_id"]) == sorted(expected)
    assert numbers_in(table.title) == [len(expected)]
    assert all(f"#claim-{claim_id.replace('.', '-')}" in table.html for claim_id in expected)


def test_seen_missed_halfway_and_possible_are_all_that_is_scored(book: Book) -> None:
    lists = [getattr(scoreboard, name)(book).data["claim_id"].tolist() for name in ("saw", "missed", "halfway")]
    possible = numbers_in(str(scoreboard.mere_possibilities(book).data))[0]
    assert sum(map(len, lists)) + possible == len(scored())
    assert len(set().union(*lists)) == sum(map(len, lists))


def test_the_scores_are_those_of_the_rows(book: Book) -> None:
    data = scoreboard.scores_table(book).data
    for article in book.chapters:
        rows = scored(f"{article}.")
        if not rows:
            continue
        line = data[data["article"] == book.name(article)].iloc[0]
        assert line["count"] == len(rows)
        assert numbers_in(line["brier"]) == pytest.approx(mean([own(row) for row in rows]), abs=0.00501)
        others = [float(row["outcome"]) for row in scored() if row not in rows]
        rate = sum(others) / len(others)
        assert numbers_in(line["rate"]) == pytest.approx([100 * rate], abs=0.501)
        reference = sum((rate - float(row["outcome"])) ** 2 for row in rows) / len(rows)
        assert float(line["reference"]) == pytest.approx(reference, abs=0.00501)
        best, worst = mean([own(row) for row in rows])
        skill = [1 - worst / reference, 1 - best / reference]
        assert numbers_in(line["skill"]) == pytest.approx(skill, abs=0.00501)
    total = mean([own(row) for row in scored()])
    title = numbers_in(scoreboard.scores_figure(book).title)
    assert title[0] == len(scored())
    assert title[1:3] == pytest.approx(total, abs=0.00501)


def test_each_scale_reads_the_words_of_all_articles(book: Book) -> None:
    strengths = {row["claim_id"]: row["strength"] for row in read_rows("wordings")}
    data = scoreboard.words_table(book).data.set_index("mapping")
    for scale, name in (("kent", "Kent 1964"), ("icd203", "ICD 203"), ("ipcc", "IPCC")):
        terms = {
            row["strength"]: (float(row["low"]), float(row["high"])) for row in read_rows("wording_scales", scale=scale)
        }
        bands = [band(*terms[strengths[row["claim_id"]]], float(row["outcome"])) for row in scored()]
        assert numbers_in(data.loc[name, "counts half"]) == pytest.approx(mean(bands), abs=0.00501)


def test_the_strength_of_the_word_has_its_share(book: Book) -> None:
    strengths = {row["claim_id"]: row["strength"] for row in read_rows("wordings")}
    shares = []
    for strength in ("certain", "will", "probable", "may"):
        outcomes = [float(row["outcome"]) for row in scored() if strengths[row["claim_id"]] == strength]
        shares.append(100 * sum(outcomes) / len(outcomes))
    assert numbers_in(scoreboard.strength_figure(book).title) == pytest.approx(shares, abs=0.501)


def test_calibration_is_claimed_only_with_enough_outcomes(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = {article: len(scored(f"{article}.")) for article in book.chapters}
    enough = [article for article, count in counts.items() if count >= scoreboard.ENOUGH]
    figures = scoreboard.calibration_figures(book)
    assert [figure.figure_id.rpartition("-")[2] for figure in figures] == enough
    for figure, article in zip(figures, enough, strict=True):
        came = figure.data[figure.data["series"] == "came true"]
        rows = scored(f"{article}.")
        middles = [(sum(map(float, (row["probability_low"], row["probability_high"]))) / 2, row) for row in rows]
        inside = [float(row["outcome"]) for middle, row in middles if middle >= 0.8]
        last = came[came["label"].str.startswith("over 80")].iloc[0]
        assert last["value"] == round(100 * sum(inside) / len(inside))
    rule = str(scoreboard.calibration_rule(book).data)
    assert all(f"{article.capitalize()} ({count})" in rule for article, count in counts.items())
    monkeypatch.setattr(scoreboard, "ENOUGH", 1 + max(counts.values()))
    assert scoreboard.calibration_figures(book) == []
    assert "None has enough." in str(scoreboard.calibration_rule(book).data)


def test_shorter_days_free_what_is_dated_in_their_second_half(book: Book) -> None:
    published = {row["article_id"]: date.fromisoformat(row["published"]) for row in read_rows("articles")}
    assigned, freed, bands = 0, 0, []
    for row in scored():
        start = published[row["claim_id"].partition(".")[0]]
        end, known = periods.last_day(row["horizon"]), periods.last_day(row["outcome_date"])
        by_hand = not row["horizon_ground"].startswith("printed")
        assigned += by_hand
        if by_hand and start + timedelta(days=(end - start).days // 2) < known < end:
            freed += 1
            each = [
                band(float(row["probability_low"]), float(row["probability_high"]), outcome) for outcome in (0, 0.5, 1)
            ]
            bands.append((min(low for low, _ in each), max(high for _, high in each)))
        else:
            bands.append(own(row))
    said = numbers_in(str(scoreboard.horizons(book).data))
    assert said[:3] == [assigned, len(scored()), freed]
    assert said[3:5] == pytest.approx(mean(bands), abs=0.00501)
    assert 0 < said[5] <= assigned


def test_the_draw_and_the_unknown_only_widen(book: Book) -> None:
    said = numbers_in(str(scoreboard.draw(book).data))
    assert said[0] == len(scored())
    assert said[1:3] == pytest.approx(mean([own(row) for row in scored()]), abs=0.00501)
    assert said[3] <= said[1] and said[4] >= said[2]
    assert said[5] == sum(state_of(row) == "without a known outcome" for row in read_rows("forecasts"))


def test_another_outcome_or_wording_shows(book: Book) -> None:
    few = changed(book, articles=only("endgame", "offer"))
    turned = changed(
        few, forecasts=lambda frame: frame.assign(outcome=frame["outcome"].where(frame["outcome"].isna(), 0.0))
    )
    assert scoreboard.outcomes_figure(turned).title != scoreboard.outcomes_figure(few).title
    assert scoreboard.scores_table(turned).html != scoreboard.scores_table(few).html
    assert len(scoreboard.saw(turned).data) == 0
    assert "0 committed forecasts" in scoreboard.saw(turned).title
    wider = changed(few, wording_scales=lambda frame: frame.assign(low=frame["low"].astype(float) * 0.9))
    assert scoreboard.words_table(wider).html != scoreboard.words_table(few).html
    weaker = changed(few, wordings=lambda frame: frame.assign(strength="may"))
    assert scoreboard.strength_figure(weaker).title != scoreboard.strength_figure(few).title


def test_what_is_missing_is_named(book: Book) -> None:
    few = changed(book, articles=only("dependence", "hedge"))
    with pytest.raises(ValueError, match="scoreboard-outcomes: no article forecasts anything"):
        scoreboard.outcomes_figure(changed(few, forecasts=empty))
    undecided = changed(few, forecasts=lambda frame: frame.assign(outcome=None))
    with pytest.raises(ValueError, match="scoreboard-scores: no forecast can be scored yet"):
        scoreboard.scores_figure(undecided)
    assert "No forecast that only called" in str(scoreboard.mere_possibilities(undecided).data)
    with pytest.raises(ValueError, match="has no word in wordings"):
        scoreboard.scores_table(changed(few, wordings=empty))
    vague = changed(few, forecasts=lambda frame: frame.assign(stated_measure="no"))
    assert "No forecast names both" in str(scoreboard.checkable(vague).data)
    assert str(scoreboard.headline(vague).data).startswith("**All ")
