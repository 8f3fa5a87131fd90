"""Every chapter executed from nothing; every output compared with the stored one."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import nbformat

from review import command
from review.findings import Result

AROUND = 40


def difference(stored: str, made: str) -> str:
    """The first place where two texts part, with a few letters around it."""
    at = next((place for place, (one, other) in enumerate(zip(stored, made, strict=False)) if one != other), min(len(stored), len(made)))
    start = max(at - AROUND, 0)
    return f"stored …{stored[start : at + AROUND]!r}…, made anew …{made[start : at + AROUND]!r}…"


def _shown(output: dict[str, Any]) -> dict[str, str]:
    """The parts of an output, as text each."""
    data = {"text": output["text"]} if "text" in output else dict(output.get("data", {}))
    if output["output_type"] == "error":
        data["error"] = f"{output['ename']}: {output['evalue']}"
    return {kind: part if isinstance(part, str) else json.dumps(part, sort_keys=True) for kind, part in data.items()}


def compare(name: str, stored: nbformat.NotebookNode, made: nbformat.NotebookNode, result: Result) -> int:
    """Add every output of `made` that is another in `stored` to `result`; return how many were compared."""
    compared = 0
    for number, (old, new) in enumerate(zip(stored.cells, made.cells, strict=True), 1):
        if old.cell_type != "code":
            continue
        place = f"{name}, cell {number}"
        olds, news = [list(map(_shown, cell.outputs)) for cell in (old, new)]
        compared += len(news)
        if len(olds) != len(news):
            result.add(place, f"{len(olds)} outputs are stored and {len(news)} were made; run `make notebooks` and look at the change")
        for one, other in zip(olds, news, strict=False):
            for kind in sorted(one.keys() | other.keys()):
                if one.get(kind) != other.get(kind):
                    result.add(place, f"{kind} differs: {difference(one.get(kind, ''), other.get(kind, ''))}")
    return compared


def check(folder: Path) -> Result:
    """Execute the notebooks in `folder`/book with an empty cache; the stored files are put back."""
    result = Result()
    book = folder / "book"
    stored = {path: path.read_bytes() for path in sorted(book.glob("*.ipynb"))}
    shutil.rmtree(folder / "_build" / "cache", ignore_errors=True)
    done = command.python(folder, "publish", "notebooks")
    compared = 0
    for path, before in stored.items():
        old, new = nbformat.reads(before.decode("utf-8"), as_version=4), nbformat.read(path, as_version=4)
        path.write_bytes(before)
        if done.status == 0:
            compared += compare(f"book/{path.name}", old, new, result)
    if done.status:
        said = done.errors.removeprefix("notebooks: ").strip()
        result.add(said.partition(":")[0], said.partition(":")[2].strip()[-1500:] or done.last)
    result.facts = {"notebooks": len(stored), "outputs_compared": compared}
    return result
