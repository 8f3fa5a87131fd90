"""What each side asked and answered, round by round, how far apart the two sides stood, and whether a zone is left.

The stands are judged codes. Ukraine and Russia are the sides on territory, the alliance and sanctions; on the
embassies they are Russia and the United States. Who was not coded at a round is left out, not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

import pandas as pd
from IPython.display import Markdown

from analysis.addresses import source_address
from analysis.chapter import Chapter
from analysis.chapters.coders import agreement, paired
from analysis.chapters.phrases import of_all, percent, tally
from analysis.chapters.rows import parameter, records
from analysis.chapters.stands import (
    LEAST,
    ROBUST,
    acceptable,
    anchors,
    carried,
    influence_weights,
    median_shares,
    point,
    points,
    shifts,
    source,
    stands,
)
from analysis.figures import scale
from analysis.figures.figure import Figure
from analysis.figures.numbers import MINUS
from analysis.figures.table import LONG, Column, Html, Table, markup
from analysis.figures.time_axis import printed
from analysis.methods.weighted_position import acceptance_overlap, weighted_median
from analysis.verdicts import plural

ISSUES = {
    "territory": "Territory",
    "nato": "NATO membership",
    "sanctions": "Sanctions",
    "embassies": "Embassies",
}
SIDES = {
    "territory": ("RU", "UA"),
    "nato": ("RU", "UA"),
    "sanctions": ("RU", "UA"),
    "embassies": ("RU", "US"),
}
"""Who has to agree on an issue: the side of the low end before the other."""

TALKERS = {"RU": "Moscow", "US": "Washington", "UA": "Kyiv", "EU27": "European Union"}
ENDS: scale.Ends = (("RU", "Moscow’s demand"), ("UA", "Kyiv’s; embassies: the EU’s"))
QUARREL = range(2, 8)
"""The paragraphs on the meeting in the White House and on what was said of it."""

_SETTLED = re.compile(r"^(?:The coders agree|One coder so far|Coded \S+ and \S+; [^.]*)\. ")


# Rows


def _stands(chapter: Chapter, figure_id: str) -> pd.DataFrame:
    return stands(chapter, figure_id, ISSUES)


def _talkers(chapter: Chapter, figure_id: str) -> pd.DataFrame:
    """The stands of those who talk or are talked over, in order of issue, round and talker."""
    rows = _stands(chapter, figure_id)
    rows = rows[rows["actor"].isin(TALKERS)]
    if rows.empty:
        raise ValueError(f"figure {figure_id}: there is no row to draw")
    order = {name: place for place, name in enumerate([*ISSUES, *TALKERS])}
    return rows.assign(place=rows["issue"].map(order), who=rows["actor"].map(order)).sort_values(
        ["place", "period", "who"], kind="stable"
    )


def _rounds(rows: pd.DataFrame, issue: str) -> Iterator[tuple[str, pd.DataFrame]]:
    """Each date at which a side of an issue was coded anew and both were coded by then, with the stands of both."""
    sides = SIDES[issue]
    own = rows[(rows["issue"] == issue) & rows["actor"].isin(sides)]
    for period in sorted(own["period"].unique()):
        latest = carried(own, issue, period)
        if set(sides) <= set(latest.index):
            yield period, latest


def _gap(latest: pd.DataFrame, issue: str) -> float:
    """Points between the two sides."""
    low, high = SIDES[issue]
    codes = latest["code"]
    return float(codes[high]) - float(codes[low])


def _ends(rows: pd.DataFrame) -> dict[str, tuple[tuple[str, pd.DataFrame], tuple[str, pd.DataFrame]]]:
    """The first and the last round of each issue that has one."""
    found = {issue: list(_rounds(rows, issue)) for issue in ISSUES}
    return {issue: (rounds[0], rounds[-1]) for issue, rounds in found.items() if rounds}


# Figures


def positions_picture(chapter: Chapter) -> Figure:
    """The stands of Moscow, Washington, Kyiv and the Union at each round, with the paths of the first three."""
    figure_id = "reset-positions"
    rows = _talkers(chapter, figure_id)
    data = rows.assign(
        block=rows["issue"].map(ISSUES),
        row=rows["period"].map(printed),
        short=rows["actor"].str[:2],
        name=rows["actor"].map(TALKERS),
    )[["block", "row", "actor", "code", "short", "name", "source_id", "ground"]]
    moves = {actor: list(shifts(rows, actor).values()) for actor in ("US", "RU")}
    towards, away = (sum(sign * move > 0 for move in moves["US"]) for sign in (-1, 1))
    still = sum(move == 0 for move in moves["RU"])
    alt = "; ".join(
        f"{block}, {row}: " + ", ".join(f"{one['short']} {point(one['code'])}" for one in records(part))
        for (block, row), part in data.groupby(["block", "row"], sort=False)
    )
    return scale.stands(
        data, joined=["RU", "US", "UA"], ends=ENDS, figure_id=figure_id,
        title=f"Washington moved towards Moscow on {of_all(towards, len(moves['US']))} issues and away from it on {away}; "
        f"Moscow’s demand stayed where it was on {of_all(still, len(moves['RU']))}",
        subtitle=f"Stands from {MINUS}2, Moscow’s demand, to +2 · {printed(rows['period'].min())} to "
        f"{printed(rows['period'].max())} · judgement, as coded at each date; who is missing was not coded",
        source=source(rows),
        alt=alt,
    )  # fmt: skip


def _meeting(rows: pd.DataFrame, step: float, place: int) -> int:
    """On how many issues the two sides would accept something in common at the first or the last round."""
    return sum(
        acceptance_overlap(acceptable(rounds[place][1], SIDES[issue], step)) is not None
        for issue, rounds in _ends(rows).items()
    )


def zones(chapter: Chapter) -> Figure:
    """What the two sides of each issue would accept if either yielded some points, and where that overlaps."""
    figure_id = "reset-zones"
    rows = _stands(chapter, figure_id)
    step = parameter(chapter, "acceptance_step").middle
    drawn = [
        acceptable(latest, SIDES[issue], step)
        .reset_index()
        .assign(
            block=f"{name}: {' and '.join(TALKERS[side] for side in SIDES[issue])}",
            row=printed(period),
            needed=needed,
        )
        .assign(note=f"{needed:g} each")
        for issue, name in ISSUES.items()
        for period, latest in _rounds(rows, issue)
        for needed in [max(0.0, _gap(latest, issue) / 2)]
    ]
    if not drawn:
        raise ValueError(f"figure {figure_id}: no issue has both its sides coded")
    data = pd.concat(drawn, ignore_index=True)
    ends = _ends(rows)
    gaps = [[_gap(rounds[place][1], issue) for place in (0, 1)] for issue, rounds in ends.items()]
    closer = sum(after < before for before, after in gaps)
    wider = sum(after > before for before, after in gaps)
    said = [
        f"{ISSUES[issue]} {printed(before)} {_gap(first, issue) / 2:g}, {printed(after)} {_gap(last, issue) / 2:g}"
        for issue, ((before, first), (after, last)) in ends.items()
    ]
    return scale.spans(
        data, beside="to meet", ends=ENDS, figure_id=figure_id,
        title=f"From first to last date the two sides came closer on {of_all(closer, len(gaps))} issues and drew apart on "
        f"{wider}; yielding {points(step)} each they would meet on {of_all(_meeting(rows, step, 1), len(gaps))}",
        subtitle=f"What each would accept: its own end of the scale to {points(step)} past its stand, an assumption · "
        "right: points each would have to yield",
        source=source(rows),
        alt=f"Points that each side would have to yield for a common zone: {'; '.join(said)}.",
    )  # fmt: skip


def rounds_table(chapter: Chapter) -> Table:
    """What was asked and answered at each round, in a line for each who was coded, linked to its text."""
    table_id = "reset-rounds"
    rows = _talkers(chapter, table_id)
    texts = [_SETTLED.sub("", ground) for ground in rows["ground"]]
    rows = rows.assign(
        when=[
            f"{ISSUES[issue]}, {printed(period)}"
            for issue, period in zip(rows["issue"], rows["period"], strict=True)
        ],
        text=texts,
        cell=[
            Html(
                f'<span>{point(row["code"])} · <a href="{source_address(row["source_id"])}">{escape(text)}</a></span>'
            )
            for row, text in zip(records(rows), texts, strict=True)
        ],
    )
    order = list(dict.fromkeys(rows["when"]))
    shown = rows.pivot(index="when", columns="actor", values="cell").loc[order].reindex(columns=list(TALKERS))
    cells = shown.size
    columns = {"when": Column("Issue and date"), **{actor: Column(name) for actor, name in TALKERS.items()}}
    return Table(
        table_id,
        f"What was asked and answered: {plural(len(rows), 'stand')} on {plural(rows['issue'].nunique(), 'issue')} at "
        f"{plural(rows['period'].nunique(), 'date')}",
        f"Point of the scale and what it rests on · {cells - len(rows)} of {cells} cells are empty: no text was coded",
        source(rows),
        markup(shown.fillna("").reset_index(), columns, "finding-cards"),
        rows[["issue", "period", "actor", "code", "text", "source_id"]].reset_index(drop=True),
        LONG,
    )


def anchors_table(chapter: Chapter) -> Table:
    """What each point of each issue's scale means, with the dated demands that end it."""
    return anchors(chapter, ISSUES, "reset-anchors")


