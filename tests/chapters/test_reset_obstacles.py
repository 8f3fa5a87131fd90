"""The obstacles as an argument: what supports each, and what the conclusion loses without it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from math import exp, prod

import pandas as pd
import pytest
from chapter_rows import numbers_in, read_rows, with_table

from analysis.chapter import Chapter, read_chapter
from analysis.chapters.reset import obstacles
from analysis.figures.figure import Figure

CONCLUSION = "reset.119"
FAMILIES = {
    "Territory": ("reset.i117", "reset.i118", "reset.i119"),
    "Mistrust": ("reset.i124",),
    "Europe": ("reset.i193", "reset.i194", "reset.i341"),
    "Kyiv": ("reset.i195",),
    "American politics": ("reset.i196",),
}


@pytest.fixture(scope="module")
def reset() -> Chapter:
    return read_chapter("reset")


def steps() -> dict[str, list[dict[str, str]]]:
    """The rows of every support and attack by inference."""
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in read_rows("inferences"):
        if row["relation"] != "implies" and row["to_claim"].startswith("reset."):
            found[row["inference_id"]].append(row)
    return found


def ancestors(claims: set[str]) -> set[str]:
    """The claims and all that leads to them."""
    reached = set(claims)
    while True:
        more = {row["from_claim"] for rows in steps().values() for row in rows if row["to_claim"] in reached}
        if more <= reached:
            return reached
        reached |= more


def strength(labels: dict[str, str], rule: str, gone: tuple[str, ...] = ()) -> float:
    """The conclusion's strength by each published formula, worked out anew by recursion over the rows."""
    rows = steps()
    led = {part[0]["to_claim"] for part in rows.values()}
    known: dict[str, float] = {}

    def of(claim: str) -> float:
        if claim in known:
            return known[claim]
        base = 0.5 if claim in led else {"Supported": 0.9, "Refuted": 0.1}.get(labels[claim], 0.5)
        acting: dict[str, list[float]] = {"support": [], "attack": []}
        for name, part in rows.items():
            if part[0]["to_claim"] == claim and name not in gone:
                weakest = min(of(row["from_claim"]) for row in part)
                acting[part[0]["relation"]].append(max(0.0, 2 * weakest - 1))
        if rule == "DF-QuAD":
            pull = prod(1 - x for x in acting["attack"]) - prod(1 - x for x in acting["support"])
        else:
            pull = sum(acting["support"]) - sum(acting["attack"])
        if rule == "Euler-based":
            found = (
                1 - (1 - base**2) / (1 + base * exp(pull)) if acting["support"] or acting["attack"] else base
            )
        else:
            size = abs(pull) if rule == "DF-QuAD" else pull**2 / (1 + pull**2)
            found = base + (1 - base) * size if pull > 0 else base - base * size
        known[claim] = found
        return found

    return of(CONCLUSION)


def beside() -> tuple[str, ...]:
    """The steps for the conclusion that no obstacle makes."""
    families = {step for family in FAMILIES.values() for step in family}
    return tuple(
        name
        for name, part in steps().items()
        if part[0]["to_claim"] == CONCLUSION and part[0]["relation"] == "support" and name not in families
    )


def test_every_step_from_the_obstacles_is_in_one_family(reset: Chapter) -> None:
    paragraphs = {row["claim_id"]: int(row["paragraph"]) for row in read_rows("claims", article_id="reset")}
    first = min(obstacles.OBSTACLES["Territory"])
    for name in beside():
        assert min(paragraphs[row["from_claim"]] for row in steps()[name]) < first


def test_losses_are_those_of_the_published_formulas(reset: Chapter) -> None:
    shown = obstacles.removal_table(reset).data.set_index("obstacle")
    labels = reset.labels()
    for rule in ("DF-QuAD", "quadratic energy", "Euler-based"):
        whole = strength(labels, rule)
        for name, family in FAMILIES.items():
            assert shown.loc[name, rule] == pytest.approx(whole - strength(labels, rule, family), abs=1e-9), (
                name,
                rule,
            )


def test_the_picture_of_losses_shows_what_the_table_holds(reset: Chapter) -> None:
    drawn, shown = obstacles.losses(reset), obstacles.removal_table(reset).data.set_index("obstacle")
    for row in drawn.data.to_dict("records"):
        assert float(row["value"]) == pytest.approx(shown.loc[row["label"], row["series"]], abs=0.00501)
    most = max(float(span.split("–")[1]) for span in shown["range"])
    assert f"at most {most:.2f} over 18 rules" in drawn.title


