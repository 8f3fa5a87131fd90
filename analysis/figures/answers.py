"""A grid of answers: who gave which answer to which question, told apart by sign and by word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Unpack

import pandas as pd

from analysis.figures import layout, parts, style
from analysis.figures.figure import Caption, Figure, publish
from analysis.figures.parts import Symbol

_ROW = 0.235
_COLUMN = 0.72


def answers(
    data: pd.DataFrame, *, signs: Mapping[str, tuple[str, bool]], **caption: Unpack[Caption]
) -> Figure:
    """Draw one row a question and one column an actor, with a sign for each answer.

    `data` has `question` and `group` (a heading before the first question of each group, in the rows'
    order), `actor` (area code) and `answer`. `signs` gives each answer its marker and whether it is
    filled, in the order of the key. A missing pair stays empty and is named in the key. ValueError,
    naming the figure, for missing columns or rows, an answer without a sign, or a pair given twice.
    """
    figure_id = caption["figure_id"]
    parts.require(data, ("question", "group", "actor", "answer"), figure_id)
    unknown = sorted(set(data["answer"]) - set(signs))
    if unknown:
        raise ValueError(f"figure {figure_id}: the answer {unknown[0]!r} has no sign")
    if data.duplicated(["question", "actor"]).any():
        twice = data[data.duplicated(["question", "actor"])].iloc[0]
        raise ValueError(f"figure {figure_id}: {twice['actor']} answers {twice['question']!r} twice")
    actors = list(dict.fromkeys(data["actor"]))
    questions = data.drop_duplicates("question")
    left = style.WIDTH - _COLUMN * len(actors)
    top = 0.08 + layout.line_height(style.SMALL)
    wrapped = [layout.wrap(str(question), left - 0.1, style.SMALL) for question in questions["question"]]
    line = layout.line_height(style.SMALL)
    heights = [max(_ROW, len(words) * line + 0.05) for words in wrapped]
    starts = questions["group"].ne(questions["group"].shift()).tolist()
    headed = questions["group"].nunique() > 1
    room = 0.3 if headed else 0.0
    symbols = [
        Symbol(
            answer,
            line={
                "linestyle": "none", "marker": marker, "markersize": 6.5, "markeredgewidth": 1.5,
                "markeredgecolor": style.SOFT, "markerfacecolor": style.SOFT if filled else style.PAPER,
            },
        )
        for answer, (marker, filled) in signs.items()
        if answer in set(data["answer"])
    ]  # fmt: skip
    if len(data) < len(questions) * len(actors):
        symbols.append(Symbol("empty: not known", line={"linestyle": "none"}))
    height = top + sum(heights) + room * sum(starts) + parts.key_height(symbols)
    canvas = style.canvas(height)
    page = layout.page(canvas)
    middles = {code: left + _COLUMN * (place + 0.5) for place, code in enumerate(actors)}
    for code, across in middles.items():
        look = style.actor(code)
        layout.write(page, across, 0.02, look.name, color=look.ink, ha="center", va="top")
    down = top
    for (_, row), words, tall, begins in zip(questions.iterrows(), wrapped, heights, starts, strict=True):
        if begins and headed:
            layout.write(page, 0, down + room - 0.05, str(row["group"]), color=style.INK, va="bottom")
            down += room
        page.plot([0, style.WIDTH], [down, down], color=style.GRID, linewidth=0.7)
        layout.write(page, 0, down + tall / 2, words, va="center", color=style.INK)
        for _, given in data[data["question"] == row["question"]].iterrows():
            look = style.actor(given["actor"])
            marker, filled = signs[given["answer"]]
            page.plot(
                middles[given["actor"]], down + tall / 2, marker, markersize=7, markeredgewidth=1.6,
                markeredgecolor=look.colour, markerfacecolor=look.colour if filled else style.PAPER, gid="answer",
            )  # fmt: skip
        down += tall
    parts.key(page, down, symbols)
    return publish(canvas, data, **caption)
