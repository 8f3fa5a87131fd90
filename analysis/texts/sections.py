"""Texts in sections so long that counting their words gives no sentence away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

Item = TypeVar("Item")

LEAST = 200


def sections(paragraphs: Iterable[Sequence[Item]], least: int = LEAST) -> list[list[Item]]:
    """Runs of whole paragraphs of at least `least` words; what is left at the end joins the last of them.

    A text of fewer words is one section. The order of words inside a section is not published.
    """
    runs: list[list[Item]] = [[]]
    for paragraph in paragraphs:
        if len(runs[-1]) >= least:
            runs.append([])
        runs[-1].extend(paragraph)
    if len(runs) > 1 and len(runs[-1]) < least:
        rest = runs.pop()
        runs[-1].extend(rest)
    return [run for run in runs if run]
