"""The whole book as one page to be printed: title, contents, chapters in the order of the table of contents.

What needs a screen stays out: controls, folded code, downloads, pages that only look things up. What is folded
for reading on a screen is open on paper, except the rows and readings of a single claim, of which there are
thousands, and the longest tables; the title page says so.
"""

from __future__ import annotations

import math
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

# Tables to search in: on paper the claims pages say the same, and the series are their rows.
LEFT_OUT = ("explorer", "series")
NOT_PRINTED = (
    "script, form, .headerlink, details.above-input, .cell_input, .claim-links, .finding-download, .finding-rows, .rows-mark, .whole-book, "
    ".finding-dark, .only-dark, .claim details, .claim .table-wide, .claim .drawn-in, .sources p + p, .explorer-controls, "
    ".initials, .publishers"
)
# Millimetres on paper, as in paper.css: a picture's width, its greatest height while it can be read, a piece's.
WIDTH, TALLEST, PIECE, OVERLAP = 128.0, 256.0, 200.0, 6.0
LONGEST = 40
"""Rows up to which a table that is folded on the screen is printed."""
HEADINGS = re.compile(r"h[1-5]")


@dataclass
class Entry:
    """A line of the contents: its text, the place it leads to, and the lines below it."""

    title: str
    anchor: str
    below: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class Chapter:
    """A page of the book made ready for paper: its name for addresses, its line in the contents, its content."""

    name: str
    entry: Entry
    body: Markup


@dataclass(frozen=True)
class Part:
    """Chapters that stand under one heading."""

    title: str
    anchor: str
    chapters: list[Chapter]


def _name(page: str) -> str:
    """A page's name inside the printed book: letters, digits and hyphens."""
    return "page-" + re.sub("[^A-Za-z0-9]+", "-", page)


def _listed(files: list[dict[str, Any]]) -> Iterator[str]:
    for file in files:
        yield file["file"]
        yield from _listed(file.get("sections", []))


