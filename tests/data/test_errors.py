"""What is said of a wrong input: its place, what is wrong and the mend, each once and in order."""

from __future__ import annotations

import pytest

from analysis.errors import Defect, InputError, InvalidData, shortened


@pytest.mark.parametrize(
    ("text", "length", "said"), [("x" * 80, 80, "x" * 80), ("x" * 81, 80, "x" * 80 + "…"), ("abc", 2, "ab…"), ("", 0, "")]
)
def test_a_long_text_is_cut_where_it_can_no_longer_be_read(text: str, length: int, said: str) -> None:
    assert shortened(text, length) == said
    assert shortened("x" * 81) == "x" * 80 + "…" and shortened("x" * 80) == "x" * 80


@pytest.mark.parametrize(
    ("defect", "said"),
    [
        (Defect("a.csv", 0, "", "", "no such file", "restore it"), "a.csv: no such file; restore it"),
        (Defect("a.csv", 1, "", "", "p", "m"), "a.csv, row 1: p; m"),
        (Defect("a.csv", 3, "", "cell", "p", "m"), "a.csv, row 3: 'cell': p; m"),
        (Defect("a.csv", 3, "name", "", "p", "m"), "a.csv, row 3, column name: '': p; m"),
        (Defect("a.csv", 0, "name", "v", "p", "m"), "a.csv, column name: 'v': p; m"),
        (Defect("a.csv", 2, "name", "v" * 81, "p" * 301, "m" * 400), f"a.csv, row 2, column name: '{'v' * 80}…': {'p' * 300}…; {'m' * 400}"),
        (Defect("a.csv", 2, "name", "v" * 80, "p" * 300, "m"), f"a.csv, row 2, column name: '{'v' * 80}': {'p' * 300}; m"),
    ],
)  # fmt: skip
def test_a_defect_names_as_much_of_its_place_as_there_is(defect: Defect, said: str) -> None:
    assert str(defect) == said


def test_defects_are_told_once_in_the_order_of_their_places() -> None:
    first, second, third = (Defect(file, row, "c", "", "p", "m") for file, row in (("a.csv", 2), ("a.csv", 10), ("b.csv", 1)))
    invalid = InvalidData([third, second, first, second])
    assert invalid.defects == [first, second, third]
    assert str(invalid) == f"{first}\n{second}\n{third}" and isinstance(invalid, InputError)
