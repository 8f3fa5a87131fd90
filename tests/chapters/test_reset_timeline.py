"""Acts between Washington and three sides: what is drawn and said is what the rows say, recomputed from the files."""

from __future__ import annotations

import re
from collections.abc import Callable
from statistics import mean

import pandas as pd
import pytest
from chapter_rows import numbers_in, read_rows, with_cell, with_table, without_rows

from analysis.addresses import source_address
from analysis.chapter import Chapter, read_chapter
from analysis.chapters.reset import timeline
from analysis.figures.figure import Figure
from analysis.figures.table import Table

INVASION, INAUGURATION, ARTICLE = "2022-02-24", "2025-01-20", "2025-03-03"
SHOWN: dict[str, Callable[[Chapter], Figure | Table]] = {
    "reset-timeline": timeline.timeline,
    "reset-turn": timeline.turn,
    "reset-event-scores": timeline.leave_one_out,
    "reset-scores": timeline.scores,
    "reset-turning-points": timeline.turning_points,
    "reset-acts-russia": lambda chapter: timeline.acts_table(chapter, "Russia"),
}


@pytest.fixture(scope="module")
def own() -> Chapter:
    return read_chapter("reset")


def sides() -> dict[str, set[str]]:
    (europe,) = read_rows("areas", area="EUROPE")
    return {"Russia": {"RU"}, "Ukraine": {"UA"}, "Europe": {"EU27", "EUROPE", *europe["members"].split(";")} - {"UA"}}


def acts_with(side: str) -> list[tuple[str, float, str]]:
    """Date, weight and event of every act between the United States and a side."""
    weight = {row["code"]: float(row["goldstein"]) for row in read_rows("cameo")}
    date = {row["event_id"]: row["date"] for row in read_rows("events")}
    other = sides()[side]
    return [
        (date[row["event_id"]], weight[row["code"]], row["event_id"])
        for row in read_rows("event_codes")
        if (row["actor_from"] == "US" and row["actor_to"] in other)
        or (row["actor_to"] == "US" and row["actor_from"] in other)
    ]


def window(side: str, start: str = "", end: str = "9999") -> list[float]:
    return [weight for date, weight, _ in acts_with(side) if start <= date < end]


def rounded(value: float) -> float:
    """To one decimal, half away from nought."""
    return (1 if value >= 0 else -1) * int(abs(value) * 10 + 0.5 + 1e-9) / 10


@pytest.mark.parametrize("shown", SHOWN)
def test_a_changed_code_changes_what_is_shown(own: Chapter, shown: str) -> None:
    changed = with_cell(own, "event_codes", "code", "190", event_id="alaska_2025.mayerbrown", actor_to="US")
    assert SHOWN[shown](own).csv != SHOWN[shown](changed).csv


@pytest.mark.parametrize("shown", SHOWN)
def test_without_rows_the_error_names_the_figure(own: Chapter, shown: str) -> None:
    with pytest.raises(ValueError, match=f"figure {shown}: there is no row to draw"):
        SHOWN[shown](without_rows(own, "event_codes"))


def test_the_timeline_says_how_each_mean_moved(own: Chapter) -> None:
    drawn = timeline.timeline(own)
    expected = []
    for side in sides():
        before, after = mean(window(side, INVASION, INAUGURATION)), mean(window(side, INAUGURATION))
        expected += [rounded(before), rounded(after)]
        word = "rose" if after > before else "fell"
        way = max((drawn.title[: drawn.title.index(f"{side} (")].rfind(one), one) for one in ("rose", "fell"))
        assert way[1] == word
    assert numbers_in(drawn.title)[1:] == expected  # the first is the year
    assert len(drawn.data) == sum(len(acts_with(side)) for side in sides())


