"""Pages written from rows: every cell shown as it is, every way walked in both directions."""

from __future__ import annotations

from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser
from rows import tables

from analysis import codebook, ledger
from publish import pages, source_pages

HOSTILE = "<script>alert(1)</script> & \"a\" 'b' ``` {eval-rst} `c` [d](javascript:e) {{ f }} $g$ **h** |i| \\"


def made(**changes: str) -> pages.Pages:
    claim = {
        "qualifier": "about",
        "figure_low": Decimal("50"),
        "figure_high": Decimal("50"),
        "unit": "percent_share",
        "period": "2023",
        "short_en": "A share",
        "statement_en": "The share was about 50.",
        "statement_zh": "份額約為五十。",
        **changes,
    }
    loaded = tables(
        articles=[{"title_en": "An article", "title_zh": "一篇文章", "script": "Hant", "outlet": "A paper"}],
        sources=[{"title": HOSTILE, "publisher": HOSTILE, "url": "https://example.org/?a=1&b=%22"}],
        claims=[claim],
        readings=[{"ground": HOSTILE}],
        series=[{"title_en": HOSTILE, "title_zh": "份額", "definition": HOSTILE}],
        observations=[
            {"observation_id": "s@2023@@x", "value": Decimal("51.0"), "note": HOSTILE},
            {"observation_id": "s@2022@@x", "value": Decimal("40"), "period": "2022"},
        ],
        corrections=[
            {"observation_id": "s@2022@@x", "action": "override", "expected": Decimal("40"), "value": Decimal("41"), "reason": HOSTILE}
        ],
    )
    return pages.Pages(loaded, ledger.ledger(loaded), set())


def test_what_a_cell_holds_is_shown_and_never_obeyed() -> None:
    files = made(statement_en=HOSTILE, short_en=HOSTILE).files()
    for name, content in files.items():
        if name.endswith(".html"):
            soup = BeautifulSoup(content, "html.parser")
            assert soup.find("script", type=lambda kind: kind != "application/ld+json") is None, name
            assert not [tag for tag in soup.find_all("a") if str(tag.get("href")).startswith("javascript")], name
    assert HOSTILE in BeautifulSoup(files["parts/a.01.html"], "html.parser").get_text()
    assert HOSTILE in BeautifulSoup(files["parts/series/s.html"], "html.parser").get_text()
    assert HOSTILE in BeautifulSoup(files["parts/sources/other.html"], "html.parser").get_text()


def test_a_heading_shows_its_cell_and_obeys_nothing_in_it() -> None:
    parser = create_md_parser(MdParserConfig(enable_extensions={"dollarmath", "attrs_inline", "colon_fence"}), RendererHTML)
    html = parser.render(f"## {codebook.text(HOSTILE)}")
    heading = BeautifulSoup(html, "html.parser")
    assert heading.get_text().strip() == HOSTILE
    assert [tag.name for tag in heading.find_all(True)] == ["h2"]


def test_a_claim_shows_both_verdicts_its_value_and_the_way_to_its_row() -> None:
    soup = BeautifulSoup(made().files()["parts/a.01.html"], "html.parser")
    assert soup.select_one(".claim-now").get_text(" ", strip=True).endswith("Supported")
    assert "verdict-hollow" in str(soup.select_one(".claim-then"))
    assert "Stated as about, the figure admits 47.5–52.5" in soup.select_one(".claim-explanation").get_text()
    row = soup.select_one("table.evidence tbody tr")
    assert "51.0" in row.get_text()
    assert row.find("a")["href"] == "../series/s.html#row-s-2023-x"
    assert soup.find(lang="zh-Hant").get_text() == "份額約為五十。"


def test_a_series_shows_its_corrected_rows_and_names_its_claims() -> None:
    soup = BeautifulSoup(made().files()["parts/series/s.html"], "html.parser")
    assert "override to 41" in soup.select_one("tr.corrected").get_text()
    assert soup.find("a", href="../claims/a.html#claim-a-01")
    assert soup.select_one("td .number").get_text().endswith("51.0")


def test_a_source_leads_back_to_the_claims_that_rest_on_it() -> None:
    soup = BeautifulSoup(made().files()["parts/sources/other.html"], "html.parser")
    assert soup.find(id="source-x").find("a", href="../claims/a.html#claim-a-01")
    assert soup.find("a", class_="external")["href"] == "https://example.org/?a=1&b=%22"


def test_every_source_keeps_its_address_and_stands_under_its_publisher_s_letter() -> None:
    names = {"x": "TASS", "y": "tass relay", "z": "人民日报", "w": "TASS"}
    loaded = tables(sources=[{"source_id": key, "publisher": name, "relays": "z" if key == "y" else ""} for key, name in names.items()])
    book = pages.Pages(loaded, [], set())
    files = book.files()
    listed = BeautifulSoup(files["parts/sources.html"], "html.parser")
    places = {"x": "sources/t", "y": "sources/t", "z": "sources/other", "w": "sources/t"}
    assert {link["id"]: link["href"] for link in listed.select("li a")} == {
        f"source-{key}": f"{place}.html#source-{key}" for key, place in places.items()
    }
    assert [item.get_text().partition(":")[0] for item in listed.select("li")] == ["TASS", "tass relay", "人民日报"]
    for key, place in places.items():
        assert BeautifulSoup(files[f"parts/{place}.html"], "html.parser").find(id=f"source-{key}")
        assert f"{place}.md" in files
    relay = BeautifulSoup(files["parts/sources/t.html"], "html.parser").find(id="source-y")
    assert relay.find("a", string="z")["href"] == "../sources.html#source-z"
    assert source_pages.direct(str(relay), book.source_places).count('"../sources/other.html#source-z"') == 1
    assert source_pages.direct('<a href="sources.html#source-unknown">', book.source_places) == '<a href="sources.html#source-unknown">'


