"""Words that wrap, labels that do not collide, arguments in layers, and the lean SVG."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.figures import layered, layout, time_axis
from analysis.figures.svg import compact

PLACES = st.lists(st.floats(-5, 5), min_size=1, max_size=12)


def test_wrapped_lines_fit_and_lose_nothing() -> None:
    text = "Moscow follows Beijing’s lead on every file that matters to it"
    lines = layout.wrap(text, 1.2)
    assert " ".join(lines) == text
    assert all(layout.text_width(line) <= 1.2 for line in lines) and len(lines) > 2


def test_a_number_is_not_parted_from_its_unit() -> None:
    for text in ("imports near 40 %", "imports near 40\u202f%"):
        assert any(line.endswith("40" + text[-2:]) for line in layout.wrap(text, 0.9))


def test_chinese_wraps_between_characters() -> None:
    lines = layout.wrap("俄羅斯對中國的依賴遠大於反向", 0.8)
    assert "".join(lines) == "俄羅斯對中國的依賴遠大於反向" and len(lines) > 1


def test_surplus_lines_end_in_an_ellipsis() -> None:
    lines = layout.wrap("one two three four five six seven eight nine ten", 0.8, most=2)
    assert len(lines) == 2 and lines[1].endswith("…") and layout.text_width(lines[1]) <= 0.8


def test_marks_that_the_font_draws_wide_are_narrowed_beside_latin_only() -> None:
    assert layout.drawable("Russia’s “turn” …") == 'Russia\'s "turn" ...'
    assert layout.drawable("“中国”") == "“中国”"


@given(PLACES, st.data())
def test_spread_labels_neither_overlap_nor_change_order(wanted: list[float], data: st.DataObject) -> None:
    sizes = data.draw(st.lists(st.floats(0.1, 2), min_size=len(wanted), max_size=len(wanted)))
    centres = layout.spread(wanted, sizes, -10, 10)
    order = sorted(range(len(wanted)), key=lambda item: wanted[item])
    for one, other in pairwise(order):
        assert centres[other] - centres[one] >= (sizes[one] + sizes[other]) / 2 - 1e-9
    if sum(sizes) <= 20:
        assert min(c - s / 2 for c, s in zip(centres, sizes, strict=True)) >= -10 - 1e-9
        assert max(c + s / 2 for c, s in zip(centres, sizes, strict=True)) <= 10 + 1e-9


def test_labels_with_room_stay_where_they_are_wanted() -> None:
    assert layout.spread([3.0, 1.0], [1.0, 1.0], 0, 5) == pytest.approx([3.0, 1.0])
    assert layout.spread([2.0, 2.0], [1.0, 1.0], 0, 5) == pytest.approx([1.5, 2.5])
    assert layout.spread([5.0], [1.0], 0, 5) == pytest.approx([4.5])
    assert layout.spread([], [], 0, 5) == []


@st.composite
def arguments(draw: st.DrawFn) -> nx.DiGraph:
    size = draw(st.integers(1, 12))
    graph = nx.DiGraph()
    graph.add_nodes_from(f"a.{node:02d}" for node in range(size))
    pairs = [(source, target) for source in range(size) for target in range(source)]
    for source, target in draw(st.lists(st.sampled_from(pairs), max_size=20)) if pairs else []:
        graph.add_edge(f"a.{source:02d}", f"a.{target:02d}")
    return graph


@settings(deadline=None)
@given(arguments())
def test_layers_run_left_to_right_and_nothing_overlaps(graph: nx.DiGraph) -> None:
    order = sorted(graph)
    heights = {node: 0.3 + 0.1 * (place % 3) for place, node in enumerate(order)}
    places = layered.arrange(graph, heights, order)
    for source, target in graph.edges():
        assert places.ranks[source] > places.ranks[target]
        assert len(places.route(source, target)) == places.ranks[source] - places.ranks[target] - 1
    for rank in set(places.ranks.values()):
        column = sorted((places.centres[node], heights[node]) for node in order if places.ranks[node] == rank)
        for (above, tall), (below, other) in pairwise(column):
            assert below - above >= (tall + other) / 2 - 1e-9
    assert all(
        places.centres[node] - heights[node] / 2 >= -1e-9
        and places.centres[node] + heights[node] / 2 <= places.height + 1e-9
        for node in order
    )
    shuffled = nx.DiGraph()
    shuffled.add_nodes_from(reversed(order))
    shuffled.add_edges_from(reversed(list(graph.edges())))
    assert layered.arrange(shuffled, heights, order) == places


def test_a_crossing_that_can_be_avoided_is_avoided() -> None:
    graph = nx.DiGraph([("p", "y"), ("q", "x")])
    places = layered.arrange(graph, dict.fromkeys("pqxy", 1.0), ["p", "q", "x", "y"])
    assert (places.centres["p"] < places.centres["q"]) == (places.centres["y"] < places.centres["x"])


def test_a_cycle_is_refused() -> None:
    with pytest.raises(ValueError, match="cycle"):
        layered.ranks(nx.DiGraph([("a", "b"), ("b", "a")]))


@pytest.mark.parametrize(
    ("period", "printed"),
    [
        ("2023", "2023"),
        ("2023-Q1", "Q1 2023"),
        ("2023-H2", "H2 2023"),
        ("2023-04", "Apr 2023"),
        ("2023-04-15", "15 Apr 2023"),
        ("2023-01/2023-09", "Jan–Sep 2023"),
        ("2022-12/2023-02", "Dec 2022–Feb 2023"),
        ("2023-03-20/2023-03-22", "20–22 Mar 2023"),
        ("2014/2024", "2014–2024"),
        ("FY2023-24", "FY2023-24"),
    ],
)
def test_periods_are_printed_for_readers(period: str, printed: str) -> None:
    assert time_axis.printed(period) == printed


def test_a_year_reaches_to_the_next() -> None:
    assert time_axis.extent("2023") == pytest.approx((2023, 2024), abs=1e-4)
    low, high = time_axis.extent("2024-02-29")
    assert high - low == pytest.approx(1 / 365.25, rel=0.01)


DRAWN = """<svg xmlns:xlink="http://www.w3.org/1999/xlink" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50">
 <metadata>when</metadata><!-- what -->
 <defs><style type="text/css">*{stroke-linejoin: round}</style></defs>
 <g id="figure_1"><g id="axes_1"><path id="unused" d="M 0 0
