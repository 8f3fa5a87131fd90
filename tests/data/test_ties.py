"""What ties a row to its source, its unit or its date: a stranger is refused, and what is tied in any one way passes."""

from __future__ import annotations

from typing import Any

import pytest
import rows

from analysis import checks
from analysis.rules import dates, second_source, stated, stated_dates, ties, unit_words

KREMLIN = [{"origin_id": "kremlin", "name_en": "The Kremlin"}]
STANCE = {"origin_ids": "kremlin", "ground": "Says so."}
CLAIM = {"attributed_to": "Carnegie Endowment"}
OUTCOME = {"outcome": "1", "outcome_date": "2025-03-31"}
ASSIGNED = {"horizon": "2025-06-30", "horizon_ground": "assigned: one year after publication, since none is printed"}


def _stances(*several: dict[str, str], **source: str) -> dict[str, Any]:
    """Stances of one source, the first of which passes on the Kremlin."""
    return {"origins": KREMLIN, "sources": [{"publisher": "Daily", **source}], "stances": list(several)}


def _cited(source: dict[str, str], *claims: dict[str, str], **cells: str) -> dict[str, Any]:
    """An article that cites one source, once for every claim."""
    named = [{"claim_id": f"a.{place:02}", **claim} for place, claim in enumerate(claims, 1)]
    cited = [{"claim_id": claim["claim_id"], **cells} for claim in named]
    return {"claims": named, "attributions": cited, "sources": [source]}


def _bounds(ground: str, unit: str) -> dict[str, Any]:
    return {"series": [{"unit": unit}], "limits": [{"scope": "series", "subject": "s", "ground": ground}]}


@pytest.mark.parametrize(
    ("rule", "tables", "column"),
    [
        (ties.first_publishers, _stances(STANCE, {}), "source_id"),
        (ties.first_publishers, {**_stances(STANCE, {}), "stances": [{}], "events": [
            {"origin_ids": "kremlin", "date": "2021-05"}]}, "source_id"),
        (ties.attributed, _cited({"publisher": "Daily"}, CLAIM), "source_id"),
        (ties.attributed, _cited({"publisher": "Carnegie Endowment"}, CLAIM, faithful="source_not_found"), "source_id"),
        (ties.attributed, _cited({"publisher": "Carnegie Endowment (not found)"}, CLAIM, faithful="partly"), "source_id"),
        (ties.outcomes, {"claims": [{}], "forecasts": [{**OUTCOME, "outcome_date": "2024-07-31"}],
                         "articles": [{"published_low": "2024-06-30"}]}, "source_id"),
        (ties.outcomes, {"claims": [{}], "forecasts": [OUTCOME], "articles": [{"published_low": "2024-01-01"}]}, "source_id"),
        (dates.known, {"stances": [{"known_since": "2023-01-31", "ground": "It was agreed."}]}, "known_since"),
        (stated_dates.horizons, {"claims": [{"claim_id": f"a.0{n}"} for n in (1, 2, 3)], "forecasts": [
            {"claim_id": "a.01", **ASSIGNED}, {"claim_id": "a.02", **ASSIGNED},
            {"claim_id": "a.03", **ASSIGNED, "horizon": "2026-06-30"}]}, "horizon"),
        (stated_dates.horizons, {"claims": [{}], "forecasts": [
            {"criterion": "In 2025 it sells more", "horizon": "2026-12-31", "horizon_ground": "printed"}]}, "horizon"),
        (stated_dates.horizons, {"claims": [{}], "forecasts": [
            {"criterion": "It ends before 1 June 2024", "horizon": "2025-05-31", "horizon_ground": "printed"}]}, "horizon"),
        (stated_dates.forecasts, {"claims": [{}], "forecasts": [
            {"horizon": "2025-12-31", "horizon_ground": "assigned: six months after publication", "outcome_date": ""}]}, "horizon"),
        (stated_dates.statements, {"claims": [{"statement_en": "Since the crisis of 2008 it was so.", "period": "2007/2023"}]}, "period"),
        (stated_dates.ahead, {"sources": [{"published": "2026-05"}]}, "published"),
        (stated_dates.ahead, {"observations": [{"known_since": "2027-05-09"}]}, "known_since"),
        (stated_dates.ahead, {"readings": [{"period": "2021/2027"}]}, "period"),
        (stated_dates.ahead, {"claims": [{"kind": "quote", "statement_en": "He said so.", "period": "2024-11-20"}],
                              "articles": [{"published_high": "2024-06-30"}]}, "period"),
        (dates.vintages, {"observations": [{"vintage": "2024-01", "known_since": "2023-01"}]}, "known_since"),
        (second_source.tenures, {"offices": [{"from": "2019-12", "to": "2024-11-30"}, {"from": "2019-12-01", "to": "2023-11-30"}]}, "to"),
        (stated.figures, {"claims": [{"statement_en": "The line was doubled.", "figure_low": "-100", "unit": "percent"}]}, "figure_low"),
        (stated.figures, {"claims": [{"statement_en": "It fell by half.", "figure_low": "-50", "figure_high": "50", "unit": "percent"}]}, "figure_high"),
        (checks.cells, {"areas": [{"area": "CN_HK", "members": "China with Hong Kong"}]}, "members"),
        (stated.paragraphs, {"articles": [{"characters": "900", "published_ground": "He Wenxiang"}]}, "published_ground"),
        (stated.sources, {"sources": [{"title": "RBC, on example.org", "url": "https://www.example.org/1", "licence": "facts"}]}, "title"),
        (unit_words.kinds, _bounds("A share of a whole lies between nothing and all of it.", "percent"), "unit"),
        (unit_words.kinds, _bounds("An amount is not negative.", "count"), "unit"),
        (unit_words.words, {"series": [{"unit": "bcm", "definition": "Loss of revenue."}]}, "unit"),
        (unit_words.words, {"series": [{"unit": "usd_bn", "definition": "Rank by size."}]}, "unit"),
    ],
)  # fmt: skip
def test_a_row_without_a_tie_is_named(rule: Any, tables: dict[str, Any], column: str) -> None:
    defects = list(rule(rows.tables(**tables)))
    assert defects and {defect.column for defect in defects} == {column}, defects


