"""Security: dated contacts, exercises, arms deliveries, and the errors of fact that the rows show.

Contacts are set against their own rhythm, since one that recurs every year need not answer a remark.
Every source counts exercises in its own way, so each is compared with its own earlier part. Single
deliveries weigh heavily in one year, so arms stand in sums of five.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from IPython.display import Markdown

from analysis import periods, verdicts
from analysis.chapter import Chapter
from analysis.chapters.phrases import bounded, percent, tally, years
from analysis.chapters.rows import in_order, pick, records, rows_of
from analysis.figures.bars import dots
from analysis.figures.figure import Figure
from analysis.figures.numbers import number, quantity
from analysis.figures.table import Column, Table, markup
from analysis.figures.time_axis import printed
from analysis.figures.timeline import timeline
from analysis.figures.timeseries import timeseries
from analysis.readings import Record, Reference, split

# What third parties say of intelligence is no dated contact of the two; the claim shows it instead.
INTELLIGENCE = "dependence.111"
REMARKS = "dependence.044"


def answer(chapter: Chapter, claim_ids: Sequence[str]) -> Markdown:
    """The section's answer: how its claims came out, and what became of the two military trends."""
    ends = _ends(_exercise_rates(chapter))
    sold, first, final = _sold(chapter)
    return Markdown(
        f"**Of the {len(claim_ids)} claims of these paragraphs the evidence finds {tally(chapter, claim_ids)}.** "
        f"Joint exercises are more frequent in {sum(ends['later'] > ends['earlier'])} of {len(ends)} counts; "
        f"Russian arms deliveries to China {'rose' if sold[final] > sold[first] else 'fell'} by "
        f"{percent(abs(100 * (sold[final] / sold[first] - 1)))} between the five years up to {first} and those up to {final}."
    )


# Contacts


def _contacts(chapter: Chapter) -> pd.DataFrame:
    """Happenings from a year before the remarks on that name both China and Russia, one a day and kind.

    The remarks, which opened the dispute, stand among them.

    Columns: event_id, date, label, actor, kind, article (whether a claim of the article rests on it), origins.
    """
    read = {
        claim_id: {key for reading in chapter.library.readings_of[claim_id] for key in split(reading["key"])}
        for claim_id in chapter.claims
    }
    remarks = periods.parse(chapter.claims[REMARKS]["period"]).start
    begin = remarks.replace(year=remarks.year - 1)
    found: dict[tuple[str, str], Record] = {}
    events = (row for rows in chapter.library.events.values() for row in rows)
    for row in sorted(events, key=lambda row: (row["date"], row["event_id"])):
        both = {"CN", "RU"} <= set(split(row["actors"])) and row["kind"] in ("diplomacy", "military")
        wanted = row["occurred"] == "yes" and periods.parse(row["date"]).start >= begin
        if (both or row["event_id"] in read[REMARKS]) and wanted and row["event_id"] not in read[INTELLIGENCE]:
            found.setdefault((row["date"], row["kind"]), row)
    return pd.DataFrame(
        {
            "event_id": row["event_id"],
            "date": row["date"],
            "label": row["event"],
            "actor": "JP" if row["event_id"] in read[REMARKS] else "",
            "kind": row["kind"],
            "article": any(row["event_id"] in keys for keys in read.values()),
            "origins": row["origin_ids"],
        }
        for row in found.values()
    )


def contacts(chapter: Chapter) -> Figure:
    """Dated contacts of China and Russia from a year before the remarks on Taiwan to the latest known."""
    data, rows = _contacts(chapter), rows_of(chapter, "dependence-contacts")
    if data.empty:
        raise ValueError("figure dependence-contacts: there is no event to draw")
    rounds, drills = (
        sorted({int(period[:4]) for period in pick(rows, f"{name}.ordinal")["period"]})
        for name in ("cn_ru_security_consultation", "cn_ru_missile_defence_exercise")
    )
    yearly = rounds == list(range(rounds[0], rounds[-1] + 1))
    return timeline(
        data, figure_id="dependence-contacts",
        title=f"The security consultation was held {'every year' if yearly else f'in {len(rounds)} years'} from {rounds[0]} "
        f"to {rounds[-1]}; the missile-defence exercise of {drills[-1]} was the first since {drills[-2]}",
        subtitle="Dated contacts that were found, from a year before the remarks on · China and Russia · "
        f"{years(data['date'])}",
        source=chapter.publishers(data),
        alt=f"{len(data)} dated events from top to bottom. "
        + " ".join(f"{printed(row['date'])}: {row['label']}." for row in records(data)),
    )  # fmt: skip


