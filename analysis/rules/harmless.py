"""Text that means what it says and nothing else: no markup, no formula, no path, no invisible character.

Whatever shows a cell escapes it as well. This is the first of two doors: what a cell may not hold is said here,
so that tables which reach a page, a spreadsheet or a file name have passed it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.addresses import anchor
from analysis.errors import Defect
from analysis.package import Tables

NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


@dataclass(frozen=True)
class Rule:
    """A pattern that no cell may hold, what it would be taken for, and what to write instead."""

    pattern: re.Pattern[str]
    problem: str
    mend: str


RULES = (
    Rule(
        re.compile("[\\x00-\\x1f\\x7f-\\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb\ue000-\uf8ff]"),
        "a control character or one that is not seen",
        "remove it",
    ),
    # A spreadsheet runs what follows these signs; where it splits lines at semicolons, behind those too.
    Rule(
        re.compile(r"^\s*[=@＝＠+＋\-－]|[;；]\s*[=@＝＠]"),
        "a spreadsheet would take it for a formula",
        "let the text begin with a word: up 11 percent, minus 4.5",
    ),
    Rule(re.compile(r"<[A-Za-z/!?]|&#?\w+;"), "markup", "write plain text; signs of comparison are followed by a number"),
    Rule(re.compile(r"\]\s*[(:\[]|!\["), "a link or picture of Markdown", "write the words; an address stands in a column url"),
    Rule(re.compile(r"`|:::|\{[A-Za-z]|^\s*%|~~~"), "a directive, role or code of Markdown", "write plain text"),
    Rule(
        re.compile(r":(?<=script:)|:(?<=\bdata:)[a-z]+/", re.IGNORECASE),
        "an address that a browser would run",
        "addresses begin with http:// or https://",
    ),
)
IN_COLUMN = tuple(re.compile(rule.pattern.pattern.replace("^", r"\n"), rule.pattern.flags) for rule in RULES[1:])
"""The rules as they hold in a whole column, each cell on a line of its own: a column without a match needs no second look."""

FILED = {"articles": "article_id", "claims": "claim_id", "series": "series_id", "sources": "source_id", "figures": "figure_id"}
"""Tables whose keys become names of files or places on pages."""
LONGEST = 100
DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:[.-].*)?", re.IGNORECASE)
OWN_PAGES = frozenset(
    "architecture cite codebook data-and-sources decisions explorer genindex glossary how-a-verdict-comes-about "
    "how-fast how-they-speak how-well-checked index right-and-wrong scoreboard search series sources tables together "
    "api claims data downloads figures parts".split()
)
"""Names of pages and folders of the book itself, which no article can have."""


def texts(tables: Tables) -> Iterator[Defect]:
    """Cells that would be more than text to a page, a spreadsheet or a reader's eye."""
    for table in tables.schema.tables.values():
        frame = tables[table.name]
        for name in table.columns:
            if frame[name].dtype != object:
                continue
            cells = [(line, cell) for line, cell in frame[name].items() if isinstance(cell, str) and cell]
            column = "\n" + "\n".join(cell for _, cell in cells)
            unseen = RULES[0].pattern.search(column.replace("\n", "")) or column.count("\n") > len(cells)
            if not unseen and not any(pattern.search(column) for pattern in IN_COLUMN):
                continue
            for line, cell in cells:
                for rule in RULES:
                    if rule.pattern.search(cell) and not NUMBER.fullmatch(cell):
                        yield Defect(table.path, int(str(line)), name, cell, rule.problem, rule.mend)
                        break


def names(tables: Tables) -> Iterator[Defect]:
    """Ids that cannot be a file on every system, that the book has taken, or that two rows would share."""
    for name, column in FILED.items():
        taken: dict[str, str] = {}
        path = tables.schema.tables[name].path
        for line, cell in tables[name][column].items():
            place = anchor(name, cell).casefold()
            problem = ""
            if len(cell) > LONGEST:
                problem = f"has more than {LONGEST} characters, which is too long for a file name"
            elif DEVICES.fullmatch(cell):
                problem = "is a name that Windows keeps for a device"
            elif name == "articles" and cell in OWN_PAGES:
                problem = "is the name of a page of the book"
            elif taken.setdefault(place, cell) != cell:
                problem = f"has the same address as {taken[place]}, since only letters and digits count in it"
            if problem:
                yield Defect(path, int(str(line)), column, cell, problem, "choose another id")
