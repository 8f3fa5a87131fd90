"""Every chart, on invented rows: the same bytes everywhere, nothing cut off or covered, what is shown is what is meant."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import combinations, product
from math import inf, nan
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D
from matplotlib.text import Text

from analysis.figures import (
    argument_map,
    bars,
    curve,
    evidence,
    specification_curve,
    style,
    timeline,
    timeseries,
    verdicts,
)
from analysis.figures.figure import Figure
from analysis.figures.parts import Statement

MODULES = (argument_map, bars, curve, evidence, specification_curve, timeline, timeseries, verdicts)
STATED = Statement(pd.Interval(36.45, 36.55, closed="both"), "the article: 36.5 %")


def words(figure_id: str) -> dict[str, str]:
    return {
        "figure_id": figure_id,
        "title": "What is found",
        "subtitle": "% · Russia · 2020–2025",
        "source": "invented",
        "alt": "What is seen.",
    }


def series_rows() -> pd.DataFrame:
    ends = {
        "China": ("CN", 35),
        "India": ("IN", 9.1),
        "Turkey": ("TR", 9.0),
        "Union": ("EU27", 8.9),
        "Rest": ("", 9.2),
    }
    rows = [
        {"line": line, "actor": actor, "period": str(year), "value": f"{end - (2025 - year) * 1.5:.1f}"}
        for line, (actor, end) in ends.items()
        for year in range(2020, 2026)
    ]
    rows += [
        {"line": "China", "actor": "CN", "period": "2024", "value": "31.0"},
        {"line": "China", "actor": "CN", "period": "2023", "value": "28", "bound": "above"},
        {"line": "Union", "actor": "EU27", "period": "2022", "value": "14", "bound": "below"},
        {"line": "India", "actor": "IN", "period": "2021", "value": "3", "bound": "about"},
    ]
    frame = pd.DataFrame(rows)
    frame["status"] = ["estimate" if period == "2025" else "outturn" for period in frame["period"]]
    return frame


def monthly_rows() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "line": "Yuan",
            "actor": "CN",
            "period": [f"{year}-{month:02d}" for year in (2022, 2023) for month in range(1, 13)],
            "value": [None if 8 <= place <= 10 else f"{place}.5" for place in range(24)],
        }
    )


def evidence_rows() -> pd.DataFrame:
    columns = ["reading", "primary", "origin", "estimate", "low", "high", "judgement", "known_since"]
    return pd.DataFrame(
        [
            [
                "with Hong Kong",
                False,
                "General Administration of Customs",
                43.6,
                43.6,
                43.6,
                "outside",
                "2026-01",
            ],
            ["share of imports", True, "Federal Customs Service", 36.5, 36.5, 36.5, "inside", "2024-02"],
            ["share of imports", True, "Bank of Finland", 38.0, 36.1, 39.9, "undecided", "2024-05"],
            ["share of imports", True, "A ministry", nan, -inf, 34.0, "outside", None],
        ],
        columns=columns,
    )


def specification_rows() -> pd.DataFrame:
    choices = list(product(["customs", "mirror"], ["2021", "2019–2021"], ["all goods", "sanctioned"]))
    estimates = [0.5, 0.7, 0.8, 0.95, 1.1, 1.2, None, 1.3]
    return pd.DataFrame(
        {
            "source": [choice[0] for choice in choices],
            "baseline": [choice[1] for choice in choices],
            "definition": [choice[2] for choice in choices],
            "estimate": estimates,
            "holds": [estimate is not None and estimate >= 0.9 for estimate in estimates],
            "primary": [place == 2 for place in range(8)],
        }
    )


def argument(depth: int = 3) -> nx.DiGraph:
    graph = nx.DiGraph()
    labels = list(style.VERDICTS)
    for place in range(14):
        graph.add_node(
            f"dependence.{place:03d}",
            label="Russia leans on China far more than the reverse",
            verdict=labels[place % 5],
            strength=place / 13,
        )
    for place in range(1, 14):
        target = place - 1 if place < depth else (place - depth) % max(depth - 1, 1)
        relation = "attack" if place == 7 else "support"
        linked = f"dependence.i{target}" if place % 2 else f"dependence.i{20 + place}"
        graph.add_edge(
            f"dependence.{place:03d}", f"dependence.{target:03d}", relation=relation, inference_id=linked
        )
    return graph


def event_rows() -> pd.DataFrame:
    rows = [
        ("2022-02-24", "Invasion", "RU", "yes", False),
        ("2022-02-26", "Banks to be cut off from SWIFT", "EU27", "yes", False),
        ("2022-03-08", "Oil imports banned", "US", "yes", False),
        (
            "2023-01/2023-09",
            "Shadow fleet grows past a fifth of the tonnage that is for hire to anyone at all, anywhere",
            "",
            "yes",
            False,
        ),
        ("2025-12", "Article published", "", "yes", True),
        ("2026-08-31", "No cease-fire signed", "UA", "no", False),
    ]
    return pd.DataFrame(rows, columns=["date", "label", "actor", "occurred", "article"])


def claim_rows() -> pd.DataFrame:
    labels = list(style.VERDICTS)
    return pd.DataFrame(
        {
            "group": ["Endgame"] * 30 + ["Hedge"] * 5,
            "verdict_at_publication": [labels[place % 5] for place in range(35)],
            "verdict": [labels[place % 4] for place in range(35)],
        }
    )


def curve_rows() -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"x": x / 4, "y": 100 * (1 - (1 - share) ** (1 / (x / 4 - 1))), "line": line, "actor": actor}
            for line, actor, share in (("chips", "CN", 0.9), ("all imports", "RU", 0.365))
            for x in range(6, 33)
        ]
    )


def bar_rows() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "label": ["European Union", "China", "Kazakhstan and Kyrgyzstan taken together"],
            "actor": ["EU27", "CN", "KZ"],
            "value": ["-31.0", "36.5", "5"],
            "low": [None, 33.9, None],
            "high": [None, 41.0, None],
        }
    )


def dot_rows() -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"label": label, "series": series, "actor": actor, "value": value}
            for label, first, second in (
                ("Imports", "36.5", "4.5"),
                ("Chips", "90", "0.4"),
                ("Gas", "22", "28"),
            )
            for series, actor, value in (("Russia on China", "RU", first), ("China on Russia", "CN", second))
        ]
    )


SAMPLES: dict[str, Callable[[], Figure]] = {
    "series": lambda: timeseries.timeseries(
        series_rows(),
        unit="percent_share",
        statement=STATED,
        marks=pd.DataFrame(
            {"date": ["2022-02-24", "2022-12-05", "2025-12"], "label": ["invasion", "cap", "article"]}
        ),
        **words("test-series"),
    ),
    "monthly": lambda: timeseries.timeseries(
        monthly_rows(), unit="percent_share", zero=False, **words("test-monthly")
    ),
    "evidence": lambda: evidence.evidence(
        evidence_rows(),
        statement=STATED,
        unit="percent_share",
        published="2025-12-03",
        **words("test-evidence"),
    ),
    "specification": lambda: specification_curve.specification_curve(
        specification_rows(),
        dimensions=["source", "baseline", "definition"],
        unit="ratio",
        threshold=0.9,
        criterion="filled at 0.9 or more",
        **words("test-specification"),
    ),
    "layers": lambda: argument_map.argument_map(argument(3), **words("test-layers")),
    "outline": lambda: argument_map.argument_map(argument(7), hollow=True, **words("test-outline")),
    "timeline": lambda: timeline.timeline(event_rows(), **words("test-timeline")),
    "counts": lambda: verdicts.verdict_counts(claim_rows(), **words("test-counts")),
    "bars": lambda: bars.bars(bar_rows(), unit="percent", **words("test-bars")),
    "dots": lambda: bars.dots(dot_rows(), unit="percent_share", **words("test-dots")),
    "dots-pledge": lambda: bars.dots(
        dot_rows().assign(hollow=lambda rows: rows["actor"] == "RU"),
        unit="percent_share",
        statement=Statement(pd.Interval(50, inf, closed="left"), "the pledge: at least 50 %"),
        **words("test-pledge"),
    ),
    "curve": lambda: curve.curve(
        curve_rows(),
        unit="percent",
        x_title="Elasticity of substitution σ",
        points=pd.DataFrame({"x": [2.0, 8.0], "y": [36.5, 6.3], "label": ["σ = 2: 36.5 %", "σ = 8: 6.3 %"]}),
        statement=Statement(pd.Interval(50, inf, closed="neither"), "the article: over half"),
        **words("test-curve"),
    ),
}

EVERYWHERE = (
    "from test_figure_charts import SAMPLES\nfor draw in SAMPLES.values(): print(draw()._repr_html_())"
)


def drawn_under(environment: dict[str, str], folder: Path) -> bytes:
    here = Path(__file__).parent
    paths = os.pathsep.join([str(here), str(here.parents[1])])
    return subprocess.run(
        [sys.executable, "-c", EVERYWHERE],
        env={
            **os.environ,
            "PYTHONPATH": paths,
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONUTF8": "1",
            **environment,
        },
        cwd=folder,
        capture_output=True,
        check=True,
    ).stdout


def test_every_chart_has_the_same_bytes_everywhere(tmp_path: Path) -> None:
    (tmp_path / "matplotlibrc").write_text("font.size: 20\nsvg.fonttype: none\n")
    one = drawn_under({"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LANG": "C", "LC_ALL": "C"}, tmp_path)
    other = drawn_under({"PYTHONHASHSEED": "2", "TZ": "America/New_York", "LC_ALL": "C.UTF-8"}, Path.cwd())
    assert one == other and one.count(b"<figure ") == len(SAMPLES)


@pytest.fixture
def canvases(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Canvas]]:
    """The drawings of the figures published in a test, in order."""
    kept: list[Canvas] = []
    for module in MODULES:
        publish = module.publish  # type: ignore[attr-defined]

        def keep(canvas: Canvas, *arguments: Any, publish: Any = publish, **more: Any) -> Figure:
            kept.append(canvas)
            return publish(canvas, *arguments, **more)

        monkeypatch.setattr(module, "publish", keep)
    yield kept


def texts(canvas: Canvas, gid: str | None = None) -> list[Text]:
    return [
        text
        for text in canvas.findobj(Text)
        if isinstance(text, Text)
        and text.get_text().strip()
        and text.get_visible()
        and gid in (None, text.get_gid())
    ]


def covered(canvas: Canvas, gid: str) -> list[tuple[str, str]]:
    """Pairs of words of one sort of which one covers the other, but for a hair's breadth."""
    boxes = [(text.get_text(), text.get_window_extent().padded(-0.6)) for text in texts(canvas, gid)]
    return [(one, other) for (one, a), (other, b) in combinations(boxes, 2) if a.overlaps(b)]


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_is_cut_off_at_the_edge(name: str, canvases: list[Canvas]) -> None:
    SAMPLES[name]()
    (canvas,) = canvases
    width, height = canvas.get_size_inches() * canvas.dpi
    for text in texts(canvas):
        box = text.get_window_extent()
        inside = box.x0 > -1.5 and box.x1 < width + 1.5 and box.y0 > -3 and box.y1 < height + 3
        assert inside, (text.get_text(), box)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_chart_carries_its_rows_and_no_foreign_text(name: str) -> None:
    figure = SAMPLES[name]()
    assert len(figure.csv.splitlines()) > 2
    assert len(figure.svg.encode()) < 80_000
    assert "<text" not in figure.svg and "<image" not in figure.svg


