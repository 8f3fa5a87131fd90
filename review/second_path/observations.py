"""What a reading of observations finds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from review.second_path.days import span, within
from review.second_path.folder import Folder, Row, listed
from review.second_path.intervals import (
    Interval,
    admitted,
    criterion,
    judge,
    measured,
    minus,
    over,
    plus,
    scaled,
)
from review.second_path.origins import Piece, independent, origins

WHOLE = Interval(Fraction(100), Fraction(100))

Combine = Callable[[Interval, Interval], Interval | None]


def _percent_change(before: Interval, after: Interval) -> Interval | None:
    ratio = over(after, before)
    return ratio and scaled(ratio, 100, -100)


def _share(part: Interval, whole: Interval) -> Interval | None:
    ratio = over(part, whole)
    return ratio and scaled(ratio, 100)


GROWTH: dict[str, Combine] = {
    "change": lambda before, after: minus(after, before),
    "percent_change": _percent_change,
}
"""Of one series at two periods, the earlier first."""

COMBINED: dict[str, Combine] = {"ratio": over, "share": _share, "difference": minus, "sum": plus}
"""Of two series at one period."""


class Reader:
    """Reads the observations that were public on `day`; "latest" is the latest period public on `published`."""

    def __init__(self, folder: Folder, day: date, published: date) -> None:
        self.folder, self.day, self.published = folder, day, published

    def pieces(self, reading: Row) -> list[Piece]:
        """The independent pieces of the first status in the reading's order that finds any."""
        for status in listed(reading["status"]) or ["outturn"]:
            if found := self._of_status(reading, status):
                return found
        return []

    def _rows(self, reading: Row, key: str, status: str, day: date) -> list[Row]:
        return [
            row
            for row in self.folder.observations.get((key, reading["geo"], reading["counterparty"]), [])
            if row["status"] == status
            and self.folder.known(row, day)
            and (not reading["origin_id"] or reading["origin_id"] in origins(row))
        ]

    def _at(self, reading: Row, key: str, status: str, period: str) -> list[Row]:
        """Rows of the period itself; what holds at each moment of a longer period holds in the shorter too."""
        asked, each = span(period), self.folder.series[key]["span"] == "each"
        return [
            row
            for row in self._rows(reading, key, status, self.day)
            if span(row["period"]) == asked or (each and within(asked, span(row["period"])))
        ]

    def _latest(self, reading: Row, keys: list[str], status: str) -> str:
        periods = {row["period"] for key in keys for row in self._rows(reading, key, status, self.published)}
        return max(periods, key=lambda period: (span(period)[1], span(period)[0]), default="")

    def _measured(self, row: Row) -> Interval:
        return measured(row["value"], row["bound"], self._unit(row))

    def _unit(self, row: Row) -> str:
        return self.folder.series[row["series_id"]]["unit"]

    def _of_status(self, reading: Row, status: str) -> list[Piece]:
        keys, transform = listed(reading["key"]), reading["transform"]
        period = reading["period"]
        if period == "latest":
            period = self._latest(reading, keys, status)
        if not period:
            return []
        if transform in GROWTH:
            before, after = (self._at(reading, keys[0], status, part) for part in period.split("/"))
            return self._paired(before, after, GROWTH[transform], growth=True)
        if transform in COMBINED:
            one, other = (self._at(reading, key, status, period) for key in keys)
            return self._paired(one, other, COMBINED[transform], growth=False)
        rows = self._at(reading, keys[0], status, period)
        found = independent([Piece(self._measured(row), (row,), (self._unit(row),)) for row in rows])
        if transform == "complement":
            found = [Piece(minus(WHOLE, piece.interval), piece.rows, piece.units) for piece in found]
        return found

    def _paired(self, ones: list[Row], others: list[Row], combine: Combine, growth: bool) -> list[Piece]:
        """Rows that belong together: growth within one vintage and origin; otherwise one source or one origin.

        Where two series have neither in common, every pair of their rows is one.
        """
        pairs = [(_affinity(one, other), one, other) for one in ones for other in others]
        if growth:
            pairs = [
                pair
                for pair in pairs
                if pair[1]["vintage"] == pair[2]["vintage"] and origins(pair[1]) == origins(pair[2])
            ]
        elif any(affinity for affinity, _, _ in pairs):
            pairs = [pair for pair in pairs if pair[0]]
        pieces = []
        for affinity, one, other in pairs:
            interval = combine(self._measured(one), self._measured(other))
            if interval is not None:
                pieces.append(Piece(interval, (one, other), (self._unit(one), self._unit(other)), affinity))
        return independent(pieces)


def _affinity(one: Row, other: Row) -> int:
    if one["source_id"] == other["source_id"]:
        return 2
    return 1 if origins(one) == origins(other) else 0


def asked(reading: Row, claim: Row) -> Interval:
    """What the numbers must be for the claim to hold: its figure with its hedge, or a threshold."""
    if reading["method"] == "figure":
        return admitted(claim["qualifier"], claim["figure_low"], claim["figure_high"], claim["unit"])
    return criterion(reading["expected"])


def judged(pieces: list[Piece], wanted: Interval) -> list[tuple[bool, Piece]]:
    """The pieces that decide, each with whether the claim holds on it."""
    return [(held, piece) for piece in pieces if (held := judge(piece.interval, wanted)) is not None]
