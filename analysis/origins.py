"""Which rows are independent: one origin counts once, however many relays repeat it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import inf
from typing import Any, Protocol, TypeVar

import networkx as nx

from analysis.intervals import exact, measured_interval


class HasOrigins(Protocol):
    """Anything that rests on first publishers."""

    @property
    def origins(self) -> frozenset[str]: ...


Row = TypeVar("Row", bound=HasOrigins)


@dataclass(frozen=True)
class Observation:
    """One measured value with what is needed to weigh it; `known` is None when it cannot be dated."""

    observation_id: str
    series_id: str
    period: str
    geo: str
    counterparty: str
    value: Decimal
    bound: str
    status: str
    vintage: date
    known: date | None
    origins: frozenset[str]
    source_id: str
    source_kind: str
    quality: str

    @property
    def rounding(self) -> tuple[Fraction, Fraction]:
        """The range of values that would have been printed like this one, ends included."""
        half = exact(Decimal(1).scaleb(int(self.value.as_tuple().exponent)) / 2)
        return exact(self.value) - half, exact(self.value) + half


def components(rows: Iterable[Row]) -> list[list[Row]]:
    """Group rows that share an origin, directly or through others; each group is one piece of evidence."""
    listed = list(rows)
    graph: nx.Graph = nx.Graph()
    for place, row in enumerate(listed):
        graph.add_node(place)
        graph.add_edges_from((place, ("origin", origin)) for origin in row.origins)
    groups = (
        sorted(node for node in group if isinstance(node, int)) for group in nx.connected_components(graph)
    )
    return [[listed[place] for place in group] for group in sorted(groups)]


def count_origins(rows: Iterable[HasOrigins]) -> int:
    """How many independent pieces of evidence the rows are."""
    return len(components(rows))


_KIND_RANK = {"official": 0, "institute": 1, "press": 2}
_BOUND_RANK = {"exact": 0, "about": 1, "above": 2, "below": 2}


def _best_first(row: Observation) -> tuple[Any, ...]:
    return (
        _BOUND_RANK[row.bound],
        {"above": -row.value, "below": row.value}.get(row.bound, Decimal(0)),  # the bound that says more
        int(row.value.as_tuple().exponent),
        row.known or date.max,
        _KIND_RANK.get(row.source_kind, 3),
        row.observation_id,
    )


def _admitted(row: Observation) -> tuple[Fraction | float, Fraction | float]:
    """The values that a relay of the same figure could print, given how this one prints it."""
    low, high = row.rounding
    if row.bound == "above":
        return exact(row.value), inf
    if row.bound == "below":
        return -inf, exact(row.value)
    if row.bound == "about":
        about = measured_interval(row.value, "about", "")
        return min(low, exact(about.left)), max(high, exact(about.right))
    return low, high


def agree(one: Observation, other: Observation) -> bool:
    """Whether two relays can be one figure, printed with fewer digits or as a bound by one of them.

    A bound from above and one from below never are: each says what the other does not.
    """
    if {one.bound, other.bound} == {"above", "below"}:
        return False
    (one_low, one_high), (other_low, other_high) = _admitted(one), _admitted(other)
    return one_low <= other_high and other_low <= one_high


def _without_relays(rows: Sequence[Observation]) -> list[Observation]:
    """Of rows with a common origin: the latest vintage, then its most precise relay of each figure.

    An estimate is the early vintage of the outturn that follows it.
    """
    latest = max(_edition(row) for row in rows)
    kept: list[Observation] = []
    for row in sorted((row for row in rows if _edition(row) == latest), key=_best_first):
        if not any(agree(row, other) for other in kept):
            kept.append(row)
    return kept


def _edition(row: Observation) -> tuple[date, bool]:
    return row.vintage, row.status == "outturn"


def independent(rows: Iterable[Observation]) -> list[Observation]:
    """Of rows on one series and period, those that count, in the order of their ids.

    One origin counts once: its latest vintage, then its most precise relay; relays that really
    disagree are kept as two. A derived row counts only where no direct row shares an origin with it.
    Rows of kind `article` never count.
    """
    eligible = [row for row in rows if row.source_kind != "article"]
    direct = [row for row in eligible if row.quality != "derived"]
    taken = frozenset().union(*(row.origins for row in direct))
    derived = [row for row in eligible if row.quality == "derived" and not row.origins & taken]
    kept = [row for part in (direct, derived) for group in components(part) for row in _without_relays(group)]
    return sorted(kept, key=lambda row: row.observation_id)


@dataclass(frozen=True)
class Change:
    """Two values of one measurement, of the same origins and vintage."""

    start: Observation
    finish: Observation

    @property
    def origins(self) -> frozenset[str]:
        return self.start.origins

    @property
    def derived(self) -> bool:
        return "derived" in (self.start.quality, self.finish.quality)


def independent_changes(changes: Iterable[Change]) -> list[Change]:
    """Of changes of one series over the same periods, those that count, by the rule of `independent`."""
    listed = list(changes)
    taken = frozenset().union(*(change.origins for change in listed if not change.derived))
    counted: list[Change] = []
    for group in components(change for change in listed if not (change.derived and change.origins & taken)):
        latest = max(change.start.vintage for change in group)
        kept: list[Change] = []
        for change in sorted(
            (change for change in group if change.start.vintage == latest),
            key=lambda change: (_best_first(change.start), _best_first(change.finish)),
        ):
            if not any(
                agree(change.start, other.start) and agree(change.finish, other.finish) for other in kept
            ):
                kept.append(change)
        counted += kept
    return sorted(
        counted,
        key=lambda change: (
            sorted(change.origins),
            change.start.observation_id,
            change.finish.observation_id,
        ),
    )
