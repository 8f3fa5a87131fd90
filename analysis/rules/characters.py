"""Letters that are not what they look like: look-alikes, text read in the wrong encoding, a language in the wrong column."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.errors import Defect
from analysis.package import Tables

HAN = re.compile(r"[\u3400-\u9fff]")
_CONTINUED = (
    "[" + "".join({re.escape(bytes([byte]).decode("cp1252", "replace")) for byte in range(0x80, 0xC0)}) + "]"
)

DAMAGED = (
    (
        re.compile(r"[A-Za-z\u00c0-\u024f][\u0370-\u04ff]|[\u0370-\u04ff][A-Za-z\u00c0-\u024f]"),
        "a word of two alphabets, in which one letter looks like another",
        "type the word again",
    ),
    (
        re.compile(r"[\u2e80-\u2fdf\uf900-\ufaff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]"),
        "a sign that only looks like a letter, digit or character",
        "type it again: digits and letters of plain width, characters that are no radicals",
    ),
    (
        re.compile(
            f"[\u00c2-\u00d1]{_CONTINUED}|[\u00e0-\u00ef]{_CONTINUED}{{2}}|[\u00f0-\u00f4]{_CONTINUED}{{3}}|\ufffd"
        ),
        "text that was read in the wrong encoding",
        "copy the text again and save the file as UTF-8",
    ),
)

IN_CHINESE = {
    *("tokens.token", "variants.variant", "wordings.word", "sources.title", "sources.author", "sources.url"),
    *("articles.outlet", "articles.authors", "replies.author", "replies.text"),
}
"""Columns that may hold Chinese besides those whose name says so and those of the word lists."""
IN_CYRILLIC = {"sources.title", "sources.author", "sources.publisher", "replies.author", "replies.text"}
"""Columns that hold names and words as they are printed."""
FOREIGN = re.compile(r"[\u0370-\u1dff]")
ADDRESS = re.compile(r"https?://\S+")


def _cells(tables: Tables) -> Iterator[tuple[str, str, list[tuple[int, str]]]]:
    """Table, column and filled cells, each with its line, of every column of text."""
    for table in tables.schema.tables.values():
        for name, field in table.fields.items():
            if field["type"] == "string" and field.get("semantic") != "decimal":
                frame = tables[table.name]
                pairs = zip(frame.index.tolist(), frame[name].tolist(), strict=True)
                yield table.name, name, [(line, cell) for line, cell in pairs if cell]


def letters(tables: Tables) -> Iterator[Defect]:
    """Cells that were damaged on their way: by a letter of another alphabet, or by a wrong encoding.

    Days and periods are left out: no such letter or digit is one of the calendar, which says so.
    """
    for table, column, cells in _cells(tables):
        if tables.schema.tables[table].fields[column].get("semantic") in ("day", "period"):
            continue
        for line, cell in cells:
            if cell.isascii():
                continue
            for pattern, problem, mend in DAMAGED:
                if pattern.search(cell):
                    yield Defect(tables.schema.tables[table].path, line, column, cell, problem, mend)


def languages(tables: Tables) -> Iterator[Defect]:
    """Chinese stands where Chinese belongs and nowhere else; a name without any is the same in both columns."""
    for table, column, cells in _cells(tables):
        path, place = tables.schema.tables[table].path, f"{table}.{column}"
        if column.endswith("_zh"):
            other = tables[table].get(f"{column[:-2]}en")
            for line, cell in cells:
                if not HAN.search(cell) and (other is None or cell not in other[line]):
                    yield Defect(
                        path,
                        line,
                        column,
                        cell,
                        "no Chinese",
                        "write it in Chinese, or as it stands in English",
                    )
            continue
        chinese = table.startswith("lexicon") or place in IN_CHINESE
        for line, cell in cells:
            if cell.isascii():
                continue
            if not chinese and HAN.search(cell):
                yield Defect(
                    path, line, column, cell, "Chinese in a column of English", "write it in English"
                )
            elif place not in IN_CYRILLIC and FOREIGN.search(cell):
                yield Defect(
                    path, line, column, cell, "a letter that is not Latin", "write it in Latin letters"
                )


def columns(tables: Tables) -> Iterator[Defect]:
    """Addresses stand in columns of addresses, and nothing else does."""
    for table, column, cells in _cells(tables):
        for line, cell in cells:
            if (column == "url") != (ADDRESS.fullmatch(cell) is not None):
                yield Defect(
                    tables.schema.tables[table].path, line, column, cell,
                    "no address" if column == "url" else "an address",
                    "write the public address in the column url and words in the others",
                )  # fmt: skip


RULES = (letters, languages, columns)
