"""The archive: written twice from copies, the same bytes, and complete by its own checksums."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from analysis.errors import InputError
from review import archive
from review.findings import Result
from review.stages.book import LEFT_OUT


def check(folder: Path) -> Result:
    """Bundle `folder`, and a copy of it whose files are all new, and compare."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "copy"
        shutil.copytree(folder, copy, ignore=LEFT_OUT, copy_function=shutil.copy)
        if (folder / "_build" / "html").exists():
            shutil.copytree(folder / "_build" / "html", copy / "_build" / "html")
        one, other = Path(place) / "one" / "project.tar", Path(place) / "other" / "project.tar"
        try:
            first, second = archive.write(folder, one), archive.write(copy, other)
        except InputError as error:
            result = Result()
            result.add("archive", str(error))
            return result
        result = archive.check(one, folder)
        if first != second:
            result.add("archive", f"two bundles of the same files differ: {first} and {second}")
        result.facts["sha256"] = first
    return result
