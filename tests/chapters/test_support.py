"""Polls, aid and defence spending in the endgame chapter: titles and sentences against the tables' own files."""

from __future__ import annotations

import pytest
from chapter_rows import (
    levels_of,
    numbers_in,
    read_rows,
    value_of,
    with_table,
    with_value_changed,
    without_rows,
)

from analysis.chapter import Chapter, read_chapter
from analysis.chapters.endgame import outlets, support

AID = "ukraine_aid.allocations_total"
ARMS = "ukraine_aid.allocations_military"
WAVE = "2024-08/2024-10"
# Each figure with a row of its data that is bound to move it.
FIGURES = {
    "war_weariness": ("opinion.ukraine_fight_until_victory", "2025-07", "UA"),
    "concessions_base": ("opinion.ukraine_concessions_among_negotiators", WAVE, "UA"),
    "weariness_groups": ("opinion.ukraine_fight_until_victory_kyiv", WAVE, "UA"),
    "talks_roles": ("opinion.ukraine_role_in_talks_us", "2025-07", "UA"),
    "us_opinion": ("opinion.us_stay_umd_democrats", "2024-08", "US"),
    "us_aid": (AID, "2024-Q4", "US"),
    "aid_by_donor": (AID, "2025", "EUROPE_KIEL"),
    "military_aid_by_donor": (ARMS, "2025", "DE"),
    "defence_spending": ("nato_defence.share_of_gdp", "2023", "DE"),
    "european_opinion": ("opinion.negotiated_peace_yougov", "2024-12", "IT"),
}


@pytest.fixture(scope="module")
def own() -> Chapter:
    return read_chapter("endgame")


def cell(series_id: str, period: str, geo: str) -> str:
    (row,) = read_rows("observations", series_id=series_id, period=period, geo=geo)
    return row["observation_id"]


@pytest.mark.parametrize("name", FIGURES)
def test_a_changed_cell_changes_the_figure(own: Chapter, name: str) -> None:
    draw = getattr(support, name)
    assert draw(own).csv != draw(with_value_changed(own, cell(*FIGURES[name]))).csv


@pytest.mark.parametrize("name", FIGURES)
def test_without_rows_the_error_names_the_figure(own: Chapter, name: str) -> None:
    with pytest.raises(ValueError, match=f"endgame-{name.replace('_', '-')}"):
        getattr(support, name)(without_rows(own, "observations"))


def test_weariness_is_read_before_and_after_the_article(own: Chapter) -> None:
    talks = levels_of("opinion.ukraine_negotiate_asap")
    land = levels_of("opinion.kiis_against_any_concessions")
    assert numbers_in(support.war_weariness(own).title) == [
        talks[WAVE], land["2024-10"], 2025, talks["2025-07"], land["2025-12"],
    ]  # fmt: skip


def test_a_condition_makes_the_share_of_all_the_product(own: Chapter) -> None:
    talks = value_of("opinion.ukraine_negotiate_asap", WAVE)
    among = value_of("opinion.ukraine_concessions_among_negotiators", WAVE)
    both = round(talks * among / 100)
    figure = support.concessions_base(own)
    assert numbers_in(figure.title) == [among, talks, both]
    assert "majority" not in figure.title
    assert both == value_of(
        "opinion.ukraine_talks_with_concessions_all", WAVE
    )  # the row that decides the claim
    said = support.asked(own).data
    ready = value_of("opinion.kiis_ready_for_concessions", "2024-10")
    assert numbers_in(said.partition("refuted.**")[2])[:5] == [
        talks, among, both, 100 - talks, ready,
    ]  # fmt: skip


def test_a_changed_share_changes_the_product(own: Chapter) -> None:
    among = cell("opinion.ukraine_concessions_among_negotiators", WAVE, "UA")
    title = support.concessions_base(with_value_changed(own, among, "1.9")).title
    assert numbers_in(title)[2] > 50


