"""Figures as files: what a notebook carries inside its outputs is written beside the pages."""

from __future__ import annotations

import base64
import hashlib
import html as markup
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_to_bytes

from nbformat import NotebookNode

from analysis.figures import dark

FOLDER = "figures"
DARK = "dark"  # the folder, within that of the figures, of their pictures on dark paper
FIGURE = re.compile(r'<figure\b[^>]*\bid="(?:figure|table)-([A-Za-z0-9_-]+)"[^>]*>.*?</figure>', re.DOTALL)
PLACE = re.compile(
    r'<figure\b[^>]*\bid="(?P<anchor>(?:figure|table)-(?P<figure_id>[A-Za-z0-9_-]+))".*?<p class="finding-title">(?P<title>.*?)</p>',
    re.DOTALL,
)
TAG = re.compile(r"<(?:img|a|source)\b[^>]*>")
ADDRESS = re.compile(r'\b(src|href)="data:([a-z0-9.+-]+/[a-z0-9.+-]+)((?:;[^,;"]*)*),([^"]*)"', re.IGNORECASE)
PICTURE = re.compile(r'<img\b([^>]*?) src="([^"]*figures/)([^"/]+\.svg)"([^>]*)>')
ENDINGS = {"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpg", "text/csv": "csv", "application/json": "json"}


@dataclass(frozen=True)
class Drawn:
    """A figure or table as a chapter shows it: its id, its place on the chapter's page, and what it finds."""

    figure_id: str
    place: str
    title: str


def drawn(chapter: str, notebook: NotebookNode) -> list[Drawn]:
    """The figures and tables that an executed chapter shows, in its order."""
    return [
        Drawn(match["figure_id"], f"{chapter}.html#{match['anchor']}", markup.unescape(match["title"]))
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        for match in PLACE.finditer("".join(output.get("data", {}).get("text/html", "")))
    ]


def _write(html: Path, stem: str, ending: str, content: bytes) -> str:
    """Write the file unless it is there already; a name taken by other content gets its digest added."""
    path = html / FOLDER / f"{stem}.{ending}"
    if path.exists() and path.read_bytes() != content:
        path = path.with_stem(f"{stem}-{hashlib.sha256(content).hexdigest()[:8]}")
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return f"{FOLDER}/{path.name}"


def _darken(tag: str, html: Path) -> str:
    """A figure's picture twice, for white paper and for dark; the style sheet shows one, and a browser loads only that."""

    def both(picture: re.Match[str]) -> str:
        before, folder, name, after = picture.groups()
        drawing = (html / FOLDER / name).read_text("utf-8")
        target = html / FOLDER / DARK / name
        target.parent.mkdir(exist_ok=True)
        target.write_text(dark.recoloured(drawing), encoding="utf-8")
        return (
            f'<img class="finding-light"{before} src="{folder}{name}"{after}>'
            f'<img class="finding-dark"{before} src="{folder}{DARK}/{name}"{after}>'
        )

    return PICTURE.sub(both, tag)


def extract(page: Path, html: Path) -> int:
    """Turn every data: address of `page`'s pictures and links into a file under `html`; say how many.

    Files of a figure or table with id `figure-NAME` or `table-NAME` are called NAME.svg, NAME.csv and so on;
    the picture for dark mode, which nobody downloads, is dark/NAME.svg.
    """
    up = "../" * (len(page.relative_to(html).parts) - 1)
    count = 0

    def replaced(text: str, stem: str) -> str:
        def address(match: re.Match[str]) -> str:
            nonlocal count
            attribute, kind, parameters, payload = match.groups()
            if kind not in ENDINGS:
                return match[0]
            content = base64.b64decode(payload) if ";base64" in parameters.lower() else unquote_to_bytes(payload)
            count += 1
            name = stem or hashlib.sha256(content).hexdigest()[:16]
            return f'{attribute}="{up}{_write(html, name, ENDINGS[kind], content)}"'

        return TAG.sub(lambda tag: ADDRESS.sub(address, tag[0]), text)

    before = page.read_text("utf-8")
    after = FIGURE.sub(lambda figure: _darken(replaced(figure[0], figure[1]), html), before)
    after = replaced(after, "")
    if count:
        page.write_text(after, encoding="utf-8")
    return count
