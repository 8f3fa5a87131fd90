"""The way from a figure and from a computed number to rows: which rows, and which figure a number is taken to be from."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from rows import tables

from analysis import ledger
from publish import follow, pages

FIGURE = (
    '<figure id="{place}" class="finding"><figcaption><p class="finding-title">{title}</p></figcaption>{body}'
    '<p class="finding-download">Download: <a download="{place}.csv" href="figures/{place}.csv">Data</a></p></figure>'
)
CLAIMS = follow.Way("table", "all claims", "explorer.html")
OUTPUT = '<div class="cell_output docutils container">\n{}\n</div>'


def trail(**changes: list[dict[str, object]]) -> follow.Trail:
    loaded = tables(
        **{
            "articles": [{}],
            "sources": [{}],
            "claims": [{"short_en": "A share", "qualifier": "about", "figure_low": Decimal("50"), "figure_high": Decimal("50")}],
            "readings": [{}],
            "series": [{"title_en": "Share of gas"}],
            "observations": [{"observation_id": "s@2023@@x", "value": Decimal("51.0")}],
            "backing": [{"place": "table-a-robustness", "tables": "inferences"}],
            **changes,
        }
    )
    return follow.Trail(pages.Pages(loaded, ledger.ledger(loaded), set()))


def addresses(ways: list[follow.Way]) -> list[str]:
    return [way.address for way in ways]


@pytest.mark.parametrize(
    ("place", "rows", "expected"),
    [
        ("figure-one", {"series_id": ["s"]}, ["series/s.html"]),
        ("figure-one", {"observation_id": ["s@2023@@x;s@2023@@x"]}, ["series/s.html"]),
        ("figure-one", {"series": ["Share of gas"]}, ["series/s.html"]),
        ("figure-one", {"claim_id": ["a.01", "a.01"]}, ["claims/a.html#claim-a-01"]),
        ("figure-one", {"claim": ["A share"]}, ["claims/a.html#claim-a-01"]),
        ("figure-curve-a-01-choice", {"estimate": ["1"]}, ["claims/a.html#claim-a-01", "series/s.html"]),
        ("table-a-robustness", {"min": ["1"]}, ["tables/inferences.html"]),
        ("figure-one", {"label": ["s"]}, ["claims/a.html"]),  # a word that happens to be a key names no row
    ],
)
def test_a_figure_leads_to_the_rows_that_its_data_or_its_id_name(place: str, rows: dict[str, list[str]], expected: list[str]) -> None:
    assert addresses(trail().ways(place, pd.DataFrame(rows), "a.html")) == expected


def test_the_table_of_figures_names_what_a_figure_s_own_data_do_not() -> None:
    named = trail(figures=[{"figure_id": "one", "article_id": "a", "series_ids": "s", "claim_ids": "a.01"}])
    assert addresses(named.ways("figure-one", pd.DataFrame({"x": ["1"]}), "a.html")) == ["series/s.html"]


def test_a_page_of_no_article_leads_to_all_claims() -> None:
    assert addresses(trail().ways("figure-one", pd.DataFrame(), "across.html")) == ["explorer.html"]


def made(folder: Path, body: str, **data: str) -> tuple[Path, dict[str, follow.Shown]]:
    """A page with that body and these files of figures' data, its figures linked."""
    (folder / "figures").mkdir()
    for name, rows in data.items():
        (folder / "figures" / f"figure-{name}.csv").write_text(rows)
    page = folder / "a.html"
    page.write_text(f'<main><section id="top"><h1>A</h1>{body}</section></main>')
    return page, follow.link_figures(page, folder, trail())


def test_rows_stand_under_the_figure_and_many_are_folded(tmp_path: Path) -> None:
    claims = "".join(FIGURE.format(place=f"figure-{name}", title="T", body="") for name in ("one", "two"))
    many = "claim_id,series_id,event_id\n" + "a.01,s,e\n"
    page, shown = made(tmp_path, claims, one=many, two="label\nx\n")
    soup = BeautifulSoup(page.read_text(), "html.parser")
    assert soup.select_one("#figure-one > p#rows-figure-one").get_text() == "Rows: A share · Share of gas"
    assert {figure.target for figure in shown.values()} == {"rows-figure-one", "rows-figure-two"}
    ways = [follow.Way("series", f"S{number}", f"series/{number}.html") for number in range(5)]
    folded = BeautifulSoup(follow._line("figure-x", ways, ""), "html.parser")
    assert folded.select_one("details > summary").get_text() == "Rows: 5 series"
    assert len(folded.select("details > p#rows-figure-x a")) == 5


