"""Verdicts in the words of schema.org: a ClaimReview for each claim, for search engines and fact-check tools.

Addresses are relative to the page that carries them, because the book names no host. No date is made up: an
article whose date is assumed carries its bounds in words, and a review says up to when its evidence reaches.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from analysis.addresses import anchor
from analysis.verdicts import CONFLICTING, REFUTED, SUPPORTED

Row = Mapping[str, Any]

SCALE = {REFUTED: 1, CONFLICTING: 2, SUPPORTED: 3}
"""The labels that have an order. Not enough evidence and Open say that there is no place on it."""
SCALE_IN_WORDS = (
    "Ordinal: 1 Refuted, 2 Conflicting evidence, 3 Supported. "
    "Not enough evidence and Open have no place on the scale, and no value."
)
ARTICLE, PUBLISHER = "#article", "#publisher"


def _authors(article: Row) -> list[dict[str, str]]:
    people = [{"@type": "Person", "name": name} for name in str(article["authors"]).split(";") if name]
    return people or [{"@type": "Organization", "name": article["outlet"]}]


def article_work(article: Row) -> dict[str, Any]:
    """The article under test as a schema.org Article, dated where its date is printed."""
    work: dict[str, Any] = {
        "@type": "Article",
        "@id": ARTICLE,
        "headline": article["title_zh"],
        "alternateName": article["title_en"],
        "inLanguage": f"zh-{article['script']}",
        "author": _authors(article),
        "publisher": {"@type": "Organization", "name": article["outlet"]},
    }
    if article["published_low"] == article["published_high"]:
        work["datePublished"] = article["published"]
    else:
        work["description"] = (
            f"Published between {article['published_low']} and {article['published_high']}; {article['published_ground']}."
        )
    if article["url"]:
        work["url"] = article["url"]
    return work


def review(claim: Row, row: Row, article: Row, as_of: str) -> dict[str, Any]:
    """One claim's review: `row` is its row of the ledger, `as_of` the day up to which the evidence reaches."""
    label = row["verdict"]
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": label, "ratingExplanation": row["explanation"]}
    if label in SCALE:
        rating |= {"ratingValue": SCALE[label], "worstRating": 1, "bestRating": len(SCALE)}
    address = f"#{anchor('claim', claim['claim_id'])}"
    return {
        "@type": "ClaimReview",
        "@id": address,
        "url": address,
        "identifier": claim["claim_id"],
        "inLanguage": "en",
        "claimReviewed": claim["statement_en"],
        "author": {"@id": PUBLISHER},
        "temporalCoverage": f"../{as_of}",
        "itemReviewed": {
            "@type": "Claim",
            "text": claim["statement_zh"],
            "inLanguage": f"zh-{article['script']}",
            "author": _authors(article),
            "appearance": {"@id": ARTICLE},
        },
        "reviewRating": rating,
    }


def graph(article: Row, claims: Iterable[Row], ledger: Mapping[str, Row], package: Mapping[str, Any]) -> dict[str, Any]:
    """All reviews of an article as one JSON-LD document; `package` is the data package."""
    publisher = {
        "@type": "Organization",
        "@id": PUBLISHER,
        "name": "The authors of Five Arguments, Tested",
        "description": f"Scale of the ratings. {SCALE_IN_WORDS}",
    }
    reviews = [review(claim, ledger[claim["claim_id"]], article, package["as_of"]) for claim in claims]
    return {"@context": "https://schema.org", "@graph": [publisher, article_work(article), *reviews]}


def script(document: Mapping[str, Any]) -> str:
    """The document as the content of a script element: nothing in it can end the element or start a tag."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
