"""The whole book as one PDF, printed by the browser of this machine: `make pdf`.

It is printed twice: the first time tells on which page each chapter and section begins, the second has these
numbers in its contents. What the browser stamps with the hour is taken out, so that the same book gives the
same file on the same machine; another version of the browser may break lines otherwise.
"""

from __future__ import annotations

import re
import shutil
from io import BytesIO
from pathlib import Path
from typing import cast

import yaml
from bs4 import BeautifulSoup
from playwright.sync_api import Browser
from pypdf import PdfReader, PdfWriter
from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject

from analysis import paths, schema
from publish import browser, build, citations, crate, digest, paper, paper_fonts
from publish.errors import BuildFailed

STAMP = paths.BUILD / "paper.sha256"
NODE = re.compile(rb"\(node\d{8}\)")
OFFER = re.compile(r'<p class="whole-book">.*?</p>')
FILE = "downloads/five-arguments.pdf"
TEMPLATES = Path(__file__).parent / "templates"
LONGEST = 600_000  # milliseconds that one printing may take


def _printed(page: Path, opened: Browser, target: Path) -> None:
    """Print a page to `target`; BuildFailed when a picture or a font does not come."""
    tab = opened.new_page()
    missing: list[str] = []
    tab.on("requestfailed", lambda request: missing.append(request.url))
    tab.set_default_timeout(LONGEST)
    tab.goto(page.as_uri(), wait_until="load", timeout=LONGEST)
    tab.emulate_media(media="print", color_scheme="light")
    tab.evaluate("document.fonts.ready.then(() => true)")
    if missing:
        raise BuildFailed(f"not found while printing: {', '.join(missing[:5])}")
    # Through the browser's own protocol: a book is too long for the time that a single call may take.
    tab.pdf(path=str(target), prefer_css_page_size=True, print_background=True, tagged=True, outline=True)
    tab.close()


def places(file: Path) -> dict[str, int]:
    """The page number of every place that something in the PDF leads to."""
    reader = PdfReader(file)
    found = {name.lstrip("/"): reader.get_destination_page_number(place) for name, place in reader.named_destinations.items()}
    return {name: number + 1 for name, number in found.items() if number is not None}


def renumbered(printed: bytes) -> bytes:
    """A PDF whose marks for table cells count from 1: the browser's own counter begins somewhere else each time.

    >>> renumbered(b"(node00000376) (node00000412) (node00000376)")
    b'(node00000001) (node00000002) (node00000001)'
    """
    marks = {mark: place for place, mark in enumerate(sorted(set(NODE.findall(printed))), 1)}
    return NODE.sub(lambda found: b"(node%08d)" % marks[found[0]], printed)


def _spell(item: DictionaryObject, headings: dict[str, str]) -> None:
    """Give an item of the outline, and all after and below it, its heading's words: the browser joins those of two lines."""
    while True:
        title = str(item["/Title"])
        item[NameObject("/Title")] = TextStringObject(headings.get(_joined(title), title))
        if "/First" in item:
            _spell(cast(DictionaryObject, item["/First"]), headings)
        if "/Next" not in item:
            return
        item = cast(DictionaryObject, item["/Next"])


def _joined(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _headings(page: Path) -> dict[str, str]:
    """The headings of a page, by their letters without spaces."""
    soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
    texts = (" ".join(heading.get_text().split()) for heading in soup.find_all(re.compile("^h[1-6]$")))
    return {_joined(text): text for text in texts}


def _finish(printed: Path, target: Path, title: str, author: str, headings: dict[str, str]) -> None:
    """Name the book in its file, and take out what differs from one printing to the next."""
    writer = PdfWriter(clone_from=BytesIO(renumbered(printed.read_bytes())))
    outline = cast(DictionaryObject, writer._root_object["/Outlines"])
    _spell(cast(DictionaryObject, outline["/First"]), headings)
    assert writer._info is not None
    for stamp in ("/CreationDate", "/ModDate", "/Creator", "/Producer"):
        writer._info.pop(stamp, None)
    writer.add_metadata({"/Title": title, "/Author": author})
    writer._root_object[NameObject("/Lang")] = TextStringObject("en")
    writer.page_mode = "/UseOutlines"
    writer._root_object[NameObject("/ViewerPreferences")] = DictionaryObject(
        {NameObject("/DisplayDocTitle"): BooleanObject(True)}
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    writer.write(target)


def _characters(page: Path) -> str:
    """Every character that the page draws; in formulas the browser takes slanted letters in place of the written ones."""
    soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
    slanted = [*map(chr, range(0x1D434, 0x1D468)), "\u210e", *map(chr, range(0x1D6E2, 0x1D71C))] if soup.find("math") else []
    return "".join(sorted({*soup.get_text(), *map(chr, range(32, 127)), *slanted} - {"\n"}))


def write(html: Path, source: Path, folder: Path, target: Path) -> None:
    """Print the site in `html`, which was built from `source`, to `target`; `folder` is emptied and holds what is between."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    config = yaml.safe_load((source / "_config.yml").read_text("utf-8"))
    book = paper.parts(yaml.safe_load((source / "_toc.yml").read_text("utf-8")), html)
    shutil.copyfile(TEMPLATES / "paper.css", folder / "paper.css")
    page, printed = folder / "book.html", folder / "printed.pdf"
    numbers: dict[str, int] = {}
    with browser.opened() as opened:
        for _ in range(2):
            page.write_text(
                paper.compose(
                    book,
                    title=config["title"],
                    author=config["author"],
                    foot=config["html"]["extra_footer"],
                    sheets=[html / "_static" / "book.css", folder / "paper.css"],
                    numbers=numbers,
                ),
                encoding="utf-8",
            )
            if not numbers:
                paper_fonts.write(_characters(page), folder)
            _printed(page, opened, printed)
            numbers = places(printed)
    _finish(printed, target, config["title"], config["author"], _headings(page))


def _offer(html: Path, file: Path) -> None:
    """Lead from the first page to the PDF, which a site need not have."""
    first = html / "index.html"
    link = f'<p class="whole-book"><a href="{FILE}" download>The whole book as PDF</a> ({file.stat().st_size / 1e6:.0f} MB)</p>'
    before, end, after = OFFER.sub("", first.read_text("utf-8")).rpartition("</article>")  # cards are articles too
    first.write_text(f"{before}{link}{end}{after}", encoding="utf-8")


def make() -> Path:
    """Build the site where it is stale and print it; return the PDF beside its pages."""
    first = build.book()
    file = first.parent / FILE
    wanted = f"{digest.site()} {browser.version()}"
    if file.exists() and STAMP.exists() and STAMP.read_text() == wanted:
        print("pdf: nothing has changed since it was printed", flush=True)
        return file
    print("pdf: printing the book twice, the second time with its page numbers (some minutes)", flush=True)
    write(first.parent, paths.BUILD / "source", paths.BUILD / "paper", file)
    _offer(first.parent, file)
    package = schema.read(paths.DATA).package
    crate.write(first.parent, package, citations.book(package["as_of"]))  # it lists the file, and the first page's size
    STAMP.write_text(wanted)
    return file
