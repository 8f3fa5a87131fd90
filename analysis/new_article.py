"""A new article: the rows, module and notebook that it starts with, written as a whole or not at all.

The text itself is never stored: only its SHA-256 and how long it is. The two example claims have no evidence, and
say so; they are there to be replaced, and to let the chapter be built from the first minute.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from keyword import iskeyword
from pathlib import Path
from string import Template

from analysis import codebook, importing, paths, periods, schema, tables
from analysis.errors import InputError, InvalidData, shortened

ID = re.compile(r"[a-z][a-z0-9_]*")
MADE = {"claims", "codebook", "explorer", "genindex", "index", "parts", "search", "series"}
"""Pages and folders of the built book that no chapter may take the place of."""

ASKED = {
    "title_en": "Title in English",
    "title_zh": "Title as printed, or the opening words where it has none",
    "outlet": "Who published it",
    "published": "Date of publication (2025-12-09; 2025-12 where the day is unknown)",
    "script": "Script of the text (Hans: simplified, Hant: traditional)",
    "text": "File that holds the text (UTF-8; read, and not copied)",
}
"""What an article cannot do without, and how a person is asked for it."""

OPTIONS = {"published": "date"}
"""What a cell's option is called, where that is another word."""

TO_WRITE = {
    "Hans": (
        "（待写：用一句话说出文章的论点。）",
        "（待写：用自己的话说出一个前提。）",
        "（待写：用自己的话说出结论。）",
    ),
    "Hant": (
        "（待寫：用一句話說出文章的論點。）",
        "（待寫：用自己的話說出一個前提。）",
        "（待寫：用自己的話說出結論。）",
    ),
}
ARGUMENT = "(To be written: what the article argues, in one sentence.)"

Cells = dict[str, str]
Rows = dict[str, list[Cells]]


@dataclass(frozen=True)
class Project:
    """Where a project keeps what a new article adds to: its tables, and beside them its modules and notebooks."""

    data: Path = paths.DATA

    @property
    def chapters(self) -> Path:
        """The folder of the chapters' modules."""
        return self.data.resolve().parent / "analysis" / "chapters"

    @property
    def book(self) -> Path:
        """The folder of the notebooks."""
        return self.data.resolve().parent / "book"

    def files(self, article_id: str) -> tuple[Path, Path]:
        """The module and the notebook of an article."""
        return self.chapters / f"{article_id}.py", self.book / f"{article_id}.ipynb"


def option(column: str) -> str:
    """How a cell is given on the command line, as in --title-en."""
    return f"--{OPTIONS.get(column, column).replace('_', '-')}"


def completed(given: Mapping[str, str], ask: Callable[[str], str] | None) -> Cells:
    """The cells given, and those that `ask` gets from a person; InputError names all that are missing without one."""
    cells = {name: cell.strip() for name, cell in given.items() if cell and cell.strip()}
    missing = [name for name in ASKED if name not in cells]
    if missing and ask is None:
        raise InputError(
            "\n".join(f"new-article: {option(name)} is missing; give it: {ASKED[name]}" for name in missing)
        )
    for name in missing:
        while ask is not None and name not in cells:
            if answer := ask(f"{ASKED[name]}: ").strip():
                cells[name] = answer
    return cells


def from_terminal() -> Callable[[str], str] | None:
    """What asks a person, if one sits at a terminal."""
    return _asked if sys.stdin.isatty() else None


def _asked(question: str) -> str:
    try:
        return input(question)
    except (EOFError, KeyboardInterrupt):
        raise InputError("\nnew-article: broken off; nothing was written, start again when you like") from None


