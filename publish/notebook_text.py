"""A notebook as text for `git diff`: its cells, and of each output what a person reads; no pictures, no markup.

Runs on any Python 3 with nothing installed, since git starts it: python3 publish/notebook_text.py NOTEBOOK
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from typing import Any


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def _output(output: Mapping[str, Any]) -> str:
    """Sentences as they are, a figure or table by its name and title, an error by its last line."""
    if "ename" in output:
        return f"{output['ename']}: {output.get('evalue', '')}"
    if "text" in output:
        return _joined(output["text"])
    data = output.get("data", {})
    return _joined(data.get("text/markdown") or data.get("text/plain") or f"({', '.join(sorted(data))})")


def lines(notebook: Mapping[str, Any]) -> Iterator[str]:
    """The lines of a notebook: `%%` begins a cell, `->` stands before what it put out."""
    for cell in notebook["cells"]:
        yield f"%% {cell['cell_type']}"
        yield from _joined(cell["source"]).splitlines()
        for output in cell.get("outputs", []):
            yield from (f"-> {line}" for line in _output(output).splitlines())
        yield ""


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        read = file.read()
    try:
        print("\n".join(lines(json.loads(read))))
    except (ValueError, KeyError, TypeError):  # no notebook: let git compare what is there
        print(read)
