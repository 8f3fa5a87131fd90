"""The mutants of a module: its source with one place changed, by mutmut's operators.

What says something to a reader and decides nothing is left alone: docstrings, type annotations, imports,
decorators, and texts with a space in them, which are messages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators

LEFT_ALONE = (cst.Annotation, cst.Import, cst.ImportFrom, cst.Decorator)
TEXTS = (cst.SimpleString, cst.FormattedString, cst.ConcatenatedString)


@dataclass(frozen=True)
class Mutant:
    """One changed place: where it is, which operator changes it, what stands there and what would."""

    module: str
    line: int
    function: str
    operator: str
    before: str
    after: str
    tree: cst.Module = field(repr=False, compare=False)
    nodes: tuple[cst.CSTNode, cst.CSTNode] = field(repr=False, compare=False)

    @property
    def source(self) -> str:
        """The module's source with the change."""
        changed = self.tree.deep_replace(*self.nodes)
        return changed.code if isinstance(changed, cst.Module) else self.tree.code


def _message(node: cst.CSTNode) -> bool:
    """Whether a node is a text for a reader."""
    return isinstance(node, TEXTS) and " " in cst.Module([]).code_for_node(node)


def _drops_message(before: cst.CSTNode, after: cst.CSTNode) -> bool:
    """Whether a changed call differs by nothing but a text for a reader."""
    if not (isinstance(before, cst.Call) and isinstance(after, cst.Call)):
        return False
    kept = {id(argument) for argument in after.args}
    gone = [argument for argument in before.args if id(argument) not in kept]
    return bool(gone) and all(_message(argument.value) for argument in gone)


class _Changes(cst.CSTVisitor):
    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str, str, cst.CSTNode, cst.CSTNode]] = []
        self._inside: list[str] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, LEFT_ALONE) or _message(node):
            return False
        if isinstance(node, cst.FunctionDef | cst.ClassDef):
            self._inside.append(node.name.value)
        for kind, operator in mutation_operators:
            if not isinstance(node, kind):
                continue
            for changed in operator(node):
                if not _drops_message(node, changed):
                    line = self.get_metadata(PositionProvider, node).start.line
                    name = operator.__name__.removeprefix("operator_")
                    self.found.append((line, ".".join(self._inside), name, node, changed))
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if isinstance(original_node, cst.FunctionDef | cst.ClassDef):
            self._inside.pop()


def mutants(module: str, source: str) -> Sequence[Mutant]:
    """Every mutant of the module with this source, in the order of its lines."""
    wrapper = MetadataWrapper(cst.parse_module(source))
    changes = _Changes()
    wrapper.visit(changes)
    tree = wrapper.module

    def written(node: cst.CSTNode) -> str:
        return " ".join(tree.code_for_node(node).split())

    return [
        Mutant(module, line, function, operator, written(before), written(after), tree, (before, after))
        for line, function, operator, before, after in changes.found
    ]
