"""How a verdict comes about: the kind of a claim picks the rule, the rows decide, no hand sets it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from analysis import periods, specifications
from analysis.methods.forecast_score import brier_band
from analysis.origins import count_origins
from analysis.readings import Evidence, Library, Record, Reference, read

SUPPORTED = "Supported"
REFUTED = "Refuted"
CONFLICTING = "Conflicting evidence"
NOT_ENOUGH = "Not enough evidence"
OPEN = "Open"
LABELS = (SUPPORTED, REFUTED, CONFLICTING, NOT_ENOUGH, OPEN)

COMMITTED_HIGH, COMMITTED_LOW = 0.6, 0.4


@dataclass(frozen=True)
class Verdict:
    """A label with what it rests on; `explanation` is one or two plain sentences made from the rows."""

    label: str
    explanation: str
    evidence: tuple[Evidence, ...] = ()
    share: float | None = None
    curves: tuple[specifications.Curve, ...] = ()
    brier: tuple[float, float] | None = None


def from_judgements(evidence: list[Evidence]) -> str:
    """All inside: Supported; all outside: Refuted; both: Conflicting; none that decides: Not enough."""
    judgements = {item.judgement for item in evidence} - {"undecided"}
    if judgements == {"inside"}:
        return SUPPORTED
    if judgements == {"outside"}:
        return REFUTED
    return CONFLICTING if judgements else NOT_ENOUGH


def plural(count: int, noun: str) -> str:
    """A count with its noun."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _explain(evidence: list[Evidence], inside: str, outside: str) -> str:
    deciding = [item for item in evidence if item.judgement != "undecided"]
    agreeing = [item for item in deciding if item.judgement == "inside"]
    opposing = [item for item in deciding if item.judgement == "outside"]
    parts = []
    if agreeing:
        parts.append(f"{plural(count_origins(agreeing), 'independent origin')} {inside}")
    if opposing:
        parts.append(f"{plural(count_origins(opposing), 'independent origin')} {outside}")
    text = "; ".join(parts) + "." if parts else ""
    if undecided := len(evidence) - len(deciding):
        text += f" {plural(undecided, 'further piece')} of evidence {'decides' if undecided == 1 else 'decide'} nothing."
    return text.strip()


def _missing(reading: Record) -> str:
    return f"No independent evidence decides it. {reading['ground']}"


_WORDS = {
    "figure": ("inside the stated interval", "outside it"),
    "threshold": ("meeting the criterion", "failing it"),
    "date": ("dating it as stated", "dating it otherwise or denying it"),
    "occurrence": ("confirming it", "denying it"),
    "holder": ("agreeing on the office", "disagreeing on it"),
    "stance": ("supporting it", "contradicting it"),
}


def by_reading(library: Library, claim: Record, reading: Record, on: date, width: float) -> Verdict:
    """Judge by what one reading finds: numbers, events, offices and stances."""
    evidence = read(library, reading, on, width)
    text = _explain(evidence, *_WORDS[reading["method"]])
    label = from_judgements(evidence)
    if label == NOT_ENOUGH:
        text = f"{_missing(reading)} {text}".strip()
    return Verdict(label, text, tuple(evidence))


def _comparison(library: Library, claim: Record, reading: Record, on: date, width: float) -> Verdict:
    combinations = specifications.declare(library, claim["claim_id"])
    curves = specifications.run(library, combinations, on, width)
    label, share = specifications.summarise(curves)
    runs = sum(len(curve.runs) for curve in curves)
    tried = sum(curve.combinations for curve in curves)
    without = sum(curve.without_data for curve in curves)
    provisional = sum(curve.provisional for curve in curves)
    text = f"{plural(tried, 'declared combination')} with data"
    if runs > tried:
        text += f", {runs} runs over their independent measurements"
    if share is not None:
        text += f", of which {share:.0%} meet the criterion {reading['expected'] or 'stated'}"
    text += f"; {plural(without, 'declared combination')} found no data"
    text += f", {provisional} rested on provisional values alone." if provisional else "."
    if len(curves) > 1:
        text += " By estimand: " + "; ".join(f"{curve.estimand}: {curve.label}" for curve in curves) + "."
    if label == NOT_ENOUGH:
        text += " At least eight combinations and two origins are needed for each estimand."
    evidence = tuple(item for curve in curves for item in curve.evidence)
    return Verdict(label, text, evidence, share, tuple(curves))


