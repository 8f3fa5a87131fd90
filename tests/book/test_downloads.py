"""What a reader takes home: each chapter's executed notebook, each figure's rows and picture, all tables in one file."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from urllib.parse import unquote

import nbformat
import pytest
from bs4 import BeautifulSoup
from frictionless import Package, system
from playwright.sync_api import Browser
from support import pages

from analysis import paths
from publish import api

CHAPTERS = sorted(path.stem for path in paths.BOOK.glob("*.ipynb"))


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_notebook_that_is_saved_has_the_chapter_s_results(browser: Browser, address: str, tmp_path: Path, chapter: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/{chapter}.html")
    page.locator(".dropdown-download-buttons > button").click()
    with page.expect_download() as waited:
        page.locator("a.btn-download-source-button").click()
    assert waited.value.suggested_filename == f"{chapter}.ipynb"
    waited.value.save_as(tmp_path / "saved.ipynb")
    saved = nbformat.read(tmp_path / "saved.ipynb", as_version=4)
    nbformat.validate(saved)
    cells = [cell for cell in saved.cells if cell.cell_type == "code"]
    assert cells and all(cell.outputs for cell in cells)
    assert not [output for cell in cells for output in cell.outputs if output.output_type == "error"]
    shown = [title.get_text() for title in BeautifulSoup(page.content(), "html.parser").select(".finding-title")]
    kept = [
        title.get_text()
        for cell in cells
        for output in cell.outputs
        for title in BeautifulSoup("".join(output.get("data", {}).get("text/html", "")), "html.parser").select(".finding-title")
    ]
    assert kept == shown
    page.close()


def test_only_chapters_offer_a_notebook(site: Path) -> None:
    offering = [name for name in pages(site) if "btn-download-source-button" in (site / name).read_text("utf-8")]
    assert offering == [f"{chapter}.html" for chapter in CHAPTERS]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_figure_gives_its_rows_and_its_picture(site: Path, chapter: str) -> None:
    soup = BeautifulSoup((site / f"{chapter}.html").read_text("utf-8"), "html.parser")
    faults = []
    for figure in soup.select("figure.finding"):
        files = {str(link["download"]).rpartition(".")[2]: site / unquote(str(link["href"])) for link in figure.select("a[download]")}
        wanted = {"csv", "svg"} if str(figure["id"]).startswith("figure-") else {"csv"}
        if set(files) != wanted and figure.find("img"):
            faults.append(f"{figure['id']} offers {sorted(files)}")
        faults += [f"{figure['id']}: {file.name} is not there" for file in files.values() if not file.is_file() or not file.stat().st_size]
    assert soup.select("figure.finding a[download$='.svg']")
    assert faults == []


def test_all_tables_come_in_one_file_that_is_a_data_package(site: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(site / api.PACKAGE) as packed:
        assert packed.testzip() is None
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        packed.extractall(tmp_path)
    folder = tmp_path / Path(api.PACKAGE).stem
    named = {resource["path"] for resource in json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]}
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} == named | {"datapackage.json", "README.md"}
    assert all((folder / name).read_bytes() == (paths.DATA / name).read_bytes() for name in named)
    with system.use_context(trusted=True):
        package = Package(str(folder / "datapackage.json"))
        assert {resource.path for resource in package.resources} == named
    soup = BeautifulSoup((site / "data-and-sources.html").read_text("utf-8"), "html.parser")
    assert soup.select(f'a[href="{api.PACKAGE}"]')
