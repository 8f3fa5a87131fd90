"""A launch in the cloud starts from the same lock file, Python and package as a launch at home."""

import os
import re
import tomllib

from analysis import paths

BINDER = paths.ROOT / ".binder"


def test_the_launch_takes_the_locked_packages_and_the_project() -> None:
    script = BINDER / "postBuild"
    assert os.access(script, os.X_OK) and script.read_text().startswith("#!")
    text = script.read_text()
    assert "--require-hashes -r requirements.txt" in text and (paths.ROOT / "requirements.txt").is_file()
    assert "--no-deps --no-build-isolation -e ." in text


def test_its_python_is_one_that_the_project_allows() -> None:
    runtime = re.fullmatch(r"python-3\.(\d+)\n", (BINDER / "runtime.txt").read_text())
    project = tomllib.loads((paths.ROOT / "pyproject.toml").read_text())["project"]
    least = re.fullmatch(r">=3\.(\d+)", project["requires-python"])
    assert runtime and least and int(runtime[1]) >= int(least[1])


def test_it_names_no_host() -> None:
    for path in BINDER.iterdir():
        assert not re.search(r"https?://|\.(?:org|com|io)\b", path.read_text()), path.name
