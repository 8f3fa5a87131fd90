"""Mutation testing of `analysis/`: code is broken in one place at a time, and the tests must notice."""

from review.code_mutation.run import main

__all__ = ["main"]
