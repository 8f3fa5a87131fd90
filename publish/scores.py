"""What was measured of the project itself, as tables of pages: how well its checks bite, and how fast it is."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pandas as pd

from analysis import paths

RESULTS = paths.ROOT / "review" / "results"
BENCH = paths.BOOK / "how-fast.csv"
MEANING = ["schema", "rules", "bounds", "second source"]
STORED = ["verdicts", "figures"]


def _percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:.1f}" if whole else "–"


def _table(head: list[str], rows: list[list[str]], caption: str) -> str:
    """An HTML table whose first column is words and whose others are numbers."""
    cells = "".join(f'<th scope="col"{" class=numeric" * bool(place)}>{escape(name)}</th>' for place, name in enumerate(head))
    lines = "\n".join(
        "<tr>" + "".join(f"<td{' class=numeric' * bool(place)}>{escape(cell)}</td>" for place, cell in enumerate(row)) + "</tr>"
        for row in rows
    )
    return (
        f'<div class="table-wide"><table class="tables"><caption>{escape(caption)}</caption>\n'
        f"<thead><tr>{cells}</tr></thead>\n<tbody>\n{lines}\n</tbody></table></div>"
    )


def data(folder: Path = RESULTS) -> str:
    """By kind of damage to a used row: how many were tried, and the percent caught by meaning, by results, by nothing."""
    scores = pd.read_csv(folder / "mutation.csv")
    used = scores[scores["used"] == "yes"].groupby("operator").sum(numeric_only=True)
    used.loc["all kinds"] = used.sum()
    rows = []
    for kind, row in used.iterrows():
        meaning, stored = row[MEANING].sum(), row[STORED].sum()
        rows.append(
            [str(kind), f"{row['mutants']:.0f}", _percent(meaning, row["mutants"]), _percent(meaning + stored, row["mutants"]), f"{row['digest']:.0f}"]
        )
    first = scores.iloc[0]
    caption = (
        f"One cell or row of the tables that a verdict or figure uses is damaged at a time, {first['date']}, seed {first['seed']}. "
        "By meaning: types, rules, limits or a second source; with results: a verdict or a figure's data change too."
    )
    return _table(["damage", "tried", "caught by meaning, %", "with results, %", "seen by a digest alone"], rows, caption)


def code(folder: Path = RESULTS) -> str:
    """By module of the analysis: how many changed copies were tried, and how many its own tests noticed."""
    scores = pd.read_csv(folder / "code_mutation.csv")
    counts = ["mutants", "tried", "killed", "timeout", "equivalent", "survived"]
    total = pd.DataFrame([{"module": "all modules", **scores[counts].sum()}])
    rows = [
        [str(row["module"]), *(f"{row[name]:.0f}" for name in counts)]
        for _, row in pd.concat([scores, total]).iterrows()
    ]
    first = scores.iloc[0]
    caption = (
        f"The code is changed in one place at a time, {first['date']}, seed {first['seed']}, and only the module's own tests are run. "
        "Equivalent: no test can tell, with the reason in the project."
    )
    return _table(["module", "possible", "tried", "noticed", "ran too long", "equivalent", "not noticed"], rows, caption)


def speed(file: Path = BENCH) -> str:
    """By thing measured: its seconds, its baseline's, their ratio, and how busy the machine was."""
    measures = pd.read_csv(file, dtype=str, keep_default_na=False)
    rows = [
        [f"{row['what']}, against {row['baseline']}", row["seconds"], row["its seconds"], row["ratio"], row["load"]]
        for _, row in measures.iterrows()
    ]
    machines = measures[["date", "cores", "processor"]].drop_duplicates().itertuples(index=False)
    said = "; ".join(f"{date}, {cores} cores, {processor}" for date, cores, processor in machines)
    return _table(["what, against its baseline", "seconds", "baseline, seconds", "ratio", "load"], rows, f"Measured {said}.")
