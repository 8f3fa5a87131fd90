"""Politics and the economy side by side: meetings, patrols and votes against trade, oil and gas, by year.

What stands for either side is a choice. The measures, their equal weights, the years that are compared and
those that are standardised over were fixed once the rows had been gathered and before an index was computed;
all of them stand in one specification curve.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import networkx as nx
import pandas as pd

from analysis import periods
from analysis.chapter import Chapter
from analysis.chapters.common import BOOK, map_figure
from analysis.chapters.phrases import of_all
from analysis.chapters.rows import firm, of_precision, outturns, pick, records, rows_of, valued
from analysis.figures import numbers, style
from analysis.figures.answers import answers
from analysis.figures.figure import Figure
from analysis.figures.panels import panels
from analysis.figures.specification_curve import specification_curve
from analysis.figures.table import Column, Html, Table, markup, table
from analysis.figures.time_axis import printed
from analysis.figures.verdicts import ATTRIBUTION, chip
from analysis.methods.divergence import (
    LEAST,
    composite,
    distance_test,
    divergence_index,
    opposite_changes,
    opposite_test,
)
from analysis.verdicts import CONFLICTING, REFUTED, SUPPORTED, plural

VOTES = "unga_ukraine_vote.code"
ANSWERS = {-1: "against the text", 0: "abstained", 1: "for the text"}
SIGNS = {"against the text": ("X", True), "abstained": ("o", False), "for the text": ("P", True)}

# What stands for either side, and where the tables lack the years that an index needs.
POLITICS = {
    "meetings": "xi_putin_meetings.count",
    "patrols": "cn_ru_bomber_patrols.count",
    "votes": VOTES,
    "exercises": "cn_ru_exercises.count",
}
ECONOMY = {
    "exports": "cn_customs.exports_to_ru",
    "trade share": "trade_share.ru_in_cn_total",
    "oil volume": "crude.imports_volume",
    "gas volume": "gas.pipeline_to_china",
    "investment": "cn_fdi_stock.in_russia",
    "payments": "ru_cn_trade.settlement_share.cny",
}
EQUAL = "equal weights"
WINDOWS = {"all common years": "0000", "since the war began": "2022"}
BASES = (2023, 2024)  # the years whose growth the article compares with

PANELS = {
    "In politics": {
        "meetings": "Xi and Putin meet, times a year",
        "patrols": "Joint bomber patrols a year",
        "votes": "China votes with Russia on Ukraine, share of texts",
    },
    "In the economy": {
        "exports": "China’s exports to Russia",
        "oil volume": "Russian crude bought by China",
        "gas volume": "Russian pipeline gas to China",
    },
}


def _votes(rows: pd.DataFrame) -> pd.DataFrame:
    """The votes with their year, one row a text and actor."""
    votes = valued(pick(rows, VOTES))
    return votes.assign(year=votes["period"].str[:4].astype(int))


def votes_with_russia(rows: pd.DataFrame) -> pd.Series:
    """Share in percent of a year's known texts that China voted against, as Russia does; no abstention counts."""
    votes = _votes(pick(rows, VOTES, geo="CN"))
    return (votes["value"] == -1).groupby(votes["year"]).mean() * 100


def by_year(rows: pd.DataFrame, series: str) -> pd.Series:
    """A value a whole year, the median of its sources, over the last years without a gap.

    ValueError, naming the figure, when no year is measured.
    """
    if series == VOTES:
        values = votes_with_russia(rows)
    else:
        measured = firm(of_precision(valued(pick(rows, series)), "year"))
        values = measured.groupby(measured["period"].astype(int))["value"].median()
    run = values.index[-1]
    while run - 1 in values.index:
        run -= 1
    return values.loc[run:]


def _compared(chapter: Chapter) -> tuple[int, int]:
    """The two years that the reading of contact at the top compares."""
    first, last = periods.ends(chapter.library.primary("hedge.65")["period"])
    return int(first), int(last)


