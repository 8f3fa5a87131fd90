"""By keyboard alone: past the side bar, into folded parts and wide tables, through the table of all claims."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from test_pages import opened

from analysis import paths

CHAPTER = min(path.stem for path in paths.BOOK.glob("*.ipynb"))
FOCUSED = "document.activeElement"
# What a reader can press or open but not reach: every such thing must be able to take the focus.
OUT_OF_REACH = """() => [...document.querySelectorAll('main :is(summary, button, input, select, [onclick], [role=button])')]
  .filter(e => e.checkVisibility() && (e.tabIndex < 0 || e.disabled) && !e.closest('[aria-disabled=true]'))
  .map(e => e.outerHTML.slice(0, 120))"""
SCROLLS = """async () => {
  const found = await axe.run(document, {runOnly: ['scrollable-region-focusable'], resultTypes: ['violations']});
  return found.violations.flatMap(fault => fault.nodes.map(node => node.html.slice(0, 120)));
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def test_the_first_stop_leads_past_the_side_bar(page: Page, address: str) -> None:
    page.goto(f"{address}/{CHAPTER}.html")
    page.keyboard.press("Tab")
    assert page.evaluate(f"{FOCUSED}.textContent.trim()") == "Skip to main content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(f"!!{FOCUSED}.closest('main')")


def test_what_is_folded_opens(page: Page, address: str) -> None:
    page.goto(f"{address}/claims/{CHAPTER}.html")
    fold = page.locator("main details", has=page.locator("summary", has_text="How it is read")).first
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(fold.locator("table")).to_be_visible()


def test_focus_is_seen(page: Page, address: str) -> None:
    page.goto(f"{address}/{CHAPTER}.html")
    for _ in range(30):
        page.keyboard.press("Tab")
        drawn = page.evaluate(f"[getComputedStyle({FOCUSED}).outlineStyle, getComputedStyle({FOCUSED}).boxShadow, {FOCUSED}.outerHTML.slice(0, 90)]")
        assert drawn[0] != "none" or drawn[1] != "none", drawn[2]


def test_nothing_pressable_is_out_of_reach(page: Page, site: object, address: str) -> None:
    faults = {}
    for name in opened(site):  # type: ignore[arg-type]
        page.goto(f"{address}/{name}")
        faults[name] = page.evaluate(OUT_OF_REACH)
    assert not {name: found for name, found in faults.items() if found}


def test_on_a_phone_every_part_that_scrolls_can_be_scrolled(browser: Browser, site: object, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    faults = {}
    for name in opened(site):  # type: ignore[arg-type]
        phone = context.new_page()
        phone.goto(f"{address}/{name}")
        phone.evaluate("for (const fold of document.querySelectorAll('main details')) fold.open = true")
        phone.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        phone.evaluate(Axe().axe_script)
        faults[name] = phone.evaluate(SCROLLS)
        phone.close()
    context.close()
    assert not {name: found for name, found in faults.items() if found}


def test_the_table_of_claims_is_used_without_a_pointer(page: Page, address: str) -> None:
    page.goto(f"{address}/explorer.html")
    page.locator("select[name=now]").focus()
    page.keyboard.type("Refuted")
    page.keyboard.press("Enter")
    expect(page.locator(".dt-info")).to_contain_text(" of ")
    head = page.locator("thead th", has_text="Kind")
    head.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    button = page.locator(".explorer-open").first
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".explorer-details .claim").first).to_be_visible()
    assert button.get_attribute("aria-expanded") == "true"
