"""What moved between two states is told with the rows that moved it, and telling it twice changes nothing."""

from __future__ import annotations

from typing import Any

from review.changes import compare, extend, page, reasons
from review.states import OF_CLAIMS, State


def state(digest: str, verdict: str, value: str = "5", period: str = "2023", **rows: dict[str, dict[str, str]]) -> State:
    line: dict[str, Any] = {
        "verdict": verdict,
        "verdict_at_publication": "Supported",
        "evidence": [{"table": "observations", "key": "trade", "value": value, "period": "2023", "source_id": "customs"}],
    }
    readings = {"a.01.x": {"claim_id": "a.01", "reading_id": "a.01.x", "period": period, "ground": "said"}}
    tables = {**{name: {} for name in OF_CLAIMS}, "readings": readings, **rows}
    return State("2026-01-01", digest, {"a.01": line}, tables, {})


def test_a_changed_value_is_named_with_both_values() -> None:
    (row,) = compare(state("old", "Supported"), state("new", "Refuted", value="9"))
    assert (row["claim_id"], row["when"], row["before"], row["after"]) == ("a.01", "now", "Supported", "Refuted")
    assert row["because"] == "trade 2023: 5 → 9"


def test_a_changed_reading_is_named_by_its_columns_and_a_changed_wording_is_not() -> None:
    old, new = state("old", "Supported"), state("new", "Refuted", period="2024")
    assert reasons(old, new, "a.01", ["a.01"]) == "readings a.01.x: period"


def test_a_verdict_that_moved_without_its_rows_is_laid_to_the_rules() -> None:
    assert "the rules" in reasons(state("old", "Supported"), state("new", "Refuted"), "a.01", ["a.01"])


def test_new_claims_are_counted_by_article() -> None:
    empty = State("2026-01-01", "old", {}, {name: {} for name in OF_CLAIMS}, {})
    (row,) = compare(empty, state("new", "Supported"))
    assert (row["claim_id"], row["before"], row["after"]) == ("a.*", "(new)", "1")


def test_the_log_is_extended_once() -> None:
    rows = compare(state("old", "Supported"), state("new", "Refuted", value="9"))
    log = extend([], [("old", "new", rows)])
    assert extend(log, [("old", "new", rows)]) == log
    assert page(log).count("a.01") == 1
