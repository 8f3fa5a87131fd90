"""Shared by all tests."""

import sys
from pathlib import Path

import hypothesis

sys.path.insert(0, str(Path(__file__).parent))  # `rows` and `sound`, which make tables

# The same examples on every run and machine, and none fails for being slow on a busy one.
hypothesis.settings.register_profile("book", derandomize=True, deadline=None)
hypothesis.settings.load_profile("book")
