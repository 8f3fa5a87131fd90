"""From a reading to the evidence it finds: each piece judged inside, outside or undecided.

A reading names rows; nothing here chooses them. `on` is the day whose knowledge counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import isinf
from typing import Any

import pandas as pd

from analysis import periods
from analysis.intervals import (
    Closed,
    complement,
    exact,
    judge,
    measured_interval,
    statement_interval,
    threshold_interval,
)
from analysis.origins import Change, Observation, independent, independent_changes
from analysis.package import Tables

Record = Mapping[Any, Any]
Number = Fraction | float
Measured = tuple[pd.Interval, float, tuple[Observation, ...]]


def split(cell: str) -> list[str]:
    """The parts of a list cell."""
    return [part.strip() for part in cell.split(";") if part.strip()]


@dataclass(frozen=True)
class Reference:
    """One row of a table as evidence: enough to find it and to print it."""

    table: str
    key: str
    value: Any
    period: str
    source_id: str
    row_id: str


@dataclass(frozen=True)
class Evidence:
    """One piece of evidence on a claim.

    `estimate` is the number judged (None for a row without one), `measured` the interval it admits,
    `judgement` inside, outside or undecided; `references` are the rows behind it, and `status` is
    theirs (outturn, estimate, forecast or plan; empty for rows without one).
    """

    estimate: float | None
    measured: pd.Interval | None
    judgement: str
    origins: frozenset[str]
    known: date | None
    references: tuple[Reference, ...]
    status: str = ""


@dataclass
class Library:
    """The tables, indexed for reading; built once and shared by all claims."""

    tables: Tables
    _claims: dict[str, Record] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._claims = {row["claim_id"]: row for row in self.tables["claims"].to_dict("records")}

    @property
    def claims(self) -> dict[str, Record]:
        return self._claims

    @cached_property
    def articles(self) -> dict[str, Record]:
        return {row["article_id"]: row for row in self.tables["articles"].to_dict("records")}

    @cached_property
    def sources(self) -> dict[str, Record]:
        return {row["source_id"]: row for row in self.tables["sources"].to_dict("records")}

    @cached_property
    def series(self) -> dict[str, Record]:
        return {row["series_id"]: row for row in self.tables["series"].to_dict("records")}

    @cached_property
    def readings(self) -> dict[str, Record]:
        return {row["reading_id"]: row for row in self.tables["readings"].to_dict("records")}

    @cached_property
    def readings_of(self) -> dict[str, list[Record]]:
        """The readings of each claim, the primary one first."""
        found: dict[str, list[Record]] = defaultdict(list)
        for row in self.readings.values():
            found[row["claim_id"]].append(row)
        return {claim: sorted(rows, key=lambda row: row["primary"] != "yes") for claim, rows in found.items()}

    def primary(self, claim_id: str) -> Record:
        """The reading that judges the claim."""
        return self.readings_of[claim_id][0]

    def by(self, table: str, column: str) -> dict[str, list[Record]]:
        """The rows of a table, grouped by the text of one column."""
        found: dict[str, list[Record]] = defaultdict(list)
        for row in self.tables[table].to_dict("records"):
            found[row[column]].append(row)
        return found

    @cached_property
    def events(self) -> dict[str, list[Record]]:
        return self.by("events", "event_id")

    @cached_property
    def offices(self) -> dict[str, list[Record]]:
        return self.by("offices", "office")

    @cached_property
    def stances(self) -> dict[str, list[Record]]:
        return self.by("stances", "claim_id")

    @cached_property
    def attributions(self) -> dict[str, list[Record]]:
        return self.by("attributions", "claim_id")

    @cached_property
    def implications(self) -> dict[str, list[Record]]:
        """The `implies` rows of each cause."""
        found: dict[str, list[Record]] = defaultdict(list)
        for row in self.tables["inferences"].to_dict("records"):
            if row["relation"] == "implies":
                found[row["from_claim"]].append(row)
        return found

    def published(self, claim_id: str) -> date:
        """The day that the claim's article appeared, printed or assumed."""
        return periods.last_day(self.articles[self.claims[claim_id]["article_id"]]["published"])

    def known(self, row: Record) -> date | None:
        """When a row's fact was first public: its own date, otherwise its source's; None if neither is known."""
        text = self._first_public(row)
        return periods.last_day(text) if text else None

    def earliest_known(self, row: Record) -> date | None:
        """The first day on which a row's fact can have been public; `known` is the last."""
        text = self._first_public(row)
        return periods.parse(text).start if text else None

    def _first_public(self, row: Record) -> str:
        source = self.sources.get(row["source_id"])
        return str(row["known_since"] or (source["published"] if source else ""))

    @cached_property
    def observations(self) -> dict[tuple[str, str, str], list[Observation]]:
        """All observations by (series, geo, counterparty), the known errors of sources corrected."""
        corrections = {row["observation_id"]: row for row in self.tables["corrections"].to_dict("records")}
        found: dict[tuple[str, str, str], list[Observation]] = defaultdict(list)
        for row in self.tables["observations"].to_dict("records"):
            correction = corrections.get(row["observation_id"])
            if correction and correction["action"] == "drop":
                continue
            found[row["series_id"], row["geo"], row["counterparty"]].append(
                Observation(
                    row["observation_id"],
                    row["series_id"],
                    row["period"],
                    row["geo"],
                    row["counterparty"],
                    correction["value"] if correction else row["value"],
                    row["bound"],
                    row["status"],
                    periods.last_day(row["vintage"]) if row["vintage"] else date.min,
                    self.known(row),
                    frozenset(split(row["origin_ids"])),
                    row["source_id"],
                    self.sources[row["source_id"]]["kind"],
                    row["quality"],
                )
            )
        return found

    def candidates(self, reading: Record, series_id: str, on: date) -> list[Observation]:
        """The reading's observations of one series, of any period, that can count and were known by `on`."""
        statuses = split(reading["status"]) or ["outturn"]
        origin = reading["origin_id"]
        return [
            row
            for row in self.observations.get((series_id, reading["geo"], reading["counterparty"]), [])
            if row.status in statuses
            and row.source_kind != "article"
            and row.known is not None
            and row.known <= on
            and (not origin or origin in row.origins)
        ]

    def at(self, rows: Iterable[Observation], period: str) -> list[Observation]:
        """Rows whose period is this one, or holds it where the series speaks of each moment."""
        wanted = periods.parse(period)
        found = []
        for row in rows:
            own = periods.parse(row.period)
            if own == wanted or (self.series[row.series_id]["span"] == "each" and own.contains(wanted)):
                found.append(row)
        return found

    def latest_period(self, reading: Record, series_id: str) -> str | None:
        """The latest period of the series known when the article appeared, or None."""
        rows = self.candidates(reading, series_id, self.published(reading["claim_id"]))
        ordered = sorted(
            (periods.parse(row.period) for row in rows), key=lambda period: (period.end, period.start)
        )
        return str(ordered[-1]) if ordered else None


