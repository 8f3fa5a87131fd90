"""A book of hostile texts, opened in a browser: nothing runs, nothing is injected, nothing is asked for."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from hostile import EVIL, SHORT, pages_of_payloads
from playwright.sync_api import Browser, Page
from support import pages

from analysis import paths
from publish import api, build, explorer, stage, tidy
from publish.pages import write


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:
        pass


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """The folder and address of a site made of payloads, by the steps of the build and without its checks."""
    folder = tmp_path_factory.mktemp("hostile")
    own = folder / "book"
    shutil.copytree(paths.BOOK, own, ignore=shutil.ignore_patterns("*.ipynb", "_build"))
    made, source, site = pages_of_payloads(), folder / "source", folder / "site"
    stage.source(source, own)
    write(made.files(), source)
    stage.dress(source)
    stage.configure(source, {row["article_id"]: row["title_en"] for row in made.articles}, "", made.regional_names)
    build._render(source, site)
    for page in site.rglob("*.html"):
        tidy.tidy(page, tidy.sheet_versions(site), made.source_places)
    api.write(made, site)
    explorer.write(made, site)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield site, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture
def guarded(browser: Browser, hostile: tuple[Path, str]) -> Iterator[Page]:
    """A page on which a dialog, a request for what no page needs, or a foreign host is a fault."""
    context = browser.new_context()
    page = context.new_page()
    faults: list[str] = []
    page.on("dialog", lambda dialog: (faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda request: _asked(request.url, hostile[1], faults))
    page.on("pageerror", lambda error: faults.append(f"error: {error}"))
    yield page
    context.close()
    assert faults == []


def _asked(url: str, address: str, faults: list[str]) -> None:
    if "evil" in url.partition("?")[0] or not url.startswith((address, "data:")):
        faults.append(f"request: {url}")


def _clean(page: Page, name: str) -> None:
    assert page.evaluate("window.evil === undefined"), name
    assert page.locator(EVIL).evaluate_all("found => found.map(one => one.outerHTML.slice(0, 200))") == [], name


def test_no_page_runs_or_holds_what_a_cell_says(guarded: Page, hostile: tuple[Path, str]) -> None:
    site, address = hostile
    names = [name for name in pages(site) if not name.startswith("_static")]
    assert {"claims/a.html", "series/s.html", "sources.html", "sources/other.html", "explorer.html", "index.html"} <= set(names)
    for name in names:
        guarded.goto(f"{address}/{name}", wait_until="load")
        _clean(guarded, name)
    guarded.goto(f"{address}/claims/a.html")
    assert SHORT in guarded.locator("article h2").first.inner_text()
    assert "window.evil=1" in guarded.locator("article").inner_text()


def test_the_explorer_searches_and_opens_payloads_as_text(guarded: Page, hostile: tuple[Path, str]) -> None:
    guarded.goto(f"{hostile[1]}/explorer.html")
    guarded.locator("input[name=words]").fill("img src=evil")
    _clean(guarded, "searched")
    assert guarded.locator("#explorer-table tbody tr[data-claim]").count() == 5
    for button in guarded.locator("button.explorer-open").all():
        button.click()
    guarded.locator(".explorer-details .claim").nth(4).wait_for()
    for summary in guarded.locator(".explorer-details summary").all():
        summary.click()
    _clean(guarded, "opened")
    assert "window.evil=1" in guarded.locator(".explorer-details").first.inner_text()


@pytest.mark.parametrize("query", ["001 <img src=evil.png onerror=window.evil=1> heading", "heading", "evil", SHORT])
def test_the_search_shows_headings_as_text(guarded: Page, hostile: tuple[Path, str], query: str) -> None:
    guarded.goto(f"{hostile[1]}/search.html?q={quote(query)}")
    guarded.wait_for_function("document.querySelector('#search-results .search-summary')?.innerText.match(/found|did not match/)")
    guarded.wait_for_timeout(300)
    _clean(guarded, query)
    assert query != SHORT or guarded.locator("#claim-results li > a").count() > 0
    if query == "heading":
        assert guarded.locator("#search-results li > a").count() > 0