def rhythm(chapter: Chapter) -> Markdown:
    """When each recurring form of contact took place, against which the weeks after the remarks can be read."""
    rows = rows_of(chapter, "dependence-contacts")
    forms = {
        "cn_ru_security_consultation.ordinal": "consultation, round",
        "cn_ru_bomber_patrols.cumulative": "joint air patrol, number",
        "cn_ru_missile_defence_exercise.ordinal": "missile-defence exercise, number",
    }
    lines = ["The forms that recur, each with its ordinal and the day held or made public:", ""]
    for series, name in forms.items():
        dated = in_order(pick(rows, series)).drop_duplicates(["period", "value"])
        told = ", ".join(f"{number(row['value'], 0)} on {printed(row['period'])}" for row in records(dated))
        lines.append(f"- {name} {told}")
    return Markdown("\n".join(lines))


# Exercises

SHORT_NAMES = {"ndu": "NDU", "csis": "CSIS", "merics": "MERICS"}
RATES = {"cn_ru_exercises.per_year": "", "crink_exercises.per_year": "four states, "}


def _by(chapter: Chapter, origins: str) -> str:
    return "; ".join(SHORT_NAMES.get(key, chapter.origin_names[key]) for key in split(origins))


def _exercise_rates(chapter: Chapter) -> pd.DataFrame:
    """Exercises a year before and after the break that each source makes, with bounds; a row a source and part."""
    rows = rows_of(chapter, "dependence-exercises")
    parts = {(stem, part): pick(rows, f"{stem}_{part}") for stem in RATES for part in ("later", "earlier")}
    data = pd.DataFrame(
        {
            **row,
            "label": f"{_by(chapter, row['origins'])}, {RATES[stem]}to {printed(periods.ends(row['period'])[1])}",
            "series": part,
        }
        for (stem, part), found in parts.items()
        for row in records(found)
    )
    data = data[data.groupby("label")["series"].transform("nunique") == 2]
    return data.sort_values(["series", "value"], ascending=False, kind="stable").reset_index(drop=True)


def _ends(rates: pd.DataFrame) -> pd.DataFrame:
    return rates.pivot(index="label", columns="series", values="value")


def exercises(chapter: Chapter) -> Figure:
    """Joint exercises a year in the earlier and the later part of each source's span."""
    data = _exercise_rates(chapter)
    ends = _ends(data)
    more, total = sum(ends["later"] > ends["earlier"]), len(ends)
    told = {(row["label"], row["series"]): bounded(row) for row in records(data)}
    find = "Every count finds" if more == total else f"{more} of {total} counts find"
    return dots(
        data, unit="count", figure_id="dependence-exercises",
        title=f"{find} more joint exercises a year in the later part of its span than in the earlier",
        subtitle="Joint exercises a year, each source with its own span and break · China and Russia; four states with Iran "
        f"and North Korea · {years(data['period'])}",
        source=chapter.publishers(data),
        alt=" ".join(f"{label}: {told[label, 'earlier']} before, {told[label, 'later']} after." for label in ends.index),
    )  # fmt: skip


def patrols(chapter: Chapter) -> Markdown:
    """Single years, totals and air patrols, which the averages do not show."""
    rows = rows_of(chapter, "dependence-exercises")

    def told(series: str) -> str:
        return ", ".join(
            f"{bounded(row)} in {printed(row['period'])}{' so far' if row['status'] == 'estimate' else ''} "
            f"({_by(chapter, row['origins'])})"
            for row in records(pick(rows, series).sort_values("period", kind="stable"))
        )

    return Markdown(
        f"Institutes draw the line differently, so counts of two of them form no series. Single years: "
        f"{told('cn_ru_exercises.count')}. All told: {told('cn_ru_exercises.cumulative')}. Joint bomber patrols: "
        f"{told('cn_ru_bomber_patrols.count')}."
    )


# Arms

DYADS = {("RU", "CN"): "Russia to China", ("CN", "RU"): "China to Russia", ("RU", "IN"): "Russia to India"}


def _five_years(chapter: Chapter) -> pd.DataFrame:
    """Arms deliveries in the five years up to each year, by direction; summed where only single years are held."""
    rows = rows_of(chapter, "dependence-arms")
    drawn = [dyad in DYADS for dyad in zip(rows["geo"], rows["counterparty"], strict=True)]
    rows = rows[pd.Series(drawn, index=rows.index, dtype=bool)]  # the other buyers serve other chapters
    held = pick(rows, "sipri_tiv.deliveries_five_years")
    single = pick(rows, "sipri_tiv.deliveries")
    parts = [held]
    for dyad, part in single.groupby(["geo", "counterparty"]):
        if dyad not in set(zip(held["geo"], held["counterparty"], strict=True)):
            whole = part.set_index(part["period"].astype(int)).sort_index()
            sums = whole["value"].reindex(range(whole.index.min(), whole.index.max() + 1)).rolling(5).sum().dropna()
            parts.append(whole.loc[sums.index].assign(value=sums))
    data = pd.concat(parts, ignore_index=True)
    named = [DYADS[dyad] for dyad in zip(data["geo"], data["counterparty"], strict=True)]
    return data.assign(line=named, actor=data["counterparty"])


def _of_dyad(data: pd.DataFrame, line: str) -> pd.Series:
    return data[data["line"] == line].set_index("period")["value"]