def transformed_unit(transform: str, unit: str) -> str:
    """The unit of a series' values after a transform."""
    if transform in ("change", "difference") and unit in ("percent_share", "percent"):
        return "percentage_point"
    return {"percent_change": "percent", "ratio": "ratio", "share": "percent_share"}.get(transform, unit)


def _combine(transform: str, first: Observation, second: Observation) -> tuple[pd.Interval, float] | None:
    """The interval and the value that a transform of two measured values gives; None where it is not defined.

    Bounds are carried through by evaluating the transform at the ends of both intervals, which is
    exact because each transform is monotone in each argument over the values met (second ≠ 0).
    """
    one = measured_interval(first.value, first.bound, "")
    two = measured_interval(second.value, second.bound, "")
    functions: dict[str, Callable[[Number, Number], Number]] = {
        "change": lambda a, b: b - a,
        "percent_change": lambda a, b: 100 * (b / a - 1),
        "difference": lambda a, b: a - b,
        "sum": lambda a, b: a + b,
        "ratio": lambda a, b: a / b,
        "share": lambda a, b: 100 * a / b,
    }
    divisor = {"percent_change": one, "ratio": two, "share": two}.get(transform)
    if divisor is not None and divisor.left <= 0 <= divisor.right:
        return None
    function = functions[transform]
    value = float(function(exact(first.value), exact(second.value)))
    if first.bound == second.bound == "exact":
        return pd.Interval(value, value, closed="both"), value
    ends = (
        [end if isinf(end) else exact(end) for end in (interval.left, interval.right)]
        for interval in (one, two)
    )
    values = [float(function(a, b)) for a, b in product(*ends)]
    values = [value for value in values if value == value]
    closed: Closed = "both" if {first.bound, second.bound} <= {"exact", "about"} else "neither"
    return pd.Interval(min(values), max(values), closed=closed), value


def _reference(row: Observation) -> Reference:
    return Reference(
        "observations", row.series_id, float(row.value), row.period, row.source_id, row.observation_id
    )


