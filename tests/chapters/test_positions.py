"""Positions, medians, zones and the sanctions' score of the endgame, in step with their rows."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pandas as pd
import pytest
from chapter_rows import how_many, numbers_in, read_rows, with_cell, with_table, without_rows

from analysis.chapter import Chapter, read_chapter
from analysis.chapters.endgame import positions
from analysis.figures.figure import Figure

DATES = ["2024-11", "2025-03", "2025-12"]
ISSUES = ["territory", "nato", "guarantees", "sanctions", "aid", "assets"]


@pytest.fixture(scope="module")
def endgame() -> Chapter:
    return read_chapter("endgame")


def codes(coder: str = "") -> dict[tuple[str, str, str], int]:
    """The settled codes by actor, issue and date, or those of one coder, at the chapter's own dates."""
    if coder:
        rows = [{**row, "name": row["key"].split("|")} for row in read_rows("codings", table="positions", coder=coder)]
    else:
        rows = [{**row, "name": [row["actor"], row["issue"], row["period"]]} for row in read_rows("positions")]
    return {
        (actor, issue, when): int(str(row["code"]))
        for row in rows
        for actor, issue, when in [row["name"]]
        if issue in positions.ISSUES and when in positions.DATES
    }


def latest(found: dict[tuple[str, str, str], int], issue: str, date: str) -> dict[str, int]:
    """The last code of each actor up to a date; the two sides begin at their ends."""
    stands = {"RU": -2, "UA": 2}
    for (actor, one, when), code in sorted(found.items(), key=lambda item: item[0][2]):
        if one == issue and when <= date:
            stands[actor] = code
    return stands


def middle(stands: dict[str, int], weights: dict[str, float]) -> int:
    """The first position at which the weights reach half."""
    half, reached = sum(weights.values()) / 2, 0.0
    for actor in sorted(stands, key=lambda one: stands[one]):
        reached += weights[actor]
        if reached >= half:
            return stands[actor]
    raise AssertionError


def weighed(issue: str, actors: dict[str, int]) -> dict[str, float]:
    rows = {row["actor"]: row for row in read_rows("influence", issue=issue)}
    return {actor: float(rows[actor]["capability"]) * float(rows[actor]["salience"]) for actor in actors}


def cases(found: dict[tuple[str, str, str], int]) -> list[tuple[str, str]]:
    return [
        (issue, date)
        for issue, date in product(ISSUES, DATES)
        if sum(key[1:] == (issue, date) for key in found) >= 2
    ]


def moves(actor: str) -> list[int]:
    found = codes()
    paths = [
        [found[actor, issue, date] for date in DATES if (actor, issue, date) in found] for issue in ISSUES
    ]
    return [path[-1] - path[0] for path in paths if len(path) > 1]


def test_both_codes_of_every_position_are_kept() -> None:
    assert set(codes("first")) == set(codes("second")) == set(codes())


def test_the_settled_code_is_what_the_written_rule_gives() -> None:
    first, second = codes("first"), codes("second")
    cited = {
        (row["coder"], row["key"]) for row in read_rows("codings", table="positions") if row["source_id"]
    }
    for key, code in codes().items():
        one, two, name = first[key], second[key], "|".join(key)
        sourced = [("first", name) in cited, ("second", name) in cited]
        if abs(one - two) == 1 and sum(sourced) == 1:
            assert code == (one if sourced[0] else two), key
        else:
            assert code == int((one + two) / 2), key


def test_every_issue_has_five_points_with_a_meaning_and_dated_ends() -> None:
    for issue in ISSUES:
        rows = {row["code"]: row["meaning"] for row in read_rows("anchors", table="positions", scale=issue)}
        assert set(rows) == {"-2", "-1", "0", "1", "2"}
        assert rows["-2"].startswith("As of ") and "Moscow’s demand" in rows["-2"]
        assert rows["2"].startswith("As of ") and "Kyiv’s" in rows["2"]


def test_the_picture_holds_every_stand_and_its_title_counts_the_moves(endgame: Chapter) -> None:
    drawn = positions.positions_picture(endgame)
    assert len(drawn.data) == len(codes())
    back = {actor: sum(move < 0 for move in moves(actor)) for actor in ("US", "UA")}
    assert drawn.title == (
        f"Washington moved towards Moscow on {how_many(back['US'], len(moves('US')))} issues, Kyiv on "
        f"{how_many(back['UA'], len(moves('UA')))}; Moscow towards Kyiv on "
        f"{how_many(sum(move > 0 for move in moves('RU')), len(moves('RU')))}"
    )
    assert drawn.alt.startswith("Territory, Nov 2024: −2 RU, 0 CN, ")


