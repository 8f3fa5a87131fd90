"""One stage by itself: `python -m review stage NAME`, on the project's own folder or another copy of it."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from analysis import paths
from review.findings import PASSED, SKIPPED, Result
from review.stages import BY_NAME

SHOWN = 20


def said(result: Result) -> str:
    """Findings and notes as lines for a terminal."""
    findings = sorted(set(result.findings))
    lines = [f"  {finding}" for finding in findings[:SHOWN]]
    if len(findings) > SHOWN:
        lines.append(f"  and {len(findings) - SHOWN} more, all in the report")
    return "\n".join([*lines, *(f"  note: {note}" for note in result.notes)])


def main(arguments: list[str]) -> int:
    """0 when the stage passes or is skipped, 1 when it finds something."""
    parser = argparse.ArgumentParser(prog="python -m review stage", description=__doc__)
    parser.add_argument("name", choices=sorted(BY_NAME))
    parser.add_argument("--folder", type=Path, default=paths.ROOT, help="the copy of the project that is looked at")
    parser.add_argument("--out", type=Path, help="file for the result as JSON")
    parsed = parser.parse_args(arguments)
    result = BY_NAME[parsed.name].check(parsed.folder.resolve())
    if parsed.out:
        parsed.out.write_text(json.dumps(result.as_json(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print("\n".join(filter(None, [f"{parsed.name}: {result.status}", said(result)])))
    return 0 if result.status in (PASSED, SKIPPED) else 1
