"""The stages of the run, in their order. Each is a module whose `check(folder)` looks at a copy of the project."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from review.findings import Result


@dataclass(frozen=True)
class Stage:
    """`name` is that of its module and of the option; `title` says what it looks at."""

    name: str
    title: str

    def check(self, folder: Path) -> Result:
        result: Result = import_module(f"review.stages.{self.name}").check(folder)
        return result


STAGES = (
    Stage("environment", "The installed packages are those of the lock file"),
    Stage("data", "The tables obey their schema and rules"),
    Stage("style", "Style and types of the code"),
    Stage("tests", "Tests of data and code"),
    Stage("notebooks", "Every notebook executed anew, every output compared"),
    Stage("book", "The book built twice in different surroundings, bytes compared"),
    Stage("browser", "Tests of the built book, in a browser"),
    Stage("second", "Every verdict by a second path that shares no code"),
    Stage("numbers", "No number of the prose is typed"),
    Stage("provenance", "What machines read: crate, citation, arguments, schemas"),
    Stage("archive", "The archive is complete and the same twice"),
)
BY_NAME = {stage.name: stage for stage in STAGES}
