"""What a build promises: no failure is hidden, nothing stale is shown, and the same bytes come out anywhere."""

from __future__ import annotations

import filecmp
import json
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from support import Run, copy_project, write_notebook

from analysis import paths
from publish import crate, pdf

# What `make pdf` writes in a built site: the book as PDF, the way to it on the first page, and both in the crate.
OF_THE_PDF = {"index.html", crate.NAME, pdf.FILE}


def files(folder: Path) -> dict[str, Path]:
    return {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}


def differences(one: Path, other: Path) -> list[str]:
    ours, theirs = files(one), files(other)
    names = sorted(ours.keys() | theirs.keys())
    return [
        name
        for name in names
        if name not in ours or name not in theirs or not filecmp.cmp(ours[name], theirs[name], shallow=False)
    ]


def unprinted_crate(site: Path) -> list[object]:
    """What the crate of a site says, but for the PDF and the first page, which leads to it."""
    kept = []
    for entity in json.loads((site / crate.NAME).read_text("utf-8"))["@graph"]:
        if entity["@id"] == "./":
            entity["hasPart"] = [part for part in entity["hasPart"] if part["@id"] != pdf.FILE]
        if entity["@id"] not in ("index.html", pdf.FILE):
            kept.append(entity)
    return kept


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=test", "-c", "user.email=test@example.org", "-C", str(folder), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def printed(path: Path) -> list[str]:
    """What the cells of a stored notebook print."""
    cells = nbformat.read(path, as_version=4).cells
    return [output.get("text", "") for cell in cells for output in cell.get("outputs", [])]


@pytest.fixture(params=["book", "notebooks"])
def command(request: pytest.FixtureRequest) -> Iterator[str]:
    yield request.param


def test_a_failing_cell_fails_the_build_and_is_named(copy: Callable[..., Path], run: Run, command: str) -> None:
    folder = copy("failing", chapters=False)
    write_notebook(folder / "book" / "probe.ipynb", "a = 1", "assert a == 2, 'one is not two'")
    for _ in range(2):  # a second run must not be talked into success by what the first one left
        done = run(folder, "publish", command)
        assert done.returncode == 2
        assert "probe.ipynb, cell 3" in done.stderr
        assert "one is not two" in done.stderr
    assert not (folder / "_build" / "html").exists()


def test_nothing_stale_is_shown_after_data_or_analysis_changed(copy: Callable[..., Path], run: Run) -> None:
    folder = copy("stale", chapters=False)
    probe = folder / "book" / "probe.ipynb"
    write_notebook(
        probe,
        "from analysis import paths\nprint(len(paths.DATA.joinpath('areas.csv').read_text()), getattr(paths, 'PROBE', 'none'))",
    )
    seen = []

    def store() -> None:
        done = run(folder, "publish", "notebooks")
        assert done.returncode == 0, done.stderr
        seen.append(printed(probe)[0])

    store()
    with (folder / "data" / "areas.csv").open("a") as table:
        table.write("ZZ,Nowhere,无处,\n")
    store()
    with (folder / "analysis" / "paths.py").open("a") as module:
        module.write("\nPROBE = 'changed'\n")
    store()
    assert len(set(seen)) == 3
    assert seen[2].strip().endswith("changed")
    assert "up to date" in run(folder, "publish", "notebooks").stdout


def test_a_fault_in_a_page_fails_the_build(copy: Callable[..., Path], run: Run) -> None:
    folder = copy("broken", chapters=False)
    with (folder / "book" / "index.md").open("a") as page:
        page.write("\n[nowhere](#no-such-place)\n")
    done = run(folder, "publish", "book")
    assert done.returncode == 2
    assert "no-such-place" in done.stderr


def test_an_unchanged_book_is_not_built_again(site: Path, run: Run) -> None:
    done = run(paths.ROOT, "publish", "book")
    assert done.returncode == 0
    assert "nothing has changed" in done.stdout
    assert str(site / "index.html") in done.stdout


@pytest.fixture(scope="module")
def clean_builds(tmp_path_factory: pytest.TempPathFactory, run: Run) -> list[Path]:
    """Two folders, each built from nothing in its own surroundings; both are fresh repositories."""
    surroundings = {
        "with a space": {"TZ": "Asia/Shanghai", "LANG": "zh_CN.UTF-8", "LC_ALL": "zh_CN.UTF-8", "PYTHONHASHSEED": "1"},
        "without": {"TZ": "America/New_York", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "4242"},
    }
    folders = [tmp_path_factory.mktemp("clean", numbered=True) / name for name in surroundings]
    for folder in folders:
        copy_project(folder)
        git(folder, "init", "--quiet")
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "--message", "before")
    with ThreadPoolExecutor() as pool:
        built = list(
            pool.map(lambda pair: run(pair[0], "publish", "book", **pair[1]), zip(folders, surroundings.values(), strict=True))
        )
    for build in built:
        assert build.returncode == 0, build.stdout + build.stderr
    return folders


def test_two_clean_builds_are_byte_identical(clean_builds: list[Path], site: Path) -> None:
    first, second = (folder / "_build" / "html" for folder in clean_builds)
    assert differences(first, second) == []
    # Another worker may be printing the PDF into the site just now.
    assert set(differences(first, site)) <= OF_THE_PDF, "a clean build differs from the one whose notebooks came from the cache"
    assert (first / "index.html").read_text("utf-8") == pdf.OFFER.sub("", (site / "index.html").read_text("utf-8"))
    assert unprinted_crate(first) == unprinted_crate(site)


def test_building_writes_no_tracked_file(clean_builds: list[Path]) -> None:
    assert [git(folder, "status", "--porcelain") for folder in clean_builds] == ["", ""]
