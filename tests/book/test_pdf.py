"""The whole book as one PDF: complete, readable as text in both scripts, with contents that lead to their pages."""

from __future__ import annotations

import filecmp
import re
import unicodedata
from pathlib import Path

import pytest
import yaml
from pypdf import PdfReader
from support import Run

from analysis import paths, tables
from publish import browser as browsers
from publish import paper, pdf

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
def texts(reader: PdfReader) -> list[str]:
    return [page.extract_text() for page in reader.pages]


@pytest.fixture(scope="module")
def book(site: Path) -> list[paper.Part]:
    return paper.parts(yaml.safe_load((paths.BUILD / "source" / "_toc.yml").read_text("utf-8")), site)


def test_no_page_is_empty(texts: list[str]) -> None:
    assert [number for number, text in enumerate(texts, 1) if len(plain(text)) < 40] == []


def test_it_is_neither_a_leaflet_nor_endless(reader: PdfReader, book: list[paper.Part]) -> None:
    chapters = [chapter for part in book for chapter in part.chapters]
    assert 2 * len(chapters) < len(reader.pages) < 150 * len(chapters)


def test_every_line_of_the_contents_stands_on_the_page_it_names(file: Path, texts: list[str], book: list[paper.Part]) -> None:
    numbers = pdf.places(file)
    entries = [chapter.entry for part in book for chapter in part.chapters]
    entries += [below for entry in entries for below in entry.below]
    contents = plain("".join(text for text in texts[: numbers[entries[0].anchor] - 1]))
    faults = []
    for entry in entries:
        number = numbers[entry.anchor]
        # A heading at the foot of a page moves to the next together with what it heads.
        if plain(entry.title) not in plain(texts[number - 1]):
            faults.append(f"{entry.title}: not on page {number}")
        if f"{plain(entry.title)}{number}" not in contents:
            faults.append(f"{entry.title}: the contents do not say {number}")
    assert faults == []


def test_every_claim_is_there_in_both_languages(texts: list[str]) -> None:
    text = plain("".join(texts))
    loaded = tables.load()
    scripts = dict(zip(loaded["articles"]["article_id"], loaded["articles"]["script"], strict=True))
    missing = [
        row["claim_id"]
        for row in loaded["claims"].to_dict("records")
        if plain(row["statement_en"]) not in text or plain(row["statement_zh"]) not in text
    ]
    # A claim that runs over a page is parted by the running head.
    assert len(missing) <= len(texts) // 20, missing
    used = {scripts[claim["article_id"]] for claim in loaded["claims"].to_dict("records")}
    assert {"Hans", "Hant"} >= used
    for script in sorted(used):
        of_script = [row for row in loaded["claims"].to_dict("records") if scripts[row["article_id"]] == script]
        assert sum(plain(row["statement_zh"]) in text for row in of_script) > 0.9 * len(of_script), script


def test_the_outline_has_every_chapter(reader: PdfReader, book: list[paper.Part]) -> None:
    titles: list[str] = []

    def walk(items: list[object]) -> None:
        for item in items:
            if isinstance(item, list):
                walk(item)
            else:
                titles.append(item["/Title"])  # type: ignore[index]

    walk(reader.outline)
    wanted = [chapter.entry.title for part in book for chapter in part.chapters] + [part.title for part in book if part.title]
    assert [title for title in wanted if title not in titles] == []


def test_nothing_stands_outside_the_page(reader: PdfReader) -> None:
    faults = []
    for number, page in enumerate(reader.pages, 1):
        wide, high = float(page.mediabox.width), float(page.mediabox.height)
        assert (round(wide), round(high)) == (595, 842)

        def seen(text: str, cm: list[float], tm: list[float], *_: object, number: int = number, wide: float = wide, high: float = high) -> None:
            if not text.strip():
                return
            x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            if not (0 <= x <= wide and 0 <= y <= high):
                faults.append(f"page {number}: {text.strip()[:30]!r} at {x:.0f}, {y:.0f}")

        page.extract_text(visitor_text=seen)
    assert faults == []


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


def test_links_inside_stay_inside(reader: PdfReader) -> None:
    outside = {
        str(note.get_object()["/A"]["/URI"])
        for page in reader.pages
        for note in page.get("/Annots", [])
        if "/URI" in note.get_object().get("/A", {})
    }
    assert outside and all(re.match("https?://", address) for address in outside), sorted(outside)[:5]


def test_the_first_page_of_the_site_leads_to_it(site: Path, file: Path) -> None:
    assert (site / "index.html").read_text("utf-8").count(f'href="{pdf.FILE}"') == 1


def test_the_same_pages_give_the_same_file(site: Path, file: Path, tmp_path: Path) -> None:
    """Two printings of the book's shortest pages; the whole takes minutes."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "_config.yml").write_bytes((paths.BUILD / "source" / "_config.yml").read_bytes())
    contents = yaml.safe_load((paths.BUILD / "source" / "_toc.yml").read_text("utf-8"))
    last = contents["parts"][-1]
    (source / "_toc.yml").write_text(yaml.safe_dump({**contents, "parts": [{**last, "chapters": last["chapters"][:1]}]}))
    for name in ("one", "two"):
        pdf.write(site, source, tmp_path / name, tmp_path / f"{name}.pdf")
    assert filecmp.cmp(tmp_path / "one.pdf", tmp_path / "two.pdf", shallow=False)
