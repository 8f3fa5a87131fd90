"""The look of every figure: font, sizes, colours, and one set-up call that applies them.

Colours were chosen so that the least distance between any two actors, in Oklab and under the
simulated full forms of protanopia, deuteranopia and tritanopia, is as large as eight hues allow;
where two are alike in greyscale, marker and line style tell them apart. `tests/figures` computes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import matplotlib.style as matplotlib_style
import pylopdf_fonts_zh_cn
from matplotlib import font_manager
from matplotlib.figure import Figure as Canvas

from analysis.errors import InputError

WIDTH = 4.8  # inches; shrunk to a phone's 336 px the base size is still over 9 px
SIZE = 9.5  # points
SMALL = 8.6

INK = "#1B1F24"
SOFT = "#5A626B"  # second text: 6:1 on white
FAINT = "#949494"  # marks that stand back: 3:1 on white
GRID = "#DEE2E6"
PAPER = "#FFFFFF"
STATEMENT = "#FCE9B2"  # what an article states is marked as with a highlighter
STATEMENT_EDGE = "#C79A1B"
STATEMENT_INK = "#7A5B00"


@dataclass(frozen=True)
class Actor:
    """How a country or bloc is drawn: colour of marks, ink of words, marker, dashes (in line widths)."""

    name: str
    colour: str
    ink: str
    marker: str
    dash: tuple[float, ...] = ()


ACTORS: Mapping[str, Actor] = MappingProxyType(
    {
        "RU": Actor("Russia", "#173170", "#173170", "o"),
        "CN": Actor("China", "#CD2D0C", "#C02A0B", "s"),
        "US": Actor("United States", "#4490E2", "#1C66B3", "^"),
        "EU27": Actor("European Union", "#7147B5", "#6A41AC", "D", (5, 1)),
        "IN": Actor("India", "#257953", "#1F6B49", "v", (3, 1)),
        "TR": Actor("Turkey", "#05585F", "#05585F", "P", (1.2, 0.8)),
        "UA": Actor("Ukraine", "#BE850D", "#8A5F05", "X", (5, 1, 1, 1)),
        "JP": Actor("Japan", "#AA5A95", "#99477F", "*", (7, 1.5)),
    }
)
REST = Actor("Rest", FAINT, SOFT, "o")


def actor(code: str) -> Actor:
    """The look of an actor; whoever has no colour of their own is grey."""
    return ACTORS.get(code, REST)


@dataclass(frozen=True)
class Verdict:
    """How a verdict is drawn: `fill` with an icon in `on_fill`, or hollow, in `ink` on white."""

    label: str
    icon: str
    fill: str
    on_fill: str
    ink: str
    marker: str
    css_class: str

    def colours(self, hollow: bool) -> tuple[str, str, str]:
        """Face, edge and sign of a badge: hollow at publication, filled now. A pale fill keeps a dark edge."""
        if hollow:
            return PAPER, self.ink, self.ink
        return self.fill, self.ink if self.label == "Open" else self.fill, self.on_fill


VERDICTS: Mapping[str, Verdict] = MappingProxyType(
    {
        verdict.label: verdict
        for verdict in (
            Verdict("Supported", "✓", "#005A96", "#FFFFFF", "#005A96", "o", "verdict-supported"),
            Verdict("Refuted", "×", "#C84A0A", "#FFFFFF", "#B03F05", "D", "verdict-refuted"),
            Verdict("Conflicting evidence", "⇄", "#EDB54A", INK, "#855700", "^", "verdict-conflicting"),
            Verdict("Not enough evidence", "?", "#969DA5", INK, "#59616A", "s", "verdict-not-enough"),
            Verdict("Open", "…", "#EFEBF9", INK, "#5F4B94", "v", "verdict-open"),
        )
    }
)


def verdict(label: str) -> Verdict:
    """The look of a verdict; ValueError for a word that is none."""
    try:
        return VERDICTS[label]
    except KeyError:
        raise ValueError(f"{label!r} is no verdict; the labels are {', '.join(VERDICTS)}") from None


JUDGEMENTS: Mapping[str, Verdict] = MappingProxyType(
    {
        "inside": VERDICTS["Supported"],
        "outside": VERDICTS["Refuted"],
        "undecided": VERDICTS["Not enough evidence"],
    }
)
"""One piece of evidence takes the look of the verdict that it alone would give."""


@cache
def pinned(font: Path) -> Path:
    """A font of the pinned package; InputError when its file is missing, since another font draws other bytes."""
    if not font.is_file():
        raise InputError(f"{font}: no such font; remove .venv and run `make setup`, which installs it again")
    return font


@cache
def _registered(font: Path) -> str:
    """The name of a font that matplotlib now knows; told of it anew, it forgets every font it has looked up."""
    font_manager.fontManager.addfont(font)
    return font_manager.FontProperties(fname=str(font)).get_name()


def font_family() -> str:
    """Register the pinned font and give back the name that the file itself carries; InputError when it is missing."""
    return _registered(pinned(pylopdf_fonts_zh_cn.sans_path()))


def _settings() -> dict[str, Any]:
    return {
        # matplotlib's own DejaVu draws the thin space and the rouble, which the Chinese font lacks.
        "font.family": [font_family(), "DejaVu Sans"],
        "font.size": SIZE,
        "text.color": INK,
        "text.parse_math": False,
        "axes.unicode_minus": True,
        "axes.edgecolor": SOFT,
        "axes.linewidth": 0.8,
        "axes.labelcolor": SOFT,
        "axes.labelsize": SMALL,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.spines.left": False,
        "axes.grid": True,
        "axes.grid.axis": "y",
        "axes.axisbelow": True,
        "grid.color": GRID,
        "grid.linewidth": 0.7,
        "xtick.color": SOFT,
        "ytick.color": SOFT,
        "xtick.labelsize": SMALL,
        "ytick.labelsize": SMALL,
        "xtick.major.size": 3,
        "ytick.major.size": 0,
        "xtick.minor.size": 0,
        "lines.linewidth": 1.8,
        "lines.markersize": 4.5,
        "lines.solid_capstyle": "round",
        "hatch.linewidth": 0.6,
        "legend.frameon": False,
        "legend.fontsize": SMALL,
        "figure.facecolor": PAPER,
        "axes.facecolor": PAPER,
        "savefig.facecolor": PAPER,
        "svg.fonttype": "path",
        "svg.hashsalt": "five-arguments-tested",
    }


def set_up() -> None:
    """Give matplotlib the book's look, whatever the machine's own settings are."""
    matplotlib_style.use(["default", _settings()])


def canvas(height: float, width: float = WIDTH) -> Canvas:
    """An empty drawing with the look set up, `height` inches high and of the book's width unless it must be wider."""
    set_up()
    return Canvas(figsize=(width, height))
