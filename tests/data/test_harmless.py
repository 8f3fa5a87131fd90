"""Hostile data: a cell that would be more than text is refused, in whatever text column it stands."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
import rows
import sound

from analysis import checks, paths, schema, tables
from analysis.errors import InputError, shortened
from analysis.rules import harmless

PAYLOADS = {
    "<script>alert(1)</script>": "markup",
    "a <img src=x onerror=alert(1)>": "markup",
    "</textarea><svg/onload=alert(1)>": "markup",
    "<!--": "markup",
    "&lt;img src=x onerror=alert(1)&gt;": "markup",
    "=HYPERLINK(\"http://evil.example\",\"x\")": "formula",
    "+1+cmd|' /C calc'!A0": "formula",
    "-2+3+cmd|' /C calc'!A0": "formula",
    "@SUM(1+1)": "formula",
    "＝1+1": "formula",
    "a; =1+1": "formula",
    "a\t=1+1": "not seen",
    "a\rb": "not seen",
    "a\nb": "not seen",
    "a\0b": "not seen",
    "a\u202eb": "not seen",
    "a\u200bb": "not seen",
    "a\u2028b": "not seen",
    "[a](http://evil.example)": "link or picture",
    "![a](x)": "link or picture",
    "[a]: http://evil.example": "link or picture",
    "{raw}`html`": "directive",
    "```{raw} html": "directive",
    ":::{note}": "directive",
    "{eval-rst}": "directive",
    "see javascript:alert(1)": "a browser would run",
    "JaVaScRiPt:alert(1)": "a browser would run",
    "data:text/html,x": "a browser would run",
}
HARMLESS = (
    "<5", ">=50", "-4.5", "+3", "0.5", "1 < 2 > 1", "Johnson & Johnson; others", "$20 billion and €3", "about [sic] a third",
    "12 % of A_B", "a = b", "50/50", "x@example.org", "up 11 percent", "data: World Bank", "China data: July", "人民幣＋盧布", "{2}",
)  # fmt: skip


def _everywhere(text: str) -> dict[str, list[dict[str, Any]]]:
    """One row for every table, with the text in each of its columns of text."""
    described = schema.read(paths.DATA)
    return {
        name.replace("-", "_"): [
            {
                column: text if field["type"] == "string" and field.get("semantic") != "decimal" else ""
                for column, field in table.fields.items()
            }
        ]
        for name, table in described.tables.items()
    }


@pytest.mark.parametrize(("text", "said"), PAYLOADS.items())
def test_a_payload_is_refused_in_every_column_of_text(text: str, said: str) -> None:
    made = rows.tables(**_everywhere(text))
    found = {(defect.file, defect.column): defect.problem for defect in harmless.texts(made)}
    wanted = {
        (table.path, column)
        for table in made.schema.tables.values()
        for column, field in table.fields.items()
        if field["type"] == "string" and field.get("semantic") != "decimal"
    }
    assert set(found) == wanted
    assert all(said in problem for problem in found.values()), found


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_only_text_passes(text: str) -> None:
    assert list(harmless.texts(rows.tables(**_everywhere(text)))) == []


def test_the_defect_names_row_and_mend(tmp_path: Path) -> None:
    made = copy.deepcopy(sound.SOUND)
    made["observations"][1]["note"] = "=1+1"
    (defect,) = tables.check(sound.write(tmp_path, made))
    assert str(defect) == (
        "observations.csv, row 3, column note: '=1+1': a spreadsheet would take it for a formula; "
        "let the text begin with a word: up 11 percent, minus 4.5"
    )


@pytest.mark.parametrize(
    ("table", "ids", "said"),
    [
        ("articles", ["index"], "is the name of a page of the book; choose another id"),
        ("claims", ["index", "nul.x"], "is a name that Windows keeps for a device; choose another id"),
        ("articles", ["nul"], "is a name that Windows keeps for a device"),
        ("series", ["gas", "COM1.exports"], "is a name that Windows keeps for a device"),
        ("series", ["lpt10", "s" * 100, "s" * 101], "has more than 100 characters, which is too long for a file name"),
        ("series", ["a.b", "a-b"], "has the same address as a.b, since only letters and digits count in it"),
        ("sources", ["a_b", "A.b"], "has the same address as a_b, since"),
        ("figures", ["con_tracts", "aux-x"], "is a name that Windows keeps for a device"),
        ("series", ["conclusions.count", "gas.all", "a.b"], ""),
    ],
)
def test_an_id_becomes_a_file_of_its_own_on_every_system(table: str, ids: list[str], said: str) -> None:
    column = harmless.FILED[table]
    found = rows.said(harmless.names, {table: [{column: name} for name in ids]})
    place = f"{table}.csv, row {len(ids) + 1}, column {column}: '{shortened(ids[-1])}': {said}"
    assert rows.refused(found, *([place] if said else []))


def test_an_id_may_return_in_another_table() -> None:
    made = {"articles": [{"article_id": "a"}], "claims": [{"claim_id": "a"}], "series": [{"series_id": "a"}, {"series_id": "a"}]}
    assert rows.said(harmless.names, made) == []  # the same id twice is told of as a key that is repeated


def test_rules_on_harm_are_asked_with_all_others() -> None:
    assert harmless.texts in checks.OF_CELLS and harmless.names in checks.BETWEEN_ROWS


def test_a_payload_is_named_in_its_row() -> None:
    made = {"sources": [{"title": "Sound"}, {"title": "<b>", "url": "=1"}, {"title": ""}, {"title": "{2} <IMG SRC=x>"}]}
    said = [("title", 3, "'<b>': markup"), ("title", 5, "'{2} <IMG SRC=x>': markup"), ("url", 3, "'=1': a spreadsheet would take it")]
    assert rows.refused(rows.said(harmless.texts, made), *(f"sources.csv, row {row}, column {column}: {told}" for column, row, told in said))


def test_every_page_of_the_book_has_a_name_that_no_article_can_take() -> None:
    articles = set(tables.load(paths.DATA)["articles"]["article_id"])
    pages = {path.stem for path in paths.BOOK.iterdir() if path.suffix in (".md", ".ipynb")} - articles
    assert pages <= harmless.OWN_PAGES


@pytest.mark.parametrize(
    "identifier", ["../../etc/passwd", "/etc/passwd", "..\\x", "C:x", "a/b", "a\0b", "a b", "", "~", "x.csv\n"]
)
def test_an_id_is_never_a_path(tmp_path: Path, identifier: str) -> None:
    made = copy.deepcopy(sound.SOUND)
    ids = {"articles": "article_id", "claims": "claim_id", "series": "series_id"}
    for table, column in ids.items():
        made[table][0][column] = identifier
    found = tables.check(sound.write(tmp_path, made))
    for table, column in ids.items():
        assert any((defect.file, defect.row) == (f"{table}.csv", 2) and defect.column in (column, "") for defect in found), table


@pytest.mark.parametrize("path", ["../claims.csv", "/etc/passwd", "a/../../x.csv", "C:\\x.csv", "claims.csv\0", "claims", "http://x/y.csv"])
def test_a_table_lies_below_its_folder(tmp_path: Path, path: str) -> None:
    sound.write(tmp_path)
    package = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    package["resources"][1]["path"] = path
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(InputError, match="write a path below the folder"):
        tables.check(tmp_path)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "ftp://a.example/", "https://a b", "file:///etc/passwd"])
def test_an_address_is_one_of_the_web(tmp_path: Path, address: str) -> None:
    made = copy.deepcopy(sound.SOUND)
    for table in ("sources", "articles"):
        made[table][0]["url"] = address
    found = {(defect.file, defect.column) for defect in tables.check(sound.write(tmp_path, made))}
    assert {("sources.csv", "url"), ("articles.csv", "url")} <= found