@pytest.mark.parametrize(
    "call",
    [
        lambda rows: timeseries.timeseries(rows, unit="", **words("test-empty")),
        lambda rows: evidence.evidence(
            rows, statement=STATED, unit="", published="2025", **words("test-empty")
        ),
        lambda rows: bars.bars(rows, unit="", **words("test-empty")),
        lambda rows: bars.dots(rows, unit="", **words("test-empty")),
        lambda rows: timeline.timeline(rows, **words("test-empty")),
        lambda rows: verdicts.verdict_counts(rows, **words("test-empty")),
        lambda rows: curve.curve(rows, unit="", x_title="x", **words("test-empty")),
        lambda rows: specification_curve.specification_curve(
            rows, dimensions=[], unit="", threshold=0, criterion="c", **words("test-empty")
        ),
    ],
)
def test_missing_columns_and_rows_are_named(call: Callable[[pd.DataFrame], Figure]) -> None:
    with pytest.raises(ValueError, match="figure test-empty: its data lack"):
        call(pd.DataFrame({"nothing": [1]}))
    every = "line period value reading primary origin low high judgement label series date group verdict"
    columns = [*every.split(), "verdict_at_publication", "x", "y", "estimate", "holds"]
    with pytest.raises(ValueError, match="figure test-empty: there is no row"):
        call(pd.DataFrame(columns=columns))


