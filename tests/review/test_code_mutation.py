"""Mutation testing: which places are changed, how a trial ends, and that its tables grow by module."""

from __future__ import annotations

import ast
import csv
from pathlib import Path

import pytest

from analysis import paths
from review.code_mutation import modules, run, trial
from review.code_mutation.mutants import mutants

SOURCE = '''"""Words."""
from typing import Any


def least(one: int, other: int = 3) -> int:
    """The lesser."""
    if one < other:
        return one
    print("a message for a reader", f"of {one}")
    return other
'''


def _changes(source: str) -> set[tuple[str, str, str]]:
    return {(one.operator, one.before, one.after) for one in mutants("m.py", source)}


def test_comparisons_and_numbers_are_changed_and_words_are_left_alone() -> None:
    found = _changes(SOURCE)
    assert ("swap_op", "< other", "<= other") in found and ("number", "3", "4") in found
    assert not any("message" in before for operator, before, _ in found if operator == "string")
    assert not any("Any" in before or "Words" in before for _, before, _ in found)


def test_every_mutant_is_another_program_in_one_place() -> None:
    for mutant in mutants("m.py", SOURCE):
        assert mutant.source != SOURCE
        ast.parse(mutant.source)
        changed = [one for one, other in zip(SOURCE.splitlines(), mutant.source.splitlines(), strict=True) if one != other]
        assert len(changed) == 1
        assert changed[0] == SOURCE.splitlines()[mutant.line - 1]


def test_a_sample_follows_from_its_seed() -> None:
    found = mutants("m.py", SOURCE)
    assert run.sample(found, 1, 1) == run.sample(found, 1, 1)
    assert len({run.sample(found, 1, seed)[0].after for seed in range(9)}) > 1
    assert run.sample(found, 999, 1) == list(found)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "least.py").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "test_least.py").write_text(
        "import least\n\ndef test_least():\n    assert least.least(1, 2) == 1 and least.least(5) == 3\n", encoding="utf-8"
    )
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "ended"),
    [
        ("one < other", "one < other", trial.SURVIVED),
        ("one < other", "one <= other", trial.SURVIVED),
        ("one < other", "one > other", trial.KILLED),
        ("return other", "return None.x", trial.KILLED),
        ("if one < other", "while one < other", trial.SURVIVED),
        ("        return one", "        while True: pass", trial.TIMEOUT),
    ],
)
def test_a_trial_ends_as_its_tests_do(project: Path, old: str, new: str, ended: str) -> None:
    trial.change(project / "least.py", SOURCE.replace(old, new))
    outcome, seconds = trial.run(project, ["test_least.py"], 60 if ended != trial.TIMEOUT else 8)
    assert outcome == ended and seconds >= 0


def test_a_trial_without_a_test_is_refused(project: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"no test is found in nothing.py"):
        trial.run(project, ["nothing.py"], 60)


def test_every_module_that_decides_something_is_listed_with_tests_that_exist() -> None:
    listed = modules.listed(paths.ROOT)
    assert len(listed) > 40
    for module, tests in listed.items():
        assert (paths.ROOT / module).is_file(), module
        assert all((paths.ROOT / name).exists() for name in tests), module
    folders = [paths.ROOT / "analysis" / name for name in ("methods", "rules")]
    deciding = {path.relative_to(paths.ROOT).as_posix() for folder in folders for path in folder.glob("*.py")}
    assert {path for path in deciding if not path.endswith("__init__.py")} <= set(listed)
    assert {f"analysis/{name}.py" for name in ("checks", "package", "schema", "tables")} <= set(listed)


def test_results_of_one_module_take_the_place_of_its_last_ones(tmp_path: Path) -> None:
    path = tmp_path / "results" / "scores.csv"
    for module, tried in (("b", 1), ("a", 2), ("b", 3)):
        run._store(path, module, [{"module": module, "tried": tried}], ["module", "tried"])
    with path.open(encoding="utf-8") as file:
        assert list(csv.DictReader(file)) == [{"module": "a", "tried": "2"}, {"module": "b", "tried": "3"}]


def test_an_equivalent_mutant_is_one_of_todays_code_and_has_a_reason() -> None:
    with run.EQUIVALENT.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    known = {
        module: {(one.module, one.function, one.before, one.after) for one in mutants(module, (paths.ROOT / module).read_text("utf-8"))}
        for module in {row["module"] for row in rows}
    }
    for row in rows:
        assert run._key(row) in known[row["module"]], row
        assert row["reason"].endswith(".")
