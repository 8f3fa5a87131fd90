"""Texts that nobody wrote, and a data folder that knows them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import sound

NAMES = [
    ("普京", "普京", "Vladimir Putin", "person"),
    ("普丁", "普京", "Vladimir Putin", "person"),
    ("川普", "特朗普", "Donald Trump", "person"),
    ("特朗普", "特朗普", "Donald Trump", "person"),
    ("著", "着", "particle", "word"),
]
WORDS = [("影子舰队", "n", "yes", "shadow fleet"), ("泽连斯基", "nr", "yes", "Zelensky"), ("中俄关系", "l", "no", "ties")]


def write(folder: Path, texts: dict[str, str], **article: str) -> tuple[Path, Path]:
    """A data folder without a defect in the rows that extraction reads, and the folder of its texts."""
    articles = [
        {
            **sound.SOUND["articles"][0],
            "article_id": article_id,
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
            **article,
        }
        for article_id, text in sorted(texts.items())
    ]
    names = [
        dict(zip(("variant", "name_zh", "name_en", "kind"), row, strict=True), ground="invented")
        for row in sorted(NAMES)
    ]
    words = [
        dict(zip(("word", "pos", "whole", "gloss_en"), row, strict=True), ground="invented")
        for row in sorted(WORDS)
    ]
    data = sound.write(folder / "data", {"articles": articles, "lexicon-names": names, "lexicon-words": words})
    held = folder / "texts"
    held.mkdir()
    for article_id, text in texts.items():
        (held / f"{article_id}.txt").write_bytes(text.encode())
    return data, held


def counts(data: Path, table: str = "tokens") -> dict[tuple[str, ...], int]:
    """The rows of a written table: the count by all other cells."""
    lines = (data / f"{table}.csv").read_text("utf-8").splitlines()[1:]
    rows = [tuple(line.split(",")) for line in lines]
    return {row[:-1]: int(row[-1]) for row in rows}


def words(data: Path) -> dict[str, int]:
    """How often each word is counted, sections and articles together."""
    found: dict[str, int] = {}
    for (_, _, token, _), count in counts(data).items():
        found[token] = found.get(token, 0) + count
    return found
