"""A clean copy of the project, and the environment it runs in."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from analysis.errors import InputError
from publish import setup
from review import command
from review.findings import Result
from review.stages.book import LEFT_OUT

SETUP = Path("publish") / "setup.py"


def git(folder: Path, *arguments: str) -> str:
    """What git says of the repository in `folder`; empty where it is none or git is missing."""
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def is_repository(folder: Path) -> bool:
    """Whether `folder` is the top of a git repository, or of a work tree of one."""
    top = git(folder, "rev-parse", "--show-toplevel")
    return bool(top) and Path(top).resolve() == folder.resolve()


def export(source: Path, target: Path, revision: str = "HEAD") -> None:
    """Write the files of a revision of the repository `source` to the new folder `target`."""
    target.mkdir(parents=True)
    with subprocess.Popen(["git", "-C", str(source), "archive", "--format=tar", revision], stdout=subprocess.PIPE) as packed:
        subprocess.run(["tar", "-x", "-C", str(target)], stdin=packed.stdout, check=True)
    if packed.returncode:
        raise InputError(f"git could not export {revision} of {source}; is it committed?")


def copy(source: Path, target: Path) -> Result:
    """The committed state of `source`, or its files where it is no repository, in the new folder `target`."""
    result = Result()
    if not (source / SETUP).exists():
        raise InputError(f"{source}: holds no copy of this project ({SETUP} is missing); name its top folder")
    if not is_repository(source):
        shutil.copytree(source, target, ignore=LEFT_OUT)
        result.facts["source"] = "the files of a folder that is no repository"
        return result
    export(source, target)
    result.facts["source"] = f"the committed state {git(source, 'rev-parse', 'HEAD')}"
    if changed := git(source, "status", "--porcelain"):
        result.notes.append(f"{len(changed.splitlines())} files of the folder differ from the committed state and were left out")
    return result


def matching(source: Path, target: Path) -> bool:
    """Whether the environment of `source` was installed from the very lock file that `target` holds."""
    stamp = source / ".venv" / "installed.sha256"
    return stamp.exists() and stamp.read_text().strip() == setup.wanted(str(target))


def install(source: Path, target: Path, environment: str, result: Result) -> Path | None:
    """Give `target` its environment, made anew or that of `source`; return its Python, or None where that failed."""
    if environment == "reuse":
        if not matching(source, target):
            raise InputError(
                "the installed environment was made from another requirements.txt or pyproject.toml; "
                "run `make setup`, or leave out --environment reuse"
            )
        (target / ".venv").symlink_to((source / ".venv").resolve())
        result.facts["environment"] = "reused: made earlier from this very lock file"
    else:
        # The interpreter below the virtual environment: a fresh one must not lean on the installed packages.
        base = getattr(sys, "_base_executable", sys.executable)
        done = command.run([base, str(target / SETUP)], target, PYTHONPATH="")
        if done.status:
            result.add("requirements.txt", f"the environment cannot be made from it: {done.last}")
            return None
        result.facts["environment"] = f"made anew from the lock file in {done.seconds:.0f} s, every file checked by its hash"
    return target / ".venv" / "bin" / "python"