# Values over time


def test_names_at_lines_ends_do_not_cover_one_another(canvases: list[Canvas]) -> None:
    SAMPLES["series"]()  # four lines end within 0.3 of one another
    assert len(texts(canvases[0], "line-name")) == 5
    assert covered(canvases[0], "line-name") == [] and covered(canvases[0], "mark") == []


@pytest.mark.parametrize("ends", [[5.0] * 8, [0.0, 0.1, 9.9, 10.0], [float(place) for place in range(10)]])
def test_names_keep_apart_wherever_lines_end(ends: list[float], canvases: list[Canvas]) -> None:
    rows = [
        {"line": f"A line with the name {place}", "period": str(year), "value": end}
        for place, end in enumerate(ends)
        for year in (2020, 2021)
    ]
    timeseries.timeseries(pd.DataFrame(rows), unit="percent", **words("test-ends"))
    assert covered(canvases[0], "line-name") == []


def lines(canvas: Canvas, colour: str) -> list[Line2D]:
    plot = canvas.axes[0]
    return [line for line in plot.get_lines() if to_hex(line.get_color()) == colour.lower()]


def test_every_value_is_a_point_and_the_line_follows_the_median(canvases: list[Canvas]) -> None:
    rows = pd.DataFrame(
        {
            "line": "China",
            "actor": "CN",
            "period": ["2020", "2020", "2020", "2021", "2021", "2022"],
            "value": ["10", "11", "15", "20", "19", "30"],
            "bound": ["exact"] * 4 + ["above", "exact"],
        }
    )
    timeseries.timeseries(rows, unit="percent", **words("test-points"))
    (path,) = [
        line for line in lines(canvases[0], style.ACTORS["CN"].colour) if line.get_linestyle() != "None"
    ]
    assert list(path.get_ydata()) == [11, 20, 30]  # a bound is no value
    points = [line for line in lines(canvases[0], style.ACTORS["CN"].colour) if line.get_marker() == "s"]
    assert sorted(float(y) for line in points for y in line.get_ydata()) == [10, 11, 15, 20, 30]
    assert texts(canvases[0], "line-name")[0].get_text() == "China 30\u202f%"


