"""The book that the tests of the synthesis look at, opened once."""

import sys
from pathlib import Path

import pytest

from analysis.synthesis.book import Book, read_book

sys.path.insert(0, str(Path(__file__).parent))  # `books`, which changes tables


@pytest.fixture(scope="session")
def book() -> Book:
    return read_book()