def test_every_act_leads_to_the_source_of_its_event(own: Chapter) -> None:
    source = {row["event_id"]: row["source_id"] for row in read_rows("events")}
    for drawn in (timeline.timeline(own), timeline.turn(own)):
        assert len(drawn.spots) == len(drawn.data)
        assert {spot.href for spot in drawn.spots} == {
            source_address(source[event_id]) for event_id in drawn.data["event_id"]
        }
    table = timeline.acts_table(own, "Russia")
    assert len(re.findall(r'href="sources.html#source-', table.html)) == len(acts_with("Russia"))
    assert numbers_in(table.title) == [len(acts_with("Russia")), sum(weight < 0 for weight in window("Russia"))]


def test_landmarks_are_named_once_in_a_lane(own: Chapter) -> None:
    for drawn in (timeline.timeline(own), timeline.turn(own)):
        wanted = {row["event_id"]: row["label"] for row in read_rows("landmarks", figure_id=drawn.figure_id)}
        named = drawn.data[drawn.data["label"] != ""]
        assert dict(zip(named["event_id"], named["label"], strict=True)) == wanted
        assert not named.duplicated(["lane", "event_id"]).any()


def test_the_turn_tells_the_weeks_before_the_article_from_what_came_after(own: Chapter) -> None:
    early = [mean(window(side, INAUGURATION, ARTICLE + "~")) for side in sides()]
    later = [mean(window(side, ARTICLE + "~")) for side in sides()]
    assert numbers_in(timeline.turn(own).title) == [rounded(value) for value in (*early, *later)]


def test_means_without_one_event_are_the_ranges_drawn(own: Chapter) -> None:
    drawn = timeline.leave_one_out(own).data.set_index(["side", "window"])
    for (side, name), start, end in (
        (("Russia", "since January 2025"), INAUGURATION, "9999"),
        (("Europe", "invasion to January 2025"), INVASION, INAUGURATION),
        (("Ukraine", "before the invasion"), "", INVASION),
    ):
        part = [(weight, event) for date, weight, event in acts_with(side) if start <= date < end]
        without = [mean(weight for weight, one in part if one != event) for event in {event for _, event in part}]
        row = drawn.loc[side, name]
        assert row["mean"] == pytest.approx(mean(weight for weight, _ in part))
        assert (row["low"], row["high"]) == pytest.approx((min(without), max(without)))


def test_the_title_of_leave_one_out_follows_the_ranges(own: Chapter) -> None:
    def friendlier(frame: pd.DataFrame) -> pd.DataFrame:
        """Let everything that Washington and Moscow did be the same."""
        return frame.assign(code="046")

    assert "for all 3 pairs" in timeline.leave_one_out(own).title
    assert "for none of 3 pairs" in timeline.leave_one_out(with_table(own, "event_codes", friendlier)).title


def test_scores_of_both_directions_add_up(own: Chapter) -> None:
    data = timeline.scores(own).data
    for (_, _), part in data.groupby(["pair", "window"]):
        rows = part.set_index("direction")
        for column in ("acts", "sum"):
            assert rows.at["both", column] == pytest.approx(
                rows.at["from Washington", column] + rows.at["to Washington", column]
            )
    row = data[(data["pair"] == "United States–Ukraine") & (data["direction"] == "both")].iloc[-1]
    weights = window("Ukraine", INAUGURATION)
    assert row["sum"] == pytest.approx(sum(weights))
    assert row["hostile"] == pytest.approx(100 * sum(weight < 0 for weight in weights) / len(weights))


def test_each_coder_alone_has_a_mean(own: Chapter) -> None:
    weight = {row["code"]: float(row["goldstein"]) for row in read_rows("cameo")}
    date = {row["event_id"]: row["date"] for row in read_rows("events")}
    data = timeline.scores(own).data
    row = data[(data["pair"] == "United States–Russia") & (data["direction"] == "both")].iloc[-1]
    for coder in ("first", "second"):
        codes = {one["key"]: one["code"] for one in read_rows("codings", table="event_codes", coder=coder)}
        found = [
            weight[code]
            for key, code in codes.items()
            for event_id, one, other in [key.split("|")]
            if {one, other} == {"US", "RU"} and date[event_id] >= INAUGURATION
        ]
        assert row[coder] == pytest.approx(mean(found))


