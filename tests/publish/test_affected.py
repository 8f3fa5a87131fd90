"""A change touches the tests that depend on it, however far down, and no other."""

from pathlib import Path

import pytest

from analysis import paths
from publish import affected


@pytest.fixture(scope="module")
def before() -> dict[str, str]:
    return affected.states()


def _touched(before: dict[str, str], monkeypatch: pytest.MonkeyPatch, name: str) -> set[str]:
    """The tests whose state is another when the file has one byte more."""
    changed, read = paths.ROOT / name, Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: read(path) + (b"\n" if path == changed else b""))
    after = affected.states()
    return {test for test in before if before[test] != after[test]}


def test_nothing_changed_touches_nothing(before: dict[str, str]) -> None:
    assert affected.states() == before
    assert not any(test.startswith(("tests/book/", "tests/scale/")) for test in before)


@pytest.mark.parametrize(
    ("change", "touched", "spared"),
    [
        ("analysis/methods/trend.py", "tests/methods/test_trend.py", "tests/methods/test_weights.py"),
        ("analysis/intervals.py", "tests/engine/test_verdicts.py", "tests/methods/test_trend.py"),
        ("tests/sound.py", "tests/data/test_check.py", "tests/methods/test_trend.py"),
        ("publish/fonts.py", "tests/publish/test_fonts.py", "tests/engine/test_verdicts.py"),
    ],
)
def test_a_change_reaches_what_imports_it(
    before: dict[str, str], monkeypatch: pytest.MonkeyPatch, change: str, touched: str, spared: str
) -> None:
    found = _touched(before, monkeypatch, change)
    assert touched in found and spared not in found


def test_a_row_reaches_every_test(before: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert _touched(before, monkeypatch, "data/claims.csv") == set(before)
