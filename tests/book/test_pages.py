"""Every page of the built book, opened as a reader would, wide and narrow."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, ConsoleMessage, Page
from support import pages

from analysis import ledger, paths, tables
from analysis.addresses import anchor

HAN = re.compile("[\u3400-\u9fff]")
WIDTHS = (1280, 390)

# Two different characters look the same only when both are drawn as the empty box of a missing glyph.
DRAWS_HAN = """family => {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 40;
  const draw = (character) => {
    const context = canvas.getContext('2d');
    context.clearRect(0, 0, 40, 40);
    context.font = `32px "${family}"`;
    context.fillText(character, 2, 34);
    return canvas.toDataURL();
  };
  return draw('油') !== draw('俄');
}"""
CLAIMS = """() => Object.fromEntries([...document.querySelectorAll('.claim')].map(claim => [
  claim.closest('section').querySelector('[id^=claim-]')?.id || claim.closest('section').id,
  {
    now: claim.querySelector('.claim-now .verdict-word').innerText,
    then: claim.querySelector('.claim-then .verdict-word').innerText,
    chinese: claim.querySelector('[lang|=zh]').innerText,
  }]))"""
UNMARKED = """() => {
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (/[\\u4e00-\\u9fff]{2}/.test(node.data) && !node.parentElement.closest('[lang|=zh], pre, script, title'))
      found.push(node.data.trim());
  return found;
}"""
SCROLL = """async () => {
  for (const image of document.querySelectorAll('main img')) {
    if (!image.checkVisibility()) continue;
    image.scrollIntoView();
    await image.decode();
  }
}"""
# What a sheet of paper would cut: a part that scrolls, and a picture taller than a page.
PRINTED = """() => [...document.querySelectorAll('.table-wide, .finding-scroll, figure.finding img')].filter(part => part.checkVisibility()
  && (part.matches('img') ? part.getBoundingClientRect().height > 19.1 * 37.8 : getComputedStyle(part).overflowX !== 'visible')
).map(part => part.outerHTML.slice(0, 80))"""


def opened(site: Path) -> list[str]:
    """All pages but those of one template, the series, the tables and the sources: of each the smallest and the three largest."""
    kinds = [sorted((name for name in pages(site) if name.startswith(folder)), key=lambda name: (site / name).stat().st_size) for folder in ("series/", "tables/", "sources/")]
    alike = {name for kind in kinds for name in kind}
    return [name for name in pages(site) if name not in alike] + [name for kind in kinds for name in (*kind[:1], *kind[-3:])]


def visit(page: Page, url: str) -> list[str]:
    """Open the page and list what it asked of other hosts and what it said on the console."""
    faults: list[str] = []
    host = urlsplit(url).netloc

    def heard(message: ConsoleMessage) -> None:
        # The theme tells of the colour mode at every start; nothing else may speak.
        if not message.text.startswith("[PST]"):
            faults.append(f"console: {message.text}")

    page.on("console", heard)
    page.on("pageerror", lambda error: faults.append(f"error: {error}"))
    page.on("requestfailed", lambda request: faults.append(f"failed: {request.url}"))
    page.on(
        "request",
        lambda request: faults.append(f"outside host: {request.url}")
        if urlsplit(request.url).scheme != "data" and urlsplit(request.url).netloc != host
        else None,
    )
    page.goto(url, wait_until="load")
    page.evaluate("document.fonts.ready.then(() => true)")
    return faults


def faults_of_figures(page: Page) -> list[str]:
    """Pictures that do not load, and pictures without words for those who do not see them."""
    page.evaluate(SCROLL)
    pictures = page.evaluate(
        "[...document.querySelectorAll('main img')].filter(i => i.checkVisibility())"
        ".map(i => [i.getAttribute('src'), i.naturalWidth, i.alt])"
    )
    return [f"picture {src}: width {width}, alt {alt!r}" for src, width, alt in pictures if not width or len(alt) < 20]


def faults_of_chinese(page: Page) -> list[str]:
    """Chinese text without a lang attribute, or drawn by fonts that have no such characters."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    nodes = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": "main [lang|=zh]"})["nodeIds"]
    texts = page.evaluate("[...document.querySelectorAll('main [lang|=zh]')].map(e => e.innerText)")
    capable: dict[str, bool] = {}
    faults = [f"Chinese without lang: {text[:30]}" for text in page.evaluate(UNMARKED)]
    for node, text in list(zip(nodes, texts, strict=True))[:60]:
        drawn = 0
        for font in session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]:
            name = font["familyName"]
            if name not in capable:
                capable[name] = font["isCustomFont"] or page.evaluate(DRAWS_HAN, name)
            drawn += int(font["glyphCount"]) if capable[name] else 0
        if drawn < len(HAN.findall(text)):
            faults.append(f"Chinese without glyphs: {text[:30]}")
    return faults


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_is_whole(browser: Browser, site: Path, address: str, width: int) -> None:
    faults: list[str] = []
    context = browser.new_context(viewport={"width": width, "height": 900})
    for name in opened(site):
        page = context.new_page()
        found = visit(page, f"{address}/{name}")
        found += faults_of_figures(page) + faults_of_chinese(page)
        if (needed := page.evaluate("document.documentElement.scrollWidth")) > width:
            found.append(f"{needed} pixels wide")
        faults += [f"{name} at {width}: {fault}" for fault in found]
        page.close()
    context.close()
    assert faults == []


