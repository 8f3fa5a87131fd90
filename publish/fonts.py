"""Fonts that travel with the book, cut down to the characters it uses.

Chinese is set in the reader's own fonts; where a machine has none, these subsets keep it readable. They
are cut into slices, each with its range, so that a page loads only those that it draws: first what the
first page and the chapters need, then the rest by the number of pages it stands on. Headings are set in the Latin letters of
the same family's serif face. The theme's icons are cut to those that the pages show.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from pathlib import Path

import joblib
import pylopdf_fonts_zh_cn
from fontTools import subset
from fontTools.ttLib import TTFont

from analysis.figures.style import pinned

WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]")
SLICE = 320  # characters of a slice after the first
ICONS = "_static/vendor/fontawesome/webfonts/fa-solid-900.woff2"
ICON_CLASS = re.compile(r"fa-(?<=\bfa-)[a-z0-9-]+")  # begins with letters, so that most text is passed over at once
# A rule of the style sheets that draws an icon: its selectors and the icon's code.
ICON_RULE = re.compile(r'([^{}]*)\{[^{}]*?content:\s*"\\(f[0-9a-f]{3})"')
LATIN = "".join(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x180)])) + "–—‘’“”…′″−€"


def narrow(font: TTFont) -> None:
    """Give quotation marks and the like, but no wide character, the proportional form that the font keeps behind a feature."""
    table = font["GSUB"].table
    forms: dict[str, str] = {}
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == "pwid":
            for index in record.Feature.LookupListIndex:
                for part in table.LookupList.Lookup[index].SubTable:
                    forms |= getattr(part, "ExtSubTable", part).mapping
    for encoding in font["cmap"].tables:
        if encoding.isUnicode() and hasattr(encoding, "cmap"):
            encoding.cmap = {
                code: glyph if WIDE.match(chr(code)) else forms.get(glyph, glyph) for code, glyph in encoding.cmap.items()
            }


def _cut(font: Path, characters: str, target: Path, proportional: bool = False) -> None:
    logging.getLogger("fontTools").setLevel(logging.WARNING)  # else it tells of every table of the font
    options = subset.Options(
        flavor="woff2",
        layout_features=["kern", "liga", "locl", "lnum", "pnum", "tnum", "palt"],
        name_IDs=[0, 13, 14],  # copyright and licence stay, the reserved names go
        recalc_timestamp=False,
        hinting=False,
        desubroutinize=True,
        notdef_outline=True,
    )
    with subset.load_font(str(pinned(font)), options) as loaded:
        if proportional:
            narrow(loaded)
        cutter = subset.Subsetter(options)
        cutter.populate(text=characters)
        cutter.subset(loaded)
        target.parent.mkdir(parents=True, exist_ok=True)
        subset.save_font(loaded, str(target), options)


def slices(pages: dict[str, str], first: set[str]) -> list[str]:
    """The wide characters of `pages` (address to text), in slices: those of the `first` pages, then the rest.

    >>> slices({"index.html": "石油", "claims/a.html": "石天", "claims/b.html": "天气"}, {"index.html"})
    ['油石', '天气']
    """
    upper = {character for name in first for character in WIDE.findall(pages[name])}
    counts = Counter(character for text in pages.values() for character in set(WIDE.findall(text)) - upper)
    rest = sorted(counts, key=lambda character: (-counts[character], character))
    parts = [sorted(upper), *(rest[start : start + SLICE] for start in range(0, len(rest), SLICE))]
    return ["".join(part) for part in parts if part]


def _face(name: str, characters: str) -> str:
    codes = ", ".join(f"U+{ord(character):X}" for character in sorted(characters))
    return (
        f'@font-face {{ font-family: "Book Han"; src: url("fonts/{name}") format("woff2"); '
        f"font-display: swap; unicode-range: {codes}; }}\n"
    )


def _icons(html: Path, pages: dict[str, str]) -> str:
    """The icons that the pages' classes, and rules without such a class, draw."""
    shown = {name for text in pages.values() for name in ICON_CLASS.findall(text)}
    codes = {
        code
        for sheet in sorted(html.rglob("*.css"))
        for selectors, code in ICON_RULE.findall(sheet.read_text("utf-8"))
        if not (named := set(ICON_CLASS.findall(selectors))) or named & shown
    }
    return "".join(chr(int(code, 16)) for code in sorted(codes))


def write(html: Path, first: set[str]) -> None:
    """Write the fonts for the pages under `html` to its _static/fonts, and the slices' rules to its book.css.

    The addresses in `first` are those of the pages that most readers open.
    """
    pages = {path.relative_to(html).as_posix(): path.read_text("utf-8") for path in sorted(html.rglob("*.html"))}
    folder = html / "_static" / "fonts"
    parts = {f"han-{number}.woff2": characters for number, characters in enumerate(slices(pages, first), 1)}
    cuts = [(pylopdf_fonts_zh_cn.sans_path(), characters, folder / name) for name, characters in parts.items()]
    cuts += [(html / ICONS, _icons(html, pages), html / ICONS)]
    serif = (pylopdf_fonts_zh_cn.serif_path(), LATIN, folder / "serif.woff2", True)
    joblib.Parallel(n_jobs=joblib.cpu_count())(joblib.delayed(_cut)(*cut) for cut in [serif, *cuts])
    sheet = html / "_static" / "book.css"
    faces = "".join(_face(name, characters) for name, characters in parts.items())
    sheet.write_text(faces + sheet.read_text("utf-8"), encoding="utf-8")
    licence = next(Path(pylopdf_fonts_zh_cn.__file__).parent.parent.glob("pylopdf_fonts_zh_cn-*/licenses/LICENSE*"))
    (folder / "LICENSE.txt").write_bytes(licence.read_bytes())
