"""What a check says: where something is wrong, and what was looked at."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

PASSED, FAILED, SKIPPED = "passed", "failed", "skipped"


@dataclass(frozen=True, order=True)
class Finding:
    """One thing wrong: a place that a reader can go to, and what is wrong there."""

    place: str
    says: str

    def __str__(self) -> str:
        return f"{self.place}: {self.says}" if self.place else self.says


@dataclass
class Result:
    """What one stage found. `facts` says what was looked at; `notes` what was not, and why."""

    findings: list[Finding] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    skipped: bool = False

    def add(self, place: str, says: str) -> None:
        self.findings.append(Finding(place, says))

    @property
    def status(self) -> str:
        """Failed with any finding, skipped where it says so, else passed."""
        return FAILED if self.findings else SKIPPED if self.skipped else PASSED

    def as_json(self) -> dict[str, Any]:
        return {
            "status": self.status,
            "findings": [asdict(finding) for finding in sorted(set(self.findings))],
            "facts": self.facts,
            "notes": self.notes,
        }
