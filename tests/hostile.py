"""Tables in which every text is a payload, as if every check had been passed, for tests of what is made of them."""

from __future__ import annotations

from decimal import Decimal

from bs4 import BeautifulSoup
from rows import tables

from analysis import ledger
from publish import pages

# Ends of attributes, elements, scripts and comments; what Markdown would obey; what a second decoding would free.
PAYLOAD = (
    "\"'></script></textarea></title>--><b data-evil>x</b><img src=evil.png onerror=\"window.evil=1;alert(1)\">"
    "<script>window.evil=1</script><svg onload=window.evil=1> ``` {eval-rst} `c` [d](javascript:window.evil=1) "
    "![e](evil.png) $g$ {{ f }} &lt;img src=evil.png onerror=window.evil=1&gt; </p></table> \\"
)
SHORT = "<img src=evil.png onerror=window.evil=1> heading & [d](javascript:window.evil=1) &lt;b data-evil&gt;"
EVIL = "[data-evil], [onerror], [onload], img[src*='evil'], a[href^='javascript']"


def injected(markup: str) -> list[str]:
    """What the payloads would add to a page, where they did."""
    soup = BeautifulSoup(markup, "html.parser")
    scripts = [tag for tag in soup.find_all("script") if "window.evil" in (tag.string or "") and not tag.get("type")]
    evil = soup.select(EVIL)
    return [str(tag)[:80] for tag in [*scripts, *evil]]


def pages_of_payloads() -> pages.Pages:
    """The generated pages of a book whose every text is a payload."""
    claims = [
        {"claim_id": "a.01", "qualifier": "about", "figure_low": Decimal(50), "figure_high": Decimal(50), "unit": "percent_share", "period": "2023"},
        {"claim_id": "a.02", "kind": "event"},
        {"claim_id": "a.03", "kind": "office", "period": "2023"},
        {"claim_id": "a.04", "kind": "position"},
        {"claim_id": "a.05", "kind": "forecast", "role": "conclusion"},
    ]
    readings = [
        {},
        {"reading_id": "a.02.a", "claim_id": "a.02", "method": "occurrence", "table": "events", "key": "e", "expected": "yes"},
        {"reading_id": "a.03.a", "claim_id": "a.03", "method": "holder", "table": "offices", "key": f"{PAYLOAD}|{PAYLOAD}", "expected": "in", "period": "2023"},
        {"reading_id": "a.04.a", "claim_id": "a.04", "method": "stance", "table": "stances", "key": "a.04"},
        {"reading_id": "a.05.a", "claim_id": "a.05", "method": "forecast", "table": "forecasts", "key": "a.05"},
    ]
    words = {"short_en": SHORT, "statement_en": PAYLOAD, "statement_zh": PAYLOAD, "attributed_to": PAYLOAD, "also_in": PAYLOAD}
    loaded = tables(
        articles=[
            {
                "title_en": SHORT, "title_zh": PAYLOAD, "argument_en": PAYLOAD, "argument_zh": PAYLOAD, "outlet": PAYLOAD,
                "authors": PAYLOAD, "published_low": "2024-06-01", "published_high": "2024-06-30", "published_ground": PAYLOAD,
                "script": "Hans", "url": "javascript:window.evil=1", "characters": "9", "sha256": PAYLOAD, "region": "mainland",
            }
        ],
        claims=[{**words, **claim} for claim in claims],
        readings=[{"ground": PAYLOAD, "omits": PAYLOAD, **reading} for reading in readings],
        inferences=[{"inference_id": "a.i01", "from_claim": "a.01", "to_claim": "a.05", "warrant": PAYLOAD}],
        sources=[{"title": PAYLOAD, "publisher": PAYLOAD, "author": PAYLOAD, "licence": PAYLOAD, "url": "javascript:window.evil=1"}],
        series=[{"title_en": SHORT, "title_zh": PAYLOAD, "definition": PAYLOAD}],
        observations=[
            {"observation_id": "s@2021@@x", "value": Decimal(40), "period": "2021", "note": PAYLOAD, "locator": PAYLOAD, "geo": "RU"},
            {"observation_id": "s@2022@@x", "value": Decimal(45), "period": "2022", "geo": "RU"},
            {"observation_id": "s@2023@@x", "value": Decimal(51), "note": PAYLOAD, "geo": "CN"},
        ],
        corrections=[{"observation_id": "s@2022@@x", "action": "override", "expected": Decimal(45), "value": Decimal(46), "reason": PAYLOAD}],
        areas=[{"area": "RU", "name_en": PAYLOAD, "name_zh": PAYLOAD}, {"area": "CN", "name_en": PAYLOAD, "name_zh": PAYLOAD}],
        events=[{"date": "2023-05-01", "event": PAYLOAD, "note": PAYLOAD, "known_since": "2023-05-01"}],
        offices=[{"person": PAYLOAD, "office": PAYLOAD, "from": "2020-01-01", "known_since": "2020-01-01"}],
        stances=[{"claim_id": "a.04", "stance": "supports", "ground": PAYLOAD, "known_since": "2024-01-31"}],
        forecasts=[{"claim_id": "a.05", "criterion": PAYLOAD, "horizon": "2024-12-31", "horizon_ground": "printed", "stated_measure": "yes",
                    "probability_low": "0.6", "probability_high": "0.9", "outcome": "1", "known_since": "2024-01-31", "note": PAYLOAD}],
        attributions=[{"faithful": "partly", "discrepancy": PAYLOAD, "searched": PAYLOAD}],
    )  # fmt: skip
    return pages.Pages(loaded, ledger.ledger(loaded), set())
