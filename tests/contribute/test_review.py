"""What a contributor's tools rest on: hooks that run what `make` runs, forms that ask for the claim, readable diffs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, writes

from analysis import cli, paths
from publish import notebook_text

FORMS = sorted((paths.ROOT / ".github" / "ISSUE_TEMPLATE").glob("[!c]*.yml"))


def test_the_hook_runs_what_make_runs() -> None:
    config = yaml.safe_load((paths.ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    (hook,) = (hook for repository in config["repos"] for hook in repository["hooks"])
    assert [repository["repo"] for repository in config["repos"]] == ["local"]  # nothing is fetched
    assert hook["entry"] == "make test-fast" and hook["pass_filenames"] is False
    assert "\ntest-fast:" in (paths.ROOT / "Makefile").read_text("utf-8")


def test_tests_in_a_hook_leave_the_commit_alone(tmp_path: Path) -> None:
    index = tmp_path / "index.lock"  # what `git commit -a` names to its hooks
    test = "tests/review/test_run.py::test_the_committed_state_is_copied_and_the_rest_is_named"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "0", test],
        cwd=paths.ROOT, env={**os.environ, "GIT_INDEX_FILE": str(index)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0 and not index.exists(), done.stdout


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_every_form_asks_for_the_claim(form: Path) -> None:
    asked = yaml.safe_load(form.read_text("utf-8"))
    fields = {field["id"]: field for field in asked["body"] if field["type"] != "markdown"}
    assert asked["name"] and asked["description"]
    assert fields["claim"]["type"] == "input" and fields["claim"]["validations"]["required"]
    assert len(fields) == len(asked["body"])


def test_what_contributing_names_is_there() -> None:
    """Every command of the command line and every target of make that the recipes name exists."""
    text = (paths.ROOT / "CONTRIBUTING.md").read_text("utf-8")
    commands = cli.parser()._subparsers._group_actions[0].choices  # type: ignore[union-attr]
    targets = (paths.ROOT / "Makefile").read_text("utf-8")
    for word in set(_after("python -m analysis ", text)):
        assert word in commands, word
    for word in set(_after("make ", text)):
        assert f"\n{word}:" in targets, word


def _after(start: str, text: str) -> list[str]:
    """The words that follow `start` where code begins with it."""
    return [part.split("`")[0].split()[0] for part in text.replace("    " + start, "`" + start).split("`" + start)[1:]]


def example() -> str:
    cell = new_code_cell("draw()")
    svg = "<svg>" + "x" * 1000 + "</svg>"
    cell.outputs = [
        new_output("stream", name="stdout", text="said\n"),
        new_output("display_data", {"text/html": svg, "text/plain": "<Figure a: It rose>"}),
        new_output("display_data", {"text/markdown": "**Two** of three.", "text/plain": "<Markdown object>"}),
    ]
    return writes(new_notebook(cells=[new_markdown_cell("# Title\n\nText."), cell]))


def test_a_notebook_is_compared_as_a_person_reads_it() -> None:
    assert "\n".join(notebook_text.lines(json.loads(example()))) == (
        "%% markdown\n# Title\n\nText.\n\n%% code\ndraw()\n-> said\n-> <Figure a: It rose>\n-> **Two** of three.\n"
    )


def test_git_shows_it_so_once_told(tmp_path: Path) -> None:
    def git(*arguments: str) -> str:
        command = ["git", "-c", "user.name=test", "-c", "user.email=test@example.org", *arguments]
        return subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True).stdout

    (tmp_path / "book").mkdir()
    (tmp_path / "publish").mkdir()
    for name in (".gitattributes", ".gitconfig", "publish/notebook_text.py"):
        (tmp_path / name).write_bytes((paths.ROOT / name).read_bytes())
    git("init", "-q")
    git("config", "include.path", "../.gitconfig")
    page = tmp_path / "book" / "a.ipynb"
    page.write_text(example(), encoding="utf-8")
    git("add", "-A")
    git("commit", "-qm", "first")
    page.write_text(example().replace("It rose", "It fell").replace("xxx", "yyy"), encoding="utf-8")
    changed = [line for line in git("diff").splitlines() if line[0] in "+-" and line[:3] not in ("+++", "---")]
    assert changed == ["--> <Figure a: It rose>", "+-> <Figure a: It fell>"]


def test_what_is_no_notebook_is_compared_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_text("{", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, notebook_text.__file__, str(tmp_path / "a.ipynb")], capture_output=True, text=True, check=True
    )
    assert done.stdout == "{\n"
