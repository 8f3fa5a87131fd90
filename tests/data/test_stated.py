"""Words and cells of a row: figures, units, lengths and places in the text are the same in both."""

from __future__ import annotations

from typing import Any

import pytest
import rows

from analysis import checks
from analysis.rules import stated

Cells = dict[str, str]
SENTENCES = """readings.ground claims.statement_en claims.statement_zh articles.argument_en articles.argument_zh series.definition
attributions.discrepancy forecasts.note""".split()
NAMES = """claims.short_en claims.attributed_to readings.omits stances.locator observations.locator observations.note events.note
series.title_en specifications.option sources.publisher forecasts.criterion forecasts.condition forecasts.horizon_ground
articles.title_en articles.outlet articles.authors areas.name_en origins.name_en""".split()


@pytest.mark.parametrize(
    ("place", "refused", "accepted", "said"),
    [
        *((place, "A sentence", "A sentence.", "no full stop at its end") for place in SENTENCES),
        *((place, "A name.", "A name", "a full stop at its end") for place in NAMES),
        ("claims.statement_zh", "一句", "一句。", "no full stop"),
        ("claims.statement_en", "He said “so”", "He said “so.”", "no full stop"),
        ("stances.locator", "paragraph 3.", "paragraph 3 ff.", "a full stop"),
    ],
)
def test_a_sentence_ends_in_a_full_stop_and_a_name_does_not(place: str, refused: str, accepted: str, said: str) -> None:
    table, column = place.split(".")
    plain = {"criterion": ""} if table == "forecasts" else {}
    found = rows.said(stated.stops, {table: [plain | {column: accepted}, plain | {column: ""}, plain | {column: refused}]})
    assert rows.refused(found, f"{table}.csv, row 4, column {column}: {refused!r}: {said}")


@pytest.mark.parametrize(
    ("table", "column", "refused", "accepted", "said"),
    [
        ("observations", "note", "2024-01", "In 2024-01", "no words"),
        ("observations", "note", "RU", "Rus", "no words"),
        ("observations", "note", "EU27;CN", "EU27 and CN", "no words"),
        ("sources", "author", "percent_share", "percent_share", ""),
        ("series", "definition", "percent_share", "percent share", "no words"),
        ("lexicon_names", "ground", "RU", "RU", ""),
        ("observations", "origin_ids", "o;;p", "o;p", "a part empty or twice"),
        ("observations", "origin_ids", "o;o", "o", "a part empty or twice"),
        ("observations", "origin_ids", ";o", "", "a part empty or twice"),
        ("events", "event", "a note", "A note", "begins like a note"),
        ("events", "event", "eBay was fined", "EBay was fined", "begins like a note"),
    ],
)
def test_each_column_holds_what_its_name_says(table: str, column: str, refused: str, accepted: str, said: str) -> None:
    plain = {"value": "1"} if table == "observations" else {}
    found = rows.said(stated.misplaced, {table: [plain | {column: cell} for cell in ("", accepted, refused)], "articles": [{}]})
    assert rows.refused(found, *([f"{table}.csv, row 4, column {column}: {refused!r}: {said}"] if said else []))


@pytest.mark.parametrize(
    ("method", "told"),
    [
        ("figure", False), ("stance", False), ("forecast", False), ("implication", False),
        ("threshold", True), ("design", True), ("date", True), ("occurrence", True), ("holder", True),
    ],
)  # fmt: skip
def test_only_a_method_that_expects_something_is_told_what(method: str, told: bool) -> None:
    found = rows.said(stated.misplaced, {"readings": [{"method": method}, {"method": method, "expected": "in"}]})
    said = f"readings.csv, row 3, column expected: 'in': method {method} expects nothing"
    assert rows.refused(found, *([] if told else [said]))


def _figures(*claims: tuple[str, Cells]) -> list[str]:
    """The defects of claims, each its sentence and cells, after one whose figure is written in words."""
    given = [{"statement_en": "A third in 2023.", "figure_low": "33"}, *({"statement_en": text, **cells} for text, cells in claims)]
    return rows.said(stated.figures, {"claims": given})


MISSING, SIGN = "not in the claim's sentence", "negative where the sentence names no fall"


@pytest.mark.parametrize(
    ("sentence", "refused", "accepted"),
    [
        ("The share was 36.5 percent.", "36.6", "36.50"),
        ("It was 136.5 percent.", "36.5", "136.5"),
        ("It was 2.36 percent.", "36", "2.36"),
        ("It was 36.55 percent.", "36.5", "36.55"),
        ("It was 36 percent.", "3", "36.0"),
        ("It was 36.0 percent.", "36.1", "36"),
        ("It was 1,200 units.", "12", "1200"),
        ("It was 24 percent in 2023.", "25", "24"),
        ("It was 0 percent.", "1", "0"),
    ],
)
def test_a_figure_stands_in_its_sentence(sentence: str, refused: str, accepted: str) -> None:
    for column in ("figure_low", "figure_high"):
        found = _figures((sentence, {column: accepted}), (sentence, {column: refused}))
        assert rows.refused(found, f"claims.csv, row 4, column {column}: '{refused}': {MISSING}")


@pytest.mark.parametrize("unit", ["count", "year"])
def test_a_count_or_year_may_be_told_in_other_words(unit: str) -> None:
    found = _figures(("5 rounds, none later.", {"figure_low": "7", "unit": unit}), ("It was 5.", {"figure_low": "7", "unit": "usd_bn"}))
    assert rows.refused(found, "claims.csv, row 4, column figure_low: '7'")


WORDS_OF_A_FALL = ["minus", "fell", "a fall", "less", "below", "shrank", "lost", "a loss", "a decline", "a drop", "a contraction"]


