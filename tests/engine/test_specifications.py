"""The specification curve: declared options, every combination, one run for each origin."""

from datetime import date
from typing import Any

import pytest
from rows import tables

from analysis import specifications
from analysis.readings import Library
from analysis.specifications import declare, run, summarise

DAY = date(2025, 1, 1)


def _library(
    observations: list[dict[str, Any]], specs: list[dict[str, Any]], readings: list[dict[str, Any]]
) -> Library:
    base = {"method": "threshold", "expected": ">0", "transform": "change"}
    return Library(
        tables(
            claims=[{"kind": "comparison"}],
            readings=[{**base, **row} for row in readings],
            specifications=specs,
            series=[{"unit": "percent_share"}, {"series_id": "t", "unit": "percent_share"}],
            observations=observations,
            origins=[{"origin_id": "o"}, {"origin_id": "p"}],
        )
    )


READINGS = [
    {"reading_id": "a.01.a", "period": "2019/2023"},
    {"reading_id": "a.01.b", "period": "2021/2023", "primary": "no"},
    {"reading_id": "a.01.c", "period": "2019/2023", "key": "t", "primary": "no"},
    {"reading_id": "a.01.d", "period": "2019/2023", "origin_id": "p", "primary": "no"},
]
SPECS = [
    {"dimension": "baseline", "option": "2019", "reading_id": "a.01.a"},
    {"dimension": "baseline", "option": "2021", "reading_id": "a.01.b"},
    {"dimension": "definition", "option": "imports", "reading_id": "a.01.a"},
    {"dimension": "definition", "option": "total", "reading_id": "a.01.c"},
]


def _series(name: str, values: dict[str, str], origin: str = "o") -> list[dict[str, Any]]:
    return [
        {"series_id": name, "period": year, "value": value, "origin_ids": origin}
        for year, value in values.items()
    ]


def test_a_combination_lays_the_changes_of_its_options_over_the_primary() -> None:
    combinations = declare(_library([], SPECS, READINGS), "a.01")
    found = {
        dict(c.options)["baseline"] + dict(c.options)["definition"]: (c.reading["key"], c.reading["period"])
        for c in combinations
    }
    assert found == {
        "2019imports": ("s", "2019/2023"),
        "2019total": ("t", "2019/2023"),
        "2021imports": ("s", "2021/2023"),
        "2021total": ("t", "2021/2023"),
    }


def test_an_estimand_lays_its_own_changes_under_those_of_its_options() -> None:
    specs = [
        {"estimand": "total", "dimension": "estimand", "option": "total", "reading_id": "a.01.c"},
        {"estimand": "total", "dimension": "baseline", "option": "2019", "reading_id": "a.01.c"},
        {"estimand": "total", "dimension": "gaps", "option": "p", "reading_id": "a.01.d"},
    ]
    readings = [row if row["reading_id"] != "a.01.d" else {**row, "key": "t"} for row in READINGS]
    (found,) = declare(_library([], specs, readings), "a.01")
    assert (found.estimand, found.options) == ("total", (("baseline", "2019"), ("gaps", "p")))
    assert {name: found.reading[name] for name in ("key", "period", "origin_id")} == {"key": "t", "period": "2019/2023", "origin_id": "p"}


def test_estimates_are_exact_and_what_has_no_data_is_counted_aloud() -> None:
    rows = _series("s", {"2019": "10", "2021": "30", "2023": "25"}) + _series(
        "t", {"2019": "5", "2023": "15"}
    )
    library = _library(rows, SPECS, READINGS)
    (curve,) = run(library, declare(library, "a.01"), DAY)
    assert sorted(curve.runs["estimate"]) == [-5, 10, 15]
    assert curve.without_data == 1 and curve.share == pytest.approx(2 / 3)


def test_a_combination_runs_once_for_each_independent_origin() -> None:
    rows = _series("s", {"2019": "10", "2023": "25"}) + _series("s", {"2019": "10", "2023": "20"}, "p")
    library = _library(rows, SPECS[:1], READINGS)
    (curve,) = run(library, declare(library, "a.01"), DAY)
    assert sorted(curve.runs["estimate"]) == [10, 15] and curve.origins == 2


