"""The reader's own sum on the offer's page: moved by keyboard, compared with the method, in light, dark and narrow."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from analysis.chapter import read_chapter
from analysis.chapters.offer.deal import Terms
from analysis.chapters.offer.what_if import what_if
from analysis.methods.present_value import flows, present_value, survival

NAMES = ("years", "rate", "hazard", "deferral", "rent")
SETTINGS = [
    (35, 10, 5, 6, 50),
    (30, 5, 0, 0, 100),
    (40, 20, 10, 11, 30),
    (1, 0, 0, 0, 100),
    (60, 25, 20, 20, 5),
    (3, 12.5, 2.5, 2, 75),
]
# From the colour of a text and what lies behind it, as WCAG reckons contrast.
CONTRAST = """selector => {
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (rgb) => {
    const [r, g, b] = rgb.slice(0, 3).map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return [...document.querySelectorAll(selector)].map((element) => {
    let behind = element;
    while (numbers(getComputedStyle(behind).backgroundColor)[3] === 0) behind = behind.parentElement;
    const [one, other] = [getComputedStyle(element).color, getComputedStyle(behind).backgroundColor].map(numbers).map(light);
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  });
}"""


@pytest.fixture(scope="module", params=[("light", 1280), ("dark", 1280), ("light", 390), ("dark", 390)], ids=str)
def page(request: pytest.FixtureRequest, browser: Browser, site: Path) -> Iterator[Page]:
    """The offer's page, opened from the folder, in a colour mode and a width; nothing may be said on the console."""
    mode, width = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=mode)
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text) if not message.text.startswith("[PST]") else None)
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.goto((site / "offer.html").as_uri(), wait_until="load")
    assert opened.evaluate("document.documentElement.dataset.theme") == mode
    yield opened
    context.close()
    assert said == []


def move(page: Page, name: str, value: float) -> None:
    """Move a slider to a value with the keyboard alone: to its nearer end, then step by step."""
    slider = page.locator(f"#what-if-{name}")
    slider.focus()
    least, most, step = (float(slider.get_attribute(end)) for end in ("min", "max", "step"))
    end, key, way = ("Home", "ArrowRight", value - least) if value - least < most - value else ("End", "ArrowLeft", most - value)
    page.keyboard.press(end)
    for _ in range(round(way / step)):
        page.keyboard.press(key)
    assert float(slider.input_value()) == value


def answers(page: Page) -> dict[str, float]:
    return {
        name: float(page.locator(f"[data-answer={name}]").inner_text()) for name in ("worth", "ratio", "lasting")
    }


@pytest.mark.parametrize("setting", SETTINGS, ids=str)
def test_the_sliders_give_what_the_method_gives(page: Page, setting: tuple[float, ...]) -> None:
    for name, value in zip(NAMES, setting, strict=True):
        move(page, name, value)
    settings = what_if(read_chapter("offer")).settings
    years, rate, hazard, deferral, rent = setting
    paid = flows(settings["total"], years, deferral=deferral, hazard=hazard / 100)
    worth = rent / 100 * present_value(rate / 100, paid)
    found = answers(page)
    assert found["worth"] == pytest.approx(worth / 1000, abs=0.00501)
    assert found["ratio"] == pytest.approx(worth / settings["gdp"], abs=0.00501)
    assert found["lasting"] == pytest.approx(100 * survival(hazard / 100, deferral + years), abs=0.501)
    assert Terms(settings["total"], years, rate / 100, deferral, hazard / 100, rent / 100).worth() == pytest.approx(worth)


def test_a_reset_goes_back_to_the_picture_beside(page: Page) -> None:
    move(page, "years", 1)
    page.locator("form#what-if button[type=reset]").focus()
    page.keyboard.press("Enter")
    block = what_if(read_chapter("offer"))
    start = {one.name: one.start for one in block.controls}
    page.wait_for_function(f"document.querySelector('#what-if-years').value === '{start['years']:g}'")
    page.wait_for_function(f"document.querySelector('output[for=what-if-years]').value === '{start['years']:g}'")
    left = block.beside.data["value"].iloc[-2]
    assert answers(page)["worth"] == pytest.approx(left, abs=0.00501)


def test_every_slider_is_named_and_told_aloud(page: Page) -> None:
    for name in NAMES:
        move(page, name, float(page.locator(f"#what-if-{name}").get_attribute("max")))
        slider = page.locator(f"#what-if-{name}")
        label = page.locator(f"label[for=what-if-{name}]").inner_text()
        assert page.get_by_role("slider", name=label).count() == 1
        assert slider.get_attribute("aria-valuetext") == page.locator(f"output[for=what-if-{name}]").inner_text()
    assert page.locator("form#what-if [role=status][aria-live=polite]").count() == 1


def test_it_can_be_read_and_fits(page: Page) -> None:
    assert min(page.evaluate(CONTRAST, ".what-if label, .what-if p, .what-if small, .what-if output, .what-if button")) >= 4.5
    inside = page.evaluate("(() => { const f = document.querySelector('form#what-if'); return f.scrollWidth <= f.clientWidth })()")
    assert inside
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_on_paper_the_picture_stands_alone(page: Page) -> None:
    assert page.locator("form#what-if").is_visible()
    page.emulate_media(media="print")
    assert not page.locator("form#what-if").is_visible()
    assert page.locator("#figure-offer-steps img.finding-light").is_visible()
    page.emulate_media(media="screen")


def test_without_scripts_the_picture_stands_alone(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto((site / "offer.html").as_uri())
    assert not opened.locator("form#what-if").is_visible()
    assert opened.locator("#figure-offer-steps img.finding-light").is_visible()
    context.close()
