"""The book built twice, the second time elsewhere and under other surroundings; every byte compared."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from review import command
from review.findings import Result

LEFT_OUT = shutil.ignore_patterns("_build", ".venv", ".git", "__pycache__", ".*_cache", "*.egg-info")
ELSEWHERE = "another folder, with spaces"
HERE_SET = {"TZ": "America/New_York", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "4242"}
ELSEWHERE_SET = {"TZ": "Asia/Shanghai", "LANG": "zh_CN.UTF-8", "LC_ALL": "zh_CN.UTF-8", "PYTHONHASHSEED": "1"}


def digests(folder: Path, skipped: tuple[str, ...] = ()) -> dict[str, str]:
    """The SHA-256 (hex) of every file under `folder` by its name there, without the top folders `skipped`."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.relative_to(folder).parts[0] not in skipped and "__pycache__" not in path.parts
    }


def first_difference(one: Path, other: Path) -> str:
    """Where two files part, by line, with what each holds there."""
    ours, theirs = one.read_bytes().splitlines(), other.read_bytes().splitlines()
    for number, (left, right) in enumerate(zip(ours, theirs, strict=False), 1):
        if left != right:
            at = next((place for place, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), 0)
            around = slice(max(at - 40, 0), at + 40)
            return f"line {number}: …{left[around].decode('utf-8', 'replace')!r}… and …{right[around].decode('utf-8', 'replace')!r}…"
    return f"{len(ours)} and {len(theirs)} lines"


def compare(one: Path, other: Path, result: Result) -> int:
    """Add each file that differs between two sites to `result`; return how many were compared."""
    ours, theirs = digests(one), digests(other)
    for name in sorted(ours.keys() | theirs.keys()):
        if name not in ours or name not in theirs:
            result.add(name, f"is only in the {'first' if name in ours else 'second'} build")
        elif ours[name] != theirs[name]:
            result.add(name, f"differs between two builds, {first_difference(one / name, other / name)}")
    return len(ours)


def check(folder: Path) -> Result:
    """Build in `folder` and in a copy beside it; the first site stays for the stages that follow."""
    result = Result()
    other = folder.parent / ELSEWHERE
    shutil.rmtree(other, ignore_errors=True)
    shutil.copytree(folder, other, ignore=LEFT_OUT)
    shutil.rmtree(folder / "_build" / "html", ignore_errors=True)
    kept = ("_build", ".venv", ".git")
    before = digests(folder, kept)
    for place, settings in ((folder, HERE_SET), (other, ELSEWHERE_SET)):
        done = command.python(place, "publish", "book", **settings)
        if done.status:
            result.add("book", done.last)
            return result
    for name in sorted(name for name, digest in digests(folder, kept).items() if before.get(name) != digest):
        result.add(name, "was written by the build, which must write no file of the project")
    count = compare(folder / "_build" / "html", other / "_build" / "html", result)
    shutil.rmtree(other)
    result.facts = {"files_compared": count, "first": HERE_SET, "second": {"folder": ELSEWHERE, **ELSEWHERE_SET}}
    return result
