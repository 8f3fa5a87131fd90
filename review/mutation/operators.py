"""What can happen to a cell or row: each operator makes one damaged copy, or None where it cannot apply."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from analysis.schema import Table

Row = dict[str, str]

LOOKALIKES = dict(zip("aceopxyABCEHKMOPTX", "асеорхуАВСЕНКМОРТХ", strict=True))
"""Latin letters and the Cyrillic ones that look like them."""
RADICALS = dict(
    zip(
        "一人力口土大子小山工心日月木水火生立行西言車金長門雨青非音",
        "⼀⼈⼒⼝⼟⼤⼦⼩⼭⼯⼼⽇⽉⽊⽔⽕⽣⽴⾏⾑⾔⾞⾦⾧⾨⾬⾭⾮⾳",
        strict=True,
    )
)
"""Chinese characters and the radicals that look like them."""
WIDE = dict(zip("0123456789", "０１２３４５６７８９", strict=True))


@dataclass(frozen=True)
class Damage:
    """What becomes of one row: its cells from then on; `rows` 0 for a row that is gone, 2 for one that is there twice.

    `undecodable` says that the bytes of the row are no text any more.
    """

    cells: Mapping[str, str]
    rows: int = 1
    undecodable: bool = False


@dataclass(frozen=True)
class Place:
    """Where damage is done: the row with its table, one of its columns, and the values met in other rows."""

    table: Table
    row: Row
    column: str
    others: list[str]
    units: list[str]

    @property
    def cell(self) -> str:
        return self.row[self.column]

    def with_(self, cell: str) -> Damage | None:
        return None if cell == self.cell else Damage({**self.row, self.column: cell})


def _field(place: Place) -> dict[str, object]:
    return place.table.fields[place.column]


def _numeric(place: Place) -> bool:
    field = _field(place)
    return bool(place.cell) and (field.get("semantic") == "decimal" or field["type"] in ("integer", "number"))


def _scaled(place: Place, chance: random.Random) -> Damage | None:
    return place.with_(f"{Decimal(place.cell) * 1000:f}") if _numeric(place) else None


def _turned(place: Place, chance: random.Random) -> Damage | None:
    if not _numeric(place) or not Decimal(place.cell):
        return None
    return place.with_(place.cell[1:] if place.cell.startswith("-") else f"-{place.cell}")


def _swapped(place: Place, chance: random.Random) -> Damage | None:
    partners = [name for name, cell in place.row.items() if cell != place.cell]
    if not partners or not place.cell:
        return None
    other = chance.choice(partners)
    return Damage({**place.row, place.column: place.row[other], other: place.cell})


def _shifted(place: Place, chance: random.Random) -> Damage | None:
    """Every year of a period or date, one earlier or one later."""
    if _field(place).get("semantic") not in ("period", "day") and place.column not in ("period", "expected"):
        return None
    step = chance.choice((-1, 1))
    if place.cell.startswith("FY"):
        year = int(place.cell[2:6]) + step
        return place.with_(f"FY{year}-{(year + 1) % 100:02d}")
    year_or_date = re.compile(r"(?<![\d-])(\d{4})(?=$|[-/])")
    return place.with_(year_or_date.sub(lambda year: f"{int(year[1]) + step:04d}", place.cell))


def _other_unit(place: Place, chance: random.Random) -> Damage | None:
    if _field(place).get("semantic") != "unit" or not place.cell:
        return None
    return place.with_(chance.choice([unit for unit in place.units if unit != place.cell]))


def _doubled(place: Place, chance: random.Random) -> Damage | None:
    return Damage(place.row, rows=2) if place.column == place.table.columns[0] else None


def _deleted(place: Place, chance: random.Random) -> Damage | None:
    return Damage(place.row, rows=0) if place.column == place.table.columns[0] else None


def _is_reference(place: Place) -> bool:
    names = ("_id", "_ids", "geo", "counterparty", "from_claim", "to_claim", "relays", "actors", "key")
    return bool(place.cell) and (place.column.endswith(names[:2]) or place.column in names[2:])


def _unknown(place: Place, chance: random.Random) -> Damage | None:
    """An id that no row has: two characters of one of its ids change places, or one is written twice."""
    if not _is_reference(place):
        return None
    spot = chance.randrange(len(place.cell))
    return place.with_(place.cell[:spot] + place.cell[spot] * 2 + place.cell[spot + 1 :])


def _other_source(place: Place, chance: random.Random) -> Damage | None:
    if place.column not in ("source_id", "relays") or not place.cell:
        return None
    return place.with_(chance.choice(place.others))


def _lookalike(place: Place, chance: random.Random) -> Damage | None:
    alike = LOOKALIKES | RADICALS | WIDE
    spots = [spot for spot, sign in enumerate(place.cell) if sign in alike]
    if not spots:
        return None
    spot = chance.choice(spots)
    return place.with_(place.cell[:spot] + alike[place.cell[spot]] + place.cell[spot + 1 :])


def _misread(place: Place, chance: random.Random) -> Damage | None:
    """UTF-8 read as the Western code page, a character lost, or bytes that are no UTF-8 at all."""
    if not place.cell:
        return None
    way = chance.choice(("code page", "lost", "bytes"))
    if way == "bytes":
        return Damage(place.row, undecodable=True)
    if way == "code page" and not place.cell.isascii():
        return place.with_(place.cell.encode().decode("cp1252", "replace"))
    spot = chance.randrange(len(place.cell))
    return place.with_(place.cell[:spot] + "\ufffd" + place.cell[spot + 1 :])


def _formula(place: Place, chance: random.Random) -> Damage | None:
    link = '=HYPERLINK("https://example.org","open")'
    sign = chance.choice((link, "+1+1", "@SUM(1)", "=1+1"))
    return place.with_(sign if sign == link else f"{sign}{place.cell}")


def _script(place: Place, chance: random.Random) -> Damage | None:
    payload = chance.choice(
        ("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</script><svg onload=alert(1)>")
    )
    return place.with_(f"{place.cell}{payload}")


OPERATORS: Mapping[str, Callable[[Place, random.Random], Damage | None]] = {
    "scale by 1000": _scaled,
    "sign flip": _turned,
    "swapped columns": _swapped,
    "shifted period": _shifted,
    "wrong unit": _other_unit,
    "duplicated row": _doubled,
    "deleted row": _deleted,
    "unknown id": _unknown,
    "wrong source": _other_source,
    "homoglyph": _lookalike,
    "encoding damage": _misread,
    "formula in a cell": _formula,
    "script in a cell": _script,
}
