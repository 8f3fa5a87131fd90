"""Security: dated contacts, exercises, arms deliveries, and the errors of fact that the rows show."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from IPython.display import Markdown

from analysis import periods, verdicts
from analysis.chapter import Chapter
from analysis.chapters.rows import pick, rows_of, tally
from analysis.figures.bars import dots
from analysis.figures.figure import Figure
from analysis.figures.numbers import number, quantity
from analysis.figures.table import Column, Table, markup
from analysis.figures.time_axis import printed
from analysis.figures.timeline import timeline
from analysis.figures.timeseries import timeseries
from analysis.readings import Record, Reference, split

ARMS = "sipri_tiv.deliveries"
FIVE_YEARS = "sipri_tiv.deliveries_five_years"
# What third parties say of intelligence is no dated contact of the two; the claim shows it instead.
INTELLIGENCE = "dependence.111"
REMARKS = "dependence.044"


def answer(chapter: Chapter, claim_ids: Sequence[str]) -> Markdown:
    """The section's answer: how its claims came out, and what became of the two military trends."""
    often = _exercise_rates(chapter)
    ends = often.pivot(index="label", columns="series", values="value")
    rising = int((ends["later"] > ends["earlier"]).sum())
    spans = _five_years(chapter)
    sold = spans[spans["line"] == _dyad("RU", "CN")]
    first, final = _claimed_span(chapter, sold)
    start, last = (pick(sold, "dependence-arms", period=year)["value"].iloc[0] for year in (first, final))
    moved = "rose" if last > start else "fell"
    return Markdown(
        f"**Of the {len(claim_ids)} claims of these paragraphs the evidence finds {tally(chapter, claim_ids)}.** "
        f"Joint exercises are more frequent in {rising} of {len(ends)} counts; "
        f"Russian arms deliveries to China {moved} by {quantity(abs(100 * (last / start - 1)), 'percent', 0)} between "
        f"the five years up to {first} and those up to {final}."
    )


def _contacts(chapter: Chapter) -> pd.DataFrame:
    """Happenings from a year before the remarks on that name both China and Russia, one a day and kind.

    The remarks, which opened the dispute, stand among them.

    Columns: event_id, date, label, actor, kind, article (whether a claim of the article rests on it), origins.
    """
    events = [row for rows in chapter.library.events.values() for row in rows]
    read = {
        claim_id: {key for reading in chapter.library.readings_of[claim_id] for key in split(reading["key"])}
        for claim_id in chapter.claims
    }
    used = {key for keys in read.values() for key in keys}
    remarks = periods.parse(chapter.claims[REMARKS]["period"]).start
    begin = remarks.replace(year=remarks.year - 1)
    found: dict[tuple[str, str], Record] = {}
    for row in sorted(events, key=lambda row: (row["date"], row["event_id"])):
        both = {"CN", "RU"} <= set(split(row["actors"])) and row["kind"] in ("diplomacy", "military")
        remark = row["event_id"] in read[REMARKS]
        wanted = row["occurred"] == "yes" and periods.parse(row["date"]).start >= begin
        if (both or remark) and wanted and row["event_id"] not in read[INTELLIGENCE]:
            found.setdefault((row["date"], row["kind"]), row)
    return pd.DataFrame(
        {
            "event_id": row["event_id"],
            "date": row["date"],
            "label": row["event"],
            "actor": "JP" if row["event_id"] in read[REMARKS] else "",
            "kind": row["kind"],
            "article": row["event_id"] in used,
            "origins": row["origin_ids"],
        }
        for row in found.values()
    )


def contacts(chapter: Chapter) -> Figure:
    """Dated contacts of China and Russia from a year before the remarks on Taiwan to the latest known."""
    figure_id = "dependence-contacts"
    data = _contacts(chapter)
    if data.empty:
        raise ValueError(f"figure {figure_id}: there is no row to draw")
    rows = rows_of(chapter, figure_id)
    rounds, drills = (
        sorted(
            {
                periods.parse(period).start.year
                for period in pick(rows, figure_id, series_id=series_id)["period"]
            }
        )
        for series_id in ("cn_ru_security_consultation.ordinal", "cn_ru_missile_defence_exercise.ordinal")
    )
    yearly = rounds == list(range(rounds[0], rounds[-1] + 1))
    title = (
        f"The security consultation was held {'every year' if yearly else f'in {len(rounds)} years'} from {rounds[0]} to "
        f"{rounds[-1]}; the missile-defence exercise of {drills[-1]} was the first since {drills[-2]}"
    )
    return timeline(
        data,
        figure_id=figure_id,
        title=title,
        subtitle=f"Dated contacts that were found, from a year before the remarks on · China and Russia · {_years(data['date'])}",
        source=chapter.publishers(data),
        alt=f"{len(data)} dated events from top to bottom. "
        + " ".join(f"{printed(row['date'])}: {row['label']}." for _, row in data.iterrows()),
    )


