"""Three faults before the whole run: it stops where it should, names the place, and its status says so.

Each takes as long as the stages before the fault; asked for by `pytest --whole`, and skipped visibly otherwise.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from miniature import change, write

from analysis import paths
from review import archive, copying

Fault = Callable[[Path], object]


def data(folder: Path) -> None:
    change(folder / "data" / "areas.csv", "\n", "\nCN,China,中国,\n")


def output(folder: Path) -> None:
    path = folder / "book" / "scoreboard.ipynb"
    notebook = nbformat.read(path, as_version=4)
    cell = next(cell for cell in notebook.cells if cell.get("outputs"))
    (kind, text), *_ = cell.outputs[0].data.items()
    cell.outputs[0].data[kind] = text.replace("1", "7", 1)
    write(path, nbformat.writes(notebook, version=4))


def prose(folder: Path) -> None:
    change(folder / "book" / "index.md", "Each is taken apart", "Each of the 5 is taken apart")


@pytest.fixture(scope="session")
def whole(request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("--whole"):
        pytest.skip("runs the whole of make verify up to a planted fault, for many minutes: pytest --whole")
    if not copying.matching(paths.ROOT, paths.ROOT):
        pytest.skip("the installed environment was made from another lock file: make setup")


@pytest.mark.parametrize(
    ("fault", "stages", "stage", "place"),
    [
        (data, "", "data", "data/areas.csv"),
        (output, "environment,data,second,notebooks", "notebooks", "book/scoreboard.ipynb"),
        (prose, "environment,data,second,notebooks,book,numbers", "numbers", "book/index.md"),
    ],
    ids=["a row twice", "a stored output", "a typed number"],
)
def test_the_whole_run_stops_at_a_planted_fault(whole: None, tmp_path: Path, fault: Fault, stages: str, stage: str, place: str) -> None:
    folder = tmp_path / "project"
    for name in archive.sources(paths.ROOT):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).hardlink_to(paths.ROOT / name)
    (folder / ".venv").symlink_to((paths.ROOT / ".venv").resolve())
    fault(folder)
    asked = ["--stages", stages] if stages else []
    done = subprocess.run(
        [sys.executable, "-m", "review", "run", "--source", str(folder), "--environment", "reuse", "--stop-at-first", *asked],
        cwd=paths.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    report = json.loads((folder / "_build" / "verify" / "report.json").read_text("utf-8"))
    assert done.returncode == 1, done.stdout + done.stderr
    assert report["stages"][-1]["name"] == stage
    assert any(place in finding["place"] for finding in report["stages"][-1]["findings"])
    assert place in done.stdout
    assert f"found something: {stage}" in " ".join((folder / "_build" / "verify" / "report.html").read_text("utf-8").split()).replace(f'<a href="#{stage}">', "")
