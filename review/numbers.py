"""No number of the prose is typed: each comes from rows or a computation, or is excepted by a rule or by name.

Looked at are digits, number words from two upward, and Chinese numerals, in text cells, pages and the text that
chapters' code holds. Excepted by rule are dates, headings, citations, code, link targets, directives, and the
titles and names that the tables hold. Every other exception stands in number_exceptions.csv with its reason; one
that nothing needs any more is a finding too.
"""

from __future__ import annotations

import argparse
import csv
import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from analysis import paths
from analysis.errors import InputError
from review.findings import Result
from review.prose import Passage, passages
from review.rows import table

EXCEPTIONS = Path(__file__).parent / "number_exceptions.csv"
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
WORDS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
    "|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|dozens?|twice|thrice"
)
NUMBER = re.compile(
    rf"[0-9０-９]+(?:[.,][0-9]+)*|\b(?:{WORDS})\b|[二三四五六七八九十百千兩两〇零]+(?=[個个份篇種种成倍%％年月日則则道樣样項项條条頁页家次萬万億亿分])",
    re.IGNORECASE,
)
# What a rule excepts, everywhere: rule by rule, so that the reason can be said.
RULES = {
    "markup": re.compile(r"<code>.*?</code>|<[^>]*>|`[^`]*`|\]\([^)]*\)|\{[\w:.]+\}|&#?\w+;"),
    "directive": re.compile(r"^```\{.*?^```$|^\([\w-]+\)=$|^:\w+:.*$", re.MULTILINE | re.DOTALL),
    "heading": re.compile(r"^#{1,6} .*$", re.MULTILINE),
    "list": re.compile(r"^\d+\. ", re.MULTILINE),
    "date": re.compile(
        rf"\b\d{{1,2}} (?:{MONTHS})\b(?: (?:19|20)\d\d)?|(?<![\d.,])(?:19|20)\d\d(?:[-–/]\d\d(?:\d\d)?)?(?![\d%]|[.,]\d| ?%)"
        r"|[二〇零一三四五六七八九]{4}年(?:[一二三四五六七八九十]{1,2}月)?(?:[一二三四五六七八九十]{1,3}日)?"
    ),
    # COVID-19 and G7 are names, and so is the id of a claim: letters are joined to the digits.
    "name": re.compile(r"\b[A-Za-z]+[-‑]?\d+[A-Za-z]*\b|\{\}|\b[a-z]+\.\d{2,3}\b"),
    # The ends of a scale say in what a number is given; they are no result.
    "scale": re.compile(r"\b0(?:,? \w+,?)? to \+?1(?:00)?\b|\b(?:above|below|under) 0(?![.,]?\d)"),
}
IN_CODE = ("markup", "date", "name", "scale")


@dataclass(frozen=True)
class Listed:
    """A listed exception: in files that match `file`, the text `text` may hold a number, for `reason`."""

    file: str
    text: str
    reason: str


def exceptions(path: Path = EXCEPTIONS) -> list[Listed]:
    """The listed exceptions; InputError where one lacks a reason or a number."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [Listed(row["file"], row["text"], row["reason"]) for row in csv.DictReader(file)]
    for line, row in enumerate(rows, 2):
        if not row.reason.strip() or not NUMBER.search(row.text):
            raise InputError(f"{path.name}, row {line}: {row.text!r} needs a number in its text and a reason")
    return rows


def names(folder: Path) -> list[str]:
    """Titles and names with a number in them, from the tables; longest first."""
    columns = (("articles", "title_en"), ("articles", "title_zh"), ("series", "title_en"), ("sources", "title"), ("areas", "name_en"), ("areas", "name_zh"))
    found = {str(text) for name, column in columns for text in table(folder, name).get(column, []) if NUMBER.search(str(text))}
    return sorted(found, key=len, reverse=True)


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


def plain(passage: Passage, titles: list[str]) -> str:
    """The passage with what rules and names except blanked out, so that places stay."""
    text = passage.text
    for name, rule in RULES.items():
        if passage.markdown or name in IN_CODE:
            for match in reversed(list(rule.finditer(text))):
                text = _blank(text, *match.span())
    if not NUMBER.search(text):
        return text
    for title in titles:
        while (at := text.find(title)) >= 0:
            text = _blank(text, at, at + len(title))
    return text


def covered(text: str, start: int, end: int, phrase: str) -> bool:
    """Whether the number at start:end lies inside an occurrence of `phrase` in `text`, letter case apart."""
    lower, phrase = text.lower(), phrase.lower()
    at = lower.find(phrase, max(0, end - len(phrase)))
    return 0 <= at <= start and end <= at + len(phrase)


def check(folder: Path, path: Path | None = None) -> Result:
    """Every typed number of the prose in `folder`, with place and words around it."""
    result, seen = Result(), 0
    listed = exceptions(path or folder / "review" / EXCEPTIONS.name)
    titles, used = names(folder), set()
    for passage in passages(folder):
        text = plain(passage, titles)
        for match in NUMBER.finditer(text):
            seen += 1
            allowed = [one for one in listed if fnmatchcase(passage.file, one.file) and covered(passage.text, *match.span(), one.text)]
            used.update(allowed)
            if not allowed:
                around = passage.text[max(match.start() - 40, 0) : match.end() + 40].replace("\n", " ")
                result.add(passage.place, f"{match[0]!r} is typed in “…{around}…”; compute it, leave it out, or list it with its reason")
    for line, one in enumerate(listed, 2):
        if one not in used:
            result.add(f"review/{EXCEPTIONS.name}, row {line}", f"nothing needs {one.text!r} any more; remove the row")
    result.facts = {"numbers_excepted_by_list": seen - sum(1 for one in result.findings if "is typed" in one.says), "listed_exceptions": len(listed)}
    return result


def main(arguments: list[str]) -> int:
    """Print every typed number; 1 when there is one."""
    parser = argparse.ArgumentParser(prog="python -m review numbers", description="Find numbers typed into the prose.")
    parser.add_argument("--folder", type=Path, default=paths.ROOT, help="the copy of the project that is looked at")
    result = check(parser.parse_args(arguments).folder)
    print("\n".join(map(str, sorted(result.findings))) or f"no typed number; {result.facts['listed_exceptions']} listed exceptions")
    return 1 if result.findings else 0
