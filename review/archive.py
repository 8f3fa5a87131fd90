"""A bundle of everything, with checksums: the same bytes each time, and the book builds from it without a network.

It is a plain tar file, since what zlib makes of the same bytes differs from machine to machine: names in order,
one date, no owner. Beside the sources lie the built site and the list of packages, or the packages themselves.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

from analysis import paths
from analysis.errors import InputError
from review import copying
from review.findings import Result
from review.stages.book import digests
from review.stages.environment import pins

DATE = 315532800  # 1980, as in publish.environment: the first day a zip file can hold
SUMS, PACKAGES, SITE, WHEELS = "SHA256SUMS", "PACKAGES.txt", "site", "wheels"
SKIPPED = {"_build", ".venv", ".git", "__pycache__", ".ipynb_checkpoints", ".hypothesis", WHEELS, SITE}


def sources(folder: Path) -> list[str]:
    """The project's own files by name: those that git tracks, or all but what is made, where there is no repository."""
    if copying.is_repository(folder):
        listed = copying.git(folder, "ls-files", "-z").split("\0")
        return sorted(name for name in listed if name and (folder / name).is_file())
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    made = (SUMS, PACKAGES)
    return sorted(
        path.as_posix()
        for path in found
        if not SKIPPED.intersection(path.parts)
        and path.as_posix() not in made
        and not any(part.endswith(("_cache", ".egg-info")) for part in path.parts)
    )


def packages(lock: str) -> str:
    """The packages of a lock file with their hashes, one a line."""
    return "".join(f"{said} {' '.join(sorted(one.removeprefix('--hash=') for one in hashes))}\n" for _, said, hashes in pins(lock))


def contents(folder: Path, wheels: Path | None = None) -> Iterator[tuple[str, bytes, bool]]:
    """Name, bytes and whether it can be run, for each file of the bundle but the checksums."""
    for name in sources(folder):
        yield name, (folder / name).read_bytes(), bool((folder / name).stat().st_mode & 0o100)
    yield PACKAGES, packages((folder / "requirements.txt").read_text("utf-8")).encode(), False
    for top, name in ((folder / "_build" / "html", SITE), (wheels, WHEELS)):
        if top is None:
            continue
        for path in sorted(top.rglob("*")):
            if path.is_file():
                yield f"{name}/{path.relative_to(top).as_posix()}", path.read_bytes(), False


def write(folder: Path, target: Path, wheels: Path | None = None) -> str:
    """Write the bundle of `folder` to `target`; return its SHA-256 (hex)."""
    if not (folder / "_build" / "html" / "index.html").exists():
        raise InputError("there is no built site to put into the archive; run `make book`")
    files = sorted(contents(folder, wheels))
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content, _ in files)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(target, "w", format=tarfile.GNU_FORMAT) as packed:
        for name, content, runs in [*files, (SUMS, sums.encode(), False)]:
            entry = tarfile.TarInfo(f"{target.stem}/{name}")
            entry.size, entry.mtime, entry.mode = len(content), DATE, 0o755 if runs else 0o644
            packed.addfile(entry, io.BytesIO(content))
    return hashlib.sha256(target.read_bytes()).hexdigest()


def check(bundle: Path, folder: Path | None = None) -> Result:
    """Every file of a bundle against its checksums, and, where a folder is given, against that folder's sources."""
    result = Result()
    try:
        with tarfile.open(bundle) as packed, tempfile.TemporaryDirectory() as place:
            packed.extractall(place, filter="data")
            (top,) = Path(place).iterdir()
            found = digests(top)
            lines = [line.split("  ", 1) for line in (top / SUMS).read_text("utf-8").splitlines()]
            listed = {name: digest for digest, name in lines}
    except (OSError, ValueError, tarfile.TarError) as error:
        result.add(bundle.name, f"cannot be read as an archive with {SUMS}: {error}")
        return result
    found.pop(SUMS)
    for name in sorted(found.keys() | listed.keys()):
        if found.get(name) != listed.get(name):
            problem = "is not in the archive" if name not in found else "is not listed" if name not in listed else "has other bytes than listed"
            result.add(f"{SUMS}, {name}", problem)
    for name in sources(folder) if folder else ():
        if folder and found.get(name) != hashlib.sha256((folder / name).read_bytes()).hexdigest():
            result.add(f"{bundle.name}, {name}", "is not in the archive as it is in the project")
    result.facts = {"files": len(listed), "bytes": bundle.stat().st_size, "packages_carried": sum(name.startswith(f"{WHEELS}/") for name in found)}
    return result


def download(folder: Path, target: Path) -> None:
    """Fetch the packages of the lock file for this platform, each checked by its hash."""
    print("archive: fetching the packages of requirements.txt", flush=True)
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "download", "--require-hashes"]
    if subprocess.call([*command, "-r", str(folder / "requirements.txt"), "-d", str(target)]) != 0:
        raise InputError("the packages could not be fetched; what pip said stands above")


def main(arguments: list[str]) -> int:
    """Write the bundle, or check one; 1 when it is not what its checksums say."""
    parser = argparse.ArgumentParser(prog="python -m review archive", description=__doc__)
    parser.add_argument("--wheels", action="store_true", help="put the packages for this platform into it")
    parser.add_argument("--check", type=Path, metavar="FILE", help="check a bundle instead of writing one")
    parser.add_argument("--folder", type=Path, default=paths.ROOT, help="the project that is bundled")
    parser.add_argument("--target", type=Path, help="folder of the bundle (default: _build/archive)")
    parsed = parser.parse_args(arguments)
    if parsed.check:
        result = check(parsed.check)
        print("\n".join(map(str, sorted(result.findings))) or f"all {result.facts['files']} files are what {SUMS} says")
        return 1 if result.findings else 0
    folder = parsed.folder.resolve()
    project = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))["project"]
    target = (parsed.target or folder / "_build" / "archive") / f"{project['name']}-{project['version']}.tar"
    if changed := copying.is_repository(folder) and copying.git(folder, "status", "--porcelain"):
        print(f"archive: {len(changed.splitlines())} files differ from the committed state and go in as they are", flush=True)
    with tempfile.TemporaryDirectory() as place:
        wheels = Path(place) if parsed.wheels else None
        if wheels:
            download(folder, wheels)
        print("archive: packing sources, site and checksums", flush=True)
        digest = write(folder, target, wheels)
    target.with_suffix(".tar.sha256").write_text(f"{digest}  {target.name}\n", encoding="utf-8")
    print(f"The archive is ready ({target.stat().st_size / 2**20:.0f} MB), SHA-256 {digest}:\n{target}")
    return 0
