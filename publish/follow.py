"""Ways from what a page shows to the rows behind it: links under every figure, and a mark at computed numbers.

A figure's rows are those that its own data name, the claim that its id names, the series and claims that
`data/figures.csv` names for it, and what `data/backing.csv` names for figures that draw on whole tables. A computed
sentence leads to the figure of its section that holds most of its numbers, from where it is one step more; where no
figure clearly does, to the claims of its article, each with its rows.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape, unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pandas as pd

from analysis.addresses import claim_address
from analysis.readings import split
from analysis.verdicts import plural
from publish.figures import FIGURE
from publish.pages import Pages
from publish.table_pages import home

FOLDED_OVER = 4
NEAR = 3.0  # bits
SURE, AHEAD = 10.0, 2.0
"""Bits of the numbers alone, or bits more than for the next, at which a figure is taken to be what a sentence is about."""
SINGLY = 40
"""Up to so many claims or events are named one by one."""

OF_A_CLAIM = re.compile(r"(?:curve|evidence|readings|stances)-([a-z]+)-(\d+)(?:-|$)")
PLACE = re.compile(r'\bid="((?:figure|table)-[A-Za-z0-9_-]+)"')
ROWS_FILE = re.compile(r'<a download="[^"]*\.csv" href="([^"]*)"')
TITLE = re.compile(r'<p class="finding-title">(.*?)</p>', re.DOTALL)
ADDRESS = re.compile(r'\bhref="([^"]*)"')
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
YEAR = re.compile(r"(?:19|20)\d\d")
WORD = re.compile(r"[^\W\d_]{4,}")
HOLDING = ("claim_id", "claim_ids", "reading_id", "claim", "series_id", "series", "observation_id", "event_id")
"""Columns in which figures' data hold keys, or the words that stand for them."""
PLURALS: Mapping[str, Callable[[int], str]] = {
    "claim": lambda count: plural(count, "claim"),
    "series": lambda count: f"{count} series",
    "event": lambda count: plural(count, "event"),
    "table": lambda count: plural(count, "table"),
}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass(frozen=True)
class Way:
    """A link to rows: of which kind they are, what they are called, and their address from the top of the site."""

    kind: str
    words: str
    address: str


