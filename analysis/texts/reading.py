"""The texts as their holders keep them: one file an article, the very bytes that were read for the tables."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.errors import InputError

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


# A line that only names where a picture or a passage is from.
SOURCE = re.compile(r"\W*(?:資料|资料)?(?:來源|来源)(?!\w)")


@dataclass(frozen=True)
class Article:
    """What the tables say of an article that is needed to read its text."""

    article_id: str
    script: str
    region: str
    sha256: str


def articles(frame: pd.DataFrame) -> dict[str, Article]:
    """The rows of table `articles` by id."""
    return {
        row["article_id"]: Article(row["article_id"], row["script"], row["region"], row["sha256"])
        for row in frame.to_dict("records")
    }


def find(folder: Path, known: dict[str, Article]) -> dict[str, Path]:
    """The texts of `folder`, files named <article_id>.txt, by id in order; InputError when there are none.

    A text of an article that has no row is refused: without a hash nothing says that it is the right one.
    """
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder; name the folder that holds <article_id>.txt")
    found = {path.stem: path for path in sorted(folder.glob("*.txt"))}
    if not found:
        raise InputError(f"{folder}: holds no text; name the folder that holds <article_id>.txt")
    if unknown := sorted(set(found) - set(known)):
        raise InputError(
            f"{found[unknown[0]]}: articles.csv has no row {unknown[0]!r}; "
            f"add it, or take the file out of the folder (known: {', '.join(known) or 'none'})"
        )
    return {article_id: found[article_id] for article_id in sorted(found)}


def read(path: Path, article: Article) -> str:
    """An article's text; InputError, showing both hashes, when it is not the text that the tables were made of."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; name a folder whose texts can be read") from None
    digest = hashlib.sha256(content).hexdigest()
    if digest != article.sha256:
        raise InputError(
            f"{path}: the text has changed. Its SHA-256 is {digest}, and articles.csv has {article.sha256} "
            f"for {article.article_id}; restore the text, or correct the row and extract anew"
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 ({error.reason} at byte {error.start})") from None


def paragraphs(text: str) -> list[str]:
    """The lines of a text that are its speech: in Chinese, and more than the name of a source."""
    return [line for line in text.splitlines() if HAN.search(line) and not SOURCE.match(line)]