def side_by_side(chapter: Chapter) -> Figure:
    """Six measures by year in their own units: three of politics, three of the economy."""
    figure_id = "hedge-politics-economics"
    rows = rows_of(chapter, figure_id)
    base, last = _compared(chapter)
    names = {**POLITICS, **ECONOMY}
    values = {key: by_year(rows, names[key]) for group in PANELS.values() for key in group}
    first = min(int(values[key].index[0]) for key in PANELS["In politics"])
    drawn, moved = [], {}
    for group, measures in PANELS.items():
        signs = []
        for key, panel in measures.items():
            series = values[key].loc[first:last]
            part = pick(rows, names[key])
            code = "percent_share" if names[key] == VOTES else str(part["unit"].iloc[0])
            digits = 0 if code in ("count", "percent_share") else 1 if series.max() < 100 else 0
            drawn += [
                {
                    "group": group, "panel": panel, "year": year, "value": float(value),
                    "decimals": digits,
                    "unit": "" if code == "count" else code, "actor": "CN" if group == "In politics" else "RU",
                }
                for year, value in series.items()
            ]  # fmt: skip
            signs.append(float(series[last] - series[base]))
        moved[group] = signs
    fell = {group: sum(change < 0 for change in signs) for group, signs in moved.items()}
    rose = {group: sum(change > 0 for change in signs) for group, signs in moved.items()}
    said = [
        f"{group[0].lower()}{group[1:]} {of_all(fell[group], len(signs))} measures fell and {rose[group] or 'none'} rose"
        for group, signs in moved.items()
    ]
    data = pd.DataFrame(drawn)
    balance = [rose[group] - fell[group] for group in PANELS]
    word = "outran" if balance[0] > balance[1] else "did not outrun"
    used = rows[
        rows["series_id"].isin([names[key] for key in values]) & (rows["period"].str[:4] <= str(last))
    ]
    return panels(
        data, marked=base, figure_id=figure_id,
        title=f"Politics {word} the economy: from {base} to {last} {said[0]}, {said[1]}",
        subtitle=f"Each measure in its own unit, from nought · China and Russia · {first}{numbers.DASH}{last}; "
        f"strong: from {base}, the year that the article compares with",
        source=chapter.publishers(used),
        alt="; ".join(
            f"{panel}: "
            + ", ".join(
                f"{numbers.quantity(row['value'], row['unit'], row['decimals'])} in {row['year']}"
                for row in records(part[part["year"].isin([part["year"].iloc[0], base, part["year"].iloc[-1]])])
            )
            for panel, part in data.groupby("panel", sort=False)
        )
        + ".",
    )  # fmt: skip


def votes(chapter: Chapter) -> Figure:
    """How Russia, China and India answered each text on Ukraine; an abstention is an answer of its own."""
    figure_id = "hedge-votes"
    rows = _votes(outturns(rows_of(chapter, figure_id)))
    notes = chapter.tables["observations"].set_index("observation_id")["note"]
    rows = rows.assign(text=[notes[identifier] for identifier in rows["observation_id"]])
    rows = rows.drop_duplicates(["period", "geo"]).sort_values(["period"], kind="stable")
    invaded = chapter.claims["hedge.09"]["period"]
    china = rows[rows["geo"] == "CN"]
    late = china[china["period"].str[:4] >= invaded]
    against, abstained = ((late["value"] == code).sum() for code in (-1, 0))
    data = pd.DataFrame(
        {
            "question": [f"{printed(row['period'])}: {row['text']}" for row in records(rows)],
            "group": [
                f"{'Since' if period[:4] >= invaded else 'Before'} {invaded}" for period in rows["period"]
            ],
            "actor": rows["geo"],
            "answer": rows["value"].map(ANSWERS),
        }
    )
    data["actor"] = pd.Categorical(data["actor"], ["RU", "CN", "IN"], ordered=True)
    order = list(dict.fromkeys(data["question"]))
    data = data.sort_values(
        ["question", "actor"],
        key=lambda column: column.map(order.index) if column.name == "question" else column,
    )
    data["actor"] = data["actor"].astype(str)
    # The first row fixes the columns' order: Russia, whose vote is at stake, stands first.
    never = "never" if not (china["value"] == 1).any() else "not always"
    return answers(
        data, signs=SIGNS, figure_id=figure_id,
        title=f"On Ukraine China has {never} voted against Russia: since {invaded} it abstained on {abstained} texts "
        f"and voted with Russia on {against}",
        subtitle=f"Votes in the General Assembly on texts that censure Russia over Ukraine, {plural(len(order), 'text')} found · "
        f"{rows['period'].str[:4].min()}{numbers.DASH}{rows['period'].str[:4].max()}",
        source=f"{chapter.publishers(rows)}, as reported by {', '.join(sorted(set(rows['source'])))}",
        alt="; ".join(f"{row['question']}, {style.actor(row['actor']).name} {row['answer']}" for row in records(data)) + ".",
    )  # fmt: skip


