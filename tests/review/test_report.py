"""The report says what the run found, on what, and what nobody can reproduce; and it stands by itself."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from jsonschema import Draft202012Validator

from analysis import paths
from review import calls, mapping, report, seeds, unreproducible

FINDING = {"place": "data/claims.csv, row 2", "says": "<script>alert(1)</script> is no verdict"}
STAGE = {"title": "The tables", "findings": [], "facts": {}, "notes": [], "seconds": 1.0, "peak_bytes": 2**20}
OUTCOME: dict[str, Any] = {
    "started": "2026-01-01T00:00:00+00:00",
    "seconds": 61.0,
    "disk_bytes": 3 * 2**29,
    "status": "failed",
    "asked": ["data"],
    "platform": "a machine",
    "stages": [
        {**STAGE, "name": "environment", "status": "passed", "facts": {"python": "CPython 3.11.7", "cores": 2, "memory_bytes": 2**34, "packages": {"pandas": "2.3"}}},
        {**STAGE, "name": "data", "status": "failed", "findings": [FINDING], "notes": ["nobody looked at the moon"]},
        {**STAGE, "name": "browser", "status": "skipped"},
    ],
}


@pytest.fixture(scope="module")
def said() -> dict[str, Any]:
    return report.document(OUTCOME, paths.ROOT)


def test_it_obeys_its_published_schema(said: dict[str, Any]) -> None:
    schema = json.loads(report.SCHEMA.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(json.dumps(said)))


def test_the_page_shows_findings_as_text_and_asks_nothing_of_others(said: dict[str, Any]) -> None:
    page = BeautifulSoup(report.page(said), "html.parser")
    assert not page.find_all(["script", "link", "img"])
    assert FINDING["says"] in page.select_one("#differs").find_next("ul").text
    text = page.get_text(" ")
    for words in ("1 of 3 stages found something", "nobody looked at the moon", "CPython 3.11.7", "16.0 GB", "1.5 GB", "1 min 1 s", "Skipped: browser"):
        assert words in re.sub(r"\s+([,.:])", r"\1", re.sub(r"\s+", " ", text)), words
    assert "Not run this time: style, tests, notebooks" in re.sub(r"\s+", " ", text)


def test_what_cannot_be_reproduced_follows_from_the_rows(said: dict[str, Any]) -> None:
    limits = said["not_reproducible"]
    assert {one["state"] for one in limits["sources_not_read"]} <= {"unchecked", "source not found"}
    assert all(len(one["sha256"]) == 64 for one in limits["articles_without_public_copy"])
    assert all(one["equal"] <= one["twice"] <= one["items"] for one in limits["judgement_codes"])


def test_a_source_that_is_quoted_for_something_else_is_said_to_be(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    head = "claim_id,source_id,faithful,discrepancy,searched\n"
    (tmp_path / "data" / "attributions.csv").write_text(head + "a.1,quoted,unchecked,,here\na.2,lost,source_not_found,,there\na.3,read,yes,,\n")
    (tmp_path / "data" / "observations.csv").write_text("observation_id,source_id\n1,quoted\n2,quoted\n3,read\n")
    assert [(one["source_id"], one["rows"]) for one in unreproducible.sources(tmp_path)] == [("quoted", 2), ("lost", 0)]


def test_what_the_backing_names_stands_behind_a_figure(said: dict[str, Any]) -> None:
    tables = {(row["what"], row["name"]): row["tables"] for row in said["programs"]}
    # A figure and a table by one name need not rest on the same.
    assert "forecasts" in tables["figure", "reset-scores"] and "event_codes" not in tables["figure", "reset-scores"]
    assert "event_codes" in tables["table", "reset-scores"] and "forecasts" not in tables["table", "reset-scores"]
    assert "tokens" in tables["figure", "speech-actors"]


def test_agreement_is_left_open_where_no_item_has_two_codes(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "codings.csv").write_text("table,key,coder,code\nstands,a,first,1\nstands,b,second,1\n")
    (row,) = unreproducible.judgements(tmp_path)
    assert (row["items"], row["coders"], row["twice"], row["alpha"]) == (2, 2, 0, "no item has two codes")


def test_every_figure_that_is_shown_leads_to_its_function_and_rows(said: dict[str, Any]) -> None:
    for row in said["programs"]:
        assert row["functions"], row
        assert row["series"] or row["claims"] or row["tables"] or row["whole"], row
    assert {row["what"] for row in said["programs"]} == {"figure", "table", "text"}


def test_each_seed_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "analysis").mkdir()
    code = "DRAWS, SEED = 9, 7\n\n\ndef drawn(n, seed=2, *, most=3):\n    return other(n, seed=SEED) + other(n, seed=11)\n"
    (tmp_path / "analysis" / "a.py").write_text(code)
    (tmp_path / "analysis" / "broken.py").write_text("def (")
    assert [(one["line"], one["seed"]) for one in seeds.seeds(tmp_path)] == [(1, 7), (4, 2), (5, 11)]
    (tmp_path / "analysis" / "b.py").write_text("def drawn(n, *, seed=5, most):\n    pass\n")
    assert seeds.seeds(tmp_path)[-1] == {"file": "analysis/b.py", "line": 1, "seed": 5}


def test_calls_are_read_with_their_full_names() -> None:
    known: dict[str, str] = {}
    calls.called("from analysis.chapters import words as w\nfrom a.b import c", known)
    assert calls.called("x = 1\nw.answer(c(x), print(x))", known) == ["analysis.chapters.words.answer", "a.b.c"]


def test_numbers_of_an_output_are_those_a_reader_sees() -> None:
    assert mapping.numbers('<p id="a-7">Rose by 3.5&nbsp;% to 1,200 in [2024](claims/x.html#claim-9), `row 4`</p>') == ["3.5\xa0%", "1,200", "2024"]


def test_a_table_without_its_columns_breaks_no_report(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    for name in ("figures", "backing"):
        (tmp_path / "data" / f"{name}.csv").write_text("other\nx\n")
    (whole,) = {mapping.Rows(tmp_path).behind("a", "1", [], "", place)["whole"] for place in ("figure-x", "table-x")}
    assert whole == "the claims and inferences of all articles"


def test_a_project_without_tables_still_gets_a_report(tmp_path: Path) -> None:
    assert report.page(report.document(OUTCOME, tmp_path))
