"""The published scores of the checks: shares by arithmetic, from invented runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from publish import scores

DATA = """date,seed,table,operator,used,mutants,schema,rules,bounds,second source,verdicts,figures,digest
2026-01-02,7,claims,sign flip,yes,6,1,1,1,0,1,0,2
2026-01-02,7,series,sign flip,yes,2,2,0,0,0,0,0,0
2026-01-02,7,series,sign flip,no,9,0,0,0,0,0,0,9
2026-01-02,7,series,unknown id,yes,8,8,0,0,0,0,0,0
"""
CODE = """date,seed,module,mutants,tried,killed,timeout,equivalent,survived,score
2026-01-02,1,analysis/<a>.py,40,4,2,1,0,1,0.75
"""


@pytest.fixture()
def results(tmp_path: Path) -> Path:
    (tmp_path / "mutation.csv").write_text(DATA)
    (tmp_path / "code_mutation.csv").write_text(CODE)
    return tmp_path


def cells(html: str) -> list[list[str]]:
    return [[cell.text for cell in row.select("td")] for row in BeautifulSoup(html, "html.parser").select("tbody tr")]


def test_shares_are_of_damage_to_used_rows(results: Path) -> None:
    assert cells(scores.data(results)) == [
        ["sign flip", "8", "62.5", "75.0", "2"],
        ["unknown id", "8", "100.0", "100.0", "0"],
        ["all kinds", "16", "81.2", "87.5", "2"],
    ]


def test_code_is_summed_and_names_are_text(results: Path) -> None:
    assert cells(scores.code(results)) == [
        ["analysis/<a>.py", "40", "4", "2", "1", "0", "1"],
        ["all modules", "40", "4", "2", "1", "0", "1"],
    ]
    assert "2026-01-02" in scores.code(results)


def test_speed_says_on_what_it_was_measured(tmp_path: Path) -> None:
    (tmp_path / "fast.csv").write_text(
        "what,seconds,baseline,its seconds,ratio,date,cores,processor,load\na,1.0,b,4.0,0.250,2026-01-02,2,A processor,0.1\n"
    )
    html = scores.speed(tmp_path / "fast.csv")
    assert cells(html) == [["a, against b", "1.0", "4.0", "0.250", "0.1"]]
    assert "2026-01-02, 2 cores, A processor" in html