def contacts(chapter: Chapter) -> Table:
    """Meetings, statements, patrols, exercises and votes by year."""
    table_id = "hedge-contacts"
    rows = rows_of(chapter, table_id)
    rows = rows.assign(year=rows["period"].str[:4].astype(int))
    china = _votes(pick(rows, VOTES, geo="CN"))
    first = int(by_year(rows, POLITICS["patrols"]).index[0])
    last = _compared(chapter)[1]
    measures = {
        "presidents": by_year(rows, POLITICS["meetings"]),
        "patrols": by_year(rows, POLITICS["patrols"]),
        "exercises": valued(pick(rows, POLITICS["exercises"])).groupby("year")["value"].median(),
        "premiers": pick(rows, "cn_ru_premiers_meeting.ordinal").groupby("year")["value"].max(),
        "statement": pick(rows, "cn_ru_presidents_statement.issued").groupby("year")["value"].max(),
        "against": (china["value"] == -1).groupby(china["year"]).sum(),
        "abstained": (china["value"] == 0).groupby(china["year"]).sum(),
    }
    data = pd.DataFrame({name: values.astype(float) for name, values in measures.items()})
    data = data.reindex(range(first, last + 1)).rename_axis("year").reset_index()
    shown = data.assign(
        year=data["year"].astype(str),
        premiers=[f"{value:.0f}th" if value == value else numbers.DASH for value in data["premiers"]],
        statement=["yes" if value == 1 else numbers.DASH for value in data["statement"]],
    )
    known = data.dropna(subset=["premiers"])
    every = bool((known["premiers"].diff().dropna() == 1).all())
    columns = {
        "year": Column("Year"),
        "presidents": Column("Presidents", numeric=True, decimals=0),
        "premiers": Column("Premiers"),
        "statement": Column("Statement"),
        "patrols": Column("Patrols", numeric=True, decimals=0),
        "exercises": Column("Exercises", numeric=True, decimals=0),
        "against": Column("Voted no", numeric=True, decimals=0),
        "abstained": Column("Abstained", numeric=True, decimals=0),
    }
    return Table(
        table_id,
        f"The premiers meet {'once a year, whatever happens' if every else 'not every year'}: "
        "what never varies tells nothing of closeness",
        f"China and Russia, {first}{numbers.DASH}{last}: meetings of the presidents, regular meeting of the premiers, "
        "joint statement of the presidents, joint bomber patrols, joint exercises (two institutes that draw the line "
        f"differently), China’s votes on the texts found; {numbers.DASH}: not in the tables",
        chapter.publishers(rows[rows["year"].between(first, last)]),
        markup(shown, columns),
        data,
    )


# The index


def _sides(rows: pd.DataFrame, names: dict[str, str]) -> dict[str, pd.Series | pd.DataFrame]:
    """The measures of one side by year, and the mean of those that an index can use."""
    single = {key: by_year(rows, series) for key, series in names.items() if _yearly(rows, series)}
    usable = {key: values for key, values in single.items() if len(values) >= LEAST}
    together = pd.DataFrame(usable).dropna()
    return {**single, EQUAL: together}


def _yearly(rows: pd.DataFrame, series: str) -> bool:
    part = rows[rows["series_id"] == series]
    return series == VOTES or bool(part["period"].str.fullmatch(r"\d{4}").any())