# Sentences


def quarrel(chapter: Chapter) -> Markdown:
    """How the claims on the quarrel fared: what was said and done, and what it is taken to mean."""
    own = [claim_id for claim_id, claim in chapter.claims.items() if int(claim["paragraph"]) in QUARREL]
    facts = [claim_id for claim_id in own if chapter.claims[claim_id]["kind"] in ("event", "office", "quote")]
    rest = [claim_id for claim_id in own if claim_id not in facts]
    return Markdown(
        f"**Of {plural(len(facts), 'claim')} on what happened, who was in office and who said what: "
        f"{tally(chapter, facts)}.** Of {len(rest)} on what the sides stood for and what the quarrel did: {tally(chapter, rest)}."
    )


def answer(chapter: Chapter) -> Markdown:
    """How far apart the two sides of each issue stood at the first and the last round."""
    found = _ends(_stands(chapter, "reset-zones"))
    full = float(scale.POINTS[-1] - scale.POINTS[0])
    lines = [
        f"{ISSUES[issue].lower() if issue != 'nato' else ISSUES[issue]} {_gap(first, issue):g} in {printed(before)} and "
        f"{_gap(last, issue):g} in {printed(after)}"
        for issue, ((before, first), (after, last)) in found.items()
    ]
    least = min(_gap(last, issue) for issue, (_, (_, last)) in found.items())
    met = "some" if least <= 0 else "none"
    return Markdown(
        f"**Talks began, and on {met} of the issues did the two sides come to stand at one point.** How many points of {full:g} "
        f"lay between them: {'; '.join(lines)}. These are codes of judgement, not measurements."
    )


