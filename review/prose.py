"""The prose of the book, passage by passage: what people wrote, and nothing that a cell computed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat

CODE = ("analysis/chapters", "analysis/synthesis")


@dataclass(frozen=True)
class Passage:
    """A piece of prose. `place` names file and cell or line; `markdown` tells pages from text in code."""

    file: str
    place: str
    text: str
    markdown: bool


def _silent(tree: ast.AST) -> set[int]:
    """The ids of the nodes whose text no reader sees: docstrings, messages of errors, format specifications."""
    silent: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            silent.add(id(node.value))
        elif isinstance(node, ast.Raise):
            silent |= {id(inner) for inner in ast.walk(node)}
        elif isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            silent |= {id(inner) for inner in ast.walk(node.format_spec)}
    return silent


def literals(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of each literal with a blank in it that a reader may see; computed parts stand as {}."""
    tree = ast.parse(source)
    silent = _silent(tree)
    for node in ast.walk(tree):
        if id(node) in silent:
            continue
        if isinstance(node, ast.JoinedStr):
            parts = [str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values]
            silent |= {id(part) for part in node.values}
            text = "".join(parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if " " in text.strip():
            yield node.lineno, text


def passages(folder: Path) -> Iterator[Passage]:
    """All prose of the project in `folder`: pages, text cells, and text in the code that writes for readers."""
    for path in sorted((folder / "book").glob("*.md")):
        yield Passage(f"book/{path.name}", f"book/{path.name}", path.read_text("utf-8"), True)
    for path in sorted((folder / "book").glob("*.ipynb")):
        for number, cell in enumerate(nbformat.read(path, as_version=4).cells, 1):
            file, place = f"book/{path.name}", f"book/{path.name}, cell {number}"
            if cell.cell_type == "markdown":
                yield Passage(file, place, cell.source, True)
            else:
                yield from (Passage(file, place, text, False) for _, text in literals(cell.source))
    for part in CODE:
        for path in sorted((folder / part).rglob("*.py")):
            file = path.relative_to(folder).as_posix()
            yield from (Passage(file, f"{file}, line {line}", text, False) for line, text in literals(path.read_text("utf-8")))