def test_a_side_that_gives_way_changes_picture_and_zones(endgame: Chapter) -> None:
    moved = with_cell(endgame, "positions", "code", 0, actor="RU", issue="territory", period="2025-12")
    assert positions.positions_picture(moved).title.endswith("Moscow towards Kyiv on 1 of 4")
    before, after = positions.zones(endgame), positions.zones(moved)
    assert not before.data.equals(after.data)
    assert numbers_in(after.title)[-3] == numbers_in(before.title)[-3] + 1


def test_medians_and_means_are_those_of_the_rows(endgame: Chapter) -> None:
    drawn = positions.medians(endgame).data
    found = codes()
    base = drawn[drawn["base"]].reset_index(drop=True)
    assert len(base) == len(cases(found))
    for (issue, date), (_, row) in zip(cases(found), base.iterrows(), strict=True):
        stands = latest(found, issue, date)
        weights = weighed(issue, stands)
        assert row["code"] == middle(stands, weights), (issue, date)
        mean = sum(stands[one] * weights[one] for one in stands) / sum(weights.values())
        assert row["mean"] == pytest.approx(mean)
        assert row["actors"] == len(stands)
    for column in ("share", "share_with_codes_shifted"):
        assert drawn.groupby(["block", "row"])[column].sum().tolist() == pytest.approx([1.0] * len(base))
    # Without shifted codes the middle is always somebody's stand.
    for (issue, date), (_, part) in zip(
        cases(found), drawn.groupby(["block", "row"], sort=False), strict=True
    ):
        assert set(part.loc[part["share"] > 0, "code"]) <= set(latest(found, issue, date).values())
    kept = int((base["share"] >= 0.9).sum())
    assert f"for {how_many(kept, len(base))} issues" in positions.medians(endgame).title


def test_a_heavier_actor_pulls_the_mean(endgame: Chapter) -> None:
    heavier = with_cell(endgame, "influence", "capability", lambda given: given + 9, actor="RU", issue="territory")
    before = positions.medians(endgame).data
    after = positions.medians(heavier).data
    touched = before["block"] == "Territory"
    assert (after.loc[touched, "mean"] < before.loc[touched, "mean"]).all()
    assert after[~touched].equals(before[~touched])


def test_an_actor_without_weight_is_named(endgame: Chapter) -> None:
    lighter = with_table(endgame, "influence", lambda frame: frame[frame["actor"] != "TR"])
    with pytest.raises(ValueError, match="influence of TR on territory is missing"):
        positions.medians(lighter)


def test_zones_are_what_both_accept(endgame: Chapter) -> None:
    (step,) = (float(row["mode"]) for row in read_rows("parameters", parameter_id="endgame.acceptance_step"))
    drawn = positions.zones(endgame)
    met = {date: 0 for date in DATES}
    for issue, date in product(ISSUES, DATES):
        stands = latest(codes(), issue, date)
        met[date] += stands["UA"] - stands["RU"] <= 2 * step
    counts = [how_many(met[date], len(ISSUES)) for date in (DATES[0], DATES[-1])]
    assert f"on {counts[0]} issues in Nov 2024 and on {counts[1]} in Dec 2025" in drawn.title
    assert len(drawn.data) == 2 * len(ISSUES) * len(DATES)
    assert drawn.data["needed"].max() == max(
        (latest(codes(), issue, date)["UA"] - latest(codes(), issue, date)["RU"]) / 2
        for issue, date in product(ISSUES, DATES)
    )


def test_the_sentence_on_zones_runs_nothing_the_middle_and_the_most(endgame: Chapter) -> None:
    text = str(positions.zones_sentence(endgame).data)
    (row,) = read_rows("parameters", parameter_id="endgame.acceptance_step")
    for end in ("low", "mode", "high"):
        stands = [latest(codes(), issue, DATES[-1]) for issue in ISSUES]
        met = sum(one["UA"] - one["RU"] <= 2 * float(row[end]) for one in stands)
        assert f"on {how_many(met, len(ISSUES))} issues if each yields" in text


def test_the_answer_names_the_widest_and_the_narrowest_gap(endgame: Chapter) -> None:
    gaps = [latest(codes(), issue, DATES[-1]) for issue in ISSUES]
    apart = [one["UA"] - one["RU"] for one in gaps]
    said = numbers_in(str(positions.answer(endgame).data))
    assert said[1:4] == [min(apart), max(apart), 4]
    assert said[4] == sum(gap == 4 for gap in apart)


