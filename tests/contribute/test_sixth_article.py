"""An article in an hour: an invented sixth one comes in by new rows and new files alone, and the whole book takes it in.

Everything happens in a throw-away copy of the project. The text, its claims and their two sources are invented;
the measurements that test them are the book's own.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import nbformat
import pytest

from analysis import paths

SIXTH = Path(__file__).parent / "sixth"
ACROSS = ("together", "scoreboard", "right-and-wrong", "how-they-speak")
ARTICLE = {
    "--title-en": "After the tankers turned",
    "--title-zh": "油船改了航向之后",
    "--outlet": "Invented outlet",
    "--date": "2026-03-05",
    "--script": "Hans",
    "--region": "mainland",
    "--text": str(SIXTH / "pivot.txt"),
}
LEFT_OUT = (".git", ".venv", "_build", "__pycache__", "*.egg-info", ".*_cache", ".hypothesis")

State = dict[str, bytes]


def state(project: Path) -> State:
    """Every file of a project that a person could have edited."""
    return {
        path.relative_to(project).as_posix(): path.read_bytes()
        for path in sorted(project.rglob("*"))
        if path.is_file() and not {"_build", "__pycache__"} & set(path.parts)
    }


def run(project: Path, *command: str) -> str:
    """What a command of the copy prints; the test fails with what it says when it does."""
    surroundings = {**os.environ, "PYTHONPATH": str(project), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, *command], cwd=project, env=surroundings, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def only_new_rows(before: State, after: State) -> set[str]:
    """The files that are new; fails when a file that was there lost or changed a line, or is no table."""
    assert set(before) <= set(after)
    for name, content in before.items():
        if after[name] != content:
            assert name.startswith("data/") and name.endswith(".csv"), f"{name} was edited"
            assert not Counter(content.splitlines()) - Counter(after[name].splitlines()), f"{name} lost a row"
    return set(after) - set(before)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("sixth") / "project"
    shutil.copytree(paths.ROOT, project, ignore=shutil.ignore_patterns(*LEFT_OUT))
    return project


@pytest.fixture(scope="module")
def started(copy: Path) -> tuple[State, State, str]:
    """The copy before and after `new-article`, and what that printed."""
    before = state(copy)
    said = run(copy, "-m", "analysis", "new-article", "pivot", *(part for pair in ARTICLE.items() for part in pair))
    return before, state(copy), said


@pytest.fixture(scope="module")
def sixth(copy: Path, started: tuple[State, State, str]) -> Path:
    """The copy with the article's rows in place of the two example claims, its words counted."""
    for name in ("claims", "readings", "inferences"):
        table = copy / "data" / f"{name}.csv"
        kept = [line for line in table.read_text("utf-8").splitlines(keepends=True) if not line.startswith("pivot.")]
        table.write_text("".join(kept), encoding="utf-8")
    tables = sorted(SIXTH.glob("*.csv"))
    run(copy, "-m", "analysis", "import", *(part for path in tables for part in (path.stem, str(path))))
    texts = copy / "_build" / "texts"
    texts.mkdir(parents=True)
    shutil.copy(SIXTH / "pivot.txt", texts)
    run(copy, "-m", "analysis", "extract", str(texts), "--write")
    return copy


def test_one_command_writes_rows_a_module_and_a_notebook_and_says_what_comes_next(
    copy: Path, started: tuple[State, State, str]
) -> None:
    before, after, said = started
    assert only_new_rows(before, after) == {"analysis/chapters/pivot.py", "book/pivot.ipynb"}
    assert "analysis check" in said and "make notebooks" in said
    text = (SIXTH / "pivot.txt").read_text("utf-8")
    written = "".join(content.decode() for name, content in after.items() if before.get(name) != content)
    assert not any(line in written for line in text.splitlines()[1:] if line)  # its title alone is printed
    row = next(line for line in after["data/articles.csv"].decode().splitlines() if line.startswith("pivot,"))
    assert row.endswith(f",14,{len(text)}")
    nbformat.validate(nbformat.reads(after["book/pivot.ipynb"].decode(), as_version=4))


def test_nothing_but_rows_and_new_files_brings_the_article_in(sixth: Path, started: tuple[State, State, str]) -> None:
    assert only_new_rows(started[0], state(sixth)) == {"analysis/chapters/pivot.py", "book/pivot.ipynb"}


