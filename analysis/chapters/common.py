"""Figures and tables that every chapter shows alike: evidence on a claim, findings, argument, robustness."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import permutations

import networkx as nx
import pandas as pd

from analysis import periods, specifications
from analysis.arguments import HIGH_SCORES
from analysis.chapter import Chapter
from analysis.chapters.phrases import admitted
from analysis.figures import numbers
from analysis.figures.argument_map import argument_map
from analysis.figures.evidence import evidence
from analysis.figures.figure import Figure
from analysis.figures.parts import Statement
from analysis.figures.specification_curve import specification_curve
from analysis.figures.table import LONG, Column, Table, markup
from analysis.figures.time_axis import printed
from analysis.figures.verdicts import chip, verdict_counts, verdict_table
from analysis.intervals import threshold_interval
from analysis.verdicts import LABELS, plural

BOOK = "the book's own rules on the rows named at each claim"


def _name(*parts: str) -> str:
    return "-".join(re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-") for part in parts)


def _words(option: str) -> str:
    """An option's id as a reader would write it."""
    return re.sub(r"(\d)_(\d)", r"\1–\2", option).replace("_", " ")


def findings(chapter: Chapter, claim_ids: Iterable[str], title: str = "") -> Table:
    """The verdicts on a family of claims, then and now, each linked to its rows."""
    rows = chapter.verdict_rows(claim_ids)
    if not rows["attribution"].any():  # the article names no source for any of them
        rows = rows.drop(columns="attribution")
    counts = rows["verdict"].value_counts()
    said = ", ".join(f"{count} {str(label).lower()}" for label, count in counts.items())
    table = verdict_table(
        rows,
        table_id=_name("findings", rows["claim_id"].iloc[0], rows["claim_id"].iloc[-1]),
        title=title or f"{plural(len(rows), 'claim')}: {said}",
        subtitle=f"Verdicts at publication ({chapter.article['published']}) and now ({chapter.tables.schema.as_of})",
        source=BOOK,
    )
    return replace(table, folds_over=LONG)


def evidence_figure(chapter: Chapter, claim_id: str) -> Figure:
    """Every reading of a claim that shares the primary one's scale, against what the article states.

    Readings in other units, or with a criterion of their own, stand in `definitions`.
    """
    claim, primary = chapter.claims[claim_id], chapter.library.primary(claim_id)
    if primary["table"] != "observations":
        raise ValueError(f"figure {_name('evidence', claim_id)}: no measured evidence on {claim_id}")
    rows = chapter.evidence_rows(claim_id)
    alike = {
        reading["reading_id"]
        for reading in chapter.library.readings_of[claim_id]
        if all(reading[column] == primary[column] for column in ("table", "method", "expected"))
        and chapter.reading_unit(reading) == chapter.reading_unit(primary)
    }
    rows = rows[rows["low"].notna() & rows["reading_id"].isin(alike)] if len(rows) else rows
    if rows.empty:
        raise ValueError(f"figure {_name('evidence', claim_id)}: no measured evidence on {claim_id}")
    unit = chapter.reading_unit(primary)
    if primary["method"] == "figure":
        interval = admitted(chapter, claim_id)
        said = f"the article: {numbers.interval(interval.left, interval.right, unit)}"
    else:
        interval, said = threshold_interval(primary["expected"]), f"the criterion: {primary['expected']}"
    rows = rows.assign(reading=[f"{ground.split('.')[0]}" for ground in rows["ground"]])
    inside = int((rows["judgement"] == "inside").sum())
    return evidence(
        rows,
        statement=Statement(interval, said),
        unit=unit,
        published=chapter.article["published"],
        figure_id=_name("evidence", claim_id),
        title=f"{claim['short_en']}: {chapter.now[claim_id].label.lower()}",
        subtitle=f"Each reading's measurements against the statement; {claim['period'] or 'undated'}",
        source=chapter.publishers(pd.DataFrame({"origins": chapter.origins_of(claim_id)})),
        alt=f"{inside} of {len(rows)} measurements lie inside what the article states; "
        f"the primary reading's verdict is {chapter.now[claim_id].label}.",
    )


def _when(period: str) -> str:
    """A reading's period in print; a change may run from a year to a month, which is no single period."""
    if period in ("", "latest"):
        return period
    first, _, last = period.partition("/")
    if last and periods.parse(first).precision != periods.parse(last).precision:
        return f"{printed(first)}{numbers.DASH}{printed(last)}"
    return printed(period)


