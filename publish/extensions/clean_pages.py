"""Take from every page what it does not need, above all what would ask another host for something."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from publish.chinese import WIDE, marked, passages

BREAK = re.compile(rf"(?<=[{WIDE}])\n(?=[{WIDE}])")


PLAY = re.compile(r'<form\b[^>]*\bdata-play="([a-z_]+)"')
PLAY_SCRIPT = re.compile(r"(?:^|/)play(?:-([a-z_]+))?\.js")


class PermanentIdsFirst(SphinxTransform):
    """Let a section be addressed by the target written before it, not by its title, which may change."""

    default_priority = 870  # after docutils has moved the targets' ids to their sections

    def apply(self, **kwargs: Any) -> None:
        for section in self.document.findall(nodes.section):
            section["ids"] = [*section["ids"][1:], *section["ids"][:1]]


class JoinChineseLines(SphinxPostTransform):
    """Drop a line break between two Chinese characters, which browsers would draw as a space."""

    default_priority = 900

    def run(self, **kwargs: Any) -> None:
        for text in list(self.document.findall(nodes.Text)):
            if isinstance(text.parent, nodes.FixedTextElement | nodes.literal | nodes.raw):
                continue
            joined = BREAK.sub("", text.astext())
            if joined == "\n" and self._between_wide(text):
                joined = ""
            if joined != text.astext():
                text.parent.replace(text, nodes.Text(joined))

    @staticmethod
    def _between_wide(text: nodes.Text) -> bool:
        siblings = text.parent.children
        place = next(index for index, node in enumerate(siblings) if node is text)
        if not 0 < place < len(siblings) - 1:
            return False
        before, after = siblings[place - 1].astext(), siblings[place + 1].astext()
        return bool(re.search(rf"[{WIDE}]$", before) and re.match(rf"[{WIDE}]", after))


class MarkChinese(SphinxPostTransform):
    """Give Chinese text its lang attribute, so that it is read aloud and drawn as what it is."""

    default_priority = 950

    def run(self, **kwargs: Any) -> None:
        for text in list(self.document.findall(nodes.Text)):
            if isinstance(text.parent, nodes.raw):
                if text.parent.get("format") == "html":
                    text.parent.replace(text, nodes.Text(marked(text.astext())))
            elif not isinstance(text.parent, nodes.FixedTextElement | nodes.literal | nodes.Invisible):
                text.parent.replace(text, [node for piece, lang in passages(text.astext()) for node in _marked(piece, lang)])


def _marked(piece: str, lang: str) -> list[nodes.Node]:
    if not lang:
        return [nodes.Text(piece)]
    start, end = (nodes.raw("", tag, format="html") for tag in (f'<span lang="{lang}">', "</span>"))
    return [start, nodes.Text(piece), end]


def _name(script: Any) -> str:
    return str(getattr(script, "filename", script) or "")


def _body(script: Any) -> str:
    return str(getattr(script, "attributes", {}).get("body") or "")


def _plays(doctree: nodes.document | None) -> set[str]:
    """The kinds of pictures to play with that a page has."""
    raws = doctree.findall(nodes.raw) if doctree is not None else []
    return {kind for raw in raws for kind in PLAY.findall(raw.astext())}


def _unwanted(script: Any, plays: set[str]) -> bool:
    name, body = _name(script), _body(script)
    if own := PLAY_SCRIPT.search(name):  # every script of the book's own folder comes to every page
        return own[1] not in plays if own[1] else not plays
    if "thebe" in name.lower() or "thebe" in body.lower():
        return True  # runs code on other people's servers; declares a constant twice
    # Folds what this book folds with <details>.
    return "togglebutton" in (name + body).lower() or "togglehint" in body.lower()


def clean(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Drop scripts that the page does not need and those that stand twice."""
    plays = _plays(doctree)
    kept: dict[tuple[str, str], Any] = {}
    for script in context.get("script_files", []):
        if not _unwanted(script, plays):
            kept.setdefault((_name(script), _body(script)), script)
    context["script_files"] = list(kept.values())
    # The theme repeats the title for paper, as it stands.
    context["pagetitle"] = escape(context.get("pagetitle", ""), quote=False)
    context["css_files"] = [
        sheet for sheet in context.get("css_files", []) if not re.search("thebe|togglebutton", _name(sheet))
    ]


def offer_notebook(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Offer a download on pages made from a notebook only: a page's Markdown source helps no reader."""
    if context.get("page_source_suffix") != ".ipynb":
        context["theme_use_download_button"] = False
        context["page_source_suffix"] = ""


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_transform(PermanentIdsFirst)
    app.add_post_transform(JoinChineseLines)
    app.add_post_transform(MarkChinese)
    app.connect("html-page-context", offer_notebook, priority=400)
    app.connect("html-page-context", clean, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
