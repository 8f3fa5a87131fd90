"""Which rows are independent: one origin counts once, however many relays repeat it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol, TypeVar

import networkx as nx


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
    def rounding(self) -> tuple[float, float]:
        """The range of values that would have been printed like this one."""
        half = float(Decimal(1).scaleb(int(self.value.as_tuple().exponent)) / 2)
        return float(self.value) - half, float(self.value) + half


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
        int(row.value.as_tuple().exponent),
        row.known or date.max,
        _KIND_RANK.get(row.source_kind, 3),
        row.observation_id,
    )


def agree(one: Observation, other: Observation) -> bool:
    """Whether two relays can be one figure, printed with fewer digits or as a bound by one of them."""
    (one_low, one_high), (other_low, other_high) = one.rounding, other.rounding
    for row, low, high in ((one, other_low, other_high), (other, one_low, one_high)):
        if row.bound == "above":
            return high >= float(row.value)
        if row.bound == "below":
            return low <= float(row.value)
    if "about" in (one.bound, other.bound):
        slack = 0.05 * max(abs(float(one.value)), abs(float(other.value)))
        return one_low - slack <= other_high and other_low <= one_high + slack
    return one_low <= other_high and other_low <= one_high


def _without_relays(rows: Sequence[Observation]) -> list[Observation]:
    """Of rows with a common origin: the latest vintage, then its most precise relay of each figure."""
    latest = max(row.vintage for row in rows)
    kept: list[Observation] = []
    for row in sorted((row for row in rows if row.vintage == latest), key=_best_first):
        if not any(agree(row, other) for other in kept):
            kept.append(row)
    return kept


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