def definitions(chapter: Chapter, claim_id: str) -> Table:
    """Each fair reading of a claim with its value in its own unit and the verdict that it alone would give."""
    readings, claim = chapter.reading_table(claim_id), chapter.claims[claim_id]
    mark = " (sets the criterion)" if claim["kind"] == "comparison" else " (decides)"
    shown = []
    for _, row in readings.iterrows():
        reading = chapter.library.readings[row["reading_id"]]
        signed = reading["transform"] in ("change", "percent_change", "difference")
        unit = chapter.reading_unit(reading) if row["estimates"] else ""
        values = [numbers.quantity(value, unit, signed=signed) for value in row["estimates"]]
        shown.append(
            {
                "reading": row["ground"].partition(". ")[0].rstrip(".") + (mark if row["primary"] else ""),
                "period": _when(reading["period"]),
                "value": ", ".join(dict.fromkeys(values)) or "no value",
                "verdict": row["verdict"],
            }
        )
    labels = readings["verdict"].tolist()
    counts = ", ".join(f"{labels.count(label)} {label.lower()}" for label in LABELS if label in labels)
    data = pd.DataFrame(shown)
    columns = {
        "reading": Column("What is measured"),
        "period": Column("Period"),
        "value": Column("Value"),
        "verdict": Column("By itself"),
    }
    return Table(
        _name("readings", claim_id),
        f"{claim['short_en']}: of {len(labels)} readings {counts}",
        "Each fair reading of the claim, its value in its own unit, and the verdict that it alone would give",
        chapter.publishers(pd.DataFrame({"origins": chapter.origins_of(claim_id)})),
        markup(data.assign(verdict=[chip(label) for label in labels]), columns, "finding-verdicts"),
        data,
    )


def curve_figure(chapter: Chapter, claim_id: str, limit: float | None = None) -> list[Figure]:
    """The specification curve of each estimand of a comparison that has data, cut off at `limit`."""
    figures = []
    primary = chapter.library.primary(claim_id)
    interval = threshold_interval(primary["expected"])
    threshold = interval.left if interval.right == float("inf") else interval.right
    combinations = specifications.declare(chapter.library, claim_id)
    published = chapter.library.published(claim_id)
    then = {curve.estimand: curve.runs for curve in specifications.run(chapter.library, combinations, published)}
    for curve in specifications.run(chapter.library, combinations, chapter.tables.schema.as_of):
        if curve.runs.empty:
            continue
        dimensions = [str(column) for column in curve.runs if column not in ("estimate", "holds", "origins")]
        empty = curve.missing.assign(estimate=None, holds=False)
        rows = pd.concat([curve.runs.drop(columns="origins").astype(object), empty], ignore_index=True)
        rows[dimensions] = rows[dimensions].fillna("").map(_words)
        unit = chapter.reading_unit(primary)
        label = curve.label.lower()
        held = f"{int(curve.runs['holds'].sum())} of {plural(len(curve.runs), 'comparison')}"
        before = then[curve.estimand]
        known = "none had data" if before.empty else f"in {int(before['holds'].sum())} of {len(before)}"
        figures.append(
            specification_curve(
                rows,
                dimensions=dimensions,
                unit=unit,
                threshold=threshold,
                criterion=f"{'over' if interval.right == float('inf') else 'under'} {threshold:g}",
                limit=limit,
                figure_id=_name("curve", claim_id, curve.estimand),
                title=f"{chapter.claims[claim_id]['short_en']} ({_words(curve.estimand)}): holds in {held}",
                subtitle=f"Every declared combination of choices for {_words(curve.estimand)} · on what was known at "
                f"publication: {known}",
                source=chapter.publishers(pd.DataFrame({"origins": curve.runs["origins"]})),
                alt=f"{int(curve.runs['holds'].sum())} of {len(curve.runs)} specifications meet the criterion "
                f"{primary['expected']}; {plural(curve.without_data, 'combination')} had no data; {label}.",
            )
        )
    return figures


def trunk(chapter: Chapter, steps: int = 2) -> nx.DiGraph:
    """The last `steps` of the argument before its final conclusions, without outer premises."""
    graph = chapter.argument.graph
    kept: set[str] = set()
    for conclusion in chapter.conclusions:
        kept |= set(nx.ego_graph(graph.reverse(copy=False), conclusion, radius=steps))
    return graph.subgraph(sorted(claim for claim in kept if graph.in_degree(claim) > 0)).copy()


