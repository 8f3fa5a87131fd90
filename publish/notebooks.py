"""Notebooks as files: read, normalised, written the same on every machine."""

from __future__ import annotations

import hashlib
from pathlib import Path

import nbformat
from nbformat import NotebookNode, ValidationError
from nbformat.reader import NotJSONError

from analysis.schema import PROBLEMS
from publish.errors import BuildFailed

LANGUAGE = "python"
KERNEL = {"display_name": "Python 3", "language": LANGUAGE, "name": "python3"}
KEPT_CELL_METADATA = ("tags", "mystnb")


def read(path: Path) -> NotebookNode:
    """The notebook in `path`, in the current format; BuildFailed names the file and the mend when it is none.

    One without kernel gets the book's when it is written; one of another language is refused.
    """
    mend = "restore it, or write it anew with Jupyter"
    try:
        text = path.read_text("utf-8")
        notebook = nbformat.reads(text, as_version=4)
    except OSError as error:
        raise BuildFailed(f"{path}: {PROBLEMS.get(type(error), error.strerror)}; restore it") from None
    except (UnicodeDecodeError, NotJSONError):
        raise BuildFailed(f"{path}: not a notebook (no JSON text); {mend}") from None
    except (ValidationError, AttributeError, TypeError, KeyError):
        raise BuildFailed(f"{path}: not a notebook (no cells); {mend}") from None
    if not notebook.get("cells"):
        raise BuildFailed(f"{path}: not a notebook (no cells); {mend}")
    language = notebook.metadata.get("kernelspec", {}).get("language", LANGUAGE)
    if language != LANGUAGE:
        raise BuildFailed(f"{path}: written for the language {language}; write its cells in Python, for kernel python3")
    return notebook


def normalised(notebook: NotebookNode) -> NotebookNode:
    """The same notebook without what differs from machine to machine or from run to run.

    Cell ids come from the cells' text, so inserting a cell changes no other id; timings, widget
    state, interpreter versions and editors' metadata go.
    """
    notebook = nbformat.from_dict(notebook)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    notebook.metadata = nbformat.from_dict({"kernelspec": KERNEL, "language_info": {"name": "python"}})
    seen: dict[str, int] = {}
    for cell in notebook.cells:
        name = hashlib.sha256(f"{cell.cell_type}\0{cell.source}".encode()).hexdigest()[:12]
        seen[name] = seen.get(name, 0) + 1
        cell.id = name if seen[name] == 1 else f"{name}-{seen[name]}"
        cell.metadata = nbformat.from_dict({k: v for k, v in cell.metadata.items() if k in KEPT_CELL_METADATA})
        for output in cell.get("outputs", []):
            if "metadata" in output:
                output.metadata = nbformat.from_dict({})
    return notebook


def write(notebook: NotebookNode, path: Path) -> bool:
    """Write `notebook`, normalised, to `path`; say whether that changed the file."""
    text = nbformat.writes(normalised(notebook), version=4).rstrip("\n") + "\n"
    if path.exists() and path.read_text("utf-8") == text:
        return False
    path.write_text(text, encoding="utf-8")
    return True
