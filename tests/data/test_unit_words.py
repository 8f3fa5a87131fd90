"""Units in words: a series whose words name another unit, and not its own, is refused."""

from __future__ import annotations

import pytest
import rows

from analysis import checks
from analysis.rules import unit_words

WORDS = {
    "usd_bn": ["dollars", "USD", "value at"],
    "eur_bn": ["euro", "euros"],
    "rub_tn": ["roubles"],
    "cny_bn": ["yuan", "renminbi"],
    "percent_share": ["percent", "share", "growth", "rate", "change", "yield", "part", "premium", "price index", "proportion"],
    "bcm": ["cubic metres"],
    "million_tonnes": ["tonnes", "oxide", "weight"],
    "million_barrels_per_day": ["barrels"],
    "index": ["index", "score", "scale", "code", "rank", "level", "deflator"],
    "ratio": ["ratio", "times", "divided", "over", "a US dollar"],
    "count": ["number", "count", "how many", "vote", "votes", "entries", "rows"],
    "million": ["number", "millions", "people"],
    "year": ["year", "years"],
}  # fmt: skip
"""The words by which a definition may name each unit."""


@pytest.mark.parametrize(("unit", "word"), [(unit, word) for unit, words in WORDS.items() for word in words])
def test_a_series_that_speaks_of_another_unit_speaks_of_its_own_too(unit: str, word: str) -> None:
    other, said = ("roubles", "rub") if unit != "rub_tn" else ("barrels", "barrel")
    named = [{"unit": unit, "definition": f"Told in {text}."} for text in (other, f"{other} and {word}", f"{other} AND {word.upper()}")]
    assert rows.refused(rows.said(unit_words.words, {"series": named}), f"series.csv, row 2, column unit: '{unit}': its words speak of {said}")


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("dollars", "usd"), ("euros", "eur"), ("roubles", "rub"), ("yuan", "cny"), ("cubic metres", "bcm"), ("tonnes", "tonnes"),
        ("barrels", "barrel"), ("scores", "index"), ("Dollars in barrels", "usd, barrel"),
    ],
)  # fmt: skip
def test_the_units_that_are_named_are_said(word: str, said: str) -> None:
    found = rows.said(unit_words.words, {"series": [{"unit": "count", "definition": f"All {word}."}]})
    assert rows.refused(found, f"series.csv, row 2, column unit: 'count': its words speak of {said};")


@pytest.mark.parametrize(
    "series",
    [
        {"series_id": "gas_cubic_metres", "definition": "Told in roubles."},
        {"title_en": "Cubic metres", "definition": "Told in roubles."},
        {"unit": "count", "definition": "What is counted."},
        {"unit": "month", "definition": "Told in roubles."},
    ],
)
def test_a_series_names_its_unit_anywhere_or_none(series: dict[str, str]) -> None:
    assert rows.said(unit_words.words, {"series": [{"unit": "bcm", **series}]}) == []


def test_every_rule_of_the_family_is_asked() -> None:
    assert set(checks.BETWEEN_ROWS) >= {unit_words.words}
