"""The errors of fact of the reset, in step with verdicts and rows."""

from __future__ import annotations

from html import escape

import pytest
from chapter_rows import numbers_in, read_rows, with_table, without_rows

from analysis.chapter import Chapter, read_chapter
from analysis.chapters.reset import errors_of_fact

KINDS = ("event", "office", "numerical", "quote", "legal")


@pytest.fixture(scope="module")
def reset() -> Chapter:
    return read_chapter("reset")


def facts(reset: Chapter) -> dict[str, str]:
    rows = [row for row in read_rows("claims", article_id="reset") if row["kind"] in KINDS]
    return {row["claim_id"]: reset.now[row["claim_id"]].label for row in rows}


def test_the_list_is_that_of_the_verdicts(reset: Chapter) -> None:
    labels = facts(reset)
    table = errors_of_fact.errors(reset)
    wrong = {claim for claim, label in labels.items() if label in ("Refuted", "Conflicting evidence")}
    assert set(table.data["claim_id"]) == wrong
    checked = [label for label in labels.values() if label != "Not enough evidence"]
    assert numbers_in(table.title) == [
        len(checked),
        checked.count("Refuted"),
        checked.count("Conflicting evidence"),
    ]
    said = numbers_in(errors_of_fact.counts(reset).title)
    assert said[:2] == [len(checked) - checked.count("Supported"), len(checked)] and sum(said[2:]) == said[0]


def test_every_error_has_its_evidence(reset: Chapter) -> None:
    table = errors_of_fact.errors(reset)
    assert table.data["sources"].str.len().gt(0).all()
    for claim in table.data["claim_id"]:
        for row in read_rows("stances", claim_id=claim, stance="contradicts"):
            assert escape(row["ground"].rstrip(".")) in table.html


def test_no_forecast_and_no_position_enters(reset: Chapter) -> None:
    kinds = {row["claim_id"]: row["kind"] for row in read_rows("claims", article_id="reset")}
    assert {kinds[claim] for claim in errors_of_fact.errors(reset).data["claim_id"]} <= set(KINDS)


def test_when_follows_from_both_dates(reset: Chapter) -> None:
    data = errors_of_fact.errors(reset).data
    for _, row in data.iterrows():
        then = reset.then[row["claim_id"]].label
        assert (row["when"] == errors_of_fact.THEN) == (then in ("Refuted", "Conflicting evidence"))
        assert (row["when"] == errors_of_fact.TURNED) == (then == "Supported")
    text = str(errors_of_fact.in_short(reset).data)
    assert f"Of the other {len(data)}: " in text
    counts = data["when"].value_counts()
    for when, words in errors_of_fact.SINCE.items():
        assert (f"{counts.get(when, 0)} {words}" in text) == (when in counts)


def test_an_event_moved_to_the_stated_day_is_no_error(reset: Chapter) -> None:
    def moved(frame):  # type: ignore[no-untyped-def]
        hit = frame["event_id"].str.startswith("istanbul_embassies_2025.")
        return frame.assign(date=frame["date"].where(~hit, "2025-02-28"))

    assert "reset.077" in set(errors_of_fact.errors(reset).data["claim_id"])
    assert "reset.077" not in set(errors_of_fact.errors(with_table(reset, "events", moved)).data["claim_id"])


def test_attributions_are_those_of_the_rows(reset: Chapter) -> None:
    rows = [row for row in read_rows("attributions") if row["claim_id"].startswith("reset.")]
    found = [row for row in rows if row["faithful"] in ("yes", "partly", "no")]
    table = errors_of_fact.misquoted(reset)
    assert numbers_in(table.title) == [sum(row["faithful"] == "yes" for row in found), len(found)]
    assert sorted(table.data["claim_id"]) == sorted(
        row["claim_id"] for row in found if row["faithful"] != "yes"
    )


def test_nothing_to_list_is_named(reset: Chapter) -> None:
    with pytest.raises(ValueError, match="reset-attributions: every source"):
        errors_of_fact.misquoted(without_rows(reset, "attributions"))
