"""Pictures to play with that every chapter can have: the starting scores of its argument.

The page's script works out what `Argument.strengths` works out; a browser test compares the two.
"""

from __future__ import annotations

from analysis.arguments import BASE_SCORES, UNDECIDED
from analysis.chapter import Chapter
from analysis.figures.play import Bar, Choice, Play, Slider
from analysis.verdicts import REFUTED, SUPPORTED

SEMANTICS = {"df_quad": "DF-QuAD", "quadratic_energy": "quadratic energy", "euler_based": "Euler-based"}
TRANSFERS = {"excess": "what exceeds one half", "whole": "its whole strength"}
LETTERS = {SUPPORTED: "S", REFUTED: "R"}


def argument(chapter: Chapter) -> Play:
    """The chapter's conclusions under the reader's own starting scores and rules.

    The settings list the claims, premises before conclusions: for each its verdicts at publication and now (S
    supported, R refuted, – otherwise), and for each that inferences lead to, these, as whether they attack and
    the places of their premises in the list.
    """
    found = chapter.argument
    place = {claim: number for number, claim in enumerate(found.order)}
    then, now = chapter.labels("then"), chapter.labels("now")
    steps: dict[int, list[list[int]]] = {}
    for inference in found.inferences:
        step = [int(inference.relation == "attack"), *(place[premise] for premise in inference.premises)]
        steps.setdefault(place[inference.conclusion], []).append(step)
    ends = chapter.conclusions
    return Play(
        f"{chapter.article_id}-play-argument",
        "argument",
        "What if the verdicts weighed more, or less?",
        [
            Slider("supported", "Score of a supported premise", "", 0.5, 1, 0.05, BASE_SCORES[SUPPORTED]),
            Slider("refuted", "Score of a refuted premise", "", 0, 0.5, 0.05, BASE_SCORES[REFUTED]),
            Slider("otherwise", "Score of any other premise", "", 0, 1, 0.05, UNDECIDED),
            Choice("semantics", "How premises combine", SEMANTICS),
            Choice("transfer", "What a premise passes on", TRANSFERS),
            Choice("when", "Verdicts", {"now": "now", "then": "at publication"}),
        ],
        "{beyond} of {all} conclusions are carried beyond the starting value of one half. Strength, 0 to 1:",
        [Bar(f"c{number}", chapter.claims[claim]["short_en"]) for number, claim in enumerate(ends)],
        "Strength follows from the scores that a reader gives to verdicts; it is no probability. What inferences lead to "
        "starts at one half.",
        {
            "claims": [LETTERS.get(then[claim], "–") + LETTERS.get(now[claim], "–") for claim in found.order],
            "steps": {str(number): rows for number, rows in sorted(steps.items())},
            "conclusions": [place[claim] for claim in ends],
        },
    )
