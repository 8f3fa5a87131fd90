"""Mutation of data: operators do what they say, the sample follows its seed, and each layer catches what is its own."""

from __future__ import annotations

import copy
import csv
import json
import random
import sys
from pathlib import Path

import pytest
import sound

from analysis import tables
from review.mutation import __main__ as command
from review.mutation import bench, score
from review.mutation.bench import MEANING, Bench, Mutant
from review.mutation.operators import OPERATORS, Damage, Place
from review.mutation.sample import draw
from review.mutation.used import used_rows


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sound.write(tmp_path_factory.mktemp("sound"))


@pytest.fixture(scope="module")
def stand(folder: Path) -> Bench:
    return Bench(folder)


def _place(stand: Bench, table: str, column: str, position: int = 0) -> Place:
    return Place(
        stand.schema.tables[table],
        stand.rows[table][position],
        column,
        ["x", "y"],
        ["usd_bn", "percent_share"],
    )


@pytest.mark.parametrize(
    ("operator", "table", "column", "after"),
    [
        ("scale by 1000", "observations", "value", "30100.0"),
        ("sign flip", "observations", "value", "-30.1"),
        ("shifted period", "observations", "period", ("2021", "2023")),
        ("wrong unit", "series", "unit", "usd_bn"),
        ("wrong source", "observations", "source_id", "y"),
        ("homoglyph", "areas", "area", "СN"),
        ("script in a cell", "origins", "name_en", ("O<script>alert(1)</script>", "O<img src=x onerror=alert(1)>",
                                                    "O</script><svg onload=alert(1)>")),
    ],
)  # fmt: skip
def test_an_operator_does_what_it_says(
    stand: Bench, operator: str, table: str, column: str, after: str | tuple[str, ...]
) -> None:
    for seed in range(5):
        damage = OPERATORS[operator](_place(stand, table, column), random.Random(seed))
        if damage is not None:  # the source drawn can be the row's own
            assert damage.cells[column] in ((after,) if isinstance(after, str) else after)


def test_an_operator_without_a_hold_does_nothing(stand: Bench) -> None:
    place = _place(stand, "series", "title_en")
    for operator in (
        "scale by 1000",
        "sign flip",
        "shifted period",
        "wrong unit",
        "unknown id",
        "wrong source",
    ):
        assert OPERATORS[operator](place, random.Random(1)) is None


def test_the_sample_follows_its_seed_and_reaches_every_table(stand: Bench) -> None:
    one, again, other = (list(draw(stand, 400, seed)) for seed in (1, 1, 2))
    assert one == again != other
    assert {mutant.table for mutant in one} == {name for name, rows in stand.rows.items() if rows}
    assert {mutant.operator for mutant in one} == {*OPERATORS} - {"wrong source"}  # there is but one source


def _mutant(stand: Bench, table: str, position: int, **cells: str) -> Mutant:
    return Mutant(
        table, position, next(iter(cells)), "by hand", Damage({**stand.rows[table][position], **cells})
    )


@pytest.mark.parametrize(
    ("table", "position", "cells", "layer"),
    [
        ("observations", 0, {"value": "30,1"}, bench.SCHEMA),
        ("observations", 0, {"source_id": "q"}, bench.SCHEMA),
        ("claims", 0, {"paragraph": "１"}, bench.SCHEMA),
        ("claims", 0, {"claim_id": "a.02"}, bench.SCHEMA),
        ("sources", 0, {"source_id": "q"}, bench.SCHEMA),
        ("observations", 0, {"value": "301"}, bench.RULES),
        ("observations", 0, {"period": "2021"}, bench.RULES),
        ("sources", 0, {"title": "Тitle"}, bench.RULES),
        ("observations", 0, {"value": "0.1"}, bench.SECOND_SOURCE),
        ("observations", 1, {"value": "99.1"}, bench.VERDICTS),
        ("sources", 0, {"title": "Another"}, bench.DIGEST),
    ],
)
def test_the_first_layer_that_can_catch_does(
    stand: Bench, table: str, position: int, cells: dict[str, str], layer: str
) -> None:
    found, said = stand.caught(_mutant(stand, table, position, **cells))
    assert found == layer, said


def test_the_bench_agrees_with_the_check_of_files(stand: Bench, tmp_path: Path) -> None:
    """In memory nothing is validated as a whole; what the bench calls caught must be refused when loaded, and the rest not."""
    by_layer: dict[bool, list[Mutant]] = {True: [], False: []}
    for mutant in draw(stand, 300, 3):
        if not mutant.damage.undecodable and mutant.table in sound.SOUND:
            by_layer[stand.caught(mutant)[0] in MEANING].append(mutant)
    for place, (caught, mutant) in enumerate(
        [(caught, one) for caught, some in by_layer.items() for one in some[:4]]
    ):
        rows = copy.deepcopy(sound.SOUND)
        rows[mutant.table][mutant.position : mutant.position + 1] = [
            dict(mutant.damage.cells)
        ] * mutant.damage.rows
        assert bool(tables.check(sound.write(tmp_path / str(place), rows))) == caught, mutant


def test_used_rows_are_those_that_a_verdict_or_figure_reaches(stand: Bench) -> None:
    rows = copy.deepcopy(stand.rows)
    rows["observations"].append({**rows["observations"][0], "series_id": "unread"})
    used = used_rows(rows)
    assert used["observations"] == {0, 1} and used["claims"] == {0, 1, 2} and used["areas"] == {0, 1}
    rows["figures"].append({"figure_id": "a-f", "series_ids": "unread"})
    assert used_rows(rows)["observations"] == {0, 1, 2}


def test_scores_are_counted_and_published(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.json"
    assert command.main(["--data", str(folder), "--sample", "60", "--seed", "5", "--json", str(out)]) == 0
    told = json.loads(out.read_text("utf-8"))
    assert told["all"]["mutants"] == 60 == sum(told["all"][layer] for layer in bench.LAYERS)
    assert "used rows:" in capsys.readouterr().out
    results = [score.Result(**found) for found in told["mutants"]]
    counts, left = score.publish(tmp_path, results, "2026-11-22", 5)
    with counts.open(encoding="utf-8", newline="") as file:
        assert sum(int(row["mutants"]) for row in csv.DictReader(file)) == 60
    with left.open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == told["all"][bench.DIGEST]
    assert score.shares([])["by meaning"] is None


def test_rows_that_stay_the_same_are_made_once(stand: Bench) -> None:
    assert stand.caught(_mutant(stand, "sources", 0, title="Another"))
    for module in {rule.__module__ for rule, _, _ in stand.rules}:
        made = getattr(sys.modules[module], "numbered", None)
        assert made is None or made(stand.frames["claims"]) is made(stand.frames["claims"]), module


def test_a_folder_that_is_not_sound_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = copy.deepcopy(sound.SOUND)
    rows["claims"][0]["paragraph"] = "10"
    assert command.main(["--data", str(sound.write(tmp_path, rows)), "--sample", "5"]) == 2
    assert "not sound" in capsys.readouterr().err