def test_regions_are_set_against_the_country(own: Chapter) -> None:
    east = value_of("opinion.ukraine_negotiate_asap_east", WAVE) - value_of(
        "opinion.ukraine_negotiate_asap", WAVE
    )
    kyiv = value_of("opinion.ukraine_fight_until_victory_kyiv", WAVE)
    kyiv -= value_of("opinion.ukraine_fight_until_victory", WAVE)
    table = support.weariness_groups(own)
    assert numbers_in(table.title) == [east, kyiv]
    assert table.title.count("more") == (east > 0) + (kyiv > 0)
    assert "worked out" in table.subtitle


def test_the_distance_between_the_wanted_parts_shrinks(own: Chapter) -> None:
    gaps = [
        value_of("opinion.ukraine_role_in_talks_eu", period)
        - value_of("opinion.ukraine_role_in_talks_us", period)
        for period in (WAVE, "2025-07")
    ]
    assert numbers_in(support.talks_roles(own).title) == [2024, gaps[0], 2025, gaps[1]]


def test_party_gaps_are_counted_over_all_polls(own: Chapter) -> None:
    sides: dict[tuple[str, str], dict[str, float]] = {}
    drawn = read_rows("figures", figure_id="endgame-us-opinion")[0]["series_ids"].split(";")
    for row in read_rows("observations", geo="US"):
        stem, _, party = row["series_id"].rpartition("_")
        if row["series_id"] in drawn:
            sides.setdefault((stem, row["period"]), {})[party] = float(row["value"])
    gaps = [abs(side["republicans"] - side["democrats"]) for side in sides.values()]
    title = support.us_opinion(own).title
    assert numbers_in(title) == [sum(gap >= 10 for gap in gaps), len(gaps), 10, max(gaps)]


def test_american_aid_peaks_and_ends(own: Chapter) -> None:
    quarters = {period: value for period, value in levels_of(AID, geo="US").items() if "-Q" in period}
    peak = max(quarters, key=lambda period: quarters[period])
    final = max(period for period, value in quarters.items() if value > 0)
    title = support.us_aid(own).title
    assert f"in Q{peak[-1]} {peak[:4]}, €{quarters[peak]:.1f}" in title
    assert f"€{value_of(ARMS, peak, geo='US'):.1f}" in title
    assert title.endswith(f"after Q{final[-1]} {final[:4]}")


def test_european_aid_holds_the_states_and_the_institutions(own: Chapter) -> None:
    states, us = levels_of(AID, geo="EUROPE_KIEL"), levels_of(AID, geo="US")
    union, everyone = (
        levels_of("ukraine_aid.eu_institutions.allocations_total"),
        levels_of("ukraine_aid.all_donors_total"),
    )
    europe = {year: states[year] + union[year] for year in ("2024", "2025")}
    assert numbers_in(support.aid_by_donor(own).title) == [
        2025, *(float(f"{level[year]:.1f}") for level in (us, europe, everyone) for year in ("2024", "2025")),
    ]  # fmt: skip
    arms = {geo: levels_of(ARMS, geo=geo) for geo in ("US", "EUROPE_KIEL")}
    change = {geo: level["2025"] - level["2024"] for geo, level in arms.items()}
    assert numbers_in(support.military_aid_by_donor(own).title)[2:4] == [
        float(f"{abs(change[geo]):.1f}") for geo in ("US", "EUROPE_KIEL")
    ]
    said = numbers_in(support.gap(own).data)
    filled = 100 * (europe["2025"] - europe["2024"]) / (us["2024"] - us["2025"])
    assert said[2:4] == [round(filled), round(-100 * change["EUROPE_KIEL"] / change["US"])]


def test_allies_at_the_pledge_are_counted(own: Chapter) -> None:
    spent: dict[str, dict[str, float]] = {}
    for row in read_rows("observations", series_id="nato_defence.share_of_gdp", status="outturn"):
        spent.setdefault(row["geo"], {})[row["period"]] = float(row["value"])
    shown = [years for years in spent.values() if {"2014", "2023"} <= years.keys()]
    kept = [sum(years[year] >= 2 for years in shown) for year in ("2023", "2014")]
    assert numbers_in(support.defence_spending(own).title) == [kept[0], len(shown), 2, 2023, kept[1], 2014]
    allies = levels_of("nato_defence.allies_at_pledge", status="outturn")
    said = support.pledge_kept(own).data
    assert f"{allies['2014']:g} in 2014, {allies['2023']:g} in 2023" in said


