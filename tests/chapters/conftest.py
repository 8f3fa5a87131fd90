"""The chapter that the tests of its sections look at, opened once."""

import pytest

from analysis.chapter import Chapter, read_chapter


@pytest.fixture(scope="session")
def chapter() -> Chapter:
    return read_chapter("dependence")