class Trail:
    """What lies behind each figure of the book."""

    def __init__(self, pages: Pages) -> None:
        self.pages = pages
        self._named = {row["figure_id"]: row for row in pages.rows("figures")}
        self._backing = {row["place"]: row for row in pages.rows("backing")}
        self._claims = {row["claim_id"]: row["short_en"] for row in pages.claims}
        self._series = {row["series_id"]: row["title_en"] for row in pages.rows("series")}
        self._events = {row["event_id"] for row in pages.rows("events")}
        self._series_of = {row["observation_id"]: row["series_id"] for row in pages.rows("observations")}
        self._claims_of = {row["reading_id"]: row["claim_id"] for row in pages.rows("readings")}
        # What figures print in place of a key.
        self._series_of |= {title: key for key, title in self._series.items()} | {key: key for key in self._series}
        self._claims_of |= {words: key for key, words in self._claims.items()} | {key: key for key in self._claims}
        self._read_for: dict[str, list[str]] = {}
        for row in pages.rows("readings"):
            if row["table"] == "observations":
                self._read_for.setdefault(row["claim_id"], []).extend(split(row["key"]))

    def _claim_ways(self, claims: Iterable[str]) -> list[Way]:
        return [Way("claim", self._claims[key], claim_address(key)) for key in dict.fromkeys(claims) if key in self._claims]

    def _series_ways(self, series: Iterable[str]) -> list[Way]:
        return [Way("series", *self.pages.key_cell("series", key)) for key in dict.fromkeys(series) if key in self._series]

    def _event_ways(self, events: Iterable[str]) -> list[Way]:
        return [Way("event", *self.pages.key_cell("events", key)) for key in dict.fromkeys(events) if key in self._events]

    def _table_ways(self, tables: Iterable[str]) -> list[Way]:
        known = self.pages.tables.schema.tables
        return [Way("table", known[name].title, home(name)) for name in tables if name in known]

    def ways(self, place: str, rows: pd.DataFrame, page: str) -> list[Way]:
        """The links from the figure or table at `place` (figure-NAME or table-NAME), whose data are `rows`, on `page`.

        Without any, the claims of the article that the page is about, or all claims.
        """
        name = place.partition("-")[2]
        backing = self._backing.get(place, {"tables": "", "figure_ids": ""})
        likes = [self._named[other] for other in (name, *split(backing["figure_ids"])) if other in self._named]
        held = {
            column: [part for cell in rows[column] for part in (cell, *split(cell))]
            for column in rows
            if column in HOLDING
        }
        cells = [cell for found in held.values() for cell in found]
        series = [self._series_of[cell] for cell in cells if cell in self._series_of]
        claims = [self._claims_of[cell] for cell in cells if cell in self._claims_of]
        if of_a_claim := OF_A_CLAIM.match(name):
            claims = [".".join(of_a_claim.groups()), *claims]
            series += self._read_for.get(claims[0], [])
        series += [key for row in likes for key in split(row["series_ids"])]
        if not series and not claims:
            claims = [key for row in likes for key in split(row["claim_ids"])]
        events = [cell for cell in held.get("event_id", []) if cell in self._events]
        found = [*self._claim_ways(claims), *self._series_ways(series), *self._event_ways(events), *self._table_ways(split(backing["tables"]))]
        return found or [self.claims_of(page)]

    def claims_of(self, page: str) -> Way:
        """The claims of the article that the page is about, or all claims."""
        article = page.partition(".")[0]
        if any(row["article_id"] == article for row in self.pages.articles):
            return Way("table", "all claims of the article", f"claims/{article}.html")
        return Way("table", "all claims", home("claims"))


def _gathered(ways: list[Way]) -> list[Way]:
    """The same links, with the page that holds all of a kind in place of very many of it."""
    counts = Counter(way.kind for way in ways)
    gathered = []
    for kind, table in (("claim", "claims"), ("event", "events")):
        if counts[kind] > SINGLY:
            ways = [way for way in ways if way.kind != kind]
            gathered.append(Way("table", plural(counts[kind], kind), home(table)))
    return [*gathered, *ways]


def _line(place: str, ways: list[Way], up: str) -> str:
    """The links as one line, or folded where they are many."""
    links = " · ".join(f'<a href="{escape(up + way.address)}">{escape(way.words)}</a>' for way in ways)
    if len(ways) <= FOLDED_OVER:
        return f'<p class="finding-rows" id="rows-{place}">Rows: {links}</p>\n'
    counts = Counter(way.kind for way in ways)
    words = ", ".join(PLURALS[kind](count) for kind, count in counts.items())
    return f'<details class="finding-rows"><summary>Rows: {words}</summary>\n<p id="rows-{place}">{links}</p></details>\n'


@dataclass
class Shown:
    """A figure or table of a page: where it and its rows are addressed, and the numbers and words that it holds."""

    place: str
    target: str
    title: str
    numbers: list[float]
    words: set[str]


def _read(page: Path, figure: str) -> pd.DataFrame:
    """The data of a figure, from the file beside the page; empty where it offers none."""
    file = ROWS_FILE.search(figure)
    if file is None:
        return pd.DataFrame()
    return pd.read_csv(page.parent / unquote(file[1]), dtype=str, keep_default_na=False)


