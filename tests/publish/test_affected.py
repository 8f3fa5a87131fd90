"""A change touches the tests that depend on it, however far down, and no other; a short run says what it left."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analysis import paths
from publish import affected, trials
from publish.affected import Known, State
from publish.errors import BuildFailed


@pytest.fixture(scope="module")
def before() -> dict[str, State]:
    return affected.states()


def _touched(before: dict[str, State], monkeypatch: pytest.MonkeyPatch, name: str) -> set[str]:
    """The tests whose state is another when the file has one byte more."""
    changed, read = paths.ROOT / name, Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: read(path) + (b"\n" if path == changed else b""))
    after = affected.states()
    return {test for test in before if before[test].everything != after[test].everything}


def test_nothing_changed_touches_nothing(before: dict[str, State]) -> None:
    assert affected.states() == before
    assert not any(test.startswith(("tests/book/", "tests/scale/")) for test in before)


@pytest.mark.parametrize(
    ("change", "touched", "spared"),
    [
        ("analysis/methods/trend.py", "tests/methods/test_trend.py", "tests/methods/test_weights.py"),
        ("analysis/intervals.py", "tests/engine/test_verdicts.py", "tests/methods/test_trend.py"),
        ("tests/sound.py", "tests/data/test_check.py", "tests/methods/test_trend.py"),
        ("publish/fonts.py", "tests/publish/test_fonts.py", "tests/engine/test_verdicts.py"),
        ("data/claims.csv", "tests/chapters/test_hedge.py", "tests/methods/test_trend.py"),
        ("data/claims.csv", "tests/data/test_commands.py", "tests/engine/test_verdicts.py"),
    ],
)
def test_a_change_reaches_what_depends_on_it(
    before: dict[str, State], monkeypatch: pytest.MonkeyPatch, change: str, touched: str, spared: str
) -> None:
    found = _touched(before, monkeypatch, change)
    assert touched in found and spared not in found


@pytest.mark.parametrize("change", ["data/datapackage.json", "tests/conftest.py", "pyproject.toml"])
def test_what_all_tests_rest_on_reaches_every_one(
    before: dict[str, State], monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    assert _touched(before, monkeypatch, change) == set(before)


def test_what_is_out_of_reach_exists() -> None:
    assert all(list(paths.ROOT.glob(pattern)) for pattern in affected.out_of_reach())


# What a file does whose tables are out of reach, and what is said of it

ATTEMPTS = {
    "opens": ("(paths.DATA / 'claims.csv').read_text()", "claims.csv"),
    "starts": ("subprocess.run(['true'])", "a process"),
}
ALLOWED = "(paths.DATA / 'datapackage.json').read_text(); list(paths.DATA.iterdir()); open(__file__).close()"


def _project(folder: Path, **files: str) -> Path:
    """A project with this one's set-up of tests, and files of tests of its own: those in `near` reach the tables."""
    shutil.copytree(paths.ROOT / "tests", folder / "tests", ignore=lambda path, names: {*names} - {"conftest.py"})
    (folder / "pyproject.toml").write_text('[tool.pytest.ini_options]\ntables_out_of_reach = ["tests/far/*.py"]\n')
    for name, text in files.items():
        path = folder / "tests" / f"{name.replace('__', '/test_')}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"import subprocess\nimport time\nfrom analysis import paths\n\n{text}\n")
    return folder


def test_a_file_without_tables_goes_red_where_it_opens_one(tmp_path: Path) -> None:
    tried = {name: f"def test_it():\n    {attempt}" for name, (attempt, _) in ATTEMPTS.items()}
    files = {f"far__{name}": text for name, text in tried.items()} | {f"near__also_{name}": text for name, text in tried.items()}
    files |= {"far__allowed": f"def test_it():\n    {ALLOWED}", "far__importing": ATTEMPTS["opens"][0]}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--continue-on-collection-errors", "tests"]
    done = subprocess.run(command, cwd=_project(tmp_path, **files), capture_output=True, text=True, check=False)
    assert "2 failed, 3 passed" in done.stdout and "1 error" in done.stdout, done.stdout + done.stderr
    for name, (_, place) in ATTEMPTS.items():
        assert f"FAILED tests/far/test_{name}.py" in done.stdout
        assert re.search(rf"test_{name}\.py opens .*{place}, but", done.stdout)
    assert "ERROR tests/far/test_importing.py" in done.stdout


# The order, and the budget


