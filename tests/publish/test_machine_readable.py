"""What machines read: reviews, citations, arguments, the crate and the schemas, each against its specification."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from jsonschema import Draft202012Validator, ValidationError
from pybtex.database import parse_string
from referencing import Registry, Resource
from rows import tables

from analysis import ledger
from analysis.verdicts import LABELS
from publish import aif, api, citations, claim_review, crate, pages
from publish.chinese import marked

HOSTILE = '</script><script>alert(1)</script> & "a" <!-- 50 % of A_B {c} $d #1 \\'


def made(**rows: list[dict[str, Any]]) -> pages.Pages:
    claim = {
        "qualifier": "about",
        "figure_low": Decimal("50"),
        "figure_high": Decimal("50"),
        "unit": "percent_share",
        "period": "2023",
        "short_en": "A share",
        "statement_en": "The share was about 50.",
        "statement_zh": "份额约为五十。",
    }
    article = {
        "title_en": "An article",
        "title_zh": "一篇文章",
        "script": "Hans",
        "outlet": "A paper",
        "published_low": "2024-06-30",
        "published_high": "2024-06-30",
        "published_ground": "printed",
        "characters": "100",
    }
    loaded = tables(
        **{
            "articles": [article],
            "claims": [claim],
            "readings": [
                {"claim_id": one.get("claim_id", "a.01"), "reading_id": f"{one.get('claim_id', 'a.01')}.a"}
                for one in rows.get("claims", [{}])
            ],
            "series": [{}],
            "observations": [{"observation_id": "s@2023@@x", "value": Decimal("51")}],
            **{name: [{**(article if name == "articles" else claim if name == "claims" else {}), **row} for row in given] for name, given in rows.items()},
        }
    )
    return pages.Pages(loaded, ledger.ledger(loaded), set())


def reviewed(book: pages.Pages) -> list[dict[str, Any]]:
    document = claim_review.graph(book.articles[0], book.claims, book.ledger, book.tables.schema.package)
    return [node for node in document["@graph"] if node["@type"] == "ClaimReview"]


def test_a_review_says_claim_label_and_place_on_the_scale() -> None:
    (review,) = reviewed(made())
    assert review["claimReviewed"] == "The share was about 50."
    assert review["itemReviewed"]["@type"] == "Claim"
    assert review["itemReviewed"]["inLanguage"] == "zh-Hans"
    assert review["url"] == "#claim-a-01"
    rating = review["reviewRating"]
    assert (rating["alternateName"], rating["ratingValue"], rating["worstRating"], rating["bestRating"]) == ("Supported", 3, 1, 3)


@pytest.mark.parametrize("label", LABELS)
def test_only_labels_with_an_order_have_a_value(label: str) -> None:
    book = made()
    row = {**book.ledger["a.01"], "verdict": label}
    rating = claim_review.review(book.claims[0], row, book.articles[0], "2026-08-31")["reviewRating"]
    assert rating["alternateName"] == label
    assert rating.get("ratingValue") == {"Refuted": 1, "Conflicting evidence": 2, "Supported": 3}.get(label)
    assert ("bestRating" in rating) == ("ratingValue" in rating)


def test_only_a_printed_date_is_a_date_of_publication() -> None:
    printed = claim_review.article_work(made().articles[0])
    assumed = claim_review.article_work(made(articles=[{"published_low": "2024-06-01"}]).articles[0])
    assert printed["datePublished"] == "2024-06-30"
    assert "datePublished" not in assumed
    assert "2024-06-01 and 2024-06-30" in assumed["description"]


def test_reviews_on_a_page_are_one_block_of_json_that_nothing_leaves() -> None:
    book = made(claims=[{"statement_en": HOSTILE, "short_en": HOSTILE}])
    soup = BeautifulSoup(marked(book.files()["parts/article-a.html"]), "html.parser")
    (block,) = soup.find_all("script")
    document = json.loads(block.string)
    assert document["@context"] == "https://schema.org"
    assert [node for node in document["@graph"] if node.get("claimReviewed") == HOSTILE]
    known = {node["@id"] for node in document["@graph"]}
    assert {"#article", "#publisher", "#claim-a-01"} <= known


def cff(folder: Path, more: str = "") -> Path:
    path = folder / "CITATION.cff"
    path.write_text(f"cff-version: 1.2.0\ntitle: 'A Book: its claims'\nversion: 1.2.0\nauthors:\n  - name: The authors\n{more}")
    return path


def test_a_citation_names_version_and_day_of_the_evidence(tmp_path: Path) -> None:
    book = citations.book("2026-08-31", cff(tmp_path))
    assert citations.plain(book) == "The authors (2026). A Book: its claims. Version 1.2.0. Evidence up to 2026-08-31."
    chapter = citations.part(book, "a", "An article", "chapter")
    assert "An article. In: A Book: its claims." in citations.plain(chapter)
    assert chapter["id"] != book["id"]


def test_a_stated_release_and_doi_win(tmp_path: Path) -> None:
    person = "  - family-names: Li\n    given-names: Wei\ndate-released: 2027-01-02\ndoi: 10.1/x\n"
    book = citations.book("2026-08-31", cff(tmp_path, person))
    assert book["issued"] == {"date-parts": [[2027, 1, 2]]}
    assert citations.plain(book).startswith("The authors; Li, Wei (2027).") and "doi:10.1/x" in citations.plain(book)


def test_bibtex_is_read_back_as_it_was_meant(tmp_path: Path) -> None:
    book = citations.book("2026-08-31", cff(tmp_path, "  - family-names: Li\n    given-names: Wei\n"))
    item = citations.claim(book, {"claim_id": "a.01", "short_en": "Share of 50 % & more_or_less"})
    (entry,) = parse_string(citations.bibtex(item), "bibtex").entries.values()
    assert entry.type == "incollection"
    assert "Share of 50" in entry.fields["title"] and "more" in entry.fields["title"]
    assert entry.fields["year"] == "2026"
    assert [person.last_names for person in entry.persons["author"]] == [["{The authors}"], ["Li"]]


INFERENCES = [
    {"inference_id": "a.i1", "from_claim": "a.01", "to_claim": "a.03"},
    {"inference_id": "a.i1", "from_claim": "a.02", "to_claim": "a.03"},
    {"inference_id": "a.i2", "from_claim": "a.03", "to_claim": "a.04", "relation": "attack"},
]


def argument() -> dict[str, Any]:
    book = made(claims=[{"claim_id": f"a.0{number}"} for number in range(1, 6)], inferences=INFERENCES)
    return aif.document(book.claims, book.inferences, book.ledger)


def test_an_argument_obeys_the_interchange_format() -> None:
    document = argument()
    kinds = {node["nodeID"]: node["type"] for node in document["nodes"]}
    assert Counter(kinds.values()) == {"I": 4, "RA": 1, "CA": 1}, "a claim outside every inference is left out"
    ends = [(edge["fromID"], edge["toID"]) for edge in document["edges"]]
    assert {end for pair in ends for end in pair} == set(kinds)
    assert not [pair for pair in ends if kinds[pair[0]] == kinds[pair[1]] == "I"], "claims meet only through a scheme"
    for name, kind in kinds.items():
        if kind != "I":
            assert [start for start, end in ends if end == name] and len([end for start, end in ends if start == name]) == 1
    assert len({edge["edgeID"] for edge in document["edges"]}) == len(ends)


def test_linked_premises_share_one_node() -> None:
    ends = [(edge["fromID"], edge["toID"]) for edge in argument()["edges"]]
    assert {("a.01", "a.i1"), ("a.02", "a.i1"), ("a.i1", "a.03"), ("a.03", "a.i2"), ("a.i2", "a.04")} == set(ends)


def validator(name: str) -> Draft202012Validator:
    schemas = {path.name: json.loads(path.read_text("utf-8")) for path in api.SCHEMAS.glob("*.json")}
    registry: Registry[Any] = Registry().with_resources((key, Resource.from_contents(value)) for key, value in schemas.items())
    return Draft202012Validator(schemas[f"{name}.schema.json"], registry=registry)


@pytest.mark.parametrize("name", ["claims", "claim", "articles"])
def test_a_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(validator(name).schema)


def test_schemas_name_the_labels_of_the_book() -> None:
    assert validator("claims").schema["$defs"]["verdict"]["enum"] == list(LABELS)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_text("<html><head><title>A book</title></head></html>")
    book = made(claims=[{"claim_id": f"a.0{number}"} for number in range(1, 5)], inferences=INFERENCES)
    api.write(book, tmp_path)
    crate.write(tmp_path, book.tables.schema.package, book.book)
    return tmp_path


def read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def test_what_is_published_is_valid(site: Path) -> None:
    validator("claims").validate(read(site / "api/claims.json"))
    validator("articles").validate(read(site / "api/articles.json"))
    for path in (site / "api/claims").iterdir():
        validator("claim").validate(read(path))
    assert {path.name for path in (site / "api/schema").iterdir()} == {f"{name}.schema.json" for name in ("claims", "claim", "articles")}


@pytest.mark.parametrize("change", [{"verdict": "True"}, {"holds_share": 1.2}, {"more": 1}, {"paragraph": "3"}, {"evidence": [{"table": "x"}]}])
def test_what_is_wrong_is_not_valid(site: Path, change: dict[str, Any]) -> None:
    claim = read(site / "api/claims/a.01.json")
    with pytest.raises(ValidationError):
        validator("claim").validate({**claim, **change})


def test_the_crate_describes_what_is_there(site: Path) -> None:
    document = read(site / "ro-crate-metadata.json")
    assert document["@context"] == "https://w3id.org/ro/crate/1.1/context"
    entities = {entity["@id"]: entity for entity in document["@graph"]}
    assert len(entities) == len(document["@graph"])
    descriptor, root = entities["ro-crate-metadata.json"], entities["./"]
    assert descriptor["@type"] == "CreativeWork" and descriptor["about"] == {"@id": "./"}
    assert descriptor["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    assert root["@type"] == "Dataset" and root["datePublished"] == "2025-12-31"
    assert root["name"] and root["description"] and entities[root["license"]["@id"]]["@type"] == "CreativeWork"
    assert [entities[author["@id"]]["name"] for author in root["author"]]
    parts = {part["@id"] for part in root["hasPart"]}
    assert parts == {name for name, entity in entities.items() if entity["@type"] == "File" or (entity["@type"] == "Dataset" and name != "./")}
    for name in parts:
        assert (site / name).exists(), name
        if entities[name]["@type"] == "File":
            assert entities[name]["contentSize"] == str((site / name).stat().st_size)
        else:
            assert name.endswith("/")
    assert {"index.html", "data/claims.csv", "api/claims.json", "api/aif/a.json", "api/citations/"} <= parts