def link_figures(page: Path, html: Path, trail: Trail) -> dict[str, Shown]:
    """Write under every figure of `page` the links to its rows, unless its own cells are these; return what is shown, by place."""
    up = "../" * (len(page.relative_to(html).parts) - 1)
    shown: dict[str, Shown] = {}

    def linked(match: re.Match[str]) -> str:
        figure = match[0]
        place, title = PLACE.search(figure), TITLE.search(figure)
        if place is None or title is None:
            return figure
        rows = _read(page, figure)
        there = set(ADDRESS.findall(figure))
        ways = _gathered([way for way in trail.ways(place[1], rows, page.name) if escape(up + way.address) not in there])
        line = _line(place[1], ways, up) if ways else ""
        target = f"rows-{place[1]}" if ways else place[1]
        said = unescape(title[1])
        words = _words(" ".join([said, *(way.words for way in ways)]))
        shown[place[1]] = Shown(place[1], target, said, _numbers(rows, said), words)
        return figure.removesuffix("</figure>") + line + "</figure>"

    before = page.read_text("utf-8")
    after = FIGURE.sub(linked, before)
    if after != before:
        page.write_text(after, encoding="utf-8")
    return shown


def _numbers(rows: pd.DataFrame, title: str) -> list[float]:
    """The numbers in a figure's data, shares also as percent, and in its title; each once, in order."""
    found = {float(number.replace(",", "")) for number in NUMBER.findall(title)}
    for column in rows:
        values = pd.to_numeric(rows[column], errors="coerce").dropna().abs().tolist()
        found |= {*values, *(100 * value for value in values if value <= 1)}
    return sorted(found)


def _words(text: str) -> set[str]:
    return {word.lower() for word in WORD.findall(text)}


def _bits(text: str, figure: Shown, others: list[Shown]) -> tuple[float, float]:
    """How much speaks for it, in bits, that the numbers and the words of `text` come from `figure` and not from others.

    A number counts for more the less likely one of its size and precision is to be among the figure's by chance, a word
    for more the fewer figures have it, and half of what a number would. Single digits and years count for nothing.
    """
    total = 0.0
    for number in dict.fromkeys(NUMBER.findall(text)):
        plain = number.replace(",", "")
        places = len(plain.partition(".")[2])
        if YEAR.fullmatch(plain) or len(plain.replace(".", "").lstrip("0")) < 2:
            continue
        value, step = float(plain), 10.0**-places
        decade = 10.0 ** math.floor(math.log10(value))
        alike = [held for held in figure.numbers if decade <= held < 10 * decade]
        if any(abs(held - value) <= 0.5000001 * step for held in alike):
            total -= math.log2(min(1.0, len(alike) * step / (9 * decade)))
    said = _words(text) & figure.words
    return total, sum(math.log2(len(others) / sum(word in other.words for other in others)) for word in said) / 2


@dataclass
class _Block:
    """A paragraph or item of a computed output: what it says, where its text ends, and whether it leads somewhere."""

    tag: str
    output: int
    sections: tuple[int, ...]
    text: str = ""
    end: int = 0
    linked: bool = False


