"""How far coders agree beyond chance: Krippendorff's alpha.

Alpha = 1 - observed disagreement / disagreement expected by chance, over the pairs of codes within units,
with the distance that the level of measurement asks for (Krippendorff, K., 2011, Computing Krippendorff's
Alpha-Reliability, University of Pennsylvania). 1 is perfect, 0 what chance gives, below 0 systematic dissent.
"""

import numpy as np
import pandas as pd


def krippendorff_alpha(codes: pd.DataFrame, level: str) -> float:
    """Alpha of codes at a level of measurement: "nominal", "ordinal", "interval" or "ratio".

    Takes one row a unit and one column a coder, numbers with NaN where a coder did not code (nominal codes
    may be any labels). Units with fewer than two codes carry no information and are left out. NaN if all
    codes are equal, since then nothing could have disagreed. Raises ValueError if no unit has two codes or
    the level is unknown.
    """
    paired = codes[codes.notna().sum(axis=1) >= 2]
    if paired.empty:
        raise ValueError("agreement needs at least one unit with two codes")
    values = sorted(set(paired.melt()["value"].dropna()))
    counts = np.array(
        [[(row == value).sum() for value in values] for _, row in paired.iterrows()], dtype=float
    )
    pairable = counts.sum(axis=1, keepdims=True)
    weighted = counts / (pairable - 1)
    coincidences = counts.T @ weighted - np.diag(weighted.sum(axis=0))
    totals = counts.sum(axis=0)
    expected = (np.outer(totals, totals) - np.diag(totals)) / (totals.sum() - 1)
    distance = _distance(values, totals, level)
    chance = (expected * distance).sum()
    return float(1 - (coincidences * distance).sum() / chance) if chance else float("nan")


def _distance(values: list[float], totals: np.ndarray, level: str) -> np.ndarray:
    """Squared distances between codes."""
    if level == "nominal":
        return 1.0 - np.eye(len(values))
    if level == "ordinal":  # the units between two ranks, counting half of each end
        reach = np.cumsum(totals) - totals / 2
        return np.asarray((reach[:, None] - reach[None, :]) ** 2)
    numbers = np.array(values, dtype=float)
    difference = numbers[:, None] - numbers[None, :]
    if level == "interval":
        return np.asarray(difference**2)
    if level == "ratio":
        total = numbers[:, None] + numbers[None, :]
        return np.asarray(
            (np.divide(difference, total, out=np.zeros_like(difference), where=total != 0)) ** 2
        )
    raise ValueError(f"level must be nominal, ordinal, interval or ratio, found {level}")
