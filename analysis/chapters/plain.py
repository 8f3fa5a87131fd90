"""What a chapter shows before it has figures of its own: everything that its rows alone can draw.

A new chapter starts with these, and grows as rows are added; no claim is named here.
"""

from __future__ import annotations

from IPython.display import Markdown

from analysis import verdicts
from analysis.chapter import Chapter
from analysis.chapters import common
from analysis.chapters.forecasts import forecast_summary, forecast_table
from analysis.chapters.phrases import KINDS
from analysis.figures.figure import Figure
from analysis.figures.table import Table


def evidence(chapter: Chapter) -> list[Figure]:
    """The measurements of each claim that rows measure, against what the article states, in order of claim."""
    measured = []
    for claim_id, claim in chapter.claims.items():
        primary = chapter.library.primary(claim_id)
        if primary["table"] != "observations" or claim["kind"] == "comparison":
            continue
        rows = chapter.evidence_rows(claim_id)
        if len(rows) and rows.loc[rows["primary"], "low"].notna().any():
            measured.append(claim_id)
    return [common.evidence_figure(chapter, claim_id) for claim_id in measured]


def comparisons(chapter: Chapter) -> list[Figure]:
    """The specification curves of each comparison, in order of claim."""
    return [
        figure
        for claim_id, claim in chapter.claims.items()
        if claim["kind"] == "comparison"
        for figure in common.curve_figure(chapter, claim_id)
    ]


def families(chapter: Chapter) -> list[Table]:
    """The verdicts of each kind of claim, from what one can look up to what one can only argue."""
    by_kind = {
        name: [claim_id for claim_id, claim in chapter.claims.items() if claim["kind"] == kind]
        for kind, name in KINDS.items()
    }
    return [
        common.findings(chapter, claims, f"{name.capitalize()}: {_fared(chapter, claims)}")
        for name, claims in by_kind.items()
        if claims
    ]


def _fared(chapter: Chapter, claims: list[str]) -> str:
    labels = [chapter.now[claim_id].label for claim_id in claims]
    return ", ".join(f"{labels.count(label)} {label.lower()}" for label in verdicts.LABELS if label in labels)


def forecasts(chapter: Chapter) -> list[Markdown | Table]:
    """What the article expected, and what came; a sentence where it expects nothing that is on record."""
    if not any(claim["kind"] == "forecast" for claim in chapter.claims.values()):
        return [Markdown("No claim of this chapter is a forecast.")]
    return [forecast_summary(chapter), forecast_table(chapter)]
