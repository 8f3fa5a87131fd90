"""The same pictures on dark paper: which colour of the light palette becomes which, and a drawing recoloured so.

A colour keeps its meaning and its hue, not its lightness. The named ones are chosen: marks have a contrast of
3:1 with the dark paper at least and words 4.5:1, also on the fills they stand on; the actors stay as far apart for
every vision as they do in the light, and the verdicts in grey too, for which the fill of what is not known is as
faint as the palest one on white paper; `tests/figures` computes it. Every other colour, such as the
shades of a grid, gets the contrast with the dark paper that it has with white, so that an order from pale to
strong stays one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from analysis.figures import style

PAPER = "#16191D"
INK = "#E2E8EF"

_NAMED = {
    style.PAPER: PAPER,
    style.INK: INK,
    style.SOFT: "#A4ACB5",
    style.FAINT: "#7B8087",
    style.GRID: "#31363D",
    style.STATEMENT: "#3F3109",
    style.STATEMENT_EDGE: "#A9812A",
    style.STATEMENT_INK: "#DDB861",
    "#6B7480": "#8C949E",  # the lines of an argument
}
_ACTORS = {
    "RU": "#BED7FE",
    "CN": "#FF6338",
    "US": "#2E72D5",
    "EU27": "#A77FFE",
    "IN": "#52B07F",
    "TR": "#98C2C7",
    "UA": "#EDAE45",
    "JP": "#CD7DC2",
}
_ACTOR_INKS = {"US": "#6EA2F0"}  # words where the mark is too dark for them
_VERDICTS = {  # fill, ink; what stands on a fill is the light or the dark of the paper, as in the light
    "Supported": ("#6FB6F4", "#6FB6F4"),
    "Refuted": ("#E66B38", "#EC7C50"),
    "Conflicting evidence": ("#886100", "#DDA84F"),
    "Not enough evidence": ("#484E56", "#A0A8B1"),
    "Open": ("#2C2837", "#B5A3F0"),
}

# Ottosson (2020), Oklab: linear sRGB to cones, the cube roots of these to lightness and two hues.
_TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_OKLAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_LUMINANCE = np.array([0.2126, 0.7152, 0.0722])  # of linear sRGB, WCAG 2
_COLOUR = re.compile(r"((?:fill|stroke)(?::|=\"))(#[0-9a-fA-F]{6})")


def _palette() -> Mapping[str, str]:
    pairs = dict(_NAMED)
    for code, look in style.ACTORS.items():
        pairs[look.ink] = _ACTOR_INKS.get(code, _ACTORS[code])
        pairs[look.colour] = _ACTORS[code]
    for label, verdict in style.VERDICTS.items():
        fill, ink = _VERDICTS[label]
        pairs |= {verdict.ink: ink, verdict.fill: fill}
    return MappingProxyType({light.upper(): dark for light, dark in pairs.items()})


PALETTE = _palette()
"""Colour on white paper to colour on dark paper, both as #RRGGBB in capitals."""


def _linear(colour: str) -> NDArray[np.float64]:
    part = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def _hexadecimal(linear: NDArray[np.float64]) -> str:
    part = np.clip(linear, 0, 1)
    part = np.where(part <= 0.0031308, 12.92 * part, 1.055 * part ** (1 / 2.4) - 0.055)
    return "#" + "".join(f"{round(value * 255):02X}" for value in part)


def _luminance(linear: NDArray[np.float64]) -> float:
    return float(np.clip(linear, 0, 1) @ _LUMINANCE)


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two colours #RRGGBB, 1 to 21."""
    low, high = sorted(_luminance(_linear(colour)) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def _alike(colour: str) -> str:
    """The colour of the same hue that stands out from the dark paper as `colour` does from white, the ink at most."""
    wanted = min(contrast(colour, style.PAPER), contrast(INK, PAPER))
    aim = wanted * (_luminance(_linear(PAPER)) + 0.05) - 0.05
    _, *hue = _TO_OKLAB @ np.cbrt(_TO_CONES @ _linear(colour))
    low, high = 0.0, 1.0
    for _ in range(30):  # halves the interval of lightness until it is finer than a step of colour
        middle = (low + high) / 2
        linear = np.linalg.solve(_TO_CONES, np.linalg.solve(_TO_OKLAB, np.array([middle, *hue])) ** 3)
        low, high = (middle, high) if _luminance(linear) < aim else (low, middle)
    return _hexadecimal(linear)


@cache
def darkened(colour: str) -> str:
    """What a colour #RRGGBB of the light palette is on dark paper."""
    return PALETTE.get(colour.upper()) or _alike(colour)


def recoloured(svg: str) -> str:
    """A drawing on white paper as one on dark paper; nothing but fills and strokes changes."""
    return _COLOUR.sub(lambda found: found[1] + darkened(found[2]).lower(), svg)