def zones_sentence(chapter: Chapter) -> Markdown:
    """How the zones depend on how far a side is assumed to yield."""
    rows = _stands(chapter, "reset-zones")
    step = parameter(chapter, "acceptance_step")
    total = len(_ends(rows))
    runs = [
        f"{of_all(_meeting(rows, value, 1), total)} issues if each yields {points(value) if value else 'nothing'}"
        for value in (step.low, step.middle, step.high)
    ]
    return Markdown(
        f"How far a side would yield is not on record, so it is varied: at the last date a zone is left on {', on '.join(runs)}."
    )


def medians_sentence(chapter: Chapter) -> Markdown:
    """Where the weighted middle of all who were coded lies at the first and the last date, and how firm it is."""
    rows = _stands(chapter, "reset-zones")
    spread, shift = parameter(chapter, "weight_spread").middle, parameter(chapter, "code_shift").middle
    kept, held, total, said = 0, 0, 0, []
    for issue, name in ISSUES.items():
        counts = rows[rows["issue"] == issue].groupby("period").size()
        middles = []
        for period in counts.index[counts >= LEAST]:
            stand = carried(rows, issue, period)["code"]
            weights = influence_weights(chapter, issue, stand.index)
            middle = weighted_median(stand, weights)
            kept += median_shares(stand, weights, spread, 0.0)[middle] >= ROBUST
            held += median_shares(stand, weights, spread, shift)[middle] >= ROBUST
            total += 1
            middles.append(f"{point(middle)} in {printed(period)}")
        if middles:
            said.append(f"{name} {' and '.join(dict.fromkeys([middles[0], middles[-1]]))}")
    return Markdown(
        f"Weighed by capability and salience, as judged, the middle of all who were coded lies at: {'; '.join(said)}. It keeps its "
        f"place in at least {percent(100 * ROBUST)} of draws for {of_all(kept, total)} issues and dates if weights may be "
        f"{1 + spread:g} times more or less, and for {of_all(held, total)} if every code may also be {points(shift)} off. A middle "
        "is where a vote would settle; nobody votes here."
    )


def agreement_sentence(chapter: Chapter) -> Markdown:
    """Krippendorff's alpha of the stands, and how many have one coder only."""
    rows = _stands(chapter, "reset-positions")
    codes = paired(chapter, "positions", set(rows["actor"] + "|" + rows["issue"] + "|" + rows["period"]))
    if codes.empty:
        raise ValueError("sentence reset-agreement: there is no code")
    once = int((codes.notna().sum(axis=1) < 2).sum())
    return Markdown(
        f"Agreement beyond chance between the coders (Krippendorff): {agreement('stands', codes, 'ordinal')}"
        + (f"; {once} of {len(codes)} stands have one coder so far." if once else ".")
    )
