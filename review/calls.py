"""What a cell calls, and which rows the called function names: read from the code, without running it."""

from __future__ import annotations

import ast
from collections.abc import Collection
from functools import cache
from pathlib import Path


def imported(tree: ast.AST) -> dict[str, str]:
    """Every name that the code imports, with its full name."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.asname or alias.name: alias.name for alias in node.names}
    return names


def called(source: str, known: dict[str, str]) -> list[str]:
    """The full names of the functions in the last statement of a cell, the outermost first.

    `known` holds the imported names of the cells before, and takes those of this one.
    """
    tree = ast.parse(source)
    known |= imported(tree)
    found = []
    for node in ast.walk(tree.body[-1]) if tree.body else ():
        if isinstance(node, ast.Call):
            first, dot, rest = ast.unparse(node.func).partition(".")
            if first in known:
                found.append(known[first] + dot + rest)
    return list(dict.fromkeys(found))


def literals(tree: ast.AST) -> set[str]:
    """The text literals of some code."""
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


@cache
def _functions(path: Path) -> dict[str, ast.FunctionDef]:
    return {node.name: node for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.FunctionDef)}


def named(folder: Path, function: str, wanted: Collection[str]) -> set[str]:
    """Which of some ids stand in the code of a function, or of those of its own module that it calls."""
    module, _, name = function.rpartition(".")
    path = folder / f"{module.replace('.', '/')}.py"
    functions = _functions(path) if path.exists() else {}
    found: set[str] = set()
    waiting, seen = [name], set()
    while waiting:
        current = waiting.pop()
        if current not in functions or current in seen:
            continue
        seen.add(current)
        found |= literals(functions[current]).intersection(wanted)
        waiting += [node.id for node in ast.walk(functions[current]) if isinstance(node, ast.Name)]
    return found