def test_the_strongest_cut_leaves_the_least_residual(own: Chapter) -> None:
    data = timeline.turning_points(own).data
    for side in sides():
        row = data[(data["pair"] == f"United States–{side}") & (data["searched"] != "all events")].iloc[0]
        weights: dict[str, list[float]] = {}
        dated = {}
        for date, weight, event in acts_with(side):
            if date >= INVASION:
                weights.setdefault(event, []).append(weight)
                dated[event] = date
        order = sorted(weights, key=lambda event: (dated[event], event))

        def residual(events: list[str], weights: dict[str, list[float]] = weights) -> float:
            own = [mean(weights[event]) for event in events]
            return sum((one - mean(own)) ** 2 for one in own)

        cuts = {
            date: residual([event for event in order if dated[event] < date])
            + residual([event for event in order if dated[event] >= date])
            for date in sorted(set(dated.values()))[1:]
        }
        assert row["date"] == min(cuts, key=lambda date: cuts[date])
        assert row["events"] == len(order)
        assert 0 < row["p_value"] <= 1 and row["stays"] <= row["events"]


def test_the_answer_and_the_coders_are_counted(own: Chapter) -> None:
    text = str(timeline.answer(own).data)
    for side in sides():
        (line,) = (line for line in text.splitlines() if f"**{side}**" in line)
        before = rounded(mean(window(side, INVASION, INAUGURATION)))
        assert numbers_in(line)[0] == before
    codes = {coder: {row["key"]: row["code"] for row in read_rows("codings", table="event_codes", coder=coder)} for coder in ("first", "second")}
    weight = {row["code"]: float(row["goldstein"]) for row in read_rows("cameo")}
    both = set(codes["first"]) & set(codes["second"])
    roots = sum(codes["first"][key][:2] == codes["second"][key][:2] for key in both)
    weights = sum(weight[codes["first"][key]] == weight[codes["second"][key]] for key in both)
    said = str(timeline.coders(own).data)
    assert f"{roots} of {len(both)}" in said and f"{weights} of {len(both)}" in said
    with pytest.raises(ValueError, match="reset-coders"):
        timeline.coders(without_rows(own, "codings"))


def talks_weighed(side: str, code: str) -> list[float]:
    """The three means with every round of talks given the weight of another code, from the files."""
    weight = {row["code"]: float(row["goldstein"]) for row in read_rows("cameo")}
    date = {row["event_id"]: row["date"] for row in read_rows("events")}
    other = sides()[side]
    acts = [
        (date[row["event_id"]], weight[code if row["code"] == "046" else row["code"]])
        for row in read_rows("event_codes")
        if {row["actor_from"], row["actor_to"]} & {"US"} and {row["actor_from"], row["actor_to"]} & other
    ]
    return [
        mean(value for day, value in acts if INVASION <= day < INAUGURATION),
        mean(value for day, value in acts if INAUGURATION <= day <= ARTICLE),
        mean(value for day, value in acts if day > ARTICLE),
    ]


@pytest.mark.parametrize("side", ["Russia", "Ukraine", "Europe"])
def test_lighter_talks_are_weighed_by_the_table(own: Chapter, side: str) -> None:
    (line,) = (line for line in str(timeline.talks(own).data).splitlines() if f"**{side}**" in line)
    runs = {code: talks_weighed(side, code) for code in ("046", "044", "040")}
    said = numbers_in(line)
    assert said[:9] == [rounded(value) for run in runs.values() for value in run]
    orders = {tuple(sorted(range(3), key=run.__getitem__)) for run in runs.values()}
    assert ("the order stays" in line) == (len(orders) == 1)
    signs = {tuple(value > 0 for value in run) for run in runs.values()}
    assert ("no sign turns" in line) == (len(signs) == 1)


def test_talks_that_outweigh_all_else_change_the_order(own: Chapter) -> None:
    def heavier(rows: pd.DataFrame) -> pd.DataFrame:
        return rows.assign(goldstein=rows["goldstein"].mask(rows["code"].isin(["044", "040"]), -10.0))

    assert "the order changes" in str(timeline.talks(with_table(own, "cameo", heavier)).data)
