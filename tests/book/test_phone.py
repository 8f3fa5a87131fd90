"""A chapter in a narrow window: pictures as large as can be, and tables that stay readable while they are scrolled."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from analysis import paths

WIDTH = 390
CHAPTERS = sorted(path.stem for path in paths.BOOK.glob("*.ipynb"))
NARROW_PICTURES = """width => [...document.querySelectorAll('figure.finding img')].filter(one => one.checkVisibility())
  .filter(one => one.getBoundingClientRect().width < 0.93 * width).map(one => one.alt.slice(0, 60))"""
# Scrolled to its end, a table still names its rows; and no column of words is squeezed to one word a line.
LOST_ROWS = """() => [...document.querySelectorAll('.finding-scroll')].filter(one => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1)
  .filter(one => {
    one.scrollLeft = one.scrollWidth;
    const left = one.getBoundingClientRect().left;
    return [...one.querySelectorAll('tbody th')].some(head => Math.abs(head.getBoundingClientRect().left - left) > 1);
  }).map(one => one.innerText.slice(0, 60))"""
SQUEEZED = """() => [...document.querySelectorAll('.finding-scroll tbody th')].filter(one => one.checkVisibility())
  .filter(one => one.innerText.length > 24 && one.getBoundingClientRect().width < 110).map(one => one.innerText)"""


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_figures_use_the_width_of_a_phone(browser: Browser, site: Path, chapter: str) -> None:
    context = browser.new_context(viewport={"width": WIDTH, "height": 800})
    page = context.new_page()
    page.goto((site / f"{chapter}.html").as_uri(), wait_until="load")
    page.evaluate("for (const fold of document.querySelectorAll('main details')) fold.open = true")
    assert page.evaluate(NARROW_PICTURES, WIDTH) == []
    assert page.evaluate(SQUEEZED) == []
    assert page.evaluate(LOST_ROWS) == []
    assert page.evaluate("document.documentElement.scrollWidth") == WIDTH
    context.close()
