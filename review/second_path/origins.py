"""Which pieces of evidence count: one origin once, and two relays of it only where they really disagree."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from review.second_path.days import last_day
from review.second_path.folder import Row, listed
from review.second_path.intervals import Interval, places, printed

Thing = TypeVar("Thing")

_LOOSENESS = {"exact": 0, "about": 1, "above": 2, "below": 2}


def origins(row: Row) -> frozenset[str]:
    """The first publishers of what a row measures."""
    return frozenset(listed(row["origin_ids"]))


@dataclass(frozen=True)
class Piece:
    """One row, or two combined, and what it says."""

    interval: Interval
    rows: tuple[Row, ...]
    units: tuple[str, ...]
    affinity: int = 0
    """Of two rows: 2 from one source, 1 from one origin, 0 from neither."""

    @property
    def origins(self) -> frozenset[str]:
        return frozenset().union(*map(origins, self.rows))

    @property
    def derived(self) -> bool:
        return any(row["quality"] == "derived" for row in self.rows)

    @property
    def vintage(self) -> str:
        return next((row["vintage"] for row in self.rows if row["vintage"]), "")

    @property
    def precision(self) -> tuple[object, ...]:
        """Sorts the most precise first: exact before approximate, one source before two, more digits before fewer."""
        return (
            sum(_LOOSENESS[row["bound"]] for row in self.rows),
            -self.affinity,
            -min(places(row["value"]) for row in self.rows),
            [row["observation_id"] for row in self.rows],
        )

    def disagrees(self, other: Piece) -> bool:
        """Whether some row of one cannot be the row of the other, rounded."""
        return any(
            printed(mine["value"], mine["bound"], unit).apart(printed(its["value"], its["bound"], unit))
            for mine, its, unit in zip(self.rows, other.rows, self.units, strict=True)
        )


def groups(things: Iterable[Thing], origins_of: Callable[[Thing], frozenset[str]]) -> list[list[Thing]]:
    """The things in groups that share no origin with one another."""
    found: list[tuple[frozenset[str], list[Thing]]] = []
    for thing in things:
        shared, members, rest = origins_of(thing), [thing], []
        for group in found:
            if group[0] & origins_of(thing):
                shared, members = shared | group[0], group[1] + members
            else:
                rest.append(group)
        found = [*rest, (shared, members)]
    return [members for _, members in found]


def independent(pieces: list[Piece]) -> list[Piece]:
    """The pieces that count, of one series and period.

    What is derived counts only where no direct piece has one of its origins. Of one origin the latest
    vintage counts, and of that the most precise piece, with those that disagree with it.
    """
    direct = frozenset().union(*(piece.origins for piece in pieces if not piece.derived))
    counted = [piece for piece in pieces if not piece.derived or not piece.origins & direct]
    kept: list[Piece] = []
    for group in groups(counted, lambda piece: piece.origins):
        dated = [piece for piece in group if piece.vintage]
        if dated:
            latest = max(last_day(piece.vintage) for piece in dated)
            group = [piece for piece in dated if last_day(piece.vintage) == latest]
        chosen: list[Piece] = []
        for piece in sorted(group, key=lambda piece: piece.precision):
            if all(piece.disagrees(other) for other in chosen):
                chosen.append(piece)
        kept += chosen
    return kept