def _sold(chapter: Chapter) -> tuple[pd.Series, str, str]:
    """Deliveries of Russia to China, the first year that the article names for them, and the last held by then."""
    sold = _of_dyad(_five_years(chapter), "Russia to China")
    first, final = periods.ends(chapter.claims["dependence.110"]["period"])
    return sold, first, max(year for year in sold.index if year <= final)


def arms(chapter: Chapter) -> Figure:
    """Arms deliveries between Russia and China in both directions, and to India, in five-year spans."""
    data = _five_years(chapter)
    sold, first, final = _sold(chapter)
    back, india = _of_dyad(data, "China to Russia"), _of_dyad(data, "Russia to India")
    peak = str(sold[sold.index >= first].idxmax())
    change = 100 * (sold[final] / sold[first] - 1)
    detour = f"rose until {peak}, then fell; by {final} they" if peak not in (first, final) else f"in {final}"
    return timeseries(
        data, unit="tiv_mn",
        marks=pd.DataFrame({"date": [f"{first}-07-01"], "label": ["article: expanding from then on"]}),
        figure_id="dependence-arms",
        title=f"Russian arms deliveries to China {detour} stood {percent(abs(change))} "
        f"{'below' if change < 0 else 'above'} those of {first}",
        subtitle="Major arms delivered in the five years up to each year, mn SIPRI trend-indicator values · "
        f"{years(data['period'])}",
        source=chapter.publishers(data),
        alt=f"Three lines. Russia to China: {number(sold.iloc[0], 0)} in {sold.index[0]}, {number(sold[first], 0)} in "
        f"{first}, {number(sold[peak], 0)} in {peak}, {number(sold[final], 0)} in {final}. China to Russia is "
        f"at most {number(back.max(), 0)} throughout. Russia to India ends at {number(india.iloc[-1], 0)}.",
    )  # fmt: skip


# Errors of fact


def errors(chapter: Chapter) -> Table:
    """Every statement of the article that the evidence refutes, with that evidence and the other fair readings."""
    refuted = [claim_id for claim_id, verdict in chapter.now.items() if verdict.label == verdicts.REFUTED]
    if not refuted:
        raise ValueError("table dependence-errors: no claim is refuted")
    shown = pd.DataFrame(
        {
            "claim_id": claim_id,
            "paragraph": f"¶{chapter.claims[claim_id]['paragraph']}",
            "article": chapter.claims[claim_id]["statement_en"],
            "evidence": _against(chapter, claim_id),
            "other": _other_readings(chapter, claim_id),
        }
        for claim_id in refuted
    )
    outside = (item for key in refuted for item in chapter.now[key].evidence if item.judgement == "outside")
    columns = {
        "paragraph": Column("Paragraph"),
        "article": Column("The article states"),
        "evidence": Column("The evidence"),
        "other": Column("Other fair readings"),
    }
    return Table(
        "dependence-errors",
        f"{len(refuted)} of the article’s {len(chapter.claims)} checkable statements are refuted",
        "Statements of any paragraph whose verdict is Refuted, with the evidence against them",
        chapter.publishers(pd.DataFrame({"origins": [";".join(item.origins) for item in outside]})),
        markup(shown, columns, "finding-verdicts"),
        shown,
    )


def _against(chapter: Chapter, claim_id: str) -> str:
    """The evidence that refutes a claim, once an origin: its fullest wording where several relay it."""
    told: dict[str, str] = {}
    for item in chapter.now[claim_id].evidence:
        if item.judgement != "outside":
            continue
        said = " against ".join(_said(chapter, claim_id, reference) for reference in item.references)
        origin = ";".join(sorted(item.origins))
        told[origin] = max(told.get(origin, ""), said, key=len)
    return "; ".join(dict.fromkeys(told.values()))


def _said(chapter: Chapter, claim_id: str, reference: Reference) -> str:
    if reference.table == "events":
        row = next(row for row in chapter.library.events[reference.key] if row["event_id"] == reference.row_id)
        note = f" ({row['note']})" if row["note"] else ""
        denied = "not so: " if row["occurred"] == "no" else ""
        return f"{printed(row['date'])}, {denied}{row['event']}{note}"
    if reference.table == "stances":
        stances = chapter.library.stances[claim_id]
        return next(row["ground"] for row in stances if row["source_id"] == reference.source_id).rstrip(".")
    series = chapter.library.series[reference.key]
    return f"{series['title_en']}, {printed(reference.period)}: {quantity(reference.value, series['unit'])}"


def _other_readings(chapter: Chapter, claim_id: str) -> str:
    """What the readings that do not decide the verdict would say."""
    readings = chapter.reading_table(claim_id)
    labels = readings.loc[~readings["primary"], "verdict"].tolist()
    counts = (f"{labels.count(label)} {label.lower()}" for label in verdicts.LABELS if label in labels)
    return ", ".join(counts) or "none"
