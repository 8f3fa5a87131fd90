"""The whole book as one PDF: complete, readable as text in both scripts, with contents that lead to their pages."""

from __future__ import annotations

import filecmp
import json
import re
import unicodedata
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup
from fontTools.ttLib import TTFont
from pypdf import PdfReader
from support import Run

from analysis import paths, tables
from publish import browser as browsers
from publish import crate, paper, pdf

pytestmark = pytest.mark.skipif(browsers.installed() is None, reason=f"no PDF was printed: {browsers.MISSING}")


@pytest.fixture(scope="module")
def file(run: Run, site: Path) -> Path:
    done = run(paths.ROOT, "publish", "pdf")
    assert done.returncode == 0, done.stdout + done.stderr
    path = site / pdf.FILE
    assert done.stdout.rstrip().endswith(str(path))
    return path


@pytest.fixture(scope="module")
def reader(file: Path) -> PdfReader:
    return PdfReader(file)


def plain(text: str) -> str:
    """Letters and digits alone: where lines break and words are parted is the printer's affair."""
    return re.sub(r"\W+", "", unicodedata.normalize("NFKC", text))


@pytest.fixture(scope="module")
def book(site: Path) -> list[paper.Part]:
    return paper.parts(yaml.safe_load((paths.BUILD / "source" / "_toc.yml").read_text("utf-8")), site)


@pytest.fixture(scope="module")
def chapters(book: list[paper.Part]) -> list[paper.Chapter]:
    return [chapter for part in book for chapter in part.chapters]


@pytest.fixture(scope="module")
def numbers(file: Path) -> dict[str, int]:
    """The page of every place that the PDF's links lead to."""
    return pdf.places(file)


@pytest.fixture(scope="module")
def read(reader: PdfReader, chapters: list[paper.Chapter], numbers: dict[str, int]) -> tuple[dict[int, str], list[str]]:
    """The text of some pages by number, and what of it stands outside its page.

    Reading all pages takes minutes: these are the first ones up to the first chapter, each chapter's first and
    every sixth.
    """
    starts = [numbers[chapter.name] for chapter in chapters]
    texts, outside = {}, []
    for number in sorted({*range(1, starts[0] + 1), *starts, *range(6, len(reader.pages), 6), len(reader.pages)}):
        page = reader.pages[number - 1]
        wide, high = float(page.mediabox.width), float(page.mediabox.height)

        def seen(text: str, cm: list[float], tm: list[float], *_: object, number: int = number, wide: float = wide, high: float = high) -> None:
            x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            if text.strip() and not (0 <= x <= wide and 0 <= y <= high):
                outside.append(f"page {number}: {text.strip()[:30]!r} at {x:.0f}, {y:.0f}")

        texts[number] = page.extract_text(visitor_text=seen)
    return texts, outside


def test_no_heading_is_parted_from_what_it_heads(reader: PdfReader, book: list[paper.Part]) -> None:
    """A heading has room for two lines below it, or something that stands on its page below it."""
    named = {name.lstrip("/"): place for name, place in reader.named_destinations.items()}
    least = 21 / 25.4 * 72 + 2 * 12  # the margin below and two lines, in points
    low = []
    for chapter in (chapter for part in book for chapter in part.chapters):
        for heading in BeautifulSoup(chapter.body, "html.parser").find_all(paper.HEADINGS, id=True):
            place = named.get(str(heading["id"]))
            if place is not None and place.top is not None and float(place.top) < least:
                low.append(f"{heading.get_text()[:50]} on page {reader.get_destination_page_number(place) + 1}")
    assert low == []


WIDER = """() => {
  const edge = document.querySelector('main').getBoundingClientRect().right + 1;
  const over = [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > edge && !e.closest('svg'));
  return over.map(e => `${e.tagName} ${e.className} ${e.textContent.trim().slice(0, 40)}`).slice(0, 20);
}"""


def test_the_crate_lists_it_and_the_page_that_offers_it(file: Path, site: Path) -> None:
    listed = {one["@id"]: one.get("contentSize") for one in json.loads((site / crate.NAME).read_text("utf-8"))["@graph"]}
    assert pdf.FILE in (site / "index.html").read_text("utf-8")
    assert all(listed[name] == str((site / name).stat().st_size) for name in (pdf.FILE, "index.html"))


def test_nothing_is_wider_than_the_text(file: Path) -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as opener:  # this process may hold another browser already
        assert opener.submit(too_wide, paths.BUILD / "paper" / "book.html").result() == []


def too_wide(page: Path) -> list[str]:
    """What of the page to be printed stands out of a column as wide as a page of A4 without its margins."""
    with browsers.opened() as opened:
        tab = opened.new_page(viewport={"width": round((210 - 2 * 21) / 25.4 * 96), "height": 900})
        tab.set_default_timeout(pdf.LONGEST)
        tab.emulate_media(media="print")
        tab.goto(page.as_uri(), timeout=pdf.LONGEST)
        tab.evaluate("document.fonts.ready.then(() => true)")
        return list(tab.evaluate(WIDER))


def test_every_character_has_a_glyph(file: Path) -> None:
    folder = paths.BUILD / "paper"
    known = {code for font in folder.glob("*.ttf") for code in TTFont(font).getBestCmap()}
    text = BeautifulSoup((folder / "book.html").read_text("utf-8"), "html.parser").get_text()
    drawn = {character for character in text if not character.isspace() and unicodedata.category(character) != "Cf"}
    assert sorted(character for character in drawn if ord(character) not in known) == []


def test_no_page_is_empty(reader: PdfReader, read: tuple[dict[int, str], list[str]]) -> None:
    shown = re.compile(rb"\bTj\b|\bTJ\b")
    faint = [number for number, page in enumerate(reader.pages, 1) if len(shown.findall(page.get_contents().get_data())) < 5]
    faint += [number for number, text in read[0].items() if len(plain(text)) < 40]
    assert faint == []


