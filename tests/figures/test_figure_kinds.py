"""Grids of kinds: every cell that is given is drawn, a gap is hatched, and what cannot be drawn is refused."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from analysis.figures.grid import Kind, kinds

WORDS = {
    "figure_id": "a-grid",
    "title": "Who gained",
    "subtitle": "by draft",
    "source": "the rows",
    "alt": "a grid",
}
LOOKS = {"a": Kind("A", "favours A", "#112233", "#FFFFFF"), "b": Kind("B", "favours B", "#F3D79A", "#1B1F24")}


def cells() -> pd.DataFrame:
    return pd.DataFrame(
        {"row": ["Price", "Price", "Term"], "column": ["May", "June", "May"], "kind": ["a", "b", "b"]}
    )


def test_each_cell_is_drawn_and_a_missing_one_is_hatched_and_named() -> None:
    drawn = kinds(cells(), looks=LOOKS, empty="not known", **WORDS)
    full = pd.concat([cells(), pd.DataFrame({"row": ["Term"], "column": ["June"], "kind": ["a"]})])
    whole = kinds(full, looks=LOOKS, empty="not known", **WORDS)
    assert all(look.fill.lower() in drawn.svg.lower() for look in LOOKS.values())
    assert "<pattern" in drawn.svg and "<pattern" not in whole.svg


def test_a_cell_of_another_kind_changes_the_picture() -> None:
    other = cells().assign(kind=["b", "b", "b"])
    assert (
        kinds(other, looks=LOOKS, empty="not known", **WORDS).svg
        != kinds(cells(), looks=LOOKS, empty="not known", **WORDS).svg
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda data: data.iloc[:0], ""),
        (lambda data: data.drop(columns="kind"), "kind"),
        (lambda data: data.assign(kind="c"), "the kind 'c' has no look"),
        (lambda data: pd.concat([data, data]), "'Price' has 'May' twice"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    change: Callable[[pd.DataFrame], pd.DataFrame], message: str
) -> None:
    with pytest.raises(ValueError, match=f"figure a-grid.*{message}"):
        kinds(change(cells()), looks=LOOKS, empty="not known", **WORDS)
