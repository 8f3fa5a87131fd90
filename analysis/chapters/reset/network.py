"""Friends and enemies at five dates: do thirteen actors fall into two camps, and what of the triangle?

Every tie is a judgement: coders' signs settled by a written rule, most pairs without a source and so without a
sign. Balance is counted on what is coded alone, next to how much is not, and again on the pairs that every date
has. Of several best splits none is "the" camps, so all are counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html import escape
from itertools import combinations
from math import comb
from operator import ne

import pandas as pd
from IPython.display import Markdown

from analysis.addresses import source_address
from analysis.chapter import Chapter
from analysis.chapters.coders import agreement, paired
from analysis.chapters.phrases import of_all, percent
from analysis.chapters.rows import records
from analysis.figures import signed_network
from analysis.figures.figure import Figure
from analysis.figures.grid import shares
from analysis.figures.numbers import DASH, MINUS
from analysis.figures.table import LONG, Column, Html, Table, markup
from analysis.methods import frustration
from analysis.methods.signed_balance import (
    BALANCED,
    ROMANTIC,
    UNBALANCED,
    Triangle,
    coded_graph,
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
    if not month:
        return year
    return f"mid-{year}" if month < "09" else f"late {year}"


def _heading(one: State) -> str:
    return moment(one.period).capitalize()


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
        share = self.together.at[actor, of]
        return "same" if share == 1 else "other" if share == 0 else "either"


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
                panel=_heading(one),
                upset=[
                    one.upset.get((row["actor_a"], row["actor_b"]), "") for row in records(one.ties)
                ],
            )
            for one in found
        ]
    )
    notes = {
        _heading(one): f"{one.frustration} of {one.signed} ties against the best split"
        f"{'' if len(one.partitions) == 1 else f', {len(one.partitions)} splits as good'}"
        for one in found
    }
    camps = {
        (_heading(one), actor): camp
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
        title=f"Two camps leave {_span([one.frustration for one in found])} ties at odds; always together: China and Russia "
        f"at {_together(found, 'CN', 'RU')} dates, Russia and the United States at {_together(found, 'RU', 'US')}",
        subtitle=f"Ties as judged at {plural(len(found), 'date')}; together: in every best split; {known} of {pairs} pairs have a source, the others are blank · {key}",
        source=_source(chapter, figure_id),
        alt=". ".join(
            f"{_heading(one)}: {int((one.ties['sign'] > 0).sum())} friendly, "
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
                panel=_heading(one), upset="", type=_kind(one.triangle, one)
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
        notes={_heading(one): _kind(one.triangle, one) for one in found},
        camps=None,
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
            f"{_heading(one)}: "
            + ", ".join(
                f"{names[a]} and {names[b]} {SIGN.get(sign, 'not known') if (sign := one.sign(a, b)) is not None else 'not known'}"
                for a, b in _TIES
            )
            for one in found
        )
        + ".",
    )


def camps(chapter: Chapter) -> Figure:
    """How often each actor shares the camp of the United States over the best splits of each date."""
    figure_id = "reset-camps"
    found = states(chapter, figure_id)
    names, order = _names(chapter), _order(found)
    data = pd.DataFrame(
        [
            {
                "row": names[actor],
                "column": _heading(one),
                "share": one.together.at[actor, "US"] if one.camp(actor, "US") else None,
                "actor": actor,
                "splits": len(one.partitions),
            }
            for actor in reversed(order)
            if actor != "US"
            for one in found
        ]
    )
    by_actor = data.dropna(subset="share").groupby("actor")["share"]
    firm = [actor for actor, given in by_actor if given.nunique() == 1 and given.iloc[0] in (0, 1)]
    with_us = sum(by_actor.get_group(actor).iloc[0] == 1 for actor in firm)
    return shares(
        data, empty="no tie for or against anybody", shaded="with the United States in every best split", figure_id=figure_id,
        title=f"{len(firm)} of {by_actor.ngroups} actors keep their camp at every date and in every best split: {with_us} with the "
        f"United States, {len(firm) - with_us} against",
        subtitle="Share of the best splits into two camps in which the actor stands with the United States, %",
        source=_source(chapter, figure_id),
        alt="; ".join(
            f"{row}: " + ", ".join(percent(100 * share) if pd.notna(share) else "no camp" for share in part["share"])
            for row, part in data.groupby("row", sort=False)
        )
        + ".",
    )  # fmt: skip


# Tables


def balance_table(chapter: Chapter) -> Table:
    """Ties, triangles, frustration and best splits of each date, on all known ties and on those that all dates have."""
    table_id = "reset-balance"
    found = states(chapter, table_id)
    rows = []
    for scope, dated in (("all known", found), ("same at all dates", _whole(found))):
        for one in dated:
            groups = triads(one.ties)
            closed = groups["state"].isin([BALANCED, UNBALANCED])
            rows.append(
                {
                    "date": _heading(one),
                    "ties": scope,
                    "known": len(one.ties),
                    "signed": one.signed,
                    "triangles": int(closed.sum()),
                    "balanced": int((groups["state"] == BALANCED).sum()),
                    "frustration": one.frustration,
                    "balance": frustration.balance(one.frustration, one.signed),
                    "splits": len(one.partitions),
                }
            )
    data = pd.DataFrame(rows)
    shown = data.assign(
        whole=[f"{row['balanced']} of {row['triangles']}" if row["triangles"] else "no triangle" for row in records(data)],
        odds=[f"{row['frustration']} of {row['signed']}" for row in records(data)],
    )
    columns = {
        "ties": Column("Ties"),
        "date": Column("Date"),
        "whole": Column("Triangles balanced"),
        "odds": Column("Ties at odds (L)"),
        "balance": Column("F", numeric=True, decimals=2),
        "splits": Column("Best splits", numeric=True, decimals=0),
    }
    whole, same = (data[data["ties"] == scope] for scope in data["ties"].unique())
    balanced, closed_triangles = int(whole["balanced"].sum()), int(whole["triangles"].sum())
    return Table(
        table_id,
        f"{balanced} of {closed_triangles} triangles are balanced; {_span(whole['frustration'].tolist())} known ties at odds with two "
        f"camps, {_span(same['frustration'].tolist())} of the {int(same['known'].iloc[0])} that every date has",
        "Only friendly and hostile ties count, and triangles made of them; F = 1 − 2 L over the number of such ties",
        _source(chapter, table_id),
        markup(shown, columns),
        data,
        LONG,
    )


def recoded(chapter: Chapter) -> Table:
    """The single codes that move the camps of China, Russia or the United States, and how many move anything."""
    table_id = "reset-recoded"
    found = states(chapter, table_id)
    rows = []
    for one in found:
        changes = frustration.one_tie_recoded(one.ties)
        for row in records(changes):
            ties = one.ties.copy()
            hit = [{*pair} == {row["actor_a"], row["actor_b"]} for pair in ties[["actor_a", "actor_b"]].to_numpy()]
            ties.loc[hit, "sign"] = row["recoded"]
            after = State(one.period, ties)
            moved = [pair for pair in _TIES if after.signed and after.camp(*pair) != one.camp(*pair)]
            rows.append(
                {
                    "date": _heading(one),
                    "tie": _pair(row["actor_a"], row["actor_b"]),
                    "sign": row["sign"],
                    "recoded": row["recoded"],
                    "change": row["change"],
                    "splits": row["partitions"],
                    "same_camps": row["same_camps"],
                    "moved": ", ".join(f"{_pair(*pair)} {_CAMP_WORDS[after.camp(*pair)]}" for pair in moved),
                }
            )
    data = pd.DataFrame(rows)
    telling = data[data["moved"] != ""]
    shown = telling.assign(
        code=[f"{SIGN[row['sign']]} → {SIGN[row['recoded']]}" for row in records(telling)],
        change=[f"{row['change']:+d}".replace("-", MINUS) if row["change"] else "0" for row in records(telling)],
    )
    columns = {
        "date": Column("Date"),
        "tie": Column("Tie"),
        "code": Column("If coded"),
        "change": Column("Ties at odds"),
        "splits": Column("Best splits", numeric=True, decimals=0),
        "moved": Column("Then"),
    }
    kept = int(data["same_camps"].sum())
    return Table(
        table_id,
        f"{len(telling)} of {len(data)} single re-codings part or join two of China, Russia and the United States; {kept} leave every "
        "camp as it is",
        "Each known tie given each of its two other codes, one at a time; listed are those that touch the three",
        _source(chapter, table_id),
        markup(shown, columns),
        data,
    )


_CAMP_WORDS = {"same": "together", "other": "apart", "either": "either way", "": "without a camp"}


def ties_table(chapter: Chapter) -> Table:
    """Every settled tie, linked to its source."""
    table_id = "reset-ties"
    rows = _relations(chapter, table_id).sort_values(["period", "actor_a", "actor_b"])
    names, sources = _names(chapter), chapter.library.sources
    shown = rows.assign(
        date=[moment(period).capitalize() for period in rows["period"]],
        tie=[f"{names[row['actor_a']]}{DASH}{names[row['actor_b']]}" for row in records(rows)],
        code=rows["sign"].map(SIGN),
        source=[
            Html(f'<a href="{escape(source_address(source_id))}">{escape(sources[source_id]["publisher"])}</a>')
            for source_id in rows["source_id"]
        ],
    )
    columns = {
        "date": Column("Date"),
        "tie": Column("Tie"),
        "code": Column("Settled as"),
        "ground": Column("Why"),
        "source": Column("Source"),
    }
    counts = ", ".join(f"{int((rows['sign'] == sign).sum())} {said}" for sign, said in SIGN.items())
    return Table(
        table_id,
        f"{plural(len(rows), 'tie')} at {plural(rows['period'].nunique(), 'date')}: {counts}",
        "Settled by the written rule from the coders’ signs; a pair without a source has no row",
        _source(chapter, table_id),
        markup(shown, columns),
        rows,
        0,
    )


# Sentences

_BALANCED = {
    "China and Russia against the United States": (1, -1, -1),
    "Russia and the United States against China": (-1, -1, 1),
    "China and the United States against Russia": (-1, 1, -1),
    "all three friends": (1, 1, 1),
}
"""The balanced triangles by the signs of China–Russia, China–United States and Russia–United States."""


def _steps(one: State, signs: tuple[int, ...]) -> int | None:
    """Steps of one point, friendly to neither or neither to hostile, from a date's triangle; None if a tie is unknown."""
    own = [one.sign(*pair) for pair in _TIES]
    known = [sign for sign in own if sign is not None]
    if len(known) < len(own):
        return None
    return sum(abs(sign - wanted) for sign, wanted in zip(known, signs, strict=True))