def test_it_is_neither_a_leaflet_nor_endless(reader: PdfReader, chapters: list[paper.Chapter]) -> None:
    assert 2 * len(chapters) < len(reader.pages) < 100 * len(chapters)
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages} == {(595, 842)}


def test_nothing_stands_outside_the_page(read: tuple[dict[int, str], list[str]]) -> None:
    assert read[1] == []


def test_every_line_of_the_contents_names_its_page(
    read: tuple[dict[int, str], list[str]], chapters: list[paper.Chapter], numbers: dict[str, int]
) -> None:
    first = numbers[chapters[0].name]
    contents = plain("".join(text for number, text in read[0].items() if number < first))
    entries = [entry for chapter in chapters for entry in (chapter.entry, *chapter.entry.below)]
    assert [entry.title for entry in entries if f"{plain(entry.title)}{numbers[entry.anchor]}" not in contents] == []
    for chapter in chapters:
        assert plain(chapter.entry.title) in plain(read[0][numbers[chapter.name]])


def test_claims_can_be_read_as_text_in_both_languages_and_scripts(read: tuple[dict[int, str], list[str]]) -> None:
    loaded = tables.load()
    scripts = dict(zip(loaded["articles"]["article_id"], loaded["articles"]["script"], strict=True))
    texts = [plain(text) for text in read[0].values()]
    found: dict[str, list[bool]] = {}
    for claim in loaded["claims"].to_dict("records"):
        page = next((text for text in texts if plain(f"{claim['claim_id']} {claim['kind']} {claim['role']} paragraph") in text), None)
        if page is not None:
            whole = plain(claim["statement_en"]) in page and plain(claim["statement_zh"]) in page
            found.setdefault(scripts[claim["article_id"]], []).append(whole)
    assert set(found) == {scripts[article] for article in set(loaded["claims"]["article_id"])}
    for script, ones in found.items():
        assert len(ones) > 5 and sum(ones) / len(ones) > 0.9, script  # a claim may run over its page


def test_the_outline_leads_to_every_chapter_and_section(
    reader: PdfReader, book: list[paper.Part], chapters: list[paper.Chapter], numbers: dict[str, int]
) -> None:
    found: set[tuple[str, int]] = set()

    def walk(items: list[Any]) -> None:
        for item in items:
            if isinstance(item, list):
                walk(item)
            else:
                found.add((item.title, (reader.get_destination_page_number(item) or 0) + 1))

    walk(reader.outline)
    entries = [entry for chapter in chapters for entry in (chapter.entry, *chapter.entry.below)]
    missing = [entry.title for entry in entries if (entry.title, numbers[entry.anchor]) not in found]
    missing += [part.title for part in book if part.title not in {"", *(title for title, _ in found)}]
    assert missing == []


def test_fonts_are_embedded_and_letters_are_no_pictures(reader: PdfReader) -> None:
    kinds = set()
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            found = font.get_object()
            kinds.add(found["/Subtype"])
            for below in found.get("/DescendantFonts", []):
                assert "/FontFile2" in below.get_object()["/FontDescriptor"]
    assert kinds == {"/Type0"}


def test_it_says_what_it_is_and_not_when_it_was_made(reader: PdfReader, file: Path) -> None:
    config = yaml.safe_load((paths.BOOK / "_config.yml").read_text("utf-8"))
    assert (reader.metadata.title, reader.metadata.author) == (config["title"], config["author"])
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert not {"/CreationDate", "/ModDate"} & set(reader.metadata)
    assert reader.xmp_metadata is None
    assert str(paths.ROOT).encode() not in file.read_bytes()


def test_marks_of_cells_keep_their_order_and_count_from_one() -> None:
    assert pdf.renumbered(b"(node00000412)x(node00000376)(node00000412)") == b"(node00000002)x(node00000001)(node00000002)"


def test_links_inside_stay_inside(reader: PdfReader) -> None:
    outside = {
        str(note.get_object()["/A"]["/URI"])
        for page in reader.pages
        for note in page.get("/Annots", [])
        if "/URI" in note.get_object().get("/A", {})
    }
    assert outside and all(re.match("https?://", address) for address in outside), sorted(outside)[:5]


def test_the_first_page_of_the_site_leads_to_it(site: Path, file: Path) -> None:
    links = BeautifulSoup((site / "index.html").read_text("utf-8"), "html.parser").select(f'a[href="{pdf.FILE}"]')
    assert len(links) == 1
    assert "bd-article" in links[0].find_parent("article")["class"]


def test_the_way_to_the_pdf_is_not_printed(book: list[paper.Part]) -> None:
    assert "The whole book as PDF" not in book[0].chapters[0].body


def test_the_same_pages_give_the_same_file(site: Path, file: Path, tmp_path: Path) -> None:
    """Two printings of the book's shortest pages; the whole takes minutes."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "_config.yml").write_bytes((paths.BUILD / "source" / "_config.yml").read_bytes())
    contents = yaml.safe_load((paths.BUILD / "source" / "_toc.yml").read_text("utf-8"))
    last = contents["parts"][-1]
    (source / "_toc.yml").write_text(yaml.safe_dump({**contents, "parts": [{**last, "chapters": last["chapters"][:1]}]}))
    # In a process of its own: this one may hold the browser of other tests already.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as printer:
        for name in ("one", "two"):
            printer.submit(pdf.write, site, source, tmp_path / name, tmp_path / f"{name}.pdf").result()
    assert filecmp.cmp(tmp_path / "one.pdf", tmp_path / "two.pdf", shallow=False)
