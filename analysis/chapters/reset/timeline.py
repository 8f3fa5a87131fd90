"""Was there a turning point between Washington and Moscow, Kyiv and Europe, and when?

Acts carry the code that a written rule makes of the coders' codes, and the code its weight. Which events are in
the table is itself a choice, so every result stands beside what any one event, and either coder alone, makes of
it. The two days that part the windows, the invasion and the change of president, were set before a mean was
taken; a search over all days stands beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import pandas as pd
from IPython.display import Markdown

from analysis import periods
from analysis.addresses import source_address
from analysis.chapter import Chapter
from analysis.chapters.coders import agreement, paired
from analysis.chapters.phrases import moved, of_all, percent
from analysis.chapters.rows import records
from analysis.figures.bars import dots
from analysis.figures.figure import Figure
from analysis.figures.lanes import lanes
from analysis.figures.numbers import DASH, number
from analysis.figures.table import LONG, Column, Html, Table, markup
from analysis.figures.time_axis import printed
from analysis.methods import event_score
from analysis.methods.adjudication import ROOT
from analysis.verdicts import plural

INVASION, INAUGURATION = "2022-02-24", "2025-01-20"
TURN_FROM = "2024-07"  # half a year before the change of president
NEGOTIATES = "046"
LIGHTER = {"044": "a meeting", "040": "a consultation"}
"""Codes of the same class by which a round of talks is weighed once more: where no result is known, it is no more."""
_ACTORS = {"Russia": "RU", "Ukraine": "UA", "Europe": "EU27"}


@dataclass(frozen=True)
class Pair:
    """The United States and another side: the name of the lane, of the side, and its areas."""

    name: str
    side: str
    areas: frozenset[str]


@dataclass(frozen=True)
class Window:
    """A stretch of time from a day on and before another, ISO; an empty end is open."""

    name: str
    start: str
    end: str

    def of(self, acts: pd.DataFrame) -> pd.DataFrame:
        later = acts["date"] >= self.start
        return acts[later & (acts["date"] < self.end)] if self.end else acts[later]


WINDOWS = (
    Window("before the invasion", "", INVASION),
    Window("invasion to January 2025", INVASION, INAUGURATION),
    Window("since January 2025", INAUGURATION, ""),
)


# Rows


def pairs(chapter: Chapter) -> list[Pair]:
    """Russia, Ukraine, and the Union with every state of Europe but the two."""
    areas = chapter.tables["areas"]
    members = areas.loc[areas["area"] == "EUROPE", "members"].iloc[0].split(";")
    europe = frozenset({"EU27", "EUROPE", *members}) - {"UA"}
    sides = {"Russia": frozenset({"RU"}), "Ukraine": frozenset({"UA"}), "Europe": europe}
    return [Pair(f"United States{DASH}{side}", side, codes) for side, codes in sides.items()]


def _half(date: str) -> str:
    day = periods.parse(date).start
    return f"{day.year}-H{1 if day.month < 7 else 2}"


def acts(chapter: Chapter, figure_id: str, coder: str = "") -> pd.DataFrame:
    """The coded acts with their events, or those of one coder, in order of date; ValueError when there is none.

    Columns: event_id, actor_from, actor_to, code, weight, meaning, ground, date, event, source_id and period
    (the half-year). An act on which a coder gave no code is not among that coder's.
    """
    rows = chapter.tables["event_codes"]
    if coder:
        codes = paired(chapter, "event_codes").get(coder, pd.Series(dtype=object)).dropna()
        keys = rows["event_id"] + "|" + rows["actor_from"] + "|" + rows["actor_to"]
        rows = rows.assign(code=keys.map(codes)).dropna(subset="code")
    if rows.empty:
        raise ValueError(f"figure {figure_id}: there is no row to draw")
    scale = chapter.tables["cameo"].set_index("code")
    events = chapter.tables["events"][["event_id", "date", "event", "source_id"]]
    found = rows.assign(
        weight=event_score.weigh(rows["code"], scale["goldstein"]), meaning=rows["code"].map(scale["meaning"])
    ).merge(events, on="event_id", how="left", validate="many_to_one")
    found["period"] = found["date"].map(_half)
    return found.sort_values(["date", "event_id", "actor_from", "actor_to"], ignore_index=True)


def _of(rows: pd.DataFrame, pair: Pair, figure_id: str) -> pd.DataFrame:
    found = event_score.dyad(rows, ["US"], pair.areas)
    if found.empty:
        raise ValueError(f"figure {figure_id}: no act of {pair.name} is coded")
    return found


def _halves(chapter: Chapter, rows: pd.DataFrame) -> list[str]:
    """Every half-year from the first act to the day up to which the evidence reaches."""
    first, last = periods.parse(rows["period"].iloc[0]), periods.parse(_half(str(chapter.tables.schema.as_of)))
    years = range(first.start.year, last.start.year + 1)
    names = [f"{year}-H{half}" for year in years for half in (1, 2)]
    return [name for name in names if first.start <= periods.parse(name).start <= last.start]


def _months(rows: pd.DataFrame) -> list[str]:
    first, last = (periods.parse(rows["date"].iloc[end]).start for end in (0, -1))
    count = 12 * (last.year - first.year) + last.month - first.month + 1
    return [
        f"{first.year + (first.month - 1 + step) // 12}-{(first.month - 1 + step) % 12 + 1:02}" for step in range(count)
    ]


def _weight(value: float) -> str:
    return number(value, 1, signed=True)


def _source(chapter: Chapter, rows: pd.DataFrame) -> str:
    coders = chapter.tables["codings"].query("table == 'event_codes'")["coder"].nunique()
    return (
        f"CAMEO codes by {plural(coders, 'coder')}, weighted after Goldstein, of events in "
        f"{plural(rows['source_id'].nunique(), 'text')} named row by row in events.csv"
    )


# Figures


def _said(chapter: Chapter, row: dict[str, object], names: dict[str, str]) -> str:
    return (
        f"{printed(str(row['date']))}: {row['event']} ({names[str(row['actor_from'])]} → {names[str(row['actor_to'])]}, "
        f"{_weight(float(str(row['weight'])))})"
    )


def _names(chapter: Chapter) -> dict[str, str]:
    areas = chapter.tables["areas"]
    return {row["area"]: row["name_en"].partition(" (")[0] for row in records(areas)}


def _drawn(chapter: Chapter, figure_id: str, rows: pd.DataFrame) -> pd.DataFrame:
    """The acts of the three pairs as the chart of lanes takes them."""
    landmarks = chapter.tables["landmarks"]
    labels = landmarks[landmarks["figure_id"] == figure_id].set_index("event_id")["label"]
    names = _names(chapter)
    parts = []
    for pair in pairs(chapter):
        own = _of(rows, pair, figure_id)
        # An event with several acts is named once, at its heaviest.
        heaviest = own["weight"].abs().groupby(own["event_id"]).idxmax()
        label = own["event_id"].map(labels).where(own.index.isin(heaviest)).fillna("")
        parts.append(own.assign(lane=pair.name, label=label))
    data = pd.concat(parts, ignore_index=True)
    data["said"] = [_said(chapter, row, names) for row in records(data)]
    data["href"] = [source_address(source_id) for source_id in data["source_id"]]
    return data


def _means(rows: pd.DataFrame, spans: list[str]) -> pd.DataFrame:
    """The mean of each lane in each stretch of time."""
    parts = [
        event_score.by_period(own, spans).rename_axis("start").reset_index().assign(lane=lane)
        for lane, own in rows.groupby("lane", sort=False)
    ]
    means = pd.concat(parts, ignore_index=True)
    return means.assign(end=means["start"])


def _marks(chapter: Chapter, since: str) -> pd.DataFrame:
    days = {INVASION: "invasion", INAUGURATION: "Trump in office", chapter.article["published"]: "article"}
    return pd.DataFrame([(day, label) for day, label in days.items() if day >= since], columns=["date", "label"])


_COLUMNS = [
    "lane", "date", "actor_from", "actor_to", "code", "weight", "event_id", "event", "source_id", "label", "said", "href",
]  # fmt: skip


def _mean(rows: pd.DataFrame) -> float:
    return float(rows["weight"].mean())


def _course(chapter: Chapter, rows: pd.DataFrame, figure_id: str) -> str:
    """How the mean of each pair moved from the window before the last to the last."""
    _, before, after = WINDOWS
    said: dict[str, list[str]] = {}
    for pair in pairs(chapter):
        own = _of(rows, pair, figure_id)
        one, other = _mean(before.of(own)), _mean(after.of(own))
        said.setdefault(moved(one, other), []).append(f"{pair.side} ({_weight(one)} to {_weight(other)})")
    return " and ".join(f"{way} with {_listed(sides)}" for way, sides in said.items())


def timeline(chapter: Chapter) -> Figure:
    """All acts of the United States with Russia, Ukraine and Europe, and the mean of each half-year."""
    figure_id = "reset-timeline"
    rows = acts(chapter, figure_id)
    data = _drawn(chapter, figure_id, rows)
    spans = _halves(chapter, rows)
    counts = "; ".join(
        f"{lane}: {int((part['weight'] > 0).sum())} cooperative and {int((part['weight'] < 0).sum())} hostile acts, mean by window "
        + ", ".join(f"{_weight(_mean(window.of(part)))} {window.name}" for window in WINDOWS if len(window.of(part)))
        for lane, part in data.groupby("lane", sort=False)
    )
    return lanes(
        data[_COLUMNS], means=_means(data, spans), marks=_marks(chapter, spans[0][:4]), step="mean of a half-year", figure_id=figure_id,
        title=f"Since January 2025 the mean act {_course(chapter, rows, figure_id)}",
        subtitle=f"Acts between the United States and each side on Goldstein’s scale, {_weight(-10)[:-2]} hostile to {_weight(10)[:-2]} cooperative · "
        f"{spans[0][:4]}{DASH}{spans[-1][:4]}; means in the title: invasion to January 2025, and since · point at an act for its words",
        source=_source(chapter, data),
        alt=counts + ".",
    )  # fmt: skip


def turn(chapter: Chapter) -> Figure:
    """The same since half a year before the change of president, month by month."""
    figure_id = "reset-turn"
    rows = acts(chapter, figure_id)
    rows = rows[rows["date"] >= TURN_FROM].reset_index(drop=True)
    if rows.empty:
        raise ValueError(f"figure {figure_id}: there is no row to draw")
    data = _drawn(chapter, figure_id, rows).assign(period=lambda frame: frame["date"].str[:7])
    published = chapter.article["published"]
    sides, early, later = [], [], []
    for pair in pairs(chapter):
        own = WINDOWS[-1].of(_of(rows, pair, figure_id))
        sides.append(pair.side)
        early.append(_weight(_mean(own[own["date"] <= published])))
        later.append(_weight(_mean(own[own["date"] > published])))
    before = ", ".join(f"{mean} with {side}" for mean, side in zip(early, sides, strict=True))
    return lanes(
        data[_COLUMNS], means=_means(data, _months(rows)), marks=_marks(chapter, TURN_FROM), step="mean of a month", figure_id=figure_id,
        title=f"From inauguration to article the mean act was {before}; since the article {', '.join(later)}",
        subtitle=f"Directed acts of the United States with each side on Goldstein’s scale · {printed(TURN_FROM)} to "
        f"{printed(str(rows['date'].max())[:7])}",
        source=_source(chapter, data),
        alt="; ".join(
            f"{lane}: " + ", ".join(f"{row['label']} {_weight(row['weight'])}" for row in records(part[part["label"] != ""]))
            for lane, part in data.groupby("lane", sort=False)
        )
        + ".",
    )  # fmt: skip


def leave_one_out(chapter: Chapter) -> Figure:
    """The mean of each pair in each window, with the range when any one event is left out."""
    figure_id = "reset-event-scores"
    rows = acts(chapter, figure_id)
    drawn = []
    for pair in pairs(chapter):
        own = _of(rows, pair, figure_id)
        for window in WINDOWS:
            part = window.of(own)
            if part["event_id"].nunique() < 2:  # nothing is left without its only event
                continue
            without = event_score.leave_one_out(part, _mean).astype(float)
            drawn.append(
                {
                    "label": f"{pair.side}, {window.name}",
                    "series": "mean of acts",
                    "side": pair.side,
                    "window": window.name,
                    "mean": _mean(part),
                    "value": f"{_mean(part):.1f}",
                    "low": without.min(),
                    "high": without.max(),
                    "acts": len(part),
                    "events": part["event_id"].nunique(),
                    "actor": _ACTORS[pair.side],
                    "hollow": window is not WINDOWS[-1],
                }
            )
    data = pd.DataFrame(drawn)
    apart: list[bool] = []
    for _, part in data.groupby("side"):
        ranges = part.set_index("window")
        before, after = (ranges.loc[window.name] for window in WINDOWS[1:])
        apart.append(bool(after["low"] > before["high"] or after["high"] < before["low"]))
    return dots(
        data, unit="", ordered=False, figure_id=figure_id,
        title=f"Whichever event is left out, the mean since January 2025 stays apart from that since the invasion for "
        f"{of_all(sum(apart), len(apart))} pairs",
        subtitle="Mean weight of acts between the United States and each side, by window, on Goldstein’s scale · bars: the range "
        "when any one event is left out",
        source=_source(chapter, rows),
        alt="; ".join(
            f"{row['label']}: {_weight(row['mean'])}, from {_weight(row['low'])} to {_weight(row['high'])} without one event, "
            f"{plural(row['acts'], 'act')}"
            for row in records(data)
        )
        + ".",
    )  # fmt: skip


# Tables


def scores(chapter: Chapter) -> Table:
    """Sum, mean, number and hostile share of each pair in each window, both directions together and apart."""
    table_id = "reset-scores"
    rows = acts(chapter, table_id)
    coders = sorted(chapter.tables["codings"].query("table == 'event_codes'")["coder"].unique())
    alone = {coder: acts(chapter, table_id, coder) for coder in coders}
    found = []
    for pair in pairs(chapter):
        directions: dict[str, tuple[frozenset[str], frozenset[str], bool]] = {
            "both": (frozenset({"US"}), pair.areas, False),
            "from Washington": (frozenset({"US"}), pair.areas, True),
            "to Washington": (pair.areas, frozenset({"US"}), True),
        }
        for direction, (one, other, directed) in directions.items():
            for window in WINDOWS:
                part = window.of(event_score.dyad(rows, one, other, directed=directed))
                own = [
                    _mean(window.of(event_score.dyad(codes, one, other, directed=directed))) for codes in alone.values()
                ]
                found.append(
                    {
                        "pair": pair.name,
                        "direction": direction,
                        "window": window.name,
                        "acts": len(part),
                        "sum": float(part["weight"].sum()),
                        "mean": _mean(part),
                        "hostile": 100 * float((part["weight"] < 0).mean()),
                        **dict(zip(coders, own, strict=True)),
                    }
                )
    data = pd.DataFrame(found)
    last = data[(data["direction"] == "both") & (data["window"] == WINDOWS[-1].name)]
    said = ", ".join(
        f"{row['pair'].partition(DASH)[2]} {percent(row['hostile'])}" for row in records(last)
    )
    columns = {
        "pair": Column("Pair"),
        "direction": Column("Acts"),
        "window": Column("Window"),
        "acts": Column("Number", numeric=True, decimals=0),
        "sum": Column("Sum", numeric=True, decimals=1, signed=True),
        "mean": Column("Mean", numeric=True, decimals=1, signed=True),
        "hostile": Column("Hostile", numeric=True, decimals=0, unit="percent_share"),
        **{coder: Column(f"Mean, {coder} coder", numeric=True, decimals=1, signed=True) for coder in coders},
    }
    return Table(
        table_id,
        f"Hostile acts since January 2025: {said}",
        "A sum rewards whoever is reported on often, a mean hides it · what both sides did together is one act, filed under the "
        "first in the alphabet, so that directions apart are uneven",
        _source(chapter, rows),
        markup(data, columns),
        data,
        LONG,
    )


def turning_points(chapter: Chapter) -> Table:
    """Where a search over all days puts the turn, how sure it is of it, and how firmly the declared day stands."""
    table_id = "reset-turning-points"
    rows = acts(chapter, table_id)
    found = []
    for pair in pairs(chapter):
        own = _of(rows, pair, table_id)
        for window in (Window("all events", "", ""), Window("events since the invasion", INVASION, "")):
            part = window.of(own)
            events = event_score.by_event(part)
            try:
                cut, test = event_score.turning_point(events), event_score.turning_test(events)
            except ValueError:  # all of one day, or of one weight
                continue
            without = event_score.leave_one_out(events, _cut_date)
            event = part.loc[part["event_id"] == cut.event_id, "event"].iloc[0]
            found.append(
                {
                    "pair": pair.name,
                    "searched": window.name,
                    "events": len(events),
                    "date": cut.date,
                    "begins": event,
                    "change": cut.change,
                    "p_value": test.p_value,
                    "stays": int((without == cut.date).sum()),
                    "earliest": str(without.min()),
                    "latest": str(without.max()),
                }
            )
    if not found:
        raise ValueError(f"table {table_id}: no pair has events of two days")
    data = pd.DataFrame(found)
    recent = data[data["searched"] != "all events"]
    said = ", ".join(
        f"{row['pair'].partition(DASH)[2]} {printed(row['date'])} (p = {row['p_value']:.2f})" for row in records(recent)
    )
    columns = {
        "pair": Column("Pair"),
        "searched": Column("Among"),
        "when": Column("Strongest cut at"),
        "begins": Column("The event there"),
        "change": Column("Mean after less before", numeric=True, decimals=1, signed=True),
        "p": Column("p"),
        "kept": Column("Without any one event"),
    }
    shown = data.assign(
        when=data["date"].map(printed),
        p=[f"{value:.3f}" if value >= 0.001 else "under 0.001" for value in data["p_value"]],
        kept=[
            f"the same in {row['stays']} of {row['events']}"
            + ("" if row["stays"] == row["events"] else f", else between {printed(row['earliest'])} and {printed(row['latest'])}")
            for row in records(data)
        ],
    )
    return Table(
        table_id,
        f"The strongest cut since the invasion: {said}",
        "The cut of the events into two runs whose mean weights differ most; p by permutation, were events exchangeable in time · a "
        "description, no cause",
        _source(chapter, rows),
        markup(shown, columns, "finding-cards"),
        data,
    )


def _cut_date(events: pd.DataFrame) -> str:
    return event_score.turning_point(events).date


def acts_table(chapter: Chapter, side: str) -> Table:
    """Every act between the United States and a side, each linked to its source."""
    table_id = f"reset-acts-{side.lower()}"
    (pair,) = (pair for pair in pairs(chapter) if pair.side == side)
    data = _of(acts(chapter, table_id), pair, table_id)
    names, sources = _names(chapter), chapter.library.sources
    shown = data.assign(
        when=data["date"].map(printed),
        who=[f"{names[row['actor_from']]} → {names[row['actor_to']]}" for row in records(data)],
        coded=[f"{row['code']} {row['meaning']}" for row in records(data)],
        source=[
            Html(
                f'<a href="{escape(source_address(source_id))}">{escape(sources[source_id]["publisher"])}</a>'
            )
            for source_id in data["source_id"]
        ],
    )
    columns = {
        "when": Column("Date"),
        "who": Column("Who to whom"),
        "event": Column("What happened"),
        "coded": Column("CAMEO code"),
        "weight": Column("Weight", numeric=True, decimals=1, signed=True),
        "source": Column("Source"),
    }
    hostile = int((data["weight"] < 0).sum())
    return Table(
        table_id,
        f"{pair.name}: {plural(len(data), 'act')}, {hostile} of them hostile",
        "Every coded act in order of time; weights after Goldstein, −10 hostile to +10 cooperative",
        _source(chapter, data),
        markup(shown, columns),
        data.drop(columns="period"),
        0,
    )


# Sentences


def answer(chapter: Chapter) -> Markdown:
    """Whether there was a turn, by how much, and how far events since the article bear it out."""
    figure_id = "reset-timeline"
    rows = acts(chapter, figure_id)
    published = chapter.article["published"]
    _, before, after = WINDOWS
    said = []
    for pair in pairs(chapter):
        own = _of(rows, pair, figure_id)
        late = after.of(own)
        events = event_score.by_event(pd.concat([before.of(own), late]))
        test = event_score.change_test(events, INAUGURATION)
        early, later = late[late["date"] <= published], late[late["date"] > published]
        said.append(
            f"- **{pair.side}**: {_weight(_mean(before.of(own)))} from the invasion to January 2025, {_weight(_mean(early))} up to the "
            f"article, {_weight(_mean(later))} since; by event the two presidencies differ by "
            f"{_weight(event_score.change(events, INAUGURATION))}, as much as {percent(100 * test.p_value, 1)} of chance splits do."
        )
    return Markdown("Mean weight of acts between the United States and each side:\n\n" + "\n".join(said))


def talks(chapter: Chapter) -> Markdown:
    """The means once more with each round of talks weighed as less, and whether their order and signs survive."""
    sentence_id = "reset-talks-weight"
    rows = acts(chapter, sentence_id)
    published = chapter.article["published"]
    scale = chapter.tables["cameo"].set_index("code")["goldstein"].astype(float)
    _, before, after = WINDOWS
    latest = after.of(rows)
    counts, lines, kept = [], [], []
    for pair in pairs(chapter):
        own = _of(rows, pair, sentence_id)
        recent = _of(latest, pair, sentence_id)
        counts.append(f"{int((recent['code'] == NEGOTIATES).sum())} of {len(recent)} with {pair.side}")

        def means(weight: float, own: pd.DataFrame = own) -> tuple[float, float, float]:
            weighed = own.assign(weight=own["weight"].where(own["code"] != NEGOTIATES, weight))
            late = after.of(weighed)
            windows = (before.of(weighed), late[late["date"] <= published], late[late["date"] > published])
            one, two, three = (_mean(window) for window in windows)
            return one, two, three

        first = means(scale[NEGOTIATES])
        runs = {code: means(scale[code]) for code in LIGHTER}
        same = all(_order(run) == _order(first) for run in runs.values())
        kept.append(same)
        turned = [
            f"the mean {name} turns from {_weight(first[place])} to {_listed(lighter)}"
            for place, name in enumerate(("before January 2025", "up to the article", "since the article"))
            if (lighter := [_weight(run[place]) for run in runs.values() if run[place] * first[place] < 0])
        ]
        said = "; ".join(f"as {LIGHTER[code]} {', '.join(map(_weight, run))}" for code, run in runs.items())
        lines.append(
            f"- **{pair.side}**: {', '.join(map(_weight, first))} as coded; {said}; the order {'stays' if same else 'changes'}, "
            f"{_listed(turned) or 'no sign turns'}."
        )
    weights = ", ".join(f"{_weight(scale[code])} as {name}" for code, name in LIGHTER.items())
    return Markdown(
        f"Rounds of talks since January 2025: {', '.join(counts)}. Each weighs {_weight(scale[NEGOTIATES])}; weighed as less "
        f"({weights}), the order of the three periods survives for {of_all(sum(kept), len(kept))} pairs. Means from the invasion "
        f"to January 2025, up to the article and since:\n\n" + "\n".join(lines)
    )


def _listed(parts: list[str]) -> str:
    return " and ".join(", ".join(parts).rsplit(", ", 1))


def _order(means: tuple[float, ...]) -> list[int]:
    return sorted(range(len(means)), key=lambda place: means[place])


def coders(chapter: Chapter) -> Markdown:
    """How far the coders of events agree, on roots as names and on weights as numbers, and what it changes."""
    codes = paired(chapter, "event_codes")
    if codes.empty:
        raise ValueError("sentence reset-coders: there is no code")
    roots = codes.apply(lambda column: column.str[:ROOT])
    scale = chapter.tables["cameo"].set_index("code")["goldstein"].astype(float)
    weights = codes.apply(lambda column: column.map(scale))
    return Markdown(
        f"Agreement beyond chance between the coders (Krippendorff): {agreement('roots of codes', roots, 'nominal')}; "
        f"{agreement('weights', weights, 'interval')}."
    )
