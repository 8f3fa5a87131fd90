"""What is said when an input is wrong: where, what, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


def shortened(text: str, length: int = 80) -> str:
    """The text, or its beginning where it is too long to be read in a message."""
    return text if len(text) <= length else f"{text[:length]}…"


@dataclass(frozen=True, order=True)
class Defect:
    """One thing wrong in one place of the data.

    `row` is the line of the file, counting the header as 1; 0 when the defect is not in one row.
    """

    file: str
    row: int
    column: str
    value: str
    problem: str
    mend: str

    def __str__(self) -> str:
        place = self.file
        if self.row:
            place += f", row {self.row}"
        if self.column:
            place += f", column {self.column}"
        value = f": {shortened(self.value)!r}" if self.value or self.column else ""
        return f"{place}{value}: {shortened(self.problem, 300)}; {self.mend}"


class InputError(Exception):
    """Input that cannot be used; the message names the place and the mend."""


class InvalidData(InputError):
    """Tables that break their schema or contradict one another."""

    def __init__(self, defects: Iterable[Defect]) -> None:
        self.defects = sorted(set(defects))
        super().__init__("\n".join(map(str, self.defects)))
