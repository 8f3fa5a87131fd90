"""The command line: python -m review run | stage | report | second | mutate | code-mutation | numbers | changes | deposit | archive."""

from __future__ import annotations

import sys
from importlib import import_module

from analysis.errors import InputError

COMMANDS = {
    "run": ("review.run", "the reviewer's run: from a clean copy to a report"),
    "stage": ("review.stage", "one stage of it, on this folder"),
    "report": ("review.report", "write the report from what the stages said"),
    "second": ("review.second_path.__main__", "every verdict by a second path, from the tables alone"),
    "mutate": ("review.mutation.__main__", "corrupt the tables one cell at a time and say what catches it"),
    "code-mutation": ("review.code_mutation.run", "break the code one place at a time and say what catches it"),
    "numbers": ("review.numbers", "find numbers typed into the prose"),
    "changes": ("review.changes", "which verdicts moved between two states, and because of which rows"),
    "deposit": ("review.provenance.citation", "write .zenodo.json from CITATION.cff"),
    "archive": ("review.archive", "a bundle of everything, with checksums, the same bytes each time"),
}


def main(arguments: list[str]) -> int:
    """Run one command; 0 when nothing was found, 1 with findings, 2 for wrong input."""
    name = arguments[0] if arguments else ""
    if name not in COMMANDS:
        lines = [f"  {command:<14} {what}" for command, (_, what) in COMMANDS.items()]
        print("\n".join(["usage: python -m review COMMAND [options]", "", *lines]), file=sys.stderr)
        return 2
    try:
        module = import_module(COMMANDS[name][0])
        status: int = module.main(arguments[1:])
    except InputError as error:
        print(f"{name}: {error}", file=sys.stderr)
        return 2
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
