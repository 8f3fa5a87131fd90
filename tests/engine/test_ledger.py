"""The ledger's lines and the trail between a claim and its rows, to the letter."""

from __future__ import annotations

from typing import Any

import pytest
import rows

from analysis import ledger
from analysis.errors import InputError
from analysis.readings import Library


def _made(**changed: list[dict[str, Any]]) -> Any:
    """A measured claim that rests on two sources, one of which came after the article, and one that rests on nothing."""
    claim = {
        "statement_en": "The share was 36.5 percent.", "statement_zh": "份额为36.5%。", "qualifier": "about",
        "figure_low": "36.5", "figure_high": "36.5", "unit": "percent_share", "paragraph": "4", "role": "premise",
    }  # fmt: skip
    given: dict[str, list[dict[str, Any]]] = {
        "claims": [claim, {"claim_id": "a.02", "kind": "legal", "role": "conclusion", "statement_en": "It is lawful.", "statement_zh": "合法。"}],
        "readings": [
            {"reading_id": "a.01.b", "primary": "no", "omits": "about", "key": "t"},
            {},
            {"reading_id": "a.02.a", "claim_id": "a.02", "method": "stance", "table": "stances", "key": "a.02", "period": ""},
        ],
        "series": [{}, {"series_id": "t"}],
        "sources": [
            {"title": "Shares", "publisher": "Office", "url": "https://example.org/x"},
            {"source_id": "y", "title": "Later shares", "publisher": "Bank", "published": "2025-01"},
        ],
        "observations": [
            {"observation_id": "s@2023@y", "value": "36.0", "source_id": "y", "origin_ids": "p", "known_since": "2025-01-31"},
            {"observation_id": "s@2023@x", "value": "36.4"},
        ],
        "attributions": [],
    }
    return rows.tables(**{**given, **changed})


def test_a_line_of_the_ledger_holds_what_its_claim_rests_on() -> None:
    lines = ledger.ledger(_made(), jobs=1)
    assert [line["claim_id"] for line in lines] == ["a.01", "a.02"]
    first, second = lines
    explanation = first.pop("explanation")
    assert first == {
        "claim_id": "a.01", "article_id": "a", "kind": "numerical", "role": "premise", "verdict": "Supported",
        "verdict_at_publication": "Supported", "attribution": None, "figure_low": 36.5, "figure_high": 36.5,
        "unit": "percent_share",
        "evidence": [
            {"table": "observations", "key": "s", "value": 36.4, "period": "2023", "source_id": "x"},
            {"table": "observations", "key": "s", "value": 36.0, "period": "2023", "source_id": "y"},
        ],
        "holds_share": None,
    }  # fmt: skip
    assert explanation.endswith(".") and isinstance(first["figure_low"], float)
    assert (second["figure_low"], second["figure_high"], second["unit"]) == (None, None, None)
    assert (second["kind"], second["role"], second["verdict"], second["evidence"]) == ("legal", "conclusion", "Not enough evidence", [])


def test_a_verdict_at_publication_and_now_may_differ() -> None:
    line = ledger.entry(Library(_made(observations=[{"value": "36.4", "known_since": "2025-01-31"}])), "a.01")
    assert (line["verdict"], line["verdict_at_publication"]) == ("Supported", "Not enough evidence")


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ([], None),
        (["yes"], "yes"),
        (["yes", "unchecked"], "unchecked"),
        (["unchecked", "source_not_found"], "source_not_found"),
        (["source_not_found", "partly"], "partly"),
        (["partly", "no", "yes"], "no"),
    ],
)
def test_the_least_faithful_attribution_is_the_claim_s(answers: list[str], said: str | None) -> None:
    given = [{"source_id": f"x{place}", "faithful": answer} for place, answer in enumerate(answers)]
    library = Library(_made(attributions=[*given, {"claim_id": "a.02", "faithful": "no"}]))
    assert ledger.attribution(library, "a.01") == said
    assert ledger.entry(library, "a.01")["attribution"] == said


def test_the_trail_of_a_claim_names_every_step() -> None:
    attributions = [{"faithful": "partly", "discrepancy": "It says less."}, {"source_id": "y"}]
    made = _made(attributions=attributions)
    line = ledger.entry(Library(made), "a.01")
    then = ledger.verdicts.at_publication(Library(made), "a.01").explanation
    assert ledger.trace(made, "a.01") == [
        "a.01 (numerical, paragraph 4)",
        "  The share was 36.5 percent.",
        "  份额为36.5%。",
        f"  now: Supported. {line['explanation']}",
        f"  at publication: Supported. {then}",
        "  primary reading a.01.a: figure of s",
        "    inside, 36.4",
        "      observations: s@2023@x = 36.4 (2023)",
        "        x: Shares, Office, 2024-01-31",
        "        https://example.org/x",
        "    inside, 36",
        "      observations: s@2023@y = 36.0 (2023)",
        "        y: Later shares, Bank, 2025-01",
        "  other reading a.01.b: figure of t, omits about",
        "  attributed to x: faithful partly. It says less.",
        "  attributed to y: faithful yes.",
    ]


def test_evidence_without_a_number_is_told_by_its_judgement() -> None:
    made = _made(stances=[{"claim_id": "a.02", "stance": "supports", "known_since": "2024-02"}])
    assert "    inside" in ledger.trace(made, "a.02")


@pytest.mark.parametrize(
    ("identity", "said"),
    [
        ("x", ["x: 1 claim rests on it", "  a.01: The share was 36.5 percent."]),
        ("s", ["s: 1 claim rests on it", "  a.01: The share was 36.5 percent."]),
        ("s@2023@y", ["s@2023@y: 1 claim rests on it", "  a.01: The share was 36.5 percent."]),
        ("t", ["t: 0 claims rest on it"]),
    ],
)
def test_the_trail_of_a_row_leads_to_its_claims(identity: str, said: list[str]) -> None:
    assert ledger.trace(_made(), identity) == said


def test_claims_that_rest_on_one_source_stand_in_order() -> None:
    stance = {"claim_id": "a.02", "stance": "supports", "known_since": "2024-02"}
    made = _made(stances=[stance])
    assert ledger.trace(made, "x") == ["x: 2 claims rest on it", "  a.01: The share was 36.5 percent.", "  a.02: It is lawful."]
    resting = ledger.claims_resting_on(Library(made))
    assert list(resting) == sorted(resting) and resting["y"] == ["a.01"] and resting["a.02|x"] == ["a.02"]


def test_an_unknown_name_is_refused_with_examples() -> None:
    with pytest.raises(InputError, match=r"^'z+…' is no claim, source, series, event or observation; write an id such as a\.01, a\.02$"):
        ledger.trace(_made(), "z" * 81)
