"""A seeded sample of mutants over every table, column and operator."""

from __future__ import annotations

import random
from collections.abc import Iterator

from review.mutation.bench import Bench, Mutant
from review.mutation.operators import OPERATORS, Place

TRIES = 12
"""Rows tried for a column and operator before it is held not to apply: an optional cell is empty in most rows."""


def strata(bench: Bench) -> list[tuple[str, str, str]]:
    """Every table with rows, every column of it and every operator, in order."""
    return [
        (name, column, operator)
        for name, table in sorted(bench.schema.tables.items())
        if bench.rows[name]
        for column in table.columns
        for operator in OPERATORS
    ]


def _one(bench: Bench, stratum: tuple[str, str, str], chance: random.Random) -> Mutant | None:
    name, column, operator = stratum
    rows = bench.rows[name]
    others = [row["source_id"] for row in bench.rows["sources"]]
    for _ in range(TRIES):
        position = chance.randrange(len(rows))
        place = Place(bench.schema.tables[name], rows[position], column, others, list(bench.schema.units))
        damage = OPERATORS[operator](place, chance)
        if damage is not None:
            return Mutant(name, position, column, operator, damage)
    return None


def draw(bench: Bench, size: int, seed: int) -> Iterator[Mutant]:
    """`size` mutants: every stratum that applies once in an order that the seed gives, then all of them again.

    A duplicated or deleted row is one stratum a table.
    """
    chance = random.Random(seed)
    left = strata(bench)
    drawn = 0
    seen: set[tuple[object, ...]] = set()
    while left and drawn < size:
        chance.shuffle(left)
        again = []
        for stratum in left:
            mutant = _one(bench, stratum, chance)
            if mutant is None:
                continue
            again.append(stratum)
            identity = (mutant.table, mutant.position, tuple(mutant.damage.cells.items()), mutant.damage.rows)
            if identity in seen:
                continue
            seen.add(identity)
            drawn += 1
            yield mutant
            if drawn == size:
                return
        left = again
