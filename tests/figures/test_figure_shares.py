"""Squares and strips: what is drawn is what is counted, and what cannot be drawn is refused."""

from collections import Counter

import pandas as pd
import pytest
from matplotlib.patches import Rectangle

from analysis.figures.outcomes import Look
from analysis.figures.strips import strips
from analysis.figures.units import units

WORDS = {
    "figure_id": "a-count",
    "title": "What is found",
    "subtitle": "unit · place · period",
    "source": "invented",
    "alt": "What is seen.",
}
LOOKS = {
    "came": Look("✓", "#005A96", "#FFFFFF", "#005A96"),
    "failed": Look("×", "#C84A0A", "#FFFFFF", "#C84A0A"),
}


def drawn(monkeypatch, module: str, gid: str) -> list[dict]:
    """What the chart's rectangles of one name are: corner, width and face."""
    found: list[dict] = []

    def rectangle(corner, wide, tall, **look):
        if look.get("gid") == gid:
            found.append({"corner": corner, "wide": wide, "face": look["facecolor"]})
        return Rectangle(corner, wide, tall, **look)

    monkeypatch.setattr(f"analysis.figures.{module}.Rectangle", rectangle)
    return found


def forecasts(count: int = 50) -> pd.DataFrame:
    rows = [("East", "failed"), ("East", "came"), *[("West", "came")] * count]
    return pd.DataFrame(rows, columns=["group", "outcome"])


def parted() -> pd.DataFrame:
    rows = [
        ("events", "East", "came", 3),
        ("events", "East", "failed", 1),
        ("events", "West", "came", 40),
        ("causes", "East", "failed", 2),
    ]
    return pd.DataFrame(rows, columns=["row", "column", "kind", "count"])


def test_each_thing_has_a_square_of_its_own(monkeypatch):
    found = drawn(monkeypatch, "units", "unit")
    units(forecasts(), looks=LOOKS, noun="forecast", **WORDS)
    assert len({(round(one["corner"][0], 3), round(one["corner"][1], 3)) for one in found}) == len(forecasts())
    assert Counter(one["face"] for one in found) == {LOOKS["came"].fill: 51, LOOKS["failed"].fill: 1}
    assert [one["face"] for one in found[:2]] == [LOOKS["came"].fill, LOOKS["failed"].fill]
    assert all(one["corner"][0] + one["wide"] <= 4.8 for one in found)


def test_strips_of_a_grid_have_one_length_whatever_they_count(monkeypatch):
    found = drawn(monkeypatch, "strips", "strip")
    strips(parted(), looks=LOOKS, **WORDS)
    wide = [one["wide"] for one in found]
    assert wide[0] / wide[1] == pytest.approx(3)
    assert wide[0] + wide[1] == pytest.approx(wide[2]) == pytest.approx(wide[3])
    assert found[1]["corner"][0] == pytest.approx(found[0]["corner"][0] + wide[0])


def test_a_single_column_prints_its_shares():
    one = parted().iloc[:2]
    assert strips(one, looks=LOOKS, **WORDS).svg != strips(one.assign(count=[1, 3]), looks=LOOKS, **WORDS).svg


@pytest.mark.parametrize("chart", ["units", "strips"])
def test_the_bytes_are_the_same(chart):
    once, again = (
        units(forecasts(), looks=LOOKS, noun="forecast", **WORDS)
        if chart == "units"
        else strips(parted(), looks=LOOKS, **WORDS)
        for _ in range(2)
    )
    assert once.svg == again.svg


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda rows: rows.drop(columns="outcome"), "lack outcome"),
        (lambda rows: rows.iloc[:0], "no row"),
        (lambda rows: rows.assign(outcome="who knows"), "the outcome 'who knows' has no look"),
    ],
)
def test_squares_refuse_what_cannot_be_drawn(change, message):
    with pytest.raises(ValueError, match=f"figure a-count.*{message}"):
        units(change(forecasts()), looks=LOOKS, noun="forecast", **WORDS)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda rows: rows.drop(columns="count"), "lack count"),
        (lambda rows: rows.iloc[:0], "no row"),
        (lambda rows: rows.assign(kind="who knows"), "the kind 'who knows' has no look"),
        (lambda rows: rows.assign(count=-1), "a count is below nought"),
        (lambda rows: pd.concat([rows, rows]), "'events' has 'came' twice in 'East'"),
    ],
)
def test_strips_refuse_what_cannot_be_drawn(change, message):
    with pytest.raises(ValueError, match=f"figure a-count.*{message}"):
        strips(change(parted()), looks=LOOKS, **WORDS)
