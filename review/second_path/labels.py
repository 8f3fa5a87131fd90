"""The labels, and how answers add up to one."""

from __future__ import annotations

SUPPORTED, REFUTED = "Supported", "Refuted"
CONFLICTING, NOT_ENOUGH, OPEN = "Conflicting evidence", "Not enough evidence", "Open"


def label(answers: list[bool]) -> str:
    """All hold, none, some of both, or no answer at all."""
    if not answers:
        return NOT_ENOUGH
    if all(answers):
        return SUPPORTED
    return CONFLICTING if any(answers) else REFUTED