def test_lasting_values_are_joined_whatever_time_lies_between(canvases: list[Canvas]) -> None:
    rows = pd.DataFrame(
        {"line": "A", "period": ["2022-04", "2022-10", "2023-01"], "value": ["1", "2", "3"], "status": "forecast"}
    )
    for lasting in (False, True):
        timeseries.timeseries(rows, unit="percent", lasting=lasting, **words("test-lasting"))
    drawn = [
        {line.is_dashed() for line in canvas.axes[0].get_lines() if len(line.get_xdata()) > 1 and line.get_linestyle() != "None"}
        for canvas in canvases
    ]
    assert True in drawn[0]
    assert drawn[1] == {False}


def test_estimates_are_grey_gaps_dotted_and_empty_periods_hatched(canvases: list[Canvas]) -> None:
    rows = pd.DataFrame(
        {
            "line": ["A"] * 5 + ["B"] * 5,
            "actor": ["RU"] * 5 + ["CN"] * 5,
            "period": ["2020", "2021", "2022", "2023", "2024"] * 2,
            "value": ["1", "2", "3", None, "5", "4", None, "6", None, "8"],
            "status": ["outturn"] * 4 + ["estimate"] + ["outturn"] * 5,
        }
    )
    timeseries.timeseries(rows, unit="percent", **words("test-gaps"))
    grey = [line for line in lines(canvases[0], style.FAINT) if len(line.get_xdata()) > 1]
    assert {tuple(line.get_ydata()) for line in grey} == {(3, 5), (4, 6, 8)}
    assert all(line.is_dashed() for line in grey)
    assert [patch.get_hatch() for patch in canvases[0].axes[0].patches] == ["//////"]  # 2023, which both lack
    printed = {text.get_text() for text in texts(canvases[0])}
    assert {"interpolated", "no data", "provisional"} <= printed


