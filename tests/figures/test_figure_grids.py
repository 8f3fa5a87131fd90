"""Small multiples and grids of answers: everything given is drawn, and what cannot be drawn is refused."""

import pandas as pd
import pytest

from analysis.figures.answers import answers
from analysis.figures.panels import panels

WORDS = {
    "figure_id": "a-grid",
    "title": "What is found",
    "subtitle": "unit · place · period",
    "source": "invented",
    "alt": "What is seen.",
}
SIGNS = {"against": ("X", True), "abstained": ("o", False)}


def measures() -> pd.DataFrame:
    rows = [
        {
            "group": group,
            "panel": panel,
            "year": year,
            "value": value + year - 2020,
            "unit": unit,
            "actor": "CN",
        }
        for group, panel, unit, value in (
            ("In words", "visits", "", 2.0),
            (
                "In deeds",
                "oil that is bought and paid for in a currency of one’s own",
                "million_tonnes",
                80.0,
            ),
            ("In deeds", "gas", "bcm", 4.0),
        )
        for year in (2020, 2021, 2023, 2024)
    ]
    return pd.DataFrame(rows)


def votes() -> pd.DataFrame:
    return pd.DataFrame(
        [
            ("2 Mar: a text", "Early", "RU", "against"),
            ("2 Mar: a text", "Early", "CN", "abstained"),
            ("7 Apr: another text with a name that is longer than the room for it allows", "Late", "CN", "against"),
        ],
        columns=["question", "group", "actor", "answer"],
    )  # fmt: skip


def test_both_draw_the_same_bytes_twice_and_keep_their_rows():
    for draw, data, options in (
        (panels, measures(), {"marked": 2023}),
        (answers, votes(), {"signs": SIGNS}),
    ):
        once, again = (draw(data, **options, **WORDS) for _ in range(2))  # type: ignore[operator]
        assert once.svg == again.svg
        assert len(once.svg) < 150_000
        assert once.data.equals(data)


def test_a_value_changes_the_picture():
    changed = measures()
    changed.loc[2, "value"] += 1
    assert panels(changed, marked=2023, **WORDS).svg != panels(measures(), marked=2023, **WORDS).svg
    other = votes()
    other.loc[0, "answer"] = "abstained"
    assert answers(other, signs=SIGNS, **WORDS).svg != answers(votes(), signs=SIGNS, **WORDS).svg


def test_one_column_and_one_year_can_be_drawn():
    alone = measures().query("panel == 'gas' and year == 2024")
    assert panels(alone, marked=2024, **WORDS).svg
    assert answers(votes().iloc[:1], signs=SIGNS, **WORDS).svg


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda rows: rows.drop(columns="unit"), "lack unit"),
        (lambda rows: rows.iloc[:0], "no row"),
        (lambda rows: pd.concat([rows, rows.iloc[:1]]), "'visits' has the year 2020 twice"),
        (lambda rows: rows.assign(value=-1.0), "'visits' is below nought"),
    ],
)
def test_panels_that_cannot_be_drawn_are_refused(change, message):
    with pytest.raises(ValueError, match=f"figure a-grid.*{message}"):
        panels(change(measures()), marked=2023, **WORDS)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda rows: rows.drop(columns="actor"), "lack actor"),
        (lambda rows: rows.iloc[:0], "no row"),
        (lambda rows: rows.assign(answer="left the room"), "'left the room' has no sign"),
        (lambda rows: pd.concat([rows, rows.iloc[:1]]), "RU answers '2 Mar: a text' twice"),
    ],
)
def test_answers_that_cannot_be_drawn_are_refused(change, message):
    with pytest.raises(ValueError, match=f"figure a-grid.*{message}"):
        answers(change(votes()), signs=SIGNS, **WORDS)