def _known(*rows: Observation) -> date | None:
    return max((row.known for row in rows if row.known is not None), default=None)


def _singles(library: Library, reading: Record, on: date) -> list[Measured]:
    (series_id,) = split(reading["key"])
    unit = library.series[series_id]["unit"]
    period = reading["period"]
    if period == "latest":
        period = library.latest_period(reading, series_id)
        if period is None:
            return []
    found: list[Measured] = []
    for row in independent(library.at(library.candidates(reading, series_id, on), period)):
        measured, value = measured_interval(row.value, row.bound, unit), float(row.value)
        if reading["transform"] == "complement":
            measured = complement(measured)
            value = float(100 - exact(row.value))
        found.append((measured, value, (row,)))
    return found


def _changes(library: Library, reading: Record, on: date) -> list[Measured]:
    """A change is measured within one origin and one vintage, never across them.

    Like a single value, a change of derived rows counts only where no direct one shares an origin
    with it, and of changes that share an origin the latest vintage counts, each figure of it once.
    """
    (series_id,) = split(reading["key"])
    rows = library.candidates(reading, series_id, on)
    starts, finishes = (library.at(rows, end) for end in periods.ends(reading["period"]))
    changes: list[Change] = []
    for origins, vintage in sorted(
        {(row.origins, row.vintage) for row in starts} & {(row.origins, row.vintage) for row in finishes},
        key=lambda measurement: (sorted(measurement[0]), measurement[1]),
    ):
        same = [
            independent(row for row in end if row.origins == origins and row.vintage == vintage)
            for end in (starts, finishes)
        ]
        changes += (Change(start, finish) for start, finish in product(*same))
    found: list[Measured] = []
    for change in independent_changes(changes):
        ends = (change.start, change.finish)
        if (combined := _combine(reading["transform"], *ends)) is not None:
            found.append((*combined, ends))
    return found


def _pairs(library: Library, reading: Record, on: date) -> list[Measured]:
    """Two series at one period; rows of a common origin are paired with one another where there are any."""
    one, two = split(reading["key"])
    sides = []
    period = reading["period"]
    if period == "latest":
        latest = [library.latest_period(reading, series_id) for series_id in (one, two)]
        if None in latest or latest[0] != latest[1]:
            return []
        period = latest[0]
    for series_id in (one, two):
        sides.append(independent(library.at(library.candidates(reading, series_id, on), period)))
    pairs = [(a, b) for a, b in product(*sides)]
    common = [(a, b) for a, b in pairs if a.origins & b.origins]
    found: list[Measured] = []
    for a, b in common or pairs:
        if (combined := _combine(reading["transform"], a, b)) is not None:
            found.append((*combined, (a, b)))
    return found


def _of_one_status(
    finder: Callable[[Library, Record, date], list[Measured]], library: Library, reading: Record, on: date
) -> list[Measured]:
    """What is found among rows of the first status that finds anything: outturns never mix with the rest."""
    for status in split(reading["status"]) or ["outturn"]:
        if found := finder(library, {**reading, "status": status}, on):
            return found
    return []


def _from_observations(library: Library, reading: Record, on: date, width: float) -> list[Evidence]:
    claim = library.claims[reading["claim_id"]]
    if reading["method"] == "figure":
        admitted = statement_interval(
            claim["qualifier"], claim["figure_low"], claim["figure_high"], claim["unit"], width
        )
    else:
        admitted = threshold_interval(reading["expected"])
    transform = reading["transform"]
    finder = _changes if transform in ("change", "percent_change") else _singles
    if transform in ("ratio", "share", "difference", "sum"):
        finder = _pairs
    found = []
    for measured, value, rows in _of_one_status(finder, library, reading, on):
        found.append(
            Evidence(
                value,
                measured,
                judge(measured, admitted),
                frozenset().union(*(row.origins for row in rows)),
                _known(*rows),
                tuple(map(_reference, rows)),
                rows[0].status,
            )
        )
    return found


def _event_judgement(reading: Record, row: Record) -> str:
    """An absence speaks of the time up to its date, a happening of its own date, and neither of more."""
    matches = True
    period = reading["expected"]
    if reading["method"] == "occurrence":
        matches = row["occurred"] == reading["expected"]
        period = reading["period"]
        if not period:
            return "inside" if matches else "outside"
    wanted, dated = periods.parse(period), periods.parse(row["date"])
    if row["occurred"] == "no":
        if dated.end < wanted.end:
            return "undecided"
        return "inside" if reading["method"] == "occurrence" and matches else "outside"
    if wanted.contains(dated):
        return "inside" if matches else "outside"
    return "undecided" if reading["method"] == "occurrence" or wanted.overlaps(dated) else "outside"