def _within(values: pd.Series | pd.DataFrame, since: str, last: int) -> pd.Series:
    """A side's values from a year on; several measures become their standardised mean over just these years."""
    part = values.loc[int(since) : last]
    return composite(part) if isinstance(part, pd.DataFrame) else part


def _aligned(
    first: pd.Series | pd.DataFrame, second: pd.Series | pd.DataFrame, since: str, last: int
) -> tuple[pd.Series, pd.Series]:
    """Two sides over the years that both have, from one on; means are taken over these years alone."""
    years = sorted(set(first.index) & set(second.index))
    years = [year for year in years if int(since) <= year <= last]
    return _within(first.loc[years], since, last), _within(second.loc[years], since, last)


def _attempt(compute: Callable[[], float]) -> float | None:
    """A number, or none where the years are too few, broken or without any change."""
    try:
        return compute()
    except (ValueError, KeyError):
        return None


def divergences(chapter: Chapter) -> pd.DataFrame:
    """How far the index moved from a base year to the last one, for every choice; empty where it has no data.

    Columns: politics, economy, compared with, standardised over, estimate.
    """
    rows = rows_of(chapter, "hedge-divergence")
    last = _compared(chapter)[1]
    politics, economy = _sides(rows, POLITICS), _sides(rows, ECONOMY)

    def moved(one: str, other: str, base: int, since: str) -> float:
        index = divergence_index(*_aligned(politics[one], economy[other], since, last))
        return float(index[last] - index[base])

    return pd.DataFrame(
        [
            {
                "politics": one, "economy": other, "compared with": str(base), "standardised over": window,
                "estimate": _attempt(lambda o=one, e=other, b=base, s=since: moved(o, e, b, s)),  # type: ignore[misc]
            }
            for one, other, base, (window, since) in product(
                [*POLITICS, EQUAL], [*ECONOMY, EQUAL], BASES, WINDOWS.items()
            )
        ]
    )  # fmt: skip


def specifications(chapter: Chapter) -> Figure:
    """The specification curve of the divergence: does politics stand higher against the economy than before?"""
    figure_id = "hedge-divergence"
    rows = rows_of(chapter, figure_id)
    data = divergences(chapter)
    data["estimate"] = pd.to_numeric(data["estimate"]).round(9)  # no rounding error counts as a gain
    data["holds"] = data["estimate"] > 0
    data["primary"] = (
        (data["politics"] == EQUAL)
        & (data["economy"] == EQUAL)
        & (data["compared with"] == str(BASES[0]))
        & (data["standardised over"] == next(iter(WINDOWS)))
    )
    measured = data.dropna(subset=["estimate"])
    if measured.empty:
        raise ValueError(f"figure {figure_id}: no combination has enough years")
    held = int(measured["holds"].sum())
    last = _compared(chapter)[1]
    own = measured.loc[measured["primary"], "estimate"]
    said = "" if own.empty else f"; with equal weights it had {'gained' if own.iloc[0] > 0 else 'lost'}"
    return specification_curve(
        data, dimensions=["politics", "economy", "compared with", "standardised over"], unit="", threshold=0,
        criterion="above 0: politics gained on the economy", figure_id=figure_id,
        title=f"By {last} politics had gained on the economy in {held} of {len(measured)} ways to measure{said}",
        subtitle="Change of the divergence index z(politics) − z(economy) since the year compared with, "
        f"standard deviations · China and Russia · to {last}",
        source=chapter.publishers(rows),
        alt=f"{held} of {len(measured)} combinations lie above 0, from {numbers.number(measured['estimate'].min(), 1)} to "
        f"{numbers.number(measured['estimate'].max(), 1)}; {len(data) - len(measured)} more have too few years.",
    )  # fmt: skip


LEVEL = 0.05