def _measured(path: Path) -> Cells:
    """What is kept of a text: hash, paragraphs (lines that are not blank) and characters."""
    try:
        content = path.read_bytes()
        text = content.decode("utf-8")
    except OSError as error:
        problem = schema.PROBLEMS.get(type(error), error.strerror)
        raise InputError(f"{path}: {problem}; name the file that holds the article's text") from None
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path}: not UTF-8 ({error.reason} at byte {error.start}); save the text as UTF-8"
        ) from None
    count = sum(1 for line in text.splitlines() if line.strip())
    if not count:
        raise InputError(f"{path}: holds no text; name the file that holds the article's text")
    return {
        "sha256": hashlib.sha256(content).hexdigest(),
        "paragraphs": str(count),
        "characters": str(len(text)),
    }


def _id_problem(article_id: str, project: Project, known: set[str]) -> str:
    """What is wrong with an article's id, and the mend; empty when nothing is."""
    shown = repr(shortened(article_id))
    if not ID.fullmatch(article_id) or iskeyword(article_id):
        return f"{shown} is no id; write a word of small letters, digits and _ that begins with a letter"
    if article_id in known:
        return f"{shown} is there already; choose another id, or add rows to the article"
    taken = [
        path
        for path in (
            *project.files(article_id), project.chapters / article_id, project.book / f"{article_id}.md",
        )
        if path.exists()
    ]  # fmt: skip
    if article_id in MADE or taken:
        place = f"{taken[0].parent.name}/{taken[0].name}" if taken else "a page of the book"
        return f"{shown} is taken by {place}; choose another id"
    return ""


def refuse(article_id: str, project: Project) -> None:
    """InputError when an article cannot have this id: it is none, it is taken, or there is no project around the tables."""
    for folder in (project.chapters, project.book):
        if not folder.is_dir():
            raise InputError(f"{folder}: no such folder; name the data folder of a whole project")
    table = schema.read(project.data).tables["articles"]
    known = {row["article_id"] for row in importing.read_rows(project.data / table.path, table.columns)}
    if problem := _id_problem(article_id, project, known):
        raise InputError(f"new-article: {problem}")


def _article(article_id: str, cells: Cells) -> Cells:
    """The row of an article, without what is measured from its text."""
    try:
        if periods.parse(cells["published"]).precision not in ("day", "month", "year"):
            raise ValueError(f"{cells['published']!r} is no date: write 2025-12-09, 2025-12 or 2025")
    except ValueError as error:
        raise InputError(f"new-article: {option('published')}: {error}") from None
    if cells["script"] not in TO_WRITE:
        raise InputError(
            f"new-article: {option('script')}: {shortened(cells['script'])!r} is no script; "
            f"write one of {', '.join(TO_WRITE)}"
        )
    defaults = {
        "argument_en": ARGUMENT,
        "argument_zh": TO_WRITE[cells["script"]][0],
        "published_low": cells["published"],
        "published_high": cells["published"],
        "published_ground": "printed in the text",
    }
    return {
        **defaults,
        **{name: cell for name, cell in cells.items() if name != "text"},
        "article_id": article_id,
    }


def _example(article_id: str, script: str) -> Rows:
    """Two claims without evidence, one step from premise to conclusion."""
    _, premise, conclusion = TO_WRITE[script]
    named = {
        "01": ("premise", "Example premise, to be replaced", premise),
        "02": ("conclusion", "Example conclusion, to be replaced", conclusion),
    }
    return {
        "claims": [
            {
                "claim_id": f"{article_id}.{number}",
                "article_id": article_id,
                "paragraph": "1",
                "kind": "position",
                "role": role,
                "short_en": short,
                "statement_en": f"(To be written: the {role} in our own words.)",
                "statement_zh": chinese,
            }
            for number, (role, short, chinese) in named.items()
        ],
        "readings": [
            {
                "reading_id": f"{article_id}.{number}.a",
                "claim_id": f"{article_id}.{number}",
                "method": "stance",
                "table": "stances",
                "key": f"{article_id}.{number}",
                "primary": "yes",
                "ground": "An example: independent sources that take a side would settle it.",
            }
            for number in named
        ],
        "inferences": [
            {
                "inference_id": f"{article_id}.i01",
                "from_claim": f"{article_id}.01",
                "to_claim": f"{article_id}.02",
                "relation": "support",
                "warrant": "(To be written: why the premise bears on the conclusion.)",
            }
        ],
    }