def test_a_stretch_without_a_value_is_dotted_even_when_nobody_asked_for_it(canvases: list[Canvas]) -> None:
    rows = pd.DataFrame(
        {"line": "A", "period": ["2013", "2015", "2016", "2017-01-01"], "value": [1, 2, 3, 4]}
    )
    timeseries.timeseries(rows, unit="percent", **words("test-skipped"))
    dotted = [line for line in canvases[0].axes[0].get_lines() if line.is_dashed()]
    assert [list(line.get_ydata()) for line in dotted] == [[1, 2]]


def test_a_line_follows_the_commoner_length_of_period(canvases: list[Canvas]) -> None:
    months = [f"2022-{month:02d}" for month in range(1, 13)]
    rows = pd.DataFrame(
        {"line": "A", "actor": "CN", "period": ["2021", "2022", *months], "value": [5, 40, *range(10, 22)]}
    )
    timeseries.timeseries(rows, unit="percent", **words("test-lengths"))
    path = max(lines(canvases[0], style.ACTORS["CN"].colour), key=lambda line: len(line.get_xdata()))
    joined = [
        y
        for line in lines(canvases[0], style.ACTORS["CN"].colour)
        if line.get_marker() == "None"
        for y in line.get_ydata()
    ]
    assert list(path.get_ydata())[-12:] == list(range(10, 22))
    assert joined[0] == 5 and 40 not in joined  # the year before has no month of its own, the year 2022 has
    assert "over a longer period" in {text.get_text() for text in texts(canvases[0])}


def test_what_a_model_gives_has_no_points_and_no_number(canvases: list[Canvas]) -> None:
    years = ["2020", "2021", "2022"]
    rows = pd.DataFrame(
        {
            "line": ["seen"] * 3 + ["model"] * 3 + ["without it"] * 3,
            "actor": ["CN"] * 3 + [""] * 6,
            "period": years * 3,
            "value": [1, 2, 3, 1.1, 2.1, 2.9, 1.1, 2.1, 4.0],
            "modelled": [False] * 3 + [True] * 6,
        }
    )
    timeseries.timeseries(rows, unit="usd_bn", **words("test-model"))
    drawn = canvases[0].axes[0].get_lines()
    fitted, without = ([line for line in drawn if list(line.get_ydata())[-1:] == [end]] for end in (2.9, 4.0))
    assert [line.get_marker() for line in fitted + without] == ["None", "None"]
    assert [line.is_dashed() for line in fitted + without] == [False, True]
    assert {text.get_text() for text in texts(canvases[0], "line-name")} == {"seen $3\u202fbn", "model", "without it"}


def test_two_months_of_a_leap_year_end_where_the_next_begins(canvases: list[Canvas]) -> None:
    periods = ["2023-12", "2024-01/2024-02", *(f"2024-{month:02d}" for month in range(3, 7))]
    rows = pd.DataFrame({"line": "A", "actor": "CN", "period": periods, "value": range(1, 7)})
    timeseries.timeseries(rows, unit="usd_bn", **words("test-leap"))
    assert not [line for line in canvases[0].axes[0].get_lines() if line.is_dashed()]  # nothing is skipped
    assert "over a longer period" in {text.get_text() for text in texts(canvases[0])}


def test_a_line_that_ends_in_a_bound_says_so(canvases: list[Canvas]) -> None:
    rows = pd.DataFrame(
        {"line": "A", "period": ["2020", "2021"], "value": ["1", "2"], "bound": ["exact", "below"]}
    )
    timeseries.timeseries(rows, unit="usd_bn", **words("test-bound"))
    assert texts(canvases[0], "line-name")[0].get_text() == "A under $2\u202fbn"


