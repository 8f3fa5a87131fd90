"""The page of all claims, used as a reader would: filtered, searched in either script, opened, passed on."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from analysis import ledger, paths, tables
from analysis.addresses import claim_address
from analysis.verdicts import LABELS


@pytest.fixture(params=["http", "file"])
def page(request: pytest.FixtureRequest, browser: Browser, site: Path, address: str) -> Iterator[Page]:
    """The page, served and opened from its folder; it must stay silent."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda message: None if message.text.startswith("[PST]") else faults.append(message.text))
    opened.goto(f"{address}/explorer.html" if request.param == "http" else (site / "explorer.html").as_uri())
    yield opened
    context.close()
    assert faults == []


def rows(page: Page) -> list[str]:
    """The claims on the page's present leaf, from top to bottom."""
    return page.locator("#explorer-table tbody tr[data-claim]").evaluate_all("rows => rows.map(row => row.dataset.claim)")


def found(page: Page) -> int:
    """How many claims fit what was chosen."""
    said = page.locator(".dt-info").inner_text()
    return 0 if said.startswith("No claim") else int(said.split(" of ")[1].split()[0])


def test_every_claim_is_there_without_a_script(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto((site / "explorer.html").as_uri())
    with (paths.DATA / "claims.csv").open(encoding="utf-8") as file:
        claims = {row["claim_id"] for row in csv.DictReader(file)}
    assert set(rows(plain)) == claims
    assert plain.locator(".explorer-controls").is_hidden()
    context.close()


def test_filters_join_and_counts_are_those_of_the_ledger(page: Page) -> None:
    known = ledger.ledger(tables.load())
    page.locator("select[name=now]").select_option("Refuted")
    assert found(page) == sum(row["verdict"] == "Refuted" for row in known)
    page.locator("select[name=kind]").select_option("numerical")
    wanted = [row["claim_id"] for row in known if row["verdict"] == "Refuted" and row["kind"] == "numerical"]
    assert found(page) == len(wanted) and set(rows(page)) <= set(wanted)
    page.get_by_role("button", name="Show all").click()
    assert found(page) == len(known)


@pytest.mark.parametrize("pair", [("人民币", "人民幣"), ("石油", "石油"), ("欧洲", "歐洲"), ("卢布", "盧布"), ("特朗普", "川普")])
def test_either_script_and_either_form_of_a_name_finds_the_same_claims(page: Page, pair: tuple[str, str]) -> None:
    answers = []
    for words in pair:
        page.locator("input[name=words]").fill(words)
        answers.append((found(page), rows(page)))
    assert answers[0] == answers[1]
    texts = {claim["claim_id"]: claim["statement_zh"] for claim in tables.load()["claims"].to_dict("records")}
    assert answers[0][0] >= sum(any(words in text for words in pair) for text in texts.values()) > 0


def test_an_apostrophe_is_found_as_it_is_typed(page: Page) -> None:
    answers = []
    for words in ("China's", "China’s"):
        page.locator("input[name=words]").fill(words)
        answers.append(rows(page))
    assert answers[0] == answers[1] and answers[0]


def test_a_row_opens_with_its_evidence_and_its_permanent_address(page: Page) -> None:
    page.locator("input[name=words]").fill("dependence.133")
    assert rows(page) == ["dependence.133"]
    button = page.get_by_role("button", name="Details of dependence.133")
    button.focus()
    page.keyboard.press("Enter")
    details = page.locator("td.explorer-details")
    expect(details.locator("table.evidence tbody tr").first).to_be_visible()
    assert details.get_by_role("link", name="Permanent link").get_attribute("href") == claim_address("dependence.133")
    assert button.get_attribute("aria-expanded") == "true"
    button.press("Enter")
    expect(details).to_have_count(0)


def test_an_address_brings_back_what_was_chosen(page: Page) -> None:
    page.locator("select[name=article]").select_option("hedge")
    page.locator("select[name=now]").select_option("Conflicting evidence")
    kept = page.url
    wanted = rows(page)
    other = page.context.new_page()
    other.goto("about:blank")
    other.goto(kept)
    assert rows(other) == wanted and wanted
    assert other.locator("select[name=article]").input_value() == "hedge"


def test_sorting_by_verdict_follows_the_order_of_the_labels(page: Page) -> None:
    head = page.locator("thead th", has_text="Now")
    first = page.locator("#explorer-table tbody tr[data-claim]").first.locator("td").nth(5)
    here = [label for label in LABELS if any(row["verdict"] == label for row in ledger.ledger(tables.load()))]
    for order, label in (("ascending", here[0]), ("descending", here[-1])):
        head.click()
        expect(head).to_have_attribute("aria-sort", order)
        expect(first).to_contain_text(label)


def test_the_details_are_the_same_as_on_the_page_of_claims(page: Page, site: Path) -> None:
    script = (site / "_static/explorer/hedge.js").read_text("utf-8")
    parts = json.loads(script.partition(" = ")[2].rstrip().rstrip(";"))
    with (paths.DATA / "claims.csv").open(encoding="utf-8") as file:
        claims = {row["claim_id"] for row in csv.DictReader(file) if row["article_id"] == "hedge"}
    assert set(parts) == claims
