"""A picture to play with: controls above an answer and its bars, worked out anew in the reader's browser.

It is declared here and worked out by a small script of its own, `play-<kind>.js`, in which the method's formula
stands a second time; a browser test compares the two. The form is hidden until that script has come, so that
without it, and on paper, the figure beside stands alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from analysis.figures import style
from analysis.figures.figure import Figure, check_words


@dataclass(frozen=True)
class Slider:
    """A number that a reader moves: its ends and step, where it begins, and what the book takes it for."""

    name: str
    label: str
    unit: str
    least: float
    most: float
    step: float
    start: float
    note: str = ""

    def markup(self, name: str) -> str:
        """The control, named `name` on its page."""
        note = f'<small id="{name}-note">{escape(self.note)}</small>\n' if self.note else ""
        described = f' aria-describedby="{name}-note"' if self.note else ""
        return (
            f'<div class="what-if-term">\n<label for="{name}">{escape(self.label)}</label>\n'
            f'<output for="{name}" data-unit="{escape(self.unit)}"></output>\n'
            f'<input type="range" id="{name}" name="{self.name}" min="{self.least:g}" max="{self.most:g}" '
            f'step="{self.step:g}" value="{self.start:g}"{described}>\n{note}</div>'
        )


@dataclass(frozen=True)
class Choice:
    """One of several options, each with its words; it begins at `start`, or else at the first."""

    name: str
    label: str
    options: Mapping[str, str]
    start: str = ""

    def markup(self, name: str) -> str:
        """The control, named `name` on its page."""
        start = self.start or next(iter(self.options))
        options = "".join(
            f'<option value="{escape(value)}"{" selected" if value == start else ""}>{escape(words)}</option>'
            for value, words in self.options.items()
        )
        return (
            f'<div class="what-if-term">\n<label for="{name}">{escape(self.label)}</label>\n'
            f'<select id="{name}" name="{self.name}">{options}</select>\n</div>'
        )


@dataclass(frozen=True)
class Bar:
    """A bar of the answer; it has an actor's colour, stands out, or stands back."""

    name: str
    label: str
    actor: str = ""
    strong: bool = False

    def markup(self) -> str:
        """The bar, empty."""
        colour = f' style="background:{style.actor(self.actor).colour}"' if self.actor else ""
        look = " what-if-actor" if self.actor else " what-if-strong" if self.strong else ""
        return (
            f'<div class="what-if-bar{look}" data-bar="{escape(self.name)}">'
            f'<span class="what-if-name">{escape(self.label)}</span>'
            f'<span class="what-if-track"><span class="what-if-fill"{colour}></span></span><span class="what-if-value"></span></div>'
        )


@dataclass(frozen=True, eq=False, repr=False)
class Play:
    """A block of the page.

    `play_id` tells it from others on its page, `script` names what works it out, `settings` are the numbers
    that the script takes from the tables. A {name} in `answer` is where the script puts an answer. `beside` is the
    figure that stands for it on paper, unless that is a cell of its own.

    ValueError when two controls or bars have one name, or a word is missing.
    """

    play_id: str
    script: str
    title: str
    controls: Sequence[Slider | Choice]
    answer: str
    bars: Sequence[Bar]
    note: str
    settings: Mapping[str, Any]
    beside: Figure | None = None

    def __post_init__(self) -> None:
        check_words("play", self.play_id, script=self.script, title=self.title, answer=self.answer, note=self.note)
        for names in ([one.name for one in self.controls], [bar.name for bar in self.bars]):
            if len(set(names)) < len(names):
                raise ValueError(f"play {self.play_id}: a name stands twice among {', '.join(names)}")

    def __repr__(self) -> str:
        return f"<Play {self.play_id}>"

    def _answer(self) -> str:
        return re.sub(r"\{([a-z_]+)\}", r'<strong data-answer="\1"></strong>', escape(self.answer))

    def _repr_html_(self) -> str:
        settings = escape(json.dumps(self.settings, sort_keys=True, ensure_ascii=False, separators=(",", ":")))
        controls = "\n".join(one.markup(f"{self.play_id}-{one.name}") for one in self.controls)
        bars = "\n".join(bar.markup() for bar in self.bars)
        form = (
            f'<form class="what-if" id="{self.play_id}" data-play="{self.script}" aria-labelledby="{self.play_id}-title" '
            f'data-settings="{settings}" hidden>\n'
            f'<p class="what-if-title" id="{self.play_id}-title">{escape(self.title)}</p>\n'
            f'<div class="what-if-terms">\n{controls}\n</div>\n'
            f'<p class="what-if-answer" role="status" aria-live="polite" aria-atomic="true">{self._answer()}</p>\n'
            f'<div class="what-if-bars">\n{bars}\n</div>\n'
            f'<p class="what-if-note">{escape(self.note)} <button type="reset">Back to where it began</button></p>\n</form>'
        )
        return f"{form}\n{self.beside._repr_html_()}" if self.beside else form
