"""Signed networks, lanes of acts and grids of shares: what is given is drawn, and what cannot be is refused."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from math import hypot

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from matplotlib.figure import Figure as Canvas
from matplotlib.text import Text

from analysis.figures import grid, lanes, signed_network, style
from analysis.figures.figure import Figure

WORDS = {
    "figure_id": "a-picture",
    "title": "What is found",
    "subtitle": "unit · place · period",
    "source": "invented",
    "alt": "What is seen.",
}
ACTORS = ("RU", "CN", "KP", "IN", "US")


@pytest.fixture
def canvases(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Canvas]]:
    """The drawings that are published, with all that they hold."""
    drawn: list[Canvas] = []
    for module in (lanes, signed_network, grid):
        publish = module.publish

        def keep(canvas, data, *, publish=publish, **caption):
            drawn.append(canvas)
            return publish(canvas, data, **caption)

        monkeypatch.setattr(module, "publish", keep)
    yield drawn


def marks(canvas: Canvas, gid: str) -> list:
    return [part for part in canvas.findobj(lambda part: part.get_gid() == gid)]


def ties() -> pd.DataFrame:
    rows = [
        ("Early", "CN", "RU", 1, ""),
        ("Early", "CN", "US", -1, ""),
        ("Early", "IN", "RU", 1, "some"),
        ("Early", "IN", "US", 1, "always"),
        ("Late", "CN", "RU", 1, ""),
        ("Late", "RU", "US", 0, ""),
    ]
    return pd.DataFrame(rows, columns=["panel", "actor_a", "actor_b", "sign", "upset"])


def network(data: pd.DataFrame, **options) -> Figure:
    given = {
        "places": signed_network.circle(ACTORS),
        "names": {actor: actor for actor in ACTORS},
        "notes": {"Early": "one against the best split", "Late": "none"},
        "camps": {("Early", "US"): "same", ("Early", "CN"): "other", ("Early", "IN"): "either"},
        "with_actor": "US",
        "columns": 2,
        **options,
    }
    return signed_network.networks(data, **given, **WORDS)


def acts() -> pd.DataFrame:
    rows = [
        ("US–RU", "2022-02-24", -8.0, "Banks cut off"),
        ("US–RU", "2025-02", 7.0, ""),
        ("US–RU", "2025-02-18", 7.0, "Riyadh talks with a name that is too long for one line"),
        ("US–UA", "2025-03-03", 0.0, ""),
        ("US–UA", "2026-05-08", 5.0, ""),
    ]
    frame = pd.DataFrame(rows, columns=["lane", "date", "weight", "label"])
    return frame.assign(said=[f"<act> {date}" for date in frame["date"]], href="sources.html#source-x")


MEANS = pd.DataFrame(
    [("US–RU", "2022-H1", -8.0), ("US–RU", "2025-H1", 7.0), ("US–RU", "2025-H2", None), ("US–UA", "2026-H1", 5.0)],
    columns=["lane", "start", "mean"],
).assign(end=lambda frame: frame["start"])
DAYS = pd.DataFrame([("2025-01-20", "in office"), ("2025-03-03", "article")], columns=["date", "label"])


def lane(data: pd.DataFrame, **options) -> Figure:
    return lanes.lanes(data, **{"means": MEANS, "marks": DAYS, "step": "mean", **options}, **WORDS)


def cells() -> pd.DataFrame:
    rows = [("Japan", "2021", 1.0), ("Japan", "2023", 0.5), ("India", "2021", None), ("India", "2023", 0.0)]
    return pd.DataFrame(rows, columns=["row", "column", "share"])


def shares(data: pd.DataFrame) -> Figure:
    return grid.shares(data, empty="no camp", shaded="always", **WORDS)


@pytest.mark.parametrize(("draw", "data"), [(network, ties()), (lane, acts()), (shares, cells())])
def test_the_same_rows_give_the_same_bytes_and_stay_with_the_picture(draw, data: pd.DataFrame) -> None:
    once, again = draw(data), draw(data)
    assert once._repr_html_() == again._repr_html_()
    assert once.data.equals(data)
    assert len(once.svg) < 60_000


@pytest.mark.parametrize(
    ("draw", "data", "column", "value"),
    [(network, ties(), "sign", 0), (lane, acts(), "weight", -2.0), (shares, cells(), "share", 0.25)],
)
def test_a_value_changes_the_picture(draw, data: pd.DataFrame, column: str, value: float) -> None:
    changed = data.copy()
    changed.loc[1, column] = value
    assert draw(changed).svg != draw(data).svg


@pytest.mark.parametrize(("draw", "data"), [(network, ties()), (lane, acts()), (shares, cells())])
def test_nothing_is_cut_off_at_the_edge(draw, data: pd.DataFrame, canvases: list[Canvas]) -> None:
    draw(data)
    width, height = canvases[0].get_size_inches() * canvases[0].dpi
    for text in canvases[0].findobj(lambda part: isinstance(part, Text) and part.get_text().strip() and part.get_visible()):
        box = text.get_window_extent()
        assert box.x0 > -1.5 and box.x1 < width + 1.5 and box.y0 > -3 and box.y1 < height + 3, text.get_text()


def test_every_tie_is_drawn_and_told_apart_without_colour(canvases: list[Canvas]) -> None:
    network(ties())
    drawn = marks(canvases[0], "tie")
    assert len(drawn) == len(ties())
    looks = {(line.get_color(), str(line._dash_pattern)) for line in drawn}
    assert len(looks) == len({dash for _, dash in looks}) == 3
    assert len(marks(canvases[0], "upset")) == 2
    words = [text.get_text() for text in canvases[0].findobj(Text)]
    for said in ("friendly", "hostile", "neither", "against every best split", "against some", "with US, however split"):
        assert said in words
    network(ties().query("sign == 1 and upset == ''"), camps=None)
    words = [text.get_text() for text in canvases[1].findobj(Text)]
    assert "friendly" in words and "hostile" not in words and "in the other camp" not in words


def test_no_actor_covers_another(canvases: list[Canvas]) -> None:
    places = signed_network.circle([f"A{number}" for number in range(13)])
    pairs = list(combinations(places, 2))
    data = pd.DataFrame([("Only", *pair, 1, "") for pair in pairs], columns=["panel", "actor_a", "actor_b", "sign", "upset"])
    network(data, places=places, names={actor: actor for actor in places}, notes={"Only": "all"}, camps=None)
    boxes = [text.get_window_extent() for text in marks(canvases[0], "actor")]
    assert len(boxes) == 13
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))


@pytest.mark.parametrize("count", [3, 5, 13])
def test_a_circle_begins_at_the_left_and_keeps_neighbours_near(count: int) -> None:
    actors = [f"A{number:02}" for number in range(count)]
    places = signed_network.circle(actors)
    assert set(places) == set(actors)
    assert all(hypot(*place) == pytest.approx(1) for place in places.values())
    across = [places[actor][0] for actor in actors]
    assert across[0] == -1 and across[-1] == max(across)
    assert all(later >= earlier - 1e-9 for earlier, later in zip(across, across[2:], strict=False))
    with pytest.raises(ValueError, match="at least three actors, found 2"):
        signed_network.circle(actors[:2])


def test_every_act_is_drawn_and_leads_to_its_source(canvases: list[Canvas]) -> None:
    page = BeautifulSoup(lane(acts())._repr_html_(), "html.parser")
    assert len(marks(canvases[0], "act")) == len(acts())
    links = page.select(".finding-picture > a.finding-spot")
    assert [link["title"] for link in links] == [f"<act> {date}" for date in acts()["date"]]
    assert {link["href"] for link in links} == {"sources.html#source-x"}
    # Each link lies on its mark.
    width, height = canvases[0].get_size_inches() * canvases[0].dpi
    for link, act in zip(links, marks(canvases[0], "act"), strict=True):
        (across, down) = act.axes.transData.transform(act.get_xydata()[0])
        left, top = (float(part.partition(":")[2].rstrip("%")) for part in link["style"].split(";"))
        assert (left, top) == pytest.approx((100 * across / width, 100 * (1 - down / height)), abs=0.02)


def test_a_stretch_without_a_mean_breaks_the_steps(canvases: list[Canvas]) -> None:
    lane(acts())
    assert len(marks(canvases[0], "mean")) == 3


def test_no_landmark_covers_another_and_none_leaves_the_page(canvases: list[Canvas]) -> None:
    days = pd.date_range("2025-01-01", periods=4, freq="20D")
    crowded = pd.DataFrame(
        {
            "lane": "US–RU",
            "date": [str(day.date()) for day in days] * 2,
            "weight": [7.0] * 4 + [-8.0] * 4,
            "label": [f"The name of event {place}" for place in range(8)],
            "said": "s",
            "href": "h",
        }
    )
    lane(crowded)
    boxes = [text.get_window_extent() for text in marks(canvases[0], "landmark")]
    assert len(boxes) == 8
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))
    assert all(box.x0 >= 0 and box.x1 <= style.WIDTH * canvases[0].dpi + 1 for box in boxes)


def test_a_missing_share_is_hatched_and_named_in_the_key(canvases: list[Canvas]) -> None:
    shares(cells())
    shares(cells().dropna())
    shares(cells().query("row == 'Japan'"))
    said = [{text.get_text() for text in canvas.findobj(Text)} for canvas in canvases]
    assert "no camp" in said[0] and "no camp" in said[1] and "no camp" not in said[2]
    assert len(marks(canvases[0], "cell")) == 3
    assert grid.shade(0) == style.PAPER.lower() and grid.shade(1) == grid.FULL.lower()


@pytest.mark.parametrize(
    ("draw", "data", "message"),
    [
        (network, ties().drop(columns="upset"), "lack upset"),
        (network, ties().iloc[:0], "no row"),
        (network, ties().assign(sign=2), "2 is no sign"),
        (network, ties().assign(actor_a="BR"), "BR has no place"),
        (lane, acts().drop(columns="href"), "lack href"),
        (lane, acts().iloc[:0], "no row"),
        (lane, acts().assign(weight=11.0), "off the scale of -10 to 10"),
        (shares, cells().drop(columns="share"), "lack share"),
        (shares, cells().iloc[:0], "no row"),
        (shares, cells().assign(share=1.5), "outside 0 to 1"),
        (shares, pd.concat([cells(), cells().iloc[:1]]), "'Japan' has '2021' twice"),
    ],
)
def test_what_cannot_be_drawn_is_refused(draw, data: pd.DataFrame, message: str) -> None:
    with pytest.raises(ValueError, match=f"figure a-picture.*{message}"):
        draw(data)


def test_a_picture_without_links_has_no_frame_for_them() -> None:
    assert "finding-picture" not in shares(cells())._repr_html_()
