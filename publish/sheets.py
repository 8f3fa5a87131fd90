"""The theme's style sheets, cut down to the rules that something on a page or made by a script can use.

A rule goes when each of its selectors asks for a class that stands in no page and in no script. Most of them draw
icons and components that this book does not show.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
LICENCE = re.compile(r"/\*!|copyright|licen[cs]e", re.IGNORECASE)
RULE = re.compile(r"(?P<head>[^{}]*)\{[^{}]*\}")
BEFORE = re.compile(r"(?:\s|\0\d+\0|@[^{};]*;)*")  # comments that stay, and statements, which end in a semicolon
NOT_ASKED = re.compile(r"\[[^\]]*\]|:not\((?:[^()]|\([^()]*\))*\)")
CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
GIVEN = re.compile(r'\bclass="([^"]*)"')
SCRIPT = re.compile(r"<script\b[^>]*>(.*?)</script>", re.DOTALL)
WORD = re.compile(r"-?[A-Za-z_][\w-]*")


class Used:
    """The classes that elements of the pages have, and the words of scripts, which may give further ones."""

    def __init__(self, pages: Iterable[str], scripts: Iterable[str]) -> None:
        self._names: set[str] = set()
        for page in pages:
            self._names.update(name for names in GIVEN.findall(page) for name in names.split())
            self._names.update(word for script in SCRIPT.findall(page) for word in WORD.findall(script))
        for script in scripts:
            self._names.update(WORD.findall(script))
        # Scripts put names together: `kind-` and what follows it.
        self._beginnings = tuple(name for name in self._names if len(name) > 2 and name.endswith("-"))

    def __contains__(self, name: str) -> bool:
        return name in self._names or name.startswith(self._beginnings)


def cut(sheet: str, used: Used) -> str:
    """A style sheet without comments, except licences, and without the rules that nothing can use.

    >>> cut("/* x */ .a, .b:not(.c) { color: red } @media print { .c { color: red } p .a { top: 0 } }", Used(['<p class="b">'], []))
    ' .a, .b:not(.c) { color: red } @media print {   }'
    """
    kept: list[str] = []

    def comment(match: re.Match[str]) -> str:
        if not LICENCE.search(match[0]):
            return ""
        kept.append(match[0])
        return f"\0{len(kept) - 1}\0"

    def rule(match: re.Match[str]) -> str:
        before = BEFORE.match(match["head"])
        assert before is not None  # it may be empty
        selectors = match["head"][before.end() :]
        if selectors.startswith("@") or "\\" in selectors:
            return match[0]
        asked = NOT_ASKED.sub("", selectors).split(",")
        return match[0] if any(all(name in used for name in CLASS.findall(one)) for one in asked) else before[0]

    bare = RULE.sub(rule, COMMENT.sub(comment, sheet))
    return re.sub(r"\0(\d+)\0", lambda match: kept[int(match[1])], bare)


def write(html: Path, own: str = "book.css") -> None:
    """Cut down the style sheets of the site in `html`, but for the book's own."""
    static = html / "_static"
    pages = (path.read_text("utf-8") for path in sorted(html.rglob("*.html")))
    used = Used(pages, (path.read_text("utf-8") for path in sorted(static.rglob("*.js"))))
    for path in sorted(static.rglob("*.css")):
        if path.name != own:
            path.write_text(cut(path.read_text("utf-8"), used), encoding="utf-8")