def test_every_question_asked_twice_is_counted_by_its_direction(own: Chapter) -> None:
    holding = (
        "support_until_ukraine_wins_yougov",
        "poland_continue_fight_no_concessions",
        "france_arms_supply_approve",
    )
    (figure_row,) = read_rows("figures", figure_id="endgame-european-opinion")
    changes: dict[bool, list[float]] = {True: [], False: []}
    for series in figure_row["series_ids"].split(";"):
        for geo in {row["geo"] for row in read_rows("observations", series_id=series)}:
            waves = levels_of(series, geo=geo)
            if len(waves) > 1:
                changes[series.removeprefix("opinion.") in holding].append(
                    waves[max(waves)] - waves[min(waves)]
                )
    assert all(change < 0 for change in changes[True]) and all(change > 0 for change in changes[False])
    assert numbers_in(support.european_opinion(own).title) == [len(changes[True]), len(changes[False])]


def test_an_estimate_is_never_drawn_among_outturns(own: Chapter) -> None:
    estimates = {row["observation_id"] for row in read_rows("observations", status="estimate")}
    for name in ("defence_spending", "military_aid_by_donor", "us_aid", "aid_by_donor"):
        assert not estimates & set(getattr(support, name)(own).data.get("observation_id", []))
    assert set(support.defence_spending(own).data["series"]) == {"2014", "2023"}


def test_the_short_answer_is_the_verdicts(own: Chapter) -> None:
    said = support.in_short(own, ["endgame.056", "endgame.057"]).data
    assert said.count("refuted") == 1 and said.count("supported") == 1 and "claim-endgame-056" in said


# Who really said it


def test_outlets_add_up_to_what_is_credited(own: Chapter) -> None:
    rows = [row for row in read_rows("attributions") if row["claim_id"].startswith("endgame.")]
    known = {source for sources in outlets.OUTLETS.values() for source in sources}
    assert {row["source_id"] for row in rows} == known
    count = {answer: sum(row["faithful"] == answer for row in rows) for answer in outlets.ANSWERS}
    found = {
        outlet
        for outlet, sources in outlets.OUTLETS.items()
        if any(row["source_id"] in sources and row["faithful"] != "source_not_found" for row in rows)
    }
    table = outlets.outlets(own)
    assert numbers_in(table.title) == [
        len(outlets.OUTLETS), len(found), len(rows), count["yes"], count["partly"], count["no"],
    ]  # fmt: skip
    assert {answer: int(table.data[answer].sum()) for answer in count} == count
    assert int((table.data["texts"] != "").sum()) == len(found)


def test_an_outlet_without_a_name_and_a_missing_table_are_told(own: Chapter) -> None:
    strange = with_table(
        own,
        "attributions",
        lambda rows: rows.assign(source_id=rows["source_id"].replace("nzz_2024_printed", "ft")),
    )
    with pytest.raises(ValueError, match="endgame-outlets: no outlet is named for ft"):
        outlets.outlets(strange)
    with pytest.raises(ValueError, match="endgame-outlets"):
        outlets.outlets(without_rows(own, "attributions"))


def test_a_changed_answer_changes_the_table(own: Chapter) -> None:
    turned = with_table(
        own, "attributions", lambda rows: rows.assign(faithful=rows["faithful"].replace("no", "yes"))
    )
    assert outlets.outlets(own).csv != outlets.outlets(turned).csv


def test_old_texts_are_dated_against_the_article(own: Chapter) -> None:
    said = outlets.differences(own).data
    (plans,) = read_rows("events", event_id="digest_item.russia_matters")
    (trade,) = read_rows("events", event_id="digest_item.bruegel")
    assert (plans["date"], trade["date"]) == ("2024-08-30", "2024-03-21")
    assert "by 88 days and Bruegel by 250 days" in said  # to 26 November 2024
    assert "Gallup by" not in said
