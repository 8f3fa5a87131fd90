"""Citations as a reader takes them: in text with the address read, copied by a press, and as files."""

from __future__ import annotations

import json
from pathlib import Path

from bs4 import BeautifulSoup
from playwright.sync_api import Browser, expect
from pybtex.database import parse_string

from analysis import ledger, paths, tables
from analysis.addresses import claim_address

CLAIM = "dependence.001"
CHAPTERS = sorted(path.stem for path in paths.BOOK.glob("*.ipynb"))


def test_a_claim_is_cited_with_its_permanent_address(browser: Browser, address: str) -> None:
    context = browser.new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/claims/dependence.html")
    part = page.locator("details.cite", has=page.locator(f"[data-address$='{claim_address(CLAIM)}']"))
    part.locator("summary").click()
    words = part.locator(".citation").inner_text()
    assert f"Claim {CLAIM}" in words and words.endswith(f"{address}/{claim_address(CLAIM)}")
    part.locator("button").click()
    expect(part.locator("button")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == words
    context.close()


def test_a_page_opened_from_a_folder_names_no_path_of_the_machine(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.goto((site / "claims" / "dependence.html").as_uri())
    assert "file:" not in page.locator(".citation").first.text_content()
    page.close()


def test_the_page_has_the_book_and_every_article_in_three_forms(site: Path) -> None:
    soup = BeautifulSoup((site / "cite.html").read_text("utf-8"), "html.parser")
    parts = soup.select("section.cited")
    assert len(parts) == 1 + len(tables.load()["articles"])
    for part in parts:
        plain, bibtex, csl = (place.get_text() for place in part.select(".citation"))
        (entry,) = parse_string(bibtex, "bibtex").entries.values()
        (item,) = json.loads(csl)
        assert item["title"] in plain and entry.fields["year"] == str(item["issued"]["date-parts"][0][0])


def test_every_claim_has_its_files(site: Path) -> None:
    for row in ledger.ledger(tables.load()):
        name = site / "api" / "citations" / row["claim_id"]
        (item,) = json.loads(name.with_name(f"{name.name}.json").read_text("utf-8"))
        entries = parse_string(name.with_name(f"{name.name}.bib").read_text("utf-8"), "bibtex").entries
        assert list(entries) == [item["id"]] and row["claim_id"] in item["title"]


def test_each_page_of_claims_carries_its_reviews(site: Path) -> None:
    rows = {row["claim_id"]: row for row in ledger.ledger(tables.load())}
    for path in sorted((site / "claims").glob("*.html")):
        soup = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        (block,) = soup.find_all("script", type="application/ld+json")
        reviews = [node for node in json.loads(block.string)["@graph"] if node["@type"] == "ClaimReview"]
        assert {node["identifier"] for node in reviews} == {name for name, row in rows.items() if row["article_id"] == path.stem}
        for node in reviews:
            assert soup.find(id=node["url"][1:]) is not None
            assert node["reviewRating"]["alternateName"] == rows[node["identifier"]]["verdict"]