def rhythm(chapter: Chapter) -> Markdown:
    """When each recurring form of contact took place, against which the weeks after the remarks can be read."""
    figure_id = "dependence-contacts"
    rows = rows_of(chapter, figure_id)
    forms = {
        "cn_ru_security_consultation.ordinal": "consultation, round",
        "cn_ru_bomber_patrols.cumulative": "joint air patrol, number",
        "cn_ru_missile_defence_exercise.ordinal": "missile-defence exercise, number",
    }
    lines = []
    for series_id, name in forms.items():
        dated = (
            pick(rows, figure_id, series_id=series_id)
            .drop_duplicates(["period", "value"])
            .sort_values("period")
        )
        told = ", ".join(
            f"{number(row['value'], 0)} on {printed(row['period'])}" for _, row in dated.iterrows()
        )
        lines.append(f"- {name} {told}")
    return Markdown(
        "\n".join(
            ["The forms that recur, each with its ordinal and the day held or made public:", "", *lines]
        )
    )


def _years(dates: pd.Series) -> str:
    runs = [periods.parse(text) for text in dates]
    return f"{min(run.start for run in runs).year}–{max(run.end for run in runs).year}"


BOUNDS = {"about": "about ", "above": "over ", "below": "under "}
SOURCES = {"ndu": "NDU", "csis": "CSIS", "merics": "MERICS"}
RATES = {"cn_ru_exercises.per_year": "", "crink_exercises.per_year": "four states, "}


def _exercise_rates(chapter: Chapter) -> pd.DataFrame:
    """Exercises a year before and after the break that each source makes, with bounds; a row a source and part."""
    figure_id = "dependence-exercises"
    rows = rows_of(chapter, figure_id)
    drawn = []
    for stem, who in RATES.items():
        for part in ("later", "earlier"):
            for _, row in pick(rows, figure_id, series_id=f"{stem}_{part}").iterrows():
                by = _by(chapter, row["origins"])
                until = periods.ends(row["period"])[1]
                drawn.append({**row, "label": f"{by}, {who}to {printed(until)}", "series": part})
    data = pd.DataFrame(drawn)
    complete = data.groupby("label")["series"].transform("nunique") == 2
    return (
        data[complete].sort_values(["series", "value"], ascending=False, kind="stable").reset_index(drop=True)
    )


def exercises(chapter: Chapter) -> Figure:
    """Joint exercises a year in the earlier and the later part of each source's span."""
    figure_id = "dependence-exercises"
    data = _exercise_rates(chapter)
    ends = data.pivot(index="label", columns="series", values="value")
    more, total = int((ends["later"] > ends["earlier"]).sum()), len(ends)
    told = {
        (row["label"], row["series"]): BOUNDS.get(row["bound"], "") + number(row["value"])
        for _, row in data.iterrows()
    }
    return dots(
        data,
        unit="count",
        figure_id=figure_id,
        title=(
            f"{'Every' if more == total else f'{more} of {total}'} count{'' if more == total else 's'} "
            f"{'finds' if more == total else 'find'} more joint exercises a year in the later part of its span than in the "
            f"earlier"
        ),
        subtitle=(
            f"Joint exercises a year, each source with its own span and break · China and Russia; four states with Iran "
            f"and North Korea · {_years(data['period'])}"
        ),
        source=chapter.publishers(data),
        alt=" ".join(
            f"{label}: {told[label, 'earlier']} before, {told[label, 'later']} after." for label in ends.index
        ),
    )


def patrols(chapter: Chapter) -> Markdown:
    """Single years, totals and air patrols, which the averages do not show."""
    figure_id = "dependence-exercises"
    rows = rows_of(chapter, figure_id)

    def told(series_id: str) -> str:
        values = pick(rows, figure_id, series_id=series_id).sort_values("period", kind="stable")
        return ", ".join(
            f"{BOUNDS.get(row['bound'], '')}{number(row['value'])} in {printed(row['period'])}"
            f"{' so far' if row['status'] == 'estimate' else ''} ({_by(chapter, row['origins'])})"
            for _, row in values.iterrows()
        )

    return Markdown(
        f"Institutes draw the line differently, so counts of two of them form no series. Single years: "
        f"{told('cn_ru_exercises.count')}. All told: {told('cn_ru_exercises.cumulative')}. Joint bomber patrols: "
        f"{told('cn_ru_bomber_patrols.count')}."
    )