PAGES = """
import json, sys
from pathlib import Path
from publish import api, pages, stage
from analysis import ledger, paths, tables

folder = paths.BUILD / "source"
loaded = tables.load()
chapters = stage.source(folder)
written = pages.Pages(loaded, ledger.ledger(loaded), {path.stem for path in chapters})
files = written.files()
pages.write(files, folder)
stage.configure(folder, {row["article_id"]: row["title_en"] for row in written.articles}, "", written.regional_names)
api.write(written, paths.BUILD / "html")
"""


@pytest.fixture(scope="module")
def generated(sixth: Path) -> Path:
    """The folder of all generated pages and files; that the tables are without a defect, this proves as well."""
    run(sixth, "-c", PAGES)
    return sixth / "_build"


def test_its_claims_are_judged_by_the_rules_of_all(generated: Path) -> None:
    lines = json.loads((generated / "html" / "api" / "claims.json").read_text("utf-8"))
    verdicts = {line["claim_id"]: line["verdict"] for line in lines if line["article_id"] == "pivot"}
    assert len(verdicts) == 15
    assert [verdicts[f"pivot.{number:02d}"] for number in (1, 2, 3, 8, 12, 13)] == [
        "Supported", "Refuted", "Supported", "Not enough evidence", "Open", "Supported",
    ]  # fmt: skip
    (late,) = (line for line in lines if line["claim_id"] == "pivot.13")
    assert late["verdict_at_publication"] == "Open"


def test_contents_claims_explorer_and_downloads_hold_it(generated: Path) -> None:
    source, html = generated / "source", generated / "html"
    contents = (source / "_toc.yml").read_text("utf-8")
    assert "- file: pivot\n" in contents and "- file: claims/pivot\n" in contents
    assert contents.index("file: offer") < contents.index("file: pivot") < contents.index("file: together")
    assert "(claim-pivot-07)=" in (source / "claims" / "pivot.md").read_text("utf-8")
    for part in ("explorer", "articles", "overview", "cite"):
        assert "pivot" in (source / "parts" / f"{part}.html").read_text("utf-8"), part
    claim = json.loads((html / "api" / "claims" / "pivot.02.json").read_text("utf-8"))
    assert claim["verdict"] == "Refuted" and claim["replies"][0]["text"] == "四分之一是保守的说法。"
    assert "四分之一是保守的说法。" in (source / "parts" / "pivot.02.html").read_text("utf-8")
    assert (html / "api" / "aif" / "pivot.json").exists()


EXECUTE = """
import sys
from pathlib import Path
from publish import environment
environment.prepare()
from analysis import paths
from publish import execute, notebooks, stage

stage.source(paths.BUILD / "stored")
for path, notebook in execute.execute([paths.BUILD / "stored" / f"{name}.ipynb" for name in sys.argv[1:]]).items():
    notebooks.write(notebook, path)
"""


def test_its_chapter_and_the_pages_across_the_articles_show_it(sixth: Path) -> None:
    run(sixth, "-c", EXECUTE, "pivot", *ACROSS)
    shown = {
        name: "\n".join(
            "".join(output.get("data", {}).get(kind, ""))
            for cell in nbformat.read(sixth / "_build" / "stored" / f"{name}.ipynb", as_version=4).cells
            for output in cell.get("outputs", [])
            for kind in ("text/html", "text/markdown")
        )
        for name in ("pivot", *ACROSS)
    }
    assert "Of 15 checkable claims" in shown["pivot"] and 'id="figure-evidence-pivot-02"' in shown["pivot"]
    assert "claims/pivot.html#claim-pivot-11" in shown["together"]
    assert "Pivot, Mar 2026" in shown["scoreboard"]
    assert '<h3 id="right-and-wrong-pivot">' in shown["right-and-wrong"]
    assert "claims/pivot.html#claim-pivot-02" in shown["right-and-wrong"]
    assert "The 6 texts" in shown["how-they-speak"]


def test_the_whole_book_is_built_with_it(sixth: Path, request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("--whole-book"):
        pytest.skip("builds a book, which takes minutes: pytest --whole-book tests/contribute")
    run(sixth, "-m", "publish", "book")
    assert "pivot.html" in (sixth / "_build" / "html" / "index.html").read_text("utf-8")
