"""Dates in two places: what is known of a thing is no older than the thing, to the day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import rows

from analysis import checks
from analysis.rules import dates

# Sources are of 31 January 2024 unless a case says otherwise.
Cells = dict[str, str]


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("2024-01-31", "2024-03-02", True),
        ("2024-01-31", "2024-03-03", False),
        ("2024-03-02", "2024-01-31", True),
        ("2024-03-03", "2024-01-31", False),
        ("2024-01", "2024-03", True),
        ("2024", "2026", False),
        ("unknown", "2024", True),
        ("2024", "", True),
    ],
)
def test_dates_of_any_precision_are_near_when_they_can_be(one: str, other: str, near: bool) -> None:
    assert dates.near(one, other, timedelta(days=31)) is near


@pytest.mark.parametrize(
    ("text", "years"),
    [("Review of 1999 and 2024", {"1999", "2024"}), ("x_2024_a@2025", {"2024", "2025"}), ("12024 20245 2024b 1850", set())],
)
def test_the_years_of_a_text_stand_alone(text: str, years: set[str]) -> None:
    assert dates.years_in(text) == years


def _said(rule: Any, table: str, *given: Cells, **others: list[Cells]) -> list[str]:
    return rows.said(rule, {table: list(given), **others})


WRITTEN = "not the date in its id or address"


@pytest.mark.parametrize(
    ("source", "refused", "accepted"),
    [
        ({"source_id": "x_20240131"}, "2024-03-03", "2024-03-02"),
        ({"source_id": "x_2024-01-31"}, "2023-12-30", "2023-12-31"),
        ({"source_id": "x_2024_01_31"}, "2025-01-31", "2024-01"),
        ({"source_id": "x_202401"}, "2024-04", "2024-03"),
        ({"source_id": "x", "url": "https://example.org/2024/01/31/a"}, "2023-01-31", "2024-01-30"),
        ({"source_id": "x_20240131", "url": "https://example.org/2021/01/31/a"}, "2021-01-31", "2024-01-31"),
        ({"source_id": "x_2024", "title": "Of another year"}, "2025-05", "2024-05"),
        ({"source_id": "x_2024", "title": "Of another year"}, "2025-02-01", "2025-01-14"),
        ({"source_id": "x_2024", "title": "Of another year"}, "2023-01", "2025-01"),
        ({"source_id": "x_2024", "title": "Review of 2023"}, "2025-05", "2024"),
    ],
)
def test_the_date_in_an_id_or_address_is_the_source_s(source: Cells, refused: str, accepted: str) -> None:
    given = [{"source_id": "a_2020", "published": ""}, source | {"published": accepted}, source | {"published": refused}]
    found = _said(dates.sources, "sources", *given)
    assert rows.refused(found, f"sources.csv, row 4, column published: '{refused}': {WRITTEN}")


@pytest.mark.parametrize(
    "source", [{"source_id": "x_2024", "title": "Review of 2024", "published": "2026"}, {"source_id": "x", "published": "2020"}]
)
def test_a_title_may_speak_of_another_year_and_an_id_of_none(source: Cells) -> None:
    assert _said(dates.sources, "sources", source) == []


def _odd(column: str) -> list[Cells]:
    """Rows that a rule on dates passes over: without the date, and with one that is reported elsewhere."""
    return [{column: ""}, {column: "soon"}, {column: "2024", "source_id": ""}]


@pytest.mark.parametrize("table", ["observations", "events", "stances", "offices", "forecasts"])
def test_what_a_source_tells_was_known_by_then(table: str) -> None:
    found = _said(dates.known, table, *_odd("known_since"), {"known_since": "2024-04-02"}, {"known_since": "2024-04-03"})
    assert rows.refused(found, f"{table}.csv, row 6, column known_since: '2024-04-03': its source is of 2024-01-31")


def test_an_outcome_is_known_from_its_source_and_no_sooner() -> None:
    early = [{"known_since": "2023-12-31"}, {"known_since": "2023-12-30"}]
    assert rows.refused(_said(dates.known, "forecasts", *early), "forecasts.csv, row 3, column known_since: '2023-12-30'")
    assert _said(dates.known, "events", *early) == []


@pytest.mark.parametrize(
    ("published", "accepted"), [("2024-06-30", True), ("2024-06", True), ("", True), ("2024-07-01", False), ("2024-07", False)]
)
def test_an_article_cites_nothing_later_than_itself(published: str, accepted: bool) -> None:
    found = _said(
        dates.told, "attributions", {"source_id": "w"}, {},
        claims=[{}], articles=[{"published": "2023", "published_high": "2024-06-30"}],
        sources=[{"source_id": "w"}, {"published": published}],
    )  # fmt: skip
    said = f"attributions.csv, row 3, column source_id: 'x': of {published}, after the article"
    assert rows.refused(found, *([] if accepted else [said]))


@pytest.mark.parametrize("column", ["from", "to"])
def test_a_source_knows_of_no_term_after_it(column: str) -> None:
    terms = [{column: ""}, {column: "soon"}, {column: "2030", "source_id": ""}, {column: "2024-01-31"}, {column: "2024-02-01"}]
    found = _said(dates.told, "offices", *terms)
    assert rows.refused(found, f"offices.csv, row 6, column {column}: '2024-02-01': after its source, which is of 2024-01-31")


TAKEN = [
    ("events", "date"), ("events", "known_since"), ("stances", "known_since"), ("observations", "known_since"),
    ("offices", "known_since"), ("offices", "to"), ("forecasts", "known_since"), ("forecasts", "outcome_date"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "column"), TAKEN)
@pytest.mark.parametrize(("refused", "accepted"), [("2023-01-24", "2023-01-23"), ("2023-02-07", "2023-02-08"), ("2025-01-23", "2025-01-22")])
def test_a_date_a_year_from_its_source_is_the_year_misread(table: str, column: str, refused: str, accepted: str) -> None:
    plain = {"known_since": "", "outcome_date": ""} if table == "forecasts" else {"known_since": ""} if table == "observations" else {}
    given = [plain | {column: day} for day in ("2023-01", "2023-02-30", accepted, refused)]
    found = _said(dates.slips, table, *given)
    assert rows.refused(found, f"{table}.csv, row 5, column {column}: '{refused}': a year from its source, which is of 2024-01-31")


def test_an_outcome_is_not_a_year_from_when_it_was_known() -> None:
    given = [{"outcome_date": day, "known_since": "2025-06-30"} for day in ("2024-06-30", "2025-06-30")]
    assert rows.refused(_said(dates.slips, "forecasts", *given), "forecasts.csv, row 2, column outcome_date: '2024-06-30'")


def test_the_end_of_a_term_is_known_when_it_comes() -> None:
    given = [{"to": "2024-01-01", "known_since": day} for day in ("", "2024-03-03", "2024-03-04")] + [{"known_since": "2021"}]
    found = _said(dates.slips, "offices", *given)
    assert rows.refused(found, "offices.csv, row 4, column known_since: '2024-03-04': the term ended on 2024-01-01")


@pytest.mark.parametrize(
    ("cells", "refused", "accepted", "of"),
    [
        ({"known_since": ""}, "2024-05-11", "2024-05-10", "2024-01-31"),
        ({"known_since": "2023-06-30"}, "2023-01", "2023-06", "2023-06-30"),
        ({"known_since": "2023-06-30"}, "2022", "2024-02", "2023-06-30"),
        ({"known_since": "2023-06-30", "source_id": ""}, "2024-02", "2023-09", "2023-06-30"),
    ],
)
def test_an_edition_is_of_the_time_of_its_release(cells: Cells, refused: str, accepted: str, of: str) -> None:
    given = [
        cells | {"vintage": ""},
        cells | {"vintage": "2020", "observation_id": "s@2023@-@x@2020"},
        cells | {"vintage": "2020", "source_id": "u", "known_since": ""},
        cells | {"vintage": accepted},
        cells | {"vintage": refused},
    ]
    said = _said(dates.vintages, "observations", *given, sources=[{}, {"source_id": "u", "published": ""}])
    found = [text for text in said if "column vintage" in text]
    assert rows.refused(found, f"observations.csv, row 6, column vintage: '{refused}': its release is of {of}")


def test_an_edition_is_known_when_it_comes() -> None:
    given = [{"vintage": vintage, "known_since": "2023-06-30"} for vintage in ("", "2023-06", "2022-12")]
    found = [text for text in _said(dates.vintages, "observations", *given) if "column known_since" in text]
    assert rows.refused(found, "observations.csv, row 4, column known_since: '2023-06-30': its edition is of 2022-12")


@pytest.mark.parametrize(
    ("refused", "accepted", "said"),
    [
        ({"date": "2024-05-11"}, {"date": "2024-05-10"}, "after its source, which is of 2024-01-31"),
        ({"date": "2025-05", "known_since": "2024-12-31"}, {"date": "2025-04", "known_since": "2024-12"}, "after its source, which is of 2024-12-31"),
        ({"date": "2023-12", "event_id": "summit_2021.x"}, {"date": "2022-01", "event_id": "summit_2021.x"}, "not in the year 2021 that its id names"),
        ({"date": "2020", "event_id": "summit_2021"}, {"date": "2021", "event_id": "summit_2021"}, "not in the year 2021"),
        ({"date": "2019", "event_id": "2021_or_2022.x"}, {"date": "2022", "event_id": "2021_or_2022.x"}, "not in the year 2021, 2022"),
        ({"date": "2023", "event_id": "summit_2021.x"}, {"date": "2023", "event_id": "summit.b_2021.x"}, "not in the year 2021"),
    ],
)
def test_an_event_lies_before_its_source_and_in_the_year_of_its_id(refused: Cells, accepted: Cells, said: str) -> None:
    odd = [{"date": "soon"}, {"date": "2030", "source_id": "u"}]
    found = _said(dates.events, "events", *odd, accepted, refused, sources=[{}, {"source_id": "u", "published": ""}])
    assert rows.refused(found, f"events.csv, row 5, column date: '{refused['date']}': {said}")


@pytest.mark.parametrize(
    ("event", "source", "accepted"),
    [
        ({}, {}, False),
        ({}, {"title": "REUTERS"}, True),
        ({}, {"publisher": "Reuters"}, True),
        ({}, {"author": "A. Reuters"}, True),
        ({}, {"url": "https://reuters.example/x"}, True),
        ({}, {"source_id": "reuters_1"}, True),
        ({"origin_ids": "reuters"}, {}, True),
        ({"note": "Told by Reuters"}, {}, True),
        ({"event_id": "summit.reuters_world"}, {"title": "Reuters"}, True),
        ({"event_id": "summit.day.reuters"}, {"title": "Reuters"}, True),
        ({"event_id": "summit.bbc"}, {}, False),
        ({"event_id": "summit.ap"}, {}, True),
        ({"event_id": "summit"}, {}, True),
        ({"date": "2023-11-30"}, {}, True),
        ({"date": "2023-11-29"}, {}, False),
        ({}, {"published": ""}, True),
    ],
)
def test_an_event_is_called_after_its_source_or_is_of_its_time(event: Cells, source: Cells, accepted: bool) -> None:
    source_id = source.get("source_id", "x")
    told = {"event_id": "summit.reuters", "date": "2021", "source_id": source_id, **event}
    found = _said(dates.named_events, "events", told, sources=[{"source_id": "u"}, source])
    said = f"events.csv, row 2, column source_id: '{source_id}': its id ends in {told['event_id'].rpartition('.')[2]}"
    assert rows.refused(found, *([] if accepted else [said]))


def test_every_rule_of_the_family_is_asked() -> None:
    assert set(checks.BETWEEN_ROWS) >= {dates.sources, dates.known, dates.told, dates.slips, dates.vintages, dates.events, dates.named_events}
