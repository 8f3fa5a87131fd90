"""The figures of the section on security, against a recomputation straight from the tables' files."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from chapter_rows import read_rows, value_of, with_table, with_value_changed, without_rows

from analysis.chapter import Chapter
from analysis.chapters.dependence import security
from analysis.figures.figure import Figure
from analysis.figures.numbers import number, quantity

FIVE_YEARS = "sipri_tiv.deliveries_five_years"


def test_contacts_name_both_and_stand_once_a_day_and_kind(chapter: Chapter) -> None:
    figure = security.contacts(chapter)
    alleged = {
        key for row in read_rows("readings", claim_id="dependence.111") for key in row["key"].split(";")
    }
    wanted = set()
    for row in read_rows("events", occurred="yes"):
        both = {"CN", "RU"} <= set(row["actors"].split(";")) and row["kind"] in ("diplomacy", "military")
        if both and row["date"] >= "2024-11-07" and row["event_id"] not in alleged:
            wanted.add((row["date"], row["kind"]))
    contacts = figure.data[figure.data["actor"] != "JP"]
    assert set(zip(contacts["date"], contacts["kind"], strict=True)) == wanted
    assert len(contacts) == len(wanted)
    remarks = figure.data[figure.data["actor"] == "JP"]
    assert remarks["date"].tolist() == ["2025-11-07"]
    assert not alleged & set(figure.data["event_id"])


def test_the_rhythm_in_the_title_is_that_of_the_ordinals(chapter: Chapter) -> None:
    rounds, drills = (
        sorted({row["period"][:4] for row in read_rows("observations", series_id=series)})
        for series in ("cn_ru_security_consultation.ordinal", "cn_ru_missile_defence_exercise.ordinal")
    )
    title = security.contacts(chapter).title
    assert f"every year from {rounds[0]} to {rounds[-1]}" in title
    assert [int(year) for year in rounds] == list(range(int(rounds[0]), int(rounds[-1]) + 1))
    assert title.endswith(f"of {drills[-1]} was the first since {drills[-2]}")


def test_a_gap_in_the_rounds_is_told_as_one(chapter: Chapter) -> None:
    gone = "cn_ru_security_consultation.ordinal@2024-11-12@CN-RU@pakistantoday_20241112"
    gapped = with_table(chapter, "observations", lambda rows: rows[rows["observation_id"] != gone])
    assert "in 2 years from 2023 to 2025" in security.contacts(gapped).title


def test_every_count_of_exercises_is_compared_with_its_own_earlier_part(chapter: Chapter) -> None:
    pairs = {}
    for stem in ("cn_ru_exercises.per_year", "crink_exercises.per_year"):
        for row in read_rows("observations", series_id=f"{stem}_earlier"):
            pairs[stem, row["period"]] = (float(row["value"]), value_of(f"{stem}_later", row["period"]))
    figure = security.exercises(chapter)
    assert len(figure.data) == 2 * len(pairs)
    assert all(later > earlier for earlier, later in pairs.values())
    assert figure.title.startswith("Every count finds more joint exercises")
    bounds = figure.data.set_index("observation_id")["bound"].to_dict()
    rows = {row["observation_id"]: row for row in read_rows("observations")}
    assert bounds == {key: rows[key]["bound"] for key in bounds}


def test_a_count_that_falls_is_not_called_a_rise(chapter: Chapter) -> None:
    fallen = with_value_changed(
        chapter, "crink_exercises.per_year_later@2003-01/2025-08@CRINK-@csis_crink_sec_2025", "0.1"
    )
    assert security.exercises(fallen).title.startswith("3 of 4 counts find more")


def test_arms_deliveries_are_compared_between_five_year_spans(chapter: Chapter) -> None:
    years = {row["period"]: float(row["value"]) for row in read_rows("observations", series_id=FIVE_YEARS)}
    change = 100 * (years["2024"] / years["2014"] - 1)
    peak = max((year for year in years if year >= "2014"), key=years.get)
    assert security.arms(chapter).title == (
        f"Russian arms deliveries to China rose until {peak}, then fell; by 2024 they stood "
        f"{quantity(round(abs(change)), 'percent')} below those of 2014"
    )


def test_five_year_sums_agree_with_the_single_years(chapter: Chapter) -> None:
    drawn = security.arms(chapter).data
    single = {
        (row["geo"], row["counterparty"], int(row["period"])): float(row["value"])
        for row in read_rows("observations", series_id="sipri_tiv.deliveries")
    }
    assert set(zip(drawn["geo"], drawn["counterparty"], strict=True)) == {
        ("RU", "CN"),
        ("CN", "RU"),
        ("RU", "IN"),
    }
    for row in drawn.to_dict("records"):
        last = int(row["period"])
        total = sum(single[row["geo"], row["counterparty"], year] for year in range(last - 4, last + 1))
        # Both are printed with one decimal, so five roundings meet one.
        assert row["value"] == pytest.approx(total, abs=0.3), (row["geo"], row["counterparty"], last)


def test_errors_are_the_refuted_claims_of_the_whole_article(chapter: Chapter) -> None:
    shown = security.errors(chapter)
    refuted = [key for key, verdict in chapter.now.items() if verdict.label == "Refuted"]
    claims = read_rows("claims", article_id="dependence")
    assert shown.title.startswith(f"{len(refuted)} of the article’s {len(claims)} ")
    statements = {row["claim_id"]: row["statement_en"] for row in claims}
    assert shown.data["article"].tolist() == [statements[key] for key in refuted]
    assert shown.data["evidence"].str.len().min() > 0
    by_claim = dict(zip(refuted, shown.data["evidence"], strict=True))
    assert (
        quantity(value_of("ru_car_market.chinese_brand_share", "2021"), "percent_share")
        in by_claim["dependence.121"]
    )
    for year in ("2014", "2024"):
        value = value_of(FIVE_YEARS, year)
        assert number(value) in by_claim["dependence.110"]


def test_an_origin_speaks_once_against_a_claim(chapter: Chapter) -> None:
    stances = read_rows("stances", claim_id="dependence.009")
    origins = {row["origin_ids"] for row in stances if row["stance"] == "contradicts"}
    row = security.errors(chapter).data["evidence"].iloc[1]
    assert sum(stance["ground"].rstrip(".") in row for stance in stances) == len(origins)


def test_the_answer_counts_and_compares(chapter: Chapter) -> None:
    said = security.answer(chapter, ["dependence.109", "dependence.110"]).data
    assert said.startswith("**Of the 2 claims")
    assert "1 supported, 1 refuted" in said
    change = 100 * (value_of(FIVE_YEARS, "2024") / value_of(FIVE_YEARS, "2014") - 1)
    assert f"fell by {quantity(round(-change), 'percent')} between the five years up to 2014" in said


def test_sentences_hold_every_count(chapter: Chapter) -> None:
    said = security.patrols(chapter).data
    for series in ("cn_ru_exercises.count", "cn_ru_exercises.cumulative", "cn_ru_bomber_patrols.count"):
        for row in read_rows("observations", series_id=series):
            assert f"{number(float(row['value']))} in " in said
    rhythm = security.rhythm(chapter).data
    assert rhythm.count("\n- ") == 3
    assert "20 on 2 Dec 2025" in rhythm


DRAWN = {
    security.exercises: "cn_ru_exercises.per_year_later@2003-01/2023-06@CN-RU@wionews_20230717",
    security.arms: f"{FIVE_YEARS}@2024@RU-CN@sipri_register_20260212",
}


@pytest.mark.parametrize("draw", DRAWN, ids=lambda draw: draw.__name__)
def test_a_changed_cell_changes_the_figure(chapter: Chapter, draw: Callable[[Chapter], Figure]) -> None:
    assert draw(with_value_changed(chapter, DRAWN[draw])).csv != draw(chapter).csv


def test_a_changed_date_changes_the_timeline(chapter: Chapter) -> None:
    def later(rows: pd.DataFrame) -> pd.DataFrame:
        rows.loc[rows["event_id"] == "air_patrol_10.xinhua", "date"] = "2025-12-10"
        return rows

    assert security.contacts(with_table(chapter, "events", later)).csv != security.contacts(chapter).csv


@pytest.mark.parametrize(
    "draw", [security.contacts, security.exercises, security.arms, security.rhythm, security.patrols],
    ids=lambda draw: draw.__name__,
)  # fmt: skip
def test_without_rows_the_figure_is_named(chapter: Chapter, draw: Callable[[Chapter], Figure]) -> None:
    names = {"rhythm": "contacts", "patrols": "exercises"}
    name = names.get(draw.__name__, draw.__name__)
    with pytest.raises(ValueError, match=f"figure dependence-{name}"):
        draw(without_rows(chapter, "observations"))


def test_without_events_the_timeline_is_named(chapter: Chapter) -> None:
    with pytest.raises(ValueError, match="figure dependence-contacts"):
        security.contacts(without_rows(chapter, "events"))