@pytest.mark.parametrize(
    ("rule", "tables"),
    [
        (ties.first_publishers, _stances(STANCE)),  # nothing else is taken from the source
        (ties.first_publishers, _stances(STANCE, {**STANCE, "claim_id": "a.02"})),
        (ties.first_publishers, _stances(STANCE, {}, url="https://en.kremlin.ru/1")),
        (ties.first_publishers, _stances({**STANCE, "locator": "paragraph 2, words of the Kremlin"}, {})),
        (ties.first_publishers, {**_stances(STANCE, {}), "stances": [{}], "events": [
            {"origin_ids": "kremlin", "date": "2024-01-30"}]}),  # reported the day after
        (ties.attributed, _cited({"publisher": "Carnegie Endowment"}, CLAIM)),
        (ties.attributed, _cited({"publisher": "Daily"}, CLAIM, CLAIM)),
        (ties.attributed, {**_cited({"publisher": "Daily"}, CLAIM), "stances": [{}]}),
        (ties.attributed, _cited({"publisher": "Carnegie Endowment (not found)"}, CLAIM, faithful="source_not_found")),
        (ties.outcomes, {"claims": [{}], "forecasts": [{**OUTCOME, "outcome_date": "2024-07-01"}],
                         "articles": [{"published_low": "2024-01-31"}]}),
        (ties.outcomes, {"claims": [{}], "forecasts": [{"outcome_date": ""}], "articles": [{"published_low": "2024-06-30"}]}),
        (dates.known, {"stances": [{"known_since": "2008-04-03", "locator": "point 23 of the declaration of 2008"}]}),
        (dates.known, {"stances": [{"known_since": "2023-12-31", "ground": "It was agreed."}]}),
        (stated_dates.claims, {"claims": [{"kind": "event", "period": "2022-02"}], "readings": [
            {"method": "occurrence", "period": "2022-01-24/2022-02-23", "ground": "The month up to 23 February 2022."}]}),
        (stated_dates.horizons, {"claims": [{"claim_id": "a.01"}, {"claim_id": "a.02"}], "forecasts": [
            {"claim_id": "a.01", **ASSIGNED},
            {"claim_id": "a.02", "horizon": "2025-12-31", "horizon_ground": "assigned: the end of the year 2025"}]}),
        (stated_dates.horizons, {"claims": [{}], "forecasts": [
            {"criterion": "It exceeds the level of November 2024", "horizon": "2025-03-31", "horizon_ground": "assigned: the end of the winter"}]}),
        (stated_dates.statements, {"claims": [{"statement_en": "Since the crisis of 2008 it was so.", "period": "2008/2024"}]}),
        (stated_dates.ahead, {"readings": [{"period": "2021/2027", "status": "forecast"}, {"period": "2021/2025"}]}),
        (stated_dates.ahead, {"claims": [{"kind": "event", "statement_en": "It stood before an election.", "period": "2025-02"},
                                         {"kind": "numerical", "period": "2025"}], "articles": [{"published_high": "2024-06-30"}]}),
        (dates.vintages, {"observations": [{"vintage": "2024-01", "known_since": "2024-03-31"}]}),
        (second_source.tenures, {"offices": [{"from": "2009", "to": "2011"}, {"from": "2009-02-13", "to": "2011-06-30"},
                                             {"from": "2020-01"}]}),
        (checks.cells, {"areas": [{"area": "CN_HK", "members": "CN;HK"}, {"area": "CN"}, {"area": "HK"}]}),
        (stated.figures, {"claims": [{"statement_en": "The line fell by half.", "figure_low": "-50", "figure_high": "-50", "unit": "percent"}]}),
        (unit_words.kinds, _bounds("A share of a whole lies between nothing and all of it.", "percent_share")),
        (unit_words.kinds, _bounds("Some other ground.", "count")),
        (unit_words.words, {"series": [{"unit": "bcm", "definition": "Russian gas delivered by pipeline."}]}),
    ],
)  # fmt: skip
def test_any_one_tie_is_enough(rule: Any, tables: dict[str, Any]) -> None:
    assert list(rule(rows.tables(**tables))) == []