def _notebook(article: Cells) -> str:
    """The chapter's notebook: the template's cells with the article's words, not executed yet."""
    words = {
        "article_id": article["article_id"],
        "title": codebook.text(article["title_en"].removeprefix("(untitled) ")),
        "argument_en": codebook.text(article["argument_en"]),
        "argument_zh": escape(article["argument_zh"]),
        "script": article["script"],
    }
    cells: list[dict[str, object]] = []
    for part in (paths.TEMPLATES / "chapter.txt").read_text("utf-8").split("%% ")[1:]:
        kind, _, text = part.partition("\n")
        source = Template(text).substitute(words).strip()
        cell = {
            "cell_type": kind,
            "id": hashlib.sha256(f"{kind}\0{source}".encode()).hexdigest()[:12],
            "metadata": {"tags": ["hide-input"]} if kind == "code" else {},
            "source": source.splitlines(keepends=True),
        }
        cells.append(cell | ({"execution_count": None, "outputs": []} if kind == "code" else {}))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def add(article_id: str, cells: Cells, project: Project) -> list[Path]:
    """Write an article's first rows, module and notebook; returns the files that are new or have new rows.

    `cells` are those of ASKED and any others of table `articles`. InputError or InvalidData, with nothing written:
    an id that is none or is taken, a date or script that is none, a text that cannot be read, a defect of the tables.
    """
    described = schema.read(project.data).tables
    refuse(article_id, project)
    article = {**_article(article_id, cells), **_measured(Path(cells["text"]))}
    new: Rows = {"articles": [article], **_example(article_id, article["script"])}
    files: dict[Path, bytes] = {}
    with tempfile.TemporaryDirectory() as scratch:
        candidate = Path(scratch) / "data"
        shutil.copytree(project.data, candidate)
        for name, rows in new.items():
            table = described[name]
            old = importing.read_rows(project.data / table.path, table.columns)
            filled = [{column: row.get(column, "") for column in table.columns} for row in rows]
            importing.write_rows(candidate / table.path, table.columns, table.key, old + filled)
            files[project.data / table.path] = (candidate / table.path).read_bytes()
        if defects := tables.check(candidate):
            raise InvalidData(defects)
    module, notebook = project.files(article_id)
    text = Template((paths.TEMPLATES / "chapter.py.txt").read_text("utf-8")).substitute(article_id=article_id)
    files |= {module: text.encode(), notebook: _notebook(article).encode()}
    importing.replace_all(files)
    return list(files)


def next_steps(article_id: str) -> str:
    """What a contributor does after the first rows are written."""
    return f"""Next, in this order:
  1. data/claims.csv         replace {article_id}.01 and {article_id}.02 by what the article claims, in your own words
  2. data/readings.csv       one primary reading a claim: which rows test it, and how
     data/inferences.csv     which claim supports or attacks which
     python -m analysis check                    every defect, each with its mend
  3. data/observations.csv, events.csv, stances.csv, sources.csv, …   the evidence, with its sources
     python -m analysis import TABLE ROWS.csv    adds rows sorted, or says what is wrong and writes nothing
  4. python -m analysis ledger | grep -A1 '^{article_id}\\.'    the verdicts so far
  5. make notebooks          executes book/{article_id}.ipynb and the pages across the articles, and stores their outputs
     make book               builds it in: contents, claims page, explorer, scoreboard, right and wrong
Later: python -m analysis extract TEXTS --write counts its words for “How they speak”; stands.csv and bearings.csv,
each code with its coder in codings.csv, bring it into “Where the articles meet”.
CONTRIBUTING.md has the recipes."""