def paths(chapter: Chapter) -> Table:
    """How far each date's triangle lies from every balanced one."""
    table_id = "reset-paths"
    found = states(chapter, table_id)
    data = pd.DataFrame(
        [{"triangle": name, **{_heading(one): _steps(one, signs) for one in found}} for name, signs in _BALANCED.items()]
    )
    last = found[-1]
    steps = {name: _steps(last, signs) for name, signs in _BALANCED.items()}
    known = {name: count for name, count in steps.items() if count is not None}
    if not known:
        raise ValueError(f"table {table_id}: a tie of the triangle is not known in {moment(last.period)}")
    nearest = [name for name, count in known.items() if count == min(known.values())]
    against = "Russia and the United States against China"
    columns = {
        "triangle": Column("Balanced triangle"),
        **{_heading(one): Column(_heading(one), numeric=True, decimals=0) for one in found},
    }
    return Table(
        table_id,
        f"Nearest to balance in {moment(last.period)}, {plural(min(known.values()), 'step')} away: {'; '.join(nearest)}. {against}: "
        f"{plural(known[against], 'step')}",
        "Steps of one point from each date’s ties to each balanced triangle; friendly to hostile is two",
        _source(chapter, table_id),
        markup(data, columns),
        data,
    )


def against_china(chapter: Chapter) -> Markdown:
    """Whether balance makes Russia join the United States against China, and whether it did."""
    found = states(chapter, "reset-triangle")
    reset = (1, -1, 1)  # Russia friends with both, which are hostile to each other
    frame = pd.DataFrame([(*pair, sign) for pair, sign in zip(_TIES, reset, strict=True)], columns=["actor_a", "actor_b", "sign"])
    kind = triangle_type(frame, TRIANGLE)
    assert kind is not None
    mended = [name for name, signs in _BALANCED.items() if sum(map(ne, signs, reset)) == 1]
    hostile = [moment(one.period) for one in found if one.sign("CN", "RU") == -1]
    friendly = [moment(one.period) for one in found if one.sign("RU", "US") == 1]
    names = _names(chapter)
    lines = [
        "Were Washington friends with Moscow while Beijing stayed Moscow’s friend and Washington’s enemy, the triangle would be a "
        f"{kind.kind} with {names[kind.who[0]]} as its pivot, which is not balanced. One changed tie would balance it, but in "
        f"{len(mended)} ways: {'; '.join(mended)}. Balance alone picks none of them, so that Russia’s turn against China does not "
        "follow from it.",
        "Nor did it come about: China and Russia are coded as hostile at "
        + (", ".join(hostile) or "none of the dates")
        + ", Russia and the United States as friends at "
        + (", ".join(friendly) or "none")
        + ".",
    ]
    return Markdown(" ".join(lines))


def coders(chapter: Chapter) -> Markdown:
    """How far the coders of ties agree, and what is left of the triangle and the camps with either coder's alone."""
    codes = paired(chapter, "relations")
    if codes.empty:
        raise ValueError("sentence reset-tie-coders: there is no code")
    return Markdown(
        f"Agreement beyond chance between the coders (Krippendorff): {agreement('ties', codes, 'ordinal')}; "
        f"{of_all(int(codes.notna().all(axis=1).sum()), len(codes))} ties have two codes."
    )
