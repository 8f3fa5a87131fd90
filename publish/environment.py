"""The surroundings in which notebooks and pages are made, so that no result depends on the caller's."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from analysis import paths

SETTINGS = {
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    # A kernel imports this folder's modules even where the virtual environment belongs to another copy.
    "PYTHONPATH": str(paths.ROOT),
    "PYTHONSAFEPATH": "",
    "PYTHONSTARTUP": "",
    "MPLBACKEND": "agg",
    # A reader's own start-up files and styles would change what cells print and draw.
    "IPYTHONDIR": str(paths.BUILD / "ipython"),
    "MPLCONFIGDIR": str(paths.BUILD / "matplotlib"),
    "JUPYTER_CONFIG_DIR": str(paths.BUILD / "jupyter"),
    # Notebooks run side by side; sums over several threads would also differ in their last digits.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "LANG": "C.UTF-8",
    "LANGUAGE": "",
    # Whatever stamps a date takes this one (1980, the first a zip file can hold), never the hour of the build.
    "SOURCE_DATE_EPOCH": "315532800",
}


def prepare() -> None:
    """Set the surroundings for this process's children and make the folders they name."""
    os.environ.update(SETTINGS)
    for name in ("IPYTHONDIR", "MPLCONFIGDIR", "JUPYTER_CONFIG_DIR"):
        os.makedirs(SETTINGS[name], exist_ok=True)
    profile = paths.BUILD / "ipython" / "profile_default"
    profile.mkdir(exist_ok=True)
    # Kernels listen on this machine only; their warning of it at every start would hide real ones.
    (profile / "ipython_kernel_config.py").write_text("get_config().IPKernelApp.log_level = 40\n")


def enter(module: str, arguments: Sequence[str]) -> None:
    """Start `python -m module arguments` anew where this process has other surroundings.

    The hash seed and the locale are read when an interpreter starts, so setting them later is too late.
    """
    if any(os.environ.get(name) != value for name, value in SETTINGS.items()):
        prepare()
        os.execv(sys.executable, [sys.executable, "-m", module, *arguments])
    prepare()
