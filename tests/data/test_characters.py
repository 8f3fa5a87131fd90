"""Letters: each damage is named in its cell, and foreign words pass where they belong."""

from __future__ import annotations

from typing import Any

import pytest
import rows

from analysis import checks
from analysis.rules import characters

TWO_ALPHABETS = "a word of two alphabets"
LOOKS_ALIKE = "a sign that only looks like"
ENCODING = "text that was read in the wrong encoding"


def _misread(text: str) -> str:
    """UTF-8 taken for the code page of Windows."""
    return text.encode().decode("cp1252", "replace")


@pytest.mark.parametrize(
    ("damaged", "problem", "sound"),
    [
        ("A Cоuncil", TWO_ALPHABETS, "A Council"),  # the o is Cyrillic
        ("The NАTO", TWO_ALPHABETS, "The NATO"),  # the A is Cyrillic
        ("Сouncil", TWO_ALPHABETS, "Совет"),  # the C is Cyrillic
        ("caféа", TWO_ALPHABETS, "Шойгу: «Müller», Zürich und Genève – “café”"),
        ("⼤學", LOOKS_ALIKE, "大學"),  # a radical
        ("Review of ２024", LOOKS_ALIKE, "Review of 2024"),
        (_misread("José"), ENCODING, "José"),
        (_misread("À"), ENCODING, "À"),
        (_misread("ÿ"), ENCODING, "ÿ"),
        (_misread("Ж"), ENCODING, "Ж"),
        (_misread("中"), ENCODING, "中"),
        (_misread("😀"), ENCODING, "ð and Ÿ"),
        ("a\ufffdb", ENCODING, "a?b"),
    ],
)
def test_a_damaged_letter_is_named(damaged: str, problem: str, sound: str) -> None:
    made = {"sources": [{"title": "Title"}, {"source_id": "y", "title": damaged}]}
    assert rows.refused(
        rows.said(characters.letters, made), f"sources.csv, row 3, column title: {damaged!r}: {problem}"
    )
    assert rows.said(characters.letters, {"sources": [{"title": sound}]}) == []


@pytest.mark.parametrize("made", [{"sources": [{"published": "２024"}]}, {"claims": [{"period": "２024"}]}])
def test_digits_of_a_date_are_left_to_the_calendar(made: Any) -> None:
    assert rows.said(characters.letters, made) == []


def test_numbers_are_no_text() -> None:
    made = {"observations": [{"value": "3.5"}], "articles": [{"paragraphs": "9"}]}
    assert [rows.said(rule, made) for rule in characters.RULES] == [[], [], []]


@pytest.mark.parametrize(
    ("table", "refused", "problem", "accepted"),
    [
        ("series", {"title_en": "份额"}, "Chinese in a column of English", {"title_en": "Share"}),
        ("origins", {"name_zh": "Another", "name_en": "An office"}, "no Chinese", {"name_zh": "机关", "name_en": "An office"}),
        ("origins", {"name_zh": "112.ua", "name_en": "112.com"}, "no Chinese", {"name_zh": "112.ua", "name_en": "112.ua (news)"}),
        ("claims", {"short_en": "Шойгу"}, "a letter that is not Latin", {"short_en": "Müller"}),
        ("sources", {"url": "https://a.example/Шойгу"}, "a letter that is not Latin", {"url": "https://a.example/份额"}),
    ],
)  # fmt: skip
def test_a_language_stands_in_its_column(table: str, refused: dict[str, str], problem: str, accepted: dict[str, str]) -> None:
    column, cell = next(iter(refused.items()))
    found = rows.said(characters.languages, {table: [accepted, refused]})
    assert rows.refused(found, f"{table}.csv, row 3, column {column}: {cell!r}: {problem}")


@pytest.mark.parametrize(
    "place",
    """tokens.token variants.variant wordings.word sources.title sources.author articles.outlet articles.authors replies.author
    replies.text lexicon_words.word lexicon_glosses.token lexicon_actors.word""".split(),
)
def test_chinese_stands_where_it_is_printed(place: str) -> None:
    table, column = place.split(".")
    assert rows.said(characters.languages, {table: [{column: "份额"}]}) == []


@pytest.mark.parametrize("place", "sources.title sources.author sources.publisher replies.author replies.text".split())
def test_russian_stands_where_it_is_printed(place: str) -> None:
    table, column = place.split(".")
    assert rows.said(characters.languages, {table: [{column: "Шойгу"}]}) == []


@pytest.mark.parametrize(
    ("column", "refused", "problem", "accepted"),
    [
        ("url", "A title", "no address", "https://example.org/x"),
        ("url", "https://example.org/a title", "no address", "http://example.org"),
        ("title", "https://example.org/x", "an address", "example.org, a title"),
    ],
)
def test_an_address_stands_in_its_column(column: str, refused: str, problem: str, accepted: str) -> None:
    found = rows.said(characters.columns, {"sources": [{column: accepted}, {column: refused}]})
    assert rows.refused(found, f"sources.csv, row 3, column {column}: {refused!r}: {problem}")


def test_every_rule_of_the_family_is_asked() -> None:
    assert set(checks.OF_CELLS) >= {characters.letters, characters.languages, characters.columns}
