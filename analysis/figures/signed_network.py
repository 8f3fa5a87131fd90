"""Networks of friendly and hostile ties side by side, every actor at its place in each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import cos, pi, sin
from typing import Any, Unpack

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from analysis.figures import layout, parts, style
from analysis.figures.figure import Caption, Figure, publish
from analysis.figures.parts import Symbol

Place = tuple[float, float]

FRIENDLY, HOSTILE, NEITHER = "#1B7F5C", "#C8371B", style.FAINT
# Told apart by the line alone, without colour.
TIES: Mapping[int, tuple[str, dict[str, Any]]] = {
    1: ("friendly", {"color": FRIENDLY, "linewidth": 1.7, "linestyle": "-"}),
    -1: ("hostile", {"color": HOSTILE, "linewidth": 1.7, "linestyle": (0, (3.2, 1.6))}),
    0: ("neither", {"color": NEITHER, "linewidth": 0.9, "linestyle": (0, (0.9, 1.7))}),
}
UPSET: Mapping[str, tuple[str, dict[str, Any]]] = {
    "always": ("against every best split", {"marker": "X", "markersize": 7.5, "markeredgewidth": 0.8}),
    "some": ("against some", {"marker": "o", "markersize": 5.2, "markeredgewidth": 1.2}),
}
CAMPS: Mapping[str, str] = {
    "same": "with {}, however split",
    "other": "in the other camp",
    "either": "in either, by the split",
}

_CHIP = 0.125  # half the height of an actor's sign, in inches
_BETWEEN = 0.16


def circle(actors: Sequence[str]) -> dict[str, Place]:
    """Places on a circle, -1 to 1 rightwards and upwards: the first actor at the left, the last at the right.

    The others lie between them in their order, by turns above and below, so that those which stand near each
    other in the order stand near each other on the circle. ValueError for fewer than three actors.
    """
    if len(actors) < 3:
        raise ValueError(f"a circle takes at least three actors, found {len(actors)}")
    upper = [*actors[:1], *actors[1:-1:2]]
    lower = [*actors[2:-1:2]]
    ring = [*upper, actors[-1], *reversed(lower)]
    step = 2 * pi / len(ring)
    return {actor: (cos(pi - place * step), sin(pi - place * step)) for place, actor in enumerate(ring)}


def _ends(one: Place, other: Place, gap: float) -> tuple[Place, Place]:
    """The line between two places, cut short by `gap` at both ends."""
    across, down = other[0] - one[0], other[1] - one[1]
    cut = gap / (across**2 + down**2) ** 0.5
    return (one[0] + cut * across, one[1] + cut * down), (other[0] - cut * across, other[1] - cut * down)


def _chip(look: style.Actor, camp: str) -> dict[str, Any]:
    """How an actor is drawn: filled in the camp that is named, hollow in the other, dashed where it depends."""
    if not camp:
        return {"facecolor": style.PAPER, "edgecolor": style.GRID, "linewidth": 0.8}
    return {
        "facecolor": look.colour if camp == "same" else style.PAPER,
        "edgecolor": look.colour,
        "linewidth": 1.3,
        "linestyle": (0, (1.6, 1.1)) if camp == "either" else "-",
    }


def _symbols(ties: pd.DataFrame, camps: Iterable[str], with_actor: str) -> list[Symbol]:
    shown = set(camps)
    symbols = [Symbol(said, line=look) for sign, (said, look) in TIES.items() if (ties["sign"] == sign).any()]
    symbols += [
        Symbol(said, line={**_marker(how), "linestyle": "none"})
        for how, (said, _) in UPSET.items()
        if (ties["upset"] == how).any()
    ]
    dark = style.Actor("", style.SOFT, style.SOFT, "o")
    return symbols + [
        Symbol(said.format(with_actor), patch=_chip(dark, camp)) for camp, said in CAMPS.items() if camp in shown
    ]


def _marker(how: str) -> dict[str, Any]:
    face = style.INK if how == "always" else style.PAPER
    return {**UPSET[how][1], "color": style.INK, "markerfacecolor": face}


def _draw_actor(page: Axes, at: Place, actor: str, short: str, camp: str) -> None:
    look = style.actor(actor)
    wide = max(layout.text_width(short, style.SMALL) / 2 + 0.035, _CHIP)
    corner = (at[0] - wide, at[1] - _CHIP)
    shape = f"round,pad=0,rounding_size={_CHIP * 0.7}"
    page.add_patch(FancyBboxPatch(corner, 2 * wide, 2 * _CHIP, boxstyle=shape, zorder=4, **_chip(look, camp)))
    ink = style.PAPER if camp == "same" else look.ink if camp else style.FAINT
    layout.write(page, *at, short, color=ink, ha="center", va="center_baseline", zorder=5, gid="actor")


def networks(
    data: pd.DataFrame,
    *,
    places: Mapping[str, Place],
    names: Mapping[str, str],
    notes: Mapping[str, str],
    camps: Mapping[tuple[str, str], str] | None,
    with_actor: str,
    columns: int,
    **caption: Unpack[Caption],
) -> Figure:
    """Draw a network a panel, with every actor at the same place in all of them.

    `data` has a row a tie: `panel` (its heading, in order), `actor_a`, `actor_b`, `sign` (-1, 0, 1) and
    `upset` ("always", "some" or empty: how many of the best splits it stands against). `places` are from -1
    to 1 rightwards and upwards, `names` what is written for an actor there, `notes` the words under a
    panel's heading, `camps` by panel and actor "same", "other" or "either" as the camp of `with_actor`, a
    name; an actor without a camp in a panel is faint; without `camps` nobody is told apart. Panels stand in `columns`, the key in the room that
    they leave. ValueError, naming the figure, for missing columns or rows, a sign that is none, or an actor
    without a place.
    """
    figure_id = caption["figure_id"]
    parts.require(data, ("panel", "actor_a", "actor_b", "sign", "upset"), figure_id)
    for end in ("actor_a", "actor_b"):
        if lost := sorted(set(data[end]) - set(places)):
            raise ValueError(f"figure {figure_id}: {lost[0]} has no place")
    if wrong := sorted(set(data["sign"]) - set(TIES)):
        raise ValueError(f"figure {figure_id}: {wrong[0]} is no sign")
    panels = list(dict.fromkeys(data["panel"]))
    wide = (style.WIDTH - _BETWEEN * (columns - 1)) / columns
    small = layout.line_height(style.SMALL)
    words = {panel: layout.wrap(notes[panel], wide, style.SMALL) for panel in panels}
    head = layout.line_height() + max(map(len, words.values())) * small + 0.08
    room = max(max(layout.text_width(names[actor], style.SMALL) / 2 for actor in places) + 0.05, _CHIP + 0.02)
    across = wide / 2 - room
    spread = max(abs(down) for _, down in places.values())
    low, high = (end([down for _, down in places.values()]) for end in (min, max))
    tall = head + across * (high - low) / spread + 2 * (_CHIP + 0.04) + 0.1
    rows = -(-len(panels) // columns)
    symbols = _symbols(data, camps.values() if camps else (), with_actor)
    beside = len(panels) % columns  # the last row leaves room for the key
    canvas = style.canvas(rows * tall + (0.0 if beside else parts.key_height(symbols)))
    page = layout.page(canvas)
    for number, panel in enumerate(panels):
        row, column = divmod(number, columns)
        left, top = column * (wide + _BETWEEN), row * tall
        layout.write(page, left, top + 0.02, panel, size=style.SIZE, color=style.INK, va="top")
        layout.write(page, left, top + 0.02 + layout.line_height(), words[panel], va="top", gid="note")
        base = top + head + _CHIP + 0.04
        at = {
            actor: (left + wide / 2 + x * across, base + (high - y) * across / spread)
            for actor, (x, y) in places.items()
        }
        ties = data[data["panel"] == panel]
        for tie in sorted(ties.to_dict("records"), key=lambda tie: abs(tie["sign"])):
            ends = _ends(at[tie["actor_a"]], at[tie["actor_b"]], _CHIP + 0.03)
            page.plot(*zip(*ends, strict=True), zorder=1 + abs(tie["sign"]), gid="tie", **TIES[tie["sign"]][1])
            if tie["upset"]:
                middle = [(one + other) / 2 for one, other in zip(*ends, strict=True)]
                page.plot(*middle, zorder=3.5, gid="upset", **_marker(tie["upset"]))
        for actor, place in at.items():
            camp = "same" if camps is None else camps.get((panel, actor), "")
            _draw_actor(page, place, actor, names[actor], camp)
    left = beside * (wide + _BETWEEN) if beside else 0.0
    parts.key(page, (rows - bool(beside)) * tall, symbols, style.WIDTH - left, left)
    return publish(canvas, data, **caption)
