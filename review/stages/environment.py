"""The lock file pins every package by version and hash, and what is installed is what it pins."""

from __future__ import annotations

import os
import platform
import re
from importlib.metadata import PackageNotFoundError, distributions, version
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from review.findings import Result

LOCK, CHOSEN = "requirements.txt", "requirements.in"
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
OWN = {"five-arguments-tested", "pip", "setuptools", "wheel"}


def pins(text: str) -> list[tuple[int, str, list[str]]]:
    """The requirements of a lock file: line, requirement, hashes as written."""
    found: list[tuple[int, str, list[str]]] = []
    for number, line in enumerate(text.splitlines(), 1):
        said = line.strip().removesuffix("\\").strip()
        if said.startswith("--hash") and found:
            found[-1][2].append(said)
        elif said and not said.startswith(("#", "--")):
            found.append((number, said, []))
    return found


def check_lock(text: str, chosen: str, result: Result) -> dict[str, Requirement]:
    """Add what is wrong with a lock file to `result`; return its requirements for this machine by name."""
    wanted: dict[str, Requirement] = {}
    everywhere = set()
    for number, said, hashes in pins(text):
        place = f"{LOCK}, line {number}"
        try:
            requirement = Requirement(said)
        except InvalidRequirement as error:
            result.add(place, f"{said!r} is no requirement ({str(error).splitlines()[0]}); run `make lock`")
            continue
        everywhere.add(canonicalize_name(requirement.name))
        if not re.fullmatch(r"==[^*,]+", str(requirement.specifier)):
            result.add(place, f"{said!r} names no single version; run `make lock`")
        if not hashes or not all(HASH.fullmatch(one) for one in hashes):
            result.add(place, f"{requirement.name} has no proper SHA-256 hash; run `make lock`")
        if requirement.marker is None or requirement.marker.evaluate():
            wanted[canonicalize_name(requirement.name)] = requirement
    for number, line in enumerate(chosen.splitlines(), 1):
        said = line.partition("#")[0].strip()
        if said and canonicalize_name(Requirement(said).name) not in everywhere:
            result.add(f"{CHOSEN}, line {number}", f"{said!r} is not locked; run `make lock`")
    return wanted


def check(folder: Path) -> Result:
    """The lock file in `folder` against itself and against this interpreter's packages."""
    result = Result()
    wanted = check_lock((folder / LOCK).read_text("utf-8"), (folder / CHOSEN).read_text("utf-8"), result)
    for name, requirement in sorted(wanted.items()):
        try:
            found = version(name)
        except PackageNotFoundError:
            result.add(f"{LOCK}, {name}", "is locked and not installed; run `make setup`")
            continue
        if not requirement.specifier.contains(found, prereleases=True):
            result.add(f"{LOCK}, {name}", f"{requirement.specifier} is locked and {found} is installed; run `make setup`")
    installed = {canonicalize_name(one.metadata["Name"]) for one in distributions()}
    if beside := sorted(installed - set(wanted) - OWN):
        result.notes.append(f"installed beside the lock file and not part of it: {', '.join(beside)}")
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    result.facts = {
        "platform": platform.platform(),
        "machine": platform.machine(),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "cores": os.cpu_count(),
        "memory_bytes": memory,
        "packages_locked": len(wanted),
        "packages": {name: version(name) for name in sorted(wanted) if name in installed},
    }
    return result
