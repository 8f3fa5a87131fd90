"""The written rule that turns coders' codes into one: its cases, and what it must never do."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.methods.adjudication import (
    AGREED,
    DISPUTED,
    MEAN,
    NEAREST,
    SINGLE,
    SOURCED,
    SPEAKING,
    adjudicate,
    adjudicate_names,
    adjudicate_unordered,
)


def coded(*codes: tuple[object, str], key: str = "k") -> pd.DataFrame:
    rows = [
        {"key": key, "coder": f"c{place}", "code": str(code), "source_id": source}
        for place, (code, source) in enumerate(codes)
    ]
    return pd.DataFrame(rows, columns=["key", "coder", "code", "source_id"])


@pytest.mark.parametrize(
    ("codes", "code", "rule"),
    [
        ([(2, ""), (2, "s")], 2, AGREED),
        ([(1, "s"), (2, "")], 1, SOURCED),
        ([(1, ""), (2, "s")], 2, SOURCED),
        ([(1, ""), (2, "")], 1, MEAN),
        ([(-1, "s"), (-2, "t")], -1, MEAN),
        ([(-1, "s"), (1, "")], 0, MEAN),
        ([(-1, "s"), (2, "")], 0, MEAN),
        ([(-2, "")], -2, SINGLE),
        ([(1, "s"), (2, ""), (2, "")], 1, MEAN),
    ],
)
def test_each_case_of_the_rule(codes: list[tuple[int, str]], code: int, rule: str) -> None:
    assert adjudicate(coded(*codes)).loc["k"].tolist() == [code, rule]


def test_no_item_gives_no_code() -> None:
    assert adjudicate(coded()).empty


def test_items_are_settled_apart() -> None:
    both = pd.concat([coded((2, ""), (2, ""), key="b"), coded((0, ""), key="a")])
    assert adjudicate(both)["code"].to_dict() == {"a": 0, "b": 2}


def test_what_cannot_be_settled_is_named() -> None:
    with pytest.raises(ValueError, match="codes of k must be whole numbers, found 1"):
        adjudicate(coded((1.5, "")))
    with pytest.raises(ValueError, match="coder c0 codes k twice"):
        adjudicate(pd.concat([coded((1, "")), coded((1, ""))]))


@given(
    st.lists(st.tuples(st.integers(-2, 2), st.sampled_from(["", "s"])), min_size=1, max_size=4),
    st.randoms(use_true_random=False),
)
def test_the_outcome_lies_between_the_codes_whatever_their_order(codes: list, random: object) -> None:
    code = adjudicate(coded(*codes)).loc["k", "code"]
    numbers = [one for one, _ in codes]
    assert min(numbers) <= code <= max(numbers)
    turned = adjudicate(coded(*[(-one, source) for one, source in codes])).loc["k", "code"]
    assert turned == -code
    random.shuffle(codes)  # type: ignore[attr-defined]
    assert adjudicate(coded(*codes)).loc["k", "code"] == code


# Weights after Goldstein (1992); 152 is made up, to lie as far from nought as 163.
WEIGHTS = pd.Series({"036": 4.0, "046": 7.0, "111": -2.0, "112": -2.0, "152": 8.0, "163": -8.0, "172": -5.0})


@pytest.mark.parametrize(
    ("codes", "code", "rule"),
    [
        ([("163", ""), ("163", "s")], "163", AGREED),
        ([("163", "s"), ("172", "")], "172", NEAREST),  # of another root the source decides nothing
        ([("112", "s"), ("111", "")], "112", SOURCED),
        ([("112", "s"), ("111", "t")], "111", NEAREST),
        ([("112", ""), ("111", "")], "111", NEAREST),
        ([("046", ""), ("111", "")], "111", NEAREST),
        ([("163", ""), ("152", "")], "152", NEAREST),
        ([("046", "")], "046", SINGLE),
        ([("112", "s"), ("111", ""), ("111", "")], "111", NEAREST),
    ],
)
def test_each_case_of_the_rule_for_names(codes: list[tuple[str, str]], code: str, rule: str) -> None:
    assert adjudicate_names(coded(*codes), WEIGHTS).loc["k"].tolist() == [code, rule]


def test_names_that_cannot_be_settled_are_named() -> None:
    with pytest.raises(ValueError, match="code 36 has no weight"):
        adjudicate_names(coded(("36", "")), WEIGHTS)
    with pytest.raises(ValueError, match="coder c0 codes k twice"):
        adjudicate_names(pd.concat([coded(("036", "")), coded(("036", ""))]), WEIGHTS)
    assert adjudicate_names(coded(), WEIGHTS).empty


@given(
    st.lists(st.tuples(st.sampled_from(sorted(WEIGHTS.index)), st.sampled_from(["", "s"])), min_size=1, max_size=4),
    st.randoms(use_true_random=False),
)
def test_a_settled_name_is_a_coders_whatever_their_order(codes: list, random: object) -> None:
    code, rule = adjudicate_names(coded(*codes), WEIGHTS).loc["k"]
    assert code in {one for one, _ in codes}
    assert rule != NEAREST or abs(WEIGHTS[code]) == min(abs(WEIGHTS[one]) for one, _ in codes)
    random.shuffle(codes)  # type: ignore[attr-defined]
    assert adjudicate_names(coded(*codes), WEIGHTS).loc["k", "code"] == code


@pytest.mark.parametrize(
    ("codes", "code", "rule"),
    [
        (["affirms", "affirms"], "affirms", AGREED),
        (["silent", "silent"], "silent", AGREED),
        (["affirms", "denies"], "qualifies", DISPUTED),
        (["affirms", "qualifies"], "qualifies", DISPUTED),
        (["silent", "denies"], "denies", SPEAKING),
        (["silent"], "silent", SINGLE),
        (["silent", "affirms", "affirms"], "affirms", SPEAKING),
        (["silent", "affirms", "denies"], "qualifies", DISPUTED),
    ],
)
def test_each_case_of_the_rule_without_order(codes: list[str], code: str, rule: str) -> None:
    settled = adjudicate_unordered(coded(*[(one, "") for one in codes]), "qualifies", "silent")
    assert settled.loc["k"].tolist() == [code, rule]


def test_without_a_silent_code_all_that_differ_are_disputed() -> None:
    settled = adjudicate_unordered(coded(("for", ""), ("against", "s")), "neither")
    assert settled.loc["k"].tolist() == ["neither", DISPUTED]
    assert adjudicate_unordered(coded(), "neither").empty
    with pytest.raises(ValueError, match="coder c0 codes k twice"):
        adjudicate_unordered(pd.concat([coded(("for", "")), coded(("for", ""))]), "neither")


@given(
    st.lists(st.sampled_from(["affirms", "denies", "qualifies", "silent"]), min_size=1, max_size=4),
    st.randoms(use_true_random=False),
)
def test_who_speaks_is_never_outvoted_by_silence_whatever_the_order(codes: list[str], random: object) -> None:
    code = adjudicate_unordered(coded(*[(one, "") for one in codes]), "qualifies", "silent").loc["k", "code"]
    spoken = {one for one in codes if one != "silent"}
    assert code == (spoken.pop() if len(spoken) == 1 else "qualifies" if spoken else "silent")
    random.shuffle(codes)  # type: ignore[attr-defined]
    again = adjudicate_unordered(coded(*[(one, "") for one in codes]), "qualifies", "silent")
    assert again.loc["k", "code"] == code
