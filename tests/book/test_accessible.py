"""No barrier: axe-core's verdict on every page in both modes, and everything reached by keyboard alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from test_pages import opened

SERIOUS = ("serious", "critical")
# Contrast follows from an element's style, and that from the names on its way down; three alike stand for all.
EXAMPLES = """() => {
  const seen = new Map();
  const words = (element) => [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  for (const element of document.body.querySelectorAll('*')) {
    if (!words(element) || !element.checkVisibility()) continue;
    let way = '';
    for (let at = element; at !== document.body; at = at.parentElement)
      way = `${at.tagName}.${[...at.classList].sort().join('.')}[${at.getAttribute('style') || ''}]>${way}`;
    const alike = seen.get(way) || seen.set(way, []).get(way);
    if (alike.length < 3) alike.push(element);
  }
  return [...seen.values()].flat();
}"""
RUN = """async (contrast) => {
  const rules = {resultTypes: ['violations']};
  const found = contrast
    ? await axe.run({include: (%s)()}, {...rules, runOnly: ['color-contrast']})
    : await axe.run(document, {...rules, rules: {'color-contrast': {enabled: false}}});
  return found.violations.map(({id, impact, nodes}) => [id, impact, nodes.slice(0, 3).map(node =>
    `${node.target.join(' ')}: ${node.html.slice(0, 120)}: ${node.failureSummary.slice(0, 200)}`)]);
}""" % EXAMPLES  # noqa: UP031 (braces are the script's own)


def barriers(page: Page, contrast: bool) -> list[Any]:
    """What axe-core calls serious or worse: in contrast of text, or in all else."""
    return [fault for fault in page.evaluate(RUN, contrast) if fault[1] in SERIOUS]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_no_page_has_a_serious_barrier(browser: Browser, site: Path, address: str, mode: str) -> None:
    script = Axe().axe_script
    faults = []
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme=mode)
    for name in opened(site):
        page = context.new_page()
        page.goto(f"{address}/{name}", wait_until="load")
        page.evaluate(script)
        found = barriers(page, contrast=True)
        if mode == "light":  # nothing but colours changes with the mode
            found += barriers(page, contrast=False)
        faults += [f"{name}: {fault}" for fault in found]
        page.close()
    context.close()
    assert not faults, "\n".join(faults)


def test_the_search_for_barriers_finds_them(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content('<main><p style="color:#aaa">pale words</p><img src="a.png"></main>')
    page.evaluate(Axe().axe_script)
    assert [fault[0] for fault in barriers(page, contrast=True)] == ["color-contrast"]
    assert "image-alt" in [fault[0] for fault in barriers(page, contrast=False)]
    page.close()