def _from_events(library: Library, reading: Record, on: date, width: float) -> list[Evidence]:
    rows = [
        row
        for event_id in split(reading["key"])
        for row in library.events.get(event_id, [])
        if library.sources[row["source_id"]]["kind"] != "article"
        and (known := library.known(row)) is not None
        and known <= on
    ]
    direct = {origin for row in rows if row["quality"] != "derived" for origin in split(row["origin_ids"])}
    found = []
    for row in rows:
        origins = frozenset(split(row["origin_ids"]))
        if row["quality"] == "derived" and origins & direct:
            continue
        value = row["date"] if row["occurred"] == "yes" else f"not by {row['date']}"
        reference = Reference(
            "events", row["event_id"], value, row["date"], row["source_id"], row["event_id"]
        )
        found.append(
            Evidence(None, None, _event_judgement(reading, row), origins, library.known(row), (reference,))
        )
    return found


def _from_offices(library: Library, reading: Record, on: date, width: float) -> list[Evidence]:
    """In office when a tenure covers the period, out when it lies wholly before or after.

    A tenure without an end is known up to the day of its source. A partial date is any of its days: it
    begins a tenure for certain on its last and ends one, or dates its source, on its first. That one
    term is over says nothing where a source has another term cover it.
    """
    person, office = reading["key"].split("|")
    wanted = periods.parse(reading["period"])
    terms: list[tuple[Record, date, date, date, bool]] = []
    for row in library.offices.get(office, []):
        known = library.known(row)
        if row["person"] != person or library.sources[row["source_id"]]["kind"] == "article":
            continue
        if known is None or known > on:
            continue
        start = periods.parse(row["from"]).start
        surely_to = periods.parse(row["to"]).start if row["to"] else library.earliest_known(row)
        assert surely_to is not None
        covers = periods.last_day(row["from"]) <= wanted.start and wanted.end <= surely_to
        end = periods.last_day(row["to"]) if row["to"] else known
        terms.append((row, known, start, end, covers))
    covering = [(start, end) for _, _, start, end, covers in terms if covers]
    found = []
    for row, known, start, end, covers in terms:
        over = bool(row["to"]) and end < wanted.start
        judgement = "undecided"
        if covers or over or wanted.end < start:
            judgement = "inside" if reading["expected"] == ("in" if covers else "out") else "outside"
        other_term = covering and all(end < first or last < start for first, last in covering)
        if not covers and other_term:
            judgement = "undecided"
        key = f"{row['person']}|{office}"
        reference = Reference(
            "offices",
            key,
            f"{row['from']} to {row['to'] or 'the day of the source'}",
            row["from"],
            row["source_id"],
            key,
        )
        found.append(
            Evidence(None, None, judgement, frozenset(split(row["origin_ids"])), known, (reference,))
        )
    return found


def _from_stances(library: Library, reading: Record, on: date, width: float) -> list[Evidence]:
    """A source that the article cites counts for what was said, never for a judgement that it repeats."""
    claim_id = reading["claim_id"]
    cited = {row["source_id"] for row in library.attributions.get(claim_id, [])}
    if library.claims[claim_id]["kind"] == "quote":
        cited = set()
    judgements = {"supports": "inside", "contradicts": "outside", "silent": "undecided"}
    found = []
    for row in library.stances.get(claim_id, []):
        known = library.known(row)
        if known is None or known > on or row["source_id"] in cited:
            continue
        if library.sources[row["source_id"]]["kind"] == "article":
            continue
        reference = Reference(
            "stances", claim_id, row["stance"], str(known), row["source_id"], f"{claim_id}|{row['source_id']}"
        )
        found.append(
            Evidence(
                None,
                None,
                judgements[row["stance"]],
                frozenset(split(row["origin_ids"])),
                known,
                (reference,),
            )
        )
    return found


_READERS: dict[str, Callable[[Library, Record, date, float], list[Evidence]]] = {
    "observations": _from_observations,
    "events": _from_events,
    "offices": _from_offices,
    "stances": _from_stances,
}


def read(library: Library, reading: Record, on: date, width: float = 1.0) -> list[Evidence]:
    """The evidence that one reading finds among what was known by `on`, each piece judged.

    `width` scales the tolerance of the statement interval. Readings of forecasts and implications
    find none here: their rules are in `verdicts`.
    """
    reader = _READERS.get(reading["table"])
    return reader(library, reading, on, width) if reader else []
