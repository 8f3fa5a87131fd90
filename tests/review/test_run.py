"""The run: what it copies, what it refuses, and that no broken stage passes for a sound one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from analysis import paths
from analysis.errors import InputError
from publish import setup
from review import __main__ as commands
from review import command, copying, run
from review.findings import FAILED, PASSED, SKIPPED, Result
from review.stages import BY_NAME, STAGES


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@example.org", "-C", str(folder), *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository that passes for the project's, with one commit and one change after it."""
    folder = tmp_path / "repository"
    (folder / "publish").mkdir(parents=True)
    (folder / "publish" / "setup.py").write_text("committed\n")
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "state")
    (folder / "publish" / "setup.py").write_text("not committed\n")
    return folder


def test_the_committed_state_is_copied_and_the_rest_is_named(repository: Path, tmp_path: Path) -> None:
    result = copying.copy(repository, tmp_path / "copy")
    assert (tmp_path / "copy" / "publish" / "setup.py").read_text() == "committed\n"
    assert "1 files of the folder differ" in result.notes[0]


def test_a_folder_that_is_no_repository_is_copied_as_it_is(repository: Path, tmp_path: Path) -> None:
    (repository / ".git").rename(tmp_path / "git")
    copying.copy(repository, tmp_path / "copy")
    assert (tmp_path / "copy" / "publish" / "setup.py").read_text() == "not committed\n"


def test_a_folder_without_the_project_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="name its top folder"):
        copying.copy(tmp_path, tmp_path / "copy")


def test_an_environment_of_another_lock_file_is_not_taken(tmp_path: Path) -> None:
    for folder in ("ours", "theirs"):
        (tmp_path / folder / ".venv").mkdir(parents=True)
        for name in ("requirements.txt", "pyproject.toml"):
            (tmp_path / folder / name).write_text(f"{name} of {folder}\n")
    (tmp_path / "ours" / ".venv" / "installed.sha256").write_text(setup.wanted(str(tmp_path / "ours")) + "\n")
    assert copying.matching(tmp_path / "ours", tmp_path / "ours")
    assert not copying.matching(tmp_path / "ours", tmp_path / "theirs")
    with pytest.raises(InputError, match="make setup"):
        copying.install(tmp_path / "ours", tmp_path / "theirs", "reuse", Result())


def test_stages_run_in_their_own_order_and_an_unknown_one_is_refused() -> None:
    assert [stage.name for stage in run.chosen("numbers, data")] == ["data", "numbers"]
    assert run.chosen("") == list(STAGES)
    with pytest.raises(InputError, match="no stage dta; there are environment, data"):
        run.chosen("dta")


def test_a_stage_that_breaks_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "review").mkdir()
    (tmp_path / "review" / "__main__.py").write_text("raise SystemExit('out of order')\n")
    line = run.run_stage(BY_NAME["data"], Path(sys.executable), tmp_path, tmp_path / "out.json")
    assert line["status"] == FAILED
    assert "out of order" in line["findings"][0]["says"]


def test_what_a_command_took_is_measured(tmp_path: Path) -> None:
    done = command.run([sys.executable, "-c", "x = bytearray(80_000_000); print('done')"], tmp_path)
    assert (done.status, done.out) == (0, "done\n")
    assert done.peak > 80_000_000


def test_a_result_is_failed_by_any_finding() -> None:
    result = Result(skipped=True)
    assert result.status == SKIPPED
    result.add("here", "wrong")
    assert result.status == FAILED
    assert Result().status == PASSED


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["stage", "numbers"], 0, "numbers: passed"),
        (["nothing"], 2, "usage"),
        (["run", "--stages", "nothing"], 2, "no stage nothing"),
        (["changes", "nowhere", "HEAD"], 2, "neither a folder"),
    ],
)
def test_the_exit_status_says_it(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: list[str], status: int, said: str) -> None:
    monkeypatch.setattr("review.stages.Stage.check", lambda self, folder: Result())
    assert commands.main(arguments) == status
    printed = capsys.readouterr()
    assert said in printed.out + printed.err


def test_analysis_does_not_import_the_review() -> None:
    for part in ("analysis", "publish"):
        for path in (paths.ROOT / part).rglob("*.py"):
            assert "import review" not in path.read_text("utf-8") and "from review" not in path.read_text("utf-8"), path