@pytest.mark.parametrize("word", WORDS_OF_A_FALL)
def test_a_negative_figure_needs_the_word_of_a_fall(word: str) -> None:
    cells = {"figure_low": "-7", "figure_high": "-7", "unit": "usd_bn"}
    found = _figures((f"It was {word}, 7 billion.", cells), ("It was 7 billion.", cells))
    assert rows.refused(found, *(f"claims.csv, row 4, column {name}: '-7': {SIGN}" for name in ("figure_low", "figure_high")))


@pytest.mark.parametrize(
    "unit", "count percent_share year month ratio bcm million_tonnes thousand_tonnes thousand_units".split()
)
def test_what_is_counted_is_never_negative(unit: str) -> None:
    given = [("It fell to nothing.", {"figure_low": figure, "unit": unit}) for figure in ("0", "-7")]
    assert rows.refused(_figures(*given), f"claims.csv, row 4, column figure_low: '-7': negative in {unit}")
    assert _figures(("It fell by a third.", {"figure_low": "-33", "unit": "percent"})) == []


@pytest.mark.parametrize(
    ("unit", "readings", "said"),
    [
        ("usd_bn", [{}], "its readings measure percent_share"),
        ("percent_share", [{}], ""),
        ("usd_bn", [{}, {"reading_id": "a.01.b", "key": "u"}], ""),
        ("bcm", [{"key": "u"}, {"reading_id": "a.01.b"}], "its readings measure percent_share, usd_bn"),
        ("percentage_point", [{"transform": "change", "key": "s"}], ""),
        ("percent_share", [{"transform": "change", "key": "s"}], "its readings measure percentage_point"),
        ("usd_bn", [{"table": "events"}], ""),
        ("usd_bn", [{"key": "unknown"}], ""),
        ("usd_bn", [{"key": ""}], ""),
        ("", [{}], ""),
    ],
)
def test_one_reading_at_least_measures_in_the_unit_of_the_claim(unit: str, readings: list[Cells], said: str) -> None:
    series = [{}, {"series_id": "u", "unit": "usd_bn"}]
    found = rows.said(stated.units, {"claims": [{"claim_id": "a.00", "unit": "bcm"}, {"unit": unit}], "readings": readings, "series": series})
    assert rows.refused(found, *([f"claims.csv, row 3, column unit: '{unit}': {said};"] if said else []))


@pytest.mark.parametrize(("refused", "part"), [("10", "10"), ("2;1", "1"), ("0", "0"), ("2;x", "x"), ("02", "02")])
def test_a_restatement_stands_in_another_paragraph(refused: str, part: str) -> None:
    claims = [{}, {"claim_id": "a.02", "also_in": "2;9"}, {"claim_id": "a.03", "also_in": refused}]
    found = rows.said(stated.paragraphs, {"claims": claims, "articles": [{"characters": "900"}]})
    assert rows.refused(found, f"claims.csv, row 4, column also_in: '{refused}': {part} is no other paragraph of the article")


@pytest.mark.parametrize(("refused", "accepted"), [("134", "135"), ("13501", "13500")])
def test_an_article_has_as_many_characters_as_its_paragraphs_hold(refused: str, accepted: str) -> None:
    articles = [{"characters": accepted}, {"article_id": "b", "characters": refused}]
    found = rows.said(stated.paragraphs, {"articles": articles})
    assert rows.refused(found, f"articles.csv, row 3, column characters: '{refused}': in 9 paragraphs")


@pytest.mark.parametrize(
    ("source", "column", "said"),
    [
        ({"title": "The Post"}, "title", "the name of a publisher"),
        ({"title": "Reuters", "publisher": "Reuters"}, "", ""),
        ({"title": "The Post", "publisher": "The Post"}, "title", "the name of a publisher"),
        ({"title": "Of the Post"}, "", ""),
        ({"licence": "Reuters"}, "licence", "says nothing of rights"),
        ({"licence": "CC BY"}, "", ""),
    ],
)
def test_a_source_has_a_title_and_terms_of_its_own(source: Cells, column: str, said: str) -> None:
    given = [{"licence": "facts", "publisher": "The Post", "title": "News"}, {"licence": "facts", "source_id": "y", **source}]
    found = rows.said(stated.sources, {"sources": given})
    assert rows.refused(found, *([f"sources.csv, row 3, column {column}: '{source[column]}': {said}"] if said else []))


def _codes(table: str, **coders: str) -> list[Any]:
    """Codings of a table: each key with the letters of its coders."""
    return [{"table": table, "key": key, "coder": coder} for key, letters in coders.items() for coder in letters]


@pytest.mark.parametrize(
    ("codings", "said"),
    [
        (_codes("stands", p="ab", q="ab"), ""),
        (_codes("stands", p="abc", q="bc"), "row 5, column key: 'q': not coded by a;"),
        (_codes("stands", p="abc", q="b"), "row 5, column key: 'q': not coded by a, c;"),
        (_codes("stands", p="ab") + _codes("bearings", p="a"), ""),
        (_codes("forecasts", p="ab", q="a"), ""),
    ],
)
def test_what_one_coder_has_coded_all_of_its_table_have(codings: list[Any], said: str) -> None:
    assert rows.refused(rows.said(stated.coders, {"codings": codings}), *([f"codings.csv, {said}"] if said else []))


def test_every_rule_of_the_family_is_asked() -> None:
    assert set(checks.BETWEEN_ROWS) >= {stated.stops, stated.misplaced, stated.figures, stated.units, stated.paragraphs, stated.sources, stated.coders}
