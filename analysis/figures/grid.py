"""A grid of cells, one row and one column a name: shares, shaded and printed, or kinds, coloured and named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Unpack

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Rectangle

from analysis.figures import layout, numbers, parts, style
from analysis.figures.figure import Caption, Figure, publish
from analysis.figures.parts import Symbol

FULL = "#3A4A63"
_ROW = 0.25
_LABEL = 1.5
_LONG_LABEL = 2.2
_HATCHED: dict[str, Any] = {"facecolor": style.PAPER, "edgecolor": style.GRID, "hatch": "////"}


def shade(share: float) -> str:
    """The colour of a share from 0, paper, to 1."""
    ends = zip(to_rgb(style.PAPER), to_rgb(FULL), strict=True)
    red, green, blue = (low + (high - low) * share for low, high in ends)
    return to_hex((red, green, blue))


@dataclass(frozen=True)
class Kind:
    """How a kind of cell is drawn: `word` in the cell, `said` in the key, on `fill` in `ink`."""

    word: str
    said: str
    fill: str
    ink: str


@dataclass(frozen=True)
class _Page:
    """A page ruled into cells; `corner` gives a cell's upper left in inches."""

    canvas: Canvas
    axes: Axes
    left: float
    top: float
    wide: float
    foot: float

    def corner(self, line: int, place: int) -> tuple[float, float]:
        return self.left + self.wide * place, self.top + _ROW * line


def _ruled(rows: Sequence[object], columns: Sequence[object], longest: float, symbols: list[Symbol]) -> _Page:
    """An empty grid with its rows and columns named, the rows' names at most `longest` wide, and its key."""
    left = min(longest, max(layout.text_width(str(name), style.SMALL) for name in rows) + 0.1)
    wide = (style.WIDTH - left) / len(columns)
    heads = [layout.wrap(str(name), wide - 0.04, style.SMALL) for name in columns]
    top = max(map(len, heads)) * layout.line_height(style.SMALL) + 0.06
    foot = top + _ROW * len(rows) + 0.04
    canvas = style.canvas(foot + parts.key_height(symbols))
    page = layout.page(canvas)
    for place, head in enumerate(heads):
        layout.write(page, left + wide * (place + 0.5), top - 0.04, head, ha="center", va="bottom")
    for line, row in enumerate(rows):
        down = top + _ROW * (line + 0.5)
        layout.write(page, left - 0.08, down, str(row), color=style.INK, ha="right", va="center")
    parts.key(page, foot, symbols)
    return _Page(canvas, page, left, top, wide, foot)


def _cell(page: _Page, line: int, place: int, look: Mapping[str, Any]) -> None:
    across, down = page.corner(line, place)
    corner, size = (across + 0.015, down + 0.015), (page.wide - 0.03, _ROW - 0.03)
    page.axes.add_patch(Rectangle(corner, *size, linewidth=0.6, **look))


def _word(page: _Page, line: int, place: int, said: str, ink: str) -> None:
    across, down = page.corner(line, place)
    middle = (across + page.wide / 2, down + _ROW / 2)
    layout.write(page.axes, *middle, said, color=ink, ha="center", va="center_baseline")


def _once(data: pd.DataFrame, figure_id: str) -> None:
    if data.duplicated(["row", "column"]).any():
        twice = data[data.duplicated(["row", "column"])].iloc[0]
        raise ValueError(f"figure {figure_id}: {twice['row']!r} has {twice['column']!r} twice")


def shares(data: pd.DataFrame, *, empty: str, shaded: str, **caption: Unpack[Caption]) -> Figure:
    """Shade each cell by its share and print it in percent.

    `data` has a row a cell: `row` and `column` (names, in order) and `share` (0 to 1, or missing: hatched).
    `empty` says in the key what a missing share means, `shaded` what the darkest means. ValueError, naming
    the figure, for missing columns or rows, a share outside 0 to 1, or a cell given twice.
    """
    figure_id = caption["figure_id"]
    parts.require(data, ("row", "column", "share"), figure_id)
    _once(data, figure_id)
    known = pd.to_numeric(data["share"])
    if not known.dropna().between(0, 1).all():
        raise ValueError(f"figure {figure_id}: a share lies outside 0 to 1")
    rows, columns = (list(dict.fromkeys(data[name])) for name in ("row", "column"))
    cells = dict(zip(zip(data["row"], data["column"], strict=True), known, strict=True))
    symbols = [Symbol(shaded, patch={"facecolor": FULL})]
    if known.isna().any() or len(cells) < len(rows) * len(columns):
        symbols.append(Symbol(empty, patch=_HATCHED))
    page = _ruled(rows, columns, _LABEL, symbols)
    for line, row in enumerate(rows):
        for place, column in enumerate(columns):
            share = cells.get((row, column), float("nan"))
            if pd.isna(share):
                _cell(page, line, place, _HATCHED)
                continue
            _cell(page, line, place, {"gid": "cell", "facecolor": shade(share), "edgecolor": style.GRID})
            said = (
                numbers.quantity(100 * share, "percent_share", 0)
                if page.wide > 0.45
                else f"{100 * share:.0f}"
            )
            _word(page, line, place, said, style.PAPER if share > 0.55 else style.INK)
    return publish(page.canvas, data, **caption)


def kinds(data: pd.DataFrame, *, looks: Mapping[str, Kind], empty: str, **caption: Unpack[Caption]) -> Figure:
    """Colour each cell by its kind and name it in the cell.

    `data` has a row a cell: `row` and `column` (names, in order) and `kind`, whose look `looks` gives, in the
    order of the key. `empty` says what a cell without a row means: hatched. ValueError, naming the figure, for
    missing columns or rows, a kind without a look, or a cell given twice.
    """
    figure_id = caption["figure_id"]
    parts.require(data, ("row", "column", "kind"), figure_id)
    _once(data, figure_id)
    unknown = sorted(set(data["kind"]) - set(looks))
    if unknown:
        raise ValueError(f"figure {figure_id}: the kind {unknown[0]!r} has no look")
    rows, columns = (list(dict.fromkeys(data[name])) for name in ("row", "column"))
    cells = dict(zip(zip(data["row"], data["column"], strict=True), data["kind"], strict=True))
    used = set(data["kind"])
    symbols = [
        Symbol(look.said, patch={"facecolor": look.fill, "edgecolor": style.GRID})
        for kind, look in looks.items()
        if kind in used
    ]
    if len(cells) < len(rows) * len(columns):
        symbols.append(Symbol(empty, patch=_HATCHED))
    page = _ruled(rows, columns, _LONG_LABEL, symbols)
    for line, row in enumerate(rows):
        for place, column in enumerate(columns):
            if (row, column) not in cells:
                _cell(page, line, place, _HATCHED)
                continue
            look = looks[cells[row, column]]
            _cell(page, line, place, {"gid": "cell", "facecolor": look.fill, "edgecolor": style.GRID})
            _word(page, line, place, look.word, look.ink)
    return publish(page.canvas, data, **caption)
