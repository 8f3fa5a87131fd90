"""Fonts that travel with the book, cut down to the characters it uses.

Chinese is set in the reader's own fonts; where a machine has none, this subset keeps it readable.
Headings are set in the Latin letters of the same family's serif face.
"""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pylopdf_fonts_zh_cn
from fontTools import subset
from fontTools.ttLib import TTFont

WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]")
LATIN = "".join(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x180)])) + "–—‘’“”…′″−€"


def _narrow(font: TTFont) -> None:
    """Give quotation marks and the like their proportional form, which the font keeps behind a feature."""
    table = font["GSUB"].table
    forms: dict[str, str] = {}
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == "pwid":
            for index in record.Feature.LookupListIndex:
                for part in table.LookupList.Lookup[index].SubTable:
                    forms |= getattr(part, "ExtSubTable", part).mapping
    for encoding in font["cmap"].tables:
        if encoding.isUnicode() and hasattr(encoding, "cmap"):
            encoding.cmap = {code: forms.get(glyph, glyph) for code, glyph in encoding.cmap.items()}


def _cut(font: Path, characters: str, target: Path, narrow: bool = False) -> None:
    options = subset.Options(
        layout_features=["kern", "liga", "locl", "lnum", "pnum", "tnum", "palt"],
        name_IDs=[0, 13, 14],  # copyright and licence stay, the reserved names go
        recalc_timestamp=False,
        hinting=False,
        desubroutinize=True,
        notdef_outline=True,
    )
    with subset.load_font(str(font), options) as loaded:
        if narrow:
            _narrow(loaded)
        cutter = subset.Subsetter(options)
        cutter.populate(text=characters)
        cutter.subset(loaded)
        target.parent.mkdir(parents=True, exist_ok=True)
        subset.save_font(loaded, str(target), options)


def write(html: Path) -> None:
    """Write the fonts for the pages under `html` to its _static/fonts."""
    logging.getLogger("fontTools").setLevel(logging.WARNING)  # else it tells of every table of the font
    used = {character for page in html.rglob("*.html") for character in WIDE.findall(page.read_text("utf-8"))}
    folder = html / "_static" / "fonts"
    _cut(pylopdf_fonts_zh_cn.sans_path(), "".join(sorted(used)), folder / "han.otf")
    _cut(pylopdf_fonts_zh_cn.serif_path(), LATIN, folder / "serif.otf", narrow=True)
    licence = next(Path(pylopdf_fonts_zh_cn.__file__).parent.parent.glob("pylopdf_fonts_zh_cn-*/licenses/LICENSE*"))
    (folder / "LICENSE.txt").write_bytes(licence.read_bytes())
