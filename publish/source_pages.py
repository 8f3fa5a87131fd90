"""Sources, which are too many for one page: those of a publisher's first letter share one.

The page of all sources names each publisher with the dates of its sources, and keeps the permanent address of every
one of them. Links of the book's own lead past it, straight to the source.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping

OTHER = "other"
ADDRESS = re.compile(r'(\bhref="(?:\.\./)*)sources\.html(#source-[\w-]+")')


def initial(publisher: str) -> str:
    """The small letter under which a publisher stands, or `other`.

    >>> initial("TASS"), initial("人民日报"), initial("112.ua")
    ('t', 'other', 'other')
    """
    first = publisher[:1].lower()
    return first if first and first in string.ascii_lowercase else OTHER


def page(name: str) -> str:
    """The page of the publishers under a letter, without ending."""
    return f"sources/{name}"


def direct(text: str, places: Mapping[str, str]) -> str:
    """Markup whose links to single sources lead to the pages that show them; `places` are these, by fragment.

    >>> direct('<a href="../sources.html#source-x">', {"source-x": "sources/a"})
    '<a href="../sources/a.html#source-x">'
    """

    def led(match: re.Match[str]) -> str:
        place = places.get(match[2][1:-1])
        return f"{match[1]}{place}.html{match[2]}" if place else match[0]

    return ADDRESS.sub(led, text)
