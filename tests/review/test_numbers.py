"""Typed numbers are found wherever a reader meets them, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from analysis import paths
from analysis.errors import InputError
from review import numbers
from review.prose import literals

HEAD = "file,text,reason\n"


def project(folder: Path, page: str = "", code: str = "", listed: str = "") -> Path:
    """A folder with one page, one module and a list of exceptions."""
    for part in ("book", "analysis/chapters", "analysis/synthesis", "data", "review"):
        (folder / part).mkdir(parents=True)
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [nbformat.v4.new_markdown_cell(page)]
    nbformat.write(notebook, folder / "book" / "probe.ipynb")
    (folder / "analysis" / "chapters" / "probe.py").write_text(code, "utf-8")
    (folder / "review" / "number_exceptions.csv").write_text(HEAD + listed, "utf-8")
    (folder / "data" / "series.csv").write_text("series_id,title_en\na,Output of 14 mines\n", "utf-8")
    return folder


@pytest.mark.parametrize(
    "page",
    [
        "Exports rose by 12 percent.",
        "Twelve sources agree.",
        "It fell from 3.5 to 2.",
        "出口增加了十二个百分点",
        "On 3 of 2024 rows",
        "The ratio is 1.2 [here](page-7.md).",
        "See the <b>17</b> rows",
    ],
)
def test_a_typed_number_is_found_with_its_place(tmp_path: Path, page: str) -> None:
    (finding, *_) = numbers.check(project(tmp_path, page)).findings
    assert finding.place == "book/probe.ipynb, cell 1"


@pytest.mark.parametrize(
    "page",
    [
        "# The 12-trillion offer",
        "On 9 December 2025, in 2024 and from 2019–2022, since January 2025.",
        "In `figure_12` and [there](claims/a.html#claim-a-012).",
        "(reset-2)=\n## Part 2",
        "G7 and COVID-19, and claim dependence.012.",
        "Strength from 0 to 1; above 0.",
        "The series Output of 14 mines is short.",
        "二〇二五年二月底",
        "1. first\n2. second",
        "One side and another.",
    ],
)
def test_what_a_rule_excepts_is_no_finding(tmp_path: Path, page: str) -> None:
    assert numbers.check(project(tmp_path, page)).findings == []


def test_text_in_code_counts_without_its_computed_parts_docstrings_and_errors() -> None:
    code = '"""Of 5 kinds."""\ndef f(x):\n    """Of 6."""\n    if x:\n        raise ValueError(f"over 7 of {x}")\n    return f"{x:.2f} of 8 rows"\n'
    assert list(literals(code)) == [(6, "{} of 8 rows")]


def test_a_listed_exception_holds_for_its_words_in_its_file_only(tmp_path: Path) -> None:
    page = "Three doors are open, and three windows."
    folder = project(tmp_path, page, listed="book/probe.ipynb,three doors,its own count\nbook/other.ipynb,three windows,no\n")
    said = [str(finding) for finding in numbers.check(folder).findings]
    assert len(said) == 2
    assert "windows" in said[0]
    assert "row 3" in said[1]
    assert "nothing needs 'three windows'" in said[1]


def test_an_exception_without_a_reason_is_wrong_input(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="row 2"):
        numbers.check(project(tmp_path, listed="*,three doors, \n"))


def test_the_book_types_no_number() -> None:
    assert [str(finding) for finding in numbers.check(paths.ROOT).findings] == []