def chapters(site: Path) -> list[str]:
    """The pages that most readers open."""
    return ["index.html", *(f"{path.stem}.html" for path in sorted(paths.BOOK.glob("*.ipynb")))]


def test_the_first_load_of_a_chapter_is_light(browser: Browser, site: Path, address: str) -> None:
    """HTML, styles, fonts and scripts as a server would send them, on a machine without Chinese fonts or not."""
    weights = {}
    for name in chapters(site):
        page = browser.new_page()
        asked: set[str] = set()
        page.on("response", lambda response, asked=asked: asked.add(urlsplit(response.url).path.lstrip("/")))
        page.goto(f"{address}/{name}", wait_until="networkidle")
        page.close()
        sent = [(site / unquote(path)).read_bytes() for path in asked if not path.startswith("figures/")]
        weights[name] = sum(min(len(content), len(gzip.compress(content))) for content in sent)
    assert weights and all(weight < 350_000 for weight in weights.values()), weights


def test_the_sources_are_light_and_each_keeps_its_address(browser: Browser, site: Path) -> None:
    """Compressed as a server would send them; an address of a source on the page of all leads to a source of that name."""
    listed = (site / "sources.html").read_text("utf-8")
    for page in (site / "sources.html", *sorted((site / "sources").glob("*.html"))):
        assert len(gzip.compress(page.read_bytes())) < 100_000, page.name
    page = browser.new_page()
    source = str(tables.load()["sources"]["source_id"].iloc[0])
    page.goto(f"{(site / 'sources.html').as_uri()}#{anchor('source', source)}")
    page.locator("a:target").click()
    assert source in page.locator("li:target code").inner_text()
    page.close()
    assert all(f'id="{anchor("source", row)}"' in listed for row in tables.load()["sources"]["source_id"])


def test_a_chapter_is_printed_whole(browser: Browser, site: Path) -> None:
    page = browser.new_page(viewport={"width": 700, "height": 1000})
    page.goto((site / "hedge.html").as_uri())
    page.emulate_media(media="print")
    assert page.evaluate(PRINTED) == []
    page.close()


