"""Pictures to play with, as declared: what stands in the page before any script runs."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup

from analysis.figures.play import Bar, Choice, Play, Slider


def play(**changed: Any) -> Play:
    given: dict[str, Any] = {
        "play_id": "one",
        "script": "sum",
        "title": "How <much>?",
        "controls": [Slider("rate", "Rate", " %", 0, 10, 0.5, 2.5, "assumed: 2"), Choice("way", "Way", {"a": "this", "b": "that"}, "b")],
        "answer": "It is {worth} & more.",
        "bars": [Bar("x", "Russia", "RU"), Bar("y", "Left", strong=True)],
        "note": "A sum.",
        "settings": {"total": 1.5, "said": 'a "b"'},
    }
    return Play(**{**given, **changed})


def soup(block: Play) -> BeautifulSoup:
    return BeautifulSoup(block._repr_html_(), "html.parser")


def test_the_form_waits_hidden_and_carries_its_numbers() -> None:
    form = soup(play()).select_one("form")
    assert form.has_attr("hidden") and form["data-play"] == "sum"
    assert json.loads(form["data-settings"]) == {"total": 1.5, "said": 'a "b"'}
    assert form.select_one(".what-if-title").get_text() == "How <much>?"


def test_every_control_has_its_label_and_start() -> None:
    form = soup(play()).select_one("form")
    for control in form.select("input, select"):
        assert form.select_one(f"label[for={control['id']}]").get_text()
        assert str(control["id"]).startswith("one-")
    slider = form.select_one("input")
    assert [slider[name] for name in ("min", "max", "step", "value")] == ["0", "10", "0.5", "2.5"]
    assert form.select_one(f"#{slider['aria-describedby']}").get_text() == "assumed: 2"
    assert [option.get_text() for option in form.select("option[selected]")] == ["that"]
    assert [option["value"] for option in soup(play(controls=[Choice("w", "W", {"a": "b"})])).select("option[selected]")] == ["a"]


def test_places_of_answers_and_bars_are_marked() -> None:
    form = soup(play()).select_one("form")
    assert [place["data-answer"] for place in form.select("[data-answer]")] == ["worth"]
    assert form.select_one(".what-if-answer").get_text() == "It is  & more."
    assert [bar["data-bar"] for bar in form.select("[data-bar]")] == ["x", "y"]


@pytest.mark.parametrize(
    "changed",
    [
        {"controls": [Slider("a", "A", "", 0, 1, 1, 0), Choice("a", "A", {"b": "c"})]},
        {"bars": [Bar("a", "A"), Bar("a", "B")]},
        {"title": " "},
        {"play_id": "Not an id"},
    ],
)
def test_what_cannot_work_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"one|Not an id"):
        play(**changed)
