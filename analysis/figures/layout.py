"""Where words go in a drawing: how wide a text is, where it wraps, and labels that do not collide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path
from scipy.optimize import isotonic_regression

from analysis.figures import style

LINE = 1.3  # height of a line of text, in font sizes

# A Chinese character may be parted from its neighbour; a Latin word, or a number and its unit, not.
_PIECE = re.compile(
    r"[\u3000-\u9fff\uff00-\uffef]|[^\s\u3000-\u9fff\uff00-\uffef]+(?:[\u00a0\u202f][^\s]*| %)?|[ \t\n]+"
)

# The Chinese font gives these the width of a Chinese character, which tears a Latin word apart.
_NARROW = {"‘": "'", "’": "'", "“": '"', "”": '"', "…": "...", "·": "\u22c5"}
_BESIDE_LATIN = re.compile(r"(?<=[\u0020-\u024f\u202f])[‘’“”…·]|[‘’“”…·](?=[\u0020-\u024f\u202f])")


def drawable(text: str) -> str:
    """The text with marks that the font draws too wide beside Latin letters put into their narrow forms."""
    return _BESIDE_LATIN.sub(lambda mark: _NARROW[mark[0]], text)


@lru_cache(maxsize=4096)
def text_width(text: str, size: float = style.SIZE) -> float:
    """Width of one line of text in inches, in the book's font."""
    text = drawable(text)
    font = FontProperties(family=[style.font_family(), "DejaVu Sans"], size=size)
    return float(text_to_path.get_text_width_height_descent(text, font, ismath=False)[0]) / 72


def line_height(size: float = style.SIZE) -> float:
    """Height of one line of text in inches."""
    return LINE * size / 72


def wrap(text: str, width: float, size: float = style.SIZE, most: int | None = None) -> list[str]:
    """Lines of at most `width` inches; an ellipsis ends the last of `most` lines when text is left over.

    A single word wider than the line stands alone.
    """
    lines, line = [], ""
    for piece in _PIECE.findall(text.strip()):
        blank = not piece.strip()
        if line and text_width((line + ("" if blank else piece)).rstrip(), size) > width:
            lines.append(line.rstrip())
            line = ""
        line += "" if blank and not line else " " if blank else piece
    lines.append(line.rstrip())
    if most is not None and len(lines) > most:
        last = lines[most - 1]
        while last and text_width(last + "…", size) > width:
            last = last[:-1].rstrip()
        lines = [*lines[: most - 1], last + "…"]
    return lines


def separate(wanted: Sequence[float], sizes: Sequence[float]) -> list[float]:
    """Centres as near to those wanted (least squares) as intervals of these sizes, in this order, can lie."""
    if not len(wanted):
        return []
    width = np.asarray(sizes, float)
    # Subtracting the room taken by those before turns "no overlap" into "never falling".
    before = np.concatenate([[0.0], np.cumsum(width)[:-1]]) + width / 2
    return [float(centre) for centre in isotonic_regression(np.asarray(wanted, float) - before).x + before]


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Centres near to those wanted, sorted as those are, without overlap and between `low` and `high`.

    If the intervals do not all fit there, they are centred on that stretch and overrun it at both ends.
    """
    order = sorted(range(len(wanted)), key=lambda item: wanted[item])
    width = [sizes[item] for item in order]
    free = high - low - sum(width)
    first = low if free >= 0 else low + free / 2  # where the lowest interval may begin
    centres = [0.0] * len(order)
    taken = 0.0
    for item, size, centre in zip(
        order, width, separate([wanted[item] for item in order], width), strict=True
    ):
        earliest = first + taken + size / 2
        centres[item] = min(max(centre, earliest), earliest + max(free, 0.0))
        taken += size
    return centres


def write(page: Axes, across: float, down: float, words: str | Sequence[str], **look: Any) -> None:
    """Put words, or lines of them, on the page in the small second text, unless `look` says otherwise."""
    text = words if isinstance(words, str) else "\n".join(words)
    page.text(across, down, text, **{"size": style.SMALL, "color": style.SOFT, "linespacing": 1.15, **look})


def panel(canvas: Canvas, left: float, right: float, top: float, bottom: float) -> Axes:
    """Axes whose edges lie these many inches inside the drawing's."""
    width, height = canvas.get_size_inches()
    return canvas.add_axes(
        (left / width, bottom / height, (width - left - right) / width, (height - top - bottom) / height)
    )


def page(canvas: Canvas) -> Axes:
    """Bare axes over the whole drawing, in inches from its top left corner downwards."""
    width, height = canvas.get_size_inches()
    axes = canvas.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(height, 0))
    axes.axis("off")
    axes.patch.set_alpha(0)
    return axes
