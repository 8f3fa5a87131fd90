"""The command line: `python -m analysis COMMAND`."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from analysis import importing, new_article, paths, tables, unused
from analysis.chapter import strengths
from analysis.errors import InputError
from analysis.ledger import ledger, trace

WRONG_INPUT = 2

ARTICLE_CELLS = {
    **new_article.ASKED,
    "argument_en": "what it argues, in one sentence of our English",
    "argument_zh": "the same in our Chinese, in its script",
    "authors": "authors, joined by semicolons",
    "published_low": "earliest date it can have been published",
    "published_high": "latest date it can have been published",
    "published_ground": "what the date rests on (default: printed in the text)",
    "region": "whose written Chinese it is in: mainland, hong_kong or taiwan",
    "url": "public address",
}
"""What can be said of a new article, and what each means."""


def _check(arguments: argparse.Namespace) -> int:
    loaded = tables.load(arguments.data, anew=True)
    print(f"{len(loaded)} tables, {sum(map(len, loaded.values()))} rows, no defect.")
    if arguments.unused:
        for what, ids in (("observations", unused.observations(loaded)), ("areas", unused.areas(loaded))):
            print(f"{len(ids)} {what} that nothing reads" + "".join(f"\n  {identity}" for identity in ids))
    return 0


def _ledger(arguments: argparse.Namespace) -> int:
    lines = ledger(tables.load(arguments.data))
    if arguments.json:
        print(json.dumps(lines, ensure_ascii=False, indent=2))
        return 0
    for line in lines:
        print(
            f"{line['claim_id']:<16} {line['verdict']:<20} (at publication: {line['verdict_at_publication']})"
        )
        print(f"  {line['explanation']}")
    counts = Counter(line["verdict"] for line in lines)
    print(f"{len(lines)} claims: " + ", ".join(f"{label} {count}" for label, count in sorted(counts.items())))
    return 0


def _strengths(arguments: argparse.Namespace) -> int:
    lines = strengths(tables.load(arguments.data))
    if arguments.json:
        print(json.dumps(lines, indent=2))
        return 0
    for line in lines:
        print(
            f"{line['claim_id']:<16} {line['strength']:.3f} (at publication: {line['strength_at_publication']:.3f})"
        )
    return 0


def _trace(arguments: argparse.Namespace) -> int:
    print("\n".join(trace(tables.load(arguments.data), arguments.id)))
    return 0


def _import(arguments: argparse.Namespace) -> int:
    if len(arguments.rows) % 2:
        raise InputError(f"import: {arguments.rows[-1]}: no file of rows behind it; write TABLE FILE, as often as needed")
    incoming = [(name, Path(file)) for name, file in zip(arguments.rows[::2], arguments.rows[1::2], strict=True)]
    for name, count in importing.import_rows(arguments.data, incoming).items():
        print(f"{count} rows added to {name}.")
    return 0


def _sort(arguments: argparse.Namespace) -> int:
    changed = importing.sort(arguments.data)
    print(f"sorted: {', '.join(changed)}" if changed else "all tables were in order.")
    return 0


def _extract(arguments: argparse.Namespace) -> int:
    # Segmenter and converter are loaded for this command alone.
    from analysis.texts import extraction

    work = extraction.write if arguments.write else extraction.compare
    outcome = work(arguments.data, arguments.texts, arguments.jobs)
    done = "wrote table" if arguments.write else "reproduces the committed table"
    for name, count in outcome.rows.items():
        print(f"{done} {name}: {count} rows")
    if outcome.missing:
        print(f"no text of {', '.join(outcome.missing)}: their rows are neither compared nor changed")
    return 0


def _new_article(arguments: argparse.Namespace) -> int:
    given = {name: getattr(arguments, name) for name in ARTICLE_CELLS}
    project = new_article.Project(data=arguments.data)
    new_article.refuse(arguments.id, project)  # before a person is asked for the rest
    cells = new_article.completed(given, new_article.from_terminal())
    for path in new_article.add(arguments.id, cells, project):
        print(f"written: {path.relative_to(paths.ROOT) if path.is_relative_to(paths.ROOT) else path}")
    print(f"\n{new_article.next_steps(arguments.id)}")
    return 0


def _verify(arguments: argparse.Namespace) -> int:
    # A process of its own: the second path shares no code with this package, and this package none with it.
    command = [sys.executable, "-m", "review", "second", "--data", str(arguments.data)]
    done = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True, check=False)
    print(done.stdout, end="")
    # Differences are findings, and findings never change the exit status; a path that says nothing broke.
    if done.returncode not in (0, 1) or not done.stdout.strip():
        raise InputError(f"the second path could not run: {done.stderr.strip()}")
    return 0


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="python -m analysis", description="Claims tested on tabulated evidence."
    )
    top.add_argument(
        "--data", type=Path, default=paths.DATA, help="folder of the tables (default: the project's own)"
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    check = commands.add_parser("check", help="report every defect of every table")
    check.add_argument("--unused", action="store_true", help="list rows that no reading or figure uses, too")
    check.set_defaults(run=_check)
    ledger_parser = commands.add_parser("ledger", help="print every claim with its verdict")
    ledger_parser.add_argument("--json", action="store_true", help="as a JSON list")
    ledger_parser.set_defaults(run=_ledger)
    strengths_parser = commands.add_parser("strengths", help="print how strongly each joined claim stands")
    strengths_parser.add_argument("--json", action="store_true", help="as a JSON list")
    strengths_parser.set_defaults(run=_strengths)
    trace_parser = commands.add_parser(
        "trace", help="from a claim to its rows and sources, or from a row to its claims"
    )
    trace_parser.add_argument("id", help="claim, source, series, event or observation")
    trace_parser.set_defaults(run=_trace)
    import_parser = commands.add_parser(
        "import", help="add rows of CSV files to their tables, if all rules hold"
    )
    import_parser.add_argument(
        "rows", nargs="+", metavar="TABLE FILE", help="a table's name and a CSV file with its header; several at once"
    )
    import_parser.set_defaults(run=_import)
    sort_parser = commands.add_parser("sort", help="sort every table by its key")
    sort_parser.set_defaults(run=_sort)
    extract = commands.add_parser(
        "extract", help="derive the word counts from the articles' texts and compare them with the tables"
    )
    extract.add_argument("texts", type=Path, help="folder of the texts, <article_id>.txt each")
    extract.add_argument("--data", type=Path, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    extract.add_argument("--write", action="store_true", help="write the tables instead of comparing them")
    extract.add_argument("--jobs", type=int, help="processes (default: one a core if there are many texts)")
    extract.set_defaults(run=_extract)
    new = commands.add_parser(
        "new-article", help="write the rows, the module and the notebook that an article starts with"
    )
    new.add_argument("id", help="its short permanent name, as in hedge")
    for name, meaning in ARTICLE_CELLS.items():
        new.add_argument(new_article.option(name), dest=name, default="", metavar="…", help=meaning)
    new.set_defaults(run=_new_article)
    verify = commands.add_parser(
        "verify", help="work out every verdict a second time, from the tables alone, and compare"
    )
    verify.set_defaults(run=_verify)
    return top


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit status is 2 for wrong input, and findings never change it."""
    parsed = parser().parse_args(arguments)
    try:
        status = parsed.run(parsed)
        sys.stdout.flush()
        return status
    except InputError as error:
        print(error, file=sys.stderr)
        return WRONG_INPUT
    except BrokenPipeError:  # whoever reads has read enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