def test_a_page_opens_from_the_file_system(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    assert visit(page, (site / "index.html").as_uri()) == []
    assert page.locator("article.article-card").count() == len(tables.load()["articles"])
    page.close()


def test_the_colour_mode_can_be_switched(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
    page = context.new_page()
    page.goto(f"{address}/index.html", wait_until="networkidle")
    seen = set()
    for _ in range(3):
        page.locator(".theme-switch-button").first.click()
        seen.add(
            (page.evaluate("document.documentElement.dataset.theme"), page.evaluate("getComputedStyle(document.body).backgroundColor"))
        )
    context.close()
    assert {theme for theme, _ in seen} == {"light", "dark"}
    assert len({colour for _, colour in seen}) == 2


def test_every_claim_has_its_address_words_and_verdicts(browser: Browser, site: Path, address: str) -> None:
    rows = ledger.ledger(tables.load())
    page = browser.new_page()
    for article in sorted({row["article_id"] for row in rows}):
        page.goto(f"{address}/claims/{article}.html")
        shown = page.evaluate(CLAIMS)
        for row in (row for row in rows if row["article_id"] == article):
            claim = shown[anchor("claim", row["claim_id"])]
            assert claim["now"] == row["verdict"]
            assert claim["then"] == row["verdict_at_publication"]
            assert HAN.search(claim["chinese"])
            stored = json.loads((site / "api" / "claims" / f"{row['claim_id']}.json").read_text("utf-8"))
            assert stored["verdict"] == row["verdict"]
    page.close()


def test_counts_choose_which_claims_are_shown(browser: Browser, address: str) -> None:
    rows = ledger.ledger(tables.load())
    article, verdict = rows[0]["article_id"], rows[0]["verdict"]
    page = browser.new_page()
    page.goto(f"{address}/claims/{article}.html")
    alike = [row for row in rows if row["article_id"] == article and row["verdict"] == verdict]
    button = page.locator(f"li[data-verdict='{verdict}'] button")
    button.click()
    assert page.locator(".claim:visible").count() == len(alike)
    button.click()
    assert page.locator(".claim:visible").count() == len([row for row in rows if row["article_id"] == article])
    page.close()


def test_the_api_is_the_ledger(site: Path) -> None:
    assert json.loads((site / "api" / "claims.json").read_text("utf-8")) == ledger.ledger(tables.load())


def test_internal_links_lead_somewhere_and_no_id_stands_twice(site: Path) -> None:
    soups = {name: BeautifulSoup((site / name).read_text("utf-8"), "html.parser") for name in pages(site)}
    ids = {name: [tag["id"] for tag in soup.find_all(id=True)] for name, soup in soups.items()}
    faults = []
    for name, soup in soups.items():
        faults += [f"{name}: id {one} stands twice" for one in sorted({one for one in ids[name] if ids[name].count(one) > 1})]
        faults += [f"{name}: {text.strip()[:60]}" for text in soup.find_all(string=re.compile(r"\*\*")) if text.find_parent("pre") is None]
        for tag in soup.find_all(["a", "img", "script", "link"]):
            target = urlsplit(str(tag.get("href") or tag.get("src") or ""))
            if target.scheme or target.netloc or not (target.path or target.fragment):
                continue
            path = (site / name).parent / target.path if target.path else site / name
            if not path.resolve().is_file():
                faults.append(f"{name}: no file {target.path}")
                continue
            other = path.resolve().relative_to(site.resolve()).as_posix()
            if target.fragment and "=" not in target.fragment and other in ids and target.fragment not in ids[other]:
                faults.append(f"{name}: no place {target.path}#{target.fragment}")
    assert sorted(set(faults)) == []


def test_no_picture_or_table_is_left_inside_a_page(site: Path) -> None:
    inside = re.compile(r"<(?:img|a)\b[^>]*\b(?:src|href)=\"data:")
    assert [name for name in pages(site) if inside.search((site / name).read_text("utf-8"))] == []


def test_pages_carry_the_data_digest_and_no_machine(site: Path) -> None:
    for name in pages(site):
        text = (site / name).read_text("utf-8")
        assert tables.digest()[:12] in text, name
        assert str(site.parent.parent) not in text, name
