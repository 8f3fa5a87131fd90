"""Fonts of the printed book: cut to what it draws, with outlines that a PDF can carry as text.

The pinned Chinese fonts have cubic outlines, which Chromium writes into a PDF as pictures of letters; with
quadratic ones they stay a font. Text is set in the book face that matplotlib brings with it.
"""

from __future__ import annotations

import logging
from pathlib import Path

import matplotlib
import pylopdf_fonts_zh_cn
from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

from publish.fonts import WIDE, narrow

LARGEST_ERROR = 1.0  # of an outline, in thousandths of the font size
FACES = {"text": "STIXGeneral", "text-bold": "STIXGeneralBol", "text-italic": "STIXGeneralItalic", "text-bold-italic": "STIXGeneralBolIta", "signs": "DejaVuSans"}  # fmt: skip


def quadratic(font: TTFont) -> None:
    """Replace a font's cubic outlines by quadratic ones, in place."""
    order = font.getGlyphOrder()
    shapes, glyphs = font.getGlyphSet(), {}
    for name in order:
        pen = TTGlyphPen(shapes)
        shapes[name].draw(Cu2QuPen(pen, LARGEST_ERROR, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, glyphs
    for table in ("CFF ", "VORG"):
        if table in font:
            del font[table]
    font.recalcBBoxes = True
    font["glyf"].compile(font)
    for name in order:  # the left edge of an outline is where its box begins
        font["hmtx"][name] = (font["hmtx"][name][0], getattr(glyphs[name], "xMin", 0))
    most = font["maxp"]
    most.tableVersion = 0x00010000
    for field in "maxTwilightPoints maxStorage maxFunctionDefs maxInstructionDefs maxStackElements maxSizeOfInstructions maxComponentElements".split():
        setattr(most, field, 0)
    most.maxZones = 1
    most.compile(font)
    font["post"].formatType = 3.0
    font.sfntVersion = "\000\001\000\000"


def _cut(font: Path, characters: str, target: Path, *, proportional: bool = False) -> None:
    options = subset.Options(
        layout_features=["kern", "liga", "lnum", "pnum", "tnum"],
        recalc_timestamp=False,
        hinting=False,
        desubroutinize=True,
        notdef_outline=True,
        drop_tables=["BASE", "DSIG", "FFTM", "PfEd"],
    )
    with subset.load_font(str(font), options) as loaded:
        if proportional:
            narrow(loaded)
        cutter = subset.Subsetter(options)
        cutter.populate(text=characters)
        cutter.subset(loaded)
        if "CFF " in loaded:
            quadratic(loaded)
        subset.save_font(loaded, str(target), options)


def write(characters: str, folder: Path) -> None:
    """Write the fonts named in paper.css to `folder`, each with those of `characters` that it has."""
    logging.getLogger("fontTools").setLevel(logging.WARNING)  # else it tells of every table of the font
    latin = "".join(character for character in characters if character < "\u2e80" or "\U0001d400" <= character < "\U0001d800")
    brought = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    for name, file in FACES.items():
        _cut(brought / f"{file}.ttf", latin, folder / f"{name}.ttf")
    _cut(pylopdf_fonts_zh_cn.sans_path(), characters, folder / "sans.ttf", proportional=True)
    # In Chinese text quotation marks and dashes, which Latin text has too, are as wide as its characters.
    chinese = "".join(character for character in characters if WIDE.match(character) or character in "‘’“”…—·")
    _cut(pylopdf_fonts_zh_cn.sans_path(), chinese, folder / "han.ttf")
    _cut(pylopdf_fonts_zh_cn.serif_path(), latin, folder / "serif.ttf", proportional=True)
