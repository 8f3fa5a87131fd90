"""Load the tables as a whole: typed and checked; an invalid table is never loaded.

Every notebook, test process and command loads the project's own tables. They are examined once for a
state of data, rules and packages; the digest of a state without defect is kept beside what was built.
"""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path

from analysis import package, paths, schema
from analysis.errors import Defect, InvalidData
from analysis.package import Tables

__all__ = ["Tables", "check", "digest", "load"]

SOUND = paths.BUILD / "sound"


def _examine(folder: Path) -> tuple[Tables, list[Defect]]:
    """The tables, and everything wrong with them.

    Rules between rows are applied to the rows that are sound by themselves; rules on what is missing
    wait until every row is, since a broken row is not a missing one.
    """
    from analysis import checks  # not needed, nor are its libraries, for a state known to be sound

    described = schema.read(folder)
    tables, defects = package.read(described)
    if any(not defect.row or defect.row == 1 for defect in defects):
        return tables, sorted(set(defects))
    defects += [defect for rule in checks.OF_CELLS for defect in rule(tables)]
    sound = package.without(tables, defects)
    defects += [defect for rule in checks.BETWEEN_ROWS for defect in rule(sound)]
    if all(len(sound[name]) == len(tables[name]) for name in tables) and not defects:
        defects += [defect for rule in checks.ON_ABSENCE for defect in rule(sound)]
    return sound, sorted(set(defects))


def check(folder: Path = paths.DATA) -> list[Defect]:
    """Every defect of every table of `folder`, in order; InputError when there is no schema."""
    return _examine(folder)[1]


def load(folder: Path = paths.DATA, anew: bool = False) -> Tables:
    """Load all tables of `folder`; InvalidData lists every defect, and then nothing is loaded.

    `anew` examines them even where their present state is known to be sound.
    """
    own = folder == paths.DATA
    state = _state(folder) if own else ""
    if own and not anew and (SOUND / state).exists():
        return package.trusted(schema.read(folder))
    tables, defects = _examine(folder)
    if defects:
        raise InvalidData(defects)
    if own:
        _keep(state)
    return tables


def digest(folder: Path = paths.DATA) -> str:
    """SHA-256 over the names and bytes of all files of `folder`: the identity of the evidence."""
    return _sha256(folder, "*")


def _sha256(folder: Path, pattern: str) -> str:
    total = hashlib.sha256()
    for path in sorted(path for path in folder.rglob(pattern) if path.is_file()):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


@cache
def _rules() -> str:
    """The identity of what decides whether tables are sound: this package's code, and its libraries."""
    libraries = [f"{name} {version(name)}" for name in ("frictionless", "pandas", "networkx")]
    return " ".join([_sha256(Path(__file__).parent, "*.py"), sys.version, *libraries])


def _state(folder: Path) -> str:
    return hashlib.sha256(f"{digest(folder)} {_rules()}".encode()).hexdigest()


def _keep(state: str) -> None:
    """Remember a sound state, and no other; where nothing can be written, the next load examines again."""
    try:
        SOUND.mkdir(parents=True, exist_ok=True)
        (SOUND / state).touch()
        for other in SOUND.iterdir():
            if other.name != state:
                other.unlink(missing_ok=True)
    except OSError:
        pass