def _by(chapter: Chapter, origins: str) -> str:
    return "; ".join(SOURCES.get(key, chapter.origin_names[key]) for key in split(origins))


def _dyad(supplier: str, recipient: str) -> str:
    names = {"RU": "Russia", "CN": "China", "IN": "India"}
    return f"{names[supplier]} to {names[recipient]}"


def _five_years(chapter: Chapter) -> pd.DataFrame:
    """Arms deliveries in the five years up to each year, by direction; summed where only single years are held."""
    figure_id = "dependence-arms"
    rows = rows_of(chapter, figure_id)
    held = pick(rows, figure_id, series_id=FIVE_YEARS)
    parts = [held.assign(line=[_dyad(a, b) for a, b in zip(held["geo"], held["counterparty"], strict=True)])]
    have = set(zip(held["geo"], held["counterparty"], strict=True))
    single = pick(rows, figure_id, series_id=ARMS)
    for supplier, recipient in sorted(set(zip(single["geo"], single["counterparty"], strict=True)) - have):
        part = pick(single, figure_id, geo=supplier, counterparty=recipient)
        years = part.assign(year=part["period"].astype(int)).sort_values("year").set_index("year")
        whole = (
            years["value"].reindex(range(years.index.min(), years.index.max() + 1)).rolling(5).sum().dropna()
        )
        summed = years.loc[whole.index].assign(value=whole, line=_dyad(supplier, recipient))
        parts.append(summed.reset_index(drop=True))
    data = pd.concat(parts, ignore_index=True)
    return data.assign(actor=data["counterparty"])


def _claimed_span(chapter: Chapter, rows: pd.DataFrame) -> tuple[str, str]:
    """The first year that the article names for arms sales, and the last that is held and was over by then."""
    first, last = periods.ends(chapter.claims["dependence.110"]["period"])
    return first, max(period for period in rows["period"] if period <= last)


def arms(chapter: Chapter) -> Figure:
    """Arms deliveries between Russia and China in both directions, and to India, in five-year spans."""
    figure_id = "dependence-arms"
    data = _five_years(chapter)
    sold = data[data["line"] == _dyad("RU", "CN")].set_index("period")["value"]
    first, last = _claimed_span(chapter, data[data["line"] == _dyad("RU", "CN")])
    after = sold[sold.index >= first]
    peak = str(after.idxmax())
    change = 100 * (sold[last] / sold[first] - 1)
    detour = f"rose until {peak}, then fell; by {last} they" if peak not in (first, last) else f"in {last}"
    title = (
        f"Russian arms deliveries to China {detour} stood {quantity(abs(change), 'percent', 0)} "
        f"{'below' if change < 0 else 'above'} those of {first}"
    )
    back = data[data["line"] == _dyad("CN", "RU")].set_index("period")["value"]
    return timeseries(
        data,
        unit="tiv_mn",
        marks=pd.DataFrame({"date": [f"{first}-07-01"], "label": ["article: expanding from then on"]}),
        figure_id=figure_id,
        title=title,
        subtitle=f"Major arms delivered in the five years up to each year, mn SIPRI trend-indicator values · {_years(data['period'])}",
        source=chapter.publishers(data),
        alt=(
            f"Three lines. Russia to China: {number(sold.iloc[0], 0)} in {sold.index[0]}, {number(sold[first], 0)} in "
            f"{first}, {number(sold[peak], 0)} in {peak}, {number(sold[last], 0)} in {last}. China to Russia is "
            f"at most {number(back.max(), 0)} throughout. Russia to India ends at "
            f"{number(data[data['line'] == _dyad('RU', 'IN')]['value'].iloc[-1], 0)}."
        ),
    )


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
            "origins": ";".join(
                sorted(
                    {
                        key
                        for item in chapter.now[claim_id].evidence
                        if item.judgement == "outside"
                        for key in item.origins
                    }
                )
            ),
        }
        for claim_id in refuted
    )
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
        chapter.publishers(shown),
        markup(shown, columns, "finding-verdicts"),
        shown.drop(columns="origins"),
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
        row = next(
            row for row in chapter.library.events[reference.key] if row["event_id"] == reference.row_id
        )
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
    return (
        ", ".join(f"{labels.count(label)} {label.lower()}" for label in verdicts.LABELS if label in labels)
        or "none"
    )
