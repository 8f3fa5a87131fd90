"""From every figure and every computed number of the built pages it is two steps at most to rows."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Browser
from support import pages

from analysis import paths

CHAPTERS = sorted(path.stem for path in paths.BOOK.glob("*.ipynb"))
ROWS = re.compile(r"^(series[./]|tables/|claims/|sources[./]|explorer\.html|codebook\.html#)")


@pytest.fixture(scope="module")
def soups(site: Path) -> dict[str, BeautifulSoup]:
    return {f"{name}.html": BeautifulSoup((site / f"{name}.html").read_text("utf-8"), "html.parser") for name in CHAPTERS}


def ways(part: Tag) -> list[str]:
    return [str(link["href"]) for link in part.select("a[href]") if ROWS.match(str(link["href"]))]


def test_every_figure_leads_to_rows(site: Path, soups: dict[str, BeautifulSoup]) -> None:
    figures = [(name, figure) for name, soup in soups.items() for figure in soup.select("figure.finding")]
    assert figures and [name for name in pages(site) if name not in soups and 'class="finding"' in (site / name).read_text("utf-8")] == []
    assert [f"{name}: {figure['id']}" for name, figure in figures if not ways(figure)] == []
    there: dict[str, set[str]] = {}
    lost = set()
    for name, figure in figures:
        for way in ways(figure):
            page, fragment = urlsplit(way).path, urlsplit(way).fragment
            if page not in there:
                text = (site / page).read_text("utf-8") if (site / page).is_file() else ""
                there[page] = set(re.findall(r'\bid="([^"]+)"', text)) | {""}
            if not (site / page).is_file() or fragment not in there[page]:
                lost.add(f"{name}: {figure['id']} leads to {way}")
    assert lost == set()


def test_every_computed_number_leads_to_rows(soups: dict[str, BeautifulSoup]) -> None:
    counted, without = 0, []
    for name, soup in soups.items():
        for output in soup.select("div.cell_output"):
            blocks = [block for block in output.select("p, li") if block.find_parent(class_="output") is None]
            numbered = [block for block in blocks if re.search(r"\d", block.get_text()) and not block.find(["p", "li"])]
            counted += len(numbered)
            marks = [str(mark["href"])[1:] for block in blocks for mark in block.select("a.rows-mark[href^='#']")]
            places = [soup.find(id=mark) for mark in marks]
            led = any(ways(block) for block in blocks) or (marks and all(p and ways(p if p.name == "figure" else p.parent) for p in places))
            without += [f"{name}: {numbered[0].get_text()[:60]}"] if numbered and not led else []
    assert counted > 100
    assert without == []


def test_two_clicks_lead_from_a_number_to_its_rows(browser: Browser, site: Path, address: str, soups: dict[str, BeautifulSoup]) -> None:
    name, mark = next(
        (name, str(mark["href"]))
        for name, soup in soups.items()
        for mark in soup.select("a.rows-mark[href^='#']")
        if soup.select_one(f"details > {mark['href']} > a[href^='series/']")
    )
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{address}/{name}")
    page.locator(f"a.rows-mark[href='{mark}']").first.click()
    series = page.locator(f"{mark} > a[href^='series/']").first
    assert series.is_visible()  # the browser opens what is folded around the place
    series.click()
    page.wait_for_url("**/series/*.html")
    assert page.locator("table.observations tbody tr td a[href*='sources/']").count()
    page.close()
