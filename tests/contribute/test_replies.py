"""Right of reply: an author's answer stands beside the verdict, and nowhere without a row."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import sound
from bs4 import BeautifulSoup
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from rows import tables

from analysis import checks, ledger, paths
from analysis import tables as loading
from analysis.schema import Schema
from publish import api, pages

HOSTILE = '</p><script>alert(1)</script> "a" & \'b\' {{ c }} ``` $d$'
REPLY = {
    "claim_id": "a.01",
    "author": "An Author",
    "date": "2024-09-01",
    "language": "zh-Hant",
    "text": "不然，另有一說。",
    "permission": "By letter of the same day; CC BY 4.0.",
    "url": "https://example.org/reply",
}


def made(repository: str = "", **reply: str) -> pages.Pages:
    """The pages of a book with one claim, and one reply if any of its cells are given.

    Its text is one that `check` refuses: a page must show it as text even if it came that far.
    """
    loaded = tables(
        articles=[
            {
                "title_en": "An article", "title_zh": "文", "script": "Hans", "outlet": "A paper",
                "published_low": "2024-06-30", "published_high": "2024-06-30", "characters": "9",
            }
        ],
        claims=[{"kind": "position", "short_en": "A claim", "statement_en": "So it is.", "statement_zh": "是。"}],
        readings=[{"method": "stance", "table": "stances", "key": "a.01", "period": ""}],
        replies=[{**REPLY, "text": HOSTILE, **reply}] if reply else [],
    )  # fmt: skip
    described = Schema(loaded.schema.folder, {**loaded.schema.package, "repository": repository})
    loaded = type(loaded)(described, {name: loaded[name] for name in loaded})
    return pages.Pages(loaded, ledger.ledger(loaded), set())


def claim_page(book: pages.Pages) -> BeautifulSoup:
    return BeautifulSoup(book.claim_part("a.01", up="../"), "html.parser")


def test_a_reply_stands_beside_the_verdict_in_its_own_words_and_language() -> None:
    soup = claim_page(made(author="An Author"))
    quoted = soup.select_one(".claim-reply")
    assert quoted.find(lang="zh-Hant").get_text() == HOSTILE and soup.find("script") is None
    assert "An Author replies" in quoted.get_text() and "2024-09-01" in quoted.get_text()
    assert "By letter of the same day" in quoted.get_text()
    assert quoted.find("a")["href"] == "https://example.org/reply"
    before = quoted.find_previous_sibling("dl", class_="claim-verdicts")
    assert before is not None


def test_without_a_row_nothing_is_shown() -> None:
    assert claim_page(made()).select_one(".claim-reply") is None


def published(book: pages.Pages, folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setattr(api, "_pack", lambda *_: None)
    api.write(book, folder)
    return json.loads((folder / "api" / "claims" / "a.01.json").read_text("utf-8"))


def test_programs_get_the_reply_too_by_the_published_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    claim = published(made(author="An Author"), tmp_path / "one", monkeypatch)
    assert [(reply["author"], reply["text"]) for reply in claim["replies"]] == [("An Author", HOSTILE)]
    resources = [
        (path.name, Resource.from_contents(json.loads(path.read_text("utf-8"))))
        for path in api.SCHEMAS.glob("*.json")
    ]
    schema = json.loads((api.SCHEMAS / "claim.schema.json").read_text("utf-8"))
    Draft202012Validator(schema, registry=Registry().with_resources(resources)).validate(claim)
    assert published(made(), tmp_path / "none", monkeypatch)["replies"] == []


@pytest.mark.parametrize("repository", ["https://example.org/book", "https://example.org/book/"])
def test_a_reader_can_object_once_the_project_has_an_address(repository: str) -> None:
    links = [str(link["href"]) for link in claim_page(made(repository)).select(".claim-links a.external")]
    forms = sorted(path.name for path in (paths.ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))
    named = sorted(link.partition("template=")[2].partition("&")[0] for link in links)
    assert named == [form for form in forms if form != "config.yml"]
    assert all(link.startswith("https://example.org/book/issues/new?") and link.endswith("claim=a.01") for link in links)


def test_without_an_address_no_link_leads_nowhere() -> None:
    assert "Disagree" not in claim_page(made()).get_text()


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"claim_id": "a.09"}, "replies.csv, row 2, column claim_id: 'a.09': not in claims.csv; add the row it points to"),
        ({"permission": ""}, "replies.csv, row 2, column permission"),
        ({"language": "zh"}, "replies.csv, row 2, column language: 'zh'"),
        ({"date": "2024-05-31"}, "column date: '2024-05-31': before the article, of 2024-06-01; correct the date"),
        ({"url": "example.org"}, "replies.csv, row 2, column url: 'example.org'"),
        ({"text": HOSTILE}, "': markup; write plain text"),
    ],
)
def test_a_reply_that_cannot_be_printed_is_named(tmp_path: Path, cells: dict[str, str], said: str) -> None:
    folder = sound.write(tmp_path, {**sound.SOUND, "replies": [{**REPLY, **cells}]})
    defects = [str(defect) for defect in loading.check(folder)]
    assert len(defects) == 1 and said in defects[0], defects
    assert checks.replies in checks.BETWEEN_ROWS


@pytest.mark.parametrize(
    "cells",
    [{}, {"author": "何先生", "language": "zh-Hans", "text": "不然。"}, {"language": "en", "text": "No: Шойгу said 5 < 6."}],
)
def test_a_sound_reply_is_no_defect(tmp_path: Path, cells: dict[str, str]) -> None:
    assert loading.check(sound.write(tmp_path, {**sound.SOUND, "replies": [{**REPLY, **cells}]})) == []
