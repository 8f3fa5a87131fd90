"""Tables `tokens` and `variants`, derived from the texts of whoever holds them, and compared with the committed ones.

Articles come one after the other, in order and in bounded numbers, whether one process works or many: so a
thousand texts need the memory of a few, and make the same bytes.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from joblib import Parallel, cpu_count, delayed
from tqdm import tqdm

from analysis import package, schema
from analysis.errors import InputError, InvalidData
from analysis.schema import Schema, Table
from analysis.texts.lexicon import Lexicon, lexicon
from analysis.texts.reading import Article, articles, find, paragraphs, read
from analysis.texts.script import simplified, simplified_characters
from analysis.texts.sections import sections
from analysis.texts.segmentation import segmenter

Row = tuple[str, ...]

TABLES = ("tokens", "variants")
MANY = 20  # texts from which a progress bar is shown and, unless told otherwise, all cores are used
SHOWN = 10  # differences that are printed


class Derived(NamedTuple):
    """The rows that one article's text yields, in the order and with the columns of their tables."""

    article_id: str
    tokens: list[Row]
    variants: list[Row]


class Outcome(NamedTuple):
    """Rows derived for each table, and the articles whose text was not there."""

    rows: dict[str, int]
    missing: list[str]


def derive(path: Path, article: Article, words: Lexicon) -> Derived:
    """The rows of one article; InputError when its text is not the one that the tables were made of."""
    text, cut = read(path, article), segmenter(words)
    cut_paragraphs = [
        cut.words(simplified(paragraph, article.script, article.region)) for paragraph in paragraphs(text)
    ]
    tokens = [
        (article.article_id, str(number), word.token, word.pos, str(count))
        for number, section in enumerate(sections(cut_paragraphs), start=1)
        for word, count in Counter(section).items()
    ]
    named = {*words.common, *words.common.values()}
    spelled = Counter(
        token
        for paragraph in paragraphs(text)
        for token in cut.spellings(simplified_characters(paragraph, article.script))
        if token in named
    )
    variants = [(article.article_id, spelling, str(count)) for spelling, count in spelled.items()]
    return Derived(article.article_id, sorted(tokens), sorted(variants))


def _needed(folder: Path) -> tuple[Schema, dict[str, Article], Lexicon]:
    """The schema, the articles and the lexicon; the big tables are streamed and never loaded."""
    described = schema.read(folder)
    small = ("articles", "lexicon-names", "lexicon-words")
    resources = [resource for resource in described.package["resources"] if resource["name"] in small]
    tables, defects = package.read(Schema(folder, {**described.package, "resources": resources}))
    if defects:
        raise InvalidData(defects)
    return described, articles(tables["articles"]), lexicon(tables)


def _all(
    paths: dict[str, Path], known: dict[str, Article], words: Lexicon, jobs: int | None
) -> Iterator[Derived]:
    """Every article in order of id; all changed texts are named before the work begins."""
    refused = []
    for article_id, path in paths.items():
        try:
            read(path, known[article_id])
        except InputError as error:
            refused.append(str(error))
    if refused:
        raise InputError("\n".join(refused))
    many = len(paths) >= MANY
    workers = jobs or (cpu_count() if many else 1)
    derived = Parallel(n_jobs=workers, return_as="generator", pre_dispatch="2 * n_jobs", batch_size=4)(
        delayed(derive)(path, known[article_id], words) for article_id, path in paths.items()
    )
    return iter(tqdm(derived, total=len(paths), unit="text", desc="extract", disable=not many))


