"""The stored notebooks are an exact regression test: one used cell of the tables changed turns them red."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from support import Run

from analysis import paths
from analysis.chapter import read_chapter


def _outputs(path: Path) -> list[object]:
    return [cell.get("outputs") for cell in nbformat.read(path, as_version=4).cells]


def _used() -> list[str]:
    """A few observations that verdicts of the chapters rest on now, far apart in the table."""
    chapter = read_chapter("dependence")
    rows = sorted(
        reference.row_id
        for verdict in chapter.now.values()
        for item in verdict.evidence
        for reference in item.references
        if reference.table == "observations"
    )
    return [rows[len(rows) // 3], rows[2 * len(rows) // 3]]


def _scale(table: Path, observation_id: str) -> None:
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["observation_id"] == observation_id:
            row["value"] = f"{float(row['value']) * 0.9:.6g}"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize("place", [0, 1])
def test_a_used_value_changed_by_a_tenth_changes_what_a_chapter_shows(
    copy: Callable[..., Path], run: Run, place: int
) -> None:
    folder = copy("perturbed")
    _scale(folder / "data" / "observations.csv", _used()[place])
    done = run(folder, "publish", "notebooks")
    assert done.returncode == 0, done.stderr
    assert _outputs(folder / "book" / "dependence.ipynb") != _outputs(paths.BOOK / "dependence.ipynb")


def test_the_stored_outputs_are_what_the_code_gives(copy: Callable[..., Path], run: Run) -> None:
    folder = copy("same")
    assert run(folder, "publish", "notebooks").returncode == 0
    assert _outputs(folder / "book" / "dependence.ipynb") == _outputs(paths.BOOK / "dependence.ipynb")
