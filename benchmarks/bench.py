"""How fast the project is, as ratios to stated baselines measured in the same run.

`make bench` works in a throw-away copy, runs each pair in turn on the same cores, prints a line a pair and
writes book/how-fast.csv, which the book shows; a pair that is not asked for keeps its row. A machine that does other work at the same time is said to
be busy in the table; its ratios still compare like with like, its seconds mean little.
"""

from __future__ import annotations

import csv
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import yaml

from analysis import paths, tables
from analysis.readings import Library, split
from publish import environment, execute, preview

PYTHON = [sys.executable, "-m"]
# Its script holds the path of its interpreter, which fails where a folder's name has a space.
JUPYTER_BOOK = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()"]
COLUMNS = ["what", "seconds", "baseline", "its seconds", "ratio", "date", "cores", "processor", "load"]
EXECUTING = {"execute_notebooks": "force", "timeout": execute.TIMEOUT_SECONDS}
TABLE = paths.BOOK / "how-fast.csv"
NBVAL = [*PYTHON, "pytest", "--nbval", "--nbval-current-env", "-q", "-p", "no:cacheprovider"]
Pair = tuple[float, float]


def timed(work: Callable[[], object]) -> float:
    """How many seconds `work` takes by the clock on the wall."""
    started = time.monotonic()
    work()
    return time.monotonic() - started


def command(*words: str, folder: Path) -> Callable[[], None]:
    """A run of a command in the copy at `folder`; CalledProcessError when it fails."""

    def run() -> None:
        surroundings = {**os.environ, "PYTHONPATH": str(folder)}
        subprocess.run(words, cwd=folder, env=surroundings, check=True, stdout=subprocess.DEVNULL)

    return run


def copied(folder: Path) -> Path:
    """The project's tracked files in `folder`, with the installed environment linked in."""
    names = subprocess.run(["git", "ls-files", "-z"], cwd=paths.ROOT, capture_output=True, check=True, text=True).stdout
    for name in filter(None, names.split("\0")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(paths.ROOT / name, folder / name)
    (folder / ".venv").symlink_to(paths.ROOT / ".venv")
    return folder


def plain(folder: Path) -> Path:
    """The sources of the site just built in the copy, set so that plain `jupyter-book build` executes the notebooks."""
    source = folder / "plain"
    shutil.copytree(folder / "_build" / "source", source)
    config = yaml.safe_load((source / "_config.yml").read_text("utf-8"))
    config["execute"].update(EXECUTING)
    # What jupyter-book comes with, and of the project only what the pages cannot be read without.
    config["sphinx"]["extra_extensions"].remove("publish.extensions.light_contents")
    config["sphinx"]["extra_extensions"].remove("publish.extensions.side_by_side")
    config.pop("latex", None)
    (source / "_config.yml").write_text(yaml.safe_dump(config, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return source


def cold(folder: Path) -> Pair:
    """A book from nothing, and plain jupyter-book on the same sources with the same notebooks."""
    shutil.rmtree(folder / "_build", ignore_errors=True)
    own = timed(command(*PYTHON, "publish", "book", folder=folder))
    source = plain(folder)
    other = timed(command(*JUPYTER_BOOK, "build", "--quiet", str(source), folder=folder))
    shutil.rmtree(source)
    return own, other


def again(folder: Path) -> Pair:
    """A book to which nothing happened; to be compared with building it."""
    return timed(command(*PYTHON, "publish", "book", folder=folder)), float("nan")


def notebooks(folder: Path) -> Pair:
    """The stored outputs compared by nbval, as `make test` does and one notebook after the other."""
    files = sorted(str(path) for path in (folder / "book").glob("*.ipynb"))
    together = command(*NBVAL, "-n", "2", "--dist", "loadscope", *files, folder=folder)
    return timed(together), timed(command(*NBVAL, *files, folder=folder))


def edit(folder: Path) -> Pair:
    """One paragraph changed in a page that is previewed, and the same page in a whole build of the pages."""
    source, target = folder / "_build" / "shown" / "source", folder / "_build" / "shown" / "site"
    if not (folder / "_build" / "source").exists():
        command(*PYTHON, "publish", "book", folder=folder)()
    shutil.copytree(folder / "_build" / "source", source)
    site: list[preview.Site] = []
    whole = timed(lambda: site.append(preview.Site(source, target)))
    page = source / "cite.md"

    def change() -> None:
        page.write_text(page.read_text("utf-8") + "\nOne more paragraph.\n", encoding="utf-8")
        site[0].update()

    return timed(change), whole


def lookups(folder: Path) -> Pair:
    """The rows of every reading found by the index, and by a loop that filters the whole frame for each."""
    loaded = tables.load()
    readings = [row for row in loaded["readings"].to_dict("records") if row["table"] == "observations"]

    def indexed() -> None:
        library = Library(loaded)
        for row in readings:
            for series in split(row["key"]):
                library.candidates(row, series, loaded.schema.as_of)

    def looped() -> None:
        frame: pd.DataFrame = loaded["observations"]
        for row in readings:
            for series in split(row["key"]):
                same = frame["series_id"].eq(series) & frame["geo"].eq(row["geo"])
                frame[same & frame["counterparty"].eq(row["counterparty"])].to_dict("records")

    return timed(indexed), timed(looped)


MEASURES: dict[str, tuple[str, Callable[[Path], Pair]]] = {
    "a book from nothing": ("plain jupyter-book build of the same pages and notebooks", cold),
    "a book to which nothing happened": ("the book from nothing", again),
    "nine notebooks compared, side by side": ("nbval, one notebook after the other", notebooks),
    "an edit of prose in the preview": ("all pages, side by side", edit),
    "the rows of every reading, by index": ("a pandas loop that filters for each reading", lookups),
}


def processor() -> str:
    """The processor's model, where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def kept() -> dict[str, list[str]]:
    """The rows of the table as it stands, by what they measure."""
    if not TABLE.exists():
        return {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row[0]: row for row in csv.reader(file)}


def main(wanted: list[str]) -> None:
    """Measure all, or the measures whose names hold one of the words given, and write the table."""
    environment.prepare()
    rows, first = kept(), float("nan")
    with tempfile.TemporaryDirectory() as temporary:
        folder = copied(Path(temporary) / "copy")
        for name, (baseline, measure) in MEASURES.items():
            if wanted and not any(word in name for word in wanted):
                continue
            load = os.getloadavg()[0]
            own, other = measure(folder)
            other = first if other != other else other
            first = own if first != first else first
            figures = [f"{own:.2f}", baseline, f"{other:.2f}", f"{own / other:.3f}"]
            machine = [f"{datetime.now(UTC):%Y-%m-%d}", str(os.cpu_count()), processor(), f"{load:.1f}"]
            rows[name] = [name, *figures, *machine]
            print(f"bench: {name}: {own:.2f} s; {baseline}: {other:.2f} s; ratio {own / other:.3f} (load {load:.1f})", flush=True)
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([COLUMNS, *(rows[name] for name in MEASURES if name in rows)])
    print(f"bench: wrote {TABLE.relative_to(paths.ROOT)}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