def test_an_assumed_date_is_called_so_once_and_a_heading_needs_no_untitled() -> None:
    dates = {"published_low": "2024-06-01", "published_high": "2024-06-30", "published_ground": "assumed: the text names June"}
    reading = {"method": "stance", "table": "stances", "key": "a.01"}
    loaded = tables(articles=[{**dates, "title_en": "(untitled) On gas"}], claims=[{"kind": "position"}], readings=[reading])
    files = pages.Pages(loaded, ledger.ledger(loaded), set()).files()
    described = BeautifulSoup(files["parts/article-a.html"], "html.parser").get_text()
    assert "(assumed: the text names June; between 2024-06-01 and 2024-06-30)" in described
    assert files["claims/a.md"].startswith("# Claims: On gas\n")


def test_the_worked_example_is_worked_out() -> None:
    text = BeautifulSoup(made().files()["parts/example.html"], "html.parser").get_text(" ", strip=True)
    assert "47.5" in text and "52.5" in text


@pytest.mark.parametrize("name", ["parts/articles.html", "parts/tally.html", "parts/labels.html"])
def test_counts_are_counted(name: str) -> None:
    soup = BeautifulSoup(made().files()[name], "html.parser")
    words = soup.get_text(" ").split()
    assert "Supported" in words
    assert "1" in words


def test_the_first_page_draws_both_verdicts_and_the_strength_of_a_conclusion() -> None:
    stance = {"method": "stance", "table": "stances"}
    loaded = tables(
        articles=[{"argument_en": "One thing follows from another."}],
        claims=[
            {"claim_id": "a.01", "kind": "position", "short_en": "Premise"},
            {"claim_id": "a.02", "kind": "position", "short_en": "End", "role": "conclusion"},
        ],
        readings=[{"claim_id": f"a.0{n}", "reading_id": f"a.0{n}.a", "key": f"a.0{n}", **stance} for n in (1, 2)],
        inferences=[{"inference_id": "a.i1", "from_claim": "a.01", "to_claim": "a.02"}],
    )
    soup = BeautifulSoup(pages.Pages(loaded, ledger.ledger(loaded), set()).files()["parts/overview.html"], "html.parser")
    assert [bar["aria-label"] for bar in soup.select(".tally")] == ["2 not enough evidence"] * 2
    assert "hollow" in soup.select_one(".tally")["class"]
    # Nothing is known of the premise, so it passes nothing on and the conclusion stays at its base of one half.
    assert [dot["cx"] for dot in soup.select("circle")] == ["100.0", "100.0"]
    assert "End: 0.50 at publication, 0.50 now" in soup.svg["aria-label"]


def test_a_book_without_claims_says_so() -> None:
    loaded = tables()
    empty = pages.Pages(loaded, [], set()).files()
    assert "No claim" in empty["parts/tally.html"]
    assert "No claim" in empty["parts/example.html"]
    assert not [name for name in empty if name.startswith("claims/")]


def test_a_row_of_another_table_has_an_address_and_leads_to_what_it_names() -> None:
    loaded = tables(
        articles=[{}],
        sources=[{"publisher": "A paper"}],
        origins=[{"origin_id": "o", "name_en": "An office"}],
        claims=[{"kind": "event"}],
        readings=[{"method": "date", "table": "events", "key": "e.x", "expected": "2023"}],
        events=[{"event_id": "e.x", "date": "2023-01-05", "event": HOSTILE, "actors": "RU;CN", "origin_ids": "o", "occurred": "yes"}],
        stands=[{"proposition_id": "p", "article_id": "a", "claim_ids": "a.01"}],
        propositions=[{"proposition_id": "p"}],
    )
    files = pages.Pages(loaded, ledger.ledger(loaded), set()).files()
    row = BeautifulSoup(files["parts/tables/events.html"], "html.parser").find(id="row-events-e-x")
    assert [cell.get_text() for cell in row.find_all("td")][1:3] == ["RU, CN", HOSTILE]
    assert row.find("a", string="A paper")["href"] == "../sources.html#source-x"
    assert "An office" in row.get_text()
    stand = BeautifulSoup(files["parts/tables/stands.html"], "html.parser").find(id="row-stands-p-a")
    assert stand.find("a", string="a.01")["href"] == "../claims/a.html#claim-a-01"
    assert stand.find("a", string="p")["href"] == "../tables/propositions.html#row-propositions-p"
    # From the claim to the row: the evidence and the reading both lead there.
    links = [str(link["href"]) for link in BeautifulSoup(files["parts/a.01.html"], "html.parser").find_all("a")]
    assert links.count("../tables/events.html#row-events-e-x") == 2
    listed = BeautifulSoup(files["parts/tables.html"], "html.parser")
    assert {row.find("a")["href"].partition("#")[0] for row in listed.select("tbody tr")} >= {"tables/events.html", "codebook.html", "series.html"}
