"""Dark mode: every picture in its dark form, only that one loaded, and paper that stays white."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from analysis import paths
from analysis.figures import dark

CHAPTERS = [path.stem for path in sorted(paths.BOOK.glob("*.ipynb"))]
# Only what a reader sees, from top to bottom; a picture inside folded details stays unseen.
SCROLL = """async () => {
  for (const image of document.querySelectorAll('main img')) {
    if (!image.checkVisibility()) continue;
    image.scrollIntoView();
    await image.decode();
  }
}"""
SHOWN = "[...document.querySelectorAll('main figure.finding img')].filter(i => i.checkVisibility()).map(i => i.className)"


def in_mode(browser: Browser, mode: str) -> Page:
    return browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme=mode).new_page()


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_each_mode_loads_its_own_pictures_and_no_other(browser: Browser, address: str, chapter: str, mode: str) -> None:
    page = in_mode(browser, mode)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/{chapter}.html", wait_until="load")
    page.evaluate(SCROLL)
    shown = page.evaluate(SHOWN)
    assert shown and set(shown) == {f"finding-{mode}"}
    pictures = [url for url in asked if "/figures/" in url]
    assert pictures and {"/figures/dark/" in url for url in pictures} == {mode == "dark"}
    page.context.close()


def test_every_picture_has_both_forms_of_one_shape(site: Path) -> None:
    pictures = {path.name for path in (site / "figures" / "dark").glob("*.svg")}
    assert pictures and pictures <= {path.name for path in (site / "figures").glob("*.svg")}
    for name in sorted(pictures):
        light, made = (path.read_text("utf-8") for path in (site / "figures" / name, site / "figures" / "dark" / name))
        assert made == dark.recoloured(light)
        assert len(made) == len(light)


def test_a_page_in_dark_mode_prints_on_white_with_its_light_pictures(browser: Browser, address: str) -> None:
    page = in_mode(browser, "dark")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/{CHAPTERS[0]}.html", wait_until="networkidle")
    page.evaluate("window.printed = []; window.addEventListener('beforeprint', () => window.printed.push(document.documentElement.dataset.theme))")
    page.pdf()
    assert page.evaluate("window.printed") == ["light"]
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.emulate_media(media="print")
    assert set(page.evaluate(SHOWN)) == {"finding-light"}
    page.context.close()


def test_a_hollow_verdict_is_no_white_box(browser: Browser, address: str) -> None:
    page = in_mode(browser, "dark")
    page.goto(f"{address}/claims/{CHAPTERS[0]}.html", wait_until="load")
    hollow = page.locator(".verdict-hollow").first
    assert hollow.evaluate("chip => getComputedStyle(chip).backgroundColor") == "rgba(0, 0, 0, 0)"
    page.context.close()
