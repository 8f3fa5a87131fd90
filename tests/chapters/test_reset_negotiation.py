"""Stands, zones and the talks of the reset, in step with their rows."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from chapter_rows import how_many, numbers_in, read_rows, with_cell, with_table, without_rows

from analysis.chapter import Chapter, read_chapter
from analysis.chapters.reset import negotiation
from analysis.figures.figure import Figure

ISSUES = ["territory", "nato", "sanctions", "embassies"]
TALKERS = ["RU", "US", "UA", "EU27"]


@pytest.fixture(scope="module")
def reset() -> Chapter:
    return read_chapter("reset")


def stands() -> list[dict[str, str]]:
    """The stands of the four who are drawn, in order of date."""
    rows = [row for row in read_rows("positions") if row["issue"] in ISSUES and row["actor"] in TALKERS]
    return sorted(rows, key=lambda row: row["period"])


def path(actor: str, issue: str) -> list[int]:
    return [int(row["code"]) for row in stands() if (row["actor"], row["issue"]) == (actor, issue)]


def moves(actor: str) -> list[int]:
    paths = [path(actor, issue) for issue in ISSUES]
    return [codes[-1] - codes[0] for codes in paths if len(codes) > 1]


def sides(issue: str) -> tuple[str, str]:
    return ("RU", "US") if issue == "embassies" else ("RU", "UA")


def gaps(issue: str) -> list[int]:
    """The distance of the two sides at every date at which one of them was coded and both were by then."""
    low, high = sides(issue)
    found, known = [], dict[str, int]()
    for period in sorted(
        {row["period"] for row in stands() if row["issue"] == issue and row["actor"] in (low, high)}
    ):
        known |= {
            row["actor"]: int(row["code"])
            for row in stands()
            if (row["issue"], row["period"]) == (issue, period)
        }
        if low in known and high in known:
            found.append(known[high] - known[low])
    return found


def test_every_stand_has_codes_and_none_is_coded_twice_by_one() -> None:
    codings = [row for row in read_rows("codings", table="positions") if row["key"].split("|")[1] in ISSUES]
    keys = [(row["key"], row["coder"]) for row in codings]
    assert len(keys) == len(set(keys))
    assert {f"{row['actor']}|{row['issue']}|{row['period']}" for row in stands()} <= {key for key, _ in keys}


def test_the_picture_holds_every_stand_and_its_title_counts_the_moves(reset: Chapter) -> None:
    drawn = negotiation.positions_picture(reset)
    assert len(drawn.data) == len(stands())
    towards, away = (sum(sign * move > 0 for move in moves("US")) for sign in (-1, 1))
    assert drawn.title == (
        f"Washington moved towards Moscow on {how_many(towards, len(moves('US')))} issues and away from it on {away}; "
        f"Moscow’s demand stayed where it was on {how_many(sum(move == 0 for move in moves('RU')), len(moves('RU')))}"
    )


def test_a_demand_that_is_lowered_changes_picture_and_zones(reset: Chapter) -> None:
    moved = with_cell(reset, "positions", "code", 0, actor="RU", issue="embassies", period="2026-02")
    assert negotiation.positions_picture(moved).title.endswith(
        how_many(sum(m == 0 for m in moves("RU")) - 1, 4)
    )
    before, after = negotiation.zones(reset), negotiation.zones(moved)
    assert not before.data.equals(after.data)
    assert "some of the issues" in str(negotiation.answer(moved).data)


def test_zones_are_what_both_accept_and_the_embassies_have_other_sides(reset: Chapter) -> None:
    (step,) = (float(row["mode"]) for row in read_rows("parameters", parameter_id="reset.acceptance_step"))
    drawn = negotiation.zones(reset)
    found = [gaps(issue) for issue in ISSUES]
    assert len(drawn.data) == 2 * sum(map(len, found))
    said = numbers_in(drawn.title)
    closer = sum(gap[-1] < gap[0] for gap in found)
    wider = sum(gap[-1] > gap[0] for gap in found)
    met = sum(gap[-1] <= 2 * step for gap in found)
    assert said == [closer, len(ISSUES), wider, step, met, len(ISSUES)]
    assert drawn.data["needed"].tolist()[::2] == [max(0, gap / 2) for one in found for gap in one]
    embassies = drawn.data[drawn.data["block"].str.startswith("Embassies")]
    assert set(embassies["actor"]) == {"RU", "US"}


def test_a_side_that_was_never_coded_is_not_guessed(reset: Chapter) -> None:
    silent = with_table(
        reset, "positions", lambda rows: rows[(rows["actor"] != "UA") | (rows["issue"] != "sanctions")]
    )
    drawn = negotiation.zones(silent)
    assert not drawn.data["block"].str.startswith("Sanctions").any()
    assert numbers_in(drawn.title)[-1] == len(ISSUES) - 1


def test_no_issue_with_both_sides_names_the_figure(reset: Chapter) -> None:
    alone = with_table(reset, "positions", lambda rows: rows[rows["actor"] != "RU"])
    with pytest.raises(ValueError, match="figure reset-zones: no issue has both its sides coded"):
        negotiation.zones(alone)


def test_the_answer_gives_the_gaps_of_first_and_last_date(reset: Chapter) -> None:
    text = str(negotiation.answer(reset).data)
    for issue, name in zip(ISSUES, ["territory", "NATO membership", "sanctions", "embassies"], strict=True):
        assert f"{name} {gaps(issue)[0]} in " in text
        assert f"and {gaps(issue)[-1]} in " in text.partition(name)[2]


def test_the_sentence_on_zones_runs_nothing_the_middle_and_the_most(reset: Chapter) -> None:
    text = str(negotiation.zones_sentence(reset).data)
    (row,) = read_rows("parameters", parameter_id="reset.acceptance_step")
    for end in ("low", "mode", "high"):
        met = sum(gaps(issue)[-1] <= 2 * float(row[end]) for issue in ISSUES)
        assert f"on {how_many(met, len(ISSUES))} issues if each yields" in text


def test_the_table_of_rounds_has_a_linked_line_for_every_stand(reset: Chapter) -> None:
    shown = negotiation.rounds_table(reset)
    assert len(shown.data) == len(stands()) == shown.html.count("sources.html#")
    assert not shown.data["text"].str.contains("coders agree|coder so far|^Coded ").any()
    assert (shown.data["text"] != "").all()


def test_the_middle_is_the_weighted_median_of_all_who_were_coded(reset: Chapter) -> None:
    text = str(negotiation.medians_sentence(reset).data)
    last: dict[str, int] = {}
    periods = [row["period"] for row in read_rows("positions", issue="territory")]
    final = max(period for period in periods if periods.count(period) >= 2)
    for row in sorted(read_rows("positions", issue="territory"), key=lambda row: row["period"]):
        if row["period"] <= final:
            last[row["actor"]] = int(row["code"])
    weights = {
        row["actor"]: float(row["capability"]) * float(row["salience"])
        for row in read_rows("influence", issue="territory")
        if row["actor"] in last
    }
    reached, middle = 0.0, None
    for actor in sorted(last, key=lambda one: last[one]):
        reached += weights[actor]
        if middle is None and reached >= sum(weights.values()) / 2:
            middle = last[actor]
    assert middle is not None
    said = numbers_in(text.partition("Territory")[2].partition(";")[0])
    assert said[2] == middle


def test_agreement_counts_who_was_coded_once(reset: Chapter) -> None:
    text = str(negotiation.agreement_sentence(reset).data)
    coders: dict[str, set[str]] = {}
    keys = {
        f"{row['actor']}|{row['issue']}|{row['period']}"
        for row in read_rows("positions")
        if row["issue"] in ISSUES
    }
    for row in read_rows("codings", table="positions"):
        if row["key"] in keys:
            coders.setdefault(row["key"], set()).add(row["coder"])
    once = sum(len(found) < 2 for found in coders.values())
    assert (f"{once} of {len(coders)} stands have one coder" in text) == bool(once)
    with pytest.raises(ValueError, match="reset-agreement"):
        negotiation.agreement_sentence(without_rows(reset, "codings"))


def test_a_second_coder_of_every_stand_is_taken_in(reset: Chapter) -> None:
    def doubled(rows: pd.DataFrame) -> pd.DataFrame:
        first = rows[(rows["table"] == "positions") & (rows["coder"] == "first")]
        return pd.concat([rows[rows["coder"] == "first"], first.assign(coder="second")], ignore_index=True)

    text = str(negotiation.agreement_sentence(with_table(reset, "codings", doubled)).data)
    assert "one coder so far" not in text and "α = 1.00" in text


def test_the_quarrel_is_counted_by_its_verdicts(reset: Chapter) -> None:
    own = [row for row in read_rows("claims", article_id="reset") if 2 <= int(row["paragraph"]) <= 7]
    facts = [row for row in own if row["kind"] in ("event", "office", "quote")]
    text = str(negotiation.quarrel(reset).data)
    assert numbers_in(text)[0] == len(facts) and f"Of {len(own) - len(facts)} on what" in text


def test_each_point_of_each_scale_has_a_meaning(reset: Chapter) -> None:
    shown = negotiation.anchors_table(reset)
    assert len(shown.data) == len(ISSUES) and not shown.data.isna().any().any()
    with pytest.raises(ValueError, match="reset-anchors"):
        negotiation.anchors_table(without_rows(reset, "anchors"))


@pytest.mark.parametrize(
    ("draw", "figure_id"),
    [(negotiation.positions_picture, "reset-positions"), (negotiation.zones, "reset-zones")],
)
def test_a_figure_without_rows_names_itself(
    reset: Chapter, draw: Callable[[Chapter], Figure], figure_id: str
) -> None:
    assert draw(reset).figure_id == figure_id
    with pytest.raises(ValueError, match=f"figure {figure_id}: there is no row to draw"):
        draw(without_rows(reset, "positions"))