def test_a_table_whose_cells_are_the_links_gets_none_below(tmp_path: Path) -> None:
    body = FIGURE.format(place="figure-one", title="T", body='<a href="claims/a.html#claim-a-01">a.01</a>')
    page, shown = made(tmp_path, body, one="claim_id\na.01\n")
    assert "finding-rows" not in page.read_text()
    assert shown["figure-one"].target == "figure-one"


def marks(page: Path) -> dict[str, str]:
    """Where the mark of each block leads, by the block's first words."""
    soup = BeautifulSoup(page.read_text(), "html.parser")
    return {mark.parent.get_text()[:12]: str(mark["href"]) for mark in soup.select("a.rows-mark")}


def test_a_number_leads_to_the_figure_that_holds_it(tmp_path: Path) -> None:
    figures = [FIGURE.format(place=f"figure-{name}", title=title, body="") for name, title in (("one", "Gas"), ("two", "Coal"))]
    said = OUTPUT.format("<p>In all, 61.9 % of it.</p>") + OUTPUT.format("<p>Nothing near it, 5 of 6.</p>")
    page, shown = made(tmp_path, f'<section id="s">{figures[0]}{figures[1]}{said}</section>', one="value\n61.94\n", two="value\n7\n")
    assert follow.mark_numbers(page, shown, CLAIMS) == 2
    assert marks(page) == {"In all, 61.9": "#rows-figure-one", "Nothing near": "#rows-figure-two"}  # the second: the nearest before it


@pytest.mark.parametrize(
    ("said", "leads"),
    [
        ("<p>Of 4711 units 61.94 went.</p>", "#rows-figure-one"),  # both numbers are there, and nowhere else
        ("<p>Some 27 of 30.</p>", "explorer.html"),  # both figures hold a number as good as this
        ("<p>Some 98 of 99.</p>", "explorer.html"),  # neither figure holds any of it
    ],
)
def test_a_number_that_clearly_is_from_no_figure_leads_to_the_claims(tmp_path: Path, said: str, leads: str) -> None:
    figures = [f"<section>{FIGURE.format(place=f'figure-{name}', title='Gas', body='')}</section>" for name in ("one", "two")]
    body = f'<section id="s">{"".join(figures)}<section>{OUTPUT.format(said)}</section></section>'
    page, shown = made(tmp_path, body, one="value\n61.94\n4711\n27\n", two="value\n7\n27\n")
    assert follow.mark_numbers(page, shown, CLAIMS) == 1
    assert list(marks(page).values()) == [leads]


def test_only_computed_paragraphs_without_a_way_are_marked(tmp_path: Path) -> None:
    figure = FIGURE.format(place="figure-one", title="Gas", body="<p>Axis to 100</p>")
    body = (
        f'<section id="s"><p>Written in 2024.</p>{OUTPUT.format(f"<div class=output>{figure}</div>")}'
        + OUTPUT.format('<p>Told: <a href="claims/a.html#claim-a-01">50</a></p>')
        + OUTPUT.format("<p>No number.</p>")
        + OUTPUT.format("<p>Led:</p>\n<ul><li><p>one 1</p></li><li><p>two 2</p></li></ul>")
        + OUTPUT.format("<ul><li><p>free 1</p></li><li>loose 2</li></ul>")
        + "</section>"
    )
    page, shown = made(tmp_path, body, one="value\n1\n")
    follow.mark_numbers(page, shown, CLAIMS)
    assert set(marks(page)) == {"Led: rows", "free 1 rows", "loose 2 rows"}


def test_a_page_keeps_all_it_said(tmp_path: Path) -> None:
    figure = FIGURE.format(place="figure-one", title="Gas &amp; oil", body="")
    said = OUTPUT.format("<p>A &lt; B, 12 &amp; 13 <br/> of <em>14</em></p>")
    page, shown = made(tmp_path, f'<section id="s">{figure}{said}</section>', one="value\n12\n")
    before = page.read_text()
    follow.mark_numbers(page, shown, CLAIMS)
    soup = BeautifulSoup(page.read_text(), "html.parser")
    soup.select_one("a.rows-mark").extract()
    assert soup.get_text().split() == BeautifulSoup(before, "html.parser").get_text().split()
