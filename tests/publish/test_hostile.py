"""Hostile text that has passed every check: no generator makes markup, a script, a formula or a path of it."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hostile import PAYLOAD, injected, pages_of_payloads
from pybtex.database import parse_string

from analysis.figures import style
from analysis.figures.figure import csv as figure_csv
from analysis.figures.figure import publish
from analysis.figures.play import Play, Slider
from analysis.figures.table import Column, table
from publish import aif, api, citations, explorer, pages


@pytest.fixture(scope="module")
def book() -> pages.Pages:
    return pages_of_payloads()


@pytest.fixture(scope="module")
def files(book: pages.Pages) -> dict[str, str]:
    return book.files()


def test_no_part_of_a_page_holds_an_injected_element(files: dict[str, str]) -> None:
    shown = 0
    for name, content in files.items():
        if name.endswith(".html"):
            assert injected(content) == [], name
            shown += PAYLOAD in BeautifulSoup(content, "html.parser").get_text()
    assert shown >= 8  # the payload is there, as text


def test_an_address_that_is_none_of_the_web_is_no_link(files: dict[str, str]) -> None:
    soup = BeautifulSoup(files["parts/sources/other.html"], "html.parser")
    assert [str(link["href"]) for link in soup.find_all("a") if ":" in str(link["href"])] == []


def test_files_lie_below_their_folder_whatever_an_id_says(files: dict[str, str]) -> None:
    assert {re.sub(r"[\w./-]", "", name) for name in files} == {""}
    assert not any(".." in name or name.startswith("/") for name in files)


def test_nothing_ends_the_data_of_a_script(book: pages.Pages, files: dict[str, str], tmp_path: Path) -> None:
    scripts = BeautifulSoup(files["parts/article-a.html"], "html.parser").find_all("script")
    (review,) = scripts
    assert json.loads(review.string or "")["@graph"][2]["claimReviewed"] == PAYLOAD
    explorer.write(book, tmp_path)
    text = (tmp_path / "_static" / "explorer" / "a.js").read_text("utf-8")
    part = json.loads(text.partition(" = ")[2].rstrip().removesuffix(";"))["a.01"]
    assert injected(part) == []


def test_what_the_explorer_searches_in_stays_text_when_it_is_decoded_once_more(files: dict[str, str]) -> None:
    cell = BeautifulSoup(files["parts/explorer.html"], "html.parser").select_one("td[data-search]")
    assert cell is not None
    assert injected(str(cell["data-search"])) == []
    assert PAYLOAD.lower() in BeautifulSoup(str(cell["data-search"]), "html.parser").get_text()


def test_documents_for_machines_hold_the_text_as_it_is(book: pages.Pages, tmp_path: Path) -> None:
    folder = tmp_path / "html"
    folder.mkdir()
    api.write(book, folder)
    assert list(tmp_path.iterdir()) == [folder]
    claim = json.loads((folder / "api" / "claims" / "a.01.json").read_text("utf-8"))
    assert claim["statement_en"] == PAYLOAD
    document = aif.document(book.claims, [{"inference_id": "i", "from_claim": "a.01", "to_claim": "a.02", "relation": "support", "warrant": PAYLOAD}], book.ledger)
    assert json.loads(json.dumps(document))["nodes"][0]["text"] == PAYLOAD


@pytest.mark.parametrize("title", ["a}, note = {x", "a{b", "}", "\\input{/etc/passwd}", "@book{evil, title = {x}}", "50 % of $x #1 & y_z ~"])
def test_a_title_is_no_part_of_bibtex(title: str) -> None:
    item = citations.claim(citations.book("2026-08-31"), {"claim_id": "a.01", "short_en": title})
    text = citations.bibtex(item)
    (entry,) = parse_string(text, "bibtex").entries.values()
    assert set(entry.fields) <= {"title", "booktitle", "year", "note", "doi"}
    assert entry.fields["note"].startswith("Version")
    assert "\\input" not in text


FORMULAS = ["=1+1", "@SUM(A1)", "+1+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "\t=1", "\r=1", " =1", "＝1+1", "-A1", "+SUM(1)"]
AMOUNTS = ["-3", "+3", "-4.5", "+$13.5 bn", "+22 pp", "+10\u202f541", "-€3.56\u202fbn", "−5", "up", "a=b"]


def test_a_downloaded_table_holds_no_formula_and_its_numbers_unchanged() -> None:
    data = pd.DataFrame({"text": [*FORMULAS, *AMOUNTS], "number": [-1.5] * (len(FORMULAS) + len(AMOUNTS))})
    read = list(csv.DictReader(io.StringIO(figure_csv(data))))
    assert [row["text"] for row in read] == [*(f"'{text}".replace("\r", " ") for text in FORMULAS), *AMOUNTS]
    assert {row["number"] for row in read} == {"-1.5"}
    assert list(data["text"]) == [*FORMULAS, *AMOUNTS]


def _shown(markup: str, **words: Any) -> None:
    assert injected(markup) == []
    assert PAYLOAD in BeautifulSoup(markup, "html.parser").get_text()


def test_figures_tables_and_plays_show_the_payload_as_text() -> None:
    words = {"title": PAYLOAD, "subtitle": PAYLOAD, "source": PAYLOAD}
    data = pd.DataFrame({"a": [PAYLOAD], "b": [1.0]})
    canvas = style.canvas(1.0)
    canvas.text(0.1, 0.5, PAYLOAD.replace("$", "\\$"))
    figure = publish(canvas, data, figure_id="f-1", alt=PAYLOAD, **words)
    _shown(figure._repr_html_())
    drawing = BeautifulSoup(figure.svg, "html.parser")
    assert drawing.find("script") is None and injected(figure.svg) == []
    _shown(table(data, {"a": Column(PAYLOAD), "b": Column("B", numeric=True)}, table_id="t-1", **words)._repr_html_())
    slider = Slider("name", PAYLOAD, PAYLOAD, 0, 1, 0.1, 0.5, PAYLOAD)
    _shown(Play("p", "offer", PAYLOAD, [slider], PAYLOAD, [], PAYLOAD, {"x": PAYLOAD})._repr_html_())
