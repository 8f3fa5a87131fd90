"""The side bar of every page, from the titles alone.

Sphinx copies all headings of all pages for each page's side bar and then drops them, because the theme
asks for titles only; with claims and sources as headings that was half the time of a build. Here they
are dropped once.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment


def titles_only(contents: nodes.bullet_list) -> nodes.bullet_list:
    """A page's contents without its headings below the title; lists of further pages stay."""
    title = contents.deepcopy()
    for entry in title.children:
        if isinstance(entry, nodes.Element) and len(entry) > 1:
            if further := list(entry.findall(addnodes.toctree)):
                entry[1][:] = further
            else:
                entry.pop(1)
    return title


def lighten(app: Sphinx) -> None:
    """Let each page's side bar be made from `titles_only` contents."""
    light: dict[str, nodes.bullet_list] = {}

    def prepare(app: Sphinx, env: BuildEnvironment) -> None:
        light.clear()
        light.update({page: titles_only(contents) for page, contents in env.tocs.items()})

    def offer(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
        whole = context["toctree"]

        def toctree(**options: Any) -> str:
            if not options.get("titles_only"):
                return whole(**options)
            full, app.env.tocs = app.env.tocs, light
            try:
                return whole(**options)
            finally:
                app.env.tocs = full

        context["toctree"] = toctree

    app.connect("env-check-consistency", prepare)
    app.connect("html-page-context", offer, priority=100)


def setup(app: Sphinx) -> dict[str, Any]:
    lighten(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