def test_options_of_one_origin_are_one_option() -> None:
    specs = [
        {"dimension": "source", "option": "any", "reading_id": "a.01.a"},
        {"dimension": "source", "option": "p", "reading_id": "a.01.d"},
    ]
    library = _library(_series("s", {"2019": "10", "2023": "20"}, "p"), specs, READINGS)
    (curve,) = run(library, declare(library, "a.01"), DAY)
    assert len(curve.runs) == 1


@pytest.mark.parametrize("unrestricted", ["any", "whichever"])
def test_the_count_of_combinations_does_not_hang_on_the_names_of_options(unrestricted: str) -> None:
    readings = [*READINGS[:1], {**READINGS[3], "reading_id": "a.01.o", "origin_id": "o"}, READINGS[3]]
    options = {unrestricted: "a.01.a", "only o": "a.01.o", "only p": "a.01.d"}
    specs = [
        {"dimension": "source", "option": option, "reading_id": reading_id}
        for option, reading_id in options.items()
    ]
    rows = _series("s", {"2019": "10", "2023": "30"}) + _series("s", {"2019": "10", "2023": "20"}, "p")
    library = _library(rows, specs, readings)
    (curve,) = run(library, declare(library, "a.01"), DAY)
    assert curve.combinations == 2
    assert list(curve.runs["source"]) == ["only o", "only p"]


def test_no_run_is_no_evidence() -> None:
    library = _library([], SPECS, READINGS)
    assert summarise(run(library, declare(library, "a.01"), DAY)) == ("Not enough evidence", None)


def test_estimands_that_disagree_conflict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(specifications, "LEAST_COMBINATIONS", 1)
    rows = [
        row
        for origin in ("o", "p")
        for row in _series("s", {"2019": "10", "2023": "20"}, origin)
        + _series("t", {"2019": "20", "2023": "10"}, origin)
    ]
    specs = [
        {"estimand": "imports", "dimension": "baseline", "option": "2019", "reading_id": "a.01.a"},
        {"estimand": "total", "dimension": "estimand", "option": "total", "reading_id": "a.01.c"},
        {"estimand": "total", "dimension": "baseline", "option": "2019", "reading_id": "a.01.c"},
    ]
    library = _library(rows, specs, READINGS)
    curves = run(library, declare(library, "a.01"), DAY)
    assert [(curve.estimand, curve.label) for curve in curves] == [
        ("imports", "Supported"),
        ("total", "Refuted"),
    ]
    assert summarise(curves)[0] == "Conflicting evidence"


def test_the_least_number_counts_declared_combinations_not_their_runs() -> None:
    rows = [
        row
        for origin in ("o", "p")
        for row in _series("s", {"2019": "10", "2021": "15", "2023": "25"}, origin)
    ]
    library = _library(rows, SPECS[:2], READINGS)
    (curve,) = run(library, declare(library, "a.01"), DAY)
    assert (len(curve.runs), curve.combinations) == (4, 2)


def test_provisional_values_are_left_out_where_outturns_are_at_hand() -> None:
    readings = [{**row, "status": "outturn;estimate"} for row in READINGS]
    firm = _series("s", {"2019": "10", "2023": "25"})
    early = [
        {**row, "status": "estimate"}
        for row in _series("s", {"2021": "30"}) + _series("t", {"2019": "5", "2021": "4", "2023": "1"})
    ]
    library = _library(firm + early, SPECS, readings)
    (curve,) = run(library, declare(library, "a.01"), DAY)
    assert list(curve.runs["estimate"]) == [15] and curve.provisional == 2 and curve.without_data == 1
    library = _library(early, SPECS, readings)
    (curve,) = run(library, declare(library, "a.01"), DAY)
    assert sorted(curve.runs["estimate"]) == [-4, -3] and curve.provisional == 0