def backbone(chapter: Chapter) -> nx.DiGraph:
    """The article's conclusions that have premises, and the claims on the shortest ways from one to another."""
    graph = chapter.argument.graph
    ends = [claim for claim in sorted(graph) if chapter.claims[claim]["role"] == "conclusion" and graph.in_degree(claim)]
    kept = set(ends)
    for one, other in permutations(ends, 2):
        if nx.has_path(graph, one, other):
            kept.update(min(nx.all_shortest_paths(graph, one, other)))
    return graph.subgraph(sorted(kept)).copy()


def branch(chapter: Chapter, conclusion: str) -> nx.DiGraph:
    """A claim with all that directly supports or attacks it."""
    graph = chapter.argument.graph
    return graph.subgraph([*sorted(graph.predecessors(conclusion)), conclusion]).copy()


def map_figure(chapter: Chapter, graph: nx.DiGraph, name: str, title: str, when: str = "now") -> Figure:
    """Draw a part of the argument with verdicts and strengths, now or at publication (`then`)."""
    strengths, labels = chapter.strengths(when), chapter.labels(when)
    drawn = nx.DiGraph()
    for claim_id in sorted(graph):
        drawn.add_node(
            claim_id,
            label=chapter.claims[claim_id]["short_en"],
            verdict=labels[claim_id],
            strength=strengths[claim_id],
        )
    for one, other, edge in sorted(graph.edges(data=True), key=lambda row: row[:2]):
        drawn.add_edge(one, other, **edge)
    ends = [claim_id for claim_id in drawn if drawn.out_degree(claim_id) == 0]
    said = "; ".join(f"{chapter.claims[end]['short_en']} {strengths[end]:.2f}" for end in ends)
    return argument_map(
        drawn,
        hollow=when != "now",
        figure_id=_name(chapter.article_id, name),
        title=title,
        subtitle="Colour: the claim's own verdict; bar: strength from its premises, 0 to 1",
        source=BOOK,
        alt=f"{plural(len(drawn), 'claim')} joined by {plural(drawn.number_of_edges(), 'step')}; "
        f"strength of what they lead to: {said}.",
    )


def robustness_table(chapter: Chapter) -> Table:
    """The strength of each final conclusion under every semantics, transfer and set of base scores."""
    frames = []
    for conclusion in chapter.conclusions:
        frame = chapter.argument.robustness(chapter.labels(), conclusion)
        spans = (
            frame.groupby(["semantics", "transfer"], sort=True)["strength"].agg(["min", "max"]).reset_index()
        )
        frames.append(spans.assign(claim=chapter.claims[conclusion]["short_en"]))
    rows = pd.concat(frames, ignore_index=True)[["claim", "semantics", "transfer", "min", "max"]]
    columns = {
        "claim": Column("Conclusion"),
        "semantics": Column("Semantics"),
        "transfer": Column("What a premise passes on"),
        "min": Column("Lowest", numeric=True, decimals=2),
        "max": Column("Highest", numeric=True, decimals=2),
    }
    low, high = rows["min"].min(), rows["max"].max()
    return Table(
        _name(chapter.article_id, "robustness"),
        f"The conclusions' strength runs from {low:.2f} to {high:.2f} as the rules vary",
        f"Strength from 0 to 1; base scores of supported premises from {min(HIGH_SCORES)} to {max(HIGH_SCORES)}",
        BOOK,
        markup(rows, columns),
        rows,
        LONG,
    )


def counts_figure(chapter: Chapter) -> Figure:
    """How the chapter's claims fared, at publication and now."""
    rows = chapter.verdict_rows()[["verdict_at_publication", "verdict"]].assign(
        group=chapter.article["title_en"]
    )
    supported = chapter.counts()["Supported"]
    return verdict_counts(
        rows,
        figure_id=_name(chapter.article_id, "counts"),
        title=f"{supported} of {len(rows)} claims are supported",
        subtitle=f"Claims by verdict, at publication and now ({chapter.tables.schema.as_of})",
        source=BOOK,
        alt="; ".join(f"{label}: {count}" for label, count in sorted(chapter.counts().items())),
    )