def _stored(path: Path, table: Table) -> Iterator[tuple[str, list[Row]]]:
    """The committed rows of a table, an article after the other."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file)
            if next(rows, None) != table.columns:
                raise InputError(f"{path}, row 1: the header must be {','.join(table.columns)}")
            for article_id, group in groupby(rows, key=lambda row: row[0] if row else ""):
                yield article_id, [tuple(row) for row in group]
    except OSError as error:
        raise InputError(f"{path}: {schema.PROBLEMS.get(type(error), error.strerror)}; restore it") from None


class _Committed:
    """A table's committed rows, asked for article by article in order of id."""

    def __init__(self, path: Path, table: Table) -> None:
        self._groups = _stored(path, table)
        self._next = next(self._groups, None)

    def up_to(self, article_id: str | None) -> Iterator[tuple[str, list[Row]]]:
        """The articles before this one that have not been asked for; None: all that are left."""
        while self._next and (article_id is None or self._next[0] < article_id):
            yield self._next
            self._next = next(self._groups, None)

    def of(self, article_id: str) -> list[Row]:
        """The rows of this article, which come next if there are any."""
        if self._next is None or self._next[0] != article_id:
            return []
        _, rows = self._next
        self._next = next(self._groups, None)
        return rows


def _differences(table: str, old: Iterable[Row], new: Iterable[Row]) -> Iterator[str]:
    """Where the rows of an article differ, by key."""
    before, after = ({row[:-1]: row[-1] for row in rows} for rows in (old, new))
    for key in sorted({*before, *after}):
        if before.get(key) != after.get(key):
            yield (
                f"{table}.csv, {', '.join(key)}: the table has {before.get(key, 'no such row')}, "
                f"the text {after.get(key, 'no such row')}"
            )


def compare(folder: Path, texts: Path, jobs: int | None = None) -> Outcome:
    """Derive the rows of every text in `texts` and compare them with those committed in `folder`.

    InputError names the first rows that differ. Articles without a text are not compared, and returned.
    """
    described, known, words = _needed(folder)
    found = find(texts, known)
    stored = {name: _Committed(folder / described.tables[name].path, described.tables[name]) for name in TABLES}
    rows, differing = dict.fromkeys(TABLES, 0), 0
    first: list[str] = []
    for derived in _all(found, known, words, jobs):
        for name in TABLES:
            for _ in stored[name].up_to(derived.article_id):
                pass
            new = getattr(derived, name)
            rows[name] += len(new)
            for difference in _differences(name, stored[name].of(derived.article_id), new):
                differing += 1
                if len(first) < SHOWN:
                    first.append(difference)
    if differing:
        more = f"\n… and {differing - len(first)} more" if differing > len(first) else ""
        raise InputError(
            f"the texts do not reproduce the committed tables; {differing} rows differ:\n"
            + "\n".join(first)
            + more
            + "\nrestore the tables, or write them anew with --write if the lexicon was meant to change"
        )
    return Outcome(rows, sorted(set(known) - set(found)))


def write(folder: Path, texts: Path, jobs: int | None = None) -> Outcome:
    """Derive the rows of every text and put them into the tables of `folder`; articles without a text keep theirs."""
    described, known, words = _needed(folder)
    found = find(texts, known)
    rows = dict.fromkeys(TABLES, 0)
    targets = {name: folder / described.tables[name].path for name in TABLES}
    drafts = {name: path.with_name(f"{path.name}.new") for name, path in targets.items()}
    try:
        with ExitStack() as files:
            writers: dict[str, Any] = {}
            stored = {name: _Committed(targets[name], described.tables[name]) for name in TABLES}
            for name, draft in drafts.items():
                file = files.enter_context(draft.open("w", encoding="utf-8", newline=""))
                writers[name] = csv.writer(file, lineterminator="\n")
                writers[name].writerow(described.tables[name].columns)
            for derived in _all(found, known, words, jobs):
                for name in TABLES:
                    for _, kept in stored[name].up_to(derived.article_id):
                        writers[name].writerows(kept)
                    stored[name].of(derived.article_id)
                    new = getattr(derived, name)
                    writers[name].writerows(new)
                    rows[name] += len(new)
            for name in TABLES:
                for _, kept in stored[name].up_to(None):
                    writers[name].writerows(kept)
        for name in TABLES:
            drafts[name].replace(targets[name])
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)
    return Outcome(rows, sorted(set(known) - set(found)))
