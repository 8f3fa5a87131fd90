"""The matrix of expectations: every badge is drawn where it belongs, and a strange word is refused."""

import pandas as pd
import pytest
from matplotlib.patches import FancyBboxPatch

from analysis.figures.outcomes import Look, outcomes

WORDS = {
    "figure_id": "a-matrix",
    "title": "What is found",
    "subtitle": "unit · place · period",
    "source": "invented",
    "alt": "What is seen.",
}
LOOKS = {
    "came": Look("✓", "#005A96", "#FFFFFF", "#005A96"),
    "failed": Look("×", "#C84A0A", "#FFFFFF", "#C84A0A"),
}


def expectations() -> pd.DataFrame:
    return pd.DataFrame(
        [
            ("trade", "East", "more", "came"),
            ("trade", "West", "less", "failed"),
            ("arms", "East", "same", "came"),
            *[("arms", "West", "more", "failed")] * 7,
        ],
        columns=["row", "column", "direction", "outcome"],
    )


def test_every_expectation_has_a_badge_apart_from_the_others(monkeypatch):
    drawn = []

    def badge(corner, *size, **look):
        drawn.append((round(corner[0], 3), round(corner[1], 3)))
        return FancyBboxPatch(corner, *size, **look)

    monkeypatch.setattr("analysis.figures.outcomes.FancyBboxPatch", badge)
    outcomes(expectations(), looks=LOOKS, **WORDS)
    assert len(set(drawn)) == len(drawn) == len(expectations())


def test_the_bytes_are_the_same():
    once, again = (outcomes(expectations(), looks=LOOKS, **WORDS) for _ in range(2))
    assert once.svg == again.svg
    assert once.data.equals(expectations())


def test_another_outcome_or_direction_shows():
    for column, word in (("outcome", "failed"), ("direction", "less")):
        changed = expectations()
        changed.loc[0, column] = word
        assert (
            outcomes(changed, looks=LOOKS, **WORDS).svg != outcomes(expectations(), looks=LOOKS, **WORDS).svg
        )


def test_a_single_badge_can_be_drawn():
    assert outcomes(expectations().iloc[:1], looks=LOOKS, **WORDS).svg


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda rows: rows.drop(columns="direction"), "lack direction"),
        (lambda rows: rows.iloc[:0], "no row"),
        (
            lambda rows: rows.assign(direction="sideways"),
            "'sideways' is no direction; write more, less, same",
        ),
        (lambda rows: rows.assign(outcome="who knows"), "'who knows' is no outcome; write came, failed"),
        (lambda rows: rows.assign(column=[f"a rather wide name {place}" for place in range(10)]), "no room"),
    ],
)
def test_what_cannot_be_drawn_is_refused(change, message):
    with pytest.raises(ValueError, match=f"figure a-matrix.*{message}"):
        outcomes(change(expectations()), looks=LOOKS, **WORDS)
