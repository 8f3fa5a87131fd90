"""Friends and enemies at five dates: do thirteen actors fall into two camps, and what of the triangle?

Every tie is a judgement: coders' signs settled by a written rule, most pairs without a source and so without a
sign. Balance is counted on what is coded alone, next to how much is not, and again on the pairs that every date
has. Of several best splits none is "the" camps, so all are counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product
from math import comb

import pandas as pd
from IPython.display import Markdown

from analysis.addresses import source_address
from analysis.chapter import Chapter
from analysis.chapters.coders import agreement, paired
from analysis.chapters.phrases import of_all, percent
from analysis.chapters.rows import records
from analysis.figures import signed_network, style
from analysis.figures.figure import Figure
from analysis.figures.grid import shares
from analysis.figures.numbers import DASH, MINUS
from analysis.figures.table import LONG, Column, Html, Table, markup, table
from analysis.methods import frustration
from analysis.methods.signed_balance import (
    BALANCED,
    MENAGE,
    ROMANTIC,
    UNBALANCED,
    UNKNOWN,
    Triangle,
    coded_graph,
    signed_graph,
    triads,
    triangle_type,
)
from analysis.verdicts import plural

TRIANGLE = ("CN", "RU", "US")
SIGN = {1: "friendly", 0: "neither", -1: "hostile"}
_PLACES = {"CN": (-1.0, 0.62), "RU": (1.0, 0.62), "US": (0.0, -0.62)}
_TIES = tuple(combinations(TRIANGLE, 2))


# Rows


def _relations(chapter: Chapter, figure_id: str) -> pd.DataFrame:
    """The settled ties; ValueError, naming the figure, when there is none."""
    rows = chapter.tables["relations"]
    if rows.empty:
        raise ValueError(f"figure {figure_id}: there is no row to draw")
    return rows.assign(sign=rows["sign"].astype(int))


def _names(chapter: Chapter) -> dict[str, str]:
    """What the areas are called, without what stands in brackets."""
    areas = chapter.tables["areas"]
    return {row["area"]: row["name_en"].partition(" (")[0] for row in records(areas)}


def _short(actor: str) -> str:
    return actor[:2]


def moment(period: str) -> str:
    """A date as the coders' windows go: a month stands for the part of the year that it is the middle of."""
    year, _, month = period.partition("-")
    return f"{'mid' if month < '09' else 'late'}-{year}" if month else year


def _pair(one: str, other: str) -> str:
    return f"{_short(one)}{DASH}{_short(other)}"


@dataclass(frozen=True)
class State:
    """The ties of one date and what follows from them."""

    period: str
    ties: pd.DataFrame

    @cached_property
    def signed(self) -> int:
        """Ties that are friendly or hostile."""
        return int((self.ties["sign"] != 0).sum())

    @cached_property
    def frustration(self) -> int:
        return frustration.frustration_index(self.ties)

    @cached_property
    def partitions(self) -> pd.DataFrame:
        return frustration.optimal_partitions(self.ties)

    @cached_property
    def together(self) -> pd.DataFrame:
        return frustration.together(self.partitions)

    @cached_property
    def triangle(self) -> Triangle | None:
        return triangle_type(self.ties, TRIANGLE)

    @cached_property
    def upset(self) -> dict[tuple[str, str], str]:
        """The ties against every best split ("always") or against some of them."""
        count: dict[tuple[str, str], int] = {}
        for _, camp in self.partitions.iterrows():
            for row in records(frustration.upset_ties(self.ties, camp)):
                pair = (row["actor_a"], row["actor_b"])
                count[pair] = count.get(pair, 0) + 1
        return {pair: "always" if hits == len(self.partitions) else "some" for pair, hits in count.items()}

    def sign(self, one: str, other: str) -> int | None:
        """The sign of a tie; None without a row."""
        tie = coded_graph(self.ties).get_edge_data(one, other)
        return None if tie is None else int(tie["sign"])

    def camp(self, actor: str, of: str) -> str:
        """Whether an actor is in another's camp in every best split, in none, or in some; empty without a camp."""
        if actor not in self.together or of not in self.together:
            return ""
        share = float(self.together.loc[actor, of])
        return {1.0: "same", 0.0: "other"}.get(share, "either")


def states(chapter: Chapter, figure_id: str) -> list[State]:
    """Every date with its ties, in order of time."""
    rows = _relations(chapter, figure_id)
    return [State(str(period), part) for period, part in rows.groupby("period", sort=True)]


def _source(chapter: Chapter, figure_id: str) -> str:
    rows = _relations(chapter, figure_id)
    return (
        f"codes of two coders, settled by a written rule, on {plural(rows['source_id'].nunique(), 'text')} named row by "
        "row in relations.csv"
    )


def _order(found: list[State]) -> list[str]:
    """All actors, from those nearest Russia to those nearest the United States, by their mean ties to both."""
    actors = sorted({actor for one in found for actor in coded_graph(one.ties)})

    def mean(actor: str, pole: str) -> float:
        signs = [1 if actor == pole else one.sign(actor, pole) for one in found]
        known = [sign for sign in signs if sign is not None]
        return sum(known) / len(known) if known else 0.0

    return sorted(actors, key=lambda actor: (mean(actor, "US") - mean(actor, "RU"), actor))


