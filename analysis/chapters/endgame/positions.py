"""Who stands where between Moscow's demand and Kyiv's, where the weighted middle lies, and whether a zone is left.

All of it rests on judgement: two coders' codes settled by a written rule, and weights of one hand. So every
result is run again with other weights, other codes and each coder alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pandas as pd
from IPython.display import Markdown

from analysis.chapter import Chapter
from analysis.chapters.coders import agreement, paired
from analysis.chapters.phrases import of_all, percent
from analysis.chapters.rows import parameter, records
from analysis.chapters.stands import (
    DRAWS,
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
from analysis.figures.table import Column, Table, markup
from analysis.figures.time_axis import printed
from analysis.methods.success_score import SUCCESS, success_scores
from analysis.methods.weighted_position import acceptance_overlap, weighted_mean, weighted_median
from analysis.verdicts import plural

ISSUES = {
    "territory": "Territory",
    "nato": "NATO membership",
    "guarantees": "Security guarantees",
    "sanctions": "Sanctions",
    "aid": "Arms and aid for Kyiv",
    "assets": "Frozen assets",
}
DATES = ("2024-11", "2025-03", "2025-12")
"""The article's month, the month of the change in Washington's course, and the last that was coded for it."""

SIDES = {"RU": float(scale.POINTS[0]), "UA": float(scale.POINTS[-1])}
"""The two whose demands end the scale: where neither code nor earlier code says otherwise, they stand there."""

GOALS = "sanctions_goals"
CODES = (1, 2, 3, 4)


# Rows


def _stands(chapter: Chapter, figure_id: str, coder: str = "") -> pd.DataFrame:
    """The adjudicated stands, or one coder's: actor, issue, period and code; ValueError when there is none."""
    return stands(chapter, figure_id, ISSUES, DATES, coder)


def _periods(rows: pd.DataFrame) -> list[str]:
    return sorted(rows["period"].unique())


def _carried(rows: pd.DataFrame, issue: str, period: str) -> pd.DataFrame:
    """Each actor's latest stand up to a date; a side that was never coded stands at its own end of the scale."""
    return carried(rows, issue, period, SIDES)


