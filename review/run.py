"""The reviewer's run: a clean copy, its own environment, every stage, one report.

Each stage runs as a process of its own in the copy, with the copy's modules and packages, so that its time and
memory are its own, and what breaks one says nothing of the next.
"""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.errors import InputError
from review import command, copying
from review.findings import FAILED, PASSED, Finding, Result
from review.stage import said
from review.stages import BY_NAME, STAGES, Stage

Entry = dict[str, Any]
MEGABYTE = 2**20


def entry(name: str, title: str, result: Entry, seconds: float, peak: int) -> Entry:
    """A stage as the report keeps it; seconds of wall time, `peak` in bytes."""
    return {"name": name, "title": title, **result, "seconds": round(seconds, 1), "peak_bytes": peak}


def run_stage(stage: Stage, python: Path, folder: Path, out: Path) -> Entry:
    """Run one stage in `folder` with that folder's Python; what it does not survive is a finding too."""
    out.unlink(missing_ok=True)
    done = command.run([str(python), "-m", "review", "stage", stage.name, "--out", str(out)], folder)
    if out.exists():
        result = json.loads(out.read_text("utf-8"))
    else:
        broken = Result()
        broken.add(stage.name, f"the stage itself broke: {done.last}")
        result = broken.as_json()
    return entry(stage.name, stage.title, result, done.seconds, done.peak)


def chosen(names: str) -> list[Stage]:
    """The stages of a list such as "data,second", in their own order; InputError names an unknown one."""
    wanted = [name.strip() for name in names.split(",") if name.strip()] if names else list(BY_NAME)
    if unknown := [name for name in wanted if name not in BY_NAME]:
        raise InputError(f"no stage {', '.join(unknown)}; there are {', '.join(BY_NAME)}")
    return [stage for stage in STAGES if stage.name in wanted]


def disk(folder: Path) -> int:
    """The bytes of all files below `folder`; what a link leads to is not counted."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir())


def _tell(line: Entry) -> None:
    findings = [Finding(**finding) for finding in line["findings"]]
    lines = said(Result(findings, notes=line["notes"]))
    print(f"verify:   {line['status']} in {line['seconds']:.0f} s, {line['peak_bytes'] / MEGABYTE:.0f} MB at most", flush=True)
    if lines:
        print(lines, flush=True)


def review(source: Path, work: Path, stages: list[Stage], environment: str, stop: bool) -> tuple[list[Entry], Path | None]:
    """Copy, install, run the stages; what each said, and the copy's Python (None where there is none)."""
    folder = work / "project"
    print(f"verify: [1/{len(stages) + 1}] a clean copy and its environment", flush=True)
    began = time.monotonic()
    copied = copying.copy(source, folder)
    python = copying.install(source, folder, environment, copied)
    entries = [entry("copy", "A clean copy of the project, and its environment", copied.as_json(), time.monotonic() - began, 0)]
    _tell(entries[0])
    for place, stage in enumerate(stages, 2):
        if python is None or (stop and entries[-1]["status"] == FAILED):
            break
        print(f"verify: [{place}/{len(stages) + 1}] {stage.name}: {stage.title}", flush=True)
        entries.append(run_stage(stage, python, folder, work / "stage.json"))
        _tell(entries[-1])
    return entries, python


def main(arguments: list[str]) -> int:
    """Run it all; 0 when no stage found anything, 1 when one did, 2 when the input is wrong."""
    parser = argparse.ArgumentParser(prog="python -m review run", description=__doc__)
    parser.add_argument("--source", type=Path, default=paths.ROOT, help="the project's folder (default: this one)")
    parser.add_argument("--report", type=Path, help="folder for the report (default: _build/verify of the project)")
    parser.add_argument("--stages", default="", help=f"some of {','.join(BY_NAME)} (default: all)")
    parser.add_argument("--stop-at-first", action="store_true", help="stop after the first stage that finds something")
    parser.add_argument("--environment", choices=("fresh", "reuse"), default="fresh", help="make the environment anew, or take the installed one if it was made from the same lock file")
    parser.add_argument("--keep", action="store_true", help="keep the clean copy, to look into it")
    parsed = parser.parse_args(arguments)
    stages, source = chosen(parsed.stages), parsed.source.resolve()
    target = (parsed.report or source / "_build" / "verify").resolve()
    work = Path(tempfile.mkdtemp(prefix="verify-"))
    began, started = time.monotonic(), datetime.now(UTC)
    try:
        entries, python = review(source, work, stages, parsed.environment, parsed.stop_at_first)
        outcome = {
            "started": started.isoformat(timespec="seconds"),
            "seconds": round(time.monotonic() - began, 1),
            "disk_bytes": disk(work),
            "status": FAILED if any(line["status"] == FAILED for line in entries) else PASSED,
            "asked": [stage.name for stage in stages],
            "platform": platform.platform(),
            "stages": entries,
        }
        _report(outcome, work, python, target)
    finally:
        if parsed.keep:
            print(f"verify: the clean copy is kept in {work}")
        else:
            shutil.rmtree(work, ignore_errors=True)
    failed = [line["name"] for line in entries if line["status"] == FAILED]
    print(f"verify: {outcome['status']}" + (f" in {', '.join(failed)}" if failed else "") + f", {outcome['seconds']:.0f} s in all")
    print(f"The report is ready. Open this file:\n{target / 'report.html'}")
    return 1 if failed else 0


def _report(outcome: Entry, work: Path, python: Path | None, target: Path) -> None:
    """Let the copy write the report, since it is the copy's tables and notebooks that it speaks of."""
    said_file = work / "outcome.json"
    said_file.write_text(json.dumps(outcome, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print("verify: writing the report", flush=True)
    folder, executable = (work / "project", python) if python else (paths.ROOT, Path(sys.executable))
    done = command.run([str(executable), "-m", "review", "report", str(said_file), str(target), "--folder", str(work / "project")], folder)
    if done.status:
        raise InputError(f"the report could not be written: {done.last}")