def _whole(found: list[State]) -> list[State]:
    """The same dates, with only the pairs that every date has."""
    shared = set.intersection(*(set(map(frozenset, coded_graph(one.ties).edges)) for one in found))
    return [
        State(one.period, one.ties[[frozenset(pair) in shared for pair in one.ties[["actor_a", "actor_b"]].to_numpy()]])
        for one in found
    ]


# Figures


def _together(found: list[State], one: str, other: str) -> str:
    """At how many dates two actors share a camp in every best split."""
    camps = [state.camp(one, other) for state in found]
    return of_all(camps.count("same"), len(camps))


def _span(values: list[int]) -> str:
    return str(values[0]) if len(set(values)) == 1 else f"{min(values)} to {max(values)}"


def networks(chapter: Chapter) -> Figure:
    """The signed ties at each date, each actor filled where it shares the camp of the United States."""
    figure_id = "reset-network"
    found = states(chapter, figure_id)
    order = _order(found)
    names = _names(chapter)
    ties = pd.concat(
        [
            one.ties.assign(
                panel=moment(one.period).capitalize(),
                upset=[
                    one.upset.get((row["actor_a"], row["actor_b"]), "") for row in records(one.ties)
                ],
            )
            for one in found
        ]
    )
    notes = {
        moment(one.period).capitalize(): f"{one.frustration} of {one.signed} ties against the best split"
        f"{'' if len(one.partitions) == 1 else f', {len(one.partitions)} splits as good'}"
        for one in found
    }
    camps = {
        (moment(one.period).capitalize(), actor): camp
        for one in found
        for actor in order
        if (camp := one.camp(actor, "US"))
    }
    pairs = comb(len(order), 2)
    known = _span([len(one.ties) for one in found])
    key = ", ".join(f"{_short(actor)} {names[actor]}" for actor in sorted(order))
    return signed_network.networks(
        ties[["panel", "actor_a", "actor_b", "sign", "upset", "source_id", "ground"]],
        places=signed_network.circle(order),
        names={actor: _short(actor) for actor in order},
        notes=notes,
        camps=camps,
        with_actor="US",
        columns=2,
        figure_id=figure_id,
        title=f"Two camps leave {_span([one.frustration for one in found])} of the known ties at odds; in every best split "
        f"China and Russia stand together at {_together(found, 'CN', 'RU')} dates, Russia and the United States at "
        f"{_together(found, 'RU', 'US')}",
        subtitle=f"Ties as judged at {plural(len(found), 'date')}; {known} of {pairs} pairs have a source, the others are blank · {key}",
        source=_source(chapter, figure_id),
        alt=". ".join(
            f"{moment(one.period).capitalize()}: {int((one.ties['sign'] > 0).sum())} friendly, "
            f"{int((one.ties['sign'] < 0).sum())} hostile and {int((one.ties['sign'] == 0).sum())} ties that are neither; with the "
            f"United States in every best split: "
            + (", ".join(names[actor] for actor in order if actor != "US" and one.camp(actor, "US") == "same") or "nobody")
            for one in found
        )
        + ".",
    )


def _kind(triangle: Triangle | None, one: State) -> str:
    """The type of the triangle with who stands out, or why it has none."""
    if triangle is None:
        open_ = [_pair(*pair) for pair in _TIES if not one.sign(*pair)]
        return f"no type: {', '.join(open_)} neither"
    if not triangle.who:
        return triangle.kind
    return f"{triangle.kind}, {'pivot ' if triangle.kind == ROMANTIC else ''}{DASH.join(map(_short, triangle.who))}"


def triangle(chapter: Chapter) -> Figure:
    """China, Russia and the United States at each date, with the type of their triangle."""
    figure_id = "reset-triangle"
    found = states(chapter, figure_id)
    ties = pd.concat(
        [
            one.ties[one.ties["actor_a"].isin(TRIANGLE) & one.ties["actor_b"].isin(TRIANGLE)].assign(
                panel=moment(one.period).capitalize(), upset="", type=_kind(one.triangle, one)
            )
            for one in found
        ]
    )
    typed = [one for one in found if one.triangle is not None]
    pivots = [one for one in typed if one.triangle == Triangle(ROMANTIC, ("RU",))]
    names = _names(chapter)
    said = [f"{_kind(one.triangle, one)} in {moment(one.period)}" for one in typed]
    return signed_network.networks(
        ties[["panel", "actor_a", "actor_b", "sign", "upset", "type", "source_id", "ground"]],
        places=_PLACES,
        names={actor: _short(actor) for actor in TRIANGLE},
        notes={moment(one.period).capitalize(): _kind(one.triangle, one) for one in found},
        camps={},
        with_actor="",
        columns=len(found),
        figure_id=figure_id,
        title=f"The triangle has a type at {of_all(len(typed), len(found))} dates"
        + (f" ({'; '.join(said)})" if said else "")
        + f"; Russia is its pivot at {of_all(len(pivots), len(found))}",
        subtitle="Ties of China, Russia and the United States as judged · types after Dittmer, for which all three ties must be "
        "friendly or hostile",
        source=_source(chapter, figure_id),
        alt=". ".join(
            f"{moment(one.period).capitalize()}: "
            + ", ".join(
                f"{names[a]} and {names[b]} {SIGN.get(sign, 'not known') if (sign := one.sign(a, b)) is not None else 'not known'}"
                for a, b in _TIES
            )
            for one in found
        )
        + ".",
    )