class _Outline(HTMLParser):
    """The computed paragraphs and the figures of a page in their order, each with the sections it stands in."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        starts = [0]
        for line in text.splitlines(keepends=True):
            starts.append(starts[-1] + len(line))
        self._starts = starts
        self._open: list[str] = []
        self._sections: list[int] = []
        self._count = 0
        self._output: list[tuple[int, int]] = []  # depth of the element that holds an output, and its number
        self._block: _Block | None = None
        self.blocks: list[_Block] = []
        self.figures: list[tuple[int, str, tuple[int, ...]]] = []
        self.feed(text)

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        classes = (given.get("class") or "").split()
        if tag in VOID:
            return
        if tag in ("p", "ul", "ol") and self._block is not None:  # an item ends where paragraphs or items of its own begin
            self._block.end, self._block = self._offset(), None
        self._open.append(tag)
        if tag == "section":
            self._count += 1
            self._sections.append(self._count)
        elif tag == "figure" and "finding" in classes:
            self.figures.append((self._offset(), given.get("id") or "", tuple(self._sections)))
        elif "cell_output" in classes:
            self._count += 1
            self._output.append((len(self._open), self._count))
        elif "output" in classes and self._output:  # markup of its own, such as a figure or a card
            self._output.append((len(self._open), 0))
        elif tag in ("p", "li") and self._output and self._output[-1][1]:
            self._block = _Block("li" if "li" in self._open else tag, self._output[-1][1], tuple(self._sections))
            self.blocks.append(self._block)
        elif tag == "a" and self._block is not None:
            self._block.linked = True

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._open:
            return
        if tag in ("p", "li") and self._block is not None:
            self._block.end, self._block = self._offset(), None
        while self._open:
            if self._output and self._output[-1][0] == len(self._open):
                self._output.pop()
            last = self._open.pop()
            if last == "section":
                self._sections.pop()
            if last == tag:
                break

    def handle_data(self, data: str) -> None:
        if self._block is not None:
            self._block.text += data


def _together(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    """How many sections hold both."""
    return sum(first == second for first, second in zip(one, other, strict=False))


def _unled(blocks: list[_Block]) -> dict[int, tuple[_Block, str]]:
    """What needs a mark: by output without any link, the paragraphs with a number, each with what it says.

    Items of a list are spoken for by the paragraph that leads to them, if there is one.
    """
    linked = {block.output for block in blocks if block.linked}
    leads: dict[int, _Block] = {}
    needed: dict[int, tuple[_Block, str]] = {}
    for block in blocks:
        if block.output in linked:
            continue
        lead = block if block.tag == "p" else leads.get(block.output, block)
        if block.tag == "p":
            leads[block.output] = block
        if re.search(r"\d", block.text):
            before = needed[lead.end][1] if lead.end in needed else "" if lead is block else lead.text
            needed[lead.end] = lead, f"{before} {block.text}"
    return needed


def _likeliest(said: str, block: _Block, end: int, figures: list[tuple[int, Shown, tuple[int, ...]]]) -> Shown | None:
    """The figure of its section that a paragraph's numbers and words come from; none where that is a guess.

    That a figure stands in the same subsection speaks for it, and that it stands right before the paragraph, which ends
    at `end`. It is taken when it does stand there, when the numbers alone leave little doubt, or when it is well ahead.
    """
    section = [item for item in figures if _together(item[2], block.sections) >= 2] or figures
    others = [figure for _, figure, _ in section]
    before = max((place for place, _, sections in section if place < end and sections == block.sections), default=-1)
    ranks = []
    for number, (place, figure, sections) in enumerate(section):
        numbers, words = _bits(said, figure, others)
        bits = numbers + words + NEAR * _together(sections, block.sections) + NEAR * (place == before)
        ranks.append((bits, place < end, -abs(place - end), numbers >= SURE or place == before, number))
    ranks.sort(reverse=True)
    bits, _, _, clear, number = ranks[0]
    return others[number] if clear or all(bits - other[0] >= AHEAD for other in ranks[1:]) else None


def mark_numbers(page: Path, shown: Mapping[str, Shown], otherwise: Way) -> int:
    """Put a mark that leads to rows after every computed paragraph with a number and no link beside it; say how many.

    It leads to the rows of the figure that the paragraph is about, and where none clearly is, to what `otherwise` names.
    """
    text = page.read_text("utf-8")
    outline = _Outline(text)
    figures = [(start, shown[place], sections) for start, place, sections in outline.figures if place in shown]
    if not figures:
        return 0
    pieces, done = [], 0
    unled = _unled(outline.blocks)
    for end, (block, said) in sorted(unled.items()):
        figure = _likeliest(said, block, end, figures)
        word, title, address = ("rows", figure.title, f"#{figure.target}") if figure else ("claims", otherwise.words, otherwise.address)
        words = escape(f"{word}: {title}")
        mark = f' <a class="rows-mark" href="{escape(address)}" aria-label="{words}" title="{words}">{word}</a>'
        pieces += [text[done:end].rstrip(), mark]
        done = end
    if pieces:
        page.write_text("".join([*pieces, text[done:]]), encoding="utf-8")
    return len(unled)
