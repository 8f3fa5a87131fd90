"""The verdict on each claim, now and at publication, from rows alone."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import NamedTuple

from review.second_path.curves import curves
from review.second_path.days import last_day
from review.second_path.folder import Folder, Row
from review.second_path.happenings import METHODS, answers
from review.second_path.labels import CONFLICTING, NOT_ENOUGH, OPEN, REFUTED, SUPPORTED, label
from review.second_path.observations import Reader, asked, judged
from review.second_path.origins import groups

COMMITTED, DENIED = Fraction("0.6"), Fraction("0.4")


class Verdict(NamedTuple):
    """A label; for a comparison the share of runs that hold; how many origins speak against the claim."""

    label: str
    share: Fraction | None = None
    against: int = 0


class Court:
    """Judges the claims of one folder; each verdict is worked out once."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self._found: dict[tuple[str, bool], Verdict] = {}

    def verdict(self, claim_id: str, now: bool) -> Verdict:
        """Now, with all that is known up to the folder's date; or at the article's publication."""
        key = claim_id, now
        if key not in self._found:
            self._found[key] = self._judge(self.folder.claims[claim_id], now)
        return self._found[key]

    def _judge(self, claim: Row, now: bool) -> Verdict:
        published = self.folder.published(claim)
        day = self.folder.as_of if now else published
        reading = self.folder.primary[claim["claim_id"]]
        method = reading["method"]
        if claim["kind"] == "comparison":
            return self._comparison(claim, Reader(self.folder, day, published))
        if method == "forecast":
            return Verdict(_forecast(self.folder, self.folder.forecasts[claim["claim_id"]], day))
        if method == "implication":
            return self._cause(claim, now)
        if method in METHODS:
            found = answers(self.folder, claim, reading, day)
            return Verdict(label(found), against=found.count(False))
        decided = judged(Reader(self.folder, day, published).pieces(reading), asked(reading, claim))
        if claim["kind"] == "causal":  # a design can show a cause; that it shows nothing refutes none
            holds = bool(decided) and all(held for held, _ in decided)
            return Verdict(SUPPORTED if holds else NOT_ENOUGH)
        against = groups([piece for held, piece in decided if not held], lambda piece: piece.origins)
        return Verdict(label([held for held, _ in decided]), against=len(against))

    def _comparison(self, claim: Row, reader: Reader) -> Verdict:
        """Estimands that decide must agree; the share is that of all runs."""
        found = curves(self.folder, reader, claim["claim_id"])
        labels = {curve.label for curve in found} - {NOT_ENOUGH}
        decided = labels.pop() if len(labels) == 1 else CONFLICTING if labels else NOT_ENOUGH
        runs = sum(curve.runs for curve in found)
        share = Fraction(sum(curve.holding for curve in found), runs) if runs else None
        return Verdict(decided, share, max(curve.origins for curve in found))

    def _cause(self, claim: Row, now: bool) -> Verdict:
        """Refuted with any necessary implication that two origins refute; on later evidence only a lasting cause."""
        then = now and claim["lasting"] == "yes"
        for implied in self.folder.implications[claim["claim_id"]]:
            found = self.verdict(implied, then)
            if found.label == REFUTED and found.against >= 2:
                return Verdict(REFUTED)
        return Verdict(NOT_ENOUGH)


def _forecast(folder: Folder, row: Row, day: date) -> str:
    public = bool(row["source_id"]) and folder.known(row, day)
    if row["condition_met"] == "no" and public:
        return NOT_ENOUGH
    if not row["criterion"] or not row["horizon"]:
        return NOT_ENOUGH
    if not row["outcome"] or not public:
        return OPEN if day <= last_day(row["horizon"]) else NOT_ENOUGH
    outcome = Fraction(row["outcome"])
    if Fraction(row["probability_low"]) >= COMMITTED:
        expected = Fraction(1)
    elif Fraction(row["probability_high"]) <= DENIED:
        expected = Fraction(0)
    else:
        return NOT_ENOUGH
    if outcome not in (0, 1):
        return CONFLICTING
    return SUPPORTED if outcome == expected else REFUTED
