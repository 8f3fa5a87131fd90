"""What the set-up says and does before anything is installed."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analysis import paths
from publish import setup


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder that has just been cloned, under a name with a space."""
    folder = tmp_path / "a clone"
    (folder / "publish").mkdir(parents=True)
    shutil.copyfile(paths.ROOT / "publish" / "setup.py", folder / "publish" / "setup.py")
    for name in ("requirements.txt", "pyproject.toml"):
        (folder / name).write_text(name)
    return folder


def start(project: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, "publish/setup.py"], cwd=project, capture_output=True, text=True)


def test_an_environment_that_is_up_to_date_is_left_alone(project: Path) -> None:
    (project / ".venv" / "bin").mkdir(parents=True)
    (project / ".venv" / "bin" / "python").touch()
    (project / ".venv" / "installed.sha256").write_text(setup.wanted(str(project)))
    done = start(project)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_shared_environment_is_used_and_a_broken_link_is_named(project: Path) -> None:
    (project / ".venv").symlink_to(project / "elsewhere")
    assert "remove the link" in start(project).stderr
    (project / "elsewhere" / "bin").mkdir(parents=True)
    (project / "elsewhere" / "bin" / "python").touch()
    assert start(project).returncode == 0
    assert not (project / "elsewhere" / "installed.sha256").exists()


def test_an_old_python_is_told_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "OLDEST", (99, 0))
    with pytest.raises(SystemExit, match=r"99\.0 or newer is needed"):
        setup.main()
