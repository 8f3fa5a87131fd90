"""Execute the chapters, each once for a state of cells, data and analysis."""

from __future__ import annotations

import logging
import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

from jupyter_cache import get_cache
from jupyter_cache.base import JupyterCacheAbstract
from jupyter_cache.executors import load_executor
from nbformat import NotebookNode

from analysis import paths
from publish import digest, notebooks
from publish.errors import BuildFailed

TIMEOUT_SECONDS = 600
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def _cache(folder: Path) -> JupyterCacheAbstract:
    """The cache for the present data and analysis; those of other states are removed.

    jupyter-cache itself looks at code cells only, so data and modules are made part of its address.
    """
    wanted = folder / digest.results()[:16]
    for other in folder.glob("*"):
        if other != wanted:
            shutil.rmtree(other)
    wanted.mkdir(parents=True, exist_ok=True)
    return get_cache(wanted)


def _failure(path: Path, traceback: str) -> str:
    """Which cell it was, and what it said."""
    number = next(
        (
            str(index)
            for index, cell in enumerate(notebooks.read(path).cells, 1)
            if cell.cell_type == "code" and cell.source.strip() and cell.source.strip() in traceback
        ),
        "?",
    )
    said = COLOUR.sub("", traceback)
    start = said.find("An error occurred while executing")
    return f"{path.name}, cell {number}: {said[max(start, 0):].strip()}"


def execute(files: Sequence[Path], cache_folder: Path = paths.BUILD / "cache") -> dict[Path, NotebookNode]:
    """The executed notebooks by file.

    Cells run in the folder of their file. What was executed before with the same cells, data and
    analysis comes from the cache. When a cell raises, BuildFailed names notebook, cell and error.
    """
    cache = _cache(cache_folder)
    for record in cache.list_project_records():
        cache.remove_nb_from_project(record.pk)
    for file in files:
        cache.add_nb_to_project(str(file))
    stale = [Path(record.uri) for record in cache.list_unexecuted()]
    if stale:
        print(f"execute: {len(stale)} of {len(files)}: {', '.join(file.stem for file in stale)}", flush=True)
        logger = logging.getLogger("publish.execute")
        logger.setLevel(logging.CRITICAL)
        # Kernels share the cores among themselves; a loop inside one of them stays on its own.
        with patch.dict(os.environ, LOKY_MAX_CPU_COUNT="1"):
            outcome = load_executor("local-parallel", cache=cache, logger=logger).run_and_cache(
                timeout=TIMEOUT_SECONDS, allow_errors=False
            )
        failures = [
            _failure(Path(uri), cache.get_project_record(uri).traceback or "no traceback was kept")
            for uri in sorted([*outcome.excepted, *outcome.errored])
        ]
        if failures:
            raise BuildFailed("\n\n".join(failures))
    elif files:
        print(f"execute: all {len(files)} are up to date", flush=True)
    # cell_meta: the tags of the file, which may have changed since the cells were executed, win.
    return {file: cache.merge_match_into_notebook(notebooks.read(file), cell_meta=())[1] for file in files}
