"""Grouped estimates, shaded tables and networks: everything given is drawn, and what cannot be is refused."""

from collections.abc import Iterator

import networkx as nx
import pandas as pd
import pytest
from matplotlib.figure import Figure as Canvas

from analysis.figures import grouped_dots as grouped_dots_module
from analysis.figures import heat as heat_module
from analysis.figures import network as network_module
from analysis.figures.grouped_dots import grouped_dots
from analysis.figures.heat import heat
from analysis.figures.network import network

WORDS = {
    "figure_id": "a-speech",
    "title": "What is found",
    "subtitle": "unit · place · period",
    "source": "invented",
    "alt": "What is seen.",
}
TICKS = {0.0: "as often", 2.0: "4 ×"}
HEADS = {"one": "here", "other": "there"}


def estimates() -> pd.DataFrame:
    rows = [("one", "制裁 sanctions", 1.0, 0.2, 1.7), ("one", "oil", 2.5, 2.0, 4.0), ("other", "oil", -1.0, -2.0, -0.5)]
    return pd.DataFrame(rows, columns=["group", "label", "value", "low", "high"])


def cells() -> pd.DataFrame:
    rows = [
        ("War", "one", 12.5, 3.0, 20.1),
        ("War", "other", 0.0, 0.0, 0.0),
        ("A frame with a name that needs two lines", "one", None, None, None),
    ]
    return pd.DataFrame(rows, columns=["row", "column", "value", "low", "high"])


def graph() -> nx.Graph:
    found = nx.Graph()
    for node, sections in (("RU", 9), ("CN", 4), ("Xi", 3), ("UA", 6)):
        found.add_node(node, sections=sections)
    found.add_edge("RU", "CN", sections=4, pmi=0.01)
    found.add_edge("RU", "UA", sections=5, pmi=0.8)
    found.add_edge("CN", "UA", sections=1, pmi=-1.2)
    return found


NAMES = {"RU": "Russia", "CN": "China", "Xi": "Xi", "UA": "Ukraine"}


def test_all_draw_the_same_bytes_twice() -> None:
    for draw in (
        lambda: grouped_dots(estimates(), ticks=TICKS, **WORDS),
        lambda: heat(cells(), heads=HEADS, **WORDS),
        lambda: network(graph(), names=NAMES, chance=0.15, **WORDS),
    ):
        once, again = draw(), draw()
        assert once.svg == again.svg and len(once.svg) < 150_000


@pytest.fixture
def canvases(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Canvas]]:
    """The drawings as they are before they are made small."""
    kept: list[Canvas] = []
    for module in (grouped_dots_module, heat_module, network_module):
        monkeypatch.setattr(module, "publish", lambda canvas, data, **_: kept.append(canvas))
    yield kept


def marked(canvas: Canvas, gid: str) -> int:
    axes = canvas.axes[0]
    return sum(mark.get_gid() == gid for mark in [*axes.lines, *axes.patches])


def test_every_row_cell_node_and_edge_is_drawn(canvases: list[Canvas]) -> None:
    grouped_dots(estimates(), ticks=TICKS, **WORDS)
    heat(cells(), heads=HEADS, **WORDS)
    network(graph(), names=NAMES, chance=0.15, **WORDS)
    dots, table, circle = canvases
    assert marked(dots, "dot") == marked(dots, "interval") == 3
    assert marked(table, "cell") == 1  # nought and an empty value stay unshaded
    assert marked(circle, "edge") == 3 and marked(circle, "node") == 4
    widths = [line.get_linewidth() for line in circle.axes[0].lines if line.get_gid() == "edge"]
    assert len(set(widths)) == 3


def test_the_rows_behind_a_network_are_its_edges() -> None:
    data = network(graph(), names=NAMES, chance=0.15, **WORDS).data
    assert list(data.columns) == ["one", "other", "sections", "pmi"] and len(data) == 3


def test_a_value_changes_the_picture() -> None:
    for draw, data in (
        (lambda data: grouped_dots(data, ticks=TICKS, **WORDS), estimates()),
        (lambda data: heat(data, heads=HEADS, **WORDS), cells()),
    ):
        other = data.copy()
        other.loc[0, "value"] += 0.5
        assert draw(other).svg != draw(data).svg
    stronger = graph()
    stronger.edges["RU", "CN"]["pmi"] = 0.5
    assert network(stronger, names=NAMES, chance=0.15, **WORDS).svg != network(
        graph(), names=NAMES, chance=0.15, **WORDS
    ).svg


def test_what_cannot_be_drawn_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="figure a-speech: 'oil' stands twice under 'one'"):
        grouped_dots(pd.concat([estimates(), estimates().iloc[[1]]]), ticks=TICKS, **WORDS)
    with pytest.raises(ValueError, match="figure a-speech: a row has no value"):
        grouped_dots(estimates().assign(low=float("nan")), ticks=TICKS, **WORDS)
    with pytest.raises(ValueError, match="figure a-speech"):
        grouped_dots(estimates().iloc[:0], ticks=TICKS, **WORDS)
    with pytest.raises(ValueError, match="figure a-speech: column 'other' has no head"):
        heat(cells(), heads={"one": "here"}, **WORDS)
    with pytest.raises(ValueError, match="figure a-speech: 'War', 'one' is given twice"):
        heat(pd.concat([cells(), cells().iloc[[0]]]), heads=HEADS, **WORDS)
    with pytest.raises(ValueError, match="figure a-speech"):
        heat(cells().drop(columns="low"), heads=HEADS, **WORDS)
    with pytest.raises(ValueError, match="figure a-speech: there is nobody"):
        network(nx.Graph(), names=NAMES, chance=0.15, **WORDS)
    with pytest.raises(ValueError, match="figure a-speech: 'Xi' has no name"):
        network(graph(), names={"RU": "Russia", "CN": "China", "UA": "Ukraine"}, chance=0.15, **WORDS)
