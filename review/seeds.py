"""Where chance comes in and what fixes it, read from the code: the line that sets each seed, as data editors ask."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Named = tuple[str, ast.expr]


def _arguments(arguments: ast.arguments) -> Iterator[Named]:
    """The parameters that have a default, each with it."""
    positional = [*arguments.posonlyargs, *arguments.args]
    yield from zip((one.arg for one in positional[::-1]), arguments.defaults[::-1], strict=False)
    yield from ((one.arg, default) for one, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True) if default)


def _bound(node: ast.AST) -> Iterator[Named]:
    """What a piece of code gives a name to: an assignment, an argument by keyword, a parameter's default."""
    if isinstance(node, ast.Assign):
        for target in node.targets:
            names, values = ([part] if not isinstance(part, ast.Tuple) else part.elts for part in (target, node.value))
            yield from ((name.id, value) for name, value in zip(names, values, strict=False) if isinstance(name, ast.Name))
    elif isinstance(node, ast.keyword) and node.arg:
        yield node.arg, node.value
    elif isinstance(node, ast.arguments):
        yield from _arguments(node)


def _tree(path: Path) -> ast.Module:
    """The code of a module; none where it cannot be read, which the stage of style says."""
    try:
        return ast.parse(path.read_text("utf-8"))
    except (SyntaxError, UnicodeDecodeError):
        return ast.Module([], [])


def seeds(folder: Path) -> list[dict[str, Any]]:
    """Each seed that the analysis in `folder` sets to a number: its file, line and value, in that order."""
    found = {
        (path.relative_to(folder).as_posix(), value.lineno, value.value)
        for path in sorted((folder / "analysis").rglob("*.py"))
        for node in ast.walk(_tree(path))
        for name, value in _bound(node)
        if name.lower() == "seed" and isinstance(value, ast.Constant) and type(value.value) is int
    }
    return [{"file": file, "line": line, "seed": seed} for file, line, seed in sorted(found)]
