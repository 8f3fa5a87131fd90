"""Last touches to a built page that no setting of the theme offers."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from publish.source_pages import direct

# The style sheet and the fonts draw every icon; the script adds 1.5 MB to each page and nothing to see.
ICON_SCRIPT = re.compile(r"[ \t]*<script\b[^>]*\bsrc=\"[^\"]*fontawesome\.js[^\"]*\"[^>]*></script>\n?")
# What searching needs, which the theme asks for on every page, stays on the page that shows results.
SEARCH_SCRIPT = re.compile(r"[ \t]*<script\b[^>]*\bsrc=\"[^\"]*(?:searchtools|language_data|searchindex)\.js[^\"]*\"[^>]*></script>\n?")
CLAIM_SEARCH = "".join(f'<script src="_static/explorer/{name}.js"></script>\n' for name in ("claims", "claim_search")) + "</head>"
SHEET = re.compile(r'(?<="|/)_static/([\w./-]+\.css)(?:\?(?:v|digest)=[0-9a-f]+)?(?=")')
# The theme opens a notebook as text in a new window; a reader wants the file, and to know that results are in it.
NOTEBOOK = re.compile(r'(<a href="_sources/[\w./-]+\.ipynb") target="_blank"(\s+class="[^"]*")\s+title="Download source file"')
# The side bar's arrow beside a chapter has no words; whoever does not see it hears what it opens.
TOGGLE = re.compile(r'(<a\b[^>]*>)([^<]*)(</a>\s*<details[^>]*>\s*<summary)(?=>\s*<span class="toctree-toggle")')
# The mode is known only to a script that runs late; until then both forms of a picture would be loaded.
MODE = 'localStorage.getItem("theme") || "auto"'
MODE_AT_ONCE = 'localStorage.getItem("theme") || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")'
VIEWPORT = re.compile(r'<meta name="viewport"[^>]*>')


def sheet_versions(html: Path) -> dict[str, str]:
    """What marks the present state of each style sheet in addresses, so that no old copy is used; by its place in _static."""
    static = html / "_static"
    return {
        path.relative_to(static).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[:8] for path in sorted(static.rglob("*.css"))
    }


def tidy(page: Path, versions: Mapping[str, str], sources: Mapping[str, str]) -> None:
    """Drop scripts that `page` does not need and all but the first of its viewport tags; mark its style sheets.

    Links to single sources lead straight to them (`sources` are their pages, by fragment). The button for its notebook
    saves the file, the side bar's arrows get words, and the colour mode is set before anything is drawn.
    """
    before = page.read_text("utf-8")
    after = SHEET.sub(lambda sheet: f"_static/{sheet[1]}?v={versions[sheet[1]]}", ICON_SCRIPT.sub("", before))
    after = NOTEBOOK.sub(r'\1 download\2 title="Download the notebook with its results"', after)
    if page.name == "search.html":
        after = after.replace("</head>", CLAIM_SEARCH, 1)
    else:
        after = SEARCH_SCRIPT.sub("", after)
    after = TOGGLE.sub(r'\1\2\3 aria-label="Pages of \2"', after.replace(MODE, MODE_AT_ONCE))
    after = direct(after, sources)
    first = VIEWPORT.search(after)
    if first:
        after = after[: first.end()] + VIEWPORT.sub("", after[first.end() :])
    if after != before:
        page.write_text(after, encoding="utf-8")


UNUSED = ("**/fontawesome.js*", "_static/sphinx-thebe.*", "_static/togglebutton.*", "_static/**/*.map", "_static/**/*.ttf", "_static/*.html")


def drop_unused(html: Path) -> None:
    """Remove files that no page asks for."""
    for pattern in UNUSED:
        for path in html.glob(pattern):
            path.unlink()
