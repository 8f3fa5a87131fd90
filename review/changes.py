"""The change log of results: which verdicts moved between two states, when, and because of which rows.

`python -m review changes OLD NEW [NEWER …]` compares each state with the next and adds to results/changes.csv what
moved; RESULTS.md at the top is written from it. The same states give the same lines, so a second run changes nothing.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from analysis import paths
from review.states import State, named

LOG = Path(__file__).parent / "results" / "changes.csv"
PAGE = paths.ROOT / "RESULTS.md"
COLUMNS = ("date", "old_data", "new_data", "claim_id", "when", "before", "after", "because")
WHEN = {"verdict": "now", "verdict_at_publication": "at publication"}
NEW, GONE = "(new)", "(retired)"
SHOWN = 4


def _listed(what: str, names: Iterable[str]) -> list[str]:
    found = sorted(set(names))
    more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
    return [f"{what} {', '.join(found[:SHOWN])}{more}"] if found else []


def reasons(old: State, new: State, claim: str, moved: Iterable[str]) -> str:
    """Which rows of a claim differ between two states: those that say how it is judged, then its evidence.

    `moved` are the claims whose verdict is another. Where no row differs it was an implied claim or a rule.
    """
    before, after = old.of(claim), new.of(claim)
    said = _listed("added", (f"{table} {key}" for table, key in after.keys() - before.keys()))
    said += _listed("removed", (f"{table} {key}" for table, key in before.keys() - after.keys()))
    for table, key in sorted(before.keys() & after.keys()):
        one, other = before[table, key], after[table, key]
        columns = sorted(name for name in one.keys() & other.keys() if one[name] != other[name])
        if columns := [name for name in columns if name not in ("statement_en", "statement_zh", "short_en", "ground", "note", "reason")]:
            said.append(f"{table} {key}: {', '.join(columns)}")
    held, holds = old.evidence(claim), new.evidence(claim)
    said += _listed("evidence in:", (f"{key} {period} ({source})" for _, key, period, source in holds.keys() - held.keys()))
    said += _listed("evidence out:", (f"{key} {period} ({source})" for _, key, period, source in held.keys() - holds.keys()))
    said += [f"{key[1]} {key[2]}: {held[key]} → {holds[key]}" for key in sorted(held.keys() & holds.keys()) if held[key] != holds[key]]
    implied = (old.implied.get(claim, set()) | new.implied.get(claim, set())).intersection(moved)
    said += _listed("what it implies moved:", implied)
    said += _listed("no longer implies", old.implied.get(claim, set()) - new.implied.get(claim, set()))
    said += _listed("now implies", new.implied.get(claim, set()) - old.implied.get(claim, set()))
    return "; ".join(said) or "no row of its own: the rules, or which rows count as independent"


def compare(old: State, new: State) -> list[dict[str, str]]:
    """A row for each verdict that moved, and one for each article whose claims are new or retired."""
    common = {"date": new.date, "old_data": old.digest, "new_data": new.digest}
    both = sorted(old.ledger.keys() & new.ledger.keys())
    moved = [claim for claim in both if any(old.ledger[claim][column] != new.ledger[claim][column] for column in WHEN)]
    rows = []
    for claim in moved:
        because = reasons(old, new, claim, moved)
        for column, when in WHEN.items():
            before, after = old.ledger[claim][column], new.ledger[claim][column]
            if before != after:
                rows.append({**common, "claim_id": claim, "when": when, "before": before, "after": after, "because": because})
    for label, here, there in ((NEW, new, old), (GONE, old, new)):
        counts = Counter(claim.rpartition(".")[0] for claim in here.ledger.keys() - there.ledger.keys())
        for article, count in sorted(counts.items()):
            rows.append({**common, "claim_id": f"{article}.*", "when": "", "before": label, "after": str(count), "because": f"{count} claims"})
    return rows


def stored(path: Path = LOG) -> list[dict[str, str]]:
    """The log as it stands; empty before the first entry."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def extend(log: list[dict[str, str]], steps: Iterable[tuple[str, str, list[dict[str, str]]]]) -> list[dict[str, str]]:
    """The log with some steps (old data, new data, rows) added or put anew, in the order in which steps came first."""
    order: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in log:
        order.setdefault((row["old_data"], row["new_data"]), []).append(row)
    for old, new, rows in steps:
        order[old, new] = rows
    return [row for rows in order.values() for row in sorted(rows, key=lambda row: tuple(row[column] for column in COLUMNS))]


def page(log: list[dict[str, str]]) -> str:
    """The log as Markdown, the latest step first."""
    lines = ["# Changes of results", "", "Which verdicts moved, when, and because of which rows. Written by `python -m review changes OLD NEW`;", "states are named by the digest of their tables, which stands in the foot of every page of the book.", ""]
    steps = list(dict.fromkeys((row["date"], row["old_data"], row["new_data"]) for row in log))
    for date, old, new in reversed(steps):
        rows = [row for row in log if (row["old_data"], row["new_data"]) == (old, new)]
        moved = [row for row in rows if row["when"]]
        lines += [f"## {date}: {old} → {new}", ""]
        for row in rows:
            if not row["when"]:
                lines.append(f"- {row['claim_id'].removesuffix('.*')}: {row['after']} claims {row['before'].strip('()')}")
        lines += [f"- verdicts moved: {len(moved)}, of {len({row['claim_id'] for row in moved})} claims", ""]
        if moved:
            lines += ["| Claim | When | Before | After | Because of |", "| --- | --- | --- | --- | --- |"]
            cell = [{name: value.replace("|", "\\|") for name, value in row.items()} for row in moved]
            lines += [f"| {row['claim_id']} | {row['when']} | {row['before']} | {row['after']} | {row['because']} |" for row in cell]
            lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def main(arguments: list[str]) -> int:
    """Compare states one by one and store what moved; findings are no errors, so the status is 0."""
    parser = argparse.ArgumentParser(prog="python -m review changes", description=__doc__.split("\n\n")[0])
    parser.add_argument("states", nargs="+", metavar="STATE", help="two or more folders or revisions, oldest first")
    parser.add_argument("--print", action="store_true", help="print what moved and store nothing")
    parsed = parser.parse_args(arguments)
    if len(parsed.states) < 2:
        parser.error("name at least two states")
    states = []
    for name in parsed.states:
        print(f"changes: reading {name}", flush=True)
        states.append(named(name, paths.ROOT))
    steps = [(old.digest, new.digest, compare(old, new)) for old, new in pairwise(states)]
    if parsed.print:
        print(page([row for _, _, rows in steps for row in rows]))
        return 0
    log = extend(stored(), steps)
    LOG.parent.mkdir(exist_ok=True)
    with LOG.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(log)
    PAGE.write_text(page(log), encoding="utf-8")
    print(f"changes: {sum(len(rows) for _, _, rows in steps)} lines in {PAGE.name} and {LOG.relative_to(paths.ROOT)}")
    return 0
