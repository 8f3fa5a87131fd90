"""Dates in words: the period that a row states and the years of its sentence are the same time."""

from __future__ import annotations

from typing import Any

import pytest
import rows

from analysis import checks
from analysis.rules import stated_dates

Cells = dict[str, str]
PASSED_OVER = {"claim_id": "a.00", "statement_en": "It was so."}
"""A claim before the one that a case is about."""


def _readings(claim: Cells, *readings: Cells) -> list[str]:
    first = {"reading_id": "a.00.a", "claim_id": "a.00"}
    skipped = [first | {"primary": "no"}, first | {"period": "latest"}, first | {"period": ""}, first | {"period": "soon"}]
    return rows.said(stated_dates.claims, {"claims": [PASSED_OVER, claim], "readings": [*skipped, *readings]})


@pytest.mark.parametrize(
    ("claim", "refused", "accepted"),
    [
        ({"period": "2023"}, {"period": "2022"}, {"period": "2023"}),
        ({"period": "2023"}, {"period": "2022"}, {"period": "2022", "primary": "no"}),
        ({"period": "2023"}, {"period": "2022"}, {"period": "2022/2024"}),
        ({"period": "2020/2023"}, {"period": "2019/2021"}, {"period": "2021"}),
        ({"period": "2023"}, {"period": "2022", "ground": "Read for 2021."}, {"period": "2022", "ground": "Read for 2022."}),
        ({"period": "2020/2022", "kind": "comparison"}, {"period": "2023"}, {"period": "2022/2023"}),
        ({"period": "2020/2022"}, {"period": "2022/2023"}, {"period": "2020/2021"}),
    ],
)  # fmt: skip
def test_a_claim_is_read_at_its_period_or_its_ground_says_why(claim: Cells, refused: Cells, accepted: Cells) -> None:
    found = _readings(claim, accepted, refused)
    assert rows.refused(found, f"readings.csv, row 7, column period: '{refused['period']}': the claim speaks of {claim['period']}")


def test_a_comparison_without_period_is_read_at_any() -> None:
    assert _readings({"kind": "comparison"}, {"period": "2022"}) == []


@pytest.mark.parametrize(
    ("method", "column"), [("date", "expected"), ("holder", "period"), ("occurrence", "period")]
)
def test_an_event_or_office_is_read_in_the_year_that_the_sentence_names(method: str, column: str) -> None:
    claim = {"statement_en": "It began in 2022 or 2025."}
    given = [{"method": method, "period": "2022", "expected": "2022", column: read} for read in ("2022/2023", "2020/2022", "2023/2024")]
    found = _readings(claim, *given)
    assert rows.refused(found, f"readings.csv, row 8, column {column}: '2023/2024': the claim names 2022, 2025")
    assert _readings({"statement_en": "It began."}, *given) == _readings(claim, {"period": "2024"}) == []


def test_the_date_of_an_event_lies_in_the_period_of_the_claim() -> None:
    given = [{"method": "date", "period": "2021", "expected": day} for day in ("2023-05", "2022-05")]
    found = _readings({"period": "2023"}, *given)
    assert rows.refused(found, "readings.csv, row 7, column expected: '2022-05': the claim speaks of 2023")


def _statement(claim: Cells, accepted: Cells) -> list[str]:
    skipped = [{"claim_id": "a.00", "period": "2023"}, {"claim_id": "a.00", "statement_en": "In 2020.", "period": "soon"}]
    return rows.said(stated_dates.statements, {"claims": [*skipped, accepted, claim]})


@pytest.mark.parametrize(
    ("refused", "accepted"),
    [
        ({"statement_en": "So in 2022.", "statement_zh": "2021年如此。"}, {"statement_en": "So in 2022.", "statement_zh": "2021至2022年如此。"}),
        ({"statement_en": "So it was.", "statement_zh": "1999年如此。"}, {"statement_en": "So in 2022.", "statement_zh": "当年如此。"}),
    ],
)
def test_both_languages_name_the_same_years(refused: Cells, accepted: Cells) -> None:
    said = f"claims.csv, row 5, column statement_zh: '{refused['statement_zh']}': names other years than the English"
    assert rows.refused(_statement(refused, accepted), said)