def tests(chapter: Chapter) -> Table:
    """Opposite changes and their permutation test for every pair of measures, with the least p it could reach."""
    table_id = "hedge-divergence-test"
    rows = rows_of(chapter, table_id)
    last = _compared(chapter)[1]
    used = set(rows["series_id"])
    politics = _sides(rows, {key: series for key, series in POLITICS.items() if series in used})
    economy = _sides(rows, {key: series for key, series in ECONOMY.items() if series in used})
    found = []
    for one, other in product(politics, economy):
        pair = _aligned(politics[one], economy[other], "0", last)
        opposite, changes = opposite_changes(*pair)
        sign, distance = opposite_test(*pair), distance_test(*pair)
        found.append(
            {
                "politics": one, "economy": other, "years": f"{pair[0].index[0]}{numbers.DASH}{pair[0].index[-1]}",
                "opposite": f"{opposite} of {changes}", "p": sign.p_value, "least": sign.least_p,
                "distance": distance.p_value, "nearest": distance.least_p,
            }
        )  # fmt: skip
    data = pd.DataFrame(found)
    parted, apart = data[data["p"] <= LEVEL], data[data["distance"] <= LEVEL]
    unable = int((data["least"] > LEVEL).sum())
    measures = sorted(set(apart["politics"]))
    by = f", all of them by {measures[0]}" if len(measures) == 1 else ""
    columns = {
        "politics": Column("Politics by"),
        "economy": Column("Economy by"),
        "years": Column("Years"),
        "opposite": Column("Opposite changes"),
        "p": Column("p (direction)", numeric=True, decimals=3),
        "least": Column("least p in reach", numeric=True, decimals=3),
        "distance": Column("p (distance)", numeric=True, decimals=3),
        "nearest": Column("least p in reach", numeric=True, decimals=3),
    }
    return table(
        data, columns, table_id=table_id,
        title=f"At p ≤ {LEVEL:g} {len(parted) or 'none'} of {len(data)} pairs "
        f"{'moves' if len(parted) == 1 else 'move'} apart in direction, and {unable} could not have; "
        f"{len(apart) or 'none'} {'lies' if len(apart) == 1 else 'lie'} apart in distance{by}",
        subtitle="Exact permutation of years, one-sided: were the two unrelated, how often would they part as much? "
        "Nothing is corrected for the number of pairs, nor for a common trend",
        source=chapter.publishers(rows[rows["period"].str[:4] <= str(last)]),
    )  # fmt: skip


# Rivals


def rivals(chapter: Chapter) -> Table:
    """What fear, strategy and demand each lead one to expect, and what is found."""
    table_id = "hedge-rivals"
    frame = chapter.tables["expectations"]
    frame = frame[frame["claim_id"].isin(list(chapter.claims))]
    if frame.empty:
        raise ValueError(f"table {table_id}: no rival has an expectation")
    kinds = [name for name in ("fear", "strategy", "demand") if name in set(frame["rival"])]
    expected = frame.pivot(index="claim_id", columns="rival", values="expects")[kinds]
    found = {claim_id: chapter.now[claim_id].label for claim_id in expected.index}
    outcome = {SUPPORTED: "yes", REFUTED: "no"}
    data = expected.reset_index()
    data["observation"] = [
        chapter.claims[claim_id]["short_en"].removeprefix("Implied: ") for claim_id in data["claim_id"]
    ]
    data["verdict"] = [found[claim_id] for claim_id in data["claim_id"]]
    data["speaks"] = [_speaks(row, kinds, outcome.get(str(row["verdict"]), "")) for row in records(data)]
    data["parts"] = [len({row[kind] for kind in kinds} - {"open"}) > 1 for row in records(data)]
    data = data.sort_values(["parts", "claim_id"], ascending=[False, True], kind="stable")
    telling = data[data["parts"]]
    decided = telling[telling["verdict"].isin(list(outcome))]
    said = []
    for kind in kinds:
        own = decided[decided[kind] != "open"]
        right = sum(outcome.get(str(row["verdict"])) == row[kind] for row in records(own))
        said.append(f"{kind} is right on {right} of {len(own)}")
    shown = data.assign(
        observation=[
            Html(f"{row['claim_id'].partition('.')[2]} {row['observation']}") for row in records(data)
        ],
        verdict=[chip(label) for label in data["verdict"]],
        **{kind: data[kind].map({"yes": "holds", "no": "fails", "open": numbers.DASH}) for kind in kinds},
    )
    columns = {
        "observation": Column("Observation"),
        "verdict": Column("Found"),
        **{kind: Column(f"{kind.capitalize()}: it") for kind in kinds},
        "speaks": Column("Speaks for"),
    }
    return Table(
        table_id,
        f"{plural(len(telling), 'observation')} of {len(data)} can tell the rivals apart, {len(decided)} are decided: "
        f"{', '.join(said)}",
        "What each explanation of China’s restraint leads one to expect, by one coder who knew the verdicts; "
        f"{numbers.DASH}: it expects nothing",
        BOOK,
        markup(shown, columns, "finding-verdicts"),
        data[["claim_id", "observation", *kinds, "verdict", "speaks"]],
    )