def test_what_was_foreseen_is_not_drawn_with_what_came() -> None:
    rows = pd.DataFrame(
        {"line": "A", "period": ["2020", "2021"], "value": [1, 2], "status": ["outturn", "forecast"]}
    )
    with pytest.raises(ValueError, match="figure test-mixed mixes forecast and outturn"):
        timeseries.timeseries(rows, unit="percent", **words("test-mixed"))
    timeseries.timeseries(rows.assign(status="forecast"), unit="percent", **words("test-foreseen"))


def test_a_series_without_any_value_is_refused() -> None:
    rows = pd.DataFrame({"line": "A", "period": ["2020"], "value": [None]})
    with pytest.raises(ValueError, match="figure test-none: no row has a value"):
        timeseries.timeseries(rows, unit="percent", **words("test-none"))


# Evidence


def test_evidence_known_at_publication_is_hollow_and_the_primary_reading_on_top(
    canvases: list[Canvas],
) -> None:
    SAMPLES["evidence"]()
    faces = {
        float(line.get_xdata()[0]): to_hex(line.get_markerfacecolor())
        for line in canvases[0].axes[0].get_lines()
        if line.get_gid() == "estimate"
    }
    assert faces[36.5] == faces[38.0] == style.PAPER.lower() and faces[43.6] != style.PAPER.lower()
    heights = {text.get_text().splitlines()[0]: text.get_position()[1] for text in texts(canvases[0])}
    assert heights["Primary reading: share of imports"] < heights["with Hong Kong"]
    assert 34.0 not in faces  # a bound is a bar with an arrow, not a value
    assert "under 34\u202f% ×" in heights and "36.5\u202f% ✓" in heights
    assert covered(canvases[0], "origin") == []


# Specification curve


def test_combinations_without_data_are_counted_aloud_and_left_out(canvases: list[Canvas]) -> None:
    assert specification_curve.counts(specification_rows()) == (4, 7, 1)
    SAMPLES["specification"]()
    printed = [text.get_text() for text in texts(canvases[0])]
    assert "4 of 7 combinations hold (57\u202f%); 1 more have no data" in printed
    assert printed.count("primary reading") == 1


def test_huge_estimates_stand_at_the_limit_and_are_counted(canvases: list[Canvas]) -> None:
    rows = specification_rows()
    rows.loc[rows["estimate"] == 1.3, "estimate"] = 40.0
    figure = specification_curve.specification_curve(
        rows,
        dimensions=["source"],
        unit="ratio",
        threshold=0.9,
        criterion="at least 0.9",
        limit=2.0,
        **words("test-limit"),
    )
    printed = " ".join(text.get_text().replace("\n", " ") for text in texts(canvases[0]))
    assert "1 over 2 (up to 40) stand at the edge" in printed
    drawn = [y for axes in canvases[0].axes for line in axes.lines for y in line.get_ydata() if y > 1.25]
    assert 2.0 in drawn and 40.0 not in drawn
    assert figure.data["estimate"].max() == 40.0  # the rows keep what was measured


def test_a_curve_without_any_data_is_refused() -> None:
    rows = specification_rows().assign(estimate=None)
    with pytest.raises(ValueError, match="figure test-nothing: none of its 8 combinations has data"):
        specification_curve.specification_curve(
            rows, dimensions=["source"], unit="ratio", threshold=0, criterion="c", **words("test-nothing")
        )


# Arguments


@pytest.mark.parametrize("name", ["layers", "outline"])
def test_claims_do_not_cover_one_another(name: str, canvases: list[Canvas]) -> None:
    SAMPLES[name]()
    assert len(texts(canvases[0], "claim")) >= 14
    assert covered(canvases[0], "claim") == []


def test_a_claim_that_serves_twice_is_told_once_and_referred_to(canvases: list[Canvas]) -> None:
    graph = argument(7)
    graph.add_edge("dependence.013", "dependence.001", relation="support", inference_id="dependence.i90")
    argument_map.argument_map(graph, **words("test-twice"))
    told = [text.get_text() for text in texts(canvases[0], "claim") if "013" in text.get_text()]
    assert sorted(text.startswith("see ") for text in told) == [False, True]