def _state(files: int, itself: str = "same") -> State:
    return State("now", itself, files)


def test_the_nearest_comes_first_and_what_failed_before_it() -> None:
    now = {
        "far": _state(9), "changed": _state(9, "new"), "near": _state(2), "short": _state(5), "long": _state(5), "touched": State("now", "same", 9, near=True),
        "failed": _state(9), "passed": _state(1), "passed before the change": _state(8),
    }  # fmt: skip
    known = {
        **{name: Known("", "same") for name in now},
        "short": Known("", "same", 1.0),
        "long": Known("", "same", 7.0),
        "failed": Known("", "same", 1.0, failed=True),
        "passed": Known("now", "same"),
        "passed before the change": Known("before", "same"),
    }
    expected = ["failed", "changed", "touched", "near", "short", "long", "passed before the change", "far"]
    assert affected.in_turn(now, known) == expected
    assert affected.in_turn(now, {}) == ["touched", *sorted(now.keys() - {"touched"}, key=lambda test: (now[test].files, test))]


def test_in_a_fresh_clone_the_change_shows_what_is_near(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(affected, "uncommitted", lambda root: {"data/claims.csv", "analysis/methods/trend.py"})
    near = {test for test, state in affected.states().items() if state.near}
    assert {"tests/chapters/test_hedge.py", "tests/methods/test_trend.py"} <= near
    assert not {"tests/methods/test_weights.py", "tests/engine/test_verdicts.py"} & near


def test_git_tells_what_is_not_committed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:  # a hook of git is told of its repository
        monkeypatch.delenv(name)
    assert affected.uncommitted(tmp_path) == set()
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / "a b.py").touch()
    assert affected.uncommitted(tmp_path) == {"a b.py"}


SMALL = "def test_it():\n    assert True"
WRONG = "def test_it():\n    assert not 'as it should be'"
ENDLESS = """def test_it():
    subprocess.Popen(["sh", "-c", "while echo >> beats; do sleep 0.2; done"])
    time.sleep(600)"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project that takes the place of this one: a good test, one that fails, one without end."""
    folder = _project(tmp_path, near__good=SMALL, near__bad=WRONG, near__endless=ENDLESS)
    monkeypatch.setattr(paths, "ROOT", folder)
    monkeypatch.setattr(paths, "BUILD", folder / "_build")
    monkeypatch.setattr(affected, "KNOWN", folder / "_build" / "tests.json")
    monkeypatch.setattr(trials, "LIBRARIES", ["pytest"])
    return folder


def _states(*names: str) -> dict[str, State]:
    return {f"tests/near/test_{name}.py": _state(place) for place, name in enumerate(names)}


def test_a_failing_file_is_shown_and_comes_first_next_time(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = _states("good", "bad")
    monkeypatch.setattr(affected, "states", lambda: now)
    with pytest.raises(BuildFailed, match=r"1 test files failed.*test_bad"):
        affected.run(limited=False)
    said = capsys.readouterr().out
    assert "2 of 2 test files" in said and "passed  tests/near/test_good.py" in said and "as it should be" in said
    assert affected.in_turn(now, affected.read_known()) == ["tests/near/test_bad.py"]
    both = {test: State("changed", "changed", row.files) for test, row in now.items()}
    assert affected.in_turn(both, affected.read_known()) == ["tests/near/test_bad.py", "tests/near/test_good.py"]
    (project / "tests" / "near" / "test_bad.py").write_text(SMALL)
    assert affected.run() == "what changed has passed"
    assert "test_good" not in capsys.readouterr().out
    assert affected.in_turn(now, affected.read_known()) == []


def test_at_the_end_of_the_budget_it_stops_and_says_what_is_left(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(affected, "states", lambda: _states("endless", "good"))
    monkeypatch.setattr(affected, "LEAST", 4.0)
    monkeypatch.setenv("STARTED", "0")  # the style took long, and the least is left to the tests
    assert affected.run() == "what was run has passed, but not all was run"
    said = capsys.readouterr().out
    assert "passed  tests/near/test_good.py" in said and "endless.py" not in said
    assert "1 test files, about 1 min\n  tests/near: test_endless" in said
    # What it started is stopped with it, and it is not begun again where no more time is left.
    beats = (project / "beats").stat().st_size
    monkeypatch.setattr(affected, "LEAST", 1.0)
    assert affected.run() == "what was run has passed, but not all was run"
    assert (project / "beats").stat().st_size == beats