def order(contents: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """The parts of a table of contents, each with its pages; the first page is a part of its own without title.

    >>> order({"root": "index", "parts": [{"caption": "A", "chapters": [{"file": "a", "sections": [{"file": "b"}]}]}]})
    [('', ['index']), ('A', ['a', 'b'])]
    """
    parts = [("", [contents["root"]])]
    parts += [(part["caption"], list(_listed(part["chapters"]))) for part in contents["parts"]]
    kept = [(title, [page for page in pages if page not in LEFT_OUT]) for title, pages in parts]
    return [(title, pages) for title, pages in kept if pages]


def _own_text(heading: Tag) -> str:
    return " ".join(heading.get_text().split())


def _open_details(article: Tag, soup: BeautifulSoup) -> None:
    for details in article.select("details"):
        summary = details.find("summary")
        if isinstance(summary, Tag):
            if "finding-fold" in (details.get("class") or []):
                summary.decompose()
                count = len(details.select("tbody tr"))
                if count > LONGEST:
                    details.clear()
                    details.append(soup.new_tag("p", attrs={"class": "opened"}))
                    details.p.string = f"Its {count} rows stand on the book’s own pages and in its data."  # type: ignore[union-attr]
            else:
                summary.name, summary["class"] = "p", "opened"
        details.name = "div"


def _redirect(article: Tag, page: str, printed: set[str], html: Path) -> None:
    """Lead links to places on paper where there are such, take away those to files, and find the pictures."""
    folder = posixpath.dirname(page)
    for link in article.select("a[href]"):
        address = str(link["href"])
        if re.match("[a-z]+:", address):
            continue
        path, _, fragment = address.partition("#")
        target = posixpath.normpath(posixpath.join(folder, path)) if path else f"{page}.html"
        other = target.removesuffix(".html")
        if target.endswith(".html") and other in printed:
            link["href"] = f"#{_name(other)}--{fragment}" if fragment else f"#{_name(other)}"
        else:
            link.unwrap()
    for picture in article.select("img"):
        picture["src"] = (html / folder / str(picture["src"])).resolve().as_uri()
        del picture["loading"]  # a picture that waits to be scrolled to is not printed
        del picture["style"]
        _cut_tall(picture)
    for tag in article.select("[id]"):
        tag["id"] = f"{_name(page)}--{tag['id']}"
    for tag in article.select("[aria-labelledby], [aria-describedby], [for], [tabindex], [role=region]"):
        for attribute in ("aria-labelledby", "aria-describedby", "for", "tabindex", "role", "aria-label"):
            del tag[attribute]


def _cut_tall(picture: Tag) -> None:
    """Show a very tall picture in pieces that follow each other, each beginning a little before the last one's end."""
    if not {"width", "height"} <= picture.attrs.keys():  # a picture of the page's own, made to fit one
        return
    tall = float(str(picture["height"])) / float(str(picture["width"])) * WIDTH
    del picture["width"], picture["height"]
    if tall <= TALLEST:
        return
    count = math.ceil((tall - OVERLAP) / (PIECE - OVERLAP))
    soup = BeautifulSoup("", "html.parser")
    for number in range(count):
        piece = soup.new_tag("div", attrs={"class": "slice"})
        shown = soup.new_tag("img", attrs={"src": str(picture["src"]), "alt": "" if number else str(picture["alt"])})
        shown["style"] = f"margin-top:-{number * (tall - PIECE) / (count - 1):.1f}mm"
        piece.append(shown)
        picture.insert_before(piece)
    picture.decompose()


def _sections(article: Tag) -> list[Entry]:
    """The chapter's sections; single claims are too many for the contents."""
    return [
        Entry(_own_text(heading), str(heading["id"]))
        for heading in article.select("section > section > h2[id]")
        if heading.parent is not None and heading.parent.find(class_="claim", recursive=False) is None
    ]


def _address_headings(article: Tag) -> None:
    """Give a section's address to its heading: the heading may stand on the page after the one where the section's space begins."""
    for section in article.select("section[id]"):
        heading = section.find(HEADINGS, recursive=False)
        if isinstance(heading, Tag):
            heading["id"] = section["id"]
            del section["id"]


def _further(page: str, html: Path) -> list[str]:
    """The pages in the folder of a page's own name, over which its content is spread; single letters come first."""
    return [f"{page}/{path.stem}" for path in sorted((html / page).glob("*.html"), key=lambda path: (len(path.stem), path.stem))]


def chapter(page: str, printed: set[str], html: Path, title: str = "", deeper: int = 1) -> Chapter:
    """The page with that address (without ending) of the site in `html`, made ready for paper.

    Its headings stand so many levels `deeper`: the parts of the book have the first. Further pages of its own follow in it.
    """
    soup = BeautifulSoup((html / f"{page}.html").read_text("utf-8"), "html.parser")
    article = soup.select_one("article.bd-article")
    if article is None:
        raise ValueError(f"{page}.html has no article to print")
    for tag in article.select(NOT_PRINTED):
        tag.decompose()
    for cell in article.select("div.cell"):
        if not cell.get_text(strip=True) and not cell.find("img"):
            cell.decompose()
    _open_details(article, soup)
    _redirect(article, page, printed, html)
    _address_headings(article)
    sections = _sections(article)
    first = article.find("h1")
    if not isinstance(first, Tag):
        raise ValueError(f"{page}.html has no title")
    if title:
        first.string = title
    entry = Entry(_own_text(first), _name(page), sections)
    for heading in article.find_all(HEADINGS):
        heading.name = f"h{int(heading.name[1]) + deeper}"
    body = Markup(article.decode_contents())
    for other in _further(page, html):
        further = chapter(other, printed, html, deeper=deeper + 1)
        body += Markup('<section id="{}">{}</section>').format(further.name, further.body)
    return Chapter(_name(page), entry, body)


def parts(contents: dict[str, Any], html: Path) -> list[Part]:
    """All that is printed, in order."""
    ordered = order(contents)
    printed = {name for _, pages in ordered for page in pages for name in (page, *_further(page, html))}
    return [
        Part(
            title,
            f"part-{number}",
            [chapter(page, printed, html, "" if title else "About this book") for page in pages],
        )
        for number, (title, pages) in enumerate(ordered)
    ]


def compose(book: list[Part], *, title: str, author: str, foot: str, sheets: list[Path], numbers: dict[str, int]) -> str:
    """The page to print. `numbers` are the page numbers by place, empty as long as they are not known."""
    environment = Environment(loader=PackageLoader("publish"), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    environment.filters["css_string"] = lambda text: Markup(text.replace("\\", "\\\\").replace('"', '\\"').replace("<", "\\3c "))
    return environment.get_template("paper.html").render(
        parts=book,
        title=title,
        author=author,
        foot=Markup(foot),
        sheets=[sheet.resolve().as_uri() for sheet in sheets],
        numbers=numbers,
        longest=LONGEST,
    )