def _speaks(row: dict[str, Any], kinds: list[str], outcome: str) -> str:
    """For whom an observation speaks: the rivals that it bears out, if it goes against another."""
    if not outcome:
        return "nobody: open" if row["verdict"] != CONFLICTING else "nobody: evidence conflicts"
    right = [kind for kind in kinds if row[kind] == outcome]
    wrong = [kind for kind in kinds if row[kind] not in (outcome, "open")]
    if not wrong:
        return (
            "all that expect it" if len(right) > 1 else f"{right[0]}, against nobody" if right else "nobody"
        )
    return f"{' and '.join(right) or 'none of them'}, against {' and '.join(wrong)}"


def rivals_map(chapter: Chapter) -> Figure:
    """Fear and strategy in the argument, each with what supports it, up to the hedge that they are to explain."""
    graph = chapter.argument.graph
    fear, strategy, hedge = "hedge.26", "hedge.68", "hedge.37"
    kept = {fear, strategy, hedge, *graph.predecessors(fear), *graph.predecessors(strategy)}
    for one in (fear, strategy):
        kept |= set(nx.shortest_path(graph, one, hedge))
    strengths = chapter.strengths()
    labels = {chapter.now[claim_id].label for claim_id in (fear, strategy)}
    proven = "neither is proven" if not labels & {SUPPORTED} else "one is supported"
    return map_figure(
        chapter,
        graph.subgraph(sorted(kept)).copy(),
        "rivals-map",
        f"Fear ({strengths[fear]:.2f}) holds the economy back, strategy ({strengths[strategy]:.2f}) keeps politics up: {proven}",
    )


# References


def references(chapter: Chapter) -> Table:
    """The references at the article's end: was each found, does it say so, and where was it looked for."""
    table_id = "hedge-references"
    frame = chapter.tables["attributions"]
    cited = [
        claim_id for claim_id, claim in chapter.claims.items() if claim["short_en"].startswith("Reference: ")
    ]
    frame = frame[frame["claim_id"].isin(cited)]
    if frame.empty:
        raise ValueError(f"table {table_id}: no reference was looked for")
    sources = chapter.library.sources
    data = pd.DataFrame(
        [
            {
                "claim_id": row["claim_id"],
                "reference": f"{chapter.claims[row['claim_id']]['attributed_to']}: {sources[row['source_id']]['title']}",
                "found": "no" if row["faithful"] == "source_not_found" else "yes",
                "says": ATTRIBUTION[row["faithful"]]
                if row["faithful"] != "source_not_found"
                else "cannot be told",
                "note": row["discrepancy"] or numbers.DASH,
                "searched": row["searched"],
            }
            for row in records(frame.sort_values("claim_id"))
        ]
    )
    found = data[data["found"] == "yes"]
    say = int((found["says"] == ATTRIBUTION["yes"]).sum())
    columns = {
        "reference": Column("Reference, as printed"),
        "found": Column("Found"),
        "says": Column("Says so"),
        "note": Column("What is known of it"),
        "searched": Column("Where it was looked for"),
    }
    return table(
        data, columns, table_id=table_id,
        title=f"{len(found)} of {len(data)} references were found, {'both' if say == len(found) == 2 else of_all(say, len(found))} say what is claimed; "
        f"{plural(len(data) - len(found), 'title')} could not be found",
        subtitle="The references at the article’s end; what was not found may exist all the same",
        source=BOOK, css_class="finding-cards",
    )  # fmt: skip
