"""Stored notebooks hold nothing that differs from machine to machine."""

from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from publish import notebooks


def example() -> nbformat.NotebookNode:
    cell = new_code_cell("1 + 1", metadata={"execution": {"iopub.execute_input": "2026"}, "tags": ["hide-input"]})
    cell.outputs = [new_output("execute_result", {"text/plain": "2"}, execution_count=1, metadata={"timing": 3})]
    notebook = new_notebook(cells=[new_markdown_cell("# Title"), cell, new_code_cell("1 + 1")])
    notebook.metadata = {"language_info": {"name": "python", "version": "3.11.7"}, "widgets": {}, "kernelspec": {}}
    return notebook


def test_ids_come_from_the_text_and_survive_an_insertion() -> None:
    before = [cell.id for cell in notebooks.normalised(example()).cells]
    longer = example()
    longer.cells.insert(0, new_markdown_cell("Before"))
    assert [cell.id for cell in notebooks.normalised(longer).cells][1:] == before
    assert len(set(before)) == 3


def test_timings_versions_and_widgets_go_and_tags_stay() -> None:
    notebook = notebooks.normalised(example())
    assert notebook.metadata == {"kernelspec": notebooks.KERNEL, "language_info": {"name": "python"}}
    assert notebook.cells[1].metadata == {"tags": ["hide-input"]}
    assert notebook.cells[1].outputs[0].metadata == {}
    nbformat.validate(notebook)


def test_writing_twice_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    assert notebooks.write(example(), path)
    first = path.read_bytes()
    assert not notebooks.write(notebooks.read(path), path)
    assert path.read_bytes() == first
