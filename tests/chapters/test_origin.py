"""Report, statement and arithmetic on the offer, in step with their rows."""

from __future__ import annotations

import pytest
from chapter_rows import numbers_in, read_rows, values_of, with_table, with_value_changed, without_rows

from analysis.chapter import Chapter, read_chapter
from analysis.chapters.offer import origin


@pytest.fixture(scope="module")
def offer() -> Chapter:
    return read_chapter("offer")


def test_who_bears_a_claim_out_is_who_its_stances_name(offer: Chapter) -> None:
    rows = origin.at_a_glance(offer).data.set_index("claim_id")
    assert rows.index.is_unique
    names = {row["origin_id"]: row["name_en"] for row in read_rows("origins")}
    for claim_id in rows.index:
        for column, stance in (("borne_out_by", "supports"), ("contradicted_by", "contradicts")):
            said = {
                names[name]
                for row in read_rows("stances", claim_id=claim_id, stance=stance)
                for name in row["origin_ids"].split(";")
            }
            shown = set(rows.loc[claim_id, column].split("; ")) - {"–"}
            if read_rows("stances", claim_id=claim_id):
                assert shown <= said
                # What the article cites bears out no judgement of its own.
                assert shown == said or read_rows("attributions", claim_id=claim_id)


def test_the_title_counts_what_the_report_does_not_bear_out(offer: Chapter) -> None:
    shown = origin.at_a_glance(offer)
    reported = shown.data[shown.data["family"] == origin.REPORT]
    against = int((reported["contradicted_by"] != "–").sum())
    assert numbers_in(shown.title) == [len(reported), against]
    assert 0 < against < len(reported)


def test_a_turned_stance_shows(offer: Chapter) -> None:
    turned = with_table(offer, "stances", lambda frame: frame.assign(stance="silent"))
    assert origin.at_a_glance(turned).html != origin.at_a_glance(offer).html


def test_pressure_is_read_from_the_rows(offer: Chapter) -> None:
    shown = origin.pressure(offer).data.set_index("measure")
    balance = shown.loc[origin.PRESSURES["budget.balance_gdp"]]
    for column, year in (("before", "2024"), ("after", "2025")):
        (value,) = values_of("budget.balance_gdp", year)
        assert numbers_in(balance[column]) == [value, float(year)]
    assert balance["moved"] == "fell"


def test_a_bound_that_decides_nothing_is_passed_over(offer: Chapter) -> None:
    # Fewer than 160,000 by the end of 2025 says neither that the count rose nor that it fell.
    dead = origin.pressure(offer).data.set_index("measure").loc[origin.PRESSURES["ru_losses.named_dead"]]
    assert "under" not in dead["after"]


def test_settlement_starts_and_ends_as_its_rows_do(offer: Chapter) -> None:
    rows = read_rows("observations", series_id="ru_exports.settlement_share.unfriendly", counterparty="WLD")
    months = sorted(
        (row["period"], float(row["value"])) for row in rows if len(row["period"]) == 7 and row["bound"] == "exact"
    )
    months = [pair for pair in months if "Q" not in pair[0]]
    said = numbers_in(origin.settlement(offer).title)
    (rouble,) = set(values_of("ru_exports.settlement_share.rub", months[-1][0]))
    assert [said[0], said[2], said[3]] == [rouble, months[-1][1], months[0][1]]


def test_minerals_are_those_of_the_rows(offer: Chapter) -> None:
    drawn = origin.minerals(offer).data.set_index("line")["value"]
    assert drawn["nickel"] == values_of("minerals.nickel_production_share", "2024-09-12")[0]
    assert drawn["palladium"] == drawn.max()
    (row,) = read_rows("observations", series_id="minerals.nickel_production_share")
    moved = with_value_changed(offer, row["observation_id"])
    assert origin.minerals(moved).data["value"].tolist() != drawn.tolist()


@pytest.mark.parametrize("name", ["pressure", "settlement", "minerals"])
def test_no_rows_are_named(offer: Chapter, name: str) -> None:
    with pytest.raises(ValueError, match=f"offer-{name}"):
        getattr(origin, name)(without_rows(offer, "observations"))
