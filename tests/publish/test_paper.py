"""The page that is printed: what is on it, in which order, and where its links lead."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from publish import paper

PAGE = """<html><body><article class="bd-article"><section id="{name}"><h1>{title}<a class="headerlink" href="#{name}">#</a></h1>
{body}</section></article></body></html>"""
CONTENTS: dict[str, Any] = {
    "root": "index",
    "parts": [
        {"caption": "The articles", "chapters": [{"file": "one", "sections": [{"file": "claims/one"}]}, {"file": "two"}]},
        {"caption": "Across", "chapters": [{"file": "explorer"}]},
    ],
}


def site(folder: Path, **bodies: str) -> Path:
    for name in ("index", "one", "two", "claims/one", "explorer"):
        path = folder / f"{name}.html"
        path.parent.mkdir(exist_ok=True)
        path.write_text(PAGE.format(name=name.replace("/", "-"), title=name.title(), body=bodies.get(name.replace("/", "_"), "")))
    return folder


def printed(folder: Path, numbers: dict[str, int] | None = None, **bodies: str) -> BeautifulSoup:
    parts = paper.parts(CONTENTS, site(folder, **bodies))
    text = paper.compose(parts, title='A "book"', author="B", foot="<p>c</p>", sheets=[], numbers=numbers or {})
    return BeautifulSoup(text, "html.parser")


def test_pages_stand_in_the_order_of_the_contents_and_pages_to_search_in_are_left_out(tmp_path: Path) -> None:
    soup = printed(tmp_path)
    assert [section["id"] for section in soup.select("section.chapter")] == ["page-index", "page-one", "page-claims-one", "page-two"]
    assert [heading.get_text() for heading in soup.select("h1")] == ["The articles"]
    assert [heading.get_text() for heading in soup.select("h2")] == ["About this book", "One", "Claims/One", "Two"]


def test_links_lead_to_places_on_paper_or_are_plain_text(tmp_path: Path) -> None:
    body = (
        '<p id="here"><a href="#here">a</a> <a href="../two.html">b</a> <a href="../two.html#there">c</a> '
        '<a href="../explorer.html">d</a> <a href="../api/claims.json">e</a> <a href="https://example.org/x">f</a></p>'
    )
    soup = printed(tmp_path, claims_one=body)
    links = {link.get_text(): link["href"] for link in soup.select("main a")}
    assert links == {"a": "#page-claims-one--here", "b": "#page-two", "c": "#page-two--there", "f": "https://example.org/x"}
    assert "d e" in soup.select_one("#page-claims-one--here").get_text()


def test_what_is_folded_is_open_and_what_needs_a_screen_is_gone(tmp_path: Path) -> None:
    body = (
        '<details class="above-input"><summary>code</summary><pre>x = 1</pre></details><form hidden>slide</form>'
        '<details class="finding-fold"><summary>Show the 9 rows</summary><table><tr><td>nine</td></tr></table></details>'
        "<details><summary>Which</summary><p>these</p></details>"
        '<div class="claim"><details><summary>readings</summary>long</details><p>kept</p></div>'
    )
    text = printed(tmp_path, one=body).select_one("#page-one").get_text(" ", strip=True)
    assert text == "The articles One nine Which these kept"


@pytest.mark.parametrize(("rows", "printed_there"), [(paper.LONGEST, True), (paper.LONGEST + 1, False)])
def test_a_folded_table_is_printed_unless_it_is_very_long(tmp_path: Path, rows: int, printed_there: bool) -> None:
    table = "<table><tbody>" + "<tr><td>cell</td></tr>" * rows + "</tbody></table>"
    body = f'<details class="finding-fold"><summary>Show the rows</summary><div>{table}</div></details>'
    text = printed(tmp_path, one=body).select_one("#page-one").get_text(" ", strip=True)
    assert ("cell" in text) == printed_there
    assert (f"Its {rows} rows" in text) != printed_there


def test_the_ways_to_rows_and_the_pictures_for_dark_screens_stay_out(tmp_path: Path) -> None:
    body = (
        '<p>5<a class="rows-mark" href="#r">rows</a></p><details class="finding-rows"><summary>Rows: 9</summary></details>'
        '<img class="finding-light" src="a.svg" alt="" width="640" height="2700">'
        '<img class="finding-dark" src="dark/a.svg" alt="" width="640" height="2700">'
        '<img class="only-light" src="b.svg" alt=""><img class="only-dark" src="dark/b.svg" alt="">'
    )
    soup = printed(tmp_path, one=body).select_one("#page-one")
    assert soup.get_text(" ", strip=True) == "The articles One 5"
    assert {str(image["src"]).rpartition("/")[0] for image in soup.select("img")} == {tmp_path.as_uri()}


@pytest.mark.parametrize(("height", "pieces"), [(640, 0), (1280, 0), (1300, 2), (1920, 2), (2700, 3)])
def test_a_picture_too_tall_to_be_read_on_a_page_is_shown_in_overlapping_pieces(tmp_path: Path, height: int, pieces: int) -> None:
    body = f'<figure><img src="figures/a.svg" width="640" height="{height}" alt="what is seen" loading="lazy"></figure>'
    soup = printed(tmp_path, two=body)
    shown = soup.select("figure img")
    assert all(str(image["src"]) == (tmp_path / "figures" / "a.svg").as_uri() and not image.get("loading") for image in shown)
    assert [image["alt"] for image in shown if image["alt"]] == ["what is seen"]
    offsets = [float(str(image["style"]).removeprefix("margin-top:").removesuffix("mm")) for image in soup.select(".slice img")]
    assert len(offsets) == pieces
    if pieces:
        tall = height / 640 * paper.WIDTH
        assert offsets[0] == 0
        assert -offsets[-1] + paper.PIECE == pytest.approx(tall, abs=0.1)
        assert all(before - after <= paper.PIECE - paper.OVERLAP + 0.1 for before, after in itertools.pairwise(offsets))


def test_the_contents_carry_page_numbers_and_no_single_claims(tmp_path: Path) -> None:
    section = '<section id="claim-1"><h2>A claim</h2><div class="claim"></div></section>'
    chapter = '<section id="first"><h2>First section</h2></section>'
    soup = printed(tmp_path, numbers={"page-one": 7, "page-one--first": 8}, one=chapter, claims_one=section)
    lines = {
        line.select_one(".contents-title").get_text(): line.select_one(".contents-number").get_text() for line in soup.select("nav a")
    }
    assert lines == {"About this book": "", "One": "7", "First section": "8", "Claims/One": "", "Two": ""}


def test_running_heads_cannot_break_the_style_sheet(tmp_path: Path) -> None:
    style = printed(tmp_path).select_one("style").get_text()
    assert 'content: "A \\"book\\"";' in style


def test_a_page_without_an_article_is_named(tmp_path: Path) -> None:
    (site(tmp_path) / "two.html").write_text("<html></html>")
    with pytest.raises(ValueError, match=r"two\.html has no article"):
        paper.parts(CONTENTS, tmp_path)


def test_a_page_spread_over_a_folder_is_printed_as_one(tmp_path: Path) -> None:
    folder = site(tmp_path, one='<p class="initials">T</p><div class="publishers">list</div><a href="two/t.html#x">to it</a>')
    (folder / "two").mkdir()
    for name in ("other", "t"):
        (folder / "two" / f"{name}.html").write_text(PAGE.format(name=name, title=name, body='<p id="x">it</p>'))
    text = paper.compose(paper.parts(CONTENTS, folder), title="A", author="B", foot="", sheets=[], numbers={})
    soup = BeautifulSoup(text, "html.parser")
    assert soup.select_one("#page-one").get_text(" ", strip=True) == "The articles One to it"
    assert soup.select_one("#page-one a")["href"] == "#page-two-t--x"
    assert [heading.get_text() for heading in soup.select("#page-two h2, #page-two h3")] == ["Two", "t", "other"]
    assert len(soup.select("#page-two-t--x")) == 1
    assert [line.get_text() for line in soup.select("nav .contents-title")] == ["About this book", "One", "Claims/One", "Two"]
