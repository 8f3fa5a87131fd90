"""What stands in the offer's way, against a recomputation straight from the tables' files."""

from __future__ import annotations

import pytest
from chapter_rows import levels_of, numbers_in, read_rows, with_table, with_value_changed, without_rows

from analysis.chapter import Chapter, read_chapter
from analysis.chapters.offer import constraints


@pytest.fixture(scope="module")
def chapter() -> Chapter:
    return read_chapter("offer")


def test_no_contract_found_is_as_long_as_stated(chapter):
    terms = {
        (row["counterparty"], row["period"], float(row["value"]))
        for row in read_rows("observations", series_id="lng_contract.term")
    }
    values = [value for *_, value in terms]
    figure = constraints.lng_terms(chapter)
    assert f"the longest has {max(values):.0f}" in figure.title
    common = max(set(values), key=values.count)
    assert f"{values.count(common)} of {len(values)} have {common:.0f}" in figure.title
    longer = with_value_changed(chapter, "lng_contract.term@2009-04-06@RU-JP@reuters_sakhalin_20090406", "1.25")
    assert "Contracts run for up to 30 years" in constraints.lng_terms(longer).title


def test_works_title_counts_the_reports_without_a_contract(chapter):
    reports = [row for row in read_rows("events") if row["event_id"].startswith("pos2_contract.")]
    figure = constraints.works(chapter)
    assert f"by {len(reports)} reports" in figure.title

    def sign(frame):
        frame.loc[frame["event_id"] == "pos2_contract.bbc", "occurred"] = "yes"
        return frame

    assert "has a contract" in constraints.works(with_table(chapter, "events", sign)).title


def test_entries_by_order_add_up(chapter):
    day = "2024-05-03"
    new, old, whole = (levels_of(series)[day] for series in constraints.STOCKS)
    table = constraints.powers(chapter)
    assert table.title.startswith(f"{whole - old:.0f} of {whole:.0f}")
    assert whole - old <= new
    assert table.data["share"].iloc[:2].sum() == pytest.approx(100, abs=0.11)


def test_relief_counts_licences(chapter):
    licences = [row for row in read_rows("sanctions") if row["measure"].startswith("General License")]
    assert constraints.relief(chapter).title.startswith(f"{len(licences)} general licences")
    with pytest.raises(ValueError, match="offer-relief"):
        constraints.relief(without_rows(chapter, "sanctions"))


def test_stances_are_counted_by_side(chapter):
    rows = read_rows("stances", claim_id="offer.078")
    table = constraints.stances_table(chapter, "offer.078")
    sides = [sum(row["stance"] == side for row in rows) for side in ("supports", "contradicts")]
    assert f"{sides[0]} sources for, {sides[1]} against" in table.title
    assert len(table.data) == len(rows)


def test_ties_show_the_measure_that_decides(chapter):
    data = constraints.ties(chapter).data.set_index("claim")
    share = levels_of("ru_cn_trade.settlement_share.rub_cny", counterparty="CN")
    row = data[data.index.str.contains("local currencies")].iloc[0]
    assert numbers_in(row["before"])[0] == share["2021"]
    assert numbers_in(row["after"])[0] == share["2025-11"]
    # No row tells the swap line's size after its renewal of 2023.
    undecided = data[data.index.str.contains("swap")].iloc[0]
    assert undecided["before"] == undecided["after"] == "–"


@pytest.mark.parametrize("claim", ["offer.076", "offer.082", "offer.083", "offer.089", "offer.099", "offer.103"])
def test_a_constraint_stands_as_premises(chapter, claim):
    figure = constraints.constraint_map(chapter, claim, "map-test")
    premises = {row["from_claim"] for row in read_rows("inferences", to_claim=claim)}
    assert f"from {len(premises)} premise" in figure.title


def test_empty_terms_and_events_name_the_figure(chapter):
    with pytest.raises(ValueError, match="offer-lng-terms"):
        constraints.lng_terms(without_rows(chapter, "observations"))


def test_answers_give_tallies(chapter):
    for name in ("infrastructure_answer", "law_answer", "asia_answer", "verdict_answer"):
        text = getattr(constraints, name)(chapter).data
        assert any(label in text for label in ("supported", "conflicting evidence"))


def test_the_answer_on_asia_counts_the_claims_that_a_tie_grew(chapter):
    labels = [chapter.now[claim].label for claim in constraints.MEASURED]
    grown = labels.count("Supported")
    assert 0 < grown < len(labels)
    assert f"{grown} of {len(labels)} hold" in constraints.asia_answer(chapter).data
    assert f"{grown} of {len(labels)} claims" in constraints.ties(chapter).title


def test_stances_give_the_day_with_the_source(chapter):
    shown = constraints.stances_table(chapter, "offer.083").data
    assert shown["source"].str.contains(r", \d{1,2} Feb 2026$").any()
