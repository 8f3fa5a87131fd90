"""What events, offices and stances say of a claim: each piece True, False or silent, one origin once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from review.second_path.days import Span, apart, last_day, span, within
from review.second_path.folder import Folder, Row, listed
from review.second_path.origins import groups, origins

Judge = Callable[[Row], bool | None]


def answers(folder: Folder, claim: Row, reading: Row, day: date) -> list[bool]:
    """What independent origins, public on a day, answer: an origin that says both answers twice."""
    rows, judge = _READ[reading["method"]](folder, claim, reading, day)
    found = []
    for group in groups(rows, origins):
        found += sorted({answer for row in group if (answer := judge(row)) is not None})
    return found


def _public(folder: Folder, rows: Iterable[Row], day: date) -> list[Row]:
    return [row for row in rows if folder.counts(row) and folder.known(row, day)]


def _stances(folder: Folder, claim: Row, reading: Row, day: date) -> tuple[list[Row], Judge]:
    """The source that the article cites repeats a judgement, unless it is a quote: then it is the thing itself."""
    rows = [
        row
        for row in _public(folder, folder.stances.get(claim["claim_id"], []), day)
        if claim["kind"] == "quote" or (row["claim_id"], row["source_id"]) not in folder.cited
    ]
    return rows, lambda row: {"supports": True, "contradicts": False}.get(row["stance"])


def _occurrence(folder: Folder, claim: Row, reading: Row, day: date) -> tuple[list[Row], Judge]:
    asked = span(reading["period"]) if reading["period"] else None

    def judge(row: Row) -> bool | None:
        when, occurred = span(row["date"]), row["occurred"] == "yes"
        # An absence is documented up to its date, so it speaks of a period that has begun by then.
        if asked and (apart(when, asked) if occurred else when[1] < asked[0]):
            return None
        return occurred == (reading["expected"] == "yes")

    return _direct(_public(folder, _events(folder, reading), day)), judge


def _date(folder: Folder, claim: Row, reading: Row, day: date) -> tuple[list[Row], Judge]:
    stated = span(reading["expected"])

    def judge(row: Row) -> bool | None:
        when = span(row["date"])
        if row["occurred"] == "no":
            return False if when[1] >= stated[1] else None
        if within(when, stated):
            return True
        return False if apart(when, stated) else None

    return _direct(_public(folder, _events(folder, reading), day)), judge


def _events(folder: Folder, reading: Row) -> list[Row]:
    return [folder.events[key] for key in listed(reading["key"])]


def _direct(rows: list[Row]) -> list[Row]:
    """What is derived counts only where no direct row has one of its origins."""
    direct = frozenset().union(*(origins(row) for row in rows if row["quality"] != "derived"))
    return [row for row in rows if row["quality"] != "derived" or not origins(row) & direct]


def _holder(folder: Folder, claim: Row, reading: Row, day: date) -> tuple[list[Row], Judge]:
    """In or out of office at the claim's period; where several tenures are known, the one that covers it decides."""
    asked, expected = span(reading["period"] or claim["period"]), reading["expected"] == "in"

    def held(row: Row) -> bool | None:
        first = span(row["from"])
        last = span(row["to"] or row["known_since"] or folder.sources[row["source_id"]]["published"])
        if first[1] <= asked[0] and asked[1] <= last[0]:
            return True
        gone = bool(row["to"]) and last[1] < asked[0]
        return False if gone or asked[1] < first[0] else None

    rows = _public(folder, folder.offices[reading["key"]], day)
    covering = [tenure for tenure in _tenures(folder, rows) if any(held(row) for row in tenure)]
    if covering:
        rows = [row for tenure in covering for row in tenure]

    def judge(row: Row) -> bool | None:
        state = held(row)
        return None if state is None else state == expected

    return rows, judge


def _tenures(folder: Folder, rows: list[Row]) -> list[list[Row]]:
    """Rows that overlap in time speak of one tenure; one without an end is known up to the day of its source."""

    def time(row: Row) -> Span:
        published = folder.sources[row["source_id"]]["published"]
        return span(row["from"])[0], last_day(row["to"] or row["known_since"] or published)

    found: list[list[Row]] = []
    for row in sorted(rows, key=time):
        if found and any(not apart(time(row), time(other)) for other in found[-1]):
            found[-1].append(row)
        else:
            found.append([row])
    return found


_READ = {"stance": _stances, "occurrence": _occurrence, "date": _date, "holder": _holder}
METHODS = frozenset(_READ)