def test_agreement_counts_equal_codes_and_reruns_each_coder(endgame: Chapter) -> None:
    text = str(positions.agreement_sentence(endgame).data)
    first, second, settled = codes("first"), codes("second"), codes()
    equal = sum(first[key] == second[key] for key in first)
    assert f"{equal} of {len(first)} codes equal" in text
    assert "positions: α = 0.91" in text  # as two coders' evidence was found to agree before the rule
    differs = {}
    for name, found in (("first", first), ("second", second)):
        differs[name] = sum(
            middle(latest(found, *case), weighed(case[0], latest(found, *case)))
            != middle(latest(settled, *case), weighed(case[0], latest(settled, *case)))
            for case in cases(settled)
        )
    assert (
        f"by the first in {differs['first']}, by the second in {differs['second']} of {len(cases(settled))}"
        in text
    )


def test_one_coder_alone_is_said_to_be_alone(endgame: Chapter) -> None:
    def alone(frame: pd.DataFrame) -> pd.DataFrame:
        return frame[(frame["table"] != "sanctions_goals") | (frame["coder"] == "second")]

    text = str(positions.agreement_sentence(with_table(endgame, "codings", alone)).data)
    assert "sanctions goals: coded once so far, 10 items" in text
    single = positions.success_table(with_table(endgame, "codings", alone)).data
    assert set(single["coder"]) == {"second"} and len(single) == 5


def test_the_score_of_each_goal_is_the_product_of_its_codes(endgame: Chapter) -> None:
    shown = positions.success_table(endgame)
    for _, row in shown.data.iterrows():
        parts = []
        for part in ("result", "contribution"):
            (coded,) = read_rows(
                "codings", table="sanctions_goals", key=f"{row['goal']}|{part}", coder=row["coder"]
            )
            parts.append(int(coded["code"]))
        near = [[other for other in (1, 2, 3, 4) if abs(other - code) <= 1] for code in parts]
        around = [one * other for one, other in product(*near)]
        assert row["score"] == parts[0] * parts[1]
        assert row["success"] == (parts[0] >= 3 and parts[1] >= 3)
        assert [row["low"], row["high"]] == [min(around), max(around)]
        assert [row["passing"], row["runs"]] == [sum(score >= 9 for score in around), len(around)]
    goals = shown.data.groupby("goal")["success"]
    if goals.all().sum() == goals.any().sum():
        assert f"on {how_many(int(goals.all().sum()), goals.ngroups)} goals" in shown.title


def test_coders_who_differ_stand_in_rows_of_their_own(endgame: Chapter) -> None:
    harsher = with_cell(endgame, "codings", "code", "2", key="signal|result", coder="second")
    before, after = positions.success_table(endgame), positions.success_table(harsher)
    assert after.html.count("<tr>") == before.html.count("<tr>") + 1
    assert after.title != before.title and "between 1 and 2 of 5" in after.title


def test_a_goal_with_half_its_codes_is_named(endgame: Chapter) -> None:
    def halved(frame: pd.DataFrame) -> pd.DataFrame:
        return frame[frame["key"] != "signal|result"]

    with pytest.raises(ValueError, match="endgame-success: signal by first lacks a code"):
        positions.success_table(with_table(endgame, "codings", halved))


@pytest.mark.parametrize(
    ("draw", "figure_id"),
    [
        (positions.positions_picture, "endgame-positions"),
        (positions.medians, "endgame-medians"),
        (positions.zones, "endgame-zones"),
    ],
)
def test_a_figure_without_rows_names_itself(
    endgame: Chapter, draw: Callable[[Chapter], Figure], figure_id: str
) -> None:
    assert draw(endgame).figure_id == figure_id
    with pytest.raises(ValueError, match=f"figure {figure_id}: there is no row to draw"):
        draw(without_rows(endgame, "positions"))


def test_tables_and_sentences_without_codes_name_themselves(endgame: Chapter) -> None:
    for run, said in (
        (positions.success_table, "endgame-success"),
        (positions.agreement_sentence, "endgame-agreement"),
    ):
        with pytest.raises(ValueError, match=said):
            run(without_rows(endgame, "codings"))
    with pytest.raises(ValueError, match="endgame-anchors"):
        positions.anchors_table(without_rows(endgame, "anchors"))
