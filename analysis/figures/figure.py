"""A figure of the book: one picture with the words, the source and the rows that belong to it."""

from __future__ import annotations

import base64
import logging
import re
import sys
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from io import StringIO
from typing import TypedDict

import pandas as pd
from matplotlib import font_manager
from matplotlib.figure import Figure as Canvas
from matplotlib.text import Text

from analysis.figures import style
from analysis.figures.layout import drawable
from analysis.figures.svg import compact

MAXIMUM_BYTES = 150_000
PHONE_WIDTH = 336  # CSS pixels that a small screen leaves a picture
SHOWN_WIDTH = 640  # CSS pixels at which the text is as large as the page's

_ID = re.compile(r"[a-z][a-z0-9_-]*")
# What a spreadsheet would run: not a signed amount such as -3 or +$13.5 bn, unless an operator follows in it.
_FORMULA = re.compile(r"\s*(?:[=@\t＝＠]|[+\-＋－](?!\W?\d[^=|!(@]*$))")
_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


class Caption(TypedDict):
    """What every figure says in words.

    `title` states the finding; `subtitle` gives unit · geography · period; `source` names the
    publishers; `alt` says what is seen, for whoever does not see it.
    """

    figure_id: str
    title: str
    subtitle: str
    source: str
    alt: str


def _unrunnable(cell: object) -> object:
    """The cell; text that a spreadsheet would take for a formula with an apostrophe before it, as OWASP advises.

    A carriage return, which ends a line for some readers and is not quoted, becomes a blank.
    """
    if not isinstance(cell, str):
        return cell
    text = cell.replace("\r", " ")
    return f"'{text}" if _FORMULA.match(text) else text


def csv(data: pd.DataFrame) -> str:
    """The rows as CSV: columns in their order, Unix newlines, ten significant digits, no formula."""
    texts = [name for name in data.columns if pd.api.types.is_string_dtype(data[name]) or data[name].dtype == object]
    data = data.assign(**{name: data[name].map(_unrunnable) for name in texts})
    return data.to_csv(index=False, lineterminator="\n", float_format="%.10g", date_format="%Y-%m-%d")


def data_uri(content: str, media_type: str) -> str:
    """Content as an address of its own, so that nothing has to lie beside the page."""
    return f"data:{media_type};base64,{base64.b64encode(content.encode()).decode()}"


def download(content: str, media_type: str, file_name: str, label: str, title: str) -> str:
    """A link that saves `content` under `file_name`; its full name tells it from its likes on a page."""
    return (
        f'<a download="{escape(file_name)}" href="{data_uri(content, media_type)}" '
        f'aria-label="{escape(f"{label}: {title}")}">{escape(label)}</a>'
    )


def check_words(kind: str, identifier: str, **words: str) -> None:
    """ValueError, naming the figure or table, when its id cannot be an anchor or a word is missing."""
    if not _ID.fullmatch(identifier):
        raise ValueError(
            f"{kind} id {identifier!r} must match {_ID.pattern}, to serve as anchor and file name"
        )
    for name, text in words.items():
        if not isinstance(text, str) or not text.strip():
            raise ValueError(f"{kind} {identifier} has no {name}")


@dataclass(frozen=True)
class Spot:
    """A mark that leads somewhere: its place as fractions of the picture's width and height, address and words."""

    across: float
    down: float
    href: str
    words: str


