"""One code out of several coders' codes, by a rule written down before any result is looked at.

Settling disagreements by a stated rule and reporting agreement before it is what Krippendorff, K. (2018,
Content Analysis, fourth edition, chapter 12) asks for.

Equal codes stand. Of two codes one step apart the one that cites a source stands, if only one of them does.
Everything else is settled at the mean, rounded towards nought, so that no coder wins by being further out.

Codes that are names have no mean. Equal ones stand. Of two with the same root, their first two digits, the one
that cites a source stands, if only one of them does. Of all others the one whose weight is nearest nought
stands, and of those equally near the first in the order of the scheme (in CAMEO the more cooperative).
"""

from collections.abc import Callable
from math import trunc
from typing import Any

import pandas as pd

AGREED, SOURCED, MEAN, SINGLE = "agreed", "the code with a source", "mean towards nought", "one coder"
NEAREST = "nearest nought"
SPEAKING, DISPUTED = "the code that speaks", "disputed"

ROOT = 2
"""Digits of the root of a code that is a name: 17 of 172."""


def adjudicate(codings: pd.DataFrame) -> pd.DataFrame:
    """The code that stands for each item, and why: one row a key with the columns code and rule.

    Takes one row a coder and item with the columns key, coder, code (a whole number) and source_id (empty
    for judgement). Raises ValueError if a coder codes an item twice or a code is no whole number.
    """
    return _settled(codings, _settle)


def adjudicate_names(codings: pd.DataFrame, weights: pd.Series) -> pd.DataFrame:
    """The same for codes that are names, such as those of CAMEO, with a weight each.

    Takes the codes as text, and the weights by code. Raises ValueError if a coder codes an item twice or a
    code has no weight.
    """
    unknown = sorted(set(codings["code"]) - set(weights.index))
    if unknown:
        raise ValueError(f"code {unknown[0]} has no weight")
    return _settled(codings, lambda _, part: _settle_names(part, weights))


def adjudicate_unordered(codings: pd.DataFrame, disputed: str, silent: str = "") -> pd.DataFrame:
    """The same for codes without order: `silent` is the code that says nothing, `disputed` what differing ones give.

    Raises ValueError if a coder codes an item twice.
    """
    return _settled(codings, lambda _, part: _settle_unordered(part, disputed, silent))


def _settled(codings: pd.DataFrame, settle: Callable[[str, pd.DataFrame], tuple[Any, str]]) -> pd.DataFrame:
    twice = codings[codings.duplicated(["key", "coder"])]
    if len(twice):
        raise ValueError(f"coder {twice['coder'].iloc[0]} codes {twice['key'].iloc[0]} twice")
    settled = {str(key): settle(str(key), part) for key, part in codings.groupby("key", sort=True)}
    return pd.DataFrame.from_dict(settled, orient="index", columns=["code", "rule"]).rename_axis("key")


def _settle_unordered(part: pd.DataFrame, disputed: str, silent: str) -> tuple[str, str]:
    codes = [str(code) for code in part["code"]]
    if len(codes) == 1:
        return codes[0], SINGLE
    if len(set(codes)) == 1:
        return codes[0], AGREED
    speaking = set(codes) - {silent}
    return (speaking.pop(), SPEAKING) if len(speaking) == 1 else (disputed, DISPUTED)


def _settle_names(part: pd.DataFrame, weights: pd.Series) -> tuple[str, str]:
    codes = [str(code) for code in part["code"]]
    if len(codes) == 1:
        return codes[0], SINGLE
    if len(set(codes)) == 1:
        return codes[0], AGREED
    sourced = [code for code, source in zip(codes, part["source_id"], strict=True) if source]
    if len(codes) == 2 and len({code[:ROOT] for code in codes}) == 1 and len(sourced) == 1:
        return sourced[0], SOURCED
    return min(codes, key=lambda code: (abs(float(weights[code])), code)), NEAREST


def _settle(key: str, part: pd.DataFrame) -> tuple[int, str]:
    try:
        codes = [int(str(code)) for code in part["code"]]
    except ValueError:
        raise ValueError(
            f"codes of {key} must be whole numbers, found {', '.join(map(str, part['code']))}"
        ) from None
    if len(codes) == 1:
        return codes[0], SINGLE
    if len(set(codes)) == 1:
        return codes[0], AGREED
    sourced = [code for code, source in zip(codes, part["source_id"], strict=True) if source]
    if len(codes) == 2 and abs(codes[0] - codes[1]) == 1 and len(sourced) == 1:
        return sourced[0], SOURCED
    return trunc(sum(codes) / len(codes)), MEAN
