"""From every figure, table and number that a chapter shows to its cell, its function and its rows."""

from __future__ import annotations

import ast
import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat

from analysis.addresses import anchor
from review.calls import called, literals, named
from review.rows import package, table

SHOWN = re.compile(r'<figure\b[^>]*\bid="(?P<kind>figure|table)-(?P<name>[A-Za-z0-9_-]+)"')
TITLE = re.compile(r'<p class="finding-title">(.*?)</p>', re.DOTALL)
LINK = re.compile(r"#([A-Za-z0-9-]+)")
MARKUP = re.compile(r"<[^>]*>|\]\([^)]*\)|`[^`]*`")
NUMBER = re.compile(r"(?<![\w.])[−-]?\d[\d,]*(?:\.\d+)?(?:\s?%)?")
Row = dict[str, Any]


def _texts(cell: nbformat.NotebookNode) -> Iterator[str]:
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        yield "".join(data.get("text/html") or data.get("text/markdown") or data.get("text/plain") or output.get("text", ""))


def numbers(text: str) -> list[str]:
    """The numbers that a reader sees in an output, without those of its addresses and code."""
    return [match[0].strip() for match in NUMBER.finditer(html.unescape(MARKUP.sub(" ", text)))]


def _split(cell: str) -> set[str]:
    return {one for one in cell.split(";") if one}


class Rows:
    """Which rows stand behind an output: what its row of the figures and of the backing names, its own links, its cell's and function's words."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.figures = {row.get("figure_id", ""): row for row in table(folder, "figures").to_dict("records")}
        self.backing = {row.get("place", ""): row for row in table(folder, "backing").to_dict("records")}
        self.claims = {anchor("claim", one): one for one in table(folder, "claims").get("claim_id", [])}
        self.series = set(table(folder, "series").get("series_id", []))
        self.articles = set(table(folder, "articles").get("article_id", []))
        self.tables = {resource["name"] for resource in package(folder).get("resources", [])}

    def _of(self, place: str) -> tuple[set[str], set[str], set[str]]:
        """Series, claims and tables behind figure-NAME or table-NAME, by the rows that name them."""
        backing = self.backing.get(place, {})
        drawn = {place.partition("-")[2], *_split(backing.get("figure_ids", ""))}
        rows = [self.figures[one] for one in drawn if one in self.figures]
        series, claims = ({one for row in rows for one in _split(row.get(column, ""))} for column in ("series_ids", "claim_ids"))
        return series, claims, _split(backing.get("tables", ""))

    def behind(self, notebook: str, source: str, functions: list[str], text: str, place: str = "") -> Row:
        """Series, claims and tables behind one output, by its place where it has one; in words where that is a whole argument or all."""
        series, claims, tables = self._of(place)
        claims |= {self.claims[name] for name in LINK.findall(text) if name in self.claims}
        if not series and not claims:
            words = literals(ast.parse(source))
            places = {place.partition("-")[2]: place for place in self.backing} | {name: f"figure-{name}" for name in self.figures}
            known = places.keys() | self.series | self.tables | set(self.claims.values())
            for function in functions:
                words |= named(self.folder, function, known)
            found = [(words & self.series, words.intersection(self.claims.values()), words & self.tables)]
            found += [self._of(places[name]) for name in words & places.keys()]
            series, claims = set().union(*(one[0] for one in found)), set().union(*(one[1] for one in found))
            # What the backing names is meant; a word of the code may only happen to be a table's name.
            tables = tables or set().union(*(one[2] for one in found))
        whole = ""
        if not series and not claims and not tables:
            across = "the claims and inferences of all articles" if place else "what the figures and tables of this notebook rest on"
            whole = f"all claims and inferences of {notebook}" if notebook in self.articles else across
        return {"series": sorted(series), "claims": sorted(claims), "tables": sorted(tables), "whole": whole}


def mapping(folder: Path) -> list[Row]:
    """A row for each figure and table, and for each other output that shows numbers, in the order of the pages."""
    behind = Rows(folder)
    rows: list[Row] = []
    for path in sorted((folder / "book").glob("*.ipynb")):
        known: dict[str, str] = {}
        for number, cell in enumerate(nbformat.read(path, as_version=4).cells, 1):
            if cell.cell_type != "code":
                continue
            functions = called(cell.source, known)
            common = {"notebook": path.name, "cell": number, "functions": functions}
            for text in _texts(cell):
                titles = [html.unescape(MARKUP.sub("", title)) for title in TITLE.findall(text)]
                shown = list(SHOWN.finditer(text))
                for place, match in enumerate(shown):
                    title = titles[place] if place < len(titles) else ""
                    from_rows = behind.behind(path.stem, cell.source, functions, text, f"{match['kind']}-{match['name']}")
                    rows.append({**common, "what": match["kind"], "name": match["name"], "title": title, **from_rows, "numbers": []})
                if not shown and (said := numbers(text)):
                    from_rows = behind.behind(path.stem, cell.source, functions, text)
                    rows.append({**common, "what": "text", "name": "", "title": "", **from_rows, "numbers": said})
    return rows