@dataclass(frozen=True, eq=False, repr=False)
class Figure:
    """A finished figure; `svg` holds axes, marks and direct labels, the words stay text around it.

    `spots` lie over the picture as links for whoever points at a mark; they are no stops for the keyboard,
    so whatever they lead to stands in a table of the page too. ValueError, naming the figure, when one of
    its words is missing.
    """

    figure_id: str
    title: str
    subtitle: str
    source: str
    alt: str
    svg: str
    data: pd.DataFrame
    spots: tuple[Spot, ...] = ()

    def __post_init__(self) -> None:
        check_words(
            "figure",
            self.figure_id,
            title=self.title,
            subtitle=self.subtitle,
            source=self.source,
            alt=self.alt,
        )
        if not _BOX.search(self.svg):
            raise ValueError(f"figure {self.figure_id}: its svg has no viewBox from the origin")

    @property
    def csv(self) -> str:
        """The rows behind the picture."""
        return csv(self.data)

    def _picture(self) -> str:
        """The image, with its size, so that a page keeps its place while it loads; a wide one scrolls on a phone."""
        box = _BOX.search(self.svg)
        assert box is not None
        across, down = float(box[1]), float(box[2])
        least = round(across / 72 * PHONE_WIDTH / style.WIDTH)
        wide = least > PHONE_WIDTH
        image = (
            f'<img src="{data_uri(self.svg, "image/svg+xml")}" alt="{escape(self.alt)}" width="{SHOWN_WIDTH}" '
            f'height="{round(SHOWN_WIDTH * down / across)}" loading="lazy" '
            f'style="{f"min-width:{least}px;" if wide else ""}max-width:100%;height:auto">'
        )
        if self.spots:
            image = f'<div class="finding-picture">{image}{"".join(map(_link, self.spots))}</div>'
        if not wide:
            return image
        return f'<div class="finding-scroll" tabindex="0" role="region" aria-label="{escape(self.title)}">{image}</div>'

    def __repr__(self) -> str:
        return f"<Figure {self.figure_id}: {self.title}>"

    def _repr_html_(self) -> str:
        rows = download(self.csv, "text/csv", f"{self.figure_id}.csv", "Data (CSV)", self.title)
        picture = download(self.svg, "image/svg+xml", f"{self.figure_id}.svg", "Picture (SVG)", self.title)
        return (
            f'<figure id="figure-{self.figure_id}" class="finding">\n'
            f'<figcaption>\n<p class="finding-title">{escape(self.title)}</p>\n'
            f'<p class="finding-subtitle">{escape(self.subtitle)}</p>\n</figcaption>\n'
            f"{self._picture()}\n"
            f'<p class="finding-source">Source: {escape(self.source)}</p>\n'
            f'<p class="finding-download">Download: {rows} · {picture}</p>\n'
            f"</figure>"
        )


def _link(spot: Spot) -> str:
    """A mark's link over the picture."""
    return (
        f'<a class="finding-spot" style="left:{100 * spot.across:.2f}%;top:{100 * spot.down:.2f}%" '
        f'href="{escape(spot.href)}" title="{escape(spot.words)}" tabindex="-1" aria-hidden="true"></a>'
    )


class _FontWarnings(logging.Handler):
    """matplotlib only logs a font that it does not find, and then draws with another."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def _render(canvas: Canvas, figure_id: str) -> str:
    heard = _FontWarnings()
    for text in canvas.findobj(Text):
        assert isinstance(text, Text)
        text.set_text(drawable(text.get_text()))
    font_manager._log.addHandler(heard)  # type: ignore[attr-defined]
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("error", message=".*[Gg]lyph")
            warnings.filterwarnings("error", message=".*findfont")
            out = StringIO()
            canvas.savefig(
                out, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None}
            )
    except UserWarning as warning:
        raise ValueError(f"figure {figure_id}: the font cannot draw it: {warning}") from warning
    finally:
        font_manager._log.removeHandler(heard)  # type: ignore[attr-defined]
    # A font missed once is remembered and not logged again, so ask for each text as well.
    for text in canvas.findobj(Text):
        assert isinstance(text, Text)
        try:
            font_manager.findfont(text.get_fontproperties(), fallback_to_default=False)
        except ValueError as error:
            raise ValueError(f"figure {figure_id}: {error}") from error
    if heard.messages:
        raise ValueError(f"figure {figure_id}: {heard.messages[0]}")
    return compact(out.getvalue())


def publish(
    canvas: Canvas,
    data: pd.DataFrame,
    *,
    spots: Iterable[Spot] = (),
    figure_id: str,
    title: str,
    subtitle: str,
    source: str,
    alt: str,
) -> Figure:
    """Render a drawing into a figure of the book, and close it.

    The SVG is the same in every process: fixed hash salt, no date, glyphs as outlines. ValueError,
    naming the figure, when a word is missing, when the font lacks a glyph or is not found, or when
    the SVG is over 150 kB.
    """
    style.set_up()
    check_words("figure", figure_id, title=title, subtitle=subtitle, source=source, alt=alt)
    try:
        svg = _render(canvas, figure_id)
    finally:
        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot is not None:  # else no drawing is registered anywhere
            pyplot.close(canvas)
    size = len(svg.encode())
    if size > MAXIMUM_BYTES:
        raise ValueError(
            f"figure {figure_id}: its SVG has {size / 1000:.0f} kB, over the {MAXIMUM_BYTES / 1000:.0f} kB a page "
            "can bear; draw fewer marks or less text, above all fewer different Chinese characters"
        )
    return Figure(figure_id, title, subtitle, source, alt, svg, data.copy(), tuple(spots))