def _causal(library: Library, claim: Record, reading: Record, on: date, width: float) -> Verdict:
    """A cause is refuted with a necessary implication; it is supported only by an identifying design."""
    published = library.published(claim["claim_id"])
    until = on if claim["lasting"] == "yes" else min(on, published)
    evidence: list[Evidence] = []
    implied = []
    for row in library.implications.get(claim["claim_id"], []):
        verdict = judge(library, row["to_claim"], until, width)
        against = [item for item in verdict.evidence if item.judgement == "outside"]
        evidence += verdict.evidence
        implied.append(f"{row['to_claim']} ({verdict.label})")
        if verdict.label == REFUTED and count_origins(against) >= 2:
            text = f"It would imply {row['to_claim']}, which {count_origins(against)} independent origins refute."
            return Verdict(REFUTED, text, tuple(evidence))
    for other in library.readings_of[claim["claim_id"]]:
        if other["method"] == "design":
            found = read(library, other, on, width)
            if from_judgements(found) == SUPPORTED:
                return Verdict(SUPPORTED, f"An identifying design holds: {other['ground']}", tuple(found))
    text = "No identifying design is at hand, and what the cause implies does not refute it"
    text += f": {', '.join(implied)}." if implied else "."
    return Verdict(NOT_ENOUGH, f"{text} {reading['ground']}", tuple(evidence))


def _forecast(library: Library, claim: Record, reading: Record, on: date, width: float) -> Verdict:
    row = library.tables.row("forecasts", claim["claim_id"]).to_dict()
    outcome = None
    evidence: tuple[Evidence, ...] = ()
    known = library.known(row) if row["source_id"] else None
    if not _missing_number(row["outcome"]) and known is not None and known <= on:
        outcome = float(row["outcome"])
        reference = Reference(
            "forecasts", claim["claim_id"], outcome, row["outcome_date"], row["source_id"], claim["claim_id"]
        )
        judgement = {1.0: "inside", 0.0: "outside"}.get(outcome, "undecided")
        evidence = (Evidence(outcome, None, judgement, frozenset([row["source_id"]]), known, (reference,)),)
    if row["condition_met"] == "no" and known is not None and known <= on:
        return Verdict(NOT_ENOUGH, f"Its condition did not come about: {row['condition']}.", evidence)
    if not row["criterion"] or not row["horizon"]:
        return Verdict(
            NOT_ENOUGH, "Not resolvable: the wording names no measure or no day that could be checked."
        )
    if outcome is None:
        if on <= periods.last_day(row["horizon"]):
            return Verdict(OPEN, f"Undecided, and its horizon of {row['horizon']} has not passed.")
        return Verdict(NOT_ENOUGH, f"Its horizon of {row['horizon']} has passed and no outcome is known.")
    low, high = float(row["probability_low"]), float(row["probability_high"])
    brier = brier_band(low, high, outcome)
    band = f"Brier score between {brier[0]:.2f} and {brier[1]:.2f}"
    happened = {1.0: "happened", 0.0: "did not happen", 0.5: "partly happened"}[outcome]
    if low >= COMMITTED_HIGH or high <= COMMITTED_LOW:
        expected = low >= COMMITTED_HIGH
        label = CONFLICTING if outcome == 0.5 else SUPPORTED if (outcome == 1) == expected else REFUTED
        return Verdict(label, f"What was expected {happened}; {band}.", evidence, brier=brier)
    return Verdict(
        NOT_ENOUGH,
        f"Scored, not judged: the wording commits to nothing; it {happened}; {band}.",
        evidence,
        brier=brier,
    )


def _missing_number(value: object) -> bool:
    return value is None or value != value or str(value) == "<NA>"


_RULES: dict[str, Callable[[Library, Record, Record, date, float], Verdict]] = {
    "comparison": _comparison,
    "causal": _causal,
    "forecast": _forecast,
}


def judge(library: Library, claim_id: str, on: date, width: float = 1.0) -> Verdict:
    """The verdict on a claim from what was known by `on`.

    `width` scales the tolerance of statement intervals; 1 is the rule.
    """
    claim = library.claims[claim_id]
    rule = _RULES.get(claim["kind"], by_reading)
    return rule(library, claim, library.primary(claim_id), on, width)


def at_publication(library: Library, claim_id: str, width: float = 1.0) -> Verdict:
    """The verdict on what was known when the article appeared."""
    return judge(library, claim_id, library.published(claim_id), width)


def now(library: Library, claim_id: str, width: float = 1.0) -> Verdict:
    """The verdict on everything up to the day that the evidence reaches."""
    return judge(library, claim_id, library.tables.schema.as_of, width)