def _cases(rows: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """The issues and dates with enough codes of their own to have a middle of their own."""
    for issue, period in product(ISSUES, _periods(rows)):
        if ((rows["issue"] == issue) & (rows["period"] == period)).sum() >= LEAST:
            yield issue, period


# Figures


def positions_picture(chapter: Chapter) -> Figure:
    """Every actor's stand by issue and date, with the paths of Moscow, Washington and Kyiv."""
    figure_id = "endgame-positions"
    rows = _stands(chapter, figure_id)
    names = dict(zip(chapter.tables["areas"]["area"], chapter.tables["areas"]["name_en"], strict=True))
    order = {issue: place for place, issue in enumerate(ISSUES)}
    data = rows.assign(
        block=rows["issue"].map(ISSUES),
        row=rows["period"].map(printed),
        short=rows["actor"].str[:2],
        name=[names[actor].partition(" (")[0] for actor in rows["actor"]],
        order=rows["issue"].map(order),
    ).sort_values(["order", "period", "actor"], kind="stable")
    data = data[["block", "row", "actor", "code", "short", "name", "source_id", "ground"]]
    back = {actor: [shift < 0 for shift in shifts(rows, actor).values()] for actor in ("US", "UA")}
    forth = [shift > 0 for shift in shifts(rows, "RU").values()]
    first, last = (printed(_periods(rows)[place]) for place in (0, -1))
    alt = "; ".join(
        f"{block}, {row}: "
        + ", ".join(f"{point(code)} {' '.join(cell['short'])}" for code, cell in part.groupby("code"))
        for (block, row), part in data.groupby(["block", "row"], sort=False)
    )
    return scale.stands(
        data, joined=["RU", "US", "UA"], figure_id=figure_id,
        title=f"Washington moved towards Moscow on {of_all(sum(back['US']), len(back['US']))} issues, Kyiv on "
        f"{of_all(sum(back['UA']), len(back['UA']))}; Moscow towards Kyiv on {of_all(sum(forth), len(forth))}",
        subtitle=f"Stands from {MINUS}2, Moscow’s demand, to +2, Kyiv’s · {first} to {last} · judgement, as coded at each date",
        source=source(rows),
        alt=alt,
    )  # fmt: skip


def medians(chapter: Chapter) -> Figure:
    """The weighted median and mean by issue and date, and how often each point is the median when all is perturbed."""
    figure_id = "endgame-medians"
    rows = _stands(chapter, figure_id)
    spread, shift = parameter(chapter, "weight_spread").middle, parameter(chapter, "code_shift").middle
    drawn, kept = [], []
    for issue, period in _cases(rows):
        stand = _carried(rows, issue, period)["code"]
        weights = influence_weights(chapter, issue, stand.index)
        median = weighted_median(stand, weights)
        shares = median_shares(stand, weights, spread, 0.0)
        shifted = median_shares(stand, weights, spread, shift)
        kept.append(shares[median] >= ROBUST)
        for code in scale.POINTS:
            drawn.append(
                {
                    "block": ISSUES[issue],
                    "row": printed(period),
                    "code": code,
                    "share": shares[code],
                    "base": code == median,
                    "share_with_codes_shifted": shifted[code],
                    "mean": weighted_mean(stand, weights),
                    "actors": len(stand),
                }
            )
    data = pd.DataFrame(drawn)
    middle = [
        f"{row['block']}, {row['row']}: median {point(row['code'])} in {percent(100 * row['share'])} of draws, "
        f"mean {point(row['mean'])}"
        for row in records(data[data["base"]])
    ]
    return scale.chances(
        data, rule="weighted median as coded", figure_id=figure_id,
        title=f"With weights up to {1 + spread:g} times more or less, the weighted median keeps its place in nine of ten draws "
        f"for {of_all(sum(kept), len(kept))} issues and dates",
        subtitle=f"Share of {DRAWS} draws in which a point is the median, % · weight: capability × salience, as judged · "
        "stands carried over until coded anew",
        source="the book’s own weights in influence.csv on " + source(rows),
        alt="; ".join(middle) + ".",
    )  # fmt: skip


def _sides(rows: pd.DataFrame, issue: str, period: str, step: float) -> pd.DataFrame:
    """What Moscow and Kyiv would accept: from their own end to `step` points past their stand; rows RU and UA."""
    return acceptable(_carried(rows, issue, period), ("RU", "UA"), step)


def _gap(rows: pd.DataFrame, issue: str, period: str) -> float:
    """Points between Moscow's stand and Kyiv's."""
    codes = _carried(rows, issue, period)["code"]
    return float(codes["UA"]) - float(codes["RU"])


def _meeting(rows: pd.DataFrame, period: str, step: float) -> int:
    """On how many issues the two sides would accept something in common."""
    return sum(acceptance_overlap(_sides(rows, issue, period, step)) is not None for issue in ISSUES)


def zones(chapter: Chapter) -> Figure:
    """What Moscow and Kyiv would accept on each issue if either yielded some points, and where that overlaps."""
    figure_id = "endgame-zones"
    rows = _stands(chapter, figure_id)
    step = parameter(chapter, "acceptance_step").middle
    drawn = []
    for issue, period in product(ISSUES, _periods(rows)):
        sides = _sides(rows, issue, period, step)
        needed = max(0.0, _gap(rows, issue, period) / 2)
        drawn.append(
            sides.reset_index().assign(
                block=ISSUES[issue], row=printed(period), needed=needed, note=f"{needed:g} each"
            )
        )
    data = pd.concat(drawn, ignore_index=True)
    first, last = (_periods(rows)[place] for place in (0, -1))
    need = data[data["row"] == printed(last)].drop_duplicates("block")
    said = [f"{row['block']} {row['needed']:g}" for row in records(need)]
    return scale.spans(
        data, beside="to meet", figure_id=figure_id,
        title=f"Yielding {points(step)} each, Moscow and Kyiv would meet on "
        f"{of_all(_meeting(rows, first, step), len(ISSUES))} issues in {printed(first)} and on "
        f"{of_all(_meeting(rows, last, step), len(ISSUES))} in {printed(last)}",
        subtitle=f"What each would accept: its own end of the scale to {points(step)} past its stand, an assumption · "
        "right: points each would have to yield",
        source=source(rows),
        alt=f"Points that each side would have to yield for a common zone in {printed(last)}: {', '.join(said)}.",
    )  # fmt: skip


def anchors_table(chapter: Chapter) -> Table:
    """What each point of each issue's scale means, with the dated demands that end it."""
    return anchors(chapter, ISSUES, "endgame-anchors")


# Sentences


def answer(chapter: Chapter) -> Markdown:
    """Where the two sides stand apart at the last date, and how firm the middle is."""
    figure_id = "endgame-zones"
    rows = _stands(chapter, figure_id)
    last = _periods(rows)[-1]
    gaps = {issue: _gap(rows, issue, last) for issue in ISSUES}
    least, most = min(gaps.values()), max(gaps.values())
    near = [ISSUES[issue] for issue, gap in gaps.items() if gap == least]
    full = SIDES["UA"] - SIDES["RU"]
    at_ends = sum(gap == full for gap in gaps.values())
    return Markdown(
        f"By {printed(last)} the last known stands of Moscow and Kyiv lie between {least:g} and {most:g} points apart on a "
        f"scale of {full:g}; on {of_all(at_ends, len(gaps))} issues they stand at its two ends, and they are nearest on "
        f"{', '.join(near)}. These are codes of judgement, not measurements."
    )


def medians_sentence(chapter: Chapter) -> Markdown:
    """How often the weighted middle keeps its place as weights, codes or both are perturbed, and with equal weights."""
    rows = _stands(chapter, "endgame-medians")
    spread, shift = parameter(chapter, "weight_spread"), parameter(chapter, "code_shift").middle
    cases = list(_cases(rows))
    runs = [(spread.low, 0.0), (spread.middle, 0.0), (spread.high, 0.0), (0.0, shift), (spread.middle, shift)]
    kept, equal = [0] * len(runs), 0
    for issue, period in cases:
        stand = _carried(rows, issue, period)["code"]
        weights = influence_weights(chapter, issue, stand.index)
        median = weighted_median(stand, weights)
        equal += weighted_median(stand, weights * 0 + 1) == median
        for place, (width, off) in enumerate(runs):
            kept[place] += median_shares(stand, weights, width, off)[median] >= ROBUST
    total = len(cases)
    said = [
        f"{of_all(count, total)} at up to {1 + width:g} times"
        for count, (width, _) in zip(kept, runs[:3], strict=False)
    ]
    return Markdown(
        f"The weighted median keeps its place in at least {percent(100 * ROBUST)} of draws for {', '.join(said)} more or less "
        f"weight; for {of_all(kept[3], total)} if every code, and not the weights, may be {points(shift)} off; for "
        f"{of_all(kept[4], total)} if both. With all weights equal it is the same in {of_all(equal, total)} cases."
    )


def zones_sentence(chapter: Chapter) -> Markdown:
    """How the zones depend on how far a side is assumed to yield."""
    rows = _stands(chapter, "endgame-zones")
    step = parameter(chapter, "acceptance_step")
    last = _periods(rows)[-1]
    runs = [
        f"{of_all(_meeting(rows, last, value), len(ISSUES))} issues if each yields {points(value) if value else 'nothing'}"
        for value in (step.low, step.middle, step.high)
    ]
    return Markdown(
        f"How far a side would yield is not on record, so it is varied: in {printed(last)} a zone is left on {', on '.join(runs)}. "
        "A zone on one issue is no agreement, since the issues hang together and either side may expect to do better later."
    )


def agreement_sentence(chapter: Chapter) -> Markdown:
    """Krippendorff's alpha by table, and how medians and scores differ from coder to coder."""
    stands = chapter.tables["positions"]
    own = stands[stands["issue"].isin(ISSUES) & stands["period"].isin(DATES)]
    keys = {"positions": set(own["actor"] + "|" + own["issue"] + "|" + own["period"]), GOALS: None}
    codes = {table: paired(chapter, table, items) for table, items in keys.items()}
    if all(wide.empty for wide in codes.values()):
        raise ValueError("sentence endgame-agreement: there is no code")
    said = [agreement(table.replace("_", " "), wide, "ordinal") for table, wide in codes.items() if len(wide)]
    text = f"Agreement beyond chance between the coders (Krippendorff): {'; '.join(said)}."
    coders = sorted(chapter.tables["codings"].query("table == 'positions'")["coder"].unique())
    if len(coders) < 2:
        return Markdown(text)
    settled = _stands(chapter, "endgame-medians")
    cases = list(_cases(settled))
    runs = {coder: _stands(chapter, "endgame-medians", coder) for coder in coders}
    found = pd.DataFrame(
        {
            name: [
                weighted_median(stand, influence_weights(chapter, issue, stand.index))
                for issue, period in cases
                for stand in [_carried(rows, issue, period)["code"]]
            ]
            for name, rows in {"settled": settled, **runs}.items()
        }
    )
    moved = found.nunique(axis=1) > 1
    apart = float((found.max(axis=1) - found.min(axis=1)).max())
    alone = ", ".join(
        f"by the {coder} in {int((found[coder] != found['settled']).sum())}" for coder in coders
    )
    names = [
        f"{ISSUES[issue]} {printed(period)}" for (issue, period), hit in zip(cases, moved, strict=True) if hit
    ]
    return Markdown(
        f"{text} Run on each coder’s codes alone, the weighted median differs from the settled one "
        f"{alone} of {plural(len(cases), 'case')}, by at most {points(apart)}"
        + (f" ({'; '.join(names)})." if names else ".")
    )


# The sanctions' score


def _neighbours(code: int) -> list[int]:
    """The code and those one off that are on the scale."""
    return [other for other in CODES if abs(other - code) <= 1]


def _scored(chapter: Chapter) -> pd.DataFrame:
    """Score and success by goal and coder, with what they would be if either code were one off."""
    rows = chapter.tables["codings"]
    rows = rows[rows["table"] == GOALS]
    if rows.empty:
        raise ValueError("table endgame-success: no goal is coded")
    parts = rows["key"].str.split("|", expand=True)
    wide = (
        rows.assign(goal=parts[0], part=parts[1], number=rows["code"].astype(int))
        .pivot(index=["goal", "coder"], columns="part", values="number")
        .reindex(columns=["result", "contribution"])
    )
    gone = wide[wide.isna().any(axis=1)]
    if len(gone):
        raise ValueError(f"table endgame-success: {' by '.join(gone.index[0])} lacks a code")
    wide = wide.astype(int)
    scored = wide.join(success_scores(wide["result"], wide["contribution"]))
    around = [
        [one * other for one, other in product(_neighbours(result), _neighbours(contribution))]
        for result, contribution in zip(wide["result"], wide["contribution"], strict=True)
    ]
    return scored.assign(
        low=[min(scores) for scores in around],
        high=[max(scores) for scores in around],
        passing=[sum(score >= SUCCESS for score in scores) for scores in around],
        runs=[len(scores) for scores in around],
    ).reset_index()


def success_table(chapter: Chapter) -> Table:
    """Hufbauer, Schott and Elliott's score for each goal of the sanctions, and how far it hangs on single codes."""
    data = _scored(chapter)
    same = ["goal", "result", "contribution", "score", "success", "low", "high", "passing", "runs"]
    rows = data.groupby(same, sort=False)["coder"].agg(", ".join).reset_index()
    rows = rows.sort_values(["score", "goal", "coder"], ascending=[False, True, True], kind="stable")
    goals = data.groupby("goal")
    every = int(goals["success"].all().sum())
    some = int(goals["success"].any().sum())
    firm = int((goals["passing"].sum() == goals["runs"].sum()).sum())
    never = int((goals["passing"].sum() == 0).sum())
    shown = rows.assign(
        goal=rows["goal"].str.replace("_", " ").str.capitalize(),
        coder=[
            "both coders" if "," in row["coder"] else f"the {row['coder']} coder" for row in records(rows)
        ],
        success=rows["success"].map({True: "yes", False: "no"}),
        around=[
            f"{row['low']}–{row['high']}; {of_all(row['passing'], row['runs'])} pass" for row in records(rows)
        ],
    )
    columns = {
        "goal": Column("Goal"),
        "coder": Column("By"),
        "result": Column("Result", numeric=True, decimals=0),
        "contribution": Column("Part of the sanctions", numeric=True, decimals=0),
        "score": Column("Score", numeric=True, decimals=0),
        "success": Column(f"{SUCCESS} or more"),
        "around": Column("If either code is up to one off"),
    }
    total = len(goals)
    reached = f"{of_all(every, total)}" if every == some else f"between {every} and {some} of {total}"
    return Table(
        "endgame-success",
        f"The sanctions reach the score of success on {reached} goals; with codes one off, {firm or 'none'} would surely reach it "
        f"and {never or 'none'} surely not",
        f"Result (1–4) times the sanctions’ part in it (1–4); {SUCCESS} of 16 counts as success; judgement, as of mid-2026",
        "codes and grounds of the book’s coders in codings.csv; scale after Hufbauer, Schott and Elliott",
        markup(shown, columns, "finding-cards"),
        data,
    )
