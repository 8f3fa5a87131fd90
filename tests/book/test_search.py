"""Search as a reader does it: English and Chinese, either script, from a server and from a folder."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from opencc import OpenCC
from playwright.sync_api import Browser, Page
from support import pages

from analysis import ledger, tables
from analysis.addresses import claim_address

RUN = re.compile("[\u4e00-\u9fff]{4}")
ADDRESSES = "links => links.map(link => link.getAttribute('href'))"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    yield opened
    opened.close()


@pytest.fixture(params=["server", "folder"])
def find(request: pytest.FixtureRequest, page: Page, site: Path, address: str) -> Callable[[str], list[str]]:
    """The pages that a query finds."""
    start = f"{address}/search.html" if request.param == "server" else (site / "search.html").as_uri()

    def found(query: str) -> list[str]:
        page.goto(f"{start}?q={quote(query)}")
        page.wait_for_function("document.querySelector('#search-results .search-summary')?.innerText.match(/found|did not match/)")
        return [link.partition("#")[0] for link in page.eval_on_selector_all("#search-results li > a", ADDRESSES)]

    return found


@pytest.fixture
def claims(page: Page, site: Path) -> Callable[[str], list[str]]:
    """The addresses of the claims that a query finds."""

    def found(query: str) -> list[str]:
        page.goto(f"{(site / 'search.html').as_uri()}?q={quote(query)}")
        page.wait_for_selector("#claim-results")
        return page.eval_on_selector_all("#claim-results li > a", ADDRESSES)

    return found


def test_english_words_are_found_in_any_form(find: Callable[[str], list[str]]) -> None:
    assert "how-a-verdict-comes-about.html" in find("verdict")
    assert set(find("verdicts")) == set(find("verdict"))
    assert find("xylophonist") == []


def test_chinese_is_found_by_one_to_four_characters_in_both_scripts(find: Callable[[str], list[str]]) -> None:
    claim = next(row for row in tables.load()["claims"].to_dict("records") if RUN.search(row["statement_zh"]))
    page = f"claims/{claim['article_id']}.html"
    phrase = RUN.search(claim["statement_zh"])[0]
    for length in range(1, 5):
        query = phrase[:length]
        for conversion in ("s2t", "t2s"):
            converted = OpenCC(conversion).convert(query)
            assert page in find(converted), (query, converted)


def test_a_name_is_found_in_the_form_of_another_region(find: Callable[[str], list[str]], claims: Callable[[str], list[str]]) -> None:
    rows = tables.load()["claims"].to_dict("records")
    written = {name: {row["claim_id"] for row in rows if name in row["statement_zh"]} for name in ("川普", "特朗普")}
    assert all(written.values()) and not written["川普"] & written["特朗普"]
    for query in ("特朗普", "川普"):
        assert {f"claims/{row['article_id']}.html" for row in rows if row["claim_id"] in written["川普"]} <= set(find(query))
    everyone = claims("川普")
    assert everyone == claims("特朗普") != []
    (one, rest) = next((row["claim_id"], said[1]) for row in rows if (said := re.search("川普([\u4e00-\u9fff]{2,6})", row["statement_zh"])))
    assert claim_address(one) in claims(f"特朗普{OpenCC('t2s').convert(rest)}")


def test_a_printed_number_is_found(find: Callable[[str], list[str]]) -> None:
    claims = tables.load()["claims"].to_dict("records")
    for pattern in (r"\b\d{2}\.\d\b", r"\b(?!19|20)\d{3,4}\b(?![.,]\d)"):
        number, article = next((found[0], row["article_id"]) for row in claims if (found := re.search(pattern, row["statement_en"])))
        assert f"claims/{article}.html" in find(number), number
    assert find("987654321.5") == []


def test_the_excerpt_shows_what_was_found_in_the_other_script(page: Page, address: str) -> None:
    claims = tables.load()["claims"].to_dict("records")
    claim = next(row for row in claims if OpenCC("t2s").convert(row["statement_zh"]) != row["statement_zh"])
    query = OpenCC("t2s").convert(RUN.search(claim["statement_zh"])[0])
    page.goto(f"{address}/search.html?q={quote(query)}")
    page.wait_for_selector("#search-results .context mark")
    shown = OpenCC("t2s").convert(" ".join(page.locator("#search-results .context").all_inner_texts()))
    assert query in shown


def test_the_excerpt_shows_a_name_as_the_page_writes_it(page: Page, address: str) -> None:
    page.goto(f"{address}/search.html?q=特朗普")
    page.wait_for_selector("#search-results .context mark:text-is('川普')")


def test_the_claims_that_hold_the_words_come_first(claims: Callable[[str], list[str]]) -> None:
    rows = tables.load()["claims"].to_dict("records")
    seen = set()
    for row in rows:
        run = RUN.search(row["statement_zh"])
        if row["article_id"] in seen or row["kind"] != "numerical" or run is None:
            continue
        if sum(run[0] in one["statement_zh"] for one in rows) > 1:  # only so many claims are listed
            continue
        seen.add(row["article_id"])
        for query in (row["claim_id"], row["statement_en"], *(OpenCC(way).convert(run[0]) for way in ("s2t", "t2s"))):
            assert claim_address(row["claim_id"]) in claims(query), query
    assert len(seen) == len(tables.load()["articles"])


def test_a_small_number_is_found_whole_and_leads_to_its_verdict(claims: Callable[[str], list[str]], page: Page, site: Path) -> None:
    known = {row["claim_id"]: row for row in ledger.ledger(tables.load())}
    row = next(row for row in known.values() if row["unit"] == "usd_bn" and 10 < (row["figure_low"] or 0) < 100)
    number = f"{row['figure_low']:g}"
    found = claims(number)
    assert claim_address(row["claim_id"]) in found
    assert claims(f"{number} xylophonists") == []
    page.goto(f"{(site / 'search.html').as_uri()}?q={number}")
    item = page.locator("#claim-results li", has=page.locator(f"a[href='{claim_address(row['claim_id'])}']"))
    assert [chip.inner_text() for chip in item.locator(".verdict-word").all()] == [row["verdict_at_publication"], row["verdict"]]
    item.locator("a").click()
    assert page.url.endswith(claim_address(row["claim_id"]))


def test_the_first_page_asks_and_the_search_answers(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    page.get_by_label("Find a claim or a figure").fill(str(tables.load()["claims"]["claim_id"].iloc[0]))
    page.keyboard.press("Enter")
    page.wait_for_selector("#claim-results")
    assert page.locator("#claim-results li").count() == 1


def test_every_page_is_in_the_index(site: Path) -> None:
    index = (site / "searchindex.js").read_text("utf-8")
    named = set(re.findall(r'"([^"]+)"', re.search(r'"?docnames"?:\s*\[([^\]]*)\]', index)[1]))
    assert {name.removesuffix(".html") for name in pages(site)} - {"search"} == named


def test_a_found_word_is_seen_in_the_dark(browser: Browser, address: str) -> None:
    """The theme and the search both mark it, one inside the other; its letters are dark, so what is behind them is light."""
    page = browser.new_page(color_scheme="dark")
    page.goto(f"{address}/search.html?q=billion")
    page.wait_for_selector("#search-results mark .highlighted")
    behind = "nodes => nodes.map(node => Math.min(...getComputedStyle(node).backgroundColor.match(/\\d+/g).map(Number)))"
    assert min(page.eval_on_selector_all("#search-results :is(mark, .highlighted)", behind)) > 127
    page.close()
