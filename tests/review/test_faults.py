"""Planted faults, one each in a throw-away copy: the stage that should see it fails, and names the place.

The copies are the project in miniature (its real code, a few sound rows, a small notebook, the part of the site that
programs read), so that a stage takes seconds. Each stage passes on the miniature without a fault.
"""

from __future__ import annotations

import json
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import miniature
import nbformat
import pytest
from miniature import change, write

from review import archive, command
from review.findings import PASSED, Result
from review.stages import BY_NAME, book

Fault = Callable[[Path], object]
HTML = "_build/html"
STAGES = ("environment", "data", "style", "notebooks", "numbers", "second", "provenance", "archive")


@pytest.fixture(scope="session")
def sound_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The miniature with its site and the outputs of its notebook stored."""
    folder = miniature.project(tmp_path_factory.mktemp("miniature") / "project")
    stored = command.python(folder, "publish", "notebooks")
    assert stored.status == 0, stored.said
    miniature.site(folder)
    return folder


@pytest.fixture
def copy(sound_project: Path, tmp_path: Path) -> Path:
    """A copy of it to plant a fault in."""
    miniature.link(sound_project, tmp_path / "project")
    return tmp_path / "project"


def replaced(name: str, old: str, new: str) -> Fault:
    return lambda folder: change(folder / name, old, new)


def removed(name: str) -> Fault:
    return lambda folder: (folder / name).unlink()


def document(name: str, alter: Callable[[Any], object]) -> Fault:
    """Alter a JSON document of the site, or anywhere else."""

    def fault(folder: Path) -> None:
        content = json.loads((folder / name).read_text("utf-8"))
        alter(content)
        write(folder / name, json.dumps(content, ensure_ascii=False, indent=1) + "\n")

    return fault


def cell(number: int, alter: Callable[[nbformat.NotebookNode], object]) -> Fault:
    """Alter a cell of the notebook, counted from 1."""

    def fault(folder: Path) -> None:
        path = folder / "book" / "probe.ipynb"
        notebook = nbformat.read(path, as_version=4)
        alter(notebook.cells[number - 1])
        write(path, nbformat.writes(notebook))

    return fault


def output(number: int, **data: Any) -> Fault:
    return cell(number, lambda one: one.outputs[0].update(data))


def source(number: int, old: str, new: str) -> Fault:
    return cell(number, lambda one: one.update(source=one.source.replace(old, new)))


def appended(name: str, text: str) -> Fault:
    return lambda folder: write(folder / name, (folder / name).read_bytes() + text.encode())


def graph(alter: Callable[[list[dict[str, Any]]], object]) -> Fault:
    return document(f"{HTML}/ro-crate-metadata.json", lambda crate: alter(crate["@graph"]))


def arguments(alter: Callable[[dict[str, Any]], object]) -> Fault:
    return document(f"{HTML}/api/aif/a.json", alter)


FAULTS: dict[str, tuple[str, Fault, str]] = {
    # the lock file
    "a hash is gone": ("environment", replaced("requirements.txt", "    --hash=sha256:40918d3e6a2b619ad424cb91e556bd3bd8865443d9f22f1dcdf79e33c8046872 \\\n    --hash=sha256:88ae3211e68a1d0b011504b2ffc1691feafce124b845bd072ab6f9f66f34d4b7\n", ""), "requirements.txt, line 1"),
    "a hash is cut short": ("environment", replaced("requirements.txt", "--hash=sha256:40918d3e", "--hash=sha256:40"), "requirements.txt, line 1"),
    "a version is open": ("environment", replaced("requirements.txt", "accessible-pygments==", "accessible-pygments>="), "requirements.txt, line 1"),
    "another version is installed": ("environment", replaced("requirements.txt", "alabaster==0.7.16", "alabaster==0.7.15"), "requirements.txt, alabaster"),
    "a chosen package is not locked": ("environment", appended("requirements.in", "nobody-locked-this\n"), "requirements.in, line"),
    # the tables
    "a separator of thousands": ("data", replaced("data/observations.csv", "36.4", '"36,4"'), "data/observations.csv, row 3, column value"),
    "a row twice": ("data", lambda folder: change(folder / "data/areas.csv", "CN,China,中国", "CN,China,中国,\nCN,China,中国"), "data/areas.csv"),
    "a source that is not there": ("data", replaced("data/observations.csv", ",o,x,", ",o,y,"), "data/observations.csv, row 2"),
    "a column renamed": ("data", replaced("data/series.csv", "unit", "units"), "data/series.csv"),
    "a share over the whole": ("data", replaced("data/observations.csv", "36.4", "364"), "data/observations.csv, row 3, column value"),
    "bytes that are no text": ("data", lambda folder: write(folder / "data/sources.csv", (folder / "data/sources.csv").read_bytes().replace(b"facts", b"\xff\xfe")), "data/sources.csv"),
    "a description that is no JSON": ("data", replaced("data/datapackage.json", "{", "{{"), "datapackage.json"),
    "a figure without its unit": ("data", replaced("data/claims.csv", "percent_share", ""), "data/claims.csv, row 2, column unit"),
    # the code
    "a name that nobody uses": ("style", lambda folder: write(folder / "analysis/addresses.py", "import os\n" + (folder / "analysis/addresses.py").read_text("utf-8")), "analysis/addresses.py"),
    "a wrong type": ("style", replaced("analysis/addresses.py", 'return f"{kind}-', 'return 1 or f"{kind}-'), "analysis/addresses.py"),
    # stored outputs and what they come from
    "a stored number": ("notebooks", output(3, text="66.6\n"), "book/probe.ipynb, cell 3"),
    "a stored figure": ("notebooks", cell(5, lambda one: one.outputs[0].data.update({"text/html": miniature.FIGURE.format(36.5)})), "book/probe.ipynb, cell 5"),
    "a stored output is gone": ("notebooks", cell(3, lambda one: one.update(outputs=[])), "book/probe.ipynb, cell 3"),
    "a value of the tables": ("notebooks", replaced("data/observations.csv", "36.4", "36.3"), "book/probe.ipynb, cell 3"),
    "a rule of the code": ("notebooks", replaced("analysis/intervals.py", "size / 20", "size / 25"), "book/probe.ipynb, cell 4"),
    "a cell that fails": ("notebooks", source(4, "print", "prin"), "probe.ipynb, cell 4"),
    "a cell of another sum": ("notebooks", source(3, "sum", "mean"), "book/probe.ipynb, cell 3"),
    # a verdict
    "a tolerance": ("second", replaced("analysis/intervals.py", "size / 20", "size / 2000"), "a.01"),
    "a label turned round": ("second", replaced("analysis/verdicts.py", 'SUPPORTED = "Supported"', 'SUPPORTED = "Refuted"'), "a.01"),
    # the prose
    "a number in a text cell": ("numbers", source(1, "What the rows say:", "The rows say 36.4 percent:"), "book/probe.ipynb, cell 1"),
    "a number word on a page": ("numbers", appended("book/index.md", "\nNine claims in ten hold.\n"), "book/index.md"),
    "a number in the code": ("numbers", replaced("analysis/chapters/probe.py", "{count} rows", "{count} of 12 rows"), "analysis/chapters/probe.py, line 2"),
    "a Chinese numeral": ("numbers", source(1, "What", "共有十二項。What"), "book/probe.ipynb, cell 1"),
    "an exception that nothing needs": ("numbers", replaced("book/index.md", "at most two steps", "a few steps"), "review/number_exceptions.csv, row 2"),
    # what machines read
    "the crate lists a file that is gone": ("provenance", removed(f"{HTML}/api/articles.json"), "ro-crate-metadata.json, api/articles.json"),
    "the crate says another size": ("provenance", graph(lambda entities: next(one for one in entities if one["@id"] == "api/claims.json").update(contentSize="1")), "ro-crate-metadata.json, api/claims.json"),
    "the crate names no profile": ("provenance", graph(lambda entities: entities[0].pop("conformsTo")), "ro-crate-metadata.json"),
    "the crate's root has no licence": ("provenance", graph(lambda entities: entities[1].pop("license")), "ro-crate-metadata.json"),
    "the citation has no title": ("provenance", replaced("CITATION.cff", "title:", "name:"), "CITATION.cff"),
    "the citation is of another version": ("provenance", replaced("CITATION.cff", "version: 0.1.0", "version: 0.2.0"), "CITATION.cff, version"),
    "the deposit is stale": ("provenance", replaced(".zenodo.json", "research compendium", "book"), ".zenodo.json, description"),
    "the deposit has an unknown type": ("provenance", replaced(".zenodo.json", '"dataset"', '"datasets"'), ".zenodo.json, upload_type"),
    "an argument without its scheme": ("provenance", arguments(lambda one: one["edges"].append({"edgeID": "e", "fromID": "a.01", "toID": "a.03"})), "api/aif/a.json, edge e"),
    "an argument's edge to nowhere": ("provenance", arguments(lambda one: one["edges"][0].update(toID="a.i99")), "api/aif/a.json, edge"),
    "an inference without a conclusion": ("provenance", arguments(lambda one: one.update(edges=[edge for edge in one["edges"] if edge["fromID"] != "a.i02"])), "api/aif/a.json, node a.i02"),
    "a verdict of no known kind": ("provenance", document(f"{HTML}/api/claims.json", lambda claims: claims[0].update(verdict="Likely")), "api/claims.json, 0.verdict"),
    "a claim's field is gone": ("provenance", document(f"{HTML}/api/claims/a.01.json", lambda claim: claim.pop("explanation")), "api/claims/a.01.json"),
    "a schema that is none": ("provenance", document(f"{HTML}/api/schema/articles.schema.json", lambda schema: schema.update(type="list")), "api/schema/articles.schema.json"),
    "a claim without its document": ("provenance", removed(f"{HTML}/api/claims/a.03.json"), "api/claims/a.03.json"),
    "a page without its review": ("provenance", replaced(f"{HTML}/claims/a.html", "application/ld+json", "application/json"), "claims/a.html"),
    "a link that leads nowhere": ("provenance", replaced(f"{HTML}/index.html", "claims/a.html", "claims/b.html"), "index.html"),
    "a picture cut short": ("provenance", replaced(f"{HTML}/figures/probe.svg", "</svg>", ""), "figures/probe.svg"),
    "a table of another state": ("provenance", replaced(f"{HTML}/data/observations.csv", "36.4", "36.5"), "data/observations.csv"),
    "a site that was not built": ("archive", removed(f"{HTML}/index.html"), "archive"),
}


def check(stage: str, folder: Path) -> Result:
    """Run a stage; where the second path is not part of this state, the test says so and is skipped."""
    if stage == "second" and not (folder / "review" / "second_path").is_dir():
        pytest.skip("this state has no second path")
    if stage == "style":
        miniature.bare(folder)
    return BY_NAME[stage].check(folder)


@pytest.mark.parametrize("stage", STAGES)
def test_a_project_without_a_fault_passes(copy: Path, stage: str) -> None:
    result = check(stage, copy)
    assert [str(finding) for finding in result.findings] == []
    assert result.status == PASSED


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_seen_and_placed(copy: Path, name: str) -> None:
    stage, fault, place = FAULTS[name]
    fault(copy)
    findings = check(stage, copy).findings
    assert any(place in str(finding) for finding in findings), [str(finding) for finding in findings]


@pytest.mark.parametrize(
    ("module", "old", "new", "test"),
    [
        ("analysis/methods/trend.py", "slope = stats.theilslopes", "slope = 2 * stats.theilslopes", "tests/methods/test_trend.py"),
        ("analysis/intervals.py", "size / 10)", "size / 9)", "tests/engine/test_intervals.py"),
        ("analysis/periods.py", "start", "end", "tests/engine/test_periods.py"),
    ],
)
def test_a_fault_in_the_code_is_seen_by_the_tests(copy: Path, module: str, old: str, new: str, test: str) -> None:
    # The stage runs whatever tests the copy holds; here only those of the module, so that it takes seconds.
    kept = {"conftest.py", "rows.py", "sound.py", Path(test).name}
    for path in (copy / "tests").rglob("*.py"):
        if path.name not in kept:
            path.unlink()
    for part in ("data",):
        shutil.rmtree(copy / part)
        shutil.copytree(Path(__file__).parents[2] / part, copy / part)
    change(copy / module, old, new)
    findings = check("tests", copy).findings
    assert any(finding.place.startswith(test) for finding in findings), [str(finding) for finding in findings]


@pytest.mark.parametrize(
    ("fault", "place"),
    [
        (replaced("index.html", "Claims", "Claims, built at 12:31"), "index.html"),
        (replaced("figures/probe.svg", "<text>", '<text id="m4711">'), "figures/probe.svg"),
        (removed("figures/probe.csv"), "figures/probe.csv"),
    ],
    ids=["a time on a page", "a random id in a figure", "a file that one build lacks"],
)
def test_two_builds_that_differ_are_told_apart_by_file_and_line(copy: Path, tmp_path: Path, fault: Fault, place: str) -> None:
    miniature.link(copy / HTML, tmp_path / "second")
    fault(tmp_path / "second")
    result = Result()
    book.compare(copy / HTML, tmp_path / "second", result)
    assert [finding.place for finding in result.findings] == [place]


@pytest.mark.parametrize("damage", ["a byte", "a file", "a sum"])
def test_a_damaged_archive_is_seen(copy: Path, tmp_path: Path, damage: str) -> None:
    with tarfile.open(miniature.bundle(copy)) as packed:
        packed.extractall(tmp_path, filter="data")
    top = tmp_path / "miniature"
    if damage == "a byte":
        change(top / "data" / "claims.csv", "36.5", "36.6")
    elif damage == "a file":
        (top / "data" / "claims.csv").unlink()
    else:
        change(top / archive.SUMS, "data/claims.csv", "data/claim.csv")
    with tarfile.open(tmp_path / "damaged.tar", "w") as packed:
        packed.add(top, "miniature")
    result = archive.check(tmp_path / "damaged.tar")
    assert any("data/claims.csv" in finding.place for finding in result.findings)
