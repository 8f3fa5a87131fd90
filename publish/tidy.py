"""Last touches to a built page that no setting of the theme offers."""

from __future__ import annotations

import re
from pathlib import Path

# The style sheet and the fonts draw every icon; the script adds 1.5 MB to each page and nothing to see.
ICON_SCRIPT = re.compile(r"[ \t]*<script\b[^>]*\bsrc=\"[^\"]*fontawesome\.js[^\"]*\"[^>]*></script>\n?")
VIEWPORT = re.compile(r'<meta name="viewport"[^>]*>')


def tidy(page: Path) -> None:
    """Drop the icon script of `page` and all but the first of its viewport tags."""
    before = page.read_text("utf-8")
    after = ICON_SCRIPT.sub("", before)
    first = VIEWPORT.search(after)
    if first:
        after = after[: first.end()] + VIEWPORT.sub("", after[first.end() :])
    if after != before:
        page.write_text(after, encoding="utf-8")


UNUSED = ("**/fontawesome.js*", "_static/sphinx-thebe.*", "_static/togglebutton.*", "_static/**/*.map", "_static/*.html")


def drop_unused(html: Path) -> None:
    """Remove files that no page asks for."""
    for pattern in UNUSED:
        for path in html.glob(pattern):
            path.unlink()