def test_a_premise_may_serve_in_several_inferences_of_one_conclusion() -> None:
    graph = nx.MultiDiGraph()
    for name in ("a.1", "a.2", "a.3"):
        graph.add_node(name, label=name, verdict="Supported")
    for inference, premises in (("i1", ("a.2", "a.3")), ("i2", ("a.2",))):
        for premise in premises:
            graph.add_edge(premise, "a.1", relation="support", inference_id=inference)
    figure = argument_map.argument_map(graph, **words("test-multi"))
    assert figure.data.set_index("claim_id").loc["a.2", "leads_to"] == "a.1 (support); a.1 (support)"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda graph: graph.add_edge("dependence.000", "dependence.013", relation="support"), "cycle"),
        (lambda graph: graph.add_edge("dependence.013", "dependence.000", relation="likes"), "likes"),
        (lambda graph: graph.add_node("dependence.099", label="x", verdict="Maybe"), "Maybe"),
        (lambda graph: graph.clear(), "no claim"),
    ],
)
def test_what_is_no_argument_is_refused_by_name(change: Callable[[nx.DiGraph], None], said: str) -> None:
    graph = argument(3)
    change(graph)
    with pytest.raises(ValueError, match=f"figure test-wrong: .*{said}"):
        argument_map.argument_map(graph, **words("test-wrong"))


# The others


def test_events_do_not_cover_one_another(canvases: list[Canvas]) -> None:
    SAMPLES["timeline"]()  # three events within a fortnight
    assert len(texts(canvases[0], "event")) == len(event_rows())
    assert covered(canvases[0], "event") == [] and covered(canvases[0], "date") == []


def test_counts_add_up_to_the_claims() -> None:
    counted = SAMPLES["counts"]().data
    assert counted.groupby(["group", "at"])["claims"].sum().to_dict() == {
        ("Endgame", "now"): 30,
        ("Endgame", "publication"): 30,
        ("Hedge", "now"): 5,
        ("Hedge", "publication"): 5,
    }


def test_bars_begin_at_nought_and_stand_in_order(canvases: list[Canvas]) -> None:
    SAMPLES["bars"]()
    drawn = [patch for patch in canvases[0].axes[0].patches if patch.get_gid() == "bar"]
    assert [patch.get_width() for patch in drawn] == [36.5, 5.0, -31.0]
    assert {patch.get_x() for patch in drawn} == {0.0}


def test_hollow_dots_are_empty_and_what_is_stated_is_marked(canvases: list[Canvas]) -> None:
    SAMPLES["dots-pledge"]()
    axes = canvases[0].axes[0]
    dots = [
        line
        for line in axes.lines
        if line.get_marker() in (style.actor("RU").marker, style.actor("CN").marker)
    ]
    for line in dots:
        hollow = line.get_marker() == style.actor("RU").marker
        assert (to_hex(line.get_markerfacecolor()).upper() == style.PAPER) == hollow
    assert len(dots) == len(dot_rows())
    band = axes.collections[0].get_paths()[0].get_extents()
    assert (band.x0, band.x1) == (50, axes.get_xlim()[1])


def test_a_value_that_is_missing_or_doubled_is_named() -> None:
    with pytest.raises(ValueError, match="figure test-hole: 'China' has no value"):
        bars.bars(bar_rows().assign(value=["1", None, "2"]), unit="percent", **words("test-hole"))
    with pytest.raises(ValueError, match="figure test-double: 'Imports' has series 'Russia on China' twice"):
        bars.dots(pd.concat([dot_rows(), dot_rows()]), unit="percent", **words("test-double"))


def test_a_ratio_axis_needs_a_parameter_above_nought() -> None:
    with pytest.raises(ValueError, match="figure test-log: an axis of ratios"):
        curve.curve(
            pd.DataFrame({"x": [0, 1], "y": [0, 1]}), unit="", x_title="x", log_x=True, **words("test-log")
        )
