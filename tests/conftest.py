"""Shared by all tests."""

import sys
from pathlib import Path

import hypothesis
import pytest

sys.path.insert(0, str(Path(__file__).parent))  # `rows` and `sound`, which make tables

# The same examples on every run and machine, and none fails for being slow on a busy one.
hypothesis.settings.register_profile("book", derandomize=True, deadline=None)
hypothesis.settings.load_profile("book")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--whole", action="store_true", help="also plant faults before the whole of make verify: many minutes")
    parser.addoption("--texts", type=Path, help="folder of the articles' texts, which the project does not hold")
    parser.addoption("--whole-book", action="store_true", help="also build a whole book with an invented sixth article (minutes)")


@pytest.fixture(scope="session")
def texts(request: pytest.FixtureRequest) -> Path:
    """The folder of the articles' texts; a test that needs it is skipped, and says so, where nobody names it."""
    folder = request.config.getoption("--texts")
    if folder is None:
        pytest.skip("needs the articles' texts: pytest --texts FOLDER")
    return folder