def test_claims_behind_each_obstacle_are_counted_by_verdict(reset: Chapter) -> None:
    shown = obstacles.removal_table(reset).data.set_index("obstacle")
    direct = []
    for name, family in FAMILIES.items():
        premises = {row["from_claim"] for step in family for row in steps()[step]}
        direct += [row["from_claim"] for step in family for row in steps()[step]]
        claims = ancestors(premises)
        assert shown.loc[name, "claims"] == len(claims)
        assert shown.loc[name, "supported"] == sum(reset.now[claim].label == "Supported" for claim in claims)
    drawn = obstacles.support_picture(reset)
    firm = sum(2 * shown["supported"] > shown["claims"])
    not_supported = sum(reset.now[claim].label != "Supported" for claim in direct)
    said = numbers_in(drawn.title)
    assert said[-2:] == [len(direct), not_supported]
    assert said[:-2] == ([5] if firm == 5 else [firm, 5])


def test_a_verdict_that_falls_moves_what_it_carries(reset: Chapter) -> None:
    before = obstacles.removal_table(reset).data.set_index("obstacle")
    silent = with_table(reset, "stances", lambda rows: rows[rows["claim_id"] != "reset.133"])
    after = obstacles.removal_table(silent).data.set_index("obstacle")
    assert after.loc["Territory", "quadratic energy"] < before.loc["Territory", "quadratic energy"]
    assert after.loc["Territory", "supported"] == before.loc["Territory", "supported"] - 1


def test_what_else_bears_on_the_conclusion_is_named_and_weighed(reset: Chapter) -> None:
    text = str(obstacles.others_sentence(reset).data)
    labels = reset.labels()
    every = tuple(step for family in FAMILIES.values() for step in family)
    assert f"{len(beside())} more reasons" in text and "Nothing in the argument speaks against it" in text
    for name in beside():
        for row in steps()[name]:
            assert f"#claim-{row['from_claim'].replace('.', '-')}" in text
    for line, rule in zip(text.splitlines()[2:], ("DF-QuAD", "quadratic energy", "Euler-based"), strict=True):
        assert numbers_in(line.partition(":")[2]) == pytest.approx(
            [strength(labels, rule, gone) for gone in ((), every, beside())], abs=0.00501
        )


def test_an_attack_on_the_conclusion_is_named(reset: Chapter) -> None:
    def turn(rows: pd.DataFrame) -> pd.DataFrame:
        return rows.assign(relation=rows["relation"].mask(rows["inference_id"] == beside()[-1], "attack"))

    text = str(obstacles.others_sentence(with_table(reset, "inferences", turn)).data)
    assert "Against it: " in text and "without what speaks against it" in text
    assert f"{len(beside()) - 1} more reason" in text


def test_the_answer_names_the_costliest_obstacle_of_each_rule(reset: Chapter) -> None:
    text = str(obstacles.answer(reset).data)
    labels = reset.labels()
    for rule in ("DF-QuAD", "quadratic energy", "Euler-based"):
        whole = strength(labels, rule)
        lost = {name: whole - strength(labels, rule, family) for name, family in FAMILIES.items()}
        most = max(lost, key=lambda name: lost[name])
        said = text.partition(f"under {rule} ")[2].partition(";")[0].partition(". Over")[0]
        assert f"{whole:.2f}" in said
        assert (f"{lost[most]:.2f}, without {most.lower()}" in said.lower()) == (lost[most] >= 0.005)


def test_hinges_that_move_nothing_are_not_named(reset: Chapter) -> None:
    lines = str(obstacles.hinges_sentence(reset).data).splitlines()[2:]
    assert len(lines) == 3
    for line in lines:
        assert "0.00" not in line


def test_causes_are_counted_with_their_verdicts(reset: Chapter) -> None:
    claims = ancestors(
        {row["from_claim"] for family in FAMILIES.values() for step in family for row in steps()[step]}
    )
    kinds = {row["claim_id"]: row["kind"] for row in read_rows("claims", article_id="reset")}
    causes = [claim for claim in claims if kinds[claim] == "causal"]
    assert f"{len(causes)} of {len(claims)} say" in str(obstacles.causes_sentence(reset).data)


@pytest.mark.parametrize(
    ("draw", "figure_id"),
    [
        (obstacles.support_picture, "reset-obstacles"),
        (obstacles.losses, "reset-obstacle-losses"),
        (obstacles.obstacles_map, "reset-obstacles-map"),
    ],
)
def test_an_obstacle_without_a_step_names_the_figure(
    reset: Chapter, draw: Callable[[Chapter], Figure], figure_id: str
) -> None:
    assert draw(reset).figure_id == figure_id
    cut = with_table(reset, "inferences", lambda rows: rows[rows["inference_id"] != "reset.i195"])
    with pytest.raises(ValueError, match=f"figure {figure_id}: kyiv leads to no conclusion"):
        draw(cut)