@pytest.mark.parametrize(
    ("refused", "accepted", "period"),
    [
        ("So in 2022.", "So in 2023.", "2023"),
        ("So in 2024.", "So in 2023.", "2021/2023"),
        ("So in 2020.", "So in 2021.", "2021/2023"),
        ("So in 2018 and 2019.", "So in 2019 and 2020.", "2020-05"),
        ("More in 2022.", "More than in 2022.", "2023"),
        ("In 2022 it was expected.", "In 2022 it was promised.", "2023"),
    ],
)
def test_a_sentence_names_a_year_of_its_period(refused: str, accepted: str, period: str) -> None:
    found = _statement({"statement_en": refused, "period": period}, {"statement_en": accepted, "period": period})
    assert rows.refused(found, f"claims.csv, row 5, column period: '{period}': the sentence names 20")
    assert all(year in found[0] for year in refused.rstrip(".").split() if year.startswith("20"))


def _forecasts(*given: Cells) -> list[str]:
    """The defects of forecasts of an article of 30 June 2024, after one whose horizon cannot be read."""
    plain = {"outcome_date": "", "horizon_ground": "printed"}
    made: dict[str, Any] = {"claims": [{}], "forecasts": [plain | row for row in ({"horizon": "soon"}, *given)]}
    return rows.said(stated_dates.forecasts, made)


@pytest.mark.parametrize(
    ("refused", "column", "said", "accepted"),
    [
        ({"horizon": "2025", "horizon_ground": "a guess"}, "horizon_ground", "neither printed nor assigned", {"horizon_ground": "a guess"}),
        ({"horizon": "2025", "horizon_ground": ""}, "horizon_ground", "neither printed", {"horizon": "2025", "horizon_ground": "assigned: the end of a plan"}),
        ({"horizon": "2024-06-30"}, "horizon", "not after the article", {"horizon": "2024-07-01"}),
        ({"horizon": "2026-06-13", "horizon_ground": "assigned: one year on"}, "horizon", "2.0 years off where its ground says one", {"horizon": "2026-06-12", "horizon_ground": "assigned: one year on"}),
        ({"horizon": "2024-12-31", "horizon_ground": "assigned: two years"}, "horizon", "0.5 years off where its ground says two", {"horizon": "2026-06-30", "horizon_ground": "assigned: two years"}),
        ({"horizon": "2030", "horizon_ground": "assigned: ten years"}, "horizon", "6.5 years off where its ground says ten", {"horizon": "2034", "horizon_ground": "assigned: ten years"}),
        ({"outcome_date": "2024-06-29"}, "outcome_date", "before the article", {"outcome_date": "2024-06-30"}),
        ({"outcome_date": "2024-05"}, "outcome_date", "before the article", {"outcome_date": "2024-06"}),
        ({"horizon": "2025-06-30", "outcome_date": "2025-10-09"}, "outcome_date", "after the horizon of 2025-06-30", {"horizon": "2025-06-30", "outcome_date": "2025-10-08"}),
    ],
)  # fmt: skip
def test_horizon_and_outcome_fit_the_article_and_the_ground(refused: Cells, column: str, said: str, accepted: Cells) -> None:
    place = f"forecasts.csv, row 4, column {column}: '{refused[column]}': {said}"
    assert rows.refused(_forecasts(accepted, refused), place)


@pytest.mark.parametrize(
    ("column", "refused", "accepted"), [("published_low", "2023-09-03", "2023-09-04"), ("published_high", "2025-04-27", "2025-04-26")]
)
def test_the_bounds_of_an_article_s_date_are_near_it(column: str, refused: str, accepted: str) -> None:
    found = rows.said(stated_dates.articles, {"articles": [{column: accepted}, {column: refused}]})
    assert rows.refused(found, f"articles.csv, row 3, column {column}: '{refused}': far from published")


@pytest.mark.parametrize(
    ("period", "option", "accepted"),
    [
        ("2021/2023", "2022–2024", False),
        ("2021/2023", "2022–2023", True),
        ("2021/2023", "the long window", True),
        ("latest", "2022–2024", True),
        ("", "2022–2024", True),
    ],
)
def test_an_option_named_after_years_is_run_for_one_of_them(period: str, option: str, accepted: bool) -> None:
    given = [{"dimension": dimension, "option": option, "reading_id": "a.01.a"} for dimension in ("source", "window")]
    found = rows.said(stated_dates.options, {"readings": [{"period": period}], "specifications": given})
    said = f"specifications.csv, row 3, column option: '{option}': its reading reads {period}"
    assert rows.refused(found, *([] if accepted else [said]))


def test_every_rule_of_the_family_is_asked() -> None:
    assert set(checks.BETWEEN_ROWS) >= {stated_dates.claims, stated_dates.statements, stated_dates.forecasts, stated_dates.articles, stated_dates.options}