L 10.123456 -0.001
L 20 5
z
" clip-path="url(#whole)" style="fill: #fff; stroke: #000"/>
 <path d="M 1 1 L 2 2" clip-path="url(#part)" style="fill: #fff; stroke: #000"/>
 <g transform="translate(3.14159 2.5) scale(0.086 -0.086)"><defs><path id="glyph" d="M 5 5 C 1 1 2 2 3 3 C 4 4 5 5 6 6"
  transform="scale(0.015625)"/><path id="space" d=""/></defs>
  <use xlink:href="#glyph"/><use xlink:href="#space" transform="translate(40 0)"/>
  <use xlink:href="#glyph" transform="translate(55.5 0)"/></g></g></g>
 <defs><clipPath id="whole"><rect x="0" y="0" width="100" height="50"/></clipPath>
 <clipPath id="part"><rect x="5" y="0" width="50" height="50"/></clipPath></defs></svg>"""


def test_compact_keeps_the_drawing_and_drops_the_rest() -> None:
    lean = compact(DRAWN)
    root = ElementTree.fromstring(lean)
    paths = [element.attrib["d"] for element in root.iter("{http://www.w3.org/2000/svg}path")]
    assert paths == ["M0 0 10.12 0 20 5z", "M1 1 2 2", "M5 5C1 1 2 2 3 3 4 4 5 5 6 6"]
    uses = [dict(element.attrib) for element in root.iter("{http://www.w3.org/2000/svg}use")]
    assert [use.get("x") for use in uses] == [None, "56"]
    for gone in ("metadata", "what", "figure_1", "unused", "space", "whole"):
        assert gone not in lean
    ids = set(re.findall(r'id="([^"]+)"', lean))
    assert set(re.findall(r'href="#([^"]+)"', lean)) | set(re.findall(r"url\(#([^)]+)\)", lean)) == ids
    assert "translate(3.14 2.5) scale(0.086 -0.086)" in lean
    assert lean.count("fill:#fff;stroke:#000") == 1  # said once, for both paths
    assert len(lean) < len(DRAWN)
